/*
 * GetShardIterator and GetRecords.
 *
 * A shard iterator says where to go on and when it was given out, and needs no memory of ours: it is good after a
 * restart.
 */
#include "model/api/arn.h"
#include "model/api/operations.h"
#include "model/api/stream-call.h"

#include "model/value/codec.h"

#include <string.h>

static const char *const iterator_types[] = { "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER",
                                              NULL };

typedef enum
{
  ITERATOR_TRIM_HORIZON,
  ITERATOR_LATEST,
  ITERATOR_AT,
  ITERATOR_AFTER,
} IteratorType;

enum
{
  ITERATOR_ARN,
  ITERATOR_SHARD,
  ITERATOR_TYPE,
  ITERATOR_SEQUENCE,
};

static const HrField iterator_fields[] = {
  [ITERATOR_ARN] = HR_ROW_STREAM_NEEDED ("StreamArn"),
  [ITERATOR_SHARD] = HR_ROW_STREAM_SHARD_ID ("ShardId", HR_FIELD_REQUIRED),
  [ITERATOR_TYPE] = { .name = "ShardIteratorType",
                      .kind = HR_FIELD_STRING,
                      .flags = HR_FIELD_REQUIRED,
                      .values = iterator_types },
  [ITERATOR_SEQUENCE] = { .name = "SequenceNumber",
                          .kind = HR_FIELD_STRING,
                          .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                          .min = HR_STREAM_SEQUENCE_DIGITS,
                          .max = HR_STREAM_SEQUENCE_DIGITS_MAX },
};

const HrShape HR_SHAPE_GET_SHARD_ITERATOR = HR_SHAPE ("GetShardIteratorInput", iterator_fields);

/* Numbers before ours become 0, those behind any G_MAXINT64. FALSE when it is no number. */
static gboolean
parse_sequence (const char *text, gint64 *sequence)
{
  gsize length;

  if (text == NULL || *text == '\0' || text[strspn (text, "0123456789")] != '\0')
    return FALSE;
  text += strspn (text, "0");
  length = strlen (text);
  if (length < HR_STREAM_SEQUENCE_DIGITS)
    *sequence = 0;
  else if (length > HR_STREAM_SEQUENCE_DIGITS || *text != '1')
    *sequence = G_MAXINT64;
  else
    *sequence = (gint64) MIN (g_ascii_strtoull (text + 1, NULL, 10), G_MAXINT64);
  return TRUE;
}

/* FALSE with an error. */
static gboolean
choose_start (HrApiCall *call, const HrStreamInfo *stream, IteratorType type, gint64 *from)
{
  *from = type == ITERATOR_LATEST ? stream->last_sequence + 1 : HR_STREAM_TRIM_HORIZON;
  if (type == ITERATOR_TRIM_HORIZON || type == ITERATOR_LATEST)
    return TRUE;
  if (!parse_sequence (hr_field_get_string (call->fields[ITERATOR_SEQUENCE], call->arena), from)
      || *from > MAX (stream->last_sequence, 1))
    return hr_call_fail (call, "Invalid SequenceNumber");
  if (*from == 0)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_TRIMMED_DATA_ACCESS,
                                 "The data you are trying to access has been trimmed");
  *from += type == ITERATOR_AFTER;
  return TRUE;
}

/* In the form of the service's: the stream, a version, and something that is nobody's business. */
static const char *
format_iterator (HrApiCall *call, const HrStreamInfo *stream, guint shard, gint64 from)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  const char *place = hr_arena_printf (call->arena, "%u:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, shard, from,
                                       hr_engine_get_time_us (call->api->engine));

  hr_arn_append (call->api, stream->table, "stream", stream->label, &text);
  hr_buffer_append_string (&text, "|1|");
  hr_base64_encode (place, strlen (place), &text);
  return hr_arena_strndup (call->arena, text.data, text.length);
}

gboolean
hr_operation_get_shard_iterator (HrApiCall *call)
{
  const HrStreamInfo *stream;
  HrStreamPage page;
  guint shard;
  gint64 from;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  stream = hr_stream_find (call, hr_field_get_string (call->fields[ITERATOR_ARN], call->arena));
  if (stream == NULL)
    return FALSE;
  shard = hr_stream_find_shard (stream, hr_field_get_string (call->fields[ITERATOR_SHARD], call->arena));
  if (shard == stream->n_shards)
    return hr_stream_fail_no_shard (call);
  if (!choose_start (call, stream,
                     (IteratorType) hr_field_get_word (&iterator_fields[ITERATOR_TYPE], call->fields[ITERATOR_TYPE]),
                     &from)
      || !hr_engine_read_stream (call->api->engine, stream, shard, from, 1, &call->engine, &page, call->error))
    return FALSE;

  hr_buffer_append_char (call->out, '{');
  hr_write_text_member (call->out, "ShardIterator", format_iterator (call, stream, shard, from));
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

enum
{
  RECORDS_ITERATOR,
  RECORDS_LIMIT,
};

static const HrField records_fields[] = {
  [RECORDS_ITERATOR] = { .name = "ShardIterator",
                         .kind = HR_FIELD_STRING,
                         .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                         .min = 1,
                         .max = 2048 },
  [RECORDS_LIMIT] = HR_ROW_STREAM_LIMIT (HR_LIMIT_STREAM_RECORDS),
};

const HrShape HR_SHAPE_GET_RECORDS = HR_SHAPE ("GetRecordsInput", records_fields);

typedef struct
{
  const HrStreamInfo *stream;
  guint shard;
  gint64 from;
} Position;

static gboolean
parse_place (const char *text, guint64 numbers[3])
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 4);

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, G_MAXINT64, &numbers[i], NULL))
      return FALSE;
  return TRUE;
}

