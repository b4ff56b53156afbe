/*
 * Put, update, delete and condition check: one plan for all of them.
 *
 * Order of the checks as the service's: table, key, expression paths, size of a put; then the condition, on
 * the item as it was; then the update and what it made. The service charges a failed condition like the write
 * it prevented, by the item that is there.
 */
#include "model/engine/write.h"

#include "model/value/record.h"

static void
take_after (HrPlannedWrite *self, HrEngine *engine, const HrValue *item, HrArena *arena)
{
  HrChange *change = &self->change;

  hr_buffer_truncate (&engine->buffer, 0);
  hr_record_encode (item, &engine->buffer);
  change->has_after = TRUE;
  change->after.ordinal = -1;
  change->after.record_length = engine->buffer.length;
  change->after.record = hr_arena_memdup (arena, engine->buffer.data, engine->buffer.length);
  change->new_item = item;
}

static gsize
size_after (const HrPlannedWrite *self)
{
  return hr_record_size_bytes (self->change.after.record, self->change.after.record_length);
}

static gboolean
check_put (HrPlannedWrite *self, HrEngine *engine, gboolean is_batch, HrItemCheck *check)
{
  const HrValue *item = &self->write->item;

  if (!hr_item_check_put (check, self->change.table, item, is_batch, self->key_values))
    return FALSE;
  take_after (self, engine, item, check->arena);
  return hr_item_check_put_size (check, size_after (self));
}

gboolean
hr_planned_write_check (HrPlannedWrite *self, HrEngine *engine, const HrWrite *write, gboolean is_batch,
                        HrItemCheck *check)
{
  HrStoredTable *table = hr_engine_need_table (engine, write->table, check->arena, check->error);
  gboolean ok;

  self->write = write;
  memset (&self->change, 0, sizeof self->change);
  self->change.table = table;
  if (table == NULL)
    {
      check->fault = HR_FAULT_REQUEST;
      return FALSE;
    }
  ok = write->kind == HR_WRITE_PUT ? check_put (self, engine, is_batch, check)
                                   : hr_item_check_key (check, table, &write->item, self->key_values);
  return ok
         && (write->update == NULL || hr_item_check_update (check, table, write->update))
         && hr_item_check_condition (check, table, write->condition);
}

const HrValue *
hr_planned_write_get_old_item (HrPlannedWrite *self, HrArena *arena)
{
  return hr_change_decode (&self->change, arena) ? self->change.old_item : NULL;
}

static gboolean
is_satisfied (HrPlannedWrite *self, HrEngine *engine)
{
  HrItemView view = HR_ITEM_VIEW_ABSENT;
  gboolean satisfied;

  if (self->write->condition == NULL)
    return TRUE;
  if (self->change.has_before)
    view = (HrItemView) { NULL, self->change.before.record, self->change.before.record_length };
  satisfied = hr_condition_evaluate (self->write->condition, &view, engine->scratch);
  hr_arena_reset (engine->scratch);
  return satisfied;
}

/* An absent item is updated from its key alone, but only created by actions that can. */
static gboolean
update_item (HrPlannedWrite *self, HrEngine *engine, HrItemCheck *check)
{
  const HrWrite *write = self->write;
  HrChange *change = &self->change;
  HrValue *new_item = hr_arena_new0 (check->arena, HrValue);
  const HrValue *old_item;

  check->fault = HR_FAULT_REQUEST;
  if (!hr_change_decode (change, check->arena))
    return hr_engine_fail_damaged (change->table, check->arena, check->error);
  old_item = change->has_before ? change->old_item : &write->item;
  *new_item = *old_item;
  check->fault = HR_FAULT_ITEM;
  if (write->update != NULL
      && !hr_update_apply (write->update, old_item, check->arena, new_item, check->error))
    return FALSE;
  if (!change->has_before && write->update != NULL && !hr_update_can_create (write->update))
    return TRUE;

  take_after (self, engine, new_item, check->arena);
  return hr_item_check_updated (check, change->table, change->has_before ? old_item : NULL, new_item,
                                write->update, size_after (self));
}

/* A check leaves the item as it is. */
static void
keep_item (HrPlannedWrite *self)
{
  HrChange *change = &self->change;

  change->has_after = change->has_before;
  change->after = change->before;
}

HrPrepared
hr_planned_write_prepare (HrPlannedWrite *self, HrEngine *engine, HrItemCheck *check)
{
  check->fault = HR_FAULT_REQUEST;
  if (!hr_change_read (&self->change, engine, self->key_values, check->arena, check->error))
    return HR_PREPARED_FAILED;
  if (!is_satisfied (self, engine))
    return HR_PREPARED_REFUSED;
  switch (self->write->kind)
    {
    case HR_WRITE_UPDATE:
      return update_item (self, engine, check) ? HR_PREPARED : HR_PREPARED_FAILED;
    case HR_WRITE_CHECK:
      keep_item (self);
      return HR_PREPARED;
    case HR_WRITE_PUT:
    case HR_WRITE_DELETE:
      return HR_PREPARED;
    }
  g_return_val_if_reached (HR_PREPARED_FAILED);
}

