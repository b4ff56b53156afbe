/*
 * Backups: rows of the table `backups`, and for each a copy of the items in an SQLite table like theirs.
 *
 * The copies have the very columns of items, so SQLite moves whole records without looking into them. A table that is
 * deleted with recovery on simply leaves its rows to its backup.
 */
#include "model/engine/backups.h"

#include "model/engine/backup-log.h"
#include "model/engine/catalogue.h"
#include "model/engine/counts.h"
#include "model/engine/definition-text.h"
#include "model/engine/garbage.h"
#include "model/engine/row-copy.h"
#include "model/engine/sql.h"
#include "model/engine/status.h"

#define DELETED_SUFFIX "$DeletedTableBackup" /* observed */
#define KEPT_US ((gint64) HR_LIMIT_RECOVERY_DAYS * 86400 * G_USEC_PER_SEC)
#define BACKUP_COLUMNS \
  "number, kind, name, table_name, table_id, table_created_us, created_us, expires_us, item_count, size_bytes," \
  " definition, EXISTS (SELECT 1 FROM row_copies WHERE backup_number = backups.number AND target_number = 0)," \
  " EXISTS (SELECT 1 FROM row_copies WHERE backup_number = backups.number)"

HrTable *
hr_backup_info_dup_definition (const HrBackupInfo *self)
{
  return hr_definition_read (self->definition, strlen (self->definition));
}

static gboolean
insert_backup (HrEngine *engine, const HrStoredTable *table, HrBackupKind kind, const char *name,
               const HrIndexInfo *items, gint64 *number)
{
  g_auto (HrBuffer) definition = HR_BUFFER_INIT;
  gint64 now_us = hr_clock_now_us (engine->clock);
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "INSERT INTO backups (kind, name, table_name, table_id, table_created_us, created_us,"
                        " expires_us, item_count, size_bytes, definition)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  gboolean ok;

  hr_definition_write (table->definition, &definition);
  sqlite3_bind_int (statement, 1, (int) kind);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, table->definition->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, table->id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, table->created_us);
  sqlite3_bind_int64 (statement, 6, now_us - now_us % 1000);
  sqlite3_bind_int64 (statement, 7, kind == HR_BACKUP_SYSTEM ? now_us + KEPT_US : 0);
  sqlite3_bind_int64 (statement, 8, items->item_count);
  sqlite3_bind_int64 (statement, 9, items->size_bytes);
  sqlite3_bind_text (statement, 10, definition.data, (int) definition.length, SQLITE_STATIC);
  ok = hr_sql_run_once (statement);
  *number = sqlite3_last_insert_rowid (engine->db);
  return ok;
}

static const char *
dup_column (sqlite3_stmt *row, int column, HrArena *arena)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return hr_arena_strndup (arena, text != NULL ? text : "", (gsize) sqlite3_column_bytes (row, column));
}

static void
read_info (sqlite3_stmt *row, HrArena *arena, HrBackupInfo *info)
{
  *info = (HrBackupInfo) {
    .number = sqlite3_column_int64 (row, 0),
    .kind = (HrBackupKind) sqlite3_column_int (row, 1),
    .name = dup_column (row, 2, arena),
    .table = dup_column (row, 3, arena),
    .table_id = dup_column (row, 4, arena),
    .table_created_us = sqlite3_column_int64 (row, 5),
    .created_us = sqlite3_column_int64 (row, 6),
    .expires_us = sqlite3_column_int64 (row, 7),
    .item_count = sqlite3_column_int64 (row, 8),
    .size_bytes = sqlite3_column_int64 (row, 9),
    .definition = dup_column (row, 10, arena),
    .is_being_made = sqlite3_column_int (row, 11) != 0,
    .is_in_use = sqlite3_column_int (row, 12) != 0,
  };
}

static const HrBackupInfo *
find_by_number (HrEngine *engine, gint64 number, HrArena *arena)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT " BACKUP_COLUMNS " FROM backups WHERE number = ?1"
                                            " AND (expires_us = 0 OR expires_us > ?2)");
  HrBackupInfo *info = NULL;

  sqlite3_bind_int64 (statement, 1, number);
  sqlite3_bind_int64 (statement, 2, hr_clock_now_us (engine->clock));
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      info = hr_arena_new0 (arena, HrBackupInfo);
      read_info (statement, arena, info);
    }
  sqlite3_finalize (statement);
  return info;
}

static gboolean
create (HrEngine *engine, HrStoredTable *table, const char *name, gint64 *number)
{
  const HrIndexInfo nothing = { 0, 0 };
  HrRowCopyTerms terms = { .table_number = table->number, .until_us = hr_status_get_end_us (engine) };

  if (!insert_backup (engine, table, HR_BACKUP_USER, name, &nothing, number)
      || !hr_sql_execute (engine, "CREATE TABLE backup_%" G_GINT64_FORMAT " (key BLOB NOT NULL PRIMARY KEY,"
                          " ordinal INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID", *number))
    return FALSE;
  terms.backup_number = *number;
  return hr_row_copy_begin (engine, &terms, !hr_status_is_large (engine, table));
}

const HrBackupInfo *
hr_engine_create_backup (HrEngine *self, const char *table_name, const char *name, HrCall *call,
                         HrServiceError *error)
{
  HrStoredTable *table = hr_engine_find_table (self, table_name);
  gint64 number;

  if (table == NULL)
    {
      hr_service_error_set (error, call->arena, HR_SERVICE_TABLE_NOT_FOUND, "Table not found: %s", table_name);
      return NULL;
    }
  if (table->status == HR_TABLE_CREATING || table->status == HR_TABLE_DELETING)
    {
      hr_service_error_set (error, call->arena, HR_SERVICE_TABLE_IN_USE, "Table is being %s: %s",
                            table->status == HR_TABLE_CREATING ? "created" : "deleted", table_name);
      return NULL;
    }
  if (!hr_savepoint_begin (self, call->arena, error))
    return NULL;
  if (!create (self, table, name, &number))
    {
      hr_engine_fail_service (self, call->arena, error);
      hr_savepoint_rollback (self);
      return NULL;
    }
  return hr_savepoint_commit (self, call->arena, error) ? find_by_number (self, number, call->arena) : NULL;
}

