/*
 * BatchWriteItem: unconditional puts and deletes.
 *
 * All are checked before the first is done. They share one SQLite transaction, which is what makes a batch
 * cheap; the service promises less, so nobody can tell.
 */
#include "model/engine/transaction.h"
#include "model/engine/write.h"

static guint
key_hash (gconstpointer data)
{
  return g_bytes_hash (data);
}

GHashTable *
hr_key_set_new (void)
{
  return g_hash_table_new_full (key_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
}

/* The table's number before the row key tells tables apart. */
gboolean
hr_key_set_add (GHashTable *set, const HrStoredTable *table, const HrValue *key_values, HrArena *arena)
{
  HrBuffer bytes = HR_BUFFER_INIT;

  hr_buffer_append (&bytes, &table->number, sizeof table->number);
  hr_key_encode (&table->layout, key_values, table->layout.n_key, &bytes);
  return g_hash_table_add (set, hr_buffer_steal_bytes (&bytes));
}

static gboolean
check_all (HrEngine *self, const HrWrite *writes, HrPlannedWrite *planned, guint count, HrItemCheck *check)
{
  g_autoptr (GHashTable) seen = hr_key_set_new ();

  for (guint i = 0; i < count; i++)
    if (!hr_planned_write_check (&planned[i], self, &writes[i], TRUE, check))
      return FALSE;
  for (guint i = 0; i < count; i++)
    if (!hr_key_set_add (seen, planned[i].change.table, planned[i].key_values, check->arena))
      return hr_service_error_set (check->error, check->arena, HR_SERVICE_VALIDATION,
                                   "Provided list of item keys contains duplicates");
  return TRUE;
}

static gboolean
apply_all (HrEngine *self, HrPlannedWrite *planned, guint count, HrItemCheck *check, HrCharge *charge)
{
  for (guint i = 0; i < count; i++)
    if (hr_planned_write_prepare (&planned[i], self, check) != HR_PREPARED
        || !hr_planned_write_apply (&planned[i], self, charge, 1, check->error))
      return FALSE;
  return TRUE;
}

gboolean
hr_engine_batch_write (HrEngine *self, const HrWrite *writes, guint n_writes, HrCall *call,
                       HrWriteResult *results, HrServiceError *error)
{
  HrPlannedWrite *planned = hr_arena_array (call->arena, HrPlannedWrite, n_writes);
  HrItemCheck check = HR_ITEM_CHECK (call->arena, error);
  HrCharge charge = HR_CHARGE (call);

  if (!check_all (self, writes, planned, n_writes, &check) || !hr_savepoint_begin (self, call->arena, error))
    return FALSE;
  if (!apply_all (self, planned, n_writes, &check, &charge))
    {
      hr_savepoint_rollback (self);
      return FALSE;
    }
  if (!hr_savepoint_commit (self, call->arena, error))
    return FALSE;
  hr_charge_settle (&charge);
  for (guint i = 0; results != NULL && i < n_writes; i++)
    hr_planned_write_report (&planned[i], call->arena, &results[i]);
  return TRUE;
}
