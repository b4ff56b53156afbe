/*
 * The grammars of updates and projections. An update is a row of sections in any order; a value in
 * SET is one operand, or two with + or - between them, and may stand in parentheses.
 */
#include "model/expression/parser-private.h"

static HrNode *read_set_value (HrParser *parser);

static const struct
{
  HrKeyword keyword;
  HrSection section;
} sections[] = {
  { HR_KEYWORD_SET, HR_SECTION_SET },
  { HR_KEYWORD_REMOVE, HR_SECTION_REMOVE },
  { HR_KEYWORD_ADD, HR_SECTION_ADD },
  { HR_KEYWORD_DELETE, HR_SECTION_DELETE },
};

static HrNode *
read_set_group (HrParser *parser)
{
  guint32 start = parser->current.range.start;
  HrNode *node;

  if (!hr_parser_enter (parser))
    return NULL;
  hr_parser_advance (parser);
  node = read_set_value (parser);
  if (node == NULL || !hr_parser_expect (parser, HR_TOKEN_RIGHT_PAREN))
    return NULL;
  hr_parser_leave (parser);
  hr_parser_close (parser, node, start);
  return node;
}

static gboolean
is_arithmetic (const HrNode *node)
{
  return hr_node_is_operation (node, HR_OPERATOR_PLUS) || hr_node_is_operation (node, HR_OPERATOR_MINUS);
}

static HrNode *
read_set_value (HrParser *parser)
{
  HrNode *left =
      parser->current.type == HR_TOKEN_LEFT_PAREN ? read_set_group (parser) : hr_parser_read_operand (parser);
  HrRange name = parser->current.range;
  const HrOperator *op;
  HrNode *right;

  if (left == NULL || is_arithmetic (left)
      || (parser->current.type != HR_TOKEN_PLUS && parser->current.type != HR_TOKEN_MINUS))
    return left;
  op = hr_operator_find_token (parser->current.type);
  hr_parser_advance (parser);
  right = hr_parser_read_operand (parser);
  return right == NULL ? NULL : hr_parser_new_binary (parser, op, name, left, right);
}

static HrNode *
read_action_value (HrParser *parser, HrSection section)
{
  if (section == HR_SECTION_SET)
    return hr_parser_expect (parser, HR_TOKEN_EQ) ? read_set_value (parser) : NULL;
  if (parser->current.type == HR_TOKEN_VALUE_REF)
    return hr_parser_read_operand (parser);
  hr_parser_fail (parser);
  return NULL;
}

static gboolean
read_section (HrParser *parser, HrSection section, GArray *actions)
{
  do
    {
      HrAction action = { section, hr_parser_read_path (parser), NULL };

      if (action.path == NULL)
        return FALSE;
      if (section != HR_SECTION_REMOVE)
        {
          action.value = read_action_value (parser, section);
          if (action.value == NULL)
            return FALSE;
        }
      g_array_append_val (actions, action);
    }
  while (hr_parser_accept (parser, HR_TOKEN_COMMA));
  return TRUE;
}

static gboolean
find_section (const HrParser *parser, HrSection *section)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (hr_parser_at_keyword (parser, sections[i].keyword))
      {
        *section = sections[i].section;
        return TRUE;
      }
  return FALSE;
}

gboolean
hr_parser_read_update (HrParser *parser)
{
  g_autoptr (GArray) actions = g_array_new (FALSE, FALSE, sizeof (HrAction));
  gboolean seen[HR_N_SECTIONS] = { FALSE };
  HrTree *tree = parser->tree;
  HrSection section;

  do
    {
      if (!find_section (parser, &section))
        return hr_parser_fail (parser);
      if (seen[section] && hr_range_is_none (tree->repeated_section))
        {
          tree->repeated_section = parser->current.range;
          tree->repeated = section;
        }
      seen[section] = TRUE;
      hr_parser_advance (parser);
      if (!read_section (parser, section, actions))
        return FALSE;
    }
  while (parser->current.type != HR_TOKEN_END);

  tree->actions = hr_arena_memdup (parser->context->arena, actions->data, actions->len * sizeof (HrAction));
  tree->n_actions = actions->len;
  return TRUE;
}

gboolean
hr_parser_read_projection (HrParser *parser)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  do
    {
      HrNode *path = hr_parser_read_path (parser);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (paths, path);
    }
  while (hr_parser_accept (parser, HR_TOKEN_COMMA));

  parser->tree->paths =
      hr_arena_memdup (parser->context->arena, paths->pdata, paths->len * sizeof (HrNode *));
  parser->tree->n_paths = paths->len;
  return TRUE;
}
