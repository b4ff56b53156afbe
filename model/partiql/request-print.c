/*
 * Parts of expressions in the words of PartiQL. Placeholders become quoted names and question marks.
 */
#include "model/partiql/request-print-private.h"

#include "model/base/i18n.h"
#include "model/expression/context.h"

#include <string.h>

void
hr_partiql_print_text (HrPartiqlPrinter *self, const char *text)
{
  hr_buffer_append_string (&self->out, text);
}

void
hr_partiql_print_name (HrPartiqlPrinter *self, const char *name, gsize length)
{
  hr_buffer_append_char (&self->out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (name[i] == '"')
        hr_buffer_append_char (&self->out, '"');
      hr_buffer_append_char (&self->out, name[i]);
    }
  hr_buffer_append_char (&self->out, '"');
}

void
hr_partiql_print_parameter (HrPartiqlPrinter *self, const HrJson *value)
{
  hr_buffer_append_char (&self->out, '?');
  g_ptr_array_add (self->parameters, (gpointer) value);
}

void
hr_partiql_print_key (HrPartiqlPrinter *self, const HrJson *key)
{
  for (guint32 i = 0; key != NULL && key->type == HR_JSON_OBJECT && i < key->length; i++)
    {
      hr_partiql_print_text (self, i > 0 ? " AND " : "");
      hr_partiql_print_name (self, key->members[i].name, key->members[i].name_length);
      hr_partiql_print_text (self, " = ");
      hr_partiql_print_parameter (self, &key->members[i].value);
    }
}

void
hr_partiql_print_remark (HrPartiqlPrinter *self, const char *remark)
{
  if (!g_ptr_array_find_with_equal_func (self->remarks, remark, g_str_equal, NULL))
    g_ptr_array_add (self->remarks, (gpointer) remark);
}

void
hr_partiql_print_give_up (HrPartiqlPrinter *self, const char *remark)
{
  if (!self->is_impossible)
    g_ptr_array_set_size (self->remarks, 0);
  self->is_impossible = TRUE;
  hr_partiql_print_remark (self, remark);
}

/* Paths and values */

static gboolean
fail_undefined (HrPartiqlPrinter *self, const char *what, const char *name, guint32 length)
{
  return hr_service_error_set_value (self->error, self->arena, "%s: %.*s", what, (int) length, name);
}

static gboolean
print_step (HrPartiqlPrinter *self, const HrWrittenStep *step, gboolean is_first)
{
  const HrJson *target;

  if (step->type == HR_TOKEN_NUMBER)
    {
      hr_buffer_printf (&self->out, "[%.*s]", (int) step->length, step->text);
      return TRUE;
    }
  hr_partiql_print_text (self, is_first ? "" : ".");
  if (step->type != HR_TOKEN_NAME_REF)
    {
      hr_partiql_print_name (self, step->text, step->length);
      return TRUE;
    }
  target = hr_json_get_n (self->names, step->text, step->length);
  if (target == NULL || target->type != HR_JSON_STRING)
    return fail_undefined (self,
                           "An expression attribute name used in the document path is not defined; attribute name",
                           step->text, step->length);
  hr_partiql_print_name (self, target->text, target->length);
  return TRUE;
}

static gboolean
print_path (HrPartiqlPrinter *self, const HrNode *node)
{
  for (guint i = 0; i < node->path.n_written; i++)
    if (!print_step (self, &node->path.written[i], i == 0))
      return FALSE;
  return TRUE;
}

static const HrJson *
find_value (const HrPartiqlPrinter *self, const HrNode *node)
{
  return hr_json_get_n (self->values, node->value.name, node->value.name_length);
}

static gboolean
print_value (HrPartiqlPrinter *self, const HrNode *node)
{
  const HrJson *value = find_value (self, node);

  if (value == NULL)
    return fail_undefined (self,
                           "An expression attribute value used in expression is not defined; attribute value",
                           node->value.name, node->value.name_length);
  hr_partiql_print_parameter (self, value);
  return TRUE;
}

/* Operations */

static gboolean
print_list (HrPartiqlPrinter *self, HrNode *const *nodes, guint count, const char *separator)
{
  for (guint i = 0; i < count; i++)
    {
      hr_partiql_print_text (self, i > 0 ? separator : "");
      if (!hr_partiql_print_node (self, nodes[i]))
        return FALSE;
    }
  return TRUE;
}

/* AND, OR and NOT: an operand that binds looser stands in parentheses. */
static gboolean
print_connected (HrPartiqlPrinter *self, const HrNode *parent, const HrNode *node)
{
  HrOperatorForm outer = parent->operation.op->form;
  HrOperatorForm inner = node->operation.op != NULL ? node->operation.op->form : HR_FORM_FUNCTION;
  gboolean has_parentheses = node->kind == HR_NODE_OPERATION && inner < outer;

  hr_partiql_print_text (self, has_parentheses ? "(" : "");
  if (!hr_partiql_print_node (self, node))
    return FALSE;
  hr_partiql_print_text (self, has_parentheses ? ")" : "");
  return TRUE;
}

