/*
 * Memory of the app stays flat, however often something is done.
 *
 * What has been allocated is counted, not what the system has given: that does not depend on how the heap is cut up.
 * Caches fill up at first, so there is a while that does not count.
 */
#include <malloc.h>
#include <string.h>

#include "app/ui/item-actions.h"
#include "tests/app/large-model.h"

#define N_WARM_UP 200
#define N_TIMES   1000

/* Caches of the toolkit still grow a little, by leaps: bytes that a repetition may cost. */
#define BYTES_A_TIME 400.0

typedef void (*RepeatFunc) (HrWindow *window);

static void
turn (void)
{
  for (guint i = 0; i < 6 && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

static gsize
count_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static void
assert_flat (HrWindow *window, RepeatFunc func)
{
  gsize before;
  double bytes;

  for (guint i = 0; i < N_WARM_UP; i++)
    {
      func (window);
      turn ();
    }
  large_model_settle (window);
  before = count_bytes ();
  for (guint i = 0; i < N_TIMES; i++)
    {
      func (window);
      turn ();
    }
  large_model_settle (window);
  bytes = ((double) count_bytes () - (double) before) / N_TIMES;
  g_test_message ("%.1f bytes each time", bytes);
  g_assert_cmpfloat (bytes, <, BYTES_A_TIME);
}

static HrWindow *
open_sample (gpointer application)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  HrWindow *window = large_model_open (application, path);
  HrSession *session = hr_window_get_session (window);

  hr_session_show_table (session, LARGE_MODEL_TABLE, NULL);
  hr_session_select_pattern (session, "A");
  return window;
}

static void
close_window (HrWindow *window)
{
  hr_session_discard_unsaved (hr_window_get_session (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run (HrWindow *window)
{
  g_autoptr (GError) error = NULL;

  hr_session_run_pattern (hr_window_get_session (window), &error);
  g_assert_no_error (error);
}

static void
test_runs (gconstpointer application)
{
  HrWindow *window = open_sample ((gpointer) application);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "patterns");
  assert_flat (window, run);
  close_window (window);
}

static void
undo_and_redo (HrWindow *window)
{
  HrSession *session = hr_window_get_session (window);
  g_autoptr (GError) error = NULL;

  hr_session_undo (session, &error);
  g_assert_no_error (error);
  turn ();
  hr_session_redo (session, &error);
  g_assert_no_error (error);
}

static void
test_undo (gconstpointer application)
{
  HrWindow *window = open_sample ((gpointer) application);
  HrSession *session = hr_window_get_session (window);
  g_autoptr (GError) error = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "table");
  hr_item_add (session, NULL, &error);
  g_assert_no_error (error);
  large_model_settle (window);
  assert_flat (window, undo_and_redo);
  close_window (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (HrApplication) application = large_model_start (&argc, &argv);

  g_test_add_data_func ("/memory/runs", application, test_runs);
  g_test_add_data_func ("/memory/undo", application, test_undo);
  return g_test_run ();
}
