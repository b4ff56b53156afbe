/*
 * ExecuteTransaction: statements that succeed or fail together, all reads or all writes.
 *
 * What can be said of a statement refuses the request, with its position in front; a table that is not there and a
 * key that is none cancel it, with a reason for each such statement. Only what passes goes to the engine, as a
 * transaction of gets or of writes. Source: observed, 2026-09.
 */
#include "model/api/operations.h"

#include "model/api/statement.h"
#include "model/api/write.h"
#include "model/value/codec.h"

#include <string.h>

enum
{
  MEMBER_STATEMENT,
  MEMBER_PARAMETERS,
  MEMBER_ON_FAILURE,
};

static const HrField member_fields[] = {
  [MEMBER_STATEMENT] = HR_ROW_STATEMENT,
  [MEMBER_PARAMETERS] = HR_ROW_PARAMETERS,
  [MEMBER_ON_FAILURE] = HR_ROW_ON_FAILURE,
};

static const HrShape member_shape = HR_SHAPE ("ParameterizedStatement", member_fields);
static const HrField member_element = { .kind = HR_FIELD_STRUCT, .shape = &member_shape };

enum
{
  EXECUTE_STATEMENTS,
  EXECUTE_TOKEN,
  EXECUTE_CAPACITY,
};

static const HrField execute_fields[] = {
  [EXECUTE_STATEMENTS] = { .name = "TransactStatements",
                           .kind = HR_FIELD_LIST,
                           .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                           .min = 1,
                           .max = HR_LIMIT_TRANSACTION_ACTIONS,
                           .element = &member_element },
  [EXECUTE_TOKEN] = { .name = "ClientRequestToken",
                      .kind = HR_FIELD_STRING,
                      .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                      .min = 1,
                      .max = HR_LIMIT_TOKEN_CHARS },
  [EXECUTE_CAPACITY] = HR_ROW_CAPACITY,
};

const HrShape HR_SHAPE_EXECUTE_TRANSACTION = HR_SHAPE ("ExecuteTransactionInput", execute_fields);

typedef struct
{
  HrApiCall *call;
  HrStatement *statements;
  gboolean *returns_failed_item; /* of each */
  guint count;
  gboolean is_read;
} Transaction;

typedef gboolean (*StatementFunc) (HrStatement *statement, HrApiCall *call);

static gboolean
read_members (Transaction *self, const HrJson *members)
{
  HrApiCall *call = self->call;

  self->count = members->length;
  self->statements = hr_arena_array (call->arena, HrStatement, self->count);
  self->returns_failed_item = hr_arena_array (call->arena, gboolean, self->count);
  for (guint i = 0; i < self->count; i++)
    {
      HrFields fields;

      hr_shape_read (&member_shape, &members->elements[i], fields);
      self->statements[i] = (HrStatement) {
        .text = fields[MEMBER_STATEMENT],
        .parameters_json = fields[MEMBER_PARAMETERS],
        .consistent = TRUE,
        .error = HR_SERVICE_ERROR_INIT,
      };
      self->returns_failed_item[i]
          = hr_json_string_equals (fields[MEMBER_ON_FAILURE], HR_WORDS_ON_FAILURE[HR_ON_FAILURE_ALL_OLD]);
    }
  for (guint i = 0; i < self->count; i++)
    if (!hr_statement_read_parameters (&self->statements[i], call))
      {
        *call->error = self->statements[i].error;
        return FALSE;
      }
  return TRUE;
}

/* The first fault of a statement becomes that of the request. */
static gboolean
check_each (Transaction *self, StatementFunc check)
{
  for (guint i = 0; i < self->count; i++)
    {
      HrStatement *statement = &self->statements[i];

      if (check (statement, self->call))
        continue;
      *self->call->error = statement->error;
      if (statement->error.kind == HR_SERVICE_VALIDATION)
        self->call->error->message = hr_arena_printf (
            self->call->arena, "Validation failed in TransactStatements[%u]: %s", i, statement->error.message);
      return FALSE;
    }
  return TRUE;
}

/* What a transaction does not allow, of statements whose tables are there. */
static gboolean
check_form (HrStatement *statement, HrApiCall *call)
{
  const HrPartiql *partiql = statement->partiql;
  gboolean is_read = hr_partiql_is_select (partiql) || hr_partiql_is_exists (partiql);

  if (statement->table == NULL)
    return TRUE;
  if (hr_partiql_has_returning (partiql))
    return hr_statement_fail (statement, call, "RETURNING clause is not supported in ExecuteTransaction.");
  if (hr_partiql_get_index (partiql) == NULL)
    return TRUE;
  return hr_statement_fail (statement, call,
                            is_read ? "Reads on indices are not supported within transactions."
                                    : "This operation is not supported on an index");
}

static gboolean
check_kinds (Transaction *self)
{
  guint n_reads = 0;

  for (guint i = 0; i < self->count; i++)
    n_reads += hr_partiql_is_select (self->statements[i].partiql) ? 1 : 0;
  self->is_read = n_reads > 0;
  return n_reads == 0 || n_reads == self->count
         || hr_call_fail (self->call, "ExecuteTransaction API does not support both read and write operations in "
                                      "the same request.");
}

static gboolean
check_tables (Transaction *self)
{
  HrApiCall *call = self->call;
  HrCancellationReason *reasons = hr_cancellation_reasons_new (call->arena, self->count);
  gboolean is_missing = FALSE;

  for (guint i = 0; i < self->count; i++)
    {
      if (self->statements[i].table != NULL)
        continue;
      reasons[i] = (HrCancellationReason) { "ResourceNotFound", "Requested resource not found", NULL };
      is_missing = TRUE;
    }
  return !is_missing || hr_service_error_set_canceled (call->error, call->arena, reasons, self->count);
}

