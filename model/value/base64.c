/*
 * Canonical base64, as the service takes and gives binary values.
 *
 * Canonical means one text for one value: the length is a multiple of four, padding stands only at the end
 * and the bits that padding leaves unused are zero.
 */
#include "model/value/codec.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The six bits of a character plus one, so that what is missing is no character of the alphabet. */
static const guint8 sextets[256] = {
  ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,
  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18,
  ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27,
  ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36,
  ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45,
  ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54,
  ['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63,
  ['/'] = 64,
};

/* The bits of @count characters (up to 4), or -1. */
static gint32
read_group (const char *text, guint count)
{
  guint32 bits = 0;

  for (guint i = 0; i < count; i++)
    {
      guint8 sextet = sextets[(guchar) text[i]];

      if (sextet == 0)
        return -1;
      bits = bits << 6 | (guint32) (sextet - 1);
    }
  return (gint32) bits;
}

const char *
hr_base64_decode (HrArena *arena, const char *text, gsize length, gsize *decoded_length)
{
  gsize padding = 0;
  guint rest;
  gint32 bits;
  char *bytes;
  char *to;

  if (length % 4 != 0)
    return NULL;
  while (padding < 2 && padding < length && text[length - padding - 1] == '=')
    padding++;

  length -= padding;
  rest = (guint) (length % 4);
  bytes = to = hr_arena_alloc (arena, length / 4 * 3 + rest);
  for (; length >= 4; length -= 4, text += 4)
    {
      bits = read_group (text, 4);
      if (bits < 0)
        return NULL;
      *to++ = (char) (bits >> 16);
      *to++ = (char) (bits >> 8);
      *to++ = (char) bits;
    }
  if (rest > 0)
    {
      bits = read_group (text, rest);
      if (bits < 0 || (bits & (rest == 2 ? 0xf : 0x3)) != 0)
        return NULL;
      *to++ = (char) (bits >> (rest == 2 ? 4 : 10));
      if (rest == 3)
        *to++ = (char) (bits >> 2);
    }
  *decoded_length = (gsize) (to - bytes);
  return bytes;
}

void
hr_base64_encode (const char *bytes, gsize length, HrBuffer *out)
{
  const guchar *from = (const guchar *) bytes;
  gsize written = (length / 3 + (length % 3 != 0)) * 4;
  char *to = hr_buffer_reserve (out, written);

  for (; length >= 3; length -= 3, from += 3)
    {
      *to++ = alphabet[from[0] >> 2];
      *to++ = alphabet[(from[0] << 4 | from[1] >> 4) & 0x3f];
      *to++ = alphabet[(from[1] << 2 | from[2] >> 6) & 0x3f];
      *to++ = alphabet[from[2] & 0x3f];
    }
  if (length > 0)
    {
      guchar second = length == 2 ? from[1] : 0;

      *to++ = alphabet[from[0] >> 2];
      *to++ = alphabet[(from[0] << 4 | second >> 4) & 0x3f];
      *to++ = length == 2 ? alphabet[second << 2 & 0x3f] : '=';
      *to++ = '=';
    }
  out->length += written;
}
