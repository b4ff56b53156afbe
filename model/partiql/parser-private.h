#pragma once

#include "model/partiql/lexer.h"
#include "model/partiql/parser.h"

G_BEGIN_DECLS

/* How deep expressions may nest: far more than a statement that the service takes, and no danger to the stack. */
#define HR_PARTIQL_DEPTH 256

typedef struct
{
  HrArena *arena;
  const char *text;
  gsize length;
  const HrPartiqlToken *current;
  const HrPartiqlToken *previous; /* NULL at the beginning */
  HrPartiqlTree *tree;
  HrServiceError *error;
  guint depth;
  gboolean has_alias; /* noticed only when nothing else is wrong */
} HrPartiqlParser;

/* Parsing functions return NULL or FALSE after an error, which is set then. */
void     hr_partiql_parser_advance (HrPartiqlParser *self);
gboolean hr_partiql_parser_at_word (const HrPartiqlParser *self, HrPartiqlWord word);
gboolean hr_partiql_parser_accept  (HrPartiqlParser *self, HrPartiqlTokenType type);
gboolean hr_partiql_parser_accept_word (HrPartiqlParser *self, HrPartiqlWord word);
/** From @start to the end of the previous token. */
HrRange  hr_partiql_parser_range_from (const HrPartiqlParser *self, guint32 start);
/** `Statement wasn't well formed, can't be processed: DETAIL` at the current token. */
gboolean hr_partiql_parser_fail (HrPartiqlParser *self, const char *detail);
/** Any other message, about @range. */
gboolean hr_partiql_parser_refuse (HrPartiqlParser *self, HrRange range, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
/** The message and then ` at L:C:N`. */
gboolean hr_partiql_parser_refuse_at (HrPartiqlParser *self, HrRange range, const char *message);
/** A step of the name in the current token, bare or quoted. Goes on behind it. */
HrPathStep hr_partiql_parser_take_name (HrPartiqlParser *self);
gboolean hr_partiql_parser_at_name (const HrPartiqlParser *self);
/** Whether the statement, or the part of it in parentheses, ends here. */
gboolean hr_partiql_parser_at_end (const HrPartiqlParser *self);

/** At @place, which is behind the parser. */
HrPartiqlExpr *hr_partiql_parser_new_expr (HrPartiqlParser *self, HrPartiqlExprKind kind, HrRange place);
void           hr_partiql_expr_set_operands (HrPartiqlExpr *expr, const GPtrArray *operands, HrArena *arena);
/** From the opening mark, which is the current token, to @close. */
HrPartiqlExpr *hr_partiql_parser_read_collection (HrPartiqlParser *self, HrPartiqlExprKind kind,
                                                  HrPartiqlTokenType close);
HrPartiqlExpr *hr_partiql_parser_read_term (HrPartiqlParser *self);
/** Where a term should be and something else is. Returns NULL. */
HrPartiqlExpr *hr_partiql_parser_fail_term (HrPartiqlParser *self);
/** An expression of any kind. */
HrPartiqlExpr *hr_partiql_parser_read_expression (HrPartiqlParser *self);
/** A document path: a name and what follows it. */
HrPartiqlExpr *hr_partiql_parser_read_path (HrPartiqlParser *self);
/** SELECT … up to its end, into the tree. */
gboolean hr_partiql_parser_read_select (HrPartiqlParser *self);

G_END_DECLS
