/*
 * Values as text to be edited: what is written comes back, and what is wrong is said.
 */
#include "model/value/codec.h"
#include "model/value/edit-text.h"

#include <string.h>

typedef struct
{
  HrType type;
  const char *text;
  const char *json; /* typed; NULL: refused */
  const char *back; /* NULL: as @text */
} Case;

static const Case cases[] = {
  { HR_TYPE_S, " as it is ", "{\"S\":\" as it is \"}", NULL },
  { HR_TYPE_S, "", "{\"S\":\"\"}", NULL },
  { HR_TYPE_N, " 12 ", "{\"N\":\"12\"}", "12" },
  { HR_TYPE_N, "-3.50", "{\"N\":\"-3.5\"}", "-3.5" },
  { HR_TYPE_N, "12345678901234567890123456789012345678", "{\"N\":\"12345678901234567890123456789012345678\"}", NULL },
  { HR_TYPE_N, "123456789012345678901234567890123456789", NULL, NULL },
  { HR_TYPE_N, "1E126", NULL, NULL },
  { HR_TYPE_N, "1E-131", NULL, NULL },
  { HR_TYPE_N, "twelve", NULL, NULL },
  { HR_TYPE_N, "", NULL, NULL },
  { HR_TYPE_B, "aGk=", "{\"B\":\"aGk=\"}", NULL },
  { HR_TYPE_B, "aGk", NULL, NULL },
  { HR_TYPE_BOOL, "Yes", "{\"BOOL\":true}", "true" },
  { HR_TYPE_BOOL, "false", "{\"BOOL\":false}", NULL },
  { HR_TYPE_BOOL, "perhaps", NULL, NULL },
  { HR_TYPE_NULL, "", "{\"NULL\":true}", "null" },
  { HR_TYPE_NULL, "0", NULL, NULL },
  { HR_TYPE_SS, "[\"b, c\", \"a\"]", "{\"SS\":[\"a\",\"b, c\"]}", "[\"a\", \"b, c\"]" },
  { HR_TYPE_SS, "b, a, b", "{\"SS\":[\"a\",\"b\"]}", "[\"a\", \"b\"]" },
  { HR_TYPE_SS, "b, c\na", "{\"SS\":[\"a\",\"b, c\"]}", "[\"a\", \"b, c\"]" },
  { HR_TYPE_SS, "[1]", NULL, NULL },
  { HR_TYPE_SS, "[]", NULL, NULL },
  { HR_TYPE_NS, "2, 10", "{\"NS\":[\"2\",\"10\"]}", "[2, 10]" },
  { HR_TYPE_NS, "[2, \"10\"]", "{\"NS\":[\"2\",\"10\"]}", "[2, 10]" },
  { HR_TYPE_NS, "2, x", NULL, NULL },
  { HR_TYPE_BS, "aGk=", "{\"BS\":[\"aGk=\"]}", "[\"aGk=\"]" },
  { HR_TYPE_M, "{\"a\": 1.50, \"b\": [true, null]}",
    "{\"M\":{\"a\":{\"N\":\"1.5\"},\"b\":{\"L\":[{\"BOOL\":true},{\"NULL\":true}]}}}",
    "{\"a\": 1.5, \"b\": [true, null]}" },
  { HR_TYPE_M, "{\"M\": {\"a\": {\"SS\": [\"x\"]}}}", "{\"M\":{\"a\":{\"SS\":[\"x\"]}}}", NULL },
  { HR_TYPE_M, "{\"M\": {\"M\": {\"M\": {}}}}", "{\"M\":{\"M\":{\"M\":{}}}}", NULL },
  { HR_TYPE_M, "{\"M\": 1}", "{\"M\":{\"M\":{\"N\":\"1\"}}}", NULL },
  { HR_TYPE_M, "[1]", NULL, NULL },
  { HR_TYPE_M, "{\"a\": 1, \"a\": 2}", NULL, NULL },
  { HR_TYPE_L, "[{\"S\": \"x\"}]", "{\"L\":[{\"M\":{\"S\":{\"S\":\"x\"}}}]}", NULL },
  { HR_TYPE_L, "[", NULL, NULL },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) json = HR_BUFFER_INIT;
      g_auto (HrBuffer) back = HR_BUFFER_INIT;
      g_autofree char *message = NULL;
      HrRange range = HR_RANGE_NONE;
      HrValue value;
      gboolean read = hr_value_from_edit_text (arena, one->type, one->text, strlen (one->text), &value, &message,
                                               &range);

      g_test_message ("%s: %s", hr_type_get_name (one->type), one->text);
      g_assert_cmpint (read, ==, one->json != NULL);
      if (!read)
        {
          g_assert_nonnull (message);
          g_assert_cmpuint (range.start, <=, strlen (one->text));
          continue;
        }
      g_assert_null (message);
      hr_value_to_json (&value, FALSE, &json);
      g_assert_cmpmem (json.data, json.length, one->json, strlen (one->json));
      hr_value_to_edit_text (&value, FALSE, &back);
      hr_buffer_append_char (&back, '\0');
      g_assert_cmpstr (back.data, ==, one->back != NULL ? one->back : one->text);
    }
}

static void
test_message_counts_digits (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *message = NULL;
  const char *text = "0.0123456789012345678901234567890123456789";
  HrValue value;

  g_assert_false (hr_value_from_edit_text (arena, HR_TYPE_N, text, strlen (text), &value, &message, NULL));
  g_assert_cmpstr (message, ==, "A number has at most 38 significant digits; this one has 39.");
}

/* A string with a NUL character in it comes back whole. */
static void
test_nul (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrValue value = hr_value_string ("a\0b", 3);
  HrValue back;

  hr_value_to_edit_text (&value, FALSE, &text);
  g_assert_true (hr_value_from_edit_text (arena, HR_TYPE_S, text.data, text.length, &back, NULL, NULL));
  g_assert_true (hr_value_equal (&value, &back));
}

static void
test_guess (void)
{
  static const struct
  {
    const char *text;
    HrType type;
  } guesses[] = {
    { "12", HR_TYPE_N }, { "-0.5", HR_TYPE_N }, { "007", HR_TYPE_S }, { "1E3", HR_TYPE_S }, { "true", HR_TYPE_BOOL },
    { "TRUE", HR_TYPE_S }, { "null", HR_TYPE_NULL }, { "", HR_TYPE_S }, { "{\"a\": 1}", HR_TYPE_M },
    { "[1, 2]", HR_TYPE_L }, { "{open", HR_TYPE_S }, { "2026-03-02", HR_TYPE_S },
    { "123456789012345678901234567890123456789", HR_TYPE_S },
  };

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_test_message ("%s", guesses[i].text);
      g_assert_cmpint (hr_edit_text_guess_type (guesses[i].text, strlen (guesses[i].text)), ==, guesses[i].type);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/edit-text/cases", test_cases);
  g_test_add_func ("/value/edit-text/digits", test_message_counts_digits);
  g_test_add_func ("/value/edit-text/nul", test_nul);
  g_test_add_func ("/value/edit-text/guess", test_guess);
  return g_test_run ();
}
