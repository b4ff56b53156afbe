/*
 * Edits of items: what follows from a change, where it ends up, and back.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/document/item-edit.h"
#include "model/value/codec.h"

#include <string.h>

/* Orders of customers, numbered with five digits, with an index on a composed key. */
static HrModel *
orders_model_new (void)
{
  static const char *const templates[][2] = {
    { "pk", "CUSTOMER#{customer}" },
    { "sk", "ORDER#{number}#{placed_at}" },
    { "gsi1pk", "STATUS#{status}" },
  };
  HrModel *model = hr_model_new ("Orders");
  HrTable *table = fixture_table_new ("orders", "pk", HR_TYPE_S, "sk", HR_TYPE_S);
  HrEntity *order = hr_entity_new ("Order");
  HrEntity *profile = hr_entity_new ("Customer");

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    g_ptr_array_add (order->keys,
                     hr_entity_key_new (templates[i][0], hr_key_template_parse (templates[i][1], NULL, NULL)));
  g_ptr_array_add (order->key_parts, hr_attribute_new ("customer", HR_TYPE_S));
  g_ptr_array_add (order->key_parts, hr_attribute_new ("placed_at", HR_TYPE_S));
  g_ptr_array_add (order->attributes, hr_attribute_new ("number", HR_TYPE_N));
  g_ptr_array_add (order->attributes, hr_attribute_new ("status", HR_TYPE_S));
  g_ptr_array_add (order->attributes, hr_attribute_new ("total", HR_TYPE_N));
  g_ptr_array_add (profile->keys, hr_entity_key_new ("pk", hr_key_template_parse ("CUSTOMER#{customer}", NULL, NULL)));
  g_ptr_array_add (profile->keys, hr_entity_key_new ("sk", hr_key_template_parse ("PROFILE", NULL, NULL)));
  g_ptr_array_add (profile->key_parts, hr_attribute_new ("customer", HR_TYPE_S));
  g_ptr_array_add (profile->attributes, hr_attribute_new ("name", HR_TYPE_S));
  g_ptr_array_add (table->entities, order);
  g_ptr_array_add (table->entities, profile);
  g_ptr_array_add (table->indexes, fixture_index_new ("gsi1", HR_INDEX_GLOBAL, "gsi1pk", HR_TYPE_S, "sk", HR_TYPE_S));
  g_ptr_array_add (model->tables, table);
  return model;
}

static HrDocument *
orders_new (void)
{
  g_autoptr (HrModel) model = orders_model_new ();
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_document_new (model, &error);

  g_assert_no_error (error);
  fixture_begin (document, "Add");
  fixture_add (document, "orders",
               "{'pk':{'S':'CUSTOMER#ann'},'sk':{'S':'ORDER#00042#2026-03-02'},'gsi1pk':{'S':'STATUS#open'},"
               "'number':{'N':'42'},'status':{'S':'open'},'total':{'N':'9.5'}}");
  fixture_add (document, "orders",
               "{'pk':{'S':'CUSTOMER#ann'},'sk':{'S':'PROFILE'},'name':{'S':'Ann'}}");
  fixture_commit (document);
  return document;
}

static void
assert_list (HrDocument *document, const char *expected)
{
  g_autofree char *list = fixture_list (document, "orders");

  g_assert_cmpstr (list, ==, expected);
}

static void
assert_reversible (HrDocument *document, const char *before)
{
  g_autofree char *after = fixture_dump (document);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  fixture_verify (document);
  fixture_undo (document);
  undone = fixture_dump (document);
  fixture_assert_same (undone, before);
  fixture_redo (document);
  redone = fixture_dump (document);
  fixture_assert_same (redone, after);
}

static char *
join (const GPtrArray *names)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (all, names->pdata[i]);
  g_ptr_array_add (all, NULL);
  return g_strjoinv (" ", (char **) all->pdata);
}

#define ORDER_KEY "{'pk':{'S':'CUSTOMER#ann'},'sk':{'S':'ORDER#00042#2026-03-02'}}"
#define PROFILE_KEY "{'pk':{'S':'CUSTOMER#ann'},'sk':{'S':'PROFILE'}}"
#define PROFILE "item {'name':{'S':'Ann'},'pk':{'S':'CUSTOMER#ann'},'sk':{'S':'PROFILE'}}\n"

typedef struct
{
  const char *path;
  const char *name;
  HrType type;
  const char *text; /* NULL: removed */
  const char *item; /* as listed */
  const char *rewritten;
  gboolean does_not_fit;
} SetCase;

