/*
 * Making tables of backups, and of other tables as they were.
 *
 * The rows are copied first, all of them. To go back to a time, every row that was changed since is then taken out, and
 * put back as it was before the first of these changes, if it was there. Indexes are built last, from the rows.
 */
#include "model/engine/backups.h"
#include "model/engine/catalogue.h"
#include "model/engine/definition-compare.h"
#include "model/engine/definition-text.h"
#include "model/engine/index-build.h"
#include "model/engine/recovery.h"

static G_GNUC_PRINTF (2, 3) gboolean
execute (HrEngine *engine, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return sqlite3_exec (engine->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
take_back (HrEngine *engine, HrStoredTable *source, gint64 time_us, const char *into)
{
  g_autofree char *log = g_strdup_printf ("recovery_%" G_GINT64_FORMAT, source->number);
  gint64 change;

  return hr_recovery_find (engine, source, time_us, &change)
         && execute (engine, "DELETE FROM %s WHERE key IN (SELECT key FROM %s WHERE change >= %" G_GINT64_FORMAT ")",
                     into, log, change)
         && execute (engine,
                     "INSERT INTO %s (key, ordinal, record) SELECT key, ordinal, before FROM %s"
                     " WHERE before IS NOT NULL AND change IN"
                     " (SELECT min (change) FROM %s WHERE change >= %" G_GINT64_FORMAT " GROUP BY key)",
                     into, log, log, change);
}

/* Behind all that came with the rows. */
static gboolean
settle_ordinals (HrEngine *engine, HrStoredTable *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max (ordinal) FROM %s", table->tree.name);
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (engine->db, sql, -1, &statement, NULL) == SQLITE_OK
                && sqlite3_step (statement) == SQLITE_ROW;

  if (ok && sqlite3_column_type (statement, 0) == SQLITE_INTEGER)
    table->counters->next_ordinal = sqlite3_column_int64 (statement, 0) + 1;
  return sqlite3_finalize (statement) == SQLITE_OK && ok && hr_catalogue_reserve (engine, table);
}

/* Where the rows of a new table come from. */
typedef struct
{
  const char *tree;      /* the SQLite table */
  HrStoredTable *source; /* to go back in; NULL: the rows are right as they are */
  gint64 time_us;
} Origin;

static gboolean
fill (HrEngine *engine, HrStoredTable *table, const Origin *origin)
{
  table->counters->is_counted = FALSE;
  return execute (engine, "INSERT INTO %s SELECT * FROM %s", table->tree.name, origin->tree)
         && (origin->source == NULL || take_back (engine, origin->source, origin->time_us, table->tree.name))
         && settle_ordinals (engine, table);
}

static gboolean
make_table (HrEngine *engine, HrTable *definition, const Origin *origin, HrArena *arena, HrServiceError *error)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;
  HrStoredTable *table;

  hr_status_plan_create (&plan, engine, definition);
  table = hr_catalogue_add (engine, definition, &plan);
  if (table == NULL)
    return hr_engine_fail_service (engine, arena, error);
  hr_savepoint_add_table (engine, table);
  if (!hr_catalogue_begin_logs (engine, table) || !fill (engine, table, origin))
    return hr_engine_fail_service (engine, arena, error);
  for (guint i = 0; i < table->n_indexes; i++)
    if (!hr_index_build_from_tree (engine, table, i, arena, error))
      return FALSE;
  return hr_catalogue_count (engine, table) || hr_engine_fail_service (engine, arena, error);
}

static gboolean
check_name (HrEngine *engine, const HrTable *target, HrArena *arena, HrServiceError *error)
{
  return hr_engine_find_table (engine, target->name) == NULL
         || hr_service_error_set (error, arena, HR_SERVICE_TABLE_ALREADY_EXISTS, "Table already exists: %s",
                                  target->name);
}

static gboolean
restore (HrEngine *engine, const HrTable *target, const HrTable *source, const Origin *origin, HrCall *call,
         HrServiceError *error)
{
  HrTable *copy = hr_definition_reduce (target);

  if (copy == NULL || !hr_definition_has_same_primary_key (source, copy))
    {
      hr_table_free (copy);
      return hr_service_error_set (error, call->arena, HR_SERVICE_VALIDATION,
                                   "One or more parameter values were invalid: Table %s cannot have these keys",
                                   target->name);
    }
  if (!hr_savepoint_begin (engine, call->arena, error))
    {
      hr_table_free (copy);
      return FALSE;
    }
  if (!make_table (engine, copy, origin, call->arena, error))
    {
      hr_savepoint_rollback (engine);
      return FALSE;
    }
  return hr_savepoint_commit (engine, call->arena, error);
}

gboolean
hr_engine_restore_backup (HrEngine *self, const HrBackupInfo *backup, const HrTable *target, HrCall *call,
                          HrServiceError *error)
{
  g_autoptr (HrTable) source = hr_backup_info_dup_definition (backup);
  g_autofree char *tree = g_strdup_printf ("backup_%" G_GINT64_FORMAT, backup->number);
  const Origin origin = { .tree = tree };

  if (source == NULL)
    return hr_service_error_set (error, call->arena, HR_SERVICE_INTERNAL,
                                 "The database is damaged: a backup of table %s cannot be read", backup->table);
  return check_name (self, target, call->arena, error) && restore (self, target, source, &origin, call, error);
}

static HrStoredTable *
need_table (HrEngine *engine, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = hr_engine_find_table (engine, name);

  if (table == NULL)
    hr_service_error_set (error, call->arena, HR_SERVICE_TABLE_NOT_FOUND, "Table not found: %s", name);
  return table;
}

static gint64
round_up (gint64 time_us)
{
  return (time_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC * G_USEC_PER_SEC;
}

gboolean
hr_engine_describe_recovery (HrEngine *self, const char *table_name, HrCall *call, HrRecoveryInfo *info,
                             HrServiceError *error)
{
  HrStoredTable *table = need_table (self, table_name, call, error);
  gint64 now_us = hr_clock_now_us (self->clock);
  gint64 enabled_us;

  *info = (HrRecoveryInfo) { FALSE, 0, 0, 0 };
  if (table == NULL)
    return FALSE;
  if (!table->recovery.is_on)
    return TRUE;
  if (!hr_recovery_read_terms (self, table, &enabled_us, &info->days))
    return hr_engine_fail_service (self, call->arena, error);
  info->is_on = TRUE;
  /* in whole seconds, which is what clients can ask for */
  info->earliest_us = MAX (enabled_us - enabled_us % G_USEC_PER_SEC,
                           round_up (now_us - (gint64) info->days * 86400 * G_USEC_PER_SEC));
  info->latest_us = MAX (enabled_us, now_us);
  return TRUE;
}

static gboolean
set_recovery (HrEngine *engine, HrStoredTable *table, gboolean is_on, guint days, HrCall *call, HrServiceError *error)
{
  g_autoptr (HrTable) changed = hr_table_copy (table->definition);

  changed->settings.point_in_time_recovery = is_on;
  if (table->recovery.is_on != is_on && !hr_engine_update_table (engine, changed, call, error))
    return FALSE;
  table = hr_engine_find_table (engine, changed->name);
  return days == 0 || hr_recovery_write_days (engine, table, days)
         || hr_engine_fail_service (engine, call->arena, error);
}

gboolean
hr_engine_set_recovery (HrEngine *self, const char *table_name, gboolean is_on, guint days, HrCall *call,
                        HrServiceError *error)
{
  HrStoredTable *table = need_table (self, table_name, call, error);

  if (table == NULL || !hr_savepoint_begin (self, call->arena, error))
    return FALSE;
  if (!set_recovery (self, table, is_on, days, call, error))
    {
      hr_savepoint_rollback (self);
      return FALSE;
    }
  return hr_savepoint_commit (self, call->arena, error);
}

static const char *
format_time (gint64 time_us, HrArena *arena)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("?");

  return hr_arena_strdup (arena, text);
}

static gboolean
check_time (const HrRecoveryInfo *info, gint64 time_us, HrArena *arena, HrServiceError *error)
{
  if (time_us == HR_RECOVERY_LATEST || (time_us >= info->earliest_us && time_us <= info->latest_us))
    return TRUE;
  return hr_service_error_set (error, arena, HR_SERVICE_INVALID_RESTORE_TIME,
                               "RestoreDateTime '%s' must be within EarliestRestorableDateTime '%s' and"
                               " LatestRestorableDateTime '%s'",
                               format_time (time_us, arena), format_time (info->earliest_us, arena),
                               format_time (info->latest_us, arena));
}

gboolean
hr_engine_check_recovery_time (HrEngine *self, const char *source, gint64 time_us, HrCall *call,
                               HrServiceError *error)
{
  HrRecoveryInfo info;

  if (!hr_engine_describe_recovery (self, source, call, &info, error))
    return FALSE;
  if (!info.is_on)
    return hr_service_error_set (error, call->arena, HR_SERVICE_RECOVERY_UNAVAILABLE,
                                 "Point in time recovery is not enabled for table '%s'", source);
  return check_time (&info, time_us, call->arena, error);
}

gboolean
hr_engine_restore_to_time (HrEngine *self, const char *source_name, gint64 time_us, const HrTable *target,
                           HrCall *call, HrServiceError *error)
{
  HrStoredTable *source;
  Origin origin;

  if (!hr_engine_check_recovery_time (self, source_name, time_us, call, error)
      || !check_name (self, target, call->arena, error))
    return FALSE;
  source = hr_engine_find_table (self, source_name);
  origin = (Origin) { source->tree.name, source, time_us };
  return restore (self, target, source->definition, &origin, call, error);
}
