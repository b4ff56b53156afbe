/*
 * Put, update and delete: what is stored, what is answered, what it costs.
 */
#include "tests/engine/fixture.h"

#define KEY "{'pk':{'S':'a'}}"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  return f;
}

static void
assert_stored (Fixture *f, const char *key, const char *expected)
{
  HrGetResult result;

  g_assert_true (fixture_get (f, "t", key, &result));
  g_assert_cmpint (result.found, ==, expected != NULL);
  if (expected != NULL)
    assert_item (&result.item, expected);
}

static void
test_put (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  assert_stored (f, KEY, NULL);
  g_assert_true (fixture_put (f, "t", "{'v':{'N':'1e2'},'pk':{'S':'a'}}"));
  g_assert_true (f->result.changed);
  g_assert_false (f->result.has_attributes);
  assert_stored (f, KEY, "{'pk':{'S':'a'},'v':{'N':'100'}}");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'},'v':{'N':'100.0'}}"));
  g_assert_false (f->result.changed);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'},'w':{'SS':['b','a']}}"));
  assert_stored (f, KEY, "{'pk':{'S':'a'},'w':{'SS':['a','b']}}");
}

static void
test_numeric_key (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:N", NULL));
  g_assert_true (fixture_put (f, "t", "{'pk':{'N':'1000'}}"));
  g_assert_true (fixture_put (f, "t", "{'pk':{'N':'1e3'},'v':{'S':''}}"));
  assert_stored (f, "{'pk':{'N':'1000.0'}}", "{'pk':{'N':'1000'},'v':{'S':''}}");
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, 1);
}

static void
test_nul (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a\\u0000b'},'v':{'S':'\\u0000'}}"));
  assert_stored (f, "{'pk':{'S':'a\\u0000b'}}", "{'pk':{'S':'a\\u0000b'},'v':{'S':'\\u0000'}}");
  assert_stored (f, KEY, NULL);
}

static void
test_delete (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  g_assert_true (fixture_delete (f, "t", KEY));
  g_assert_false (f->result.changed);
  fixture_put (f, "t", KEY);
  g_assert_true (fixture_delete (f, "t", KEY));
  g_assert_true (f->result.changed);
  assert_stored (f, KEY, NULL);
}

static void
test_update (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  g_assert_true (
      fixture_update_item (f, "t", KEY, "SET a = :a, b = if_not_exists(b, :a)", "{':a':{'N':'1'}}"));
  g_assert_true (f->result.changed);
  assert_stored (f, KEY, "{'a':{'N':'1'},'b':{'N':'1'},'pk':{'S':'a'}}");
  g_assert_true (fixture_update_item (f, "t", KEY, "SET a = b + :a REMOVE b", "{':a':{'N':'0.5'}}"));
  assert_stored (f, KEY, "{'a':{'N':'1.5'},'pk':{'S':'a'}}");
  g_assert_true (fixture_update_item (f, "t", KEY, "REMOVE b", NULL));
  g_assert_false (f->result.changed);
  g_assert_false (fixture_update_item (f, "t", KEY, "SET x.y = :a", "{':a':{'N':'0.5'}}"));
  assert_error (f, HR_SERVICE_VALIDATION,
                "The document path provided in the update expression is invalid for update");
}

static void
test_upsert (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  g_assert_true (fixture_update_item (f, "t", KEY, "REMOVE b", NULL));
  g_assert_false (f->result.changed);
  assert_capacity (f, "t 1w");
  assert_stored (f, KEY, NULL);
  g_assert_true (fixture_update_item (f, "t", KEY, "DELETE b :b", "{':b':{'SS':['x']}}"));
  assert_stored (f, KEY, NULL);
  g_assert_true (fixture_update_item (f, "t", KEY, NULL, NULL));
  g_assert_true (f->result.changed);
  assert_stored (f, KEY, "{'pk':{'S':'a'}}");
  g_assert_true (fixture_update_item (f, "t", KEY, NULL, NULL));
  g_assert_false (f->result.changed);
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'b'}}", "ADD n :n", "{':n':{'N':'2'}}"));
  assert_stored (f, "{'pk':{'S':'b'}}", "{'n':{'N':'2'},'pk':{'S':'b'}}");
}

