#pragma once

#include "model/expression/projection.h"

G_BEGIN_DECLS

/** HrUpdate: a checked UpdateExpression; immutable, lives in an arena. */
typedef struct _HrUpdate HrUpdate;

const HrUpdate *hr_update_compile (HrArena *arena, const char *text, gsize length,
                                   HrPlaceholders *placeholders, HrServiceError *error);

/**
 * hr_update_apply:
 * @old_item: the item before, or the key attributes alone when it was absent
 * @new_item: the item after; shares content with @old_item
 *
 * All right-hand sides see @old_item. FALSE with a ValidationException for invalid paths, operands
 * of the wrong type, numbers out of range; @new_item is then undefined.
 */
gboolean hr_update_apply (const HrUpdate *update, const HrValue *old_item, HrArena *arena, HrValue *new_item,
                          HrServiceError *error);

/** The paths that the update writes, for UPDATED_OLD and UPDATED_NEW. Borrowed. */
const HrProjection *hr_update_get_targets (const HrUpdate *update);
/** TRUE when some action can create an absent item (SET or ADD; REMOVE and DELETE alone cannot). */
gboolean hr_update_can_create (const HrUpdate *update);
/** Whether the attribute becomes something that is not a value of the request: a copy, a sum and the like. */
gboolean hr_update_computes (const HrUpdate *update, const char *name, gsize name_length);
/** Calls @func for each path that is read or written. */
void hr_update_foreach_path (const HrUpdate *update, HrPathFunc func, gpointer user_data);
/** Bytes of the values in it together, each as often as it stands there. */
gsize hr_update_get_values_size (const HrUpdate *update);

G_END_DECLS
