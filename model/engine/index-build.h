#pragma once

#include "model/engine/engine-private.h"
#include "model/engine/sorted-rows.h"

G_BEGIN_DECLS

/*
 * Index entries of many rows, for an index that has none of them yet. The counters of the index count
 * them. A failure may leave a part done.
 */

/** Entries of @rows, which lie in memory. */
gboolean hr_index_build_from_rows (HrEngine *engine, HrStoredTable *table, guint index, const HrSortedRows *rows,
                                   HrArena *arena, HrServiceError *error);
/**
 * Entries of the rows behind those that a partial index has, a few hundred; it is no longer partial when there are
 * no more. To be rolled back wholly, see hr_catalogue_reload_built_to(), when it fails.
 */
gboolean hr_index_build_slice     (HrEngine *engine, HrStoredTable *table, guint index, HrArena *arena,
                                   HrServiceError *error);
/** Entries of all rows of the table. */
gboolean hr_index_build_from_tree (HrEngine *engine, HrStoredTable *table, guint index, HrArena *arena,
                                   HrServiceError *error);

G_END_DECLS
