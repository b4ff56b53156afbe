/*
 * Making tables of backups, and of other tables as they were.
 *
 * The rows are copied first, all of them, see row-copy.c. Indexes are built last, from the rows.
 */
#include "model/engine/backup-log.h"
#include "model/engine/catalogue.h"
#include "model/engine/definition-compare.h"
#include "model/engine/definition-text.h"
#include "model/engine/index-build.h"
#include "model/engine/recovery.h"
#include "model/engine/row-copy.h"

/* So many are taken back without being noticed. */
#define CHANGES_AT_ONCE 500

static gboolean
make_table (HrEngine *engine, HrTable *definition, HrRowCopyTerms *origin, gboolean at_once, HrArena *arena,
            HrServiceError *error)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;
  HrStoredTable *table;

  if (at_once)
    hr_status_plan_create (&plan, engine, definition);
  else
    hr_status_plan_restore (&plan, engine, definition);
  table = hr_catalogue_add (engine, definition, &plan);
  if (table == NULL)
    return hr_engine_fail_service (engine, arena, error);
  hr_savepoint_add_table (engine, table);
  origin->target_number = table->number;
  if (!hr_catalogue_begin_logs (engine, table) || !hr_row_copy_begin (engine, origin, at_once))
    return hr_engine_fail_service (engine, arena, error);
  for (guint i = 0; at_once && i < table->n_indexes; i++)
    if (!hr_index_build_from_tree (engine, table, i, arena, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_name (HrEngine *engine, const HrTable *target, HrArena *arena, HrServiceError *error)
{
  return hr_engine_find_table (engine, target->name) == NULL
         || hr_service_error_set (error, arena, HR_SERVICE_TABLE_ALREADY_EXISTS, "Table already exists: %s",
                                  target->name);
}

static gboolean
restore (HrEngine *engine, const HrTable *target, const HrTable *source, HrRowCopyTerms *origin, gboolean at_once,
         HrCall *call, HrServiceError *error)
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
  if (!make_table (engine, copy, origin, at_once, call->arena, error))
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
  HrRowCopyTerms origin = { .backup_number = backup->number };
  gboolean at_once = !self->is_swept || backup->size_bytes <= HR_LIMIT_PAGE_BYTES;

  if (source == NULL)
    return hr_service_error_set (error, call->arena, HR_SERVICE_INTERNAL,
                                 "The database is damaged: a backup of table %s cannot be read", backup->table);
  if (backup->is_being_made)
    return hr_backup_fail_in_use (backup, call->arena, error);
  return check_name (self, target, call->arena, error)
         && restore (self, target, source, &origin, at_once, call, error);
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
  HrRowCopyTerms origin = { 0 };
  HrStoredTable *source;
  gboolean at_once;

  if (!hr_engine_check_recovery_time (self, source_name, time_us, call, error)
      || !check_name (self, target, call->arena, error))
    return FALSE;
  source = hr_engine_find_table (self, source_name);
  if (!hr_recovery_find (self, source, time_us, &origin.first_change))
    return hr_engine_fail_service (self, call->arena, error);
  origin.table_number = source->number;
  origin.end_change = source->counters->next_change;
  at_once = !self->is_swept
            || (!hr_status_is_large (self, source) && origin.end_change - origin.first_change <= CHANGES_AT_ONCE);
  return restore (self, target, source->definition, &origin, at_once, call, error);
}
