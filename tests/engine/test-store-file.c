/*
 * The database file: it keeps everything, is ours alone, and what is not ours stays as it is.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "model/base/error.h"
#include "model/engine/backups.h"
#include "model/engine/engine-private.h"
#include "model/engine/store-schema.h"
#include "model/engine/streams.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

static HrTable *
make_table (void)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");
  HrIndex *index = fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:N", HR_PROJECT_INCLUDE);

  g_ptr_array_add (index->included, g_strdup ("v"));
  return table;
}

static void
fill (Fixture *f, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'pk':{'S':'%u'},'sk':{'N':'%u'},'x':{'S':'%u'},'y':{'N':'%u'}}", i % 7, i, i % 3, i);

      g_assert_true (fixture_put (f, "t", json));
    }
}

static void
test_reopen (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  const HrTableInfo *info;
  gint64 size_bytes;

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 50);
  fixture_delete (f, "t", "{'pk':{'S':'0'},'sk':{'N':'49'}}");
  before = fixture_dump (f, "t");
  info = hr_engine_describe_table (f->engine, "t", &f->call);
  id = g_strdup (info->id);
  size_bytes = info->size_bytes;

  fixture_reopen (f, place.path);
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
  info = hr_engine_describe_table (f->engine, "t", &f->call);
  g_assert_cmpstr (info->id, ==, id);
  g_assert_cmpint (info->item_count, ==, 49);
  g_assert_cmpint (info->size_bytes, ==, size_bytes);
  g_assert_cmpint (info->indexes[0].item_count, ==, 49);
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 50);
  g_assert_cmpuint (info->definition->indexes->len, ==, 1);
  fixture_verify (f, "t");
  fill (f, 60);
  fixture_verify (f, "t");
}

/* What a reader of the file sees while it is open is what it would find after a crash. */
static void
test_crash (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Fixture) crashed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  place_init (&place);
  place_init (&copy);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 10);
  fixture_reopen (f, place.path);
  fill (f, 30);
  before = fixture_dump (f, "t");
  place_crash (&place, &copy);
  crashed = fixture_new (copy.path);
  after = fixture_dump (crashed, "t");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (hr_engine_describe_table (crashed->engine, "t", &crashed->call)->item_count, ==, 30);
  g_assert_cmpint (hr_engine_get_next_ordinal (crashed->engine, "t"), >=, 30);
  fixture_verify (crashed, "t");
  fill (crashed, 40);
  fixture_verify (crashed, "t");
}

/* Counters and reserved ordinals go back with a rollback, in the file too. */
static void
test_rollback (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 20);
  fixture_reopen (f, place.path);
  before = fixture_dump (f, "t");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  fill (f, 9000);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 20);
  fixture_reopen (f, place.path);
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 20);
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, 20);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  fill (f, 30);
  /* Closing takes back what was not committed. */
  fixture_reopen (f, place.path);
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, 20);
}

