/*
 * Checks of members by their rows: present, long enough, of the right characters, one of the words allowed.
 *
 * The walk keeps its way down in frames on the stack and spells a path out only for a finding, so that a good
 * request costs comparisons and nothing else. The older layer collects findings and echoes the value in the
 * notation of its own language, which echo_append() imitates. The newer layer, where an operation has it, comes
 * before: a walk over just the members that it checks, which ends at the first finding and says it in its own
 * words. It does not get a request that lacks a required member. Source: observed, 2026-10.
 */
#include "model/api/constraints.h"

#include "model/api/arn.h"
#include "model/base/buffer.h"
#include "model/base/json-writer.h"

#include <string.h>

#define MAX_FINDINGS 10
#define NAME_PATTERN "[a-zA-Z0-9_.-]+"

typedef struct _Place Place;

/* One step of the way to a member: a declared name, a name in a map, or an index. */
struct _Place
{
  const Place *parent;
  const char *name; /* NULL: an index */
  gsize length;
  guint index;
  gboolean is_declared;
};

typedef struct
{
  HrArena *arena;
  HrWording wording;
  HrConstraintsFlags flags;
  gboolean is_newer_pass;
  const char *words; /* of the newer layer for the latest finding, or NULL */
  HrBuffer text;
  guint n_findings;
  gboolean is_over;
} Check;

static void shape_check (Check *self, const HrShape *shape, const HrFields fields, const Place *place);

gboolean
hr_name_is_valid (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '_' && text[i] != '.' && text[i] != '-')
        return FALSE;
    }
  return length > 0;
}

static void
place_append (const Check *self, const Place *place, HrBuffer *out)
{
  if (place->parent != NULL)
    {
      place_append (self, place->parent, out);
      hr_buffer_append_char (out, '.');
    }
  if (place->name == NULL)
    hr_buffer_printf (out, "%u.member", place->index + 1);
  else if (!place->is_declared)
    {
      hr_buffer_append (out, place->name, place->length);
      hr_buffer_append_string (out, ".member");
    }
  else
    {
      hr_buffer_append_char (out, self->is_newer_pass ? place->name[0] : g_ascii_tolower (place->name[0]));
      hr_buffer_append_string (out, place->name + 1);
    }
}

static void echo_append (const HrField *field, const HrJson *json, HrBuffer *out);

static void
echo_struct (const HrShape *shape, const HrJson *json, HrBuffer *out)
{
  HrFields fields;

  hr_shape_read (shape, json, fields);
  hr_buffer_append_string (out, shape->name);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      hr_buffer_append_string (out, i == 0 ? "(" : ", ");
      hr_buffer_append_char (out, g_ascii_tolower (shape->fields[i].name[0]));
      hr_buffer_append_string (out, shape->fields[i].name + 1);
      hr_buffer_append_char (out, '=');
      echo_append (&shape->fields[i], fields[i], out);
    }
  hr_buffer_append_char (out, ')');
}

/* As the service's own language prints objects. @field is NULL below attribute values. */
static void
echo_append (const HrField *field, const HrJson *json, HrBuffer *out)
{
  if (json == NULL || json->type == HR_JSON_NULL)
    {
      hr_buffer_append_string (out, "null");
      return;
    }

  switch (json->type)
    {
    case HR_JSON_OBJECT:
      if (field != NULL && field->kind == HR_FIELD_STRUCT)
        {
          echo_struct (field->shape, json, out);
          return;
        }
      hr_buffer_append_char (out, '{');
      for (guint32 i = 0; i < json->length; i++)
        {
          hr_buffer_append_string (out, i == 0 ? "" : ", ");
          hr_buffer_append (out, json->members[i].name, json->members[i].name_length);
          hr_buffer_append_char (out, '=');
          echo_append (field != NULL ? field->element : NULL, &json->members[i].value, out);
        }
      hr_buffer_append_char (out, '}');
      return;
    case HR_JSON_ARRAY:
      hr_buffer_append_char (out, '[');
      for (guint32 i = 0; i < json->length; i++)
        {
          hr_buffer_append_string (out, i == 0 ? "" : ", ");
          echo_append (field != NULL ? field->element : NULL, &json->elements[i], out);
        }
      hr_buffer_append_char (out, ']');
      return;
    case HR_JSON_TRUE:
    case HR_JSON_FALSE:
      hr_buffer_append_string (out, json->type == HR_JSON_TRUE ? "true" : "false");
      return;
    case HR_JSON_STRING:
    case HR_JSON_NUMBER:
      hr_buffer_append (out, json->text, json->length);
      return;
    case HR_JSON_NULL:
      return;
    }
}

static void finding_add (Check *self, const HrField *field, const HrJson *json, const Place *place,
                         const char *format, ...) G_GNUC_PRINTF (5, 6);

