/*
 * Properties of random expressions. A random tree is printed twice: in canonical form, and with
 * spaces, parentheses and capitals thrown in. Both texts must parse back to that tree and must mean
 * the same for random items.
 */
#include "model/expression/expression.h"
#include "model/expression/parser.h"
#include "model/expression/printer.h"

#include <string.h>

#define ROUNDS 1500

static const char *const names[] = { "a", "b", "c", "#n", "d_1" };
static const char *const values[] = { ":s", ":n", ":b", ":l", ":m", ":ss", ":t" };

static guint
roll (guint sides)
{
  return (guint) g_test_rand_int_range (0, (gint32) sides);
}

/* Random trees. */

static HrNode *
new_node (HrArena *arena, HrNodeKind kind)
{
  HrNode *node = hr_arena_new0 (arena, HrNode);

  node->kind = kind;
  return node;
}

static HrWrittenStep
new_step (gboolean first)
{
  static const char *const indexes[] = { "0", "1", "7" };
  const char *text = first || roll (2) == 0 ? names[roll (G_N_ELEMENTS (names))] : indexes[roll (3)];
  HrTokenType type = *text == '#'              ? HR_TOKEN_NAME_REF
                     : g_ascii_isdigit (*text) ? HR_TOKEN_NUMBER
                                               : HR_TOKEN_NAME;

  return (HrWrittenStep) { text, (guint32) strlen (text), type, HR_RANGE_NONE };
}

static HrNode *
new_path (HrArena *arena)
{
  HrNode *node = new_node (arena, HR_NODE_PATH);
  guint count = 1 + roll (2) * roll (3);
  HrWrittenStep *steps = hr_arena_array (arena, HrWrittenStep, count);

  for (guint i = 0; i < count; i++)
    steps[i] = new_step (i == 0);
  node->path.written = steps;
  node->path.n_written = count;
  return node;
}

static HrNode *
new_value (HrArena *arena, const char *name)
{
  HrNode *node = new_node (arena, HR_NODE_VALUE);

  node->value.name = name;
  node->value.name_length = (guint32) strlen (name);
  return node;
}

static HrNode *
new_operation (HrArena *arena, HrOperatorId id, guint count)
{
  HrNode *node = new_node (arena, HR_NODE_OPERATION);

  node->operation.op = hr_operator_get (id);
  node->operation.name = node->operation.op->name;
  node->operation.name_range = (HrRange) { 0, (guint32) strlen (node->operation.name) };
  node->operation.operands = hr_arena_array (arena, HrNode *, count);
  node->operation.n_operands = count;
  return node;
}

static HrNode *
new_operand (HrArena *arena)
{
  HrNode *size;

  switch (roll (5))
    {
    case 0:
    case 1:
      return new_value (arena, values[roll (G_N_ELEMENTS (values))]);
    case 2:
      size = new_operation (arena, HR_OPERATOR_SIZE, 1);
      size->operation.operands[0] = new_path (arena);
      return size;
    default:
      return new_path (arena);
    }
}

static HrNode *
new_term (HrArena *arena)
{
  HrOperatorId id = HR_OPERATOR_EQ + roll (HR_OPERATOR_CONTAINS - HR_OPERATOR_EQ + 1);
  guint count = hr_operator_get (id)->n_operands;
  HrNode *node = new_operation (arena, id, count != 0 ? count : 2 + roll (3));

  for (guint i = 0; i < node->operation.n_operands; i++)
    node->operation.operands[i] = new_operand (arena);
  if (hr_operator_get (id)->path_operands != 0)
    node->operation.operands[0] = new_path (arena);
  if (id == HR_OPERATOR_ATTRIBUTE_TYPE)
    node->operation.operands[1] = new_value (arena, ":t");
  return node;
}

