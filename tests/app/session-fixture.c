/* Sessions for tests: opening, saving and waiting, without a display. */
#include "tests/app/session-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "model/exchange/native.h"

#define TURNS_MAX 2000

char *
fixture_sample_path (void)
{
  return g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
}

void
fixture_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
fixture_wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
raise_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What has become due meanwhile is done, too; where something always is, as a frame on a slow machine, not for ever. */
void
fixture_wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, raise_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < TURNS_MAX && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

gboolean
fixture_open_path (HrSession *session, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hr_session_open_async (session, path, NULL, fixture_take_result_cb, &result);
  g_assert_true (hr_session_is_busy (session));
  return hr_session_open_finish (session, fixture_wait_for (&result), error);
}

gboolean
fixture_save_path (HrSession *session, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hr_session_save_async (session, path, fixture_take_result_cb, &result);
  return hr_session_save_finish (session, fixture_wait_for (&result), error);
}

HrSession *
fixture_open_sample (void)
{
  g_autofree char *path = fixture_sample_path ();
  g_autoptr (GError) error = NULL;
  HrSession *session = hr_session_new ();

  fixture_open_path (session, path, &error);
  g_assert_no_error (error);
  return session;
}

char *
fixture_write_natively (HrDocument *document)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  g_assert_true (hr_native_write (document, &out, NULL, NULL));
  return hr_buffer_steal (&out, NULL);
}

/* An item that is stored, or, without a sort key, a draft. */
void
fixture_add_item (HrDocument *document, const char *json)
{
  g_autoptr (GError) error = NULL;

  hr_document_begin_edit (document, "Add an item", &error);
  hr_document_add_item (document, "cruddur-messages", json, strlen (json), -1, HR_RANGE_NONE, &error);
  hr_document_commit_edit (document, &error);
  g_assert_no_error (error);
}

void
fixture_fill (HrDocument *document, guint n_items)
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

void
fixture_wait_for_outline (HrSession *session)
{
  g_autofree char *working = NULL;

  for (g_object_get (session, "working", &working, NULL); working != NULL;
       g_object_get (session, "working", &working, NULL))
    {
      g_clear_pointer (&working, g_free);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) listing = g_dir_open (path, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
fixture_run (int argc, char **argv, void (*add) (void))
{
  const char *scratch = g_getenv ("TMPDIR");
  g_autofree char *home = g_build_filename (scratch != NULL ? scratch : "/tmp", "hashrange-test-XXXXXX", NULL);
  int status;

  g_assert_nonnull (g_mkdtemp (home));
  g_setenv ("XDG_STATE_HOME", home, TRUE); /* what is left behind by others is not ours */
  g_setenv ("TMPDIR", home, TRUE);         /* and what has a name there may be made by others at the same time */
  g_test_init (&argc, &argv, NULL);
  add ();
  status = g_test_run ();
  remove_folder (home);
  return status;
}
