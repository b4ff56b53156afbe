/*
 * What enters an index and why not: by item, by entity, counted, and for all copies of one item.
 */
#include "model/document/index-census.h"
#include "model/document/item-copies.h"
#include "model/engine/rows.h"
#include "model/value/record.h"
#include "tests/document/fixture.h"

#include <string.h>

/* A global index on owner S and rank N, which notes may lack. */
static HrModel *
model_new (void)
{
  HrModel *model = fixture_model_new ();
  HrTable *notes = (HrTable *) hr_model_find_table (model, "notes");
  HrIndex *both = fixture_index_new ("by-both", HR_INDEX_GLOBAL, "owner", HR_TYPE_S, "rank", HR_TYPE_N);

  both->projection = HR_PROJECT_KEYS_ONLY;
  g_ptr_array_add (notes->indexes, both);
  return model;
}

static void
put_raw (HrDocument *document, const char *json)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  HrValue item = fixture_item (arena, json);
  HrRow row = { .ordinal = 1 };

  hr_record_encode (&item, &record);
  row.record = (const guint8 *) record.data;
  row.record_length = record.length;
  hr_engine_restore_row (hr_document_get_engine (document), "notes", &row, &error);
  g_assert_no_error (error);
}

static void
test_items (void)
{
  static const struct
  {
    const char *item;
    const char *words; /* NULL: in the index */
  } cases[] = {
    { "{'pk':{'S':'a'},'sk':{'S':'1'},'owner':{'S':'o'},'rank':{'N':'1'}}", NULL },
    { "{'pk':{'S':'a'},'sk':{'S':'1'},'owner':{'S':'o'}}", "no `rank`" },
    { "{'pk':{'S':'a'},'sk':{'S':'1'}}", "no `owner`, no `rank`" },
    { "{'pk':{'S':'a'},'sk':{'S':'1'},'owner':{'N':'1'},'rank':{'S':'1'}}",
      "`owner` is no string, `rank` is no number" },
    { "{'pk':{'S':'a'},'sk':{'S':'1'},'owner':{'S':''},'rank':{'N':'1'}}", "`owner` is empty or too long for a key" },
  };
  g_autoptr (HrModel) model = model_new ();
  const HrTable *table = hr_model_find_table (model, "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue values[HR_KEY_PARTS_MAX];
  HrKeyLayout layout;

  g_assert_true (hr_key_layout_init (&layout, table, hr_table_find_index (table, "by-both")));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrValue item = fixture_item (arena, cases[i].item);
      HrIndexLack lack = hr_index_judge_item (&layout, &item);
      g_autofree char *words = lack != 0 ? hr_index_lack_describe (lack, &layout) : NULL;

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (lack == 0, ==, hr_key_layout_gather (&layout, &item, values));
    }
}

static void
assert_entity (const HrTable *table, const char *index, HrIndexEntry expected, const char *words)
{
  const HrIndex *definition = hr_table_find_index (table, index);
  g_autofree char *said = NULL;
  HrKeyLayout layout;
  HrIndexLack lack;

  g_assert_true (hr_key_layout_init (&layout, table, definition));
  g_assert_cmpint (hr_index_judge_entity (table, definition, g_ptr_array_index (table->entities, 0), &lack), ==,
                   expected);
  said = lack != 0 ? hr_index_lack_describe (lack, &layout) : NULL;
  g_assert_cmpstr (said, ==, words);
}

static void
test_entities (void)
{
  g_autoptr (HrModel) model = model_new ();
  HrTable *table = (HrTable *) hr_model_find_table (model, "notes");
  HrEntity *note = g_ptr_array_index (table->entities, 0);
  HrAttribute *owner = hr_attribute_new ("owner", HR_TYPE_N);

  assert_entity (table, "by-owner", HR_ENTRY_NEVER, "no `owner`");
  assert_entity (table, "by-rank", HR_ENTRY_SOME, "no `rank`");
  assert_entity (table, "by-both", HR_ENTRY_NEVER, "no `owner`, no `rank`");
  g_ptr_array_add (note->attributes, owner);
  assert_entity (table, "by-owner", HR_ENTRY_NEVER, "`owner` is no string");
  owner->type = HR_TYPE_S;
  assert_entity (table, "by-owner", HR_ENTRY_ALL, NULL);
  assert_entity (table, "by-both", HR_ENTRY_SOME, "no `rank`");
  /* a template makes the key when what it is made of is there */
  g_ptr_array_remove (note->attributes, owner);
  g_ptr_array_add (note->keys, hr_entity_key_new ("owner", hr_key_template_parse ("O#{text}", NULL, NULL)));
  assert_entity (table, "by-owner", HR_ENTRY_ALL, NULL);
  g_ptr_array_remove_index (note->keys, note->keys->len - 1);
  g_ptr_array_add (note->keys, hr_entity_key_new ("owner", hr_key_template_parse ("O#{rank}", NULL, NULL)));
  assert_entity (table, "by-owner", HR_ENTRY_SOME, "no `owner`");
}

