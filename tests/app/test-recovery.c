/* What is left behind, and found again: unsaved work, none, damaged work. No display is needed. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "app/session/recovery.h"
#include "tests/app/session-fixture.h"

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "hashrange", "recovery", NULL);
}

static guint
count_files (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (listing != NULL && g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

static guint
count_left (void)
{
  g_autoptr (GPtrArray) left = hr_recovery_list ();

  return left->len;
}

/* Threads may hold it for a moment. */
static void
end_session (HrSession *session)
{
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  while (session != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
restore (HrSession *session, const char *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hr_session_restore_async (session, store, fixture_take_result_cb, &result);
  return hr_session_open_finish (session, fixture_wait_for (&result), error);
}

/* Work that is not saved, with a draft; the text is what a file of it would hold. */
static char *
leave_behind (void)
{
  HrSession *session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  char *text;

  fixture_add_item (document, FIXTURE_NEW_ITEM);
  fixture_add_item (document, FIXTURE_NEW_DRAFT);
  g_assert_cmpuint (count_left (), ==, 0); /* it is in use */
  text = fixture_write_natively (document);
  end_session (session);
  return text;
}

static void
test_left_behind (void)
{
  g_autofree char *expected = leave_behind ();
  g_autoptr (GPtrArray) left = hr_recovery_list ();
  const HrLeftover *leftover = g_ptr_array_index (left, 0);
  g_autoptr (HrSession) session = hr_session_new ();
  g_autofree char *path = fixture_sample_path ();
  g_autofree char *restored = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (leftover->name, ==, "Cruddur messages");
  g_assert_cmpstr (leftover->original, ==, path);
  g_assert_cmpstr (leftover->problem, ==, NULL);
  g_assert_cmpint (ABS (leftover->time_s - g_get_real_time () / G_USEC_PER_SEC), <, 600);

  restore (session, leftover->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_left (), ==, 0);
  restored = fixture_write_natively (hr_session_get_document (session));
  g_assert_cmpstr (restored, ==, expected);
  g_assert_cmpstr (hr_session_get_path (session), ==, path);
  g_assert_true (hr_session_is_modified (session));
  g_assert_cmpuint (hr_session_count_problems (session), >, 0); /* the draft, at least */
  title = hr_session_dup_title (session);
  g_assert_cmpstr (title, ==, "Cruddur messages");

  /* and it can be left behind again */
  fixture_add_item (hr_session_get_document (session), "{\"pk\": {\"S\": \"x\"}, \"sk\": {\"S\": \"y\"}}");
  end_session (g_steal_pointer (&session));
  g_assert_cmpuint (count_left (), ==, 1);
  session = hr_session_new ();
  g_assert_true (restore (session, leftover->path, NULL));
  hr_session_discard_unsaved (session);
  end_session (g_steal_pointer (&session));
  g_assert_cmpuint (count_files (), ==, 0);
}

/* Whatever is in its file leaves nothing behind: nothing was done, it was undone, or saved. */
static void
test_nothing_left (void)
{
  HrSession *session = fixture_open_sample ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-recovery.hashrange.json", NULL);

  g_assert_cmpuint (count_files (), >, 0);
  end_session (session);
  g_assert_cmpuint (count_files (), ==, 0);

  session = fixture_open_sample ();
  fixture_add_item (hr_session_get_document (session), FIXTURE_NEW_ITEM);
  g_assert_true (hr_session_undo (session, NULL));
  end_session (session);
  g_assert_cmpuint (count_files (), ==, 0);

  session = fixture_open_sample ();
  fixture_add_item (hr_session_get_document (session), FIXTURE_NEW_ITEM);
  g_assert_true (fixture_save_path (session, path, NULL));
  end_session (session);
  g_assert_cmpuint (count_files (), ==, 0);
  g_unlink (path);

  session = fixture_open_sample ();
  fixture_add_item (hr_session_get_document (session), FIXTURE_NEW_ITEM);
  hr_session_close (session); /* whoever closes it has been asked */
  g_assert_cmpuint (count_files (), ==, 0);
  end_session (session);
}

/* Of a crash with nothing to lose only files are left, and they go. */
static void
test_unmodified (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (HrDocument) document = g_object_ref (hr_session_get_document (session));
  g_autofree char *store = g_strdup (hr_document_get_store (document));
  g_autofree char *copy = g_strconcat (store, "2.store", NULL);
  g_autofree char *unfinished = g_strconcat (store, "3.store.new", NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (store, &content, &length, NULL));
  g_assert_true (g_file_set_contents (copy, content, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (unfinished, content, (gssize) length / 2, NULL));
  g_assert_cmpuint (count_left (), ==, 0);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (store, G_FILE_TEST_EXISTS)); /* it is in use */
}

static void
damage (const char *path)
{
  static const char zeros[8192] = { 0 };
  int file = open (path, O_WRONLY);

  for (guint page = 1; page < 8; page++)
    g_assert_cmpint (pwrite (file, zeros, sizeof zeros, (off_t) (page * sizeof zeros)), ==, (gssize) sizeof zeros);
  close (file);
}

/* It is said, and the file stays whatever the person does. */
static void
test_damaged (void)
{
  g_autoptr (GPtrArray) left = NULL;
  const HrLeftover *leftover;
  g_autoptr (GPtrArray) damaged = NULL;
  g_autoptr (HrSession) session = hr_session_new ();
  g_autoptr (GError) error = NULL;

  g_free (leave_behind ());
  left = hr_recovery_list ();
  leftover = g_ptr_array_index (left, 0);
  damage (leftover->path);
  g_assert_false (restore (session, leftover->path, &error));
  g_assert_null (hr_session_get_document (session));
  g_assert_nonnull (error);
  damaged = hr_recovery_list ();
  g_assert_cmpuint (damaged->len, ==, 1);
  leftover = g_ptr_array_index (damaged, 0);
  g_assert_nonnull (strstr (leftover->problem, leftover->path));
  g_assert_true (g_file_test (leftover->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_left (), ==, 1);
  hr_recovery_discard (leftover->path);
  g_assert_cmpuint (count_left (), ==, 0);
  g_assert_cmpuint (count_files (), ==, 1);
}

/* A new model, and one that came with the program, have no file but can be restored. */
static void
test_never_saved (void)
{
  HrSession *session = hr_session_new ();
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (HrSession) restored = hr_session_new ();
  const HrLeftover *leftover;

  hr_session_new_model (session);
  hr_document_begin_edit (hr_session_get_document (session), "Add", NULL);
  g_assert_true (hr_document_add_item (hr_session_get_document (session), "my-table", FIXTURE_NEW_ITEM,
                                       strlen (FIXTURE_NEW_ITEM), -1, HR_RANGE_NONE, NULL));
  g_assert_true (hr_document_commit_edit (hr_session_get_document (session), NULL));
  end_session (session);
  left = hr_recovery_list ();
  g_assert_cmpuint (left->len, ==, 1);
  leftover = g_ptr_array_index (left, 0);
  g_assert_cmpstr (leftover->original, ==, NULL);
  g_assert_true (restore (restored, leftover->path, NULL));
  g_assert_cmpstr (hr_session_get_path (restored), ==, NULL);
  g_assert_cmpuint (hr_session_get_table_totals (restored, "my-table")->n_rows, ==, 1);
  hr_session_close (restored);
  g_assert_cmpuint (count_left (), ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/recovery/left-behind", test_left_behind);
  g_test_add_func ("/recovery/nothing-left", test_nothing_left);
  g_test_add_func ("/recovery/unmodified", test_unmodified);
  g_test_add_func ("/recovery/never-saved", test_never_saved);
  g_test_add_func ("/recovery/damaged", test_damaged);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
