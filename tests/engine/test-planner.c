/*
 * Which queries and scans are none, in the service's words.
 */
#include "tests/engine/fixture.h"

#define INVALID "One or more parameter values were invalid: "

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");
  HrIndex *index;

  index = fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_INCLUDE);
  g_ptr_array_add (index->included, g_strdup ("i"));
  fixture_add_index (table, "all", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "m", HR_INDEX_GLOBAL, "h:S,k:S", "a:S,b:S,c:S", HR_PROJECT_ALL);
  fixture_create (f, table);
  fixture_create (f, fixture_table ("hash", "pk:S", NULL));
  return f;
}

static const char values[] =
    "{':s':{'S':'s'},':t':{'S':'t'},':n':{'N':'1'},':e':{'S':''},':o':{'BOOL':true}}";

/* Without the values that the condition does not name, which would be an error of another kind. */
static void
assert_condition (Fixture *f, const char *table, const char *index, const char *condition,
                  const char *message)
{
  HrPageRequest request = { .table = table, .index = index,
                            .key_condition = fixture_key_condition (f, condition, values) };

  g_test_message ("%s", condition);
  fixture_read (f, &request);
  g_assert_cmpstr (f->error.message, ==, message);
  g_assert_cmpint (f->error.kind, ==, message == NULL ? HR_SERVICE_OK : HR_SERVICE_VALIDATION);
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *table;
    const char *index;
    const char *condition;
    const char *message;
  } cases[] = {
    { "t", NULL, "pk = :s", NULL },
    { "t", NULL, "sk > :n AND pk = :s", NULL },
    { "t", NULL, "sk = :n", "Query condition missed key schema element: pk" },
    { "t", NULL, "pk = :s AND y = :s", "Query condition missed key schema element: sk" },
    { "t", NULL, "pk > :s", "Query key condition not supported" },
    { "t", NULL, "begins_with(pk, :s)", "Query key condition not supported" },
    { "t", NULL, "pk = :n", INVALID "Condition parameter type does not match schema type" },
    { "t", NULL, "pk = :s AND sk = :s", INVALID "Condition parameter type does not match schema type" },
    { "t", NULL, "pk = :s AND sk BETWEEN :n AND :n", NULL },
    { "t", NULL, "pk = :s AND begins_with(sk, :s)",
      INVALID "Condition parameter type does not match schema type" },
    { "t", NULL, "pk = :s AND sk = :o", INVALID "Condition parameter type does not match schema type" },
    { "t", NULL, "pk = :s AND sk > :n AND extra = :s",
      "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)" },
    { "hash", NULL, "pk = :s AND v = :s",
      "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)" },
    { "t", NULL, "pk = :e",
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
      " contain an empty string value. Key: pk" },
    { "t", "g", "x = :s AND begins_with(y, :s)", NULL },
    { "t", "g", "pk = :s", "Query condition missed key schema element: x" },
    { "t", "l", "pk = :s AND y > :s", NULL },
    { "t", "none", "pk = :s", "The table does not have the specified index: none" },
    { "t", "m", "h = :s", "Query condition missed key schema element: k" },
    { "t", "m", "h = :s AND k > :s", "Query key condition not supported" },
    { "t", "m", "k = :s AND h = :s", NULL },
    { "t", "m", "b < :s AND a = :s AND k = :s AND h = :s", NULL },
    { "t", "m", "h = :s AND k = :s AND b = :s",
      "RANGE key attributes a must have equality conditions specified in the query because"
      " a condition is present on key attribute b" },
    { "t", "m", "h = :s AND k = :s AND a = :s AND b > :s AND c = :s",
      "RANGE key attributes b must have equality conditions specified in the query because"
      " a condition is present on key attribute c" },
    { "t", "m", "h = :s AND k = :s AND a = :s AND c = :s",
      "RANGE key attributes b must have equality conditions specified in the query because"
      " a condition is present on key attribute c" },
  };
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_condition (f, cases[i].table, cases[i].index, cases[i].condition, cases[i].message);
}

