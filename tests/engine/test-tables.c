/*
 * Tables come, go and are described; their definitions survive the way through the catalogue.
 */
#include "model/engine/definition-text.h"
#include "tests/engine/fixture.h"

static void
test_create (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("music", "artist:S", "song:S");
  const HrTableInfo *info;
  const HrTable *definition;

  fixture_add_index (table, "by-year", HR_INDEX_GLOBAL, "year:N", NULL, HR_PROJECT_KEYS_ONLY);
  g_ptr_array_add (table->entities, hr_entity_new ("Song"));
  fixture_create (f, table);

  definition = hr_engine_get_table (f->engine, "music");
  g_assert_nonnull (definition);
  g_assert_cmpuint (definition->entities->len, ==, 0);
  g_assert_cmpstr (hr_table_get_sort_key (definition)->name, ==, "song");
  info = hr_engine_describe_table (f->engine, "music", &f->call);
  g_assert_true (info->definition == definition);
  g_assert_cmpuint (strlen (info->id), ==, 36);
  g_assert_cmpint (info->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (info->item_count, ==, 0);
  g_assert_null (hr_engine_describe_table (f->engine, "films", &f->call));
}

static gint64
fixed_time (gpointer user_data)
{
  return G_GINT64_CONSTANT (1700000000000000);
}

static void
test_created (void)
{
  static const HrClock clock = { fixed_time, NULL };
  HrEngineOptions options = { .clock = &clock };
  g_autoptr (HrEngine) engine = hr_engine_open (NULL, &options, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrTable) table = fixture_table ("t", "pk:S", NULL);
  HrCall call = { .arena = arena };

  g_assert_true (hr_engine_create_table (engine, table, &call, NULL));
  g_assert_cmpint (hr_engine_describe_table (engine, "t", &call)->created_us, ==, fixed_time (NULL));
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrTable) table = fixture_table ("t", "pk:S", NULL);
  g_autoptr (HrTable) keyless = fixture_table ("k", NULL, NULL);
  g_autoptr (HrTable) mistyped = fixture_table ("m", "pk:BOOL", NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  g_assert_false (hr_engine_create_table (f->engine, table, &f->call, &f->error));
  assert_error (f, HR_SERVICE_RESOURCE_IN_USE, "Table already exists: t");
  g_assert_false (hr_engine_create_table (f->engine, keyless, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
  g_assert_false (hr_engine_create_table (f->engine, mistyped, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
}

static void
test_delete (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *guarded = fixture_table ("guarded", "pk:S", NULL);
  g_autofree char *id = NULL;

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  id = g_strdup (hr_engine_describe_table (f->engine, "t", &f->call)->id);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_null (hr_engine_get_table (f->engine, "t"));
  g_assert_false (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");

  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found: Table: t not found");

  fixture_create (f, fixture_table ("t", "pk:N", NULL));
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, 0);
  g_assert_cmpstr (hr_engine_describe_table (f->engine, "t", &f->call)->id, !=, id);

  guarded->settings.deletion_protection = TRUE;
  fixture_create (f, guarded);
  g_assert_false (hr_engine_delete_table (f->engine, "guarded", &f->call, &f->error));
  assert_error (f, HR_SERVICE_VALIDATION,
                "Resource cannot be deleted as it is currently protected against deletion."
                " Disable deletion protection first.");
}

static void
assert_names (Fixture *f, const char *after, guint limit, const char *expected, gboolean expected_more)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  gboolean more;
  guint count;
  const char **names = hr_engine_list_tables (f->engine, after, limit, &f->call, &count, &more);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (joined, "%s ", names[i]);
  g_assert_cmpstr (joined->str, ==, expected);
  g_assert_cmpint (more, ==, expected_more);
}

static void
test_list (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);

  assert_names (f, NULL, 10, "", FALSE);
  fixture_create (f, fixture_table ("b", "pk:S", NULL));
  fixture_create (f, fixture_table ("a", "pk:S", NULL));
  fixture_create (f, fixture_table ("C", "pk:S", NULL));
  assert_names (f, NULL, 10, "C a b ", FALSE);
  assert_names (f, NULL, 2, "C a ", TRUE);
  assert_names (f, "a", 2, "b ", FALSE);
  assert_names (f, "a", 1, "b ", FALSE);
  assert_names (f, "A", 9, "C a b ", FALSE);
  assert_names (f, "b", 9, "", FALSE);
}

static void
test_counts (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);
  const HrTableInfo *info;

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
  fixture_put (f, "t", "{'pk':{'S':'a'},'x':{'S':'12'},'other':{'S':'1234'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'},'y':{'S':'1'}}");
  info = hr_engine_describe_table (f->engine, "t", &f->call);
  g_assert_cmpint (info->item_count, ==, 2);
  g_assert_cmpint (info->size_bytes, ==, (2 + 1 + 1 + 2 + 5 + 4) + (2 + 1 + 1 + 1));
  g_assert_cmpint (info->indexes[0].item_count, ==, 1);
  g_assert_cmpint (info->indexes[0].size_bytes, ==, 2 + 1 + 1 + 2);
  fixture_delete (f, "t", "{'pk':{'S':'a'}}");
  info = hr_engine_describe_table (f->engine, "t", &f->call);
  g_assert_cmpint (info->item_count, ==, 1);
  g_assert_cmpint (info->indexes[0].item_count, ==, 0);
  g_assert_cmpint (info->indexes[0].size_bytes, ==, 0);
}

static HrTable *
make_full_table (void)
{
  HrTable *table = fixture_table ("full \"name\"", "pk:S", "sk:B");
  HrIndex *index =
      fixture_add_index (table, "multi", HR_INDEX_GLOBAL, "a:S,b:N", "c:S,d:B", HR_PROJECT_INCLUDE);

  g_ptr_array_add (index->included, g_strdup ("é"));
  g_ptr_array_add (index->included, g_strdup ("a"));
  index->read_units = 7;
  index->write_units = 8;
  fixture_add_index (table, "local", HR_INDEX_LOCAL, "pk:S", "c:S", HR_PROJECT_KEYS_ONLY);
  table->settings.billing = HR_BILLING_PROVISIONED;
  table->settings.read_units = 5;
  table->settings.write_units = 6;
  table->settings.stream = HR_STREAM_OLD_IMAGE;
  table->settings.ttl_attribute = g_strdup ("expires");
  table->settings.point_in_time_recovery = TRUE;
  table->settings.kms_encryption = TRUE;
  table->settings.kms_key = g_strdup ("alias/x");
  table->settings.table_class = HR_CLASS_INFREQUENT_ACCESS;
  hr_settings_add_tag (&table->settings, "team", "");
  return table;
}

static void
test_definition (void)
{
  g_autoptr (HrTable) table = make_full_table ();
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  g_autoptr (HrTable) copy = NULL;

  hr_definition_write (table, &first);
  copy = hr_definition_read (first.data, first.length);
  g_assert_nonnull (copy);
  hr_definition_write (copy, &second);
  g_assert_cmpmem (first.data, first.length, second.data, second.length);
  g_assert_cmpstr (copy->name, ==, table->name);
  g_assert_cmpstr (copy->settings.ttl_attribute, ==, "expires");
  g_assert_cmpint (copy->settings.stream, ==, HR_STREAM_OLD_IMAGE);
  g_assert_cmpstr (((HrTag *) g_ptr_array_index (copy->settings.tags, 0))->key, ==, "team");
}

/* Every cut of a definition is refused, none crashes. */
static void
test_damaged_definition (void)
{
  g_autoptr (HrTable) table = make_full_table ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  hr_definition_write (table, &text);
  for (gsize length = 0; length < text.length; length++)
    g_assert_null (hr_definition_read (text.data, length));
  for (gsize i = 0; i < text.length; i++)
    {
      g_autofree char *changed = g_strndup (text.data, text.length);

      changed[i] = '}';
      hr_table_free (hr_definition_read (changed, text.length));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/tables/create", test_create);
  g_test_add_func ("/engine/tables/created", test_created);
  g_test_add_func ("/engine/tables/refused", test_refused);
  g_test_add_func ("/engine/tables/delete", test_delete);
  g_test_add_func ("/engine/tables/list", test_list);
  g_test_add_func ("/engine/tables/counts", test_counts);
  g_test_add_func ("/engine/tables/definition", test_definition);
  g_test_add_func ("/engine/tables/damaged-definition", test_damaged_definition);
  return g_test_run ();
}
