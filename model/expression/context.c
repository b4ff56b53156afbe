/*
 * What all expressions share: the names of their parameters, and errors that carry the place in
 * the text. Messages are the service's; nothing is translated here.
 */
#include "model/expression/context.h"

static const char *const parameters[] = {
  [HR_EXPRESSION_CONDITION] = "ConditionExpression",
  [HR_EXPRESSION_FILTER] = "FilterExpression",
  [HR_EXPRESSION_KEY_CONDITION] = "KeyConditionExpression",
  [HR_EXPRESSION_PROJECTION] = "ProjectionExpression",
  [HR_EXPRESSION_UPDATE] = "UpdateExpression",
};

const char *
hr_expression_kind_get_parameter (HrExpressionKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (parameters), NULL);
  return parameters[kind];
}

static gboolean
G_GNUC_PRINTF (4, 0)
fail (HrContext *context, HrRange range, const char *prefix, const char *format, va_list arguments)
{
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);

  if (prefix != NULL)
    hr_service_error_set_value (context->error, context->arena, "Invalid %s: %s", prefix, sentence);
  else
    hr_service_error_set_value (context->error, context->arena, "%s", sentence);
  context->error->range = range;
  context->error->has_range = TRUE;
  return FALSE;
}

gboolean
hr_context_fail (HrContext *context, HrRange range, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail (context, range, context->is_statement ? NULL : hr_expression_kind_get_parameter (context->kind), format,
        arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
hr_context_fail_bare (HrContext *context, HrRange range, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail (context, range, NULL, format, arguments);
  va_end (arguments);
  return FALSE;
}
