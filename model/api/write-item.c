/*
 * PutItem, UpdateItem and DeleteItem.
 *
 * The three differ in their members and in the order in which the service declares them; a layout says where
 * each stands, the rest is common.
 */
#include "model/api/operations.h"
#include "model/api/write.h"
#include "model/value/codec.h"

/* The newer layer lists the words in another order, with a slip in one. Source: observed, 2026-10. */
#define ROW_RETURN_VALUES                                                                                    \
  {                                                                                                          \
    .name = "ReturnValues", .kind = HR_FIELD_STRING, .values = HR_WORDS_RETURN_VALUES,                       \
    .new_words = "Failed to satisfy constraint: Member must satisfy enum value set: "                        \
                 "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"                                         \
  }

enum
{
  PUT_CAPACITY,
  PUT_RETURN_VALUES,
  PUT_TABLE_NAME,
  PUT_ITEM,
  PUT_CONDITIONAL_OPERATOR,
  PUT_EXPECTED,
  PUT_METRICS,
  PUT_ON_FAILURE,
  PUT_CONDITION,
  PUT_VALUES,
  PUT_NAMES,
};

static const HrField put_fields[] = {
  [PUT_CAPACITY] = HR_ROW_CAPACITY,
  [PUT_RETURN_VALUES] = ROW_RETURN_VALUES,
  [PUT_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [PUT_ITEM] = HR_ROW_VALUES ("Item"),
  [PUT_CONDITIONAL_OPERATOR] = HR_ROW_CONDITIONAL_OPERATOR,
  [PUT_EXPECTED] = HR_ROW_LEGACY_MAP ("Expected", HR_ELEMENT_EXPECTED),
  [PUT_METRICS] = HR_ROW_METRICS,
  [PUT_ON_FAILURE] = HR_ROW_ON_FAILURE,
  [PUT_CONDITION] = HR_ROW_STRING ("ConditionExpression"),
  [PUT_VALUES] = HR_ROW_EXPRESSION_VALUES,
  [PUT_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_PUT_ITEM = HR_SHAPE ("PutItemInput", put_fields);

static const HrWriteLayout put_layout = {
  .shape = &HR_SHAPE_PUT_ITEM,
  .kind = HR_WRITE_PUT,
  .table_name = PUT_TABLE_NAME,
  .item = PUT_ITEM,
  .return_values = PUT_RETURN_VALUES,
  .on_failure = PUT_ON_FAILURE,
  .attribute_updates = HR_NO_ROW,
  .expected = PUT_EXPECTED,
  .conditional_operator = PUT_CONDITIONAL_OPERATOR,
  .rows = {
    .expressions = { { PUT_CONDITION, HR_EXPRESSION_CONDITION } },
    .n_expressions = 1,
    .legacy = { PUT_EXPECTED, PUT_CONDITIONAL_OPERATOR },
    .n_legacy = 2,
    .names = PUT_NAMES,
    .values = PUT_VALUES,
  },
};

enum
{
  UPDATE_CAPACITY,
  UPDATE_TABLE_NAME,
  UPDATE_METRICS,
  UPDATE_RETURN_VALUES,
  UPDATE_KEY,
  UPDATE_CONDITIONAL_OPERATOR,
  UPDATE_EXPECTED,
  UPDATE_ATTRIBUTE_UPDATES,
  UPDATE_ON_FAILURE,
  UPDATE_CONDITION,
  UPDATE_UPDATE,
  UPDATE_VALUES,
  UPDATE_NAMES,
};

static const HrField update_fields[] = {
  [UPDATE_CAPACITY] = HR_ROW_CAPACITY,
  [UPDATE_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [UPDATE_METRICS] = HR_ROW_METRICS,
  [UPDATE_RETURN_VALUES] = ROW_RETURN_VALUES,
  [UPDATE_KEY] = HR_ROW_VALUES ("Key"),
  [UPDATE_CONDITIONAL_OPERATOR] = HR_ROW_CONDITIONAL_OPERATOR,
  [UPDATE_EXPECTED] = HR_ROW_LEGACY_MAP ("Expected", HR_ELEMENT_EXPECTED),
  [UPDATE_ATTRIBUTE_UPDATES] = HR_ROW_LEGACY_MAP ("AttributeUpdates", HR_ELEMENT_UPDATE),
  [UPDATE_ON_FAILURE] = HR_ROW_ON_FAILURE,
  [UPDATE_CONDITION] = HR_ROW_STRING ("ConditionExpression"),
  [UPDATE_UPDATE] = HR_ROW_STRING ("UpdateExpression"),
  [UPDATE_VALUES] = HR_ROW_EXPRESSION_VALUES,
  [UPDATE_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_UPDATE_ITEM = HR_SHAPE ("UpdateItemInput", update_fields);

static const HrWriteLayout update_layout = {
  .shape = &HR_SHAPE_UPDATE_ITEM,
  .kind = HR_WRITE_UPDATE,
  .table_name = UPDATE_TABLE_NAME,
  .item = UPDATE_KEY,
  .return_values = UPDATE_RETURN_VALUES,
  .on_failure = UPDATE_ON_FAILURE,
  .attribute_updates = UPDATE_ATTRIBUTE_UPDATES,
  .expected = UPDATE_EXPECTED,
  .conditional_operator = UPDATE_CONDITIONAL_OPERATOR,
  .rows = {
    .expressions = { { UPDATE_UPDATE, HR_EXPRESSION_UPDATE }, { UPDATE_CONDITION, HR_EXPRESSION_CONDITION } },
    .n_expressions = 2,
    .legacy = { UPDATE_ATTRIBUTE_UPDATES, UPDATE_EXPECTED, UPDATE_CONDITIONAL_OPERATOR },
    .n_legacy = 3,
    .names = UPDATE_NAMES,
    .values = UPDATE_VALUES,
  },
};

enum
{
  DELETE_CAPACITY,
  DELETE_TABLE_NAME,
  DELETE_RETURN_VALUES,
  DELETE_METRICS,
  DELETE_KEY,
  DELETE_CONDITIONAL_OPERATOR,
  DELETE_EXPECTED,
  DELETE_ON_FAILURE,
  DELETE_CONDITION,
  DELETE_VALUES,
  DELETE_NAMES,
};

static const HrField delete_fields[] = {
  [DELETE_CAPACITY] = HR_ROW_CAPACITY,
  [DELETE_TABLE_NAME] = HR_ROW_TABLE_NAME,
  [DELETE_RETURN_VALUES] = ROW_RETURN_VALUES,
  [DELETE_METRICS] = HR_ROW_METRICS,
  [DELETE_KEY] = HR_ROW_VALUES ("Key"),
  [DELETE_CONDITIONAL_OPERATOR] = HR_ROW_CONDITIONAL_OPERATOR,
  [DELETE_EXPECTED] = HR_ROW_LEGACY_MAP ("Expected", HR_ELEMENT_EXPECTED),
  [DELETE_ON_FAILURE] = HR_ROW_ON_FAILURE,
  [DELETE_CONDITION] = HR_ROW_STRING ("ConditionExpression"),
  [DELETE_VALUES] = HR_ROW_EXPRESSION_VALUES,
  [DELETE_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

const HrShape HR_SHAPE_DELETE_ITEM = HR_SHAPE ("DeleteItemInput", delete_fields);

static const HrWriteLayout delete_layout = {
  .shape = &HR_SHAPE_DELETE_ITEM,
  .kind = HR_WRITE_DELETE,
  .table_name = DELETE_TABLE_NAME,
  .item = DELETE_KEY,
  .return_values = DELETE_RETURN_VALUES,
  .on_failure = DELETE_ON_FAILURE,
  .attribute_updates = HR_NO_ROW,
  .expected = DELETE_EXPECTED,
  .conditional_operator = DELETE_CONDITIONAL_OPERATOR,
  .rows = {
    .expressions = { { DELETE_CONDITION, HR_EXPRESSION_CONDITION } },
    .n_expressions = 1,
    .legacy = { DELETE_EXPECTED, DELETE_CONDITIONAL_OPERATOR },
    .n_legacy = 2,
    .names = DELETE_NAMES,
    .values = DELETE_VALUES,
  },
};

static gboolean
run_write (HrApiCall *call, const HrWriteLayout *layout, guint capacity_row, guint metrics_row)
{
  HrWriteResult result = { 0 };
  HrWrite write;

  if (!hr_call_begin (call, capacity_row) || !hr_call_read_write (call, layout, call->fields, &write)
      || !hr_engine_write (call->api->engine, &write, &call->engine, &result, call->error))
    return FALSE;

  hr_buffer_append_char (call->out, '{');
  if (result.has_attributes)
    {
      hr_write_member (call->out, "Attributes");
      hr_item_to_json (&result.attributes, FALSE, call->out);
    }
  hr_call_write_capacity (call);
  hr_call_write_metrics (call, call->fields[metrics_row], &write);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

gboolean
hr_operation_put_item (HrApiCall *call)
{
  return run_write (call, &put_layout, PUT_CAPACITY, PUT_METRICS);
}

gboolean
hr_operation_update_item (HrApiCall *call)
{
  return run_write (call, &update_layout, UPDATE_CAPACITY, UPDATE_METRICS);
}

gboolean
hr_operation_delete_item (HrApiCall *call)
{
  return run_write (call, &delete_layout, DELETE_CAPACITY, DELETE_METRICS);
}
