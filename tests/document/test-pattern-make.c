/*
 * Patterns from partitions, requests and runs.
 */
#include "tests/document/stage.h"

#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/document/pattern-make.h"

#include <string.h>

static const HrStep *
get_step (const HrPattern *pattern)
{
  g_assert_cmpuint (pattern->steps->len, ==, 1);
  return pattern->steps->pdata[0];
}

static void
assert_request (const HrPattern *pattern, const char *operation, const char *request)
{
  g_autofree char *quoted = fixture_quote (request);

  g_assert_cmpstr (get_step (pattern)->operation, ==, operation);
  g_assert_cmpstr (get_step (pattern)->request, ==, quoted);
}

static void
assert_parameter (const HrPattern *pattern, guint index, const char *name, const char *example)
{
  const HrParameter *parameter = pattern->parameters->pdata[index];

  g_assert_cmpstr (parameter->name, ==, name);
  g_assert_cmpstr (parameter->example, ==, example);
}

static void
test_partition (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  const HrTable *table = hr_model_find_table (model, "notes");
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue partition = fixture_item (arena, "{'pk':{'S':'NOTE#7'}}");
  HrValue owner = fixture_item (arena, "{'owner':{'S':'ann'}}");
  g_autoptr (HrPattern) by_entity =
      hr_pattern_new_from_partition (table, NULL, &partition, hr_table_find_entity (table, "Note"));
  g_autoptr (HrPattern) by_value = hr_pattern_new_from_partition (table, "by-owner", &owner, NULL);

  assert_request (by_entity, "Query",
                  "{'TableName':'notes','KeyConditionExpression':'pk = :pk',"
                  "'ExpressionAttributeValues':{':pk':{'S':'NOTE#{note}'}}}");
  assert_parameter (by_entity, 0, "note", "7");
  assert_request (by_value, "Query",
                  "{'TableName':'notes','IndexName':'by-owner','KeyConditionExpression':'#owner = :owner',"
                  "'ExpressionAttributeNames':{'#owner':'owner'},"
                  "'ExpressionAttributeValues':{':owner':{'S':'{owner}'}}}");
  assert_parameter (by_value, 0, "owner", "ann");
}

typedef struct
{
  const char *text;
  const char *operation; /* NULL: refused */
  const char *request;
} TextCase;

static const TextCase texts[] = {
  { "aws dynamodb query --table-name notes --index-name by-owner --key-condition-expression \"owner = :o\" "
    "--expression-attribute-values '{\\\"x\\\":1}' --no-scan-index-forward --limit 5 --region eu-west-1 --output json",
    "Query",
    "{'TableName':'notes','IndexName':'by-owner','KeyConditionExpression':'owner = :o',"
    "'ExpressionAttributeValues':{'x':{'N':'1'}},'ScanIndexForward':false,'Limit':5}" },
  { "{'TableName':'notes','KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':{'S':'NOTE#7'}}}",
    "Query",
    "{'TableName':'notes','KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':{'S':'NOTE#{note}'}}}" },
  { "{'TableName':'notes','KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':'NOTE#7'}}", "Query",
    "{'TableName':'notes','KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':{'S':'NOTE#{note}'}}}" },
  { "{'TableName':'notes','Key':{'pk':'NOTE#7','sk':'x{y'}}", "GetItem",
    "{'TableName':'notes','Key':{'pk':{'S':'NOTE#{note}'},'sk':{'S':'x{{y'}}}" },
  { "{'TableName':'notes','Item':{'pk':'a','n':1}}", "PutItem",
    "{'TableName':'notes','Item':{'n':{'N':'1'},'pk':{'S':'a'}}}" },
  { "{'RequestItems':{'notes':{'Keys':[{'pk':{'S':'a'}}]}}}", "BatchGetItem",
    "{'RequestItems':{'notes':{'Keys':[{'pk':{'S':'a'}}]}}}" },
  { "{'TableName':'notes'}", "Scan", "{'TableName':'notes'}" },
  { "{'TableName':'notes','Key':{'pk':{'S':'a'}},'ConditionExpression':'attribute_exists(pk)'}", "DeleteItem",
    "{'TableName':'notes','Key':{'pk':{'S':'a'}},'ConditionExpression':'attribute_exists(pk)'}" },
  { "{'Statements':[{'Statement':'SELECT'}]}", "BatchExecuteStatement", "{'Statements':[{'Statement':'SELECT'}]}" },
  { "aws dynamodb execute-transaction --cli-binary-format base64 --transact-statements \"[{\\'Statement\\':\\'S\\'}]\"",
    "ExecuteTransaction", "{'TransactStatements':[{'Statement':'S'}]}" },
  { "aws dynamodb get-item `\n --table-name notes `\n"
    " --key \"{\\\\\\'pk\\\\\\':{\\\\\\'S\\\\\\':\\\\\\'a\\\\\\'}}\"", "GetItem",
    "{'TableName':'notes','Key':{'pk':{'S':'a'}}}" },
  { "aws dynamodb get-item --cli-input-json \"{\\'Key\\':{\\'pk\\':{\\'S\\':\\'a\\'}},\\'TableName\\':\\'x\\'}\" "
    "--table-name notes", "GetItem", "{'Key':{'pk':{'S':'a'}},'TableName':'notes'}" },
  { "aws dynamodb get-item --table-name notes --key file://key.json", NULL, NULL },
  { "aws dynamodb get-item --table-name notes --key pk={S=a}", NULL, NULL },
  { "aws dynamodb query --table-name file://name.txt", NULL, NULL },
  { "{'name':'Ann'}", NULL, NULL },
  { "[1]", NULL, NULL },
  { "{", NULL, NULL },
  { "aws s3 ls", NULL, NULL },
};

