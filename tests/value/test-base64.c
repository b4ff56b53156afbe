/* Base64: known texts, what is not canonical, round trips. */
#include "model/value/codec.h"

#include <string.h>

static void
test_known (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *text;
  } cases[] = {
    { "", 0, "" },
    { "f", 1, "Zg==" },
    { "fo", 2, "Zm8=" },
    { "foo", 3, "Zm9v" },
    { "foob", 4, "Zm9vYg==" },
    { "fooba", 5, "Zm9vYmE=" },
    { "foobar", 6, "Zm9vYmFy" },
    { "\0", 1, "AA==" },
    { "\xff\xff\xff", 3, "////" },
    { "\xfb\xef\xbe", 3, "++++" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      gsize length;
      const char *bytes = hr_base64_decode (arena, cases[i].text, strlen (cases[i].text), &length);

      g_assert_nonnull (bytes);
      g_assert_cmpmem (bytes, length, cases[i].bytes, cases[i].length);
      hr_base64_encode (cases[i].bytes, cases[i].length, &out);
      g_assert_cmpmem (out.data, out.length, cases[i].text, strlen (cases[i].text));
    }
}

static void
test_refuses (void)
{
  static const char *const cases[] = {
    "A",    "AA",   "AAA",   "AAAAA",      "=",        "====",     "A===",     "=AAA",
    "=+/=", "AB==", "AAB=",  "+/+=",       "AA=A",     "A=AA",     "AA-_",     "AA A",
    "AAA ", "AAA\n", "AA\xc3\xa9", "AAAA====", "AA==AAAA", "AAAAA===", "AAA\x80",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      gsize length;

      g_test_message ("case %u", i);
      g_assert_null (hr_base64_decode (arena, cases[i], strlen (cases[i]), &length));
    }
}

/* Every pair of bytes and every tail; each text has exactly one reading. */
static void
test_round_trip (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint pair = 0; pair < 0x10000; pair++)
    {
      char bytes[4] = { (char) pair, (char) (pair >> 8), (char) (pair * 7), (char) (pair * 31) };
      gsize length = 1 + pair % 4;
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      const char *again;
      gsize again_length;

      hr_base64_encode (bytes, length, &out);
      again = hr_base64_decode (arena, out.data, out.length, &again_length);
      g_assert_cmpmem (again, again_length, bytes, length);
      hr_arena_reset (arena);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/base64/known", test_known);
  g_test_add_func ("/value/base64/refuses", test_refuses);
  g_test_add_func ("/value/base64/round-trip", test_round_trip);
  return g_test_run ();
}
