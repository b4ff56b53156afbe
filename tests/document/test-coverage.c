/*
 * What patterns use and reach, and help with templates.
 */
#include "tests/document/fixture.h"

#include "model/base/error.h"
#include "model/document/coverage.h"
#include "model/document/template-help.h"

#include <string.h>

static void
add_pattern (HrModel *model, const char *id, const char *operation, const char *request)
{
  HrPattern *pattern = hr_pattern_new (id, "");
  HrStep *step = hr_step_new ("step", operation);

  g_free (step->request);
  step->request = g_strdelimit (fixture_quote (request), "`", '\''); /* of strings in statements */
  g_ptr_array_add (pattern->steps, step);
  g_ptr_array_add (model->patterns, pattern);
}

static HrModel *
model_new (void)
{
  HrModel *model = fixture_model_new ();
  HrTable *notes = (HrTable *) hr_model_find_table (model, "notes");
  HrEntity *list = hr_entity_new ("List");
  HrEntity *tag = hr_entity_new ("Tag");

  g_ptr_array_add (list->keys, hr_entity_key_new ("pk", hr_key_template_parse ("LIST#{id}", NULL, NULL)));
  g_ptr_array_add (list->key_parts, hr_attribute_new ("id", HR_TYPE_S));
  g_ptr_array_add (list->attributes, hr_attribute_new ("owner", HR_TYPE_S));
  g_ptr_array_add (tag->keys, hr_entity_key_new ("pk", hr_key_template_parse ("TAG", NULL, NULL)));
  g_ptr_array_add (notes->entities, list);
  g_ptr_array_add (notes->entities, tag);
  return model;
}

#define PK "'KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':{'S':"

static void
test_coverage (void)
{
  g_autoptr (HrModel) model = model_new ();
  g_autoptr (HrCoverage) coverage = NULL;

  add_pattern (model, "A", "Query", "{'TableName':'notes'," PK "'NOTE#{x}'}}}");
  add_pattern (model, "B", "Query", "{'TableName':'notes','IndexName':'by-owner',"
                             "'KeyConditionExpression':'owner = :p'}");
  add_pattern (model, "C", "PutItem", "{'TableName':'notes','Item':{'pk':{'S':'LIST#1'}}}");
  add_pattern (model, "D", "Scan", "{'TableName':'counters'}");
  coverage = hr_coverage_new (model, "notes", NULL, NULL);
  g_assert_cmpuint (coverage->n_columns, ==, 3);
  g_assert_cmpuint (hr_coverage_get (coverage, 0, 0), ==, 1 << HR_USE_READ);
  g_assert_cmpuint (hr_coverage_get (coverage, 1, 0), ==, 0);
  g_assert_cmpuint (hr_coverage_get (coverage, 1, 1), ==, 1 << HR_USE_READ);
  g_assert_cmpuint (hr_coverage_get (coverage, 2, 0), ==, 1 << HR_USE_WRITE);
  g_assert_cmpuint (hr_coverage_get (coverage, 2, 1), ==, 1 << HR_USE_WRITE); /* lists have an owner */
  g_assert_cmpuint (hr_coverage_get (coverage, 2, 2), ==, 0);                 /* but no rank */
  g_assert_cmpuint (hr_coverage_get (coverage, 3, 0), ==, 0);
  g_assert_cmpuint (coverage->reached[0], ==, 1);
  g_assert_cmpuint (coverage->reached[2], ==, 2);
  g_assert_cmpuint (coverage->unused_indexes->len, ==, 1);
  g_assert_cmpuint (g_array_index (coverage->unused_indexes, guint, 0), ==, 1);
  g_assert_cmpuint (coverage->unread_entities->len, ==, 1);
  g_assert_cmpuint (g_array_index (coverage->unread_entities, guint, 0), ==, 2);
  g_assert_null (hr_coverage_new (model, "nowhere", NULL, NULL));
}

