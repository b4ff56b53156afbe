/*
 * Loading in bulk: many items in one transaction, without steps of undo.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"

#include <string.h>

#define MANY 20000

static void
load_many (HrDocument *document)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_document_begin_load (document, &error));
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *item
        = g_strdup_printf ("{\"pk\": {\"S\": \"NOTE#%u\"}, \"sk\": {\"S\": \"%u\"}, \"owner\": {\"S\": \"o%u\"}}",
                           i % 100, i / 100 * (i % 1000 != 999), i % 7);

      g_assert_true (hr_document_add_item (document, "notes", item, strlen (item), -1,
                                           (HrRange) { i * 10, i * 10 + 5 }, &error));
    }
  g_assert_true (hr_document_end_load (document, &error));
  g_assert_no_error (error);
}

static gboolean
count_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  ++*(guint *) user_data;
  return TRUE;
}

static gboolean
stop_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  return ++*(guint *) user_data < 10;
}

static void
test_many (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  guint count = 0;

  load_many (document);
  g_assert_false (hr_document_is_modified (document));
  g_assert_false (hr_document_can_undo (document));
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 20); /* the same key again and again */
  g_assert_true (hr_document_foreach_entry (document, "notes", count_cb, &count, NULL));
  g_assert_cmpuint (count, ==, MANY);
  count = 0;
  g_assert_true (hr_document_foreach_entry (document, "notes", stop_cb, &count, NULL));
  g_assert_cmpuint (count, ==, 10);
  fixture_verify (document);
}

/* A large table is rebuilt and put back as it was. */
static void
test_rebuild_many (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (HrModel) model = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;

  load_many (document);
  before = fixture_dump (document);
  model = hr_model_copy (hr_document_get_model (document));
  g_ptr_array_set_size (((HrTable *) g_ptr_array_index (model->tables, 0))->indexes, 0);
  g_ptr_array_set_size (((HrTable *) g_ptr_array_index (model->tables, 0))->sort_key, 0);
  fixture_begin (document, "Drop keys");
  g_assert_true (hr_document_set_model (document, model, &error));
  fixture_commit (document);
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, MANY - 100);
  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
}

static void
changed_cb (HrDocument *document, const HrDocumentChange *change, gpointer user_data)
{
  *(HrDocumentChange *) user_data = *change;
}

static void
test_refused (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  HrDocumentChange change = { 0 };
  g_autoptr (GError) in_load = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) after_edit = NULL;

  g_signal_connect (document, "changed", G_CALLBACK (changed_cb), &change);
  g_assert_true (hr_document_begin_load (document, NULL));
  g_assert_false (hr_document_begin_edit (document, "Edit", &in_load));
  g_assert_error (in_load, HR_ERROR, HR_ERROR_INVALID);
  g_assert_false (hr_document_add_item (document, "nowhere", "{}", 2, -1, HR_RANGE_NONE, &unknown));
  g_assert_error (unknown, HR_ERROR, HR_ERROR_NOT_FOUND);
  fixture_add (document, "notes", "{'pk':{'S':'a'},'sk':{'S':'1'}}");
  fixture_add (document, "notes", "{}");
  g_assert_true (hr_document_end_load (document, NULL));
  g_assert_cmpuint (change.n_rows_changed, ==, 1);
  g_assert_true (change.drafts_changed);

  fixture_begin (document, "Edit");
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'}}");
  fixture_commit (document);
  g_assert_false (hr_document_begin_load (document, &after_edit));
  g_assert_error (after_edit, HR_ERROR, HR_ERROR_INVALID);
}

static void
test_finalize_in_load (void)
{
  HrDocument *document = fixture_document_new ();

  g_assert_true (hr_document_begin_load (document, NULL));
  fixture_add (document, "notes", "{'pk':{'S':'a'},'sk':{'S':'1'}}");
  g_assert_finalize_object (document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/load/many", test_many);
  g_test_add_func ("/document/load/rebuild-many", test_rebuild_many);
  g_test_add_func ("/document/load/refused", test_refused);
  g_test_add_func ("/document/load/finalize", test_finalize_in_load);
  return g_test_run ();
}