static void
test_condition (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite write = { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, KEY) };

  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_exists(pk)", NULL);
  g_assert_false (fixture_write (f, &write));
  assert_error (f, HR_SERVICE_CONDITIONAL_CHECK_FAILED, "The conditional request failed");
  assert_capacity (f, "t 1w");
  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_not_exists(pk)", NULL);
  g_assert_true (fixture_write (f, &write));
  write.return_failed_item = TRUE;
  g_assert_false (fixture_write (f, &write));
  assert_item (f->error.item, "{'pk':{'S':'a'}}");

  /* The condition sees the item before the update. */
  write.kind = HR_WRITE_UPDATE;
  write.update = fixture_update (f, "SET v = :v", "{':v':{'N':'1'}}");
  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_not_exists(v)", NULL);
  g_assert_true (fixture_write (f, &write));
  g_assert_false (fixture_write (f, &write));
  assert_item (f->error.item, "{'pk':{'S':'a'},'v':{'N':'1'}}");

  write.kind = HR_WRITE_DELETE;
  write.update = NULL;
  write.return_failed_item = FALSE;
  g_assert_false (fixture_write (f, &write));
  g_assert_null (f->error.item);
  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "v = :v", "{':v':{'N':'1.0'}}");
  g_assert_true (fixture_write (f, &write));
  assert_stored (f, KEY, NULL);
}

/* The condition comes before what the update would do wrong. */
static void
test_order (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite write = { .kind = HR_WRITE_UPDATE, .table = "t", .item = fixture_item_quoted (f, KEY) };

  write.update = fixture_update (f, "SET x.y = :v", "{':v':{'N':'1'}}");
  write.condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_exists(pk)", NULL);
  g_assert_false (fixture_write (f, &write));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_CONDITIONAL_CHECK_FAILED);
  write.table = "none";
  g_assert_false (fixture_write (f, &write));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
}

static void
assert_returns (Fixture *f, const char *update, HrReturnValues wanted, const char *expected)
{
  HrWrite write = {
    .kind = HR_WRITE_UPDATE,
    .table = "t",
    .item = fixture_item_quoted (f, KEY),
    .update = fixture_update (f, update, NULL),
    .return_values = wanted,
  };

  fixture_delete (f, "t", KEY);
  fixture_put (f, "t",
               "{'pk':{'S':'a'},'n':{'N':'1'},'m':{'M':{'x':{'S':'x'},'y':{'S':'y'}}},"
               "'l':{'L':[{'S':'0'},{'S':'1'}]}}");
  g_assert_true (fixture_write (f, &write));
  g_assert_cmpint (f->result.has_attributes, ==, expected != NULL);
  if (expected != NULL)
    assert_item (&f->result.attributes, expected);
}

