/*
 * Recursive descent over conditions: OR binds looser than AND, AND than NOT, NOT than comparisons.
 * A parenthesis may open a condition or an operand; what stands in it decides, so a group is read
 * once and then continued as what it turned out to be. parser-update.c has the other grammars.
 */
#include "model/expression/parser-private.h"

#include "model/base/service-limits.h"

static HrNode *read_or (HrParser *parser, gboolean allow_operand);

void
hr_parser_init (HrParser *parser, HrContext *context, HrTree *tree)
{
  *parser = (HrParser) { .context = context, .tree = tree };
  parser->previous.type = HR_TOKEN_END;
  hr_lexer_init (&parser->lexer, context->text, context->length);
  parser->current = hr_lexer_next (&parser->lexer);
  parser->next = hr_lexer_next (&parser->lexer);
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

/* Counts @operator towards the limit. */
static gboolean
count_operator (HrParser *parser, const HrOperator *op, HrRange range)
{
  if (op == NULL || !op->is_counted || ++parser->n_operators <= HR_LIMIT_EXPRESSION_OPERATORS)
    return TRUE;
  return hr_context_fail (parser->context, range,
                          "The expression contains too many operators; operator count: %u",
                          parser->n_operators);
}

HrNode *
hr_parser_new_operation (HrParser *parser, const HrOperator *op, HrRange name, GPtrArray *operands)
{
  guint32 start = name.start;
  HrNode *node;

  if (operands->len > 0)
    start = MIN (start, ((HrNode *) operands->pdata[0])->range.start);
  node = new_node (parser, HR_NODE_OPERATION, hr_parser_range_from (parser, start));
  node->operation.op = op;
  node->operation.name = parser->context->text + name.start;
  node->operation.name_range = name;
  node->operation.operands =
      hr_arena_memdup (parser->context->arena, operands->pdata, operands->len * sizeof (HrNode *));
  node->operation.n_operands = operands->len;
  return node;
}

HrNode *
hr_parser_new_binary (HrParser *parser, const HrOperator *op, HrRange name, HrNode *a, HrNode *b)
{
  gpointer pair[] = { a, b };
  GPtrArray operands = { pair, 2 };

  if (!count_operator (parser, op, name))
    return NULL;
  return hr_parser_new_operation (parser, op, name, &operands);
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
append_step (HrParser *parser, GArray *steps)
{
  HrRange range = parser->current.range;
  HrWrittenStep step = { parser->context->text + range.start, range.end - range.start, parser->current.type,
                         range };

  g_array_append_val (steps, step);
  hr_parser_advance (parser);
}

static gboolean
read_name (HrParser *parser, GArray *steps)
{
  if (parser->current.type != HR_TOKEN_NAME_REF && !hr_parser_at_name (parser))
    return hr_parser_fail (parser);
  append_step (parser, steps);
  return TRUE;
}

static gboolean
read_steps (HrParser *parser, GArray *steps)
{
  for (;;)
    {
      if (hr_parser_accept (parser, HR_TOKEN_DOT))
        {
          if (!read_name (parser, steps))
            return FALSE;
        }
      else if (hr_parser_accept (parser, HR_TOKEN_LEFT_BRACKET))
        {
          if (parser->current.type != HR_TOKEN_NUMBER)
            return hr_parser_fail (parser);
          append_step (parser, steps);
          if (!hr_parser_expect (parser, HR_TOKEN_RIGHT_BRACKET))
            return FALSE;
        }
      else
        return TRUE;
    }
}

static HrNode *
new_path (HrParser *parser, GArray *steps, guint32 start)
{
  HrNode *node = new_node (parser, HR_NODE_PATH, hr_parser_range_from (parser, start));

  node->path.written =
      hr_arena_memdup (parser->context->arena, steps->data, steps->len * sizeof (HrWrittenStep));
  node->path.n_written = steps->len;
  return node;
}

HrNode *
hr_parser_read_path (HrParser *parser)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (HrWrittenStep));
  guint32 start = parser->current.range.start;

  if (!read_name (parser, steps) || !read_steps (parser, steps))
    return NULL;
  return new_path (parser, steps, start);
}

HrNode *
hr_parser_extend_path (HrParser *parser, HrNode *path)
{
  g_autoptr (GArray) steps = NULL;

  if (parser->current.type != HR_TOKEN_DOT && parser->current.type != HR_TOKEN_LEFT_BRACKET)
    return path;
  steps = g_array_new (FALSE, FALSE, sizeof (HrWrittenStep));
  g_array_append_vals (steps, path->path.written, path->path.n_written);
  if (!read_steps (parser, steps))
    return NULL;
  return new_path (parser, steps, path->range.start);
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

/* Operands up to the closing parenthesis, at least one. */
static gboolean
read_operands (HrParser *parser, GPtrArray *operands)
{
  do
    {
      HrNode *operand = hr_parser_read_operand (parser);

      if (operand == NULL)
        return FALSE;
      g_ptr_array_add (operands, operand);
    }
  while (hr_parser_accept (parser, HR_TOKEN_COMMA));
  return hr_parser_expect (parser, HR_TOKEN_RIGHT_PAREN);
}

static HrNode *
read_call (HrParser *parser)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange name = parser->current.range;
  const HrOperator *function =
      hr_operator_find_function (parser->context->text + name.start, name.end - name.start);

  if (!hr_parser_enter (parser))
    return NULL;
  hr_parser_advance (parser);
  hr_parser_advance (parser);
  if (!read_operands (parser, operands))
    return NULL;
  hr_parser_leave (parser);
  return hr_parser_new_operation (parser, function, name, operands);
}

