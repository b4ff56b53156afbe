/*
 * Requests of other operations said in PartiQL, for people who want to see both.
 *
 * Expressions are only parsed: a request of a pattern still has references in its values. What a statement does
 * otherwise is said in remarks; where nothing comes near, there is no statement and a remark why.
 */
#include "model/partiql/request-text.h"

#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/expression/context.h"
#include "model/expression/parser.h"
#include "model/partiql/request-print-private.h"

#include <string.h>

typedef struct
{
  HrPartiqlPrinter printer;
  const HrJson *request;
  const HrModel *model;
  GArray *texts; /* HrPartiqlText */
} Writer;

typedef gboolean (*WriteFunc) (Writer *self, const HrJson *request);

/* Expressions */

static const HrJson *
get_string (const HrJson *request, const char *name)
{
  const HrJson *text = hr_json_get (request, name);

  return text != NULL && text->type == HR_JSON_STRING ? text : NULL;
}

/* FALSE when there is one and it is none; @is_there tells. */
static gboolean
parse (Writer *self, const HrJson *request, HrExpressionKind kind, HrTree *tree, gboolean *is_there)
{
  const HrJson *text = get_string (request, hr_expression_kind_get_parameter (kind));
  HrContext context = { .arena = self->printer.arena, .kind = kind, .error = self->printer.error };

  *is_there = text != NULL;
  if (text == NULL)
    return TRUE;
  context.text = text->text;
  context.length = text->length;
  return hr_parse (&context, tree);
}

static void
take_placeholders (Writer *self, const HrJson *request)
{
  self->printer.names = hr_json_get (request, "ExpressionAttributeNames");
  self->printer.values = hr_json_get (request, "ExpressionAttributeValues");
}

static void
print (Writer *self, const char *text)
{
  hr_partiql_print_text (&self->printer, text);
}

static void
print_table (Writer *self, const HrJson *table, const HrJson *index)
{
  if (table != NULL && table->type == HR_JSON_STRING)
    hr_partiql_print_name (&self->printer, table->text, table->length);
  if (index == NULL || index->type != HR_JSON_STRING)
    return;
  print (self, ".");
  hr_partiql_print_name (&self->printer, index->text, index->length);
}

/* ` AND (condition)`, or with @first in its place. */
static gboolean
print_condition (Writer *self, const HrJson *request, HrExpressionKind kind, const char *before)
{
  gboolean is_there;
  HrTree tree;

  if (!parse (self, request, kind, &tree, &is_there))
    return FALSE;
  if (!is_there)
    return TRUE;
  print (self, before);
  return hr_partiql_print_conjunct (&self->printer, tree.condition);
}

static void
end_statement (Writer *self, gboolean consistent)
{
  HrPartiqlPrinter *printer = &self->printer;
  HrPartiqlText text = {
    .text = hr_arena_strndup (printer->arena, printer->out.data, printer->out.length),
    .parameters = hr_arena_memdup (printer->arena, printer->parameters->pdata,
                                   printer->parameters->len * sizeof (gpointer)),
    .n_parameters = printer->parameters->len,
    .consistent = consistent,
  };

  g_array_append_val (self->texts, text);
  hr_buffer_truncate (&printer->out, 0);
  g_ptr_array_set_size (printer->parameters, 0);
}

static gboolean
is_true (const HrJson *request, const char *name)
{
  const HrJson *value = hr_json_get (request, name);

  return value != NULL && value->type == HR_JSON_TRUE;
}

static gboolean
has_word (const HrJson *request, const char *name, const char *word)
{
  return hr_json_string_equals (hr_json_get (request, name), word);
}

/* Reads */

static gboolean
print_select (Writer *self, const HrJson *request, const HrJson *table)
{
  gboolean is_there;
  HrTree tree;

  if (!parse (self, request, HR_EXPRESSION_PROJECTION, &tree, &is_there))
    return FALSE;
  print (self, "SELECT ");
  if (is_there ? !hr_partiql_print_columns (&self->printer, &tree) : FALSE)
    return FALSE;
  print (self, is_there ? " FROM " : "* FROM ");
  print_table (self, table, hr_json_get (request, "IndexName"));
  return TRUE;
}

static gboolean
write_get_of (Writer *self, const HrJson *request, const HrJson *table, const HrJson *key)
{
  take_placeholders (self, request);
  if (!print_select (self, request, table))
    return FALSE;
  print (self, " WHERE ");
  hr_partiql_print_key (&self->printer, key);
  end_statement (self, is_true (request, "ConsistentRead"));
  return TRUE;
}

