/*
 * The door to operations, and the backend that answers from an engine at once.
 */
#include "model/api/api.h"
#include "model/api/backend.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

void
hr_backend_call (HrBackend *self, const HrBackendRequest *request, HrBackendDone done, gpointer user_data)
{
  self->klass->call (self, request, done, user_data);
}

HrBackendFlags
hr_backend_get_flags (HrBackend *self)
{
  return self->klass->flags;
}

static gboolean
fail_savepoints (GError **error)
{
  g_set_error_literal (error, HR_ERROR, HR_ERROR_UNSUPPORTED, _ ("This endpoint cannot take writes back."));
  return FALSE;
}

gboolean
hr_backend_begin (HrBackend *self, GError **error)
{
  return self->klass->begin != NULL ? self->klass->begin (self, error) : fail_savepoints (error);
}

gboolean
hr_backend_rollback (HrBackend *self, GError **error)
{
  return self->klass->rollback != NULL ? self->klass->rollback (self, error) : fail_savepoints (error);
}

gboolean
hr_backend_commit (HrBackend *self, GError **error)
{
  return self->klass->commit != NULL ? self->klass->commit (self, error) : fail_savepoints (error);
}

void
hr_backend_free (HrBackend *self)
{
  if (self != NULL)
    self->klass->free (self);
}

typedef struct
{
  HrBackend parent;

  /* owned */
  HrTokenCache *tokens;
  HrArena *arena;
  HrBuffer out;
  GArray *marks; /* guint64: the tokens known at each open savepoint */

  /* borrowed */
  HrEngine *engine;

  HrValidationLayer layer;
  gboolean is_busy; /* a callback of a running call makes another */
} LocalBackend;

static void
report_cancelled (HrBackendDone done, gpointer user_data)
{
  g_autoptr (GError) error
      = g_error_new_literal (HR_ERROR, HR_ERROR_CANCELLED, _ ("The request was cancelled."));

  done (NULL, error, user_data);
}

static void
run_request (LocalBackend *self, const HrBackendRequest *request, HrArena *arena, HrBuffer *out,
             HrBackendDone done, gpointer user_data)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrBackendResponse response = { 0 };
  HrApi api = { .engine = self->engine, .layer = self->layer, .tokens = self->tokens };

  response.status = hr_api_call (&api, request->operation, request->body, request->body_length, arena,
                                 request->trace, request->cancel, out, &error);
  if (error.kind == HR_SERVICE_INTERNAL && hr_cancel_is_raised (request->cancel))
    {
      report_cancelled (done, user_data);
      return;
    }
  *hr_buffer_reserve (out, 1) = '\0';
  response.body = out->data;
  response.body_length = out->length;
  if (error.kind != HR_SERVICE_OK)
    {
      response.error_name = hr_service_error_kind_get_name (error.kind);
      response.error_message = error.message;
    }
  done (&response, NULL, user_data);
}

/* Calls follow each other in one arena and one buffer; a call from within a callback gets its own. */
static void
local_call (HrBackend *backend, const HrBackendRequest *request, HrBackendDone done, gpointer user_data)
{
  LocalBackend *self = (LocalBackend *) backend;

  if (hr_cancel_is_raised (request->cancel))
    {
      report_cancelled (done, user_data);
    }
  else if (self->is_busy)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_auto (HrBuffer) out = HR_BUFFER_INIT;

      run_request (self, request, arena, &out, done, user_data);
    }
  else
    {
      self->is_busy = TRUE;
      hr_buffer_truncate (&self->out, 0);
      run_request (self, request, self->arena, &self->out, done, user_data);
      hr_arena_reset (self->arena);
      self->is_busy = FALSE;
    }
}

static gboolean
local_begin (HrBackend *backend, GError **error)
{
  LocalBackend *self = (LocalBackend *) backend;
  guint64 mark = hr_token_cache_get_mark (self->tokens);

  if (!hr_engine_begin (self->engine, error))
    return FALSE;
  g_array_append_val (self->marks, mark);
  return TRUE;
}

static guint64
pop_mark (LocalBackend *self)
{
  guint64 mark;

  if (self->marks->len == 0)
    return G_MAXUINT64;
  mark = g_array_index (self->marks, guint64, self->marks->len - 1);
  g_array_set_size (self->marks, self->marks->len - 1);
  return mark;
}

static gboolean
local_rollback (HrBackend *backend, GError **error)
{
  LocalBackend *self = (LocalBackend *) backend;

  if (!hr_engine_rollback (self->engine, error))
    return FALSE;
  hr_token_cache_forget (self->tokens, pop_mark (self));
  return TRUE;
}

static gboolean
local_commit (HrBackend *backend, GError **error)
{
  LocalBackend *self = (LocalBackend *) backend;

  if (!hr_engine_commit (self->engine, error))
    return FALSE;
  pop_mark (self);
  return TRUE;
}

static void
local_free (HrBackend *backend)
{
  LocalBackend *self = (LocalBackend *) backend;

  hr_token_cache_free (self->tokens);
  hr_arena_free (self->arena);
  hr_buffer_clear (&self->out);
  g_array_unref (self->marks);
  g_free (self);
}

static const HrBackendClass local_class = {
  .flags = HR_BACKEND_TRACES | HR_BACKEND_SAVEPOINTS,
  .call = local_call,
  .begin = local_begin,
  .rollback = local_rollback,
  .commit = local_commit,
  .free = local_free,
};

HrBackend *
hr_backend_new_local (HrEngine *engine)
{
  return hr_backend_new_local_with_layer (engine, HR_VALIDATION_NEW);
}

HrBackend *
hr_backend_new_local_with_layer (HrEngine *engine, HrValidationLayer layer)
{
  LocalBackend *self = g_new0 (LocalBackend, 1);

  self->parent.klass = &local_class;
  self->engine = engine;
  self->layer = layer;
  self->tokens = hr_token_cache_new (NULL);
  self->arena = hr_arena_new ();
  self->out = (HrBuffer) HR_BUFFER_INIT;
  self->marks = g_array_new (FALSE, FALSE, sizeof (guint64));
  return &self->parent;
}
