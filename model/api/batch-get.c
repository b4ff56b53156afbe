/*
 * BatchGetItem.
 *
 * Keys of all tables are read by one engine call. What the engine leaves out because the answer is full is
 * handed back as it was sent.
 */
#include "model/api/legacy.h"
#include "model/api/operations.h"

#include "model/api/arn.h"

#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

enum
{
  KEYS_KEYS,
  KEYS_ATTRIBUTES_TO_GET,
  KEYS_CONSISTENT_READ,
  KEYS_PROJECTION,
  KEYS_NAMES,
};

static const HrField keys_fields[] = {
  [KEYS_KEYS] = { .name = "Keys",
                  .kind = HR_FIELD_LIST,
                  .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NEWER_IN_BOTH,
                  .min = 1,
                  .max = HR_LIMIT_BATCH_GET,
                  .element = &HR_ELEMENT_VALUES },
  [KEYS_ATTRIBUTES_TO_GET] = HR_ROW_ATTRIBUTES_TO_GET,
  [KEYS_CONSISTENT_READ] = HR_ROW_BOOLEAN ("ConsistentRead"),
  [KEYS_PROJECTION] = HR_ROW_STRING ("ProjectionExpression"),
  [KEYS_NAMES] = HR_ROW_EXPRESSION_NAMES,
};

static const HrShape keys_shape = HR_SHAPE ("KeysAndAttributes", keys_fields);
static const HrField keys_element = { .kind = HR_FIELD_STRUCT, .shape = &keys_shape };

static const HrExpressionRows keys_rows = {
  .expressions = { { KEYS_PROJECTION, HR_EXPRESSION_PROJECTION } },
  .n_expressions = 1,
  .legacy = { KEYS_ATTRIBUTES_TO_GET },
  .n_legacy = 1,
  .names = KEYS_NAMES,
  .values = HR_NO_ROW,
};

enum
{
  BATCH_ITEMS,
  BATCH_CAPACITY,
};

static const HrField batch_fields[] = {
  [BATCH_ITEMS] = { .name = "RequestItems",
                    .kind = HR_FIELD_MAP,
                    .flags = HR_FIELD_REQUIRED | HR_FIELD_TABLE_KEYS,
                    .max = HR_LIMIT_TABLE_NAME_MAX,
                    .element = &keys_element },
  [BATCH_CAPACITY] = HR_ROW_CAPACITY,
};

const HrShape HR_SHAPE_BATCH_GET_ITEM = HR_SHAPE ("BatchGetItemInput", batch_fields);

typedef struct
{
  const char *name;
  const char *given_name; /* may be an ARN */
  const HrJson *json;
  HrFields fields;
  guint first; /* of its gets */
  guint count;
} Table;

typedef struct
{
  HrApiCall *call;
  Table *tables;
  guint n_tables;
  HrGet gets[HR_LIMIT_BATCH_GET];
  const HrJson *keys[HR_LIMIT_BATCH_GET];
  guint hashes[HR_LIMIT_BATCH_GET];
  HrGetResult results[HR_LIMIT_BATCH_GET];
  guint n_gets;
} Batch;

static guint
hash_key (const HrValue *key)
{
  guint hash = 5381;

  for (guint32 i = 0; i < key->length; i++)
    {
      const HrValue *value = &key->members[i].value;

      for (guint32 j = 0; value->type <= HR_TYPE_B && j < value->length; j++)
        hash = hash * 33 ^ (guchar) value->bytes[j];
      hash = hash * 33 ^ value->type;
    }
  return hash;
}

/* Of equal keys: whether their numbers are also spelled alike, which alone makes a repeat for the service. */
static gboolean
is_spelled_alike (const HrJson *a, const HrJson *b)
{
  for (guint32 i = 0; i < a->length; i++)
    {
      const HrJson *other = hr_json_get_n (b, a->members[i].name, a->members[i].name_length);
      const HrJson *left = hr_json_get (&a->members[i].value, "N");
      const HrJson *right = hr_json_get (other, "N");

      if (left != NULL && right != NULL
          && (left->length != right->length || memcmp (left->text, right->text, left->length) != 0))
        return FALSE;
    }
  return TRUE;
}

/* FALSE with an error for a repeat; @is_new is FALSE for a key that the table has already in another
 * spelling. */
static gboolean
check_repeat (Batch *self, const Table *table, const HrValue *key, const HrJson *json, guint hash,
              gboolean *is_new)
{
  *is_new = TRUE;
  for (guint i = table->first; i < self->n_gets; i++)
    {
      if (self->hashes[i] != hash || !hr_value_equal (&self->gets[i].key, key))
        continue;
      if (is_spelled_alike (self->keys[i], json))
        return hr_call_fail (self->call, "Provided list of item keys contains duplicates");
      *is_new = FALSE;
    }
  return TRUE;
}

static gboolean
read_key (Batch *self, Table *table, const HrJson *json, const HrProjection *projection, gboolean consistent)
{
  HrValue key;
  gboolean is_new;
  guint hash;

  if (!hr_call_read_item (self->call, json, &key))
    return FALSE;
  hash = hash_key (&key);
  if (!check_repeat (self, table, &key, json, hash, &is_new))
    return FALSE;
  if (!is_new)
    return TRUE;
  if (self->n_gets == HR_LIMIT_BATCH_GET)
    return hr_call_fail (self->call, "Too many items requested for the BatchGetItem call");

  self->keys[self->n_gets] = json;
  self->hashes[self->n_gets] = hash;
  self->gets[self->n_gets++]
      = (HrGet) { .table = table->name, .key = key, .projection = projection, .consistent = consistent };
  table->count++;
  return TRUE;
}

