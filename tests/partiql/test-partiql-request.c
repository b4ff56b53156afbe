/* Requests said in PartiQL: text, parameters and remarks. */
#include "model/base/json-writer.h"
#include "model/partiql/request-text.h"

#include <string.h>

static HrModel *
make_model (void)
{
  HrModel *model = hr_model_new ("m");
  HrTable *table = hr_table_new ("chat");
  HrIndex *index = hr_index_new ("by-at", HR_INDEX_LOCAL);

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (index->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (index->sort_key, hr_attribute_new ("at", HR_TYPE_N));
  g_ptr_array_add (table->indexes, index);
  g_ptr_array_add (model->tables, table);
  return model;
}

/* ` stands for ". */
static const struct
{
  const char *operation;
  const char *request;
  const char *said;   /* a line for each statement, parameters after two dashes; or NULL */
  const char *remark; /* or NULL */
} cases[] = {
  { "GetItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}, `sk`: {`S`: `{b}`}}, `ConsistentRead`: true}",
    "SELECT * FROM `chat` WHERE `pk` = ? AND `sk` = ? -- {`S`:`a`}, {`S`:`{b}`}",
    NULL },
  { "Query",
    "{`TableName`: `chat`, `KeyConditionExpression`: `pk = :p AND begins_with(sk, :y)`, `ScanIndexForward`:"
    " false, `Limit`: 20, `FilterExpression`: `#s = :p OR size(m) > :y`, `ProjectionExpression`: `sk, #s, m.x`,"
    " `ExpressionAttributeNames`: {`#s`: `st\\`at`}, `ExpressionAttributeValues`: {`:p`: {`S`: `a`}, `:y`: {`N`:"
    " `{n}`}}}",
    "SELECT `sk`, `st``at`, `m`.`x` FROM `chat` WHERE `pk` = ? AND begins_with(`sk`, ?) AND (`st``at` = ? OR"
    " size(`m`) > ?) ORDER BY `sk` DESC -- {`S`:`a`}, {`N`:`{n}`}, {`S`:`a`}, {`N`:`{n}`}",
    "What lies inside a map or list comes back flat, under its last name." },
  { "Query",
    "{`TableName`: `chat`, `IndexName`: `by-at`, `KeyConditionExpression`: `pk = :p`, `ScanIndexForward`: false,"
    " `Select`: `COUNT`, `ExpressionAttributeValues`: {`:p`: {`S`: `a`}}}",
    "SELECT * FROM `chat`.`by-at` WHERE `pk` = ? ORDER BY `at` DESC -- {`S`:`a`}",
    "PartiQL does not count; it returns the items." },
  { "Query",
    "{`TableName`: `other`, `KeyConditionExpression`: `pk = :p`, `ScanIndexForward`: false,"
    " `ExpressionAttributeValues`: {`:p`: {`S`: `a`}}}",
    "SELECT * FROM `other` WHERE `pk` = ? -- {`S`:`a`}",
    "To read backwards it takes ORDER BY with the sort key, which is not known here." },
  { "Scan",
    "{`TableName`: `chat`, `FilterExpression`: `NOT (a IN (:p, :q) AND attribute_exists(b)) AND c BETWEEN :p AND"
    " :q`, `ExpressionAttributeValues`: {`:p`: {`N`: `1`}, `:q`: {`N`: `2`}}}",
    "SELECT * FROM `chat` WHERE NOT (`a` IN [?, ?] AND attribute_exists(`b`)) AND `c` BETWEEN ? AND ? --"
    " {`N`:`1`}, {`N`:`2`}, {`N`:`1`}, {`N`:`2`}",
    "A filter that names the partition key makes it a query, which reads less." },
  { "Scan",
    "{`TableName`: `chat`}",
    "SELECT * FROM `chat`",
    NULL },
  { "Scan",
    "{`TableName`: `chat`, `TotalSegments`: 4, `Segment`: 0}",
    NULL,
    "PartiQL has no parallel scan." },
  { "PutItem",
    "{`TableName`: `chat`, `Item`: {`pk`: {`S`: `a`}, `it's`: {`L`: []}}}",
    "INSERT INTO `chat` VALUE {'pk': ?, 'it''s': ?} -- {`S`:`a`}, {`L`:[]}",
    "INSERT does not replace: it fails when the item is there." },
  { "PutItem",
    "{`TableName`: `chat`, `Item`: {`pk`: {`S`: `a`}}, `ConditionExpression`: `attribute_not_exists(#k)`,"
    " `ExpressionAttributeNames`: {`#k`: `pk`}}",
    "INSERT INTO `chat` VALUE {'pk': ?} -- {`S`:`a`}",
    "An item that is there makes it fail with DuplicateItemException." },
  { "PutItem",
    "{`TableName`: `chat`, `Item`: {`pk`: {`S`: `a`}}, `ConditionExpression`: `v = :v`,"
    " `ExpressionAttributeValues`: {`:v`: {`N`: `1`}}}",
    NULL,
    "INSERT takes no condition, and UPDATE does not replace an item." },
  { "UpdateItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}}, `UpdateExpression`: `SET a = b + :n, l[1] = list_append(l,"
    " :l) REMOVE c.d ADD n :n, ss :s DELETE ns :s`, `ConditionExpression`: `a = :n AND NOT b = :n`, `ReturnValues`:"
    " `UPDATED_NEW`, `ExpressionAttributeValues`: {`:n`: {`N`: `1`}, `:l`: {`L`: []}, `:s`: {`SS`: [`x`]}}}",
    "UPDATE `chat` SET `a` = `b` + ? SET `l`[1] = list_append(`l`, ?) REMOVE `c`.`d` SET `n` = `n` + ? SET `ss`"
    " = set_add(`ss`, ?) SET `ns` = set_delete(`ns`, ?) WHERE `pk` = ? AND `a` = ? AND NOT `b` = ? RETURNING"
    " MODIFIED NEW * -- {`N`:`1`}, {`L`:[]}, {`N`:`1`}, {`SS`:[`x`]}, {`SS`:[`x`]}, {`S`:`a`}, {`N`:`1`},"
    " {`N`:`1`}",
    "UPDATE does not create an item: it fails when there is none. ADD begins with 0 where there is no number;"
    " the statement fails." },
  { "UpdateItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}}, `UpdateExpression`: `SET a = if_not_exists(a, :n)`,"
    " `ExpressionAttributeValues`: {`:n`: {`N`: `1`}}}",
    NULL,
    "PartiQL has no if_not_exists." },
  { "UpdateItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}}, `UpdateExpression`: `REMOVE a`, `ConditionExpression`: `b = :n"
    " AND NOT (c = :n OR d = :n)`, `ExpressionAttributeValues`: {`:n`: {`N`: `1`}}}",
    "UPDATE `chat` REMOVE `a` WHERE `pk` = ? AND `b` = ? AND NOT (`c` = ? OR `d` = ?) -- {`S`:`a`}, {`N`:`1`},"
    " {`N`:`1`}, {`N`:`1`}",
    "UPDATE does not create an item: it fails when there is none." },
  { "UpdateItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}}}",
    NULL,
    "UPDATE needs something to set or remove." },
  { "DeleteItem",
    "{`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}}, `ReturnValues`: `ALL_OLD`}",
    "DELETE FROM `chat` WHERE `pk` = ? RETURNING ALL OLD * -- {`S`:`a`}",
    NULL },
  { "BatchGetItem",
    "{`RequestItems`: {`chat`: {`Keys`: [{`pk`: {`S`: `a`}}, {`pk`: {`S`: `b`}}], `ConsistentRead`: true}}}",
    "SELECT * FROM `chat` WHERE `pk` = ? -- {`S`:`a`}\nSELECT * FROM `chat` WHERE `pk` = ? -- {`S`:`b`}",
    NULL },
  { "BatchWriteItem",
    "{`RequestItems`: {`chat`: [{`DeleteRequest`: {`Key`: {`pk`: {`S`: `a`}}}}, {`PutRequest`: {`Item`: {`pk`:"
    " {`S`: `b`}}}}]}}",
    "DELETE FROM `chat` WHERE `pk` = ? -- {`S`:`a`}\nINSERT INTO `chat` VALUE {'pk': ?} -- {`S`:`b`}",
    "INSERT does not replace: it fails when the item is there." },
  { "TransactWriteItems",
    "{`TransactItems`: [{`ConditionCheck`: {`TableName`: `chat`, `Key`: {`pk`: {`S`: `a`}},"
    " `ConditionExpression`: `attribute_not_exists(x)`}}, {`Delete`: {`TableName`: `chat`, `Key`: {`pk`: {`S`:"
    " `b`}}}}], `ClientRequestToken`: `t`}",
    "EXISTS(SELECT * FROM `chat` WHERE `pk` = ? AND attribute_not_exists(`x`)) -- {`S`:`a`}\nDELETE FROM `chat`"
    " WHERE `pk` = ? -- {`S`:`b`}",
    NULL },
  { "DescribeTable",
    "{`TableName`: `chat`}",
    NULL,
    "PartiQL has nothing for this operation." },
  { "Query",
    "{`TableName`: `chat`, `KeyConditions`: {}}",
    NULL,
    "The request uses parameters from before expressions." },
  { "Query",
    "{}",
    "SELECT * FROM ",
    NULL },
};

static const HrJson *
parse (HrArena *arena, const char *quoted)
{
  char *text = g_strdelimit (hr_arena_strdup (arena, quoted), "`", '"');
  const HrJson *json = hr_json_parse (arena, text, strlen (text), 64, NULL);

  g_assert_nonnull (json);
  return json;
}

static char *
print_said (const HrPartiqlRequest *said)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  for (guint i = 0; i < said->n_texts; i++)
    {
      hr_buffer_printf (&out, "%s%s", i > 0 ? "\n" : "", said->texts[i].text);
      for (guint j = 0; j < said->texts[i].n_parameters; j++)
        {
          hr_buffer_append_string (&out, j > 0 ? ", " : " -- ");
          hr_json_write_compact (&out, said->texts[i].parameters[j], FALSE);
        }
    }
  return g_strdelimit (hr_buffer_steal (&out, NULL), "\"", '`');
}

