/*
 * What tables and indexes are doing: it can be seen for as long as the delay says, and what is large is built while
 * requests go on, which see the table as it is.
 */
#include "model/engine/engine-private.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define DELAY_MS 500

static gint64 now_us = G_GINT64_CONSTANT (1700000000000000);

static gint64
get_now_us (gpointer user_data)
{
  return now_us;
}

static const HrClock test_clock = { get_now_us, NULL };

static Fixture *
open_swept (const char *path, gint64 delay_ms)
{
  const HrEngineOptions options = { .clock = &test_clock, .is_swept = TRUE, .status_delay_ms = delay_ms };

  return fixture_new_with (path, &options);
}

static HrTable *
make_table (gboolean has_index)
{
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  if (has_index)
    fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  return table;
}

static void
update (Fixture *f, HrTable *table)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  hr_engine_update_table (f->engine, table, &f->call, &error);
  g_assert_cmpstr (error.message, ==, NULL);
  hr_table_free (table);
}

static void
sweep (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  hr_engine_sweep (f->engine, 1000, NULL, &error);
  g_assert_no_error (error);
}

static void
wait_for (Fixture *f, gint64 time_ms)
{
  now_us += time_ms * 1000;
  while (hr_engine_get_sweep_pause_us (f->engine) == 0)
    sweep (f);
}

static const HrTableInfo *
describe (Fixture *f)
{
  return hr_engine_describe_table (f->engine, "t", &f->call);
}

static void
assert_read (Fixture *f, const char *index, const char *message)
{
  const HrPageRequest request = { .table = "t", .index = index };

  fixture_read (f, &request);
  g_assert_cmpstr (f->error.message, ==, message);
}

static void
assert_in_use (Fixture *f, const char *message)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  g_assert_false (hr_engine_check_active (f->engine, "t", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
  g_assert_cmpstr (error.message, ==, message);
  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
}

static void
test_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (Fixture) g = open_swept (NULL, 0);
  Fixture *all[] = { f, g };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;

      fixture_create (all[i], make_table (FALSE));
      g_assert_cmpint (describe (all[i])->status, ==, HR_TABLE_ACTIVE);
      g_assert_true (fixture_put (all[i], "t", "{'pk':{'S':'1'},'x':{'S':'1'},'y':{'S':'1'}}"));
      update (all[i], make_table (TRUE));
      g_assert_cmpint (describe (all[i])->status, ==, HR_TABLE_ACTIVE);
      g_assert_cmpint (describe (all[i])->index_states[0].status, ==, HR_TABLE_ACTIVE);
      assert_read (all[i], "g", NULL);
      g_assert_true (hr_engine_delete_table (all[i]->engine, "t", &all[i]->call, &error));
      g_assert_null (describe (all[i]));
    }
}

static void
test_create (void)
{
  g_autoptr (Fixture) f = open_swept (NULL, DELAY_MS);

  sweep (f);
  fixture_create (f, make_table (TRUE));
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, DELAY_MS * 1000);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_CREATING);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_CREATING);
  g_assert_false (describe (f)->index_states[0].is_backfilling);
  g_assert_false (fixture_put (f, "t", "{'pk':{'S':'1'}}"));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
  assert_read (f, NULL, "Requested resource not found");
  assert_in_use (f, "Attempt to change a resource which is still in use: Table is being created: t");

  wait_for (f, DELAY_MS - 1);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_CREATING);
  wait_for (f, 1);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_ACTIVE);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'1'}}"));
  assert_read (f, "g", NULL);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
}

static Fixture *
make_ready (const char *path, gboolean has_index)
{
  Fixture *f = open_swept (path, DELAY_MS);

  fixture_create (f, make_table (has_index));
  wait_for (f, DELAY_MS);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'1'},'x':{'S':'1'},'y':{'S':'1'}}"));
  return f;
}

static void
test_update (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, TRUE);
  HrTable *table = make_table (TRUE);

  table->settings.deletion_protection = TRUE;
  update (f, table);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);

  table = make_table (TRUE);
  table->settings.billing = HR_BILLING_PROVISIONED;
  table->settings.read_units = 5;
  table->settings.write_units = 5;
  update (f, table);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  assert_in_use (f, "Attempt to change a resource which is still in use: Table is being updated: t");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'2'}}"));
  assert_read (f, "g", NULL);
  wait_for (f, DELAY_MS);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (describe (f)->definition->settings.read_units, ==, 5);
}

