/*
 * Any bytes as what comes in on a connection, cut into pieces as long as the first byte says (0: all at once).
 *
 * Two endpoints get them, one of which wants signatures. What comes back is a row of answers, each as long as its head
 * says, and those that claim to be JSON are; once the connection has ended nothing of it is left.
 */
#include "app/endpoint/endpoint-private.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROUNDS_MAX 50

typedef struct
{
  HrEngine *engine;
  HrDatabases *databases;
  HrEndpoint *endpoint;
} Server;

static const char create[] =
    "{\"TableName\":\"things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"pk\","
    "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}";

static const char *const origins[] = { "https://example.org", NULL };

static const HrEndpointOptions open_options = {
  .gate = { .origins = origins, .is_loopback = TRUE },
};

static const HrEndpointOptions closed_options = {
  .gate = { .is_loopback = FALSE },
  .key = "key",
  .secret = "secret",
};

static void
server_start (Server *self, const HrEndpointOptions *options)
{
  HrDatabasesOptions databases = { .path = NULL };
  HrListeners listeners = { .count = 0 };
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrApi api = { .engine = NULL };

  self->engine = hr_engine_open (NULL, NULL, NULL);
  api.engine = self->engine;
  g_assert_cmpuint (hr_api_call (&api, "CreateTable", create, strlen (create), arena, NULL, NULL, &out, NULL), ==, 200);
  databases.engine = self->engine;
  self->databases = hr_databases_new (&databases, NULL);
  self->endpoint = hr_endpoint_new (&listeners, self->databases, options, NULL);
  g_assert_nonnull (self->endpoint);
}

/* FALSE when the other side has closed. */
static gboolean
receive (int client, GString *answers)
{
  char piece[16384];
  gssize length;

  while ((length = recv (client, piece, sizeof piece, MSG_DONTWAIT)) > 0)
    g_string_append_len (answers, piece, length);
  return length < 0;
}

static void
exchange (Server *self, const guint8 *data, gsize size, GString *answers)
{
  struct sockaddr_storage address = { .ss_family = AF_UNIX };
  gsize step = size > 0 && data[0] > 0 ? data[0] : MAX (size, 1);
  gboolean is_open = TRUE;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  MHD_add_connection (self->endpoint->daemon, ends[0], (struct sockaddr *) &address, sizeof address);
  for (gsize i = 1; is_open && i < size; i += step)
    {
      is_open = send (ends[1], data + i, MIN (step, size - i), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
      hr_endpoint_run_round (self->endpoint);
      is_open = receive (ends[1], answers) && is_open;
    }
  shutdown (ends[1], SHUT_WR);
  for (guint i = 0; is_open && i < ROUNDS_MAX; i++)
    {
      hr_endpoint_run_round (self->endpoint);
      is_open = receive (ends[1], answers);
    }
  close (ends[1]);
  for (guint i = 0; !g_queue_is_empty (&self->endpoint->clients) && i < ROUNDS_MAX; i++)
    hr_endpoint_run_round (self->endpoint);
}

static void
check_json (const char *body, gsize length)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonError error;

  g_assert_nonnull (hr_json_parse (arena, body, length, 512, &error));
}

/* The length of the answer that begins here. */
static gsize
check_answer (const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  const char *length_text = strstr (text, "\r\nContent-Length: ");
  const char *type = strstr (text, "\r\nContent-Type: " HR_JSON_TYPE "\r\n");
  const char *body;
  gsize length;

  g_assert_true (g_str_has_prefix (text, "HTTP/1."));
  g_assert_nonnull (end);
  body = end + 4;
  if (g_str_has_prefix (text + strlen ("HTTP/1.x "), "100 "))
    return (gsize) (body - text);
  g_assert_true (length_text != NULL && length_text < end);
  length = strtoul (length_text + strlen ("\r\nContent-Length: "), NULL, 10);
  if (length > 0 && (*body == '\0' || g_str_has_prefix (body, "HTTP/1.")))
    length = 0; /* to a HEAD */
  g_assert_cmpuint (strlen (body), >=, length);
  if (length > 0 && type != NULL && type < end)
    check_json (body, length);
  return (gsize) (body - text) + length;
}

static void
check_server (Server *self, const guint8 *data, gsize size)
{
  g_autoptr (GString) answers = g_string_new (NULL);

  g_assert_true (hr_engine_begin (self->engine, NULL));
  exchange (self, data, size, answers);
  g_assert_true (hr_engine_rollback (self->engine, NULL));
  g_assert_cmpuint (strlen (answers->str), ==, answers->len);
  for (gsize i = 0; i < answers->len;)
    i += check_answer (answers->str + i);
  g_assert_true (g_queue_is_empty (&self->endpoint->clients));
  g_assert_cmpuint (self->endpoint->queue->len, ==, 0);
  g_assert_cmpuint (self->endpoint->buffered_bytes, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static Server servers[2];

  if (servers[0].endpoint == NULL)
    {
      server_start (&servers[0], &open_options);
      server_start (&servers[1], &closed_options);
    }
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    check_server (&servers[i], data, size);
  return 0;
}
