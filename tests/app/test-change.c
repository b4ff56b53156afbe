/* Changes of many items, in a thread: what is seen meanwhile, what is refused, and what is left when they are
 * called off. */
#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "app/session/session-private.h"
#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/document/refactor.h"
#include "model/document/store.h"
#include "tests/app/session-fixture.h"

#define TABLE "cruddur-messages"
#define N_ITEMS 6000

static HrSession *
open_filled (void)
{
  HrSession *session = fixture_open_sample ();

  fixture_fill (hr_session_get_document (session), N_ITEMS);
  fixture_wait_for_outline (session);
  return session;
}

static void
wait_for_change (HrSession *session)
{
  while (hr_session_is_changing (session))
    g_main_context_iteration (NULL, TRUE);
  fixture_wait_for_outline (session);
}

/* What is counted is what was said beforehand, so that it ends where it is to end. */
static void
test_outlines_counted (void)
{
  g_autoptr (HrSession) session = open_filled ();
  g_autoptr (HrOutlineJob) job = NULL;
  HrProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  hr_session_show_table (session, TABLE, "message-group-sk-index");
  fixture_wait_for_outline (session);
  job = hr_session_new_job (session, hr_session_get_document (session));
  progress.n_done = 40;
  hr_progress_expect_more (&progress, hr_outline_job_count_rows (job));
  g_assert_cmpfloat (hr_progress_get_share (&progress), <, 0.1);
  g_assert_true (hr_outline_job_run (job, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpint (progress.n_done, ==, progress.n_expected);
}

static void
start_rename (HrSession *session)
{
  const HrTarget target = HR_TARGET (KEY, TABLE, NULL, "pk");
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_session_rename (session, &target, "PK", &error));
  g_assert_no_error (error);
  g_assert_true (hr_session_is_changing (session));
}

static guint64
count_rows (HrSession *session)
{
  HrOutlineTotals totals;

  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  return totals.n_rows;
}

static gboolean
has_attribute (HrSession *session, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutlineRow row;

  g_assert_cmpuint (hr_outline_fetch (hr_session_get_outline (session), 3, 0, 1, arena, &row, NULL), ==, 1);
  return hr_map_get (&row.item, name, strlen (name)) != NULL;
}

/* While it is made everything is as before; then all is new; undo and redo go the same way. */
static void
test_rename (void)
{
  g_autoptr (HrSession) session = open_filled ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *before = fixture_write_natively (document);
  g_autofree char *undone = NULL;
  guint64 n_rows = count_rows (session);

  start_rename (session);
  g_assert_true (hr_session_get_document (session) != document);
  g_assert_true (has_attribute (session, "pk"));
  wait_for_change (session);
  g_assert_true (hr_session_get_document (session) == document);
  g_assert_cmpuint (count_rows (session), ==, n_rows);
  g_assert_true (has_attribute (session, "PK"));
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Rename pk to PK");

  g_assert_true (hr_session_undo (session, NULL));
  g_assert_true (hr_session_is_changing (session));
  wait_for_change (session);
  undone = fixture_write_natively (document);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (has_attribute (session, "pk"));
  g_assert_true (hr_session_redo (session, NULL));
  wait_for_change (session);
  g_assert_true (has_attribute (session, "PK"));
}

static void
assert_busy (gboolean done, GError **error)
{
  g_assert_false (done);
  g_assert_error (*error, HR_ERROR, HR_ERROR_BUSY);
  g_clear_error (error);
}

static gboolean
edit_nothing (HrDocument *document, gpointer user_data, GError **error)
{
  return TRUE;
}

/* Whatever would change or use the engine meanwhile says that it has to wait. */
static void
test_refused (void)
{
  const HrEdit edit = { .name = "Edit" };
  g_autoptr (HrSession) session = open_filled ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "refused.hashrange.json", NULL);
  GError *error = NULL;

  start_rename (session);
  assert_busy (hr_session_edit (session, &edit, edit_nothing, NULL, &error), &error);
  assert_busy (hr_session_undo (session, &error), &error);
  assert_busy (hr_session_run_pattern (session, &error), &error);
  assert_busy (hr_document_begin_edit (hr_session_get_document (session), "Edit", &error), &error);
  g_assert_false (fixture_save_path (session, path, &failure));
  wait_for_change (session);
  g_assert_true (hr_session_edit (session, &edit, edit_nothing, NULL, &error));
}

