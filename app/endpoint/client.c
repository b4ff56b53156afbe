/*
 * A connection and the request that comes in on it.
 *
 * A body takes memory as it arrives, not as it is announced. One that is too large, or for which there is no
 * room, is swallowed up to a bound, because a client that is still sending does not read the answer that says
 * so.
 */

#include "app/endpoint/endpoint-private.h"

#include <string.h>

#define SWALLOWED_BYTES_MAX (4 * HR_BODY_BYTES_MAX)
#define KEPT_BYTES ((gsize) 16 * 1024) /* of a buffer, between requests */

HrClient *
hr_client_new (HrEndpoint *endpoint, struct MHD_Connection *connection)
{
  HrClient *self = g_new0 (HrClient, 1);

  self->endpoint = endpoint;
  self->connection = connection;
  self->socket = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  self->link.data = self;
  g_queue_push_tail_link (&endpoint->clients, &self->link);
  hr_client_enter (self, HR_STAGE_IDLE);
  return self;
}

void
hr_client_free (HrClient *self)
{
  hr_endpoint_forget (self->endpoint, self);
  g_queue_unlink (&self->endpoint->clients, &self->link);
  self->endpoint->buffered_bytes -= self->counted_bytes;
  hr_buffer_clear (&self->uri);
  hr_buffer_clear (&self->body);
  hr_buffer_clear (&self->answer);
  g_free (self->refusal_message);
  g_free (self);
}

void
hr_client_enter (HrClient *self, HrStage stage)
{
  self->stage = stage;
  self->stage_us = self->endpoint->now_us;
  self->moved_bytes = HR_BYTES_UNKNOWN;
}

void
hr_client_count_buffers (HrClient *self)
{
  gsize bytes = self->uri.capacity + self->body.capacity + self->answer.capacity;

  self->endpoint->buffered_bytes += bytes - self->counted_bytes;
  self->counted_bytes = bytes;
}

static void
shrink (HrBuffer *buffer)
{
  if (buffer->capacity > KEPT_BYTES)
    hr_buffer_clear (buffer);
  hr_buffer_truncate (buffer, 0);
}

void
hr_client_reset (HrClient *self)
{
  shrink (&self->uri);
  shrink (&self->body);
  shrink (&self->answer);
  hr_client_count_buffers (self);
  g_clear_pointer (&self->refusal_message, g_free);
  self->refusal = HR_REFUSAL_NONE;
  self->operation = NULL;
  self->database = NULL;
  self->content_type = NULL;
  self->body_bytes = 0;
  self->status = 0;
  self->summed_bytes = 0;
  hr_client_enter (self, HR_STAGE_IDLE);
  g_queue_unlink (&self->endpoint->clients, &self->link);
  g_queue_push_tail_link (&self->endpoint->clients, &self->link);
}

static HrRefusal
check_head (HrClient *self, const char *version, gint64 *length_bytes)
{
  const union MHD_ConnectionInfo *size =
      MHD_get_connection_info (self->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  HrRefusal refusal = hr_head_check_framing (&self->head, version, length_bytes);

  if (refusal == HR_REFUSAL_NONE && size != NULL && size->header_size > HR_HEAD_BYTES_MAX)
    refusal = HR_REFUSAL_HEAD_TOO_LARGE;
  if (refusal == HR_REFUSAL_NONE && *length_bytes > SWALLOWED_BYTES_MAX)
    refusal = HR_REFUSAL_BODY_TOO_LARGE;
  return refusal;
}

gboolean
hr_client_begin (HrClient *self, const char *method, const char *version)
{
  gint64 length_bytes;
  HrRefusal refusal;

  self->method = method;
  hr_head_read (&self->head, self->connection);
  refusal = check_head (self, version, &length_bytes);
  if (refusal != HR_REFUSAL_NONE)
    {
      /* an answer that comes before the body closes the connection */
      hr_client_refuse (self, refusal);
      return hr_client_send (self);
    }

  hr_client_enter (self, HR_STAGE_BODY);
  self->refusal = hr_gate_check (&self->endpoint->options.gate, &self->head);
  if (self->refusal == HR_REFUSAL_NONE && length_bytes > HR_BODY_BYTES_MAX)
    self->refusal = HR_REFUSAL_BODY_TOO_LARGE;
  if (self->refusal == HR_REFUSAL_NONE && strcmp (method, MHD_HTTP_METHOD_POST) == 0
      && self->endpoint->buffered_bytes > self->endpoint->options.buffered_bytes_max)
    self->refusal = HR_REFUSAL_BUSY;
  return TRUE;
}

/* Buffers double, so most pieces need no more memory. */
static gboolean
has_room (const HrClient *self, gsize length)
{
  const HrEndpoint *endpoint = self->endpoint;

  return self->body.capacity - self->body.length > length
         || endpoint->buffered_bytes + MAX (length, self->body.capacity)
                <= endpoint->options.buffered_bytes_max;
}

gboolean
hr_client_take (HrClient *self, const char *data, gsize length)
{
  self->body_bytes += (gint64) length;
  if (self->body_bytes > SWALLOWED_BYTES_MAX)
    return FALSE;
  if (self->refusal != HR_REFUSAL_NONE)
    return TRUE;

  if (self->body_bytes > HR_BODY_BYTES_MAX)
    self->refusal = HR_REFUSAL_BODY_TOO_LARGE;
  else if (!has_room (self, length))
    self->refusal = HR_REFUSAL_BUSY;
  else
    hr_buffer_append (&self->body, data, length);
  if (self->refusal != HR_REFUSAL_NONE)
    hr_buffer_clear (&self->body);
  hr_client_count_buffers (self);
  return TRUE;
}
