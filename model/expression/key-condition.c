/*
 * Key conditions are conditions of a narrow form: comparisons of one attribute with values of the
 * request, joined by AND. They are parsed and checked as conditions first and then taken apart; most
 * messages about the form come without a prefix, as the service writes them.
 */
#include "model/expression/key-condition.h"

#include "model/expression/checker.h"
#include "model/expression/parser.h"

#include <string.h>

struct _HrKeyConditionTree
{
  HrContext context; /* of the placeholders there is no more need */
  HrTree tree;
};

typedef struct
{
  HrContext *context;
  GArray *clauses;
} Reader;

/* What a key condition makes of an operator, and of the same one with its sides exchanged. */
static const struct
{
  HrOperatorId id;
  HrKeyOperator op;
  HrKeyOperator turned;
} operators[] = {
  { HR_OPERATOR_EQ, HR_KEY_EQ, HR_KEY_EQ },
  { HR_OPERATOR_LT, HR_KEY_LT, HR_KEY_GT },
  { HR_OPERATOR_LE, HR_KEY_LE, HR_KEY_GE },
  { HR_OPERATOR_GT, HR_KEY_GT, HR_KEY_LT },
  { HR_OPERATOR_GE, HR_KEY_GE, HR_KEY_LE },
  { HR_OPERATOR_BETWEEN, HR_KEY_BETWEEN, HR_KEY_BETWEEN },
  { HR_OPERATOR_BEGINS_WITH, HR_KEY_BEGINS_WITH, HR_KEY_BEGINS_WITH },
};

gboolean
hr_key_operator_find (const HrNode *node, gboolean is_turned, HrKeyOperator *op)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (hr_node_is_operation (node, operators[i].id))
      {
        *op = is_turned ? operators[i].turned : operators[i].op;
        return TRUE;
      }
  return FALSE;
}

/* The one operand that is an attribute; the others must be values. */
static gboolean
find_attribute (Reader *reader, const HrNode *node, guint *index)
{
  const HrNode *attribute = NULL;

  for (guint i = 0; i < node->operation.n_operands; i++)
    {
      const HrNode *operand = node->operation.operands[i];

      if (operand->kind == HR_NODE_OPERATION)
        return hr_context_fail_bare (reader->context, operand->range,
                                     "KeyConditionExpressions cannot contain nested operations");
      if (operand->kind != HR_NODE_PATH)
        continue;
      if (attribute != NULL)
        return hr_context_fail_bare (reader->context, operand->range,
                                     "Invalid condition in KeyConditionExpression: "
                                     "Multiple attribute names used in one condition");
      if (operand->path.path.n_steps > 1)
        return hr_context_fail_bare (reader->context, operand->range,
                                     "KeyConditionExpressions cannot have conditions on nested attributes");
      attribute = operand;
      *index = i;
    }
  return attribute != NULL
         || hr_context_fail_bare (reader->context, node->range,
                                  "Invalid condition in KeyConditionExpression: No key attribute specified");
}

static gboolean
check_first_operand (Reader *reader, const HrNode *node)
{
  if ((!hr_node_is_operation (node, HR_OPERATOR_BETWEEN)
       && !hr_node_is_operation (node, HR_OPERATOR_BEGINS_WITH))
      || node->operation.operands[0]->kind == HR_NODE_PATH)
    return TRUE;
  return hr_context_fail_bare (
      reader->context, node->operation.operands[0]->range,
      "Invalid condition in KeyConditionExpression: %s operator must have the key attribute "
      "as its first operand",
      node->operation.op->name);
}

static gboolean
check_is_new (Reader *reader, const HrKeyClause *clause)
{
  for (guint i = 0; i < reader->clauses->len; i++)
    {
      const HrKeyClause *other = &g_array_index (reader->clauses, HrKeyClause, i);

      if (other->name_length == clause->name_length
          && memcmp (other->name, clause->name, clause->name_length) == 0)
        return hr_context_fail (reader->context, clause->range,
                                "KeyConditionExpressions must only contain one condition per key");
    }
  return TRUE;
}

static gboolean
read_clause (Reader *reader, const HrNode *node)
{
  HrNode *const *operands = node->operation.operands;
  HrKeyClause clause = { .range = node->range };
  guint index = 0;

  if (!hr_key_operator_find (node, FALSE, &clause.op))
    return hr_context_fail_bare (reader->context, node->operation.name_range,
                                 "Invalid operator used in KeyConditionExpression: %s",
                                 node->operation.op->name);
  if (!check_first_operand (reader, node) || !find_attribute (reader, node, &index))
    return FALSE;
  hr_key_operator_find (node, index == 1, &clause.op);
  clause.name = operands[index]->path.path.steps[0].name;
  clause.name_length = operands[index]->path.path.steps[0].name_length;
  clause.value = operands[index == 0 ? 1 : 0]->value.value;
  if (node->operation.n_operands == 3)
    clause.upper = operands[2]->value.value;
  if (!check_is_new (reader, &clause))
    return FALSE;
  g_array_append_val (reader->clauses, clause);
  return TRUE;
}

/* Recursion goes as deep as the parser let parentheses nest. */
static gboolean
read_clauses (Reader *reader, const HrNode *node)
{
  if (!hr_node_is_operation (node, HR_OPERATOR_AND))
    return read_clause (reader, node);
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (!read_clauses (reader, node->operation.operands[i]))
      return FALSE;
  return TRUE;
}

HrKeyConditionTree *
hr_key_condition_parse (HrArena *arena, const char *text, gsize length, HrPlaceholders *placeholders,
                        HrServiceError *error)
{
  HrKeyConditionTree *self = hr_arena_new0 (arena, HrKeyConditionTree);

  self->context = (HrContext) {
    .arena = arena,
    .kind = HR_EXPRESSION_KEY_CONDITION,
    .text = text,
    .length = length,
    .placeholders = placeholders,
    .error = error,
  };
  return hr_parse (&self->context, &self->tree) && hr_check_condition (&self->context, &self->tree) ? self : NULL;
}

const HrKeyCondition *
hr_key_condition_read (HrKeyConditionTree *tree)
{
  g_autoptr (GArray) clauses = g_array_new (FALSE, FALSE, sizeof (HrKeyClause));
  Reader reader = { &tree->context, clauses };
  HrKeyCondition *condition;

  if (!read_clauses (&reader, tree->tree.condition))
    return NULL;
  condition = hr_arena_new0 (tree->context.arena, HrKeyCondition);
  condition->clauses
      = hr_arena_memdup (tree->context.arena, clauses->data, clauses->len * sizeof (HrKeyClause));
  condition->n_clauses = clauses->len;
  return condition;
}

const HrKeyCondition *
hr_key_condition_compile (HrArena *arena, const char *text, gsize length, HrPlaceholders *placeholders,
                          HrServiceError *error)
{
  HrKeyConditionTree *tree = hr_key_condition_parse (arena, text, length, placeholders, error);

  return tree != NULL ? hr_key_condition_read (tree) : NULL;
}
