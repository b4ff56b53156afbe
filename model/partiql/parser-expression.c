/*
 * Expressions: operators by their binding strength.
 *
 * The grammar is wider than what the service can do: it knows LIKE and arithmetic anywhere, to name what is not
 * supported instead of calling it a mistake. Chains of AND and of OR become one node, all other operators two by two;
 * so a tree can be as deep as its text is long, and is measured before anybody walks it.
 */
#include "model/partiql/parser-private.h"

/* The loosest first; a right operand binds tighter than its operator. */
typedef enum
{
  STRENGTH_NONE,
  STRENGTH_OR,
  STRENGTH_AND,
  STRENGTH_NOT,
  STRENGTH_EQUALITY,
  STRENGTH_COMPARISON,
  STRENGTH_SUM,
  STRENGTH_PRODUCT,
  STRENGTH_SIGN,
} Strength;

typedef struct
{
  HrPartiqlTokenType type;
  HrPartiqlWord word;
  Strength strength;
  HrOperatorId op;
  const char *unsupported; /* how messages call what the service cannot do */
} Infix;

static const Infix infixes[] = {
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_OR, STRENGTH_OR, HR_OPERATOR_OR, NULL },
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_AND, STRENGTH_AND, HR_OPERATOR_AND, NULL },
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_IS, STRENGTH_EQUALITY, HR_N_OPERATORS, NULL },
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_IN, STRENGTH_EQUALITY, HR_OPERATOR_IN, NULL },
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_BETWEEN, STRENGTH_COMPARISON, HR_OPERATOR_BETWEEN, NULL },
  { HR_PARTIQL_TOKEN_WORD, HR_PARTIQL_LIKE, STRENGTH_COMPARISON, HR_N_OPERATORS, "Like" },
  { HR_PARTIQL_TOKEN_EQ, HR_PARTIQL_NO_WORD, STRENGTH_EQUALITY, HR_OPERATOR_EQ, NULL },
  { HR_PARTIQL_TOKEN_NE, HR_PARTIQL_NO_WORD, STRENGTH_EQUALITY, HR_OPERATOR_NE, NULL },
  { HR_PARTIQL_TOKEN_LT, HR_PARTIQL_NO_WORD, STRENGTH_COMPARISON, HR_OPERATOR_LT, NULL },
  { HR_PARTIQL_TOKEN_LE, HR_PARTIQL_NO_WORD, STRENGTH_COMPARISON, HR_OPERATOR_LE, NULL },
  { HR_PARTIQL_TOKEN_GT, HR_PARTIQL_NO_WORD, STRENGTH_COMPARISON, HR_OPERATOR_GT, NULL },
  { HR_PARTIQL_TOKEN_GE, HR_PARTIQL_NO_WORD, STRENGTH_COMPARISON, HR_OPERATOR_GE, NULL },
  { HR_PARTIQL_TOKEN_PLUS, HR_PARTIQL_NO_WORD, STRENGTH_SUM, HR_OPERATOR_PLUS, NULL },
  { HR_PARTIQL_TOKEN_MINUS, HR_PARTIQL_NO_WORD, STRENGTH_SUM, HR_OPERATOR_MINUS, NULL },
  { HR_PARTIQL_TOKEN_CONCAT, HR_PARTIQL_NO_WORD, STRENGTH_SUM, HR_N_OPERATORS, "Concat" },
  { HR_PARTIQL_TOKEN_STAR, HR_PARTIQL_NO_WORD, STRENGTH_PRODUCT, HR_N_OPERATORS, "Times" },
  { HR_PARTIQL_TOKEN_SLASH, HR_PARTIQL_NO_WORD, STRENGTH_PRODUCT, HR_N_OPERATORS, "Divide" },
  { HR_PARTIQL_TOKEN_PERCENT, HR_PARTIQL_NO_WORD, STRENGTH_PRODUCT, HR_N_OPERATORS, "Modulo" },
};

static HrPartiqlExpr *read_bound (HrPartiqlParser *self, Strength at_least);

static HrPartiqlExpr *
new_operation (HrPartiqlParser *self, HrOperatorId op, HrRange place, GPtrArray *operands)
{
  const HrPartiqlExpr *first = operands->pdata[0];
  HrPartiqlExpr *expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_OPERATION, place);

  expr->op = op;
  expr->range = hr_partiql_parser_range_from (self, MIN (first->range.start, place.start));
  hr_partiql_expr_set_operands (expr, operands, self->arena);
  return expr;
}

static HrPartiqlExpr *
new_unsupported (HrPartiqlParser *self, const char *what, HrRange place)
{
  HrPartiqlExpr *expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_UNSUPPORTED, place);

  expr->text = what;
  expr->length = (guint32) strlen (what);
  return expr;
}

