/*
 * From a complete request to its answer.
 *
 * Reads, and writes to memory, are carried out at once. Writes to a file wait in the queue until everything
 * that is ready has been received, and are then committed together. A read never runs while a transaction is
 * open, so it sees only what is on the disk, and what it sees was acknowledged or could be.
 *
 * Large requests, such as a page of a scan, wait in a queue of their own, and when a round of the loop has spent its
 * time on them the next ones wait for the next round. In the middle of one the engine gives way to small ones. So
 * nobody waits for more than a part of what others ask for.
 */

#include "app/endpoint/endpoint-private.h"

#include <string.h>
#include <zlib.h>

#include "app/endpoint/inflate.h"

/* How long a shared commit may be put off: twice what it takes, within these, so that reads in between wait no longer
 * than it needs for committing to take a third of the time at most. */
#define BATCH_US_MIN 1000
#define BATCH_US_MAX 5000
#define SMALL_BODY_BYTES ((gsize) 64 * 1024)
#define SUMMED_BYTES ((gsize) 256 * 1024) /* at a time */

static void
answer_text (HrClient *self, const char *type, const char *text)
{
  hr_buffer_append_string (&self->answer, text);
  self->content_type = type;
  self->status = MHD_HTTP_OK;
  hr_client_enter (self, HR_STAGE_READY);
}

static void
answer_health (HrClient *self)
{
  answer_text (self, "text/plain", "healthy: hashrange\n");
}

static void
answer_metrics (HrClient *self)
{
  const HrMetricsNow now = { g_queue_get_length (&self->endpoint->clients), self->endpoint->buffered_bytes };

  hr_metrics_write (self->endpoint->metrics, &now, &self->answer);
  answer_text (self, "text/plain; version=0.0.4", "");
}

static void
answer_preflight (HrClient *self)
{
  answer_text (self, NULL, "");
}

static HrRefusal
check_signature (HrClient *self)
{
  const HrEndpointOptions *options = &self->endpoint->options;
  const HrSignedRequest request = {
    .connection = self->connection,
    .head = &self->head,
    .method = self->method,
    .uri = self->uri.data,
    .body = self->body.data != NULL ? self->body.data : "",
    .body_length = self->body.length,
    .now_s = g_get_real_time () / G_USEC_PER_SEC,
  };

  return options->key != NULL
             ? hr_signature_check (&request, options->key, options->secret, &self->refusal_message)
             : HR_REFUSAL_NONE;
}

static HrRefusal
decode_body (HrClient *self)
{
  const char *encoding = self->head.content_encoding;
  HrBuffer plain = HR_BUFFER_INIT;
  HrInflateResult result;

  if (encoding == NULL || *encoding == '\0' || g_ascii_strcasecmp (encoding, "identity") == 0)
    return HR_REFUSAL_NONE;
  if (g_ascii_strcasecmp (encoding, "gzip") != 0)
    return HR_REFUSAL_ENCODING;

  result = hr_inflate (self->body.data, self->body.length, HR_BODY_BYTES_MAX, &plain);
  hr_buffer_clear (&self->body);
  self->body = plain;
  hr_client_count_buffers (self);
  if (result == HR_INFLATE_TOO_LARGE)
    return HR_REFUSAL_BODY_TOO_LARGE;
  return result == HR_INFLATE_DONE ? HR_REFUSAL_NONE : HR_REFUSAL_ENCODING;
}

static HrRefusal
find_operation (HrClient *self)
{
  if (self->head.target != NULL)
    self->operation = hr_operation_find_target (self->head.target);
  return self->operation != NULL ? HR_REFUSAL_NONE : HR_REFUSAL_UNKNOWN_OPERATION;
}

