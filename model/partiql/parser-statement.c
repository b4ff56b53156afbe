/*
 * Statements, by their first word. Clauses stand in the order of the grammar; what comes behind the last one is left
 * over, and reported as that. Clauses that PartiQL has but the service does not are named.
 */
#include "model/partiql/parser-private.h"

/* Tables */

static const char *
get_table_name (HrPartiqlParser *self, const HrPathStep *step)
{
  char *name = hr_arena_strndup (self->arena, step->name, step->name_length);

  /* No name of a table has a NUL in it, and none may end there. */
  for (guint32 i = 0; i < step->name_length; i++)
    if (name[i] == 0)
      name[i] = '\1';
  return name;
}

static gboolean
set_target (HrPartiqlParser *self, const HrPartiqlExpr *path)
{
  for (guint i = 0; i < path->path.n_steps; i++)
    {
      if (path->path.steps[i].name == NULL)
        return hr_partiql_parser_refuse_at (self, path->place, "Unexpected path component");
      if (path->path.steps[i].name_length == 0)
        return hr_partiql_parser_refuse (self, path->range, "Path component cannot be an empty string");
    }
  if (path->path.n_steps > 2)
    return hr_partiql_parser_refuse (self, path->range,
                                     "A path may contain at most 2 components in the FROM clause");
  self->tree->table = get_table_name (self, &path->path.steps[0]);
  if (path->path.n_steps == 2)
    self->tree->index = get_table_name (self, &path->path.steps[1]);
  return TRUE;
}

static void
skip_alias (HrPartiqlParser *self)
{
  if (hr_partiql_parser_accept_word (self, HR_PARTIQL_AS) || hr_partiql_parser_at_name (self))
    {
      self->has_alias = TRUE;
      if (hr_partiql_parser_at_name (self))
        hr_partiql_parser_advance (self);
    }
}

static gboolean
read_simple_target (HrPartiqlParser *self)
{
  const HrPartiqlExpr *path;

  if (!hr_partiql_parser_at_name (self))
    return hr_partiql_parser_fail (self, "Expected identifier for simple path");
  path = hr_partiql_parser_read_path (self);
  return path != NULL && set_target (self, path);
}

/* Of a SELECT, where any expression could stand. */
static gboolean
read_source (HrPartiqlParser *self)
{
  const HrPartiqlExpr *source = hr_partiql_parser_read_expression (self);

  if (source == NULL)
    return FALSE;
  if (source->kind != HR_PARTIQL_EXPR_PATH)
    return hr_partiql_parser_refuse_at (self, source->place, "Unexpected path component");
  if (!set_target (self, source))
    return FALSE;
  skip_alias (self);
  if (self->current->type == HR_PARTIQL_TOKEN_COMMA || hr_partiql_parser_at_word (self, HR_PARTIQL_JOIN)
      || hr_partiql_parser_at_word (self, HR_PARTIQL_INNER) || hr_partiql_parser_at_word (self, HR_PARTIQL_LEFT)
      || hr_partiql_parser_at_word (self, HR_PARTIQL_CROSS))
    return hr_partiql_parser_refuse (self, self->current->range,
                                     "FROM clause may only contain a single table name");
  return TRUE;
}

static gboolean
read_where (HrPartiqlParser *self)
{
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_WHERE))
    return TRUE;
  self->tree->where = hr_partiql_parser_read_expression (self);
  return self->tree->where != NULL;
}

/* SELECT */

static gboolean
read_column (HrPartiqlParser *self, GPtrArray *columns)
{
  HrPartiqlExpr *column = hr_partiql_parser_read_expression (self);

  if (column == NULL)
    return FALSE;
  g_ptr_array_add (columns, column);
  skip_alias (self);
  return TRUE;
}

static gboolean
read_columns (HrPartiqlParser *self)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  if (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_STAR))
    {
      if (self->current->type == HR_PARTIQL_TOKEN_COMMA)
        return hr_partiql_parser_fail (self, "Asterisk is not alone in the select list");
      return TRUE;
    }
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_FROM))
    return hr_partiql_parser_fail (self, "Found empty SELECT list");
  do
    {
      if (!read_column (self, columns))
        return FALSE;
    }
  while (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COMMA));
  self->tree->columns = hr_arena_memdup (self->arena, columns->pdata, columns->len * sizeof (gpointer));
  self->tree->n_columns = columns->len;
  return TRUE;
}