static gboolean
write_get (Writer *self, const HrJson *request)
{
  return write_get_of (self, request, hr_json_get (request, "TableName"), hr_json_get (request, "Key"));
}

static const HrTable *
find_table (const Writer *self, const HrJson *request)
{
  const HrJson *name = get_string (request, "TableName");
  g_autofree char *text = name != NULL ? g_strndup (name->text, name->length) : NULL;

  return self->model != NULL && text != NULL ? hr_model_find_table (self->model, text) : NULL;
}

static const GPtrArray *
get_sort_key (const Writer *self, const HrJson *request)
{
  const HrTable *table = find_table (self, request);
  const HrJson *index_name = get_string (request, "IndexName");
  g_autofree char *text = NULL;
  const HrIndex *index;

  if (table == NULL || index_name == NULL)
    return table != NULL ? table->sort_key : NULL;
  text = g_strndup (index_name->text, index_name->length);
  index = hr_table_find_index (table, text);
  return index != NULL ? index->sort_key : NULL;
}

static void
print_order (Writer *self, const HrJson *request)
{
  const GPtrArray *sort_key = get_sort_key (self, request);
  const HrJson *forward = hr_json_get (request, "ScanIndexForward");

  if (forward == NULL || forward->type != HR_JSON_FALSE)
    return;
  if (sort_key == NULL)
    {
      hr_partiql_print_remark (&self->printer,
                               _("To read backwards it takes ORDER BY with the sort key, which is not known here."));
      return;
    }
  for (guint i = 0; i < MIN (sort_key->len, 1); i++)
    {
      const HrAttribute *attribute = sort_key->pdata[i];

      print (self, " ORDER BY ");
      hr_partiql_print_name (&self->printer, attribute->name, strlen (attribute->name));
      print (self, " DESC");
    }
}

static void
remark_page (Writer *self, const HrJson *request)
{
  HrPartiqlPrinter *printer = &self->printer;

  if (has_word (request, "Select", "COUNT"))
    hr_partiql_print_remark (printer, _("PartiQL does not count; it returns the items."));
  if (has_word (request, "Select", "ALL_ATTRIBUTES"))
    hr_partiql_print_remark (printer, _("Of an index PartiQL returns only what the index has."));
  if (hr_json_get (request, "ExclusiveStartKey") != NULL)
    hr_partiql_print_remark (printer, _("PartiQL goes on with its own NextToken, not with a key."));
  if (hr_json_get (request, "TotalSegments") != NULL)
    hr_partiql_print_give_up (printer, _("PartiQL has no parallel scan."));
}

static gboolean
write_query (Writer *self, const HrJson *request)
{
  take_placeholders (self, request);
  remark_page (self, request);
  if (!print_select (self, request, hr_json_get (request, "TableName"))
      || !print_condition (self, request, HR_EXPRESSION_KEY_CONDITION, " WHERE ")
      || !print_condition (self, request, HR_EXPRESSION_FILTER, " AND "))
    return FALSE;
  print_order (self, request);
  end_statement (self, FALSE);
  return TRUE;
}

static gboolean
write_scan (Writer *self, const HrJson *request)
{
  take_placeholders (self, request);
  remark_page (self, request);
  if (get_string (request, "FilterExpression") != NULL)
    hr_partiql_print_remark (&self->printer,
                             _("A filter that names the partition key makes it a query, which reads less."));
  if (!print_select (self, request, hr_json_get (request, "TableName"))
      || !print_condition (self, request, HR_EXPRESSION_FILTER, " WHERE "))
    return FALSE;
  end_statement (self, FALSE);
  return TRUE;
}

/* Writes */

