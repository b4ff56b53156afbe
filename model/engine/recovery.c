/*
 * The log behind point-in-time recovery: one SQLite table a table, with the row before each change.
 *
 * Changes are numbered without gaps and their times never go back, not even when the clock does; so the first change
 * after a time is found by halving, and needs no index. Only the front is ever taken away.
 */
#include "model/engine/recovery.h"

#include "model/engine/garbage.h"
#include "model/engine/row-copy.h"
#include "model/engine/sql.h"

#define DAY_US ((gint64) 86400 * G_USEC_PER_SEC)

static gboolean
find_end (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT change, time_us FROM recovery_%" G_GINT64_FORMAT
                        " ORDER BY change DESC LIMIT 1", table->number);
  HrCounters *counters = table->counters;
  int code = sqlite3_step (statement);

  counters->next_change = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) + 1 : 1;
  counters->change_us = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 1) : 0;
  return sqlite3_finalize (statement) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
}

gboolean
hr_recovery_load (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement;

  if (!table->definition->settings.point_in_time_recovery)
    return TRUE;
  statement = hr_sql_prepare (engine, "SELECT 1 FROM recoveries WHERE table_number = %" G_GINT64_FORMAT, table->number);
  table->recovery.is_on = sqlite3_step (statement) == SQLITE_ROW;
  return sqlite3_finalize (statement) == SQLITE_OK && (!table->recovery.is_on || find_end (engine, table));
}

gboolean
hr_recovery_begin (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement;

  if (!table->definition->settings.point_in_time_recovery)
    return TRUE;
  if (!hr_sql_execute (engine, "CREATE TABLE recovery_%" G_GINT64_FORMAT
                       " (change INTEGER PRIMARY KEY, time_us INTEGER NOT NULL,"
                       " key BLOB NOT NULL, ordinal INTEGER NOT NULL, before BLOB)", table->number))
    return FALSE;
  table->recovery.is_on = TRUE;
  table->counters->next_change = 1;
  table->counters->change_us = 0;
  statement = hr_sql_prepare (engine, "INSERT INTO recoveries (table_number, enabled_us, days) VALUES (%"
                              G_GINT64_FORMAT ", ?1, ?2)",
                              table->number);
  sqlite3_bind_int64 (statement, 1, hr_clock_now_us (engine->clock));
  sqlite3_bind_int64 (statement, 2, HR_LIMIT_RECOVERY_DAYS);
  return hr_sql_run_once (statement);
}

gboolean
hr_recovery_forget (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement;

  if (!table->recovery.is_on)
    return TRUE;
  if (!hr_row_copy_leave_log (engine, table))
    return FALSE;
  statement = hr_sql_prepare (engine, "UPDATE recoveries SET enabled_us = ?1 WHERE table_number = %" G_GINT64_FORMAT,
                              table->number);
  sqlite3_bind_int64 (statement, 1, hr_clock_now_us (engine->clock));
  return hr_sql_run_once (statement) && hr_sql_execute (engine, "DELETE FROM recovery_%" G_GINT64_FORMAT,
                                                        table->number);
}

gboolean
hr_recovery_end (HrEngine *engine, HrStoredTable *table)
{
  g_autofree char *name = g_strdup_printf ("recovery_%" G_GINT64_FORMAT, table->number);

  return !table->recovery.is_on
         || (hr_row_copy_leave_log (engine, table) && hr_garbage_drop (engine, name, -1)
             && hr_sql_execute (engine, "DELETE FROM recoveries WHERE table_number = %" G_GINT64_FORMAT,
                                table->number));
}

gboolean
hr_recovery_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next)
{
  if (table->recovery.is_on != next->definition->settings.point_in_time_recovery)
    return hr_recovery_end (engine, table) && hr_recovery_begin (engine, next);
  next->recovery.is_on = table->recovery.is_on;
  return TRUE;
}