static void
take_toast (HrSession *session, const char *text, gboolean can_undo, char **toast)
{
  g_free (*toast);
  *toast = g_strdup (text);
}

static void
test_cancel (void)
{
  g_autoptr (HrSession) session = open_filled ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *before = fixture_write_natively (document);
  g_autofree char *after = NULL;
  g_autofree char *toast = NULL;
  g_autofree char *step = g_strdup (hr_document_get_undo_name (document));

  g_signal_connect (session, "toast", G_CALLBACK (take_toast), &toast);
  start_rename (session);
  hr_session_cancel (session);
  wait_for_change (session);
  after = fixture_write_natively (document);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, step);
  g_assert_nonnull (strstr (toast, "called off"));
  g_assert_true (has_attribute (session, "pk"));
}

/* An index that many items enter; what it is about is selected when it is there. */
static void
test_index (void)
{
  g_autoptr (HrSession) session = open_filled ();
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (GError) error = NULL;
  g_autofree HrTarget *target =
      hr_document_add_index (document, TABLE, "by-n", HR_INDEX_GLOBAL, "sk", "pk", &error);

  g_assert_no_error (error);
  g_assert_true (hr_session_is_changing (session));
  hr_session_select_target (session, target);
  g_assert_null (hr_session_get_index (session));
  wait_for_change (session);
  g_assert_cmpstr (hr_session_get_index (session), ==, "by-n");
  g_assert_cmpuint (count_rows (session), >=, N_ITEMS);
  g_assert_true (hr_session_undo (session, &error));
  wait_for_change (session);
  g_assert_null (hr_session_get_index (session));
}

/* Saved while it is made: the file has what was before. */
static void
test_save_meanwhile (void)
{
  g_autoptr (HrSession) session = open_filled ();
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "meanwhile.hashrange.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hr_session_save_async (session, path, fixture_take_result_cb, &result);
  start_rename (session);
  g_assert_true (hr_session_save_finish (session, fixture_wait_for (&result), &error));
  g_assert_no_error (error);
  wait_for_change (session);
  g_assert_cmpstr (hr_session_get_path (session), ==, path);
  g_assert_true (hr_session_is_modified (session));
}

static void
test_close_meanwhile (void)
{
  HrSession *session = open_filled ();
  g_autofree char *store = g_strdup (hr_document_get_store (hr_session_get_document (session)));

  start_rename (session);
  hr_session_close (session);
  g_assert_false (g_file_test (store, G_FILE_TEST_EXISTS));
  g_assert_null (hr_session_get_document (session));
  g_assert_finalize_object (session);
  fixture_wait_ms (300);

  session = open_filled ();
  start_rename (session);
  hr_session_discard_unsaved (session);
  g_assert_finalize_object (session);
  fixture_wait_ms (300);
}

/* What a thread forgets belongs to nobody: a large step that cannot be redone any more. */
static void
test_forget (void)
{
  g_autoptr (HrSession) session = open_filled ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *before = fixture_write_natively (document);
  g_autofree char *after = NULL;

  for (guint i = 0; i < 3; i++)
    {
      start_rename (session);
      wait_for_change (session);
      g_assert_true (hr_session_undo (session, NULL));
      wait_for_change (session);
      g_assert_true (hr_document_can_redo (document));
      fixture_add_item (document, FIXTURE_NEW_ITEM);
      g_assert_false (hr_document_can_redo (document));
      g_assert_true (hr_session_undo (session, NULL));
      fixture_wait_for_outline (session);
    }
  after = fixture_write_natively (document);
  g_assert_cmpstr (after, ==, before);
}