static HrNode *
new_condition (HrArena *arena, guint depth)
{
  guint kind = depth == 0 ? 3 : roll (4);
  HrNode *node;

  if (kind == 3)
    return new_term (arena);
  node = new_operation (arena, HR_OPERATOR_OR + kind, kind == HR_OPERATOR_NOT ? 1 : 2 + roll (2));
  for (guint i = 0; i < node->operation.n_operands; i++)
    node->operation.operands[i] = new_condition (arena, depth - 1);
  return node;
}

static gboolean
steps_equal (const HrNode *a, const HrNode *b)
{
  if (a->path.n_written != b->path.n_written)
    return FALSE;
  for (guint i = 0; i < a->path.n_written; i++)
    if (a->path.written[i].type != b->path.written[i].type
        || a->path.written[i].length != b->path.written[i].length
        || memcmp (a->path.written[i].text, b->path.written[i].text, a->path.written[i].length) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
trees_equal (const HrNode *a, const HrNode *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == HR_NODE_PATH)
    return steps_equal (a, b);
  if (a->kind == HR_NODE_VALUE)
    return a->value.name_length == b->value.name_length
           && memcmp (a->value.name, b->value.name, a->value.name_length) == 0;
  if (a->operation.op != b->operation.op || a->operation.n_operands != b->operation.n_operands)
    return FALSE;
  for (guint i = 0; i < a->operation.n_operands; i++)
    if (!trees_equal (a->operation.operands[i], b->operation.operands[i]))
      return FALSE;
  return TRUE;
}

/* The other text of a tree: every operation in one pair of parentheses or none, where either will do. */

static void
write_space (GString *out)
{
  static const char *const spaces[] = { " ", "  ", "\t", "\n ", " \r\n" };

  g_string_append (out, spaces[roll (G_N_ELEMENTS (spaces))]);
}

static void
write_word (GString *out, const char *word, gboolean any_case)
{
  for (; *word != '\0'; word++)
    g_string_append_c (out, any_case && roll (2) == 0 ? g_ascii_tolower (*word) : *word);
}

static void write_node (GString *out, const HrNode *node, gboolean parentheses);

static void
write_list (GString *out, const HrNode *node, guint first)
{
  write_space (out);
  g_string_append_c (out, '(');
  for (guint i = first; i < node->operation.n_operands; i++)
    {
      if (i > first)
        g_string_append_c (out, ',');
      write_node (out, node->operation.operands[i], roll (4) == 0);
    }
  g_string_append_c (out, ')');
}

static void
write_path (GString *out, const HrNode *node)
{
  for (guint i = 0; i < node->path.n_written; i++)
    {
      const HrWrittenStep *step = &node->path.written[i];

      if (step->type == HR_TOKEN_NUMBER)
        g_string_append_printf (out, " [ %.*s]", (int) step->length, step->text);
      else
        g_string_append_printf (out, "%s%.*s", i > 0 ? " . " : "", (int) step->length, step->text);
    }
}

static void
write_operation (GString *out, const HrNode *node)
{
  const HrOperator *op = node->operation.op;

  switch (op->form)
    {
    case HR_FORM_FUNCTION:
      write_word (out, op->name, FALSE);
      write_list (out, node, 0);
      break;
    case HR_FORM_NOT:
      write_word (out, op->name, TRUE);
      write_space (out);
      write_node (out, node->operation.operands[0], TRUE);
      break;
    case HR_FORM_IN:
      write_node (out, node->operation.operands[0], roll (4) == 0);
      write_space (out);
      write_word (out, op->name, TRUE);
      write_list (out, node, 1);
      break;
    case HR_FORM_OR:
    case HR_FORM_AND:
    case HR_FORM_COMPARISON:
    case HR_FORM_BETWEEN:
    case HR_FORM_ARITHMETIC:
      for (guint i = 0; i < node->operation.n_operands; i++)
        {
          write_node (out, node->operation.operands[i], op->form <= HR_FORM_AND || roll (4) == 0);
          if (i + 1 == node->operation.n_operands)
            break;
          write_space (out);
          write_word (out, op->form == HR_FORM_BETWEEN && i == 1 ? "AND" : op->name, TRUE);
          write_space (out);
        }
      break;
    }
}

static void
write_node (GString *out, const HrNode *node, gboolean parentheses)
{
  if (parentheses)
    g_string_append (out, "( ");
  switch (node->kind)
    {
    case HR_NODE_PATH:
      write_path (out, node);
      break;
    case HR_NODE_VALUE:
      g_string_append_len (out, node->value.name, node->value.name_length);
      break;
    case HR_NODE_OPERATION:
      write_operation (out, node);
      break;
    }
  if (parentheses)
    g_string_append_c (out, ')');
}

/* Random items with attributes of the names in the trees. */

static HrValue
new_item_value (HrArena *arena, guint depth)
{
  static const char *const strings[] = { "", "x", "xy", "N" };
  HrDecimal number = { roll (4), 0, FALSE };
  HrValue *elements = hr_arena_array (arena, HrValue, 2);
  HrMember *members = hr_arena_array (arena, HrMember, 1);
  const char *text = strings[roll (G_N_ELEMENTS (strings))];

  switch (depth == 0 ? roll (3) : roll (5))
    {
    case 0:
      return hr_value_string (text, strlen (text));
    case 1:
      return hr_value_number (arena, &number);
    case 2:
      return hr_value_boolean (roll (2) == 0);
    case 3:
      elements[0] = new_item_value (arena, depth - 1);
      elements[1] = new_item_value (arena, depth - 1);
      return hr_value_list (elements, roll (3));
    default:
      *members = (HrMember) { "a", 1, new_item_value (arena, depth - 1) };
      return hr_value_map (members, 1);
    }
}

static HrValue
new_item (HrArena *arena)
{
  static const char *const attributes[] = { "a", "b", "c", "d_1", "name" };
  HrMember *members = hr_arena_array (arena, HrMember, G_N_ELEMENTS (attributes));
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (roll (4) > 0)
      members[count++] =
          (HrMember) { attributes[i], (guint32) strlen (attributes[i]), new_item_value (arena, 2) };
  return hr_value_map (members, count);
}

static HrPlaceholders
new_placeholders (HrArena *arena)
{
  static const char names_json[] = "{\"#n\":\"name\"}";
  static const char values_json[] =
      "{\":s\":{\"S\":\"x\"},\":n\":{\"N\":\"2\"},\":b\":{\"BOOL\":true},\":l\":{\"L\":[{\"S\":\"x\"}]},"
      "\":m\":{\"M\":{\"a\":{\"S\":\"x\"}}},\":ss\":{\"SS\":[\"x\",\"y\"]},\":t\":{\"S\":\"N\"}}";
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error;
  HrPlaceholders placeholders;

  g_assert_true (hr_placeholders_from_json (
      &placeholders, arena, hr_json_parse (arena, names_json, strlen (names_json), 9, &json_error),
      hr_json_parse (arena, values_json, strlen (values_json), 9, &json_error), &error));
  return placeholders;
}

static HrNode *
parse (HrArena *arena, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrContext context = {
    .arena = arena,
    .kind = HR_EXPRESSION_CONDITION,
    .text = text,
    .length = strlen (text),
    .error = &error,
  };
  HrTree tree;

  if (!hr_parse (&context, &tree))
    g_error ("%s: %s", text, error.message);
  g_assert_true (hr_range_is_none (tree.redundant_parentheses));
  return tree.condition;
}

static char *
print (HrArena *arena, const HrNode *node)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_node_print (node, HR_PRINT_WRITTEN, &out);
  return hr_arena_strndup (arena, out.data, out.length);
}

