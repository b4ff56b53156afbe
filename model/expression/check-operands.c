/*
 * Operands: what stands behind their placeholders, and whether the operator can take them. The type
 * of a value from the request is known, that of a path is not; only what is known is judged here,
 * and a path of the wrong type later makes the condition false. Types and counts come from the
 * table of operators; attribute_type and BETWEEN have a rule of their own besides.
 */
#include "model/expression/check-operands.h"

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/expression/placeholder-lookup.h"
#include "model/value/codec.h"

/* Placeholders. */

static gboolean
resolve_name (HrContext *context, const HrWrittenStep *step, HrPathStep *resolved)
{
  HrPlaceholder *placeholder = hr_placeholders_find_name (context->placeholders, step->text, step->length);

  if (placeholder == NULL)
    return hr_context_fail (context, step->range,
                            "An expression attribute name used in the document path is not defined; "
                            "attribute name: %.*s",
                            (int) step->length, step->text);
  placeholder->used = TRUE;
  *resolved = (HrPathStep) { placeholder->target, placeholder->target_length, 0 };
  return TRUE;
}

static gboolean
resolve_index (HrContext *context, const HrWrittenStep *step, HrPathStep *resolved)
{
  guint64 index = 0;

  for (guint32 i = 0; i < step->length && index <= G_MAXINT32; i++)
    index = index * 10 + (guint64) g_ascii_digit_value (step->text[i]);
  if (index > G_MAXINT32)
    return hr_context_fail (context, step->range,
                            "List index is not within the allowable range; index: [%.*s]", (int) step->length,
                            step->text);
  *resolved = (HrPathStep) { NULL, 0, (guint32) index };
  return TRUE;
}

static gboolean
resolve_step (HrContext *context, const HrWrittenStep *step, HrPathStep *resolved)
{
  if (step->type == HR_TOKEN_NAME_REF)
    return resolve_name (context, step, resolved);
  if (step->type == HR_TOKEN_NUMBER)
    return resolve_index (context, step, resolved);
  *resolved = (HrPathStep) { step->text, step->length, 0 };
  return TRUE;
}

static gboolean
resolve_path (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;
  HrPathStep *steps;

  if (node->kind != HR_NODE_PATH)
    return TRUE;
  if (node->path.n_written > HR_LIMIT_NESTING)
    return hr_context_fail (context, node->range,
                            "The document path has too many nesting elements; nesting levels: %u",
                            node->path.n_written);
  steps = hr_arena_array (context->arena, HrPathStep, node->path.n_written);
  for (guint i = 0; i < node->path.n_written; i++)
    if (!resolve_step (context, &node->path.written[i], &steps[i]))
      return FALSE;
  node->path.path = (HrPath) { steps, node->path.n_written };
  return TRUE;
}

static gboolean
resolve_value (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;
  HrPlaceholder *placeholder;

  if (node->kind != HR_NODE_VALUE)
    return TRUE;
  placeholder = hr_placeholders_find_value (context->placeholders, node->value.name, node->value.name_length);
  if (placeholder == NULL)
    return hr_context_fail (
        context, node->range,
        "An expression attribute value used in expression is not defined; attribute value: %.*s",
        (int) node->value.name_length, node->value.name);
  placeholder->used = TRUE;
  node->value.value = placeholder->value;
  return TRUE;
}

static gboolean
resolve (HrNode *node, gpointer user_data)
{
  return resolve_path (node, user_data) && resolve_value (node, user_data);
}

gboolean
hr_check_name_placeholders (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, resolve_path, context);
}

gboolean
hr_check_value_placeholders (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, resolve_value, context);
}

gboolean
hr_check_placeholders (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, resolve, context);
}

/* Numbers of operands. */

static gboolean
check_count (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;
  guint count = node->kind == HR_NODE_OPERATION ? node->operation.n_operands : 0;

  if (hr_node_is_operation (node, HR_OPERATOR_IN) && count - 1 > HR_LIMIT_IN_OPERANDS)
    return hr_context_fail (context, node->range,
                            "The IN operator is provided with too many operands; number of operands: %u",
                            count - 1);
  if (node->kind != HR_NODE_OPERATION || node->operation.op->n_operands == 0
      || node->operation.op->n_operands == count)
    return TRUE;
  return hr_context_fail (context, node->range,
                          "Incorrect number of operands for operator or function; operator or function: %s, "
                          "number of operands: %u",
                          node->operation.op->name, count);
}

/* Distinctness. */

static gboolean
check_distinct (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;
  HrNode **operands;

  if (node->kind != HR_NODE_OPERATION || !node->operation.op->is_distinct)
    return TRUE;
  operands = node->operation.operands;
  for (guint i = 1; i < node->operation.n_operands && operands[0]->kind == HR_NODE_PATH; i++)
    if (operands[i]->kind == HR_NODE_PATH && hr_path_equal (&operands[0]->path.path, &operands[i]->path.path))
      return hr_context_fail (
          context, operands[i]->range,
          "The first operand must be distinct from the remaining operands for this operator or "
          "function; operator: %s, first operand: %s",
          node->operation.op->name, hr_path_describe (&operands[0]->path.path, context->arena));
  return TRUE;
}

