/*
 * Reading streams.
 *
 * Nothing here writes, so that reading takes no part in commits: what is too old is passed over, and goes when the
 * engine is swept. It stands at the front of its shard, and there is little of it.
 */
#include "model/engine/streams.h"

#include "model/engine/stream-log.h"
#include "model/value/record.h"

static gint64
get_horizon_us (HrEngine *self)
{
  return hr_clock_now_us (self->clock) - HR_STREAM_KEPT_US;
}

static const char *
dup_column (sqlite3_stmt *row, int column, HrArena *arena)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? hr_arena_strndup (arena, text, (gsize) sqlite3_column_bytes (row, column)) : NULL;
}

/* An open stream has its last number in memory only. */
static gint64
find_last_sequence (HrEngine *self, const HrStreamInfo *info, gint64 stored)
{
  HrStoredTable *table = info->is_open ? hr_engine_find_table (self, info->table) : NULL;

  return table != NULL && table->stream.number == info->number ? table->counters->next_sequence - 1 : stored;
}

#define STREAM_COLUMNS \
  "number, table_name, label, view, partition_key, sort_key, shards, created_us, ended_us, last_sequence"

static void
read_info (HrEngine *self, sqlite3_stmt *row, HrArena *arena, HrStreamInfo *info)
{
  *info = (HrStreamInfo) {
    .number = sqlite3_column_int64 (row, 0),
    .table = dup_column (row, 1, arena),
    .label = dup_column (row, 2, arena),
    .partition_key = dup_column (row, 4, arena),
    .sort_key = dup_column (row, 5, arena),
    .n_shards = (guint) sqlite3_column_int64 (row, 6),
    .created_us = sqlite3_column_int64 (row, 7),
    .is_open = sqlite3_column_int64 (row, 8) == 0,
  };
  hr_stream_view_from_name ((const char *) sqlite3_column_text (row, 3), &info->view);
  info->last_sequence = find_last_sequence (self, info, sqlite3_column_int64 (row, 9));
}

const HrStreamInfo *
hr_engine_find_stream (HrEngine *self, const char *table, const char *label, HrCall *call)
{
  static const char sql[] = "SELECT " STREAM_COLUMNS " FROM streams WHERE table_name = ?1 AND label = ?2"
                            " AND (ended_us = 0 OR ended_us > ?3)";
  HrStreamInfo *info = NULL;
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, label, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, get_horizon_us (self));
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      info = hr_arena_new0 (call->arena, HrStreamInfo);
      read_info (self, statement, call->arena, info);
    }
  sqlite3_finalize (statement);
  return info;
}

const HrStreamInfo *
hr_engine_list_streams (HrEngine *self, const char *table, const char *after_table, const char *after_label,
                        guint limit, HrCall *call, guint *count, gboolean *more)
{
  static const char sql[] = "SELECT " STREAM_COLUMNS " FROM streams WHERE (ended_us = 0 OR ended_us > ?1)"
                            " AND (table_name, label) > (?2, ?3) AND (?4 IS NULL OR table_name = ?4)"
                            " ORDER BY table_name, label LIMIT ?5";
  HrStreamInfo *infos = hr_arena_array (call->arena, HrStreamInfo, limit);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  sqlite3_bind_int64 (statement, 1, get_horizon_us (self));
  sqlite3_bind_text (statement, 2, after_table != NULL ? after_table : "", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, after_label != NULL ? after_label : "", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, table, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, (gint64) limit + 1);
  *count = 0;
  *more = FALSE;
  while (!*more && sqlite3_step (statement) == SQLITE_ROW)
    {
      *more = *count == limit;
      if (!*more)
        read_info (self, statement, call->arena, &infos[(*count)++]);
    }
  sqlite3_finalize (statement);
  return infos;
}

/* NULL when there is no image, or the record is none, which @is_damaged tells. */
static const HrValue *
read_image (sqlite3_stmt *row, int column, HrArena *arena, gboolean *is_damaged)
{
  gsize length = (gsize) sqlite3_column_bytes (row, column);
  const guint8 *record;
  HrValue *item;

  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    return NULL;
  record = hr_arena_memdup (arena, sqlite3_column_blob (row, column), length);
  item = hr_arena_new0 (arena, HrValue);
  if (hr_record_decode (record, length, arena, item))
    return item;
  *is_damaged = TRUE;
  return NULL;
}

