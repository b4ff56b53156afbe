/*
 * Strings of JSON: UTF-8, escapes, and the end.
 *
 * A string is scanned a block at a time and checked as it goes. Only one with an escape is copied; its
 * escapes are right by then, so decoding asks no more questions.
 */
#include "model/base/json-reader-private.h"
#include "model/base/json-scan.h"

#include <string.h>

#include "model/base/i18n.h"

static inline const char *
skip_plain (const char *cursor, const char *end)
{
  while ((gsize) (end - cursor) >= HR_JSON_BLOCK)
    {
      gsize run = hr_json_scan_block (cursor, TRUE);

      cursor += run;
      if (run < HR_JSON_BLOCK)
        return cursor;
    }
  while (cursor < end && !hr_json_is_special ((guchar) *cursor) && (guchar) *cursor < 0x80)
    cursor++;
  return cursor;
}

static inline gboolean
is_tail (const char *cursor, const char *end, guchar low, guchar high)
{
  return cursor < end && (guchar) *cursor >= low && (guchar) *cursor <= high;
}

/*
 * Behind the character at @cursor (not ASCII), or NULL when it is not well-formed: the ranges are those
 * of the Unicode standard, table 3-7, which leaves out surrogates and overlong forms.
 */
static const char *
skip_utf8 (const char *cursor, const char *end)
{
  guchar lead = (guchar) *cursor++;
  guchar low = 0x80;
  guchar high = 0xbf;
  guint tails;

  if (lead < 0xc2 || lead > 0xf4)
    return NULL;
  tails = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (lead == 0xe0)
    low = 0xa0;
  else if (lead == 0xed)
    high = 0x9f;
  else if (lead == 0xf0)
    low = 0x90;
  else if (lead == 0xf4)
    high = 0x8f;

  if (!is_tail (cursor++, end, low, high))
    return NULL;
  for (; tails > 1; tails--)
    {
      if (!is_tail (cursor++, end, 0x80, 0xbf))
        return NULL;
    }
  return cursor;
}

/* The number that four hexadecimal digits at @cursor write, or -1. */
static int
read_hex4 (const char *cursor, const char *end)
{
  int value = 0;

  if (end - cursor < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (cursor[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* The character that the escape at *@cursor stands for, moving behind it; -1 when it is none. */
static int
read_escape (const char **cursor, const char *end)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;
  int unit;
  int second;

  if (end - *cursor < 2)
    return -1;
  if ((*cursor)[1] != 'u')
    {
      letter = (*cursor)[1] != '\0' ? strchr (letters, (*cursor)[1]) : NULL;
      *cursor += 2;
      return letter != NULL ? meanings[letter - letters] : -1;
    }

  unit = read_hex4 (*cursor + 2, end);
  *cursor += 6;
  if (unit < 0xd800 || unit > 0xdfff)
    return unit;
  if (unit > 0xdbff || end - *cursor < 6 || (*cursor)[0] != '\\' || (*cursor)[1] != 'u')
    return -1;
  second = read_hex4 (*cursor + 2, end);
  *cursor += 6;
  if (second < 0xdc00 || second > 0xdfff)
    return -1;
  return 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
}

/* Decodes a string whose escapes have been checked; never longer than what it was written as. */
static const char *
unescape (HrArena *arena, const char *cursor, const char *end, guint32 *length)
{
  char *text = hr_arena_alloc (arena, (gsize) (end - cursor) + 1);
  char *to = text;

  while (cursor < end)
    {
      const char *backslash = memchr (cursor, '\\', (gsize) (end - cursor));
      gsize run = (gsize) ((backslash != NULL ? backslash : end) - cursor);

      memcpy (to, cursor, run);
      to += run;
      cursor += run;
      if (backslash != NULL)
        to += g_unichar_to_utf8 ((gunichar) read_escape (&cursor, end), to);
    }
  *to = '\0';
  *length = (guint32) (to - text);
  return text;
}

gboolean
hr_json_reader_read_any_string (HrJsonReader *reader, const char **text, guint32 *length)
{
  const char *start = reader->cursor + 1;
  const char *cursor = start;
  gboolean has_escape = FALSE;

  for (;;)
    {
      const char *stop = skip_plain (cursor, reader->end);

      cursor = stop;
      if (cursor == reader->end)
        return hr_json_reader_fail (reader, start - 1, N_("this string is not closed"));
      if (*cursor == '"')
        break;
      if (*cursor == '\\')
        {
          has_escape = TRUE;
          if (read_escape (&cursor, reader->end) < 0)
            return hr_json_reader_fail (reader, stop, N_("this is no valid escape"));
        }
      else if ((guchar) *cursor < 0x20)
        return hr_json_reader_fail (reader, stop, N_("a control character must be escaped"));
      else if ((cursor = skip_utf8 (cursor, reader->end)) == NULL)
        return hr_json_reader_fail (reader, stop, N_("this is no valid UTF-8"));
    }

  reader->cursor = cursor + 1;
  if (text == NULL)
    return TRUE;
  *text = start;
  *length = (guint32) (cursor - start);
  if (has_escape)
    *text = unescape (reader->arena, start, cursor, length);
  return TRUE;
}
