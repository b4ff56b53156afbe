#pragma once

#include "model/engine/change.h"

G_BEGIN_DECLS

/*
 * Times of expiry: for a table whose settings name an attribute for it, the seconds at which items expire, in order.
 *
 * Only numbers count. The times of items that were there before the attribute was named are gathered bit by bit, by
 * hr_expiry_build(). Everything belongs into the transaction of what it goes with. FALSE when the database failed.
 */

/** Gets a table that has been read from the catalogue ready. */
gboolean hr_expiry_load   (HrEngine *engine, HrStoredTable *table);
/** Times are wanted and none are kept. */
static inline gboolean
hr_expiry_is_missing (const HrStoredTable *table)
{
  return table->definition->settings.ttl_attribute != NULL && table->expiry.attribute == NULL;
}
/** Begins to keep times when the table's settings want them. @is_empty: it has no items yet. */
gboolean hr_expiry_begin  (HrEngine *engine, HrStoredTable *table, gboolean is_empty);
/** Drops what is kept. */
gboolean hr_expiry_end    (HrEngine *engine, HrStoredTable *table);
/** @next takes the place of @table. */
gboolean hr_expiry_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next);

/** The time of a changed row. */
gboolean hr_expiry_update (HrEngine *engine, const HrChange *change, HrArena *arena);
/** The time of a row that was not there before. */
gboolean hr_expiry_add    (HrEngine *engine, HrStoredTable *table, const guint8 *key, gsize key_length,
                           const HrRow *row, HrArena *arena);

/** Gathers times from up to @limit rows; takes those looked at off it. @is_built: there are no more. */
gboolean hr_expiry_build  (HrEngine *engine, HrStoredTable *table, guint *limit, gboolean *is_built);
/**
 * Up to @limit row keys of items that have expired: at @from seconds or later, and before @until. @next becomes the
 * time of the first that has not, or G_MAXINT64.
 */
GPtrArray *hr_expiry_list (HrEngine *engine, HrStoredTable *table, gint64 from, gint64 until, guint limit,
                           gint64 *next); /* GBytes */

G_END_DECLS