static const SetCase set_cases[] = {
  { "plain", "total", HR_TYPE_N, "10",
    "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00042#2026-03-02'},'status':{'S':'open'},'total':{'N':'10'}}\n", "", FALSE },
  { "padded-number", "number", HR_TYPE_N, "43",
    "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'43'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00043#2026-03-02'},'status':{'S':'open'},'total':{'N':'9.5'}}\n", "sk", FALSE },
  { "key-part", "placed_at", HR_TYPE_S, "2026-04-01",
    "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00042#2026-04-01'},'status':{'S':'open'},'total':{'N':'9.5'}}\n", "sk", FALSE },
  { "index-key", "status", HR_TYPE_S, "sent",
    "item {'gsi1pk':{'S':'STATUS#sent'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00042#2026-03-02'},'status':{'S':'sent'},'total':{'N':'9.5'}}\n", "gsi1pk", FALSE },
  { "out-of-index", "status", HR_TYPE_S, NULL,
    "item {'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00042#2026-03-02'},'total':{'N':'9.5'}}\n", "gsi1pk", FALSE },
  { "key-by-hand", "sk", HR_TYPE_S, "ORDER#00050#2027",
    "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'50'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#00050#2027'},'status':{'S':'open'},'total':{'N':'9.5'}}\n", "number", FALSE },
  { "key-does-not-fit", "sk", HR_TYPE_S, "ORDER#fifty#2027",
    "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
    "'sk':{'S':'ORDER#fifty#2027'},'status':{'S':'open'},'total':{'N':'9.5'}}\n", "", TRUE },
  { "key-part-gone", "placed_at", HR_TYPE_S, NULL,
    "draft key-missing {'gsi1pk': {'S': 'STATUS#open'}, 'number': {'N': '42'}, 'pk': {'S': 'CUSTOMER#ann'}, "
    "'status': {'S': 'open'}, 'total': {'N': '9.5'}}\n", "sk", FALSE },
};

