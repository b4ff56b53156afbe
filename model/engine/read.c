/*
 * Reads by primary key: GetItem, BatchGetItem and TransactGetItems.
 *
 * One seek an item; the record is copied out once and decoded in place. Each item is charged on its own. A
 * batch whose answer grows past 16 MB leaves the rest unprocessed, as the service does.
 */
#include "model/engine/capacity.h"
#include "model/engine/item-check.h"
#include "model/engine/transaction.h"
#include "model/value/record.h"

typedef struct
{
  HrStoredTable *table;
  HrValue key_values[HR_KEY_PARTS_MAX];
} PlannedGet;

typedef struct
{
  HrEngine *engine;
  HrCall *call;
  HrServiceError *error;
  gboolean transactional;
  gsize total_bytes; /* of the answer so far */
} Reader;

static gboolean
check_get (Reader *self, const HrGet *get, PlannedGet *planned, HrItemCheck *check)
{
  planned->table = hr_engine_need_table (self->engine, get->table, check->arena, check->error);
  return planned->table != NULL
         && hr_item_check_key (check, planned->table, &get->key, planned->key_values)
         && hr_item_check_projection (check, planned->table, get->projection);
}

static gboolean
check_gets (Reader *self, const HrGet *gets, PlannedGet *planned, guint count)
{
  HrArena *arena = self->call->arena;
  g_autoptr (GHashTable) seen = count > 1 ? hr_key_set_new () : NULL;

  for (guint i = 0; i < count; i++)
    {
      HrItemCheck check = HR_ITEM_CHECK (arena, self->error);

      if (check_get (self, &gets[i], &planned[i], &check))
        continue;
      return self->transactional && check.fault == HR_FAULT_ITEM
               ? hr_transaction_cancel_item (i, count, arena, self->error)
               : FALSE;
    }
  for (guint i = 0; seen != NULL && i < count; i++)
    if (!hr_key_set_add (seen, planned[i].table, planned[i].key_values, arena))
      return hr_service_error_set (self->error, arena, HR_SERVICE_VALIDATION,
                                   self->transactional
                                     ? "Transaction request cannot include multiple operations on one item"
                                     : "Provided list of item keys contains duplicates");
  return TRUE;
}

static gboolean
fill_result (Reader *self, const HrGet *get, const PlannedGet *planned, const HrRow *row, HrGetResult *result)
{
  HrArena *arena = self->call->arena;
  HrItemView view = { NULL, row->record, row->record_length };

  result->found = TRUE;
  if (get->projection != NULL)
    result->item = hr_projection_apply (get->projection, &view, arena);
  else if (!hr_record_decode (row->record, row->record_length, arena, &result->item))
    return hr_engine_fail_damaged (planned->table, arena, self->error);
  return TRUE;
}

static void
trace_get (Reader *self, const PlannedGet *planned, gboolean found, gsize size_bytes)
{
  HrTraceEvent event = {
    .kind = found ? HR_TRACE_READ : HR_TRACE_MISS,
    .table = planned->table->definition->name,
    .key = hr_key_layout_to_map (&planned->table->layout, planned->key_values, self->call->arena),
    .fate = HR_FATE_RETURNED,
    .size_bytes = size_bytes,
  };

  hr_trace_add (self->call->trace, &event);
}

static gboolean
read_one (Reader *self, const HrGet *get, const PlannedGet *planned, HrCharge *charge, HrGetResult *result)
{
  HrEngine *engine = self->engine;
  HrStoredTable *table = planned->table;
  guint64 halves = self->transactional ? 4 : get->consistent ? 2 : 1;
  gsize size_bytes;
  HrRow row;
  int code;

  memset (result, 0, sizeof *result);
  hr_buffer_truncate (&engine->buffer, 0);
  hr_key_encode (&table->layout, planned->key_values, table->layout.n_key, &engine->buffer);
  code = hr_tree_get (&table->tree, (const guint8 *) engine->buffer.data, engine->buffer.length,
                      self->call->arena, &row);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return hr_engine_fail_service (engine, self->call->arena, self->error);

  size_bytes = code == SQLITE_ROW ? hr_record_size_bytes (row.record, row.record_length) : 0;
  if (!self->transactional && self->total_bytes + size_bytes > HR_LIMIT_BATCH_BYTES)
    {
      result->unprocessed = TRUE;
      return TRUE;
    }
  self->total_bytes += size_bytes;
  hr_charge_read (charge, table, NULL, halves * hr_units_of (size_bytes, HR_UNIT_READ_BYTES));
  if (self->call->trace != NULL)
    trace_get (self, planned, code == SQLITE_ROW, size_bytes);
  return code == SQLITE_DONE || fill_result (self, get, planned, &row, result);
}

gboolean
hr_engine_get (HrEngine *self, const HrGet *gets, guint n_gets, gboolean transactional, HrCall *call,
               HrGetResult *results, HrServiceError *error)
{
  Reader reader = { self, call, error, transactional, 0 };
  HrCharge charge = HR_CHARGE (call);
  PlannedGet *planned = hr_arena_array (call->arena, PlannedGet, n_gets);

  if (!check_gets (&reader, gets, planned, n_gets))
    return FALSE;
  for (guint i = 0; i < n_gets; i++)
    {
      if (i > 0 && !transactional)
        hr_engine_offer_way (self);
      if (!read_one (&reader, &gets[i], &planned[i], &charge, &results[i]))
        return FALSE;
    }
  hr_charge_settle (&charge);
  return TRUE;
}
