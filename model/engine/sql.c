/* Statements of the logs and lists that lie beside the items: prepared, stepped once, finalized. */
#include "model/engine/sql.h"

#include "model/engine/engine-private.h"

static G_GNUC_PRINTF (2, 0) sqlite3_stmt *
prepare (HrEngine *engine, const char *format, va_list arguments)
{
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (engine->db, sql, -1, &statement, NULL);
  return statement;
}

sqlite3_stmt *
hr_sql_prepare (HrEngine *engine, const char *format, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (engine, format, arguments);
  va_end (arguments);
  return statement;
}

gboolean
hr_sql_run_once (sqlite3_stmt *statement)
{
  gboolean ok = sqlite3_step (statement) == SQLITE_DONE;

  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

gboolean
hr_sql_execute (HrEngine *engine, const char *format, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (engine, format, arguments);
  va_end (arguments);
  return hr_sql_run_once (statement);
}
