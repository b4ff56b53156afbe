/*
 * The checker: several walks over the tree, one for each kind of finding, because the service looks
 * for them one after the other: a misused function at the end of the text is reported before an
 * undefined placeholder at its beginning. Within the last group conditions are judged one by one,
 * in written order. What an operator asks of its operands stands in the table of operators.
 */
#include "model/expression/checker.h"

#include "model/expression/check-operands.h"
#include "model/expression/reserved-words.h"

static gboolean
check_parentheses (HrContext *context, const HrTree *tree)
{
  return hr_range_is_none (tree->redundant_parentheses)
         || hr_context_fail (context, tree->redundant_parentheses,
                             "The expression has redundant parentheses;");
}

/* Functions. */

static gboolean
check_function_exists (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;
  HrRange name;

  if (node->kind != HR_NODE_OPERATION || node->operation.op != NULL)
    return TRUE;
  name = node->operation.name_range;
  return hr_context_fail (context, name, "Invalid function name; function: %.*s",
                          (int) (name.end - name.start), node->operation.name);
}

/* Where the operands of @node stand, given where it stands itself. */
static HrPlace
get_operand_place (const HrNode *node, HrPlace place)
{
  switch (node->operation.op->form)
    {
    case HR_FORM_OR:
    case HR_FORM_AND:
    case HR_FORM_NOT:
      return HR_PLACE_CONDITION;
    case HR_FORM_ARITHMETIC:
      return HR_PLACE_SET_VALUE;
    case HR_FORM_COMPARISON:
    case HR_FORM_BETWEEN:
    case HR_FORM_IN:
      return HR_PLACE_OPERAND;
    case HR_FORM_FUNCTION:
      return place & (HR_PLACE_SET_VALUE | HR_PLACE_ARGUMENT) ? HR_PLACE_ARGUMENT : HR_PLACE_OPERAND;
    }
  g_return_val_if_reached (HR_PLACE_OPERAND);
}

static gboolean
check_places (HrContext *context, const HrNode *node, HrPlace place)
{
  HrPlace inner;

  if (node->kind != HR_NODE_OPERATION)
    return TRUE;
  inner = get_operand_place (node, place);
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (!check_places (context, node->operation.operands[i], inner))
      return FALSE;
  return (node->operation.op->places & place) != 0
         || hr_context_fail (context, node->operation.name_range,
                             "The function is not allowed to be used this way in an expression; function: %s",
                             node->operation.op->name);
}

/* Names and indexes in paths. */

static gboolean
check_step (HrContext *context, const HrWrittenStep *step)
{
  if (step->type == HR_TOKEN_NAME && hr_reserved_word_find (step->text, step->length))
    return hr_context_fail (context, step->range,
                            "Attribute name is a reserved keyword; reserved keyword: %.*s",
                            (int) step->length, step->text);
  return TRUE;
}

static gboolean
check_names (HrNode *node, gpointer user_data)
{
  if (node->kind == HR_NODE_PATH)
    for (guint i = 0; i < node->path.n_written; i++)
      if (!check_step (user_data, &node->path.written[i]))
        return FALSE;
  return TRUE;
}

/* Conditions. */

static gboolean
is_connective (const HrNode *node)
{
  return node->kind == HR_NODE_OPERATION && node->operation.op->form <= HR_FORM_NOT;
}

static gboolean
check_each_condition (HrContext *context, HrNode *node)
{
  if (!is_connective (node))
    return hr_check_placeholders (context, node) && hr_check_operands (context, node);
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (!check_each_condition (context, node->operation.operands[i]))
      return FALSE;
  return TRUE;
}

gboolean
hr_check_condition (HrContext *context, HrTree *tree)
{
  return check_parentheses (context, tree)
         && hr_node_foreach (tree->condition, check_function_exists, context)
         && check_places (context, tree->condition, HR_PLACE_CONDITION)
         && hr_node_foreach (tree->condition, check_names, context)
         && check_each_condition (context, tree->condition);
}