static gboolean
read_order (HrPartiqlParser *self)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (HrPartiqlOrder));

  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_ORDER))
    return TRUE;
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_BY))
    return hr_partiql_parser_fail (self, "Expected keyword BY");
  do
    {
      HrPartiqlOrder term = { hr_partiql_parser_read_expression (self), FALSE };

      if (term.path == NULL)
        return FALSE;
      if (term.path->kind != HR_PARTIQL_EXPR_PATH)
        return hr_partiql_parser_refuse_at (self, term.path->place, "Unexpected path component");
      term.is_descending = hr_partiql_parser_accept_word (self, HR_PARTIQL_DESC);
      if (!term.is_descending)
        hr_partiql_parser_accept_word (self, HR_PARTIQL_ASC);
      g_array_append_val (terms, term);
    }
  while (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COMMA));
  self->tree->order = hr_arena_memdup (self->arena, terms->data, terms->len * sizeof (HrPartiqlOrder));
  self->tree->n_order = terms->len;
  return TRUE;
}

static gboolean
check_clause (HrPartiqlParser *self)
{
  static const struct
  {
    HrPartiqlWord word;
    const char *name;
  } clauses[] = {
    { HR_PARTIQL_LET, "LET" },     { HR_PARTIQL_GROUP, "GROUP BY" }, { HR_PARTIQL_HAVING, "HAVING" },
    { HR_PARTIQL_LIMIT, "LIMIT" }, { HR_PARTIQL_OFFSET, "OFFSET" },  { HR_PARTIQL_DISTINCT, "DISTINCT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (clauses); i++)
    if (hr_partiql_parser_at_word (self, clauses[i].word))
      return hr_partiql_parser_refuse (self, self->current->range, "Unsupported clause: %s", clauses[i].name);
  return TRUE;
}

gboolean
hr_partiql_parser_read_select (HrPartiqlParser *self)
{
  self->tree->kind = HR_PARTIQL_STATEMENT_SELECT;
  hr_partiql_parser_advance (self);
  if (!check_clause (self))
    return FALSE;
  hr_partiql_parser_accept_word (self, HR_PARTIQL_ALL);
  if (!read_columns (self))
    return FALSE;
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_FROM))
    return hr_partiql_parser_fail (self, "Missing FROM after SELECT list");
  return read_source (self) && check_clause (self) && read_where (self) && check_clause (self)
         && read_order (self) && check_clause (self);
}

static gboolean
read_exists (HrPartiqlParser *self)
{
  hr_partiql_parser_advance (self);
  hr_partiql_parser_advance (self);
  if (!hr_partiql_parser_read_select (self))
    return FALSE;
  if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_RIGHT_PAREN))
    return hr_partiql_parser_fail (self, "Expected argument delimiter");
  self->tree->kind = HR_PARTIQL_STATEMENT_EXISTS;
  return TRUE;
}

/* INSERT, UPDATE and DELETE */

static gboolean
read_insert (HrPartiqlParser *self)
{
  self->tree->kind = HR_PARTIQL_STATEMENT_INSERT;
  hr_partiql_parser_advance (self);
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_INTO))
    return hr_partiql_parser_fail (self, "Unexpected keyword");
  if (!read_simple_target (self))
    return FALSE;
  if (self->tree->index != NULL)
    return hr_partiql_parser_refuse (self, self->previous->range,
                                     "FROM clause may only contain a single table name");
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_VALUE))
    {
      /* A collection of items, which only PartiQL knows: what does not end with it is left over. */
      if (hr_partiql_parser_read_expression (self) == NULL)
        return FALSE;
      if (hr_partiql_parser_at_end (self))
        return hr_partiql_parser_refuse (self, self->previous->range, "Unsupported operation: Insert");
      return TRUE;
    }
  self->tree->value = hr_partiql_parser_read_expression (self);
  return self->tree->value != NULL;
}

