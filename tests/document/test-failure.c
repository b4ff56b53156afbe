/*
 * A store that fails in the middle of an edit, an undo or a load: SQLite is denied memory. Whatever fails leaves the
 * document as it was, tells nobody, and lets the next edit succeed.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"

#include <sqlite3.h>
#include <string.h>

static void
changed_cb (HrDocument *document, const HrDocumentChange *change, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Allows SQLite so many bytes more than it has. */
static void
limit_memory (gint64 bytes)
{
  sqlite3_hard_heap_limit64 (bytes > 0 ? sqlite3_memory_used () + bytes : 0);
}

static gboolean
add_many (HrDocument *document, guint count, GError **error)
{
  g_autofree char *text = g_strnfill (2000, 'x');

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *item
        = g_strdup_printf ("{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"%05u\"},\"text\":{\"S\":\"%s\"}}", i, text);

      if (!hr_document_add_item (document, "notes", item, strlen (item), -1, HR_RANGE_NONE, error))
        return FALSE;
    }
  return TRUE;
}

static void
assert_works (HrDocument *document, const char *before)
{
  g_autofree char *after = fixture_dump (document);

  fixture_assert_same (after, before);
  fixture_verify (document);
  fixture_begin (document, "Works");
  fixture_add (document, "notes", "{'pk':{'S':'works'},'sk':{'S':'1'}}");
  fixture_commit (document);
  fixture_undo (document);
}

static void
test_edit (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) later = NULL;
  g_autofree char *before = NULL;
  guint n_changed = 0;

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'}}");
  fixture_add (document, "notes", "'draft'");
  fixture_commit (document);
  before = fixture_dump (document);
  g_signal_connect (document, "changed", G_CALLBACK (changed_cb), &n_changed);

  fixture_begin (document, "Too much");
  fixture_remove (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'}}");
  g_assert_true (hr_document_remove_draft (document, 0, NULL));
  limit_memory (500000);
  g_assert_false (add_many (document, 2000, &failure));
  limit_memory (0);
  g_assert_error (failure, HR_ERROR, HR_ERROR_STORE);
  g_assert_false (add_many (document, 1, &later)); /* it can only be cancelled */
  g_assert_error (later, HR_ERROR, HR_ERROR_STORE);
  g_assert_false (hr_document_commit_edit (document, NULL));
  g_assert_cmpuint (n_changed, ==, 0);
  assert_works (document, before);
}

static void
test_undo (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *full = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *undone = NULL;
  guint n_changed = 0;

  fixture_begin (document, "Add");
  g_assert_true (add_many (document, 500, NULL));
  fixture_commit (document);
  full = fixture_dump (document);
  fixture_begin (document, "Clear");
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'a'},'sk':{'S':'%05u'}}", i);

      fixture_remove (document, "notes", key);
    }
  fixture_commit (document);
  empty = fixture_dump (document);
  g_signal_connect (document, "changed", G_CALLBACK (changed_cb), &n_changed);

  limit_memory (1);
  g_assert_false (hr_document_undo (document, &error));
  limit_memory (0);
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Clear");
  failed = fixture_dump (document);
  fixture_assert_same (failed, empty);

  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, full);
  fixture_verify (document);
}

static void
test_set_model (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  fixture_begin (document, "Add");
  g_assert_true (add_many (document, 500, NULL));
  fixture_commit (document);
  before = fixture_dump (document);
  g_ptr_array_add (((HrTable *) g_ptr_array_index (model->tables, 0))->indexes,
                   fixture_index_new ("by-sk", HR_INDEX_GLOBAL, "sk", HR_TYPE_S, NULL, HR_TYPE_S));
  for (gint64 bytes = 50000; bytes <= 800000; bytes *= 2)
    {
      fixture_begin (document, "Index");
      limit_memory (bytes);
      g_assert_false (hr_document_set_model (document, model, &error)
                      && hr_document_commit_edit (document, &error));
      limit_memory (0);
      hr_document_cancel_edit (document);
      g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
      g_clear_error (&error);
      assert_works (document, before);
    }
}

/* Rows of a load are written at its end, drafts stand in memory: of neither anything is left. */
static void
test_load (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = NULL;
  guint n_changed = 0;

  g_assert_true (hr_document_begin_load (document, NULL));
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'}}");
  fixture_add (document, "notes", "'draft'");
  g_assert_true (hr_document_end_load (document, NULL));
  before = fixture_dump (document);
  g_signal_connect (document, "changed", G_CALLBACK (changed_cb), &n_changed);

  for (gint64 bytes = 50000; bytes <= 3000000; bytes *= 3)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_true (hr_document_begin_load (document, NULL));
      g_assert_true (add_many (document, 2000, NULL));
      fixture_add (document, "notes", "'another draft'");
      limit_memory (bytes);
      g_assert_false (hr_document_end_load (document, &error));
      limit_memory (0);
      g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
      g_assert_cmpuint (n_changed, ==, 0);
      after = fixture_dump (document);
      fixture_assert_same (after, before);
      fixture_verify (document);
    }
  g_signal_handlers_disconnect_by_func (document, changed_cb, &n_changed);
  assert_works (document, before);
}

/* A load that has failed on the way can only be cancelled. */
static void
test_load_between (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;
  const char *item = "{\"pk\":{\"S\":\"b\"},\"sk\":{\"S\":\"1\"}}";

  g_assert_true (hr_document_begin_load (document, NULL));
  g_assert_true (add_many (document, 2000, NULL));
  limit_memory (100000);
  g_assert_false (hr_document_add_item (document, "notes", item, strlen (item), 0, HR_RANGE_NONE, &failure));
  limit_memory (0);
  g_assert_error (failure, HR_ERROR, HR_ERROR_STORE);
  g_assert_false (hr_document_end_load (document, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  after = fixture_dump (document);
  fixture_assert_same (after, before);
  assert_works (document, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/failure/edit", test_edit);
  g_test_add_func ("/document/failure/undo", test_undo);
  g_test_add_func ("/document/failure/set-model", test_set_model);
  g_test_add_func ("/document/failure/load", test_load);
  g_test_add_func ("/document/failure/load-between", test_load_between);
  return g_test_run ();
}
