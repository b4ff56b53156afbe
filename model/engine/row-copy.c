/*
 * Copies of rows, a slice at a time, of one moment.
 *
 * Rows are copied in order of their keys. A row that is written before its turn has come is put into the copy first, as
 * it was; one that was not there leaves a row without a record, so that it is passed over, and which goes with its
 * slice. To go back to a time, changes since are taken back beforehand, the newest first, so that the oldest has the
 * last word, also over rows that were written meanwhile.
 *
 * All of it stands in the database: the row of row_copies says how far the copy is (`copied_to`, NULL when rows are
 * complete, and `end_change`). In memory is only what was read from there.
 */
#include "model/engine/row-copy.h"

#include "model/engine/catalogue.h"
#include "model/engine/sql.h"
#include "model/value/record.h"

typedef struct
{
  HrRowCopyTerms terms;
  gint64 number;
  gboolean is_whole;
  HrBuffer copied_to; /* row key */
  char *source;       /* SQLite tables */
  char *target;
  sqlite3_stmt *keep;
} HrRowCopy;

static void
row_copy_free (gpointer data)
{
  HrRowCopy *self = data;

  sqlite3_finalize (self->keep);
  hr_buffer_clear (&self->copied_to);
  g_free (self->source);
  g_free (self->target);
  g_free (self);
}

static void
bind_key (sqlite3_stmt *statement, int parameter, const HrBuffer *key)
{
  sqlite3_bind_blob64 (statement, parameter, key->length > 0 ? key->data : "", key->length, SQLITE_STATIC);
}

static char *
format_tree (gint64 table_number, gint64 backup_number)
{
  return table_number != 0 ? g_strdup_printf ("items_%" G_GINT64_FORMAT, table_number)
                           : g_strdup_printf ("backup_%" G_GINT64_FORMAT, backup_number);
}

static HrRowCopy *
read_copy (sqlite3_stmt *row)
{
  HrRowCopy *self = g_new0 (HrRowCopy, 1);

  self->number = sqlite3_column_int64 (row, 0);
  self->terms = (HrRowCopyTerms) {
    .table_number = sqlite3_column_int64 (row, 1),
    .backup_number = sqlite3_column_int64 (row, 2),
    .target_number = sqlite3_column_int64 (row, 3),
    .first_change = sqlite3_column_int64 (row, 4),
    .end_change = sqlite3_column_int64 (row, 5),
    .until_us = sqlite3_column_int64 (row, 6),
  };
  self->is_whole = sqlite3_column_type (row, 7) == SQLITE_NULL;
  hr_buffer_append (&self->copied_to, sqlite3_column_blob (row, 7), (gsize) sqlite3_column_bytes (row, 7));
  self->source = format_tree (self->terms.table_number, self->terms.backup_number);
  self->target = format_tree (self->terms.target_number, self->terms.backup_number);
  return self;
}

/* NULL when the database failed. */
static GPtrArray *
get_copies (HrEngine *engine)
{
  g_autoptr (GPtrArray) copies = NULL;
  sqlite3_stmt *statement;
  int code;

  if (engine->row_copies != NULL)
    return engine->row_copies;
  copies = g_ptr_array_new_with_free_func (row_copy_free);
  statement = hr_sql_prepare (engine,
                              "SELECT number, table_number, backup_number, target_number, first_change, end_change,"
                              " until_us, copied_to FROM row_copies ORDER BY number");
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (copies, read_copy (statement));
  if (sqlite3_finalize (statement) != SQLITE_OK || code != SQLITE_DONE)
    return NULL;
  return engine->row_copies = g_steal_pointer (&copies);
}

void
hr_row_copy_forget (HrEngine *engine)
{
  g_clear_pointer (&engine->row_copies, g_ptr_array_unref);
}

static gboolean
save (HrEngine *engine, const HrRowCopy *self)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "UPDATE row_copies SET end_change = ?1, copied_to = ?2 WHERE number = ?3");

  sqlite3_bind_int64 (statement, 1, self->terms.end_change);
  if (!self->is_whole)
    bind_key (statement, 2, &self->copied_to);
  sqlite3_bind_int64 (statement, 3, self->number);
  return hr_sql_run_once (statement);
}