static void
test_set (gconstpointer data)
{
  const SetCase *one = data;
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *expected = g_strconcat (one->item, PROFILE, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *rewritten = NULL;
  HrValue key = fixture_item (arena, ORDER_KEY);
  HrItemRef ref = { "orders", &key, 0 };

  if (one->text != NULL)
    hr_document_set_item_text (document, &ref, one->name, one->type, one->text, strlen (one->text), &result, &error);
  else
    hr_document_set_item_value (document, &ref, 1, one->name, NULL, &result, &error);
  g_assert_no_error (error);
  assert_list (document, expected);
  rewritten = join (result.rewritten);
  g_assert_cmpstr (rewritten, ==, one->rewritten);
  g_assert_cmpint (result.does_not_fit, ==, one->does_not_fit);
  g_assert_cmpuint (result.n_stored + result.n_drafts, ==, 1);
  g_assert_cmpint (result.key != NULL, ==, result.n_stored == 1);
  g_assert_cmpint (result.reason != NULL, ==, result.n_drafts == 1);
  assert_reversible (document, before);
}

/* A draft that lacks a key part gets it back: the key is composed and the item stored, at its place. */
static void
test_mend_draft (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_auto (HrItemResult) mended = { 0 };
  g_autoptr (GError) error = NULL;
  HrValue key = fixture_item (arena, ORDER_KEY);
  HrItemRef ref = { "orders", &key, 0 };
  HrItemRef draft = { "orders", NULL, 0 };

  hr_document_set_item_value (document, &ref, 1, "placed_at", NULL, &result, &error);
  g_assert_no_error (error);
  draft.ordinal = result.ordinal;
  hr_document_set_item_text (document, &draft, "placed_at", HR_TYPE_S, "2028", 4, &mended, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mended.n_stored, ==, 1);
  assert_list (document, "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
                         "'sk':{'S':'ORDER#42#2028'},'status':{'S':'open'},'total':{'N':'9.5'}}\n" PROFILE);
}

/* A key that another item has makes a draft; it is stored as soon as the other one goes. */
static void
test_taken_key (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_auto (HrItemResult) removed = { 0 };
  g_autoptr (GError) error = NULL;
  HrValue order = fixture_item (arena, ORDER_KEY);
  HrValue profile = fixture_item (arena, PROFILE_KEY);
  HrItemRef order_ref = { "orders", &order, 0 };
  HrItemRef profile_ref = { "orders", &profile, 0 };

  hr_document_set_item_text (document, &order_ref, "sk", HR_TYPE_S, "PROFILE", 7, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_drafts, ==, 1);
  g_assert_true (result.does_not_fit);
  assert_reversible (document, before);
  hr_document_remove_items (document, &profile_ref, 1, &removed, &error);
  g_assert_no_error (error);
  assert_list (document, "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
                         "'sk':{'S':'PROFILE'},'status':{'S':'open'},'total':{'N':'9.5'}}\n");
}

static void
test_move_partition (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *rewritten = NULL;
  HrValue keys[2] = { fixture_item (arena, ORDER_KEY), fixture_item (arena, PROFILE_KEY) };
  HrItemRef refs[2] = { { "orders", &keys[0], 0 }, { "orders", &keys[1], 0 } };
  HrValue partition = fixture_item (arena, "{'pk':{'S':'CUSTOMER#bob'}}");

  hr_document_move_items_to_partition (document, refs, 2, &partition, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_stored, ==, 2);
  g_assert_false (result.does_not_fit);
  rewritten = join (result.rewritten);
  g_assert_cmpstr (rewritten, ==, ""); /* the customer is a key part: nothing but pk is behind it */
  assert_list (document, "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#bob'},"
                         "'sk':{'S':'ORDER#00042#2026-03-02'},'status':{'S':'open'},'total':{'N':'9.5'}}\n"
                         "item {'name':{'S':'Ann'},'pk':{'S':'CUSTOMER#bob'},'sk':{'S':'PROFILE'}}\n");
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Move 2 items to another partition");
  assert_reversible (document, before);
}

static gint64
fixed_now (gpointer data)
{
  return G_GINT64_CONSTANT (1772445845123456); /* 2026-03-02T10:04:05.123456Z */
}

static char *
fixed_uuid (gpointer data)
{
  return g_strdup ("00000000-0000-4000-8000-000000000001");
}

static const HrClock fixed_clock = { fixed_now, NULL };
static const HrItemMaker maker = { &fixed_clock, fixed_uuid, NULL };

/* The next number in its width, today in the shape of the others, what is shared taken over. */
static void
test_new_item (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_auto (HrItemResult) twice = { 0 };
  g_autoptr (GError) error = NULL;
  HrValue partition = fixture_item (arena, "{'pk':{'S':'CUSTOMER#bob'}}");

  hr_document_new_item (document, "orders", "Order", &partition, &maker, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_stored, ==, 1);
  g_assert_cmpstr (result.key, ==,
                   "{\"pk\": {\"S\": \"CUSTOMER#bob\"}, \"sk\": {\"S\": \"ORDER#00043#2026-03-02\"}}");
  assert_reversible (document, before);
  hr_document_new_item (document, "orders", "Customer", &partition, &maker, &twice, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (twice.key, ==, "{\"pk\": {\"S\": \"CUSTOMER#bob\"}, \"sk\": {\"S\": \"PROFILE\"}}");
  hr_document_new_item (document, "orders", "Nobody", NULL, &maker, NULL, &error);
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
}

static void
test_duplicate (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrItemResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  HrValue keys[2] = { fixture_item (arena, ORDER_KEY), fixture_item (arena, PROFILE_KEY) };
  HrItemRef refs[2] = { { "orders", &keys[0], 0 }, { "orders", &keys[1], 0 } };

  hr_document_duplicate_items (document, refs, 2, &maker, &result, &error);
  g_assert_no_error (error);
  assert_list (document, "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
                         "'sk':{'S':'ORDER#00042#2026-03-02'},'status':{'S':'open'},'total':{'N':'9.5'}}\n" PROFILE
                         "item {'gsi1pk':{'S':'STATUS#open'},'number':{'N':'42'},'pk':{'S':'CUSTOMER#ann'},"
                         "'sk':{'S':'ORDER#00042#2026-03-03'},'status':{'S':'open'},'total':{'N':'9.5'}}\n"
                         "item {'name':{'S':'Ann'},'pk':{'S':'CUSTOMER#ann-2'},'sk':{'S':'PROFILE'}}\n");
  g_assert_cmpuint (result.n_stored, ==, 2);
  assert_reversible (document, before);
}

/* Entries that are not there change nothing, also when they stand behind others. */
static void
test_refused (void)
{
  g_autoptr (HrDocument) document = orders_new ();
  g_autofree char *before = fixture_dump (document);
  g_autofree char *after = NULL;
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  HrValue key = fixture_item (arena, ORDER_KEY);
  HrItemRef refs[2] = { { "orders", &key, 0 }, { "orders", NULL, 77 } };
  HrValue value = hr_value_string ("x", 1);

  g_assert_false (hr_document_set_item_value (document, refs, 2, "a", &value, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hr_document_remove_items (document, refs, 2, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hr_document_set_item_text (document, refs, "total", HR_TYPE_N, "9,5", 3, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  after = fixture_dump (document);
  fixture_assert_same (after, before);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Add");
}

static void
test_field (void)
{
  g_autoptr (HrModel) model = orders_model_new ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrTable *table = hr_model_find_table (model, "orders");
  const HrEntity *entity = hr_table_find_entity (table, "Order");
  HrValue item = fixture_item (arena, ORDER_KEY);
  const HrValue *field;
  HrType type;

  field = hr_item_get_field (table, entity, &item, "customer", arena, &type);
  g_assert_nonnull (field);
  g_assert_cmpmem (field->bytes, field->length, "ann", 3);
  g_assert_null (hr_item_get_field (table, entity, &item, "total", arena, &type));
  g_assert_cmpint (type, ==, HR_TYPE_N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (set_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/document/item-edit/set/", set_cases[i].path, NULL);

      g_test_add_data_func (path, &set_cases[i], test_set);
    }
  g_test_add_func ("/document/item-edit/mend-draft", test_mend_draft);
  g_test_add_func ("/document/item-edit/taken-key", test_taken_key);
  g_test_add_func ("/document/item-edit/move-partition", test_move_partition);
  g_test_add_func ("/document/item-edit/new", test_new_item);
  g_test_add_func ("/document/item-edit/duplicate", test_duplicate);
  g_test_add_func ("/document/item-edit/refused", test_refused);
  g_test_add_func ("/document/item-edit/field", test_field);
  return g_test_run ();
}
