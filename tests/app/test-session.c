/* What a window looks at: opening, running, saving, keeping. No display is needed. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/ui/recovery.h"
#include "app/ui/snapshot.h"
#include "model/base/error.h"
#include "model/document/file.h"
#include "model/exchange/native.h"
#include "tests/app/session-fixture.h"

static void
test_open (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autofree char *title = hr_session_dup_title (session);
  g_autofree char *table = NULL;
  const HrOutlineTotals *of_table;
  HrOutlineTotals totals;

  g_assert_cmpstr (title, ==, "Cruddur messages");
  g_assert_false (hr_session_is_busy (session));
  g_assert_false (hr_session_is_modified (session));
  g_object_get (session, "table", &table, NULL);
  g_assert_cmpstr (table, ==, "cruddur-messages");
  g_assert_nonnull (hr_session_get_outline (session));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, ==, 149);
  of_table = hr_session_get_table_totals (session, table);
  g_assert_cmpuint (of_table->n_rows, ==, 149);
  g_assert_cmpuint (of_table->rows_of_entity[0] + of_table->rows_of_entity[1], ==, 149);
  g_assert_cmpuint (hr_session_count_problems (session), ==, 0);
}

static void
test_open_broken (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-broken.hashrange.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{\n  \"hashrange\": 1,\n  oops\n}\n", -1, NULL));
  g_assert_false (fixture_open_path (session, path, &error));
  g_assert_true (g_str_has_prefix (error->message, "3:3"));
  g_assert_true (hr_session_get_document (session) == document);
  g_assert_false (hr_session_is_busy (session));
  g_unlink (path);

  g_clear_error (&error);
  g_assert_false (fixture_open_path (session, path, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
}

static void
test_open_cancelled (void)
{
  g_autoptr (HrSession) session = hr_session_new ();
  g_autofree char *path = fixture_sample_path ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  hr_session_open_async (session, path, cancellable, fixture_take_result_cb, &result);
  g_assert_false (hr_session_open_finish (session, fixture_wait_for (&result), &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CANCELLED);
  g_assert_null (hr_session_get_document (session));
  g_assert_false (hr_session_is_busy (session));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_filter (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrOutlineTotals totals;
  guint n_changes = 0;

  g_signal_connect_swapped (session, "outline-changed", G_CALLBACK (count_cb), &n_changes);
  g_object_set (session, "filter", "hallway of lockers", NULL);
  g_assert_cmpuint (n_changes, ==, 1);
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, ==, 1);
  g_assert_cmpuint (totals.hidden_rows, ==, 148);
  g_assert_cmpuint (hr_session_get_table_totals (session, "cruddur-messages")->n_rows, ==, 149);

  g_object_set (session, "filter", "", "hidden-entities", (guint64) 1, NULL);
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, ==, 12);
}

static void
test_run (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;
  const HrPatternRun *run;

  hr_session_select_pattern (session, "A");
  g_assert_null (hr_session_get_run (session));
  g_assert_true (hr_session_run_pattern (session, &error));
  run = hr_session_get_run (session);
  g_assert_cmpint (run->status, ==, HR_RUN_PASSED);
  g_assert_cmpuint (run->count, ==, 20);
  g_assert_nonnull (hr_session_get_marks (session));
  g_assert_cmpuint (hr_marks_get_n_returned (hr_session_get_marks (session)), ==, 20);
  g_assert_false (hr_session_is_run_stale (session));
  g_assert_cmpuint (hr_session_get_run_stage (session), ==, 0);

  hr_session_set_value (session, "message_group_uuid", "nobody");
  g_assert_cmpstr (hr_session_get_value (session, "message_group_uuid"), ==, "nobody");
  g_assert_true (hr_session_run_pattern (session, &error));
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 0);

  hr_session_clear_run (session);
  g_assert_null (hr_session_get_run (session));
  g_assert_nonnull (hr_session_get_last_run (session, "A"));
}

static void
test_run_all (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  const char *const ids[] = { "A", "A2", "B", "C1", "C2", "D" };

  g_assert_true (hr_session_run_all (session, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpint (hr_session_get_last_run (session, ids[i])->status, ==, HR_RUN_PASSED);
  g_assert_false (hr_session_is_modified (session));
}

static void
test_step (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  guint n_stages;

  hr_session_select_pattern (session, "A");
  g_assert_true (hr_session_step_pattern (session, NULL));
  g_assert_cmpuint (hr_session_get_run_stage (session), ==, 1);
  n_stages = hr_marks_get_n_stages (hr_session_get_marks (session));
  for (guint i = 1; i < n_stages; i++)
    g_assert_true (hr_session_step_pattern (session, NULL));
  g_assert_cmpuint (hr_session_get_run_stage (session), ==, n_stages);
  g_assert_true (hr_session_step_pattern (session, NULL));
  g_assert_cmpuint (hr_session_get_run_stage (session), ==, 1);
}

static void
test_undo (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  HrOutlineTotals totals;

  hr_session_select_pattern (session, "A");
  g_assert_true (hr_session_run_pattern (session, NULL));
  fixture_add_item (document, FIXTURE_NEW_ITEM);
  g_assert_true (hr_session_is_modified (session));
  g_assert_true (hr_session_is_run_stale (session));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, ==, 150);

  g_assert_true (hr_document_undo (document, NULL));
  g_assert_false (hr_session_is_modified (session));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, ==, 149);
  g_assert_cmpuint (hr_session_get_table_totals (session, "cruddur-messages")->n_rows, ==, 149);
}

/* What is selected must not outlive the item. */
static void
test_selection (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  const HrMember members[] = { { "pk", 2, hr_value_string ("MSG#new", 7) }, { "sk", 2, hr_value_string ("2026", 4) } };
  const HrValue key = hr_value_map (members, 2);
  guint column, subject;

  fixture_add_item (document, FIXTURE_NEW_ITEM);
  hr_session_select_item (session, &key, 2);
  g_assert_true (hr_value_equal (hr_session_get_selected_key (session, &column), &key));
  g_assert_cmpuint (column, ==, 2);
  g_object_get (session, "subject", &subject, NULL);
  g_assert_cmpuint (subject, ==, HR_SUBJECT_ITEM);

  g_assert_true (hr_document_undo (document, NULL));
  g_assert_null (hr_session_get_selected_key (session, NULL));
}

