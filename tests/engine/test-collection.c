/*
 * Item collections: how large they may grow, with a limit that tests can reach.
 *
 * An item as put() makes it has 9 bytes of names and keys besides its text; its entry in the local index has 8. So four
 * with 1000 bytes of text fit into the limit, and a fifth does not.
 */
#include "tests/engine/fixture.h"

#include "tests/engine/place.h"

#define LIMIT 5000
#define FULL "Collection size exceeded."

static Fixture *
make_fixture (const char *path)
{
  const HrEngineOptions options = { .collection_bytes_max = LIMIT };

  return fixture_new_with (path, &options);
}

static void
create_table (Fixture *f, HrIndexKind kind)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:S");

  fixture_add_index (table, "by-a", kind, "pk:S", "a:S", HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
}

static HrWrite
make_put (Fixture *f, const char *partition, const char *sort, gsize length)
{
  HrValue text = fixture_text (f, 'x', length);
  g_autofree char *keys
      = g_strdup_printf ("{'pk':{'S':'%s'},'sk':{'S':'%s'},'a':{'S':'1'}}", partition, sort);
  HrValue item = fixture_item_quoted (f, keys);

  return (HrWrite) { .kind = HR_WRITE_PUT, .table = "t", .item = hr_map_with (f->arena, &item, "t", 1, &text) };
}

static gboolean
put (Fixture *f, const char *partition, const char *sort, gsize length)
{
  HrWrite write = make_put (f, partition, sort, length);

  return fixture_write (f, &write);
}

static void
fill (Fixture *f, const char *partition)
{
  static const char *const sorts[] = { "1", "2", "3", "4" };

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    g_assert_true (put (f, partition, sorts[i], 1000));
}

static void
assert_full (Fixture *f, const char *partition)
{
  g_assert_false (put (f, partition, "5", 1000));
  assert_error (f, HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, FULL);
}

static void
test_limit (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrGetResult result;

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  assert_full (f, "p");
  fixture_get (f, "t", "{'pk':{'S':'p'},'sk':{'S':'5'}}", &result);
  g_assert_false (result.found);
  assert_full (f, "p");
  fill (f, "q");
  assert_full (f, "q");
  fixture_verify (f, "t");
}

/* What makes room is taken, whatever the size; so is what leaves the size as it is. */
static void
test_room (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  fill (f, "q");
  g_assert_true (put (f, "p", "4", 1000));
  g_assert_false (put (f, "p", "4", 2000));
  g_assert_true (put (f, "p", "4", 10));
  g_assert_true (put (f, "p", "5", 950));
  g_assert_false (put (f, "p", "4", 1000));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'p'},'sk':{'S':'1'}}"));
  g_assert_true (put (f, "p", "4", 1000));
  fixture_verify (f, "t");
}

static void
test_updates (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  g_assert_true (put (f, "p", "5", 900));
  g_assert_false (fixture_update_item (f, "t", "{'pk':{'S':'p'},'sk':{'S':'5'}}", "SET b = :b",
                                       "{':b':{'S':'0123456789012345678901234567890'}}"));
  assert_error (f, HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, FULL);
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'p'},'sk':{'S':'5'}}", "REMOVE t", NULL));
}

static void
test_other_tables (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);

  create_table (f, HR_INDEX_GLOBAL);
  fill (f, "p");
  g_assert_true (put (f, "p", "5", 1000));
  g_assert_true (put (f, "p", "6", 1000));
}

static void
test_transaction (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrWrite writes[] = { make_put (f, "q", "5", 10), make_put (f, "p", "5", 1000), make_put (f, "q", "6", 10) };
  HrGetResult result;

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  g_assert_false (hr_engine_transact_write (f->engine, writes, G_N_ELEMENTS (writes), &f->call, &f->error));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED,
                "Transaction cancelled, please refer cancellation reasons for specific reasons "
                "[None, ItemCollectionSizeLimitExceeded, None]");
  g_assert_cmpstr (f->error.reasons[1].message, ==, FULL);
  fixture_get (f, "t", "{'pk':{'S':'q'},'sk':{'S':'5'}}", &result);
  g_assert_false (result.found);
  assert_full (f, "p");
}

static void
test_batch (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrWrite writes[] = { make_put (f, "q", "5", 10), make_put (f, "p", "5", 1000) };
  HrGetResult result;

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  g_assert_false (hr_engine_batch_write (f->engine, writes, G_N_ELEMENTS (writes), &f->call, NULL, &f->error));
  assert_error (f, HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, FULL);
  fixture_get (f, "t", "{'pk':{'S':'q'},'sk':{'S':'5'}}", &result);
  g_assert_false (result.found);
}

/* Sizes that were measured are those of the rows, also after what was written has been taken back. */
static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  g_assert_true (put (f, "q", "1", 1000));
  g_assert_true (put (f, "q", "2", 1000));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (hr_engine_begin (f->engine, NULL));
      g_assert_true (put (f, "q", "3", 1000));
      g_assert_true (put (f, "q", "4", 1000));
      assert_full (f, "q");
      g_assert_true (hr_engine_rollback (f->engine, NULL));
    }
  g_assert_true (put (f, "q", "3", 1000));
  g_assert_true (put (f, "q", "4", 1000));
  assert_full (f, "q");
}

static void
test_reopened (void)
{
  const HrEngineOptions options = { .collection_bytes_max = LIMIT };
  g_auto (Place) place = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Fixture) f = NULL;

  place_init (&place);
  f = make_fixture (place.path);
  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  hr_engine_close (f->engine);
  f->engine = hr_engine_open (place.path, &options, &error);
  g_assert_no_error (error);
  assert_full (f, "p");
  g_assert_true (put (f, "q", "1", 1000));
}

static void
test_estimate (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrValue key = fixture_item_quoted (f, "{'pk':{'S':'p'},'sk':{'S':'1'}}");

  create_table (f, HR_INDEX_LOCAL);
  fill (f, "p");
  g_assert_cmpuint (hr_engine_estimate_collection_gb (f->engine, "t", &key), ==, 0);
  g_assert_cmpuint (hr_engine_estimate_collection_gb (f->engine, "nowhere", &key), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/collection/limit", test_limit);
  g_test_add_func ("/engine/collection/room", test_room);
  g_test_add_func ("/engine/collection/updates", test_updates);
  g_test_add_func ("/engine/collection/other-tables", test_other_tables);
  g_test_add_func ("/engine/collection/transaction", test_transaction);
  g_test_add_func ("/engine/collection/batch", test_batch);
  g_test_add_func ("/engine/collection/rollback", test_rollback);
  g_test_add_func ("/engine/collection/reopened", test_reopened);
  g_test_add_func ("/engine/collection/estimate", test_estimate);
  return g_test_run ();
}
