#pragma once

#include "model/base/buffer.h"
#include "model/expression/condition.h"
#include "model/expression/tree.h"

G_BEGIN_DECLS

typedef enum
{
  HR_PRINT_WRITTEN,     /* placeholders as they are: parses back to the same tree */
  HR_PRINT_SPELLED_OUT, /* what they stand for, once checked: for people */
} HrPrintStyle;

/** Appends @node in canonical form: one space between tokens, capital keywords, only needed parentheses. */
void hr_node_print (const HrNode *node, HrPrintStyle style, HrBuffer *out);
/** Appends the whole expression of this kind in canonical form. */
void hr_tree_print (const HrTree *tree, HrExpressionKind kind, HrPrintStyle style, HrBuffer *out);

G_END_DECLS
