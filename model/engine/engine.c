/*
 * Opening and closing an engine, and finding tables in it.
 *
 * Everything of the engine hangs on one SQLite connection. What is decided here is only the life of that
 * connection and of the statements that belong to no table; how the file is treated is store-file.c, which
 * tables it has catalogue.c.
 */
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/catalogue.h"
#include "model/engine/counts.h"
#include "model/engine/garbage.h"
#include "model/engine/row-copy.h"
#include "model/engine/status.h"
#include "model/engine/store-file.h"

#include <unistd.h>

static const char *const statement_sql[HR_N_STATEMENTS] = {
  [HR_STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [HR_STATEMENT_COMMIT] = "COMMIT",
  [HR_STATEMENT_ROLLBACK] = "ROLLBACK",
  [HR_STATEMENT_SAVEPOINT] = "SAVEPOINT hashrange",
  [HR_STATEMENT_RELEASE] = "RELEASE hashrange",
  [HR_STATEMENT_ROLLBACK_TO] = "ROLLBACK TO hashrange",
};

int
hr_engine_run (HrEngine *self, HrStatement which)
{
  int code;

  if (self->statements[which] == NULL
      && sqlite3_prepare_v3 (self->db, statement_sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                             &self->statements[which], NULL)
             != SQLITE_OK)
    return SQLITE_ERROR;
  code = sqlite3_step (self->statements[which]);
  sqlite3_reset (self->statements[which]);
  return code;
}

static const char *
get_failure (HrEngine *self)
{
  return self->is_lost ? "the transaction was given up" : sqlite3_errmsg (self->db);
}

gboolean
hr_engine_fail_service (HrEngine *self, HrArena *arena, HrServiceError *error)
{
  return hr_service_error_set (error, arena, HR_SERVICE_INTERNAL, "The database failed: %s",
                               get_failure (self));
}

gboolean
hr_engine_fail (HrEngine *self, GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The database failed: %s."), get_failure (self));
  return FALSE;
}

gboolean
hr_engine_fail_damaged (const HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  return hr_service_error_set (error, arena, HR_SERVICE_INTERNAL,
                               "The database is damaged: table %s holds a row that is none",
                               table->definition->name);
}

static gboolean
start_checkpointer (HrEngine *self, const char *path, const HrEngineOptions *options, GError **error)
{
  if (path == NULL || options == NULL || !options->has_checkpointer)
    return TRUE;
  self->checkpointer = hr_checkpointer_new (self->db, path, options->synchronous, error);
  return self->checkpointer != NULL;
}

static gboolean
find_garbage (HrEngine *self, GError **error)
{
  return hr_garbage_find (self) || hr_engine_fail (self, error);
}

/* Takes @db and @lock. */
static HrEngine *
engine_new (sqlite3 *db, int lock, const HrEngineOptions *options, GError **error)
{
  g_autoptr (HrEngine) self = g_new0 (HrEngine, 1);
  const char *path = hr_store_get_path (db);

  self->db = db;
  self->lock = lock;
  self->is_file = path != NULL;
  self->clock = options != NULL && options->clock != NULL ? options->clock : &HR_CLOCK_SYSTEM;
  self->is_swept = options != NULL && options->is_swept;
  self->status_delay_us = options != NULL ? MAX (options->status_delay_ms, 0) * 1000 : 0;
  self->ttl_delay_us = options != NULL ? MAX (options->ttl_delay_s, 0) * G_USEC_PER_SEC : 0;
  self->collection_bytes_max = options != NULL ? options->collection_bytes_max : 0;
  if (self->collection_bytes_max == 0)
    self->collection_bytes_max = HR_LIMIT_COLLECTION_BYTES;
  self->synchronous = options != NULL ? options->synchronous : HR_SYNC_OFF;
  self->piece_rows = HR_PIECE_ROWS_MAX;
  self->tables = g_hash_table_new (g_str_hash, g_str_equal);
  self->scratch = hr_arena_new ();
  if (!hr_catalogue_load (self, error) || !find_garbage (self, error)
      || !start_checkpointer (self, path, options, error))
    {
      g_autofree char *name = path != NULL ? g_filename_display_name (path) : g_strdup (":memory:");

      hr_store_leave_alone (db);
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  hr_counts_begin (self);
  return g_steal_pointer (&self);
}

/* What an engine that was swept left under way is done at once when nobody sweeps this one. Takes @self, or NULL. */
static HrEngine *
finish_changes (HrEngine *self, GError **error)
{
  if (self == NULL || self->is_swept || hr_status_finish (self, error))
    return self;
  hr_engine_close (self);
  return NULL;
}

HrEngine *
hr_engine_open (const char *path, const HrEngineOptions *options, GError **error)
{
  int lock;
  sqlite3 *db = hr_store_open (path, options != NULL ? options->synchronous : HR_SYNC_OFF, &lock, error);

  return db != NULL ? finish_changes (engine_new (db, lock, options, error), error) : NULL;
}

static gboolean
check_at_rest (HrEngine *self, GError **error)
{
  if (self->level == 0)
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY, _("The database is being changed. Try again after that."));
  return FALSE;
}

HrEngine *
hr_engine_copy (HrEngine *self, const char *path, const HrEngineOptions *options, GError **error)
{
  sqlite3 *db;
  int lock;

  /* a snapshot is at rest as long as it is there */
  if (sqlite3_db_readonly (self->db, "main") != 1 && !check_at_rest (self, error))
    return NULL;
  if (hr_store_get_path (self->db) == NULL && !hr_counts_store_all (self))
    {
      hr_engine_fail (self, error);
      return NULL;
    }
  db = hr_store_copy (self->db, path, options != NULL ? options->synchronous : HR_SYNC_OFF, &lock, error);
  if (db == NULL)
    return NULL;
  return finish_changes (engine_new (db, lock, options, error), error);
}

/* The transaction that the connection is in counts as a savepoint: nothing ends it but closing. */
HrEngine *
hr_engine_open_snapshot (HrEngine *self, GError **error)
{
  const HrEngineOptions options = { .clock = self->clock };
  HrEngine *snapshot;
  sqlite3 *db;

  if (!self->is_file)
    return hr_engine_copy (self, NULL, &options, error);
  if (!check_at_rest (self, error))
    return NULL;
  db = hr_store_open_snapshot (self->db, error);
  if (db == NULL)
    return NULL;
  snapshot = engine_new (db, -1, &options, error);
  if (snapshot == NULL)
    return NULL;
  snapshot->is_file = FALSE; /* nothing is written */
  snapshot->level = 1;
  return snapshot;
}

void
hr_engine_set_give_way (HrEngine *self, gint64 pause_us, HrGiveWayFunc func, gpointer user_data)
{
  self->give_way = func;
  self->give_way_data = user_data;
  self->give_way_pause_us = pause_us;
  self->give_way_us = g_get_monotonic_time () + pause_us;
}

void
hr_engine_set_progress (HrEngine *self, HrProgress *progress)
{
  self->progress = progress;
}

gboolean
hr_engine_is_to_give_way (const HrEngine *self)
{
  return self->give_way != NULL && self->level == 0 && g_get_monotonic_time () >= self->give_way_us;
}

void
hr_engine_give_way (HrEngine *self)
{
  self->give_way (self->give_way_data);
  self->give_way_us = g_get_monotonic_time () + self->give_way_pause_us;
}

void
hr_engine_offer_way (HrEngine *self)
{
  if (hr_engine_is_to_give_way (self))
    hr_engine_give_way (self);
}

static void
free_tables (HrEngine *self)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    hr_stored_table_free (table);
  g_hash_table_unref (self->tables);
}

