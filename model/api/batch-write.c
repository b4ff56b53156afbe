/*
 * BatchWriteItem.
 */
#include "model/api/operations.h"

#include "model/api/arn.h"

enum
{
  REQUEST_DELETE,
  REQUEST_PUT,
};

static const HrField delete_fields[] = { HR_ROW_VALUES ("Key") };
static const HrField put_fields[] = { HR_ROW_VALUES ("Item") };
static const HrShape delete_shape = HR_SHAPE ("DeleteRequest", delete_fields);
static const HrShape put_shape = HR_SHAPE ("PutRequest", put_fields);

static const HrField request_fields[] = {
  [REQUEST_DELETE] = { .name = "DeleteRequest", .kind = HR_FIELD_STRUCT, .shape = &delete_shape },
  [REQUEST_PUT] = { .name = "PutRequest", .kind = HR_FIELD_STRUCT, .shape = &put_shape },
};

static const HrShape request_shape = HR_SHAPE ("WriteRequest", request_fields);
static const HrField request_element = { .kind = HR_FIELD_STRUCT, .shape = &request_shape };
static const HrField requests_element = { .kind = HR_FIELD_LIST,
                                          .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                                          .min = 1,
                                          .max = HR_LIMIT_BATCH_WRITE,
                                          .element = &request_element };

enum
{
  BATCH_CAPACITY,
  BATCH_METRICS,
  BATCH_ITEMS,
};

static const HrField batch_fields[] = {
  [BATCH_CAPACITY] = HR_ROW_CAPACITY,
  [BATCH_METRICS] = HR_ROW_METRICS,
  [BATCH_ITEMS] = { .name = "RequestItems",
                    .kind = HR_FIELD_MAP,
                    .flags = HR_FIELD_REQUIRED | HR_FIELD_TABLE_KEYS | HR_FIELD_LAST,
                    .max = HR_LIMIT_TABLE_NAME_MAX,
                    .element = &requests_element },
};

const HrShape HR_SHAPE_BATCH_WRITE_ITEM = HR_SHAPE ("BatchWriteItemInput", batch_fields);

typedef struct
{
  HrWrite writes[HR_LIMIT_BATCH_WRITE];
  guint n_writes;
} Batch;

static gboolean
read_request (HrApiCall *call, Batch *self, const char *table, const HrJson *json)
{
  HrWrite *write = &self->writes[self->n_writes];
  HrFields request;
  HrFields members;

  hr_shape_read (&request_shape, json, request);
  if ((request[REQUEST_PUT] == NULL) == (request[REQUEST_DELETE] == NULL))
    return hr_call_fail (call, "Supplied AttributeValue has more than one datatypes set, "
                               "must contain exactly one of the supported datatypes");
  if (self->n_writes == HR_LIMIT_BATCH_WRITE)
    return hr_call_fail (call, "Too many items requested for the BatchWriteItem call");

  *write
      = (HrWrite) { .kind = request[REQUEST_PUT] != NULL ? HR_WRITE_PUT : HR_WRITE_DELETE, .table = table };
  if (write->kind == HR_WRITE_PUT)
    hr_shape_read (&put_shape, request[REQUEST_PUT], members);
  else
    hr_shape_read (&delete_shape, request[REQUEST_DELETE], members);
  self->n_writes++;
  return hr_call_read_item (call, members[0], &write->item)
         && (write->kind != HR_WRITE_PUT || hr_call_check_item_size (call, &write->item));
}

/* Of a table that is named twice the last entry counts. */
static gboolean
read_requests (HrApiCall *call, Batch *self, const HrJson *items)
{
  if (items->length == 0)
    return hr_call_fail (call, "The requestItems parameter is required for BatchWriteItem");
  if (items->length > HR_LIMIT_BATCH_WRITE)
    return hr_call_fail (call, "Too many items requested for the BatchWriteItem call");

  for (guint32 i = 0; i < items->length; i++)
    {
      const HrJsonMember *member = &items->members[i];
      const char *table = hr_arn_get_table_name (member->name, member->name_length, call->arena);

      if (hr_json_get_n (items, member->name, member->name_length) != &member->value)
        continue;
      for (guint32 j = 0; j < member->value.length; j++)
        {
          if (!read_request (call, self, table, &member->value.elements[j]))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
hr_operation_batch_write_item (HrApiCall *call)
{
  HrWriteResult *results;
  Batch *self;

  if (!hr_call_begin (call, BATCH_CAPACITY))
    return FALSE;

  self = hr_arena_alloc (call->arena, sizeof *self);
  self->n_writes = 0;
  results = hr_arena_alloc0 (call->arena, sizeof *results * HR_LIMIT_BATCH_WRITE);
  if (!read_requests (call, self, call->fields[BATCH_ITEMS])
      || !hr_engine_batch_write (call->api->engine, self->writes, self->n_writes, &call->engine, results,
                                 call->error))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"UnprocessedItems\":{}");
  hr_call_write_capacities (call, HR_CAPACITY_PLAIN);
  hr_call_write_metrics_by_table (call, call->fields[BATCH_METRICS], self->writes, self->n_writes);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
