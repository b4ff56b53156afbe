/*
 * ListStreams and DescribeStream.
 *
 * A sequence number is the engine's, written with as many digits as the service's have, so that they also sort as
 * texts.
 */
#include "model/api/arn.h"
#include "model/api/operations.h"
#include "model/api/stream-call.h"

#include <string.h>

static gboolean
fail_no_stream (HrApiCall *call, const char *arn)
{
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                               "Requested resource not found: Stream: %s not found", arn);
}

const HrStreamInfo *
hr_stream_find (HrApiCall *call, const char *arn)
{
  const HrStreamInfo *stream;
  const char *table;
  const char *label;

  if (!hr_arn_parse (arn, "stream", call->arena, &table, &label))
    {
      hr_call_fail (call, "Invalid StreamArn");
      return NULL;
    }
  stream = hr_engine_find_stream (call->api->engine, table, label, &call->engine);
  if (stream != NULL && strcmp (hr_arn_format (call->api, table, "stream", label, call->arena), arn) == 0)
    return stream;
  fail_no_stream (call, arn);
  return NULL;
}

static void
write_arn_member (HrApiCall *call, const char *name, const HrStreamInfo *stream)
{
  hr_write_text_member (call->out, name,
                        hr_arn_format (call->api, stream->table, "stream", stream->label, call->arena));
}

enum
{
  LIST_TABLE_NAME,
  LIST_LIMIT,
  LIST_AFTER,
};

static const HrField list_fields[] = {
  [LIST_TABLE_NAME] = { .name = "TableName",
                        .kind = HR_FIELD_STRING,
                        .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME | HR_FIELD_ARN,
                        .min = HR_LIMIT_TABLE_NAME_MIN,
                        .max = HR_LIMIT_TABLE_NAME_MAX },
  [LIST_LIMIT] = HR_ROW_STREAM_LIMIT (HR_LIMIT_LIST_STREAMS),
  [LIST_AFTER] = HR_ROW_STRING ("ExclusiveStartStreamArn"),
};

const HrShape HR_SHAPE_LIST_STREAMS = HR_SHAPE ("ListStreamsInput", list_fields);

static void
write_streams (HrApiCall *call, const HrStreamInfo *streams, guint count)
{
  HrBuffer *out = call->out;

  hr_buffer_append_string (out, "{\"Streams\":[");
  for (guint i = 0; i < count; i++)
    {
      hr_write_comma (out);
      hr_buffer_append_char (out, '{');
      write_arn_member (call, "StreamArn", &streams[i]);
      hr_write_text_member (out, "StreamLabel", streams[i].label);
      hr_write_text_member (out, "TableName", streams[i].table);
      hr_buffer_append_char (out, '}');
    }
  hr_buffer_append_char (out, ']');
}

gboolean
hr_operation_list_streams (HrApiCall *call)
{
  const char *after = hr_field_get_string (call->fields[LIST_AFTER], call->arena);
  const char *after_table = NULL;
  const char *after_label = NULL;
  const HrStreamInfo *streams;
  gboolean more;
  guint count;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  if (after != NULL && !hr_arn_parse (after, "stream", call->arena, &after_table, &after_label))
    return hr_call_fail (call, "Invalid StreamArn");

  streams = hr_engine_list_streams (call->api->engine,
                                    hr_field_get_table_name (call->fields[LIST_TABLE_NAME], call->arena),
                                    after_table, after_label,
                                    (guint) hr_field_get_integer (call->fields[LIST_LIMIT], HR_LIMIT_LIST_STREAMS),
                                    &call->engine, &count, &more);
  write_streams (call, streams, count);
  if (more)
    write_arn_member (call, "LastEvaluatedStreamArn", &streams[count - 1]);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

static const char *const filter_types[] = { "CHILD_SHARDS", NULL };
static const HrField filter_fields[] = {
  HR_ROW_WORD ("Type", filter_types),
  HR_ROW_STREAM_SHARD_ID ("ShardId", 0),
};
static const HrShape filter_shape = HR_SHAPE ("ShardFilter", filter_fields);

enum
{
  DESCRIBE_ARN,
  DESCRIBE_LIMIT,
  DESCRIBE_AFTER,
  DESCRIBE_FILTER,
};

static const HrField describe_fields[] = {
  [DESCRIBE_ARN] = HR_ROW_STREAM_NEEDED ("StreamArn"),
  [DESCRIBE_LIMIT] = HR_ROW_STREAM_LIMIT (HR_LIMIT_LIST_STREAMS),
  [DESCRIBE_AFTER] = HR_ROW_STREAM_SHARD_ID ("ExclusiveStartShardId", 0),
  [DESCRIBE_FILTER] = { .name = "ShardFilter", .kind = HR_FIELD_STRUCT, .shape = &filter_shape },
};

const HrShape HR_SHAPE_DESCRIBE_STREAM = HR_SHAPE ("DescribeStreamInput", describe_fields);

#define SHARD_ID_BYTES 48

static void
format_shard_id (const HrStreamInfo *stream, guint shard, char id[SHARD_ID_BYTES])
{
  g_snprintf (id, SHARD_ID_BYTES, "shardId-%020" G_GINT64_MODIFIER "d-%08x", stream->created_us / 1000, shard);
}

guint
hr_stream_find_shard (const HrStreamInfo *stream, const char *id)
{
  char candidate[SHARD_ID_BYTES];
  guint i;

  for (i = 0; i < stream->n_shards; i++)
    {
      format_shard_id (stream, i, candidate);
      if (strcmp (candidate, id) == 0)
        break;
    }
  return i;
}

gboolean
hr_stream_fail_no_shard (HrApiCall *call)
{
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                               "Requested resource not found: Shard does not exist");
}

