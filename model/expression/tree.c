/* Walks over the syntax tree. They go as deep as the parser lets expressions nest. */
#include "model/expression/tree.h"

gboolean
hr_node_foreach (HrNode *node, HrNodeFunc func, gpointer user_data)
{
  if (node->kind == HR_NODE_OPERATION)
    for (guint i = 0; i < node->operation.n_operands; i++)
      if (!hr_node_foreach (node->operation.operands[i], func, user_data))
        return FALSE;
  return func (node, user_data);
}

typedef struct
{
  HrPathFunc func;
  gpointer user_data;
} PathVisitor;

static gboolean
visit_path (HrNode *node, gpointer user_data)
{
  const PathVisitor *visitor = user_data;

  if (node->kind == HR_NODE_PATH)
    visitor->func (&node->path.path, visitor->user_data);
  return TRUE;
}

void
hr_node_foreach_path (HrNode *node, HrPathFunc func, gpointer user_data)
{
  PathVisitor visitor = { func, user_data };

  hr_node_foreach (node, visit_path, &visitor);
}

static gboolean
add_value_size (HrNode *node, gpointer user_data)
{
  gsize *size = user_data;

  if (node->kind == HR_NODE_VALUE)
    *size += hr_value_size_bytes (&node->value.value);
  return TRUE;
}

gsize
hr_node_get_values_size (HrNode *node)
{
  gsize size = 0;

  hr_node_foreach (node, add_value_size, &size);
  return size;
}
