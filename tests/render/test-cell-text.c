/*
 * Values as cells show them, and as they are copied.
 */
#include "render/cell-text.h"

#include "model/base/service-limits.h"
#include "model/value/codec.h"

#include <string.h>

static HrValue
read_value (HrArena *arena, const char *json)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonError error;
  const char *text = hr_arena_strdup (arena, json);
  HrValue value;

  g_assert_true (hr_value_from_json (arena, hr_json_parse (arena, text, strlen (text), HR_LIMIT_JSON_DEPTH, &error),
                                     &value, &service_error));
  return value;
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *json;
    HrCellKind kind;
    const char *text;
    gboolean is_shortened;
  } cases[] = {
    { "{\"S\":\"Andrew Brown\"}", HR_CELL_PROSE, "Andrew Brown", FALSE },
    { "{\"S\":\"andrewbrown\"}", HR_CELL_PROSE, "andrewbrown", FALSE },
    { "{\"S\":\"abc123\"}", HR_CELL_PROSE, "abc123", FALSE },
    { "{\"S\":\"\"}", HR_CELL_EMPTY, "“”", FALSE },
    { "{\"S\":\"2026-03-02T10:04:05Z\"}", HR_CELL_IDENTIFIER, "2026-03-02T10:04:05Z", FALSE },
    { "{\"S\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700399\"}", HR_CELL_IDENTIFIER, "5ae290ed…0399", TRUE },
    { "{\"S\":\"MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399#x\"}", HR_CELL_IDENTIFIER, "MSG#5ae290ed…0399#x", TRUE },
    { "{\"S\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700399f\"}", HR_CELL_IDENTIFIER,
      "5ae290ed-55d1-47a0-bc6d-fe2bc2700399f", FALSE },
    { "{\"S\":\"two\\nlines\\tand \\u0000\"}", HR_CELL_PROSE, "two lines and  ", FALSE },
    { "{\"S\":\"ليلى\"}", HR_CELL_PROSE, "ليلى", FALSE },
    { "{\"N\":\"-12.50\"}", HR_CELL_NUMBER, "-12.5", FALSE },
    { "{\"BOOL\":true}", HR_CELL_PROSE, "true", FALSE },
    { "{\"NULL\":true}", HR_CELL_NULL, "null", FALSE },
    { "{\"B\":\"AQID\"}", HR_CELL_DATA, "AQID · 3 bytes", FALSE },
    { "{\"B\":\"\"}", HR_CELL_DATA, "0 bytes", FALSE },
    { "{\"B\":\"AQ==\"}", HR_CELL_DATA, "AQ== · 1 byte", FALSE },
    { "{\"M\":{\"b\":{\"N\":\"1\"},\"a\":{\"S\":\"x\"}}}", HR_CELL_DATA, "{a: \"x\", b: 1}", FALSE },
    { "{\"L\":[{\"NULL\":true},{\"L\":[]}]}", HR_CELL_DATA, "[null, []]", FALSE },
    { "{\"NS\":[\"3\",\"-1\"]}", HR_CELL_DATA, "{-1, 3}", FALSE },
  };
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrValue value = read_value (arena, cases[i].json);
      HrCellText text;

      hr_cell_text_init (&text, &value, arena);
      g_assert_cmpint (text.kind, ==, cases[i].kind);
      g_assert_cmpstr (text.text, ==, cases[i].text);
      g_assert_cmpuint (text.length, ==, strlen (cases[i].text));
      g_assert_cmpint (text.is_shortened, ==, cases[i].is_shortened);
    }
}

static void
test_missing (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCellText text;

  hr_cell_text_init (&text, NULL, arena);
  g_assert_cmpint (text.kind, ==, HR_CELL_MISSING);
  g_assert_cmpstr (text.text, ==, "–");
}

/* However long or deep a value is, its text is short, ends in an ellipsis and is UTF-8. */
static void
test_long (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) long_text = g_string_new (NULL);
  HrCellText text;
  HrValue value;

  for (guint i = 0; i < 40000; i++)
    g_string_append (long_text, "ü€");
  value = hr_value_string (long_text->str, long_text->len);
  hr_cell_text_init (&text, &value, arena);
  g_assert_cmpuint (text.length, <, 400);
  g_assert_true (g_utf8_validate (text.text, (gssize) text.length, NULL));
  g_assert_true (g_str_has_suffix (text.text, "…"));
  g_assert_true (text.is_shortened);
  g_assert_cmpuint (strlen (hr_cell_describe (&value, arena)), <, 700);

  value = hr_value_null ();
  for (guint i = 0; i < 31; i++)
    {
      HrValue *element = hr_arena_memdup (arena, &value, sizeof value);

      value = hr_value_list (element, 1);
    }
  hr_cell_text_init (&text, &value, arena);
  g_assert_cmpstr (text.text, ==, "[[[[[[[[[…]]]]]]]]]");
}

static void
test_copy (void)
{
  static const char *const cases[][2] = {
    { "{\"S\":\"two\\nlines\"}", "two\nlines" },
    { "{\"S\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700399\"}", "5ae290ed-55d1-47a0-bc6d-fe2bc2700399" },
    { "{\"N\":\"1e3\"}", "1000" },
    { "{\"B\":\"AQID\"}", "AQID" },
    { "{\"SS\":[\"b\",\"a\"]}", "{\"a\", \"b\"}" },
  };
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrValue value = read_value (arena, cases[i][0]);
      g_autofree char *text = hr_cell_dup_text (&value);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_key (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue value = read_value (arena, "{\"S\":\"PROFILE\"}");
  HrCellText text;

  hr_cell_text_init_key (&text, &value, arena);
  g_assert_cmpint (text.kind, ==, HR_CELL_IDENTIFIER);
  g_assert_cmpstr (text.text, ==, "PROFILE");
}

static void
test_sizes (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  g_assert_cmpstr (hr_format_size (arena, 0), ==, "0 B");
  g_assert_cmpstr (hr_format_size (arena, 1023), ==, "1023 B");
  g_assert_cmpstr (hr_format_size (arena, 1024), ==, "1.0 KB");
  g_assert_cmpstr (hr_format_size (arena, 4198), ==, "4.1 KB");
  g_assert_cmpstr (hr_format_size (arena, 3 * 1024 * 1024 / 2), ==, "1.5 MB");
  g_assert_cmpstr (hr_format_size (arena, G_MAXUINT64), ==, "16777216.0 TB");
  g_assert_cmpstr (hr_format_items (arena, 1), ==, "1 item");
  g_assert_cmpstr (hr_format_items (arena, 0), ==, "0 items");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/cell-text/kinds", test_kinds);
  g_test_add_func ("/render/cell-text/missing", test_missing);
  g_test_add_func ("/render/cell-text/long", test_long);
  g_test_add_func ("/render/cell-text/copy", test_copy);
  g_test_add_func ("/render/cell-text/key", test_key);
  g_test_add_func ("/render/cell-text/sizes", test_sizes);
  return g_test_run ();
}
