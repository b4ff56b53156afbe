/*
 * Running patterns on the local engine: references, pages, rows, expectations, and that nothing stays behind.
 */
#include "tests/document/stage.h"

#include "model/base/error.h"

#include <string.h>

static HrExpectation *
expect (HrExpectation **place)
{
  if (*place == NULL)
    *place = hr_expectation_new ();
  return *place;
}

static void
expect_key (HrExpectation *expectation, const char *key)
{
  if (expectation->keys == NULL)
    expectation->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (expectation->keys, fixture_quote (key));
}

/* Runs twice: the second time must give the same, and neither may leave anything behind. */
static HrPatternRun *
run (Stage *stage)
{
  g_autofree char *before = fixture_dump (stage->document);
  g_autoptr (HrPatternRun) first = stage_run (stage, NULL);
  g_autofree char *between = fixture_dump (stage->document);
  HrPatternRun *second = stage_run (stage, NULL);
  g_autofree char *after = fixture_dump (stage->document);

  g_assert_cmpstr (between, ==, before);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (stage->document);
  g_assert_cmpint (first->status, ==, second->status);
  g_assert_cmpuint (first->count, ==, second->count);
  g_assert_cmpfloat (first->read_units, ==, second->read_units);
  g_assert_cmpfloat (first->write_units, ==, second->write_units);
  g_assert_cmpuint (first->keys->len, ==, second->keys->len);
  return second;
}

static void
assert_mismatch (const HrPatternRun *run, guint index, const char *expected)
{
  g_autofree char *quoted = fixture_quote (expected);

  g_assert_cmpint (run->status, ==, HR_RUN_FAILED);
  g_assert_cmpuint (run->mismatches->len, >, index);
  g_assert_cmpstr (g_ptr_array_index (run->mismatches, index), ==, quoted);
}

static void
assert_error (Stage *stage, const char *expected)
{
  g_autoptr (HrPatternRun) result = run (stage);

  g_assert_cmpint (result->status, ==, HR_RUN_ERROR);
  if (result->message == NULL || strstr (result->message, expected) == NULL)
    g_error ("“%s” does not say “%s”", result->message, expected);
  g_assert_true (g_str_has_prefix (result->message, "Pattern A, step "));
}

static const HrStepRun *
get_step (const HrPatternRun *run, guint index)
{
  return g_ptr_array_index (run->steps, index);
}

static const char *
get_request (const HrPatternRun *run, guint step, guint index)
{
  return g_strdelimit (g_ptr_array_index (get_step (run, step)->requests, index), "\"", '\'');
}

static void
test_query (Stage *stage, gconstpointer data)
{
  HrStep *step = stage_add_step (stage, "all", "Query", STAGE_QUERY ",'ScanIndexForward':false,'Limit':2}");
  g_autoptr (HrPatternRun) result = NULL;

  expect (&step->expect)->has_count = TRUE;
  step->expect->count = 2;
  expect (&stage->pattern->expect)->has_scanned = TRUE;
  stage->pattern->expect->scanned = 2;
  stage->pattern->expect->has_read_units = TRUE;
  stage->pattern->expect->read_units = 0.5;
  stage->pattern->expect->has_write_units = TRUE;
  expect_key (stage->pattern->expect, "{ 'sk':{'S':'4'}, 'pk': {'S':'a'}}");
  expect_key (stage->pattern->expect, STAGE_ITEM ("a", "3"));
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 0)->n_requests, ==, 1);
  g_assert_nonnull (strstr (get_request (result, 0, 0), "'ReturnConsumedCapacity':'INDEXES'"));
  g_assert_null (result->trace);
}

static void
test_mismatches (Stage *stage, gconstpointer data)
{
  HrStep *step = stage_add_step (stage, "all", "Query", STAGE_QUERY ",'Limit':2}");
  g_autoptr (HrPatternRun) result = NULL;

  expect (&step->expect)->has_count = TRUE;
  step->expect->count = 3;
  step->expect->has_read_units = TRUE;
  step->expect->read_units = 1;
  expect_key (step->expect, STAGE_ITEM ("a", "0"));
  expect_key (step->expect, STAGE_ITEM ("a", "2"));
  expect (&stage->pattern->expect);
  expect_key (stage->pattern->expect, STAGE_ITEM ("a", "0"));
  result = run (stage);
  assert_mismatch (result, 0, "step all: count: expected 3, got 2");
  assert_mismatch (result, 1, "step all: keys: expected key 2 to be {'pk':{'S':'a'},'sk':{'S':'2'}}, got "
                              "{'pk':{'S':'a'},'sk':{'S':'1'}}");
  assert_mismatch (result, 2, "step all: read_units: expected 1, got 0.5");
  assert_mismatch (result, 3, "in total: keys: expected 1, got one more: {'pk':{'S':'a'},'sk':{'S':'1'}}");
  g_assert_cmpuint (result->mismatches->len, ==, 4);
}

