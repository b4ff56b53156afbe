#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/** When the billing and the units of a table and its global indexes changed, as its description tells. Called after a
 *  change from @old. */
gboolean hr_history_note (HrEngine *engine, const HrStoredTable *table, const HrTable *old);
void     hr_history_read (HrEngine *engine, const HrStoredTable *table, HrArena *arena, HrTableHistory *history);
/** For each index of the table. */
const HrTableHistory *hr_history_read_indexes (HrEngine *engine, const HrStoredTable *table, HrArena *arena);

G_END_DECLS
