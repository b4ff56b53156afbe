/*
 * Which tables there are.
 *
 * Numbers name trees: items_7, index_12. The columns for counters are those of older versions, which wrote them when
 * the engine closed; counts.c has them now.
 */
#include "model/engine/catalogue.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/counts.h"
#include "model/engine/definition-text.h"
#include "model/engine/expiry.h"
#include "model/engine/garbage.h"
#include "model/engine/recovery.h"
#include "model/engine/sql.h"
#include "model/engine/stream-log.h"

/* Runs a statement that gives no rows, with integers bound from 1 on. */
static gboolean
run_with (HrEngine *self, const char *sql, const gint64 *values, guint count)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  for (guint i = 0; i < count; i++)
    sqlite3_bind_int64 (statement, i + 1, values[i]);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

static gboolean
insert_table (HrEngine *self, const HrTable *definition, const char *id, gint64 created_us, gint64 *number)
{
  static const char sql[] =
      "INSERT INTO tables (name, id, created_us, definition, next_ordinal, saved, item_count,"
      " size_bytes) VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0)";
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  hr_definition_write (definition, &text);
  sqlite3_bind_text (statement, 1, definition->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, created_us);
  sqlite3_bind_text (statement, 4, text.data, (int) text.length, SQLITE_STATIC);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  *number = sqlite3_last_insert_rowid (self->db);
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

/* @number 0 becomes one that no index has. */
static gboolean
insert_index (HrEngine *self, gint64 table_number, gint64 position, gint64 *number)
{
  gint64 values[] = { *number, table_number, position };

  if (!run_with (self,
                 "INSERT INTO indexes (number, table_number, position, item_count, size_bytes)"
                 " VALUES (nullif (?1, 0), ?2, ?3, 0, 0)",
                 values, G_N_ELEMENTS (values)))
    return FALSE;
  *number = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

/* Those that have numbers come first, so that no other gets one of these. */
static gboolean
insert_indexes (HrEngine *self, gint64 table_number, gint64 *numbers, guint count)
{
  for (guint i = 0; i < count; i++)
    if (numbers[i] != 0 && !insert_index (self, table_number, i, &numbers[i]))
      return FALSE;
  for (guint i = 0; i < count; i++)
    if (numbers[i] == 0 && !insert_index (self, table_number, i, &numbers[i]))
      return FALSE;
  return TRUE;
}

/* What the table and its indexes are doing, to the rows that are there. */
static gboolean
save_status (HrEngine *self, const HrStoredTable *table)
{
  gint64 values[] = { table->status, table->until_us, table->number };

  if (!run_with (self, "UPDATE tables SET status = ?1, until_us = ?2 WHERE number = ?3", values,
                 G_N_ELEMENTS (values)))
    return FALSE;
  for (guint i = 0; i < table->n_indexes; i++)
    {
      gint64 index_values[] = { table->indexes[i].status, table->indexes[i].number };

      if (!run_with (self, "UPDATE indexes SET status = ?1 WHERE number = ?2", index_values,
                     G_N_ELEMENTS (index_values))
          || !hr_catalogue_save_built_to (self, &table->indexes[i]))
        return FALSE;
    }
  return TRUE;
}

/* @kept NULL: all indexes are new. */
static gboolean
apply_plan (HrEngine *self, HrStoredTable *table, const HrStatusPlan *plan, const guint *kept)
{
  table->status = plan->status;
  table->until_us = plan->until_us;
  for (guint i = 0; i < table->n_indexes; i++)
    {
      table->indexes[i].status = plan->indexes[i];
      if (kept == NULL || kept[i] == G_MAXUINT)
        table->indexes[i].is_partial = plan->is_sliced;
    }
  if (table->until_us != 0)
    self->sweep_us = plan->is_sliced ? 0 : MIN (self->sweep_us, table->until_us);
  return save_status (self, table);
}

static gboolean
create_trees (HrStoredTable *table)
{
  if (hr_tree_create (&table->tree) != SQLITE_OK)
    return FALSE;
  for (guint i = 0; i < table->n_indexes; i++)
    if (hr_tree_create (&table->indexes[i].tree) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

HrStoredTable *
hr_catalogue_add (HrEngine *self, HrTable *definition, const HrStatusPlan *plan)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree gint64 *numbers = g_new0 (gint64, definition->indexes->len);
  gint64 created_us = hr_clock_now_us (self->clock);
  HrStoredTable *table;
  gint64 number;

  if (!insert_table (self, definition, id, created_us, &number)
      || !insert_indexes (self, number, numbers, definition->indexes->len))
    {
      hr_table_free (definition);
      return NULL;
    }
  table = hr_stored_table_new (self->db, definition, number, numbers);
  table->id = g_steal_pointer (&id);
  table->created_us = created_us;
  table->counters->is_changed = TRUE;
  if (!create_trees (table) || !apply_plan (self, table, plan, NULL))
    {
      hr_stored_table_free (table);
      return NULL;
    }
  return table;
}

static gboolean
drop_index (HrEngine *self, HrStoredTable *table, guint index)
{
  return hr_garbage_drop_tree (self, &table->indexes[index].tree,
                               table->is_uncounted ? -1 : hr_counts_peek_index (table, index));
}

gboolean
hr_catalogue_remove (HrEngine *self, HrStoredTable *table)
{
  if (!hr_garbage_drop_tree (self, &table->tree, table->is_uncounted ? -1 : hr_counts_peek_items (table)))
    return FALSE;
  for (guint i = 0; i < table->n_indexes; i++)
    if (!drop_index (self, table, i))
      return FALSE;
  return run_with (self, "DELETE FROM properties WHERE table_number = ?1", &table->number, 1)
         && hr_counts_remove (self, table)
         && run_with (self, "DELETE FROM indexes WHERE table_number = ?1", &table->number, 1)
         && run_with (self, "DELETE FROM tables WHERE number = ?1", &table->number, 1);
}

static gboolean
replace_definition (HrEngine *self, gint64 number, const HrTable *definition)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->db, "UPDATE tables SET definition = ?1 WHERE number = ?2", -1, &statement, NULL)
      != SQLITE_OK)
    return FALSE;
  hr_definition_write (definition, &text);
  sqlite3_bind_text (statement, 1, text.data, (int) text.length, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, number);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

/* Drops the trees of indexes that are not kept; takes over the numbers of those that are. */
static gboolean
sort_out_indexes (HrEngine *self, HrStoredTable *table, const guint *kept, gint64 *numbers, guint count)
{
  g_autofree gboolean *stays = g_new0 (gboolean, table->n_indexes + 1);

  for (guint i = 0; i < count; i++)
    if (kept[i] != G_MAXUINT)
      {
        stays[kept[i]] = TRUE;
        numbers[i] = table->indexes[kept[i]].number;
      }
  for (guint i = 0; i < table->n_indexes; i++)
    if (!stays[i] && !drop_index (self, table, i))
      return FALSE;
  return TRUE;
}

static HrStoredTable *
make_successor (HrEngine *self, HrStoredTable *table, HrTable *definition, const guint *kept,
                const gint64 *numbers)
{
  HrStoredTable *next = hr_stored_table_new (self->db, definition, table->number, numbers);

  next->id = g_strdup (table->id);
  next->created_us = table->created_us;
  *next->counters = *table->counters; /* without those of indexes, which stand behind */
  next->counters->items = hr_counts_get_items (self, table);
  next->counters->level = 0;
  next->counters->is_changed = TRUE;
  next->is_uncounted = table->is_uncounted;
  for (guint i = 0; i < next->n_indexes; i++)
    if (kept[i] != G_MAXUINT)
      {
        const HrStoredIndex *old = &table->indexes[kept[i]];

        next->counters->indexes[i] = hr_counts_get_index (self, table, kept[i]);
        next->indexes[i].is_partial = old->is_partial;
        hr_buffer_append (&next->indexes[i].built_to, old->built_to.data, old->built_to.length);
      }
  return next;
}

static gboolean
create_new_trees (HrStoredTable *table, const guint *kept)
{
  for (guint i = 0; i < table->n_indexes; i++)
    if (kept[i] == G_MAXUINT && hr_tree_create (&table->indexes[i].tree) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

HrStoredTable *
hr_catalogue_change (HrEngine *self, HrStoredTable *table, HrTable *definition, const guint *kept,
                     const HrStatusPlan *plan)
{
  guint n_indexes = definition->indexes->len;
  g_autofree gint64 *numbers = g_new0 (gint64, n_indexes);
  HrStoredTable *next;

  if (!replace_definition (self, table->number, definition)
      || !sort_out_indexes (self, table, kept, numbers, n_indexes)
      || !run_with (self, "DELETE FROM indexes WHERE table_number = ?1", &table->number, 1)
      || !insert_indexes (self, table->number, numbers, n_indexes))
    {
      hr_table_free (definition);
      return NULL;
    }
  next = make_successor (self, table, definition, kept, numbers);
  if (!create_new_trees (next, kept) || !apply_plan (self, next, plan, kept))
    g_clear_pointer (&next, hr_stored_table_free);
  return next;
}

/* NULL: the index is whole. */
static void
take_built_to (HrStoredIndex *index, sqlite3_stmt *row, int column)
{
  index->is_partial = sqlite3_column_type (row, column) != SQLITE_NULL;
  hr_buffer_truncate (&index->built_to, 0);
  hr_buffer_append (&index->built_to, sqlite3_column_blob (row, column),
                    (gsize) sqlite3_column_bytes (row, column));
}

gboolean
hr_catalogue_save_built_to (HrEngine *self, const HrStoredIndex *index)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->db, "UPDATE indexes SET built_to = ?1 WHERE number = ?2", -1, &statement, NULL)
      != SQLITE_OK)
    return FALSE;
  if (index->is_partial)
    sqlite3_bind_blob64 (statement, 1, index->built_to.length > 0 ? index->built_to.data : "",
                         index->built_to.length, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, index->number);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  return sqlite3_finalize (statement) == SQLITE_OK && ok;
}