static void
test_keys_dropped (Stage *stage, gconstpointer data)
{
  HrStep *step = stage_add_step (stage, "all", "Query", STAGE_QUERY ",'ProjectionExpression':'#r',"
                                                          "'ExpressionAttributeNames':{'#r':'rank'}}");
  g_autoptr (HrPatternRun) result = NULL;

  expect_key (expect (&step->expect), STAGE_ITEM ("a", "0"));
  result = run (stage);
  g_assert_true (get_step (result, 0)->keys_incomplete);
  assert_mismatch (result, 0, "step all: keys: cannot be compared, because items came back without their keys. "
                              "Let the request project them.");
}

static void
test_pages (Stage *stage, gconstpointer data)
{
  HrStep *step = stage_add_step (stage, "all", "Query", STAGE_QUERY ",'Limit':2}");
  g_autoptr (HrPatternRun) two = NULL;
  g_autoptr (HrPatternRun) all = NULL;

  step->pages = 2;
  two = run (stage);
  g_assert_cmpuint (two->count, ==, 4);
  g_assert_cmpuint (get_step (two, 0)->n_requests, ==, 2);
  g_assert_nonnull (strstr (get_request (two, 0, 1), "'ExclusiveStartKey':{"));

  step->pages = HR_PAGES_ALL;
  all = run (stage);
  g_assert_cmpuint (all->count, ==, 5);
  g_assert_cmpuint (all->keys->len, ==, 5);
  g_assert_cmpuint (get_step (all, 0)->n_requests, ==, 3);
  g_assert_cmpfloat (all->read_units, ==, 1.5);
}

static void
test_parameters (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { 0 };
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (HrPatternRun) example = NULL;
  g_autoptr (HrPatternRun) given = NULL;

  stage_add_parameter (stage, "who", HR_TYPE_S, "a");
  stage_add_parameter (stage, "limit", HR_TYPE_N, "3");
  stage_add_parameter (stage, "rank", HR_TYPE_N, "9");
  stage_add_parameter (stage, "forward", HR_TYPE_BOOL, "false");
  stage_add_step (stage, "all", "Query",
            "{'TableName':'notes','IndexName':'by-rank','KeyConditionExpression':'pk = :pk AND #r <= :r',"
            "'ExpressionAttributeNames':{'#r':'rank'},"
            "'ExpressionAttributeValues':{':pk':{'S':'{who}'},':r':{'N':'{rank}'}},"
            "'ScanIndexForward':'{forward}','Limit':'{limit}'}");
  example = run (stage);
  stage_assert_passed (example);
  g_assert_cmpuint (example->count, ==, 3);
  g_assert_nonnull (strstr (get_request (example, 0, 0), "':r':{'N':'9'}"));
  g_assert_nonnull (strstr (get_request (example, 0, 0), "'ScanIndexForward':false,'Limit':3"));

  g_hash_table_insert (values, (gpointer) "rank", (gpointer) "7");
  g_hash_table_insert (values, (gpointer) "limit", (gpointer) "1e1");
  options.values = values;
  given = stage_run (stage, &options);
  stage_assert_passed (given);
  g_assert_cmpuint (given->count, ==, 2);
}

static void
test_text_and_braces (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;

  stage_add_parameter (stage, "id", HR_TYPE_N, "7");
  stage_add_step (stage, "counter", "GetItem", "{'TableName':'counters','Key':{'id':{'N':'{id}'}}}");
  stage_add_step (stage, "write", "PutItem",
            "{'TableName':'notes','Item':{'pk':{'S':'C#{id}'},'sk':{'S':'{{{counter.Item.v}-{counter.Item.v.N}}}'},"
            "'v':'{counter.Item.v}','t':{'S':'{counter.Item.id.N}'}}}");
  result = run (stage);
  stage_assert_passed (result);
  g_assert_nonnull (strstr (get_request (result, 1, 0),
                            "'Item':{'pk':{'S':'C#7'},'sk':{'S':'{70-70}'},'v':{'N':'70'},'t':{'S':'7'}}"));
  g_assert_cmpfloat (result->write_units, ==, 1);
  g_assert_cmpfloat (result->read_units, ==, 0.5);
}

