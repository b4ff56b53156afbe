/*
 * The load generator. load.h says what it does.
 */

#include "tests/bench/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFER_BYTES (4 * 1024 * 1024)
#define SAMPLES_MAX (4 * 1024 * 1024)
#define WARM_UP_SHARE 0.1

typedef struct
{
  int socket;
  const LoadRequest *request;
  gsize sent;
  char *answer;
  gsize received;
  gsize expected; /* bytes of the whole answer; 0 while the head is coming in */
  gint64 start_ns;
} Connection;

typedef struct
{
  const LoadPlan *plan;
  LoadResult *result;
  Connection *connections;
  int epoll;
  gboolean is_warm;
  guint32 *samples_ns;
  gsize n_samples;
} Load;

LoadRequest *
load_request_new (const char *operation, const char *body, const char *expected)
{
  LoadRequest *self = g_new0 (LoadRequest, 1);

  self->bytes = g_strdup_printf (
      "POST / HTTP/1.1\r\nHost: localhost:8000\r\nAccept-Encoding: identity\r\n"
      "X-Amz-Target: DynamoDB_20120810.%s\r\nContent-Type: application/x-amz-json-1.0\r\n"
      "User-Agent: bench/1 (as long as those of SDKs are) lang/c#17 exec-env/none cfg/retry-mode#legacy\r\n"
      "X-Amz-Date: 20261120T120000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
      "Credential=key/20261120/us-east-1/dynamodb/"
      "aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
      "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      operation, strlen (body), body);
  self->length = strlen (self->bytes);
  self->expected = g_strdup (expected);
  self->expected_length = expected != NULL ? strlen (expected) : 0;
  return self;
}

void
load_request_free (LoadRequest *self)
{
  g_free (self->bytes);
  g_free (self->expected);
  g_free (self);
}

static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
connect_to (const struct sockaddr_in *server)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd >= 0 && connect (fd, (const struct sockaddr *) server, sizeof *server) == 0)
    return fd;
  g_error ("cannot connect: %s", g_strerror (errno));
}

/* Where the body begins, or NULL; the length of the whole answer through @total. */
static const char *
find_body (const char *answer, gsize received, gsize *total)
{
  const char *end = answer != NULL ? memmem (answer, received, "\r\n\r\n", 4) : NULL;
  const char *length;

  if (end == NULL || answer == NULL)
    return NULL;
  length = memmem (answer, end - answer, "Content-Length: ", 16);
  if (length == NULL)
    length = memmem (answer, end - answer, "content-length: ", 16);
  if (length == NULL)
    g_error ("an answer without a length: %.*s", (int) (end - answer), answer);
  *total = (gsize) (end + 4 - answer) + strtoull (length + 16, NULL, 10);
  return end + 4;
}

static void
note_wrong (Load *self, const Connection *connection)
{
  self->result->wrong++;
  if (self->result->first_wrong == NULL)
    self->result->first_wrong = g_strndup (connection->answer, MIN (connection->received, 600));
}

static void
check_answer (Load *self, const Connection *connection)
{
  const LoadRequest *request = connection->request;
  gsize total;
  const char *body = find_body (connection->answer, connection->received, &total);
  gsize length = connection->answer + total - body;

  if (memcmp (connection->answer, "HTTP/1.1 200 ", 13) != 0
      || (request->expected != NULL
          && (length != request->expected_length || memcmp (body, request->expected, length) != 0)))
    note_wrong (self, connection);
}