/* An index that gets other units lets the table be, but not go. */
static void
test_update_index (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, TRUE);
  HrTable *table = make_table (TRUE);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  ((HrIndex *) g_ptr_array_index (table->indexes, 0))->on_demand_limit.read = 7;
  update (f, table);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_UPDATING);
  assert_read (f, "g", NULL);
  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpstr (error.message, ==, "Attempt to change a resource which is still in use: Cannot delete table while"
                                      " indexes are being created, updated, or deleted.");
  wait_for (f, DELAY_MS);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_ACTIVE);
}

static void
test_new_index (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, FALSE);

  update (f, make_table (TRUE));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_CREATING);
  g_assert_true (describe (f)->index_states[0].is_backfilling);
  assert_read (f, "g", "Cannot read from backfilling global secondary index: g");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'2'},'x':{'S':'1'},'y':{'S':'1'}}"));
  g_assert_false (fixture_put (f, "t", "{'pk':{'S':'3'},'x':{'N':'1'}}"));
  wait_for (f, DELAY_MS);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_false (describe (f)->index_states[0].is_backfilling);
  g_assert_cmpint (describe (f)->indexes[0].item_count, ==, 2);
  assert_read (f, "g", NULL);
  fixture_verify (f, "t");
}

static void
test_delete_index (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, TRUE);

  update (f, make_table (FALSE));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  g_assert_cmpuint (describe (f)->definition->indexes->len, ==, 1);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_DELETING);
  assert_read (f, "g", "The table does not have the specified index: g");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'2'},'x':{'S':'1'},'y':{'S':'1'}}"));
  fixture_verify (f, "t");
  wait_for (f, DELAY_MS);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpuint (describe (f)->definition->indexes->len, ==, 0);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'3'},'x':{'N':'1'}}"));
}

static void
test_delete (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, TRUE);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrTable *again = make_table (TRUE);

  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_DELETING);
  g_assert_false (fixture_put (f, "t", "{'pk':{'S':'2'}}"));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
  assert_in_use (f, "Attempt to change a resource which is still in use: Table is being deleted: t");
  g_assert_false (hr_engine_create_table (f->engine, again, &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
  hr_table_free (again);
  wait_for (f, DELAY_MS);
  g_assert_null (describe (f));
  fixture_create (f, make_table (FALSE));
  wait_for (f, DELAY_MS);
  g_assert_cmpint (describe (f)->item_count, ==, 0);
}

/* Statuses outlive the program, and end on their own even when nobody sweeps the next one. */
static void
test_reopen (void)
{
  g_auto (Place) place = { 0 };
  Fixture *f;

  place_init (&place);
  f = make_ready (place.path, TRUE);
  update (f, make_table (FALSE));
  fixture_free (f);
  f = open_swept (place.path, DELAY_MS);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_DELETING);
  fixture_free (f);
  f = fixture_new (place.path);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpuint (describe (f)->definition->indexes->len, ==, 0);
  g_assert_cmpint (describe (f)->item_count, ==, 1);
  fixture_verify (f, "t");
  fixture_free (f);
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_ready (NULL, FALSE);

  g_assert_true (hr_engine_begin (f->engine, NULL));
  update (f, make_table (TRUE));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpuint (describe (f)->definition->indexes->len, ==, 0);
  wait_for (f, 0);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
}

/* Items of about 1 KB, some of them without a place in the index. */
static void
write_some (Fixture *f, guint count, guint range)
{
  g_autofree char *filler = g_strnfill (1000, 'v');

  for (guint i = 0; i < count; i++)
    {
      guint number = (guint) g_test_rand_int_range (0, (gint32) range);
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%u'}}", number);
      g_autofree char *item
          = g_strdup_printf ("{'pk':{'S':'%u'},'v':{'S':'%s'}%s,'y':{'S':'%d'}}", number, filler,
                             g_test_rand_int_range (0, 4) > 0 ? ",'x':{'S':'a'}" : "", g_test_rand_int_range (0, 9));

      if (g_test_rand_int_range (0, 4) == 0)
        g_assert_true (fixture_delete (f, "t", key));
      else
        g_assert_true (fixture_put (f, "t", item));
    }
}

