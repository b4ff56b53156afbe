#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/**
 * HrCharge: what one operation consumes while it runs. Settled on success into the call's capacity and
 * trace; dropped otherwise.
 */
typedef struct
{
  HrCall *call;
  HrCapacity capacity;
  gboolean is_wanted;
} HrCharge;

#define HR_CHARGE(call) ((HrCharge) { (call), { NULL, 0 }, (call)->capacity != NULL || (call)->trace != NULL })

/** Units of one item or of the sum of a page: at least 1. */
static inline guint64
hr_units_of (gsize size_bytes, gsize unit_bytes)
{
  return size_bytes <= unit_bytes ? 1 : (size_bytes + unit_bytes - 1) / unit_bytes;
}

/** @index NULL: the table itself. */
void hr_charge_read (HrCharge *self, const HrStoredTable *table, const HrStoredIndex *index,
                     guint64 read_halves);
void hr_charge_write (HrCharge *self, const HrStoredTable *table, const HrStoredIndex *index,
                      guint64 write_units);
void hr_charge_settle (HrCharge *self);

G_END_DECLS