static void
test_no_table (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = { .table = "none" };

  g_assert_false (fixture_read (f, &request));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
}

static void
test_consistent (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = { .table = "t", .index = "g", .consistent = TRUE };

  g_assert_false (fixture_read (f, &request));
  assert_error (f, HR_SERVICE_VALIDATION, "Consistent reads are not supported on global secondary indexes");
  request.index = "l";
  g_assert_true (fixture_read (f, &request));
  request.index = NULL;
  g_assert_true (fixture_read (f, &request));
}

static void
test_filter (void)
{
#define KEY_FILTER(name) \
  "Filter Expression can only contain non-primary key attributes: Primary key attribute: " name
  static const struct
  {
    const char *index;
    const char *filter;
    const char *query_message;
    const char *scan_message;
  } cases[] = {
    { NULL, "v = :s", NULL, NULL },
    { NULL, "v = :s AND sk > :n", KEY_FILTER ("sk"), NULL },
    { NULL, "attribute_exists(pk)", KEY_FILTER ("pk"), NULL },
    { NULL, "x = :s", NULL, NULL },
    { "g", "x = :s", KEY_FILTER ("x"), NULL },
    { "g", "begins_with(y, :s)", KEY_FILTER ("y"), NULL },
    { "g", "attribute_exists(pk)", NULL, NULL },
    { NULL, "pk.v = :s", KEY_FILTER ("pk"),
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk" },
    { NULL, "x[0] = :s",
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:"
      " IndexKey: x",
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:"
      " IndexKey: x" },
  };
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrPageRequest request = {
        .table = "t",
        .index = cases[i].index,
        .filter = fixture_condition (f, HR_EXPRESSION_FILTER, cases[i].filter, values),
      };

      fixture_read (f, &request);
      g_assert_cmpstr (f->error.message, ==, cases[i].scan_message);
      request.key_condition =
          fixture_key_condition (f, cases[i].index != NULL ? "x = :s" : "pk = :s", values);
      fixture_read (f, &request);
      g_assert_cmpstr (f->error.message, ==, cases[i].query_message);
    }
}

static void
test_select (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = {
    .table = "t", .index = "g", .has_select = TRUE, .select = HR_SELECT_ALL_ATTRIBUTES
  };

  g_assert_false (fixture_read (f, &request));
  assert_error (f, HR_SERVICE_VALIDATION,
                INVALID "Select type ALL_ATTRIBUTES is not supported for global secondary"
                        " index g because its projection type is not ALL");
  request.index = "all";
  g_assert_true (fixture_read (f, &request));
  request.index = "l";
  g_assert_true (fixture_read (f, &request));

  request.has_select = FALSE;
  request.index = "g";
  request.projection = fixture_projection (f, "i, pk, zzz, x, yyy.deep");
  g_assert_false (fixture_read (f, &request));
  assert_error (f, HR_SERVICE_VALIDATION, INVALID "Global secondary index g does not project [zzz, yyy]");
  request.projection = fixture_projection (f, "i, pk, sk, x, y");
  g_assert_true (fixture_read (f, &request));
}

