/*
 * What is refused, in the service's words.
 */
#include "tests/engine/fixture.h"

typedef struct
{
  const char *name;
  const char *json;
  const char *message; /* NULL: taken */
} Case;

#define MISMATCH "The provided key element does not match the schema"
#define INVALID "One or more parameter values were invalid: "
#define EMPTY \
  "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty"
#define EMPTY_INDEX \
  "One or more parameter values are not valid. A value specified for a secondary index key is not supported." \
  " The AttributeValue for a key attribute cannot contain an empty"

static const Case put_cases[] = {
  { "good", "{'pk':{'S':'a'},'sk':{'N':'1'}}", NULL },
  { "missing-partition-key", "{'sk':{'N':'1'}}", INVALID "Missing the key pk in the item" },
  { "missing-sort-key", "{'pk':{'S':'a'}}", INVALID "Missing the key sk in the item" },
  { "mistyped", "{'pk':{'N':'1'},'sk':{'N':'1'}}", INVALID "Type mismatch for key pk expected: S actual: N" },
  { "not-scalar", "{'pk':{'S':'a'},'sk':{'L':[]}}",
    INVALID "Type mismatch for key sk expected: N actual: L" },
  { "empty", "{'pk':{'S':''},'sk':{'N':'1'}}", EMPTY " string value. Key: pk" },
  { "index-key", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'S':'x'},'b':{'B':'AA=='}}", NULL },
  { "index-key-absent", "{'pk':{'S':'a'},'sk':{'N':'1'},'b':{'B':'AA=='}}", NULL },
  { "index-key-mistyped", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'N':'1'}}",
    INVALID "Type mismatch for Index Key x Expected: S Actual: N IndexName: a-first" },
  { "index-key-null", "{'pk':{'S':'a'},'sk':{'N':'1'},'b':{'NULL':true}}",
    INVALID "Type mismatch for Index Key b Expected: B Actual: NULL IndexName: z-last" },
  { "index-key-empty", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'S':''}}",
    EMPTY_INDEX " string value. IndexName: a-first, IndexKey: x" },
  { "index-key-empty-binary", "{'pk':{'S':'a'},'sk':{'N':'1'},'b':{'B':''}}",
    EMPTY_INDEX " binary value. IndexName: z-last, IndexKey: b" },
};

static const Case key_cases[] = {
  { "good", "{'pk':{'S':'a'},'sk':{'N':'1'}}", NULL },
  { "missing", "{'pk':{'S':'a'}}", MISMATCH },
  { "more", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'S':'x'}}", MISMATCH },
  { "other", "{'pk':{'S':'a'},'x':{'N':'1'}}", MISMATCH },
  { "mistyped", "{'pk':{'S':'a'},'sk':{'S':'1'}}", MISMATCH },
  { "not-scalar", "{'pk':{'M':{}},'sk':{'N':'1'}}", MISMATCH },
  { "empty", "{'pk':{'S':''},'sk':{'N':'1'}}", EMPTY " string value. Key: pk" },
};

/* z-last comes first in the definition: messages go by name. */
static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "z-last", HR_INDEX_GLOBAL, "x:S", "b:B", HR_PROJECT_ALL);
  fixture_add_index (table, "a-first", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_create (f, table);
  return f;
}

static void
assert_answer (Fixture *f, const Case *test, gboolean ok)
{
  g_test_message ("%s", test->name);
  g_assert_cmpstr (f->error.message, ==, test->message);
  g_assert_cmpint (ok, ==, test->message == NULL);
  g_assert_cmpint (f->error.kind, ==, test->message == NULL ? HR_SERVICE_OK : HR_SERVICE_VALIDATION);
  g_assert_cmpint (f->error.family, ==, HR_FAMILY_BARE);
}

static void
test_put (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (put_cases); i++)
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrValue item = fixture_item_quoted (f, put_cases[i].json);
      gboolean ok = hr_engine_check_item (f->engine, "t", &item, f->arena, &error);

      g_assert_cmpstr (error.message, ==, put_cases[i].message);
      g_assert_cmpint (ok, ==, put_cases[i].message == NULL);
      assert_answer (f, &put_cases[i], fixture_put (f, "t", put_cases[i].json));
    }
}

static void
test_key (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      HrGetResult result;
      HrGet get = { .table = "t", .key = fixture_item_quoted (f, key_cases[i].json) };
      gboolean ok;

      assert_answer (f, &key_cases[i], fixture_delete (f, "t", key_cases[i].json));
      assert_answer (f, &key_cases[i],
                     fixture_update_item (f, "t", key_cases[i].json, "SET v = :v", "{':v':{'S':'1'}}"));
      f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      ok = hr_engine_get (f->engine, &get, 1, FALSE, &f->call, &result, &f->error);
      assert_answer (f, &key_cases[i], ok);
    }
}

static void
test_batch_put (void)
{
  static const Case cases[] = {
    { "missing", "{'pk':{'S':'a'}}", MISMATCH },
    { "mistyped", "{'pk':{'N':'1'},'sk':{'N':'1'}}", MISMATCH },
    { "empty", "{'pk':{'S':''},'sk':{'N':'1'}}", EMPTY " string value. Key: pk" },
    { "index-key-mistyped", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'N':'1'}}",
      INVALID "Type mismatch for Index Key x Expected: S Actual: N IndexName: a-first" },
  };
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrWrite write = { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, cases[i].json) };

      f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      assert_answer (f, &cases[i], hr_engine_batch_write (f->engine, &write, 1, &f->call, NULL, &f->error));
    }
}

