/*
 * Values as text to be edited.
 *
 * One small reader a type, in a table. Whether plain JSON does for a map is not reasoned about but tried: it is
 * written, read, and compared.
 */
#include "model/value/edit-text.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/plain-json.h"

#include <string.h>

typedef struct
{
  HrArena *arena;
  HrType type;
  const char *text;
  gsize length;
  guint32 offset; /* of text in what was typed */
  char **message;
  HrRange *range;
} Reader;

static gboolean G_GNUC_PRINTF (3, 4)
fail (const Reader *reader, HrRange range, const char *format, ...)
{
  va_list arguments;

  if (reader->message != NULL)
    {
      va_start (arguments, format);
      *reader->message = g_strdup_vprintf (format, arguments);
      va_end (arguments);
    }
  if (reader->range != NULL)
    *reader->range = (HrRange) { range.start + reader->offset, range.end + reader->offset };
  return FALSE;
}

static HrRange
whole (const Reader *reader)
{
  return (HrRange) { 0, (guint32) reader->length };
}

static void
trim (Reader *reader)
{
  while (reader->length > 0 && g_ascii_isspace (reader->text[0]))
    {
      reader->text++;
      reader->length--;
      reader->offset++;
    }
  while (reader->length > 0 && g_ascii_isspace (reader->text[reader->length - 1]))
    reader->length--;
}

static gboolean
read_string (Reader *reader, HrValue *value)
{
  const char *end;

  if (!g_utf8_validate_len (reader->text, reader->length, &end)
      && !(end < reader->text + reader->length && *end == '\0' && memchr (reader->text, '\0', reader->length) == end))
    return fail (reader, whole (reader), _("This is no text in UTF-8."));
  *value = hr_value_string (hr_arena_strndup (reader->arena, reader->text, reader->length), reader->length);
  return TRUE;
}

static guint
count_digits (const char *text, gsize length)
{
  guint count = 0;

  for (gsize i = 0; i < length && text[i] != 'e' && text[i] != 'E'; i++)
    count += g_ascii_isdigit (text[i]) && (count > 0 || text[i] != '0');
  return count;
}

static gboolean
read_number (Reader *reader, HrValue *value)
{
  HrDecimal decimal;

  trim (reader);
  switch (hr_decimal_parse (&decimal, reader->text, reader->length))
    {
    case HR_DECIMAL_OK:
      *value = hr_value_number (reader->arena, &decimal);
      return TRUE;
    case HR_DECIMAL_PRECISION:
      return fail (reader, whole (reader), _("A number has at most 38 significant digits; this one has %u."),
                   count_digits (reader->text, reader->length));
    case HR_DECIMAL_OVERFLOW:
      return fail (reader, whole (reader), _("This number is too large: the largest is 9.99E+125."));
    case HR_DECIMAL_UNDERFLOW:
      return fail (reader, whole (reader), _("This number is too near to 0: the nearest is 1E-130."));
    case HR_DECIMAL_SYNTAX:
      break;
    }
  if (reader->length == 0)
    return fail (reader, whole (reader), _("A number needs digits, such as 12, -3.5 or 6E23."));
  return fail (reader, whole (reader), _("“%.*s” is no number. Write digits such as 12, -3.5 or 6E23."),
               (int) MIN (reader->length, 40), reader->text);
}

static gboolean
read_binary (Reader *reader, HrValue *value)
{
  const char *bytes;
  gsize length;

  trim (reader);
  bytes = hr_base64_decode (reader->arena, reader->text, reader->length, &length);
  if (bytes == NULL)
    return fail (reader, whole (reader),
                 _("This is no base64: it has A to Z, a to z, 0 to 9, + and /, and = fills the last group of four."));
  *value = hr_value_binary (bytes, length);
  return TRUE;
}

static gboolean
is_word (const Reader *reader, const char *word)
{
  return reader->length == strlen (word) && g_ascii_strncasecmp (reader->text, word, reader->length) == 0;
}

static gboolean
read_boolean (Reader *reader, HrValue *value)
{
  static const char *const words[2][3] = { { "false", "no", "0" }, { "true", "yes", "1" } };

  trim (reader);
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < G_N_ELEMENTS (words[i]); j++)
      if (is_word (reader, words[i][j]))
        {
          *value = hr_value_boolean (i == 1);
          return TRUE;
        }
  return fail (reader, whole (reader), _("Write true or false."));
}

