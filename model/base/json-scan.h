#pragma once

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/*
 * Finding the end of a plain run in a string, a block at a time; shared by the reader and the writer of JSON
 * and private to them. A run ends before a control character, a quote or a backslash, for the reader also
 * before what is not ASCII.
 *
 * In the word version a mask has the high bit set in each byte that ends a run. Bits above the lowest one set
 * may be wrong (a borrow runs upwards), so only the lowest counts; words are loaded so that their lowest byte
 * is the first of the text.
 */
#define HR_JSON_WORD         ((gsize) 8)
#define HR_JSON_BYTES(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

static inline gboolean
hr_json_is_special (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\';
}

/* How many of the next eight bytes belong to the run. */
static inline gsize
hr_json_scan_word (const char *text, gboolean ends_at_high)
{
  guint64 word;
  guint64 quote;
  guint64 backslash;
  guint64 mask;

  memcpy (&word, text, sizeof word);
  word = GUINT64_FROM_LE (word);
  quote = word ^ HR_JSON_BYTES (0x22);
  backslash = word ^ HR_JSON_BYTES (0x5c);
  mask = (word - HR_JSON_BYTES (0x20)) & ~word;
  mask |= (quote - HR_JSON_BYTES (0x01)) & ~quote;
  mask |= (backslash - HR_JSON_BYTES (0x01)) & ~backslash;
  if (ends_at_high)
    mask |= word;
  mask &= HR_JSON_BYTES (0x80);
  return mask == 0 ? HR_JSON_WORD : (gsize) __builtin_ctzll (mask) / 8;
}

/* How many of the next HR_JSON_BLOCK bytes belong to the run. */
#ifdef __SSE2__
#define HR_JSON_BLOCK ((gsize) 16)

static inline gsize
hr_json_scan_block (const char *text, gboolean ends_at_high)
{
  __m128i block = _mm_loadu_si128 ((const __m128i *) (gconstpointer) text);
  __m128i ends = _mm_or_si128 (_mm_cmpeq_epi8 (block, _mm_set1_epi8 ('"')),
                               _mm_cmpeq_epi8 (block, _mm_set1_epi8 ('\\')));
  guint mask;

  /* Compared as signed bytes, what is not ASCII is below a space too. */
  if (ends_at_high)
    ends = _mm_or_si128 (ends, _mm_cmplt_epi8 (block, _mm_set1_epi8 (0x20)));
  else
    ends = _mm_or_si128 (ends, _mm_cmpeq_epi8 (_mm_min_epu8 (block, _mm_set1_epi8 (0x1f)), block));
  mask = (guint) _mm_movemask_epi8 (ends);
  return mask == 0 ? HR_JSON_BLOCK : (gsize) __builtin_ctz (mask);
}
#else
#define HR_JSON_BLOCK HR_JSON_WORD
#define hr_json_scan_block hr_json_scan_word
#endif

G_END_DECLS
