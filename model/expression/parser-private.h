#pragma once

#include "model/expression/parser.h"

G_BEGIN_DECLS

/*
 * How deep parentheses and function calls may nest. More than an expression of 300 operators can
 * use: what goes deeper has redundant parentheses or calls that no function allows.
 */
#define HR_PARSER_DEPTH 320

/** HrParser: the token to look at with its neighbours, which syntax errors quote. */
typedef struct
{
  HrContext *context;
  HrLexer lexer;
  HrToken previous;
  HrToken current;
  HrToken next;
  guint depth;
  guint n_operators;
  HrTree *tree;
} HrParser;

/* All parsing functions return NULL or FALSE after an error, which is set then. */
void     hr_parser_init          (HrParser *parser, HrContext *context, HrTree *tree);
void     hr_parser_advance       (HrParser *parser);
/** Sets `Syntax error; token: "b", near: "a b c"` for the current token; always FALSE. */
gboolean hr_parser_fail          (HrParser *parser);
gboolean hr_parser_accept        (HrParser *parser, HrTokenType type);
gboolean hr_parser_expect        (HrParser *parser, HrTokenType type);
gboolean hr_parser_at_keyword    (const HrParser *parser, HrKeyword keyword);
/** Whether the current token is a name, and no keyword of this grammar. */
gboolean hr_parser_at_name       (const HrParser *parser);
HrRange  hr_parser_range_from    (const HrParser *parser, guint32 start);
HrNode  *hr_parser_new_operation (HrParser *parser, const HrOperator *op, HrRange name, GPtrArray *operands);
HrNode  *hr_parser_new_binary    (HrParser *parser, const HrOperator *op, HrRange name, HrNode *a, HrNode *b);
gboolean hr_parser_enter         (HrParser *parser);
void     hr_parser_leave         (HrParser *parser);
/** Marks @node as standing in parentheses from @start to here, and notes a second pair around it. */
void     hr_parser_close         (HrParser *parser, HrNode *node, guint32 start);
HrNode  *hr_parser_read_path     (HrParser *parser);
/** `.b[1]` behind a path that is complete so far. */
HrNode  *hr_parser_extend_path   (HrParser *parser, HrNode *path);
/** A path, a value, a call or one of them in parentheses. */
HrNode  *hr_parser_read_operand  (HrParser *parser);

gboolean hr_parser_read_update     (HrParser *parser);
gboolean hr_parser_read_projection (HrParser *parser);

G_END_DECLS