static gboolean
read_assignment (HrPartiqlParser *self, HrPartiqlAction *action)
{
  if (!hr_partiql_parser_at_name (self))
    return hr_partiql_parser_fail (self, "Expected identifier for simple path");
  action->path = hr_partiql_parser_read_path (self);
  if (action->path == NULL)
    return FALSE;
  if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_EQ))
    return hr_partiql_parser_fail (self, "Expected assignment for SET");
  action->value = hr_partiql_parser_read_expression (self);
  return action->value != NULL;
}

static gboolean
read_set (HrPartiqlParser *self, GArray *actions)
{
  do
    {
      HrPartiqlAction action = { NULL, NULL };

      if (!read_assignment (self, &action))
        return FALSE;
      g_array_append_val (actions, action);
    }
  while (hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_COMMA));
  return TRUE;
}

static gboolean
read_remove (HrPartiqlParser *self, GArray *actions)
{
  HrPartiqlAction action = { NULL, NULL };

  if (!hr_partiql_parser_at_name (self))
    return hr_partiql_parser_fail (self, "Expected identifier for simple path");
  action.path = hr_partiql_parser_read_path (self);
  g_array_append_val (actions, action);
  return action.path != NULL;
}

static gboolean
read_actions (HrPartiqlParser *self)
{
  g_autoptr (GArray) actions = g_array_new (FALSE, FALSE, sizeof (HrPartiqlAction));

  for (;;)
    {
      gboolean ok;

      if (hr_partiql_parser_accept_word (self, HR_PARTIQL_SET))
        ok = read_set (self, actions);
      else if (hr_partiql_parser_accept_word (self, HR_PARTIQL_REMOVE))
        ok = read_remove (self, actions);
      else
        break;
      if (!ok)
        return FALSE;
    }
  if (actions->len == 0)
    return hr_partiql_parser_fail (self, "Expected data manipulation");
  self->tree->actions = hr_arena_memdup (self->arena, actions->data, actions->len * sizeof (HrPartiqlAction));
  self->tree->n_actions = actions->len;
  return TRUE;
}

static gboolean
read_returning (HrPartiqlParser *self)
{
  HrPartiqlTree *tree = self->tree;
  guint32 start = self->current->range.start;

  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_RETURNING))
    return TRUE;
  tree->has_returning = TRUE;
  tree->returns_modified = hr_partiql_parser_accept_word (self, HR_PARTIQL_MODIFIED);
  if (!tree->returns_modified && !hr_partiql_parser_accept_word (self, HR_PARTIQL_ALL))
    return hr_partiql_parser_fail (self, "Expected returning clause");
  tree->returns_new = hr_partiql_parser_accept_word (self, HR_PARTIQL_NEW);
  if (!tree->returns_new && !hr_partiql_parser_accept_word (self, HR_PARTIQL_OLD))
    return hr_partiql_parser_fail (self, "Expected returning clause");
  if (!hr_partiql_parser_accept (self, HR_PARTIQL_TOKEN_STAR))
    return hr_partiql_parser_fail (self, "Unsupported syntax in RETURNING clause");
  if (tree->kind != HR_PARTIQL_STATEMENT_DELETE || (!tree->returns_modified && !tree->returns_new))
    return TRUE;
  return hr_partiql_parser_refuse (
      self, hr_partiql_parser_range_from (self, start),
      "Invalid returning clause: RETURNING %s %s *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
      tree->returns_modified ? "MODIFIED" : "ALL", tree->returns_new ? "NEW" : "OLD");
}

static gboolean
read_update (HrPartiqlParser *self)
{
  self->tree->kind = HR_PARTIQL_STATEMENT_UPDATE;
  hr_partiql_parser_advance (self);
  if (!read_simple_target (self))
    return FALSE;
  skip_alias (self);
  return read_actions (self) && read_where (self) && read_returning (self);
}

/* FROM … WHERE … SET …: an UPDATE with its clauses the other way round. */
static gboolean
read_from (HrPartiqlParser *self)
{
  self->tree->kind = HR_PARTIQL_STATEMENT_UPDATE;
  hr_partiql_parser_advance (self);
  return read_source (self) && read_where (self) && read_actions (self) && read_returning (self);
}