static void
test_for_each (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .want_trace = TRUE };
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (HrPatternRun) traced = NULL;

  stage_add_move (stage);
  expect (&stage->pattern->expect)->has_write_units = TRUE;
  stage->pattern->expect->write_units = 5 * 3 + 5 * 2; /* two indexes, then one */
  stage->pattern->expect->has_count = TRUE;
  stage->pattern->expect->count = 5;
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 1)->n_requests, ==, 5);
  g_assert_cmpuint (get_step (result, 2)->n_requests, ==, 5);
  g_assert_nonnull (strstr (get_request (result, 2, 3), "'sk':{'S':'3'},'rank':{'N':'7'},'from':{'S':'a/5'}"));

  traced = stage_run (stage, &options);
  g_assert_nonnull (traced->trace);
  g_assert_cmpuint (hr_trace_get_count (traced->trace), >, 25);
  g_assert_cmpuint (hr_trace_get (traced->trace, hr_trace_get_count (traced->trace) - 1)->request, ==, 12);
}

/* A step that ran for nobody gives the next one nothing to run for. */
static void
test_for_each_of_nothing (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;
  HrStep *step;

  stage_add_step (stage, "none", "Query", "{'TableName':'notes','KeyConditionExpression':'pk = :pk',"
                                    "'ExpressionAttributeValues':{':pk':{'S':'nobody'}}}");
  step = stage_add_step (stage, "some", "GetItem", "{'TableName':'notes','Key':{'pk':'{item.pk}','sk':'{item.sk}'}}");
  step->for_each = g_strdup ("none.Items");
  step = stage_add_step (stage, "more", "GetItem", "{'TableName':'notes','Key':{'pk':'{item.pk}','sk':'{item.sk}'}}");
  step->for_each = g_strdup ("some.Items");
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 2)->n_requests, ==, 0);
}

static void
test_batches (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;

  stage_add_step (stage, "get", "BatchGetItem",
            "{'RequestItems':{'notes':{'Keys':[{'pk':{'S':'a'},'sk':{'S':'0'}},{'pk':{'S':'a'},'sk':{'S':'9'}}]},"
            "'counters':{'Keys':[{'id':{'N':'7'}}]}}}");
  stage_add_step (stage, "write", "BatchWriteItem",
            "{'RequestItems':{'counters':[{'PutRequest':{'Item':{'id':{'N':'8'}}}},"
            "{'DeleteRequest':{'Key':{'id':{'N':'7'}}}}]}}");
  stage_add_step (stage, "read", "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'counters','Key':{'id':{'N':'8'}}}},"
            "{'Get':{'TableName':'counters','Key':{'id':{'N':'7'}}}}]}");
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 0)->count, ==, 2);
  g_assert_cmpuint (get_step (result, 0)->keys->len, ==, 2);
  g_assert_cmpfloat (get_step (result, 0)->read_units, ==, 1.5);
  g_assert_cmpfloat (get_step (result, 1)->write_units, ==, 2);
  g_assert_cmpuint (get_step (result, 2)->count, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (get_step (result, 2)->keys, 0), ==, "{\"id\":{\"N\":\"8\"}}");
  g_assert_cmpfloat (get_step (result, 2)->read_units, ==, 4);
}

