#pragma once

#include "model/expression/condition.h"

G_BEGIN_DECLS

/** HrContext: one expression on its way through lexer, parser and checker. Lives on the stack. */
typedef struct
{
  HrArena *arena;
  HrExpressionKind kind;
  const char *text;
  gsize length;
  HrPlaceholders *placeholders; /* NULL while only the form matters */
  HrServiceError *error;
  gboolean is_statement;       /* of a PartiQL statement: messages name no parameter; see build.h */
} HrContext;

/** Sets the error `Invalid ConditionExpression: …` at @range of the text; always FALSE. */
gboolean hr_context_fail      (HrContext *context, HrRange range, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
/** The same without the leading `Invalid …Expression: `. */
gboolean hr_context_fail_bare (HrContext *context, HrRange range, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_END_DECLS
