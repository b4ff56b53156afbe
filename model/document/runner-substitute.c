/*
 * References in a request: `{year}`, `{item.pk}`, `{groups.Items[0].pk}`.
 *
 * A string that is nothing but a reference becomes the JSON value that it names; within other text a value must be
 * something that reads as text. Parameters are text; those of type N become numbers where a number can stand (`Limit`),
 * not inside the service's "N" and "NS", whose numbers are strings. The result is text again: what a step sends is
 * what a person could have typed.
 */
#include "model/document/runner-private.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/schema/reference.h"
#include "model/value/decimal.h"

static gboolean G_GNUC_PRINTF (2, 3)
fail (char **message, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

static const HrParameter *
find_parameter (const HrScope *scope, const char *name)
{
  for (guint i = 0; i < scope->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (scope->pattern->parameters, i);

      if (g_str_equal (parameter->name, name))
        return parameter;
    }
  return NULL;
}

/* How much all responses have of a member that is joined. */
typedef struct
{
  const char *name;
  guint32 name_length;
} MemberName;

static gboolean
has_name (const GArray *names, const HrJsonMember *member)
{
  for (guint i = 0; i < names->len; i++)
    {
      const MemberName *name = &g_array_index (names, MemberName, i);

      if (name->name_length == member->name_length && memcmp (name->name, member->name, name->name_length) == 0)
        return TRUE;
    }
  return FALSE;
}

static GArray *
collect_names (const GPtrArray *objects)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (MemberName));

  for (guint i = 0; i < objects->len; i++)
    {
      const HrJson *object = g_ptr_array_index (objects, i);

      for (guint32 j = 0; object->type == HR_JSON_OBJECT && j < object->length; j++)
        {
          const HrJsonMember *member = &object->members[j];
          MemberName name = { member->name, member->name_length };

          if (!has_name (names, member))
            g_array_append_val (names, name);
        }
    }
  return names;
}

static HrJson
join_arrays (const GPtrArray *values, HrArena *arena)
{
  HrJson joined = { .type = HR_JSON_ARRAY, .range = HR_RANGE_NONE };
  HrJson *elements;
  gsize length = 0;

  for (guint i = 0; i < values->len; i++)
    length += ((const HrJson *) g_ptr_array_index (values, i))->length;
  length = MIN (length, G_MAXUINT32);
  elements = hr_arena_array (arena, HrJson, length);
  for (guint i = 0; i < values->len; i++)
    {
      const HrJson *array = g_ptr_array_index (values, i);

      for (guint32 j = 0; j < array->length && joined.length < length; j++)
        elements[joined.length++] = array->elements[j];
    }
  joined.elements = elements;
  return joined;
}

static HrJson
sum_counts (const GPtrArray *values, HrArena *arena)
{
  HrJson sum = { .type = HR_JSON_NUMBER, .range = HR_RANGE_NONE };
  gint64 total = 0;

  for (guint i = 0; i < values->len; i++)
    {
      gint64 count;

      if (hr_json_get_int64 (g_ptr_array_index (values, i), &count))
        total += count;
    }
  sum.text = hr_arena_printf (arena, "%" G_GINT64_FORMAT, total);
  sum.length = (guint32) strlen (sum.text);
  return sum;
}

static gboolean
all_of_type (const GPtrArray *values, HrJsonType type)
{
  for (guint i = 0; i < values->len; i++)
    if (((const HrJson *) g_ptr_array_index (values, i))->type != type)
      return FALSE;
  return values->len > 0;
}

static HrJson join_objects (const GPtrArray *objects, HrArena *arena);

/* FALSE when only the last response counts and does not have the member. */
static gboolean
join_member (const GPtrArray *objects, const MemberName *name, HrArena *arena, HrJson *joined)
{
  const HrJson *last = g_ptr_array_index (objects, objects->len - 1);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *text = g_strndup (name->name, name->name_length);
  const HrJson *value;

  for (guint i = 0; i < objects->len; i++)
    {
      value = hr_json_get_n (g_ptr_array_index (objects, i), name->name, name->name_length);
      if (value != NULL)
        g_ptr_array_add (values, (gpointer) value);
    }

  if (all_of_type (values, HR_JSON_ARRAY))
    *joined = join_arrays (values, arena);
  else if (g_str_equal (text, "Responses") && all_of_type (values, HR_JSON_OBJECT))
    *joined = join_objects (values, arena);
  else if (g_str_equal (text, "Count") || g_str_equal (text, "ScannedCount"))
    *joined = sum_counts (values, arena);
  else
    {
      value = hr_json_get_n (last, name->name, name->name_length);
      if (value == NULL)
        return FALSE;
      *joined = *value;
    }
  return TRUE;
}

