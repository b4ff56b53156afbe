/*
 * The log behind a stream: one SQLite table a stream, records in the order of shard and sequence number.
 *
 * Appending goes to the end of as many places of one b-tree as there are shards. The newest record of a shard is never
 * trimmed, though it cannot be read once its time is over: so the log itself says how far numbers have been given out,
 * and whether a place in front of the first record is one that was trimmed or one that never was.
 *
 * A new table on demand has four partitions at the service, a small provisioned one has one, and a stream has a shard
 * for each. Readers that know only the first shard would fail there, so they should fail here.
 */
#include "model/engine/stream-log.h"

#include "model/engine/sql.h"
#include "model/engine/streams.h"
#include "model/value/record.h"

#define SHARDS_ON_DEMAND 4
#define SHARDS_PROVISIONED 1

static char *
make_label (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03d", seconds != NULL ? seconds : "1970-01-01T00:00:00", (int) (time_us / 1000 % 1000));
}

/* Labels tell milliseconds; two streams of one name never have the same. */
static gint64
choose_time (HrEngine *engine, const HrStoredTable *table, gint64 created_us)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT max(created_us) FROM streams WHERE table_name = ?1");
  gint64 time_us = created_us - created_us % 1000;

  sqlite3_bind_text (statement, 1, table->definition->name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_type (statement, 0) == SQLITE_INTEGER)
    time_us = MAX (time_us, sqlite3_column_int64 (statement, 0) + 1000);
  sqlite3_finalize (statement);
  return time_us;
}

static gboolean
insert_stream (HrEngine *engine, HrStoredTable *table, gint64 time_us)
{
  HrTableStream *stream = &table->stream;
  const HrTable *definition = table->definition;
  const HrAttribute *sort_key = hr_table_get_sort_key (definition);
  sqlite3_stmt *statement = hr_sql_prepare (engine,
                                            "INSERT INTO streams (table_id, table_name, partition_key, sort_key, view,"
                                            " shards, label, created_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  gboolean ok;

  sqlite3_bind_text (statement, 1, table->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, definition->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, hr_table_get_partition_key (definition)->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, sort_key != NULL ? sort_key->name : NULL, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, hr_stream_view_get_name (definition->settings.stream), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, stream->n_shards);
  sqlite3_bind_text (statement, 7, stream->label, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 8, time_us);
  ok = hr_sql_run_once (statement);
  stream->number = sqlite3_last_insert_rowid (engine->db);
  return ok;
}

static gboolean
create_log (HrEngine *engine, gint64 number)
{
  g_autofree char *sql = g_strdup_printf (
      "CREATE TABLE stream_%" G_GINT64_FORMAT " (place INTEGER PRIMARY KEY, time_us INTEGER NOT NULL,"
      " event INTEGER NOT NULL, keys BLOB NOT NULL, old BLOB, new BLOB)", number);

  return sqlite3_exec (engine->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

gboolean
hr_stream_log_begin (HrEngine *engine, HrStoredTable *table, gint64 created_us)
{
  const HrSettings *settings = &table->definition->settings;
  HrTableStream *stream = &table->stream;
  gint64 time_us;

  if (settings->stream == HR_STREAM_NONE)
    return TRUE;

  time_us = choose_time (engine, table, created_us);
  g_free (stream->label);
  stream->label = make_label (time_us);
  stream->n_shards = settings->billing == HR_BILLING_ON_DEMAND ? SHARDS_ON_DEMAND : SHARDS_PROVISIONED;
  stream->is_open = TRUE;
  table->counters->next_sequence = 1;
  return insert_stream (engine, table, time_us) && create_log (engine, stream->number);
}

gboolean
hr_stream_log_end (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement;
  gint64 now_us;

  if (!table->stream.is_open)
    return TRUE;

  now_us = hr_clock_now_us (engine->clock);
  engine->sweep_us = MIN (engine->sweep_us, now_us + HR_STREAM_KEPT_US);
  statement = hr_sql_prepare (engine, "UPDATE streams SET ended_us = ?1, last_sequence = ?2 WHERE number = ?3");
  sqlite3_bind_int64 (statement, 1, MAX (now_us, 1));
  sqlite3_bind_int64 (statement, 2, table->counters->next_sequence - 1);
  sqlite3_bind_int64 (statement, 3, table->stream.number);
  return hr_sql_run_once (statement);
}

gboolean
hr_stream_log_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next)
{
  HrStreamView view = next->definition->settings.stream;
  gboolean goes_on = table->stream.is_open && view == table->definition->settings.stream;

  next->stream = table->stream;
  next->stream.append = NULL;
  next->stream.label = g_strdup (table->stream.label);
  if (goes_on)
    return TRUE;
  next->stream.is_open = FALSE;
  return hr_stream_log_end (engine, table) && hr_stream_log_begin (engine, next, hr_clock_now_us (engine->clock));
}

/* The newest record of each shard is there whatever was trimmed. */
static gboolean
find_next_sequence (HrEngine *engine, HrStoredTable *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(place) FROM stream_%" G_GINT64_FORMAT
                                          " WHERE place >= ?1 AND place < ?2", table->stream.number);
  sqlite3_stmt *statement = hr_sql_prepare (engine, "%s", sql);

  if (statement == NULL)
    return FALSE;
  table->counters->next_sequence = 1;
  for (guint i = 0; i < table->stream.n_shards; i++)
    {
      sqlite3_bind_int64 (statement, 1, hr_stream_place (i, 0));
      sqlite3_bind_int64 (statement, 2, hr_stream_place (i + 1, 0));
      if (sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_type (statement, 0) == SQLITE_INTEGER)
        table->counters->next_sequence
            = MAX (table->counters->next_sequence,
                   hr_stream_place_get_sequence (sqlite3_column_int64 (statement, 0)) + 1);
      sqlite3_reset (statement);
    }
  return sqlite3_finalize (statement) == SQLITE_OK;
}

gboolean
hr_stream_log_load (HrEngine *engine, HrStoredTable *table)
{
  HrTableStream *stream = &table->stream;
  sqlite3_stmt *statement = hr_sql_prepare (engine,
                                            "SELECT number, label, shards, ended_us FROM streams WHERE table_id = ?1"
                                            " ORDER BY created_us DESC LIMIT 1");

  sqlite3_bind_text (statement, 1, table->id, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      stream->number = sqlite3_column_int64 (statement, 0);
      stream->label = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      stream->n_shards = (guint) sqlite3_column_int64 (statement, 2);
      stream->is_open = sqlite3_column_int64 (statement, 3) == 0;
    }
  if (sqlite3_finalize (statement) != SQLITE_OK)
    return FALSE;
  return !stream->is_open || find_next_sequence (engine, table);
}

static sqlite3_stmt *
get_append (HrEngine *engine, HrTableStream *stream)
{
  if (G_UNLIKELY (stream->append == NULL))
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO stream_%" G_GINT64_FORMAT
                                              " (place, time_us, event, keys, old, new)"
                                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)", stream->number);

      sqlite3_prepare_v3 (engine->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stream->append, NULL);
    }
  return stream->append;
}

