/* Nothing that a person does to a large model holds the main loop up: everything, on very many items. */
#include <stdlib.h>

#include "tests/app/large-model.h"
#include "tests/app/stalls.h"

#define N_ITEMS 200000

static void
test_stalls (gconstpointer application)
{
  const char *wanted = g_getenv ("HASHRANGE_LARGE_ITEMS");
  g_autoptr (GArray) few = stalls_measure ((gpointer)application, 0, STALLS_ALL);
  g_autoptr (GArray) many =
      stalls_measure ((gpointer)application, wanted != NULL ? (guint)atoi (wanted) : N_ITEMS, STALLS_ALL);

  g_assert_cmpuint (stalls_compare (few, many), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = large_model_start (&argc, &argv);

  hr_watchdog_start_if_wanted ();
  if (!hr_watchdog_is_on ())
    hr_watchdog_start (2, FALSE);
  g_test_add_data_func ("/large/stalls", application, test_stalls);
  return g_test_run ();
}
