/*
 * Patience with slow clients.
 *
 * A slow client costs no time, only its connection, its buffers, and its place among those that can be open.
 * So the head of a request has its time, and bodies and answers must move at some speed; and when connections
 * run short, the one that has been idle longest makes room. An idle connection and one that sends its head
 * byte by byte look the same from here, but the kernel has counted the bytes.
 *
 * A connection is ended by shutting its socket down: the daemon then sees it end and cleans up.
 */

#include "app/endpoint/endpoint-private.h"

#include <netinet/in.h>
#include <linux/tcp.h> /* newer fields than the C library's header has */
#include <sys/socket.h>

#define BYTES_PER_S_MIN 16384

static guint64
get_received_bytes (int socket)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  return getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 ? info.tcpi_bytes_received : 0;
}

/* While nothing of a head has come in, its time does not begin. */
static void
look_at_idle (HrClient *self)
{
  guint64 received = get_received_bytes (self->socket);

  if (self->idle_bytes == HR_BYTES_UNKNOWN)
    self->idle_bytes = received;
  if (received <= self->idle_bytes)
    self->stage_us = self->endpoint->now_us;
}

static gint64
get_time_for (gsize bytes)
{
  return (gint64) bytes * G_USEC_PER_SEC / BYTES_PER_S_MIN;
}

static gboolean
is_too_slow (HrClient *self)
{
  gint64 allowed_us = self->endpoint->options.patience_ms * 1000;

  switch (self->stage)
    {
    case HR_STAGE_IDLE:
      look_at_idle (self);
      break;
    case HR_STAGE_HEAD:
      break;
    case HR_STAGE_BODY:
      allowed_us += get_time_for (self->body_bytes);
      break;
    case HR_STAGE_SENDING:
      allowed_us += get_time_for (self->answer.length);
      break;
    case HR_STAGE_WAITING:
    case HR_STAGE_READY:
      return FALSE;
    }
  return self->endpoint->now_us - self->stage_us > allowed_us;
}

void
hr_endpoint_sweep (HrEndpoint *self)
{
  for (GList *link = self->clients.head; link != NULL; link = link->next)
    {
      HrClient *client = link->data;

      if (is_too_slow (client))
        shutdown (client->socket, SHUT_RDWR);
    }
}

/* Clients are in the order of their last request. */
void
hr_endpoint_make_room (HrEndpoint *self)
{
  if (g_queue_get_length (&self->clients) < self->clients_max)
    return;
  for (GList *link = self->clients.head; link != NULL; link = link->next)
    {
      HrClient *client = link->data;

      if (client->stage == HR_STAGE_IDLE && !client->is_cut_off)
        {
          client->is_cut_off = TRUE;
          shutdown (client->socket, SHUT_RDWR);
          return;
        }
    }
}
