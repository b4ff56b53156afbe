/* What the requests of patterns say: the sample's, and odd ones. No display is needed. */

#include <string.h>

#include "app/session/pattern-facts.h"
#include "app/session/run-results.h"
#include "model/api/backend.h"
#include "model/document/file.h"
#include "model/exchange/native.h"

static HrDocument *
read_sample (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_file_read (path, &error);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  HrDocument *document;
  gsize length;
  const char *text;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &length);
  document = hr_native_read (text, length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  return document;
}

typedef struct
{
  const char *pattern;
  guint step;
  const char *table;
  const char *index;
  const char *clauses; /* "ATTRIBUTE OP VALUE [UPPER]; …" */
  gint64 limit;
  gboolean is_read, newest_first;
} FactRow;

static const FactRow fact_rows[] = {
  { "A", 0, "cruddur-messages", NULL, "pk 0 MSG#{message_group_uuid}; sk 6 {year}; ", 20, TRUE, TRUE },
  { "A2", 0, "cruddur-messages", NULL, "pk 0 MSG#{message_group_uuid}; sk 5 {start_date} {end_date}; ", 0,
    TRUE, FALSE },
  { "B", 0, "cruddur-messages", NULL, "pk 0 GRP#{my_user_uuid}; sk 6 {year}; ", 20, TRUE, TRUE },
  { "C1", 0, "cruddur-messages", NULL, "pk 0 MSG#{message_group_uuid}; sk 0 {created_at}; ", 0, FALSE,
    FALSE },
  { "C2", 0, "cruddur-messages", NULL, "pk 0 GRP#{my_user_uuid}; sk 0 {created_at}; ", 0, FALSE, FALSE },
  { "D", 0, "cruddur-messages", "message-group-sk-index", "message_group_uuid 0 {message_group_uuid}; ", 0,
    TRUE, FALSE },
  { "D", 1, "cruddur-messages", NULL, "pk 0 {item.pk}; sk 0 {item.sk}; ", 0, FALSE, FALSE },
};

