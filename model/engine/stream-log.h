#pragma once

#include "model/engine/change.h"

G_BEGIN_DECLS

/*
 * The writing side of streams: beginning and ending one, and a record for each change. Reading is streams.h.
 *
 * Everything here belongs into the transaction of what it goes with. FALSE when the database failed.
 */

/** Knows the latest stream of a table that has been read from the catalogue, and where its sequence goes on. */
gboolean hr_stream_log_load   (HrEngine *engine, HrStoredTable *table);
/** A stream is wanted and none is open. */
static inline gboolean
hr_stream_log_is_missing (const HrStoredTable *table)
{
  return table->definition->settings.stream != HR_STREAM_NONE && !table->stream.is_open;
}
/** Begins a stream when the table's settings want one. @created_us: when, or a little later. */
gboolean hr_stream_log_begin  (HrEngine *engine, HrStoredTable *table, gint64 created_us);
/** Ends the stream, if there is one: it takes no more records. */
gboolean hr_stream_log_end    (HrEngine *engine, HrStoredTable *table);
/** @next takes the place of @table, whose stream goes on, ends, or is followed by another, as settings want. */
gboolean hr_stream_log_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next);
/** The record of a change; its sequence number goes back with the counters. */
gboolean hr_stream_log_append (HrEngine *engine, HrChange *change, HrArena *arena);

/**
 * Takes away records that are too old to be read, and streams that ended so long ago: up to @limit rows, which are
 * taken off it and added to @trimmed. @next_us: when the next one will be too old, or G_MAXINT64.
 */
gboolean hr_stream_log_trim   (HrEngine *engine, gint64 now_us, guint *limit, guint *trimmed, gint64 *next_us);

/*
 * Where a record stands: the number of its shard in the high bits, then its sequence number, which rises by 1 from
 * record to record of a stream.
 */
#define HR_STREAM_SHARD_BITS 56

static inline gint64
hr_stream_place (guint shard, gint64 sequence)
{
  return ((gint64) shard << HR_STREAM_SHARD_BITS) + sequence;
}

static inline gint64
hr_stream_place_get_sequence (gint64 place)
{
  return place & (((gint64) 1 << HR_STREAM_SHARD_BITS) - 1);
}

/** For so long a record, and a stream that has ended, can be read. */
#define HR_STREAM_KEPT_US ((gint64) HR_LIMIT_STREAM_S * G_USEC_PER_SEC)

/** What happened, as it is stored. */
typedef enum
{
  HR_STREAM_RECORD_EXPIRY = 4, /* by the service; beside one of HrStreamEvent */
} HrStreamRecordFlags;

#define HR_STREAM_EVENT_MASK 3

G_END_DECLS
