#pragma once

#include "model/expression/path-tree.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

/*
 * What can be wrong with an expression whose form is right, in the order in which the service looks:
 * parentheses, functions, names, then placeholders, numbers and types of operands. Fills in the
 * paths and values of the tree, and marks the placeholders that it uses. FALSE with the first error.
 */
gboolean hr_check_condition  (HrContext *context, HrTree *tree);
gboolean hr_check_projection (HrContext *context, HrTree *tree);
/** Also the types of ADD and DELETE. @targets: a path tree of the actions' paths, indexes as in the tree. */
gboolean hr_check_update     (HrContext *context, HrTree *tree, const HrPath **paths,
                              const HrPathTree **targets);
/** Of actions whose paths and values are filled in: only targets and operands are left to look at. */
gboolean hr_check_built_update (HrContext *context, const HrTree *tree, const HrPath **paths,
                                const HrPathTree **targets);

G_END_DECLS
