/*
 * Transactions and batches of writes: all or nothing, reasons, price.
 */
#include "tests/engine/fixture.h"

#define CANCELLED(codes) \
  "Transaction cancelled, please refer cancellation reasons for specific reasons [" codes "]"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_create (f, table);
  fixture_create (f, fixture_table ("u", "pk:N", NULL));
  fixture_put (f, "t", "{'pk':{'S':'old'},'n':{'N':'1'}}");
  return f;
}

static HrWrite
make_write (Fixture *f, HrWriteKind kind, const char *table, const char *item, const char *condition)
{
  HrWrite write = { .kind = kind, .table = table, .item = fixture_item_quoted (f, item) };

  if (condition != NULL)
    write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, condition, NULL);
  return write;
}

static gboolean
transact (Fixture *f, const HrWrite *writes, guint count)
{
  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  f->capacity = (HrCapacity) { NULL, 0 };
  return hr_engine_transact_write (f->engine, writes, count, &f->call, &f->error);
}

static void
test_all (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'new'},'x':{'S':'1'}}", "attribute_not_exists(pk)"),
    make_write (f, HR_WRITE_UPDATE, "u", "{'pk':{'N':'1'}}", NULL),
    make_write (f, HR_WRITE_DELETE, "u", "{'pk':{'N':'2'}}", NULL),
    make_write (f, HR_WRITE_CHECK, "t", "{'pk':{'S':'old'}}", "attribute_exists(n)"),
  };
  HrGetResult result;

  writes[1].update = fixture_update (f, "SET v = :v", "{':v':{'S':'v'}}");
  g_assert_true (transact (f, writes, 4));
  assert_capacity (f, "t 4w, g 1w, u 4w");
  fixture_get (f, "u", "{'pk':{'N':'1'}}", &result);
  assert_item (&result.item, "{'pk':{'N':'1'},'v':{'S':'v'}}");
  fixture_get (f, "t", "{'pk':{'S':'new'}}", &result);
  g_assert_true (result.found);
  fixture_verify (f, "t");
}

static void
test_nothing (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autofree char *before = fixture_dump (f, "t");
  g_autofree char *after = NULL;
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'new'}}", NULL),
    make_write (f, HR_WRITE_DELETE, "t", "{'pk':{'S':'old'}}", "attribute_not_exists(n)"),
    make_write (f, HR_WRITE_CHECK, "t", "{'pk':{'S':'none'}}", "attribute_exists(pk)"),
    make_write (f, HR_WRITE_UPDATE, "t", "{'pk':{'S':'more'}}", "attribute_not_exists(pk)"),
  };

  writes[1].return_failed_item = TRUE;
  writes[2].return_failed_item = TRUE;
  g_assert_false (transact (f, writes, 4));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED,
                CANCELLED ("None, ConditionalCheckFailed, ConditionalCheckFailed, None"));
  g_assert_cmpuint (f->error.n_reasons, ==, 4);
  g_assert_null (f->error.reasons[0].message);
  g_assert_cmpstr (f->error.reasons[1].message, ==, "The conditional request failed");
  assert_item (f->error.reasons[1].item, "{'n':{'N':'1'},'pk':{'S':'old'}}");
  g_assert_null (f->error.reasons[2].item);
  g_assert_cmpuint (f->capacity.n_tables, ==, 0);
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
}

/* A fault of one item: the only reason, whatever the conditions of others say. */
static void
test_item_fault (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'a'}}", "attribute_exists(pk)"),
    make_write (f, HR_WRITE_UPDATE, "t", "{'pk':{'S':'b'}}", NULL),
  };

  writes[1].update = fixture_update (f, "SET v.w = :v", "{':v':{'S':'v'}}");
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED, CANCELLED ("None, ValidationError"));
  g_assert_cmpstr (f->error.reasons[1].message, ==,
                   "The document path provided in the update expression is invalid for update");

  writes[1].update = fixture_update (f, "SET x = :v", "{':v':{'N':'5'}}");
  g_assert_false (transact (f, writes, 2));
  g_assert_cmpstr (f->error.reasons[1].message, ==,
                   "One or more parameter values were invalid: Type mismatch for Index"
                   " Key x Expected: S Actual: N IndexName: g");

  writes[1] = make_write (f, HR_WRITE_PUT, "t", "{'pk':{'L':[]}}", NULL);
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED, CANCELLED ("None, ValidationError"));
  g_assert_cmpstr (
      f->error.reasons[1].message, ==,
      "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: L");

  writes[1] = make_write (f, HR_WRITE_DELETE, "t", "{'pk':{'N':'1'}}", NULL);
  g_assert_false (transact (f, writes, 2));
  g_assert_cmpstr (f->error.reasons[1].message, ==, "The provided key element does not match the schema");
}

