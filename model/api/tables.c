/*
 * CreateTable, DescribeTable, DeleteTable and ListTables.
 */
#include "model/api/operations.h"
#include "model/api/policy.h"
#include "model/api/table-request.h"

#include "model/base/json-writer.h"

#include <string.h>

static const HrField table_name_fields[] = { HR_ROW_NAME_OF_TABLE };

const HrShape HR_SHAPE_TABLE_NAME = HR_SHAPE ("DescribeTableInput", table_name_fields);

enum
{
  LIST_AFTER,
  LIST_LIMIT,
};

static const HrField list_fields[] = {
  [LIST_AFTER] = { .name = "ExclusiveStartTableName",
                   .kind = HR_FIELD_STRING,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,
                   .min = HR_LIMIT_TABLE_NAME_MIN,
                   .max = HR_LIMIT_TABLE_NAME_MAX },
  [LIST_LIMIT] = { .name = "Limit",
                   .kind = HR_FIELD_INTEGER,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                   .min = 1,
                   .max = HR_LIMIT_LIST_TABLES },
};

const HrShape HR_SHAPE_LIST_TABLES = HR_SHAPE ("ListTablesInput", list_fields);

/* What a new table may have beside its definition, and what it cannot have here. */
enum
{
  CREATE_POLICY,
  CREATE_SOURCE,
  CREATE_REPLICATION,
  CREATE_VECTORS,
};

static const HrField create_fields[] = {
  [CREATE_POLICY] = HR_ROW_STRING ("ResourcePolicy"),
  [CREATE_SOURCE] = HR_ROW_STRING ("GlobalTableSourceArn"),
  [CREATE_REPLICATION] = HR_ROW_STRING ("GlobalTableSettingsReplicationMode"),
  [CREATE_VECTORS] = { .name = "VectorIndexes", .kind = HR_FIELD_LIST },
};

static const HrShape create_shape = HR_SHAPE ("CreateTableInput", create_fields);

static gboolean
check_extras (HrApiCall *call, const HrFields extras)
{
  for (guint i = CREATE_SOURCE; i <= CREATE_VECTORS; i++)
    if (extras[i] != NULL)
      return hr_call_fail_unsupported (call, create_fields[i].name);
  return extras[CREATE_POLICY] == NULL || hr_policy_check (call, extras[CREATE_POLICY]);
}

/* The table with its policy, or neither. */
static gboolean
create (HrApiCall *call, const HrTable *definition, const HrJson *policy)
{
  HrEngine *engine = call->api->engine;

  if (policy == NULL)
    return hr_engine_create_table (engine, definition, &call->engine, call->error);
  return hr_call_begin_changes (call)
         && hr_call_end_changes (call, hr_engine_create_table (engine, definition, &call->engine, call->error)
                                           && hr_policy_attach (call, definition->name, policy));
}

gboolean
hr_operation_create_table (HrApiCall *call)
{
  g_autoptr (HrTable) definition = NULL;
  const HrTableInfo *info;
  HrFields extras;

  hr_shape_read (&create_shape, call->body, extras);
  if (!hr_shape_check_types (&create_shape, call->body, FALSE, call->arena, call->error))
    return FALSE;
  definition = hr_table_from_create_request (call->body, call->api->layer, call->arena, call->error);
  if (definition == NULL || !check_extras (call, extras) || !create (call, definition, extras[CREATE_POLICY]))
    return FALSE;

  info = hr_engine_describe_table (call->api->engine, definition->name, &call->engine);
  if (info == NULL)
    return hr_call_fail_no_table (call, definition->name);
  hr_call_write_table (call, "TableDescription", info);
  return TRUE;
}

/* NULL with an error when the name is not well-formed. */
static const char *
read_table_name (HrApiCall *call)
{
  if (!hr_table_name_check (call->fields[0], call->arena, call->error)
      || !hr_constraints_check (&HR_SHAPE_TABLE_NAME, call->fields, HR_WORDING_OLD, 0, call->arena,
                                call->error))
    return NULL;
  return hr_field_get_table_name (call->fields[0], call->arena);
}

gboolean
hr_operation_describe_table (HrApiCall *call)
{
  const char *name = read_table_name (call);
  const HrTableInfo *info;

  if (name == NULL)
    return FALSE;
  info = hr_engine_describe_table (call->api->engine, name, &call->engine);
  if (info == NULL)
    return hr_call_fail_no_table (call, name);
  hr_call_write_table (call, "Table", info);
  return TRUE;
}

/* The definition dies with the table, so the answer is written first; it is taken back when deleting fails.
 */
gboolean
hr_operation_delete_table (HrApiCall *call)
{
  const char *name = read_table_name (call);
  const HrTableInfo *info;
  HrTableInfo deleted;

  if (name == NULL)
    return FALSE;
  info = hr_engine_describe_table (call->api->engine, name, &call->engine);
  if (info == NULL)
    return hr_call_fail_no_table (call, name);

  deleted = *info;
  deleted.status = HR_TABLE_DELETING;
  hr_call_write_table (call, "TableDescription", &deleted);
  return hr_engine_delete_table (call->api->engine, name, &call->engine, call->error);
}

gboolean
hr_operation_list_tables (HrApiCall *call)
{
  const char **names;
  const char *after;
  gboolean more = FALSE;
  guint count = 0;
  guint limit;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;

  after = hr_field_get_string (call->fields[LIST_AFTER], call->arena);
  limit = (guint) hr_field_get_integer (call->fields[LIST_LIMIT], HR_LIMIT_LIST_TABLES);
  names = hr_engine_list_tables (call->api->engine, after, limit, &call->engine, &count, &more);

  hr_buffer_append_string (call->out, "{\"TableNames\":[");
  for (guint i = 0; i < count; i++)
    {
      hr_write_comma (call->out);
      hr_json_write_string (call->out, names[i], strlen (names[i]));
    }
  hr_buffer_append_char (call->out, ']');
  if (more && count > 0)
    hr_write_text_member (call->out, "LastEvaluatedTableName", names[count - 1]);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
