/*
 * Expressions to the nodes of the service's own expressions, so that one evaluator serves both.
 *
 * Where PartiQL says more, it is put in terms of the rest: IS MISSING asks whether an attribute is there, IS with a
 * type asks for the type, a bag being any of three. A condition may be an operand, as a boolean; arithmetic is for SET.
 */
#include "model/partiql/binder-private.h"

#include "model/base/service-limits.h"
#include "model/partiql/lexer.h"
#include "model/partiql/parser.h"

#include <string.h>

gboolean
hr_partiql_binder_refuse (HrPartiqlBinder *self, HrRange range, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  hr_service_error_set (self->error, self->arena, HR_SERVICE_VALIDATION, "%s",
                        hr_arena_vprintf (self->arena, format, arguments));
  va_end (arguments);
  self->error->range = range;
  self->error->has_range = TRUE;
  return FALSE;
}

gboolean
hr_partiql_binder_refuse_at (HrPartiqlBinder *self, HrRange range, const char *format, ...)
{
  const char *message;
  va_list arguments;

  va_start (arguments, format);
  message = hr_arena_vprintf (self->arena, format, arguments);
  va_end (arguments);
  return hr_partiql_binder_refuse (self, range, "%s at %s", message,
                                   hr_partiql_describe_place (self->text, self->length, range, self->arena));
}

/* Making nodes */

HrNode *
hr_partiql_new_operation (HrArena *arena, HrOperatorId op, HrRange range, HrNode *const *operands,
                          guint n_operands)
{
  HrNode *node = hr_node_new_operation (arena, op, operands, n_operands);

  node->range = range;
  return node;
}

static HrNode *
new_path (HrArena *arena, const HrPath *path, HrRange range)
{
  HrNode *node = hr_arena_new0 (arena, HrNode);

  node->kind = HR_NODE_PATH;
  node->range = range;
  node->path.path = *path;
  return node;
}

static HrNode *
new_value (HrArena *arena, const HrValue *value, HrRange range)
{
  HrNode *node = hr_node_new_value (arena, value);

  node->range = range;
  return node;
}

HrNode *
hr_partiql_new_presence (HrArena *arena, const char *name, gboolean is_there)
{
  HrNode *operand = hr_node_new_attribute (arena, name, (guint32) strlen (name));

  return hr_partiql_new_operation (
      arena, is_there ? HR_OPERATOR_ATTRIBUTE_EXISTS : HR_OPERATOR_ATTRIBUTE_NOT_EXISTS, HR_RANGE_NONE, &operand, 1);
}

/* Tests of a type */

static HrNode *
bind_type (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrNode *operand, HrType type)
{
  const char *name = hr_type_get_name (type);
  HrValue value = hr_value_string (name, strlen (name));
  HrNode *operands[] = { operand, new_value (self->arena, &value, expr->place) };

  return hr_partiql_new_operation (self->arena, HR_OPERATOR_ATTRIBUTE_TYPE, expr->range, operands, 2);
}

static HrNode *
bind_bag_type (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrNode *operand)
{
  HrNode *operands[] = { bind_type (self, expr, operand, HR_TYPE_SS), bind_type (self, expr, operand, HR_TYPE_NS),
                         bind_type (self, expr, operand, HR_TYPE_BS) };

  return hr_partiql_new_operation (self->arena, HR_OPERATOR_OR, expr->range, operands, G_N_ELEMENTS (operands));
}

static HrNode *
negate (HrPartiqlBinder *self, HrNode *node)
{
  return hr_partiql_new_operation (self->arena, HR_OPERATOR_NOT, node->range, &node, 1);
}

static HrNode *
bind_is (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  static const struct
  {
    HrPartiqlWord word;
    HrType type;
  } types[] = {
    { HR_PARTIQL_NULL, HR_TYPE_NULL },        { HR_PARTIQL_TYPE_BINARY, HR_TYPE_B },
    { HR_PARTIQL_TYPE_BOOLEAN, HR_TYPE_BOOL }, { HR_PARTIQL_TYPE_LIST, HR_TYPE_L },
    { HR_PARTIQL_TYPE_MAP, HR_TYPE_M },       { HR_PARTIQL_TYPE_NUMBER, HR_TYPE_N },
    { HR_PARTIQL_TYPE_STRING, HR_TYPE_S },
  };
  HrNode *operand = hr_partiql_bind_operand (self, expr->operands[0]);
  HrNode *test = NULL;

  if (operand == NULL)
    return NULL;
  if (expr->word == HR_PARTIQL_MISSING)
    return hr_partiql_new_operation (
        self->arena, expr->is_negated ? HR_OPERATOR_ATTRIBUTE_EXISTS : HR_OPERATOR_ATTRIBUTE_NOT_EXISTS, expr->range,
        &operand, 1);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].word == expr->word)
      test = bind_type (self, expr, operand, types[i].type);
  if (expr->word == HR_PARTIQL_TYPE_BAG)
    test = bind_bag_type (self, expr, operand);
  if (test == NULL)
    {
      hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: IsType");
      return NULL;
    }
  return expr->is_negated ? negate (self, test) : test;
}