/* Columns: status, built_to, in order of position */
static gboolean
load_index_status (HrEngine *self, HrStoredTable *table)
{
  static const char sql[] = "SELECT status, built_to FROM indexes WHERE table_number = ?1 ORDER BY position";
  sqlite3_stmt *statement = NULL;
  guint count = 0;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, table->number);
  for (; count < table->n_indexes && sqlite3_step (statement) == SQLITE_ROW; count++)
    {
      table->indexes[count].status = (HrTableStatus) sqlite3_column_int (statement, 0);
      take_built_to (&table->indexes[count], statement, 1);
    }
  sqlite3_finalize (statement);
  return count == table->n_indexes;
}

gboolean
hr_catalogue_reload_built_to (HrEngine *self, HrStoredTable *table)
{
  return table->until_us == 0 || load_index_status (self, table);
}

/* Columns: number, name, id, created_us, definition, status, until_us */
static HrStoredTable *
read_table (HrEngine *self, sqlite3_stmt *row, const GArray *index_numbers)
{
  const char *name = (const char *) sqlite3_column_text (row, 1);
  const char *id = (const char *) sqlite3_column_text (row, 2);
  const char *text = (const char *) sqlite3_column_text (row, 4);
  HrTable *definition = text != NULL ? hr_definition_read (text, sqlite3_column_bytes (row, 4)) : NULL;
  HrStoredTable *table;

  if (definition == NULL || name == NULL || id == NULL || strcmp (definition->name, name) != 0
      || definition->indexes->len != index_numbers->len)
    {
      hr_table_free (definition);
      return NULL;
    }
  table = hr_stored_table_new (self->db, definition, sqlite3_column_int64 (row, 0),
                               (const gint64 *) index_numbers->data);
  table->id = g_strdup (id);
  table->created_us = sqlite3_column_int64 (row, 3);
  table->status = (HrTableStatus) sqlite3_column_int (row, 5);
  table->until_us = sqlite3_column_int64 (row, 6);
  return table;
}

