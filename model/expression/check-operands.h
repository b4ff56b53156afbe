#pragma once

#include "model/expression/context.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

/** Puts the targets of `#name` into the paths of @node and its operands, and marks them used. */
gboolean hr_check_name_placeholders  (HrContext *context, HrNode *node);
/** Puts the values of `:value` into @node and its operands, and marks them used. */
gboolean hr_check_value_placeholders (HrContext *context, HrNode *node);
/** Both, in the order of the text. */
gboolean hr_check_placeholders       (HrContext *context, HrNode *node);
/** Number, distinctness and types of the operands of @node and of theirs, as far as the request tells. */
gboolean hr_check_operands           (HrContext *context, HrNode *node);

G_END_DECLS
