/*
 * Values to JSON without types and back.
 */
#include "model/value/plain-json.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"

static void
write_scalar (const HrValue *value, HrBuffer *out)
{
  if (value->type == HR_TYPE_S)
    hr_json_write_string (out, value->bytes, value->length);
  else if (value->type == HR_TYPE_N)
    hr_value_to_text (value, out);
  else if (value->type == HR_TYPE_BOOL)
    hr_buffer_append_string (out, value->boolean ? "true" : "false");
  else if (value->type == HR_TYPE_NULL)
    hr_buffer_append_string (out, "null");
  else
    {
      hr_buffer_append_char (out, '"');
      hr_base64_encode (value->bytes, value->length, out);
      hr_buffer_append_char (out, '"');
    }
}

static void
write_map (const HrValue *map, gboolean spaced, HrBuffer *out)
{
  hr_buffer_append_char (out, '{');
  for (guint32 i = 0; i < map->length; i++)
    {
      if (i > 0)
        hr_json_write_mark (out, ',', spaced);
      hr_json_write_string (out, map->members[i].name, map->members[i].name_length);
      hr_json_write_mark (out, ':', spaced);
      hr_value_to_plain_json (&map->members[i].value, spaced, out);
    }
  hr_buffer_append_char (out, '}');
}

void
hr_value_to_plain_json (const HrValue *value, gboolean spaced, HrBuffer *out)
{
  if (value->type == HR_TYPE_M)
    {
      write_map (value, spaced, out);
      return;
    }
  if (value->type != HR_TYPE_L && !hr_type_is_set ((HrType) value->type))
    {
      write_scalar (value, out);
      return;
    }
  hr_buffer_append_char (out, '[');
  for (guint32 i = 0; i < value->length; i++)
    {
      if (i > 0)
        hr_json_write_mark (out, ',', spaced);
      hr_value_to_plain_json (&value->elements[i], spaced, out);
    }
  hr_buffer_append_char (out, ']');
}

typedef struct
{
  HrArena *arena;
  char **message;
  HrRange *range;
} Reader;

static gboolean
fail (const Reader *reader, HrRange range, const char *message)
{
  if (reader->message != NULL)
    *reader->message = g_strdup (message);
  if (reader->range != NULL)
    *reader->range = range;
  return FALSE;
}

static gboolean read_value (const Reader *reader, const HrJson *json, guint depth, HrValue *value);

static gboolean
read_number (const Reader *reader, const HrJson *json, HrValue *value)
{
  HrDecimal decimal;

  switch (hr_decimal_parse (&decimal, json->text, json->length))
    {
    case HR_DECIMAL_OK:
      *value = hr_value_number (reader->arena, &decimal);
      return TRUE;
    case HR_DECIMAL_PRECISION:
      return fail (reader, json->range, _("A number has at most 38 significant digits."));
    case HR_DECIMAL_OVERFLOW:
    case HR_DECIMAL_UNDERFLOW:
      return fail (reader, json->range, _("A number lies between 1E-130 and 9.99E+125, or is 0."));
    case HR_DECIMAL_SYNTAX:
      break;
    }
  return fail (reader, json->range, _("This is no number."));
}

static gboolean
read_map (const Reader *reader, const HrJson *json, guint depth, HrValue *value)
{
  HrMember *members = hr_arena_array (reader->arena, HrMember, json->length);

  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJsonMember *member = &json->members[i];

      members[i].name = member->name;
      members[i].name_length = member->name_length;
      if (!read_value (reader, &member->value, depth, &members[i].value))
        return FALSE;
    }
  if (!hr_members_sort (members, json->length))
    return fail (reader, json->range, _("A name stands twice in one object."));
  *value = hr_value_map (members, json->length);
  return TRUE;
}

static gboolean
read_list (const Reader *reader, const HrJson *json, guint depth, HrValue *value)
{
  HrValue *elements = hr_arena_array (reader->arena, HrValue, json->length);

  for (guint32 i = 0; i < json->length; i++)
    if (!read_value (reader, &json->elements[i], depth, &elements[i]))
      return FALSE;
  *value = hr_value_list (elements, json->length);
  return TRUE;
}

static gboolean
read_value (const Reader *reader, const HrJson *json, guint depth, HrValue *value)
{
  if (depth > HR_LIMIT_NESTING)
    return fail (reader, json->range, _("A value has at most 32 levels."));
  switch (json->type)
    {
    case HR_JSON_NULL:
      *value = hr_value_null ();
      return TRUE;
    case HR_JSON_FALSE:
    case HR_JSON_TRUE:
      *value = hr_value_boolean (json->type == HR_JSON_TRUE);
      return TRUE;
    case HR_JSON_NUMBER:
      return read_number (reader, json, value);
    case HR_JSON_STRING:
      *value = hr_value_string (json->text, json->length);
      return TRUE;
    case HR_JSON_ARRAY:
      return read_list (reader, json, depth + 1, value);
    case HR_JSON_OBJECT:
      return read_map (reader, json, depth + 1, value);
    }
  return FALSE;
}

gboolean
hr_value_from_plain_json (HrArena *arena, const HrJson *json, HrValue *value, char **message, HrRange *range)
{
  const Reader reader = { arena, message, range };

  return read_value (&reader, json, 1, value);
}
