/*
 * Trimming streams: records go a day after they were written, a stream a day after it ended.
 *
 * Of each shard the newest record that is too old stays, see stream-log.c; with an ended stream everything goes at
 * last, when there is little left to drop.
 */
#include "model/engine/sql.h"
#include "model/engine/stream-log.h"

typedef struct
{
  gint64 number;
  guint n_shards;
  gint64 ended_us; /* 0: not */
} Stream;

typedef struct
{
  HrEngine *engine;
  gint64 now_us;
  gint64 horizon_us;
  gint64 next_us;
  guint limit;
  guint trimmed;
} Trim;

static GArray *
list_streams (HrEngine *engine)
{
  GArray *streams = g_array_new (FALSE, FALSE, sizeof (Stream));
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT number, shards, ended_us FROM streams ORDER BY number");

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Stream stream = { sqlite3_column_int64 (statement, 0), (guint) sqlite3_column_int64 (statement, 1),
                        sqlite3_column_int64 (statement, 2) };

      g_array_append_val (streams, stream);
    }
  sqlite3_finalize (statement);
  return streams;
}

/* Looks at a shard from its front: how many records are too old, and the place of the last of them. */
static guint
find_old (Trim *self, sqlite3_stmt *walk, gint64 *last)
{
  guint count = 0;

  while (count <= self->limit && sqlite3_step (walk) == SQLITE_ROW)
    {
      gint64 time_us = sqlite3_column_int64 (walk, 1);

      if (time_us >= self->horizon_us)
        {
          self->next_us = MIN (self->next_us, time_us + HR_STREAM_KEPT_US + 1);
          break;
        }
      *last = sqlite3_column_int64 (walk, 0);
      count++;
    }
  sqlite3_reset (walk);
  return count;
}

static gboolean
trim_shard (Trim *self, const Stream *stream, guint shard, sqlite3_stmt *walk, sqlite3_stmt *drop)
{
  gint64 last = 0;
  guint count;

  if (self->limit == 0)
    return TRUE;
  sqlite3_bind_int64 (walk, 1, hr_stream_place (shard, 0));
  sqlite3_bind_int64 (walk, 2, hr_stream_place (shard + 1, 0));
  count = find_old (self, walk, &last);
  if (count <= 1)
    return TRUE;

  sqlite3_bind_int64 (drop, 1, hr_stream_place (shard, 0));
  sqlite3_bind_int64 (drop, 2, last);
  self->limit -= count - 1;
  self->trimmed += count - 1;
  if (sqlite3_step (drop) != SQLITE_DONE)
    return FALSE;
  return sqlite3_reset (drop) == SQLITE_OK;
}

static gboolean
trim_shards (Trim *self, const Stream *stream)
{
  g_autofree char *walk_sql = g_strdup_printf ("SELECT place, time_us FROM stream_%" G_GINT64_FORMAT
                                               " WHERE place >= ?1 AND place < ?2 ORDER BY place", stream->number);
  g_autofree char *drop_sql = g_strdup_printf ("DELETE FROM stream_%" G_GINT64_FORMAT
                                               " WHERE place >= ?1 AND place < ?2", stream->number);
  sqlite3_stmt *walk = hr_sql_prepare (self->engine, "%s", walk_sql);
  sqlite3_stmt *drop = hr_sql_prepare (self->engine, "%s", drop_sql);
  gboolean ok = walk != NULL && drop != NULL;

  for (guint i = 0; ok && i < stream->n_shards; i++)
    ok = trim_shard (self, stream, i, walk, drop);
  sqlite3_finalize (walk);
  sqlite3_finalize (drop);
  return ok;
}

static gboolean
trim_stream (Trim *self, const Stream *stream)
{
  if (!trim_shards (self, stream))
    return FALSE;
  if (stream->ended_us == 0 || self->limit == 0)
    return TRUE;
  if (stream->ended_us > self->horizon_us)
    {
      self->next_us = MIN (self->next_us, stream->ended_us + HR_STREAM_KEPT_US);
      return TRUE;
    }
  self->limit--;
  return hr_sql_execute (self->engine, "DROP TABLE stream_%" G_GINT64_FORMAT, stream->number)
         && hr_sql_execute (self->engine, "DELETE FROM streams WHERE number = %" G_GINT64_FORMAT, stream->number);
}

gboolean
hr_stream_log_trim (HrEngine *engine, gint64 now_us, guint *limit, guint *trimmed, gint64 *next_us)
{
  g_autoptr (GArray) streams = list_streams (engine);
  Trim self = { engine, now_us, now_us - HR_STREAM_KEPT_US, G_MAXINT64, *limit, 0 };
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < streams->len && self.limit > 0; i++)
    ok = trim_stream (&self, &g_array_index (streams, Stream, i));
  *limit = self.limit;
  *trimmed += self.trimmed;
  *next_us = self.next_us;
  return ok;
}