static void
test_return_values (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite write = { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, KEY),
                    .return_values = HR_RETURN_ALL_OLD };

  g_assert_true (fixture_write (f, &write));
  g_assert_false (f->result.has_attributes);
  g_assert_true (fixture_write (f, &write));
  assert_item (&f->result.attributes, "{'pk':{'S':'a'}}");
  write.kind = HR_WRITE_DELETE;
  g_assert_true (fixture_write (f, &write));
  assert_item (&f->result.attributes, "{'pk':{'S':'a'}}");
  g_assert_true (fixture_write (f, &write));
  g_assert_false (f->result.has_attributes);

  assert_returns (f, "SET m.x = n", HR_RETURN_NONE, NULL);
  assert_returns (f, "SET m.x = n", HR_RETURN_UPDATED_OLD, "{'m':{'M':{'x':{'S':'x'}}}}");
  assert_returns (f, "SET m.x = n", HR_RETURN_UPDATED_NEW, "{'m':{'M':{'x':{'N':'1'}}}}");
  assert_returns (f, "SET l[1] = n", HR_RETURN_UPDATED_NEW, "{'l':{'L':[{'N':'1'}]}}");
  assert_returns (f, "REMOVE n", HR_RETURN_UPDATED_OLD, "{'n':{'N':'1'}}");
  assert_returns (f, "REMOVE n", HR_RETURN_UPDATED_NEW, NULL);
  assert_returns (f, "SET z = n", HR_RETURN_UPDATED_OLD, NULL);
  assert_returns (f, "REMOVE m, l", HR_RETURN_ALL_NEW, "{'n':{'N':'1'},'pk':{'S':'a'}}");
}

/* What the engine consumes and changes with index keys that come, go, move and stay. */
typedef struct
{
  const char *before; /* NULL: absent */
  const char *after;  /* NULL: deleted */
  const char *capacity;
} IndexCase;

#define PUT(attributes) "{'pk':{'S':'a'}" attributes "}"

static const IndexCase index_cases[] = {
  { NULL, PUT (""), "t 1w" },
  { NULL, PUT (",'x':{'S':'1'}"), "t 1w, all 1w, inc 1w, keys 1w" },
  { PUT (",'x':{'S':'1'}"), PUT (",'x':{'S':'1'}"), "t 1w" },
  { PUT (",'x':{'S':'1'},'o':{'SS':['a','b']}"), PUT (",'o':{'SS':['b','a']},'x':{'S':'1'}"), "t 1w" },
  { PUT (",'x':{'S':'1'},'o':{'S':'1'}"), PUT (",'x':{'S':'1'},'o':{'S':'2'}"), "t 1w, all 1w" },
  { PUT (",'x':{'S':'1'},'i':{'S':'1'}"), PUT (",'x':{'S':'1'},'i':{'S':'2'}"), "t 1w, all 1w, inc 1w" },
  { PUT (",'x':{'S':'1'}"), PUT (",'x':{'S':'2'}"), "t 1w, all 2w, inc 2w, keys 2w" },
  { PUT (",'x':{'S':'1'}"), PUT (""), "t 1w, all 1w, inc 1w, keys 1w" },
  { PUT (",'x':{'S':'1'}"), NULL, "t 1w, all 1w, inc 1w, keys 1w" },
  { PUT (",'o':{'S':'1'}"), PUT (",'o':{'S':'2'}"), "t 1w" },
  { PUT (""), NULL, "t 1w" },
  { NULL, NULL, "t 1w" },
  { NULL, PUT (",'x':{'S':'1'},'l':{'N':'1'}"), "t 1w, all 1w, inc 1w, keys 1w, multi 1w" },
  { PUT (",'x':{'S':'1'},'l':{'N':'1'}"), PUT (",'x':{'S':'1'},'l':{'N':'1.0'}"), "t 1w" },
  { PUT (",'x':{'S':'1'},'l':{'N':'1'}"), PUT (",'x':{'S':'1'},'l':{'N':'2'}"), "t 1w, all 1w, multi 2w" },
};