static void
finding_add (Check *self, const HrField *field, const HrJson *json, const Place *place, const char *format,
             ...)
{
  va_list arguments;

  if (self->n_findings == MAX_FINDINGS)
    self->is_over = TRUE;
  if (self->is_over)
    return;

  if (self->n_findings++ > 0)
    hr_buffer_append_string (&self->text, "; ");
  self->is_over = self->is_newer_pass;
  self->words = NULL;
  if (self->is_newer_pass)
    hr_buffer_append_string (&self->text, "Value at '");
  else if (json == NULL)
    hr_buffer_append_string (&self->text, "Value null at '");
  else
    {
      hr_buffer_append_string (&self->text, "Value '");
      /* Where there is a newer layer, maps by table are echoed as they came. Source: observed, 2026-10. */
      if (self->wording != HR_WORDING_OLD && (field->flags & HR_FIELD_TABLE_KEYS) != 0)
        hr_json_write_compact (&self->text, json, FALSE);
      else
        echo_append (field, json, &self->text);
      hr_buffer_append_string (&self->text, "' at '");
    }
  place_append (self, place, &self->text);
  hr_buffer_append_string (&self->text, "' failed to satisfy constraint: ");

  va_start (arguments, format);
  hr_buffer_append_string (&self->text, hr_arena_vprintf (self->arena, format, arguments));
  va_end (arguments);
}

/* The newer layer looks at some members only. */
static gboolean
is_checked (const Check *self, const HrField *field)
{
  if (!self->is_newer_pass || (field->flags & HR_FIELD_NEWER_IN_BOTH) != 0)
    return TRUE;
  if (self->wording == HR_WORDING_OLD)
    return FALSE;
  return (field->flags & HR_FIELD_NEWER) != 0
         || (field->new_words != NULL && (self->flags & HR_CONSTRAINTS_FIRST_WORD_ONLY) != 0);
}

static void
word_check (Check *self, const HrField *field, const HrJson *json, const Place *place)
{
  g_autoptr (GString) list = NULL;

  if (hr_field_get_word (field, json) >= 0)
    return;

  list = g_string_new (NULL);
  for (guint i = 0; field->values[i] != NULL; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", field->values[i]);
  finding_add (self, field, json, place, "Member must satisfy enum value set: [%s]", list->str);
  if (!self->is_over || self->is_newer_pass)
    self->words = field->new_words;
}

static void
bounds_check (Check *self, const HrField *field, const HrJson *json, gint64 amount, const char *what,
              const Place *place)
{
  if ((field->flags & HR_FIELD_MIN) != 0 && amount < field->min)
    finding_add (self, field, json, place, "Member must have %s greater than or equal to %" G_GINT64_FORMAT,
                 what, field->min);
  else if ((field->flags & HR_FIELD_MAX) != 0 && amount > field->max)
    finding_add (self, field, json, place, "Member must have %s less than or equal to %" G_GINT64_FORMAT,
                 what, field->max);
}

static void
string_check (Check *self, const HrField *field, const HrJson *json, const Place *place)
{
  guint before = self->n_findings;

  if (!is_checked (self, field))
    return;
  if (field->values != NULL)
    {
      word_check (self, field, json, place);
      return;
    }
  if ((field->flags & HR_FIELD_ARN) != 0 && hr_arn_is_of_table (json->text, json->length))
    return;
  if ((field->flags & HR_FIELD_TABLE_NAME) != 0)
    {
      /* Of the bounds of a table's name the newer layer checks the lower one. */
      if (!self->is_newer_pass || json->length == 0)
        bounds_check (self, field, json, json->length, "length", place);
      if (!self->is_newer_pass && self->n_findings == before && !hr_name_is_valid (json->text, json->length))
        finding_add (self, field, json, place,
                     "Member must satisfy regular expression pattern: " NAME_PATTERN);
      return;
    }
  if ((field->flags & HR_FIELD_NAME) != 0 && !hr_name_is_valid (json->text, json->length))
    finding_add (self, field, json, place, "Member must satisfy regular expression pattern: " NAME_PATTERN);
  if ((field->flags & (HR_FIELD_MIN | HR_FIELD_MAX)) != 0)
    bounds_check (self, field, json, g_utf8_strlen (json->text, json->length), "length", place);
}

static void field_check (Check *self, const HrField *field, const HrJson *json, const Place *place);

static void
elements_check (Check *self, const HrField *element, const HrJson *json, const Place *place)
{
  for (guint32 i = 0; element != NULL && i < json->length && !self->is_over; i++)
    {
      gboolean is_array = json->type == HR_JSON_ARRAY;
      const HrJson *child = is_array ? &json->elements[i] : &json->members[i].value;
      Place step = { .parent = place, .index = i };

      if (!is_array)
        {
          step.name = json->members[i].name;
          step.length = json->members[i].name_length;
        }
      if (child->type != HR_JSON_NULL)
        field_check (self, element, child, &step);
      else if (self->is_newer_pass)
        continue;
      else if (element->kind == HR_FIELD_STRUCT)
        field_check (self, element, NULL, &step);
      else
        finding_add (self, element, NULL, &step, "Member must not be null");
    }
}

/*
 * A map by table: names first, then how many elements each list has; both are findings about the map. That it
 * has no member at all the older layer says later and in other words.
 */
static void
tables_check (Check *self, const HrField *field, const HrJson *json, const Place *place)
{
  const HrField *list = field->element->kind == HR_FIELD_LIST ? field->element : NULL;
  gboolean names_fit = TRUE;
  gboolean lists_fit = TRUE;

  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];

      if ((member->name_length > (gsize) field->max || !hr_name_is_valid (member->name, member->name_length))
          && !hr_arn_is_of_table (member->name, member->name_length))
        names_fit = FALSE;
      if (list != NULL && member->value.type == HR_JSON_ARRAY
          && (member->value.length < list->min || member->value.length > list->max))
        lists_fit = FALSE;
    }
  if (self->is_newer_pass)
    {
      if (json->length == 0 && self->wording != HR_WORDING_OLD)
        finding_add (self, field, json, place, "Member must have length greater than or equal to 1");
      return;
    }
  if (!names_fit)
    finding_add (
        self, field, json, place,
        "Map keys must satisfy constraint: [Member must have length less than or equal to %" G_GINT64_FORMAT
        ", Member must have length greater than or equal to 3, "
        "Member must satisfy regular expression pattern: " NAME_PATTERN "]",
        field->max);
  if (!lists_fit)
    finding_add (
        self, field, json, place,
        "Map value must satisfy constraint: [Member must have length less than or equal to %" G_GINT64_FORMAT
        ", Member must have length greater than or equal to %" G_GINT64_FORMAT "]",
        list->max, list->min);
}

