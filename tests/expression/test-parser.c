/* The tree of single expressions: its shape, and the range that each node has in the text. */
#include "model/expression/expression.h"
#include "model/expression/parser.h"

#include <string.h>

/* `(OR@8-10 …)`: the operator with the place of its name; leaves as they stand in the text. */
static void
describe (const HrNode *node, const char *text, GString *out)
{
  HrRange range = node->range;

  if (node->kind != HR_NODE_OPERATION)
    {
      g_string_append_printf (out, "%.*s@%u-%u", (int) (range.end - range.start), text + range.start,
                              range.start, range.end);
      return;
    }
  g_string_append_printf (out, "(%.*s@%u-%u",
                          (int) (node->operation.name_range.end - node->operation.name_range.start),
                          node->operation.name, range.start, range.end);
  for (guint i = 0; i < node->operation.n_operands; i++)
    {
      g_string_append_c (out, ' ');
      describe (node->operation.operands[i], text, out);
    }
  g_string_append_c (out, ')');
}

static void
parse (HrArena *arena, HrExpressionKind kind, const char *text, HrTree *tree)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrContext context = {
    .arena = arena,
    .kind = kind,
    .text = text,
    .length = strlen (text),
    .error = &error,
  };

  if (!hr_parse (&context, tree))
    g_error ("%s: %s", text, error.message);
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *text;
    const char *tree;
  } cases[] = {
    { "a = :b", "(=@0-6 a@0-1 :b@4-6)" },
    { " a<>b ", "(<>@1-5 a@1-2 b@4-5)" },
    { "a = b OR c = d AND e = f",
      "(OR@0-24 (=@0-5 a@0-1 b@4-5) (AND@9-24 (=@9-14 c@9-10 d@13-14) (=@19-24 e@19-20 f@23-24)))" },
    { "a=b AND c=d AND e=f",
      "(AND@0-19 (=@0-3 a@0-1 b@2-3) (=@8-11 c@8-9 d@10-11) (=@16-19 e@16-17 f@18-19))" },
    { "a=b AND (c=d AND e=f)",
      "(AND@0-21 (=@0-3 a@0-1 b@2-3) (AND@8-21 (=@9-12 c@9-10 d@11-12) (=@17-20 e@17-18 f@19-20)))" },
    { "NOT a=b AND c=d", "(AND@0-15 (NOT@0-7 (=@4-7 a@4-5 b@6-7)) (=@12-15 c@12-13 d@14-15))" },
    { "NOT (a=b OR c=d)", "(NOT@0-16 (OR@4-16 (=@5-8 a@5-6 b@7-8) (=@12-15 c@12-13 d@14-15)))" },
    { "a BETWEEN b AND c AND d=e",
      "(AND@0-25 (BETWEEN@0-17 a@0-1 b@10-11 c@16-17) (=@22-25 d@22-23 e@24-25))" },
    { "a IN (b, :c)", "(IN@0-12 a@0-1 b@6-7 :c@9-11)" },
    { "size ( a ) > :x", "(>@0-15 (size@0-10 a@7-8) :x@13-15)" },
    { "(a).b[0] = (:x)", "(=@0-15 (a).b[0]@0-8 (:x)@11-15)" },
    { "((a) = b)", "(=@0-9 (a)@1-4 b@7-8)" },
    { "(size(a)) = b", "(=@0-13 (size@0-9 a@6-7) b@12-13)" },
    { "f(g(a, b), h(c))", "(f@0-16 (g@2-9 a@4-5 b@7-8) (h@11-15 c@13-14))" },
    { "#a.b [ 01 ] = c", "(=@0-15 #a.b [ 01 ]@0-11 c@14-15)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (GString) out = g_string_new (NULL);
      HrTree tree;

      parse (arena, HR_EXPRESSION_CONDITION, cases[i].text, &tree);
      describe (tree.condition, cases[i].text, out);
      g_assert_cmpstr (out->str, ==, cases[i].tree);
    }
}

