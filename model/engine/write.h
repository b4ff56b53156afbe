#pragma once

#include "model/engine/change.h"
#include "model/engine/item-check.h"

G_BEGIN_DECLS

/**
 * HrPlannedWrite: one write on its way: checked, then prepared against the stored item, then applied
 * and reported. Only applying changes anything.
 */
typedef struct
{
  const HrWrite *write;
  HrChange change;
  HrValue key_values[HR_KEY_PARTS_MAX];
} HrPlannedWrite;

typedef enum
{
  HR_PREPARED,        /* ready to be applied */
  HR_PREPARED_FAILED, /* with an error */
  HR_PREPARED_REFUSED, /* the condition is false */
} HrPrepared;

/** Finds the table and checks what can be checked without the stored item. */
gboolean hr_planned_write_check (HrPlannedWrite *self, HrEngine *engine, const HrWrite *write,
                                 gboolean is_batch, HrItemCheck *check);
/** Reads the stored item, evaluates the condition, works out the item after. */
HrPrepared hr_planned_write_prepare (HrPlannedWrite *self, HrEngine *engine, HrItemCheck *check);
/** The stored item, decoded into the arena, or NULL. */
const HrValue *hr_planned_write_get_old_item (HrPlannedWrite *self, HrArena *arena);
/** Of a write that looked at its item, or where it would be, and left it alone. */
void       hr_planned_write_charge_look (HrPlannedWrite *self, HrCharge *charge, guint weight);
/** One of several writes that the caller takes back together when one fails. */
gboolean   hr_planned_write_apply   (HrPlannedWrite *self, HrEngine *engine, HrCharge *charge, guint weight,
                                     HrServiceError *error);
/** What the caller asked to see. */
void       hr_planned_write_report  (HrPlannedWrite *self, HrArena *arena, HrWriteResult *result);

G_END_DECLS
