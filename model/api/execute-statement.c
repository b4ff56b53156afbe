/*
 * ExecuteStatement: one statement, which for a SELECT is one page.
 */
#include "model/api/operations.h"

#include "model/api/statement.h"
#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

enum
{
  EXECUTE_STATEMENT,
  EXECUTE_PARAMETERS,
  EXECUTE_CONSISTENT_READ,
  EXECUTE_NEXT_TOKEN,
  EXECUTE_CAPACITY,
  EXECUTE_LIMIT,
  EXECUTE_ON_FAILURE,
};

#define TOKEN_CHARS_MAX 32768

static const HrField execute_fields[] = {
  [EXECUTE_STATEMENT] = HR_ROW_STATEMENT,
  [EXECUTE_PARAMETERS] = HR_ROW_PARAMETERS,
  [EXECUTE_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [EXECUTE_NEXT_TOKEN] = { .name = "NextToken",
                           .kind = HR_FIELD_STRING,
                           .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                           .min = 1,
                           .max = TOKEN_CHARS_MAX },
  [EXECUTE_CAPACITY] = HR_ROW_CAPACITY,
  [EXECUTE_LIMIT] = HR_ROW_LIMIT,
  [EXECUTE_ON_FAILURE] = HR_ROW_ON_FAILURE,
};

const HrShape HR_SHAPE_EXECUTE_STATEMENT = HR_SHAPE ("ExecuteStatementInput", execute_fields);

static void
write_response (HrApiCall *call, const HrValue *items, guint count, const char *next_token)
{
  HrBuffer *out = call->out;

  hr_buffer_append_string (out, "{\"Items\":[");
  for (guint i = 0; i < count; i++)
    {
      hr_write_comma (out);
      hr_item_to_json (&items[i], FALSE, out);
    }
  hr_buffer_append_char (out, ']');
  if (next_token != NULL)
    hr_write_text_member (out, "NextToken", next_token);
  hr_call_write_capacity (call);
  hr_buffer_append_char (out, '}');
}

static gboolean
run_select (HrApiCall *call, HrStatement *statement)
{
  const HrJson *token = call->fields[EXECUTE_NEXT_TOKEN];
  HrPartiqlReadOptions options = {
    .limit = (guint) MIN (hr_field_get_integer (call->fields[EXECUTE_LIMIT], 0), (gint64) G_MAXINT32),
    .consistent = hr_field_get_boolean (call->fields[EXECUTE_CONSISTENT_READ], FALSE),
    .next_token = token != NULL ? token->text : NULL,
    .next_token_length = token != NULL ? token->length : 0,
  };
  HrPartiqlPage page;

  if (!hr_partiql_read (statement->partiql, call->api->engine, &options, &call->engine, &page, &statement->error))
    return FALSE;
  write_response (call, page.items, page.count, page.next_token);
  return TRUE;
}

static gboolean
run_write (HrApiCall *call, HrStatement *statement)
{
  if (statement->table == NULL)
    return hr_statement_fail_table (statement, call);
  if (call->fields[EXECUTE_NEXT_TOKEN] != NULL)
    return hr_statement_fail (statement, call, "NextToken does not match request");
  if (!hr_partiql_to_write (statement->partiql, statement->table, call->arena, &statement->write,
                            &statement->error))
    return FALSE;
  statement->write.return_failed_item = hr_json_string_equals (call->fields[EXECUTE_ON_FAILURE],
                                                               HR_WORDS_ON_FAILURE[HR_ON_FAILURE_ALL_OLD]);
  if (!hr_statement_write (statement, call))
    return FALSE;
  write_response (call, &statement->result, statement->has_result ? 1 : 0, NULL);
  return TRUE;
}

static gboolean
run (HrApiCall *call, HrStatement *statement)
{
  if (!hr_statement_read_parameters (statement, call) || !hr_statement_prepare (statement, call))
    return FALSE;
  if (hr_partiql_is_exists (statement->partiql))
    return hr_statement_fail (statement, call, "EXISTS can only be used in ExecuteTransaction write requests.");
  return hr_partiql_is_select (statement->partiql) ? run_select (call, statement) : run_write (call, statement);
}

gboolean
hr_operation_execute_statement (HrApiCall *call)
{
  HrStatement statement = {
    .text = call->fields[EXECUTE_STATEMENT],
    .parameters_json = call->fields[EXECUTE_PARAMETERS],
    .error = HR_SERVICE_ERROR_INIT,
  };

  if (!hr_call_begin (call, EXECUTE_CAPACITY))
    return FALSE;
  if (run (call, &statement))
    return TRUE;
  *call->error = statement.error;
  return FALSE;
}
