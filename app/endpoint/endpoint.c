/*
 * The server: sockets, the daemon that speaks HTTP, and the loop around them.
 *
 * Everything runs in one thread. A request is received, carried out and answered within one round of the
 * loop, so no two cores hand anything to each other. A write whose commit is shared is complete in one round
 * and answered in the next: the daemon asks again for the answer of a complete request until it gets one,
 * which costs no system call (suspending and resuming the connection would cost four).
 */

#include "app/endpoint/endpoint-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "model/base/error.h"
#include "model/base/i18n.h"

#define BUFFERED_BYTES_MAX ((gsize) 256 * 1024 * 1024)
#define PATIENCE_MS 10000
#define IDLE_S 300          /* a connection without requests */
#define CLIENTS_MAX 4000
#define DESCRIPTORS_SPARED 64
#define MEMORY_PER_CLIENT ((gsize) 32 * 1024) /* for a head, and to receive into */
#define SWEEPS_A_PATIENCE 10
#define FAREWELL_US ((gint64) 2 * G_USEC_PER_SEC)
#define PAUSE_MAX_US ((gint64) 60 * G_USEC_PER_SEC) /* the clock may be set */
#define ROUNDS_UNSEEN 16    /* how long a busy loop may not look at its own sockets */
#define ACCEPTED_A_ROUND 32

static HrClient *
get_client (struct MHD_Connection *connection)
{
  return MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void
connection_cb (void *user_data, struct MHD_Connection *connection, void **context,
               enum MHD_ConnectionNotificationCode code)
{
  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      *context = hr_client_new (user_data, connection);
    }
  else if (*context != NULL)
    {
      hr_client_free (*context);
      *context = NULL;
    }
}

/* The request line is there: the first we hear of a request. */
static void *
request_line_cb (void *user_data, const char *uri, struct MHD_Connection *connection)
{
  HrClient *client = get_client (connection);

  hr_buffer_truncate (&client->uri, 0);
  hr_buffer_append (&client->uri, uri, strlen (uri) + 1);
  hr_client_enter (client, HR_STAGE_HEAD);
  return client;
}

static void
completed_cb (void *user_data, struct MHD_Connection *connection, void **request,
              enum MHD_RequestTerminationCode code)
{
  HrClient *client = *request;

  if (client == NULL)
    return;
  hr_endpoint_forget (client->endpoint, client);
  hr_client_reset (client);
}

/* Called with the head, with each piece of the body, and from the end of the body on until there is an
 * answer. */
static enum MHD_Result
request_cb (void *user_data, struct MHD_Connection *connection, const char *uri, const char *method,
            const char *version, const char *data, size_t *data_length, void **request)
{
  HrClient *client = *request;
  gboolean ok = TRUE;

  switch (client->stage)
    {
    case HR_STAGE_HEAD:
      ok = hr_client_begin (client, method, version);
      break;
    case HR_STAGE_BODY:
      if (*data_length > 0)
        {
          ok = hr_client_take (client, data, *data_length);
          *data_length = 0;
          break;
        }
      hr_client_dispatch (client);
      if (client->stage == HR_STAGE_READY)
        ok = hr_client_send (client);
      break;
    case HR_STAGE_READY:
      ok = hr_client_send (client);
      break;
    case HR_STAGE_IDLE:
    case HR_STAGE_WAITING:
    case HR_STAGE_SENDING:
      break;
    }
  return ok ? MHD_YES : MHD_NO;
}