/* FALSE with an error. */
static gboolean
parse_iterator (HrApiCall *call, const char *text, Position *position)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 4);
  const char *place;
  gsize length;
  guint64 numbers[3];

  if (g_strv_length (parts) != 3 || strcmp (parts[1], "1") != 0)
    return hr_call_fail (call, "Invalid ShardIterator");
  place = hr_base64_decode (call->arena, parts[2], strlen (parts[2]), &length);
  if (place == NULL || !parse_place (hr_arena_strndup (call->arena, place, length), numbers))
    return hr_call_fail (call, "Invalid ShardIterator");
  if (hr_engine_get_time_us (call->api->engine) - (gint64) numbers[2] > (gint64) HR_LIMIT_ITERATOR_S * G_USEC_PER_SEC)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_EXPIRED_ITERATOR, "Shard iterator has expired");

  position->stream = hr_stream_find (call, parts[0]);
  if (position->stream == NULL)
    return FALSE;
  if (numbers[0] >= position->stream->n_shards || (gint64) numbers[1] > position->stream->last_sequence + 1)
    return hr_call_fail (call, "Invalid ShardIterator");
  position->shard = (guint) numbers[0];
  position->from = (gint64) numbers[1];
  return TRUE;
}

static void
write_item_member (HrBuffer *out, const char *name, const HrValue *item)
{
  if (item == NULL)
    return;
  hr_write_member (out, name);
  hr_item_to_json (item, FALSE, out);
}

static void
write_event_id (HrBuffer *out, const HrStreamInfo *stream, const HrStreamRecord *record)
{
  g_autofree char *name = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, stream->table, stream->label, record->sequence);
  g_autofree char *id = g_compute_checksum_for_string (G_CHECKSUM_MD5, name, -1);

  hr_write_text_member (out, "eventID", id);
}

static void
write_change (HrBuffer *out, const HrStreamInfo *stream, const HrStreamRecord *record)
{
  hr_write_member (out, "dynamodb");
  hr_buffer_append_char (out, '{');
  hr_write_integer_member (out, "ApproximateCreationDateTime", record->time_us / G_USEC_PER_SEC);
  write_item_member (out, "Keys", &record->keys);
  write_item_member (out, "NewImage", record->new_image);
  write_item_member (out, "OldImage", record->old_image);
  hr_stream_write_sequence (out, "SequenceNumber", record->sequence);
  hr_write_integer_member (out, "SizeBytes", (gint64) record->size_bytes);
  hr_write_text_member (out, "StreamViewType", hr_stream_view_get_name (stream->view));
  hr_buffer_append_char (out, '}');
}

static void
write_record (HrApiCall *call, const HrStreamInfo *stream, const HrStreamRecord *record)
{
  static const char *const names[] = {
    [HR_STREAM_INSERT] = "INSERT",
    [HR_STREAM_MODIFY] = "MODIFY",
    [HR_STREAM_REMOVE] = "REMOVE",
  };
  HrBuffer *out = call->out;

  hr_write_comma (out);
  hr_buffer_append_char (out, '{');
  write_event_id (out, stream, record);
  hr_write_text_member (out, "eventName", names[record->event]);
  hr_write_text_member (out, "eventVersion", "1.1");
  hr_write_text_member (out, "eventSource", "aws:dynamodb");
  hr_write_text_member (out, "awsRegion", hr_api_get_region (call->api));
  write_change (out, stream, record);
  if (record->is_expiry)
    {
      hr_write_member (out, "userIdentity");
      hr_buffer_append_string (out, "{\"Type\":\"Service\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}");
    }
  hr_buffer_append_char (out, '}');
}

gboolean
hr_operation_get_records (HrApiCall *call)
{
  guint limit = (guint) hr_field_get_integer (call->fields[RECORDS_LIMIT], HR_LIMIT_STREAM_RECORDS);
  HrStreamPage page;
  Position position = { 0 };

  if (!hr_call_begin (call, HR_NO_ROW)
      || !parse_iterator (call, hr_field_get_string (call->fields[RECORDS_ITERATOR], call->arena), &position)
      || !hr_engine_read_stream (call->api->engine, position.stream, position.shard, position.from, limit,
                                 &call->engine, &page, call->error))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"Records\":[");
  for (guint i = 0; i < page.count; i++)
    write_record (call, position.stream, &page.records[i]);
  hr_buffer_append_char (call->out, ']');
  if (!page.is_finished)
    hr_write_text_member (call->out, "NextShardIterator",
                          format_iterator (call, position.stream, position.shard, page.next));
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
