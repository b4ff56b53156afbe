/*
 * JSON text from strings and from trees.
 *
 * Characters that need no escape are copied in runs, a block at a time. Trees come from the reader,
 * which never makes one deeper than HR_JSON_DEPTH_CEILING: that bounds the recursion here.
 */
#include "model/base/json-writer.h"

#include "model/base/json-scan.h"

/* The longest container that a pretty writer leaves on one line, in bytes. */
#define ONE_LINE_BYTES 72

/* Copies the run at *@text, moving behind it; there must be a block of room more than what is left of it. */
static inline char *
copy_plain (char *to, const char **text, const char *end)
{
  const char *from = *text;
  gsize block = HR_JSON_BLOCK;
  gsize run;

  for (run = block; run == block && (gsize) (end - from) >= block; from += run, to += run)
    {
      memcpy (to, from, HR_JSON_BLOCK);
      run = hr_json_scan_block (from, FALSE);
    }
  if (run == block && (gsize) (end - from) >= HR_JSON_WORD)
    {
      memcpy (to, from, HR_JSON_WORD);
      run = hr_json_scan_word (from, FALSE);
      from += run;
      to += run;
      block = HR_JSON_WORD;
    }
  if (run == block)
    {
      while (from < end && !hr_json_is_special ((guchar) *from))
        *to++ = *from++;
    }
  *text = from;
  return to;
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
  char *to = hr_buffer_reserve (out, length + 2 + HR_JSON_BLOCK);

  *to++ = '"';
  for (;;)
    {
      to = copy_plain (to, &text, end);
      if (G_LIKELY (text == end))
        break;
      out->length = (gsize) (to - out->data);
      write_escape (out, (guchar) *text++);
      to = hr_buffer_reserve (out, (gsize) (end - text) + 1 + HR_JSON_BLOCK);
    }
  *to++ = '"';
  out->length = (gsize) (to - out->data);
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
    hr_json_write_mark (out, ',', layout->is_spaced && !layout->has_lines);
  if (layout->has_lines)
    {
      gsize length = 1 + 2 * (gsize) indent;
      char *line = hr_buffer_reserve (out, length);

      *line = '\n';
      memset (line + 1, ' ', length - 1);
      out->length += length;
    }
}

static void write_value (HrBuffer *out, const HrJson *json, const Layout *layout, guint indent);

static gboolean
holds_only_scalars (const HrJson *json)
{
  for (guint32 i = 0; i < json->length; i++)
    if ((json->type == HR_JSON_OBJECT ? json->members[i].value : json->elements[i]).type >= HR_JSON_ARRAY)
      return FALSE;
  return TRUE;
}

/* Small things such as `{"S": "x"}` read better on one line: FALSE, and nothing written, when it gets too long. */
static gboolean
write_on_one_line (HrBuffer *out, const HrJson *json)
{
  gsize start = out->length;

  if (!holds_only_scalars (json))
    return FALSE;
  hr_json_write_compact (out, json, TRUE);
  if (out->length - start <= ONE_LINE_BYTES)
    return TRUE;
  hr_buffer_truncate (out, start);
  return FALSE;
}

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
          hr_json_write_mark (out, ':', layout->is_spaced);
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
      if (!layout->has_lines || !write_on_one_line (out, json))
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