static void
test_print_and_parse (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (GString) noisy = g_string_new (NULL);
      const HrNode *tree = new_condition (arena, roll (4));
      const char *text = print (arena, tree);

      write_node (noisy, tree, roll (2) == 0);
      g_assert_true (trees_equal (tree, parse (arena, text)));
      g_assert_true (trees_equal (tree, parse (arena, noisy->str)));
      g_assert_cmpstr (print (arena, parse (arena, noisy->str)), ==, text);
    }
}

/* Both texts are refused for the same reason, or mean the same; a record means what its tree does. */
static void
test_same_meaning (void)
{
  guint evaluated = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (GString) noisy = g_string_new (NULL);
      g_auto (HrBuffer) record = HR_BUFFER_INIT;
      HrPlaceholders placeholders = new_placeholders (arena);
      HrServiceError errors[2] = { HR_SERVICE_ERROR_INIT, HR_SERVICE_ERROR_INIT };
      const HrNode *tree = new_condition (arena, roll (3));
      const char *text = print (arena, tree);
      const HrCondition *one =
          hr_condition_compile (arena, HR_EXPRESSION_FILTER, text, strlen (text), &placeholders, &errors[0]);
      const HrCondition *two;

      write_node (noisy, tree, roll (2) == 0);
      two = hr_condition_compile (arena, HR_EXPRESSION_FILTER, noisy->str, noisy->len, &placeholders,
                                  &errors[1]);
      g_assert_cmpstr (errors[0].message, ==, errors[1].message);
      for (guint i = 0; i < 10 && one != NULL; i++, evaluated++)
        {
          HrValue item = new_item (arena);
          HrItemView view = { &item, NULL, 0 };
          gboolean result = hr_condition_evaluate (one, &view, arena);

          hr_buffer_truncate (&record, 0);
          hr_record_encode (&item, &record);
          g_assert_cmpint (hr_condition_evaluate (two, &view, arena), ==, result);
          view = (HrItemView) { NULL, (const guint8 *) record.data, record.length };
          g_assert_cmpint (hr_condition_evaluate (one, &view, arena), ==, result);
        }
    }
  g_assert_cmpuint (evaluated, >, ROUNDS);
}