/* Only conditions take `(a.b).c` for a path. */
static HrNode *
continue_group (HrParser *parser, HrNode *node)
{
  if (node->kind == HR_NODE_PATH && parser->context->kind != HR_EXPRESSION_UPDATE)
    return hr_parser_extend_path (parser, node);
  return node;
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
  return continue_group (parser, node);
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
  return continue_group (parser, node);
}

static HrNode *
read_between (HrParser *parser, HrNode *operand)
{
  const HrOperator *between = hr_operator_get (HR_OPERATOR_BETWEEN);
  HrRange name = parser->current.range;
  gpointer three[3] = { operand, NULL, NULL };
  GPtrArray operands = { three, 3 };

  hr_parser_advance (parser);
  three[1] = hr_parser_read_operand (parser);
  if (three[1] == NULL)
    return NULL;
  if (!hr_parser_at_keyword (parser, HR_KEYWORD_AND))
    {
      hr_parser_fail (parser);
      return NULL;
    }
  hr_parser_advance (parser);
  three[2] = hr_parser_read_operand (parser);
  if (three[2] == NULL || !count_operator (parser, between, name))
    return NULL;
  return hr_parser_new_operation (parser, between, name, &operands);
}

static HrNode *
read_in (HrParser *parser, HrNode *operand)
{
  const HrOperator *in = hr_operator_get (HR_OPERATOR_IN);
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange name = parser->current.range;

  hr_parser_advance (parser);
  g_ptr_array_add (operands, operand);
  if (!hr_parser_expect (parser, HR_TOKEN_LEFT_PAREN) || !read_operands (parser, operands)
      || !count_operator (parser, in, name))
    return NULL;
  return hr_parser_new_operation (parser, in, name, operands);
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
  gpointer one;
  GPtrArray operands = { &one, 1 };

  if (!hr_parser_at_keyword (parser, HR_KEYWORD_NOT))
    return read_term (parser, allow_operand);
  /* The count bounds the recursion, too. */
  if (!count_operator (parser, not, name))
    return NULL;
  hr_parser_advance (parser);
  one = read_not (parser, FALSE);
  return one == NULL ? NULL : hr_parser_new_operation (parser, not, name, &operands);
}

typedef HrNode *(*ReadFunc) (HrParser *parser, gboolean allow_operand);

/* `a AND b AND c` becomes one node with all of them. */
static HrNode *
read_chain (HrParser *parser, HrOperatorId id, HrKeyword keyword, ReadFunc read, gboolean allow_operand)
{
  const HrOperator *op = hr_operator_get (id);
  g_autoptr (GPtrArray) operands = NULL;
  HrNode *node = read (parser, allow_operand);
  HrRange name = parser->current.range;

  if (node == NULL || !hr_parser_at_keyword (parser, keyword))
    return node;
  operands = g_ptr_array_new ();
  g_ptr_array_add (operands, node);
  while (hr_parser_at_keyword (parser, keyword))
    {
      if (!count_operator (parser, op, parser->current.range))
        return NULL;
      hr_parser_advance (parser);
      node = read (parser, FALSE);
      if (node == NULL)
        return NULL;
      g_ptr_array_add (operands, node);
    }
  return hr_parser_new_operation (parser, op, name, operands);
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

static gboolean
read_condition (HrParser *parser)
{
  parser->tree->condition = read_or (parser, FALSE);
  return parser->tree->condition != NULL;
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
  typedef gboolean (*GrammarFunc) (HrParser * parser);
  static const GrammarFunc grammars[] = {
    [HR_EXPRESSION_CONDITION] = read_condition,
    [HR_EXPRESSION_FILTER] = read_condition,
    [HR_EXPRESSION_KEY_CONDITION] = read_condition,
    [HR_EXPRESSION_UPDATE] = hr_parser_read_update,
    [HR_EXPRESSION_PROJECTION] = hr_parser_read_projection,
  };
  HrParser parser;

  *tree = (HrTree) { .redundant_parentheses = HR_RANGE_NONE, .repeated_section = HR_RANGE_NONE };
  if (!check_size (context))
    return FALSE;
  hr_parser_init (&parser, context, tree);
  return grammars[context->kind](&parser) && hr_parser_expect (&parser, HR_TOKEN_END);
}
