/*
 * Index entries of a changed item.
 *
 * An entry is a key and the projected record. The old and the new one are built and compared: equal ones cost
 * nothing; the same key with another record is one write; another key is a delete and a put.
 */
#include "model/engine/change.h"

#include "model/value/record.h"

typedef struct
{
  gboolean exists;
  const guint8 *key;
  gsize key_length;
  HrRow row;
  gsize size_bytes;
  HrValue item; /* projected */
} Entry;

static void
entry_build (Entry *entry, HrEngine *engine, const HrStoredIndex *index, const HrValue *item,
             const HrRow *row, HrArena *arena)
{
  HrBuffer *buffer = &engine->buffer;
  HrValue values[HR_KEY_PARTS_MAX];

  entry->exists = item != NULL && hr_key_layout_gather (&index->layout, item, values);
  if (!entry->exists)
    return;

  hr_buffer_truncate (buffer, 0);
  hr_key_encode (&index->layout, values, index->layout.n_parts, buffer);
  entry->key_length = buffer->length;
  entry->key = hr_arena_memdup (arena, buffer->data, buffer->length);
  entry->item = hr_stored_index_project (index, item, arena);
  entry->row = *row;
  if (index->projected != NULL)
    {
      hr_buffer_truncate (buffer, 0);
      hr_record_encode (&entry->item, buffer);
      entry->row.record_length = buffer->length;
      entry->row.record = hr_arena_memdup (arena, buffer->data, buffer->length);
    }
  entry->size_bytes = hr_record_size_bytes (entry->row.record, entry->row.record_length);
}

static gboolean
same_bytes (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
  return a_length == b_length && memcmp (a, b, a_length) == 0;
}

static gboolean
same_key (const Entry *a, const Entry *b)
{
  return a->exists && b->exists && same_bytes (a->key, a->key_length, b->key, b->key_length);
}

static gboolean
same_record (const Entry *a, const Entry *b)
{
  return same_bytes (a->row.record, a->row.record_length, b->row.record, b->row.record_length);
}

/* One write to the index: @before and @after as far as this write sees them. */
static void
report (const HrChange *change, const HrStoredIndex *index, const Entry *before, const Entry *after,
        HrCharge *charge)
{
  HrCall *call = charge->call;
  gsize size_bytes = MAX (before != NULL ? before->size_bytes : 0, after != NULL ? after->size_bytes : 0);
  HrValue values[HR_KEY_PARTS_MAX];
  HrTraceEvent event;

  hr_charge_write (charge, change->table, index, hr_units_of (size_bytes, HR_UNIT_WRITE_BYTES));
  if (call->trace == NULL)
    return;

  event = (HrTraceEvent) {
    .kind = HR_TRACE_WRITE,
    .table = change->table->definition->name,
    .index = index->definition->name,
    .size_bytes = size_bytes,
    .before = before != NULL ? &before->item : NULL,
    .after = after != NULL ? &after->item : NULL,
  };
  if (hr_key_layout_gather (&index->layout, after != NULL ? &after->item : &before->item, values))
    event.key = hr_key_layout_to_map (&index->layout, values, call->arena);
  else
    event.key = hr_value_null ();
  hr_trace_add (call->trace, &event);
}

gboolean
hr_change_update_index (const HrChange *self, HrEngine *engine, HrStoredIndex *index, HrIndexInfo *info,
                        HrCharge *charge, HrServiceError *error)
{
  HrArena *arena = charge->call->arena;
  Entry old = { 0 };
  Entry new = { 0 };
  gboolean stays;

  entry_build (&old, engine, index, self->old_item, &self->before, arena);
  entry_build (&new, engine, index, self->new_item, &self->after, arena);
  stays = same_key (&old, &new);
  if (stays && same_record (&old, &new))
    return TRUE;

  if (old.exists && !stays && hr_tree_delete (&index->tree, old.key, old.key_length) != SQLITE_DONE)
    return hr_engine_fail_service (engine, arena, error);
  if (new.exists && hr_tree_put (&index->tree, new.key, new.key_length, &new.row) != SQLITE_DONE)
    return hr_engine_fail_service (engine, arena, error);

  info->item_count += new.exists - old.exists;
  info->size_bytes += (gint64) (new.exists ? new.size_bytes : 0) - (gint64) (old.exists ? old.size_bytes : 0);
  if (old.exists && !stays)
    report (self, index, &old, NULL, charge);
  if (new.exists)
    report (self, index, stays ? &old : NULL, &new, charge);
  return TRUE;
}