const HrBackupInfo *
hr_engine_find_backup (HrEngine *self, const char *table, gint64 created_us, gint64 number, HrCall *call)
{
  const HrBackupInfo *info = find_by_number (self, number, call->arena);

  return info != NULL && strcmp (info->table, table) == 0 && info->created_us == created_us ? info : NULL;
}

gboolean
hr_backup_fail_in_use (const HrBackupInfo *backup, HrArena *arena, HrServiceError *error)
{
  return hr_service_error_set (error, arena, HR_SERVICE_BACKUP_IN_USE,
                               "There is another ongoing conflicting backup control plane operation on the table."
                               " The backup %s is either being created, deleted or restored to a table.", backup->name);
}

static gboolean
drop (HrEngine *engine, gint64 number)
{
  g_autofree char *name = g_strdup_printf ("backup_%" G_GINT64_FORMAT, number);

  return hr_garbage_drop (engine, name, -1)
         && hr_sql_execute (engine, "DELETE FROM backups WHERE number = %" G_GINT64_FORMAT, number);
}

gboolean
hr_engine_delete_backup (HrEngine *self, const HrBackupInfo *backup, HrCall *call, HrServiceError *error)
{
  if (backup->is_in_use)
    return hr_backup_fail_in_use (backup, call->arena, error);
  if (!hr_savepoint_begin (self, call->arena, error))
    return FALSE;
  if (!drop (self, backup->number))
    {
      hr_engine_fail_service (self, call->arena, error);
      hr_savepoint_rollback (self);
      return FALSE;
    }
  return hr_savepoint_commit (self, call->arena, error);
}

static void
bind_filter (HrEngine *engine, sqlite3_stmt *statement, const HrBackupFilter *filter)
{
  sqlite3_bind_text (statement, 1, filter->table, -1, SQLITE_STATIC);
  if (filter->has_kind)
    sqlite3_bind_int (statement, 2, (int) filter->kind);
  sqlite3_bind_int64 (statement, 3, filter->from_us);
  sqlite3_bind_int64 (statement, 4, filter->until_us);
  sqlite3_bind_int64 (statement, 5, filter->after_us);
  sqlite3_bind_int64 (statement, 6, filter->after_number);
  sqlite3_bind_int64 (statement, 7, (gint64) filter->limit + 1);
  sqlite3_bind_int64 (statement, 8, hr_clock_now_us (engine->clock));
}

const HrBackupInfo *
hr_engine_list_backups (HrEngine *self, const HrBackupFilter *filter, HrCall *call, guint *count, gboolean *more)
{
  static const char sql[]
      = "SELECT " BACKUP_COLUMNS " FROM backups WHERE (?1 IS NULL OR table_name = ?1) AND (?2 IS NULL OR kind = ?2)"
        " AND created_us >= ?3 AND created_us < ?4 AND (created_us, number) > (?5, ?6)"
        " AND (expires_us = 0 OR expires_us > ?8) ORDER BY created_us, number LIMIT ?7";
  HrBackupInfo *infos = hr_arena_array (call->arena, HrBackupInfo, filter->limit);
  sqlite3_stmt *statement = hr_sql_prepare (self, "%s", sql);

  bind_filter (self, statement, filter);
  *count = 0;
  *more = FALSE;
  while (!*more && sqlite3_step (statement) == SQLITE_ROW)
    {
      *more = *count == filter->limit;
      if (!*more)
        read_info (statement, call->arena, &infos[(*count)++]);
    }
  sqlite3_finalize (statement);
  return infos;
}

gboolean
hr_backup_keep_deleted (HrEngine *engine, HrStoredTable *table)
{
  g_autofree char *name = g_strconcat (table->definition->name, DELETED_SUFFIX, NULL);
  HrIndexInfo items = hr_counts_get_items (engine, table);
  gint64 number;

  if (!insert_backup (engine, table, HR_BACKUP_SYSTEM, name, &items, &number))
    return FALSE;
  engine->sweep_us = MIN (engine->sweep_us, hr_clock_now_us (engine->clock) + KEPT_US);
  hr_tree_reset (&table->tree);
  return hr_sql_execute (engine, "DROP INDEX IF EXISTS %s_ordinals", table->tree.name)
         && hr_sql_execute (engine, "ALTER TABLE %s RENAME TO backup_%" G_GINT64_FORMAT, table->tree.name, number)
         && hr_tree_create (&table->tree) == SQLITE_OK;
}

gboolean
hr_backup_expire (HrEngine *engine, gint64 now_us, guint *limit, gint64 *next_us)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT number, expires_us FROM backups WHERE expires_us > 0"
                                            " AND number NOT IN (SELECT backup_number FROM row_copies)"
                                            " ORDER BY expires_us LIMIT 1");
  gint64 number = 0;
  gint64 expires_us = G_MAXINT64;

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      number = sqlite3_column_int64 (statement, 0);
      expires_us = sqlite3_column_int64 (statement, 1);
    }
  if (sqlite3_finalize (statement) != SQLITE_OK)
    return FALSE;
  if (expires_us > now_us)
    {
      *next_us = MIN (*next_us, expires_us);
      return TRUE;
    }
  *limit = 0; /* there may be another */
  return drop (engine, number);
}
