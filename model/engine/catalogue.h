#pragma once

#include "model/engine/status.h"

G_BEGIN_DECLS

/*
 * The catalogue: which tables the database holds. Two SQLite tables, read whole when the engine opens.
 */

/** Begins the stream, the times of expiry and the rows for recovery that a new table's settings want. */
gboolean hr_catalogue_begin_logs (HrEngine *self, HrStoredTable *table);
/** Reads all tables into the engine; FALSE with HR_ERROR_STORE when they are damaged. */
gboolean hr_catalogue_load    (HrEngine *self, GError **error);
/** Numbers, rows and trees of a new table. NULL when the database failed. Takes @definition. */
HrStoredTable *hr_catalogue_add (HrEngine *self, HrTable *definition, const HrStatusPlan *plan);
gboolean hr_catalogue_remove  (HrEngine *self, HrStoredTable *table);
/**
 * A table with another definition in the place of @table, with its rows and counters. The index at a position keeps the
 * tree of the old one at @kept[position]; those with G_MAXUINT are empty. The old table is only good for
 * being put back by a rollback. NULL when the database failed. Takes @definition.
 */
HrStoredTable *hr_catalogue_change (HrEngine *self, HrStoredTable *table, HrTable *definition, const guint *kept,
                                    const HrStatusPlan *plan);
/** Writes how far an index is built. */
gboolean hr_catalogue_save_built_to   (HrEngine *self, const HrStoredIndex *index);
/** Reads it anew, of all indexes of the table. */
gboolean hr_catalogue_reload_built_to (HrEngine *self, HrStoredTable *table);

G_END_DECLS
