/* The tree of single statements, and where errors are. */
#include "model/partiql/lexer.h"
#include "model/partiql/parser.h"

#include <string.h>

/* Trees */

static void describe (const HrPartiqlExpr *expr, GString *out);

static void
describe_path (const HrPath *path, GString *out)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      if (path->steps[i].name == NULL)
        g_string_append_printf (out, "[%u]", path->steps[i].index);
      else
        g_string_append_printf (out, "%s%.*s", i > 0 ? "." : "", (int) path->steps[i].name_length,
                                path->steps[i].name);
    }
}

static void
describe_operands (const char *name, const HrPartiqlExpr *expr, GString *out)
{
  g_string_append_printf (out, "(%s", name);
  for (guint i = 0; i < expr->n_operands; i++)
    {
      g_string_append_c (out, ' ');
      if (expr->kind == HR_PARTIQL_EXPR_STRUCT)
        g_string_append_printf (out, "%.*s:", (int) expr->names[i].name_length, expr->names[i].name);
      describe (expr->operands[i], out);
    }
  g_string_append_c (out, ')');
}

static void
describe (const HrPartiqlExpr *expr, GString *out)
{
  switch (expr->kind)
    {
    case HR_PARTIQL_EXPR_PATH:
      describe_path (&expr->path, out);
      break;
    case HR_PARTIQL_EXPR_STRING:
      g_string_append_printf (out, "'%.*s'", (int) expr->length, expr->text);
      break;
    case HR_PARTIQL_EXPR_NUMBER:
      g_string_append_printf (out, "%s%.*s", expr->is_negative ? "-" : "", (int) expr->length, expr->text);
      break;
    case HR_PARTIQL_EXPR_BOOLEAN:
      g_string_append (out, expr->boolean ? "true" : "false");
      break;
    case HR_PARTIQL_EXPR_NULL:
      g_string_append (out, "null");
      break;
    case HR_PARTIQL_EXPR_MISSING:
      g_string_append (out, "missing");
      break;
    case HR_PARTIQL_EXPR_PARAMETER:
      g_string_append_printf (out, "?%u", expr->parameter);
      break;
    case HR_PARTIQL_EXPR_LIST:
      describe_operands ("list", expr, out);
      break;
    case HR_PARTIQL_EXPR_BAG:
      describe_operands ("bag", expr, out);
      break;
    case HR_PARTIQL_EXPR_STRUCT:
      describe_operands ("struct", expr, out);
      break;
    case HR_PARTIQL_EXPR_CALL:
      describe_operands (expr->text, expr, out);
      break;
    case HR_PARTIQL_EXPR_OPERATION:
      describe_operands (hr_operator_get (expr->op)->name, expr, out);
      break;
    case HR_PARTIQL_EXPR_IS:
      describe_operands (expr->is_negated ? "is-not" : "is", expr, out);
      break;
    case HR_PARTIQL_EXPR_UNSUPPORTED:
      g_string_append_printf (out, "<%s>", expr->text);
      break;
    }
}

