/*
 * TransactWriteItems.
 *
 * Actions are read in order and the first problem of the request wins, before any table is looked up. A
 * request whose client token was seen with the same actions succeeds again without doing anything, and is
 * charged for reading the items.
 */
#include "model/api/operations.h"
#include "model/api/write.h"

#include <string.h>

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
              .values = CHECK_VALUES },                                                                      \
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

/* No value is billed more bytes than its JSON has, so that a short request needs no measuring. */
static gboolean
check_size (HrApiCall *call, const HrWrite *writes, guint n_writes)
{
  gsize size = 0;

  if (call->body_length <= HR_LIMIT_TRANSACTION_BYTES)
    return TRUE;
  for (guint i = 0; i < n_writes; i++)
    size += hr_item_size_bytes (&writes[i].item);
  return size <= HR_LIMIT_TRANSACTION_BYTES
         || hr_call_fail (call, "The items of a transaction must not be larger than 4 MB together");
}

static HrValue
get_key (HrApiCall *call, const HrTable *table, const HrValue *item)
{
  const HrAttribute *keys[] = { hr_table_get_partition_key (table), hr_table_get_sort_key (table) };
  HrValue key = hr_value_map (NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const HrValue *value
          = keys[i] != NULL ? hr_map_get (item, keys[i]->name, strlen (keys[i]->name)) : NULL;

      if (value != NULL)
        key = hr_map_with (call->arena, &key, keys[i]->name, strlen (keys[i]->name), value);
    }
  return key;
}

/* What a repeated request costs: reading its items. */
static gboolean
run_repeated (HrApiCall *call, const HrWrite *writes, guint n_writes)
{
  HrGetResult *results = hr_arena_array (call->arena, HrGetResult, n_writes);
  HrGet *gets = hr_arena_array (call->arena, HrGet, n_writes);

  for (guint i = 0; i < n_writes; i++)
    {
      const HrTable *table = hr_engine_get_table (call->api->engine, writes[i].table);

      gets[i] = (HrGet) { .table = writes[i].table, .key = writes[i].item, .consistent = TRUE };
      if (table != NULL)
        gets[i].key = get_key (call, table, &writes[i].item);
    }
  return hr_engine_get (call->api->engine, gets, n_writes, TRUE, &call->engine, results, call->error);
}

static gboolean
run_writes (HrApiCall *call, const HrWrite *writes, guint n_writes, gboolean *is_repeated)
{
  HrTokenCache *tokens = call->fields[TRANSACT_TOKEN] != NULL ? call->api->tokens : NULL;
  HrTokenState state = HR_TOKEN_UNKNOWN;
  HrTokenDigest digest = { 0, 0 };

  if (tokens != NULL)
    {
      digest = hr_token_digest (tokens, call->fields[TRANSACT_ITEMS]);
      state = hr_token_cache_look_up (tokens, call->fields[TRANSACT_TOKEN], &digest);
    }
  if (state == HR_TOKEN_MISMATCH)
    return hr_service_error_set (
        call->error, call->arena, HR_SERVICE_IDEMPOTENT_PARAMETER_MISMATCH,
        "The client token was used with other parameters within the last 10 minutes");
  *is_repeated = state == HR_TOKEN_REPEATED;
  if (*is_repeated)
    return call->engine.capacity == NULL || run_repeated (call, writes, n_writes);

  if (!hr_engine_transact_write (call->api->engine, writes, n_writes, &call->engine, call->error))
    return FALSE;
  if (tokens != NULL)
    hr_token_cache_add (tokens, call->fields[TRANSACT_TOKEN], &digest);
  return TRUE;
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
  if (!check_size (call, writes, entries->length)
      || !run_writes (call, writes, entries->length, &is_repeated))
    return FALSE;

  hr_buffer_append_char (call->out, '{');
  hr_call_write_capacities (call, is_repeated ? HR_CAPACITY_READS : HR_CAPACITY_WRITES);
  hr_call_write_metrics_by_table (call, call->fields[TRANSACT_METRICS], writes, entries->length);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
