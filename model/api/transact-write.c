/*
 * TransactWriteItems.
 *
 * Actions are read in order and the first problem of the request wins, before any table is looked up.
 */
#include "model/api/operations.h"
#include "model/api/write.h"

enum
{
  CHECK_TABLE_NAME,
  CHECK_KEY,
  CHECK_CONDITION,
  CHECK_NAMES,
  CHECK_VALUES,
  CHECK_ON_FAILURE,
  CHECK_UPDATE, /* of an update only */
};

#define CONDITION_ROW(traits)                                                                                \
  {                                                                                                          \
    .name = "ConditionExpression", .kind = HR_FIELD_STRING, .flags = traits                                  \
  }
#define ACTION_ROWS(item_name, condition_flags)                                                              \
  [CHECK_TABLE_NAME] = HR_ROW_TABLE_NAME, [CHECK_KEY] = HR_ROW_VALUES (item_name),                           \
  [CHECK_CONDITION] = CONDITION_ROW (condition_flags), [CHECK_NAMES] = HR_ROW_EXPRESSION_NAMES,              \
  [CHECK_VALUES] = HR_ROW_EXPRESSION_VALUES, [CHECK_ON_FAILURE] = HR_ROW_ON_FAILURE

static const HrField check_fields[] = { ACTION_ROWS ("Key", HR_FIELD_REQUIRED) };
static const HrField put_fields[] = { ACTION_ROWS ("Item", 0) };
static const HrField delete_fields[] = { ACTION_ROWS ("Key", 0) };
static const HrField update_fields[] = {
  ACTION_ROWS ("Key", 0),
  [CHECK_UPDATE] = { .name = "UpdateExpression", .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED },
};

static const HrShape check_shape = HR_SHAPE ("ConditionCheck", check_fields);
static const HrShape put_shape = HR_SHAPE ("Put", put_fields);
static const HrShape delete_shape = HR_SHAPE ("Delete", delete_fields);
static const HrShape update_shape = HR_SHAPE ("Update", update_fields);

#define ACTION_LAYOUT(of_shape, of_kind)                                                                     \
  {                                                                                                          \
    .shape = &of_shape, .kind = of_kind, .table_name = CHECK_TABLE_NAME, .item = CHECK_KEY,                  \
    .return_values = HR_NO_ROW, .on_failure = CHECK_ON_FAILURE, .attribute_updates = HR_NO_ROW,              \
    .expected = HR_NO_ROW, .conditional_operator = HR_NO_ROW,                                                \
    .rows = { .expressions = { { CHECK_CONDITION, HR_EXPRESSION_CONDITION } },                               \
              .n_expressions = 1,                                                                            \
              .names = CHECK_NAMES,                                                                          \
              .values = CHECK_VALUES,                                                                        \
              .has_deep_values = TRUE },                                                                      \
  }

enum
{
  ENTRY_CHECK,
  ENTRY_PUT,
  ENTRY_DELETE,
  ENTRY_UPDATE,
  N_ENTRIES,
};

static const HrWriteLayout layouts[N_ENTRIES] = {
  [ENTRY_CHECK] = ACTION_LAYOUT (check_shape, HR_WRITE_CHECK),
  [ENTRY_PUT] = ACTION_LAYOUT (put_shape, HR_WRITE_PUT),
  [ENTRY_DELETE] = ACTION_LAYOUT (delete_shape, HR_WRITE_DELETE),
  [ENTRY_UPDATE] = {
    .shape = &update_shape,
    .kind = HR_WRITE_UPDATE,
    .table_name = CHECK_TABLE_NAME,
    .item = CHECK_KEY,
    .return_values = HR_NO_ROW,
    .on_failure = CHECK_ON_FAILURE,
    .attribute_updates = HR_NO_ROW,
    .expected = HR_NO_ROW,
    .conditional_operator = HR_NO_ROW,
    .rows = {
      .expressions = { { CHECK_UPDATE, HR_EXPRESSION_UPDATE }, { CHECK_CONDITION, HR_EXPRESSION_CONDITION } },
      .n_expressions = 2,
      .names = CHECK_NAMES,
      .values = CHECK_VALUES,
      .has_deep_values = TRUE,
    },
  },
};

static const HrField entry_fields[N_ENTRIES] = {
  [ENTRY_CHECK] = { .name = "ConditionCheck", .kind = HR_FIELD_STRUCT, .shape = &check_shape },
  [ENTRY_PUT] = { .name = "Put", .kind = HR_FIELD_STRUCT, .shape = &put_shape },
  [ENTRY_DELETE] = { .name = "Delete", .kind = HR_FIELD_STRUCT, .shape = &delete_shape },
  [ENTRY_UPDATE] = { .name = "Update", .kind = HR_FIELD_STRUCT, .shape = &update_shape },
};

static const HrShape entry_shape = HR_SHAPE ("TransactWriteItem", entry_fields);
static const HrField entry_element = { .kind = HR_FIELD_STRUCT, .shape = &entry_shape };

enum
{
  TRANSACT_CAPACITY,
  TRANSACT_METRICS,
  TRANSACT_ITEMS,
  TRANSACT_TOKEN,
};

static const HrField transact_fields[] = {
  [TRANSACT_CAPACITY] = HR_ROW_CAPACITY,
  [TRANSACT_METRICS] = HR_ROW_METRICS,
  [TRANSACT_ITEMS] = { .name = "TransactItems",
                       .kind = HR_FIELD_LIST,
                       .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                       .min = 1,
                       .max = HR_LIMIT_TRANSACTION_ACTIONS,
                       .element = &entry_element },
  [TRANSACT_TOKEN] = { .name = "ClientRequestToken",
                       .kind = HR_FIELD_STRING,
                       .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                       .min = 1,
                       .max = HR_LIMIT_TOKEN_CHARS },
};

const HrShape HR_SHAPE_TRANSACT_WRITE_ITEMS = HR_SHAPE ("TransactWriteItemsInput", transact_fields);

static gboolean
read_action (HrApiCall *call, const HrJson *json, HrWrite *write)
{
  guint kind = N_ENTRIES;
  HrFields entry;
  HrFields fields;

  hr_shape_read (&entry_shape, json, entry);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      if (entry[i] == NULL)
        continue;
      if (kind != N_ENTRIES)
        return hr_call_fail (call, "TransactItems can only contain one of Check, Put, Update or Delete");
      kind = i;
    }
  if (kind == N_ENTRIES)
    return hr_call_fail (
        call, "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");

  hr_shape_read (layouts[kind].shape, entry[kind], fields);
  return hr_call_read_write (call, &layouts[kind], fields, write);
}

gboolean
hr_operation_transact_write_items (HrApiCall *call)
{
  const HrJson *entries = call->fields[TRANSACT_ITEMS];
  gboolean is_repeated = FALSE;
  HrWrite *writes;

  if (!hr_call_begin (call, TRANSACT_CAPACITY))
    return FALSE;

  writes = hr_arena_array (call->arena, HrWrite, entries->length);
  for (guint32 i = 0; i < entries->length; i++)
    {
      if (!read_action (call, &entries->elements[i], &writes[i]))
        return FALSE;
    }
  if (!hr_call_transact (call, entries, call->fields[TRANSACT_TOKEN], writes, entries->length, &is_repeated))
    return FALSE;

  hr_buffer_append_char (call->out, '{');
  hr_call_write_capacities (call, is_repeated ? HR_CAPACITY_READS : HR_CAPACITY_WRITES);
  hr_call_write_metrics_by_table (call, call->fields[TRANSACT_METRICS], writes, entries->length);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