typedef struct
{
  char *last;
  guint n_told;
} Told;

static void
preview_cb (HrSession *session, const char *text, Told *told)
{
  g_free (told->last);
  told->last = g_strdup (text);
  told->n_told++;
}

static void
wait_for_preview (HrSession *session)
{
  while (hr_session_is_previewing (session))
    g_main_context_iteration (NULL, TRUE);
}

/* What a change of many items would do is counted, not guessed, and the document stays as it is. */
static void
test_preview (void)
{
  const HrTarget target = HR_TARGET (KEY, TABLE, NULL, "pk");
  g_autoptr (HrSession) session = open_filled ();
  HrDocument *document = hr_session_get_document (session);
  g_autoptr (HrRefactoring) refactoring = hr_refactor_rename (document, &target, "PK", HR_RENAME_TABLE_WIDE, NULL);
  g_autofree char *before = fixture_write_natively (document);
  g_autofree char *after = NULL;
  g_autofree char *counting = NULL;
  g_autofree char *items = NULL;
  Told told = { NULL, 0 };

  g_assert_true (hr_refactoring_try (refactoring, document, NULL));
  items = g_strdup_printf ("%u items", refactoring->n_items);
  g_assert_cmpuint (refactoring->n_items, >=, N_ITEMS);
  g_signal_connect (session, "preview", G_CALLBACK (preview_cb), &told);
  counting = hr_session_describe_rename (session, &target, "PK");
  g_assert_nonnull (counting);
  g_assert_null (strstr (counting, items));
  g_assert_true (hr_session_is_previewing (session));
  g_assert_false (hr_session_is_changing (session));
  wait_for_preview (session);
  g_test_message ("%s; %s", counting, told.last);
  g_assert_nonnull (strstr (told.last, items));
  after = fixture_write_natively (document);
  g_assert_cmpstr (after, ==, before);
  g_free (told.last);
}

/* Nobody hears of one that has been overtaken: by another one, or by an edit. */
static void
test_preview_overtaken (void)
{
  const HrTarget target = HR_TARGET (KEY, TABLE, NULL, "pk");
  g_autoptr (HrSession) session = open_filled ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  Told told = { NULL, 0 };

  g_signal_connect (session, "preview", G_CALLBACK (preview_cb), &told);
  first = hr_session_describe_rename (session, &target, "first");
  second = hr_session_describe_rename (session, &target, "sk"); /* which is taken */
  g_assert_false (hr_session_is_previewing (session));
  g_assert_cmpuint (told.n_told, ==, 1);
  g_assert_null (told.last);
  g_assert_nonnull (second);

  g_free (second);
  second = hr_session_describe_rename (session, &target, "second");
  g_assert_true (hr_session_is_previewing (session));
  fixture_add_item (hr_session_get_document (session), FIXTURE_NEW_ITEM);
  g_assert_false (hr_session_is_previewing (session));
  g_assert_null (told.last);
  told.n_told = 0;
  fixture_wait_ms (300);
  g_assert_cmpuint (told.n_told, ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/change/outlines-counted", test_outlines_counted);
  g_test_add_func ("/change/rename", test_rename);
  g_test_add_func ("/change/refused", test_refused);
  g_test_add_func ("/change/cancel", test_cancel);
  g_test_add_func ("/change/index", test_index);
  g_test_add_func ("/change/save-meanwhile", test_save_meanwhile);
  g_test_add_func ("/change/close-meanwhile", test_close_meanwhile);
  g_test_add_func ("/change/forget", test_forget);
  g_test_add_func ("/change/preview", test_preview);
  g_test_add_func ("/change/preview-overtaken", test_preview_overtaken);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
