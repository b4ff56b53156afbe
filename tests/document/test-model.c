/*
 * New definitions for a document with items: what is carried over, what becomes a draft, and back.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/engine/rows.h"

#include <string.h>

static HrTable *
get_table (HrModel *model, const char *name)
{
  return (HrTable *) hr_model_find_table (model, name);
}

static void
set_model (HrDocument *document, HrModel *model)
{
  g_autoptr (GError) error = NULL;

  fixture_begin (document, "Definitions");
  hr_document_set_model (document, model, &error);
  g_assert_no_error (error);
  fixture_commit (document);
  g_assert_true (hr_document_get_model (document) == model);
  fixture_verify (document);
}

/* The last step undone and redone brings both ends back exactly. */
static void
assert_reversible (HrDocument *document, const char *before)
{
  g_autofree char *after = fixture_dump (document);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  fixture_undo (document);
  fixture_verify (document);
  undone = fixture_dump (document);
  g_assert_cmpstr (undone, ==, before);
  fixture_redo (document);
  fixture_verify (document);
  redone = fixture_dump (document);
  g_assert_cmpstr (redone, ==, after);
}

static HrDocument *
notes_new (void)
{
  HrDocument *document = fixture_document_new ();

  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'a'},'sk':{'S':'1'},'owner':{'S':'o'},'n':{'N':'1'}}");
  fixture_add (document, "notes", "{'pk':{'S':'a'},'sk':{'S':'2'},'n':{'S':'two'}}");
  fixture_add (document, "notes", "'draft'");
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'1'},'rank':{'S':'high'}}");
  fixture_add (document, "notes", "{'pk':{'S':'b'},'sk':{'S':'2'},'n':{'N':'3'}}");
  fixture_add (document, "counters", "{'id':{'N':'1'}}");
  fixture_commit (document);
  return document;
}

static void
assert_list (HrDocument *document, const char *table, const char *expected)
{
  g_autofree char *list = fixture_list (document, table);

  g_assert_cmpstr (list, ==, expected);
}

static void
test_description_only (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);
  const HrTable *definition = hr_engine_get_table (hr_document_get_engine (document), "notes");

  get_table (model, "notes")->description = g_strdup ("New words");
  set_model (document, model);
  g_assert_true (hr_engine_get_table (hr_document_get_engine (document), "notes") == definition); /* not rebuilt */
  assert_reversible (document, before);
}

/* An index on n: one item has it as a string and becomes a draft. */
static void
test_add_index (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);

  g_ptr_array_add (get_table (model, "notes")->indexes,
                   fixture_index_new ("by-n", HR_INDEX_GLOBAL, "n", HR_TYPE_N, NULL, HR_TYPE_S));
  set_model (document, model);
  assert_list (document, "notes",
               "item {'n':{'N':'1'},'owner':{'S':'o'},'pk':{'S':'a'},'sk':{'S':'1'}}\n"
               "draft key-type {'n': {'S': 'two'}, 'pk': {'S': 'a'}, 'sk': {'S': '2'}}\n"
               "draft not-an-item 'draft'\n"
               "draft key-type {'pk': {'S': 'b'}, 'sk': {'S': '1'}, 'rank': {'S': 'high'}}\n"
               "item {'n':{'N':'3'},'pk':{'S':'b'},'sk':{'S':'2'}}\n");
  assert_reversible (document, before);
}

/* Without the index on rank the item whose rank is a string can be stored. */
static void
test_remove_index (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);

  g_ptr_array_set_size (get_table (model, "notes")->indexes, 0);
  set_model (document, model);
  assert_list (document, "notes",
               "item {'n':{'N':'1'},'owner':{'S':'o'},'pk':{'S':'a'},'sk':{'S':'1'}}\n"
               "item {'n':{'S':'two'},'pk':{'S':'a'},'sk':{'S':'2'}}\n"
               "draft not-an-item 'draft'\n"
               "item {'pk':{'S':'b'},'rank':{'S':'high'},'sk':{'S':'1'}}\n"
               "item {'n':{'N':'3'},'pk':{'S':'b'},'sk':{'S':'2'}}\n");
  assert_reversible (document, before);
}

/* Without the sort key the second item of a partition has the key of the first. */
static void
test_drop_sort_key (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);
  HrTable *notes = get_table (model, "notes");

  g_ptr_array_set_size (notes->indexes, 0);
  g_ptr_array_set_size (notes->sort_key, 0);
  set_model (document, model);
  assert_list (document, "notes",
               "item {'n':{'N':'1'},'owner':{'S':'o'},'pk':{'S':'a'},'sk':{'S':'1'}}\n"
               "draft key-duplicate {'n': {'S': 'two'}, 'pk': {'S': 'a'}, 'sk': {'S': '2'}}\n"
               "draft not-an-item 'draft'\n"
               "draft key-duplicate {'pk': {'S': 'b'}, 'sk': {'S': '1'}, 'rank': {'S': 'high'}}\n"
               "item {'n':{'N':'3'},'pk':{'S':'b'},'sk':{'S':'2'}}\n");
  assert_reversible (document, before);
}

