/*
 * BatchExecuteStatement: up to 25 statements, each about one item, all reads or all writes.
 *
 * Each succeeds or fails for itself. What is wrong with the request as a whole is found before any is carried out;
 * a statement that cannot be read takes no part in that.
 */
#include "model/api/operations.h"

#include "model/api/statement.h"
#include "model/value/codec.h"

#include <string.h>

enum
{
  MEMBER_STATEMENT,
  MEMBER_PARAMETERS,
  MEMBER_CONSISTENT_READ,
  MEMBER_ON_FAILURE,
};

static const HrField member_fields[] = {
  [MEMBER_STATEMENT] = HR_ROW_STATEMENT,
  [MEMBER_PARAMETERS] = HR_ROW_PARAMETERS,
  [MEMBER_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [MEMBER_ON_FAILURE] = HR_ROW_ON_FAILURE,
};

static const HrShape member_shape = HR_SHAPE ("BatchStatementRequest", member_fields);
static const HrField member_element = { .kind = HR_FIELD_STRUCT, .shape = &member_shape };

enum
{
  BATCH_STATEMENTS,
  BATCH_CAPACITY,
};

static const HrField batch_fields[] = {
  [BATCH_STATEMENTS] = { .name = "Statements",
                         .kind = HR_FIELD_LIST,
                         .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                         .min = 1,
                         .max = HR_LIMIT_BATCH_WRITE,
                         .element = &member_element },
  [BATCH_CAPACITY] = HR_ROW_CAPACITY,
};

const HrShape HR_SHAPE_BATCH_EXECUTE_STATEMENT = HR_SHAPE ("BatchExecuteStatementInput", batch_fields);

static gboolean
prepare (HrStatement *self, HrApiCall *call)
{
  if (!hr_statement_read_parameters (self, call) || !hr_statement_prepare (self, call))
    return FALSE;
  return !hr_partiql_is_exists (self->partiql)
         || hr_statement_fail (self, call, "EXISTS can only be used in ExecuteTransaction write requests.");
}

/* To what the engine takes. */
static gboolean
resolve (HrStatement *self, HrApiCall *call)
{
  if (self->table == NULL)
    return hr_statement_fail_table (self, call);
  if (!hr_partiql_is_select (self->partiql))
    return hr_partiql_to_write (self->partiql, self->table, call->arena, &self->write, &self->error);
  if (hr_partiql_get_index (self->partiql) == NULL)
    {
      if (!hr_partiql_to_get (self->partiql, self->table, call->arena, self->consistent, &self->get, &self->is_get,
                              &self->error))
        return FALSE;
    }
  return self->is_get
         || hr_statement_fail (self, call,
                               "Select statements within BatchExecuteStatement must specify the primary key in "
                               "the where clause.");
}

static gboolean
check_kinds (HrApiCall *call, const HrStatement *statements, guint count)
{
  gboolean has_read = FALSE;
  gboolean has_write = FALSE;

  for (guint i = 0; i < count; i++)
    {
      if (statements[i].error.kind != HR_SERVICE_OK)
        continue;
      has_read |= hr_partiql_is_select (statements[i].partiql);
      has_write |= !hr_partiql_is_select (statements[i].partiql);
    }
  return !has_read || !has_write
         || hr_call_fail (call, "Read and write requests together in the same batch is not supported.");
}

static gboolean
check_repeats (HrApiCall *call, const HrStatement *statements, guint count)
{
  for (guint i = 0; i < count; i++)
    for (guint j = 0; j < i; j++)
      if (statements[i].error.kind == HR_SERVICE_OK && statements[j].error.kind == HR_SERVICE_OK
          && hr_statement_shares_item (&statements[i], &statements[j], call))
        return hr_call_fail (call, "Provided list of item keys contains duplicates");
  return TRUE;
}

static void
run (HrStatement *self, HrApiCall *call)
{
  HrGetResult result;

  if (!hr_partiql_is_select (self->partiql))
    {
      hr_statement_write (self, call);
      return;
    }
  self->has_run = TRUE;
  if (!hr_engine_get (call->api->engine, &self->get, 1, FALSE, &call->engine, &result, &self->error))
    return;
  self->has_result = result.found;
  self->result = result.item;
}

static const char *
get_code (HrServiceErrorKind kind)
{
  static const char *const codes[HR_SERVICE_N_KINDS] = {
    [HR_SERVICE_VALIDATION] = "ValidationError",
    [HR_SERVICE_RESOURCE_NOT_FOUND] = "ResourceNotFound",
    [HR_SERVICE_CONDITIONAL_CHECK_FAILED] = "ConditionalCheckFailed",
    [HR_SERVICE_TRANSACTION_CONFLICT] = "TransactionConflict",
    [HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED] = "ItemCollectionSizeLimitExceeded",
    [HR_SERVICE_DUPLICATE_ITEM] = "DuplicateItem",
  };

  return codes[kind] != NULL ? codes[kind] : "InternalServerError";
}

static void
write_one (HrApiCall *call, const HrStatement *statement)
{
  HrBuffer *out = call->out;

  hr_write_comma (out);
  hr_buffer_append_char (out, '{');
  if (statement->error.kind != HR_SERVICE_OK)
    {
      hr_write_member (out, "Error");
      hr_buffer_append_char (out, '{');
      hr_write_text_member (out, "Code", get_code (statement->error.kind));
      hr_write_text_member (out, "Message", statement->error.message);
      hr_buffer_append_char (out, '}');
    }
  if (statement->has_run)
    hr_write_text_member (out, "TableName", statement->table->name);
  if (statement->has_result)
    {
      hr_write_member (out, "Item");
      hr_item_to_json (&statement->result, FALSE, out);
    }
  hr_buffer_append_char (out, '}');
}

static gboolean
has_success (const HrStatement *statements, guint count, const char *table)
{
  for (guint i = 0; i < count; i++)
    if (statements[i].error.kind == HR_SERVICE_OK && strcmp (statements[i].table->name, table) == 0)
      return TRUE;
  return FALSE;
}

/* Tables on which nothing succeeded are left out, though they were charged. Source: observed, 2026-08. */
static void
write_capacity (HrApiCall *call, const HrStatement *statements, guint count)
{
  guint kept = 0;

  for (guint i = 0; i < call->capacity.n_tables; i++)
    if (has_success (statements, count, call->capacity.tables[i].table))
      call->capacity.tables[kept++] = call->capacity.tables[i];
  call->capacity.n_tables = kept;
  if (kept > 0)
    hr_call_write_capacities (call, HR_CAPACITY_PLAIN);
}

static void
read_member (HrStatement *self, HrApiCall *call, const HrJson *json)
{
  HrFields fields;

  hr_shape_read (&member_shape, json, fields);
  *self = (HrStatement) {
    .text = fields[MEMBER_STATEMENT],
    .parameters_json = fields[MEMBER_PARAMETERS],
    .consistent = hr_field_get_boolean (fields[MEMBER_CONSISTENT_READ], FALSE),
    .error = HR_SERVICE_ERROR_INIT,
  };
  if (prepare (self, call))
    resolve (self, call);
}

gboolean
hr_operation_batch_execute_statement (HrApiCall *call)
{
  const HrJson *members = call->fields[BATCH_STATEMENTS];
  HrStatement *statements;

  if (!hr_call_begin (call, BATCH_CAPACITY))
    return FALSE;

  statements = hr_arena_array (call->arena, HrStatement, members->length);
  for (guint i = 0; i < members->length; i++)
    read_member (&statements[i], call, &members->elements[i]);
  if (!check_kinds (call, statements, members->length) || !check_repeats (call, statements, members->length))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"Responses\":[");
  for (guint i = 0; i < members->length; i++)
    {
      if (statements[i].error.kind == HR_SERVICE_OK)
        run (&statements[i], call);
      write_one (call, &statements[i]);
    }
  hr_buffer_append_char (call->out, ']');
  write_capacity (call, statements, members->length);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
