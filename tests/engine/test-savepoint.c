/*
 * Savepoints: rolling back restores everything exactly: rows, entries, counters, ordinals, tables.
 */
#include "tests/engine/fixture.h"

static void
create_table (Fixture *f, const char *name)
{
  HrTable *table = fixture_table (name, "pk:S", "sk:N");
  HrIndex *included;

  fixture_add_index (table, "all", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  included = fixture_add_index (table, "included", HR_INDEX_GLOBAL, "y:S", NULL, HR_PROJECT_INCLUDE);
  g_ptr_array_add (included->included, g_strdup ("v"));
  fixture_add_index (table, "local", HR_INDEX_LOCAL, "pk:S", "x:S", HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
}

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);

  create_table (f, "t");
  return f;
}

/* All that a rollback must restore, as text. */
static char *
snapshot (Fixture *f)
{
  GString *text = g_string_new (NULL);
  gboolean more;
  guint count;
  const char **names = hr_engine_list_tables (f->engine, NULL, 100, &f->call, &count, &more);

  for (guint i = 0; i < count; i++)
    {
      const HrTableInfo *info = hr_engine_describe_table (f->engine, names[i], &f->call);
      g_autofree char *dump = fixture_dump (f, names[i]);

      g_string_append_printf (
          text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " next %" G_GINT64_FORMAT "\n%s", info->id,
          info->item_count, info->size_bytes, hr_engine_get_next_ordinal (f->engine, names[i]), dump);
      for (guint j = 0; j < info->definition->indexes->len; j++)
        g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                                info->indexes[j].item_count, info->indexes[j].size_bytes);
    }
  return g_string_free (text, FALSE);
}

static char *
random_item (gboolean key_only)
{
  static const char letters[] = "abc";
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{'pk':{'S':'%c'},'sk':{'N':'%d'}", letters[g_test_rand_int_range (0, 3)],
                          g_test_rand_int_range (0, 8));
  for (const char *name = "xyvw"; !key_only && *name != '\0'; name++)
    if (g_test_rand_int_range (0, 3) > 0)
      g_string_append_printf (json, ",'%c':{'S':'%d'}", *name, g_test_rand_int_range (0, 3));
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static void
write_at_random (Fixture *f)
{
  static const char *const updates[] = { "SET x = :v", "SET y = :v REMOVE x", "REMOVE x, y", "SET v = :v",
                                         "REMOVE w" };
  guint choice = g_test_rand_int_range (0, 8);
  g_autofree char *item = random_item (choice >= 3);

  if (choice < 3)
    g_assert_true (fixture_put (f, "t", item));
  else if (choice < 5)
    g_assert_true (fixture_delete (f, "t", item));
  else
    {
      const char *update = updates[g_test_rand_int_range (0, G_N_ELEMENTS (updates))];

      g_assert_true (fixture_update_item (f, "t", item, update,
                                          strstr (update, ":v") != NULL ? "{':v':{'S':'9'}}" : NULL));
    }
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 20; i++)
    write_at_random (f);
  before = snapshot (f);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  for (guint i = 0; i < 20; i++)
    write_at_random (f);
  create_table (f, "u");
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  create_table (f, "t");
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  after = snapshot (f);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
  write_at_random (f);
}

static void
test_commit (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (hr_engine_begin (f->engine, NULL));
  for (guint i = 0; i < 20; i++)
    write_at_random (f);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  create_table (f, "t");
  create_table (f, "u");
  write_at_random (f);
  before = snapshot (f);
  g_assert_true (hr_engine_commit (f->engine, NULL));
  after = snapshot (f);
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
}

/* A stack of snapshots beside the engine's: each rollback must give back the one on top. */
static void
test_random (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 1500; i++)
    {
      guint choice = g_test_rand_int_range (0, 12);

      if (choice == 0 && stack->len < 6)
        {
          g_ptr_array_add (stack, snapshot (f));
          g_assert_true (hr_engine_begin (f->engine, NULL));
        }
      else if (choice == 1 && stack->len > 0)
        {
          g_autofree char *now = NULL;

          g_assert_true (hr_engine_rollback (f->engine, NULL));
          now = snapshot (f);
          g_assert_cmpstr (now, ==, g_ptr_array_index (stack, stack->len - 1));
          g_ptr_array_set_size (stack, stack->len - 1);
        }
      else if (choice == 2 && stack->len > 0)
        {
          g_assert_true (hr_engine_commit (f->engine, NULL));
          g_ptr_array_set_size (stack, stack->len - 1);
        }
      else
        {
          write_at_random (f);
        }
      if (i % 50 == 0)
        fixture_verify (f, "t");
    }
  while (stack->len > 0)
    {
      g_autofree char *now = NULL;

      g_assert_true (hr_engine_rollback (f->engine, NULL));
      now = snapshot (f);
      g_assert_cmpstr (now, ==, g_ptr_array_index (stack, stack->len - 1));
      g_ptr_array_set_size (stack, stack->len - 1);
    }
  fixture_verify (f, "t");
}

/* A refused request inside a savepoint leaves the savepoint as it was. */
static void
test_refused_inside (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite writes[] = {
    { .kind = HR_WRITE_PUT,
      .table = "t",
      .item = fixture_item_quoted (f, "{'pk':{'S':'a'},'sk':{'N':'1'}}") },
    { .kind = HR_WRITE_CHECK,
      .table = "t",
      .item = fixture_item_quoted (f, "{'pk':{'S':'a'},'sk':{'N':'2'}}") },
  };
  HrGetResult result;

  writes[1].condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_exists(pk)", NULL);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'b'},'sk':{'N':'1'}}"));
  g_assert_false (hr_engine_transact_write (f->engine, writes, 2, &f->call, &f->error));
  g_assert_true (hr_engine_commit (f->engine, NULL));
  fixture_get (f, "t", "{'pk':{'S':'a'},'sk':{'N':'1'}}", &result);
  g_assert_false (result.found);
  fixture_get (f, "t", "{'pk':{'S':'b'},'sk':{'N':'1'}}", &result);
  g_assert_true (result.found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/savepoint/rollback", test_rollback);
  g_test_add_func ("/engine/savepoint/commit", test_commit);
  g_test_add_func ("/engine/savepoint/random", test_random);
  g_test_add_func ("/engine/savepoint/refused-inside", test_refused_inside);
  return g_test_run ();
}