/* Statements read, page, and write like other operations; their tables are in their text. */
static void
test_statements (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .want_trace = TRUE };
  HrStep *step = stage_add_step (stage, "all", "ExecuteStatement",
                                 "{'Statement':'SELECT * FROM notes.\\'by-rank\\' WHERE pk = ? AND \\'rank\\' > ?',"
                                 "'Parameters':[{'S':'{who}'},{'N':'{least}'}],'Limit':2}");
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (HrPatternRun) traced = NULL;

  step->pages = HR_PAGES_ALL;
  stage_add_parameter (stage, "who", HR_TYPE_S, "a");
  stage_add_parameter (stage, "least", HR_TYPE_N, "6");
  step = stage_add_step (stage, "mark", "ExecuteStatement",
                         "{'Statement':'UPDATE notes SET v = {{\\u0027of\\u0027: 1}} SET w = ? WHERE pk = ? AND sk = ?"
                         " RETURNING ALL NEW *',"
                         "'Parameters':['{item.rank}','{item.pk}','{item.sk}']}");
  step->for_each = g_strdup ("all.Items");
  stage_add_step (stage, "get", "BatchExecuteStatement",
                  "{'Statements':[{'Statement':'SELECT * FROM notes WHERE pk = ? AND sk = ?',"
                  "'Parameters':[{'S':'a'},{'S':'1'}]}]}");
  stage_add_step (stage, "read", "ExecuteTransaction",
                  "{'TransactStatements':[{'Statement':'SELECT * FROM counters WHERE id = 7'}]}");
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 0)->n_requests, ==, 3);
  g_assert_cmpuint (get_step (result, 0)->count, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (get_step (result, 0)->keys, 0), ==,
                   "{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"3\"}}");
  g_assert_false (get_step (result, 0)->keys_incomplete);
  g_assert_cmpfloat (get_step (result, 0)->read_units, ==, 1.5);
  g_assert_cmpuint (get_step (result, 1)->count, ==, 0);
  g_assert_cmpfloat (get_step (result, 1)->write_units, ==, 4 * 3);
  g_assert_cmpuint (get_step (result, 2)->keys->len, ==, 1);
  g_assert_cmpuint (get_step (result, 3)->keys->len, ==, 1);
  g_assert_cmpfloat (get_step (result, 3)->read_units, ==, 2);

  traced = stage_run (stage, &options);
  g_assert_cmpint (hr_trace_get (traced->trace, 0)->kind, ==, HR_TRACE_READ);
  g_assert_cmpstr (hr_trace_get (traced->trace, 0)->index, ==, "by-rank");
}

#define PUT_ONCE "{'TableName':'notes','Item':{'pk':{'S':'a'},'sk':{'S':'0'}}," \
                 "'ConditionExpression':'attribute_not_exists(pk)'}"

static void
test_expected_error (Stage *stage, gconstpointer data)
{
  HrStep *step = stage_add_step (stage, "once", "PutItem", PUT_ONCE);
  g_autoptr (HrPatternRun) expected = NULL;
  g_autoptr (HrPatternRun) other = NULL;
  g_autoptr (HrPatternRun) none = NULL;

  stage_add_step (stage, "then", "GetItem", "{'TableName':'notes','Key':" STAGE_ITEM ("a", "0") "}");
  expect (&step->expect)->error = g_strdup ("ConditionalCheckFailedException");
  expected = run (stage);
  stage_assert_passed (expected);
  g_assert_cmpuint (expected->steps->len, ==, 2);
  g_assert_cmpstr (get_step (expected, 0)->error_name, ==, "ConditionalCheckFailedException");
  g_assert_cmpstr (get_step (expected, 0)->error_message, ==, "The conditional request failed");

  g_free (step->expect->error);
  step->expect->error = g_strdup ("ValidationException");
  other = run (stage);
  assert_mismatch (other, 0, "step once: error: expected ValidationException, got ConditionalCheckFailedException");

  g_free (step->request);
  step->request = fixture_quote ("{'TableName':'notes','Item':" STAGE_ITEM ("new", "0") "}");
  none = run (stage);
  assert_mismatch (none, 0, "step once: error: expected ValidationException, got none");
}

static void
test_expected_error_of_pattern (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;

  stage_add_step (stage, "once", "PutItem", PUT_ONCE);
  stage_add_step (stage, "never", "GetItem", "{'TableName':'notes','Key':" STAGE_ITEM ("a", "0") "}");
  expect (&stage->pattern->expect)->error = g_strdup ("ConditionalCheckFailedException");
  result = run (stage);
  stage_assert_passed (result);
  g_assert_cmpuint (result->steps->len, ==, 1);
}

