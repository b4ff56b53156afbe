#pragma once

#include "model/api/call.h"
#include "model/engine/streams.h"

G_BEGIN_DECLS

/*
 * What the operations on streams share. Private to model/api.
 */

/* 21 digits are the least that the service's clients let pass. */
#define HR_STREAM_SEQUENCE_FORMAT "1%020" G_GINT64_MODIFIER "d"
#define HR_STREAM_SEQUENCE_DIGITS 21
#define HR_STREAM_SEQUENCE_DIGITS_MAX 40
#define HR_STREAM_SHARD_ID_MIN 28
#define HR_STREAM_SHARD_ID_MAX 65

#define HR_ROW_STREAM_LIMIT(most)                                                                            \
  {                                                                                                          \
    .name = "Limit", .kind = HR_FIELD_INTEGER, .flags = HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = most   \
  }
#define HR_ROW_STREAM_NEEDED(member)                                                                         \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED                                      \
  }
#define HR_ROW_STREAM_SHARD_ID(member, traits)                                                               \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING, .flags = traits | HR_FIELD_MIN | HR_FIELD_MAX,                  \
    .min = HR_STREAM_SHARD_ID_MIN, .max = HR_STREAM_SHARD_ID_MAX                                             \
  }

/** NULL with an error when @arn names no stream. */
const HrStreamInfo *hr_stream_find (HrApiCall *call, const char *arn);
/** The shard of this id; their number when there is none. */
guint    hr_stream_find_shard     (const HrStreamInfo *stream, const char *id);
gboolean hr_stream_fail_no_shard  (HrApiCall *call);
void     hr_stream_write_sequence (HrBuffer *out, const char *name, gint64 sequence);

G_END_DECLS