static HrStreamEvent
get_event (const HrChange *change)
{
  if (!change->has_before)
    return HR_STREAM_INSERT;
  return change->has_after ? HR_STREAM_MODIFY : HR_STREAM_REMOVE;
}

static void
bind_image (sqlite3_stmt *statement, int position, gboolean is_wanted, const HrRow *row)
{
  if (is_wanted)
    sqlite3_bind_blob64 (statement, position, row->record, row->record_length, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, position);
}

static void
bind_images (sqlite3_stmt *statement, const HrChange *change)
{
  HrStreamView view = change->table->definition->settings.stream;
  gboolean has_old = view == HR_STREAM_OLD_IMAGE || view == HR_STREAM_NEW_AND_OLD_IMAGES;
  gboolean has_new = view == HR_STREAM_NEW_IMAGE || view == HR_STREAM_NEW_AND_OLD_IMAGES;

  bind_image (statement, 5, has_old && change->has_before, &change->before);
  bind_image (statement, 6, has_new && change->has_after, &change->after);
}

/* Row keys begin with a hash of the partition key, and the shards are equal parts of its range. */
static guint
find_shard (const HrChange *change)
{
  return change->key[0] * change->table->stream.n_shards / 256;
}

gboolean
hr_stream_log_append (HrEngine *engine, HrChange *change, HrArena *arena)
{
  HrStoredTable *table = change->table;
  sqlite3_stmt *statement = get_append (engine, &table->stream);
  gint64 now_us = hr_clock_now_us (engine->clock);
  HrValue keys;
  int code;

  if (statement == NULL || !hr_change_decode (change, arena))
    return FALSE;

  keys = hr_change_get_key (change, arena);
  hr_buffer_truncate (&engine->buffer, 0);
  hr_record_encode (&keys, &engine->buffer);
  sqlite3_bind_int64 (statement, 1, hr_stream_place (find_shard (change), table->counters->next_sequence++));
  sqlite3_bind_int64 (statement, 2, now_us);
  sqlite3_bind_int (statement, 3, (int) get_event (change) | (change->is_expiry ? HR_STREAM_RECORD_EXPIRY : 0));
  sqlite3_bind_blob64 (statement, 4, engine->buffer.data, engine->buffer.length, SQLITE_STATIC);
  bind_images (statement, change);
  code = sqlite3_step (statement);
  sqlite3_reset (statement);
  engine->sweep_us = MIN (engine->sweep_us, now_us + HR_STREAM_KEPT_US);
  return code == SQLITE_DONE;
}
