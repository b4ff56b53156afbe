/*
 * What tables and indexes are doing: CREATING, UPDATING, DELETING, or ready.
 *
 * The service takes its time for changes, and programs have to wait for it; with a delay they can be tried against that
 * here. A table has one time at which all that is under way ends; an index that is being built goes on behind it, when
 * the table itself is ready again.
 */
#include "model/engine/status.h"

#include "model/base/error.h"
#include "model/engine/catalogue.h"
#include "model/engine/counts.h"
#include "model/engine/garbage.h"
#include "model/engine/index-build.h"
#include "model/engine/row-copy.h"
#include "model/engine/tables.h"

gboolean
hr_status_has_delay (const HrEngine *engine)
{
  return engine->is_swept && engine->status_delay_us > 0;
}

static gint64
get_end_us (const HrEngine *engine)
{
  return hr_clock_now_us (engine->clock) + engine->status_delay_us;
}

gint64
hr_status_get_end_us (const HrEngine *engine)
{
  return hr_status_has_delay (engine) ? get_end_us (engine) : 0;
}

void
hr_status_plan_clear (HrStatusPlan *plan)
{
  g_clear_pointer (&plan->indexes, g_free);
}

static void
plan_init (HrStatusPlan *plan, guint n_indexes, HrTableStatus of_indexes)
{
  *plan = (HrStatusPlan) HR_STATUS_PLAN_INIT;
  plan->indexes = g_new (HrTableStatus, n_indexes + 1);
  for (guint i = 0; i < n_indexes; i++)
    plan->indexes[i] = of_indexes;
}

void
hr_status_plan_create (HrStatusPlan *plan, const HrEngine *engine, const HrTable *definition)
{
  gboolean has_delay = hr_status_has_delay (engine);

  plan_init (plan, definition->indexes->len, has_delay ? HR_TABLE_CREATING : HR_TABLE_ACTIVE);
  if (!has_delay)
    return;
  plan->status = HR_TABLE_CREATING;
  plan->until_us = get_end_us (engine);
}

void
hr_status_plan_restore (HrStatusPlan *plan, const HrEngine *engine, const HrTable *definition)
{
  plan_init (plan, definition->indexes->len, HR_TABLE_CREATING);
  plan->status = HR_TABLE_CREATING;
  plan->until_us = get_end_us (engine);
  plan->is_sliced = TRUE;
}

void
hr_status_plan_delete (HrStatusPlan *plan, const HrEngine *engine, const HrStoredTable *table)
{
  plan_init (plan, table->n_indexes, HR_TABLE_DELETING);
  plan->status = HR_TABLE_DELETING;
  plan->until_us = get_end_us (engine);
}

/* Whether the table itself is seen to change, apart from its indexes. */
static gboolean
changes_table (const HrSettings *old, const HrSettings *new)
{
  return old->billing != new->billing || old->read_units != new->read_units || old->write_units != new->write_units
         || old->stream != new->stream;
}

static gboolean
changes_index (const HrIndex *old, const HrIndex *new)
{
  return old->read_units != new->read_units || old->write_units != new->write_units
         || old->on_demand_limit.read != new->on_demand_limit.read
         || old->on_demand_limit.write != new->on_demand_limit.write;
}

gboolean
hr_status_is_large (const HrEngine *engine, const HrStoredTable *table)
{
  return engine->is_swept && (table->is_uncounted || hr_counts_peek_items (table) > HR_LIMIT_PAGE_BYTES);
}

void
hr_status_keep_deleted_indexes (const HrStoredTable *table, HrTable *definition)
{
  for (guint i = 0; i < table->n_indexes; i++)
    {
      const HrIndex *index = table->indexes[i].definition;

      if (index->kind == HR_INDEX_GLOBAL && hr_table_find_index (definition, index->name) == NULL)
        g_ptr_array_insert (definition->indexes, (int) MIN (i, definition->indexes->len), hr_index_copy (index));
    }
}

typedef struct
{
  gboolean table;   /* changes */
  gboolean indexes; /* some index only */
} Changes;

/* @old is the index in whose place the new one comes, or NULL. */
static HrTableStatus
plan_index (const HrStatusPlan *plan, const HrStoredIndex *old, const HrIndex *new, gboolean has_delay,
            Changes *changes)
{
  if (old == NULL)
    {
      changes->table = TRUE;
      return has_delay || plan->is_sliced ? HR_TABLE_CREATING : HR_TABLE_ACTIVE;
    }
  if (old->status == HR_TABLE_ACTIVE && changes_index (old->definition, new))
    {
      changes->indexes = TRUE;
      return has_delay ? HR_TABLE_UPDATING : HR_TABLE_ACTIVE;
    }
  return old->status;
}

static void
mark_deleted (HrStatusPlan *plan, const HrTable *definition, const HrTable *wanted, Changes *changes)
{
  for (guint i = 0; i < definition->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (definition->indexes, i);

      if (hr_table_find_index (wanted, index->name) != NULL)
        continue;
      plan->indexes[i] = HR_TABLE_DELETING;
      changes->table = TRUE;
    }
}

static gboolean
has_status (const HrStatusPlan *plan, const HrTable *definition, HrTableStatus status)
{
  for (guint i = 0; i < definition->indexes->len; i++)
    if (plan->indexes[i] == status)
      return TRUE;
  return FALSE;
}