static HrPartiqlExpr *
read_signed (HrPartiqlParser *self)
{
  gboolean is_minus = self->current->type == HR_PARTIQL_TOKEN_MINUS;
  HrRange place = self->current->range;
  HrPartiqlExpr *expr;

  hr_partiql_parser_advance (self);
  expr = read_bound (self, STRENGTH_SIGN);
  if (expr == NULL)
    return NULL;
  if (expr->kind != HR_PARTIQL_EXPR_NUMBER)
    return new_unsupported (self, is_minus ? "Neg" : "Pos", place);
  expr->is_negative ^= is_minus;
  expr->range.start = place.start;
  return expr;
}

static HrPartiqlExpr *
read_not (HrPartiqlParser *self)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *operand;

  hr_partiql_parser_advance (self);
  operand = read_bound (self, STRENGTH_NOT);
  if (operand == NULL)
    return NULL;
  g_ptr_array_add (operands, operand);
  return new_operation (self, HR_OPERATOR_NOT, place, operands);
}

static HrPartiqlExpr *
negate (HrPartiqlParser *self, HrPartiqlExpr *expr, HrRange place)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();

  if (expr == NULL)
    return NULL;
  g_ptr_array_add (operands, expr);
  return new_operation (self, HR_OPERATOR_NOT, place, operands);
}

/* The right operand. Nothing there has a message of its own. */
static HrPartiqlExpr *
read_right (HrPartiqlParser *self, Strength strength)
{
  if (!hr_partiql_parser_at_end (self))
    return read_bound (self, strength + 1);
  hr_partiql_parser_fail (self, "Missing right-hand side expression of infix operator");
  return NULL;
}

static HrPartiqlExpr *
read_chain (HrPartiqlParser *self, const Infix *infix, HrPartiqlExpr *left)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;

  g_ptr_array_add (operands, left);
  while (hr_partiql_parser_accept_word (self, infix->word))
    {
      HrPartiqlExpr *right = read_right (self, infix->strength);

      if (right == NULL)
        return NULL;
      g_ptr_array_add (operands, right);
    }
  return new_operation (self, infix->op, place, operands);
}

static HrPartiqlExpr *
read_binary (HrPartiqlParser *self, const Infix *infix, HrPartiqlExpr *left)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *right;

  hr_partiql_parser_advance (self);
  right = read_right (self, infix->strength);
  if (right == NULL)
    return NULL;
  if (infix->unsupported != NULL)
    return new_unsupported (self, infix->unsupported, place);
  g_ptr_array_add (operands, left);
  g_ptr_array_add (operands, right);
  return new_operation (self, infix->op, place, operands);
}

static HrPartiqlExpr *
read_between (HrPartiqlParser *self, HrPartiqlExpr *left)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *lower;
  HrPartiqlExpr *upper;

  hr_partiql_parser_advance (self);
  lower = read_right (self, STRENGTH_COMPARISON);
  if (lower == NULL)
    return NULL;
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_AND))
    {
      hr_partiql_parser_fail (self, "Expected keyword AND");
      return NULL;
    }
  upper = read_right (self, STRENGTH_COMPARISON);
  if (upper == NULL)
    return NULL;
  g_ptr_array_add (operands, left);
  g_ptr_array_add (operands, lower);
  g_ptr_array_add (operands, upper);
  return new_operation (self, HR_OPERATOR_BETWEEN, place, operands);
}

static HrPartiqlExpr *
read_in (HrPartiqlParser *self, HrPartiqlExpr *left)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *list;

  hr_partiql_parser_advance (self);
  if (self->current->type != HR_PARTIQL_TOKEN_LEFT_PAREN)
    list = read_right (self, STRENGTH_EQUALITY);
  else if (self->current[1].type != HR_PARTIQL_TOKEN_RIGHT_PAREN)
    list = hr_partiql_parser_read_collection (self, HR_PARTIQL_EXPR_LIST, HR_PARTIQL_TOKEN_RIGHT_PAREN);
  else
    {
      hr_partiql_parser_advance (self);
      return hr_partiql_parser_fail_term (self);
    }
  if (list == NULL)
    return NULL;
  g_ptr_array_add (operands, left);
  g_ptr_array_add (operands, list);
  return new_operation (self, HR_OPERATOR_IN, place, operands);
}