static void
test_index_capacity (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);
  HrIndex *included;

  fixture_add_index (table, "all", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  included = fixture_add_index (table, "inc", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_INCLUDE);
  g_ptr_array_add (included->included, g_strdup ("i"));
  fixture_add_index (table, "keys", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "multi", HR_INDEX_GLOBAL, "x:S,l:N", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
  for (guint i = 0; i < G_N_ELEMENTS (index_cases); i++)
    {
      g_test_message ("case %u", i);
      fixture_delete (f, "t", KEY);
      if (index_cases[i].before != NULL)
        fixture_put (f, "t", index_cases[i].before);
      if (index_cases[i].after != NULL)
        fixture_put (f, "t", index_cases[i].after);
      else
        fixture_delete (f, "t", KEY);
      assert_capacity (f, index_cases[i].capacity);
      fixture_verify (f, "t");
    }
}

/* Item of @length bytes in all, with `x` for the index. */
static void
put_sized (Fixture *f, gsize length)
{
  HrValue item = fixture_item_quoted (f, "{'pk':{'S':'a'},'x':{'S':'1'}}");
  HrValue text = fixture_text (f, 'v', length - 3 - 2 - 1);
  HrWrite write = { .kind = HR_WRITE_PUT,
                    .table = "t",
                    .item = hr_map_with (f->arena, &item, "v", 1, &text) };

  g_assert_true (fixture_write (f, &write));
}

/* 1 KB a unit, the larger of before and after; entries by what is projected. */
static void
test_sizes (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  fixture_add_index (table, "all", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_add_index (table, "keys", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
  put_sized (f, 1024);
  assert_capacity (f, "t 1w, all 1w, keys 1w");
  put_sized (f, 1025);
  assert_capacity (f, "t 2w, all 2w");
  put_sized (f, 3000);
  assert_capacity (f, "t 3w, all 3w");
  put_sized (f, 100);
  assert_capacity (f, "t 3w, all 3w");
  put_sized (f, 5000);
  fixture_update_item (f, "t", KEY, "SET x = :x", "{':x':{'S':'2'}}");
  assert_capacity (f, "t 5w, all 10w, keys 2w");
  fixture_update_item (f, "t", KEY, "REMOVE v", NULL);
  assert_capacity (f, "t 5w, all 5w");
  put_sized (f, 5000);
  fixture_delete (f, "t", KEY);
  assert_capacity (f, "t 5w, all 5w, keys 1w");
}

/* A message with what its trigger does for two members: group rows move by delete and put. */
static void
test_message (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:S");
  HrCapacity total = { NULL, 0 };
  static const char *const members[] = { "a", "b" };

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "message_group_uuid:S", "sk:S", HR_PROJECT_ALL);
  fixture_create (f, table);
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autofree char *key = g_strdup_printf ("{'pk':{'S':'GRP#%s'},'sk':{'S':'%u'}}", members[j], i);
        g_autofree char *next = g_strdup_printf ("{'pk':{'S':'GRP#%s'},'sk':{'S':'%u'},"
                                                 "'message_group_uuid':{'S':'m'}}", members[j], i + 1);
        HrWrite writes[] = {
          { .kind = HR_WRITE_DELETE, .table = "t", .item = fixture_item_quoted (f, key) },
          { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, next) },
        };

        f->call.capacity = &total;
        g_assert_true (hr_engine_batch_write (f->engine, writes, 2, &f->call, NULL, &f->error));
        if (i == 0)
          total = (HrCapacity) { NULL, 0 };
      }
  f->capacity = total;
  assert_capacity (f, "t 4w, g 4w");
  fixture_put (f, "t", "{'pk':{'S':'MSG#m'},'sk':{'S':'1'}}");
  assert_capacity (f, "t 1w");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/write/put", test_put);
  g_test_add_func ("/engine/write/numeric-key", test_numeric_key);
  g_test_add_func ("/engine/write/nul", test_nul);
  g_test_add_func ("/engine/write/delete", test_delete);
  g_test_add_func ("/engine/write/update", test_update);
  g_test_add_func ("/engine/write/upsert", test_upsert);
  g_test_add_func ("/engine/write/condition", test_condition);
  g_test_add_func ("/engine/write/order", test_order);
  g_test_add_func ("/engine/write/return-values", test_return_values);
  g_test_add_func ("/engine/write/index-capacity", test_index_capacity);
  g_test_add_func ("/engine/write/sizes", test_sizes);
  g_test_add_func ("/engine/write/message", test_message);
  return g_test_run ();
}