void
hr_planned_write_charge_look (HrPlannedWrite *self, HrCharge *charge, guint weight)
{
  HrChange *change = &self->change;
  HrCall *call = charge->call;
  gsize size_bytes =
      change->has_before ? hr_record_size_bytes (change->before.record, change->before.record_length) : 0;

  hr_charge_write (charge, change->table, NULL, weight * hr_units_of (size_bytes, HR_UNIT_WRITE_BYTES));
  if (call->trace != NULL)
    {
      HrTraceEvent event = {
        .kind = change->has_before ? HR_TRACE_READ : HR_TRACE_MISS,
        .table = change->table->definition->name,
        .key = hr_key_layout_to_map (&change->table->layout, self->key_values, call->arena),
        .fate = HR_FATE_FILTERED,
        .size_bytes = size_bytes,
      };

      hr_trace_add (call->trace, &event);
    }
}

/* Nothing to store: a condition check, or nothing there and nothing made. */
static gboolean
is_look (const HrPlannedWrite *self)
{
  return self->write->kind == HR_WRITE_CHECK || (!self->change.has_before && !self->change.has_after);
}

gboolean
hr_planned_write_apply (HrPlannedWrite *self, HrEngine *engine, HrCharge *charge, guint weight,
                        HrServiceError *error)
{
  if (!is_look (self))
    return hr_change_apply (&self->change, engine, charge, weight, error);
  hr_planned_write_charge_look (self, charge, weight);
  return TRUE;
}

static gboolean
apply_alone (HrPlannedWrite *self, HrEngine *engine, HrCharge *charge, HrServiceError *error)
{
  return is_look (self) ? hr_planned_write_apply (self, engine, charge, 1, error)
                        : hr_change_apply_wholly (&self->change, engine, charge, error);
}

static void
report_item (HrWriteResult *result, const HrValue *item)
{
  result->has_attributes = item != NULL;
  if (item != NULL)
    result->attributes = *item;
}

static void
report_targets (const HrPlannedWrite *self, HrArena *arena, const HrValue *item, HrWriteResult *result)
{
  HrItemView view = { item, NULL, 0 };

  if (item == NULL || self->write->update == NULL)
    return;
  result->attributes = hr_projection_apply (hr_update_get_targets (self->write->update), &view, arena);
  result->has_attributes = result->attributes.length > 0;
}

void
hr_planned_write_report (HrPlannedWrite *self, HrArena *arena, HrWriteResult *result)
{
  HrChange *change = &self->change;

  memset (result, 0, sizeof *result);
  result->changed = !hr_change_is_noop (change);
  if (self->write->return_values == HR_RETURN_NONE || !hr_change_decode (change, arena))
    return;

  switch (self->write->return_values)
    {
    case HR_RETURN_NONE:
      break;
    case HR_RETURN_ALL_OLD:
      report_item (result, change->old_item);
      break;
    case HR_RETURN_ALL_NEW:
      report_item (result, change->new_item);
      break;
    case HR_RETURN_UPDATED_OLD:
      report_targets (self, arena, change->old_item, result);
      break;
    case HR_RETURN_UPDATED_NEW:
      report_targets (self, arena, change->new_item, result);
      break;
    }
}

static gboolean
fail_condition (HrPlannedWrite *self, HrCharge *charge, HrServiceError *error)
{
  HrArena *arena = charge->call->arena;

  hr_planned_write_charge_look (self, charge, 1);
  hr_charge_settle (charge);
  hr_service_error_set (error, arena, HR_SERVICE_CONDITIONAL_CHECK_FAILED, "The conditional request failed");
  if (error != NULL && self->write->return_failed_item)
    error->item = hr_planned_write_get_old_item (self, arena);
  return FALSE;
}

gboolean
hr_engine_write (HrEngine *self, const HrWrite *write, HrCall *call, HrWriteResult *result,
                 HrServiceError *error)
{
  HrItemCheck check = HR_ITEM_CHECK (call->arena, error);
  HrCharge charge = HR_CHARGE (call);
  HrPlannedWrite planned;

  if (!hr_planned_write_check (&planned, self, write, FALSE, &check))
    return FALSE;
  switch (hr_planned_write_prepare (&planned, self, &check))
    {
    case HR_PREPARED_FAILED:
      return FALSE;
    case HR_PREPARED_REFUSED:
      return fail_condition (&planned, &charge, error);
    case HR_PREPARED:
      break;
    }
  if (!apply_alone (&planned, self, &charge, error))
    return FALSE;
  hr_charge_settle (&charge);
  hr_planned_write_report (&planned, call->arena, result);
  return TRUE;
}
