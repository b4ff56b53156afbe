/*
 * What tables hold, written down with each commit that changes it.
 *
 * It costs a commit one page more, which all requests that share the commit pay together. Two other ways were tried and
 * left: counting anew after a crash holds everybody up for as long as it takes to read the table, and counting piece by
 * piece leaves local indexes without the sizes that they are limited by.
 */
#include "model/engine/counts.h"

#include "model/engine/sql.h"
#include "model/value/record.h"

/* The row: next ordinal, then items and bytes of the table and of each index, by position. */
#define FIELDS_OF_TABLE 3
#define FIELDS_OF_INDEX 2

static void
append_number (HrBuffer *out, gint64 number)
{
  gint64 stored = GINT64_TO_LE (number);

  hr_buffer_append (out, (const char *) &stored, sizeof stored);
}

static gint64
read_number (const guint8 *bytes, guint position)
{
  gint64 stored;

  memcpy (&stored, bytes + position * sizeof stored, sizeof stored);
  return GINT64_FROM_LE (stored);
}

static void
write_counters (const HrStoredTable *table, HrBuffer *out)
{
  const HrCounters *counters = table->counters;

  append_number (out, counters->next_ordinal);
  append_number (out, counters->items.item_count);
  append_number (out, counters->items.size_bytes);
  for (guint i = 0; i < table->n_indexes; i++)
    {
      append_number (out, counters->indexes[i].item_count);
      append_number (out, counters->indexes[i].size_bytes);
    }
}

static gboolean
insert (HrEngine *self, const HrStoredTable *table)
{
  sqlite3_stmt *statement = hr_sql_prepare (self, "INSERT INTO counts (table_number, counts) VALUES (?1, ?2)");

  sqlite3_bind_int64 (statement, 1, table->number);
  sqlite3_bind_blob64 (statement, 2, self->buffer.data, self->buffer.length, SQLITE_STATIC);
  return hr_sql_run_once (statement);
}

/* A row that is there is overwritten in its place: replacing it costs a small write a third more. */
gboolean
hr_counts_store (HrEngine *self, const HrStoredTable *table)
{
  gboolean ok;

  if (self->store_counts == NULL
      && sqlite3_prepare_v3 (self->db, "UPDATE counts SET counts = ?2 WHERE table_number = ?1", -1,
                             SQLITE_PREPARE_PERSISTENT, &self->store_counts, NULL)
             != SQLITE_OK)
    return FALSE;
  hr_buffer_truncate (&self->buffer, 0);
  write_counters (table, &self->buffer);
  sqlite3_bind_int64 (self->store_counts, 1, table->number);
  sqlite3_bind_blob64 (self->store_counts, 2, self->buffer.data, self->buffer.length, SQLITE_STATIC);
  ok = sqlite3_step (self->store_counts) == SQLITE_DONE;
  sqlite3_reset (self->store_counts);
  return ok && (sqlite3_changes (self->db) > 0 || insert (self, table));
}

static gboolean
store_tables (HrEngine *self)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    if (!hr_counts_store (self, table))
      return FALSE;
  return TRUE;
}

gboolean
hr_counts_store_all (HrEngine *self)
{
  if (hr_engine_run (self, HR_STATEMENT_BEGIN) != SQLITE_DONE)
    return FALSE;
  if (store_tables (self) && hr_engine_run (self, HR_STATEMENT_COMMIT) == SQLITE_DONE)
    return TRUE;
  hr_engine_run (self, HR_STATEMENT_ROLLBACK);
  return FALSE;
}

gboolean
hr_counts_remove (HrEngine *self, const HrStoredTable *table)
{
  return hr_sql_execute (self, "DELETE FROM counts WHERE table_number = %" G_GINT64_FORMAT, table->number);
}

static gboolean
read_counters (HrStoredTable *table, const guint8 *bytes, gsize length)
{
  HrCounters *counters = table->counters;

  if (length != sizeof (gint64) * (FIELDS_OF_TABLE + FIELDS_OF_INDEX * table->n_indexes))
    return FALSE;
  counters->next_ordinal = read_number (bytes, 0);
  counters->items = (HrIndexInfo) { read_number (bytes, 1), read_number (bytes, 2) };
  for (guint i = 0; i < table->n_indexes; i++)
    {
      guint position = FIELDS_OF_TABLE + FIELDS_OF_INDEX * i;

      counters->indexes[i] = (HrIndexInfo) { read_number (bytes, position), read_number (bytes, position + 1) };
    }
  return TRUE;
}

gboolean
hr_counts_load (HrEngine *self, HrStoredTable *table, gboolean *is_there)
{
  sqlite3_stmt *statement = hr_sql_prepare (self, "SELECT counts FROM counts WHERE table_number = %" G_GINT64_FORMAT,
                                            table->number);
  int code = sqlite3_step (statement);
  gboolean ok = code == SQLITE_DONE;

  *is_there = code == SQLITE_ROW;
  if (*is_there)
    ok = read_counters (table, sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

static gboolean
count_tree (HrTree *tree, HrIndexInfo *info)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  HrIndexInfo sum = { 0, 0 };
  const guint8 *record;
  gsize length;
  int code = hr_tree_cursor_open (&cursor, tree, &HR_KEY_RANGE_ALL, FALSE);

  if (code != SQLITE_OK)
    return FALSE;
  while ((code = hr_tree_cursor_next (&cursor, &record, &length)) == SQLITE_ROW)
    {
      sum.item_count++;
      sum.size_bytes += (gint64) hr_record_size_bytes (record, length);
    }
  *info = sum;
  return code == SQLITE_DONE;
}

gboolean
hr_counts_take (HrStoredTable *table)
{
  if (!count_tree (&table->tree, &table->counters->items))
    return FALSE;
  for (guint i = 0; i < table->n_indexes; i++)
    if (!count_tree (&table->indexes[i].tree, &table->counters->indexes[i]))
      return FALSE;
  return TRUE;
}
