/*
 * The one way by which stored items change.
 *
 * In order: the row itself, its time of expiry, index entries, stream record, the row before for recovery and for
 * copies, counters, and then those who want to know: charge, trace, row watch. Equal items have equal records, so a
 * write that changes nothing is found by comparing bytes; it costs its table units but touches no index and leaves no
 * record, as at the service.
 */
#include "model/engine/change.h"

#include "model/engine/collection.h"
#include "model/engine/expiry.h"
#include "model/engine/recovery.h"
#include "model/engine/row-copy.h"
#include "model/engine/stream-log.h"
#include "model/value/record.h"

gboolean
hr_change_is_noop (const HrChange *self)
{
  if (!self->has_before || !self->has_after)
    return self->has_before == self->has_after;
  return self->before.record_length == self->after.record_length
         && memcmp (self->before.record, self->after.record, self->before.record_length) == 0
         && (self->after.ordinal < 0 || self->after.ordinal == self->before.ordinal);
}

gboolean
hr_change_read (HrChange *self, HrEngine *engine, const HrValue *key_values, HrArena *arena,
                HrServiceError *error)
{
  int code;

  hr_buffer_truncate (&engine->buffer, 0);
  hr_key_encode (&self->table->layout, key_values, self->table->layout.n_key, &engine->buffer);
  self->key = hr_arena_memdup (arena, engine->buffer.data, engine->buffer.length);
  self->key_length = engine->buffer.length;

  code = hr_tree_get (&self->table->tree, self->key, self->key_length, arena, &self->before);
  self->has_before = code == SQLITE_ROW;
  return self->has_before || code == SQLITE_DONE || hr_engine_fail_service (engine, arena, error);
}

static gboolean
decode (const HrRow *row, HrArena *arena, const HrValue **item)
{
  HrValue *value = hr_arena_new0 (arena, HrValue);

  *item = value;
  return hr_record_decode (row->record, row->record_length, arena, value);
}

gboolean
hr_change_decode (HrChange *self, HrArena *arena)
{
  if (self->has_before && self->old_item == NULL && !decode (&self->before, arena, &self->old_item))
    return FALSE;
  return !self->has_after || self->new_item != NULL || decode (&self->after, arena, &self->new_item);
}

static gsize
row_size (gboolean has_row, const HrRow *row)
{
  return has_row ? hr_record_size_bytes (row->record, row->record_length) : 0;
}

static gsize
change_size (const HrChange *self)
{
  return MAX (row_size (self->has_before, &self->before), row_size (self->has_after, &self->after));
}

/* A replaced item keeps its place; a new one goes behind the last. */
static void
settle_ordinal (HrChange *self)
{
  if (!self->has_after || self->after.ordinal >= 0)
    return;
  self->after.ordinal = self->has_before ? self->before.ordinal : self->table->counters->next_ordinal;
}

static gboolean
store_row (const HrChange *self)
{
  HrTree *tree = &self->table->tree;
  int code = self->has_after ? hr_tree_put (tree, self->key, self->key_length, &self->after)
                             : hr_tree_delete (tree, self->key, self->key_length);

  return code == SQLITE_DONE;
}

static void
update_counters (const HrChange *self, HrCounters *counters)
{
  if (self->has_after)
    counters->next_ordinal = MAX (counters->next_ordinal, self->after.ordinal + 1);
  counters->items.item_count += self->has_after - self->has_before;
  counters->items.size_bytes += (gint64) row_size (self->has_after, &self->after);
  counters->items.size_bytes -= (gint64) row_size (self->has_before, &self->before);
}