gboolean
hr_recovery_append (HrEngine *engine, HrStoredTable *table, const guint8 *key, gsize key_length, const HrRow *before)
{
  sqlite3_stmt **append = &table->recovery.append;
  HrCounters *counters = table->counters;
  gboolean ok;

  if (G_UNLIKELY (*append == NULL))
    *append = hr_sql_prepare (engine, "INSERT INTO recovery_%" G_GINT64_FORMAT
                              " (change, time_us, key, ordinal, before)"
                              " VALUES (?1, ?2, ?3, ?4, ?5)", table->number);
  counters->change_us = MAX (counters->change_us, hr_clock_now_us (engine->clock));
  sqlite3_bind_int64 (*append, 1, counters->next_change++);
  sqlite3_bind_int64 (*append, 2, counters->change_us);
  sqlite3_bind_blob64 (*append, 3, key, key_length, SQLITE_STATIC);
  sqlite3_bind_int64 (*append, 4, before != NULL ? before->ordinal : -1);
  if (before != NULL)
    sqlite3_bind_blob64 (*append, 5, before->record, before->record_length, SQLITE_STATIC);
  else
    sqlite3_bind_null (*append, 5);
  ok = sqlite3_step (*append) == SQLITE_DONE;
  sqlite3_reset (*append);
  engine->sweep_us = MIN (engine->sweep_us, counters->change_us + HR_LIMIT_RECOVERY_DAYS * DAY_US);
  return ok;
}

/* The number of the first change that is kept; one more than the last when none is. */
static gboolean
find_front (HrEngine *engine, const HrStoredTable *table, gint64 *front)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT change FROM recovery_%" G_GINT64_FORMAT " ORDER BY change LIMIT 1",
                        table->number);
  int code = sqlite3_step (statement);

  *front = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : table->counters->next_change;
  return sqlite3_finalize (statement) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
}

static gboolean
read_time (sqlite3_stmt *statement, gint64 change, gint64 *time_us)
{
  int code;

  sqlite3_bind_int64 (statement, 1, change);
  code = sqlite3_step (statement);
  *time_us = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  return sqlite3_reset (statement) == SQLITE_OK && code == SQLITE_ROW;
}

gboolean
hr_recovery_find (HrEngine *engine, HrStoredTable *table, gint64 time_us, gint64 *change)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT time_us FROM recovery_%" G_GINT64_FORMAT " WHERE change = ?1", table->number);
  gint64 end = table->counters->next_change;
  gint64 front;
  gboolean ok = find_front (engine, table, &front);

  while (ok && front < end)
    {
      gint64 middle = front + (end - front) / 2;
      gint64 found_us;

      ok = read_time (statement, middle, &found_us);
      if (found_us > time_us)
        end = middle;
      else
        front = middle + 1;
    }
  *change = front;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

gboolean
hr_recovery_read_terms (HrEngine *engine, const HrStoredTable *table, gint64 *enabled_us, guint *days)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT enabled_us, days FROM recoveries WHERE table_number = %" G_GINT64_FORMAT,
                        table->number);
  gboolean ok = sqlite3_step (statement) == SQLITE_ROW;

  *enabled_us = ok ? sqlite3_column_int64 (statement, 0) : 0;
  *days = ok ? (guint) sqlite3_column_int64 (statement, 1) : 0;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

gboolean
hr_recovery_write_days (HrEngine *engine, const HrStoredTable *table, guint days)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "UPDATE recoveries SET days = ?1 WHERE table_number = %" G_GINT64_FORMAT,
                        table->number);

  sqlite3_bind_int64 (statement, 1, days);
  engine->sweep_us = 0;
  return hr_sql_run_once (statement);
}

/* When the front will be too old. */
static gboolean
look_ahead (HrEngine *engine, const HrStoredTable *table, gint64 kept_us, gint64 *next_us)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT time_us FROM recovery_%" G_GINT64_FORMAT " ORDER BY change LIMIT 1",
                        table->number);

  if (sqlite3_step (statement) == SQLITE_ROW)
    *next_us = MIN (*next_us, sqlite3_column_int64 (statement, 0) + kept_us);
  return sqlite3_finalize (statement) == SQLITE_OK;
}

gboolean
hr_recovery_trim (HrEngine *engine, HrStoredTable *table, gint64 now_us, guint *limit, gint64 *next_us)
{
  sqlite3_stmt *statement;
  gint64 enabled_us;
  gint64 front;
  gint64 end;
  guint days;

  if (!table->recovery.is_on || hr_row_copy_needs_log (engine, table))
    return TRUE;
  if (!hr_recovery_read_terms (engine, table, &enabled_us, &days) || !find_front (engine, table, &front)
      || !hr_recovery_find (engine, table, now_us - days * DAY_US, &end))
    return FALSE;
  end = MIN (end, front + (gint64) *limit);
  *limit -= (guint) (end - front);
  statement = hr_sql_prepare (engine, "DELETE FROM recovery_%" G_GINT64_FORMAT " WHERE change < ?1", table->number);
  sqlite3_bind_int64 (statement, 1, end);
  return hr_sql_run_once (statement) && look_ahead (engine, table, days * DAY_US, next_us);
}
