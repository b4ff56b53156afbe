/*
 * Reads by key: single, in a batch, in a transaction.
 */
#include "tests/engine/fixture.h"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  fixture_create (f, fixture_table ("u", "pk:S", NULL));
  fixture_put (f, "t", "{'pk':{'S':'a'},'v':{'N':'1'},'m':{'M':{'x':{'S':'y'}}}}");
  fixture_put (f, "u", "{'pk':{'S':'a'}}");
  return f;
}

static gboolean
get (Fixture *f, const HrGet *gets, guint count, gboolean transactional, HrGetResult *results)
{
  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  f->capacity = (HrCapacity) { NULL, 0 };
  return hr_engine_get (f->engine, gets, count, transactional, &f->call, results, &f->error);
}

static void
test_one (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrGet one = { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'a'}}") };
  HrGetResult result;

  g_assert_true (get (f, &one, 1, FALSE, &result));
  assert_item (&result.item, "{'m':{'M':{'x':{'S':'y'}}},'pk':{'S':'a'},'v':{'N':'1'}}");
  assert_capacity (f, "t 0.5r");
  one.consistent = TRUE;
  one.projection = fixture_projection (f, "m.x, zzz");
  g_assert_true (get (f, &one, 1, FALSE, &result));
  assert_item (&result.item, "{'m':{'M':{'x':{'S':'y'}}}}");
  assert_capacity (f, "t 1r");
  one.projection = fixture_projection (f, "zzz");
  g_assert_true (get (f, &one, 1, FALSE, &result));
  g_assert_true (result.found);
  assert_item (&result.item, "{}");
  one.key = fixture_item_quoted (f, "{'pk':{'S':'b'}}");
  g_assert_true (get (f, &one, 1, FALSE, &result));
  g_assert_false (result.found);
  assert_capacity (f, "t 1r");
  one.projection = fixture_projection (f, "pk.x");
  g_assert_false (get (f, &one, 1, FALSE, &result));
  assert_error (
      f, HR_SERVICE_VALIDATION,
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk");
  one.table = "none";
  g_assert_false (get (f, &one, 1, FALSE, &result));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
}

static void
put_sized (Fixture *f, const char *name, gsize length)
{
  g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%s'}}", name);
  HrValue item = fixture_item_quoted (f, json);
  HrValue text = fixture_text (f, 'v', length - hr_item_size_bytes (&item) - 1);
  HrWrite write = { .kind = HR_WRITE_PUT,
                    .table = "t",
                    .item = hr_map_with (f->arena, &item, "v", 1, &text) };

  g_assert_true (fixture_write (f, &write));
}

static void
test_sizes (void)
{
  static const struct
  {
    gsize length;
    const char *eventual;
    const char *strong;
    const char *transactional;
  } cases[] = {
    { 100, "t 0.5r", "t 1r", "t 2r" },
    { 4096, "t 0.5r", "t 1r", "t 2r" },
    { 4097, "t 1r", "t 2r", "t 4r" },
    { 409600, "t 50r", "t 100r", "t 200r" },
  };
  g_autoptr (Fixture) f = make_fixture ();
  HrGet one = { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'a'}}") };
  HrGetResult result;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      put_sized (f, "a", cases[i].length);
      one.consistent = FALSE;
      g_assert_true (get (f, &one, 1, FALSE, &result));
      assert_capacity (f, cases[i].eventual);
      g_assert_true (get (f, &one, 1, TRUE, &result));
      assert_capacity (f, cases[i].transactional);
      one.consistent = TRUE;
      g_assert_true (get (f, &one, 1, FALSE, &result));
      assert_capacity (f, cases[i].strong);
    }
}

/* Each item is rounded on its own: 1.5 KB and 6.5 KB are 4 and 8 KB. */
static void
test_batch (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrGet gets[] = {
    { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'b'}}") },
    { .table = "u", .key = fixture_item_quoted (f, "{'pk':{'S':'a'}}"), .consistent = TRUE },
    { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'c'}}") },
    { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'none'}}") },
  };
  HrGetResult results[4];

  put_sized (f, "b", 1536);
  put_sized (f, "c", 6656);
  g_assert_true (get (f, gets, 4, FALSE, results));
  g_assert_true (results[0].found && results[1].found && results[2].found);
  g_assert_false (results[3].found);
  assert_capacity (f, "t 2r, u 1r");

  gets[3].key = gets[0].key;
  g_assert_false (get (f, gets, 4, FALSE, results));
  assert_error (f, HR_SERVICE_VALIDATION, "Provided list of item keys contains duplicates");
  gets[3].key = fixture_item_quoted (f, "{'pk':{'N':'1'}}");
  g_assert_false (get (f, gets, 4, FALSE, results));
  assert_error (f, HR_SERVICE_VALIDATION, "The provided key element does not match the schema");
}

/* What would take the answer past 16 MB waits for another request, free of charge. */
static void
test_large_batch (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrGet gets[50];
  HrGetResult results[50];
  guint processed = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u", i);
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%s'}}", name);

      put_sized (f, name, 409600);
      gets[i] = (HrGet) { .table = "t", .key = fixture_item_quoted (f, json) };
    }
  g_assert_true (get (f, gets, 50, FALSE, results));
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpint (results[i].found, ==, !results[i].unprocessed);
      processed += results[i].found;
    }
  g_assert_cmpuint (processed, ==, 40);
  assert_capacity (f, "t 2000r");
}

static void
test_transaction (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrGet gets[] = {
    { .table = "t", .key = fixture_item_quoted (f, "{'pk':{'S':'a'}}") },
    { .table = "u", .key = fixture_item_quoted (f, "{'pk':{'S':'none'}}") },
    { .table = "u", .key = fixture_item_quoted (f, "{'pk':{'S':'a'}}") },
  };
  HrGetResult results[3];

  g_assert_true (get (f, gets, 3, TRUE, results));
  g_assert_true (results[0].found && !results[1].found && results[2].found);
  assert_capacity (f, "t 2r, u 4r");

  gets[1].key = gets[2].key;
  g_assert_false (get (f, gets, 3, TRUE, results));
  assert_error (f, HR_SERVICE_VALIDATION,
                "Transaction request cannot include multiple operations on one item");
  gets[1].key = fixture_item_quoted (f, "{'pk':{'N':'1'}}");
  g_assert_false (get (f, gets, 3, TRUE, results));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED,
                "Transaction cancelled, please refer cancellation reasons for"
                " specific reasons [None, ValidationError, None]");
  g_assert_cmpstr (f->error.reasons[1].message, ==, "The provided key element does not match the schema");
  gets[1].key = fixture_item_quoted (f, "{'pk':{'S':''}}");
  g_assert_false (get (f, gets, 3, TRUE, results));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/read/one", test_one);
  g_test_add_func ("/engine/read/sizes", test_sizes);
  g_test_add_func ("/engine/read/batch", test_batch);
  g_test_add_func ("/engine/read/large-batch", test_large_batch);
  g_test_add_func ("/engine/read/transaction", test_transaction);
  return g_test_run ();
}
