#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/*
 * Counters in the database: a row for each table, of a file always as of the last commit. In memory they are only put
 * there for a copy.
 */

/** Stores those of the table; savepoints do it for what has changed. FALSE when the database failed. */
gboolean hr_counts_store     (HrEngine *self, const HrStoredTable *table);
/** Those of all tables, in a transaction of its own. */
gboolean hr_counts_store_all (HrEngine *self);
gboolean hr_counts_remove    (HrEngine *self, const HrStoredTable *table);
/** @is_there: FALSE when none are stored; FALSE is returned when they are damaged, or the database failed. */
gboolean hr_counts_load      (HrEngine *self, HrStoredTable *table, gboolean *is_there);
/** Counts rows and entries, which takes as long as reading them. */
gboolean hr_counts_take      (HrStoredTable *table);

G_END_DECLS
