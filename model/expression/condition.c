/*
 * Conditions and filters, from text to answer. A compiled condition is its checked tree; all
 * evaluation is in the bodies of the operators.
 */
#include "model/expression/condition.h"

#include "model/expression/build.h"
#include "model/expression/check-operands.h"
#include "model/expression/checker.h"
#include "model/expression/evaluate.h"
#include "model/expression/parser.h"
#include "model/expression/printer.h"

struct _HrCondition
{
  HrNode *root;
};

const HrCondition *
hr_condition_new (HrArena *arena, HrNode *root)
{
  HrCondition *condition = hr_arena_new0 (arena, HrCondition);

  condition->root = root;
  return condition;
}

const HrCondition *
hr_condition_compile (HrArena *arena, HrExpressionKind kind, const char *text, gsize length,
                      HrPlaceholders *placeholders, HrServiceError *error)
{
  HrContext context = {
    .arena = arena,
    .kind = kind,
    .text = text,
    .length = length,
    .placeholders = placeholders,
    .error = error,
  };
  HrTree tree;

  g_return_val_if_fail (kind == HR_EXPRESSION_CONDITION || kind == HR_EXPRESSION_FILTER, NULL);

  if (!hr_parse (&context, &tree) || !hr_check_condition (&context, &tree))
    return NULL;
  return hr_condition_new (arena, tree.condition);
}

gboolean
hr_operands_check (HrArena *arena, HrNode *root, HrServiceError *error)
{
  HrContext context = { .arena = arena, .kind = HR_EXPRESSION_FILTER, .error = error, .is_statement = TRUE };

  return hr_check_operands (&context, root);
}

const HrNode *
hr_condition_get_root (const HrCondition *condition)
{
  return condition->root;
}

gboolean
hr_condition_evaluate (const HrCondition *condition, const HrItemView *item, HrArena *arena)
{
  HrScope scope = { item, arena, NULL };

  return condition->root->operation.op->test (condition->root, &scope);
}

void
hr_condition_foreach_path (const HrCondition *condition, HrPathFunc func, gpointer user_data)
{
  hr_node_foreach_path (condition->root, func, user_data);
}

gsize
hr_condition_get_values_size (const HrCondition *condition)
{
  return hr_node_get_values_size (condition->root);
}

char *
hr_condition_print (const HrCondition *condition, HrArena *arena)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_node_print (condition->root, HR_PRINT_SPELLED_OUT, &out);
  return hr_arena_strndup (arena, out.data, out.length);
}
