/* What can be done with an expression of any kind: see whether it is right, and put it in order. */
#include "model/expression/expression.h"

#include "model/expression/parser.h"
#include "model/expression/printer.h"

gboolean
hr_expression_check (HrArena *arena, HrExpressionKind kind, const char *text, gsize length,
                     HrPlaceholders *placeholders, HrServiceError *error)
{
  switch (kind)
    {
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
      return hr_condition_compile (arena, kind, text, length, placeholders, error) != NULL;
    case HR_EXPRESSION_KEY_CONDITION:
      return hr_key_condition_compile (arena, text, length, placeholders, error) != NULL;
    case HR_EXPRESSION_PROJECTION:
      return hr_projection_compile (arena, text, length, placeholders, error) != NULL;
    case HR_EXPRESSION_UPDATE:
      return hr_update_compile (arena, text, length, placeholders, error) != NULL;
    }
  g_return_val_if_reached (FALSE);
}

char *
hr_expression_format (HrArena *arena, HrExpressionKind kind, const char *text, gsize length,
                      HrServiceError *error)
{
  HrContext context = {
    .arena = arena,
    .kind = kind,
    .text = text,
    .length = length,
    .error = error,
  };
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrTree tree;

  if (!hr_parse (&context, &tree))
    return NULL;
  hr_tree_print (&tree, kind, HR_PRINT_WRITTEN, &out);
  return hr_arena_strndup (arena, out.data, out.length);
}
