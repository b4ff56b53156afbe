/*
 * What the grammars share: looking at tokens, syntax errors, making nodes, paths and operands. The
 * operands of calls and chains pile up on one stack while they are read, and move into the arena
 * when their number is known; the steps of a path likewise. The grammars themselves are in
 * parser-condition.c and parser-update.c.
 */
#include "model/expression/parser-private.h"

#include "model/base/service-limits.h"

static void
init (HrParser *parser, HrContext *context, HrTree *tree)
{
  *parser = (HrParser) { .context = context, .tree = tree };
  parser->operands = g_ptr_array_new ();
  parser->steps = g_array_new (FALSE, FALSE, sizeof (HrWrittenStep));
  parser->previous.type = HR_TOKEN_END;
  hr_lexer_init (&parser->lexer, context->text, context->length);
  parser->current = hr_lexer_next (&parser->lexer);
  parser->next = hr_lexer_next (&parser->lexer);
}

static void
clear (HrParser *parser)
{
  g_ptr_array_unref (parser->operands);
  g_array_unref (parser->steps);
}

void
hr_parser_advance (HrParser *parser)
{
  parser->previous = parser->current;
  parser->current = parser->next;
  parser->next = hr_lexer_next (&parser->lexer);
}

gboolean
hr_parser_fail (HrParser *parser)
{
  const char *text = parser->context->text;
  HrRange token = parser->current.range;
  HrRange near = token;

  if (parser->previous.range.end > 0)
    near.start = parser->previous.range.start;
  if (parser->current.type == HR_TOKEN_END)
    {
      near.end = parser->previous.range.end;
      near.start = MIN (near.start, near.end);
      return hr_context_fail (parser->context, token, "Syntax error; token: \"<EOF>\", near: \"%.*s\"",
                              (int) (near.end - near.start), text + near.start);
    }
  if (parser->next.type != HR_TOKEN_END)
    near.end = parser->next.range.end;
  return hr_context_fail (parser->context, token, "Syntax error; token: \"%.*s\", near: \"%.*s\"",
                          (int) (token.end - token.start), text + token.start, (int) (near.end - near.start),
                          text + near.start);
}

gboolean
hr_parser_accept (HrParser *parser, HrTokenType type)
{
  if (parser->current.type != type)
    return FALSE;
  hr_parser_advance (parser);
  return TRUE;
}

gboolean
hr_parser_expect (HrParser *parser, HrTokenType type)
{
  return hr_parser_accept (parser, type) || hr_parser_fail (parser);
}

gboolean
hr_parser_at_keyword (const HrParser *parser, HrKeyword keyword)
{
  return parser->current.type == HR_TOKEN_NAME && parser->current.keyword == keyword;
}

