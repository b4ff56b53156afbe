/* The list of reserved words: how many, in which order, and how they are found. */
#include "model/expression/reserved-words.h"

#include <string.h>

static void
test_count_and_order (void)
{
  const char *previous = "";
  guint count = 0;

  for (guint i = 0; i < HR_N_RESERVED_WORDS; i++)
    {
      const char *word = hr_reserved_word_get (i);

      g_assert_cmpstr (previous, <, word);
      count += strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (word);
      previous = word;
    }
  g_assert_cmpuint (count, ==, 573);
  g_assert_cmpstr (hr_reserved_word_get (0), ==, "ABORT");
  g_assert_cmpstr (previous, ==, "ZONE");
}

static void
test_find_all (void)
{
  for (guint i = 0; i < HR_N_RESERVED_WORDS; i++)
    {
      const char *word = hr_reserved_word_get (i);
      g_autofree char *small = g_ascii_strdown (word, -1);
      g_autofree char *longer = g_strconcat (word, "_", NULL);

      g_assert_true (hr_reserved_word_find (word, strlen (word)));
      g_assert_true (hr_reserved_word_find (small, strlen (small)));
      g_assert_false (hr_reserved_word_find (longer, strlen (longer)));
    }
}

static void
test_find_some (void)
{
  static const struct
  {
    const char *word;
    gboolean is_reserved;
  } words[] = {
    { "status", TRUE },
    { "Name", TRUE },
    { "dAtA", TRUE },
    { "ttl", TRUE },
    { "specifictype", TRUE },
    { "loged", TRUE },
    { "innter", TRUE },
    { "flattern", TRUE },
    { "", FALSE },
    { "a", FALSE },
    { "pk", FALSE },
    { "stat", FALSE },
    { "deterministicc", FALSE },
    { "remove", FALSE },
    { "title", FALSE },
    { "email", FALSE },
    { "price", FALSE },
    { "averyveryverylongname", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpint (hr_reserved_word_find (words[i].word, strlen (words[i].word)), ==, words[i].is_reserved);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/reserved-words/count-and-order", test_count_and_order);
  g_test_add_func ("/expression/reserved-words/find-all", test_find_all);
  g_test_add_func ("/expression/reserved-words/find-some", test_find_some);
  return g_test_run ();
}