/* Operations */

static HrNode *
bind_operands (HrPartiqlBinder *self, HrOperatorId op, HrRange range, HrPartiqlExpr *const *exprs, guint count,
               HrNode *(*bind) (HrPartiqlBinder *, const HrPartiqlExpr *))
{
  HrNode **operands = hr_arena_array (self->arena, HrNode *, count);

  for (guint i = 0; i < count; i++)
    {
      operands[i] = bind (self, exprs[i]);
      if (operands[i] == NULL)
        return NULL;
    }
  return hr_partiql_new_operation (self->arena, op, range, operands, count);
}

static HrNode *
bind_in (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  const HrPartiqlExpr *list = expr->operands[1];
  HrPartiqlExpr **exprs;

  if (list->kind != HR_PARTIQL_EXPR_LIST)
    {
      hr_partiql_binder_refuse (self, list->range, "Unsupported operation: In");
      return NULL;
    }
  exprs = hr_arena_array (self->arena, HrPartiqlExpr *, list->n_operands + 1);
  exprs[0] = expr->operands[0];
  if (list->n_operands > 0)
    memcpy (exprs + 1, list->operands, list->n_operands * sizeof *exprs);
  return bind_operands (self, HR_OPERATOR_IN, expr->range, exprs, list->n_operands + 1, hr_partiql_bind_operand);
}

static HrNode *
bind_call (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  const HrOperator *op = hr_operator_find_function (expr->text, expr->length);

  if (op == NULL || op->id == HR_OPERATOR_IF_NOT_EXISTS || op->id == HR_OPERATOR_LIST_APPEND)
    {
      hr_partiql_binder_refuse_at (self, expr->place, "Unrecognized function: %s", expr->text);
      return NULL;
    }
  return bind_operands (self, op->id, expr->range, expr->operands, expr->n_operands, hr_partiql_bind_operand);
}

static HrNode *
bind_operation (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  const HrOperator *op = hr_operator_get (expr->op);

  if (op->form == HR_FORM_ARITHMETIC)
    {
      hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: %s",
                                expr->op == HR_OPERATOR_PLUS ? "Plus" : "Minus");
      return NULL;
    }
  if (expr->op == HR_OPERATOR_IN)
    return bind_in (self, expr);
  return bind_operands (self, expr->op, expr->range, expr->operands, expr->n_operands,
                        op->form <= HR_FORM_NOT ? hr_partiql_bind_condition : hr_partiql_bind_operand);
}

static HrNode *
bind_path (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  if (expr->path.n_steps <= HR_LIMIT_NESTING)
    return new_path (self->arena, &expr->path, expr->range);
  hr_partiql_binder_refuse (self, expr->range,
                            "The document path has too many nesting elements; nesting levels: %u",
                            expr->path.n_steps);
  return NULL;
}

HrNode *
hr_partiql_bind_operand (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  HrValue value;

  switch (expr->kind)
    {
    case HR_PARTIQL_EXPR_PATH:
      return bind_path (self, expr);
    case HR_PARTIQL_EXPR_CALL:
      return bind_call (self, expr);
    case HR_PARTIQL_EXPR_OPERATION:
      return bind_operation (self, expr);
    case HR_PARTIQL_EXPR_IS:
      return bind_is (self, expr);
    case HR_PARTIQL_EXPR_UNSUPPORTED:
      hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: %s", expr->text);
      return NULL;
    case HR_PARTIQL_EXPR_STRING:
    case HR_PARTIQL_EXPR_NUMBER:
    case HR_PARTIQL_EXPR_BOOLEAN:
    case HR_PARTIQL_EXPR_NULL:
    case HR_PARTIQL_EXPR_MISSING:
    case HR_PARTIQL_EXPR_PARAMETER:
    case HR_PARTIQL_EXPR_LIST:
    case HR_PARTIQL_EXPR_BAG:
    case HR_PARTIQL_EXPR_STRUCT:
      return hr_partiql_bind_value (self, expr, &value) ? new_value (self->arena, &value, expr->range) : NULL;
    }
  g_return_val_if_reached (NULL);
}

HrNode *
hr_partiql_bind_condition (HrPartiqlBinder *self, const HrPartiqlExpr *expr)
{
  HrNode *node = hr_partiql_bind_operand (self, expr);

  if (node == NULL || (node->kind == HR_NODE_OPERATION && node->operation.op->test != NULL))
    return node;
  if (node->kind == HR_NODE_PATH)
    hr_partiql_binder_refuse_at (self, expr->place, "Unexpected path component");
  else
    hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: %s",
                              node->kind == HR_NODE_VALUE ? "Lit" : node->operation.op->name);
  return NULL;
}