/* A list of the numbers from 1 to @count. */
static HrValue
new_list (HrArena *arena, guint count)
{
  HrValue *elements = hr_arena_array (arena, HrValue, count);

  for (guint i = 0; i < count; i++)
    {
      HrDecimal number = { i + 1, 0, FALSE };

      elements[i] = hr_value_number (arena, &number);
    }
  return hr_value_list (elements, count);
}

/* SET and REMOVE of random elements, in random order, against a list that is built up by hand. */
static void
test_list_updates (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (GString) set = g_string_new (NULL);
      g_autoptr (GString) remove = g_string_new (NULL);
      g_autofree char *text = NULL;
      guint count = roll (9);
      HrMember member = { "l", 1, new_list (arena, count) };
      HrValue old = hr_value_map (&member, 1);
      HrValue expected[12];
      guint n_expected = 0;
      HrPlaceholders placeholders = new_placeholders (arena);
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      const HrUpdate *update;
      HrValue list;
      HrValue new;

      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        {
          guint what = roll (4);
          g_autofree char *action = g_strdup_printf (what == 0 ? "l[%u] = :b, " : "l[%u], ", i);

          if (what == 0)
            expected[n_expected++] = hr_value_boolean (TRUE);
          else if (what > 1 && i < count)
            expected[n_expected++] = member.value.elements[i];
          if (what < 2)
            g_string_insert (what == 0 ? set : remove, roll (2) == 0 ? 0 : -1, action);
        }
      text = g_strconcat ("SET ", set->str, "x = :n REMOVE ", remove->str, "y", NULL);
      update = hr_update_compile (arena, text, strlen (text), &placeholders, &error);
      g_assert_nonnull (update);
      g_assert_true (hr_update_apply (update, &old, arena, &new, &error));
      list = hr_value_list (expected, n_expected);
      g_assert_true (hr_value_equal (hr_map_get (&new, "l", 1), &list));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/properties/print-and-parse", test_print_and_parse);
  g_test_add_func ("/expression/properties/same-meaning", test_same_meaning);
  g_test_add_func ("/expression/properties/list-updates", test_list_updates);
  return g_test_run ();
}