static void
test_scan (void)
{
  g_autoptr (HrModel) model = model_new ();
  g_autoptr (HrCoverage) coverage = NULL;

  add_pattern (model, "A", "Scan", "{'TableName':'notes','IndexName':'by-rank'}");
  add_pattern (model, "B", "TransactWriteItems",
               "{'TransactItems':[{'Put':{'TableName':'notes','Item':{'pk':{'S':'TAG'}}}}]}");
  coverage = hr_coverage_new (model, "notes", NULL, NULL);
  g_assert_cmpuint (hr_coverage_get (coverage, 0, 2), ==, 1 << HR_USE_SCAN);
  g_assert_cmpuint (coverage->reached[0], ==, 1); /* only notes have a rank */
  g_assert_cmpuint (coverage->reached[1], ==, 4);
}

/* Statements say themselves what they read, and of what. */
static void
test_statements (void)
{
  static const struct
  {
    const char *operation;
    const char *request;
    HrUses table, by_owner;
  } cases[] = {
    { "ExecuteStatement", "{'Statement':'SELECT * FROM notes WHERE pk = `NOTE#{x}`'}", 1 << HR_USE_READ, 0 },
    { "ExecuteStatement", "{'Statement':'SELECT * FROM notes WHERE pk = ?','Parameters':[{'S':'{x}'}]}",
      1 << HR_USE_READ, 0 },
    { "ExecuteStatement", "{'Statement':'SELECT * FROM notes'}", 1 << HR_USE_SCAN, 0 },
    { "ExecuteStatement", "{'Statement':'SELECT * FROM notes WHERE n = {n}'}", 1 << HR_USE_SCAN, 0 },
    { "ExecuteStatement", "{'Statement':'SELECT * FROM notes.\\'by-owner\\' WHERE owner = ?',"
                          "'Parameters':[{'S':'{x}'}]}", 0, 1 << HR_USE_READ },
    { "ExecuteStatement", "{'Statement':'DELETE FROM notes WHERE pk = `TAG`'}", 1 << HR_USE_WRITE, 1 << HR_USE_WRITE },
    { "BatchExecuteStatement", "{'Statements':[{'Statement':'SELECT * FROM counters'},"
                               "{'Statement':'SELECT * FROM notes WHERE pk = `TAG`'}]}", 1 << HR_USE_READ, 0 },
    { "ExecuteTransaction", "{'TransactStatements':[{'Statement':'UPDATE notes SET a = 1 WHERE pk = `TAG`'}]}",
      1 << HR_USE_WRITE, 1 << HR_USE_WRITE },
    { "ExecuteStatement", "{'Statement':'SELECT'}", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrModel) model = model_new ();
      g_autoptr (HrCoverage) coverage = NULL;

      add_pattern (model, "A", cases[i].operation, cases[i].request);
      g_test_message ("%s", cases[i].request);
      coverage = hr_coverage_new (model, "notes", NULL, NULL);
      g_assert_cmpuint (hr_coverage_get (coverage, 0, 0), ==, cases[i].table);
      g_assert_cmpuint (hr_coverage_get (coverage, 0, 1), ==, cases[i].by_owner);
    }
}

static void
test_reach (void)
{
  static const struct
  {
    const char *template;
    const char *text;
    gboolean is_prefix;
    gboolean may;
  } cases[] = {
    { "MSG#{a}", "MSG#{x}", FALSE, TRUE },   { "MSG#{a}", "GRP#{x}", FALSE, FALSE }, { "MSG#{a}", "{x}", FALSE, TRUE },
    { "MSG#{a}", "MSG#", FALSE, FALSE },     { "MSG#{a}", "MSG#", TRUE, TRUE },      { "MSG#{a}", "M", TRUE, TRUE },
    { "{a}#END", "{x}#OTHER", FALSE, FALSE }, { "{a}#END", "1#END", FALSE, TRUE },
    { "PROFILE", "PROFILE", FALSE, TRUE },
    { "PROFILE", "PROF", TRUE, TRUE },       { "PROFILE", "PROFILES", TRUE, FALSE }, { "PROFILE", "{x}", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrKeyTemplate) parsed = hr_key_template_parse (cases[i].template, NULL, NULL);

      g_test_message ("%s %s", cases[i].template, cases[i].text);
      g_assert_cmpint (hr_template_may_be (parsed, cases[i].text, cases[i].is_prefix), ==, cases[i].may);
    }
}

