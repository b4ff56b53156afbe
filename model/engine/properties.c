/*
 * Properties of tables: one SQLite table of names and texts, by the number of the table they belong to. What belongs to
 * the database as a whole has number 0, which no table has.
 */
#include "model/engine/properties.h"

#define NUMBER_DATABASE 0

static gboolean
find_number (HrEngine *self, const char *table_name, gint64 *number)
{
  HrStoredTable *table = table_name != NULL ? hr_engine_find_table (self, table_name) : NULL;

  *number = table != NULL ? table->number : NUMBER_DATABASE;
  return table != NULL || table_name == NULL;
}

static sqlite3_stmt *
prepare (HrEngine *self, const char *sql, gint64 number, const char *name)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  return statement;
}

const char *
hr_property_read (HrEngine *self, gint64 number, const char *name, HrArena *arena)
{
  static const char sql[] = "SELECT text FROM properties WHERE table_number = ?1 AND name = ?2";
  sqlite3_stmt *statement = prepare (self, sql, number, name);
  const char *text = NULL;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    text = hr_arena_strndup (arena, (const char *) sqlite3_column_text (statement, 0),
                             sqlite3_column_bytes (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

gboolean
hr_property_store (HrEngine *self, gint64 number, const char *name, const char *text)
{
  static const char put_sql[] = "INSERT OR REPLACE INTO properties (table_number, name, text) VALUES (?1, ?2, ?3)";
  static const char delete_sql[] = "DELETE FROM properties WHERE table_number = ?1 AND name = ?2";
  sqlite3_stmt *statement = prepare (self, text != NULL ? put_sql : delete_sql, number, name);
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  if (text != NULL)
    sqlite3_bind_text (statement, 3, text, -1, SQLITE_STATIC);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

const char *
hr_engine_get_property (HrEngine *self, const char *table_name, const char *name, HrCall *call)
{
  gint64 number;

  return find_number (self, table_name, &number) ? hr_property_read (self, number, name, call->arena) : NULL;
}

gboolean
hr_engine_set_property (HrEngine *self, const char *table_name, const char *name, const char *text, HrCall *call,
                        HrServiceError *error)
{
  gint64 number;

  if (!find_number (self, table_name, &number))
    return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found: Table: %s not found", table_name);
  if (hr_savepoint_is_given_up (self) || !hr_property_store (self, number, name, text))
    return hr_engine_fail_service (self, call->arena, error);
  return TRUE;
}

gboolean
hr_engine_foreach_property (HrEngine *self, const char *table_name, const char *prefix, HrPropertyFunc func,
                            gpointer user_data, GError **error)
{
  static const char sql[] =
      "SELECT name, text FROM properties WHERE table_number = ?1 AND name >= ?2 ORDER BY name";
  sqlite3_stmt *statement;
  gint64 number;
  int code;

  if (!find_number (self, table_name, &number))
    return TRUE;
  statement = prepare (self, sql, number, prefix);
  if (statement == NULL)
    return hr_engine_fail (self, error);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);

      if (!g_str_has_prefix (name, prefix))
        {
          code = SQLITE_DONE;
          break;
        }
      func (name, (const char *) sqlite3_column_text (statement, 1), user_data);
    }
  if (code != SQLITE_DONE)
    hr_engine_fail (self, error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}
