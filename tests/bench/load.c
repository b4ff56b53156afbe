/*
 * The load generator. load.h says what it does.
 */

#include "tests/bench/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFER_BYTES ((gsize) 64 * 1024) /* at first */
#define SAMPLES_MAX (4 * 1024 * 1024)
#define WARM_UP_SHARE 0.1
#define TICK_NS 1000000
#define LOW_PRIORITY 10

typedef struct
{
  int socket;
  LoadRequest *request;
  gsize sent;
  char *answer;
  gsize capacity;
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

static void
connection_open (Connection *self, const struct sockaddr_in *server)
{
  self->socket = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->socket < 0 || connect (self->socket, (const struct sockaddr *) server, sizeof *server) != 0)
    g_error ("cannot connect: %s", g_strerror (errno));
  self->capacity = BUFFER_BYTES;
  self->answer = g_malloc (self->capacity);
}

static void
connection_close (Connection *self)
{
  close (self->socket);
  g_free (self->answer);
}

/* Where the body begins, or NULL; the length of the whole answer through @total. */
static const char *
find_body (const char *answer, gsize received, gsize *total)
{
  const char *end = answer != NULL ? memmem (answer, received, "\r\n\r\n", 4) : NULL;
  const char *length;

  if (end == NULL)
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

static gboolean
is_expected (Load *self, const LoadRequest *request, const char *body, gsize length)
{
  if (request->expected == NULL
      || (length == request->expected_length && memcmp (body, request->expected, length) == 0))
    return TRUE;
  return self->plan->compare != NULL && self->plan->compare (body, length, request->expected);
}

static void
check_answer (Load *self, Connection *connection)
{
  gsize total = 0;
  const char *body = find_body (connection->answer, connection->received, &total);
  gsize length = connection->answer + total - body;

  if (memcmp (connection->answer, "HTTP/1.1 200 ", 13) == 0
      && is_expected (self, connection->request, body, length))
    connection->request->n_done++;
  else
    note_wrong (self, connection);
}

/* At most @length bytes of what has not been sent. */
static void
send_some (Connection *self, gsize length)
{
  gsize end = MIN (self->request->length, self->sent + length);

  while (self->sent < end)
    {
      gssize written =
          send (self->socket, self->request->bytes + self->sent, end - self->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

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
  if (!self->plan->is_slow)
    send_some (connection, G_MAXSSIZE);
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

static gssize
receive_piece (Connection *self, int flags)
{
  gssize length;

  if (self->received == self->capacity)
    {
      self->capacity = MAX (2 * self->capacity, self->expected);
      self->answer = g_realloc (self->answer, self->capacity);
    }
  length = recv (self->socket, self->answer + self->received, self->capacity - self->received, flags);
  if (length > 0)
    self->received += length;
  if (length > 0 && self->expected == 0)
    find_body (self->answer, self->received, &self->expected);
  return length;
}

/* All that there is: the loop hears of it only once. */
static void
receive_some (Load *self, Connection *connection)
{
  gssize length;

  while ((length = receive_piece (connection, MSG_DONTWAIT)) > 0)
    if (connection->expected != 0 && connection->received >= connection->expected)
      finish_request (self, connection);
  if (length < 0 && errno == EAGAIN)
    return;
  note_wrong (self, connection);
  g_error ("a connection ended: %s", self->result->first_wrong);
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

      connection_open (connection, &self->plan->server);
      begin_request (self, connection);
      epoll_ctl (self->epoll, EPOLL_CTL_ADD, connection->socket, &event);
    }
}

static void
close_connections (Load *self)
{
  for (guint i = 0; i < self->plan->n_connections; i++)
    connection_close (&self->connections[i]);
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

static void
run_round (Load *self)
{
  struct epoll_event events[64];
  int count = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), self->plan->is_slow ? 1 : 1000);

  for (int i = 0; i < count; i++)
    {
      Connection *connection = events[i].data.ptr;

      if ((events[i].events & EPOLLOUT) != 0 && !self->plan->is_slow)
        send_some (connection, G_MAXSSIZE);
      if ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
        receive_some (self, connection);
    }
}

static void
run_alone (const LoadPlan *plan, LoadResult *result)
{
  Load self = { .plan = plan, .result = result };
  gint64 start_ns = now_ns ();
  gint64 warm_ns = start_ns + (gint64) (plan->seconds * WARM_UP_SHARE * 1e9);
  gint64 end_ns = warm_ns + (gint64) (plan->seconds * 1e9);
  gint64 tick_ns = start_ns;
  gint64 round_ns = start_ns;

  *result = (LoadResult) { 0 };
  self.samples_ns = g_new (guint32, SAMPLES_MAX);
  open_connections (&self);
  while (round_ns < end_ns)
    {
      run_round (&self);
      for (guint i = 0; plan->is_slow && round_ns >= tick_ns && i < plan->n_connections; i++)
        send_some (&self.connections[i], 1);
      if (round_ns >= tick_ns)
        tick_ns += TICK_NS;
      round_ns = now_ns ();
      self.is_warm = round_ns >= warm_ns;
    }
  close_connections (&self);
  summarise (&self, (round_ns - warm_ns) / 1e9);
  g_free (self.samples_ns);
}

typedef struct
{
  LoadPlan plan;
  LoadResult result;
} Beside;

static gpointer
run_beside_cb (gpointer data)
{
  Beside *self = data;

  setpriority (PRIO_PROCESS, 0, LOW_PRIORITY); /* of this thread alone */
  run_alone (&self->plan, &self->result);
  return NULL;
}

void
load_run (const LoadPlan *plan, LoadResult *result, LoadResult *beside)
{
  Beside other = { .result = { 0 } };
  GThread *thread = NULL;

  if (plan->beside != NULL)
    {
      other.plan = *plan->beside;
      other.plan.seconds = plan->seconds;
      thread = g_thread_new ("beside", run_beside_cb, &other);
    }
  run_alone (plan, result);
  g_clear_pointer (&thread, g_thread_join);
  if (beside != NULL)
    *beside = other.result;
  else
    load_result_clear (&other.result);
}

void
load_result_clear (LoadResult *self)
{
  g_free (self->first_wrong);
}

char *
load_ask (const struct sockaddr_in *server, LoadRequest *request, guint *status)
{
  Connection connection = { .request = request };
  char *result = NULL;
  gssize length;

  connection_open (&connection, server);
  while (connection.sent < request->length
         && (length = send (connection.socket, request->bytes + connection.sent, request->length - connection.sent,
                            MSG_NOSIGNAL)) > 0)
    connection.sent += length;
  while (connection.expected == 0 || connection.received < connection.expected)
    if (receive_piece (&connection, 0) <= 0)
      break;
  if (connection.expected != 0 && connection.received >= connection.expected)
    {
      gsize total;
      const char *body = find_body (connection.answer, connection.received, &total);

      *status = (guint) strtoul (connection.answer + strlen ("HTTP/1.1 "), NULL, 10);
      result = g_strndup (body, connection.answer + total - body);
    }
  connection_close (&connection);
  return result;
}
