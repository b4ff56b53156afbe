/*
 * The request's ExpressionAttributeNames and ExpressionAttributeValues. Both lists are kept sorted
 * by name, for look-up and so that messages are the same whatever order the request had; of a name
 * given twice the last one counts, as in any JSON object of the service.
 */
#include "model/expression/placeholders.h"

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/expression/placeholder-lookup.h"
#include "model/value/codec.h"

#include <string.h>

#define NAMES "ExpressionAttributeNames"
#define VALUES "ExpressionAttributeValues"

static int
compare_names (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* Equal names stay in the order of the request: members of one object lie one after the other. */
static int
compare_members (gconstpointer a, gconstpointer b)
{
  const HrJsonMember *left = *(const HrJsonMember *const *) a;
  const HrJsonMember *right = *(const HrJsonMember *const *) b;
  int order = compare_names (left->name, left->name_length, right->name, right->name_length);

  return order != 0 ? order : (left > right) - (left < right);
}

/* The members of @object, sorted, the last of equal names only. */
static const HrJsonMember **
sort_members (HrArena *arena, const HrJson *object, guint *count)
{
  const HrJsonMember **members = hr_arena_array (arena, const HrJsonMember *, object->length);
  guint kept = 0;

  for (guint i = 0; i < object->length; i++)
    members[i] = &object->members[i];
  if (object->length > 1)
    qsort (members, object->length, sizeof *members, compare_members);
  for (guint i = 0; i < object->length; i++)
    {
      const HrJsonMember *next = i + 1 < object->length ? members[i + 1] : NULL;

      if (next == NULL
          || compare_names (members[i]->name, members[i]->name_length, next->name, next->name_length) != 0)
        members[kept++] = members[i];
    }
  *count = kept;
  return members;
}

static gboolean
is_key (const HrJsonMember *member, char mark)
{
  if (member->name_length < 2 || member->name_length > HR_LIMIT_PLACEHOLDER_BYTES || member->name[0] != mark)
    return FALSE;
  for (guint32 i = 1; i < member->name_length; i++)
    if (!g_ascii_isalnum (member->name[i]) && member->name[i] != '_')
      return FALSE;
  return TRUE;
}

/* The placeholders that @object defines, without what they stand for; NULL with an error. */
static HrPlaceholder *
read_keys (HrArena *arena, const HrJson *object, const char *parameter, char mark, guint *count,
           const HrJsonMember ***members, HrServiceError *error)
{
  HrPlaceholder *placeholders;

  if (object->type != HR_JSON_OBJECT)
    {
      hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "Unexpected value type in payload");
      return NULL;
    }
  *members = sort_members (arena, object, count);
  if (*count == 0)
    {
      hr_service_error_set_value (error, arena, "%s must not be empty", parameter);
      return NULL;
    }
  placeholders = hr_arena_alloc0 (arena, *count * sizeof *placeholders);
  for (guint i = 0; i < *count; i++)
    {
      const HrJsonMember *member = (*members)[i];

      placeholders[i].name = member->name;
      placeholders[i].name_length = member->name_length;
      if (is_key (member, mark))
        continue;
      hr_service_error_set_value (error, arena, "%s contains invalid key: Syntax error; key: \"%.*s\"",
                                  parameter, (int) member->name_length, member->name);
      return NULL;
    }
  return placeholders;
}

static gboolean
check_target (HrArena *arena, const HrJsonMember *member, HrServiceError *error)
{
  static const char *const types[] = {
    [HR_JSON_NULL] = "NULL_VALUE",     [HR_JSON_FALSE] = "FALSE_VALUE", [HR_JSON_TRUE] = "TRUE_VALUE",
    [HR_JSON_NUMBER] = "NUMBER_VALUE", [HR_JSON_ARRAY] = "START_ARRAY", [HR_JSON_OBJECT] = "START_OBJECT",
  };

  if (member->value.type != HR_JSON_STRING)
    return hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "%s cannot be converted to String",
                                 types[member->value.type]);
  if (member->value.length == 0)
    return hr_service_error_set_value (error, arena,
                                       NAMES " contains invalid value: Empty attribute name for key %.*s",
                                       (int) member->name_length, member->name);
  if (member->value.length > HR_LIMIT_ATTRIBUTE_NAME_BYTES)
    return hr_service_error_set_value (error, arena,
                                       "Value at '" NAMES
                                       "' failed to satisfy constraint: Map value must satisfy "
                                       "constraint: [Member must have length less than or equal to %d, "
                                       "Member must have length greater than or equal to 0]",
                                       HR_LIMIT_ATTRIBUTE_NAME_BYTES);
  return TRUE;
}

