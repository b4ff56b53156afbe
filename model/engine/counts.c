/*
 * What tables hold, written down with each commit that changes it.
 *
 * It costs a commit one page more, which all requests that share the commit pay together. Two other ways were tried and
 * left: counting anew after a crash holds everybody up for as long as it takes to read the table, and counting piece by
 * piece leaves local indexes without the sizes that they are limited by.
 *
 * Where a table has to be counted nevertheless, what is found is its base: what it held before anything was changed,
 * which no rollback touches. Its counters are relative to that.
 */
#include "model/engine/counts.h"

#include "model/engine/recount.h"
#include "model/engine/sql.h"
#include "model/engine/store-file.h"
#include "model/value/record.h"

/* The row: next ordinal, then items and bytes of the table and of each index, by position, unless they are unknown. */
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

/* @which: 0 for the table, behind it its indexes. */
static HrIndexInfo
get_info (const HrStoredTable *table, guint which)
{
  HrIndexInfo info = which == 0 ? table->counters->items : table->counters->indexes[which - 1];

  if (table->base != NULL)
    {
      info.item_count += table->base[which].item_count;
      info.size_bytes += table->base[which].size_bytes;
    }
  return info;
}

static HrTree *
get_tree (HrStoredTable *table, guint which)
{
  return which == 0 ? &table->tree : &table->indexes[which - 1].tree;
}

static void
write_counters (const HrStoredTable *table, HrBuffer *out)
{
  append_number (out, table->counters->next_ordinal);
  for (guint i = 0; !table->is_uncounted && i <= table->n_indexes; i++)
    {
      HrIndexInfo info = get_info (table, i);

      append_number (out, info.item_count);
      append_number (out, info.size_bytes);
    }
}

static void
set_base (HrStoredTable *table, HrIndexInfo *base)
{
  g_free (table->base);
  table->base = base;
  table->is_uncounted = FALSE;
}

/* What the thread has found out about the table; it stays uncounted when that is not all. */
static void
take_from_thread (HrEngine *self, HrStoredTable *table)
{
  g_autofree HrIndexInfo *base = g_new (HrIndexInfo, table->n_indexes + 1);

  for (guint i = 0; i <= table->n_indexes; i++)
    {
      const HrIndexInfo *info = hr_recount_find (self->recount, get_tree (table, i));

      if (info == NULL)
        return;
      base[i] = *info;
    }
  set_base (table, g_steal_pointer (&base));
}

static void
finish_thread (HrEngine *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((HrStoredTable *) value)->is_uncounted)
      take_from_thread (self, value);
  g_clear_pointer (&self->recount, hr_recount_free);
}

static void
count_now (HrStoredTable *table)
{
  g_autofree HrIndexInfo *base = g_new0 (HrIndexInfo, table->n_indexes + 1);

  for (guint i = 0; i <= table->n_indexes; i++)
    {
      HrIndexInfo since = get_info (table, i);

      if (!hr_counts_take_tree (get_tree (table, i), &base[i], NULL))
        return;
      base[i].item_count -= since.item_count;
      base[i].size_bytes -= since.size_bytes;
    }
  set_base (table, g_steal_pointer (&base));
}

static void
find_out (HrEngine *self, HrStoredTable *table)
{
  if (table->is_uncounted && self->recount != NULL)
    finish_thread (self);
  if (table->is_uncounted)
    count_now (table);
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
hr_counts_store (HrEngine *self, HrStoredTable *table)
{
  gboolean ok;

  if (table->is_uncounted && self->recount != NULL && hr_recount_is_done (self->recount))
    finish_thread (self);
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

  table->is_uncounted = length == sizeof (gint64);
  if (!table->is_uncounted && length != sizeof (gint64) * (FIELDS_OF_TABLE + FIELDS_OF_INDEX * table->n_indexes))
    return FALSE;
  counters->next_ordinal = read_number (bytes, 0);
  if (table->is_uncounted)
    return TRUE;
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

static void
list_trees (HrStoredTable *table, sqlite3 *db, GArray *trees)
{
  for (guint i = 0; i <= table->n_indexes; i++)
    {
      HrTree tree;

      hr_tree_init (&tree, db, i == 0, i == 0 ? table->number : table->indexes[i - 1].number);
      g_array_append_val (trees, tree);
    }
}

/* Without a snapshot tables are counted when somebody asks. */
void
hr_counts_begin (HrEngine *self)
{
  GArray *trees;
  sqlite3 *db;
  GHashTableIter iter;
  gpointer value;
  gboolean is_needed = FALSE;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    is_needed |= ((HrStoredTable *) value)->is_uncounted;
  if (!is_needed || !self->is_file || sqlite3_db_readonly (self->db, "main") == 1)
    return;
  db = hr_store_open_snapshot (self->db, NULL);
  if (db == NULL)
    return;
  trees = g_array_new (FALSE, FALSE, sizeof (HrTree));
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((HrStoredTable *) value)->is_uncounted)
      list_trees (value, db, trees);
  self->recount = hr_recount_new (db, trees);
}

void
hr_counts_end (HrEngine *self)
{
  GHashTableIter iter;
  gpointer value;

  if (self->recount != NULL && hr_recount_is_done (self->recount))
    finish_thread (self);
  g_clear_pointer (&self->recount, hr_recount_free);
  g_hash_table_iter_init (&iter, self->tables);
  while (self->is_file && g_hash_table_iter_next (&iter, NULL, &value))
    if (((HrStoredTable *) value)->base != NULL)
      hr_counts_store (self, value);
}

HrIndexInfo
hr_counts_get_items (HrEngine *self, HrStoredTable *table)
{
  find_out (self, table);
  return get_info (table, 0);
}

HrIndexInfo
hr_counts_get_index (HrEngine *self, HrStoredTable *table, guint index)
{
  find_out (self, table);
  return get_info (table, index + 1);
}

gint64
hr_counts_peek_items (const HrStoredTable *table)
{
  return get_info (table, 0).size_bytes;
}

gint64
hr_counts_peek_index (const HrStoredTable *table, guint index)
{
  return get_info (table, index + 1).size_bytes;
}

gboolean
hr_counts_take_tree (HrTree *tree, HrIndexInfo *info, const gint *is_called_off)
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
      if (is_called_off != NULL && g_atomic_int_get (is_called_off))
        return FALSE;
      sum.item_count++;
      sum.size_bytes += (gint64) hr_record_size_bytes (record, length);
    }
  *info = sum;
  return code == SQLITE_DONE;
}