static void
test_retype_key (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autoptr (HrModel) back = NULL;
  g_autofree char *before = fixture_dump (document);
  g_autofree char *changed = NULL;

  ((HrAttribute *) hr_table_get_partition_key (get_table (model, "counters")))->type = HR_TYPE_S;
  set_model (document, model);
  assert_list (document, "counters", "draft key-type {'id': {'N': '1'}}\n");
  assert_reversible (document, before);

  changed = fixture_dump (document);
  back = hr_model_copy (model);
  ((HrAttribute *) hr_table_get_partition_key (get_table (back, "counters")))->type = HR_TYPE_N;
  set_model (document, back);
  assert_list (document, "counters", "item {'id':{'N':'1'}}\n");
  assert_reversible (document, changed);
}

static void
test_remove_and_add_table (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);

  g_ptr_array_remove_index (model->tables, 0);
  g_ptr_array_add (model->tables, fixture_table_new ("more", "k", HR_TYPE_B, NULL, HR_TYPE_S));
  set_model (document, model);
  g_assert_null (hr_engine_get_table (hr_document_get_engine (document), "notes"));
  g_assert_nonnull (hr_engine_get_table (hr_document_get_engine (document), "more"));
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
  assert_reversible (document, before);
}

static void
test_rename_table (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);
  HrTable *notes = get_table (model, "notes");

  g_free (notes->name);
  notes->name = g_strdup ("leaves");
  set_model (document, model);
  assert_list (document, "leaves",
               "item {'n':{'N':'1'},'owner':{'S':'o'},'pk':{'S':'a'},'sk':{'S':'1'}}\n"
               "item {'n':{'S':'two'},'pk':{'S':'a'},'sk':{'S':'2'}}\n"
               "draft not-an-item 'draft'\n"
               "draft key-type {'pk': {'S': 'b'}, 'sk': {'S': '1'}, 'rank': {'S': 'high'}}\n"
               "item {'n':{'N':'3'},'pk':{'S':'b'},'sk':{'S':'2'}}\n");
  assert_reversible (document, before);
}

/* Two tables exchange their names: each is the table of its new name, by contract. */
static void
test_exchange_names (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);
  HrTable *notes = get_table (model, "notes");
  HrTable *counters = get_table (model, "counters");
  char *name = notes->name;

  notes->name = counters->name;
  counters->name = name;
  set_model (document, model);
  assert_list (document, "counters", "draft key-missing {'id': {'N': '1'}}\n");
  assert_reversible (document, before);
}

static char *
get_id (HrDocument *document, const char *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };

  return g_strdup (hr_engine_describe_table (hr_document_get_engine (document), table, &call)->id);
}

static void
assert_in_place (HrDocument *document, HrModel *model)
{
  g_autofree char *before = fixture_dump (document);
  g_autofree char *id = get_id (document, "notes");
  g_autofree char *changed_id = NULL;
  g_autofree char *undone_id = NULL;

  set_model (document, model);
  changed_id = get_id (document, "notes");
  g_assert_cmpstr (changed_id, ==, id);
  assert_reversible (document, before);
  fixture_undo (document);
  undone_id = get_id (document, "notes");
  g_assert_cmpstr (undone_id, ==, id);
  fixture_redo (document);
}

/* Settings and indexes change under the items; the table is not made anew. */
static void
test_in_place (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) settings = hr_model_copy (hr_document_get_model (document));
  g_autoptr (HrModel) added = NULL;
  g_autoptr (HrModel) swapped = NULL;
  g_autoptr (HrModel) removed = NULL;
  HrIndex *index;

  get_table (settings, "notes")->settings.stream = HR_STREAM_NEW_IMAGE;
  assert_in_place (document, settings);

  added = hr_model_copy (settings);
  index = fixture_index_new ("by-n", HR_INDEX_GLOBAL, "n", HR_TYPE_N, "sk", HR_TYPE_S);
  index->projection = HR_PROJECT_KEYS_ONLY;
  g_ptr_array_add (get_table (added, "notes")->indexes, index);
  assert_in_place (document, added);

  swapped = hr_model_copy (added);
  g_ptr_array_add (get_table (swapped, "notes")->indexes,
                   g_ptr_array_steal_index (get_table (swapped, "notes")->indexes, 0));
  ((HrIndex *) g_ptr_array_index (get_table (swapped, "notes")->indexes, 0))->projection = HR_PROJECT_KEYS_ONLY;
  assert_in_place (document, swapped);

  removed = hr_model_copy (swapped);
  g_ptr_array_set_size (get_table (removed, "notes")->indexes, 1);
  assert_in_place (document, removed);
}