static void
test_complete (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  const HrEntity *note = hr_table_find_entity (hr_model_find_table (model, "notes"), "Note");
  g_autoptr (GArray) all = hr_template_complete (note, "");
  g_autoptr (GArray) some = hr_template_complete (note, "T");

  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpuint (some->len, ==, 3);
  g_assert_cmpstr (g_array_index (some, HrTemplateCandidate, 0).name, ==, "text"); /* begins; the others contain */
  g_assert_cmpstr (g_array_index (some, HrTemplateCandidate, 1).name, ==, "note");
  g_assert_true (g_array_index (some, HrTemplateCandidate, 1).is_key_part);
}

static void
test_check (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  const HrEntity *note = hr_table_find_entity (hr_model_find_table (model, "notes"), "Note");
  g_autoptr (GPtrArray) right = hr_template_check (note, "NOTE#{note}");
  g_autoptr (GPtrArray) wrong = hr_template_check (note, "N#{noet}#{at");
  g_autoptr (GPtrArray) unknown = hr_template_check (note, "N#{txet}");
  const HrTemplateFinding *finding;

  g_assert_cmpuint (right->len, ==, 0);
  g_assert_cmpuint (wrong->len, ==, 1);
  finding = wrong->pdata[0];
  g_assert_cmpuint (finding->range.start, ==, 9);
  finding = unknown->pdata[0];
  g_assert_true (finding->is_unknown);
  g_assert_cmpstr (finding->fixed, ==, "N#{text}");
  g_assert_cmpuint (finding->range.start, ==, 2);
  g_assert_cmpuint (finding->range.end, ==, 8);
}

static void
test_example (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), "notes");
  const HrEntity *note = hr_table_find_entity (table, "Note");
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = fixture_item (arena, "{'pk':{'S':'NOTE#7'},'sk':{'S':'2026'},'text':{'S':'x'}}");
  g_autofree char *example = hr_template_dup_example (table, note, "N/{note}/{text}/{rank}", &item);
  g_autofree char *empty = hr_template_dup_example (table, note, "N/{note}", NULL);
  HrTemplateCount count;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (example, ==, "N/7/x/{rank}");
  g_assert_cmpstr (empty, ==, "N/{note}");
  fixture_begin (document, "Add");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2026'},'text':{'S':'x'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'2027'},'text':{'S':'y'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#2'},'sk':{'S':'2026'}}");
  fixture_commit (document);
  g_assert_true (hr_template_count (document, "notes", "Note", "{note}", 100, &count, &error));
  g_assert_cmpuint (count.n_items, ==, 3);
  g_assert_cmpuint (count.n_keys, ==, 2);
  g_assert_true (count.is_complete);
  g_assert_true (hr_template_count (document, "notes", "Note", "{text}", 100, &count, &error));
  g_assert_cmpuint (count.n_without, ==, 1);
  g_assert_true (hr_template_count (document, "notes", "Note", "{text}", 2, &count, &error));
  g_assert_false (count.is_complete);
  g_assert_false (hr_template_count (document, "notes", "Note", "{text", 2, &count, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/coverage/grid", test_coverage);
  g_test_add_func ("/document/coverage/scan", test_scan);
  g_test_add_func ("/document/coverage/statements", test_statements);
  g_test_add_func ("/document/coverage/reach", test_reach);
  g_test_add_func ("/document/template-help/complete", test_complete);
  g_test_add_func ("/document/template-help/check", test_check);
  g_test_add_func ("/document/template-help/example", test_example);
  return g_test_run ();
}