static const HrPartiqlTree *
parse (HrArena *arena, const char *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrPartiqlTree *tree = hr_partiql_parse (arena, text, strlen (text), &error);

  if (tree == NULL)
    g_error ("%s: %s", text, error.message);
  return tree;
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *text;
    const char *tree;
  } cases[] = {
    { "a = 1", "(= a 1)" },
    { "a = 'it''s' AND b != -1 AND c <> .5", "(AND (= a 'it's') (<> b -1) (<> c .5))" },
    { "a = 1 OR b = 2 AND c = 3", "(OR (= a 1) (AND (= b 2) (= c 3)))" },
    { "(a = 1 OR b = 2) AND c = 3", "(AND (OR (= a 1) (= b 2)) (= c 3))" },
    { "NOT a = 1 AND b = 2", "(AND (NOT (= a 1)) (= b 2))" },
    { "NOT NOT a IN [1]", "(NOT (NOT (IN a (list 1))))" },
    { "a NOT IN (1, ?) AND b NOT BETWEEN ? AND 5", "(AND (NOT (IN a (list 1 ?0))) (NOT (BETWEEN b ?1 5)))" },
    { "a BETWEEN 1 AND 2 AND b = 3", "(AND (BETWEEN a 1 2) (= b 3))" },
    { "a = b < c", "(= a (< b c))" },
    { "a.\"b c\"[3]['d'].\"e\"\"f\" = 1", "(= a.b c[3].d.e\"f 1)" },
    { "a IS NOT MISSING AND b IS DOUBLE PRECISION AND c IS DECIMAL(5, 2)", "(AND (is-not a) (is b) (is c))" },
    { "Contains(a, 'x') AND SIZE(b) > 3", "(AND (contains a 'x') (> (size b) 3))" },
    { "a = {'x': [1, <<'y', 'z'>>], 'n': null, 't': TRUE, 'm': missing}",
      "(= a (struct x:(list 1 (bag 'y' 'z')) n:null t:true m:missing))" },
    { "a = - - 1 AND b = -/* c */-2 AND c = +3 -- end", "(AND (= a 1) (= b 2) (= c 3))" },
    { "a = b-1", "(= a (- b 1))" },
    { "a LIKE 'x' OR b || 'y' = c", "(OR <Like> (= <Concat> c))" },
    { "$1 = _x AND \"select\" = 1e5", "(AND (= $1 _x) (= select 1e5))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autofree char *text = g_strdup_printf ("SELECT * FROM t WHERE %s", cases[i].text);
      g_autoptr (GString) out = g_string_new (NULL);

      describe (parse (arena, text)->where, out);
      g_assert_cmpstr (out->str, ==, cases[i].tree);
    }
}

static void
test_statements (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrPartiqlTree *tree = parse (arena, "select a.b, c[0] from \"my table\".\"in\"\"dex\" order by a desc, b;");

  g_assert_cmpint (tree->kind, ==, HR_PARTIQL_STATEMENT_SELECT);
  g_assert_cmpstr (tree->table, ==, "my table");
  g_assert_cmpstr (tree->index, ==, "in\"dex");
  g_assert_cmpuint (tree->n_columns, ==, 2);
  g_assert_cmpuint (tree->n_order, ==, 2);
  g_assert_true (tree->order[0].is_descending && !tree->order[1].is_descending);
  g_assert_null (tree->where);

  tree = parse (arena, "UPDATE t SET a = 1, b.c = ? REMOVE d[0] SET e = f + ? WHERE k = ? RETURNING MODIFIED OLD *");
  g_assert_cmpint (tree->kind, ==, HR_PARTIQL_STATEMENT_UPDATE);
  g_assert_cmpuint (tree->n_actions, ==, 4);
  g_assert_null (tree->actions[2].value);
  g_assert_cmpuint (tree->n_parameters, ==, 3);
  g_assert_true (tree->has_returning && tree->returns_modified && !tree->returns_new);

  tree = parse (arena, "FROM t WHERE k = 1 REMOVE x");
  g_assert_cmpint (tree->kind, ==, HR_PARTIQL_STATEMENT_UPDATE);
  g_assert_nonnull (tree->where);

  tree = parse (arena, "EXISTS (SELECT * FROM t WHERE k = 1)");
  g_assert_cmpint (tree->kind, ==, HR_PARTIQL_STATEMENT_EXISTS);
  g_assert_cmpstr (parse (arena, "INSERT INTO t VALUE ?")->table, ==, "t");
  g_assert_cmpint (parse (arena, "DELETE FROM t")->kind, ==, HR_PARTIQL_STATEMENT_DELETE);
}

/* Errors */

