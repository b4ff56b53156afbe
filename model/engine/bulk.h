#pragma once

#include "model/engine/rows.h"

G_BEGIN_DECLS

/**
 * HrBulk: many new rows for one table at once.
 *
 * Rows wait in memory and are then written, with their index entries, in the order of keys: several times
 * faster than one by one, and into fewer pages; no stream tells of them. While rows wait the table can be read,
 * without them; nobody else may change it. The table must outlive the bulk.
 */
typedef struct _HrBulk HrBulk;

/** HR_ERROR_NOT_FOUND without such a table. */
HrBulk  *hr_bulk_new    (HrEngine *engine, const char *table, GError **error);
/** Rows that wait are dropped. */
void     hr_bulk_free   (HrBulk *self);
/**
 * Copies the row, whose record hr_record_encode() has made of an item that the service would take.
 * @is_new becomes FALSE, and nothing happens, when the table or the bulk has a row with its key.
 */
gboolean hr_bulk_add    (HrBulk *self, const HrRow *row, gboolean *is_new, GError **error);
/** Writes the rows that wait, all or none of them; more may be added afterwards. */
gboolean hr_bulk_finish (HrBulk *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrBulk, hr_bulk_free)

G_END_DECLS