static void
test_updates (void)
{
  static const char *const sections[] = { "SET", "REMOVE", "ADD", "DELETE" };
  static const char text[] = "remove a.b, c SET d = (e + :f), g = list_append(h, :i) ADD j :k DELETE l[0] :m";
  static const char expected[] =
      "REMOVE a.b@7-10; REMOVE c@12-13; SET d@18-19 (+@22-30 e@23-24 :f@27-29); "
      "SET g@32-33 (list_append@36-54 h@48-49 :i@51-53); ADD j@59-60 :k@61-63; DELETE l[0]@71-75 :m@76-78; ";
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  HrTree tree;

  parse (arena, HR_EXPRESSION_UPDATE, text, &tree);
  for (guint i = 0; i < tree.n_actions; i++)
    {
      g_string_append_printf (out, "%s ", sections[tree.actions[i].section]);
      describe (tree.actions[i].path, text, out);
      if (tree.actions[i].value != NULL)
        {
          g_string_append_c (out, ' ');
          describe (tree.actions[i].value, text, out);
        }
      g_string_append (out, "; ");
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_projections (void)
{
  static const char text[] = "a , #b.c[2],d";
  static const char *const expected[] = { "a@0-1", "#b.c[2]@4-11", "d@12-13" };
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrTree tree;

  parse (arena, HR_EXPRESSION_PROJECTION, text, &tree);
  g_assert_cmpuint (tree.n_paths, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < tree.n_paths; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      describe (tree.paths[i], text, out);
      g_assert_cmpstr (out->str, ==, expected[i]);
    }
}

static void
test_format (void)
{
  static const struct
  {
    HrExpressionKind kind;
    const char *text;
    const char *formatted;
  } cases[] = {
    { HR_EXPRESSION_CONDITION, " a=:b and((c<#d)oR not(e)>=size( f ))",
      "a = :b AND (c < #d OR NOT e >= size(f))" },
    { HR_EXPRESSION_CONDITION, "(a=b)OR(c=d AND(e=f))", "a = b OR c = d AND e = f" },
    { HR_EXPRESSION_CONDITION, "a=b AND (c=d AND e=f)", "a = b AND (c = d AND e = f)" },
    { HR_EXPRESSION_CONDITION, "not(not(a=b))", "NOT NOT a = b" },
    { HR_EXPRESSION_CONDITION, "(a).b [1]in(:x,:y)", "a.b[1] IN (:x, :y)" },
    { HR_EXPRESSION_FILTER, "whatever(a,b)", "whatever(a, b)" },
    { HR_EXPRESSION_KEY_CONDITION, "pk=:p and sk between :a and :b", "pk = :p AND sk BETWEEN :a AND :b" },
    { HR_EXPRESSION_PROJECTION, " a,b . c[0] ", "a, b.c[0]" },
    { HR_EXPRESSION_UPDATE, "set a=(b)+:c,d=if_not_exists(d,:e) delete f :g add h :i remove j,k",
      "SET a = b + :c, d = if_not_exists(d, :e) DELETE f :g ADD h :i REMOVE j, k" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      char *formatted =
          hr_expression_format (arena, cases[i].kind, cases[i].text, strlen (cases[i].text), &error);

      g_assert_cmpstr (formatted, ==, cases[i].formatted);
      g_assert_cmpstr (hr_expression_format (arena, cases[i].kind, formatted, strlen (formatted), &error), ==,
                       cases[i].formatted);
    }
}

static void
test_format_error (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  g_assert_null (hr_expression_format (arena, HR_EXPRESSION_UPDATE, "SET a", 5, &error));
  g_assert_cmpstr (error.message, ==,
                   "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"a\"");
  g_assert_cmpint (error.family, ==, HR_FAMILY_ENVELOPED);
}

static void
test_print (void)
{
  static const char text[] = "#s = :s AND a.#b[0] < :n AND #o IN (:m, :bin)";
  static const char expected[] = "status = \"it's \\\"open\\\"\" AND a.#\"my key\"[0] < 12.5 AND #\"or\" IN "
                                 "({\"M\": {}}, {\"B\": \"AA==\"})";
  HrDecimal number = { 125, -1, FALSE };
  HrPlaceholder names[] = {
    { .name = "#b", .name_length = 2, .target = "my key", .target_length = 6 },
    { .name = "#o", .name_length = 2, .target = "or", .target_length = 2 },
    { .name = "#s", .name_length = 2, .target = "status", .target_length = 6 },
  };
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrPlaceholder values[] = {
    { .name = ":bin", .name_length = 4, .value = hr_value_binary ("\0", 1) },
    { .name = ":m", .name_length = 2, .value = hr_value_map (NULL, 0) },
    { .name = ":n", .name_length = 2, .value = hr_value_number (arena, &number) },
    { .name = ":s", .name_length = 2, .value = hr_value_string ("it's \"open\"", 11) },
  };
  HrPlaceholders placeholders = { names, G_N_ELEMENTS (names), TRUE, values, G_N_ELEMENTS (values), TRUE };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrCondition *condition =
      hr_condition_compile (arena, HR_EXPRESSION_FILTER, text, strlen (text), &placeholders, &error);

  g_assert_nonnull (condition);
  g_assert_cmpstr (hr_condition_print (condition, arena), ==, expected);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (values[i].used);
}

static void
append_path (const HrPath *path, gpointer user_data)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  g_string_append (user_data, hr_path_describe (path, arena));
}

static void
test_foreach_path (void)
{
  static const char condition_text[] = "attribute_exists(a.b) AND NOT (c = size(d[1]) OR e BETWEEN f AND g)";
  static const char update_text[] = "SET a = b + if_not_exists(c, d) REMOVE e.f";
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GString) paths = g_string_new (NULL);
  HrPlaceholders placeholders = { NULL, 0, FALSE, NULL, 0, FALSE };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrCondition *condition = hr_condition_compile (arena, HR_EXPRESSION_CONDITION, condition_text,
                                                       strlen (condition_text), &placeholders, &error);
  const HrUpdate *update =
      hr_update_compile (arena, update_text, strlen (update_text), &placeholders, &error);

  hr_condition_foreach_path (condition, append_path, paths);
  g_assert_cmpstr (paths->str, ==, "[a, b][c][d, [1]][e][f][g]");
  g_string_truncate (paths, 0);
  hr_update_foreach_path (update, append_path, paths);
  g_assert_cmpstr (paths->str, ==, "[a][b][c][d][e, f]");
  g_string_truncate (paths, 0);
  for (guint i = 0; i < hr_update_get_targets (update)->n_paths; i++)
    append_path (&hr_update_get_targets (update)->paths[i], paths);
  g_assert_cmpstr (paths->str, ==, "[a][e, f]");
}

static void
test_can_create (void)
{
  static const struct
  {
    const char *text;
    gboolean can_create;
  } cases[] = {
    { "REMOVE a", FALSE },
    { "SET a = b", TRUE },
    { "REMOVE a SET b = c", TRUE },
  };
  HrPlaceholders placeholders = { NULL, 0, FALSE, NULL, 0, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      const HrUpdate *update =
          hr_update_compile (arena, cases[i].text, strlen (cases[i].text), &placeholders, &error);

      g_assert_cmpint (hr_update_can_create (update), ==, cases[i].can_create);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/parser/conditions", test_conditions);
  g_test_add_func ("/expression/parser/updates", test_updates);
  g_test_add_func ("/expression/parser/projections", test_projections);
  g_test_add_func ("/expression/parser/format", test_format);
  g_test_add_func ("/expression/parser/format-error", test_format_error);
  g_test_add_func ("/expression/parser/print", test_print);
  g_test_add_func ("/expression/parser/foreach-path", test_foreach_path);
  g_test_add_func ("/expression/parser/can-create", test_can_create);
  return g_test_run ();
}
