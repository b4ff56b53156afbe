#pragma once

#include "model/api/table-shapes.h"
#include "model/schema/table.h"

G_BEGIN_DECLS

/*
 * Tags of a table, in the request that makes it or in one of their own. Private to model/api.
 */

/** Whether the list (nullable) has good keys and values, each key once, and @n_others more are not too many. */
gboolean hr_tags_check (const HrJson *list, guint n_others, HrArena *arena, HrServiceError *error);
/** Sets them, in the place of those with the same key. */
void     hr_tags_apply (const HrJson *list, HrSettings *settings);

G_END_DECLS