static gboolean
read_names (HrPlaceholders *self, HrArena *arena, const HrJson *names, HrServiceError *error)
{
  const HrJsonMember **members;

  self->names = read_keys (arena, names, NAMES, '#', &self->n_names, &members, error);
  if (self->names == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_names; i++)
    {
      if (!check_target (arena, members[i], error))
        return FALSE;
      self->names[i].target = members[i]->value.text;
      self->names[i].target_length = members[i]->value.length;
    }
  return TRUE;
}

typedef gboolean (*ReadFunc) (HrArena *arena, const HrJson *json, HrValue *value, HrServiceError *error);

static gboolean
read_values (HrPlaceholders *self, HrArena *arena, const HrJson *values, ReadFunc read, HrServiceError *error)
{
  const HrJsonMember **members;

  self->values = read_keys (arena, values, VALUES, ':', &self->n_values, &members, error);
  if (self->values == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_values; i++)
    if (!read (arena, &members[i]->value, &self->values[i].value, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_size (const HrPlaceholders *self, HrArena *arena, HrServiceError *error)
{
  gsize size = 0;

  for (guint i = 0; i < self->n_names; i++)
    size += (gsize) self->names[i].name_length + self->names[i].target_length;
  for (guint i = 0; i < self->n_values; i++)
    size += self->values[i].name_length + hr_value_size_bytes (&self->values[i].value);
  return size <= HR_LIMIT_PLACEHOLDERS_BYTES
         || hr_service_error_set_value (error, arena,
                                        "Combined size of " NAMES " and " VALUES
                                        " has exceeded the maximum allowed size of %d bytes",
                                        HR_LIMIT_PLACEHOLDERS_BYTES);
}

static gboolean
read_json (HrPlaceholders *self, HrArena *arena, const HrJson *names, const HrJson *values, ReadFunc read,
           HrServiceError *error)
{
  *self = (HrPlaceholders) { .has_names = names != NULL, .has_values = values != NULL };
  return (names == NULL || read_names (self, arena, names, error))
         && (values == NULL || read_values (self, arena, values, read, error)) && check_size (self, arena, error);
}

gboolean
hr_placeholders_from_json (HrPlaceholders *self, HrArena *arena, const HrJson *names, const HrJson *values,
                           HrServiceError *error)
{
  return read_json (self, arena, names, values, hr_value_from_json, error);
}

gboolean
hr_placeholders_from_deep_json (HrPlaceholders *self, HrArena *arena, const HrJson *names, const HrJson *values,
                                HrServiceError *error)
{
  return read_json (self, arena, names, values, hr_value_from_deep_json, error);
}

gboolean
hr_placeholders_check_wanted (const HrPlaceholders *self, gboolean has_expression, HrArena *arena,
                              HrServiceError *error)
{
  if (has_expression || (!self->has_names && !self->has_values))
    return TRUE;
  return hr_service_error_set_value (error, arena, "%s can only be specified when using expressions",
                                     self->has_names ? NAMES : VALUES);
}

static gboolean
check_all_used (const HrPlaceholder *placeholders, guint count, const char *parameter, HrArena *arena,
                HrServiceError *error)
{
  g_auto (HrBuffer) keys = HR_BUFFER_INIT;

  for (guint i = 0; i < count; i++)
    {
      if (placeholders[i].used)
        continue;
      if (keys.length > 0)
        hr_buffer_append_string (&keys, ", ");
      hr_buffer_append (&keys, placeholders[i].name, placeholders[i].name_length);
    }
  return keys.length == 0
         || hr_service_error_set_value (error, arena,
                                        "Value provided in %s unused in expressions: keys: {%.*s}", parameter,
                                        (int) keys.length, keys.data);
}

gboolean
hr_placeholders_check_used (const HrPlaceholders *self, HrArena *arena, HrServiceError *error)
{
  return check_all_used (self->names, self->n_names, NAMES, arena, error)
         && check_all_used (self->values, self->n_values, VALUES, arena, error);
}

static HrPlaceholder *
find (HrPlaceholder *placeholders, guint count, const char *name, gsize length)
{
  guint low = 0;
  guint high = count;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = compare_names (name, length, placeholders[middle].name, placeholders[middle].name_length);

      if (order == 0)
        return &placeholders[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

HrPlaceholder *
hr_placeholders_find_name (HrPlaceholders *self, const char *name, gsize length)
{
  return find (self->names, self->n_names, name, length);
}

HrPlaceholder *
hr_placeholders_find_value (HrPlaceholders *self, const char *name, gsize length)
{
  return find (self->values, self->n_values, name, length);
}