static void
write_key_element (HrBuffer *out, const char *name, const char *type)
{
  if (name == NULL)
    return;
  hr_write_comma (out);
  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "AttributeName", name);
  hr_write_text_member (out, "KeyType", type);
  hr_buffer_append_char (out, '}');
}

void
hr_stream_write_sequence (HrBuffer *out, const char *name, gint64 sequence)
{
  hr_write_member (out, name);
  hr_buffer_printf (out, "\"" HR_STREAM_SEQUENCE_FORMAT "\"", sequence);
}

/* The shards of a stream begin and end with it. */
static void
write_shard (HrBuffer *out, const HrStreamInfo *stream, guint shard)
{
  char id[SHARD_ID_BYTES];

  format_shard_id (stream, shard, id);
  hr_write_comma (out);
  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "ShardId", id);
  hr_write_member (out, "SequenceNumberRange");
  hr_buffer_append_char (out, '{');
  hr_stream_write_sequence (out, "StartingSequenceNumber", 1);
  if (!stream->is_open)
    hr_stream_write_sequence (out, "EndingSequenceNumber", MAX (stream->last_sequence, 1));
  hr_buffer_append_string (out, "}}");
}

static void
write_stream (HrApiCall *call, const HrStreamInfo *stream)
{
  HrBuffer *out = call->out;

  hr_buffer_append_string (out, "{\"StreamDescription\":{");
  write_arn_member (call, "StreamArn", stream);
  hr_write_text_member (out, "StreamLabel", stream->label);
  hr_write_text_member (out, "StreamStatus", stream->is_open ? "ENABLED" : "DISABLED");
  hr_write_text_member (out, "StreamViewType", hr_stream_view_get_name (stream->view));
  hr_write_time_member (out, "CreationRequestDateTime", stream->created_us);
  hr_write_text_member (out, "TableName", stream->table);
  hr_write_member (out, "KeySchema");
  hr_buffer_append_char (out, '[');
  write_key_element (out, stream->partition_key, "HASH");
  write_key_element (out, stream->sort_key, "RANGE");
  hr_buffer_append_char (out, ']');
}

gboolean
hr_operation_describe_stream (HrApiCall *call)
{
  const char *after = hr_field_get_string (call->fields[DESCRIBE_AFTER], call->arena);
  gint64 limit = hr_field_get_integer (call->fields[DESCRIBE_LIMIT], HR_LIMIT_LIST_STREAMS);
  const HrStreamInfo *stream;
  char id[SHARD_ID_BYTES];
  guint first;
  guint end;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  stream = hr_stream_find (call, hr_field_get_string (call->fields[DESCRIBE_ARN], call->arena));
  if (stream == NULL)
    return FALSE;
  first = after != NULL ? hr_stream_find_shard (stream, after) + 1 : 0;
  if (first > stream->n_shards)
    return hr_stream_fail_no_shard (call);
  if (call->fields[DESCRIBE_FILTER] != NULL)
    first = stream->n_shards; /* no shard of ours has children */

  write_stream (call, stream);
  end = MIN (first + (guint) limit, stream->n_shards);
  hr_write_member (call->out, "Shards");
  hr_buffer_append_char (call->out, '[');
  for (guint i = first; i < end; i++)
    write_shard (call->out, stream, i);
  hr_buffer_append_char (call->out, ']');
  if (end < stream->n_shards)
    {
      format_shard_id (stream, end - 1, id);
      hr_write_text_member (call->out, "LastEvaluatedShardId", id);
    }
  hr_buffer_append_string (call->out, "}}");
  return TRUE;
}
