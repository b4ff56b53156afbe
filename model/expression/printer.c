/*
 * Trees back to text. Parentheses are put where the tree needs them, whatever was written, so the
 * text of a tree is the same however it came about.
 */
#include "model/expression/printer.h"

#include "model/base/json-writer.h"
#include "model/value/codec.h"

typedef struct
{
  HrPrintStyle style;
  HrBuffer *out;
} Printer;

static void print_node (const Printer *printer, const HrNode *node);

/* Whether a reader takes it for a name: reserved words are, keywords are not. */
static gboolean
is_plain_name (const char *name, gsize length)
{
  HrLexer lexer;
  HrToken token;

  hr_lexer_init (&lexer, name, length);
  token = hr_lexer_next (&lexer);
  return token.type == HR_TOKEN_NAME && token.keyword == HR_KEYWORD_NONE && token.range.start == 0
         && token.range.end == length;
}

/* What no bare name can be stands in quotes behind a #, to tell it from a string. */
static void
print_name (const Printer *printer, const char *name, gsize length)
{
  if (is_plain_name (name, length))
    hr_buffer_append (printer->out, name, length);
  else
    {
      hr_buffer_append_char (printer->out, '#');
      hr_json_write_string (printer->out, name, length);
    }
}

static void
print_written_path (const Printer *printer, const HrNode *node)
{
  for (guint i = 0; i < node->path.n_written; i++)
    {
      const HrWrittenStep *step = &node->path.written[i];

      if (step->type == HR_TOKEN_NUMBER)
        hr_buffer_printf (printer->out, "[%.*s]", (int) step->length, step->text);
      else
        {
          if (i > 0)
            hr_buffer_append_char (printer->out, '.');
          hr_buffer_append (printer->out, step->text, step->length);
        }
    }
}

static void
print_path (const Printer *printer, const HrPath *path)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      const HrPathStep *step = &path->steps[i];

      if (step->name == NULL)
        hr_buffer_printf (printer->out, "[%u]", step->index);
      else
        {
          if (i > 0)
            hr_buffer_append_char (printer->out, '.');
          print_name (printer, step->name, step->name_length);
        }
    }
}

/* Strings in quotes and numbers as they are; other types as typed JSON. */
static void
print_value (const Printer *printer, const HrValue *value)
{
  if (value->type == HR_TYPE_S)
    hr_json_write_string (printer->out, value->bytes, value->length);
  else if (value->type != HR_TYPE_N || !hr_value_to_text (value, printer->out))
    hr_value_to_json (value, TRUE, printer->out);
}

static void
print_list (const Printer *printer, HrNode *const *nodes, guint count, const char *separator)
{
  for (guint i = 0; i < count; i++)
    {
      if (i > 0)
        hr_buffer_append_string (printer->out, separator);
      print_node (printer, nodes[i]);
    }
}

/* A function may be unknown while nothing has been checked. */
static HrOperatorForm
get_form (const HrNode *node)
{
  return node->operation.op != NULL ? node->operation.op->form : HR_FORM_FUNCTION;
}

/* An operand of AND, OR or NOT stands in parentheses when it binds no tighter; NOT NOT needs none. */
static void
print_connected (const Printer *printer, const HrNode *parent, const HrNode *node)
{
  HrOperatorForm outer = get_form (parent);
  HrOperatorForm inner = get_form (node);
  gboolean parentheses = inner < outer || (inner == outer && outer != HR_FORM_NOT);

  if (parentheses)
    hr_buffer_append_char (printer->out, '(');
  print_node (printer, node);
  if (parentheses)
    hr_buffer_append_char (printer->out, ')');
}

static void
print_operation (const Printer *printer, const HrNode *node)
{
  const HrOperator *op = node->operation.op;
  HrNode *const *operands = node->operation.operands;
  guint count = node->operation.n_operands;

  switch (get_form (node))
    {
    case HR_FORM_NOT:
      hr_buffer_append_string (printer->out, "NOT ");
      print_connected (printer, node, operands[0]);
      break;
    case HR_FORM_OR:
    case HR_FORM_AND:
      for (guint i = 0; i < count; i++)
        {
          if (i > 0)
            hr_buffer_printf (printer->out, " %s ", op->name);
          print_connected (printer, node, operands[i]);
        }
      break;
    case HR_FORM_COMPARISON:
    case HR_FORM_ARITHMETIC:
      print_node (printer, operands[0]);
      hr_buffer_printf (printer->out, " %s ", op->name);
      print_node (printer, operands[1]);
      break;
    case HR_FORM_BETWEEN:
      print_node (printer, operands[0]);
      hr_buffer_append_string (printer->out, " BETWEEN ");
      print_list (printer, operands + 1, 2, " AND ");
      break;
    case HR_FORM_IN:
      print_node (printer, operands[0]);
      hr_buffer_append_string (printer->out, " IN (");
      print_list (printer, operands + 1, count - 1, ", ");
      hr_buffer_append_char (printer->out, ')');
      break;
    case HR_FORM_FUNCTION:
      hr_buffer_append (printer->out, node->operation.name,
                        node->operation.name_range.end - node->operation.name_range.start);
      hr_buffer_append_char (printer->out, '(');
      print_list (printer, operands, count, ", ");
      hr_buffer_append_char (printer->out, ')');
      break;
    }
}

static void
print_node (const Printer *printer, const HrNode *node)
{
  switch (node->kind)
    {
    case HR_NODE_PATH:
      if (printer->style == HR_PRINT_WRITTEN)
        print_written_path (printer, node);
      else
        print_path (printer, &node->path.path);
      break;
    case HR_NODE_VALUE:
      if (printer->style == HR_PRINT_WRITTEN)
        hr_buffer_append (printer->out, node->value.name, node->value.name_length);
      else
        print_value (printer, &node->value.value);
      break;
    case HR_NODE_OPERATION:
      print_operation (printer, node);
      break;
    }
}

void
hr_node_print (const HrNode *node, HrPrintStyle style, HrBuffer *out)
{
  Printer printer = { style, out };

  print_node (&printer, node);
}

static void
print_update (const Printer *printer, const HrTree *tree)
{
  static const char *const names[] = { "SET ", "REMOVE ", "ADD ", "DELETE " };

  for (guint i = 0; i < tree->n_actions; i++)
    {
      const HrAction *action = &tree->actions[i];
      gboolean is_first = i == 0 || action->section != tree->actions[i - 1].section;

      if (i > 0)
        hr_buffer_append_string (printer->out, is_first ? " " : ", ");
      if (is_first)
        hr_buffer_append_string (printer->out, names[action->section]);
      print_node (printer, action->path);
      if (action->value != NULL)
        {
          hr_buffer_append_string (printer->out, action->section == HR_SECTION_SET ? " = " : " ");
          print_node (printer, action->value);
        }
    }
}

void
hr_tree_print (const HrTree *tree, HrExpressionKind kind, HrPrintStyle style, HrBuffer *out)
{
  Printer printer = { style, out };

  switch (kind)
    {
    case HR_EXPRESSION_CONDITION:
    case HR_EXPRESSION_FILTER:
    case HR_EXPRESSION_KEY_CONDITION:
      print_node (&printer, tree->condition);
      break;
    case HR_EXPRESSION_PROJECTION:
      print_list (&printer, tree->paths, tree->n_paths, ", ");
      break;
    case HR_EXPRESSION_UPDATE:
      print_update (&printer, tree);
      break;
    }
}
