#pragma once

#include "model/engine/key-codec.h"

G_BEGIN_DECLS

/* What marks take from requests and responses, which are JSON: the words of a key condition and where pages ended. */

/** HrReadSource: what is shown. */
typedef struct
{
  const HrTable *table;
  const char *index;         /* or NULL */
  const HrKeyLayout *layout; /* of the index, or else of the table */
} HrReadSource;

/** Of a SELECT, what it is carried out as; one that is several reads is neither a Query nor a Scan. */
typedef struct
{
  gboolean is_query;
  gboolean is_scan;
  gboolean is_select;
  gboolean backward;
  gboolean has_partition;
  HrValue keys[HR_LIMIT_INDEX_KEY_ATTRIBUTES]; /* of the partition, when it has one */
  char *range_text;                            /* in the arena; NULL: all of the partition */
} HrReadRequest;

/** What a request reads from @source; nothing when it reads from elsewhere. What lives in @arena may point into
 *  @body. */
void     hr_read_request_parse (HrReadRequest *self, const char *operation, const char *body,
                                const HrReadSource *source, HrArena *arena);
/** LastEvaluatedKey of a response; FALSE when it has none. */
gboolean hr_response_get_last_key (const char *body, HrArena *arena, HrValue *key);

G_END_DECLS