static gsize
get_size_bytes (const HrValue *item)
{
  return item != NULL ? hr_item_size_bytes (item) : 0;
}

/* Columns: place, time_us, event, keys, old, new */
static gboolean
read_record (sqlite3_stmt *row, HrArena *arena, HrStreamRecord *record)
{
  int event = sqlite3_column_int (row, 2);
  gboolean is_damaged = FALSE;
  const HrValue *keys = read_image (row, 3, arena, &is_damaged);

  *record = (HrStreamRecord) {
    .sequence = hr_stream_place_get_sequence (sqlite3_column_int64 (row, 0)),
    .time_us = sqlite3_column_int64 (row, 1),
    .event = (HrStreamEvent) (event & HR_STREAM_EVENT_MASK),
    .is_expiry = (event & HR_STREAM_RECORD_EXPIRY) != 0,
    .keys = keys != NULL ? *keys : hr_value_null (),
    .old_image = read_image (row, 4, arena, &is_damaged),
    .new_image = read_image (row, 5, arena, &is_damaged),
  };
  record->size_bytes = get_size_bytes (keys) + get_size_bytes (record->old_image) + get_size_bytes (record->new_image);
  return !is_damaged && keys != NULL;
}

static gboolean
fail_trimmed (HrCall *call, HrServiceError *error)
{
  return hr_service_error_set (error, call->arena, HR_SERVICE_TRIMMED_DATA_ACCESS,
                               "The data you are trying to access has been trimmed");
}

typedef struct
{
  HrEngine *engine;
  HrCall *call;
  HrStreamPage *page;
  HrServiceError *error;
  gint64 from;
  gint64 horizon_us;
  guint limit;
  gsize size_bytes;
} Reading;

/* FALSE with an error. */
static gboolean
take_record (Reading *self, sqlite3_stmt *row)
{
  HrStreamPage *page = self->page;
  HrStreamRecord *record = &page->records[page->count];

  if (sqlite3_column_int64 (row, 1) < self->horizon_us)
    return self->from == HR_STREAM_TRIM_HORIZON || page->count > 0 || fail_trimmed (self->call, self->error);
  if (!read_record (row, self->call->arena, record))
    return hr_service_error_set (self->error, self->call->arena, HR_SERVICE_INTERNAL,
                                 "The database is damaged: a stream holds a record that is none");
  self->size_bytes += record->size_bytes;
  page->count++;
  page->next = record->sequence + 1;
  return TRUE;
}

static gboolean
read_records (Reading *self, sqlite3_stmt *statement)
{
  int code = SQLITE_DONE;

  while (self->page->count < self->limit && self->size_bytes < HR_LIMIT_STREAM_PAGE_BYTES
         && (code = sqlite3_step (statement)) == SQLITE_ROW)
    if (!take_record (self, statement))
      return FALSE;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return hr_engine_fail_service (self->engine, self->call->arena, self->error);
  self->page->is_finished = code == SQLITE_DONE;
  return TRUE;
}

gboolean
hr_engine_read_stream (HrEngine *self, const HrStreamInfo *stream, guint shard, gint64 from, guint limit, HrCall *call,
                       HrStreamPage *page, HrServiceError *error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT place, time_us, event, keys, old, new FROM stream_%" G_GINT64_FORMAT
                                          " WHERE place >= ?1 AND place < ?2 ORDER BY place", stream->number);
  Reading reading = { self, call, page, error, from, get_horizon_us (self), limit, 0 };
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  *page = (HrStreamPage) { .records = hr_arena_array (call->arena, HrStreamRecord, limit), .next = from };
  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return hr_engine_fail_service (self, call->arena, error);
  sqlite3_bind_int64 (statement, 1, hr_stream_place (shard, from));
  sqlite3_bind_int64 (statement, 2, hr_stream_place (shard + 1, 0));
  ok = read_records (&reading, statement);
  sqlite3_finalize (statement);
  page->is_finished = page->is_finished && !stream->is_open;
  return ok;
}
