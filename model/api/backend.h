#pragma once

#include "model/api/validation-layer.h"
#include "model/base/cancel.h"
#include "model/engine/engine.h"

G_BEGIN_DECLS

/**
 * HrBackend: the one door for operations: a request in the service's JSON goes in, a response or
 * an error in the service's JSON comes out, here or on a remote endpoint.
 *
 * Calls are asynchronous: @done runs exactly once, before the call returns (local engine) or later from
 * the thread's default main context (remote). Cancelling ends the call with HR_ERROR_CANCELLED.
 */
typedef enum
{
  HR_BACKEND_TRACES = 1 << 0,     /* fills request->trace */
  HR_BACKEND_SAVEPOINTS = 1 << 1, /* can take writes back */
} HrBackendFlags;

typedef struct
{
  const char *operation; /* "Query" */
  const char *body;      /* JSON object */
  gsize body_length;
  HrTrace *trace;        /* or NULL */
  const HrCancel *cancel;
} HrBackendRequest;

/** HrBackendResponse: a plain value; borrowed by the callback, copy what must stay. */
typedef struct
{
  guint status;           /* HTTP status: 200, 400, 500 */
  const char *body;       /* JSON; of an error with "__type" and "message" */
  gsize body_length;
  const char *error_name; /* "ResourceNotFoundException", or NULL on success */
  const char *error_message;
} HrBackendResponse;

typedef struct _HrBackend HrBackend;

/** @response is NULL when the call itself failed with @error (no connection, cancelled). */
typedef void (*HrBackendDone) (const HrBackendResponse *response, const GError *error, gpointer user_data);

typedef struct
{
  HrBackendFlags flags;
  void     (*call)      (HrBackend *self, const HrBackendRequest *request, HrBackendDone done,
                         gpointer user_data);
  gboolean (*begin)     (HrBackend *self, GError **error); /* savepoints; NULL without the flag */
  gboolean (*rollback)  (HrBackend *self, GError **error);
  gboolean (*commit)    (HrBackend *self, GError **error);
  void     (*free)      (HrBackend *self);
} HrBackendClass;

struct _HrBackend
{
  const HrBackendClass *klass;
};

/** Answers from @engine, which must outlive the backend. */
HrBackend *hr_backend_new_local (HrEngine *engine);
/** Likewise, in the words of @layer instead of the newer one. */
HrBackend *hr_backend_new_local_with_layer (HrEngine *engine, HrValidationLayer layer);
void       hr_backend_call      (HrBackend *self, const HrBackendRequest *request, HrBackendDone done,
                                 gpointer user_data);
HrBackendFlags hr_backend_get_flags (HrBackend *self);
gboolean   hr_backend_begin     (HrBackend *self, GError **error);
gboolean   hr_backend_rollback  (HrBackend *self, GError **error);
gboolean   hr_backend_commit    (HrBackend *self, GError **error);
void       hr_backend_free      (HrBackend *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrBackend, hr_backend_free)

G_END_DECLS