/* The name of a type, which may have arguments: DECIMAL(5, 2). */
static gboolean
read_type (HrPartiqlParser *self, HrPartiqlWord *type)
{
  *type = self->current->word;
  if (*type == HR_PARTIQL_DOUBLE || *type == HR_PARTIQL_CHARACTER)
    {
      HrPartiqlWord second = *type == HR_PARTIQL_DOUBLE ? HR_PARTIQL_PRECISION : HR_PARTIQL_VARYING;

      if (self->current[1].word == second)
        hr_partiql_parser_advance (self);
      else if (*type == HR_PARTIQL_DOUBLE)
        return hr_partiql_parser_fail (self, "Expected type name");
      *type = *type == HR_PARTIQL_DOUBLE ? HR_PARTIQL_TYPE_NUMBER : HR_PARTIQL_TYPE_STRING;
    }
  if (*type != HR_PARTIQL_NULL && *type != HR_PARTIQL_MISSING
      && (*type < HR_PARTIQL_TYPE_BAG || *type > HR_PARTIQL_TYPE_STRING))
    return hr_partiql_parser_fail (self, "Expected type name");
  hr_partiql_parser_advance (self);
  return self->current->type != HR_PARTIQL_TOKEN_LEFT_PAREN
         || hr_partiql_parser_read_collection (self, HR_PARTIQL_EXPR_LIST, HR_PARTIQL_TOKEN_RIGHT_PAREN) != NULL;
}

static HrPartiqlExpr *
read_is (HrPartiqlParser *self, HrPartiqlExpr *left)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *expr;
  gboolean is_negated;
  HrPartiqlWord type;

  hr_partiql_parser_advance (self);
  is_negated = hr_partiql_parser_accept_word (self, HR_PARTIQL_NOT);
  if (!read_type (self, &type))
    return NULL;
  g_ptr_array_add (operands, left);
  expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_IS, place);
  expr->range = hr_partiql_parser_range_from (self, left->range.start);
  expr->is_negated = is_negated;
  expr->word = type;
  hr_partiql_expr_set_operands (expr, operands, self->arena);
  return expr;
}

static const Infix *
find_infix (const HrPartiqlToken *token)
{
  for (guint i = 0; i < G_N_ELEMENTS (infixes); i++)
    if (token->type == infixes[i].type && token->word == infixes[i].word)
      return &infixes[i];
  return NULL;
}

static HrPartiqlExpr *
read_infix (HrPartiqlParser *self, const Infix *infix, HrPartiqlExpr *left)
{
  if (infix->word == HR_PARTIQL_AND || infix->word == HR_PARTIQL_OR)
    return read_chain (self, infix, left);
  if (infix->word == HR_PARTIQL_IS)
    return read_is (self, left);
  if (infix->word == HR_PARTIQL_IN)
    return read_in (self, left);
  if (infix->word == HR_PARTIQL_BETWEEN)
    return read_between (self, left);
  return read_binary (self, infix, left);
}

/* `a NOT IN …` is written with two words, and means NOT (a IN …). */
static const Infix *
peek_infix (const HrPartiqlParser *self, gboolean *is_negated)
{
  const Infix *infix;

  *is_negated = hr_partiql_parser_at_word (self, HR_PARTIQL_NOT);
  if (!*is_negated)
    return find_infix (self->current);
  infix = find_infix (self->current + 1);
  return infix != NULL
                 && (infix->word == HR_PARTIQL_IN || infix->word == HR_PARTIQL_BETWEEN
                     || infix->word == HR_PARTIQL_LIKE)
             ? infix
             : NULL;
}

static HrPartiqlExpr *
read_operators (HrPartiqlParser *self, HrPartiqlExpr *left, Strength at_least)
{
  gboolean is_negated;
  const Infix *infix;

  while (left != NULL && (infix = peek_infix (self, &is_negated)) != NULL && infix->strength >= at_least)
    {
      HrRange place = self->current->range;

      if (is_negated)
        hr_partiql_parser_advance (self);
      left = read_infix (self, infix, left);
      if (is_negated)
        left = negate (self, left, place);
    }
  return left;
}

static HrPartiqlExpr *
read_prefix (HrPartiqlParser *self)
{
  if (self->current->type == HR_PARTIQL_TOKEN_MINUS || self->current->type == HR_PARTIQL_TOKEN_PLUS)
    return read_signed (self);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_NOT))
    return read_not (self);
  return hr_partiql_parser_read_term (self);
}

static HrPartiqlExpr *
fail_depth (HrPartiqlParser *self)
{
  hr_partiql_parser_refuse (self, self->current->range, "Nesting Levels have exceeded supported limits");
  return NULL;
}

static HrPartiqlExpr *
read_bound (HrPartiqlParser *self, Strength at_least)
{
  HrPartiqlExpr *expr;

  if (self->depth >= HR_PARTIQL_DEPTH)
    return fail_depth (self);
  self->depth++;
  expr = read_operators (self, read_prefix (self), at_least);
  self->depth--;
  return expr == NULL || expr->levels <= HR_PARTIQL_DEPTH ? expr : fail_depth (self);
}

HrPartiqlExpr *
hr_partiql_parser_read_expression (HrPartiqlParser *self)
{
  return read_bound (self, STRENGTH_NONE);
}
