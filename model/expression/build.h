#pragma once

#include "model/expression/projection.h"
#include "model/expression/tree.h"
#include "model/expression/update.h"

G_BEGIN_DECLS

/*
 * Compiled expressions without a text: from trees whose paths and values are filled in already. What an
 * interface other than the expression language asks for is put together with these and evaluated alike.
 * Everything is borrowed, like the names and values of the request, and lives in the arena.
 */

/** A top-level attribute. */
HrNode *hr_node_new_attribute (HrArena *arena, const char *name, guint32 name_length);
HrNode *hr_node_new_value     (HrArena *arena, const HrValue *value);
HrNode *hr_node_new_operation (HrArena *arena, HrOperatorId id, HrNode *const *operands, guint n_operands);

/** @root is an operation with a test. */
const HrCondition *hr_condition_new (HrArena *arena, HrNode *root);

/** What an update says when what is there is of another type than what comes; else it applies alike. */
typedef enum
{
  HR_UPDATE_OF_EXPRESSION,
  HR_UPDATE_OF_ATTRIBUTES, /* AttributeUpdates, whose ADD also appends to a list */
} HrUpdateOrigin;

/** Of actions whose paths are distinct. */
const HrUpdate *hr_update_new (HrArena *arena, const HrAction *actions, guint n_actions, HrUpdateOrigin origin);

/*
 * Of statements, whose trees come from people: errors are those of expressions, without the name of a parameter.
 */

/** Counts and types of operands, wherever in @root, as far as the request tells. */
gboolean            hr_operands_check         (HrArena *arena, HrNode *root, HrServiceError *error);
/** Checks operands, and that no two of the (one or more) actions write to the same place. */
const HrUpdate     *hr_update_new_checked     (HrArena *arena, const HrAction *actions, guint n_actions,
                                               HrServiceError *error);
/** @columns: one for each path, of different names; they get sorted. */
const HrProjection *hr_projection_new_columns (HrArena *arena, const HrPath *paths, guint n_paths,
                                               HrColumn *columns);

/* What was built or compiled, taken apart again. Borrowed. */
const HrNode       *hr_condition_get_root     (const HrCondition *condition);
const HrAction     *hr_update_get_actions     (const HrUpdate *update, guint *n_actions);

G_END_DECLS
