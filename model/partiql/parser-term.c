/*
 * Terms of expressions: literals, parameters, calls, paths and what stands in parentheses.
 *
 * Elements of lists pile up in an array and move into the arena when their number is known.
 */
#include "model/partiql/parser-private.h"

HrPartiqlExpr *
hr_partiql_parser_new_expr (HrPartiqlParser *self, HrPartiqlExprKind kind, HrRange place)
{
  HrPartiqlExpr *expr = hr_arena_new0 (self->arena, HrPartiqlExpr);

  expr->kind = kind;
  expr->place = place;
  expr->range = hr_partiql_parser_range_from (self, place.start);
  return expr;
}

void
hr_partiql_expr_set_operands (HrPartiqlExpr *expr, const GPtrArray *operands, HrArena *arena)
{
  expr->operands = hr_arena_memdup (arena, operands->pdata, operands->len * sizeof (gpointer));
  expr->n_operands = operands->len;
  for (guint i = 0; i < operands->len; i++)
    expr->levels = MAX (expr->levels, expr->operands[i]->levels + 1);
}

/* Elements up to @close, of which there may be none. */
static gboolean
read_elements (HrPartiqlParser *self, HrPartiqlTokenType close, GPtrArray *elements)
{
  if (hr_partiql_parser_accept (self, close))
    return TRUE;
  for (;;)
    {
      HrPartiqlExpr *element = hr_partiql_parser_read_expression (self);

      if (element == NULL)
        return FALSE;
      g_ptr_array_add (elements, element);
      if (hr_partiql_parser_accept (self, close))
        return TRUE;
      if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COMMA))
        return hr_partiql_parser_fail (self, "Expected argument delimiter");
    }
}

HrPartiqlExpr *
hr_partiql_parser_read_collection (HrPartiqlParser *self, HrPartiqlExprKind kind, HrPartiqlTokenType close)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *expr;

  hr_partiql_parser_advance (self);
  if (!read_elements (self, close, elements))
    return NULL;
  expr = hr_partiql_parser_new_expr (self, kind, place);
  hr_partiql_expr_set_operands (expr, elements, self->arena);
  return expr;
}

HrPartiqlExpr *
hr_partiql_parser_fail_term (HrPartiqlParser *self)
{
  static const HrPartiqlWord operators[] = { HR_PARTIQL_AND, HR_PARTIQL_OR,   HR_PARTIQL_IS, HR_PARTIQL_IN,
                                             HR_PARTIQL_BETWEEN, HR_PARTIQL_LIKE };
  HrPartiqlTokenType type = self->current->type;
  gboolean is_operator = type >= HR_PARTIQL_TOKEN_EQ && type <= HR_PARTIQL_TOKEN_CONCAT
                         && type != HR_PARTIQL_TOKEN_STAR;

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    is_operator |= hr_partiql_parser_at_word (self, operators[i]);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_FROM) && self->previous != NULL)
    hr_partiql_parser_fail (self, "Expected data manipulation");
  else
    hr_partiql_parser_fail (self, is_operator                          ? "Unexpected operator"
                                  : type == HR_PARTIQL_TOKEN_WORD ? "Unexpected keyword"
                                                                  : "Unexpected term");
  return NULL;
}

static gboolean
read_member (HrPartiqlParser *self, GArray *names, GPtrArray *values)
{
  HrPartiqlExpr *value;
  HrPathStep name;

  if (self->current->type != HR_PARTIQL_TOKEN_STRING)
    return hr_partiql_parser_fail_term (self) != NULL;
  name = hr_partiql_parser_take_name (self);
  if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COLON))
    return hr_partiql_parser_fail (self, "Expected argument delimiter");
  value = hr_partiql_parser_read_expression (self);
  if (value == NULL)
    return FALSE;
  g_array_append_val (names, name);
  g_ptr_array_add (values, value);
  return TRUE;
}

static gboolean
read_members (HrPartiqlParser *self, GArray *names, GPtrArray *values)
{
  if (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_RIGHT_BRACE))
    return TRUE;
  for (;;)
    {
      if (!read_member (self, names, values))
        return FALSE;
      if (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_RIGHT_BRACE))
        return TRUE;
      if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COMMA))
        return hr_partiql_parser_fail (self, "Expected argument delimiter");
    }
}

static HrPartiqlExpr *
read_struct (HrPartiqlParser *self)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (HrPathStep));
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  HrRange place = self->current->range;
  HrPartiqlExpr *expr;

  hr_partiql_parser_advance (self);
  if (!read_members (self, names, values))
    return NULL;
  expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_STRUCT, place);
  hr_partiql_expr_set_operands (expr, values, self->arena);
  expr->names = hr_arena_memdup (self->arena, names->data, names->len * sizeof (HrPathStep));
  return expr;
}

