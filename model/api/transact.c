/*
 * Carrying out the writes of a transaction once.
 *
 * A request whose client token was seen with the same actions succeeds again without doing anything, and is charged
 * for reading the items.
 */
#include "model/api/write.h"

#include <string.h>

#define TOO_LARGE "Transaction payload size cannot exceed 4MB. Payload Size: "

/* What the request brings for the action: the item or its key, and the values of its expressions. */
static gsize
measure_action (const HrWrite *write)
{
  gsize size = hr_item_size_bytes (&write->item);

  if (write->update != NULL)
    size += hr_update_get_values_size (write->update);
  if (write->condition != NULL)
    size += hr_condition_get_values_size (write->condition);
  return size;
}

/* What is stored already does not count, and nothing behind the action that is too much. No value is billed more bytes
 * than its JSON has, so that a short request needs no measuring. The sentence is the service's, twice as it is. */
static gboolean
check_size (HrApiCall *call, const HrWrite *writes, guint n_writes)
{
  gsize size = 0;

  if (call->body_length <= HR_LIMIT_TRANSACTION_BYTES)
    return TRUE;
  for (guint i = 0; i < n_writes && size <= HR_LIMIT_TRANSACTION_BYTES; i++)
    size += measure_action (&writes[i]);
  return size <= HR_LIMIT_TRANSACTION_BYTES
         || hr_service_error_set (call->error, call->arena, HR_SERVICE_VALIDATION,
                                  TOO_LARGE ": " TOO_LARGE "%" G_GSIZE_FORMAT, size);
}

HrValue
hr_call_get_key (HrApiCall *call, const HrTable *table, const HrValue *item)
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
        gets[i].key = hr_call_get_key (call, table, &writes[i].item);
    }
  return hr_engine_get (call->api->engine, gets, n_writes, TRUE, &call->engine, results, call->error);
}

gboolean
hr_call_transact (HrApiCall *call, const HrJson *actions, const HrJson *token, const HrWrite *writes,
                  guint n_writes, gboolean *is_repeated)
{
  HrTokenCache *tokens = token != NULL ? call->api->tokens : NULL;
  HrTokenState state = HR_TOKEN_UNKNOWN;
  HrTokenDigest digest = { 0, 0 };

  if (!check_size (call, writes, n_writes))
    return FALSE;
  if (tokens != NULL)
    {
      digest = hr_token_digest (tokens, actions);
      state = hr_token_cache_look_up (tokens, call->operation->name, token, &digest);
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
    hr_token_cache_add (tokens, call->operation->name, token, &digest);
  return TRUE;
}
