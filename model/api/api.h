#pragma once

#include "model/api/token-cache.h"
#include "model/api/validation-layer.h"
#include "model/base/buffer.h"
#include "model/engine/engine.h"

G_BEGIN_DECLS

/** HrOperation: one operation of the service, a row of the one table in operations.c. */
typedef struct _HrOperation HrOperation;

typedef enum
{
  HR_OPERATION_READS = 1 << 0,
  HR_OPERATION_WRITES = 1 << 1,
  HR_OPERATION_TABLES = 1 << 2, /* control plane */
  HR_OPERATION_STREAMS = 1 << 3, /* of the service's other interface, to streams */
  HR_OPERATION_SMALL = 1 << 4,   /* is about one item, or looks at one definition */
} HrOperationFlags;

const HrOperation *hr_operation_find     (const char *name);
guint              hr_operation_get_count (void);
const HrOperation *hr_operation_get      (guint index);
const char        *hr_operation_get_name (const HrOperation *self);
HrOperationFlags   hr_operation_get_flags (const HrOperation *self);
/** Whether a request of the operation may write: statements tell by themselves. */
gboolean           hr_operation_may_write (const HrOperation *self, const char *body, gsize length);
/** What targets have before the operation: `DynamoDB_20120810`. */
const char        *hr_operation_get_service (const HrOperation *self);
/** The operation of a target as `DynamoDB_20120810.GetItem`, or NULL. */
const HrOperation *hr_operation_find_target (const char *target);

/** HrApi: an engine with the context of a caller. A plain value. */
typedef struct
{
  HrEngine *engine;
  HrValidationLayer layer;
  const char *region;  /* in ARNs; "ddblocal" by default, as other local engines say */
  const char *account; /* "000000000000" by default */
  const char *host;    /* (nullable): where the caller reached us, `localhost:8000` */
  HrTokenCache *tokens; /* of transactions that write, for this engine; NULL: a repeated request is done again */
} HrApi;

/**
 * hr_api_call: one operation from request JSON to response JSON.
 *
 * Appends the response body to @out, also for errors; returns the HTTP status. @error (nullable, its texts in
 * @arena) tells what went wrong. @arena takes everything of the request and may be reset afterwards. A @trace
 * counts this as one request, whatever becomes of it. The message and range of a body that is no JSON object
 * are in @error only: the service says nothing of them.
 */
guint hr_api_call (const HrApi *self, const char *operation, const char *body, gsize length, HrArena *arena,
                   HrTrace *trace, const HrCancel *cancel, HrBuffer *out, HrServiceError *error);

/** The body of an error answer: `{"__type":"…","message":"…"}` with Item and CancellationReasons. */
void  hr_api_write_error (const HrServiceError *error, HrBuffer *out);

/*
 * Table definitions as the service's JSON, shared with importers and exporters.
 */

/** A CreateTable request (with the service's checks) to a definition. */
HrTable *hr_table_from_create_request (const HrJson *request, HrValidationLayer layer, HrArena *arena,
                                       HrServiceError *error);
/** The definition as the object that CreateTable takes, pretty-printed with two spaces. */
void     hr_table_to_create_request (const HrTable *table, HrBuffer *out);
/** A TableDescription, as DescribeTable and CreateTable answer it. */
void     hr_table_write_description (const HrApi *api, const HrTableInfo *info, HrBuffer *out);

G_END_DECLS
