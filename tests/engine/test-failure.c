/*
 * A database that fails: what was asked for happens wholly or not at all, and the engine goes on afterwards.
 *
 * The limit on pages makes SQLite report a full disk at whatever write comes first to need one more.
 */
#include "model/engine/engine-private.h"
#include "tests/engine/fixture.h"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_add_index (table, "h", HR_INDEX_GLOBAL, "y:S", NULL, HR_PROJECT_ALL);
  fixture_create (f, table);
  return f;
}

static void
execute (Fixture *f, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (f->engine->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static gint64
count_pages (Fixture *f)
{
  sqlite3_stmt *statement;
  gint64 count;

  g_assert_cmpint (sqlite3_prepare_v2 (f->engine->db, "PRAGMA page_count", -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_step (statement);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static void
allow_pages (Fixture *f, gint64 more)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, count_pages (f) + more);

  execute (f, sql);
}

static void
allow_all_pages (Fixture *f)
{
  execute (f, "PRAGMA max_page_count = 1000000");
}

static HrWrite
make_put (Fixture *f, guint number)
{
  g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%u'},'x':{'S':'%u'},'y':{'S':'%u'}}", number, number, number);
  HrValue item = fixture_item_quoted (f, json);
  HrValue text = fixture_text (f, 'v', 3000);

  return (HrWrite) { .kind = HR_WRITE_PUT, .table = "t", .item = hr_map_with (f->arena, &item, "v", 1, &text) };
}

static void
assert_unchanged (Fixture *f, const char *before, gint64 next_ordinal)
{
  g_autofree char *after = fixture_dump (f, "t");

  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, next_ordinal);
  fixture_verify (f, "t");
}

static void
test_write (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  guint failures = 0;

  for (guint i = 0; failures < 20; i++)
    {
      HrWrite write = make_put (f, i);
      g_autofree char *before = fixture_dump (f, "t");
      gint64 next = hr_engine_get_next_ordinal (f->engine, "t");

      allow_pages (f, i % 4);
      if (!fixture_write (f, &write))
        {
          assert_unchanged (f, before, next);
          failures++;
        }
      allow_all_pages (f);
      g_assert_true (fixture_write (f, &write));
    }
}

static void
test_transaction (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  guint failures = 0;

  for (guint i = 0; failures < 10; i += 4)
    {
      HrWrite writes[] = { make_put (f, i), make_put (f, i + 1), make_put (f, i + 2), make_put (f, i + 3) };
      g_autofree char *before = fixture_dump (f, "t");
      gint64 next = hr_engine_get_next_ordinal (f->engine, "t");

      allow_pages (f, i % 9);
      f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      if (!hr_engine_transact_write (f->engine, writes, 4, &f->call, &f->error))
        {
          assert_unchanged (f, before, next);
          failures++;
        }
      allow_all_pages (f);
      g_assert_true (hr_engine_batch_write (f->engine, writes, 4, &f->call, NULL, &f->error));
    }
}

/* Inside savepoints: only what failed goes back, unless SQLite gave the whole transaction up. */
static void
test_savepoint (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  guint failures = 0;

  for (guint i = 0; failures < 10; i++)
    {
      HrWrite first = make_put (f, 2 * i);
      HrWrite second = make_put (f, 2 * i + 1);
      g_autofree char *before = fixture_dump (f, "t");
      gint64 next = hr_engine_get_next_ordinal (f->engine, "t");
      g_autofree char *after = NULL;

      g_assert_true (hr_engine_begin (f->engine, NULL));
      g_assert_true (hr_engine_begin (f->engine, NULL));
      g_assert_true (fixture_write (f, &first));
      allow_pages (f, i % 4);
      if (!fixture_write (f, &second))
        failures++;
      allow_all_pages (f);
      hr_engine_commit (f->engine, NULL);
      g_assert_true (hr_engine_rollback (f->engine, NULL));
      after = fixture_dump (f, "t");
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, next);
      fixture_verify (f, "t");
      g_assert_true (fixture_write (f, &first));
    }
}

/* SQLite itself ends the transaction under open savepoints: nothing is written outside of it. */
static void
test_given_up (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrWrite first = make_put (f, 1);
  HrWrite second = make_put (f, 2);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_write (f, &first));
  before = fixture_dump (f, "t");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (fixture_write (f, &second));
  execute (f, "ROLLBACK");
  g_assert_false (fixture_write (f, &second));
  assert_error (f, HR_SERVICE_INTERNAL, "The database failed: the transaction was given up");
  g_assert_false (hr_engine_begin (f->engine, NULL));
  g_assert_false (hr_engine_commit (f->engine, &error));
  g_assert_nonnull (error);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
  g_assert_true (fixture_write (f, &second));
}

static void
test_tables (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autoptr (HrTable) table = fixture_table ("u", "pk:S", NULL);

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  for (guint i = 0; i < 2; i++)
    {
      allow_pages (f, i);
      g_assert_false (hr_engine_create_table (f->engine, table, &f->call, &f->error));
      g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
      g_assert_null (hr_engine_get_table (f->engine, "u"));
    }
  allow_all_pages (f);
  g_assert_true (hr_engine_create_table (f->engine, table, &f->call, &f->error));
}

/* Records that are none are reported, never followed. */
static void
test_damaged_record (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrPageRequest request = { .table = "t" };
  HrWrite write = make_put (f, 1);
  HrGetResult result;

  g_assert_true (fixture_write (f, &write));
  execute (f, "UPDATE items_1 SET record = x'ffffffffffffffffffffffffffffff'");
  g_assert_false (fixture_get (f, "t", "{'pk':{'S':'1'}}", &result));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_false (fixture_read (f, &request));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_false (fixture_update_item (f, "t", "{'pk':{'S':'1'}}", "REMOVE v", NULL));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_false (fixture_delete (f, "t", "{'pk':{'S':'1'}}"));
  g_assert_false (hr_engine_verify_indexes (f->engine, "t", NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/failure/write", test_write);
  g_test_add_func ("/engine/failure/transaction", test_transaction);
  g_test_add_func ("/engine/failure/savepoint", test_savepoint);
  g_test_add_func ("/engine/failure/given-up", test_given_up);
  g_test_add_func ("/engine/failure/tables", test_tables);
  g_test_add_func ("/engine/failure/damaged-record", test_damaged_record);
  return g_test_run ();
}