/* The name is in the token before the parenthesis; COUNT(*) has the star for its argument. */
static HrPartiqlExpr *
read_call (HrPartiqlParser *self)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  HrRange place = self->current->range;
  guint32 length = place.end - place.start;
  char *name = hr_arena_strndup (self->arena, self->text + place.start, length);
  HrPartiqlExpr *expr;

  for (guint32 i = 0; i < length; i++)
    name[i] = g_ascii_tolower (name[i]);
  hr_partiql_parser_advance (self);
  hr_partiql_parser_advance (self);
  if (self->current->type == HR_PARTIQL_TOKEN_STAR && self->current[1].type == HR_PARTIQL_TOKEN_RIGHT_PAREN)
    hr_partiql_parser_advance (self);
  if (!read_elements (self, HR_PARTIQL_TOKEN_RIGHT_PAREN, arguments))
    return NULL;
  expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_CALL, place);
  expr->text = name;
  expr->length = length;
  hr_partiql_expr_set_operands (expr, arguments, self->arena);
  return expr;
}

static HrPartiqlExpr *
read_parentheses (HrPartiqlParser *self)
{
  guint32 start = self->current->range.start;
  HrPartiqlExpr *expr;

  hr_partiql_parser_advance (self);
  expr = hr_partiql_parser_read_expression (self);
  if (expr == NULL)
    return NULL;
  if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_RIGHT_PAREN))
    {
      hr_partiql_parser_fail (self, "Expected argument delimiter");
      return NULL;
    }
  expr->range = hr_partiql_parser_range_from (self, start);
  return expr;
}

static HrPartiqlExpr *
take_scalar (HrPartiqlParser *self, HrPartiqlExprKind kind)
{
  HrRange place = self->current->range;
  HrPartiqlExpr *expr;

  hr_partiql_parser_advance (self);
  expr = hr_partiql_parser_new_expr (self, kind, place);
  expr->text = self->text + place.start;
  expr->length = place.end - place.start;
  expr->boolean = self->previous->word == HR_PARTIQL_TRUE;
  return expr;
}

static HrPartiqlExpr *
read_string (HrPartiqlParser *self)
{
  HrRange place = self->current->range;
  HrPathStep text = hr_partiql_parser_take_name (self);
  HrPartiqlExpr *expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_STRING, place);

  expr->text = text.name;
  expr->length = text.name_length;
  return expr;
}

static HrPartiqlExpr *
read_parameter (HrPartiqlParser *self)
{
  HrPartiqlExpr *expr = take_scalar (self, HR_PARTIQL_EXPR_PARAMETER);

  expr->parameter = self->tree->n_parameters++;
  return expr;
}

static gboolean
is_callable (HrPartiqlWord word)
{
  return word == HR_PARTIQL_FUNCTION || word == HR_PARTIQL_EXISTS || word == HR_PARTIQL_TYPE_LIST
         || word == HR_PARTIQL_TYPE_BAG;
}

static HrPartiqlExpr *
read_word (HrPartiqlParser *self)
{
  if (is_callable (self->current->word) && self->current[1].type == HR_PARTIQL_TOKEN_LEFT_PAREN)
    return read_call (self);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_TRUE) || hr_partiql_parser_at_word (self, HR_PARTIQL_FALSE))
    return take_scalar (self, HR_PARTIQL_EXPR_BOOLEAN);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_NULL))
    return take_scalar (self, HR_PARTIQL_EXPR_NULL);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_MISSING))
    return take_scalar (self, HR_PARTIQL_EXPR_MISSING);
  return hr_partiql_parser_fail_term (self);
}

