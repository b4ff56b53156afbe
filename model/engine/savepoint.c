/*
 * Savepoints, and what of the engine's memory goes back with them.
 *
 * SQLite takes back rows and its own tables. The undo list takes back the rest: before counters change inside
 * a savepoint a copy goes on the list, and tables made or deleted are noted there. Rolling back undoes the
 * entries of the level, newest first; committing hands them to the level below, and the outermost commit
 * drops them. SQLite may roll back on its own (disk full, I/O error): then everything noted is undone at once
 * and the levels that are still open can only be rolled back.
 */
#include "model/engine/counts.h"
#include "model/engine/row-copy.h"

typedef enum
{
  UNDO_COUNTERS,
  UNDO_ADDED,
  UNDO_REMOVED,
} UndoKind;

typedef struct
{
  UndoKind kind;
  guint level;
  HrStoredTable *table;
  HrCounters *counters; /* owned */
} HrUndo;

static void
note (HrEngine *self, UndoKind kind, HrStoredTable *table, HrCounters *counters)
{
  HrUndo undo = { kind, self->level, table, counters };

  if (self->undo == NULL)
    self->undo = g_array_new (FALSE, FALSE, sizeof (HrUndo));
  g_array_append_val (self->undo, undo);
}

void
hr_savepoint_keep_counters (HrEngine *self, HrStoredTable *table)
{
  HrCounters *counters = table->counters;

  if (counters->level < self->level)
    note (self, UNDO_COUNTERS, table,
          g_memdup2 (counters, sizeof (HrCounters) + sizeof (HrIndexInfo) * table->n_indexes));
  counters->level = self->level;
  counters->is_changed = TRUE;
}

void
hr_savepoint_add_table (HrEngine *self, HrStoredTable *table)
{
  g_assert (self->level > 0);
  g_hash_table_insert (self->tables, table->definition->name, table);
  note (self, UNDO_ADDED, table, NULL);
}

void
hr_savepoint_remove_table (HrEngine *self, HrStoredTable *table)
{
  g_assert (self->level > 0);
  g_hash_table_remove (self->tables, table->definition->name);
  self->latest_table = NULL;
  note (self, UNDO_REMOVED, table, NULL);
}

static void
undo_entry (HrEngine *self, HrUndo *undo)
{
  switch (undo->kind)
    {
    case UNDO_COUNTERS:
      g_free (undo->table->counters);
      undo->table->counters = undo->counters;
      break;
    case UNDO_ADDED:
      g_hash_table_remove (self->tables, undo->table->definition->name);
      self->latest_table = NULL;
      hr_stored_table_free (undo->table);
      break;
    case UNDO_REMOVED:
      g_hash_table_insert (self->tables, undo->table->definition->name, undo->table);
      break;
    }
}

static void
undo_down_to (HrEngine *self, guint level)
{
  while (self->undo != NULL && self->undo->len > 0)
    {
      HrUndo *undo = &g_array_index (self->undo, HrUndo, self->undo->len - 1);

      if (undo->level <= level)
        break;
      undo_entry (self, undo);
      g_array_set_size (self->undo, self->undo->len - 1);
    }
}

/* Counters whose copy belongs to a level that is gone count as kept for the level below only. */
static void
lower_entries (HrEngine *self, guint level)
{
  for (guint i = self->undo != NULL ? self->undo->len : 0; i > 0; i--)
    {
      HrUndo *undo = &g_array_index (self->undo, HrUndo, i - 1);

      if (undo->level <= level)
        break;
      undo->level = level;
      if (undo->kind == UNDO_COUNTERS)
        undo->table->counters->level = level;
    }
}

