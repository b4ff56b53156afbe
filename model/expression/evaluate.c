/*
 * Bodies of the operators and functions. Values carry an order-preserving form, so every comparison
 * is a memcmp, and an operand that is a top-level scalar or a value of the request is looked at
 * without allocating. What is missing makes a comparison false (<> true) and never fails.
 */
#include "model/expression/evaluate.h"

#include <string.h>

gboolean
hr_node_get_value (const HrNode *node, HrScope *scope, HrValue *value)
{
  switch (node->kind)
    {
    case HR_NODE_VALUE:
      *value = node->value.value;
      return TRUE;
    case HR_NODE_PATH:
      return hr_item_view_exists (scope->item)
             && hr_path_lookup (&node->path.path, scope->item, scope->arena, value);
    case HR_NODE_OPERATION:
      if (node->operation.op->compute != NULL)
        return node->operation.op->compute (node, scope, value);
      *value = hr_value_boolean (node->operation.op->test (node, scope));
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
test (const HrNode *node, HrScope *scope)
{
  return node->operation.op->test (node, scope);
}

static gboolean
get_operand (const HrNode *node, guint index, HrScope *scope, HrValue *value)
{
  return hr_node_get_value (node->operation.operands[index], scope, value);
}

gboolean
hr_test_or (const HrNode *node, HrScope *scope)
{
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (test (node->operation.operands[i], scope))
      return TRUE;
  return FALSE;
}

gboolean
hr_test_and (const HrNode *node, HrScope *scope)
{
  for (guint i = 0; i < node->operation.n_operands; i++)
    if (!test (node->operation.operands[i], scope))
      return FALSE;
  return TRUE;
}

gboolean
hr_test_not (const HrNode *node, HrScope *scope)
{
  return !test (node->operation.operands[0], scope);
}

gboolean
hr_test_equal (const HrNode *node, HrScope *scope)
{
  HrValue a;
  HrValue b;

  return get_operand (node, 0, scope, &a) && get_operand (node, 1, scope, &b) && hr_value_equal (&a, &b);
}

gboolean
hr_test_not_equal (const HrNode *node, HrScope *scope)
{
  return !hr_test_equal (node, scope);
}

static gboolean
is_ordered (const HrValue *a, const HrValue *b)
{
  return a->type == b->type && (a->type == HR_TYPE_S || a->type == HR_TYPE_N || a->type == HR_TYPE_B);
}

/* FALSE when the operands have no order: one is missing, types differ or are not ordered. */
static gboolean
compare (const HrNode *node, HrScope *scope, int *order)
{
  HrValue a;
  HrValue b;

  if (!get_operand (node, 0, scope, &a) || !get_operand (node, 1, scope, &b) || !is_ordered (&a, &b))
    return FALSE;
  *order = hr_value_compare (&a, &b);
  return TRUE;
}

gboolean
hr_test_less (const HrNode *node, HrScope *scope)
{
  int order;

  return compare (node, scope, &order) && order < 0;
}

gboolean
hr_test_less_or_equal (const HrNode *node, HrScope *scope)
{
  int order;

  return compare (node, scope, &order) && order <= 0;
}

gboolean
hr_test_greater (const HrNode *node, HrScope *scope)
{
  int order;

  return compare (node, scope, &order) && order > 0;
}

gboolean
hr_test_greater_or_equal (const HrNode *node, HrScope *scope)
{
  int order;

  return compare (node, scope, &order) && order >= 0;
}

gboolean
hr_test_between (const HrNode *node, HrScope *scope)
{
  HrValue value;
  HrValue lower;
  HrValue upper;

  return get_operand (node, 0, scope, &value) && get_operand (node, 1, scope, &lower)
         && get_operand (node, 2, scope, &upper) && is_ordered (&value, &lower) && is_ordered (&value, &upper)
         && hr_value_compare (&lower, &value) <= 0 && hr_value_compare (&value, &upper) <= 0;
}

gboolean
hr_test_in (const HrNode *node, HrScope *scope)
{
  HrValue value;
  HrValue candidate;

  if (!get_operand (node, 0, scope, &value))
    return FALSE;
  for (guint i = 1; i < node->operation.n_operands; i++)
    if (get_operand (node, i, scope, &candidate) && hr_value_equal (&value, &candidate))
      return TRUE;
  return FALSE;
}

gboolean
hr_test_attribute_exists (const HrNode *node, HrScope *scope)
{
  HrValue value;

  return get_operand (node, 0, scope, &value);
}

gboolean
hr_test_attribute_not_exists (const HrNode *node, HrScope *scope)
{
  return !hr_test_attribute_exists (node, scope);
}

gboolean
hr_test_attribute_type (const HrNode *node, HrScope *scope)
{
  const HrValue *name = &node->operation.operands[1]->value.value;
  HrValue value;
  HrType type;

  return get_operand (node, 0, scope, &value) && hr_type_from_name (name->bytes, name->length, &type)
         && value.type == type;
}

gboolean
hr_test_begins_with (const HrNode *node, HrScope *scope)
{
  HrValue value;
  HrValue prefix;

  return get_operand (node, 0, scope, &value) && get_operand (node, 1, scope, &prefix)
         && (value.type == HR_TYPE_S || value.type == HR_TYPE_B) && value.type == prefix.type
         && value.length >= prefix.length
         && (prefix.length == 0 || memcmp (value.bytes, prefix.bytes, prefix.length) == 0);
}

static gboolean
list_contains (const HrValue *list, const HrValue *wanted)
{
  for (guint i = 0; i < list->length; i++)
    if (hr_value_equal (&list->elements[i], wanted))
      return TRUE;
  return FALSE;
}

gboolean
hr_test_contains (const HrNode *node, HrScope *scope)
{
  HrValue whole;
  HrValue part;

  if (!get_operand (node, 0, scope, &whole) || !get_operand (node, 1, scope, &part))
    return FALSE;
  if (whole.type == HR_TYPE_L)
    return list_contains (&whole, &part);
  if (hr_type_is_set (whole.type))
    return hr_type_get_element (whole.type) == part.type && hr_set_contains (&whole, &part);
  if (whole.type != part.type || (whole.type != HR_TYPE_S && whole.type != HR_TYPE_B))
    return FALSE;
  return part.length == 0
         || (whole.length >= part.length
             && memmem (whole.bytes, whole.length, part.bytes, part.length) != NULL);
}

/* UTF-16 code units of UTF-8 text: one for each character, two for those beyond the basic plane. */
static guint
count_utf16 (const char *text, gsize length)
{
  guint count = 0;

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) text[i];

      count += (byte & 0xC0) != 0x80;
      count += byte >= 0xF0;
    }
  return count;
}