/* As many as the process may have files, with some to spare. */
static guint
choose_clients_max (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return CLIENTS_MAX / 8;
  if (limit.rlim_cur < CLIENTS_MAX + DESCRIPTORS_SPARED)
    {
      limit.rlim_cur = MIN (limit.rlim_max, CLIENTS_MAX + DESCRIPTORS_SPARED);
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  return CLAMP (limit.rlim_cur, 2 * DESCRIPTORS_SPARED, CLIENTS_MAX + DESCRIPTORS_SPARED)
         - DESCRIPTORS_SPARED;
}

static gboolean
start_daemon (HrEndpoint *self)
{
  self->daemon = MHD_start_daemon (MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, request_cb, self,
                                   MHD_OPTION_NOTIFY_CONNECTION, connection_cb, self,
                                   MHD_OPTION_NOTIFY_COMPLETED, completed_cb, self,
                                   MHD_OPTION_URI_LOG_CALLBACK, request_line_cb, self,
                                   MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CLIENT,
                                   MHD_OPTION_CONNECTION_LIMIT, self->clients_max + ACCEPTED_A_ROUND,
                                   MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int) IDLE_S,
                                   MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                   MHD_OPTION_END);
  return self->daemon != NULL;
}

static gboolean
watch (HrEndpoint *self, int fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

  return epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static gboolean
set_up (HrEndpoint *self)
{
  gboolean ok;

  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->clients_max = choose_clients_max ();
  ok = self->epoll >= 0 && start_daemon (self)
       && watch (self, MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
  for (guint i = 0; ok && i < self->listeners.count; i++)
    ok = watch (self, self->listeners.sockets[i]);
  return ok;
}

HrEndpoint *
hr_endpoint_new (HrListeners *listeners, HrDatabases *databases, const HrEndpointOptions *options,
                 GError **error)
{
  g_autoptr (HrEndpoint) self = g_new0 (HrEndpoint, 1);

  self->databases = databases;
  self->listeners = *listeners;
  listeners->count = 0;
  self->options = *options;
  if (self->options.patience_ms == 0)
    self->options.patience_ms = PATIENCE_MS;
  if (self->options.buffered_bytes_max == 0)
    self->options.buffered_bytes_max = BUFFERED_BYTES_MAX;
  self->metrics = hr_metrics_new ();
  self->arena = hr_arena_new ();
  self->inner_arena = hr_arena_new ();
  self->queue = g_ptr_array_new ();
  self->large = g_ptr_array_new ();
  self->large_max_us = HR_LARGE_US;
  self->request_seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->now_us = g_get_monotonic_time ();
  if (set_up (self))
    return g_steal_pointer (&self);
  g_set_error (error, HR_ERROR, HR_ERROR_IO, _ ("the server could not be started: %s."), g_strerror (errno));
  return NULL;
}

void
hr_endpoint_free (HrEndpoint *self)
{
  if (self == NULL)
    return;
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  hr_listeners_close (&self->listeners);
  if (self->epoll >= 0)
    close (self->epoll);
  hr_metrics_free (self->metrics);
  hr_arena_free (self->arena);
  hr_arena_free (self->inner_arena);
  g_ptr_array_unref (self->queue);
  g_ptr_array_unref (self->large);
  g_free (self);
}

static void
accept_clients (HrEndpoint *self, int listener)
{
  for (guint i = 0; i < ACCEPTED_A_ROUND; i++)
    {
      struct sockaddr_storage address;
      socklen_t length = sizeof address;
      int fd = accept4 (listener, (struct sockaddr *) &address, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);

      if (fd < 0)
        return;
      hr_endpoint_make_room (self);
      MHD_add_connection (self->daemon, fd, (struct sockaddr *) &address, length);
    }
}

static gboolean
is_listener (const HrEndpoint *self, int fd)
{
  for (guint i = 0; i < self->listeners.count; i++)
    if (self->listeners.sockets[i] == fd)
      return TRUE;
  return FALSE;
}

/* How long the clients will do nothing by themselves, in milliseconds; -1: for ever. */
static int
get_clients_timeout_ms (HrEndpoint *self)
{
  int sweep_ms = (int) (self->options.patience_ms / SWEEPS_A_PATIENCE);
  MHD_UNSIGNED_LONG_LONG timeout_ms;

  if (self->queue->len > 0 || self->large->len > 0)
    return 0;
  if (g_queue_is_empty (&self->clients))
    return -1;
  if (MHD_get_timeout (self->daemon, &timeout_ms) == MHD_YES && timeout_ms < (guint) sweep_ms)
    return (int) timeout_ms;
  return sweep_ms;
}

/* The same of everything. */
static int
get_timeout_ms (HrEndpoint *self)
{
  int timeout_ms = get_clients_timeout_ms (self);
  gint64 pause_us = hr_databases_get_sweep_pause_us (self->databases);
  int pause_ms = (int) (MIN (pause_us, PAUSE_MAX_US) + 999) / 1000;

  if (pause_us == G_MAXINT64)
    return timeout_ms;
  return timeout_ms < 0 ? pause_ms : MIN (timeout_ms, pause_ms);
}

void
hr_endpoint_run_round (HrEndpoint *self)
{
  self->now_us = g_get_monotonic_time ();
  self->large_us = 0;
  MHD_run (self->daemon);
  hr_endpoint_run_large (self);
  hr_endpoint_run_queue (self);
  hr_databases_sweep (self->databases);
  if (self->now_us - self->swept_us < self->options.patience_ms * 1000 / SWEEPS_A_PATIENCE)
    return;
  self->sweep_pause_us = self->now_us - self->swept_us;
  self->swept_us = self->now_us;
  hr_endpoint_sweep (self);
}

/* Waits for something to happen, to the microsecond. */
static void
pause_for (HrEndpoint *self, gint64 time_us)
{
  struct pollfd wanted = { .fd = self->epoll, .events = POLLIN };
  struct timespec time = { time_us / G_USEC_PER_SEC, time_us % G_USEC_PER_SEC * 1000 };

  ppoll (&wanted, 1, &time, NULL);
}

/* Waits for something to do; TRUE when it is to stop. */
static gboolean
wait_for_events (HrEndpoint *self, int timeout_ms, int stop)
{
  struct epoll_event events[HR_LISTEN_MAX + 2];
  int count = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), timeout_ms);
  gboolean is_to_stop = FALSE;

  for (int i = 0; i < count; i++)
    {
      if (events[i].data.fd == stop)
        is_to_stop = TRUE;
      else if (is_listener (self, events[i].data.fd))
        accept_clients (self, events[i].data.fd);
    }
  return is_to_stop;
}

