/* The clock of the machine, and one that is set. */
#include "model/base/clock.h"

static gint64
read_cb (gpointer user_data)
{
  return *(const gint64 *) user_data;
}

static void
test_system (void)
{
  gint64 before = g_get_real_time ();
  gint64 now = hr_clock_now_us (&HR_CLOCK_SYSTEM);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

static void
test_set (void)
{
  gint64 time = 42;
  HrClock clock = { read_cb, &time };

  g_assert_cmpint (hr_clock_now_us (&clock), ==, 42);
  time = 43;
  g_assert_cmpint (hr_clock_now_us (&clock), ==, 43);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/clock/set", test_set);
  return g_test_run ();
}
