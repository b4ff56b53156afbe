/*
 * The engine's own tables in the database, version by version.
 *
 * The database counts in its user_version how many of the steps below it has been through. A new database goes
 * through all of them, an older one through those that it lacks; to change the store, add a step, and never change one
 * that has been released. The first may find its tables there: a file is marked before it has any.
 */
#include "model/engine/store-schema.h"

static const char *const steps[] = {
  /* 1: tables and indexes, and their counters at rest. See catalogue.c. */
  "CREATE TABLE IF NOT EXISTS tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
  " id TEXT NOT NULL, created_us INTEGER NOT NULL, definition TEXT NOT NULL, next_ordinal INTEGER NOT NULL,"
  " saved INTEGER NOT NULL, item_count INTEGER NOT NULL, size_bytes INTEGER NOT NULL);"
  "CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY, table_number INTEGER NOT NULL,"
  " position INTEGER NOT NULL, item_count INTEGER NOT NULL, size_bytes INTEGER NOT NULL)",

  /* 2: what tables and indexes are doing, see status.c, and properties.c. */
  "ALTER TABLE tables ADD COLUMN status INTEGER NOT NULL DEFAULT 1;"
  "ALTER TABLE tables ADD COLUMN until_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE indexes ADD COLUMN status INTEGER NOT NULL DEFAULT 1;"
  "ALTER TABLE indexes ADD COLUMN built_to BLOB;"
  "CREATE TABLE properties (table_number INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,"
  " PRIMARY KEY (table_number, name)) WITHOUT ROWID",

  /* 3: streams, see stream-log.c, and times of expiry, see expiry.c. */
  "CREATE TABLE streams (number INTEGER PRIMARY KEY, table_id TEXT NOT NULL, table_name TEXT NOT NULL,"
  " partition_key TEXT NOT NULL, sort_key TEXT, view TEXT NOT NULL, shards INTEGER NOT NULL, label TEXT NOT NULL,"
  " created_us INTEGER NOT NULL, ended_us INTEGER NOT NULL DEFAULT 0, last_sequence INTEGER NOT NULL DEFAULT 0,"
  " UNIQUE (table_name, label));"
  "CREATE TABLE expiries (table_number INTEGER PRIMARY KEY, attribute TEXT NOT NULL, built_to BLOB)",

  /* 4: backups, see backups.c, and the terms of point-in-time recovery, see recovery.c. */
  "CREATE TABLE backups (number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL,"
  " table_name TEXT NOT NULL, table_id TEXT NOT NULL, table_created_us INTEGER NOT NULL, created_us INTEGER NOT NULL,"
  " expires_us INTEGER NOT NULL, item_count INTEGER NOT NULL, size_bytes INTEGER NOT NULL, definition TEXT NOT NULL);"
  "CREATE TABLE recoveries (table_number INTEGER PRIMARY KEY, enabled_us INTEGER NOT NULL, days INTEGER NOT NULL)",

  /* 5: backups and tables that are being filled, see row-copy.c. */
  "CREATE TABLE row_copies (number INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, backup_number INTEGER NOT NULL,"
  " target_number INTEGER NOT NULL, first_change INTEGER NOT NULL, end_change INTEGER NOT NULL,"
  " until_us INTEGER NOT NULL, copied_to BLOB)",

  /* 6: counters as of the last commit, see counts.c, in the place of the columns for them at rest. */
  "CREATE TABLE counts (table_number INTEGER PRIMARY KEY, counts BLOB NOT NULL)",
};

guint
hr_store_schema_get_version (void)
{
  return G_N_ELEMENTS (steps);
}

static gboolean
execute (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
read_version (sqlite3 *db, guint *version)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK
                && sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *version = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
take_steps (sqlite3 *db, guint version)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                            HR_STORE_APPLICATION_ID, hr_store_schema_get_version ());

  for (guint i = version <= 1 ? 0 : version; i < G_N_ELEMENTS (steps); i++)
    if (!execute (db, steps[i]))
      return FALSE;
  return execute (db, marks);
}

/* An older database is changed for good, so it is looked at before. */
static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK
                && sqlite3_step (statement) == SQLITE_ROW
                && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  sqlite3_finalize (statement);
  return ok;
}

gboolean
hr_store_schema_bring_up (sqlite3 *db, gboolean *is_changed)
{
  guint version;

  if (!read_version (db, &version))
    return FALSE;
  *is_changed = version < hr_store_schema_get_version ();
  if (version > 0 && *is_changed && !is_sound (db))
    return FALSE;
  return !*is_changed || (execute (db, "BEGIN IMMEDIATE") && take_steps (db, version) && execute (db, "COMMIT"));
}
