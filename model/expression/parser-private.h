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
  GPtrArray *operands; /* owned; those of calls and chains not yet complete */
  GArray *steps;       /* owned; of the path that is being read */
  guint depth;
  guint n_operators;
  HrTree *tree;
} HrParser;

/* All parsing functions return NULL or FALSE after an error, which is set then. */
void     hr_parser_advance       (HrParser *parser);
/** Sets `Syntax error; token: "b", near: "a b c"` for the current token; always FALSE. */
gboolean hr_parser_fail          (HrParser *parser);
gboolean hr_parser_accept        (HrParser *parser, HrTokenType type);
gboolean hr_parser_expect        (HrParser *parser, HrTokenType type);
gboolean hr_parser_at_keyword    (const HrParser *parser, HrKeyword keyword);
/** Whether the current token is a name, and no keyword of this grammar. */
gboolean hr_parser_at_name       (const HrParser *parser);
HrRange  hr_parser_range_from    (const HrParser *parser, guint32 start);
/** Counts @op towards the limit of operators. */
gboolean hr_parser_count_operator (HrParser *parser, const HrOperator *op, HrRange name);
/** @op may be NULL, for an unknown function; there is at least one operand. */
HrNode  *hr_parser_new_operation (HrParser *parser, const HrOperator *op, HrRange name,
                                  HrNode *const *operands, guint n_operands);
/** Counts the operator, too. */
HrNode  *hr_parser_new_binary    (HrParser *parser, const HrOperator *op, HrRange name, HrNode *a, HrNode *b);
void     hr_parser_push          (HrParser *parser, HrNode *operand);
/** Pushes operands up to the closing parenthesis, at least one. */
gboolean hr_parser_push_operands (HrParser *parser);
/** Takes the operands from the @first one on. */
HrNode  *hr_parser_pop_operation (HrParser *parser, const HrOperator *op, HrRange name, guint first);
gboolean hr_parser_enter         (HrParser *parser);
void     hr_parser_leave         (HrParser *parser);
/** Marks @node as standing in parentheses from @start to here, and notes a second pair around it. */
void     hr_parser_close         (HrParser *parser, HrNode *node, guint32 start);
HrNode  *hr_parser_read_path     (HrParser *parser);
/** Takes `.b[1]` behind a path that seemed complete; other nodes stay as they are. */
HrNode  *hr_parser_extend_path   (HrParser *parser, HrNode *node);
/** A path, a value, a call or one of them in parentheses. */
HrNode  *hr_parser_read_operand  (HrParser *parser);

gboolean hr_parser_read_condition  (HrParser *parser);
gboolean hr_parser_read_update     (HrParser *parser);
gboolean hr_parser_read_projection (HrParser *parser);

G_END_DECLS
