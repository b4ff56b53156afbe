/* Strings of JSON: every block boundary, UTF-8 against GLib's own check, every escape. */
#include "model/base/json-reader.h"

#include <string.h>

/* Parses @length bytes between quotes from a block without a byte behind it. */
static const HrJson *
parse_quoted (HrArena *arena, const char *bytes, gsize length, HrJsonError *error)
{
  char *text = hr_arena_alloc (arena, length + 2);

  text[0] = text[length + 1] = '"';
  memcpy (text + 1, bytes, length);
  return hr_json_parse (arena, text, length + 2, 1, error);
}

static const char filler[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL";

static char *
surround (HrArena *arena, guint before, const char *special, guint after)
{
  return hr_arena_printf (arena, "%.*s%s%.*s", before, filler, special, after, filler);
}

/* A special character at each place of texts of each length: plain, escaped, wide, and broken. */
static void
test_boundaries (void)
{
  static const struct
  {
    const char *written;
    const char *meaning; /* NULL: refused */
  } specials[] = {
    { "", "" },          { "\\n", "\n" },         { "\xc3\xa9", "\xc3\xa9" }, { "\\u20ac", "\xe2\x82\xac" },
    { "\x7f", "\x7f" },  { "\x1f", NULL },        { "\xff", NULL },           { "\\q", NULL },
    { "\\\"", "\"" },    { "\xf0\x9f\x98", NULL }, { "\\ud83d\\ude00", "\xf0\x9f\x98\x80" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      for (guint before = 0; before < 36; before++)
        {
          for (guint after = 0; after < 36; after += 7)
            {
              g_autoptr (HrArena) arena = hr_arena_new ();
              HrJsonError error = { 0 };
              char *text = surround (arena, before, specials[i].written, after);
              const HrJson *json = parse_quoted (arena, text, strlen (text), &error);

              g_assert_true ((json != NULL) == (specials[i].meaning != NULL));
              if (json == NULL)
                {
                  g_assert_cmpuint (error.offset, ==, 1 + before);
                  continue;
                }
              text = surround (arena, before, specials[i].meaning, after);
              g_assert_cmpmem (json->text, json->length, text, strlen (text));
            }
        }
    }
}

/* All sequences of two bytes, and longer ones drawn near the edges of what is well-formed. */
static void
test_utf8 (void)
{
  static const guint8 edges[] = {
    0x20, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
    0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
  };
  g_autoptr (HrArena) arena = hr_arena_new ();
  GRand *rand = g_rand_new_with_seed (20);
  guint n_accepted = 0;

  for (guint pair = 0x8000; pair < 0x10000; pair++)
    {
      char bytes[2] = { (char) (pair >> 8), (char) MAX (pair & 0xff, 0x20) };
      gboolean is_plain = bytes[1] != '"' && bytes[1] != '\\';

      hr_arena_reset (arena);
      g_assert_true ((parse_quoted (arena, bytes, 2, NULL) != NULL)
                     == (is_plain && g_utf8_validate_len (bytes, 2, NULL)));
    }
  for (guint i = 0; i < 200000; i++)
    {
      char bytes[6];
      gsize length = (gsize) g_rand_int_range (rand, 3, 7);
      gboolean is_valid;

      for (gsize j = 0; j < length; j++)
        bytes[j] = (char) edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
      is_valid = g_utf8_validate_len (bytes, length, NULL);
      n_accepted += is_valid;
      hr_arena_reset (arena);
      g_assert_true ((parse_quoted (arena, bytes, length, NULL) != NULL) == is_valid);
    }
  g_assert_cmpuint (n_accepted, >, 1000);
  g_rand_free (rand);
}

/* Each code unit as an escape on its own, and pairs around the edges of the surrogates. */
static void
test_escapes (void)
{
  static const guint edges[] = { 0x41, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff };
  g_autoptr (HrArena) arena = hr_arena_new ();
  char expected[8];

  for (guint unit = 0; unit < 0x10000; unit++)
    {
      gboolean is_surrogate = unit >= 0xd800 && unit < 0xe000;
      char *text = hr_arena_printf (arena, unit % 2 == 0 ? "\\u%04x" : "\\u%04X", unit);
      const HrJson *json = parse_quoted (arena, text, 6, NULL);

      g_assert_true ((json == NULL) == is_surrogate);
      if (json != NULL)
        g_assert_cmpmem (json->text, json->length, expected, (gsize) g_unichar_to_utf8 (unit, expected));
      hr_arena_reset (arena);
    }

  for (guint i = 0; i < G_N_ELEMENTS (edges) * G_N_ELEMENTS (edges); i++)
    {
      guint high = edges[i / G_N_ELEMENTS (edges)];
      guint low = edges[i % G_N_ELEMENTS (edges)];
      gboolean is_pair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
      gboolean are_single = (high < 0xd800 || high > 0xdfff) && (low < 0xd800 || low > 0xdfff);
      gunichar character = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
      char *text = hr_arena_printf (arena, "\\u%04x\\u%04x", high, low);
      const HrJson *json = parse_quoted (arena, text, 12, NULL);

      g_assert_true ((json != NULL) == (is_pair || are_single));
      if (is_pair)
        g_assert_cmpuint (g_utf8_get_char (json->text), ==, character);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-string/boundaries", test_boundaries);
  g_test_add_func ("/base/json-string/utf8", test_utf8);
  g_test_add_func ("/base/json-string/escapes", test_escapes);
  return g_test_run ();
}