static gboolean
store (HrChange *self, HrEngine *engine, HrCharge *charge, HrServiceError *error)
{
  HrStoredTable *table = self->table;
  HrArena *arena = charge->call->arena;
  gint64 size_before;

  if (hr_savepoint_is_given_up (engine))
    return hr_engine_fail_service (engine, arena, error);
  size_before = table->has_local_indexes ? hr_collections_get_size (table) : 0;
  settle_ordinal (self);
  if (!store_row (self))
    return hr_engine_fail_service (engine, arena, error);
  if (table->n_indexes > 0 && !hr_change_decode (self, arena))
    return hr_engine_fail_damaged (table, arena, error);

  if (table->expiry.attribute != NULL && !hr_expiry_update (engine, self, arena))
    return hr_engine_fail_service (engine, arena, error);

  hr_savepoint_keep_counters (engine, table);
  for (guint i = 0; i < table->n_indexes; i++)
    if (hr_stored_index_covers (&table->indexes[i], self->key, self->key_length)
        && !hr_change_update_index (self, engine, &table->indexes[i], &table->counters->indexes[i], charge,
                                 error))
      return FALSE;
  if (table->stream.is_open && !self->is_unrecorded && !hr_stream_log_append (engine, self, arena))
    return hr_engine_fail_service (engine, arena, error);
  if (table->recovery.is_on
      && !hr_recovery_append (engine, table, self->key, self->key_length, self->has_before ? &self->before : NULL))
    return hr_engine_fail_service (engine, arena, error);
  if (!hr_row_copy_keep (engine, table, self->key, self->key_length, self->has_before ? &self->before : NULL))
    return hr_engine_fail_service (engine, arena, error);
  update_counters (self, table->counters);
  return !table->has_local_indexes || hr_collection_admit (engine, self, size_before, arena, error);
}

HrValue
hr_change_get_key (const HrChange *self, HrArena *arena)
{
  HrValue values[HR_KEY_PARTS_MAX];

  if (!hr_key_layout_gather (&self->table->layout, self->has_after ? self->new_item : self->old_item, values))
    return hr_value_null ();
  return hr_key_layout_to_map (&self->table->layout, values, arena);
}

static void
trace_change (HrChange *self, HrCall *call)
{
  HrTraceEvent event = {
    .kind = HR_TRACE_WRITE,
    .table = self->table->definition->name,
    .size_bytes = change_size (self),
  };

  if (!hr_change_decode (self, call->arena))
    return;
  event.before = self->old_item;
  event.after = self->new_item;
  event.key = hr_change_get_key (self, call->arena);
  hr_trace_add (call->trace, &event);
}

gboolean
hr_change_apply (HrChange *self, HrEngine *engine, HrCharge *charge, guint weight, HrServiceError *error)
{
  HrCall *call = charge->call;
  gboolean is_noop = hr_change_is_noop (self);

  if (call->trace != NULL && (self->has_before || self->has_after))
    trace_change (self, call);
  hr_charge_write (charge, self->table, NULL, weight * hr_units_of (change_size (self), HR_UNIT_WRITE_BYTES));
  if (is_noop)
    return TRUE;
  if (!store (self, engine, charge, error))
    return FALSE;
  if (engine->watch != NULL)
    engine->watch (self->table->definition->name, self->has_before ? &self->before : NULL,
                   self->has_after ? &self->after : NULL, engine->watch_data);
  return TRUE;
}

gboolean
hr_change_needs_transaction (const HrChange *self, HrEngine *engine)
{
  const HrStoredTable *table = self->table;

  return !hr_change_is_noop (self)
         && (engine->is_file || table->n_indexes > 0 || table->stream.is_open || table->expiry.attribute != NULL
             || table->recovery.is_on || hr_row_copy_is_from (engine, table));
}

gboolean
hr_change_apply_wholly (HrChange *self, HrEngine *engine, HrCharge *charge, HrServiceError *error)
{
  HrArena *arena = charge->call->arena;

  if (!hr_change_needs_transaction (self, engine))
    return hr_change_apply (self, engine, charge, 1, error);
  if (!hr_savepoint_begin (engine, arena, error))
    return FALSE;
  if (!hr_change_apply (self, engine, charge, 1, error))
    {
      hr_savepoint_rollback (engine);
      return FALSE;
    }
  return hr_savepoint_commit (engine, arena, error);
}