/* Reads */

static gboolean
resolve_get (HrStatement *statement, HrApiCall *call)
{
  if (!hr_partiql_to_get (statement->partiql, statement->table, call->arena, TRUE, &statement->get,
                          &statement->is_get, &statement->error))
    return FALSE;
  return statement->is_get
         || hr_statement_fail (statement, call,
                               "Select statements within ExecuteTransaction must specify the primary key in the "
                               "where clause.");
}

static void
write_items (HrApiCall *call, const HrGet *gets, const HrGetResult *results, guint count)
{
  HrBuffer *out = call->out;

  for (guint i = 0; i < count; i++)
    {
      hr_write_comma (out);
      hr_buffer_append_char (out, '{');
      if (results[i].found && (gets[i].projection == NULL || results[i].item.length > 0))
        {
          hr_write_member (out, "Item");
          hr_item_to_json (&results[i].item, FALSE, out);
        }
      hr_buffer_append_char (out, '}');
    }
}

static gboolean
run_reads (Transaction *self)
{
  HrApiCall *call = self->call;
  HrGetResult *results = hr_arena_array (call->arena, HrGetResult, self->count);
  HrGet *gets = hr_arena_array (call->arena, HrGet, self->count);

  if (!check_each (self, resolve_get))
    return FALSE;
  for (guint i = 0; i < self->count; i++)
    gets[i] = self->statements[i].get;
  if (!hr_engine_get (call->api->engine, gets, self->count, TRUE, &call->engine, results, call->error))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"Responses\":[");
  write_items (call, gets, results, self->count);
  hr_buffer_append_char (call->out, ']');
  hr_call_write_capacities (call, HR_CAPACITY_READS);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

/* Writes */

/* Of EXISTS a WHERE that is none refuses the request; of the others it cancels it. */
static gboolean
resolve_write (HrStatement *statement, HrApiCall *call)
{
  if (hr_partiql_to_write (statement->partiql, statement->table, call->arena, &statement->write,
                           &statement->error))
    return TRUE;
  return !hr_partiql_is_exists (statement->partiql);
}

static gboolean
check_keys (Transaction *self)
{
  HrApiCall *call = self->call;
  HrCancellationReason *reasons = hr_cancellation_reasons_new (call->arena, self->count);
  gboolean is_faulty = FALSE;

  for (guint i = 0; i < self->count; i++)
    {
      const HrStatement *statement = &self->statements[i];
      const char *fault = "The provided key element does not match the schema";

      if (statement->error.kind == HR_SERVICE_OK)
        fault = hr_partiql_find_key_fault (&statement->write, statement->table, call->arena);
      if (fault == NULL)
        continue;
      reasons[i] = (HrCancellationReason) { "ValidationError", fault, NULL };
      is_faulty = TRUE;
    }
  return !is_faulty || hr_service_error_set_canceled (call->error, call->arena, reasons, self->count);
}

/* Reasons of the engine in the words of statements. */
static void
reword_reasons (Transaction *self)
{
  HrServiceError *error = self->call->error;
  HrCancellationReason *reasons;

  if (error->kind != HR_SERVICE_TRANSACTION_CANCELED)
    return;
  reasons = hr_arena_memdup (self->call->arena, error->reasons, error->n_reasons * sizeof *reasons);
  for (guint i = 0; i < error->n_reasons; i++)
    {
      HrServiceError one = HR_SERVICE_ERROR_INIT;

      if (reasons[i].message == NULL)
        continue;
      one.kind = strcmp (reasons[i].code, "ConditionalCheckFailed") == 0 ? HR_SERVICE_CONDITIONAL_CHECK_FAILED
                                                                         : HR_SERVICE_VALIDATION;
      one.message = reasons[i].message;
      hr_statement_reword (&self->statements[i], &one);
      if (one.kind == HR_SERVICE_DUPLICATE_ITEM)
        reasons[i] = (HrCancellationReason) { "DuplicateItem", one.message, NULL };
      reasons[i].message = one.message;
    }
  hr_service_error_set_canceled (error, self->call->arena, reasons, error->n_reasons);
}

static gboolean
run_writes (Transaction *self, const HrJson *members)
{
  HrApiCall *call = self->call;
  HrWrite *writes = hr_arena_array (call->arena, HrWrite, self->count);
  gboolean is_repeated = FALSE;

  if (!check_each (self, resolve_write) || !check_keys (self))
    return FALSE;
  for (guint i = 0; i < self->count; i++)
    {
      writes[i] = self->statements[i].write;
      writes[i].return_failed_item = self->returns_failed_item[i];
    }
  if (!hr_call_transact (call, members, call->fields[EXECUTE_TOKEN], writes, self->count, &is_repeated))
    {
      reword_reasons (self);
      return FALSE;
    }
  hr_buffer_append_string (call->out, "{\"Responses\":[]");
  hr_call_write_capacities (call, is_repeated ? HR_CAPACITY_READS : HR_CAPACITY_WRITES);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

gboolean
hr_operation_execute_transaction (HrApiCall *call)
{
  const HrJson *members = call->fields[EXECUTE_STATEMENTS];
  Transaction self = { .call = call };

  if (!hr_call_begin (call, EXECUTE_CAPACITY) || !read_members (&self, members)
      || !check_each (&self, hr_statement_prepare) || !check_each (&self, check_form) || !check_kinds (&self)
      || !check_tables (&self))
    return FALSE;
  return self.is_read ? run_reads (&self) : run_writes (&self, members);
}
