/*
 * What the runner knows about operations: how their responses count items and units, and how pages go on.
 *
 * One table says it; an operation that is not in it (a control-plane call, one of a newer service) runs all the same
 * and counts nothing.
 */
#include "model/document/runner-private.h"

#include "model/api/api.h"
#include "model/partiql/partiql.h"
#include "model/value/codec.h"

static const HrRunOperation operations[] = {
  { "GetItem", HR_UNITS_READ, HR_ITEMS_ONE, NULL, NULL },
  { "Query", HR_UNITS_READ, HR_ITEMS_PAGE, "LastEvaluatedKey", "ExclusiveStartKey" },
  { "Scan", HR_UNITS_READ, HR_ITEMS_PAGE, "LastEvaluatedKey", "ExclusiveStartKey" },
  { "BatchGetItem", HR_UNITS_READ, HR_ITEMS_BY_TABLE, "UnprocessedKeys", "RequestItems" },
  { "TransactGetItems", HR_UNITS_READ, HR_ITEMS_EACH, NULL, NULL },
  { "PutItem", HR_UNITS_WRITE, HR_ITEMS_NONE, NULL, NULL },
  { "UpdateItem", HR_UNITS_WRITE, HR_ITEMS_NONE, NULL, NULL },
  { "DeleteItem", HR_UNITS_WRITE, HR_ITEMS_NONE, NULL, NULL },
  { "BatchWriteItem", HR_UNITS_WRITE, HR_ITEMS_NONE, "UnprocessedItems", "RequestItems" },
  { "TransactWriteItems", HR_UNITS_WRITE, HR_ITEMS_NONE, NULL, NULL },
  { "ExecuteStatement", HR_UNITS_STATEMENT, HR_ITEMS_PAGE, "NextToken", "NextToken" },
  { "BatchExecuteStatement", HR_UNITS_STATEMENT, HR_ITEMS_EACH, NULL, NULL },
  { "ExecuteTransaction", HR_UNITS_STATEMENT, HR_ITEMS_EACH, NULL, NULL },
  { "ListTables", HR_UNITS_NONE, HR_ITEMS_NONE, "LastEvaluatedTableName", "ExclusiveStartTableName" },
};

static const HrRunOperation unknown_operation = { "", HR_UNITS_NONE, HR_ITEMS_NONE, NULL, NULL };

const HrRunOperation *
hr_run_operation_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i].name, name))
      return &operations[i];
  return &unknown_operation;
}

const HrJson *
hr_run_operation_get_rest (const HrRunOperation *operation, const HrJson *response)
{
  const HrJson *rest = operation->continued_by != NULL ? hr_json_get (response, operation->continued_by) : NULL;

  if (rest == NULL || rest->type == HR_JSON_NULL || (rest->type == HR_JSON_OBJECT && rest->length == 0))
    return NULL;
  return rest;
}

/* Requests may name a table by its ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME[/…]. */
static const HrTable *
find_table (const HrModel *model, const char *name, gsize length)
{
  static const char marker[] = ":table/";
  const char *at = g_strstr_len (name, (gssize) length, marker);
  g_autofree char *plain = NULL;

  if (at != NULL && length > 4 && memcmp (name, "arn:", 4) == 0)
    {
      const char *start = at + strlen (marker);
      gsize rest = length - (gsize) (start - name);
      const char *slash = memchr (start, '/', rest);

      plain = g_strndup (start, slash != NULL ? (gsize) (slash - start) : rest);
    }
  else
    plain = g_strndup (name, length);
  return hr_model_find_table (model, plain);
}

static const HrTable *
find_named_table (const HrModel *model, const HrJson *name)
{
  return name != NULL && name->type == HR_JSON_STRING ? find_table (model, name->text, name->length) : NULL;
}

static const HrTable *
find_stated_table (const HrModel *model, const HrJson *statement, HrArena *arena)
{
  HrPartiqlSource source;

  if (statement == NULL || statement->type != HR_JSON_STRING
      || !hr_partiql_find_source (arena, statement->text, statement->length, &source))
    return NULL;
  return hr_model_find_table (model, source.table);
}

static const HrTable *
find_table_of_page (const HrModel *model, const HrJson *request, HrArena *arena)
{
  const HrJson *name = hr_json_get (request, "TableName");

  return name != NULL ? find_named_table (model, name)
                      : find_stated_table (model, hr_json_get (request, "Statement"), arena);
}

