/*
 * Definitions change under the items of a table: it is then as if it had been made with the new definition.
 */
#include "model/base/error.h"
#include "model/engine/engine-private.h"
#include "model/value/record.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

static HrTable *
make_table (void)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "x:S", HR_PROJECT_KEYS_ONLY);
  return table;
}

static void
fill (Fixture *f, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      g_string_append_printf (json, "{'pk':{'S':'%d'},'sk':{'N':'%u'}", g_test_rand_int_range (0, 5), i);
      for (const char *name = "xyvw"; *name != '\0'; name++)
        if (g_test_rand_int_range (0, 4) > 0)
          g_string_append_printf (json, ",'%c':{'S':'%d'}", *name, g_test_rand_int_range (0, 9));
      g_string_append_c (json, '}');
      g_assert_true (fixture_put (f, "t", json->str));
    }
}

static Fixture *
make_fixture (const char *path)
{
  Fixture *f = fixture_new (path);

  fixture_create (f, make_table ());
  fill (f, 60);
  return f;
}

/* Everything but the identity of the table. */
static char *
describe (Fixture *f)
{
  const HrTableInfo *info = hr_engine_describe_table (f->engine, "t", &f->call);
  g_autofree char *dump = fixture_dump (f, "t");
  GString *text = g_string_new (dump);

  g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " next %" G_GINT64_FORMAT " stream %d\n",
                          info->item_count, info->size_bytes, hr_engine_get_next_ordinal (f->engine, "t"),
                          info->definition->settings.stream);
  for (guint i = 0; i < info->definition->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (info->definition->indexes, i);

      g_string_append_printf (text, "%s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", index->name, index->projection,
                              info->indexes[i].item_count, info->indexes[i].size_bytes);
    }
  return g_string_free (text, FALSE);
}

static void
update (Fixture *f, const HrTable *table)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  hr_engine_update_table (f->engine, table, &f->call, &error);
  g_assert_cmpstr (error.message, ==, NULL);
  fixture_verify (f, "t");
}

static gboolean
put_row_cb (const HrRow *row, gpointer user_data)
{
  Fixture *other = user_data;

  return hr_engine_restore_row (other->engine, "t", row, NULL);
}

/* A table made with the definition from the beginning. */
static void
assert_as_new (Fixture *f, const HrTable *table)
{
  g_autoptr (Fixture) other = fixture_new (NULL);
  g_autofree char *actual = describe (f);
  g_autofree char *expected = NULL;

  fixture_create (other, hr_table_copy (table));
  g_assert_true (hr_engine_foreach_row (f->engine, "t", put_row_cb, other, NULL));
  hr_engine_set_next_ordinal (other->engine, "t", hr_engine_get_next_ordinal (f->engine, "t"));
  expected = describe (other);
  g_assert_cmpstr (actual, ==, expected);
}

static gint64
get_tree (Fixture *f, const char *index)
{
  return hr_stored_table_find_index (hr_engine_find_table (f->engine, "t"), index)->number;
}

static void
test_settings (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();
  g_autofree char *id = g_strdup (hr_engine_describe_table (f->engine, "t", &f->call)->id);
  gint64 trees[] = { get_tree (f, "g"), get_tree (f, "l") };

  table->settings.stream = HR_STREAM_OLD_IMAGE;
  ((HrIndex *) g_ptr_array_index (table->indexes, 0))->read_units = 7;
  update (f, table);
  assert_as_new (f, table);
  g_assert_cmpint (get_tree (f, "g"), ==, trees[0]);
  g_assert_cmpint (get_tree (f, "l"), ==, trees[1]);
  g_assert_cmpstr (hr_engine_describe_table (f->engine, "t", &f->call)->id, ==, id);
  g_assert_cmpint (hr_table_find_index (hr_engine_get_table (f->engine, "t"), "g")->read_units, ==, 7);
  fill (f, 20);
  fixture_verify (f, "t");
}

static void
test_add_index (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();
  gint64 tree = get_tree (f, "g");
  HrIndex *index = fixture_add_index (table, "by-v", HR_INDEX_GLOBAL, "v:S", NULL, HR_PROJECT_INCLUDE);

  g_ptr_array_add (index->included, g_strdup ("w"));
  fixture_add_index (table, "by-w", HR_INDEX_GLOBAL, "w:S", NULL, HR_PROJECT_ALL);
  update (f, table);
  assert_as_new (f, table);
  g_assert_cmpint (get_tree (f, "g"), ==, tree);
  fill (f, 80);
  fixture_verify (f, "t");
}

