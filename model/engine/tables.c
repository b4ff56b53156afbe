/*
 * Making, removing and describing tables.
 */
#include "model/engine/tables.h"

#include "model/engine/backup-log.h"
#include "model/engine/catalogue.h"
#include "model/engine/counts.h"
#include "model/engine/definition-text.h"
#include "model/engine/expiry.h"
#include "model/engine/history.h"
#include "model/engine/recovery.h"
#include "model/engine/row-copy.h"
#include "model/engine/stream-log.h"

static gboolean
create (HrEngine *self, HrTable *definition)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;
  HrStoredTable *table;

  hr_status_plan_create (&plan, self, definition);
  table = hr_catalogue_add (self, definition, &plan);
  if (table == NULL)
    return FALSE;
  hr_savepoint_add_table (self, table);
  return hr_catalogue_begin_logs (self, table);
}

gboolean
hr_engine_create_table (HrEngine *self, const HrTable *definition, HrCall *call, HrServiceError *error)
{
  HrTable *copy;

  if (hr_engine_find_table (self, definition->name) != NULL)
    return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_IN_USE, "Table already exists: %s",
                                 definition->name);
  copy = hr_definition_reduce (definition);
  if (copy == NULL)
    return hr_service_error_set (error, call->arena, HR_SERVICE_VALIDATION,
                                 "One or more parameter values were invalid: Table %s has no usable keys",
                                 definition->name);
  if (!hr_savepoint_begin (self, call->arena, error))
    {
      hr_table_free (copy);
      return FALSE;
    }
  if (!create (self, copy))
    {
      hr_engine_fail_service (self, call->arena, error);
      hr_savepoint_rollback (self);
      return FALSE;
    }
  return hr_savepoint_commit (self, call->arena, error);
}

/* With recovery on, the service keeps what a table held when it was deleted. */
static gboolean
remove_table (HrEngine *self, HrStoredTable *table, gboolean leaves_backup, HrArena *arena, HrServiceError *error)
{
  if (!hr_stream_log_end (self, table) || !hr_expiry_end (self, table)
      || (leaves_backup && table->recovery.is_on && !hr_backup_keep_deleted (self, table))
      || !hr_recovery_end (self, table) || !hr_catalogue_remove (self, table))
    return hr_engine_fail_service (self, arena, error);
  hr_savepoint_remove_table (self, table);
  return TRUE;
}

gboolean
hr_table_take_away (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  return remove_table (engine, table, TRUE, arena, error);
}

/* Without leaving anything. */
static gboolean
erase (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  return remove_table (engine, table, FALSE, arena, error);
}

/* The table is not there for anybody any more, but can be seen going. */
static gboolean
mark_deleting (HrEngine *self, HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;

  hr_status_plan_delete (&plan, self, table);
  return hr_table_replace (self, table, hr_table_copy (table->definition), &plan, arena, error);
}

typedef gboolean (*TableFunc) (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error);

static gboolean
in_savepoint (HrEngine *self, HrStoredTable *table, TableFunc func, HrCall *call, HrServiceError *error)
{
  if (!hr_savepoint_begin (self, call->arena, error))
    return FALSE;
  if (!func (self, table, call->arena, error))
    {
      hr_savepoint_rollback (self);
      return FALSE;
    }
  return hr_savepoint_commit (self, call->arena, error);
}

static HrStoredTable *
need_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = hr_engine_find_table (self, name);

  if (table == NULL)
    hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                          "Requested resource not found: Table: %s not found", name);
  return table;
}

#define IN_USE "Attempt to change a resource which is still in use: "

gboolean
hr_engine_check_active (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  static const char *const words[] = {
    [HR_TABLE_CREATING] = "created",
    [HR_TABLE_UPDATING] = "updated",
    [HR_TABLE_DELETING] = "deleted",
  };
  HrStoredTable *table = need_table (self, name, call, error);

  if (table == NULL || table->status == HR_TABLE_ACTIVE)
    return table != NULL;
  return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_IN_USE, IN_USE "Table is being %s: %s",
                               words[table->status], name);
}

gboolean
hr_engine_delete_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table;

  if (!hr_engine_check_active (self, name, call, error))
    return FALSE;
  table = hr_engine_find_table (self, name);
  for (guint i = 0; i < table->n_indexes; i++)
    if (table->indexes[i].status != HR_TABLE_ACTIVE)
      return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_IN_USE,
                                   IN_USE "Cannot delete table while indexes are being created, updated, or deleted.");
  if (hr_row_copy_is_from (self, table))
    return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_IN_USE, IN_USE "Table is being backed up: %s",
                                 name);
  if (table->definition->settings.deletion_protection)
    return hr_service_error_set (error, call->arena, HR_SERVICE_VALIDATION,
                                 "Resource cannot be deleted as it is currently protected against deletion."
                                 " Disable deletion protection first.");
  return in_savepoint (self, table, hr_status_has_delay (self) ? mark_deleting : hr_table_take_away, call, error);
}

gboolean
hr_engine_drop_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = need_table (self, name, call, error);

  return table != NULL && in_savepoint (self, table, erase, call, error);
}

static const HrIndexState *
describe_indexes (const HrStoredTable *table, HrArena *arena)
{
  HrIndexState *states = hr_arena_array (arena, HrIndexState, table->n_indexes);

  for (guint i = 0; i < table->n_indexes; i++)
    {
      HrTableStatus status = table->indexes[i].status;

      states[i] = (HrIndexState) { status, status == HR_TABLE_CREATING && table->status != HR_TABLE_CREATING };
    }
  return states;
}

static const HrIndexInfo *
list_index_infos (HrEngine *self, HrStoredTable *table, HrArena *arena)
{
  HrIndexInfo *infos = hr_arena_array (arena, HrIndexInfo, table->n_indexes);

  for (guint i = 0; i < table->n_indexes; i++)
    infos[i] = hr_counts_get_index (self, table, i);
  return infos;
}

const HrTableInfo *
hr_engine_describe_table (HrEngine *self, const char *name, HrCall *call)
{
  HrStoredTable *table = hr_engine_find_table (self, name);
  HrIndexInfo items;
  HrTableInfo *info;

  if (table == NULL)
    return NULL;

  info = hr_arena_new0 (call->arena, HrTableInfo);
  info->definition = table->definition;
  info->id = table->id;
  info->status = table->status;
  info->created_us = table->created_us;
  hr_history_read (self, table, call->arena, &info->history);
  items = hr_counts_get_items (self, table);
  info->item_count = items.item_count;
  info->size_bytes = items.size_bytes;
  if (table->stream.label != NULL)
    info->stream_label = hr_arena_strdup (call->arena, table->stream.label);
  info->indexes = list_index_infos (self, table, call->arena);
  info->index_histories = hr_history_read_indexes (self, table, call->arena);
  info->index_states = describe_indexes (table, call->arena);
  return info;
}

const HrTable *
hr_engine_get_table (HrEngine *self, const char *name)
{
  HrStoredTable *table = hr_engine_find_table (self, name);

  return table != NULL ? table->definition : NULL;
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
hr_engine_list_tables (HrEngine *self, const char *after, guint limit, HrCall *call, guint *count,
                       gboolean *more)
{
  const char **names = hr_arena_array (call->arena, const char *, g_hash_table_size (self->tables));
  GHashTableIter iter;
  gpointer name;

  *count = 0;
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (after == NULL || strcmp (name, after) > 0)
      names[(*count)++] = hr_arena_strdup (call->arena, name);
  qsort (names, *count, sizeof (char *), compare_names_cb);
  *more = *count > limit;
  *count = MIN (*count, limit);
  return names;
}