/* Types. */

/* The types that @node can have as far as the request tells. */
static HrTypeSet
get_types (const HrNode *node)
{
  switch (node->kind)
    {
    case HR_NODE_PATH:
      return HR_TYPES_ANY;
    case HR_NODE_VALUE:
      return HR_TYPE_BIT (node->value.value.type);
    case HR_NODE_OPERATION:
      return node->operation.op->compute != NULL ? node->operation.op->result : HR_TYPE_BIT (HR_TYPE_BOOL);
    }
  g_return_val_if_reached (HR_TYPES_ANY);
}

static const char *
get_type_name (HrTypeSet types)
{
  for (guint type = 0; type < HR_N_TYPES; type++)
    if (types == HR_TYPE_BIT (type))
      return hr_type_get_name ((HrType) type);
  /* Not known from the request; the service lists all in no order of its own. */
  return "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
}

static gboolean
fail_type (HrContext *context, const HrNode *node, guint index)
{
  const HrNode *operand = node->operation.operands[index];

  return hr_context_fail (context, operand->range,
                          "Incorrect operand type for operator or function; operator or function: %s, "
                          "operand type: %s",
                          node->operation.op->name, get_type_name (get_types (operand)));
}

static gboolean
check_operand_types (HrContext *context, const HrNode *node)
{
  const HrOperator *op = node->operation.op;

  for (guint i = 0; i < node->operation.n_operands; i++)
    {
      HrTypeSet allowed = i == 0 ? op->first : op->others;

      if (((op->path_operands >> MIN (i, 7)) & 1) != 0 && node->operation.operands[i]->kind != HR_NODE_PATH)
        return hr_context_fail (context, node->operation.operands[i]->range,
                                "Operator or function requires a document path; operator or function: %s",
                                op->name);
      if ((get_types (node->operation.operands[i]) & allowed) == 0)
        return fail_type (context, node, i);
    }
  return TRUE;
}

static gboolean
check_attribute_type (HrContext *context, const HrNode *node)
{
  const HrNode *name = node->operation.operands[1];
  HrType type;

  if (name->kind != HR_NODE_VALUE)
    return fail_type (context, node, 1);
  if (hr_type_from_name (name->value.value.bytes, name->value.value.length, &type))
    return TRUE;
  return hr_context_fail (context, name->range,
                          "Invalid attribute type name found; type: %.*s, "
                          "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
                          (int) name->value.value.length, name->value.value.bytes);
}

/* As the service spells a value of an ordered type: `AttributeValue: {N:5}`. */
static char *
describe_value (HrContext *context, const HrValue *value)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  if (value->type == HR_TYPE_B)
    hr_base64_encode (value->bytes, value->length, &text);
  else
    hr_value_to_text (value, &text);
  return hr_arena_printf (context->arena, "AttributeValue: {%s:%.*s}",
                          hr_type_get_name ((HrType) value->type), (int) text.length,
                          text.data != NULL ? text.data : "");
}

static gboolean
check_between (HrContext *context, const HrNode *node)
{
  const HrNode *lower = node->operation.operands[1];
  const HrNode *upper = node->operation.operands[2];
  HrRange bounds = { lower->range.start, upper->range.end };

  if (lower->kind != HR_NODE_VALUE || upper->kind != HR_NODE_VALUE)
    return TRUE;
  if (lower->value.value.type == upper->value.value.type)
    return hr_value_compare (&lower->value.value, &upper->value.value) <= 0
           || hr_context_fail (
               context, bounds,
               "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
               "lower bound operand: %s, upper bound operand: %s",
               describe_value (context, &lower->value.value), describe_value (context, &upper->value.value));
  return hr_context_fail (context, bounds,
                          "The BETWEEN operator requires same data type for lower and upper bounds; "
                          "lower bound operand: %s, upper bound operand: %s",
                          describe_value (context, &lower->value.value),
                          describe_value (context, &upper->value.value));
}

static gboolean
check_types (HrNode *node, gpointer user_data)
{
  HrContext *context = user_data;

  if (node->kind != HR_NODE_OPERATION || node->operation.op->form <= HR_FORM_NOT)
    return TRUE;
  if (!check_operand_types (context, node))
    return FALSE;
  if (hr_node_is_operation (node, HR_OPERATOR_ATTRIBUTE_TYPE))
    return check_attribute_type (context, node);
  if (hr_node_is_operation (node, HR_OPERATOR_BETWEEN))
    return check_between (context, node);
  return TRUE;
}

gboolean
hr_check_operands (HrContext *context, HrNode *node)
{
  return hr_node_foreach (node, check_count, context) && hr_node_foreach (node, check_distinct, context)
         && hr_node_foreach (node, check_types, context);
}