static void
assert_refused (const char *path, int code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  g_autoptr (GError) error = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  gboolean has_log = g_file_test (wal, G_FILE_TEST_EXISTS);

  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  g_assert_null (hr_engine_open (path, NULL, &error));
  g_assert_error (error, HR_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (after, after_length, before, before_length);
  g_assert_cmpint (g_file_test (wal, G_FILE_TEST_EXISTS), ==, has_log);
}

static void
write_at (const char *path, gsize offset, const char *bytes, gsize length)
{
  int file = open (path, O_WRONLY);

  g_assert_cmpint (pwrite (file, bytes, length, offset), ==, (gssize) length);
  close (file);
}

static void
make_store (const char *path)
{
  g_autoptr (Fixture) f = fixture_new (path);

  fixture_create (f, make_table ());
  fill (f, 500);
}

static void
test_foreign (void)
{
  g_auto (Place) place = { 0 };
  sqlite3 *db = NULL;

  place_init (&place);
  g_assert_true (g_file_set_contents (place.path, "{\"hashrange\": 1}", -1, NULL));
  assert_refused (place.path, HR_ERROR_STORE);
  g_unlink (place.path);

  g_assert_cmpint (sqlite3_open (place.path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE t (a); PRAGMA journal_mode = WAL", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
  assert_refused (place.path, HR_ERROR_STORE);
}

static void
test_newer (void)
{
  const guint32 version = GUINT32_TO_BE (hr_store_schema_get_version () + 1);
  g_auto (Place) place = { 0 };

  place_init (&place);
  make_store (place.path);
  write_at (place.path, 60, (const char *) &version, sizeof version);
  assert_refused (place.path, HR_ERROR_UNSUPPORTED);
}

static void
test_damaged (void)
{
  static const char zeros[8192] = { 0 };
  g_auto (Place) place = { 0 };

  place_init (&place);
  make_store (place.path);
  /* The first page without its marks, then the catalogue's tree. */
  write_at (place.path, 100, zeros, 4096);
  assert_refused (place.path, HR_ERROR_STORE);
  g_unlink (place.path);
  make_store (place.path);
  g_assert_cmpint (truncate (place.path, 8192 * 2), ==, 0);
  assert_refused (place.path, HR_ERROR_STORE);
  g_assert_cmpint (truncate (place.path, 50), ==, 0);
  assert_refused (place.path, HR_ERROR_STORE);
}

/* Whatever byte is wrong, the engine opens or refuses; nothing crashes, reads included. */
static void
test_wrong_bytes (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *good = NULL;
  gsize length;

  place_init (&place);
  make_store (place.path);
  g_assert_true (g_file_get_contents (place.path, &good, &length, NULL));
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (HrEngine) engine = NULL;
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrPageRequest request = { .table = "t", .index = i % 2 ? "g" : NULL };
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrCall call = { .arena = arena };
      HrPage page;

      write_at (place.path, 0, good, length);
      g_assert_cmpint (truncate (place.path, length), ==, 0);
      for (guint j = 0; j < 40; j++)
        {
          char byte = g_test_rand_int ();

          write_at (place.path, 100 + g_test_rand_int () % (length - 100), &byte, 1);
        }
      engine = hr_engine_open (place.path, NULL, NULL);
      if (engine != NULL)
        hr_engine_read_page (engine, &request, &call, &page, &error);
    }
}

/* A file whose first page is missing, with the journal that says that it was empty before, is a new one. */
static void
test_half_made (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *journal = NULL;
  /* magic, records, nonce, pages before, sector, page; see the file format of SQLite */
  static const guint8 head[28] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 1, 2, 3, 4,
                                   0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x20, 0 };
  static const char nothing[3 * 8192];
  g_autofree guint8 *sector = g_malloc0 (512);

  place_init (&place);
  journal = g_strconcat (place.path, "-journal", NULL);
  memcpy (sector, head, sizeof head);
  g_assert_true (g_file_set_contents (place.path, nothing, sizeof nothing, NULL));
  assert_refused (place.path, HR_ERROR_STORE);
  g_assert_true (g_file_set_contents (journal, (const char *) sector, 512, NULL));
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 3);
  fixture_reopen (f, place.path);
  fixture_verify (f, "t");
}

/* A store as version 1 left it: without what the later steps add. */
static const char age_sql[] =
    "ALTER TABLE tables DROP COLUMN status; ALTER TABLE tables DROP COLUMN until_us;"
    "ALTER TABLE indexes DROP COLUMN status; ALTER TABLE indexes DROP COLUMN built_to;"
    "DROP TABLE properties; DROP TABLE streams; DROP TABLE expiries; DROP TABLE backups; DROP TABLE recoveries;"
    "DROP TABLE row_copies; DROP TABLE counts;"
    "DROP TABLE IF EXISTS stream_1; DROP TABLE IF EXISTS expiry_1; DROP TABLE IF EXISTS recovery_1;"
    "PRAGMA user_version = 1";

static guint
read_version_mark (const char *path)
{
  g_autofree char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  return (guint8) bytes[63];
}

static const char *
get_stream_label (Fixture *f)
{
  return hr_engine_describe_table (f->engine, "t", &f->call)->stream_label;
}