/* Depth is at most two: responses, and the tables in Responses, whose values are arrays. */
static HrJson
join_objects (const GPtrArray *objects, HrArena *arena)
{
  g_autoptr (GArray) names = collect_names (objects);
  HrJsonMember *members = hr_arena_array (arena, HrJsonMember, names->len);
  HrJson joined = { .type = HR_JSON_OBJECT, .members = members, .range = HR_RANGE_NONE };

  for (guint i = 0; i < names->len; i++)
    {
      const MemberName *name = &g_array_index (names, MemberName, i);
      HrJsonMember *member = &members[joined.length];

      *member = (HrJsonMember) { name->name, name->name_length, HR_RANGE_NONE, { 0 } };
      if (join_member (objects, name, arena, &member->value))
        joined.length++;
    }
  return joined;
}

static const HrJson *
get_joined (HrStepAnswers *step, HrArena *arena)
{
  HrJson *joined;

  if (step->joined != NULL || step->responses == NULL || step->responses->len == 0)
    return step->joined;
  if (step->responses->len == 1)
    return step->joined = g_ptr_array_index (step->responses, 0);

  joined = hr_arena_new0 (arena, HrJson);
  *joined = join_objects (step->responses, arena);
  return step->joined = joined;
}

static const HrJson *
take_hop (const HrJson *json, const char *hop)
{
  guint64 index;

  if (*hop != '[')
    return hr_json_get (json, hop);
  index = g_ascii_strtoull (hop + 1, NULL, 10);
  return json->type == HR_JSON_ARRAY && index < json->length ? &json->elements[index] : NULL;
}

static HrStepAnswers *
find_answers (const HrScope *scope, const char *name)
{
  for (guint i = scope->n_steps; i > 0; i--)
    if (g_str_equal (scope->steps[i - 1].name, name))
      return &scope->steps[i - 1];
  return NULL;
}

/* NULL with a message when the reference leads nowhere. */
static const HrJson *
resolve (HrScope *scope, const char *text, const char *root, const GPtrArray *path, char **message)
{
  HrStepAnswers *step = find_answers (scope, root);
  const HrJson *json;

  if (scope->item != NULL && g_str_equal (root, "item"))
    json = scope->item;
  else if (step != NULL)
    json = get_joined (step, scope->arena);
  else if (g_str_equal (root, "item"))
    {
      fail (message, _("the reference {%s} needs a step that runs for each item of another one."), text);
      return NULL;
    }
  else
    {
      fail (message, _("the reference {%s} names neither a parameter nor an earlier step."), text);
      return NULL;
    }

  for (guint i = 0; json != NULL && path != NULL && i < path->len; i++)
    json = take_hop (json, g_ptr_array_index (path, i));
  if (json == NULL && *message == NULL)
    fail (message, _("the reference {%s} leads to nothing in what came back."), text);
  return json;
}

static const char *
get_parameter_text (const HrScope *scope, const HrParameter *parameter, char **message)
{
  const char *text = scope->values != NULL ? g_hash_table_lookup (scope->values, parameter->name) : NULL;

  if (text == NULL)
    text = parameter->example;
  if (text == NULL)
    fail (message, _("the parameter {%s} has no value. Give it one, or an example in the pattern."),
          parameter->name);
  else if (!g_utf8_validate (text, -1, NULL))
    {
      fail (message, _("the value of the parameter {%s} is no valid UTF-8 text."), parameter->name);
      return NULL;
    }
  return text;
}

static gboolean
write_number (const HrParameter *parameter, const char *text, HrBuffer *out, char **message)
{
  char plain[HR_DECIMAL_TEXT_MAX];
  HrDecimal decimal;

  if (hr_decimal_parse (&decimal, text, strlen (text)) != HR_DECIMAL_OK)
    return fail (message, _("the value “%s” of the parameter {%s} is no number."), text, parameter->name);
  hr_buffer_append (out, plain, hr_decimal_format (&decimal, plain));
  return TRUE;
}