static gboolean
read_table (Batch *self, Table *table)
{
  gboolean consistent = hr_field_get_boolean (table->fields[KEYS_CONSISTENT_READ], FALSE);
  const HrJson *keys = table->fields[KEYS_KEYS];
  HrExpressions expressions = { 0 };

  table->first = self->n_gets;
  if (!hr_call_check_parameters (self->call, &keys_shape, table->fields, &keys_rows)
      || !hr_call_read_attributes_to_get (self->call, table->fields[KEYS_ATTRIBUTES_TO_GET],
                                          &expressions.projection)
      || !hr_call_compile (self->call, table->fields, &keys_rows, &expressions))
    return FALSE;

  for (guint32 i = 0; i < keys->length; i++)
    {
      if (!read_key (self, table, &keys->elements[i], expressions.projection, consistent))
        return FALSE;
    }
  return TRUE;
}

/* The two interfaces must not be mixed across tables either. */
static gboolean
check_mixing (Batch *self)
{
  gboolean has_legacy = FALSE;
  gboolean has_expression = FALSE;

  for (guint i = 0; i < self->n_tables; i++)
    {
      has_legacy |= self->tables[i].fields[KEYS_ATTRIBUTES_TO_GET] != NULL;
      has_expression |= self->tables[i].fields[KEYS_PROJECTION] != NULL;
    }
  if (!has_legacy || !has_expression)
    return TRUE;
  return hr_call_fail_value (self->call,
                             "Can not use both expression and non-expression parameters in the same request: "
                             "Non-expression parameters: {AttributesToGet} "
                             "Expression parameters: {ProjectionExpression}");
}

/* Of a table that is named twice the last entry counts. */
static gboolean
read_tables (Batch *self, const HrJson *items)
{
  if (items->length == 0)
    return hr_call_fail (self->call, "The requestItems parameter is required for BatchGetItem");
  if (items->length > HR_LIMIT_BATCH_GET)
    return hr_call_fail (self->call, "Too many items requested for the BatchGetItem call");

  self->tables = hr_arena_alloc0 (self->call->arena, sizeof *self->tables * items->length);
  for (guint32 i = 0; i < items->length; i++)
    {
      const HrJsonMember *member = &items->members[i];
      Table *table = &self->tables[self->n_tables];

      if (hr_json_get_n (items, member->name, member->name_length) != &member->value)
        continue;
      table->name = hr_arn_get_table_name (member->name, member->name_length, self->call->arena);
      table->given_name = hr_arena_strndup (self->call->arena, member->name, member->name_length);
      table->json = &member->value;
      hr_shape_read (&keys_shape, table->json, table->fields);
      self->n_tables++;
    }

  if (!check_mixing (self))
    return FALSE;
  for (guint i = 0; i < self->n_tables; i++)
    {
      if (!read_table (self, &self->tables[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_unprocessed (const Batch *self, const Table *table)
{
  for (guint i = table->first; i < table->first + table->count; i++)
    {
      if (self->results[i].unprocessed)
        return TRUE;
    }
  return FALSE;
}

/* The entry of a table as it was sent, with the keys that were left out. */
static void
write_unprocessed (Batch *self, const Table *table)
{
  HrBuffer *out = self->call->out;

  hr_write_member (out, table->given_name);
  hr_buffer_append_string (out, "{\"Keys\":[");
  for (guint i = table->first; i < table->first + table->count; i++)
    {
      if (!self->results[i].unprocessed)
        continue;
      hr_write_comma (out);
      hr_json_write_compact (out, self->keys[i], FALSE);
    }
  hr_buffer_append_char (out, ']');
  for (guint i = KEYS_KEYS + 1; i < keys_shape.n_fields; i++)
    {
      if (table->fields[i] == NULL)
        continue;
      hr_write_member (out, keys_fields[i].name);
      hr_json_write_compact (out, table->fields[i], FALSE);
    }
  hr_buffer_append_char (out, '}');
}

static void
write_items (Batch *self, const Table *table)
{
  HrBuffer *out = self->call->out;

  hr_write_member (out, table->given_name);
  hr_buffer_append_char (out, '[');
  for (guint i = table->first; i < table->first + table->count; i++)
    {
      if (!self->results[i].found)
        continue;
      hr_write_comma (out);
      hr_item_to_json (&self->results[i].item, FALSE, out);
      hr_engine_offer_way (self->call->api->engine); /* there may be 16 MB of them */
    }
  hr_buffer_append_char (out, ']');
}

static void
write_response (Batch *self)
{
  HrBuffer *out = self->call->out;

  hr_buffer_append_string (out, "{\"Responses\":{");
  for (guint i = 0; i < self->n_tables; i++)
    write_items (self, &self->tables[i]);
  hr_buffer_append_string (out, "},\"UnprocessedKeys\":{");
  for (guint i = 0; i < self->n_tables; i++)
    {
      if (has_unprocessed (self, &self->tables[i]))
        write_unprocessed (self, &self->tables[i]);
    }
  hr_buffer_append_char (out, '}');
  hr_call_write_capacities (self->call, HR_CAPACITY_PLAIN);
  hr_buffer_append_char (out, '}');
}

gboolean
hr_operation_batch_get_item (HrApiCall *call)
{
  Batch *self;

  if (!hr_call_begin (call, BATCH_CAPACITY))
    return FALSE;

  self = hr_arena_alloc (call->arena, sizeof *self);
  self->call = call;
  self->n_tables = 0;
  self->n_gets = 0;
  memset (self->results, 0, sizeof self->results);
  if (!read_tables (self, call->fields[BATCH_ITEMS])
      || !hr_engine_get (call->api->engine, self->gets, self->n_gets, FALSE, &call->engine, self->results,
                         call->error))
    return FALSE;

  write_response (self);
  return TRUE;
}
