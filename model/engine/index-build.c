/*
 * An index, or a large part of it, at one go.
 *
 * Rows come in the order of the table and entries go in the order of the index, so they are sorted in between,
 * as much as may be held in memory at a time. An index that projects everything has the table's own records, which
 * are not copied when they lie in memory anyway.
 */
#include "model/engine/index-build.h"

#include "model/engine/catalogue.h"
#include "model/value/record.h"

typedef struct
{
  HrEngine *engine;
  HrStoredTable *table;
  HrStoredIndex *index;
  HrIndexInfo *info;
  HrSortedRows entries;
  HrArena *scratch; /* reset for each row */
  HrBuffer key;
  HrBuffer record;
  HrArena *arena;   /* of the error */
  HrServiceError *error;
} Build;

static void
build_init (Build *self, HrEngine *engine, HrStoredTable *table, guint index, HrArena *arena, HrServiceError *error)
{
  *self = (Build) { .engine = engine, .table = table, .index = &table->indexes[index], .arena = arena, .error = error };
  hr_savepoint_keep_counters (engine, table);
  self->info = &table->counters->indexes[index];
  self->scratch = hr_arena_new ();
  hr_sorted_rows_init (&self->entries);
}

static void
build_clear (Build *self)
{
  hr_sorted_rows_clear (&self->entries);
  hr_arena_free (self->scratch);
  hr_buffer_clear (&self->key);
  hr_buffer_clear (&self->record);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Build, build_clear)

static gboolean
store_entries (Build *self)
{
  if (hr_sorted_rows_store (&self->entries, &self->index->tree, self->engine->progress) != SQLITE_OK)
    return hr_engine_fail_service (self->engine, self->arena, self->error);
  return TRUE;
}

/* Whether the row is an item at all. */
static gboolean
decode (Build *self, const HrRow *row, HrValue *item)
{
  return hr_record_decode (row->record, row->record_length, self->scratch, item)
         || hr_engine_fail_damaged (self->table, self->arena, self->error);
}

/* What the index holds of the row. */
static gboolean
project (Build *self, const HrRow *row, HrRow *entry)
{
  HrValue item;

  *entry = *row;
  if (self->index->projected == NULL)
    return TRUE;
  if (!decode (self, row, &item))
    return FALSE;
  item = hr_stored_index_project (self->index, &item, self->scratch);
  hr_buffer_truncate (&self->record, 0);
  hr_record_encode (&item, &self->record);
  entry->record = (const guint8 *) self->record.data;
  entry->record_length = self->record.length;
  return TRUE;
}

static gboolean
add_entry (Build *self, const HrRow *row, gboolean may_borrow)
{
  const HrKeyLayout *layout = &self->index->layout;
  HrValue values[HR_KEY_PARTS_MAX];
  HrValue item;
  HrRow entry;

  if (!hr_progress_step (self->engine->progress))
    return hr_service_error_set (self->error, self->arena, HR_SERVICE_INTERNAL, "The change was called off.");
  hr_arena_reset (self->scratch);
  if (!hr_key_layout_gather_record (layout, row->record, row->record_length, self->scratch, values))
    return decode (self, row, &item); /* the index goes without */
  if (!project (self, row, &entry))
    return FALSE;

  hr_buffer_truncate (&self->key, 0);
  hr_key_encode (layout, values, layout->n_parts, &self->key);
  hr_sorted_rows_add (&self->entries, &self->key, &entry, may_borrow && self->index->projected == NULL);
  self->info->item_count++;
  self->info->size_bytes += (gint64) hr_record_size_bytes (entry.record, entry.record_length);
  return TRUE;
}

gboolean
hr_index_build_from_rows (HrEngine *engine, HrStoredTable *table, guint index, const HrSortedRows *rows,
                          HrArena *arena, HrServiceError *error)
{
  g_auto (Build) self = { 0 };

  build_init (&self, engine, table, index, arena, error);
  for (guint i = 0; i < hr_sorted_rows_get_count (rows); i++)
    if (!add_entry (&self, &hr_sorted_rows_get (rows, i)->row, TRUE))
      return FALSE;
  return store_entries (&self);
}

static int
add_slice (Build *self, HrTreeCursor *cursor)
{
  HrStoredIndex *index = self->index;
  HrRow row = { .ordinal = 0 };
  gint64 size_bytes = 0;
  int code = SQLITE_ROW;

  for (guint count = 0; !hr_engine_is_piece (self->engine, count, size_bytes); count++)
    {
      const guint8 *key;
      gsize key_length;

      code = hr_tree_cursor_next (cursor, &row.record, &row.record_length);
      if (code != SQLITE_ROW)
        break;
      if (!add_entry (self, &row, FALSE))
        return SQLITE_CORRUPT;
      size_bytes += (gint64) row.record_length;
      hr_tree_cursor_get_key (cursor, &key, &key_length);
      hr_buffer_truncate (&index->built_to, 0);
      hr_buffer_append (&index->built_to, key, key_length);
    }
  return code;
}

gboolean
hr_index_build_slice (HrEngine *engine, HrStoredTable *table, guint index, HrArena *arena, HrServiceError *error)
{
  g_auto (Build) self = { 0 };
  g_auto (HrTreeCursor) cursor = { NULL };
  g_auto (HrBuffer) from = HR_BUFFER_INIT;
  HrKeyRange range = HR_KEY_RANGE_ALL;
  int code;

  build_init (&self, engine, table, index, arena, error);
  if (self.index->built_to.length > 0)
    {
      hr_buffer_append (&from, self.index->built_to.data, self.index->built_to.length);
      hr_buffer_append_char (&from, '\0'); /* the first key behind */
      range.lower = (const guint8 *) from.data;
      range.lower_length = from.length;
    }
  code = hr_tree_cursor_open (&cursor, &table->tree, &range, FALSE);
  if (code == SQLITE_OK)
    code = add_slice (&self, &cursor);
  if (code == SQLITE_CORRUPT && error->kind != HR_SERVICE_OK)
    return FALSE;
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    return hr_engine_fail_service (engine, arena, error);
  self.index->is_partial = code == SQLITE_ROW;
  return store_entries (&self)
         && (hr_catalogue_save_built_to (engine, self.index) || hr_engine_fail_service (engine, arena, error));
}

gboolean
hr_index_build_from_tree (HrEngine *engine, HrStoredTable *table, guint index, HrArena *arena, HrServiceError *error)
{
  g_auto (Build) self = { 0 };
  g_auto (HrTreeCursor) cursor = { NULL };
  HrRow row = { .ordinal = 0 };
  int code = hr_tree_cursor_open (&cursor, &table->tree, &HR_KEY_RANGE_ALL, FALSE);

  build_init (&self, engine, table, index, arena, error);
  if (code == SQLITE_OK)
    while ((code = hr_tree_cursor_next (&cursor, &row.record, &row.record_length)) == SQLITE_ROW)
      if (!add_entry (&self, &row, FALSE))
        return FALSE;
  if (code != SQLITE_DONE)
    return hr_engine_fail_service (engine, arena, error);
  return store_entries (&self);
}