static char *
print_clauses (const HrStepFacts *facts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < facts->clauses->len; i++)
    {
      const HrFactClause *clause = g_ptr_array_index (facts->clauses, i);

      g_string_append_printf (text, "%s %d %s%s%s; ", clause->attribute, clause->op, clause->value,
                              clause->upper != NULL ? " " : "", clause->upper != NULL ? clause->upper : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_steps (void)
{
  g_autoptr (HrDocument) document = read_sample ();
  const HrModel *model = hr_document_get_model (document);

  for (guint i = 0; i < G_N_ELEMENTS (fact_rows); i++)
    {
      const FactRow *row = &fact_rows[i];
      const HrPattern *pattern = hr_model_find_pattern (model, row->pattern);
      g_autoptr (GPtrArray) facts = hr_pattern_facts_new (pattern, model);
      const HrStepFacts *step = g_ptr_array_index (facts, row->step);
      g_autofree char *clauses = print_clauses (step);

      g_assert_cmpstr (step->table, ==, row->table);
      g_assert_cmpstr (step->index, ==, row->index);
      g_assert_cmpstr (clauses, ==, row->clauses);
      g_assert_cmpint (step->limit, ==, row->limit);
      g_assert_true (step->is_read == row->is_read);
      g_assert_true (step->newest_first == row->newest_first);
    }
}

static void
test_operations (void)
{
  g_autoptr (HrDocument) document = read_sample ();
  const HrModel *model = hr_document_get_model (document);
  g_autofree char *one = hr_pattern_describe_operation (hr_model_find_pattern (model, "C2"));
  g_autofree char *several = hr_pattern_describe_operation (hr_model_find_pattern (model, "D"));

  g_assert_cmpstr (one, ==, "BatchWriteItem");
  g_assert_cmpstr (several, ==, "Query, Write");
}

static char *
list_patterns_of (const HrModel *model, const HrTable *table, const HrEntity *entity)
{
  g_autoptr (GPtrArray) serving = hr_table_list_serving (table, model);
  GString *text = g_string_new (NULL);
  const GPtrArray *patterns;
  guint number;

  g_assert_cmpuint (serving->len, ==, table->entities->len);
  g_assert_true (g_ptr_array_find (table->entities, entity, &number));
  patterns = g_ptr_array_index (serving, number);
  for (guint i = 0; i < patterns->len; i++)
    g_string_append_printf (text, "%s ", ((const HrPattern *) g_ptr_array_index (patterns, i))->id);
  return g_string_free (text, FALSE);
}

static void
test_entities (void)
{
  g_autoptr (HrDocument) document = read_sample ();
  const HrModel *model = hr_document_get_model (document);
  const HrTable *table = g_ptr_array_index (model->tables, 0);
  const HrIndex *index = g_ptr_array_index (table->indexes, 0);
  const HrEntity *message = hr_table_find_entity (table, "Message");
  const HrEntity *group = hr_table_find_entity (table, "Message group");
  g_autofree char *of_message = list_patterns_of (model, table, message);
  g_autofree char *of_group = list_patterns_of (model, table, group);

  g_assert_cmpstr (of_message, ==, "A A2 C1 C2 ");
  g_assert_cmpstr (of_group, ==, "B C2 D ");
  g_assert_cmpstr (hr_entity_find_missing_key (message, index)->name, ==, "message_group_uuid");
  g_assert_null (hr_entity_find_missing_key (group, index));
  g_assert_true (hr_pattern_uses_index (hr_model_find_pattern (model, "D"), model, table, index->name));
  g_assert_false (hr_pattern_uses_index (hr_model_find_pattern (model, "A"), model, table, index->name));
}

static void
test_filter (void)
{
  g_autoptr (HrModel) model = hr_model_new ("odd");
  HrStep *step = hr_step_new ("s", "Scan");
  g_autoptr (HrStepFacts) facts = NULL;

  g_free (step->request);
  step->request =
      g_strdup ("{\"TableName\":\"t\",\"FilterExpression\":\"#s = :s AND size(#s) > :n AND a <> :x\","
                "\"ExpressionAttributeNames\":{\"#s\":\"status\"},"
                "\"ExpressionAttributeValues\":{\":s\":{\"S\":\"{status}\"},\":n\":{\"N\":\"3\"}}}");
  facts = hr_step_facts_new (step, model);
  g_assert_cmpstr (facts->filter, ==, "status = {status} AND size(status) > 3 AND a <> :x");
  g_assert_cmpuint (facts->clauses->len, ==, 0);
  g_assert_true (facts->is_ranged);
  hr_step_free (step);
}

static HrStep *
step_new (const char *operation, const char *request)
{
  HrStep *step = hr_step_new ("s", operation);

  g_free (step->request);
  step->request = g_strdup (request);
  return step;
}

#define QUOTED "\\\"cruddur-messages\\\""

/* A statement names its table and index itself. */
static void
test_statement (void)
{
  g_autoptr (HrDocument) document = read_sample ();
  const HrModel *model = hr_document_get_model (document);
  const HrTable *table = g_ptr_array_index (model->tables, 0);
  HrPattern *pattern = hr_pattern_new ("P", "Statements");
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *operation = NULL;
  g_autofree char *patterns = NULL;
  g_autoptr (HrModel) asked = NULL;
  const HrStepFacts *step;

  g_ptr_array_add (pattern->steps, step_new ("ExecuteStatement", "{\"Statement\":\"SELECT * FROM " QUOTED
                                                                 ".\\\"message-group-sk-index\\\"\"}"));
  g_ptr_array_add (pattern->steps, step_new ("ExecuteStatement", "{\"Statement\":\"DELETE FROM " QUOTED " WHERE pk = "
                                                                 "'GRP#{my_user_uuid}' AND sk = '{created_at}'\"}"));
  facts = hr_pattern_facts_new (pattern, model);
  step = g_ptr_array_index (facts, 0);
  g_assert_cmpstr (step->table, ==, table->name);
  g_assert_cmpstr (step->index, ==, "message-group-sk-index");
  g_assert_true (step->is_read && step->is_scan && !step->is_ranged);
  step = g_ptr_array_index (facts, 1);
  g_assert_cmpstr (step->table, ==, table->name);
  g_assert_false (step->is_read || step->is_scan);
  g_assert_true (g_str_has_prefix (step->statement, "DELETE FROM"));
  operation = hr_pattern_describe_operation (pattern);
  g_assert_cmpstr (operation, ==, "ExecuteStatement, Write");
  g_assert_true (hr_pattern_uses_index (pattern, model, table, "message-group-sk-index"));
  asked = hr_model_copy (model);
  g_ptr_array_set_size (asked->patterns, 0);
  g_ptr_array_add (asked->patterns, pattern);
  table = g_ptr_array_index (asked->tables, 0);
  patterns = list_patterns_of (asked, table, hr_table_find_entity (table, "Message"));
  g_assert_cmpstr (patterns, ==, "P ");
}

/* What a person types is never too odd to be looked at. */
static void
test_odd (void)
{
  static const char *const requests[] = {
    "", "[]", "null", "{\"TableName\":5}", "{\"KeyConditionExpression\":\"((\"}", "{\"RequestItems\":[]}",
    "{\"Key\":[[[{}]]],\"Limit\":\"x\",\"ExpressionAttributeValues\":[1]}",
    "{\"TableName\":\"t\",\"KeyConditionExpression\":\"pk = :a\",\"ExpressionAttributeValues\":{\":a\":[]}}",
  };
  g_autoptr (HrModel) model = hr_model_new ("odd");

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      HrStep *step = hr_step_new ("s", "Query");
      HrStepFacts *facts;

      g_free (step->request);
      step->request = g_strdup (requests[i]);
      facts = hr_step_facts_new (step, model);
      g_assert_nonnull (facts->clauses);
      hr_step_facts_free (facts);
      hr_step_free (step);
    }
}

static HrPatternRun *
run (HrDocument *document, const char *id)
{
  const HrModel *model = hr_document_get_model (document);
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (document));
  const HrRunOptions options = { .want_trace = TRUE };
  g_autoptr (GError) error = NULL;
  HrPatternRun *result = hr_pattern_run (hr_model_find_pattern (model, id), model, backend, &options, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_results (void)
{
  g_autoptr (HrDocument) document = read_sample ();
  g_autoptr (HrPatternRun) read = run (document, "A");
  g_autoptr (HrPatternRun) moved = run (document, "D");
  g_autoptr (GListStore) rows = hr_run_results_new (read, hr_document_get_model (document), 7);
  g_autoptr (GListStore) moves = hr_run_results_new (moved, hr_document_get_model (document), 100);
  static const HrResultKind kinds[] = { HR_RESULT_RETURNED, HR_RESULT_RETURNED, HR_RESULT_DELETED,
                                        HR_RESULT_DELETED, HR_RESULT_INSERTED, HR_RESULT_INSERTED,
                                        HR_RESULT_DELETED, HR_RESULT_DELETED, HR_RESULT_INSERTED,
                                        HR_RESULT_INSERTED }; /* the last four in the index */
  g_autoptr (HrResultRow) first = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 7);
  first = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  g_assert_cmpuint (hr_result_row_get_number (first), ==, 1);
  g_assert_cmpstr (hr_result_row_get_key_text (first), ==, "2026-03-02T11:47:00.000000+00:00");
  g_assert_true (g_str_has_prefix (hr_result_row_get_text (first), "Never say that word"));
  g_assert_cmpuint (hr_result_row_get_key (first)->length, ==, 2);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (moves)), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (HrResultRow) row = g_list_model_get_item (G_LIST_MODEL (moves), i);

      g_assert_cmpint (hr_result_row_get_kind (row), ==, kinds[i]);
      g_assert_cmpstr (hr_result_row_get_index (row), ==, i < 6 ? NULL : "message-group-sk-index");
    }
}