/* An index that the engine was not given, for it contradicts the table, asks nothing of items; mended it does. */
static void
test_mend_odd_index (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) odd = hr_model_copy (hr_document_get_model (document));
  g_autoptr (HrModel) mended = NULL;
  g_autofree char *before = NULL;

  g_ptr_array_add (get_table (odd, "notes")->indexes,
                   fixture_index_new ("by-owner", HR_INDEX_GLOBAL, "n", HR_TYPE_N, NULL, HR_TYPE_S)); /* a second one */
  set_model (document, odd);
  before = fixture_dump (document);
  mended = hr_model_copy (odd);
  g_ptr_array_remove_index (get_table (mended, "notes")->indexes, 0);
  set_model (document, mended);
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 3);
  assert_reversible (document, before);
}

/* Protection against deletion does not keep the document from rebuilding a table, but all others from deleting it. */
static void
test_protected_table (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrEngine *engine = hr_document_get_engine (document);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };
  g_autoptr (HrModel) next = NULL;
  g_autofree char *before = NULL;

  get_table (model, "notes")->settings.deletion_protection = TRUE;
  assert_in_place (document, model);
  g_assert_true (hr_engine_get_table (engine, "notes")->settings.deletion_protection);
  g_assert_false (hr_engine_delete_table (engine, "notes", &call, &service_error));
  g_assert_cmpint (service_error.kind, ==, HR_SERVICE_VALIDATION);

  before = fixture_dump (document);
  next = hr_model_copy (model);
  get_table (next, "notes")->settings.stream = HR_STREAM_NEW_IMAGE;
  g_ptr_array_set_size (get_table (next, "notes")->indexes, 0);
  g_ptr_array_set_size (get_table (next, "notes")->sort_key, 0);
  set_model (document, next);
  assert_reversible (document, before);
}

/* What an index says twice or against the table is left out of the engine; the model keeps it. */
static void
test_odd_indexes (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autofree char *before = fixture_dump (document);
  HrTable *notes = get_table (model, "notes");

  g_ptr_array_add (notes->indexes, hr_index_new ("empty", HR_INDEX_GLOBAL));
  g_ptr_array_add (notes->indexes, fixture_index_new ("by-owner", HR_INDEX_GLOBAL, "x", HR_TYPE_S, NULL, HR_TYPE_S));
  g_ptr_array_add (notes->indexes, fixture_index_new ("typed", HR_INDEX_GLOBAL, "owner", HR_TYPE_N, NULL, HR_TYPE_S));
  g_ptr_array_add (notes->indexes, fixture_index_new ("twice", HR_INDEX_GLOBAL, "x", HR_TYPE_S, "x", HR_TYPE_S));
  g_ptr_array_add (notes->indexes, fixture_index_new ("local", HR_INDEX_LOCAL, "other", HR_TYPE_S, "x", HR_TYPE_S));
  set_model (document, model);
  g_assert_cmpuint (hr_engine_get_table (hr_document_get_engine (document), "notes")->indexes->len, ==, 2);
  assert_reversible (document, before);
}

static void
test_cancel (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;

  g_ptr_array_set_size (get_table (model, "notes")->indexes, 0);
  g_ptr_array_remove_index (model->tables, 1);
  fixture_begin (document, "Definitions");
  g_assert_true (hr_document_set_model (document, model, &error));
  fixture_add (document, "notes", "{'pk':{'S':'z'},'sk':{'S':'1'}}");
  hr_document_cancel_edit (document);
  after = fixture_dump (document);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (document);
}

/* Definitions, items and drafts in one edit are one step. */
static void
test_within_larger_edit (void)
{
  g_autoptr (HrDocument) document = notes_new ();
  g_autoptr (HrModel) model = hr_model_copy (hr_document_get_model (document));
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (document);

  g_ptr_array_set_size (get_table (model, "notes")->indexes, 0);
  fixture_begin (document, "Everything");
  fixture_add (document, "notes", "{'pk':{'S':'y'},'sk':{'S':'1'},'rank':{'BOOL':true}}");
  g_assert_true (hr_document_set_model (document, model, &error));
  fixture_remove (document, "notes", "{'pk':{'S':'y'},'sk':{'S':'1'}}");
  fixture_add_at (document, "notes", "{'pk':{'S':'z'},'sk':{'S':'1'}}", 0);
  fixture_commit (document);
  assert_reversible (document, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/model/description-only", test_description_only);
  g_test_add_func ("/document/model/add-index", test_add_index);
  g_test_add_func ("/document/model/remove-index", test_remove_index);
  g_test_add_func ("/document/model/drop-sort-key", test_drop_sort_key);
  g_test_add_func ("/document/model/retype-key", test_retype_key);
  g_test_add_func ("/document/model/remove-and-add-table", test_remove_and_add_table);
  g_test_add_func ("/document/model/rename-table", test_rename_table);
  g_test_add_func ("/document/model/exchange-names", test_exchange_names);
  g_test_add_func ("/document/model/in-place", test_in_place);
  g_test_add_func ("/document/model/mend-odd-index", test_mend_odd_index);
  g_test_add_func ("/document/model/protected-table", test_protected_table);
  g_test_add_func ("/document/model/odd-indexes", test_odd_indexes);
  g_test_add_func ("/document/model/cancel", test_cancel);
  g_test_add_func ("/document/model/within-larger-edit", test_within_larger_edit);
  return g_test_run ();
}