static void
test_errors (Stage *stage, gconstpointer data)
{
  static const struct
  {
    const char *request;
    const char *for_each;
    const char *words;
  } cases[] = {
    { "{'TableName':'nowhere','Key':{'id':{'N':'1'}}}", NULL, "ResourceNotFoundException" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{nobody}'}}}", NULL, "{nobody} names neither a parameter nor" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{first.Item.nope}'}}}", NULL, "{first.Item.nope} leads to nothing" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{first.Item[3]}'}}}", NULL, "{first.Item[3]} leads to nothing" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{item.pk}'}}}", NULL, "{item.pk} needs a step that runs for each" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{empty}'}}}", NULL, "{empty} has no value" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{empty.S}'}}}", NULL, "a part of a parameter" },
    { "{'TableName':'notes','Limit':'{word}'}", NULL, "“word” of the parameter {word} is no number" },
    { "{'TableName':'notes','Key':{'pk':{'S':'x{first.Item}'}}}", NULL, "cannot stand within other text" },
    { "{'TableName':'notes','Key':{'pk':{'S':'{open'}}}", NULL, "cannot be read" },
    { "{'TableName':'notes','Key':{}}", "first.Item", "which is no list" },
    { "{'TableName':'notes','Key':{}}", "first.Items", "{first.Items} leads to nothing" },
    { "{'TableName':'notes','Key':{}}", "[0]", "no reference" },
    { "{'TableName':", NULL, "no JSON" },
    { "[1]", NULL, "no JSON object" },
  };
  HrStep *step;

  stage_add_parameter (stage, "empty", HR_TYPE_S, NULL);
  stage_add_parameter (stage, "word", HR_TYPE_N, "word");
  stage_add_step (stage, "first", "GetItem", "{'TableName':'notes','Key':" STAGE_ITEM ("b", "0") "}");
  step = stage_add_step (stage, "second", "GetItem", "{}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (step->request);
      g_free (step->for_each);
      step->request = fixture_quote (cases[i].request);
      step->for_each = g_strdup (cases[i].for_each);
      assert_error (stage, cases[i].words);
    }
}