static GArray *
read_index_numbers (HrEngine *self, gint64 table_number)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = hr_sql_prepare (self, "SELECT number FROM indexes WHERE table_number = %" G_GINT64_FORMAT
                                            " ORDER BY position", table_number);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      g_array_append_val (numbers, number);
    }
  sqlite3_finalize (statement);
  return numbers;
}

static gboolean
probe_trees (HrStoredTable *table)
{
  int code = hr_tree_probe (&table->tree);

  for (guint i = 0; i < table->n_indexes && (code == SQLITE_ROW || code == SQLITE_DONE); i++)
    code = hr_tree_probe (&table->indexes[i].tree);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
load_table (HrEngine *self, sqlite3_stmt *row)
{
  g_autoptr (GArray) numbers = read_index_numbers (self, sqlite3_column_int64 (row, 0));
  HrStoredTable *table = read_table (self, row, numbers);

  if (table == NULL)
    return FALSE;
  g_hash_table_insert (self->tables, table->definition->name, table);
  return probe_trees (table) && load_index_status (self, table);
}

gboolean
hr_catalogue_begin_logs (HrEngine *self, HrStoredTable *table)
{
  return hr_stream_log_begin (self, table, table->created_us) && hr_expiry_begin (self, table, TRUE)
         && hr_recovery_begin (self, table);
}

/* An older store has them in the list of tables, as of when it was last closed, or not at all. */
static gboolean
load_counts_at_rest (HrEngine *self, HrStoredTable *table)
{
  sqlite3_stmt *statement = hr_sql_prepare (self, "SELECT next_ordinal, saved, item_count, size_bytes FROM tables"
                                            " WHERE number = %" G_GINT64_FORMAT, table->number);
  gboolean ok = sqlite3_step (statement) == SQLITE_ROW;
  HrCounters *counters = table->counters;

  if (ok)
    {
      counters->next_ordinal = sqlite3_column_int64 (statement, 0);
      table->is_uncounted = sqlite3_column_int (statement, 1) == 0;
    }
  if (ok && !table->is_uncounted)
    counters->items = (HrIndexInfo) { sqlite3_column_int64 (statement, 2), sqlite3_column_int64 (statement, 3) };
  sqlite3_finalize (statement);
  if (!ok || table->is_uncounted)
    return ok;

  statement = hr_sql_prepare (self, "SELECT item_count, size_bytes FROM indexes WHERE table_number = %" G_GINT64_FORMAT
                              " ORDER BY position", table->number);
  for (guint i = 0; i < table->n_indexes && sqlite3_step (statement) == SQLITE_ROW; i++)
    counters->indexes[i] = (HrIndexInfo) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) };
  return sqlite3_finalize (statement) == SQLITE_OK;
}