/* Positions change, one goes, one becomes another of the same name. */
static void
test_change_indexes (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = fixture_table ("t", "pk:S", "sk:N");
  gint64 tree = get_tree (f, "g");

  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  update (f, table);
  assert_as_new (f, table);
  g_assert_cmpint (get_tree (f, "g"), ==, tree);

  g_ptr_array_remove_index (table->indexes, 1);
  update (f, table);
  assert_as_new (f, table);
  g_ptr_array_set_size (table->indexes, 0);
  update (f, table);
  assert_as_new (f, table);
  fill (f, 20);
  fixture_verify (f, "t");
}

static void
change_at_random (HrTable *table)
{
  static const char *const keys[] = { "x:S", "y:S", "v:S", "w:S" };
  static const char *const names[] = { "g", "l", "a", "b" };
  const char *name = names[g_test_rand_int_range (0, 4)];
  HrIndex *index;

  for (guint i = 0; i < table->indexes->len; i++)
    if (g_str_equal (((HrIndex *) g_ptr_array_index (table->indexes, i))->name, name))
      g_ptr_array_remove_index (table->indexes, i--);
  table->settings.stream = (HrStreamView) g_test_rand_int_range (0, 4);
  if (g_test_rand_int_range (0, 3) == 0)
    return;
  index = fixture_add_index (table, name, HR_INDEX_GLOBAL, keys[g_test_rand_int_range (0, 4)],
                             g_test_rand_int_range (0, 2) ? keys[g_test_rand_int_range (0, 4)] : NULL,
                             (HrProjectionType) g_test_rand_int_range (0, 3));
  if (index->projection == HR_PROJECT_INCLUDE)
    g_ptr_array_add (index->included, g_strdup ("w"));
  if (index->sort_key->len > 0 && g_str_equal (((HrAttribute *) g_ptr_array_index (index->sort_key, 0))->name,
                                               ((HrAttribute *) g_ptr_array_index (index->partition_key, 0))->name))
    g_ptr_array_set_size (index->sort_key, 0);
}

/* Random definitions and writes among savepoints, each of which can be taken back. */
static void
test_random (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_table_free);
  HrTable *table = make_table ();

  g_ptr_array_add (tables, table);
  for (guint i = 0; i < 300; i++)
    {
      guint choice = g_test_rand_int_range (0, 10);

      if (choice == 0 && stack->len < 5)
        {
          g_ptr_array_add (stack, describe (f));
          table = hr_table_copy (table);
          g_ptr_array_add (tables, table);
          g_assert_true (hr_engine_begin (f->engine, NULL));
        }
      else if (choice == 1 && stack->len > 0)
        {
          g_autofree char *now = NULL;

          g_assert_true (hr_engine_rollback (f->engine, NULL));
          now = describe (f);
          g_assert_cmpstr (now, ==, g_ptr_array_index (stack, stack->len - 1));
          g_ptr_array_set_size (stack, stack->len - 1);
          g_ptr_array_set_size (tables, tables->len - 1);
          table = g_ptr_array_index (tables, tables->len - 1);
        }
      else if (choice == 2 && stack->len > 0)
        {
          g_assert_true (hr_engine_commit (f->engine, NULL));
          g_ptr_array_set_size (stack, stack->len - 1);
          g_ptr_array_remove_index (tables, tables->len - 2);
        }
      else if (choice < 6)
        {
          change_at_random (table);
          update (f, table);
        }
      else
        {
          fill (f, 3);
        }
      fixture_verify (f, "t");
    }
  while (stack->len > 0)
    {
      g_assert_true (hr_engine_commit (f->engine, NULL));
      g_ptr_array_set_size (stack, stack->len - 1);
    }
  assert_as_new (f, table);
}