static void
test_texts (void)
{
  g_autoptr (HrModel) model = make_model ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      g_autofree char *text = NULL;
      HrPartiqlRequest said;

      g_assert_true (hr_partiql_from_request (arena, cases[i].operation, parse (arena, cases[i].request), model, &said,
                                              &error));
      text = said.operation != NULL ? print_said (&said) : NULL;
      g_assert_cmpstr (text, ==, cases[i].said);
      g_assert_cmpstr (said.remark, ==, cases[i].remark);
    }
}

/* The whole body, and what it takes over from the request. */
static void
test_bodies (void)
{
  static const struct
  {
    const char *operation;
    const char *request;
    const char *said;
  } bodies[] = {
    { "Query",
      "{`TableName`: `t`, `KeyConditionExpression`: `#a = :a`, `ExpressionAttributeNames`: {`#a`: `a`},"
      " `ExpressionAttributeValues`: {`:a`: {`N`: `1`}}, `ConsistentRead`: true, `Limit`: 5,"
      " `ReturnConsumedCapacity`: `TOTAL`, `ExclusiveStartKey`: {}}",
      "ExecuteStatement {`Statement`:`SELECT * FROM \\`t\\` WHERE \\`a\\` = ?`,`Parameters`:[{`N`:`1`}],"
      "`ConsistentRead`:true,`Limit`:5,`ReturnConsumedCapacity`:`TOTAL`}" },
    { "BatchGetItem",
      "{`RequestItems`: {`t`: {`Keys`: [{`a`: {`N`: `1`}}, {`a`: {`N`: `2`}}], `ConsistentRead`: true}},"
      " `ReturnConsumedCapacity`: `TOTAL`}",
      "BatchExecuteStatement {`Statements`:[{`Statement`:`SELECT * FROM \\`t\\` WHERE \\`a\\` = ?`,"
      "`Parameters`:[{`N`:`1`}],`ConsistentRead`:true},{`Statement`:`SELECT * FROM \\`t\\` WHERE \\`a\\` = ?`,"
      "`Parameters`:[{`N`:`2`}],`ConsistentRead`:true}],`ReturnConsumedCapacity`:`TOTAL`}" },
    { "TransactWriteItems",
      "{`TransactItems`: [{`Delete`: {`TableName`: `t`, `Key`: {`a`: {`N`: `1`}}}}], `ClientRequestToken`: `x`}",
      "ExecuteTransaction {`TransactStatements`:[{`Statement`:`DELETE FROM \\`t\\` WHERE \\`a\\` = ?`,"
      "`Parameters`:[{`N`:`1`}]}],`ClientRequestToken`:`x`}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      g_auto (HrBuffer) out = HR_BUFFER_INIT;
      HrPartiqlRequest said;

      g_assert_true (hr_partiql_from_request (arena, bodies[i].operation, parse (arena, bodies[i].request), NULL, &said,
                                              &error));
      hr_buffer_printf (&out, "%s ", said.operation);
      hr_partiql_request_write (&said, &out);
      hr_buffer_append_char (&out, 0);
      g_assert_cmpstr (g_strdelimit (out.data, "\"", '`'), ==, bodies[i].said);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *request;
    const char *message;
  } faults[] = {
    { "{`TableName`: `chat`, `KeyConditionExpression`: `pk = `}",
      "Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\"" },
    { "{`TableName`: `chat`, `KeyConditionExpression`: `pk = :p`}",
      "An expression attribute value used in expression is not defined; attribute value: :p" },
    { "{`TableName`: `chat`, `ProjectionExpression`: `#p`}",
      "An expression attribute name used in the document path is not defined; attribute name: #p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrPartiqlRequest said;

      g_assert_false (hr_partiql_from_request (arena, "Query", parse (arena, faults[i].request), NULL, &said, &error));
      g_assert_cmpstr (error.message, ==, faults[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partiql/request/texts", test_texts);
  g_test_add_func ("/partiql/request/bodies", test_bodies);
  g_test_add_func ("/partiql/request/errors", test_errors);
  return g_test_run ();
}
