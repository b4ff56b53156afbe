/*
 * Expressions of a request: which parameters go together, and compiling them in the service's order.
 *
 * What is said about parameters comes before any value or expression is looked at. The update is compiled
 * before the condition, conditions before the projection; then unused placeholders are noticed, and last of all what a
 * key condition may not have although other conditions may.
 */
#include "model/api/call.h"

/* Source: observed. */
static const HrExpressionKind compile_order[] = {
  HR_EXPRESSION_UPDATE, HR_EXPRESSION_CONDITION,  HR_EXPRESSION_KEY_CONDITION,
  HR_EXPRESSION_FILTER, HR_EXPRESSION_PROJECTION,
};

static void
list_append (GString *list, const char *separator, const char *name)
{
  if (list->len > 0)
    g_string_append (list, separator);
  g_string_append (list, name);
}

static gboolean
has_expression (const HrFields fields, const HrExpressionRows *rows)
{
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (fields[rows->expressions[i].row] != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The older way to give key conditions may stand beside the other expressions. */
static gboolean
counts_as_legacy (const HrShape *shape, const HrFields fields, const HrExpressionRows *rows, guint row)
{
  if (fields[row] == NULL)
    return FALSE;
  if (g_strcmp0 (shape->fields[row].name, "KeyConditions") != 0)
    return TRUE;
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (rows->expressions[i].kind == HR_EXPRESSION_KEY_CONDITION)
        return fields[rows->expressions[i].row] != NULL;
    }
  return TRUE;
}

static gboolean
has_legacy (const HrShape *shape, const HrFields fields, const HrExpressionRows *rows)
{
  for (guint i = 0; i < rows->n_legacy; i++)
    {
      if (counts_as_legacy (shape, fields, rows, rows->legacy[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
fail_mixing (HrApiCall *call, const HrShape *shape, const HrFields fields, const HrExpressionRows *rows)
{
  g_autoptr (GString) legacy = g_string_new (NULL);
  g_autoptr (GString) expressions = g_string_new (NULL);

  for (guint i = 0; i < rows->n_legacy; i++)
    {
      if (counts_as_legacy (shape, fields, rows, rows->legacy[i]))
        list_append (legacy, ", ", shape->fields[rows->legacy[i]].name);
    }
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (fields[rows->expressions[i].row] != NULL)
        list_append (expressions, ", ", shape->fields[rows->expressions[i].row].name);
    }
  return hr_call_fail_value (call,
                             "Can not use both expression and non-expression parameters in the same request: "
                             "Non-expression parameters: {%s} Expression parameters: {%s}",
                             legacy->str, expressions->str);
}

/* Values need an expression that can have values, which a projection cannot. */
static gboolean
wants_values (const HrFields fields, const HrExpressionRows *rows)
{
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (rows->expressions[i].kind != HR_EXPRESSION_PROJECTION && fields[rows->expressions[i].row] != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
fail_values_unwanted (HrApiCall *call, const HrShape *shape, const HrExpressionRows *rows)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint count = 0;

  if (call->wording == HR_WORDING_ENVELOPED)
    return hr_call_fail_value (call, "ExpressionAttributeValues can only be specified when using expressions");
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (rows->expressions[i].kind == HR_EXPRESSION_PROJECTION)
        continue;
      list_append (names, " and ", shape->fields[rows->expressions[i].row].name);
      count++;
    }
  return hr_call_fail_value (
      call, "ExpressionAttributeValues can only be specified when using expressions: %s %s null", names->str,
      count == 1 ? "is" : "are");
}

gboolean
hr_call_check_parameters (HrApiCall *call, const HrShape *shape, const HrFields fields,
                          const HrExpressionRows *rows)
{
  gboolean is_expressive = has_expression (fields, rows);

  if (is_expressive && has_legacy (shape, fields, rows))
    return fail_mixing (call, shape, fields, rows);
  if (rows->names != HR_NO_ROW && fields[rows->names] != NULL && !is_expressive)
    return hr_call_fail_value (call, "ExpressionAttributeNames can only be specified when using expressions");
  if (rows->values != HR_NO_ROW && fields[rows->values] != NULL && !wants_values (fields, rows))
    return fail_values_unwanted (call, shape, rows);
  return TRUE;
}

static gboolean
compile_one (HrApiCall *call, HrExpressionKind kind, const HrJson *text, HrPlaceholders *placeholders,
             HrExpressions *result)
{
  switch (kind)
    {
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
      result->condition
          = hr_condition_compile (call->arena, kind, text->text, text->length, placeholders, call->error);
      return result->condition != NULL;
    case HR_EXPRESSION_KEY_CONDITION:
      result->key_condition_tree
          = hr_key_condition_parse (call->arena, text->text, text->length, placeholders, call->error);
      return result->key_condition_tree != NULL;
    case HR_EXPRESSION_PROJECTION:
      result->projection
          = hr_projection_compile (call->arena, text->text, text->length, placeholders, call->error);
      return result->projection != NULL;
    case HR_EXPRESSION_UPDATE:
      result->update = hr_update_compile (call->arena, text->text, text->length, placeholders, call->error);
      return result->update != NULL;
    }
  return FALSE;
}

static const HrJson *
find_expression (const HrFields fields, const HrExpressionRows *rows, HrExpressionKind kind)
{
  for (guint i = 0; i < rows->n_expressions; i++)
    {
      if (rows->expressions[i].kind == kind)
        return fields[rows->expressions[i].row];
    }
  return NULL;
}

/* The older layer says of which value it speaks. */
static void
wrap_value_error (HrApiCall *call, const HrJson *values)
{
  HrServiceError *error = call->error;

  for (guint32 i = 0; error->kind == HR_SERVICE_VALIDATION && error->has_range && i < values->length; i++)
    {
      const HrJsonMember *member = &values->members[i];

      if (member->value.range.start > error->range.start || member->value.range.end < error->range.end)
        continue;
      error->message
          = hr_arena_printf (call->arena, "ExpressionAttributeValues contains invalid value: %s for key %.*s",
                             error->message, (int) member->name_length, member->name);
      return;
    }
}

gboolean
hr_call_compile (HrApiCall *call, const HrFields fields, const HrExpressionRows *rows, HrExpressions *result)
{
  const HrJson *names = rows->names != HR_NO_ROW ? fields[rows->names] : NULL;
  const HrJson *values = rows->values != HR_NO_ROW ? fields[rows->values] : NULL;
  HrPlaceholders placeholders = { 0 };

  if (!has_expression (fields, rows))
    return TRUE;

  if (!(rows->has_deep_values ? hr_placeholders_from_deep_json : hr_placeholders_from_json) (
          &placeholders, call->arena, names, values, call->error))
    {
      if (call->wording == HR_WORDING_OLD && values != NULL)
        {
          hr_call_reword_value (call, values);
          wrap_value_error (call, values);
        }
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (compile_order); i++)
    {
      const HrJson *text = find_expression (fields, rows, compile_order[i]);

      if (text != NULL && !compile_one (call, compile_order[i], text, &placeholders, result))
        return FALSE;
    }
  if (!hr_placeholders_check_used (&placeholders, call->arena, call->error))
    return FALSE;
  if (result->key_condition_tree != NULL)
    result->key_condition = hr_key_condition_read (result->key_condition_tree);
  return result->key_condition_tree == NULL || result->key_condition != NULL;
}
