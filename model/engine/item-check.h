#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/**
 * HrItemCheck: where the checks below put what they find. A transaction refuses a fault of the request as
 * a whole, but is cancelled with a reason by a fault of an item.
 */
typedef enum
{
  HR_FAULT_REQUEST,
  HR_FAULT_ITEM,
} HrFault;

typedef struct
{
  HrArena *arena;
  HrServiceError *error; /* or NULL */
  HrFault fault;         /* valid after a check failed */
} HrItemCheck;

#define HR_ITEM_CHECK(arena, error) ((HrItemCheck) { (arena), (error), HR_FAULT_REQUEST })

/**
 * A complete item: keys there and of their types, index keys too when there, sizes, nesting. @values
 * takes those of the table's key. A batch has words of its own.
 */
gboolean hr_item_check_put (HrItemCheck *self, const HrStoredTable *table, const HrValue *item,
                            gboolean is_batch, HrValue *values);
/** That it is not too large; apart from the rest because the size comes with encoding. */
gboolean hr_item_check_put_size (HrItemCheck *self, gsize size_bytes);
/** Exactly the primary key attributes, of their types. @values takes them. */
gboolean hr_item_check_key (HrItemCheck *self, const HrStoredTable *table, const HrValue *key,
                            HrValue *values);
/** What the update names: no attribute of the primary key, nothing inside a key attribute. */
gboolean hr_item_check_update (HrItemCheck *self, const HrStoredTable *table, const HrUpdate *update);
/** The item that @update (NULL: none) made of @old_item; only index keys that changed are looked at. */
gboolean hr_item_check_updated (HrItemCheck *self, const HrStoredTable *table, const HrValue *old_item,
                                const HrValue *new_item, const HrUpdate *update, gsize size_bytes);
/** Key attributes are scalars: no path may lead into one. Either may be NULL. */
gboolean hr_item_check_condition (HrItemCheck *self, const HrStoredTable *table,
                                  const HrCondition *condition);
gboolean hr_item_check_projection (HrItemCheck *self, const HrStoredTable *table,
                                   const HrProjection *projection);

G_END_DECLS
