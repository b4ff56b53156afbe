/*
 * JSON text from strings and from trees.
 *
 * Characters that need no escape are copied in runs, found eight bytes at a time. Trees come from the reader,
 * which never makes one deeper than HR_JSON_DEPTH_CEILING: that bounds the recursion here.
 */
#include "model/base/json-writer.h"

#include "model/base/json-scan.h"

static const char *
skip_unescaped (const char *cursor, const char *end)
{
  for (; end - cursor >= 8; cursor += 8)
    {
      guint64 mask = hr_json_mask_special (hr_json_load (cursor));

      if (mask != 0)
        return cursor + hr_json_mask_first (mask);
    }
  while (cursor < end && !hr_json_is_special ((guchar) *cursor))
    cursor++;
  return cursor;
}

static void
write_escape (HrBuffer *out, guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  static const char letters[0x20] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };
  char escape[6] = { '\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 0xf] };

  if (byte >= 0x20)
    escape[1] = (char) byte;
  else if (letters[byte] != '\0')
    escape[1] = letters[byte];
  hr_buffer_append (out, escape, escape[1] == 'u' ? 6 : 2);
}

void
hr_json_write_string (HrBuffer *out, const char *text, gsize length)
{
  const char *end = text + length;

  hr_buffer_reserve (out, length + 2);
  hr_buffer_append_char (out, '"');
  while (text < end)
    {
      const char *stop = skip_unescaped (text, end);

      hr_buffer_append (out, text, (gsize) (stop - text));
      if (stop < end)
        write_escape (out, (guchar) *stop++);
      text = stop;
    }
  hr_buffer_append_char (out, '"');
}

/* What stands between the parts of a container: nothing, spaces, or lines. */
typedef struct
{
  gboolean is_spaced;
  gboolean has_lines;
} Layout;

static void
write_separator (HrBuffer *out, const Layout *layout, guint indent, gboolean is_first)
{
  if (!is_first)
    hr_buffer_append_char (out, ',');
  if (layout->has_lines)
    {
      char *line = hr_buffer_reserve (out, 1 + 2 * (gsize) indent);

      *line = '\n';
      memset (line + 1, ' ', 2 * (gsize) indent);
      out->length += 1 + 2 * (gsize) indent;
    }
  else if (layout->is_spaced && !is_first)
    hr_buffer_append_char (out, ' ');
}

static void write_value (HrBuffer *out, const HrJson *json, const Layout *layout, guint indent);

static void
write_container (HrBuffer *out, const HrJson *json, const Layout *layout, guint indent)
{
  gboolean is_object = json->type == HR_JSON_OBJECT;

  hr_buffer_append_char (out, is_object ? '{' : '[');
  for (guint32 i = 0; i < json->length; i++)
    {
      write_separator (out, layout, indent + 1, i == 0);
      if (is_object)
        {
          hr_json_write_string (out, json->members[i].name, json->members[i].name_length);
          hr_buffer_append (out, ": ", layout->is_spaced ? 2 : 1);
        }
      write_value (out, is_object ? &json->members[i].value : &json->elements[i], layout, indent + 1);
    }
  if (layout->has_lines && json->length > 0)
    write_separator (out, layout, indent, TRUE);
  hr_buffer_append_char (out, is_object ? '}' : ']');
}

static void
write_value (HrBuffer *out, const HrJson *json, const Layout *layout, guint indent)
{
  switch (json->type)
    {
    case HR_JSON_NULL:
      hr_buffer_append_string (out, "null");
      break;
    case HR_JSON_FALSE:
      hr_buffer_append_string (out, "false");
      break;
    case HR_JSON_TRUE:
      hr_buffer_append_string (out, "true");
      break;
    case HR_JSON_NUMBER:
      hr_buffer_append (out, json->text, json->length);
      break;
    case HR_JSON_STRING:
      hr_json_write_string (out, json->text, json->length);
      break;
    case HR_JSON_ARRAY:
    case HR_JSON_OBJECT:
      write_container (out, json, layout, indent);
      break;
    }
}

void
hr_json_write_compact (HrBuffer *out, const HrJson *json, gboolean spaced)
{
  const Layout layout = { .is_spaced = spaced };

  write_value (out, json, &layout, 0);
}

void
hr_json_write_pretty (HrBuffer *out, const HrJson *json, guint indent)
{
  const Layout layout = { .is_spaced = TRUE, .has_lines = TRUE };

  write_value (out, json, &layout, indent);
}
