#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/**
 * HrStatusPlan: what a table and its indexes are doing once a definition has been put in the place of another.
 *
 * A change is carried out at once, and seen as under way until its time has come: an engine that is not swept, or has
 * no delay, says that everything is ready. What is really under way are large indexes, which sweeps build.
 */
typedef struct
{
  HrTableStatus status;
  gint64 until_us;        /* on the engine's clock; 0: nothing is under way */
  HrTableStatus *indexes; /* owned; in order of the new definition */
  gboolean is_sliced;     /* new indexes are left to sweeps */
} HrStatusPlan;

#define HR_STATUS_PLAN_INIT { HR_TABLE_ACTIVE, 0, NULL, FALSE }

void     hr_status_plan_create (HrStatusPlan *plan, const HrEngine *engine, const HrTable *definition);
/** Of a table that sweeps fill. */
void     hr_status_plan_restore (HrStatusPlan *plan, const HrEngine *engine, const HrTable *definition);
/** @kept as for hr_catalogue_change(); an index that @wanted lacks is going. */
void     hr_status_plan_change (HrStatusPlan *plan, const HrEngine *engine, const HrStoredTable *table,
                                const HrTable *definition, const guint *kept, const HrTable *wanted);
/** Of a table that is going. */
void     hr_status_plan_delete (HrStatusPlan *plan, const HrEngine *engine, const HrStoredTable *table);
void     hr_status_plan_clear  (HrStatusPlan *plan);

/** Whether what takes a time for each row of the table is left to sweeps. */
gboolean hr_status_is_large  (const HrEngine *engine, const HrStoredTable *table);
/** Whether a deleted table or index is to be seen going for a while. */
gboolean hr_status_has_delay (const HrEngine *engine);
/** When what begins now is to be seen as ready; 0: at once. */
gint64   hr_status_get_end_us (const HrEngine *engine);
/** Puts back into @definition the global indexes of @table that it lacks, so that they can be seen going. */
void     hr_status_keep_deleted_indexes (const HrStoredTable *table, HrTable *definition);

/**
 * Ends what has been under way for long enough and takes one step of what takes long; part of a sweep's transaction.
 * @next_us becomes at most when there will be more; @has_more: at once. With @at_once times do not count.
 */
gboolean hr_status_sweep  (HrEngine *engine, gboolean at_once, gint64 *next_us, gboolean *has_more, HrArena *arena,
                           HrServiceError *error);
/** Reads anew how far indexes are built, after a sweep that was rolled back. */
gboolean hr_status_reload (HrEngine *engine);
/** Everything at once, for an engine that is not swept. */
gboolean hr_status_finish (HrEngine *engine, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrStatusPlan, hr_status_plan_clear)

G_END_DECLS