static void
drop_entries (HrEngine *self)
{
  for (guint i = 0; self->undo != NULL && i < self->undo->len; i++)
    {
      HrUndo *undo = &g_array_index (self->undo, HrUndo, i);

      if (undo->kind == UNDO_COUNTERS)
        undo->table->counters->level = 0;
      g_free (undo->counters);
    }
  for (guint i = 0; self->undo != NULL && i < self->undo->len; i++)
    {
      HrUndo *undo = &g_array_index (self->undo, HrUndo, i);

      if (undo->kind == UNDO_REMOVED)
        hr_stored_table_free (undo->table);
    }
  if (self->undo != NULL)
    g_array_set_size (self->undo, 0);
}

gboolean
hr_savepoint_is_given_up (HrEngine *self)
{
  if (self->level > 0 && sqlite3_get_autocommit (self->db))
    {
      undo_down_to (self, 0);
      self->is_lost = TRUE;
    }
  return self->is_lost;
}

static gboolean
begin (HrEngine *self)
{
  if (hr_savepoint_is_given_up (self))
    return FALSE;
  if (hr_engine_run (self, self->level == 0 ? HR_STATEMENT_BEGIN : HR_STATEMENT_SAVEPOINT) != SQLITE_DONE)
    return FALSE;
  self->level++;
  return TRUE;
}

void
hr_savepoint_rollback (HrEngine *self)
{
  g_assert (self->level > 0);
  self->level--;
  undo_down_to (self, self->level);
  if (!sqlite3_get_autocommit (self->db))
    {
      hr_engine_run (self, self->level == 0 ? HR_STATEMENT_ROLLBACK : HR_STATEMENT_ROLLBACK_TO);
      if (self->level > 0)
        hr_engine_run (self, HR_STATEMENT_RELEASE);
    }
  if (self->level == 0)
    self->is_lost = FALSE;
  hr_row_copy_forget (self);
  self->sweep_us = 0; /* what was swept may be there again */
  self->epoch++;
}

/* Whoever is not among the engine's tables has been replaced or taken away. */
static gboolean
store_counters (HrEngine *self)
{
  for (guint i = 0; self->is_file && self->undo != NULL && i < self->undo->len; i++)
    {
      HrStoredTable *table = g_array_index (self->undo, HrUndo, i).table;

      if (!table->counters->is_changed || g_hash_table_lookup (self->tables, table->definition->name) != table)
        continue;
      if (!hr_counts_store (self, table))
        return FALSE;
      table->counters->is_changed = FALSE;
    }
  return TRUE;
}

static gboolean
commit (HrEngine *self)
{
  g_assert (self->level > 0);
  if (hr_savepoint_is_given_up (self) || (self->level == 1 && !store_counters (self))
      || hr_engine_run (self, self->level == 1 ? HR_STATEMENT_COMMIT : HR_STATEMENT_RELEASE) != SQLITE_DONE)
    return FALSE;

  self->level--;
  if (self->level == 0)
    drop_entries (self);
  else
    lower_entries (self, self->level);
  return TRUE;
}

gboolean
hr_savepoint_begin (HrEngine *self, HrArena *arena, HrServiceError *error)
{
  return begin (self) || hr_engine_fail_service (self, arena, error);
}

/* A commit that fails takes back what it should have kept. */
gboolean
hr_savepoint_commit (HrEngine *self, HrArena *arena, HrServiceError *error)
{
  if (commit (self))
    return TRUE;
  hr_engine_fail_service (self, arena, error);
  hr_savepoint_rollback (self);
  return FALSE;
}

gboolean
hr_engine_begin (HrEngine *self, GError **error)
{
  return begin (self) || hr_engine_fail (self, error);
}

gboolean
hr_engine_commit (HrEngine *self, GError **error)
{
  g_return_val_if_fail (self->level > 0, FALSE);

  if (commit (self))
    return TRUE;
  hr_engine_fail (self, error);
  hr_savepoint_rollback (self);
  return FALSE;
}

gboolean
hr_engine_rollback (HrEngine *self, GError **error)
{
  g_return_val_if_fail (self->level > 0, FALSE);

  hr_savepoint_rollback (self);
  if (self->level == 0 && !sqlite3_get_autocommit (self->db))
    return hr_engine_fail (self, error);
  return TRUE;
}