static gboolean
read_delete (HrPartiqlParser *self)
{
  self->tree->kind = HR_PARTIQL_STATEMENT_DELETE;
  hr_partiql_parser_advance (self);
  if (!hr_partiql_parser_accept_word (self, HR_PARTIQL_FROM))
    return hr_partiql_parser_fail (self, "Unexpected keyword");
  if (!read_simple_target (self))
    return FALSE;
  skip_alias (self);
  return read_where (self) && read_returning (self);
}

/* An expression alone is PartiQL, but does nothing here. */
static gboolean
read_nothing (HrPartiqlParser *self)
{
  static const char *const names[] = {
    [HR_PARTIQL_EXPR_PATH] = "Id",         [HR_PARTIQL_EXPR_STRING] = "Lit",
    [HR_PARTIQL_EXPR_NUMBER] = "Lit",      [HR_PARTIQL_EXPR_BOOLEAN] = "Lit",
    [HR_PARTIQL_EXPR_NULL] = "Lit",        [HR_PARTIQL_EXPR_MISSING] = "Missing",
    [HR_PARTIQL_EXPR_PARAMETER] = "Parameter", [HR_PARTIQL_EXPR_LIST] = "List",
    [HR_PARTIQL_EXPR_BAG] = "Bag",         [HR_PARTIQL_EXPR_STRUCT] = "Struct",
    [HR_PARTIQL_EXPR_CALL] = "Call",       [HR_PARTIQL_EXPR_OPERATION] = "Operator",
    [HR_PARTIQL_EXPR_IS] = "IsType",
  };
  const HrPartiqlExpr *expr = hr_partiql_parser_read_expression (self);

  if (expr == NULL)
    return FALSE;
  if (self->current->type != HR_PARTIQL_TOKEN_END && self->current->type != HR_PARTIQL_TOKEN_SEMICOLON)
    return TRUE;
  return hr_partiql_parser_refuse (self, expr->range, "Unsupported operation: %s",
                                   expr->kind == HR_PARTIQL_EXPR_UNSUPPORTED ? expr->text : names[expr->kind]);
}

static gboolean
read_statement (HrPartiqlParser *self)
{
  static const struct
  {
    HrPartiqlWord word;
    gboolean (*read) (HrPartiqlParser *self);
  } statements[] = {
    { HR_PARTIQL_SELECT, hr_partiql_parser_read_select }, { HR_PARTIQL_INSERT, read_insert },
    { HR_PARTIQL_UPDATE, read_update },                   { HR_PARTIQL_DELETE, read_delete },
    { HR_PARTIQL_FROM, read_from },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (hr_partiql_parser_at_word (self, statements[i].word))
      return statements[i].read (self);
  if (hr_partiql_parser_at_word (self, HR_PARTIQL_EXISTS)
      && self->current[1].type == HR_PARTIQL_TOKEN_LEFT_PAREN && self->current[2].word == HR_PARTIQL_SELECT)
    return read_exists (self);
  return read_nothing (self);
}

const HrPartiqlTree *
hr_partiql_parse (HrArena *arena, const char *text, gsize length, HrServiceError *error)
{
  HrPartiqlToken bad = { HR_PARTIQL_TOKEN_END, HR_PARTIQL_NO_WORD, { 0, 0 } };
  HrPartiqlParser parser = {
    .arena = arena,
    .text = text,
    .length = length,
    .current = hr_partiql_tokenize (arena, text, length, &bad.range),
    .tree = hr_arena_new0 (arena, HrPartiqlTree),
    .error = error,
  };

  if (parser.current == NULL)
    {
      parser.current = &bad;
      hr_partiql_parser_fail (&parser, "");
      return NULL;
    }
  if (!read_statement (&parser))
    return NULL;
  hr_partiql_parser_accept (&parser, HR_PARTIQL_TOKEN_SEMICOLON);
  if (parser.current->type != HR_PARTIQL_TOKEN_END)
    {
      hr_partiql_parser_fail (&parser, "Unexpected token after expression");
      return NULL;
    }
  if (parser.has_alias)
    {
      hr_partiql_parser_refuse (&parser, (HrRange) { 0, (guint32) length }, "Aliasing is not supported");
      return NULL;
    }
  return parser.tree;
}
