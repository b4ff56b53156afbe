/*
 * Memory of a window stays flat, too: runs and undoing with all that is shown of them, frame by frame.
 *
 * As in test-memory.c what has been allocated is counted, after a while in which caches fill up. The least of several
 * looks at it counts, for animations, toasts and findings that come later take some and give it back.
 */
#include <malloc.h>

#include "app/session/item-actions.h"
#include "tests/app/window-fixture.h"

#define N_WARM_UP 300
#define N_TIMES   200 /* in each of */
#define N_STRETCHES 5
#define N_LOOKS   20

/* Less than anything of a widget that could be forgotten each time, in bytes. */
#define BYTES_A_TIME 100.0

static gboolean
drawn_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer n_frames)
{
  return --*(int *) n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
wait_for_frames (WindowFixture *fixture, int n_frames)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), drawn_cb, &n_frames, NULL);
  while (n_frames > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A frame each time: then what was put off until it has been done. */
static void
repeat (WindowFixture *fixture, const char *const *actions, guint n_times)
{
  for (guint i = 0; i < n_times; i++)
    {
      for (guint j = 0; actions[j] != NULL; j++)
        {
          g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), actions[j], NULL));
          while (g_main_context_pending (NULL))
            g_main_context_iteration (NULL, FALSE);
        }
      wait_for_frames (fixture, 1);
    }
}

static double
count_bytes (WindowFixture *fixture)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < N_LOOKS; i++)
    {
      struct mallinfo2 info;

      wait_for_frames (fixture, 6);
      info = mallinfo2 ();
      least = MIN (least, (double) info.uordblks + (double) info.hblkhd);
    }
  return least;
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

/* What is forgotten each time is in every stretch; what comes but once (a cache, the end of a toast) is in one. */
static void
assert_flat (WindowFixture *fixture, const char *const *actions)
{
  double bytes[N_STRETCHES];
  double before;

  if (mallinfo2 ().uordblks == 0)
    {
      g_test_skip ("a sanitizer has the heap, and counts nothing");
      return;
    }
  repeat (fixture, actions, N_WARM_UP);
  before = count_bytes (fixture);
  for (guint i = 0; i < N_STRETCHES; i++)
    {
      double after;

      repeat (fixture, actions, N_TIMES);
      after = count_bytes (fixture);
      bytes[i] = (after - before) / N_TIMES;
      g_test_message ("%.1f bytes each time", bytes[i]);
      before = after;
    }
  g_qsort_with_data (bytes, N_STRETCHES, sizeof *bytes, compare_cb, NULL);
  g_assert_cmpfloat (bytes[N_STRETCHES / 2], <, BYTES_A_TIME);
}

static void
open_sample (WindowFixture *fixture)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 600);
  window_open_sample (fixture);
  window_wait_for_draw (fixture);
}

static void
test_runs (WindowFixture *fixture, gconstpointer application)
{
  open_sample (fixture);
  hr_session_select_pattern (fixture->session, "A");
  assert_flat (fixture, (const char *const[]) { "win.run-pattern", NULL });
}

static void
test_undo (WindowFixture *fixture, gconstpointer application)
{
  g_autoptr (GError) error = NULL;

  open_sample (fixture);
  g_object_set (fixture->session, "view", "table", NULL);
  hr_item_add (fixture->session, NULL, &error);
  g_assert_no_error (error);
  assert_flat (fixture, (const char *const[]) { "win.undo-edit", "win.redo", NULL });
}

static void
add_tests (HrApplication *application)
{
  g_test_add ("/window-memory/runs", WindowFixture, application, window_set_up, test_runs, window_tear_down);
  g_test_add ("/window-memory/undo", WindowFixture, application, window_set_up, test_undo, window_tear_down);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