/* A row whose key attribute the new index cannot take stays out of it. */
static void
test_mistyped (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();

  fixture_add_index (table, "by-v", HR_INDEX_GLOBAL, "v:N", NULL, HR_PROJECT_ALL);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'},'sk':{'N':'1000'},'v':{'N':'1'}}"));
  update (f, table);
  assert_as_new (f, table);
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->indexes[2].item_count, ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) unknown = fixture_table ("none", "pk:S", NULL);
  g_autoptr (HrTable) retyped = fixture_table ("t", "pk:N", "sk:N");
  g_autoptr (HrTable) keyless = fixture_table ("t", "pk:BOOL", NULL);
  g_autofree char *before = describe (f);
  g_autofree char *after = NULL;

  g_assert_false (hr_engine_update_table (f->engine, unknown, &f->call, &f->error));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found: Table: none not found");
  g_assert_false (hr_engine_update_table (f->engine, retyped, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
  g_assert_false (hr_engine_update_table (f->engine, keyless, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
  after = describe (f);
  g_assert_cmpstr (after, ==, before);
}

static void
limit_pages (Fixture *f, guint count)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %u", count);

  g_assert_cmpint (sqlite3_exec (f->engine->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
test_failure (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();
  g_autofree char *before = NULL;
  guint n_failed = 0;

  fill (f, 2000);
  before = describe (f);
  fixture_add_index (table, "by-v", HR_INDEX_GLOBAL, "v:S", NULL, HR_PROJECT_ALL);
  g_ptr_array_remove_index (table->indexes, 0);
  for (guint n_pages = 1;; n_pages += 4)
    {
      g_autofree char *after = NULL;
      gboolean done;

      f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      limit_pages (f, n_pages);
      done = hr_engine_update_table (f->engine, table, &f->call, &f->error);
      limit_pages (f, 1000000);
      if (done)
        break;
      n_failed++;
      g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
      after = describe (f);
      g_assert_cmpstr (after, ==, before);
      fixture_verify (f, "t");
    }
  g_assert_cmpuint (n_failed, >, 0);
  fixture_verify (f, "t");
  assert_as_new (f, table);
}

static void
test_damaged (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();

  fixture_add_index (table, "by-v", HR_INDEX_GLOBAL, "v:S", NULL, HR_PROJECT_ALL);
  g_assert_cmpint (sqlite3_exec (f->engine->db, "UPDATE items_1 SET record = x'ffffffffff'", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_false (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_cmpuint (hr_engine_get_table (f->engine, "t")->indexes->len, ==, 2);
}

/* What the catalogue of a file says of the changed table. */
static void
test_file (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Fixture) crashed = NULL;
  g_autoptr (HrTable) table = make_table ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *after_crash = NULL;

  place_init (&place);
  place_init (&copy);
  f = make_fixture (place.path);
  fixture_reopen (f, place.path); /* counters are at rest */
  g_ptr_array_remove_index (table->indexes, 1);
  fixture_add_index (table, "by-v", HR_INDEX_GLOBAL, "v:S", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "by-w", HR_INDEX_GLOBAL, "w:S", NULL, HR_PROJECT_ALL);
  update (f, table);
  before = describe (f);

  place_crash (&place, &copy);
  crashed = fixture_new (copy.path);
  fixture_verify (crashed, "t");
  hr_engine_set_next_ordinal (crashed->engine, "t", hr_engine_get_next_ordinal (f->engine, "t"));
  after_crash = describe (crashed);
  g_assert_cmpstr (after_crash, ==, before);

  fixture_reopen (f, place.path);
  after = describe (f);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
  fill (f, 20);
  fixture_verify (f, "t");
}

static void
test_protected (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autoptr (HrTable) table = make_table ();

  table->settings.deletion_protection = TRUE;
  update (f, table);
  g_assert_true (hr_engine_get_table (f->engine, "t")->settings.deletion_protection);
  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
  g_assert_true (hr_engine_drop_table (f->engine, "t", &f->call, &f->error));
  g_assert_null (hr_engine_get_table (f->engine, "t"));
  g_assert_false (hr_engine_drop_table (f->engine, "t", &f->call, &f->error));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found: Table: t not found");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/update-table/settings", test_settings);
  g_test_add_func ("/engine/update-table/add-index", test_add_index);
  g_test_add_func ("/engine/update-table/change-indexes", test_change_indexes);
  g_test_add_func ("/engine/update-table/random", test_random);
  g_test_add_func ("/engine/update-table/mistyped", test_mistyped);
  g_test_add_func ("/engine/update-table/refused", test_refused);
  g_test_add_func ("/engine/update-table/failure", test_failure);
  g_test_add_func ("/engine/update-table/damaged", test_damaged);
  g_test_add_func ("/engine/update-table/file", test_file);
  g_test_add_func ("/engine/update-table/protected", test_protected);
  return g_test_run ();
}
