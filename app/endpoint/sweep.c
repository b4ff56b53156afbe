/*
 * Patience with slow clients.
 *
 * A slow client costs no time, only its connection, its buffers, and its place among those that can be open.
 * So the head of a request has its time, and bodies and answers must move at some speed all along: what moves buys
 * time, but none to put aside. While buffers are short there is less patience with who does not move. And when
 * connections run short, the one that has been idle longest makes room. An idle connection and one that sends its
 * head byte by byte look the same from here, but the kernel has counted the bytes.
 *
 * A connection is ended by shutting its socket down: the daemon then sees it end and cleans up.
 */

#include "app/endpoint/endpoint-private.h"

#include <netinet/in.h>
#include <linux/tcp.h> /* newer fields than the C library's header has */
#include <sys/socket.h>

#define BYTES_PER_S_MIN 16384
#define HURRY 10 /* how many times less patience there is while buffers are short */

static struct tcp_info
get_info (int socket)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &length);
  return info;
}

/* While nothing of a head has come in, its time does not begin. */
static void
look_at_idle (HrClient *self)
{
  guint64 received = get_info (self->socket).tcpi_bytes_received;

  if (self->moved_bytes == HR_BYTES_UNKNOWN)
    self->moved_bytes = received;
  if (received <= self->moved_bytes)
    self->stage_us = self->endpoint->now_us;
}

static gint64
get_time_for (guint64 bytes)
{
  return (gint64) (bytes * G_USEC_PER_SEC / BYTES_PER_S_MIN);
}

/* Whether a body or an answer has used up its time. @moved_bytes: of it, so far. */
static gboolean
has_stalled (HrClient *self, guint64 moved_bytes, gint64 patience_us)
{
  if (self->moved_bytes == HR_BYTES_UNKNOWN)
    self->left_us = self->endpoint->options.patience_ms * 1000;
  else
    self->left_us += get_time_for (moved_bytes - self->moved_bytes) - self->endpoint->sweep_pause_us;
  self->moved_bytes = moved_bytes;
  self->left_us = MIN (self->left_us, patience_us);
  return self->left_us <= 0;
}

static gboolean
is_too_slow (HrClient *self, gint64 patience_us)
{
  switch (self->stage)
    {
    case HR_STAGE_IDLE:
      look_at_idle (self);
      break;
    case HR_STAGE_HEAD:
      break;
    case HR_STAGE_BODY:
      return has_stalled (self, (guint64) self->body_bytes, patience_us);
    case HR_STAGE_SENDING:
      return has_stalled (self, get_info (self->socket).tcpi_bytes_acked, patience_us);
    case HR_STAGE_WAITING:
    case HR_STAGE_READY:
      return FALSE;
    }
  return self->endpoint->now_us - self->stage_us > self->endpoint->options.patience_ms * 1000;
}

void
hr_endpoint_sweep (HrEndpoint *self)
{
  gint64 patience_us = self->options.patience_ms * 1000;

  if (self->buffered_bytes > self->options.buffered_bytes_max)
    patience_us /= HURRY;
  for (GList *link = self->clients.head; link != NULL; link = link->next)
    {
      HrClient *client = link->data;

      if (is_too_slow (client, patience_us))
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