static HrStoredTable *
find_target (HrEngine *engine, const HrRowCopy *self)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, engine->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    if (((HrStoredTable *) table)->number == self->terms.target_number)
      return table;
  return NULL;
}

/* Takes back the changes from one on. */
static gboolean
take_back (HrEngine *engine, HrRowCopy *self, gint64 from)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine,
                        "REPLACE INTO %s (key, ordinal, record) SELECT key, max (ordinal, 0), ifnull (before, x'')"
                        " FROM recovery_%" G_GINT64_FORMAT " WHERE change >= ?1 AND change < ?2 ORDER BY change DESC",
                        self->target, self->terms.table_number);

  sqlite3_bind_int64 (statement, 1, from);
  sqlite3_bind_int64 (statement, 2, self->terms.end_change);
  self->terms.end_change = from;
  return hr_sql_run_once (statement) && save (engine, self);
}

/* How far back a slice goes. */
static gboolean
find_changes (HrEngine *engine, const HrRowCopy *self, gint64 *from)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT change, length (before) FROM recovery_%" G_GINT64_FORMAT
                        " WHERE change >= ?1 AND change < ?2 ORDER BY change DESC", self->terms.table_number);
  gint64 size_bytes = 0;
  guint count = 0;
  int code = SQLITE_ROW;

  *from = self->terms.first_change;
  sqlite3_bind_int64 (statement, 1, self->terms.first_change);
  sqlite3_bind_int64 (statement, 2, self->terms.end_change);
  while (!hr_engine_is_piece (engine, count, size_bytes) && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      *from = sqlite3_column_int64 (statement, 0);
      size_bytes += sqlite3_column_int64 (statement, 1);
      count++;
    }
  if (code == SQLITE_DONE)
    *from = self->terms.first_change;
  return sqlite3_finalize (statement) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
}

static gboolean
take_back_slice (HrEngine *engine, HrRowCopy *self)
{
  gint64 from;

  return find_changes (engine, self, &from) && take_back (engine, self, from);
}

/* The last of the next rows, as far as a slice goes; shortens @to. */
static gboolean
find_end (HrEngine *engine, const HrRowCopy *self, const char *tree, HrBuffer *to, gboolean *is_end)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine, "SELECT key, length (record) FROM %s WHERE key > ?1 AND key <= ?2 ORDER BY key", tree);
  gint64 size_bytes = 0;
  guint count = 0;
  int code = SQLITE_ROW;

  bind_key (statement, 1, &self->copied_to);
  bind_key (statement, 2, to);
  while (!hr_engine_is_piece (engine, count, size_bytes) && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      size_bytes += sqlite3_column_int64 (statement, 1);
      count++;
    }
  if (code == SQLITE_ROW)
    {
      *is_end = FALSE;
      hr_buffer_truncate (to, 0);
      hr_buffer_append (to, sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
    }
  return sqlite3_finalize (statement) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
}

static sqlite3_stmt *
prepare_range (HrEngine *engine, HrRowCopy *self, const char *format, const HrBuffer *to)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sql = g_strdup_printf (format, self->target, self->source);
#pragma GCC diagnostic pop
  sqlite3_prepare_v2 (engine->db, sql, -1, &statement, NULL);
  bind_key (statement, 1, &self->copied_to);
  bind_key (statement, 2, to);
  return statement;
}

typedef struct
{
  gint64 item_count;
  gint64 size_bytes;
  gint64 next_ordinal;
} Sum;

static gboolean
count (HrEngine *engine, HrRowCopy *self, const HrBuffer *to, Sum *sum)
{
  sqlite3_stmt *statement
      = prepare_range (engine, self, "SELECT record, ordinal FROM %s WHERE key > ?1 AND key <= ?2", to);
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      sum->item_count++;
      sum->size_bytes += (gint64) hr_record_size_bytes (sqlite3_column_blob (statement, 0),
                                                        (gsize) sqlite3_column_bytes (statement, 0));
      sum->next_ordinal = MAX (sum->next_ordinal, sqlite3_column_int64 (statement, 1) + 1);
    }
  return sqlite3_finalize (statement) == SQLITE_OK && code == SQLITE_DONE;
}

