#pragma once

#include "model/engine/tree.h"

G_BEGIN_DECLS

/**
 * HrRecount: what trees hold, counted in a thread of its own, as the database was when a snapshot of it was opened.
 */
typedef struct _HrRecount HrRecount;

/** @db: the snapshot; @trees: (element-type HrTree): of that connection, at least one. Takes both. */
HrRecount         *hr_recount_new     (sqlite3 *db, GArray *trees);
/** Gives up what is not counted yet. */
void               hr_recount_free    (HrRecount *self);
/** Whether nobody has to wait for it any more. */
gboolean           hr_recount_is_done (HrRecount *self);
/** Waits for the end. NULL: no such tree was to be counted, or it cannot be read. @tree: of any connection. */
const HrIndexInfo *hr_recount_find    (HrRecount *self, const HrTree *tree);

G_END_DECLS