static void
test_save (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-saved.hashrange.json", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *saved = NULL;
  g_autoptr (GError) error = NULL;

  fixture_add_item (document, FIXTURE_NEW_ITEM);
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 1);
  g_assert_true (fixture_save_path (session, path, &error));
  g_assert_false (hr_session_is_modified (session));
  g_assert_cmpstr (hr_session_get_path (session), ==, path);

  expected = fixture_write_natively (document);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, expected);
  g_unlink (path);

  g_assert_false (fixture_save_path (session, "/nowhere/at/all.hashrange.json", &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (hr_session_get_path (session), ==, path);
}

static HrSnapshot *
take_snapshot (HrSession *session, void (*meanwhile) (HrDocument *))
{
  g_autoptr (GAsyncResult) result = NULL;

  hr_snapshot_take_async (session, fixture_take_result_cb, &result);
  if (meanwhile != NULL)
    meanwhile (hr_session_get_document (session));
  return hr_snapshot_take_finish (fixture_wait_for (&result), NULL);
}

static void
add_meanwhile (HrDocument *document)
{
  g_main_context_iteration (NULL, FALSE); /* a slice */
  fixture_add_item (document, FIXTURE_NEW_ITEM);
}

/* More than a slice of items, in an order that is not that of the store. */
static void
fill (HrDocument *document, guint n_items)
{
  g_autoptr (GError) error = NULL;

  hr_document_begin_edit (document, "Fill", &error);
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"pk\": {\"S\": \"P#%u\"}, \"sk\": {\"S\": \"%u\"}, \"n\": {\"N\": \"%u\"}}",
                           (i * 7919) % 101, n_items - i, i);

      hr_document_add_item (document, "cruddur-messages", json, strlen (json), -1, HR_RANGE_NONE, &error);
    }
  hr_document_commit_edit (document, &error);
  g_assert_no_error (error);
}

static void
test_snapshot (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  void (*const meanwhiles[]) (HrDocument *) = { NULL, add_meanwhile };

  fill (document, 15000);
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  for (guint i = 0; i < G_N_ELEMENTS (meanwhiles); i++)
    {
      g_autofree char *before = fixture_write_natively (document);
      guint64 generation = hr_session_get_generation (session);
      g_autoptr (HrSnapshot) snapshot = take_snapshot (session, meanwhiles[i]);
      g_autofree char *after = fixture_write_natively (document);
      const char *expected = hr_snapshot_get_generation (snapshot) == generation ? before : after;
      g_auto (HrBuffer) out = HR_BUFFER_INIT;

      g_assert_true (hr_snapshot_write (snapshot, &out, NULL, NULL));
      g_assert_cmpuint (out.length, ==, strlen (expected));
      g_assert_cmpmem (out.data, out.length, expected, strlen (expected));
    }
}

