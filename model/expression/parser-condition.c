/*
 * The grammar of conditions: OR binds looser than AND, AND than NOT, NOT than comparisons. A
 * parenthesis may open a condition or an operand; what stands in it decides, so a group is read once
 * and then continued as what it turned out to be.
 */
#include "model/expression/parser-private.h"

static HrNode *read_or (HrParser *parser, gboolean allow_operand);

static gboolean
is_operand (const HrNode *node)
{
  const HrOperator *op;

  if (node->kind != HR_NODE_OPERATION)
    return TRUE;
  op = node->operation.op;
  return op == NULL || op->form == HR_FORM_FUNCTION;
}

/* `( condition )` or `( operand )`, and what follows an operand that ends up as a path. */
static HrNode *
read_group (HrParser *parser)
{
  guint32 start = parser->current.range.start;
  HrNode *node;

  if (!hr_parser_enter (parser))
    return NULL;
  hr_parser_advance (parser);
  node = read_or (parser, TRUE);
  if (node == NULL || !hr_parser_expect (parser, HR_TOKEN_RIGHT_PAREN))
    return NULL;
  hr_parser_leave (parser);
  hr_parser_close (parser, node, start);
  return hr_parser_extend_path (parser, node);
}

static HrNode *
read_between (HrParser *parser, HrNode *operand)
{
  const HrOperator *between = hr_operator_get (HR_OPERATOR_BETWEEN);
  HrRange name = parser->current.range;
  HrNode *operands[3] = { operand, NULL, NULL };

  hr_parser_advance (parser);
  operands[1] = hr_parser_read_operand (parser);
  if (operands[1] == NULL)
    return NULL;
  if (!hr_parser_at_keyword (parser, HR_KEYWORD_AND))
    {
      hr_parser_fail (parser);
      return NULL;
    }
  hr_parser_advance (parser);
  operands[2] = hr_parser_read_operand (parser);
  if (operands[2] == NULL || !hr_parser_count_operator (parser, between, name))
    return NULL;
  return hr_parser_new_operation (parser, between, name, operands, 3);
}

static HrNode *
read_in (HrParser *parser, HrNode *operand)
{
  const HrOperator *in = hr_operator_get (HR_OPERATOR_IN);
  guint first = parser->operands->len;
  HrRange name = parser->current.range;

  hr_parser_advance (parser);
  hr_parser_push (parser, operand);
  if (!hr_parser_expect (parser, HR_TOKEN_LEFT_PAREN) || !hr_parser_push_operands (parser)
      || !hr_parser_count_operator (parser, in, name))
    return NULL;
  return hr_parser_pop_operation (parser, in, name, first);
}

static HrNode *
read_comparison (HrParser *parser, HrNode *left)
{
  HrRange name = parser->current.range;
  const HrOperator *op = hr_operator_find_token (parser->current.type);
  HrNode *right;

  hr_parser_advance (parser);
  right = hr_parser_read_operand (parser);
  return right == NULL ? NULL : hr_parser_new_binary (parser, op, name, left, right);
}

/* A condition without NOT, AND and OR; with @allow_operand also an operand that fills a group. */
static HrNode *
read_term (HrParser *parser, gboolean allow_operand)
{
  HrNode *node =
      parser->current.type == HR_TOKEN_LEFT_PAREN ? read_group (parser) : hr_parser_read_operand (parser);

  if (node == NULL || !is_operand (node))
    return node;
  if (parser->current.type >= HR_TOKEN_EQ && parser->current.type <= HR_TOKEN_GE)
    return read_comparison (parser, node);
  if (hr_parser_at_keyword (parser, HR_KEYWORD_BETWEEN))
    return read_between (parser, node);
  if (hr_parser_at_keyword (parser, HR_KEYWORD_IN))
    return read_in (parser, node);
  if (node->kind == HR_NODE_OPERATION || (allow_operand && parser->current.type == HR_TOKEN_RIGHT_PAREN))
    return node;
  hr_parser_fail (parser);
  return NULL;
}

static HrNode *
read_not (HrParser *parser, gboolean allow_operand)
{
  const HrOperator *not = hr_operator_get (HR_OPERATOR_NOT);
  HrRange name = parser->current.range;
  HrNode *operand;

  if (!hr_parser_at_keyword (parser, HR_KEYWORD_NOT))
    return read_term (parser, allow_operand);
  /* The count bounds the recursion, too. */
  if (!hr_parser_count_operator (parser, not, name))
    return NULL;
  hr_parser_advance (parser);
  operand = read_not (parser, FALSE);
  return operand == NULL ? NULL : hr_parser_new_operation (parser, not, name, &operand, 1);
}

typedef HrNode *(*ReadFunc) (HrParser *parser, gboolean allow_operand);

/* `a AND b AND c` becomes one node with all of them. */
static HrNode *
read_chain (HrParser *parser, HrOperatorId id, HrKeyword keyword, ReadFunc read, gboolean allow_operand)
{
  const HrOperator *op = hr_operator_get (id);
  guint first = parser->operands->len;
  HrNode *node = read (parser, allow_operand);
  HrRange name = parser->current.range;

  if (node == NULL || !hr_parser_at_keyword (parser, keyword))
    return node;
  hr_parser_push (parser, node);
  while (hr_parser_at_keyword (parser, keyword))
    {
      if (!hr_parser_count_operator (parser, op, parser->current.range))
        return NULL;
      hr_parser_advance (parser);
      node = read (parser, FALSE);
      if (node == NULL)
        return NULL;
      hr_parser_push (parser, node);
    }
  return hr_parser_pop_operation (parser, op, name, first);
}

static HrNode *
read_and (HrParser *parser, gboolean allow_operand)
{
  return read_chain (parser, HR_OPERATOR_AND, HR_KEYWORD_AND, read_not, allow_operand);
}

static HrNode *
read_or (HrParser *parser, gboolean allow_operand)
{
  return read_chain (parser, HR_OPERATOR_OR, HR_KEYWORD_OR, read_and, allow_operand);
}

gboolean
hr_parser_read_condition (HrParser *parser)
{
  parser->tree->condition = read_or (parser, FALSE);
  return parser->tree->condition != NULL;
}
