/* Nodes that no parser made. The parts that were only written, such as ranges and references, stay empty. */
#include "model/expression/build.h"

HrNode *
hr_node_new_attribute (HrArena *arena, const char *name, guint32 name_length)
{
  HrPathStep *step = hr_arena_new0 (arena, HrPathStep);
  HrNode *node = hr_arena_new0 (arena, HrNode);

  *step = (HrPathStep){ name, name_length, 0 };
  node->kind = HR_NODE_PATH;
  node->path.path = (HrPath){ step, 1 };
  return node;
}

HrNode *
hr_node_new_value (HrArena *arena, const HrValue *value)
{
  HrNode *node = hr_arena_new0 (arena, HrNode);

  node->kind = HR_NODE_VALUE;
  node->value.value = *value;
  return node;
}

HrNode *
hr_node_new_operation (HrArena *arena, HrOperatorId id, HrNode *const *operands, guint n_operands)
{
  HrNode *node = hr_arena_new0 (arena, HrNode);

  node->kind = HR_NODE_OPERATION;
  node->operation.op = hr_operator_get (id);
  node->operation.operands = hr_arena_memdup (arena, operands, n_operands * sizeof *operands);
  node->operation.n_operands = n_operands;
  return node;
}