/* @json is NULL only for a null element of a list or map of structures. */
static void
field_check (Check *self, const HrField *field, const HrJson *json, const Place *place)
{
  HrFields fields;

  switch (field->kind)
    {
    case HR_FIELD_STRING:
      string_check (self, field, json, place);
      break;
    case HR_FIELD_INTEGER:
    case HR_FIELD_LONG:
      if (is_checked (self, field))
        bounds_check (self, field, json, hr_field_get_integer (json, 0), "value", place);
      break;
    case HR_FIELD_STRUCT:
      hr_shape_read (field->shape, json, fields);
      shape_check (self, field->shape, fields, place);
      break;
    case HR_FIELD_LIST:
      if (is_checked (self, field) && (place->name == NULL || place->is_declared))
        bounds_check (self, field, json, json->length, "length", place);
      elements_check (self, field->element, json, place);
      break;
    case HR_FIELD_MAP:
      if ((field->flags & HR_FIELD_TABLE_KEYS) != 0)
        tables_check (self, field, json, place);
      elements_check (self, field->element, json, place);
      break;
    case HR_FIELD_BOOLEAN:
    case HR_FIELD_BLOB:
    case HR_FIELD_VALUES:
      break;
    }
}

static void
member_check (Check *self, const HrField *field, const HrJson *json, const Place *parent)
{
  Place place = { .parent = parent, .name = field->name, .is_declared = TRUE };

  if (json != NULL)
    field_check (self, field, json, &place);
  else if ((field->flags & HR_FIELD_REQUIRED) != 0 && !self->is_newer_pass)
    finding_add (self, field, NULL, &place, "Member must not be null");
}

static void
shape_check (Check *self, const HrShape *shape, const HrFields fields, const Place *place)
{
  for (guint i = 0; i < shape->n_fields && !self->is_over; i++)
    {
      const HrField *field = &shape->fields[i];

      if ((field->flags & HR_FIELD_LAST) == 0 || self->n_findings == 0)
        member_check (self, field, fields[i], place);
    }
}

static gboolean
has_all_required (const HrShape *shape, const HrFields fields)
{
  for (guint i = 0; i < shape->n_fields; i++)
    {
      if ((shape->fields[i].flags & HR_FIELD_REQUIRED) != 0 && fields[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail (Check *self, HrServiceError *error)
{
  const char *text = hr_arena_strndup (self->arena, self->text.data, self->text.length);

  hr_buffer_clear (&self->text);
  if (self->words != NULL && self->n_findings == 1 && self->wording == HR_WORDING_NEW)
    return hr_service_error_set (error, self->arena, HR_SERVICE_VALIDATION, "%s", self->words);
  if (self->words != NULL && self->n_findings == 1 && self->wording == HR_WORDING_ENVELOPED)
    text = self->words;
  return hr_service_error_set (error, self->arena, HR_SERVICE_VALIDATION, "%u validation error%s detected: %s",
                               self->n_findings, self->n_findings == 1 ? "" : "s", text);
}

gboolean
hr_constraints_check (const HrShape *shape, const HrFields fields, HrWording wording,
                      HrConstraintsFlags flags, HrArena *arena, HrServiceError *error)
{
  Check self = { .arena = arena, .wording = wording, .flags = flags, .text = HR_BUFFER_INIT };

  if (has_all_required (shape, fields))
    {
      self.is_newer_pass = TRUE;
      shape_check (&self, shape, fields, NULL);
      if (self.n_findings > 0)
        return fail (&self, error);
      self.is_newer_pass = FALSE;
    }
  shape_check (&self, shape, fields, NULL);
  return self.n_findings == 0 || fail (&self, error);
}