void
hr_endpoint_give_way_cb (gpointer user_data)
{
  HrEndpoint *self = user_data;

  if (self->is_giving_way)
    return;
  self->is_giving_way = TRUE;
  wait_for_events (self, 0, -1); /* who is to stop us is heard later */
  MHD_run (self->daemon);
  if (hr_endpoint_can_run_queue_inside (self))
    hr_endpoint_run_queue (self);
  self->is_giving_way = FALSE;
}

static gboolean
has_answers_under_way (HrEndpoint *self)
{
  for (GList *link = self->clients.head; link != NULL; link = link->next)
    if (((HrClient *) link->data)->stage >= HR_STAGE_WAITING)
      return TRUE;
  return FALSE;
}

/* Nobody new is let in; who has sent a request gets its answer. */
static void
say_farewell (HrEndpoint *self)
{
  gint64 end_us = g_get_monotonic_time () + FAREWELL_US;

  self->is_stopping = TRUE;
  hr_listeners_close (&self->listeners);
  do
    hr_endpoint_run_round (self);
  while (has_answers_under_way (self) && g_get_monotonic_time () < end_us && !wait_for_events (self, 1, -1));
}

void
hr_endpoint_run (HrEndpoint *self, int stop)
{
  guint unseen = 0;
  gboolean is_to_stop = !watch (self, stop);

  while (!is_to_stop)
    {
      int timeout_ms = get_timeout_ms (self);
      gint64 pause_us = hr_endpoint_get_pause_us (self);

      if (pause_us > 0)
        pause_for (self, pause_us);
      if (timeout_ms != 0 || ++unseen >= ROUNDS_UNSEEN)
        {
          unseen = 0;
          is_to_stop = wait_for_events (self, timeout_ms, stop);
        }
      hr_endpoint_run_round (self);
    }
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, stop, NULL);
  say_farewell (self);
}