void
hr_status_plan_change (HrStatusPlan *plan, const HrEngine *engine, const HrStoredTable *table,
                       const HrTable *definition, const guint *kept, const HrTable *wanted)
{
  gboolean has_delay = hr_status_has_delay (engine);
  Changes changes = { changes_table (&table->definition->settings, &definition->settings), FALSE };

  plan_init (plan, definition->indexes->len, HR_TABLE_ACTIVE);
  plan->status = table->status;
  plan->until_us = table->until_us;
  plan->is_sliced = hr_status_is_large (engine, table);
  for (guint i = 0; i < definition->indexes->len; i++)
    plan->indexes[i] = plan_index (plan, kept[i] != G_MAXUINT ? &table->indexes[kept[i]] : NULL,
                                   g_ptr_array_index (definition->indexes, i), has_delay, &changes);
  mark_deleted (plan, definition, wanted, &changes);
  if (changes.table && plan->status == HR_TABLE_ACTIVE
      && (has_delay || has_status (plan, definition, HR_TABLE_CREATING)))
    plan->status = HR_TABLE_UPDATING;
  if (plan->status != HR_TABLE_ACTIVE || (has_delay && changes.indexes))
    plan->until_us = MAX (plan->until_us, get_end_us (engine));
}

/* The definition once nothing is under way. */
static HrTable *
settle_definition (const HrStoredTable *table)
{
  HrTable *definition = hr_table_copy (table->definition);

  for (guint i = table->n_indexes; i > 0; i--)
    if (table->indexes[i - 1].status == HR_TABLE_DELETING)
      g_ptr_array_remove_index (definition->indexes, i - 1);
  return definition;
}

static gboolean
settle (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;
  HrTable *definition;

  if (table->status == HR_TABLE_DELETING)
    return hr_table_take_away (engine, table, arena, error);
  definition = settle_definition (table);
  plan_init (&plan, definition->indexes->len, HR_TABLE_ACTIVE);
  return hr_table_replace (engine, table, definition, &plan, arena, error);
}

static HrStoredIndex *
find_partial (const HrStoredTable *table)
{
  for (guint i = 0; i < table->n_indexes; i++)
    if (table->indexes[i].is_partial)
      return &table->indexes[i];
  return NULL;
}

/* One table for which there is something to do; when there is none @next_us becomes when there will be. */
static HrStoredTable *
find_due (HrEngine *engine, gint64 now_us, gint64 *next_us)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->tables);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HrStoredTable *table = value;

      if (table->until_us == 0 || hr_row_copy_is_into (engine, table))
        continue;
      if (table->until_us <= now_us || (table->status != HR_TABLE_DELETING && find_partial (table) != NULL))
        return table;
      *next_us = MIN (*next_us, table->until_us);
    }
  return NULL;
}

/* A table can be changed again once its new index is being built: what remains under way is the index. */
static gboolean
let_go (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error)
{
  g_auto (HrStatusPlan) plan = HR_STATUS_PLAN_INIT;

  plan_init (&plan, table->n_indexes, HR_TABLE_ACTIVE);
  plan.until_us = table->until_us;
  for (guint i = 0; i < table->n_indexes; i++)
    plan.indexes[i] = table->indexes[i].status;
  return hr_table_replace (engine, table, hr_table_copy (table->definition), &plan, arena, error);
}

gboolean
hr_status_sweep (HrEngine *engine, gboolean at_once, gint64 *next_us, gboolean *has_more, HrArena *arena,
                 HrServiceError *error)
{
  gint64 now_us = at_once ? G_MAXINT64 : hr_clock_now_us (engine->clock);
  HrStoredTable *table = find_due (engine, now_us, next_us);
  HrStoredIndex *index;

  *has_more = table != NULL;
  if (table == NULL)
    return TRUE;
  index = table->status != HR_TABLE_DELETING ? find_partial (table) : NULL;
  if (index != NULL && table->status == HR_TABLE_UPDATING && table->until_us <= now_us)
    return let_go (engine, table, arena, error);
  if (index != NULL)
    return hr_index_build_slice (engine, table, (guint) (index - table->indexes), arena, error);
  return settle (engine, table, arena, error);
}

gboolean
hr_status_reload (HrEngine *engine)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, engine->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    if (!hr_catalogue_reload_built_to (engine, table))
      return FALSE;
  return TRUE;
}

/* @has_more comes to nothing last of all. */
static gboolean
take_step (HrEngine *engine, gboolean *has_more, HrArena *arena, HrServiceError *error)
{
  gint64 next_us = G_MAXINT64;

  if (!hr_row_copy_sweep (engine, TRUE, &next_us, has_more))
    return hr_engine_fail_service (engine, arena, error);
  return *has_more
         || (hr_status_sweep (engine, TRUE, &next_us, has_more, arena, error)
             && (*has_more || hr_garbage_finish (engine) || hr_engine_fail_service (engine, arena, error)));
}

gboolean
hr_status_finish (HrEngine *engine, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  gint64 next_us = G_MAXINT64;
  gboolean has_more
      = engine->has_garbage || hr_row_copy_are_any (engine) || find_due (engine, G_MAXINT64, &next_us) != NULL;

  while (has_more)
    {
      HrServiceError service = HR_SERVICE_ERROR_INIT;

      if (!hr_engine_begin (engine, error))
        return FALSE;
      if (!take_step (engine, &has_more, arena, &service))
        {
          hr_savepoint_rollback (engine);
          g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, service.message);
          return FALSE;
        }
      if (!hr_engine_commit (engine, error))
        return FALSE;
      hr_arena_reset (arena);
    }
  return TRUE;
}