static void
add_to_table (HrEngine *engine, HrStoredTable *table, const Sum *sum)
{
  HrCounters *counters;

  hr_savepoint_keep_counters (engine, table);
  counters = table->counters;
  counters->items.item_count += sum->item_count;
  counters->items.size_bytes += sum->size_bytes;
  counters->next_ordinal = MAX (counters->next_ordinal, sum->next_ordinal);
}

static gboolean
add_to_backup (HrEngine *engine, gint64 number, const Sum *sum)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "UPDATE backups SET item_count = item_count + ?1,"
                                            " size_bytes = size_bytes + ?2 WHERE number = ?3");

  sqlite3_bind_int64 (statement, 1, sum->item_count);
  sqlite3_bind_int64 (statement, 2, sum->size_bytes);
  sqlite3_bind_int64 (statement, 3, number);
  return hr_sql_run_once (statement);
}

static gboolean
add_up (HrEngine *engine, HrRowCopy *self, const HrBuffer *to)
{
  HrStoredTable *table = find_target (engine, self);
  Sum sum = { 0, 0, 0 };

  if (!count (engine, self, to, &sum))
    return FALSE;
  if (table == NULL)
    return add_to_backup (engine, self->terms.backup_number, &sum);
  add_to_table (engine, table, &sum);
  return TRUE;
}

static gboolean
copy_rows (HrEngine *engine, HrRowCopy *self, const HrBuffer *to)
{
  return hr_sql_run_once (prepare_range (engine, self,
                                         "INSERT OR IGNORE INTO %s (key, ordinal, record)"
                                         " SELECT key, ordinal, record FROM %s WHERE key > ?1 AND key <= ?2", to))
         && hr_sql_run_once (prepare_range (engine, self,
                                            "DELETE FROM %s WHERE key > ?1 AND key <= ?2 AND length (record) = 0", to))
         && add_up (engine, self, to);
}

static gboolean
copy_slice (HrEngine *engine, HrRowCopy *self, gboolean at_once)
{
  g_auto (HrBuffer) to = HR_BUFFER_INIT;
  gboolean is_end = TRUE;

  hr_buffer_append (&to, (const char *) HR_KEY_RANGE_ALL.upper, HR_KEY_RANGE_ALL.upper_length);
  if (!at_once
      && (!find_end (engine, self, self->source, &to, &is_end) || !find_end (engine, self, self->target, &to, &is_end)))
    return FALSE;
  if (!copy_rows (engine, self, &to))
    return FALSE;
  self->is_whole = is_end;
  hr_buffer_truncate (&self->copied_to, 0);
  hr_buffer_append (&self->copied_to, to.data, to.length);
  return save (engine, self);
}

static gboolean
has_changes (const HrRowCopy *self)
{
  return self->terms.end_change > self->terms.first_change;
}

static gboolean
take_step (HrEngine *engine, HrRowCopy *self, gboolean at_once)
{
  if (!has_changes (self))
    return copy_slice (engine, self, at_once);
  return at_once ? take_back (engine, self, self->terms.first_change) : take_back_slice (engine, self);
}

static gboolean
end (HrEngine *engine, HrRowCopy *self)
{
  gboolean ok = hr_sql_execute (engine, "DELETE FROM row_copies WHERE number = %" G_GINT64_FORMAT, self->number);

  g_ptr_array_remove (engine->row_copies, self);
  return ok;
}

static gboolean
insert (HrEngine *engine, const HrRowCopyTerms *terms)
{
  sqlite3_stmt *statement
      = hr_sql_prepare (engine,
                        "INSERT INTO row_copies (table_number, backup_number, target_number, first_change, end_change,"
                        " until_us, copied_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6, x'')");
  const gint64 values[] = { terms->table_number, terms->backup_number, terms->target_number, terms->first_change,
                            terms->end_change, terms->until_us };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sqlite3_bind_int64 (statement, (int) i + 1, values[i]);
  hr_row_copy_forget (engine);
  engine->sweep_us = 0;
  return hr_sql_run_once (statement);
}

gboolean
hr_row_copy_begin (HrEngine *engine, const HrRowCopyTerms *terms, gboolean at_once)
{
  HrRowCopy *self;

  if (!insert (engine, terms) || get_copies (engine) == NULL)
    return FALSE;
  self = g_ptr_array_index (engine->row_copies, engine->row_copies->len - 1);
  while (at_once && !self->is_whole)
    if (!take_step (engine, self, TRUE))
      return FALSE;
  return !at_once || terms->until_us != 0 || end (engine, self);
}

