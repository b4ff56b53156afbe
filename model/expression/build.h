#pragma once

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

G_END_DECLS