static void
test_cancel (Stage *stage, gconstpointer data)
{
  HrCancel cancel = { 0 };
  HrRunOptions options = { .cancel = &cancel, .keep = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (stage->document);
  g_autofree char *after = NULL;

  stage_add_move (stage);
  hr_cancel_raise (&cancel);
  g_assert_null (hr_pattern_run (stage->pattern, hr_document_get_model (stage->document), stage->backend, &options,
                                 &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CANCELLED);
  after = fixture_dump (stage->document);
  g_assert_cmpstr (after, ==, before);
}

/* A backend that cancels at the n-th call, in front of the local one. */
typedef struct
{
  HrBackend parent;
  HrBackend *inner;
  HrCancel *cancel;
  guint calls_left;
  gboolean is_late; /* answers from the main context, as a remote one does */
} OddBackend;

typedef struct
{
  OddBackend *backend;
  HrBackendRequest request;
  char *operation;
  char *body;
  HrBackendDone done;
  gpointer user_data;
} LateCall;

static gboolean
late_call_cb (gpointer user_data)
{
  LateCall *late = user_data;

  late->request.operation = late->operation;
  late->request.body = late->body;
  hr_backend_call (late->backend->inner, &late->request, late->done, late->user_data);
  g_free (late->operation);
  g_free (late->body);
  g_free (late);
  return G_SOURCE_REMOVE;
}

static void
odd_call (HrBackend *backend, const HrBackendRequest *request, HrBackendDone done, gpointer user_data)
{
  OddBackend *self = (OddBackend *) backend;
  LateCall *late;

  if (self->cancel != NULL && --self->calls_left == 0)
    hr_cancel_raise (self->cancel);
  if (!self->is_late)
    {
      hr_backend_call (self->inner, request, done, user_data);
      return;
    }
  late = g_new0 (LateCall, 1);
  *late = (LateCall) { self, *request, g_strdup (request->operation),
                       g_strndup (request->body, request->body_length), done, user_data };
  g_idle_add (late_call_cb, late);
}

static gboolean
odd_begin (HrBackend *backend, GError **error)
{
  return hr_backend_begin (((OddBackend *) backend)->inner, error);
}

static gboolean
odd_rollback (HrBackend *backend, GError **error)
{
  return hr_backend_rollback (((OddBackend *) backend)->inner, error);
}

static gboolean
odd_commit (HrBackend *backend, GError **error)
{
  return hr_backend_commit (((OddBackend *) backend)->inner, error);
}

static const HrBackendClass savepoint_class = {
  .flags = HR_BACKEND_SAVEPOINTS, .call = odd_call, .begin = odd_begin, .rollback = odd_rollback,
  .commit = odd_commit,
};

static const HrBackendClass remote_class = { .flags = 0, .call = odd_call };

static void
test_cancel_within (Stage *stage, gconstpointer data)
{
  HrCancel cancel = { 0 };
  HrRunOptions options = { .cancel = &cancel, .keep = TRUE };
  OddBackend backend = { { &savepoint_class }, stage->backend, &cancel, 9, FALSE };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (stage->document);
  g_autofree char *after = NULL;

  stage_add_move (stage);
  g_assert_null (hr_pattern_run (stage->pattern, hr_document_get_model (stage->document), &backend.parent, &options,
                                 &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CANCELLED);
  g_assert_cmpuint (backend.calls_left, ==, 0);
  after = fixture_dump (stage->document);
  g_assert_cmpstr (after, ==, before);
}

static void
test_remote (Stage *stage, gconstpointer data)
{
  OddBackend backend = { { &remote_class }, stage->backend, NULL, 0, TRUE };
  HrModel *model = hr_document_get_model (stage->document);
  HrRunOptions options = { .want_trace = TRUE };
  g_autoptr (HrPatternRun) read = NULL;
  g_autoptr (HrPatternRun) kept = NULL;
  g_autoptr (GError) error = NULL;

  stage_add_step (stage, "all", "Query", STAGE_QUERY "}");
  stage_add_step (stage, "one", "ExecuteStatement", "{'Statement':'select * FROM counters WHERE id = 7'}");
  read = hr_pattern_run (stage->pattern, model, &backend.parent, &options, &error);
  g_assert_no_error (error);
  stage_assert_passed (read);
  g_assert_cmpuint (read->count, ==, 6);
  g_assert_null (read->trace);

  g_ptr_array_set_size (stage->pattern->steps, 0);
  stage_add_move (stage);
  g_assert_null (hr_pattern_run (stage->pattern, model, &backend.parent, &options, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  options.keep = TRUE;
  kept = hr_pattern_run (stage->pattern, model, &backend.parent, &options, &error);
  g_assert_no_error (error);
  stage_assert_passed (kept);
}

static void
test_many_rows (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;
  HrStep *step;

  fixture_begin (stage->document, "Many");
  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *item = g_strdup_printf ("{'pk':{'S':'many'},'sk':{'S':'%04u'}}", i);

      fixture_add (stage->document, "notes", item);
    }
  fixture_commit (stage->document);
  step = stage_add_step (stage, "many", "Query", "{'TableName':'notes','KeyConditionExpression':'pk = :pk',"
                                           "'ExpressionAttributeValues':{':pk':{'S':'many'}},'Limit':100}");
  step->pages = HR_PAGES_ALL;
  step = stage_add_step (stage, "each", "GetItem", "{'TableName':'notes','Key':{'pk':'{item.pk}','sk':'{item.sk}'}}");
  step->for_each = g_strdup ("many.Items");
  result = stage_run (stage, NULL);
  stage_assert_passed (result);
  g_assert_cmpuint (get_step (result, 1)->n_requests, ==, 1500);
  g_assert_cmpuint (get_step (result, 1)->count, ==, 1500);
  g_assert_cmpuint (get_step (result, 1)->requests->len, ==, HR_RUN_EXCHANGES_KEPT);
  g_assert_cmpuint (get_step (result, 1)->responses->len, ==, HR_RUN_EXCHANGES_KEPT);
}

#define ADD(path, func) g_test_add (path, Stage, NULL, stage_set_up, func, stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/document/runner/query", test_query);
  ADD ("/document/runner/mismatches", test_mismatches);
  ADD ("/document/runner/keys-dropped", test_keys_dropped);
  ADD ("/document/runner/pages", test_pages);
  ADD ("/document/runner/parameters", test_parameters);
  ADD ("/document/runner/text-and-braces", test_text_and_braces);
  ADD ("/document/runner/for-each", test_for_each);
  ADD ("/document/runner/for-each-of-nothing", test_for_each_of_nothing);
  ADD ("/document/runner/batches", test_batches);
  ADD ("/document/runner/statements", test_statements);
  ADD ("/document/runner/expected-error", test_expected_error);
  ADD ("/document/runner/expected-error-of-pattern", test_expected_error_of_pattern);
  ADD ("/document/runner/errors", test_errors);
  ADD ("/document/runner/cancel", test_cancel);
  ADD ("/document/runner/cancel-within", test_cancel_within);
  ADD ("/document/runner/remote", test_remote);
  ADD ("/document/runner/many-rows", test_many_rows);
  return g_test_run ();
}