/* A table that takes long to outline: the outline comes from a thread, and nothing else runs meanwhile. */
static void
test_big (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;
  HrOutlineTotals totals;

  fill (hr_session_get_document (session), 21000);
  g_assert_true (hr_session_is_busy (session));
  g_assert_null (hr_session_get_outline (session));
  g_assert_false (hr_session_run_pattern (session, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);

  g_object_set (session, "filter", "P#7", NULL); /* instead of what is under way */
  while (hr_session_is_busy (session))
    g_main_context_iteration (NULL, TRUE);
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.n_rows, <, 21000);
  g_assert_cmpuint (hr_session_get_table_totals (session, "cruddur-messages")->n_rows, ==, 21149);
}

static void
test_big_closed (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();

  fill (hr_session_get_document (session), 21000);
  g_assert_true (hr_session_is_busy (session));
  hr_session_close (session);
  g_assert_false (hr_session_is_busy (session));
  g_assert_null (hr_session_get_outline (session));
  fixture_wait_ms (50);
  g_assert_null (hr_session_get_outline (session));
}

static guint
count_left (void)
{
  g_auto (GStrv) left = hr_recovery_list_left ();

  return g_strv_length (left);
}

static void
test_recovery (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (HrRecovery) recovery = hr_recovery_new (session);
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *path = fixture_sample_path ();
  g_autofree char *expected = NULL;

  fixture_add_item (document, FIXTURE_NEW_ITEM);
  fixture_wait_ms (900);
  g_assert_cmpuint (count_left (), ==, 0); /* held by us */
  expected = fixture_write_natively (document);
  g_clear_object (&recovery); /* as if the program had died */

  {
    g_auto (GStrv) left = hr_recovery_list_left ();
    g_autofree char *original = NULL;
    g_autofree char *kept = NULL;

    g_assert_cmpuint (g_strv_length (left), ==, 1);
    original = hr_recovery_dup_original (left[0]);
    g_assert_cmpstr (original, ==, path);
    g_assert_true (g_file_get_contents (left[0], &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, expected);

    recovery = hr_recovery_new (session);
    hr_recovery_adopt (recovery, left[0]);
    g_assert_cmpuint (count_left (), ==, 0);
    hr_recovery_clear (recovery);
    g_assert_false (g_file_test (left[0], G_FILE_TEST_EXISTS));
  }
}

static void
test_recovery_undone (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (HrRecovery) recovery = hr_recovery_new (session);

  fixture_add_item (hr_session_get_document (session), FIXTURE_NEW_ITEM);
  fixture_wait_ms (900);
  g_assert_true (hr_document_undo (hr_session_get_document (session), NULL));
  fixture_wait_ms (50);
  g_clear_object (&recovery);
  g_assert_cmpuint (count_left (), ==, 0);
}

/* Of the recovery store; each is empty by now. */
static void
remove_folders (const char *state)
{
  const char *const names[] = { "hashrange/recovery", "hashrange", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_build_filename (state, names[i], NULL);

      g_rmdir (folder);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("hashrange-test-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_STATE_HOME", state, TRUE); /* what is left behind by others is not ours */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/open", test_open);
  g_test_add_func ("/session/open/broken", test_open_broken);
  g_test_add_func ("/session/open/cancelled", test_open_cancelled);
  g_test_add_func ("/session/filter", test_filter);
  g_test_add_func ("/session/run", test_run);
  g_test_add_func ("/session/run-all", test_run_all);
  g_test_add_func ("/session/step", test_step);
  g_test_add_func ("/session/undo", test_undo);
  g_test_add_func ("/session/selection", test_selection);
  g_test_add_func ("/session/save", test_save);
  g_test_add_func ("/session/big", test_big);
  g_test_add_func ("/session/big/closed", test_big_closed);
  g_test_add_func ("/snapshot/same-bytes", test_snapshot);
  g_test_add_func ("/recovery/left-behind", test_recovery);
  g_test_add_func ("/recovery/undone", test_recovery_undone);
  status = g_test_run ();
  remove_folders (state);
  return status;
}