static void
send_some (Connection *self)
{
  while (self->sent < self->request->length)
    {
      gssize written = send (self->socket, self->request->bytes + self->sent,
                             self->request->length - self->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (written < 0)
        return;
      self->sent += written;
    }
}

static void
begin_request (Load *self, Connection *connection)
{
  connection->request =
      g_ptr_array_index (self->plan->requests, (*self->plan->next)++ % self->plan->requests->len);
  connection->sent = 0;
  connection->received = 0;
  connection->expected = 0;
  connection->start_ns = now_ns ();
  send_some (connection);
}

static void
finish_request (Load *self, Connection *connection)
{
  if (self->is_warm)
    {
      if (self->n_samples < SAMPLES_MAX)
        self->samples_ns[self->n_samples++] = (guint32) MIN (now_ns () - connection->start_ns, G_MAXUINT32);
      self->result->count++;
    }
  check_answer (self, connection);
  begin_request (self, connection);
}

static void
receive_some (Load *self, Connection *connection)
{
  gssize length = recv (connection->socket, connection->answer + connection->received,
                        BUFFER_BYTES - connection->received, MSG_DONTWAIT);

  if (length <= 0)
    {
      if (length < 0 && errno == EAGAIN)
        return;
      note_wrong (self, connection);
      g_error ("a connection ended: %s", self->result->first_wrong);
    }
  connection->received += length;
  if (connection->expected == 0)
    find_body (connection->answer, connection->received, &connection->expected);
  if (connection->expected != 0 && connection->received >= connection->expected)
    finish_request (self, connection);
}

static void
open_connections (Load *self)
{
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->connections = g_new0 (Connection, self->plan->n_connections);
  for (guint i = 0; i < self->plan->n_connections; i++)
    {
      Connection *connection = &self->connections[i];
      struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection };

      connection->socket = connect_to (&self->plan->server);
      connection->answer = g_malloc (BUFFER_BYTES);
      begin_request (self, connection);
      epoll_ctl (self->epoll, EPOLL_CTL_ADD, connection->socket, &event);
    }
}

static void
close_connections (Load *self)
{
  for (guint i = 0; i < self->plan->n_connections; i++)
    {
      close (self->connections[i].socket);
      g_free (self->connections[i].answer);
    }
  g_free (self->connections);
  close (self->epoll);
}

static int
compare_samples (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static void
summarise (Load *self, double seconds)
{
  qsort (self->samples_ns, self->n_samples, sizeof *self->samples_ns, compare_samples);
  self->result->seconds = seconds;
  if (self->n_samples == 0)
    return;
  self->result->p50_us = self->samples_ns[self->n_samples / 2] / 1e3;
  self->result->p99_us = self->samples_ns[self->n_samples * 99 / 100] / 1e3;
}

void
load_run (const LoadPlan *plan, LoadResult *result)
{
  Load self = { .plan = plan, .result = result };
  gint64 start_ns = now_ns ();
  gint64 warm_ns = start_ns + (gint64) (plan->seconds * WARM_UP_SHARE * 1e9);
  gint64 end_ns = warm_ns + (gint64) (plan->seconds * 1e9);
  gint64 round_ns = start_ns;

  *result = (LoadResult) { 0 };
  self.samples_ns = g_new (guint32, SAMPLES_MAX);
  open_connections (&self);
  while (round_ns < end_ns)
    {
      struct epoll_event events[64];
      int count = epoll_wait (self.epoll, events, G_N_ELEMENTS (events), 1000);

      for (int i = 0; i < count; i++)
        {
          Connection *connection = events[i].data.ptr;

          if ((events[i].events & EPOLLOUT) != 0)
            send_some (connection);
          if ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
            receive_some (&self, connection);
        }
      round_ns = now_ns ();
      self.is_warm = round_ns >= warm_ns;
    }
  close_connections (&self);
  summarise (&self, (round_ns - warm_ns) / 1e9);
  g_free (self.samples_ns);
}

void
load_result_clear (LoadResult *self)
{
  g_free (self->first_wrong);
}

char *
load_ask (const struct sockaddr_in *server, const LoadRequest *request, guint *status)
{
  Connection connection = { .socket = connect_to (server), .request = request };
  g_autofree char *answer = g_malloc (BUFFER_BYTES);
  const char *body = NULL;
  char *result = NULL;

  connection.answer = answer;
  while (connection.sent < request->length)
    send_some (&connection);
  while (connection.expected == 0 || connection.received < connection.expected)
    {
      gssize length =
          recv (connection.socket, answer + connection.received, BUFFER_BYTES - connection.received, 0);

      if (length <= 0)
        break;
      connection.received += length;
      body = find_body (answer, connection.received, &connection.expected);
    }
  close (connection.socket);
  if (body != NULL && connection.received >= connection.expected)
    {
      *status = (guint) strtoul (answer + strlen ("HTTP/1.1 "), NULL, 10);
      result = g_strndup (body, answer + connection.expected - body);
    }
  return result;
}