#define NOT_WELL_FORMED "Statement wasn't well formed, can't be processed: "

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *place; /* line:column:length of the error */
    const char *message;
  } cases[] = {
    { "SELECT * FROM t WHERE", "1:22:0", NOT_WELL_FORMED "Unexpected term" },
    { "SELECT *\nFROM t\nWHERE a = 'ü' AND", "3:18:0",
      NOT_WELL_FORMED "Missing right-hand side expression of infix operator" },
    { "SELECT * FROM t WHERE a = 'ü' b", "1:31:1", NOT_WELL_FORMED "Unexpected token after expression" },
    { "SELECT * FROM t WHERE order = 1", "1:23:5", NOT_WELL_FORMED "Unexpected keyword" },
    { "SELECT * FROM t WHERE a = = 1", "1:27:1", NOT_WELL_FORMED "Unexpected operator" },
    { "SELECT * FROM t WHERE a IS nice", "1:28:4", NOT_WELL_FORMED "Expected type name" },
    { "SELECT * FROM t WHERE a.key = 1", "1:25:3", NOT_WELL_FORMED "Invalid path dot component" },
    { "SELECT * FROM t WHERE f(1 2)", "1:27:1", NOT_WELL_FORMED "Expected argument delimiter" },
    { "SELECT * FROM t WHERE (a = 1", "1:29:0", NOT_WELL_FORMED "Expected argument delimiter" },
    { "SELECT * FROM t WHERE a IN ()", "1:29:1", NOT_WELL_FORMED "Unexpected term" },
    { "SELECT * FROM t WHERE a BETWEEN 1 OR 2", "1:35:2", NOT_WELL_FORMED "Expected keyword AND" },
    { "SELECT *, a FROM t", "1:9:1", NOT_WELL_FORMED "Asterisk is not alone in the select list" },
    { "SELECT a WHERE", "1:10:5", NOT_WELL_FORMED "Missing FROM after SELECT list" },
    { "SELECT FROM t", "1:8:4", NOT_WELL_FORMED "Found empty SELECT list" },
    { "INSERT t VALUE {}", "1:8:1", NOT_WELL_FORMED "Unexpected keyword" },
    { "INSERT INTO t VALUE {a: 1}", "1:22:1", NOT_WELL_FORMED "Unexpected term" },
    { "UPDATE t SET a 1", "1:16:1", NOT_WELL_FORMED "Expected assignment for SET" },
    { "UPDATE t WHERE a = 1", "1:10:5", NOT_WELL_FORMED "Expected data manipulation" },
    { "DELETE t", "1:8:1", NOT_WELL_FORMED "Unexpected keyword" },
    { "UPDATE t SET a = 1 RETURNING OLD", "1:30:3", NOT_WELL_FORMED "Expected returning clause" },
    { "SELECT * FROM t -- c\n WHERE a = 'open", "2:12:5", NOT_WELL_FORMED },
    { "SELECT * FROM t WHERE a = 1abc", "1:27:4", NOT_WELL_FORMED },
    { "SELECT * FROM t, u", "1:16:1", "FROM clause may only contain a single table name" },
    { "SELECT a.* FROM t", "1:10:1", "Unexpected path component at 1:10:1" },
    { "SELECT a[x] FROM t", "1:10:1", "Unexpected path component at 1:10:1" },
    { "SELECT a[1.5] FROM t", "1:10:3", "Unexpected path component at 1:10:3" },
    { "SELECT * FROM t WHERE a = 1 GROUP BY b", "1:29:5", "Unsupported clause: GROUP BY" },
    { "SELECT DISTINCT a FROM t", "1:8:8", "Unsupported clause: DISTINCT" },
    { "1 + 2", "1:1:5", "Unsupported operation: Operator" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      gsize length = strlen (cases[i].text);

      g_assert_null (hr_partiql_parse (arena, cases[i].text, length, &error));
      g_assert_cmpint (error.kind, ==, HR_SERVICE_VALIDATION);
      g_assert_cmpstr (error.message, ==, cases[i].message);
      g_assert_true (error.has_range);
      g_assert_cmpstr (hr_partiql_describe_place (cases[i].text, length, error.range, arena), ==, cases[i].place);
    }
}

static void
test_words (void)
{
  static const char *const reserved[] = { "select", "SELECT", "absolute", "zone", "date_diff", "current_timestamp",
                                          "can_lossless_cast", "at", "index", "Value", "char", "char_length" };
  static const char *const free_names[] = { "", "data", "name", "status", "selects", "selec", "kind", "pk",
                                            "a_name_that_is_longer_than_any_word", "zones", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    g_assert_cmpint (hr_partiql_find_word (reserved[i], strlen (reserved[i])), !=, HR_PARTIQL_NO_WORD);
  for (guint i = 0; i < G_N_ELEMENTS (free_names); i++)
    g_assert_cmpint (hr_partiql_find_word (free_names[i], strlen (free_names[i])), ==, HR_PARTIQL_NO_WORD);
  g_assert_cmpint (hr_partiql_find_word ("set\0", 4), ==, HR_PARTIQL_NO_WORD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partiql/parser/conditions", test_conditions);
  g_test_add_func ("/partiql/parser/statements", test_statements);
  g_test_add_func ("/partiql/parser/errors", test_errors);
  g_test_add_func ("/partiql/lexer/words", test_words);
  return g_test_run ();
}