static Fixture *
make_large (const char *path)
{
  Fixture *f = open_swept (path, 0);

  fixture_create (f, make_table (FALSE));
  write_some (f, 6000, 6000);
  g_assert_cmpint (describe (f)->size_bytes, >, 2 * HR_LIMIT_PAGE_BYTES);
  return f;
}

/* As if it had been built at once. */
static void
assert_built (Fixture *f)
{
  g_autofree char *built = fixture_dump (f, "t");
  g_autofree char *expected = NULL;

  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (describe (f)->index_states[0].status, ==, HR_TABLE_ACTIVE);
  fixture_verify (f, "t");
  assert_read (f, "g", NULL);
  update (f, make_table (FALSE));
  g_assert_true (hr_engine_finish_changes (f->engine, NULL));
  update (f, make_table (TRUE));
  g_assert_true (hr_engine_finish_changes (f->engine, NULL));
  expected = fixture_dump (f, "t");
  g_assert_cmpstr (built, ==, expected);
}

static void
test_slices (void)
{
  g_autoptr (Fixture) f = make_large (NULL);
  guint count = 0;

  update (f, make_table (TRUE));
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_UPDATING);
  while (describe (f)->index_states[0].status != HR_TABLE_ACTIVE)
    {
      g_assert_cmpint (describe (f)->status, ==, count > 0 ? HR_TABLE_ACTIVE : HR_TABLE_UPDATING);
      g_assert_true (describe (f)->index_states[0].is_backfilling);
      assert_read (f, "g", "Cannot read from backfilling global secondary index: g");
      assert_read (f, NULL, NULL);
      write_some (f, 50, 7000);
      fixture_verify (f, "t");
      g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0);
      sweep (f);
      count++;
    }
  g_assert_cmpuint (count, >, 3);
  assert_built (f);
}

/* It can be taken back while it is built, and made again. */
static void
test_delete_between_slices (void)
{
  g_autoptr (Fixture) f = make_large (NULL);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  update (f, make_table (TRUE));
  sweep (f);
  sweep (f);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
  update (f, make_table (FALSE));
  wait_for (f, 0);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
  update (f, make_table (TRUE));
  wait_for (f, 0);
  assert_built (f);
}

/* Tags and the like may change while an index is built. */
static void
test_change_between_slices (void)
{
  g_autoptr (Fixture) f = make_large (NULL);
  HrTable *table = make_table (TRUE);

  update (f, make_table (TRUE));
  sweep (f);
  hr_settings_add_tag (&table->settings, "a", "b");
  update (f, table);
  fixture_verify (f, "t");
  write_some (f, 50, 7000);
  wait_for (f, 0);
  g_assert_cmpuint (describe (f)->definition->settings.tags->len, ==, 1);
  g_assert_cmpint (describe (f)->status, ==, HR_TABLE_ACTIVE);
  fixture_verify (f, "t");
}

static void
test_crash_between_slices (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  Fixture *f;

  place_init (&place);
  place_init (&copy);
  f = make_large (place.path);
  update (f, make_table (TRUE));
  sweep (f);
  sweep (f);
  place_crash (&place, &copy);
  fixture_free (f);

  /* after a good end it goes on, after a crash as well; without sweeps it is done when opening */
  f = open_swept (place.path, 0);
  g_assert_true (describe (f)->index_states[0].is_backfilling);
  fixture_verify (f, "t");
  write_some (f, 50, 7000);
  wait_for (f, 0);
  assert_built (f);
  fixture_free (f);
  f = open_swept (copy.path, 0);
  g_assert_true (describe (f)->index_states[0].is_backfilling);
  write_some (f, 50, 7000);
  sweep (f);
  fixture_verify (f, "t");
  fixture_free (f);
  f = fixture_new (copy.path);
  assert_built (f);
  fixture_free (f);
}

