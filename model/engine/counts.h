#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/*
 * Counters in the database: a row for each table, of a file always as of the last commit. In memory they are only put
 * there for a copy.
 *
 * A store of an older version that was not closed comes without them. Its tables are counted anew in a thread, see
 * recount.h, while the store is used: until then their counters tell what has changed since it was opened, and only who
 * asks what a table holds has to wait.
 */

/** Stores those of the table; savepoints do it for what has changed. FALSE when the database failed. */
gboolean hr_counts_store     (HrEngine *self, HrStoredTable *table);
/** Those of all tables, in a transaction of its own. */
gboolean hr_counts_store_all (HrEngine *self);
gboolean hr_counts_remove    (HrEngine *self, const HrStoredTable *table);
/** @is_there: FALSE when none are stored; FALSE is returned when they are damaged, or the database failed. */
gboolean hr_counts_load      (HrEngine *self, HrStoredTable *table, gboolean *is_there);

/** Has the thread count tables of which it is not known what they hold, if there are any. */
void     hr_counts_begin     (HrEngine *self);
/** Keeps what the thread has found out. To be called at rest. */
void     hr_counts_end       (HrEngine *self);

/** What the table, or an index by its position, holds. Waits for the thread; what cannot be read counts for nothing. */
HrIndexInfo hr_counts_get_items (HrEngine *self, HrStoredTable *table);
HrIndexInfo hr_counts_get_index (HrEngine *self, HrStoredTable *table, guint index);
/** Without waiting, and less than there is when @table is_uncounted: the bytes of the table, and of an index. */
gint64   hr_counts_peek_items (const HrStoredTable *table);
gint64   hr_counts_peek_index (const HrStoredTable *table, guint index);

/** Counts the rows, which takes as long as reading them. @is_called_off: (nullable): atomic; ends it. */
gboolean hr_counts_take_tree (HrTree *tree, HrIndexInfo *info, const gint *is_called_off);

G_END_DECLS