/* Regions that the newer validation layer has not reached. Source: observed, 2026-10. */
static HrValidationLayer
find_region_layer (const HrCredential *credential)
{
  static const char *const old_regions[] = { "eu-south-2", "me-central-1" };

  for (guint i = 0; i < G_N_ELEMENTS (old_regions); i++)
    if (strlen (old_regions[i]) == credential->region_length
        && memcmp (old_regions[i], credential->region, credential->region_length) == 0)
      return HR_VALIDATION_OLD;
  return HR_VALIDATION_NEW;
}

static HrValidationLayer
find_layer (const HrClient *self, const HrCredential *credential)
{
  switch (self->endpoint->options.layer)
    {
    case HR_ENDPOINT_LAYER_OF_REGION:
      return find_region_layer (credential);
    case HR_ENDPOINT_LAYER_NEW:
      return HR_VALIDATION_NEW;
    case HR_ENDPOINT_LAYER_OLD:
      return HR_VALIDATION_OLD;
    }
  g_return_val_if_reached (HR_VALIDATION_NEW);
}

static HrRefusal
find_database (HrClient *self)
{
  HrDatabases *databases = self->endpoint->databases;
  HrCredential credential = { 0 };
  gboolean is_known =
      self->head.authorization != NULL && hr_credential_read (&credential, self->head.authorization);
  g_autoptr (GError) error = NULL;

  if (!is_known && hr_databases_are_separate (databases))
    return HR_REFUSAL_MISSING_TOKEN;
  self->layer = find_layer (self, &credential);
  self->database = hr_databases_find (databases, &credential, &error);
  if (self->database == NULL)
    self->refusal_message = g_strdup (error->message);
  return self->database != NULL ? HR_REFUSAL_NONE : HR_REFUSAL_DATABASE;
}

/* A large answer takes a while to sum up, too. */
static guint32
sum_up (const HrBuffer *answer, HrEngine *engine)
{
  uLong sum = 0;

  for (gsize i = 0; i < answer->length; i += SUMMED_BYTES)
    {
      sum = crc32 (sum, (const Bytef *) answer->data + i, (uInt) MIN (answer->length - i, SUMMED_BYTES));
      hr_engine_offer_way (engine);
    }
  return (guint32) sum;
}

/* Whoever sent a large request may leave while it is carried out, so what is needed is not the client's meanwhile. */
static void
call (HrClient *self)
{
  HrEndpoint *endpoint = self->endpoint;
  HrArena *arena = endpoint->is_giving_way ? endpoint->inner_arena : endpoint->arena;
  HrClient *outer = endpoint->running;
  HrBuffer body = self->body;
  HrBuffer answer = self->answer;
  HrApi api = self->database->api;
  guint32 sum;
  guint status;

  api.host = self->head.host;
  api.layer = self->layer;
  self->body = self->answer = (HrBuffer) HR_BUFFER_INIT;
  endpoint->running = self;
  hr_buffer_truncate (&answer, 0);
  status = hr_api_call (&api, hr_operation_get_name (self->operation), body.data, body.length, arena, NULL, NULL,
                        &answer, NULL);
  hr_arena_reset (arena);
  sum = sum_up (&answer, api.engine);
  if (endpoint->running == self)
    {
      self->answer_sum = sum;
      self->summed_bytes = answer.length;
      self->body = body;
      self->answer = answer;
      self->status = status;
      self->content_type = HR_JSON_TYPE;
      hr_client_enter (self, HR_STAGE_READY);
    }
  else
    {
      hr_buffer_clear (&body);
      hr_buffer_clear (&answer);
    }
  endpoint->running = outer;
}

static void
call_giving_way (HrClient *self)
{
  HrEndpoint *endpoint = self->endpoint;
  HrEngine *engine = self->database->api.engine;

  hr_engine_set_give_way (engine, endpoint->large_max_us, hr_endpoint_give_way_cb, endpoint);
  call (self);
  hr_engine_set_give_way (engine, 0, NULL, NULL);
}