static void
print_returning (Writer *self, const HrJson *request)
{
  static const struct
  {
    const char *word;
    const char *clause;
  } clauses[] = {
    { "ALL_OLD", " RETURNING ALL OLD *" },
    { "ALL_NEW", " RETURNING ALL NEW *" },
    { "UPDATED_OLD", " RETURNING MODIFIED OLD *" },
    { "UPDATED_NEW", " RETURNING MODIFIED NEW *" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (clauses); i++)
    if (has_word (request, "ReturnValues", clauses[i].word))
      print (self, clauses[i].clause);
}

/* Whether the condition is just that the item is not there. */
static gboolean
wants_new_item (Writer *self, const HrJson *request, const HrJson *item, gboolean *is_wanted)
{
  const HrNode *operand;
  const HrWrittenStep *step;
  const HrJson *target;
  gboolean is_there;
  HrTree tree;

  *is_wanted = FALSE;
  if (!parse (self, request, HR_EXPRESSION_CONDITION, &tree, &is_there))
    return FALSE;
  if (!is_there || !hr_node_is_operation (tree.condition, HR_OPERATOR_ATTRIBUTE_NOT_EXISTS)
      || tree.condition->operation.n_operands != 1)
    return TRUE;
  operand = tree.condition->operation.operands[0];
  if (operand->kind != HR_NODE_PATH || operand->path.n_written != 1)
    return TRUE;
  step = &operand->path.written[0];
  target = step->type == HR_TOKEN_NAME_REF ? hr_json_get_n (self->printer.names, step->text, step->length) : NULL;
  *is_wanted = target != NULL ? hr_json_get_n (item, target->text, target->length) != NULL
                              : hr_json_get_n (item, step->text, step->length) != NULL;
  return TRUE;
}

static void
print_item (Writer *self, const HrJson *item)
{
  print (self, " VALUE {");
  for (guint32 i = 0; item != NULL && item->type == HR_JSON_OBJECT && i < item->length; i++)
    {
      print (self, i > 0 ? ", '" : "'");
      for (guint32 j = 0; j < item->members[i].name_length; j++)
        {
          if (item->members[i].name[j] == '\'')
            print (self, "'");
          hr_buffer_append_char (&self->printer.out, item->members[i].name[j]);
        }
      print (self, "': ");
      hr_partiql_print_parameter (&self->printer, &item->members[i].value);
    }
  print (self, "}");
}

static gboolean
write_put (Writer *self, const HrJson *request)
{
  const HrJson *item = hr_json_get (request, "Item");
  HrPartiqlPrinter *printer = &self->printer;
  gboolean is_new;

  take_placeholders (self, request);
  if (!wants_new_item (self, request, item, &is_new))
    return FALSE;
  if (is_new)
    hr_partiql_print_remark (printer, _("An item that is there makes it fail with DuplicateItemException."));
  else if (get_string (request, "ConditionExpression") != NULL)
    hr_partiql_print_give_up (printer, _("INSERT takes no condition, and UPDATE does not replace an item."));
  else
    hr_partiql_print_remark (printer, _("INSERT does not replace: it fails when the item is there."));
  if (has_word (request, "ReturnValues", "ALL_OLD"))
    hr_partiql_print_remark (printer, _("INSERT returns nothing."));
  print (self, "INSERT INTO ");
  print_table (self, hr_json_get (request, "TableName"), NULL);
  print_item (self, item);
  end_statement (self, FALSE);
  return TRUE;
}

static gboolean
write_update (Writer *self, const HrJson *request)
{
  HrPartiqlPrinter *printer = &self->printer;
  gboolean is_there;
  HrTree tree;

  take_placeholders (self, request);
  if (!parse (self, request, HR_EXPRESSION_UPDATE, &tree, &is_there))
    return FALSE;
  if (!is_there)
    {
      hr_partiql_print_give_up (printer, _("UPDATE needs something to set or remove."));
      return TRUE;
    }
  hr_partiql_print_remark (printer, _("UPDATE does not create an item: it fails when there is none."));
  print (self, "UPDATE ");
  print_table (self, hr_json_get (request, "TableName"), NULL);
  if (!hr_partiql_print_actions (printer, &tree))
    return FALSE;
  print (self, " WHERE ");
  hr_partiql_print_key (printer, hr_json_get (request, "Key"));
  if (!print_condition (self, request, HR_EXPRESSION_CONDITION, " AND "))
    return FALSE;
  print_returning (self, request);
  end_statement (self, FALSE);
  return TRUE;
}

static gboolean
write_delete (Writer *self, const HrJson *request)
{
  take_placeholders (self, request);
  if (get_string (request, "ConditionExpression") != NULL)
    hr_partiql_print_remark (&self->printer, _("DELETE does not look at its condition when there is no item."));
  print (self, "DELETE FROM ");
  print_table (self, hr_json_get (request, "TableName"), NULL);
  print (self, " WHERE ");
  hr_partiql_print_key (&self->printer, hr_json_get (request, "Key"));
  if (!print_condition (self, request, HR_EXPRESSION_CONDITION, " AND "))
    return FALSE;
  print_returning (self, request);
  end_statement (self, FALSE);
  return TRUE;
}

static gboolean
write_check (Writer *self, const HrJson *request)
{
  take_placeholders (self, request);
  print (self, "EXISTS(SELECT * FROM ");
  print_table (self, hr_json_get (request, "TableName"), NULL);
  print (self, " WHERE ");
  hr_partiql_print_key (&self->printer, hr_json_get (request, "Key"));
  if (!print_condition (self, request, HR_EXPRESSION_CONDITION, " AND "))
    return FALSE;
  print (self, ")");
  end_statement (self, FALSE);
  return TRUE;
}

/* Batches and transactions */

static gboolean
write_keys (Writer *self, const HrJsonMember *table)
{
  const HrJson *keys = hr_json_get (&table->value, "Keys");
  HrJson name = { .type = HR_JSON_STRING, .length = table->name_length, .text = table->name };

  for (guint32 i = 0; keys != NULL && keys->type == HR_JSON_ARRAY && i < keys->length; i++)
    if (!write_get_of (self, &table->value, &name, &keys->elements[i]))
      return FALSE;
  return TRUE;
}

static gboolean
write_requests (Writer *self, const HrJsonMember *table)
{
  for (guint32 i = 0; table->value.type == HR_JSON_ARRAY && i < table->value.length; i++)
    {
      const HrJson *put = hr_json_get (&table->value.elements[i], "PutRequest");
      const HrJson *delete = hr_json_get (&table->value.elements[i], "DeleteRequest");

      print (self, put != NULL ? "INSERT INTO " : "DELETE FROM ");
      hr_partiql_print_name (&self->printer, table->name, table->name_length);
      if (put != NULL)
        {
          hr_partiql_print_remark (&self->printer, _("INSERT does not replace: it fails when the item is there."));
          print_item (self, hr_json_get (put, "Item"));
        }
      else
        {
          print (self, " WHERE ");
          hr_partiql_print_key (&self->printer, hr_json_get (delete, "Key"));
        }
      end_statement (self, FALSE);
    }
  return TRUE;
}

static gboolean
write_tables (Writer *self, const HrJson *request, gboolean (*write) (Writer *, const HrJsonMember *))
{
  const HrJson *tables = hr_json_get (request, "RequestItems");

  for (guint32 i = 0; tables != NULL && tables->type == HR_JSON_OBJECT && i < tables->length; i++)
    if (!write (self, &tables->members[i]))
      return FALSE;
  if (self->texts->len > HR_LIMIT_BATCH_WRITE)
    hr_partiql_print_give_up (&self->printer, _("A batch of PartiQL takes no more than 25 statements."));
  return TRUE;
}

static gboolean
write_batch_get (Writer *self, const HrJson *request)
{
  return write_tables (self, request, write_keys);
}

static gboolean
write_batch_write (Writer *self, const HrJson *request)
{
  return write_tables (self, request, write_requests);
}

static gboolean
write_action (Writer *self, const HrJson *action)
{
  static const struct
  {
    const char *name;
    WriteFunc write;
  } kinds[] = {
    { "Get", write_get },       { "Put", write_put },           { "Update", write_update },
    { "Delete", write_delete }, { "ConditionCheck", write_check },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const HrJson *request = hr_json_get (action, kinds[i].name);

      if (request != NULL)
        return kinds[i].write (self, request);
    }
  return TRUE;
}

static gboolean
write_actions (Writer *self, const HrJson *request)
{
  const HrJson *actions = hr_json_get (request, "TransactItems");

  for (guint32 i = 0; actions != NULL && actions->type == HR_JSON_ARRAY && i < actions->length; i++)
    if (!write_action (self, &actions->elements[i]))
      return FALSE;
  return TRUE;
}

/* Operations */

#define EXECUTE "ExecuteStatement"
#define BATCH "BatchExecuteStatement"
#define TRANSACT "ExecuteTransaction"

static const struct
{
  const char *operation;
  const char *said;
  WriteFunc write;
} operations[] = {
  { "GetItem", EXECUTE, write_get },
  { "Query", EXECUTE, write_query },
  { "Scan", EXECUTE, write_scan },
  { "PutItem", EXECUTE, write_put },
  { "UpdateItem", EXECUTE, write_update },
  { "DeleteItem", EXECUTE, write_delete },
  { "BatchGetItem", BATCH, write_batch_get },
  { "BatchWriteItem", BATCH, write_batch_write },
  { "TransactGetItems", TRANSACT, write_actions },
  { "TransactWriteItems", TRANSACT, write_actions },
};

/* The interface before expressions says it in other members. */
static gboolean
is_legacy (const HrJson *request)
{
  static const char *const members[] = { "AttributesToGet", "KeyConditions", "QueryFilter",     "ScanFilter",
                                         "Expected",        "AttributeUpdates", "ConditionalOperator" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (hr_json_get (request, members[i]) != NULL)
      return TRUE;
  return FALSE;
}

static const char *
join_remarks (const HrPartiqlPrinter *printer)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < printer->remarks->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "", (const char *) printer->remarks->pdata[i]);
  return all->len > 0 ? hr_arena_strdup (printer->arena, all->str) : NULL;
}

