/*
 * Large trees on their way out.
 *
 * They are told by their names in the database, `garbage_1` and so on, so nothing else has to be kept of them, and a
 * program that stops in between does no harm. Their columns may be any, as long as rows lie in order of the first; rows
 * in which that is equal go together.
 */
#include "model/engine/garbage.h"

#include "model/engine/sql.h"

#define NAMES "FROM sqlite_schema WHERE type = 'table' AND name GLOB 'garbage_[0-9]*'"

/* The largest number of garbage, 0 when there is none. */
static gboolean
find_number (HrEngine *engine, gint64 *number)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT ifnull (max (CAST (substr (name, 9) AS INTEGER)), 0) "
                                            NAMES);
  gboolean ok = sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return ok;
}

gboolean
hr_garbage_drop (HrEngine *engine, const char *name, gint64 size_bytes)
{
  gint64 number;

  if (!engine->is_swept || (size_bytes >= 0 && size_bytes <= HR_LIMIT_PAGE_BYTES))
    return hr_sql_execute (engine, "DROP TABLE %s", name);

  engine->has_garbage = TRUE;
  engine->sweep_us = 0;
  return find_number (engine, &number)
         && hr_sql_execute (engine, "ALTER TABLE %s RENAME TO garbage_%" G_GINT64_FORMAT, name, number + 1);
}

gboolean
hr_garbage_drop_tree (HrEngine *engine, HrTree *tree, gint64 size_bytes)
{
  hr_tree_reset (tree);
  return (!tree->has_ordinals || hr_sql_execute (engine, "DROP INDEX IF EXISTS %s_ordinals", tree->name))
         && hr_garbage_drop (engine, tree->name, size_bytes);
}

gboolean
hr_garbage_find (HrEngine *engine)
{
  gint64 number = 0;

  if (!find_number (engine, &number))
    return FALSE;
  engine->has_garbage = number > 0;
  return TRUE;
}

static gint64
get_row_size (sqlite3_stmt *row)
{
  gint64 size_bytes = 0;

  for (int i = 0; i < sqlite3_column_count (row); i++)
    size_bytes += sqlite3_column_bytes (row, i);
  return size_bytes;
}

/* Removes rows from the first on. */
static gboolean
remove_piece (HrEngine *engine, gint64 number, gboolean *is_empty)
{
  sqlite3_stmt *rows = hr_sql_prepare (engine, "SELECT * FROM garbage_%" G_GINT64_FORMAT " ORDER BY 1", number);
  sqlite3_stmt *removal = NULL;
  gint64 size_bytes = 0;
  guint count = 0;
  int code = SQLITE_ROW;
  gboolean ok;

  if (rows != NULL)
    removal = hr_sql_prepare (engine, "DELETE FROM garbage_%" G_GINT64_FORMAT " WHERE %s <= ?1", number,
                              sqlite3_column_name (rows, 0));
  while (!hr_engine_is_piece (engine, count, size_bytes) && (code = sqlite3_step (rows)) == SQLITE_ROW)
    {
      sqlite3_bind_value (removal, 1, sqlite3_column_value (rows, 0));
      size_bytes += get_row_size (rows);
      count++;
    }
  *is_empty = code == SQLITE_DONE;
  ok = sqlite3_finalize (rows) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
  ok = ok && (count == 0 || sqlite3_step (removal) == SQLITE_DONE);
  return sqlite3_finalize (removal) == SQLITE_OK && ok;
}

gboolean
hr_garbage_sweep (HrEngine *engine, gboolean *has_more)
{
  gboolean is_empty = FALSE;
  gint64 number = 0;

  *has_more = engine->has_garbage;
  if (!engine->has_garbage)
    return TRUE;
  if (!find_number (engine, &number))
    return FALSE;
  engine->has_garbage = *has_more = number > 0;
  return number == 0
         || (remove_piece (engine, number, &is_empty)
             && (!is_empty || hr_sql_execute (engine, "DROP TABLE garbage_%" G_GINT64_FORMAT, number)));
}

gboolean
hr_garbage_finish (HrEngine *engine)
{
  gint64 number = 0;

  while (engine->has_garbage)
    {
      if (!find_number (engine, &number)
          || (number > 0 && !hr_sql_execute (engine, "DROP TABLE garbage_%" G_GINT64_FORMAT, number)))
        return FALSE;
      engine->has_garbage = number > 0;
    }
  return TRUE;
}
