/*
 * Making, removing and describing tables.
 */
#include "model/engine/backup-log.h"
#include "model/engine/catalogue.h"
#include "model/engine/definition-text.h"
#include "model/engine/expiry.h"
#include "model/engine/recovery.h"
#include "model/engine/stream-log.h"
#include "model/engine/history.h"

static gboolean
create (HrEngine *self, HrTable *definition)
{
  HrStoredTable *table = hr_catalogue_add (self, definition);

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
remove_table (HrEngine *self, HrStoredTable *table, gboolean leaves_backup)
{
  return hr_stream_log_end (self, table) && hr_expiry_end (self, table)
         && (!leaves_backup || !table->recovery.is_on || hr_backup_keep_deleted (self, table))
         && hr_recovery_end (self, table) && hr_catalogue_remove (self, table);
}

static gboolean
drop (HrEngine *self, HrStoredTable *table, gboolean leaves_backup, HrCall *call, HrServiceError *error)
{
  if (!hr_savepoint_begin (self, call->arena, error))
    return FALSE;
  if (!remove_table (self, table, leaves_backup))
    {
      hr_engine_fail_service (self, call->arena, error);
      hr_savepoint_rollback (self);
      return FALSE;
    }
  hr_savepoint_remove_table (self, table);
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

gboolean
hr_engine_delete_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = need_table (self, name, call, error);

  if (table == NULL)
    return FALSE;
  if (table->definition->settings.deletion_protection)
    return hr_service_error_set (error, call->arena, HR_SERVICE_VALIDATION,
                                 "Resource cannot be deleted as it is currently protected against deletion."
                                 " Disable deletion protection first.");
  return drop (self, table, TRUE, call, error);
}

gboolean
hr_engine_drop_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = need_table (self, name, call, error);

  return table != NULL && drop (self, table, FALSE, call, error);
}

const HrTableInfo *
hr_engine_describe_table (HrEngine *self, const char *name, HrCall *call)
{
  HrStoredTable *table = hr_engine_find_table (self, name);
  HrTableInfo *info;

  if (table == NULL || !hr_catalogue_count (self, table))
    return NULL;

  info = hr_arena_new0 (call->arena, HrTableInfo);
  info->definition = table->definition;
  info->id = table->id;
  info->status = HR_TABLE_ACTIVE;
  info->created_us = table->created_us;
  hr_history_read (self, table, call->arena, &info->history);
  info->item_count = table->counters->items.item_count;
  info->size_bytes = table->counters->items.size_bytes;
  if (table->stream.label != NULL)
    info->stream_label = hr_arena_strdup (call->arena, table->stream.label);
  info->indexes =
      hr_arena_memdup (call->arena, table->counters->indexes, sizeof (HrIndexInfo) * table->n_indexes);
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