static gboolean
say (Writer *self, const char *operation, HrPartiqlRequest *said)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (operations) && strcmp (operations[i].operation, operation) != 0)
    i++;
  if (i == G_N_ELEMENTS (operations))
    hr_partiql_print_give_up (&self->printer, _("PartiQL has nothing for this operation."));
  else if (is_legacy (self->request))
    hr_partiql_print_give_up (&self->printer, _("The request uses parameters from before expressions."));
  else if (!operations[i].write (self, self->request))
    return FALSE;

  said->remark = join_remarks (&self->printer);
  if (self->printer.is_impossible || self->texts->len == 0)
    return TRUE;
  said->operation = operations[i].said;
  said->texts = hr_arena_memdup (self->printer.arena, self->texts->data, self->texts->len * sizeof (HrPartiqlText));
  said->n_texts = self->texts->len;
  return TRUE;
}

gboolean
hr_partiql_from_request (HrArena *arena, const char *operation, const HrJson *request, const HrModel *model,
                         HrPartiqlRequest *said, HrServiceError *error)
{
  g_autoptr (GPtrArray) parameters = g_ptr_array_new ();
  g_autoptr (GPtrArray) remarks = g_ptr_array_new ();
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (HrPartiqlText));
  Writer writer = {
    .printer = { .arena = arena, .error = error, .out = HR_BUFFER_INIT, .parameters = parameters, .remarks = remarks },
    .request = request,
    .model = model,
    .texts = texts,
  };
  gboolean ok;

  *said = (HrPartiqlRequest) { .request = request };
  ok = say (&writer, operation, said);
  hr_buffer_clear (&writer.printer.out);
  return ok;
}

