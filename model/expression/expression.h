#pragma once

#include "model/base/buffer.h"
#include "model/expression/condition.h"
#include "model/expression/key-condition.h"
#include "model/expression/projection.h"
#include "model/expression/update.h"

G_BEGIN_DECLS

/** Compiles an expression of any kind and keeps nothing but the error: for editors, advice and fuzzing. */
gboolean hr_expression_check (HrArena *arena, HrExpressionKind kind, const char *text, gsize length,
                              HrPlaceholders *placeholders, HrServiceError *error);

/**
 * The expression in canonical form, placeholders as they are: one space between tokens, keywords in
 * capitals, only the parentheses that its meaning needs. Looks at the form alone; formatting the
 * result changes nothing. NULL with a syntax error.
 */
char    *hr_expression_format (HrArena *arena, HrExpressionKind kind, const char *text, gsize length,
                               HrServiceError *error);

G_END_DECLS