/* Projections. */

gboolean
hr_check_projection (HrContext *context, HrTree *tree)
{
  for (guint i = 0; i < tree->n_paths; i++)
    if (!check_names (tree->paths[i], context))
      return FALSE;
  for (guint i = 0; i < tree->n_paths; i++)
    if (!hr_check_placeholders (context, tree->paths[i]))
      return FALSE;
  return TRUE;
}

/* Updates. */

typedef gboolean (*CheckFunc) (HrContext *context, HrNode *node);

static gboolean
check_all_names (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, check_names, context);
}

static gboolean
check_all_functions (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, check_function_exists, context);
}

static gboolean
check_set_places (HrContext *context, HrNode *node)
{
  return check_places (context, node, HR_PLACE_SET_VALUE);
}

static gboolean
check_actions (HrContext *context, const HrTree *tree, CheckFunc check)
{
  for (guint i = 0; i < tree->n_actions; i++)
    {
      const HrAction *action = &tree->actions[i];

      if (!check (context, action->path) || (action->value != NULL && !check (context, action->value)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_sections (HrContext *context, const HrTree *tree)
{
  static const char *const names[] = { "SET", "REMOVE", "ADD", "DELETE" };

  return hr_range_is_none (tree->repeated_section)
         || hr_context_fail (context, tree->repeated_section,
                             "The \"%s\" section can only be used once in an update expression;",
                             names[tree->repeated]);
}

static const HrPathTree *
check_targets (HrContext *context, const HrTree *tree, const HrPath **paths)
{
  HrPath *targets = hr_arena_array (context->arena, HrPath, tree->n_actions);
  HrRange *ranges = hr_arena_array (context->arena, HrRange, tree->n_actions);

  for (guint i = 0; i < tree->n_actions; i++)
    {
      targets[i] = tree->actions[i].path->path.path;
      ranges[i] = tree->actions[i].path->range;
    }
  *paths = targets;
  return hr_path_tree_new (context, targets, ranges, tree->n_actions);
}

/* ADD takes numbers and sets, DELETE sets; here the service calls types by their long names. */
static gboolean
check_set_operands (HrContext *context, const HrTree *tree)
{
  for (guint i = 0; i < tree->n_actions; i++)
    {
      const HrAction *action = &tree->actions[i];
      HrType type;

      if (action->section != HR_SECTION_ADD && action->section != HR_SECTION_DELETE)
        continue;
      type = (HrType) action->value->value.value.type;
      if (!hr_type_is_set (type) && !(type == HR_TYPE_N && action->section == HR_SECTION_ADD))
        return hr_context_fail (
            context, action->value->range,
            "Incorrect operand type for operator or function; operator: %s, operand type: %s",
            action->section == HR_SECTION_ADD ? "ADD" : "DELETE", hr_type_get_long_name (type));
    }
  return TRUE;
}

gboolean
hr_check_update (HrContext *context, HrTree *tree, const HrPath **paths, const HrPathTree **targets)
{
  if (!check_parentheses (context, tree) || !check_actions (context, tree, check_all_names)
      || !check_actions (context, tree, check_all_functions)
      || !check_actions (context, tree, check_set_places) || !check_sections (context, tree)
      || !check_actions (context, tree, hr_check_name_placeholders)
      || !check_actions (context, tree, hr_check_value_placeholders))
    return FALSE;
  *targets = check_targets (context, tree, paths);
  return *targets != NULL && check_set_operands (context, tree)
         && check_actions (context, tree, hr_check_operands);
}

gboolean
hr_check_built_update (HrContext *context, const HrTree *tree, const HrPath **paths,
                       const HrPathTree **targets)
{
  if (!check_actions (context, tree, hr_check_operands))
    return FALSE;
  *targets = check_targets (context, tree, paths);
  return *targets != NULL;
}