/* @is_complete: every table has its counters, and the logs that its settings want. */
static gboolean
load_rest (HrEngine *self, gboolean *is_complete)
{
  GHashTableIter iter;
  gpointer table;

  *is_complete = TRUE;
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    {
      gboolean has_counts;

      if (!hr_counts_load (self, table, &has_counts)
          || !hr_stream_log_load (self, table) || !hr_expiry_load (self, table) || !hr_recovery_load (self, table))
        return FALSE;
      ((HrStoredTable *) table)->counters->is_changed = !has_counts;
      *is_complete = *is_complete && has_counts && !hr_stream_log_is_missing (table) && !hr_expiry_is_missing (table)
                     && !hr_recovery_is_missing (table);
    }
  return TRUE;
}

static gboolean
complete_table (HrEngine *self, HrStoredTable *table)
{
  if (table->counters->is_changed && (!load_counts_at_rest (self, table) || !hr_counts_store (self, table)))
    return FALSE;
  table->counters->is_changed = FALSE;
  return (!hr_stream_log_is_missing (table) || hr_stream_log_begin (self, table, table->created_us))
         && (!hr_expiry_is_missing (table) || hr_expiry_begin (self, table, FALSE))
         && (!hr_recovery_is_missing (table) || hr_recovery_begin (self, table));
}

static gboolean
complete_tables (HrEngine *self)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    if (!complete_table (self, table))
      return FALSE;
  return TRUE;
}

/* A store of an older version knew streams, times of expiry and recovery in name only, and counters only at rest. A
 * stream begins with its table, as was told then. */
static gboolean
load_or_complete (HrEngine *self)
{
  gboolean is_complete;

  if (!load_rest (self, &is_complete))
    return FALSE;
  if (is_complete)
    return TRUE;
  if (hr_engine_run (self, HR_STATEMENT_BEGIN) != SQLITE_DONE)
    return FALSE;
  if (complete_tables (self) && hr_engine_run (self, HR_STATEMENT_COMMIT) == SQLITE_DONE)
    return TRUE;
  hr_engine_run (self, HR_STATEMENT_ROLLBACK);
  return FALSE;
}

gboolean
hr_catalogue_load (HrEngine *self, GError **error)
{
  static const char sql[] = "SELECT number, name, id, created_us, definition, status, until_us FROM tables";
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK;
  int code = SQLITE_DONE;

  while (ok && (code = sqlite3_step (statement)) == SQLITE_ROW)
    ok = load_table (self, statement);
  sqlite3_finalize (statement);
  ok = ok && code == SQLITE_DONE && load_or_complete (self);
  if (!ok)
    g_set_error (error, HR_ERROR, HR_ERROR_STORE,
                 _("The database is damaged: its list of tables cannot be read."));
  return ok;
}