/* From the signature on: that of a large body takes its time, too. */
static void
carry_out (HrClient *self, void (*call_now) (HrClient *self))
{
  static HrRefusal (*const steps[]) (HrClient *) = { check_signature, find_operation, decode_body,
                                                     find_database };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      HrRefusal refusal = steps[i](self);

      if (refusal != HR_REFUSAL_NONE)
        {
          hr_client_refuse (self, refusal);
          return;
        }
    }

  if (self->database->shares_commits && hr_operation_may_write (self->operation, self->body.data, self->body.length))
    {
      g_ptr_array_add (self->endpoint->queue, self);
      hr_client_enter (self, HR_STAGE_WAITING);
    }
  else
    call_now (self);
}

/* What is kept for others when its turn comes may leave no room for another large answer. */
static void
carry_out_large (HrClient *self)
{
  HrEndpoint *endpoint = self->endpoint;
  gint64 start_us = g_get_monotonic_time ();

  if (endpoint->buffered_bytes > endpoint->options.buffered_bytes_max)
    {
      hr_client_refuse (self, HR_REFUSAL_BUSY);
      return;
    }
  carry_out (self, call_giving_way);
  endpoint->large_us += g_get_monotonic_time () - start_us;
}

static gboolean
is_large (HrClient *self)
{
  return self->body.length > SMALL_BODY_BYTES || self->head.content_encoding != NULL
         || (find_operation (self) == HR_REFUSAL_NONE
             && (hr_operation_get_flags (self->operation) & HR_OPERATION_SMALL) == 0);
}

static void
answer_operation (HrClient *self)
{
  if (!is_large (self))
    carry_out (self, call);
  else
    {
      g_ptr_array_add (self->endpoint->large, self);
      hr_client_enter (self, HR_STAGE_WAITING);
    }
}

void
hr_endpoint_run_large (HrEndpoint *self)
{
  guint count = 0;

  for (; count < self->large->len && self->large_us < self->large_max_us; count++)
    if (g_ptr_array_index (self->large, count) != NULL)
      carry_out_large (g_ptr_array_index (self->large, count));
  if (count > 0)
    g_ptr_array_remove_range (self->large, 0, count);
}

static const struct
{
  const char *method;
  const char *path;
  void (*answer) (HrClient *self);
} routes[] = {
  { MHD_HTTP_METHOD_POST, "/", answer_operation },
  { MHD_HTTP_METHOD_GET, "/", answer_health },
  { MHD_HTTP_METHOD_HEAD, "/", answer_health },
  { MHD_HTTP_METHOD_GET, "/healthz", answer_health },
  { MHD_HTTP_METHOD_HEAD, "/healthz", answer_health },
  { MHD_HTTP_METHOD_GET, "/metrics", answer_metrics },
  { MHD_HTTP_METHOD_OPTIONS, "/", answer_preflight },
};

void
hr_client_dispatch (HrClient *self)
{
  gsize path_length = strcspn (self->uri.data, "?");
  HrRefusal refusal = self->refusal != HR_REFUSAL_NONE ? self->refusal : HR_REFUSAL_NOT_FOUND;

  self->received_us = g_get_monotonic_time ();
  for (guint i = 0; self->refusal == HR_REFUSAL_NONE && i < G_N_ELEMENTS (routes); i++)
    {
      if (strlen (routes[i].path) != path_length || memcmp (routes[i].path, self->uri.data, path_length) != 0)
        continue;
      if (strcmp (routes[i].method, self->method) == 0)
        {
          routes[i].answer (self);
          return;
        }
      refusal = HR_REFUSAL_METHOD;
    }
  hr_client_refuse (self, refusal);
}

static void
answer_failure (HrClient *self)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  error.kind = HR_SERVICE_INTERNAL;
  error.message = "The database failed: it could not be written";
  hr_buffer_truncate (&self->answer, 0);
  self->summed_bytes = 0;
  hr_api_write_error (&error, &self->answer);
  self->status = hr_service_error_kind_get_status (error.kind);
  self->content_type = HR_JSON_TYPE;
  hr_client_enter (self, HR_STAGE_READY);
}

