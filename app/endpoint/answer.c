/*
 * Answers: the headers that SDKs look at, and the way to the connection.
 */

#include "app/endpoint/endpoint-private.h"

#include <string.h>
#include <zlib.h>

#define REQUEST_ID_LENGTH 52
#define SENT_BYTES ((gsize) 256 * 1024) /* of a large answer, at a time */

void
hr_client_refuse (HrClient *self, HrRefusal refusal)
{
  hr_buffer_truncate (&self->answer, 0);
  self->summed_bytes = 0;
  hr_refusal_write (refusal, self->refusal_message, &self->answer);
  self->status = hr_refusal_get_status (refusal);
  self->content_type = HR_JSON_TYPE;
  hr_client_enter (self, HR_STAGE_READY);
}

/* A counter mixed with a random seed: unlike any other, of this or another run. */
static void
make_request_id (HrEndpoint *endpoint, char id[REQUEST_ID_LENGTH + 1])
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  guint64 state =
      endpoint->request_seed + ++endpoint->request_number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  for (guint i = 0; i < REQUEST_ID_LENGTH; i++)
    {
      if (i % 12 == 0)
        {
          state = (state ^ state >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
          state = (state ^ state >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
          state ^= state >> 31;
        }
      id[i] = digits[state >> (i % 12 * 5) & 31];
    }
  id[REQUEST_ID_LENGTH] = '\0';
}

static void
add_operation_headers (HrClient *self, struct MHD_Response *response)
{
  gboolean is_summed = self->summed_bytes == self->answer.length;
  char id[REQUEST_ID_LENGTH + 1];
  char text[16];

  make_request_id (self->endpoint, id);
  MHD_add_response_header (response, "x-amzn-RequestId", id);
  g_snprintf (text, sizeof text, "%u",
              is_summed ? self->answer_sum
                        : (guint32) crc32 (0, (const Bytef *) self->answer.data, (uInt) self->answer.length));
  MHD_add_response_header (response, "x-amz-crc32", text);
}

static void
add_origin_headers (HrClient *self, struct MHD_Response *response)
{
  const char *origin = hr_gate_get_allowed_origin (&self->endpoint->options.gate, &self->head);

  if (origin == NULL)
    return;
  MHD_add_response_header (response, "Access-Control-Allow-Origin", origin);
  MHD_add_response_header (response, "Vary", "Origin");
  MHD_add_response_header (response, "Access-Control-Expose-Headers", "x-amzn-RequestId, x-amz-crc32, Date");
  if (strcmp (self->method, MHD_HTTP_METHOD_OPTIONS) != 0)
    return;
  MHD_add_response_header (response, "Access-Control-Allow-Methods", "POST, GET, OPTIONS");
  MHD_add_response_header (response, "Access-Control-Max-Age", "600");
  if (self->head.access_headers != NULL)
    MHD_add_response_header (response, "Access-Control-Allow-Headers", self->head.access_headers);
}

/* A method comes from outside, and a terminal may show the log. */
static const char *
get_method_name (const HrClient *self)
{
  for (const char *letter = self->method; *letter != '\0'; letter++)
    if (!g_ascii_isupper (*letter))
      return "-";
  return self->method;
}

static void
log_answer (HrClient *self, gint64 elapsed_us)
{
  const HrEndpointOptions *options = &self->endpoint->options;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autofree char *line = g_strdup_printf (
      "%s %s %s %u %" G_GINT64_FORMAT " B %" G_GSIZE_FORMAT " B %" G_GINT64_FORMAT " us", time,
      get_method_name (self), self->operation != NULL ? hr_operation_get_name (self->operation) : "-",
      self->status, self->body_bytes, self->answer.length, elapsed_us);

  options->log (line, options->log_data);
}

static ssize_t
read_answer_cb (void *user_data, uint64_t position, char *out, size_t size)
{
  const HrClient *self = user_data;
  gsize length = MIN (size, self->answer.length - position);

  memcpy (out, self->answer.data + position, length);
  return (ssize_t) length;
}

/* The kernel takes as much at a time as the client reads meanwhile, milliseconds of it, so a large answer is handed
 * over in pieces, between which others have their turn. */
static struct MHD_Response *
make_response (HrClient *self)
{
  if (self->answer.length <= 2 * SENT_BYTES)
    return MHD_create_response_from_buffer (self->answer.length, self->answer.data, MHD_RESPMEM_PERSISTENT);
  return MHD_create_response_from_callback (self->answer.length, SENT_BYTES, read_answer_cb, self, NULL);
}

gboolean
hr_client_send (HrClient *self)
{
  gboolean is_post = strcmp (self->method, MHD_HTTP_METHOD_POST) == 0;
  gint64 elapsed_us = self->received_us != 0 ? g_get_monotonic_time () - self->received_us : 0;
  struct MHD_Response *response = make_response (self);
  enum MHD_Result result;

  if (response == NULL)
    return FALSE;
  if (self->content_type != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, self->content_type);
  if (is_post)
    add_operation_headers (self, response);
  if (self->head.origin != NULL)
    add_origin_headers (self, response);
  if (self->endpoint->is_stopping)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  result = MHD_queue_response (self->connection, self->status, response);
  MHD_destroy_response (response);

  hr_metrics_count (self->endpoint->metrics, self->operation, self->status, elapsed_us);
  if (self->endpoint->options.log != NULL)
    log_answer (self, elapsed_us);
  hr_client_count_buffers (self);
  hr_client_enter (self, HR_STAGE_SENDING);
  return result == MHD_YES;
}