static guint
count_trees (Fixture *f, const char *pattern)
{
  sqlite3_stmt *statement = NULL;
  guint count;

  g_assert_cmpint (sqlite3_prepare_v2 (f->engine->db, "SELECT count(*) FROM sqlite_schema WHERE name GLOB ?1", -1,
                                       &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, pattern, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

/* What is large is gone for everybody at once, and then bit by bit. */
static void
test_garbage (void)
{
  g_auto (Place) place = { 0 };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  guint count = 0;
  Fixture *f;

  place_init (&place);
  f = make_large (place.path);
  update (f, make_table (TRUE));
  wait_for (f, 0);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  update (f, make_table (FALSE));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  fixture_verify (f, "t");
  assert_read (f, "g", NULL);

  update (f, make_table (FALSE));
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 1);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 2);
  g_assert_null (describe (f));
  fixture_create (f, make_table (TRUE));
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'1'},'x':{'S':'1'},'y':{'S':'1'}}"));
  for (; count_trees (f, "garbage_*") > 1; count++)
    sweep (f);
  g_assert_cmpuint (count, >, 3);
  fixture_free (f);

  f = open_swept (place.path, 0);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 1);
  sweep (f);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 1);
  fixture_free (f);
  f = fixture_new (place.path);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 0);
  g_assert_cmpint (describe (f)->item_count, ==, 1);
  fixture_verify (f, "t");
  fixture_free (f);
}

/* Killed in between, and in memory, where a copy goes without. */
static void
test_garbage_elsewhere (void)
{
  const HrEngineOptions options = { .clock = &test_clock };
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrEngine *engine;
  Fixture *f;

  place_init (&place);
  place_init (&copy);
  f = make_large (place.path);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  sweep (f);
  place_crash (&place, &copy);
  fixture_free (f);
  f = open_swept (copy.path, 0);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 1);
  wait_for (f, 0);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 0);
  fixture_free (f);

  f = make_large (NULL);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 1);
  engine = hr_engine_copy (f->engine, NULL, &options, NULL);
  g_assert_nonnull (engine);
  g_assert_false (engine->has_garbage);
  hr_engine_close (engine);
  wait_for (f, 0);
  g_assert_cmpuint (count_trees (f, "garbage_*"), ==, 0);
  fixture_free (f);
}

static void
set_page_limit (Fixture *f, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (f->engine->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* A slice that fails leaves the index as it was, and it goes on later. */
static void
test_failing_slice (void)
{
  g_autoptr (Fixture) f = make_large (NULL);
  g_autoptr (GError) error = NULL;

  update (f, make_table (TRUE));
  sweep (f);
  set_page_limit (f, "PRAGMA max_page_count = 1");
  g_assert_false (hr_engine_sweep (f->engine, 100, NULL, &error));
  g_assert_nonnull (error);
  fixture_verify (f, "t");
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), >, 0);
  set_page_limit (f, "PRAGMA max_page_count = 1000000");
  write_some (f, 50, 7000);
  wait_for (f, 60 * 1000);
  assert_built (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/status/at-once", test_at_once);
  g_test_add_func ("/engine/status/create", test_create);
  g_test_add_func ("/engine/status/update", test_update);
  g_test_add_func ("/engine/status/update-index", test_update_index);
  g_test_add_func ("/engine/status/new-index", test_new_index);
  g_test_add_func ("/engine/status/delete-index", test_delete_index);
  g_test_add_func ("/engine/status/delete", test_delete);
  g_test_add_func ("/engine/status/reopen", test_reopen);
  g_test_add_func ("/engine/status/rollback", test_rollback);
  g_test_add_func ("/engine/status/slices", test_slices);
  g_test_add_func ("/engine/status/delete-between-slices", test_delete_between_slices);
  g_test_add_func ("/engine/status/change-between-slices", test_change_between_slices);
  g_test_add_func ("/engine/status/crash-between-slices", test_crash_between_slices);
  g_test_add_func ("/engine/status/garbage", test_garbage);
  g_test_add_func ("/engine/status/garbage-elsewhere", test_garbage_elsewhere);
  g_test_add_func ("/engine/status/failing-slice", test_failing_slice);
  return g_test_run ();
}