gboolean
hr_row_copy_sweep (HrEngine *engine, gboolean at_once, gint64 *next_us, gboolean *has_more)
{
  gint64 now_us = at_once ? G_MAXINT64 : hr_clock_now_us (engine->clock);
  GPtrArray *copies = get_copies (engine);

  *has_more = FALSE;
  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      HrRowCopy *self = g_ptr_array_index (copies, i);

      *has_more = !self->is_whole || self->terms.until_us <= now_us;
      if (*has_more)
        return self->is_whole ? end (engine, self) : take_step (engine, self, at_once);
      *next_us = MIN (*next_us, self->terms.until_us);
    }
  return copies != NULL;
}

gboolean
hr_row_copy_are_any (HrEngine *engine)
{
  GPtrArray *copies = get_copies (engine);

  return copies == NULL || copies->len > 0;
}

gboolean
hr_row_copy_is_from (HrEngine *engine, const HrStoredTable *table)
{
  GPtrArray *copies = get_copies (engine);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    if (((HrRowCopy *) g_ptr_array_index (copies, i))->terms.table_number == table->number)
      return TRUE;
  return copies == NULL;
}

gboolean
hr_row_copy_is_into (HrEngine *engine, const HrStoredTable *table)
{
  GPtrArray *copies = get_copies (engine);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    if (((HrRowCopy *) g_ptr_array_index (copies, i))->terms.target_number == table->number)
      return TRUE;
  return copies == NULL;
}

/* Rows whose turn has come stand in the copy. */
static gboolean
is_copied (const HrRowCopy *self, const guint8 *key, gsize key_length)
{
  gsize common = MIN (key_length, self->copied_to.length);
  int order = common > 0 ? memcmp (key, self->copied_to.data, common) : 0;

  return self->is_whole || order < 0 || (order == 0 && key_length <= self->copied_to.length);
}

static gboolean
keep (HrEngine *engine, HrRowCopy *self, const guint8 *key, gsize key_length, const HrRow *before)
{
  gboolean ok;

  if (self->keep == NULL)
    self->keep = hr_sql_prepare (engine, "INSERT OR IGNORE INTO %s (key, ordinal, record) VALUES (?1, ?2, ?3)",
                                 self->target);
  sqlite3_bind_blob64 (self->keep, 1, key, key_length, SQLITE_STATIC);
  sqlite3_bind_int64 (self->keep, 2, before != NULL ? before->ordinal : 0);
  if (before != NULL)
    sqlite3_bind_blob64 (self->keep, 3, before->record, before->record_length, SQLITE_STATIC);
  else
    sqlite3_bind_zeroblob (self->keep, 3, 0);
  ok = sqlite3_step (self->keep) == SQLITE_DONE;
  sqlite3_reset (self->keep);
  return ok;
}

gboolean
hr_row_copy_keep (HrEngine *engine, const HrStoredTable *table, const guint8 *key, gsize key_length,
                  const HrRow *before)
{
  GPtrArray *copies = get_copies (engine);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      HrRowCopy *self = g_ptr_array_index (copies, i);

      if (self->terms.table_number == table->number && !is_copied (self, key, key_length)
          && !keep (engine, self, key, key_length, before))
        return FALSE;
    }
  return copies != NULL;
}

gboolean
hr_row_copy_needs_log (HrEngine *engine, const HrStoredTable *table)
{
  GPtrArray *copies = get_copies (engine);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      const HrRowCopy *self = g_ptr_array_index (copies, i);

      if (self->terms.table_number == table->number && has_changes (self))
        return TRUE;
    }
  return copies == NULL;
}

gboolean
hr_row_copy_leave_log (HrEngine *engine, const HrStoredTable *table)
{
  GPtrArray *copies = get_copies (engine);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      HrRowCopy *self = g_ptr_array_index (copies, i);

      if (self->terms.table_number == table->number && has_changes (self)
          && !take_back (engine, self, self->terms.first_change))
        return FALSE;
    }
  return copies != NULL;
}
