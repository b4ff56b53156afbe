/* The file while it is open: what another program writes to it. No display is needed. */

#include <glib/gstdio.h>
#include <string.h>

#include "model/base/error.h"
#include "model/document/file-mark.h"
#include "model/document/store.h"
#include "tests/app/session-fixture.h"

typedef struct
{
  HrSession *session;
  char *path;
  char *text;        /* of the sample */
  char *other_text;  /* with another name */
  GString *said;
} Stage;

static void
say_cb (Stage *stage, const char *text)
{
  g_string_append_printf (stage->said, "%s\n", text);
}

static char *
replace_in (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autofree char *sample = fixture_sample_path ();
  g_autofree char *name = g_strdup_printf ("hr-watch-%u.hashrange.json", g_random_int ());

  stage->path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_assert_true (g_file_get_contents (sample, &stage->text, NULL, NULL));
  stage->other_text = replace_in (stage->text, "\"Cruddur messages\"", "\"Cruddur massages\"");
  g_assert_true (g_file_set_contents (stage->path, stage->text, -1, NULL));
  stage->said = g_string_new (NULL);
  stage->session = hr_session_new ();
  g_signal_connect_swapped (stage->session, "toast", G_CALLBACK (say_cb), stage);
  g_assert_true (fixture_open_path (stage->session, stage->path, NULL));
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (stage->path, "~", NULL);

  hr_session_close (stage->session);
  g_object_unref (stage->session);
  g_unlink (stage->path);
  g_unlink (backup);
  g_string_free (stage->said, TRUE);
  g_free (stage->path);
  g_free (stage->text);
  g_free (stage->other_text);
}

static gboolean
is_overtaken (HrSession *session)
{
  gboolean is_overtaken;

  g_object_get (session, "overtaken", &is_overtaken, NULL);
  return is_overtaken;
}

static void
write_other (Stage *stage)
{
  g_assert_true (g_file_set_contents (stage->path, stage->other_text, -1, NULL));
}

static char *
read_file (Stage *stage)
{
  char *text;

  g_assert_true (g_file_get_contents (stage->path, &text, NULL, NULL));
  return text;
}

/* Nothing was changed here: the file is read again, and what was selected is selected. */
static void
test_reload (Stage *stage, gconstpointer data)
{
  HrDocument *document = hr_session_get_document (stage->session);
  g_autofree char *index = NULL;
  g_autofree char *title = NULL;
  g_autofree char *pattern = NULL;

  hr_session_select_pattern (stage->session, "C1");
  hr_session_show_table (stage->session, "cruddur-messages", "message-group-sk-index");
  g_object_set (stage->session, "filter", "hallway", NULL);
  write_other (stage);
  while (stage->said->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (stage->said->str, "changed by another program"));
  g_assert_true (hr_session_get_document (stage->session) != document);
  title = hr_session_dup_title (stage->session);
  g_assert_cmpstr (title, ==, "Cruddur massages");
  g_object_get (stage->session, "index", &index, "pattern", &pattern, NULL);
  g_assert_cmpstr (index, ==, "message-group-sk-index");
  g_assert_cmpstr (pattern, ==, "C1");
  g_assert_false (hr_session_is_modified (stage->session));
}

/* A touch is no change, nor is what we write ourselves. */
static void
test_touch (Stage *stage, gconstpointer data)
{
  HrDocument *document = hr_session_get_document (stage->session);

  g_assert_true (g_file_set_contents (stage->path, stage->text, -1, NULL));
  fixture_wait_ms (700);
  g_assert_true (hr_session_get_document (stage->session) == document);
  fixture_add_item (document, FIXTURE_NEW_ITEM);
  g_assert_true (fixture_save_path (stage->session, stage->path, NULL));
  fixture_wait_ms (700);
  g_assert_true (hr_session_get_document (stage->session) == document);
  g_assert_false (is_overtaken (stage->session));
  g_assert_cmpuint (stage->said->len, ==, 0);
}

