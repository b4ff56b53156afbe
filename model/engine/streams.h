#pragma once

#include "model/engine/engine.h"

G_BEGIN_DECLS

/*
 * Streams: what happened to the items of a table, in order.
 *
 * A table whose settings have a stream view writes a record for each change, in the transaction of the change. Records
 * can be read for 24 hours on the engine's clock, and so can a stream after it ended: its table got another view, none,
 * or was deleted. Changes of one item are in one shard, in the order of their sequence numbers.
 */
typedef struct
{
  gint64 number;              /* of the stream in this database */
  const char *table;
  const char *label;          /* `2026-11-20T09:30:00.123`: unique among the streams of tables of this name */
  HrStreamView view;
  const char *partition_key;  /* name */
  const char *sort_key;       /* or NULL */
  gint64 created_us;
  gboolean is_open;           /* else no more records come */
  guint n_shards;
  gint64 last_sequence;       /* 0: no record yet */
} HrStreamInfo;

/** NULL when there is none. In the call's arena, as everything below. */
const HrStreamInfo *hr_engine_find_stream  (HrEngine *self, const char *table, const char *label, HrCall *call);
/**
 * Up to @limit streams in the order of table names and labels, behind those of @after_table and @after_label (NULL:
 * from the first). @table not NULL: only of tables of this name.
 */
const HrStreamInfo *hr_engine_list_streams (HrEngine *self, const char *table, const char *after_table,
                                            const char *after_label, guint limit, HrCall *call, guint *count,
                                            gboolean *more);

typedef enum
{
  HR_STREAM_INSERT,
  HR_STREAM_MODIFY,
  HR_STREAM_REMOVE,
} HrStreamEvent;

typedef struct
{
  gint64 sequence;
  gint64 time_us;
  HrStreamEvent event;
  gboolean is_expiry;       /* the service removed the item: its time had come */
  HrValue keys;             /* M */
  const HrValue *old_image; /* NULL when the view leaves it out, or there was none */
  const HrValue *new_image;
  gsize size_bytes;         /* of keys and images, as items are measured */
} HrStreamRecord;

typedef struct
{
  HrStreamRecord *records;
  guint count;
  gint64 next;          /* sequence number to go on from */
  gboolean is_finished; /* the stream has ended, and these were the last records of the shard */
} HrStreamPage;

#define HR_STREAM_TRIM_HORIZON 0 /* the first record that can still be read, whichever it is */

/**
 * hr_engine_read_stream:
 * @from: a sequence number, of a record or not, or HR_STREAM_TRIM_HORIZON
 * @limit: records; a page also ends at 1 MB
 *
 * The records of a shard from a place on. TrimmedDataAccessException when a record at @from or behind it can no longer
 * be read.
 */
gboolean hr_engine_read_stream (HrEngine *self, const HrStreamInfo *stream, guint shard, gint64 from, guint limit,
                                HrCall *call, HrStreamPage *page, HrServiceError *error);

G_END_DECLS