static gboolean
read_null (Reader *reader, HrValue *value)
{
  trim (reader);
  if (reader->length > 0 && !is_word (reader, "null"))
    return fail (reader, whole (reader), _("NULL has one value; write null."));
  *value = hr_value_null ();
  return TRUE;
}

/* JSON must outlive the value, so the text is copied first. */
static const HrJson *
read_json (Reader *reader)
{
  HrJsonError error = { 0 };
  char *copy = hr_arena_strndup (reader->arena, reader->text, reader->length);
  const HrJson *json = hr_json_parse (reader->arena, copy, reader->length, HR_LIMIT_JSON_DEPTH, &error);

  if (json == NULL)
    fail (reader, (HrRange) { error.offset, error.offset + 1 }, _("This is no JSON: %s."), _ (error.message));
  return json;
}

/* Sets */

static gboolean
add_element (Reader *reader, GArray *elements, const char *text, gsize length, HrRange range, gboolean is_number)
{
  Reader part = { reader->arena, hr_type_get_element (reader->type), text, length, reader->offset + range.start,
                  reader->message, reader->range };
  HrValue value;

  if (is_number && part.type != HR_TYPE_N)
    return fail (reader, range, _("The members of this set are texts in quotes."));
  if (!hr_value_from_edit_text (part.arena, part.type, text, length, &value, part.message, part.range))
    {
      if (part.range != NULL)
        *part.range = (HrRange) { range.start + reader->offset, range.end + reader->offset };
      return FALSE;
    }
  g_array_append_val (elements, value);
  return TRUE;
}

static gboolean
read_set_json (Reader *reader, GArray *elements)
{
  const HrJson *json = read_json (reader);

  if (json == NULL)
    return FALSE;
  for (guint32 i = 0; i < json->length; i++)
    {
      const HrJson *element = &json->elements[i];
      gboolean is_number = element->type == HR_JSON_NUMBER;

      if (element->type != HR_JSON_STRING && !is_number)
        return fail (reader, element->range, _("A set has members of one type: texts, numbers or bytes."));
      if (!add_element (reader, elements, element->text, element->length, element->range, is_number))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_set_words (Reader *reader, GArray *elements)
{
  char mark = memchr (reader->text, '\n', reader->length) != NULL ? '\n' : ',';
  gsize at = 0;

  while (at < reader->length)
    {
      const char *found = memchr (reader->text + at, mark, reader->length - at);
      gsize end = found != NULL ? (gsize) (found - reader->text) : reader->length;
      Reader word = { .text = reader->text + at, .length = end - at, .offset = (guint32) at };

      trim (&word);
      if (word.length > 0
          && !add_element (reader, elements, word.text, word.length,
                           (HrRange) { word.offset, word.offset + (guint32) word.length }, FALSE))
        return FALSE;
      at = end + 1;
    }
  return TRUE;
}

static gboolean
read_set (Reader *reader, HrValue *value)
{
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (HrValue));
  HrValue *kept;
  guint count;

  trim (reader);
  if (reader->length > 0 && reader->text[0] == '[' ? !read_set_json (reader, elements)
                                                   : !read_set_words (reader, elements))
    return FALSE;
  if (elements->len == 0)
    return fail (reader, whole (reader), _("A set has at least one member; remove the attribute to have none."));
  kept = hr_arena_memdup (reader->arena, elements->data, elements->len * sizeof (HrValue));
  count = hr_elements_sort (kept, elements->len);
  *value = hr_value_list (kept, count);
  value->type = (guint8) reader->type;
  return TRUE;
}

/* Lists and maps */

/* `{"M": {…}}` and `{"L": […]}`: the type of the field around typed JSON. */
static gboolean
read_typed (Reader *reader, const HrJson *json, HrValue *value)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const char *name = hr_type_get_name (reader->type);

  return json->type == HR_JSON_OBJECT && json->length == 1 && hr_json_get (json, name) != NULL
         && hr_value_from_json (reader->arena, json, value, &error);
}