/* The request */

static void
write_statement (const HrPartiqlText *text, HrBuffer *out)
{
  hr_buffer_append_string (out, "\"Statement\":");
  hr_json_write_string (out, text->text, strlen (text->text));
  if (text->n_parameters == 0)
    return;
  hr_buffer_append_string (out, ",\"Parameters\":[");
  for (guint i = 0; i < text->n_parameters; i++)
    {
      hr_buffer_append_string (out, i > 0 ? "," : "");
      hr_json_write_compact (out, text->parameters[i], FALSE);
    }
  hr_buffer_append_char (out, ']');
}

static void
write_member (const HrPartiqlRequest *said, const char *name, HrBuffer *out)
{
  const HrJson *value = hr_json_get (said->request, name);

  if (value == NULL)
    return;
  hr_buffer_printf (out, ",\"%s\":", name);
  hr_json_write_compact (out, value, FALSE);
}

static void
write_list (const HrPartiqlRequest *said, gboolean is_batch, HrBuffer *out)
{
  hr_buffer_append_string (out, is_batch ? "\"Statements\":[" : "\"TransactStatements\":[");
  for (guint i = 0; i < said->n_texts; i++)
    {
      hr_buffer_append_string (out, i > 0 ? ",{" : "{");
      write_statement (&said->texts[i], out);
      if (is_batch && said->texts[i].consistent)
        hr_buffer_append_string (out, ",\"ConsistentRead\":true");
      hr_buffer_append_char (out, '}');
    }
  hr_buffer_append_char (out, ']');
}

void
hr_partiql_request_write (const HrPartiqlRequest *said, HrBuffer *out)
{
  static const char *const members[] = { "ConsistentRead", "Limit", "ReturnValuesOnConditionCheckFailure" };
  gboolean is_alone;

  g_return_if_fail (said->operation != NULL);

  is_alone = strcmp (said->operation, EXECUTE) == 0;
  hr_buffer_append_char (out, '{');
  if (is_alone)
    write_statement (said->texts, out);
  else
    write_list (said, strcmp (said->operation, BATCH) == 0, out);
  for (guint i = 0; is_alone && i < G_N_ELEMENTS (members); i++)
    write_member (said, members[i], out);
  if (strcmp (said->operation, TRANSACT) == 0)
    write_member (said, "ClientRequestToken", out);
  write_member (said, "ReturnConsumedCapacity", out);
  hr_buffer_append_char (out, '}');
}
