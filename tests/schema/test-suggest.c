/*
 * "Did you mean …?"
 */
#include "model/schema/suggest.h"

static const char *const names[] = { "message_group_uuid", "created_at", "user_uuid", "pk", "sk", "Query" };

typedef struct
{
  const char *wanted;
  const char *best;
} Case;

static const Case cases[] = {
  { "mesage_group_uuid", "message_group_uuid" },
  { "message_group_uiud", "message_group_uuid" },
  { "MESSAGE_GROUP_UUID", "message_group_uuid" },
  { "createdat", "created_at" },
  { "query", "Query" },
  { "Qeury", "Query" },
  { "kp", "pk" },
  { "address", NULL },
  { "", NULL },
  { "a", NULL },
};

static void
test_suggest (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrSuggestion suggestion = HR_SUGGESTION (cases[i].wanted);

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        hr_suggestion_offer (&suggestion, names[j]);
      g_test_message ("%s", cases[i].wanted);
      g_assert_cmpstr (suggestion.best, ==, cases[i].best);
    }
}

static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (1000, 'a');
  HrSuggestion suggestion = HR_SUGGESTION (name);
  g_autofree char *hint = NULL;

  hr_suggestion_offer (&suggestion, name);
  hint = hr_suggestion_dup_hint (&suggestion);
  g_assert_cmpstr (hint, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/suggest/nearest", test_suggest);
  g_test_add_func ("/schema/suggest/long-names", test_long_names);
  return g_test_run ();
}