static void
test_text (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = fixture_quote (texts[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (HrPattern) pattern = hr_pattern_new_from_text (model, text, strlen (text), &error);

      g_test_message ("%s", text);
      if (texts[i].operation == NULL)
        {
          g_assert_null (pattern);
          g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (error);
      assert_request (pattern, texts[i].operation, texts[i].request);
    }
}

/* References that are there already become parameters. */
static void
test_references (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  const char *text = "{\"TableName\":\"notes\",\"Key\":{\"pk\":{\"S\":\"NOTE#{which}\"}}}";
  g_autoptr (HrPattern) pattern = hr_pattern_new_from_text (model, text, strlen (text), NULL);

  g_assert_cmpstr (get_step (pattern)->request, ==, text);
  assert_parameter (pattern, 0, "which", NULL);
}

/* What a run gave is what the next one is measured by. */
static void
test_take (Stage *stage, gconstpointer data)
{
  g_autofree HrTarget *target = NULL;
  const HrModel *model;
  const HrPattern *pattern;
  g_autoptr (HrPatternRun) run = NULL;
  g_autoptr (HrPatternRun) again = NULL;
  g_autoptr (GError) error = NULL;

  stage_add_step (stage, "items", "Query", STAGE_QUERY "}");
  target = hr_document_insert_pattern (stage->document, stage->pattern, &error);
  g_assert_no_error (error);
  model = hr_document_get_model (stage->document);
  pattern = hr_model_find_pattern (model, target->name);
  run = hr_pattern_run (pattern, model, stage->backend, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (hr_document_take_expectations (stage->document, run, HR_TAKE_ALL, &error));
  g_assert_no_error (error);
  model = hr_document_get_model (stage->document);
  pattern = hr_model_find_pattern (model, target->name);
  g_assert_true (pattern->expect->has_count);
  g_assert_cmpuint (pattern->expect->count, ==, run->count);
  g_assert_cmpuint (pattern->expect->keys->len, ==, run->keys->len);
  again = hr_pattern_run (pattern, model, stage->backend, NULL, &error);
  g_assert_cmpint (again->status, ==, HR_RUN_PASSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/pattern-make/partition", test_partition);
  g_test_add_func ("/document/pattern-make/text", test_text);
  g_test_add_func ("/document/pattern-make/references", test_references);
  g_test_add ("/document/pattern-make/take", Stage, NULL, stage_set_up, test_take, stage_tear_down);
  return g_test_run ();
}