gboolean
hr_compute_size (const HrNode *node, HrScope *scope, HrValue *value)
{
  HrValue operand;
  HrDecimal size = { 0, 0, FALSE };

  if (!get_operand (node, 0, scope, &operand)
      || (node->operation.op->first & HR_TYPE_BIT (operand.type)) == 0)
    return FALSE;
  size.coefficient = operand.type == HR_TYPE_S ? count_utf16 (operand.bytes, operand.length) : operand.length;
  while (size.coefficient != 0 && size.coefficient % 10 == 0)
    {
      size.coefficient /= 10;
      size.exponent++;
    }
  *value = hr_value_number (scope->arena, &size);
  return TRUE;
}

gboolean
hr_scope_fail_type (HrScope *scope)
{
  return hr_service_error_set (scope->error, scope->arena, HR_SERVICE_VALIDATION,
                               "An operand in the update expression has an incorrect data type");
}

gboolean
hr_compute_arithmetic (const HrValue *a, const HrValue *b, gboolean subtract, HrScope *scope, HrValue *value)
{
  HrDecimal left = hr_value_get_decimal (a);
  HrDecimal right = hr_value_get_decimal (b);
  HrDecimal result;
  HrDecimalStatus status =
      subtract ? hr_decimal_subtract (&result, &left, &right) : hr_decimal_add (&result, &left, &right);

  if (status == HR_DECIMAL_OK)
    {
      *value = hr_value_number (scope->arena, &result);
      return TRUE;
    }
  /* The service calls a loss of precision an overflow, too. */
  return hr_service_error_set (
      scope->error, scope->arena, HR_SERVICE_VALIDATION,
      "Number %s. Attempting to store a number with magnitude %s than supported range",
      status == HR_DECIMAL_UNDERFLOW ? "underflow" : "overflow",
      status == HR_DECIMAL_UNDERFLOW ? "smaller" : "larger");
}

static gboolean
compute_arithmetic (const HrNode *node, HrScope *scope, gboolean subtract, HrValue *value)
{
  HrValue a;
  HrValue b;

  if (!get_operand (node, 0, scope, &a) || !get_operand (node, 1, scope, &b))
    return FALSE;
  if (a.type != HR_TYPE_N || b.type != HR_TYPE_N)
    return hr_scope_fail_type (scope);
  return hr_compute_arithmetic (&a, &b, subtract, scope, value);
}

gboolean
hr_compute_sum (const HrNode *node, HrScope *scope, HrValue *value)
{
  return compute_arithmetic (node, scope, FALSE, value);
}

gboolean
hr_compute_difference (const HrNode *node, HrScope *scope, HrValue *value)
{
  return compute_arithmetic (node, scope, TRUE, value);
}

gboolean
hr_compute_if_not_exists (const HrNode *node, HrScope *scope, HrValue *value)
{
  return get_operand (node, 0, scope, value) || get_operand (node, 1, scope, value);
}

HrValue
hr_compute_joined_list (const HrValue *a, const HrValue *b, HrArena *arena)
{
  HrValue *elements = hr_arena_array (arena, HrValue, (gsize) a->length + b->length);

  if (a->length > 0)
    memcpy (elements, a->elements, a->length * sizeof *elements);
  if (b->length > 0)
    memcpy (elements + a->length, b->elements, b->length * sizeof *elements);
  return hr_value_list (elements, a->length + b->length);
}

gboolean
hr_compute_list_append (const HrNode *node, HrScope *scope, HrValue *value)
{
  HrValue a;
  HrValue b;

  if (!get_operand (node, 0, scope, &a) || !get_operand (node, 1, scope, &b))
    return FALSE;
  if (a.type != HR_TYPE_L || b.type != HR_TYPE_L)
    return hr_scope_fail_type (scope);
  *value = hr_compute_joined_list (&a, &b, scope->arena);
  return TRUE;
}