static char *
make_expired_item (gint64 seconds_ago)
{
  return g_strdup_printf ("{'pk':{'S':'0'},'sk':{'N':'0'},'due':{'N':'%" G_GINT64_FORMAT "'}}",
                          g_get_real_time () / G_USEC_PER_SEC - seconds_ago);
}

/* The stream that the table had in name only takes records, and the item that expired is found. */
static void
check_logs (Fixture *f, const char *label)
{
  const HrStreamInfo *stream = hr_engine_find_stream (f->engine, "t", label, &f->call);
  g_autofree char *item = make_expired_item (59);
  HrRecoveryInfo recovery;
  HrSweep sweep;

  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &recovery, &f->error));
  g_assert_true (recovery.is_on);
  g_assert_nonnull (stream);
  g_assert_cmpint (stream->last_sequence, ==, 0);
  g_assert_true (fixture_put (f, "t", item));
  g_assert_true (hr_engine_sweep (f->engine, 1000, &sweep, NULL));
  g_assert_cmpuint (sweep.expired, ==, 1);
  stream = hr_engine_find_stream (f->engine, "t", label, &f->call);
  g_assert_cmpint (stream->last_sequence, ==, 2);
}

/* Counters stood in the lists of tables and indexes when a store was closed in peace; else there was a word about
 * ordinals only. */
#define AGE "DROP TABLE counts; PRAGMA user_version = 5; "

static void
test_older_counts (void)
{
  static const struct
  {
    const char *sql;
    gint64 next_ordinal;
    gint64 item_count;
  } rows[] = {
    { AGE "UPDATE tables SET saved = 1, next_ordinal = 70, item_count = 69, size_bytes = 3000", 70, 69 },
    { AGE "UPDATE tables SET saved = 0, next_ordinal = 4096, item_count = 0, size_bytes = 0", 4096, 40 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Place) place = { 0 };
      g_autoptr (Fixture) f = NULL;
      sqlite3 *db = NULL;

      place_init (&place);
      f = fixture_new (place.path);
      fixture_create (f, make_table ());
      fill (f, 40);
      g_clear_pointer (&f, fixture_free);
      g_assert_cmpint (sqlite3_open (place.path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, rows[i].sql, NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_close (db);
      f = fixture_new (place.path);
      for (guint j = 0; j < 2; j++)
        {
          g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, rows[i].next_ordinal);
          g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, rows[i].item_count);
          fixture_reopen (f, place.path);
        }
      if (rows[i].item_count == 40)
        fixture_verify (f, "t");
    }
}

