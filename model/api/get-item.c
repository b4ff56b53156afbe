/*
 * GetItem and TransactGetItems.
 */
#include "model/api/legacy.h"
#include "model/api/operations.h"

#include "model/value/codec.h"

enum
{
  GET_CAPACITY,
  GET_ATTRIBUTES_TO_GET,
  GET_TABLE_NAME,
  GET_KEY,
  GET_CONSISTENT_READ,
  GET_PROJECTION,
  GET_NAMES,
};

static const HrField get_fields[] = {
  [GET_CAPACITY] = HR_ROW_CAPACITY,
  [GET_ATTRIBUTES_TO_GET] = HR_ROW_ATTRIBUTES_TO_GET,
  [GET_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [GET_KEY] = HR_ROW_VALUES ("Key"),
  [GET_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [GET_PROJECTION] = HR_ROW_STRING ("ProjectionExpression"),
  [GET_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_GET_ITEM = HR_SHAPE ("GetItemInput", get_fields);

static const HrExpressionRows get_rows = {
  .expressions = { { GET_PROJECTION, HR_EXPRESSION_PROJECTION } },
  .n_expressions = 1,
  .legacy = { GET_ATTRIBUTES_TO_GET },
  .n_legacy = 1,
  .names = GET_NAMES,
  .values = HR_NO_ROW,
};

static gboolean
read_get (HrApiCall *call, const HrShape *shape, const HrFields fields, const HrExpressionRows *rows,
          const HrJson *table_name, const HrJson *key, HrGet *get)
{
  HrExpressions expressions = { 0 };

  if (!hr_call_check_parameters (call, shape, fields, rows) || !hr_call_read_item (call, key, &get->key)
      || !hr_call_compile (call, fields, rows, &expressions))
    return FALSE;

  get->table = hr_field_get_table_name (table_name, call->arena);
  get->projection = expressions.projection;
  return TRUE;
}

gboolean
hr_operation_get_item (HrApiCall *call)
{
  const HrJson *const *fields = call->fields;
  HrGet get = { .consistent = hr_field_get_boolean (fields[GET_CONSISTENT_READ], FALSE) };
  HrGetResult result;

  if (!hr_call_begin (call, GET_CAPACITY)
      || !read_get (call, &HR_SHAPE_GET_ITEM, fields, &get_rows, fields[GET_TABLE_NAME], fields[GET_KEY],
                    &get)
      || !hr_call_read_attributes_to_get (call, fields[GET_ATTRIBUTES_TO_GET], &get.projection)
      || !hr_engine_get (call->api->engine, &get, 1, FALSE, &call->engine, &result, call->error))
    return FALSE;

  hr_buffer_append_char (call->out, '{');
  if (result.found)
    {
      hr_write_member (call->out, "Item");
      hr_item_to_json (&result.item, FALSE, call->out);
    }
  hr_call_write_capacity (call);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

enum
{
  ACTION_TABLE_NAME,
  ACTION_KEY,
  ACTION_PROJECTION,
  ACTION_NAMES,
};

static const HrField action_fields[] = {
  [ACTION_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [ACTION_KEY] = HR_ROW_VALUES ("Key"),
  [ACTION_PROJECTION] = HR_ROW_STRING ("ProjectionExpression"),
  [ACTION_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

static const HrShape action_shape = HR_SHAPE ("Get", action_fields);

static const HrExpressionRows action_rows = {
  .expressions = { { ACTION_PROJECTION, HR_EXPRESSION_PROJECTION } },
  .n_expressions = 1,
  .names = ACTION_NAMES,
  .values = HR_NO_ROW,
};

static const HrField entry_fields[]
    = { { .name = "Get", .kind = HR_FIELD_STRUCT, .flags = HR_FIELD_REQUIRED, .shape = &action_shape } };
static const HrShape entry_shape = HR_SHAPE ("TransactGetItem", entry_fields);
static const HrField entry_element = { .kind = HR_FIELD_STRUCT, .shape = &entry_shape };

enum
{
  TRANSACT_CAPACITY,
  TRANSACT_ITEMS,
};

static const HrField transact_fields[] = {
  [TRANSACT_CAPACITY] = HR_ROW_CAPACITY,
  [TRANSACT_ITEMS] = { .name = "TransactItems",
                       .kind = HR_FIELD_LIST,
                       .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                       .min = 1,
                       .max = HR_LIMIT_TRANSACTION_ACTIONS,
                       .element = &entry_element },
};

const HrShape HR_SHAPE_TRANSACT_GET_ITEMS = HR_SHAPE ("TransactGetItemsInput", transact_fields);

static gboolean
read_action (HrApiCall *call, const HrJson *entry, HrGet *get)
{
  HrFields entry_members;
  HrFields fields;

  hr_shape_read (&entry_shape, entry, entry_members);
  hr_shape_read (&action_shape, entry_members[0], fields);
  get->consistent = TRUE;
  return read_get (call, &action_shape, fields, &action_rows, fields[ACTION_TABLE_NAME], fields[ACTION_KEY],
                   get);
}

gboolean
hr_operation_transact_get_items (HrApiCall *call)
{
  const HrJson *entries = call->fields[TRANSACT_ITEMS];
  HrGetResult *results;
  HrGet *gets;

  if (!hr_call_begin (call, TRANSACT_CAPACITY))
    return FALSE;

  gets = hr_arena_array (call->arena, HrGet, entries->length);
  results = hr_arena_array (call->arena, HrGetResult, entries->length);
  for (guint32 i = 0; i < entries->length; i++)
    {
      if (!read_action (call, &entries->elements[i], &gets[i]))
        return FALSE;
    }
  if (!hr_engine_get (call->api->engine, gets, entries->length, TRUE, &call->engine, results, call->error))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"Responses\":[");
  for (guint32 i = 0; i < entries->length; i++)
    {
      /* A projection that matches nothing leaves out the item, here only. */
      gboolean is_shown = results[i].found && (gets[i].projection == NULL || results[i].item.length > 0);

      hr_write_comma (call->out);
      hr_buffer_append_char (call->out, '{');
      if (is_shown)
        {
          hr_write_member (call->out, "Item");
          hr_item_to_json (&results[i].item, FALSE, call->out);
        }
      hr_buffer_append_char (call->out, '}');
    }
  hr_buffer_append_char (call->out, ']');
  hr_call_write_capacities (call, HR_CAPACITY_READS);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