/* Two tables that have other keys, and an index that has another order. */
static const char two_tables[] =
    "{\"hashrange\":1,\"name\":\"Two\",\"tables\":["
    "{\"name\":\"shop\",\"partition_key\":[{\"name\":\"pk\",\"type\":\"S\"}],"
    "\"sort_key\":[{\"name\":\"sk\",\"type\":\"N\"}],"
    "\"indexes\":[{\"name\":\"by-state\",\"kind\":\"global\","
    "\"partition_key\":[{\"name\":\"state\",\"type\":\"S\"}],\"sort_key\":[{\"name\":\"sum\",\"type\":\"N\"}],"
    "\"projection\":\"ALL\"}],\"items\":[{\"pk\":{\"S\":\"C1\"},\"sk\":{\"N\":\"10\"},\"state\":{\"S\":\"open\"},"
    "\"sum\":{\"N\":\"75\"},\"info\":{\"M\":{}},\"note\":{\"S\":\"urgent\"}}]},"
    "{\"name\":\"log\",\"partition_key\":[{\"name\":\"id\",\"type\":\"S\"}],"
    "\"items\":[{\"id\":{\"S\":\"L1\"},\"text\":{\"S\":\"one\"}}]}],"
    "\"patterns\":[{\"id\":\"A\",\"name\":\"a\",\"steps\":[{\"name\":\"s\",\"operation\":\"%s\",\"request\":%s}]}]}";