/* Both have changed: the person is asked, and saving does not go over the other's version unasked. */
static void
test_overtaken (Stage *stage, gconstpointer data)
{
  HrDocument *document = hr_session_get_document (stage->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_add_item (document, FIXTURE_NEW_ITEM);
  write_other (stage);
  while (!is_overtaken (stage->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hr_session_get_document (stage->session) == document);
  g_assert_false (fixture_save_path (stage->session, stage->path, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_EXISTS);
  before = read_file (stage);
  g_assert_cmpstr (before, ==, stage->other_text);

  hr_session_overrule_file (stage->session);
  g_assert_false (is_overtaken (stage->session));
  fixture_wait_ms (700);
  g_assert_false (is_overtaken (stage->session));
  g_assert_true (fixture_save_path (stage->session, stage->path, NULL));
  after = read_file (stage);
  g_assert_nonnull (strstr (after, "MSG#new"));
  g_assert_false (hr_session_is_modified (stage->session));
}

/* Reloading gives the other's version; ours is where unsaved work is. */
static void
test_reload_modified (Stage *stage, gconstpointer data)
{
  g_autofree char *store = g_strdup (hr_document_get_store (hr_session_get_document (stage->session)));
  g_autofree char *title = NULL;
  g_autoptr (GAsyncResult) reloaded = NULL;
  g_autoptr (GAsyncResult) restored = NULL;

  fixture_add_item (hr_session_get_document (stage->session), FIXTURE_NEW_ITEM);
  write_other (stage);
  while (!is_overtaken (stage->session))
    g_main_context_iteration (NULL, TRUE);
  hr_session_reload_async (stage->session, fixture_take_result_cb, &reloaded);
  g_assert_true (hr_session_open_finish (stage->session, fixture_wait_for (&reloaded), NULL));
  title = hr_session_dup_title (stage->session);
  g_assert_cmpstr (title, ==, "Cruddur massages");
  g_assert_false (is_overtaken (stage->session));
  g_assert_cmpuint (hr_session_get_table_totals (stage->session, "cruddur-messages")->n_rows, ==, 149);

  /* restored, it differs from the file, and from the one it came from */
  hr_session_restore_async (stage->session, store, fixture_take_result_cb, &restored);
  g_assert_true (hr_session_open_finish (stage->session, fixture_wait_for (&restored), NULL));
  g_assert_cmpuint (hr_session_get_table_totals (stage->session, "cruddur-messages")->n_rows, ==, 150);
  while (!is_overtaken (stage->session))
    g_main_context_iteration (NULL, TRUE);
}

/* What cannot be read is not shown; a file that goes away is written again when it is saved. */
static void
test_broken (Stage *stage, gconstpointer data)
{
  HrDocument *document = hr_session_get_document (stage->session);

  g_assert_true (g_file_set_contents (stage->path, "<<<<<<< HEAD\n", -1, NULL));
  while (!is_overtaken (stage->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hr_session_get_document (stage->session) == document);
  write_other (stage);
  while (stage->said->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hr_session_get_document (stage->session) != document);
  g_assert_false (is_overtaken (stage->session));

  g_unlink (stage->path);
  fixture_wait_ms (700);
  g_assert_false (is_overtaken (stage->session));
  g_assert_true (fixture_save_path (stage->session, stage->path, NULL));
}

static void
test_mark (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-mark", NULL);
  g_autofree char *printed = NULL;
  HrFileMark mark, again;

  g_assert_true (g_file_set_contents (path, "one two three", -1, NULL));
  mark = hr_file_mark_of_content (path, "one two three", 13);
  g_assert_false (hr_file_mark_is_overtaken (&mark, path));
  printed = hr_file_mark_print (&mark);
  g_assert_true (hr_file_mark_parse (&again, printed));
  g_assert_cmpmem (&again, sizeof again, &mark, sizeof mark);
  g_assert_false (hr_file_mark_parse (&again, "1 2"));
  g_assert_false (hr_file_mark_parse (&again, "1 2 x"));
  g_assert_true (g_file_set_contents (path, "one two three", -1, NULL));
  g_assert_false (hr_file_mark_is_overtaken (&mark, path));
  g_assert_true (g_file_set_contents (path, "one two threE", -1, NULL));
  g_assert_true (hr_file_mark_is_overtaken (&mark, path));
  mark = hr_file_mark_of_file (path);
  g_assert_false (hr_file_mark_is_overtaken (&mark, path));
  g_unlink (path);
  g_assert_false (hr_file_mark_is_overtaken (&mark, path));
}

/* A text with the mark of its encoding is a model, and its file is what was read. */
static void
test_byte_order_mark (Stage *stage, gconstpointer data)
{
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", stage->text, NULL);

  g_assert_true (g_file_set_contents (stage->path, marked, -1, NULL));
  g_assert_true (fixture_open_path (stage->session, stage->path, NULL));
  g_assert_cmpstr (hr_document_get_model (hr_session_get_document (stage->session))->name, ==, "Cruddur messages");
  fixture_wait_ms (1500);
  g_assert_cmpstr (stage->said->str, ==, "");
}

static void
add_tests (void)
{
  g_test_add_func ("/watch/mark", test_mark);
  g_test_add ("/watch/reload", Stage, NULL, set_up, test_reload, tear_down);
  g_test_add ("/watch/byte-order-mark", Stage, NULL, set_up, test_byte_order_mark, tear_down);
  g_test_add ("/watch/touch", Stage, NULL, set_up, test_touch, tear_down);
  g_test_add ("/watch/overtaken", Stage, NULL, set_up, test_overtaken, tear_down);
  g_test_add ("/watch/reload/modified", Stage, NULL, set_up, test_reload_modified, tear_down);
  g_test_add ("/watch/broken", Stage, NULL, set_up, test_broken, tear_down);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