/* A parameter of a type that text does not have is written as JSON: true, ["a", "b"]. */
static gboolean
write_json_text (const HrParameter *parameter, const char *text, HrBuffer *out, char **message)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH / 2, &error);

  if (json == NULL)
    return fail (message, _("the value “%s” of the parameter {%s} is no JSON, as its type %s needs."), text,
                 parameter->name, hr_type_get_name (parameter->type));
  hr_json_write_compact (out, json, FALSE);
  return TRUE;
}

static gboolean
write_parameter (const HrScope *scope, const HrParameter *parameter, gboolean in_number, HrBuffer *out,
                 char **message)
{
  const char *text = get_parameter_text (scope, parameter, message);

  if (text == NULL)
    return FALSE;
  if (parameter->type == HR_TYPE_N && !in_number)
    return write_number (parameter, text, out, message);
  if (parameter->type > HR_TYPE_B)
    return write_json_text (parameter, text, out, message);
  hr_json_write_string (out, text, strlen (text));
  return TRUE;
}

static gboolean
is_parameter (const HrScope *scope, const HrReferencePart *part, const HrParameter **parameter, char **message)
{
  *parameter = find_parameter (scope, part->root);
  if (*parameter != NULL && part->path != NULL && part->path->len > 0)
    {
      *parameter = NULL;
      return fail (message, _("the reference {%s} asks for a part of a parameter, which is text."), part->text);
    }
  return TRUE;
}

/* A string that is exactly one reference. */
static gboolean
write_value (HrScope *scope, const HrReferencePart *part, gboolean in_number, HrBuffer *out, char **message)
{
  const HrParameter *parameter;
  const HrJson *json;

  if (!is_parameter (scope, part, &parameter, message))
    return FALSE;
  if (parameter != NULL)
    return write_parameter (scope, parameter, in_number, out, message);

  json = resolve (scope, part->text, part->root, part->path, message);
  if (json == NULL)
    return FALSE;
  if (json->type == HR_JSON_NUMBER && in_number)
    hr_json_write_string (out, json->text, json->length);
  else
    hr_json_write_compact (out, json, FALSE);
  return TRUE;
}

/* The text of a JSON string or number, or of a typed one; NULL for anything else. */
static const HrJson *
get_text (const HrJson *json)
{
  static const char *const types[] = { "S", "N" };

  if (json->type == HR_JSON_STRING || json->type == HR_JSON_NUMBER)
    return json;
  if (json->type != HR_JSON_OBJECT || json->length != 1)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const HrJson *value = hr_json_get (json, types[i]);

      if (value != NULL && value->type == HR_JSON_STRING)
        return value;
    }
  return NULL;
}

static gboolean
append_text (HrScope *scope, const HrReferencePart *part, HrBuffer *text, char **message)
{
  const HrParameter *parameter;
  const HrJson *json;
  const char *value;

  if (part->is_literal)
    {
      hr_buffer_append (text, part->text, part->length);
      return TRUE;
    }
  if (!is_parameter (scope, part, &parameter, message))
    return FALSE;
  if (parameter != NULL)
    {
      value = get_parameter_text (scope, parameter, message);
      if (value != NULL)
        hr_buffer_append_string (text, value);
      return value != NULL;
    }

  json = resolve (scope, part->text, part->root, part->path, message);
  if (json == NULL)
    return FALSE;
  json = get_text (json);
  if (json == NULL)
    return fail (message, _("the reference {%s} is no text and no number, so it cannot stand within other text."),
                 part->text);
  hr_buffer_append (text, json->text, json->length);
  return TRUE;
}