/* Clients of the last batch that have not sent their next request. */
static guint
count_missing (HrEndpoint *self)
{
  guint missing = self->batch_count;

  for (guint i = 0; missing > 0 && i < self->queue->len; i++)
    {
      const HrClient *client = g_ptr_array_index (self->queue, i);

      if (client != NULL && client->batch == self->batch)
        missing--;
    }
  return missing;
}

/*
 * Whoever has just been answered tends to be back soon. Who came during the last commit would be committed
 * without them, they without those, and so on: half the requests a commit. So the next commit waits for them,
 * but no longer than half of what a commit takes.
 */
gint64
hr_endpoint_get_pause_us (HrEndpoint *self)
{
  gint64 left_us = self->batch_end_us + self->batch_us / 2 - g_get_monotonic_time ();

  return left_us > 0 && self->queue->len > 0 && self->large->len == 0 && count_missing (self) > 0 ? left_us : 0;
}

/* The first of them, as many as fit into the time; returns how many. */
static guint
run_batch (HrEndpoint *self)
{
  GPtrArray *queue = self->queue;
  gint64 end_us = g_get_monotonic_time () + CLAMP (2 * self->commit_us, BATCH_US_MIN, BATCH_US_MAX);
  guint count = 0;

  do
    {
      HrClient *client = g_ptr_array_index (queue, count);

      if (client == NULL)
        continue;
      /* one alone is committed by the engine */
      client->database->has_failed = FALSE;
      if (queue->len == 1 || hr_database_begin (client->database))
        call (client);
      else
        answer_failure (client);
    }
  while (++count < queue->len && g_get_monotonic_time () < end_us);
  return count;
}

static void
note_batch (HrEndpoint *self, guint count, gint64 start_us)
{
  self->batch++;
  self->batch_count = count < self->queue->len ? 0 : count; /* who is left over waits for nobody */
  self->batch_end_us = g_get_monotonic_time ();
  self->batch_us = self->batch_end_us - start_us;
  for (guint i = 0; i < count; i++)
    {
      HrClient *client = g_ptr_array_index (self->queue, i);

      if (client != NULL)
        client->batch = self->batch;
    }
  hr_metrics_count_commit (self->metrics, count);
}

void
hr_endpoint_run_queue (HrEndpoint *self)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 done_us;
  guint count;

  if (self->queue->len == 0 || hr_endpoint_get_pause_us (self) > 0)
    return;
  count = run_batch (self);
  done_us = g_get_monotonic_time ();
  hr_databases_commit (self->databases);
  self->commit_us = g_get_monotonic_time () - done_us;
  note_batch (self, count, start_us);
  for (guint i = 0; i < count; i++)
    {
      HrClient *client = g_ptr_array_index (self->queue, i);

      /* what a shared commit did not keep has not happened, whatever the operation said */
      if (client != NULL && client->database->has_failed && client->status == MHD_HTTP_OK)
        answer_failure (client);
    }
  g_ptr_array_remove_range (self->queue, 0, count);
}

static void
forget_in (GPtrArray *queue, const HrClient *client)
{
  for (guint i = 0; i < queue->len; i++)
    if (g_ptr_array_index (queue, i) == client)
      queue->pdata[i] = NULL;
}

gboolean
hr_endpoint_can_run_queue_inside (const HrEndpoint *self)
{
  for (guint i = 0; i < self->queue->len; i++)
    {
      const HrClient *client = g_ptr_array_index (self->queue, i);

      if (client != NULL && (hr_operation_get_flags (client->operation) & HR_OPERATION_TABLES) != 0)
        return FALSE;
    }
  return TRUE;
}

void
hr_endpoint_forget (HrEndpoint *self, const HrClient *client)
{
  if (self->running == client)
    self->running = NULL;
  if (client->stage != HR_STAGE_WAITING)
    return;
  forget_in (self->queue, client);
  forget_in (self->large, client);
}
