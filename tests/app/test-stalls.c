/*
 * The watchdog, and what it has to say of a large model.
 *
 * No time is asserted. What holds the main loop up with many items is held against what the same thing takes with few;
 * and that the watchdog would notice, it has to show.
 */
#include "tests/app/large-model.h"
#include "tests/app/stalls.h"

#include <glib/gstdio.h>
#include <time.h>

#define N_ITEMS 30000

/* How long the test holds the main loop up: many times what goes unnoticed. */
#define HELD_MS 60

#define N_ATTEMPTS 20

static double
read_cpu_ms (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Not static, so that it has a name in a backtrace. */
void stalls_hold_up (double *cpu_ms);

G_GNUC_NO_INLINE void
stalls_hold_up (double *cpu_ms)
{
  double start_ms = read_cpu_ms ();

  while (read_cpu_ms () < start_ms + HELD_MS)
    g_checksum_type_get_length (G_CHECKSUM_MD5);
  *cpu_ms = read_cpu_ms () - start_ms;
}

static gboolean
hold_up_cb (gpointer user_data)
{
  stalls_hold_up (user_data);
  return G_SOURCE_REMOVE;
}

static void
turn_for_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static double
sum_cpu_ms (const GArray *stalls)
{
  double sum_ms = 0;

  for (guint i = 0; i < stalls->len; i++)
    sum_ms += g_array_index (stalls, HrStall, i).cpu_ms;
  return sum_ms;
}

/* The one in which the main thread worked longest. */
static const HrStall *
find_worst (const GArray *stalls)
{
  const HrStall *worst = NULL;

  for (guint i = 0; i < stalls->len; i++)
    {
      const HrStall *stall = &g_array_index (stalls, HrStall, i);

      if (worst == NULL || stall->cpu_ms > worst->cpu_ms)
        worst = stall;
    }
  return worst;
}

/* Holds the main loop up and waits until the watchdog has had time to say so; the stall and where it was. */
static gboolean
is_noticed (char **place)
{
  g_autoptr (GArray) stalls = NULL;
  const HrStall *worst;
  double held_ms = 0;

  g_idle_add (hold_up_cb, &held_ms);
  while (held_ms <= 0)
    turn_for_ms (1);
  turn_for_ms (50);
  stalls = hr_watchdog_take_stalls ();
  worst = find_worst (stalls);
  g_free (*place);
  *place = worst != NULL ? hr_stall_describe_place (worst) : NULL;
  g_test_message ("%.1f ms in %s", worst != NULL ? worst->cpu_ms : 0, *place);
  return worst != NULL && worst->cpu_ms > held_ms / 2 && worst->wall_ms > held_ms / 2
         && g_strcmp0 (worst->during, "standing") == 0 && strstr (*place, "stalls_hold_up") != NULL;
}

/* The watchdog needs a processor, too: on a busy machine it may come late once, or ten times. */
static void
test_notices (gconstpointer application)
{
  g_autoptr (GArray) before = NULL;
  g_autofree char *place = NULL;
  guint n_attempts = 1;

  turn_for_ms (50);
  g_array_unref (hr_watchdog_take_stalls ());
  turn_for_ms (100);
  before = hr_watchdog_take_stalls ();
  g_assert_cmpfloat (sum_cpu_ms (before), <, HELD_MS / 2.0); /* a main loop that turns is none that stands */

  hr_watchdog_set_action ("standing");
  while (!is_noticed (&place) && n_attempts < N_ATTEMPTS)
    n_attempts++;
  g_assert_cmpuint (n_attempts, <, N_ATTEMPTS);
}

static HrWindow *
begin_opening (gconstpointer application, char **path)
{
  HrWindow *window = hr_window_new ((gpointer)application);

  *path = large_model_write (N_ITEMS);
  gtk_window_present (GTK_WINDOW (window));
  hr_window_open_path (window, *path);
  return window;
}

static void
end_opening (HrWindow *window, const char *path)
{
  gtk_window_destroy (GTK_WINDOW (window));
  turn_for_ms (50);
  g_unlink (path);
}

/* Opens it, and looks how far it is: whether that is known early, and grows bit by bit to the end. */
static gboolean
is_growing (gconstpointer application)
{
  g_autofree char *path = NULL;
  HrWindow *window = begin_opening (application, &path);
  HrSession *session = hr_window_get_session (window);
  double last = 0, longest = 0;
  guint n_seen = 0;

  while (hr_session_is_busy (session))
    {
      double share = hr_session_get_progress (session);

      if (share > last)
        {
          longest = MAX (longest, share - last);
          last = share;
          n_seen++;
        }
      turn_for_ms (1);
    }
  g_test_message ("%u times another, the last time %.2f, %.2f at one go", n_seen, last, longest);
  g_assert_nonnull (hr_session_get_document (session));
  g_assert_cmpfloat (last, <=, 1);
  end_opening (window, path);
  return n_seen > 10 && last > 0.75;
}

/* On a busy machine who looks may miss much of it, and the next time other parts. */
static void
test_progress (gconstpointer application)
{
  guint n_attempts = 1;

  while (!is_growing (application) && n_attempts < N_ATTEMPTS)
    n_attempts++;
  g_assert_cmpuint (n_attempts, <, N_ATTEMPTS);
}

/* Gives whether it was still being opened when it was called off: on a busy machine who looks on may miss that. */
static gboolean
is_called_off (gconstpointer application)
{
  g_autofree char *path = NULL;
  HrWindow *window = begin_opening (application, &path);
  HrSession *session = hr_window_get_session (window);
  gboolean is_busy;

  while (hr_session_is_busy (session) && hr_session_get_progress (session) < 0.3)
    turn_for_ms (1);
  is_busy = hr_session_is_busy (session);
  if (is_busy)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.cancel", NULL));
      while (hr_session_is_busy (session))
        turn_for_ms (1);
      g_assert_null (hr_session_get_document (session));
      /* without a complaint */
      g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))), ==, 1);
    }
  end_opening (window, path);
  return is_busy;
}

static void
test_cancel (gconstpointer application)
{
  guint n_attempts = 1;

  while (!is_called_off (application) && n_attempts < N_ATTEMPTS)
    n_attempts++;
  g_assert_cmpuint (n_attempts, <, N_ATTEMPTS);
}

static void
test_large (gconstpointer application)
{
  g_autoptr (GArray) few = stalls_measure ((gpointer)application, 0, STALLS_SHORT);
  g_autoptr (GArray) many = stalls_measure ((gpointer)application, N_ITEMS, STALLS_SHORT);

  g_assert_cmpuint (many->len, ==, few->len);
  g_assert_cmpuint (stalls_compare (few, many), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = large_model_start (&argc, &argv);

  hr_watchdog_start (2, FALSE);
  g_test_add_data_func ("/app/stalls/notices", application, test_notices);
  g_test_add_data_func ("/app/stalls/progress", application, test_progress);
  g_test_add_data_func ("/app/stalls/cancel", application, test_cancel);
  g_test_add_data_func ("/app/stalls/large", application, test_large);
  return g_test_run ();
}