static void
test_start_key (void)
{
#define STARTING "The provided starting key is invalid"
#define SCHEMA ": The provided key element does not match the schema"
  static const struct
  {
    const char *index;
    const char *condition; /* NULL: scan */
    const char *key;
    const char *message;
  } cases[] = {
    { NULL, NULL, "{'pk':{'S':'zzz'},'sk':{'N':'1'}}", NULL },
    { NULL, NULL, "{'pk':{'S':'s'}}", STARTING SCHEMA },
    { NULL, NULL, "{'pk':{'S':'s'},'sk':{'S':'1'}}", STARTING SCHEMA },
    { NULL, NULL, "{'pk':{'S':'s'},'sk':{'N':'1'},'v':{'N':'1'}}", STARTING SCHEMA },
    { NULL, NULL, "{'pk':{'S':''},'sk':{'N':'1'}}", STARTING SCHEMA },
    { "g", NULL, "{'pk':{'S':'s'},'sk':{'N':'1'}}", STARTING },
    { "g", NULL, "{'pk':{'S':'s'},'sk':{'N':'1'},'x':{'S':'1'},'y':{'S':'1'}}", NULL },
    { NULL, "pk = :s", "{'pk':{'S':'s'},'sk':{'N':'1'}}", NULL },
    { NULL, "pk = :s", "{'pk':{'S':'s'}}", STARTING },
    { NULL, "pk = :s", "{'pk':{'S':'t'},'sk':{'N':'1'}}",
      "The provided starting key is outside query boundaries based on provided conditions" },
    { NULL, "pk = :s AND sk > :n", "{'pk':{'S':'s'},'sk':{'N':'1'}}",
      "The provided starting key does not match the range key predicate" },
    { NULL, "pk = :s AND sk > :n", "{'pk':{'S':'s'},'sk':{'N':'1.5'}}", NULL },
    { NULL, "pk = :s AND sk < :n", "{'pk':{'S':'s'},'sk':{'N':'1.5'}}",
      "The provided starting key does not match the range key predicate" },
    { NULL, "pk = :s AND sk > :n", "{'pk':{'S':'t'},'sk':{'N':'1'}}",
      "The provided starting key does not match the range key predicate" },
    { NULL, "pk = :s AND sk > :n", "{'pk':{'S':'t'},'sk':{'N':'2'}}",
      "The query can return at most one row and cannot be restarted" },
    { "g", "x = :s", "{'pk':{'S':'q'},'sk':{'N':'1'},'x':{'S':'s'},'y':{'S':'1'}}", NULL },
    { "g", "x = :s", "{'pk':{'S':'q'},'sk':{'N':'1'},'x':{'S':'t'},'y':{'S':'1'}}",
      "The provided starting key is outside query boundaries based on provided conditions" },
    { "g", "x = :s AND begins_with(y, :t)", "{'pk':{'S':'q'},'sk':{'N':'1'},'x':{'S':'s'},'y':{'S':'1'}}",
      "The provided starting key does not match the range key predicate" },
  };
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      guint n = i / 2;
      HrValue key = fixture_item_quoted (f, cases[n].key);
      HrPageRequest request = { .table = "t", .index = cases[n].index, .start_key = &key, .backward = i % 2 };

      if (cases[n].condition != NULL)
        request.key_condition = fixture_key_condition (f, cases[n].condition, values);
      fixture_read (f, &request);
      g_assert_cmpstr (f->error.message, ==, cases[n].message);
    }
}

static void
test_segment (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrValue key = fixture_item_quoted (f, "{'pk':{'S':'s'},'sk':{'N':'1'}}");
  guint accepted = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *message =
          g_strdup_printf ("The provided starting key is invalid: Invalid ExclusiveStartKey."
                           " Please use ExclusiveStartKey with correct Segment."
                           " TotalSegments: 5 Segment: %u",
                           i);
      HrPageRequest request = { .table = "t", .start_key = &key, .segment = i, .total_segments = 5 };

      if (fixture_read (f, &request))
        accepted++;
      else
        assert_error (f, HR_SERVICE_VALIDATION, message);
    }
  g_assert_cmpuint (accepted, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/planner/conditions", test_conditions);
  g_test_add_func ("/engine/planner/no-table", test_no_table);
  g_test_add_func ("/engine/planner/consistent", test_consistent);
  g_test_add_func ("/engine/planner/filter", test_filter);
  g_test_add_func ("/engine/planner/select", test_select);
  g_test_add_func ("/engine/planner/start-key", test_start_key);
  g_test_add_func ("/engine/planner/segment", test_segment);
  return g_test_run ();
}
