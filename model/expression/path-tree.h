#pragma once

#include "model/expression/context.h"

G_BEGIN_DECLS

/**
 * HrPathTree: paths that neither overlap nor conflict, merged by common beginnings.
 *
 * The root stands for the item. Children of one node are all members, sorted by the bytes of their
 * names, or all elements, sorted by index; so they can be walked alongside a value's content.
 */
typedef struct _HrPathTree HrPathTree;

struct _HrPathTree
{
  HrPathStep step;
  guint index; /* which of the paths ends here, for a leaf */
  const HrPathTree *children;
  guint n_children;
};

static inline gboolean
hr_path_tree_is_leaf (const HrPathTree *tree)
{
  return tree->n_children == 0;
}

/**
 * hr_path_tree_new:
 * @ranges: of each path in the text, for the error
 *
 * NULL with the service's error when two of the (one or more) paths overlap or conflict.
 */
const HrPathTree *hr_path_tree_new (HrContext *context, const HrPath *paths, const HrRange *ranges,
                                    guint n_paths);

G_END_DECLS