static void
test_request_fault (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'a'}}", NULL),
    make_write (f, HR_WRITE_CHECK, "t", "{'pk':{'S':'a'}}", "attribute_exists(pk)"),
  };

  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_VALIDATION,
                "Transaction request cannot include multiple operations on one item");

  writes[1] = make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':''}}", NULL);
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_VALIDATION,
                "One or more parameter values are not valid. The AttributeValue for a key"
                " attribute cannot contain an empty string value. Key: pk");

  writes[1] = make_write (f, HR_WRITE_UPDATE, "t", "{'pk':{'S':'b'}}", NULL);
  writes[1].update = fixture_update (f, "SET x = :v", "{':v':{'S':''}}");
  g_assert_false (transact (f, writes, 2));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);

  writes[1].table = "none";
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
}

static HrValue
make_large (Fixture *f, const char *json, gsize length)
{
  HrValue item = fixture_item_quoted (f, json);
  HrValue text = fixture_text (f, 'v', length - hr_item_size_bytes (&item) - 1);

  return hr_map_with (f->arena, &item, "v", 1, &text);
}

/* Too large: a put refuses the request, an update cancels it. */
static void
test_oversize (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'a'}}", NULL),
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'b'}}", NULL),
  };

  writes[1].item = make_large (f, "{'pk':{'S':'b'}}", 409601);
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_VALIDATION, "Item size has exceeded the maximum allowed size");
  writes[1].item = make_large (f, "{'pk':{'S':'b'}}", 409600);
  g_assert_true (transact (f, writes, 2));
  assert_capacity (f, "t 802w");

  writes[1] = make_write (f, HR_WRITE_UPDATE, "t", "{'pk':{'S':'b'}}", NULL);
  writes[1].update = fixture_update (f, "SET w = :w", "{':w':{'S':'w'}}");
  g_assert_false (transact (f, writes, 2));
  assert_error (f, HR_SERVICE_TRANSACTION_CANCELED, CANCELLED ("None, ValidationError"));
  g_assert_cmpstr (f->error.reasons[1].message, ==,
                   "Item size to update has exceeded the maximum allowed size");
}

static void
test_hundred (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[100];

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%u'},'x':{'S':'x'}}", i);

      writes[i] = make_write (f, HR_WRITE_PUT, "t", json, NULL);
    }
  g_assert_true (transact (f, writes, 100));
  assert_capacity (f, "t 200w, g 100w");
  fixture_verify (f, "t");
}

static gboolean
batch (Fixture *f, const HrWrite *writes, guint count, HrWriteResult *results)
{
  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  f->capacity = (HrCapacity) { NULL, 0 };
  return hr_engine_batch_write (f->engine, writes, count, &f->call, results, &f->error);
}

static void
test_batch (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'a'},'x':{'S':'1'}}", NULL),
    make_write (f, HR_WRITE_DELETE, "t", "{'pk':{'S':'old'}}", NULL),
    make_write (f, HR_WRITE_PUT, "u", "{'pk':{'N':'1'}}", NULL),
    make_write (f, HR_WRITE_DELETE, "u", "{'pk':{'N':'2'}}", NULL),
    make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'b'}}", NULL),
  };
  HrWriteResult results[5];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  writes[4].item = make_large (f, "{'pk':{'S':'b'}}", 1500);
  g_assert_true (batch (f, writes, 5, results));
  assert_capacity (f, "t 4w, g 1w, u 2w");
  g_assert_true (results[0].changed && results[1].changed && results[2].changed && results[4].changed);
  g_assert_false (results[3].changed);
  before = fixture_dump (f, "t");

  writes[0] = make_write (f, HR_WRITE_PUT, "t", "{'pk':{'S':'c'}}", NULL);
  writes[3].item = fixture_item_quoted (f, "{'pk':{'N':'1.0'}}");
  g_assert_false (batch (f, writes, 5, NULL));
  assert_error (f, HR_SERVICE_VALIDATION, "Provided list of item keys contains duplicates");
  writes[3].item = fixture_item_quoted (f, "{'pk':{'N':'2'}}");
  writes[4].item = make_large (f, "{'pk':{'S':'b'}}", 409601);
  g_assert_false (batch (f, writes, 5, NULL));
  assert_error (f, HR_SERVICE_VALIDATION, "Item size has exceeded the maximum allowed size");
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/transaction/all", test_all);
  g_test_add_func ("/engine/transaction/nothing", test_nothing);
  g_test_add_func ("/engine/transaction/item-fault", test_item_fault);
  g_test_add_func ("/engine/transaction/request-fault", test_request_fault);
  g_test_add_func ("/engine/transaction/oversize", test_oversize);
  g_test_add_func ("/engine/transaction/hundred", test_hundred);
  g_test_add_func ("/engine/transaction/batch", test_batch);
  return g_test_run ();
}
