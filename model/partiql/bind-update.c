/*
 * SET and REMOVE to the actions of an update.
 *
 * set_add and set_delete are no values here but actions of their own, ADD and DELETE: they must change the attribute
 * that they are assigned to.
 */
#include "model/partiql/binder-private.h"

#include <string.h>

static HrNode *bind_set_value (HrPartiqlBinder *self, const HrPartiqlExpr *expr);

static HrNode *
bind_pair (HrPartiqlBinder *self, HrOperatorId op, const HrPartiqlExpr *expr)
{
  HrNode **operands = hr_arena_array (self->arena, HrNode *, expr->n_operands);

  for (guint i = 0; i < expr->n_operands; i++)
    {
      operands[i] = bind_set_value (self, expr->operands[i]);
      if (operands[i] == NULL)
        return NULL;
    }
  return hr_partiql_new_operation (self->arena, op, expr->range, operands, expr->n_operands);
}

static HrNode *
bind_set_value (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  HrNode *node;

  if (expr->kind == HR_PARTIQL_EXPR_OPERATION
      && (expr->op == HR_OPERATOR_PLUS || expr->op == HR_OPERATOR_MINUS))
    return bind_pair (self, expr->op, expr);
  if (expr->kind == HR_PARTIQL_EXPR_CALL && strcmp (expr->text, "list_append") == 0)
    return bind_pair (self, HR_OPERATOR_LIST_APPEND, expr);
  if (expr->kind == HR_PARTIQL_EXPR_CALL)
    {
      hr_partiql_binder_refuse_at (self, expr->place, "Unrecognized function: %s", expr->text);
      return NULL;
    }
  node = hr_partiql_bind_operand (self, expr);
  if (node != NULL && node->kind == HR_NODE_OPERATION)
    {
      hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: %s", node->operation.op->name);
      return NULL;
    }
  return node;
}

static gboolean
is_same_path (const HrPartiqlExpr *a, const HrPartiqlExpr *b)
{
  return a->kind == HR_PARTIQL_EXPR_PATH && hr_path_equal (&a->path, &b->path);
}

static gboolean
bind_set_function (HrPartiqlBinder *self, const HrPartiqlAction *action, const char *name, HrAction *bound)
{
  const HrPartiqlExpr *call = action->value;
  HrValue value;

  if (call->n_operands != 2)
    return hr_partiql_binder_refuse_at (self, call->place, "%s must have exactly two arguments", name);
  if (!is_same_path (call->operands[0], action->path))
    return hr_partiql_binder_refuse_at (self, call->place,
                                        "The first argument to %s must equal the assignment value", name);
  bound->value = hr_partiql_bind_operand (self, call->operands[1]);
  if (bound->value == NULL)
    return FALSE;
  value = bound->value->kind == HR_NODE_VALUE ? bound->value->value.value : hr_value_null ();
  return hr_type_is_set (value.type)
         || hr_partiql_binder_refuse_at (self, call->operands[0]->place,
                                         "The second argument to %s must be a value with type SET", name);
}

static gboolean
bind_action (HrPartiqlBinder *self, const HrPartiqlAction *action, HrAction *bound)
{
  static const struct
  {
    const char *name;
    const char *shown;
    HrSection section;
  } functions[] = { { "set_add", "SET_ADD", HR_SECTION_ADD }, { "set_delete", "SET_DELETE", HR_SECTION_DELETE } };

  *bound = (HrAction) { HR_SECTION_REMOVE, hr_partiql_bind_operand (self, action->path), NULL };
  if (bound->path == NULL || action->value == NULL)
    return bound->path != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (action->value->kind == HR_PARTIQL_EXPR_CALL && strcmp (action->value->text, functions[i].name) == 0)
      {
        bound->section = functions[i].section;
        return bind_set_function (self, action, functions[i].shown, bound);
      }
  bound->section = HR_SECTION_SET;
  bound->value = bind_set_value (self, action->value);
  return bound->value != NULL;
}

const HrUpdate *
hr_partiql_bind_update (HrPartiqlBinder *self, const HrPartiqlTree *tree)
{
  HrAction *actions = hr_arena_array (self->arena, HrAction, tree->n_actions);

  for (guint i = 0; i < tree->n_actions; i++)
    if (!bind_action (self, &tree->actions[i], &actions[i]))
      return NULL;
  return hr_update_new_checked (self->arena, actions, tree->n_actions, self->error);
}