static gboolean
is_keyword_here (const HrParser *parser, HrKeyword keyword)
{
  switch (keyword)
    {
    case HR_KEYWORD_NONE:
      return FALSE;
    case HR_KEYWORD_AND:
    case HR_KEYWORD_BETWEEN:
    case HR_KEYWORD_IN:
    case HR_KEYWORD_NOT:
    case HR_KEYWORD_OR:
      return parser->context->kind <= HR_EXPRESSION_KEY_CONDITION;
    case HR_KEYWORD_ADD:
    case HR_KEYWORD_DELETE:
    case HR_KEYWORD_REMOVE:
    case HR_KEYWORD_SET:
      return parser->context->kind == HR_EXPRESSION_UPDATE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
hr_parser_at_name (const HrParser *parser)
{
  return parser->current.type == HR_TOKEN_NAME && !is_keyword_here (parser, parser->current.keyword);
}

HrRange
hr_parser_range_from (const HrParser *parser, guint32 start)
{
  return (HrRange) { start, parser->previous.range.end };
}

static HrNode *
new_node (HrParser *parser, HrNodeKind kind, HrRange range)
{
  HrNode *node = hr_arena_new0 (parser->context->arena, HrNode);

  node->kind = kind;
  node->range = range;
  return node;
}

gboolean
hr_parser_count_operator (HrParser *parser, const HrOperator *op, HrRange range)
{
  if (op == NULL || !op->is_counted || ++parser->n_operators <= HR_LIMIT_EXPRESSION_OPERATORS)
    return TRUE;
  return hr_context_fail (parser->context, range,
                          "The expression contains too many operators; operator count: %u",
                          parser->n_operators);
}

HrNode *
hr_parser_new_operation (HrParser *parser, const HrOperator *op, HrRange name, HrNode *const *operands,
                         guint n_operands)
{
  guint32 start = MIN (name.start, operands[0]->range.start);
  HrNode *node = new_node (parser, HR_NODE_OPERATION, hr_parser_range_from (parser, start));

  node->operation.op = op;
  node->operation.name = parser->context->text + name.start;
  node->operation.name_range = name;
  node->operation.operands =
      hr_arena_memdup (parser->context->arena, operands, n_operands * sizeof (HrNode *));
  node->operation.n_operands = n_operands;
  return node;
}

void
hr_parser_push (HrParser *parser, HrNode *operand)
{
  g_ptr_array_add (parser->operands, operand);
}

HrNode *
hr_parser_pop_operation (HrParser *parser, const HrOperator *op, HrRange name, guint first)
{
  GPtrArray *operands = parser->operands;
  HrNode *node = hr_parser_new_operation (parser, op, name, (HrNode **) operands->pdata + first,
                                          operands->len - first);

  g_ptr_array_set_size (operands, (gint) first);
  return node;
}

HrNode *
hr_parser_new_binary (HrParser *parser, const HrOperator *op, HrRange name, HrNode *a, HrNode *b)
{
  HrNode *pair[] = { a, b };

  return hr_parser_count_operator (parser, op, name) ? hr_parser_new_operation (parser, op, name, pair, 2) : NULL;
}

gboolean
hr_parser_enter (HrParser *parser)
{
  if (++parser->depth <= HR_PARSER_DEPTH)
    return TRUE;
  return hr_context_fail (parser->context, parser->current.range,
                          "The expression has redundant parentheses;");
}

void
hr_parser_leave (HrParser *parser)
{
  parser->depth--;
}

void
hr_parser_close (HrParser *parser, HrNode *node, guint32 start)
{
  HrRange range = hr_parser_range_from (parser, start);

  if (node->in_parentheses && hr_range_is_none (parser->tree->redundant_parentheses))
    parser->tree->redundant_parentheses = range;
  node->in_parentheses = TRUE;
  node->range = range;
}

/* `name`, `#ref` or the digits of an index as a step. */
static void
append_step (HrParser *parser)
{
  HrRange range = parser->current.range;
  HrWrittenStep step = { parser->context->text + range.start, range.end - range.start, parser->current.type,
                         range };

  g_array_append_val (parser->steps, step);
  hr_parser_advance (parser);
}

static gboolean
read_name (HrParser *parser)
{
  if (parser->current.type != HR_TOKEN_NAME_REF && !hr_parser_at_name (parser))
    return hr_parser_fail (parser);
  append_step (parser);
  return TRUE;
}

static gboolean
read_steps (HrParser *parser)
{
  for (;;)
    {
      if (hr_parser_accept (parser, HR_TOKEN_DOT))
        {
          if (!read_name (parser))
            return FALSE;
        }
      else if (hr_parser_accept (parser, HR_TOKEN_LEFT_BRACKET))
        {
          if (parser->current.type != HR_TOKEN_NUMBER)
            return hr_parser_fail (parser);
          append_step (parser);
          if (!hr_parser_expect (parser, HR_TOKEN_RIGHT_BRACKET))
            return FALSE;
        }
      else
        return TRUE;
    }
}

static HrNode *
new_path (HrParser *parser, guint32 start)
{
  GArray *steps = parser->steps;
  HrNode *node = new_node (parser, HR_NODE_PATH, hr_parser_range_from (parser, start));

  node->path.written =
      hr_arena_memdup (parser->context->arena, steps->data, steps->len * sizeof (HrWrittenStep));
  node->path.n_written = steps->len;
  g_array_set_size (steps, 0);
  return node;
}

HrNode *
hr_parser_read_path (HrParser *parser)
{
  guint32 start = parser->current.range.start;

  if (!read_name (parser) || !read_steps (parser))
    return NULL;
  return new_path (parser, start);
}

HrNode *
hr_parser_extend_path (HrParser *parser, HrNode *node)
{
  if (node->kind != HR_NODE_PATH
      || (parser->current.type != HR_TOKEN_DOT && parser->current.type != HR_TOKEN_LEFT_BRACKET))
    return node;
  g_array_append_vals (parser->steps, node->path.written, node->path.n_written);
  if (!read_steps (parser))
    return NULL;
  return new_path (parser, node->range.start);
}

static HrNode *
read_value (HrParser *parser)
{
  HrRange range = parser->current.range;
  HrNode *node = new_node (parser, HR_NODE_VALUE, range);

  node->value.name = parser->context->text + range.start;
  node->value.name_length = range.end - range.start;
  hr_parser_advance (parser);
  return node;
}

gboolean
hr_parser_push_operands (HrParser *parser)
{
  do
    {
      HrNode *operand = hr_parser_read_operand (parser);

      if (operand == NULL)
        return FALSE;
      hr_parser_push (parser, operand);
    }
  while (hr_parser_accept (parser, HR_TOKEN_COMMA));
  return hr_parser_expect (parser, HR_TOKEN_RIGHT_PAREN);
}

static HrNode *
read_call (HrParser *parser)
{
  guint first = parser->operands->len;
  HrRange name = parser->current.range;
  const HrOperator *function =
      hr_operator_find_function (parser->context->text + name.start, name.end - name.start);

  if (!hr_parser_enter (parser))
    return NULL;
  hr_parser_advance (parser);
  hr_parser_advance (parser);
  if (!hr_parser_push_operands (parser))
    return NULL;
  hr_parser_leave (parser);
  return hr_parser_pop_operation (parser, function, name, first);
}

static HrNode *
read_operand_group (HrParser *parser)
{
  guint32 start = parser->current.range.start;
  HrNode *node;

  if (!hr_parser_enter (parser))
    return NULL;
  hr_parser_advance (parser);
  node = hr_parser_read_operand (parser);
  if (node == NULL || !hr_parser_expect (parser, HR_TOKEN_RIGHT_PAREN))
    return NULL;
  hr_parser_leave (parser);
  hr_parser_close (parser, node, start);
  /* Only conditions take `(a.b).c` for a path. */
  return parser->context->kind == HR_EXPRESSION_UPDATE ? node : hr_parser_extend_path (parser, node);
}

HrNode *
hr_parser_read_operand (HrParser *parser)
{
  if (parser->current.type == HR_TOKEN_LEFT_PAREN)
    return read_operand_group (parser);
  if (parser->current.type == HR_TOKEN_VALUE_REF)
    return read_value (parser);
  if (hr_parser_at_name (parser) && parser->next.type == HR_TOKEN_LEFT_PAREN)
    return read_call (parser);
  return hr_parser_read_path (parser);
}

static gboolean
check_size (HrContext *context)
{
  HrRange all = { 0, (guint32) MIN (context->length, G_MAXUINT32 - 1) };

  if (context->length == 0)
    return hr_context_fail (context, all, "The expression can not be empty;");
  if (context->length <= HR_LIMIT_EXPRESSION_BYTES)
    return TRUE;
  if (context->kind == HR_EXPRESSION_UPDATE)
    return hr_context_fail (context, all, "Expression size has exceeded the maximum allowed size;");
  return hr_context_fail (
      context, all,
      "Expression size has exceeded the maximum allowed size; expression size: %" G_GSIZE_FORMAT,
      context->length);
}

gboolean
hr_parse (HrContext *context, HrTree *tree)
{
  typedef gboolean (*GrammarFunc) (HrParser *parser);
  static const GrammarFunc grammars[] = {
    [HR_EXPRESSION_CONDITION] = hr_parser_read_condition,
    [HR_EXPRESSION_FILTER] = hr_parser_read_condition,
    [HR_EXPRESSION_KEY_CONDITION] = hr_parser_read_condition,
    [HR_EXPRESSION_PROJECTION] = hr_parser_read_projection,
    [HR_EXPRESSION_UPDATE] = hr_parser_read_update,
  };
  HrParser parser;
  gboolean parsed;

  *tree = (HrTree) { .redundant_parentheses = HR_RANGE_NONE, .repeated_section = HR_RANGE_NONE };
  if (!check_size (context))
    return FALSE;
  init (&parser, context, tree);
  parsed = grammars[context->kind](&parser) && hr_parser_expect (&parser, HR_TOKEN_END);
  clear (&parser);
  return parsed;
}