static void
test_update (void)
{
  static const struct
  {
    const char *update;
    const char *message;
  } cases[] = {
    { "SET pk = :s", INVALID "Cannot update attribute pk. This attribute is part of the key" },
    { "SET v = :s, sk = :n", INVALID "Cannot update attribute sk. This attribute is part of the key" },
    { "REMOVE pk", INVALID "Cannot update attribute pk. This attribute is part of the key" },
    { "ADD sk :n", INVALID "Cannot update attribute sk. This attribute is part of the key" },
    { "SET x.y = :s",
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:"
      " IndexKey: x" },
    { "SET v = pk.y",
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk" },
    { "SET x = :n", INVALID "Type mismatch for Index Key x Expected: S Actual: N IndexName: a-first" },
    { "SET x = :e",
      "One or more parameter values are not valid. The update expression attempted to update a secondary index"
      " key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty"
      " string value." },
    { "SET x = :s", NULL },
  };
  g_autoptr (Fixture) f = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_update_item (f, "t", "{'pk':{'S':'a'},'sk':{'N':'1'}}", cases[i].update,
                           "{':s':{'S':'s'},':n':{'N':'1'},':e':{'S':''}}");
      g_assert_cmpstr (f->error.message, ==, cases[i].message);
    }
}

/* An item in which @name is a text of @length bytes. */
static gboolean
put_long (Fixture *f, const char *table, const char *json, const char *name, gsize length)
{
  HrValue item = fixture_item_quoted (f, json);
  HrValue text = fixture_text (f, 'x', length);
  HrWrite write = {
    .kind = HR_WRITE_PUT,
    .table = table,
    .item = hr_map_with (f->arena, &item, name, strlen (name), &text),
  };

  return fixture_write (f, &write);
}

static void
test_key_sizes (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:S");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  fixture_create (f, table);
  g_assert_true (put_long (f, "t", "{'sk':{'S':'a'}}", "pk", 2048));
  g_assert_false (put_long (f, "t", "{'sk':{'S':'a'}}", "pk", 2049));
  assert_error (f, HR_SERVICE_VALIDATION,
                INVALID "Size of hashkey has exceeded the maximum size limit of2048 bytes");
  g_assert_true (put_long (f, "t", "{'pk':{'S':'a'}}", "sk", 1024));
  g_assert_false (put_long (f, "t", "{'pk':{'S':'a'}}", "sk", 1025));
  assert_error (f, HR_SERVICE_VALIDATION,
                INVALID "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  g_assert_true (put_long (f, "t", "{'pk':{'S':'a'},'sk':{'S':'a'},'y':{'S':'a'}}", "x", 2048));
  g_assert_false (put_long (f, "t", "{'pk':{'S':'a'},'sk':{'S':'a'}}", "x", 2049));
  g_assert_true (put_long (f, "t", "{'pk':{'S':'a'},'sk':{'S':'a'},'x':{'S':'a'}}", "y", 1024));
  g_assert_false (put_long (f, "t", "{'pk':{'S':'a'},'sk':{'S':'a'}}", "y", 1025));
  fixture_verify (f, "t");
}

/* 409,600 bytes with all names and values. */
static void
test_item_size (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrValue text;

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  g_assert_true (put_long (f, "t", "{'pk':{'S':'a'}}", "v", 409600 - 4));
  g_assert_false (put_long (f, "t", "{'pk':{'S':'a'}}", "v", 409600 - 3));
  assert_error (f, HR_SERVICE_VALIDATION, "Item size has exceeded the maximum allowed size");

  text = fixture_text (f, 'x', 409600 - 4);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  g_assert_true (put_long (f, "t", "{'pk':{'S':'a'}}", "v", text.length - 1));
  g_assert_false (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET w = :w", "{':w':{'S':'12'}}"));
  assert_error (f, HR_SERVICE_VALIDATION, "Item size to update has exceeded the maximum allowed size");
}

static void
test_nesting (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (GString) deep = g_string_new ("{'S':'x'}");

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  for (guint i = 0; i < 30; i++)
    {
      g_string_prepend (deep, "{'M':{'m':");
      g_string_append (deep, "}}");
    }
  g_string_prepend (deep, "{'pk':{'S':'a'},'v':");
  g_string_append (deep, "}");
  g_assert_true (fixture_put (f, "t", deep->str));
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'b'}}", "SET w = :w", "{':w':{'S':'1'}}"));
  /* The update puts the deep map one level deeper, and then once more. */
  g_assert_true (
      fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET w = :w", "{':w':{'M':{'m':{'S':'1'}}}}"));
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET w.n = v", NULL));
  g_assert_false (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET w.m = w", NULL));
  assert_error (f, HR_SERVICE_VALIDATION,
                "Nesting Levels have exceeded supported limits: Attributes in the item have"
                " nested levels beyond supported limit");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/item-check/put", test_put);
  g_test_add_func ("/engine/item-check/key", test_key);
  g_test_add_func ("/engine/item-check/batch-put", test_batch_put);
  g_test_add_func ("/engine/item-check/update", test_update);
  g_test_add_func ("/engine/item-check/key-sizes", test_key_sizes);
  g_test_add_func ("/engine/item-check/item-size", test_item_size);
  g_test_add_func ("/engine/item-check/nesting", test_nesting);
  return g_test_run ();
}
