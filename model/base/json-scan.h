#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * Finding the end of a plain run in a string, eight bytes at a time; shared by the reader and the writer
 * of JSON and private to them.
 *
 * A word is loaded so that its lowest byte is the first of the text; a mask has the high bit set in each
 * byte that stops a run. Bits above the lowest one set may be wrong (a borrow runs upwards), so only the
 * lowest is used.
 */
#define HR_JSON_BYTES(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

static inline guint64
hr_json_load (const char *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* Marks control characters, quotes and backslashes. */
static inline guint64
hr_json_mask_special (guint64 word)
{
  guint64 quote = word ^ HR_JSON_BYTES (0x22);
  guint64 backslash = word ^ HR_JSON_BYTES (0x5c);
  guint64 control = (word - HR_JSON_BYTES (0x20)) & ~word;

  quote = (quote - HR_JSON_BYTES (0x01)) & ~quote;
  backslash = (backslash - HR_JSON_BYTES (0x01)) & ~backslash;
  return (control | quote | backslash) & HR_JSON_BYTES (0x80);
}

/* Marks bytes that are no ASCII. */
static inline guint64
hr_json_mask_high (guint64 word)
{
  return word & HR_JSON_BYTES (0x80);
}

static inline guint
hr_json_mask_first (guint64 mask)
{
  return (guint) __builtin_ctzll (mask) / 8;
}

static inline gboolean
hr_json_is_special (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\';
}

G_END_DECLS
