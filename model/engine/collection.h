#pragma once

#include "model/engine/change.h"

G_BEGIN_DECLS

/*
 * Item collections: the items that share a partition key in a table with local indexes, with their entries there.
 * One must not grow beyond a limit.
 */

/** Bytes of all collections of the table together. */
gint64   hr_collections_get_size (const HrStoredTable *table);
/**
 * hr_collection_admit:
 * @size_before: of all collections, before the change
 *
 * Whether a change that has been stored may stay: FALSE with ItemCollectionSizeLimitExceeded when it let its collection
 * grow beyond the limit. Costs nothing as long as all collections together are smaller than that.
 */
gboolean hr_collection_admit     (HrEngine *engine, const HrChange *change, gint64 size_before, HrArena *arena,
                                  HrServiceError *error);

G_END_DECLS
