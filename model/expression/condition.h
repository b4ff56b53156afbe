#pragma once

#include "model/expression/placeholders.h"
#include "model/value/path.h"

G_BEGIN_DECLS

/** HrCondition: a checked condition or filter, placeholders resolved; immutable, lives in an arena. */
typedef struct _HrCondition HrCondition;

typedef enum
{
  HR_EXPRESSION_CONDITION,
  HR_EXPRESSION_FILTER,
  HR_EXPRESSION_KEY_CONDITION,
  HR_EXPRESSION_PROJECTION,
  HR_EXPRESSION_UPDATE,
} HrExpressionKind;

/** "ConditionExpression" */
const char *hr_expression_kind_get_parameter (HrExpressionKind kind);

/**
 * hr_condition_compile:
 * @kind: CONDITION or FILTER: only the parameter's name in messages differs
 * @placeholders: of the request; used ones are marked. Values are borrowed.
 *
 * Lexes, parses and checks. NULL with a ValidationException whose range is in @text.
 * Source: semantics of the service's expression language, observed.
 */
const HrCondition *hr_condition_compile (HrArena *arena, HrExpressionKind kind, const char *text,
                                         gsize length, HrPlaceholders *placeholders, HrServiceError *error);

/** Whether the item (absent allowed) satisfies the condition. Never fails; scratch memory from @arena. */
gboolean hr_condition_evaluate (const HrCondition *condition, const HrItemView *item, HrArena *arena);

typedef void (*HrPathFunc) (const HrPath *path, gpointer user_data);
/** Calls @func for each document path that the condition names. */
void hr_condition_foreach_path (const HrCondition *condition, HrPathFunc func, gpointer user_data);
/** Bytes of the values in it together, each as often as it stands there. */
gsize hr_condition_get_values_size (const HrCondition *condition);

/**
 * Text of the condition for people, with names and values spelled out: `a.#"my key" = "x" AND n < 12.5`.
 * hr_expression_format() gives the form that parses back.
 */
char *hr_condition_print (const HrCondition *condition, HrArena *arena);

G_END_DECLS
