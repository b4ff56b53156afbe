/* What a window looks at: opening, running, saving, keeping. No display is needed. */

#include <glib/gstdio.h>
#include <string.h>

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

/* What is changed while the file is written is not in it, and still to be saved. */
static void
test_save_meanwhile (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-saved-meanwhile.hashrange.json", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *saved = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture_fill (document, 5000);
  expected = fixture_write_natively (document);
  hr_session_save_async (session, path, fixture_take_result_cb, &result);
  fixture_add_item (document, FIXTURE_NEW_ITEM);
  g_assert_true (hr_session_save_finish (session, fixture_wait_for (&result), NULL));
  g_assert_true (hr_session_is_modified (session));
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, expected);
  g_unlink (path);
}

static guint64
count_rows (HrSession *session)
{
  HrOutlineTotals totals;

  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  return totals.n_rows;
}

static guint64
count_all (HrSession *session)
{
  return hr_session_get_table_totals (session, "cruddur-messages")->n_rows;
}

/* Very many rows, and a filter over them, come from a thread. Meanwhile the session can be used, shows what it showed,
 * and what is edited is not missed. */
static void
test_big (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *working = NULL;

  fixture_fill (document, 21000);
  g_object_get (session, "working", &working, NULL);
  g_assert_nonnull (working);
  g_assert_false (hr_session_is_busy (session));
  g_assert_cmpuint (count_rows (session), ==, 149);
  g_assert_true (hr_session_run_pattern (session, NULL));
  fixture_add_item (document, FIXTURE_NEW_ITEM);
  fixture_wait_for_outline (session);
  g_assert_cmpuint (count_rows (session), ==, 21150);
  g_assert_cmpuint (count_all (session), ==, 21150);

  g_object_set (session, "filter", "P#8", NULL); /* another comes instead of it */
  g_object_set (session, "filter", "P#7", NULL);
  g_assert_cmpuint (count_rows (session), ==, 21150);
  g_assert_true (hr_document_undo (document, NULL));
  fixture_wait_for_outline (session);
  g_assert_cmpuint (count_rows (session), <, 21000);
  g_assert_cmpuint (count_all (session), ==, 21149);

  g_object_set (session, "filter", NULL, NULL); /* which is there already */
  g_assert_cmpuint (count_rows (session), ==, 21149);
  g_assert_true (hr_document_undo (document, NULL));
  fixture_wait_for_outline (session);
  g_assert_cmpuint (count_rows (session), ==, 149);
}

static void
test_big_closed (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autofree char *working = NULL;

  fixture_fill (hr_session_get_document (session), 21000);
  hr_session_close (session);
  g_object_get (session, "working", &working, NULL);
  g_assert_null (working);
  g_assert_null (hr_session_get_outline (session));
  fixture_wait_ms (50);
  g_assert_null (hr_session_get_outline (session));
}

static gboolean
rename_entity_cb (HrModel *model, gpointer user_data, GError **error)
{
  HrTable *table = g_ptr_array_index (model->tables, 0);
  HrEntity *entity = g_ptr_array_index (table->entities, 1);

  g_free (entity->name);
  entity->name = g_strdup ("Crowd");
  return TRUE;
}

static gboolean
remove_entity_cb (HrModel *model, gpointer user_data, GError **error)
{
  g_ptr_array_set_size (((HrTable *) g_ptr_array_index (model->tables, 0))->entities, 1);
  return TRUE;
}

/* Views go by the outline: one that is not made of the table as it is now is shown only where that is harmless. */
static void
test_definitions (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  const HrEdit edit = { .name = "Edit" };
  HrOutline *former = hr_session_get_outline (session);
  HrOutlineTotals totals;

  g_assert_true (hr_session_edit_model (session, &edit, remove_entity_cb, NULL, NULL));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.rows_of_entity[HR_ENTITY_NONE], ==, 12);
  g_assert_true (hr_document_undo (hr_session_get_document (session), NULL));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.rows_of_entity[1], ==, 12);

  fixture_fill (hr_session_get_document (session), 21000);
  fixture_wait_for_outline (session);
  former = hr_session_get_outline (session);
  g_assert_true (hr_session_edit_model (session, &edit, rename_entity_cb, NULL, NULL));
  g_assert_true (hr_session_get_outline (session) == former);
  g_assert_true (hr_session_edit_model (session, &edit, remove_entity_cb, NULL, NULL));
  g_assert_null (hr_session_get_outline (session));
  fixture_wait_for_outline (session);
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_cmpuint (totals.rows_of_entity[HR_ENTITY_NONE], ==, 21012);
}

static void
wait_for_findings (HrSession *session, guint expected)
{
  while (hr_session_count_problems (session) != expected)
    g_main_context_iteration (NULL, TRUE);
}

/* Findings follow what is edited. */
static void
test_check (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);

  g_assert_cmpuint (hr_session_count_problems (session), ==, 0);
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  wait_for_findings (session, 1);
  g_assert_cmpstr (hr_diagnostics_get (hr_session_get_diagnostics (session), 0)->code, ==, "key-missing");
  g_assert_true (hr_document_undo (document, NULL));
  wait_for_findings (session, 0);
}

static void
add_tests (void)
{
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
  g_test_add_func ("/session/save/meanwhile", test_save_meanwhile);
  g_test_add_func ("/session/big", test_big);
  g_test_add_func ("/session/big/closed", test_big_closed);
  g_test_add_func ("/session/definitions", test_definitions);
  g_test_add_func ("/session/check", test_check);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
