/*
 * Stores of an older version that come without counters: nobody waits for them, and they are right whenever somebody
 * asks.
 */
#include <sqlite3.h>

#include "model/engine/counts.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define N_ITEMS 40

static HrTable *
make_table (void)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:N", HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:N", HR_PROJECT_ALL);
  return table;
}

static gboolean
put (Fixture *f, guint number, const char *rest)
{
  g_autofree char *json
      = g_strdup_printf ("{'pk':{'S':'%u'},'sk':{'N':'%u'},'y':{'N':'%u'}%s}", number % 4, number, number, rest);

  return fixture_put (f, "t", json);
}

static gint64
read_number (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

/* How many numbers are stored of the table: the next ordinal alone where it is not known what the table holds. */
static gint64
count_numbers (const Place *place)
{
  return read_number (place->path, "SELECT length (counts) / 8 FROM counts");
}

#define N_NUMBERS (1 + 2 * 3)

/* A file as an older version leaves it that is killed. */
static void
make_store (Place *place)
{
  g_autoptr (Fixture) f = NULL;
  sqlite3 *db = NULL;

  place_init (place);
  f = fixture_new (place->path);
  fixture_create (f, make_table ());
  for (guint i = 0; i < N_ITEMS; i++)
    g_assert_true (put (f, i, i % 3 > 0 ? ",'x':{'S':'x'}" : ""));
  g_clear_pointer (&f, fixture_free);
  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TABLE counts; PRAGMA user_version = 5;"
                                 "UPDATE tables SET saved = 0, next_ordinal = 4096, item_count = 7, size_bytes = 7",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_count (HrEngine *engine, gint64 expected)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };

  g_assert_cmpint (hr_engine_describe_table (engine, "t", &call)->item_count, ==, expected);
}

static void
test_open (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;

  make_store (&place);
  f = fixture_new (place.path);
  g_assert_cmpint (count_numbers (&place), ==, 1); /* nobody waited */
  assert_count (f->engine, N_ITEMS);
  fixture_verify (f, "t");
  fixture_reopen (f, place.path);
  g_assert_cmpint (count_numbers (&place), ==, N_NUMBERS);
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 4096);
  fixture_verify (f, "t");
}

/* Changes, some of them taken back, in whatever order with the thread. */
static void
test_changes (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Fixture) crashed = NULL;

  make_store (&place);
  place_init (&copy);
  f = fixture_new (place.path);
  g_assert_true (put (f, 100, ",'x':{'S':'longer'}"));
  g_assert_true (put (f, 1, ""));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'2'},'sk':{'N':'2'}}"));
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'3'},'sk':{'N':'3'}}"));
  assert_count (f->engine, N_ITEMS - 1);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  place_crash (&place, &copy);
  fixture_verify (f, "t");

  crashed = fixture_new (copy.path);
  fixture_verify (crashed, "t");
  assert_count (crashed->engine, N_ITEMS);
}

/* What the thread has found is stored with the next commit. */
static void
test_commit (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;

  make_store (&place);
  f = fixture_new (place.path);
  while (!hr_recount_is_done (f->engine->recount))
    g_thread_yield ();
  g_assert_true (put (f, 200, ""));
  g_assert_cmpint (count_numbers (&place), ==, N_NUMBERS);
  g_assert_null (f->engine->recount);
  fixture_verify (f, "t");
}

static void
test_copies (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  HrEngine *copy;
  HrEngine *snapshot;

  make_store (&place);
  f = fixture_new (place.path);
  copy = hr_engine_copy (f->engine, NULL, NULL, NULL);
  snapshot = hr_engine_open_snapshot (f->engine, NULL);
  g_assert_true (put (f, 300, ""));
  assert_count (copy, N_ITEMS);
  assert_count (snapshot, N_ITEMS);
  assert_count (f->engine, N_ITEMS + 1);
  hr_engine_close (snapshot);
  hr_engine_close (copy);
  fixture_verify (f, "t");
}

/* Another definition takes over what is known; a table that goes is not waited for. */
static void
test_definitions (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  HrTable *definition;

  make_store (&place);
  f = fixture_new (place.path);
  definition = hr_table_copy (hr_engine_get_table (f->engine, "t"));
  g_ptr_array_remove_index (definition->indexes, 0);
  fixture_add_index (definition, "other", HR_INDEX_GLOBAL, "y:N", NULL, HR_PROJECT_ALL);
  g_assert_true (put (f, 400, ""));
  g_assert_true (hr_engine_update_table (f->engine, definition, &f->call, &f->error));
  hr_table_free (definition);
  fixture_verify (f, "t");
  assert_count (f->engine, N_ITEMS + 1);
  fixture_reopen (f, place.path);
  fixture_verify (f, "t");
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
}

/* Collections have their limit, whatever is known of the table. */
static void
test_collections (void)
{
  const HrEngineOptions options = { .collection_bytes_max = 1500 };
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *letters = g_strnfill (1500, 'v');
  g_autofree char *large = g_strdup_printf (",'v':{'S':'%s'}", letters);

  make_store (&place);
  f = fixture_new_with (place.path, &options);
  g_assert_false (put (f, 500, large));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED);
  g_assert_true (put (f, 501, ""));
  fixture_verify (f, "t");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/recount/open", test_open);
  g_test_add_func ("/engine/recount/changes", test_changes);
  g_test_add_func ("/engine/recount/commit", test_commit);
  g_test_add_func ("/engine/recount/copies", test_copies);
  g_test_add_func ("/engine/recount/definitions", test_definitions);
  g_test_add_func ("/engine/recount/collections", test_collections);
  return g_test_run ();
}