static gboolean
read_document (Reader *reader, HrValue *value)
{
  HrJsonType wanted = reader->type == HR_TYPE_M ? HR_JSON_OBJECT : HR_JSON_ARRAY;
  const HrJson *json;
  char *message = NULL;
  HrRange range;

  trim (reader);
  json = read_json (reader);
  if (json == NULL)
    return FALSE;
  if (read_typed (reader, json, value))
    return TRUE;
  if (json->type != wanted)
    return fail (reader, json->range,
                 reader->type == HR_TYPE_M ? _("A map is a JSON object such as {\"name\": \"Ann\", \"age\": 7}.")
                                           : _("A list is a JSON array such as [\"a\", 7, true]."));
  if (hr_value_from_plain_json (reader->arena, json, value, &message, &range))
    return TRUE;
  fail (reader, range, "%s", message);
  g_free (message);
  return FALSE;
}

typedef gboolean (*ReadFunc) (Reader *reader, HrValue *value);

static const ReadFunc readers[HR_N_TYPES] = {
  [HR_TYPE_S] = read_string,   [HR_TYPE_N] = read_number,   [HR_TYPE_B] = read_binary, [HR_TYPE_BOOL] = read_boolean,
  [HR_TYPE_NULL] = read_null,  [HR_TYPE_M] = read_document, [HR_TYPE_L] = read_document, [HR_TYPE_SS] = read_set,
  [HR_TYPE_NS] = read_set,     [HR_TYPE_BS] = read_set,
};

gboolean
hr_value_from_edit_text (HrArena *arena, HrType type, const char *text, gsize length, HrValue *value, char **message,
                         HrRange *range)
{
  Reader reader = { arena, type, text, length, 0, message, range };

  g_return_val_if_fail (type < HR_N_TYPES && text != NULL, FALSE);

  if (message != NULL)
    *message = NULL;
  return readers[type](&reader, value);
}

static void
write_json (const HrBuffer *text, gboolean pretty, HrBuffer *out)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = pretty ? hr_json_parse (arena, text->data, text->length, HR_JSON_DEPTH_CEILING, NULL) : NULL;

  if (json != NULL)
    hr_json_write_pretty (out, json, 0);
  else
    hr_buffer_append (out, text->data, text->length);
}

static void
write_document (const HrValue *value, gboolean pretty, HrBuffer *out)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrValue back;

  hr_value_to_plain_json (value, TRUE, &text);
  if (!hr_value_from_edit_text (arena, (HrType) value->type, text.data, text.length, &back, NULL, NULL)
      || !hr_value_equal (value, &back))
    {
      hr_buffer_truncate (&text, 0);
      hr_value_to_json (value, TRUE, &text);
    }
  write_json (&text, pretty, out);
}

void
hr_value_to_edit_text (const HrValue *value, gboolean pretty, HrBuffer *out)
{
  hr_buffer_reserve (out, 1);
  if (value->type == HR_TYPE_S)
    hr_buffer_append (out, value->bytes, value->length);
  else if (value->type == HR_TYPE_B)
    hr_base64_encode (value->bytes, value->length, out);
  else if (value->type == HR_TYPE_M || value->type == HR_TYPE_L)
    write_document (value, pretty, out);
  else
    hr_value_to_plain_json (value, TRUE, out);
}

static gboolean
gives_back (HrArena *arena, HrType type, const char *text, gsize length)
{
  g_auto (HrBuffer) back = HR_BUFFER_INIT;
  HrValue value;

  if (!hr_value_from_edit_text (arena, type, text, length, &value, NULL, NULL))
    return FALSE;
  hr_value_to_edit_text (&value, FALSE, &back);
  return back.length == length && memcmp (back.data, text, length) == 0;
}

HrType
hr_edit_text_guess_type (const char *text, gsize length)
{
  static const HrType scalars[] = { HR_TYPE_N, HR_TYPE_BOOL, HR_TYPE_NULL };
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue value;

  if (length == 0)
    return HR_TYPE_S;
  for (guint i = 0; i < G_N_ELEMENTS (scalars); i++)
    if (gives_back (arena, scalars[i], text, length))
      return scalars[i];
  if (text[0] == '{' && hr_value_from_edit_text (arena, HR_TYPE_M, text, length, &value, NULL, NULL))
    return HR_TYPE_M;
  if (text[0] == '[' && hr_value_from_edit_text (arena, HR_TYPE_L, text, length, &value, NULL, NULL))
    return HR_TYPE_L;
  return HR_TYPE_S;
}
