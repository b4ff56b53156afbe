/*
 * Memory of a session stays flat, however often something is done.
 *
 * What has been allocated is counted, not what the system has given: that does not depend on how the heap is cut up.
 * Caches fill up at first, so there is a while that does not count.
 */
#include <malloc.h>

#include "app/session/item-actions.h"
#include "app/session/session-private.h"
#include "tests/app/session-fixture.h"

#define N_WARM_UP 1000
#define N_TIMES   1000
#define N_LOOKS   10

/* Less than the smallest thing that could be forgotten each time, in bytes. */
#define BYTES_A_TIME 24.0

typedef void (*RepeatFunc) (HrSession *session);

static void
repeat (HrSession *session, RepeatFunc func, guint n_times)
{
  for (guint i = 0; i < n_times; i++)
    {
      func (session);
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
    }
}

/* Findings come later, from a thread, and what they took goes later still: the least of several looks counts. */
static gsize
count_bytes (HrSession *session)
{
  gsize least = G_MAXSIZE;

  while (session->check_timeout != 0 || session->checking != NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      struct mallinfo2 info;

      fixture_wait_ms (100);
      info = mallinfo2 ();
      least = MIN (least, info.uordblks + info.hblkhd);
    }
  return least;
}

static void
assert_flat (HrSession *session, RepeatFunc func)
{
  gsize before;
  double bytes;

  repeat (session, func, N_WARM_UP);
  before = count_bytes (session);
  repeat (session, func, N_TIMES);
  bytes = ((double) count_bytes (session) - (double) before) / N_TIMES;
  g_test_message ("%.1f bytes each time", bytes);
  g_assert_cmpfloat (bytes, <, BYTES_A_TIME);
}

static void
run (HrSession *session)
{
  g_autoptr (GError) error = NULL;

  hr_session_run_pattern (session, &error);
  g_assert_no_error (error);
  g_assert_nonnull (hr_session_get_marks (session));
}

static void
test_runs (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();

  hr_session_select_pattern (session, "A");
  assert_flat (session, run);
}

static void
undo_and_redo (HrSession *session)
{
  g_autoptr (GError) error = NULL;

  hr_session_undo (session, &error);
  g_assert_no_error (error);
  hr_session_redo (session, &error);
  g_assert_no_error (error);
}

static void
test_undo (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  hr_item_add (session, NULL, &error);
  g_assert_no_error (error);
  assert_flat (session, undo_and_redo);
}

static void
add_tests (void)
{
  g_test_add_func ("/memory/runs", test_runs);
  g_test_add_func ("/memory/undo", test_undo);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