static gboolean
substitute_string (HrScope *scope, const HrJson *json, gboolean in_number, HrBuffer *out, char **message)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_autofree char *fault = NULL;
  HrRange range;

  if (memchr (json->text, '{', json->length) == NULL && memchr (json->text, '}', json->length) == NULL)
    {
      hr_json_write_string (out, json->text, json->length);
      return TRUE;
    }

  parts = hr_reference_parse (json->text, json->length, &fault, &range);
  if (parts == NULL)
    return fail (message, _("a text of its request cannot be read: %s."), fault);
  if (parts->len == 1 && !((const HrReferencePart *) g_ptr_array_index (parts, 0))->is_literal)
    return write_value (scope, g_ptr_array_index (parts, 0), in_number, out, message);

  for (guint i = 0; i < parts->len; i++)
    if (!append_text (scope, g_ptr_array_index (parts, i), &text, message))
      return FALSE;
  hr_json_write_string (out, text.length > 0 ? text.data : "", text.length);
  return TRUE;
}

static gboolean
is_number_type (const HrJsonMember *member)
{
  return (member->name_length == 1 && member->name[0] == 'N')
         || (member->name_length == 2 && memcmp (member->name, "NS", 2) == 0);
}

/* As deep as the JSON reader lets a request be. */
static gboolean
substitute (HrScope *scope, const HrJson *json, gboolean in_number, HrBuffer *out, char **message)
{
  if (json->type == HR_JSON_STRING)
    return substitute_string (scope, json, in_number, out, message);
  if (json->type == HR_JSON_ARRAY)
    {
      hr_buffer_append_char (out, '[');
      for (guint32 i = 0; i < json->length; i++)
        {
          if (i > 0)
            hr_buffer_append_char (out, ',');
          if (!substitute (scope, &json->elements[i], in_number, out, message))
            return FALSE;
        }
      hr_buffer_append_char (out, ']');
      return TRUE;
    }
  if (json->type == HR_JSON_OBJECT)
    {
      hr_buffer_append_char (out, '{');
      for (guint32 i = 0; i < json->length; i++)
        {
          const HrJsonMember *member = &json->members[i];

          if (i > 0)
            hr_buffer_append_char (out, ',');
          hr_json_write_string (out, member->name, member->name_length);
          hr_buffer_append_char (out, ':');
          if (!substitute (scope, &member->value, is_number_type (member), out, message))
            return FALSE;
        }
      hr_buffer_append_char (out, '}');
      return TRUE;
    }
  hr_json_write_compact (out, json, FALSE);
  return TRUE;
}

gboolean
hr_scope_substitute (HrScope *scope, const HrJson *request, gboolean add_capacity, HrBuffer *out, char **message)
{
  if (request->type != HR_JSON_OBJECT)
    return fail (message, _("its request is no JSON object."));
  if (!substitute (scope, request, FALSE, out, message))
    return FALSE;
  if (!add_capacity || hr_json_get (request, "ReturnConsumedCapacity") != NULL)
    return TRUE;

  hr_buffer_truncate (out, out->length - 1);
  hr_buffer_append_string (out, request->length > 0 ? ",\"ReturnConsumedCapacity\":\"INDEXES\"}"
                                                    : "\"ReturnConsumedCapacity\":\"INDEXES\"}");
  return TRUE;
}

gboolean
hr_scope_find_list (HrScope *scope, const char *reference, const HrJson **list, char **message)
{
  static const HrJson empty = { .type = HR_JSON_ARRAY, .range = { G_MAXUINT32, G_MAXUINT32 } };
  g_autoptr (GPtrArray) path = NULL;
  g_autofree char *root = NULL;
  const HrStepAnswers *step;

  if (!hr_reference_parse_path (reference, strlen (reference), &root, &path))
    return fail (message, _("it runs for each of “%s”, which is no reference such as groups.Items."), reference);

  step = find_answers (scope, root);
  if (step != NULL && step->responses != NULL && step->responses->len == 0)
    {
      *list = &empty; /* that step ran for each of nothing */
      return TRUE;
    }
  *list = resolve (scope, reference, root, path, message);
  if (*list == NULL)
    return FALSE;
  if ((*list)->type != HR_JSON_ARRAY)
    return fail (message, _("it runs for each of {%s}, which is no list."), reference);
  return TRUE;
}

/* Text is looked for, not parsed: naming a step in vain only costs memory. */
gboolean
hr_step_refers_to (const HrStep *step, const char *name)
{
  g_autofree char *within = g_strconcat ("{", name, NULL);

  return (step->for_each != NULL && g_str_has_prefix (step->for_each, name))
         || (step->request != NULL && strstr (step->request, within) != NULL);
}
