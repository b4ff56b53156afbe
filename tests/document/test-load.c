/*
 * Loading in bulk: many items in one transaction, without steps of undo.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/engine/rows.h"

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
load (HrDocument *document, const char *table, const char *json, gint64 ordinal)
{
  g_autoptr (GError) error = NULL;

  hr_document_add_item (document, table, json, strlen (json), ordinal, (HrRange) { 1, 2 }, &error);
  g_assert_no_error (error);
}

static char *
random_item (void)
{
  static const char *const odd[] = { "\"text\"", "{}", "{\"pk\": {\"S\": \"\"}, \"sk\": {\"S\": \"1\"}}",
                                     "{\"pk\": {\"N\": \"1\"}, \"sk\": {\"S\": \"1\"}}" };
  guint choice = (guint) g_test_rand_int_range (0, 30);
  GString *json;

  if (choice < G_N_ELEMENTS (odd))
    return g_strdup (odd[choice]);
  json = g_string_new (NULL);
  g_string_append_printf (json, "{\"pk\": {\"S\": \"%d\"}, \"sk\": {\"S\": \"%d\"}", g_test_rand_int_range (0, 20),
                          g_test_rand_int_range (0, 20));
  if (choice % 2 == 0)
    g_string_append_printf (json, ", \"owner\": {\"S\": \"%d\"}", g_test_rand_int_range (0, 5));
  if (choice % 3 == 0)
    g_string_append_printf (json, ", \"rank\": {\"%c\": \"%d\"}", choice == 6 ? 'S' : 'N',
                            g_test_rand_int_range (0, 5));
  return g_string_free (g_string_append_c (json, '}'), FALSE);
}

static gint64
random_ordinal (HrDocument *document)
{
  gint64 next = hr_engine_get_next_ordinal (hr_document_get_engine (document), "notes");

  return next == 0 || g_test_rand_int_range (0, 50) > 0 ? -1 : g_test_rand_int_range (0, (gint32) next) / 1024 * 1024;
}

/* A load makes the same of items as an edit does, in one go or in two, also of those that go between others. */
static void
test_same_as_edit (void)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (HrDocument) edited = fixture_document_new ();
      g_autoptr (HrDocument) loaded = fixture_document_new ();
      g_autofree char *expected = NULL;
      g_autofree char *actual = NULL;

      fixture_begin (edited, "Edit");
      g_assert_true (hr_document_begin_load (loaded, NULL));
      for (guint i = 0; i < 300; i++)
        {
          const char *table = g_test_rand_int_range (0, 10) > 0 ? "notes" : "counters";
          g_autofree char *json = random_item ();
          gint64 ordinal = random_ordinal (edited);

          load (edited, table, json, ordinal);
          load (loaded, table, json, ordinal);
          if (i == 150 && round % 2 == 0)
            {
              g_assert_true (hr_document_end_load (loaded, NULL));
              g_assert_true (hr_document_begin_load (loaded, NULL));
            }
        }
      fixture_commit (edited);
      g_assert_true (hr_document_end_load (loaded, NULL));
      fixture_verify (loaded);
      expected = fixture_dump (edited);
      actual = fixture_dump (loaded);
      fixture_assert_same (actual, expected);
    }
}

/* Of a load that is cancelled nothing is left; what was loaded before it stays. */
static void
test_cancel (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_changed = 0;

  hr_document_cancel_load (document); /* none is open */
  g_assert_true (hr_document_begin_load (document, NULL));
  load (document, "notes", "{\"pk\": {\"S\": \"a\"}, \"sk\": {\"S\": \"1\"}}", -1);
  load (document, "notes", "\"draft\"", -1);
  g_assert_true (hr_document_end_load (document, NULL));
  before = fixture_dump (document);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (g_atomic_int_inc), &n_changed);

  g_assert_true (hr_document_begin_load (document, NULL));
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *json = random_item ();

      load (document, "notes", json, i % 10 == 9 ? 0 : -1);
    }
  hr_document_cancel_load (document);
  after = fixture_dump (document);
  fixture_assert_same (after, before);
  fixture_verify (document);
  g_assert_cmpuint (n_changed, ==, 0);

  fixture_begin (document, "Edit");
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'}}");
  fixture_commit (document);
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
  g_test_add_func ("/document/load/same-as-edit", test_same_as_edit);
  g_test_add_func ("/document/load/cancel", test_cancel);
  g_test_add_func ("/document/load/refused", test_refused);
  g_test_add_func ("/document/load/finalize", test_finalize_in_load);
  return g_test_run ();
}
