/* Sets of rows as ranges, against a plain array of flags. */
#include "model/document/row-set.h"

#define N_ROWS 64
#define N_STEPS 4000

static void
assert_same (const HrRowSet *set, const gboolean *flags)
{
  const HrRowRange *ranges;
  guint n = hr_row_set_get_ranges (set, &ranges);
  guint count = 0;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_assert_cmpint (hr_row_set_contains (set, i), ==, flags[i]);
      count += flags[i];
    }
  g_assert_cmpuint (hr_row_set_count (set), ==, count);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (ranges[i].first, <, ranges[i].end);
      if (i > 0)
        g_assert_cmpuint (ranges[i - 1].end, <, ranges[i].first);
    }
}

static void
test_random (void)
{
  g_autoptr (HrRowSet) set = hr_row_set_new ();
  gboolean flags[N_ROWS] = { FALSE };

  for (guint step = 0; step < N_STEPS; step++)
    {
      guint first = (guint) g_test_rand_int_range (0, N_ROWS);
      guint end = (guint) g_test_rand_int_range ((gint32) first, (gint32) MIN (first + 9, N_ROWS + 1));
      gboolean adds = g_test_rand_bit ();
      g_autoptr (HrRowSet) copy = NULL;

      if (adds)
        hr_row_set_add (set, first, end);
      else
        hr_row_set_remove (set, first, end);
      for (guint i = first; i < end; i++)
        flags[i] = adds;
      copy = hr_row_set_copy (set);
      assert_same (copy, flags);
    }
}

/* Ranges that are none change nothing; a set of very many rows is one range. */
static void
test_edges (void)
{
  g_autoptr (HrRowSet) set = hr_row_set_new ();
  const HrRowRange *ranges;

  hr_row_set_add (set, 5, 5);
  g_assert_cmpuint (hr_row_set_get_ranges (set, &ranges), ==, 0);
  hr_row_set_add (set, 0, G_MAXUINT64);
  hr_row_set_remove (set, 7, 3);
  g_assert_cmpuint (hr_row_set_get_ranges (set, &ranges), ==, 1);
  g_assert_cmpuint (hr_row_set_count (set), ==, G_MAXUINT64);
  hr_row_set_remove (set, 10, 20);
  g_assert_cmpuint (hr_row_set_get_ranges (set, &ranges), ==, 2);
  g_assert_false (hr_row_set_contains (set, 10));
  g_assert_true (hr_row_set_contains (set, 20));
  hr_row_set_clear (set);
  g_assert_cmpuint (hr_row_set_count (set), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/row-set/random", test_random);
  g_test_add_func ("/document/row-set/edges", test_edges);
  return g_test_run ();
}
