#pragma once

#include "model/base/arena.h"
#include "model/value/value.h"

G_BEGIN_DECLS

/**
 * HrTrace: what requests touched, in order. Events of one trace share its arena; a trace may run over
 * several requests (a pattern). Recording costs nothing when there is no trace.
 */
typedef enum
{
  HR_TRACE_READ,     /* an item or index entry was looked at */
  HR_TRACE_FETCH,    /* a table item was fetched for a local index entry that lacks attributes */
  HR_TRACE_MISS,     /* a point read found nothing */
  HR_TRACE_PAGE_END, /* a page ended here */
  HR_TRACE_WRITE,    /* an item or index entry was inserted, replaced or deleted */
  HR_TRACE_CAPACITY, /* what a request consumed on one table or index */
} HrTraceKind;

typedef enum
{
  HR_FATE_RETURNED,
  HR_FATE_FILTERED, /* read, but the filter dropped it */
} HrReadFate;

typedef struct
{
  HrTraceKind kind;
  guint request;        /* number of the request within the trace, from 0 */
  const char *table;
  const char *index;    /* or NULL for the table */
  /** Primary key of the item (M), of an index entry together with the key attributes of the index, as in
   *  LastEvaluatedKey; absent (type NULL) for page ends and capacity. */
  HrValue key;
  HrReadFate fate;      /* of READ */
  gsize size_bytes;     /* as billed, of what was read or of the larger of before and after */
  const HrValue *before; /* of WRITE: or NULL when it was not there */
  const HrValue *after;  /* of WRITE: or NULL when it is gone */
  guint64 read_halves;  /* of CAPACITY */
  guint64 write_units;
} HrTraceEvent;

typedef struct _HrTrace HrTrace;

HrTrace            *hr_trace_new  (void);
void                hr_trace_free (HrTrace *self);
/** Called by whoever sends requests to the engine, before each; the engine does not count by itself. */
void                hr_trace_begin_request (HrTrace *self);
/** Copies the event and what it points to into the trace. */
void                hr_trace_add  (HrTrace *self, const HrTraceEvent *event);
guint               hr_trace_get_count (const HrTrace *self);
const HrTraceEvent *hr_trace_get  (const HrTrace *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTrace, hr_trace_free)

G_END_DECLS
