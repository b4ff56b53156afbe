/* The JSON writer: escapes, layouts, and that every string reads back. */
#include "model/base/json-writer.h"

static void
test_string (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *written;
  } cases[] = {
    { "", 0, "\"\"" },
    { "plain", 5, "\"plain\"" },
    { "a\"b\\c/d", 7, "\"a\\\"b\\\\c/d\"" },
    { "\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"" },
    { "\0\x01\x0b\x1f\x7f", 5, "\"\\u0000\\u0001\\u000b\\u001f\x7f\"" },
    { "\xc3\xa9\xf0\x9f\x98\x80", 6, "\"\xc3\xa9\xf0\x9f\x98\x80\"" },
    { "01234567\"01234567\n", 18, "\"01234567\\\"01234567\\n\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HrBuffer) out = HR_BUFFER_INIT;

      hr_json_write_string (&out, cases[i].text, cases[i].length);
      g_assert_cmpmem (out.data, out.length, cases[i].written, strlen (cases[i].written));
    }
}

/* Each special character at each place of a word and its tail. */
static void
test_string_places (void)
{
  for (guint special = 0; special < 0x80; special++)
    {
      for (guint place = 0; place < 20; place++)
        {
          g_autoptr (HrArena) arena = hr_arena_new ();
          g_auto (HrBuffer) out = HR_BUFFER_INIT;
          char text[] = "abcdefghijklmnopqrst";
          const HrJson *json;

          text[place] = (char) special;
          hr_json_write_string (&out, text, 20);
          json = hr_json_parse (arena, out.data, out.length, 1, NULL);
          g_assert_nonnull (json);
          g_assert_cmpmem (json->text, json->length, text, 20);
        }
    }
}

static void
test_layouts (void)
{
  static const char text[] = "{\"a\":[1,{\"b\":\"x\"},[],{}],\"c\":null,\"d\":true,\"e\":false}";
  static const char spaced[]
      = "{\"a\": [1, {\"b\": \"x\"}, [], {}], \"c\": null, \"d\": true, \"e\": false}";
  static const char pretty[] = "{\n"
                               "    \"a\": [\n"
                               "      1,\n"
                               "      {\"b\": \"x\"},\n"
                               "      [],\n"
                               "      {}\n"
                               "    ],\n"
                               "    \"c\": null,\n"
                               "    \"d\": true,\n"
                               "    \"e\": false\n"
                               "  }";
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrJson *json = hr_json_parse (arena, text, strlen (text), 8, NULL);

  hr_json_write_compact (&out, json, FALSE);
  g_assert_cmpmem (out.data, out.length, text, strlen (text));
  hr_buffer_truncate (&out, 0);
  hr_json_write_compact (&out, json, TRUE);
  g_assert_cmpmem (out.data, out.length, spaced, strlen (spaced));
  hr_buffer_truncate (&out, 0);
  hr_json_write_pretty (&out, json, 1);
  g_assert_cmpmem (out.data, out.length, pretty, strlen (pretty));
}

static void
test_short_containers (void)
{
  g_autofree char *filler = g_strnfill (80, 'x');
  g_autofree char *text = g_strdup_printf ("{\"a\":[1,true,\"x\"],\"b\":[\"%s\"]}", filler);
  g_autofree char *pretty
      = g_strdup_printf ("{\n  \"a\": [1, true, \"x\"],\n  \"b\": [\n    \"%s\"\n  ]\n}", filler);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_json_write_pretty (&out, hr_json_parse (arena, text, strlen (text), 8, NULL), 0);
  g_assert_cmpmem (out.data, out.length, pretty, strlen (pretty));
}

static void
test_deepest (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  const HrJson *json;

  for (guint i = 0; i < HR_JSON_DEPTH_CEILING; i++)
    hr_buffer_append_char (&text, '[');
  for (guint i = 0; i < HR_JSON_DEPTH_CEILING; i++)
    hr_buffer_append_char (&text, ']');
  json = hr_json_parse (arena, text.data, text.length, G_MAXUINT, NULL);
  g_assert_nonnull (json);
  hr_json_write_compact (&out, json, TRUE);
  g_assert_cmpmem (out.data, out.length, text.data, text.length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-writer/string", test_string);
  g_test_add_func ("/base/json-writer/string-places", test_string_places);
  g_test_add_func ("/base/json-writer/layouts", test_layouts);
  g_test_add_func ("/base/json-writer/short-containers", test_short_containers);
  g_test_add_func ("/base/json-writer/deepest", test_deepest);
  return g_test_run ();
}
