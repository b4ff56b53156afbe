/*
 * Rows for the document: the same trees, without the service's conditions and messages.
 *
 * Changes go the way of all changes (change.c), with a call of their own that wants neither capacity nor
 * trace, so indexes, counters and the row watch stay right.
 */
#include "model/engine/rows.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/catalogue.h"
#include "model/engine/change.h"
#include "model/engine/item-check.h"
#include "model/value/record.h"

static HrStoredTable *
need_table (HrEngine *self, const char *name, GError **error)
{
  HrStoredTable *table = hr_engine_find_table (self, name);

  if (table == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no table “%s”."), name);
  return table;
}

static gboolean
gather_key (const HrStoredTable *table, const HrValue *item, HrValue *values, GError **error)
{
  if (hr_key_layout_gather (&table->layout, item, values))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The item lacks a key of table “%s”."),
               table->definition->name);
  return FALSE;
}

static gboolean
fail_service (const HrServiceError *service, GError **error)
{
  g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, service->message);
  return FALSE;
}

gboolean
hr_engine_get_row (HrEngine *self, const char *table_name, const HrValue *key, HrArena *arena, HrRow *row,
                   GError **error)
{
  HrStoredTable *table = need_table (self, table_name, error);
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  HrChange change = { .table = table };
  HrValue values[HR_KEY_PARTS_MAX];

  if (table == NULL || !gather_key (table, key, values, error))
    return FALSE;
  if (!hr_change_read (&change, self, values, arena, &service))
    return fail_service (&service, error);
  if (change.has_before)
    *row = change.before;
  return change.has_before;
}

static gboolean
apply (HrEngine *self, HrChange *change, HrArena *arena, GError **error)
{
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };
  HrCharge charge = HR_CHARGE (&call);

  return hr_change_apply_wholly (change, self, &charge, &service) || fail_service (&service, error);
}

gboolean
hr_engine_restore_row (HrEngine *self, const char *table_name, const HrRow *row, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrStoredTable *table = need_table (self, table_name, error);
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  HrChange change = { .table = table };
  HrValue values[HR_KEY_PARTS_MAX];
  HrValue item;

  if (table == NULL)
    return FALSE;
  if (!hr_record_decode (row->record, row->record_length, arena, &item))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The row is no item."));
      return FALSE;
    }
  if (!gather_key (table, &item, values, error))
    return FALSE;
  if (!hr_change_read (&change, self, values, arena, &service))
    return fail_service (&service, error);
  change.has_after = TRUE;
  change.after = *row;
  change.new_item = &item;
  change.is_unrecorded = TRUE;
  return apply (self, &change, arena, error);
}

gboolean
hr_engine_erase_row (HrEngine *self, const char *table_name, const HrValue *key, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrStoredTable *table = need_table (self, table_name, error);
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  HrChange change = { .table = table };
  HrValue values[HR_KEY_PARTS_MAX];

  if (table == NULL || !gather_key (table, key, values, error))
    return FALSE;
  if (!hr_change_read (&change, self, values, arena, &service))
    return fail_service (&service, error);
  change.is_unrecorded = TRUE;
  return apply (self, &change, arena, error);
}

/* A statement of its own: the walk may last, and others may walk meanwhile. @format takes the name of the tree. */
static sqlite3_stmt *
prepare_walk (HrEngine *self, const HrStoredTable *table, const char *format, GError **error)
{
  char *sql = sqlite3_mprintf (format, table->tree.name);
  sqlite3_stmt *statement = NULL;

  if (sql == NULL || sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    hr_engine_fail (self, error);
  sqlite3_free (sql);
  return statement;
}

/* Takes @statement, which may be NULL: it could not be prepared. */
static gboolean
walk (HrEngine *self, sqlite3_stmt *statement, HrRowFunc func, gpointer user_data, GError **error)
{
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      HrRow row = { sqlite3_column_int64 (statement, 0), sqlite3_column_blob (statement, 1),
                    sqlite3_column_bytes (statement, 1) };

      if (!func (&row, user_data))
        {
          code = SQLITE_DONE;
          break;
        }
    }
  if (code != SQLITE_DONE)
    hr_engine_fail (self, error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
hr_engine_foreach_row (HrEngine *self, const char *table_name, HrRowFunc func, gpointer user_data,
                       GError **error)
{
  HrStoredTable *table = need_table (self, table_name, error);

  if (table == NULL)
    return FALSE;
  return walk (self, prepare_walk (self, table, "SELECT ordinal, record FROM %s ORDER BY ordinal, key", error), func,
               user_data, error);
}

gboolean
hr_engine_foreach_row_from (HrEngine *self, const char *table_name, gint64 ordinal, HrRowFunc func,
                            gpointer user_data, GError **error)
{
  HrStoredTable *table = need_table (self, table_name, error);
  sqlite3_stmt *statement;

  if (table == NULL)
    return FALSE;
  if (hr_savepoint_is_given_up (self) || hr_tree_index_ordinals (&table->tree) != SQLITE_OK)
    return hr_engine_fail (self, error);
  statement = prepare_walk (self, table, "SELECT ordinal, record FROM %s WHERE ordinal >= ?1 ORDER BY ordinal, key",
                            error);
  sqlite3_bind_int64 (statement, 1, ordinal);
  return walk (self, statement, func, user_data, error);
}

gint64
hr_engine_get_next_ordinal (HrEngine *self, const char *table_name)
{
  HrStoredTable *table = hr_engine_find_table (self, table_name);

  return table != NULL ? table->counters->next_ordinal : 0;
}

void
hr_engine_set_next_ordinal (HrEngine *self, const char *table_name, gint64 ordinal)
{
  HrStoredTable *table = hr_engine_find_table (self, table_name);

  if (table == NULL || !hr_engine_begin (self, NULL))
    return;
  hr_savepoint_keep_counters (self, table);
  table->counters->next_ordinal = ordinal;
  hr_engine_commit (self, NULL);
}

gboolean
hr_engine_check_item (HrEngine *self, const char *table_name, const HrValue *item, HrArena *arena,
                      HrServiceError *error)
{
  HrStoredTable *table = hr_engine_need_table (self, table_name, arena, error);
  HrItemCheck check = HR_ITEM_CHECK (arena, error);
  HrValue values[HR_KEY_PARTS_MAX];

  return table != NULL
         && hr_item_check_put (&check, table, item, FALSE, values)
         && hr_item_check_put_size (&check, hr_item_size_bytes (item));
}

void
hr_engine_set_row_watch (HrEngine *self, HrRowChangeFunc func, gpointer user_data)
{
  self->watch = func;
  self->watch_data = user_data;
}