HrPartiqlExpr *
hr_partiql_parser_read_term (HrPartiqlParser *self)
{
  if (hr_partiql_parser_at_name (self))
    return self->current->type == HR_PARTIQL_TOKEN_NAME && self->current[1].type == HR_PARTIQL_TOKEN_LEFT_PAREN
               ? read_call (self)
               : hr_partiql_parser_read_path (self);
  if (self->current->type == HR_PARTIQL_TOKEN_WORD)
    return read_word (self);
  if (self->current->type == HR_PARTIQL_TOKEN_STRING)
    return read_string (self);
  if (self->current->type == HR_PARTIQL_TOKEN_NUMBER)
    return take_scalar (self, HR_PARTIQL_EXPR_NUMBER);
  if (self->current->type == HR_PARTIQL_TOKEN_PARAMETER)
    return read_parameter (self);
  if (self->current->type == HR_PARTIQL_TOKEN_LEFT_BRACKET)
    return hr_partiql_parser_read_collection (self, HR_PARTIQL_EXPR_LIST, HR_PARTIQL_TOKEN_RIGHT_BRACKET);
  if (self->current->type == HR_PARTIQL_TOKEN_LEFT_BAG)
    return hr_partiql_parser_read_collection (self, HR_PARTIQL_EXPR_BAG, HR_PARTIQL_TOKEN_RIGHT_BAG);
  if (self->current->type == HR_PARTIQL_TOKEN_LEFT_BRACE)
    return read_struct (self);
  if (self->current->type == HR_PARTIQL_TOKEN_LEFT_PAREN)
    return read_parentheses (self);
  return hr_partiql_parser_fail_term (self);
}

/* Paths */

static gboolean
refuse_index (HrPartiqlParser *self, HrRange place, gboolean is_negative)
{
  const char *message = hr_arena_printf (
      self->arena, "List index is not within the allowable range; index: [%s%.*s]", is_negative ? "-" : "",
      (int) MIN (place.end - place.start, 400), self->text + place.start);

  return hr_partiql_parser_refuse_at (self, place, message);
}

static gboolean
read_index (HrPartiqlParser *self, gboolean is_negative, HrPathStep *step)
{
  HrRange place = self->current->range;
  guint64 index = 0;

  for (guint32 i = place.start; i < place.end; i++)
    {
      if (!g_ascii_isdigit (self->text[i]))
        return hr_partiql_parser_refuse_at (self, place, "Unexpected path component");
      index = MIN (index * 10 + (guint64) g_ascii_digit_value (self->text[i]), G_MAXUINT32);
    }
  if (index > G_MAXINT32 || (is_negative && index > 0))
    return refuse_index (self, place, is_negative);
  hr_partiql_parser_advance (self);
  *step = (HrPathStep) { NULL, 0, (guint32) index };
  return TRUE;
}

/* Behind the opening bracket: an index, or a name as a string. */
static gboolean
read_bracket (HrPartiqlParser *self, HrPathStep *step)
{
  gboolean is_negative = FALSE;

  while (self->current->type == HR_PARTIQL_TOKEN_MINUS || self->current->type == HR_PARTIQL_TOKEN_PLUS)
    {
      is_negative ^= self->current->type == HR_PARTIQL_TOKEN_MINUS;
      hr_partiql_parser_advance (self);
    }
  if (self->current->type == HR_PARTIQL_TOKEN_STRING)
    *step = hr_partiql_parser_take_name (self);
  else if (self->current->type != HR_PARTIQL_TOKEN_NUMBER)
    return hr_partiql_parser_at_end (self)
               ? hr_partiql_parser_fail_term (self) != NULL
               : hr_partiql_parser_refuse_at (self, self->current->range, "Unexpected path component");
  else if (!read_index (self, is_negative, step))
    return FALSE;
  return hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_RIGHT_BRACKET)
         || hr_partiql_parser_fail (self, "Expected argument delimiter");
}

static gboolean
read_dotted (HrPartiqlParser *self, HrPathStep *step)
{
  if (self->current->type == HR_PARTIQL_TOKEN_STAR)
    return hr_partiql_parser_refuse_at (self, self->current->range, "Unexpected path component");
  if (!hr_partiql_parser_at_name (self))
    return hr_partiql_parser_fail (self, "Invalid path dot component");
  *step = hr_partiql_parser_take_name (self);
  return TRUE;
}

HrPartiqlExpr *
hr_partiql_parser_read_path (HrPartiqlParser *self)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (HrPathStep));
  HrRange place = self->current->range;
  HrPathStep step = hr_partiql_parser_take_name (self);
  HrPartiqlExpr *expr;

  g_array_append_val (steps, step);
  while (self->current->type == HR_PARTIQL_TOKEN_DOT || self->current->type == HR_PARTIQL_TOKEN_LEFT_BRACKET)
    {
      gboolean is_dot = self->current->type == HR_PARTIQL_TOKEN_DOT;

      hr_partiql_parser_advance (self);
      if (is_dot ? !read_dotted (self, &step) : !read_bracket (self, &step))
        return NULL;
      g_array_append_val (steps, step);
    }
  expr = hr_partiql_parser_new_expr (self, HR_PARTIQL_EXPR_PATH, place);
  expr->path.steps = hr_arena_memdup (self->arena, steps->data, steps->len * sizeof (HrPathStep));
  expr->path.n_steps = steps->len;
  return expr;
}