static const HrJson *
get_element (const HrJson *object, const char *name, guint32 index)
{
  const HrJson *list = hr_json_get (object, name);

  return list != NULL && list->type == HR_JSON_ARRAY && index < list->length ? &list->elements[index] : NULL;
}

/* The primary key of a returned item as text; NULL when a projection has dropped a part of it. */
static char *
print_key (const HrTable *table, const HrJson *item, HrArena *arena)
{
  const HrAttribute *attributes[2];
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrBuffer out = HR_BUFFER_INIT;
  HrMember members[2];
  HrValue value;
  guint count = 0;

  if (table == NULL || table->partition_key->len == 0 || !hr_item_from_json (arena, item, &value, &error))
    return NULL;
  attributes[0] = hr_table_get_partition_key (table);
  attributes[1] = hr_table_get_sort_key (table);
  for (guint i = 0; i < G_N_ELEMENTS (attributes) && attributes[i] != NULL; i++)
    {
      gsize length = strlen (attributes[i]->name);
      const HrValue *part = hr_map_get (&value, attributes[i]->name, length);

      if (part == NULL)
        return NULL;
      members[count++] = (HrMember) { attributes[i]->name, (guint32) length, *part };
    }

  hr_members_sort (members, count);
  value = hr_value_map (members, count);
  hr_item_to_json (&value, FALSE, &out);
  return hr_buffer_steal (&out, NULL);
}

static void
add_item (HrStepRun *step, const HrTable *table, const HrJson *item, HrArena *arena)
{
  char *key = print_key (table, item, arena);

  if (key != NULL)
    g_ptr_array_add (step->keys, key);
  else
    step->keys_incomplete = TRUE;
}

static void
add_items (HrStepRun *step, const HrTable *table, const HrJson *items, HrArena *arena)
{
  for (guint32 i = 0; items->type == HR_JSON_ARRAY && i < items->length; i++)
    add_item (step, table, &items->elements[i], arena);
}

static guint64
get_count (const HrJson *response, const char *name, guint64 otherwise)
{
  gint64 count;

  return hr_json_get_int64 (hr_json_get (response, name), &count) && count >= 0 ? (guint64) count : otherwise;
}

static void
read_page (const HrModel *model, const HrJson *request, const HrJson *response, HrArena *arena, HrStepRun *step)
{
  const HrJson *items = hr_json_get (response, "Items");
  guint64 given = items != NULL && items->type == HR_JSON_ARRAY ? items->length : 0;
  guint64 count = get_count (response, "Count", given);

  step->count += count;
  step->scanned += get_count (response, "ScannedCount", count);
  if (given > 0)
    add_items (step, find_table_of_page (model, request, arena), items, arena);
  if (given < count)
    step->keys_incomplete = TRUE;
}

static void
read_by_table (const HrModel *model, const HrJson *response, HrArena *arena, HrStepRun *step)
{
  const HrJson *tables = hr_json_get (response, "Responses");

  if (tables == NULL || tables->type != HR_JSON_OBJECT)
    return;
  for (guint32 i = 0; i < tables->length; i++)
    {
      const HrJsonMember *member = &tables->members[i];

      if (member->value.type != HR_JSON_ARRAY)
        continue;
      step->count += member->value.length;
      step->scanned += member->value.length;
      add_items (step, find_table (model, member->name, member->name_length), &member->value, arena);
    }
}

/* TransactGetItems and ExecuteTransaction name the table in the request, BatchExecuteStatement in the response. */
static const HrTable *
find_table_of_each (const HrModel *model, const HrJson *request, const HrJson *answer, guint32 index, HrArena *arena)
{
  const HrJson *action = get_element (request, "TransactItems", index);
  const HrJson *statement = get_element (request, "TransactStatements", index);

  if (action != NULL)
    return find_named_table (model, hr_json_get (hr_json_get (action, "Get"), "TableName"));
  if (statement != NULL)
    return find_stated_table (model, hr_json_get (statement, "Statement"), arena);
  return find_named_table (model, hr_json_get (answer, "TableName"));
}

