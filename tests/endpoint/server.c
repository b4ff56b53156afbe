/*
 * The endpoint under test and a plain client. server.h says what they do.
 */
#include "tests/endpoint/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define WAIT_S 120 /* for an answer that does not come; a busy machine may need long for one that does */

static gpointer
run_cb (gpointer data)
{
  Server *self = data;

  hr_endpoint_run (self->endpoint, self->stop);
  return NULL;
}

void
server_start (Server *self, const HrEndpointOptions *options, const char *path)
{
  const HrEndpointOptions defaults = { .gate = { .is_loopback = TRUE } };
  HrDatabasesOptions databases = { .path = path, .sync = HR_SYNC_FULL };
  HrListeners listeners;
  GError *error = NULL;

  g_assert_true (hr_listeners_open (&listeners, "127.0.0.1", 0, &error));
  g_assert_no_error (error);
  self->port = listeners.port;
  self->stop = eventfd (0, EFD_CLOEXEC);
  self->databases = hr_databases_new (&databases, &error);
  g_assert_no_error (error);
  self->endpoint =
      hr_endpoint_new (&listeners, self->databases, options != NULL ? options : &defaults, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("endpoint", run_cb, self);
}

void
server_stop (Server *self)
{
  guint64 one = 1;

  g_assert_cmpint (write (self->stop, &one, sizeof one), ==, sizeof one);
  g_thread_join (self->thread);
  hr_endpoint_free (self->endpoint);
  hr_databases_free (self->databases);
  close (self->stop);
}

int
server_connect (const Server *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  struct timeval timeout = { WAIT_S, 0 };
  int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_port = g_htons (self->port);
  g_assert_cmpint (client, >=, 0);
  g_assert_cmpint (connect (client, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (client, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  return client;
}

void
answer_clear (Answer *self)
{
  g_free (self->head);
  g_free (self->body);
  *self = (Answer) { 0 };
}

gboolean
client_send (int client, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize sent = send (client, data, length, MSG_NOSIGNAL);

      if (sent <= 0)
        return FALSE;
      data += sent;
      length -= sent;
    }
  return TRUE;
}

/* The head ends with an empty line, and its Content-Length says how much follows. */
static gboolean
is_complete (const GString *text, gsize *head_length, gsize *body_length)
{
  const char *end = strstr (text->str, "\r\n\r\n");
  const char *length = strstr (text->str, "\r\nContent-Length: ");

  if (end == NULL)
    return FALSE;
  *head_length = end + 4 - text->str;
  *body_length =
      length != NULL && length < end ? strtoul (length + strlen ("\r\nContent-Length: "), NULL, 10) : 0;
  return text->len >= *head_length + *body_length;
}

void
client_receive (int client, Answer *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize head_length;
  gsize body_length;

  answer_clear (answer);
  while (!is_complete (text, &head_length, &body_length))
    {
      char piece[65536];
      gssize length = recv (client, piece, sizeof piece, 0);

      if (length <= 0)
        return;
      g_string_append_len (text, piece, length);
    }
  answer->status = (guint) strtoul (text->str + strlen ("HTTP/1.1 "), NULL, 10);
  answer->head = g_strndup (text->str, head_length);
  answer->body = g_strndup (text->str + head_length, body_length);
  answer->body_length = body_length;
}

gboolean
client_is_closed (int client, int timeout_ms)
{
  gint64 end_us = g_get_monotonic_time () + timeout_ms * 1000;

  while (g_get_monotonic_time () < end_us)
    {
      struct pollfd wanted = { .fd = client, .events = POLLIN };
      char piece[4096];
      gssize length = poll (&wanted, 1, 20) > 0 ? recv (client, piece, sizeof piece, MSG_DONTWAIT) : 1;

      if (length == 0 || (length < 0 && errno != EAGAIN))
        return TRUE;
    }
  return FALSE;
}

char *
make_request (const char *operation, const char *region, const char *body)
{
  const HrOperation *known = hr_operation_find (operation);

  return g_strdup_printf ("POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: %s.%s\r\n"
                          "Authorization: AWS4-HMAC-SHA256 Credential=key/20261120/%s/dynamodb/aws4_request, "
                          "SignedHeaders=host, Signature=0\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          known != NULL ? hr_operation_get_service (known) : "DynamoDB_20120810", operation, region,
                          strlen (body), body);
}

void
client_call (int client, const char *operation, const char *body, Answer *answer)
{
  g_autofree char *request = make_request (operation, "us-east-1", body);

  g_assert_true (client_send (client, request, strlen (request)));
  client_receive (client, answer);
}
