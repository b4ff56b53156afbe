/* Names and values of a request that no case file can hold: large ones, repeated ones, wrong JSON. */
#include "model/base/service-limits.h"
#include "model/expression/expression.h"
#include "model/expression/placeholder-lookup.h"

#include <string.h>

static gboolean
read_json (HrArena *arena, const char *names, const char *values, HrPlaceholders *placeholders,
           HrServiceError *error)
{
  HrJsonError json_error = { NULL, 0, FALSE };
  const HrJson *json_names =
      names != NULL ? hr_json_parse (arena, names, strlen (names), HR_LIMIT_JSON_DEPTH, &json_error) : NULL;
  const HrJson *json_values =
      values != NULL ? hr_json_parse (arena, values, strlen (values), HR_LIMIT_JSON_DEPTH, &json_error)
                     : NULL;

  g_assert_null (json_error.message);
  return hr_placeholders_from_json (placeholders, arena, json_names, json_values, error);
}

static void
assert_error (const char *names, const char *values, HrServiceErrorKind kind, const char *message)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  g_assert_false (read_json (arena, names, values, &placeholders, &error));
  g_assert_cmpint (error.kind, ==, kind);
  if (message != NULL)
    g_assert_cmpstr (error.message, ==, message);
}

static char *
repeat (char c, gsize count)
{
  char *text = g_malloc (count + 1);

  memset (text, c, count);
  text[count] = '\0';
  return text;
}

static void
test_last_one_counts (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;
  HrPlaceholder *found;

  g_assert_true (read_json (arena, "{\"#b\":\"x\",\"#a\":\"1\",\"#b\":\"y\",\"#a\":\"2\",\"#b\":\"z\"}", NULL,
                            &placeholders, &error));
  g_assert_cmpuint (placeholders.n_names, ==, 2);
  found = hr_placeholders_find_name (&placeholders, "#b", 2);
  g_assert_cmpmem (found->target, found->target_length, "z", 1);
  found = hr_placeholders_find_name (&placeholders, "#a", 2);
  g_assert_cmpmem (found->target, found->target_length, "2", 1);
  g_assert_null (hr_placeholders_find_name (&placeholders, "#", 1));
  g_assert_null (hr_placeholders_find_name (&placeholders, "#aa", 3));
  g_assert_null (hr_placeholders_find_value (&placeholders, ":a", 2));
}

static void
test_key_lengths (void)
{
  g_autofree char *longest = repeat ('a', HR_LIMIT_PLACEHOLDER_BYTES - 1);
  g_autofree char *accepted = g_strdup_printf ("{\"#%s\":\"x\"}", longest);
  g_autofree char *refused = g_strdup_printf ("{\"#%sa\":\"x\"}", longest);
  g_autofree char *message =
      g_strdup_printf ("ExpressionAttributeNames contains invalid key: Syntax error; key: \"#%sa\"", longest);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  g_assert_true (read_json (arena, accepted, NULL, &placeholders, &error));
  assert_error (refused, NULL, HR_SERVICE_VALIDATION, message);
}

static void
test_target_lengths (void)
{
  g_autofree char *longest = repeat ('a', HR_LIMIT_ATTRIBUTE_NAME_BYTES);
  g_autofree char *accepted = g_strdup_printf ("{\"#a\":\"%s\"}", longest);
  g_autofree char *refused = g_strdup_printf ("{\"#a\":\"%sa\"}", longest);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  g_assert_true (read_json (arena, accepted, NULL, &placeholders, &error));
  assert_error (
      refused, NULL, HR_SERVICE_VALIDATION,
      "Value at 'ExpressionAttributeNames' failed to satisfy constraint: Map value must satisfy constraint: "
      "[Member must have length less than or equal to 65535, "
      "Member must have length greater than or equal to 0]");
  assert_error ("{\"#a\":\"\"}", NULL, HR_SERVICE_VALIDATION,
                "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
}

static void
test_total_size (void)
{
  gsize room = HR_LIMIT_PLACEHOLDERS_BYTES - strlen ("#aa:v");
  g_autofree char *filler = repeat ('x', room);
  g_autofree char *accepted = g_strdup_printf ("{\":v\":{\"S\":\"%s\"}}", filler);
  g_autofree char *refused = g_strdup_printf ("{\":v\":{\"S\":\"%sx\"}}", filler);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  g_assert_true (read_json (arena, "{\"#a\":\"a\"}", accepted, &placeholders, &error));
  assert_error ("{\"#a\":\"a\"}", refused, HR_SERVICE_VALIDATION, NULL);
}

static void
test_wrong_json (void)
{
  assert_error ("[]", NULL, HR_SERVICE_SERIALIZATION, NULL);
  assert_error (NULL, "\"x\"", HR_SERVICE_SERIALIZATION, NULL);
  assert_error ("{\"#a\":5}", NULL, HR_SERVICE_SERIALIZATION, "NUMBER_VALUE cannot be converted to String");
  assert_error ("{\"#a\":true}", NULL, HR_SERVICE_SERIALIZATION, "TRUE_VALUE cannot be converted to String");
  assert_error (NULL, "{\":v\":{\"N\":5}}", HR_SERVICE_SERIALIZATION, NULL);
}

static void
test_wanted (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders none = { NULL, 0, FALSE, NULL, 0, FALSE };
  HrPlaceholders names = { .has_names = TRUE, .has_values = TRUE };
  HrPlaceholders values = { .has_values = TRUE };

  g_assert_true (hr_placeholders_check_wanted (&none, FALSE, arena, &error));
  g_assert_true (hr_placeholders_check_wanted (&names, TRUE, arena, &error));
  g_assert_false (hr_placeholders_check_wanted (&names, FALSE, arena, &error));
  g_assert_cmpstr (error.message, ==,
                   "ExpressionAttributeNames can only be specified when using expressions");
  g_assert_false (hr_placeholders_check_wanted (&values, FALSE, arena, &error));
  g_assert_cmpstr (error.message, ==,
                   "ExpressionAttributeValues can only be specified when using expressions");
  g_assert_cmpint (error.family, ==, HR_FAMILY_ENVELOPED);
}

/* Two expressions of one request share their placeholders. */
static void
test_used_by_either (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  g_assert_true (read_json (arena, "{\"#n\":\"name\"}", "{\":v\":{\"N\":\"1\"}}", &placeholders, &error));
  g_assert_true (hr_expression_check (arena, HR_EXPRESSION_UPDATE, "SET a = :v", 10, &placeholders, &error));
  g_assert_false (hr_placeholders_check_used (&placeholders, arena, &error));
  g_assert_true (hr_expression_check (arena, HR_EXPRESSION_CONDITION, "#n <> :v", 8, &placeholders, &error));
  g_assert_true (hr_placeholders_check_used (&placeholders, arena, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/placeholders/last-one-counts", test_last_one_counts);
  g_test_add_func ("/expression/placeholders/key-lengths", test_key_lengths);
  g_test_add_func ("/expression/placeholders/target-lengths", test_target_lengths);
  g_test_add_func ("/expression/placeholders/total-size", test_total_size);
  g_test_add_func ("/expression/placeholders/wrong-json", test_wrong_json);
  g_test_add_func ("/expression/placeholders/wanted", test_wanted);
  g_test_add_func ("/expression/placeholders/used-by-either", test_used_by_either);
  return g_test_run ();
}