static void
test_older (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *label = NULL;
  g_autofree char *item = NULL;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrTable *table = make_table ();
  sqlite3 *db = NULL;

  place_init (&place);
  f = fixture_new (place.path);
  table->settings.stream = HR_STREAM_KEYS_ONLY;
  table->settings.ttl_attribute = g_strdup ("due");
  table->settings.point_in_time_recovery = TRUE;
  fixture_create (f, table);
  fill (f, 40);
  item = make_expired_item (60);
  g_assert_true (fixture_put (f, "t", item));
  label = g_strdup (get_stream_label (f));
  before = fixture_dump (f, "t");
  g_clear_pointer (&f, fixture_free);
  g_assert_cmpint (sqlite3_open (place.path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, age_sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_cmpuint (read_version_mark (place.path), ==, 1);

  f = fixture_new (place.path);
  /* The mark stands in the file itself, for programs of version 1 to see. */
  g_assert_cmpuint (read_version_mark (place.path), ==, hr_store_schema_get_version ());
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (get_stream_label (f), ==, label);
  check_logs (f, label);
  g_assert_true (hr_engine_set_property (f->engine, "t", "a", "b", &f->call, &error));
  fixture_reopen (f, place.path);
  g_assert_cmpstr (hr_engine_get_property (f->engine, "t", "a", &f->call), ==, "b");
  fixture_verify (f, "t");
}

/* Where the rows of an SQLite table begin. */
static int
find_page (sqlite3 *db, const char *name)
{
  sqlite3_stmt *statement = NULL;
  int page;

  sqlite3_prepare_v2 (db, "SELECT rootpage FROM sqlite_schema WHERE name = ?1", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return page;
}

/* An older store that is damaged stays older. */
static void
test_older_damaged (void)
{
  g_auto (Place) place = { 0 };
  sqlite3 *db = NULL;
  int page;

  place_init (&place);
  make_store (place.path);
  g_assert_cmpint (sqlite3_open (place.path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, age_sql, NULL, NULL, NULL), ==, SQLITE_OK);
  page = find_page (db, "items_1");
  sqlite3_close (db);
  write_at (place.path, 8192 * (page - 1) + 3, "\xff\xff\xff\xff\xff\xff", 6);
  assert_refused (place.path, HR_ERROR_STORE);
}

/* What waits in the log of a damaged store is not moved into it. */
static void
test_damaged_with_log (void)
{
  static const char zeros[8192] = { 0 };
  g_auto (Place) place = { 0 };
  g_auto (Place) crashed = { 0 };
  g_autofree char *log = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  g_autoptr (Fixture) f = NULL;

  place_init (&place);
  place_init (&crashed);
  make_store (place.path);
  f = fixture_new (place.path);
  fill (f, 520);
  place_crash (&place, &crashed);
  for (guint i = 1; i < 7; i++)
    write_at (crashed.path, 8192 * i, zeros, sizeof zeros);
  log = g_strconcat (crashed.path, "-wal", NULL);
  g_assert_true (g_file_get_contents (log, &before, &before_length, NULL));
  g_assert_cmpuint (before_length, >, 0);
  assert_refused (crashed.path, HR_ERROR_STORE);
  g_assert_true (g_file_get_contents (log, &after, &after_length, NULL));
  g_assert_cmpmem (after, after_length, before, before_length);
}

static void
test_empty_file (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;

  place_init (&place);
  g_assert_true (g_file_set_contents (place.path, "", 0, NULL));
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
}

static void
test_in_use (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  g_assert_null (hr_engine_open (place.path, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_BUSY);
  fill (f, 10);
}

static void
test_nowhere (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  path = g_build_filename (place.folder, "none", "store.db", NULL);
  g_assert_null (hr_engine_open (path, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hr_engine_open (place.folder, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_IO);
}

static void
test_synchronous (void)
{
  static const HrSync ways[] = { HR_SYNC_OFF, HR_SYNC_FULL, HR_SYNC_NORMAL };
  static const int pragmas[] = { 0, 2, 1 };
  g_auto (Place) place = { 0 };

  place_init (&place);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      HrEngineOptions options = { .synchronous = ways[i] };
      g_autoptr (HrEngine) engine = hr_engine_open (place.path, &options, NULL);
      sqlite3_stmt *statement = NULL;

      g_assert_nonnull (engine);
      g_assert_cmpint (sqlite3_prepare_v2 (engine->db, "PRAGMA synchronous", -1, &statement, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      g_assert_cmpint (sqlite3_column_int (statement, 0), ==, pragmas[i]);
      sqlite3_finalize (statement);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/store-file/reopen", test_reopen);
  g_test_add_func ("/engine/store-file/crash", test_crash);
  g_test_add_func ("/engine/store-file/rollback", test_rollback);
  g_test_add_func ("/engine/store-file/foreign", test_foreign);
  g_test_add_func ("/engine/store-file/newer", test_newer);
  g_test_add_func ("/engine/store-file/half-made", test_half_made);
  g_test_add_func ("/engine/store-file/older", test_older);
  g_test_add_func ("/engine/store-file/older-counts", test_older_counts);
  g_test_add_func ("/engine/store-file/damaged", test_damaged);
  g_test_add_func ("/engine/store-file/wrong-bytes", test_wrong_bytes);
  g_test_add_func ("/engine/store-file/older-damaged", test_older_damaged);
  g_test_add_func ("/engine/store-file/damaged-with-log", test_damaged_with_log);
  g_test_add_func ("/engine/store-file/empty-file", test_empty_file);
  g_test_add_func ("/engine/store-file/in-use", test_in_use);
  g_test_add_func ("/engine/store-file/nowhere", test_nowhere);
  g_test_add_func ("/engine/store-file/synchronous", test_synchronous);
  return g_test_run ();
}
