/*
 * TransactWriteItems: all actions or none.
 *
 * Faults of the request are found first and refuse it. Then every action is prepared against the stored
 * items, as if alone, and the reasons of all that cannot go ahead are collected: false conditions all of
 * them, but a fault of an item stands alone, as at the service. Only when there are no reasons is anything
 * applied.
 */
#include "model/engine/transaction.h"

#include "model/engine/write.h"

/* Only action @position is to blame. */
gboolean
hr_transaction_cancel_item (guint position, guint count, HrArena *arena, HrServiceError *error)
{
  HrCancellationReason *reasons;

  if (error == NULL)
    return FALSE;
  reasons = hr_cancellation_reasons_new (arena, count);
  reasons[position] = (HrCancellationReason) { "ValidationError", error->message, NULL };
  return hr_service_error_set_canceled (error, arena, reasons, count);
}

typedef struct
{
  HrEngine *engine;
  HrCall *call;
  HrServiceError *error;
  HrPlannedWrite *planned;
  guint count;
} Transaction;

/* Fails at the first fault of the request; the first fault of an item waits in @faulty and @first. */
static gboolean
check_actions (Transaction *self, const HrWrite *writes, guint *faulty, HrServiceError *first)
{
  *faulty = self->count;
  for (guint i = 0; i < self->count; i++)
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrItemCheck check = HR_ITEM_CHECK (self->call->arena, &error);

      if (hr_planned_write_check (&self->planned[i], self->engine, &writes[i], FALSE, &check))
        continue;
      if (check.fault == HR_FAULT_REQUEST)
        {
          if (self->error != NULL)
            *self->error = error;
          return FALSE;
        }
      self->planned[i].write = NULL; /* its key is none */
      if (*faulty == self->count)
        {
          *faulty = i;
          *first = error;
        }
    }
  return TRUE;
}

static gboolean
check_targets (Transaction *self)
{
  g_autoptr (GHashTable) seen = hr_key_set_new ();

  for (guint i = 0; i < self->count; i++)
    if (self->planned[i].write != NULL
        && !hr_key_set_add (seen, self->planned[i].change.table, self->planned[i].key_values,
                            self->call->arena))
      return hr_service_error_set (self->error, self->call->arena, HR_SERVICE_VALIDATION,
                                   "Transaction request cannot include multiple operations on one item");
  return TRUE;
}

static void
set_condition_reason (HrPlannedWrite *planned, HrArena *arena, HrCancellationReason *reason)
{
  reason->code = "ConditionalCheckFailed";
  reason->message = "The conditional request failed";
  if (planned->write->return_failed_item)
    reason->item = hr_planned_write_get_old_item (planned, arena);
}

static gboolean
prepare_actions (Transaction *self)
{
  HrArena *arena = self->call->arena;
  HrCancellationReason *reasons = hr_cancellation_reasons_new (arena, self->count);
  gboolean is_refused = FALSE;

  for (guint i = 0; i < self->count; i++)
    {
      HrItemCheck check = HR_ITEM_CHECK (arena, self->error);

      switch (hr_planned_write_prepare (&self->planned[i], self->engine, &check))
        {
        case HR_PREPARED:
          break;
        case HR_PREPARED_FAILED:
          return check.fault == HR_FAULT_REQUEST
                     ? FALSE
                     : hr_transaction_cancel_item (i, self->count, arena, self->error);
        case HR_PREPARED_REFUSED:
          set_condition_reason (&self->planned[i], arena, &reasons[i]);
          is_refused = TRUE;
          break;
        }
    }
  return !is_refused || hr_service_error_set_canceled (self->error, arena, reasons, self->count);
}

/* A collection that is full is a reason, like a condition; anything else is a failure of the database. */
static gboolean
fail_apply (Transaction *self, guint position)
{
  HrCancellationReason *reasons;

  if (self->error == NULL || self->error->kind != HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED)
    return FALSE;
  reasons = hr_cancellation_reasons_new (self->call->arena, self->count);
  reasons[position] = (HrCancellationReason) { "ItemCollectionSizeLimitExceeded", self->error->message, NULL };
  return hr_service_error_set_canceled (self->error, self->call->arena, reasons, self->count);
}

static gboolean
apply_actions (Transaction *self)
{
  HrArena *arena = self->call->arena;
  HrCharge charge = HR_CHARGE (self->call);

  if (!hr_savepoint_begin (self->engine, arena, self->error))
    return FALSE;
  for (guint i = 0; i < self->count; i++)
    if (!hr_planned_write_apply (&self->planned[i], self->engine, &charge, 2, self->error))
      {
        hr_savepoint_rollback (self->engine);
        return fail_apply (self, i);
      }
  if (!hr_savepoint_commit (self->engine, arena, self->error))
    return FALSE;
  hr_charge_settle (&charge);
  return TRUE;
}

gboolean
hr_engine_transact_write (HrEngine *self, const HrWrite *writes, guint n_writes, HrCall *call,
                          HrServiceError *error)
{
  HrServiceError first = HR_SERVICE_ERROR_INIT;
  Transaction transaction = { self, call, error, hr_arena_array (call->arena, HrPlannedWrite, n_writes),
                              n_writes };
  guint faulty;

  if (!check_actions (&transaction, writes, &faulty, &first) || !check_targets (&transaction))
    return FALSE;
  if (faulty < n_writes)
    {
      if (error != NULL)
        *error = first;
      return hr_transaction_cancel_item (faulty, n_writes, call->arena, error);
    }
  return prepare_actions (&transaction) && apply_actions (&transaction);
}