static void
read_each (const HrModel *model, const HrJson *request, const HrJson *response, HrArena *arena, HrStepRun *step)
{
  const HrJson *answers = hr_json_get (response, "Responses");

  if (answers == NULL || answers->type != HR_JSON_ARRAY)
    return;
  for (guint32 i = 0; i < answers->length; i++)
    {
      const HrJson *item = hr_json_get (&answers->elements[i], "Item");

      if (item == NULL)
        continue;
      step->count++;
      step->scanned++;
      add_item (step, find_table_of_each (model, request, &answers->elements[i], i, arena), item, arena);
    }
}

static void
read_one (const HrModel *model, const HrJson *request, const HrJson *response, HrArena *arena, HrStepRun *step)
{
  const HrJson *item = hr_json_get (response, "Item");

  if (item == NULL)
    return;
  step->count++;
  step->scanned++;
  add_item (step, find_named_table (model, hr_json_get (request, "TableName")), item, arena);
}

/* By its first word: the rest may be a template, or not be well formed. */
static gboolean
is_select (const HrJson *statement)
{
  static const char word[] = "SELECT";
  gsize at = 0;

  if (statement == NULL || statement->type != HR_JSON_STRING)
    return FALSE;
  while (at < statement->length && g_ascii_isspace (statement->text[at]))
    at++;
  return statement->length - at >= strlen (word)
         && g_ascii_strncasecmp (statement->text + at, word, strlen (word)) == 0;
}

/* Members of a batch or transaction: the service wants all of them to read or all to write. */
static gboolean
are_selects (const HrJson *list)
{
  if (list == NULL || list->type != HR_JSON_ARRAY)
    return FALSE;
  for (guint32 i = 0; i < list->length; i++)
    if (!is_select (hr_json_get (&list->elements[i], "Statement")))
      return FALSE;
  return list->length > 0;
}

static gboolean
reads (const HrRunOperation *operation, const HrJson *request)
{
  if (operation->units != HR_UNITS_STATEMENT)
    return operation->units == HR_UNITS_READ;
  return is_select (hr_json_get (request, "Statement")) || are_selects (hr_json_get (request, "Statements"))
         || are_selects (hr_json_get (request, "TransactStatements"));
}

gboolean
hr_run_operation_may_write (const char *name, const HrJson *request)
{
  const HrOperation *operation = hr_operation_find (name);

  if (operation != NULL && (hr_operation_get_flags (operation) & (HR_OPERATION_WRITES | HR_OPERATION_TABLES)) == 0)
    return FALSE;
  return request == NULL || !reads (hr_run_operation_find (name), request);
}

static void
add_capacity (HrStepRun *step, const HrJson *capacity, gboolean is_read)
{
  const HrJson *read = hr_json_get (capacity, "ReadCapacityUnits");
  const HrJson *write = hr_json_get (capacity, "WriteCapacityUnits");
  double units;

  if (read == NULL && write == NULL)
    {
      if (hr_json_get_double (hr_json_get (capacity, "CapacityUnits"), &units))
        *(is_read ? &step->read_units : &step->write_units) += units;
      return;
    }
  if (hr_json_get_double (read, &units))
    step->read_units += units;
  if (hr_json_get_double (write, &units))
    step->write_units += units;
}

void
hr_run_operation_read (const HrRunOperation *operation, const HrModel *model, const HrJson *request,
                       const HrJson *response, HrArena *arena, HrStepRun *step)
{
  const HrJson *capacity = hr_json_get (response, "ConsumedCapacity");
  gboolean is_read = reads (operation, request);
  /* what RETURNING gives counts no more than Attributes do */
  gboolean counts = is_read || operation->units != HR_UNITS_STATEMENT;

  switch (counts ? operation->items : HR_ITEMS_NONE)
    {
    case HR_ITEMS_NONE:
      break;
    case HR_ITEMS_ONE:
      read_one (model, request, response, arena, step);
      break;
    case HR_ITEMS_PAGE:
      read_page (model, request, response, arena, step);
      break;
    case HR_ITEMS_BY_TABLE:
      read_by_table (model, response, arena, step);
      break;
    case HR_ITEMS_EACH:
      read_each (model, request, response, arena, step);
      break;
    }

  if (capacity != NULL && capacity->type == HR_JSON_ARRAY)
    for (guint32 i = 0; i < capacity->length; i++)
      add_capacity (step, &capacity->elements[i], is_read);
  else if (capacity != NULL)
    add_capacity (step, capacity, is_read);
}
