/*
 * Changing the definition of a table that has items.
 *
 * The table is followed by another HrStoredTable on the same rows; the old one waits to be put back by a rollback, as a
 * deleted one does. Indexes that would hold the same entries keep their trees; only entries of the others are made.
 */
#include "model/engine/tables.h"

#include "model/engine/catalogue.h"
#include "model/engine/definition-compare.h"
#include "model/engine/definition-text.h"
#include "model/engine/expiry.h"
#include "model/engine/history.h"
#include "model/engine/index-build.h"
#include "model/engine/recovery.h"
#include "model/engine/stream-log.h"

/* For each index of @definition the position of the old one with the same name and entries, or G_MAXUINT. */
static guint *
find_kept (const HrStoredTable *table, const HrTable *definition)
{
  guint *kept = g_new (guint, definition->indexes->len);

  for (guint i = 0; i < definition->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (definition->indexes, i);
      const HrStoredIndex *old = hr_stored_table_find_index (table, index->name);

      kept[i] = G_MAXUINT;
      if (old != NULL && hr_index_has_same_entries (old->definition, index))
        kept[i] = (guint) (old - table->indexes);
    }
  return kept;
}

/* @kept: see find_kept(). */
static gboolean
replace (HrEngine *self, HrStoredTable *table, HrTable *definition, const guint *kept, const HrStatusPlan *plan,
         HrArena *arena, HrServiceError *error)
{
  HrStoredTable *next = hr_catalogue_change (self, table, definition, kept, plan);

  if (next == NULL)
    return hr_engine_fail_service (self, arena, error);
  hr_savepoint_remove_table (self, table);
  hr_savepoint_add_table (self, next);
  if (!hr_stream_log_follow (self, table, next) || !hr_expiry_follow (self, table, next)
      || !hr_recovery_follow (self, table, next)
      || !hr_history_note (self, next, table->definition))
    return hr_engine_fail_service (self, arena, error);
  for (guint i = 0; i < next->n_indexes; i++)
    if (kept[i] == G_MAXUINT && !next->indexes[i].is_partial
        && !hr_index_build_from_tree (self, next, i, arena, error))
      return FALSE;
  return TRUE;
}

gboolean
hr_table_replace (HrEngine *self, HrStoredTable *table, HrTable *definition, const HrStatusPlan *plan, HrArena *arena,
                  HrServiceError *error)
{
  g_autofree guint *kept = find_kept (table, definition);

  return replace (self, table, definition, kept, plan, arena, error);
}

/* Takes @definition; @wanted is the same, but may lack indexes that go. */
static gboolean
change (HrEngine *self, HrStoredTable *table, HrTable *definition, const HrTable *wanted, HrArena *arena,
        HrServiceError *error)
{
  g_autofree guint *kept = find_kept (table, definition);
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;

  hr_status_plan_change (&plan, self, table, definition, kept, wanted);
  return replace (self, table, definition, kept, &plan, arena, error);
}

gboolean
hr_engine_update_table (HrEngine *self, const HrTable *definition, HrCall *call, HrServiceError *error)
{
  HrStoredTable *table = hr_engine_find_table (self, definition->name);
  HrTable *copy;

  if (table == NULL)
    return hr_service_error_set (error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found: Table: %s not found", definition->name);
  copy = hr_definition_reduce (definition);
  if (copy == NULL || !hr_definition_has_same_primary_key (table->definition, copy))
    {
      hr_table_free (copy);
      return hr_service_error_set (error, call->arena, HR_SERVICE_VALIDATION,
                                   "One or more parameter values were invalid: Table %s cannot have these keys",
                                   definition->name);
    }
  if (hr_status_has_delay (self))
    hr_status_keep_deleted_indexes (table, copy);
  if (!hr_savepoint_begin (self, call->arena, error))
    {
      hr_table_free (copy);
      return FALSE;
    }
  if (!change (self, table, copy, definition, call->arena, error))
    {
      hr_savepoint_rollback (self);
      return FALSE;
    }
  return hr_savepoint_commit (self, call->arena, error);
}