#define GET_BOTH                                                                                                       \
  "{\"Get\":{\"TableName\":\"log\",\"Key\":{\"id\":{\"S\":\"L1\"}}}},"                                               \
  "{\"Get\":{\"TableName\":\"shop\",\"Key\":{\"pk\":{\"S\":\"C1\"},\"sk\":{\"N\":\"10\"}}}}"
#define SELECT_BOTH                                                                                                    \
  "{\"Statement\":\"SELECT * FROM log WHERE id = 'L1'\"},"                                                            \
  "{\"Statement\":\"SELECT * FROM shop WHERE pk = 'C1' AND sk = 10\"}"

/* Each result with the keys of the table or index that it comes from, and the attribute that says most. */
static void
test_result_keys (void)
{
  static const struct
  {
    const char *operation;
    const char *request;
    const char *rows; /* KEY TEXT; … */
  } cases[] = {
    { "TransactGetItems", "{\"TransactItems\":[" GET_BOTH "]}", "L1 one; 10 urgent; " },
    { "BatchExecuteStatement", "{\"Statements\":[" SELECT_BOTH "]}", "L1 one; 10 urgent; " },
    { "ExecuteTransaction", "{\"TransactStatements\":[" SELECT_BOTH "]}", "L1 one; 10 urgent; " },
    { "ExecuteStatement", "{\"Statement\":\"SELECT * FROM log\"}", "L1 one; " },
    { "ExecuteStatement", "{\"Statement\":\"SELECT * FROM shop.\\\"by-state\\\"\"}", "75 urgent; " },
    { "Scan", "{\"TableName\":\"shop\",\"IndexName\":\"by-state\"}", "75 urgent; " },
    { "Scan", "{\"TableName\":\"shop\"}", "10 urgent; " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
      g_autofree char *text = g_strdup_printf (two_tables, cases[i].operation, cases[i].request);
      g_autoptr (HrDocument) document = hr_native_read (text, strlen (text), diagnostics, NULL, NULL);
      g_autoptr (HrPatternRun) result = run (document, "A");
      g_autoptr (GListStore) rows = hr_run_results_new (result, hr_document_get_model (document), 100);
      g_autoptr (GString) told = g_string_new (NULL);

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (rows)); j++)
        {
          g_autoptr (HrResultRow) row = g_list_model_get_item (G_LIST_MODEL (rows), j);

          g_string_append_printf (told, "%s %s; ", hr_result_row_get_key_text (row), hr_result_row_get_text (row));
          g_assert_nonnull (hr_result_row_get_key (row));
        }
      g_test_message ("%s: %s", cases[i].operation, result->message != NULL ? result->message : "");
      g_assert_cmpstr (told->str, ==, cases[i].rows);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/pattern-facts/steps", test_steps);
  g_test_add_func ("/app/pattern-facts/operations", test_operations);
  g_test_add_func ("/app/pattern-facts/entities", test_entities);
  g_test_add_func ("/app/pattern-facts/filter", test_filter);
  g_test_add_func ("/app/pattern-facts/statement", test_statement);
  g_test_add_func ("/app/pattern-facts/odd", test_odd);
  g_test_add_func ("/app/pattern-facts/results", test_results);
  g_test_add_func ("/app/pattern-facts/result-keys", test_result_keys);
  return g_test_run ();
}
