#pragma once

#include "model/engine/status.h"

G_BEGIN_DECLS

/* Changes of tables inside a transaction, with everything that belongs to them. A failure may leave a part done. */

/** Puts a table with this definition in the place of @table. Takes @definition. */
gboolean hr_table_replace   (HrEngine *engine, HrStoredTable *table, HrTable *definition, const HrStatusPlan *plan,
                             HrArena *arena, HrServiceError *error);
gboolean hr_table_take_away (HrEngine *engine, HrStoredTable *table, HrArena *arena, HrServiceError *error);

G_END_DECLS
