/* Questions to JSON trees: members, strings, exact integers. */
#include "model/base/json-reader.h"

#include <string.h>

static const HrJson *
parse (HrArena *arena, const char *text)
{
  const HrJson *json = hr_json_parse (arena, text, strlen (text), 16, NULL);

  g_assert_nonnull (json);
  return json;
}

static void
test_get (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = parse (arena, "{\"a\": 1, \"b\": \"x\", \"a\": 2, \"c\\u0000d\": 3}");
  gint64 number;

  g_assert_true (hr_json_get_int64 (hr_json_get (json, "a"), &number));
  g_assert_cmpint (number, ==, 2);
  g_assert_true (hr_json_get_int64 (hr_json_get_n (json, "c\0d", 3), &number));
  g_assert_cmpint (number, ==, 3);
  g_assert_null (hr_json_get (json, "c"));
  g_assert_null (hr_json_get (json, ""));
  g_assert_null (hr_json_get (NULL, "a"));
  g_assert_null (hr_json_get (hr_json_get (json, "b"), "a"));
  g_assert_true (hr_json_string_equals (hr_json_get (json, "b"), "x"));
  g_assert_false (hr_json_string_equals (hr_json_get (json, "b"), "xy"));
  g_assert_false (hr_json_string_equals (hr_json_get (json, "a"), "2"));
  g_assert_false (hr_json_string_equals (NULL, ""));
}

static void
test_dup_string (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = parse (arena, "[\"plain\", \"es\\ncaped\", \"nu\\u0000l\", 5, \"\"]");

  g_assert_cmpstr (hr_json_dup_string (&json->elements[0], arena), ==, "plain");
  g_assert_cmpstr (hr_json_dup_string (&json->elements[1], arena), ==, "es\ncaped");
  g_assert_null (hr_json_dup_string (&json->elements[2], arena));
  g_assert_null (hr_json_dup_string (&json->elements[3], arena));
  g_assert_cmpstr (hr_json_dup_string (&json->elements[4], arena), ==, "");
  g_assert_null (hr_json_dup_string (NULL, arena));
}

static void
test_int64 (void)
{
  static const struct
  {
    const char *text;
    gboolean fits;
    gint64 value;
  } cases[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "0.000", TRUE, 0 },
    { "0e999999999999999999999", TRUE, 0 },
    { "42", TRUE, 42 },
    { "-42", TRUE, -42 },
    { "1e3", TRUE, 1000 },
    { "1E+3", TRUE, 1000 },
    { "1.0", TRUE, 1 },
    { "12.50e1", TRUE, 125 },
    { "1200e-2", TRUE, 12 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9007199254740993", TRUE, 9007199254740993 },
    { "922337203685477580700000000000000000000e-20", TRUE, G_MAXINT64 },
    { "9223372036854775808", FALSE, 0 },
    { "-9223372036854775809", FALSE, 0 },
    { "18446744073709551616", FALSE, 0 },
    { "99999999999999999999999999", FALSE, 0 },
    { "100000000000000000000000001", FALSE, 0 },
    { "1e19", FALSE, 0 },
    { "1e99999999999999999999999", FALSE, 0 },
    { "1e-99999999999999999999999", FALSE, 0 },
    { "1.5", FALSE, 0 },
    { "1e-1", FALSE, 0 },
    { "0.1", FALSE, 0 },
    { "\"5\"", FALSE, 0 },
    { "null", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      gint64 value = 7;

      g_test_message ("%s", cases[i].text);
      g_assert_true (hr_json_get_int64 (parse (arena, cases[i].text), &value) == cases[i].fits);
      g_assert_cmpint (value, ==, cases[i].fits ? cases[i].value : 7);
    }
  g_assert_false (hr_json_get_int64 (NULL, NULL));
}

static void
test_double (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = parse (arena, "[1.5, -2e3, 1e999, \"1\"]");
  double value = 0;

  g_assert_true (hr_json_get_double (&json->elements[0], &value));
  g_assert_cmpfloat (value, ==, 1.5);
  g_assert_true (hr_json_get_double (&json->elements[1], &value));
  g_assert_cmpfloat (value, ==, -2000);
  g_assert_false (hr_json_get_double (&json->elements[2], &value));
  g_assert_false (hr_json_get_double (&json->elements[3], &value));
  g_assert_false (hr_json_get_double (NULL, &value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-value/get", test_get);
  g_test_add_func ("/base/json-value/dup-string", test_dup_string);
  g_test_add_func ("/base/json-value/int64", test_int64);
  g_test_add_func ("/base/json-value/double", test_double);
  return g_test_run ();
}
