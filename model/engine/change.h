#pragma once

#include "model/engine/capacity.h"

G_BEGIN_DECLS

/**
 * HrChange: one row before and after. Everything that happens to stored items happens through
 * hr_change_apply(). Content is borrowed from the call's arena.
 */
typedef struct
{
  HrStoredTable *table;
  const guint8 *key; /* row key */
  gsize key_length;
  gboolean has_before;
  gboolean has_after;
  HrRow before;
  HrRow after;       /* an ordinal of -1 stands for the old one, or the next */
  const HrValue *old_item; /* decoded; NULL: not yet, or absent */
  const HrValue *new_item;
  gboolean is_unrecorded; /* no stream tells of it */
  gboolean is_expiry;     /* by the service, because the item's time has come */
} HrChange;

gboolean hr_change_is_noop (const HrChange *self);
/** Fills in key and the row before, from the values of the table's key. */
gboolean hr_change_read   (HrChange *self, HrEngine *engine, const HrValue *key_values, HrArena *arena,
                           HrServiceError *error);
/** Decodes the items that are there but not decoded. FALSE when a record is none. */
gboolean hr_change_decode (HrChange *self, HrArena *arena);
/**
 * hr_change_apply:
 * @weight: 2 in a transaction, whose table writes cost double; 1 otherwise
 *
 * Stores the row after and brings indexes, counters, charge, trace and row watch in step. A failure may leave
 * a part done: wherever hr_change_needs_transaction() the caller rolls back.
 */
gboolean hr_change_apply (HrChange *self, HrEngine *engine, HrCharge *charge, guint weight,
                          HrServiceError *error);
gboolean hr_change_needs_transaction (const HrChange *self, HrEngine *engine);
/** The two together: wholly or not at all. */
gboolean hr_change_apply_wholly (HrChange *self, HrEngine *engine, HrCharge *charge, HrServiceError *error);

/** The key attributes as a value of type M; the items must be decoded. */
HrValue  hr_change_get_key (const HrChange *self, HrArena *arena);

/** update-index.c: entries of one index; charges its arm. */
gboolean hr_change_update_index (const HrChange *self, HrEngine *engine, HrStoredIndex *index,
                                 HrIndexInfo *info, HrCharge *charge, HrServiceError *error);

G_END_DECLS