static gboolean
print_connective (HrPartiqlPrinter *self, const HrNode *node)
{
  const HrOperator *op = node->operation.op;

  if (op->form == HR_FORM_NOT)
    hr_partiql_print_text (self, "NOT ");
  for (guint i = 0; i < node->operation.n_operands; i++)
    {
      if (i > 0)
        hr_buffer_printf (&self->out, " %s ", op->name);
      if (!print_connected (self, node, node->operation.operands[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_function (HrPartiqlPrinter *self, const HrNode *node)
{
  if (hr_node_is_operation (node, HR_OPERATOR_IF_NOT_EXISTS))
    hr_partiql_print_give_up (self, _("PartiQL has no if_not_exists."));
  hr_buffer_append (&self->out, node->operation.name,
                    node->operation.name_range.end - node->operation.name_range.start);
  hr_partiql_print_text (self, "(");
  if (!print_list (self, node->operation.operands, node->operation.n_operands, ", "))
    return FALSE;
  hr_partiql_print_text (self, ")");
  return TRUE;
}

static gboolean
print_operation (HrPartiqlPrinter *self, const HrNode *node)
{
  const HrOperator *op = node->operation.op;
  HrNode *const *operands = node->operation.operands;

  switch (op != NULL ? op->form : HR_FORM_FUNCTION)
    {
    case HR_FORM_OR:
    case HR_FORM_AND:
    case HR_FORM_NOT:
      return print_connective (self, node);
    case HR_FORM_COMPARISON:
    case HR_FORM_ARITHMETIC:
      return print_list (self, operands, 2, hr_arena_printf (self->arena, " %s ", op->name));
    case HR_FORM_BETWEEN:
      if (!hr_partiql_print_node (self, operands[0]))
        return FALSE;
      hr_partiql_print_text (self, " BETWEEN ");
      return print_list (self, operands + 1, 2, " AND ");
    case HR_FORM_IN:
      if (!hr_partiql_print_node (self, operands[0]))
        return FALSE;
      hr_partiql_print_text (self, " IN [");
      if (!print_list (self, operands + 1, node->operation.n_operands - 1, ", "))
        return FALSE;
      hr_partiql_print_text (self, "]");
      return TRUE;
    case HR_FORM_FUNCTION:
      return print_function (self, node);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
hr_partiql_print_node (HrPartiqlPrinter *self, const HrNode *node)
{
  switch (node->kind)
    {
    case HR_NODE_PATH:
      return print_path (self, node);
    case HR_NODE_VALUE:
      return print_value (self, node);
    case HR_NODE_OPERATION:
      return print_operation (self, node);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
hr_partiql_print_conjunct (HrPartiqlPrinter *self, const HrNode *node)
{
  gboolean has_parentheses = hr_node_is_operation (node, HR_OPERATOR_OR);

  hr_partiql_print_text (self, has_parentheses ? "(" : "");
  if (!hr_partiql_print_node (self, node))
    return FALSE;
  hr_partiql_print_text (self, has_parentheses ? ")" : "");
  return TRUE;
}

/* Projections and updates */

gboolean
hr_partiql_print_columns (HrPartiqlPrinter *self, const HrTree *tree)
{
  for (guint i = 0; i < tree->n_paths; i++)
    if (tree->paths[i]->path.n_written > 1)
      hr_partiql_print_remark (self, _("What lies inside a map or list comes back flat, under its last name."));
  return print_list (self, tree->paths, tree->n_paths, ", ");
}

static gboolean
is_number (const HrPartiqlPrinter *self, const HrNode *value)
{
  return value->kind == HR_NODE_VALUE && hr_json_get (find_value (self, value), "N") != NULL;
}

/* `SET a = set_add(a, ?)` for ADD and DELETE of sets, `SET a = a + ?` for ADD of a number. */
static gboolean
print_change (HrPartiqlPrinter *self, const HrAction *action)
{
  gboolean is_sum = action->section == HR_SECTION_ADD && is_number (self, action->value);

  if (is_sum)
    hr_partiql_print_remark (self, _("ADD begins with 0 where there is no number; the statement fails."));
  if (!is_sum)
    hr_partiql_print_text (self, action->section == HR_SECTION_ADD ? "set_add(" : "set_delete(");
  if (!print_path (self, action->path))
    return FALSE;
  hr_partiql_print_text (self, is_sum ? " + " : ", ");
  if (!hr_partiql_print_node (self, action->value))
    return FALSE;
  hr_partiql_print_text (self, is_sum ? "" : ")");
  return TRUE;
}

gboolean
hr_partiql_print_actions (HrPartiqlPrinter *self, const HrTree *tree)
{
  for (guint i = 0; i < tree->n_actions; i++)
    {
      const HrAction *action = &tree->actions[i];
      gboolean is_removal = action->section == HR_SECTION_REMOVE;

      hr_partiql_print_text (self, is_removal ? " REMOVE " : " SET ");
      if (!print_path (self, action->path))
        return FALSE;
      if (is_removal)
        continue;
      hr_partiql_print_text (self, " = ");
      if (action->section == HR_SECTION_SET ? !hr_partiql_print_node (self, action->value)
                                            : !print_change (self, action))
        return FALSE;
    }
  return TRUE;
}