static HrDocument *
document_new (void)
{
  g_autoptr (HrModel) model = model_new ();
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_document_new (model, &error);

  g_assert_no_error (error);
  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'1'},'owner':{'S':'o'},'rank':{'N':'7'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2'},'owner':{'S':'o'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#2'},'sk':{'S':'1'},'text':{'S':'t'}}");
  fixture_add (document, "notes", "{'pk':{'S':'stray'},'sk':{'S':'1'},'owner':{'S':'p'}}");
  fixture_commit (document);
  return document;
}

/* Counts are those of the entries that the engine made. */
static void
assert_census (const HrIndexCensus *census, HrDocument *document)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  const HrTableInfo *info = hr_engine_describe_table (hr_document_get_engine (document), "notes", &call);

  g_assert_nonnull (info);
  for (guint i = 0; i < info->definition->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (info->definition->indexes, i);
      HrIndexTally tally;

      g_assert_true (hr_index_census_get_total (census, index->name, &tally));
      g_assert_cmpuint (tally.n_items, ==, info->item_count);
      g_assert_cmpuint (tally.n_entries, ==, info->indexes[i].item_count);
      g_assert_cmpint (tally.lacks == 0, ==, tally.n_entries == tally.n_items);
    }
}

static void
test_census (void)
{
  g_autoptr (HrDocument) document = document_new ();
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrIndexCensus) census = NULL;
  HrCancel cancel = { 0 };
  g_autoptr (GError) error = NULL;
  HrIndexTally tally;
  HrValue item;

  put_raw (document, "{'pk':{'S':'NOTE#3'},'sk':{'S':'1'},'owner':{'N':'1'},'rank':{'N':'1'}}");
  census = hr_index_census_new (hr_document_get_engine (document), table, NULL, &error);
  g_assert_no_error (error);
  assert_census (census, document);
  g_assert_true (hr_index_census_get (census, "by-owner", 0, &tally));
  g_assert_cmpuint (tally.n_items, ==, 4);
  g_assert_cmpuint (tally.n_entries, ==, 2);
  g_assert_cmpuint (tally.lacks, ==, HR_LACK_MISSING (0) | HR_LACK_TYPE (0));
  g_assert_true (hr_index_census_get (census, "by-owner", 1, &tally));
  g_assert_cmpuint (tally.n_entries, ==, 1);
  g_assert_false (hr_index_census_get (census, "by-owner", 2, &tally));
  g_assert_false (hr_index_census_get_total (census, "no-such", &tally));

  /* it follows changes */
  item = fixture_item (arena, "{'pk':{'S':'NOTE#3'},'sk':{'S':'1'},'owner':{'N':'1'},'rank':{'N':'1'}}");
  fixture_begin (document, "Remove");
  fixture_remove (document, "notes", "{'pk':{'S':'NOTE#3'},'sk':{'S':'1'}}");
  fixture_commit (document);
  hr_index_census_apply_change (census, &item, NULL);
  assert_census (census, document);
  g_assert_true (hr_index_census_get (census, "by-owner", 0, &tally));
  g_assert_cmpuint (tally.lacks, ==, HR_LACK_MISSING (0));

  hr_cancel_raise (&cancel);
  g_assert_null (hr_index_census_new (hr_document_get_engine (document), table, &cancel, &error));
  g_assert_nonnull (error);
}

static char *
spell_copies (HrDocument *document, const char *key_json)
{
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key = fixture_item (arena, key_json);
  GString *out = g_string_new (NULL);
  HrItemCopy *copies;
  guint count;

  count = hr_item_find_copies (hr_document_get_engine (document), table, &key, arena, &copies, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < count; i++)
    {
      const HrItemCopy *copy = &copies[i];

      g_string_append_printf (out, "%s: ", copy->index != NULL ? copy->index : "table");
      if (copy->is_present)
        g_string_append_printf (out, "%u keys, %u attributes, %u B\n", copy->key.length, copy->content.length,
                                (guint) copy->size_bytes);
      else
        g_string_append_printf (out, "%s\n", copy->reason);
    }
  return g_string_free (out, FALSE);
}

static void
test_copies (void)
{
  g_autoptr (HrDocument) document = document_new ();
  g_autofree char *whole = spell_copies (document, "{'pk':{'S':'NOTE#1'},'sk':{'S':'1'}}");
  g_autofree char *sparse = spell_copies (document, "{'pk':{'S':'NOTE#2'},'sk':{'S':'1'}}");
  g_autofree char *none = spell_copies (document, "{'pk':{'S':'NOTE#9'},'sk':{'S':'1'}}");

  g_assert_cmpstr (whole, ==,
                   "table: 2 keys, 4 attributes, 23 B\n"
                   "by-owner: 3 keys, 4 attributes, 23 B\n"
                   "by-rank: 3 keys, 4 attributes, 23 B\n"
                   "by-both: 4 keys, 4 attributes, 23 B\n");
  g_assert_cmpstr (sparse, ==,
                   "table: 2 keys, 3 attributes, 16 B\n"
                   "by-owner: no `owner`\n"
                   "by-rank: no `rank`\n"
                   "by-both: no `owner`, no `rank`\n");
  g_assert_cmpstr (none, ==, "table: there is no such item\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/index-reasons/items", test_items);
  g_test_add_func ("/document/index-reasons/entities", test_entities);
  g_test_add_func ("/document/index-reasons/census", test_census);
  g_test_add_func ("/document/index-reasons/copies", test_copies);
  return g_test_run ();
}