void
hr_engine_close (HrEngine *self)
{
  if (self == NULL)
    return;

  while (self->level > 0)
    hr_savepoint_rollback (self);
  hr_counts_end (self);
  hr_row_copy_forget (self);
  free_tables (self);
  for (guint i = 0; i < HR_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_finalize (self->store_counts);
  hr_checkpointer_free (self->checkpointer);
  sqlite3_close (self->db);
  if (self->lock >= 0)
    close (self->lock);
  g_clear_pointer (&self->undo, g_array_unref);
  hr_arena_free (self->scratch);
  hr_buffer_clear (&self->buffer);
  g_free (self);
}

HrStoredTable *
hr_engine_find_table (HrEngine *self, const char *name)
{
  if (self->latest_table == NULL || strcmp (self->latest_table->definition->name, name) != 0)
    self->latest_table = g_hash_table_lookup (self->tables, name);
  return self->latest_table;
}

HrStoredTable *
hr_engine_need_table (HrEngine *self, const char *name, HrArena *arena, HrServiceError *error)
{
  HrStoredTable *table = hr_engine_find_table (self, name);

  if (table != NULL && table->status != HR_TABLE_CREATING && table->status != HR_TABLE_DELETING)
    return table;
  hr_service_error_set (error, arena, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
  return NULL;
}

gint64
hr_engine_get_time_us (HrEngine *self)
{
  return hr_clock_now_us (self->clock);
}
