/*
 * Slow clients and crowded memory, with an endpoint that has little patience.
 */
#include "tests/endpoint/server.h"
#include "tests/engine/place.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 300
#define A_WHILE_MS 60000 /* in which somebody is cut off at the latest: a busy machine has better things to do */
#define N_LARGE 30
#define LARGE_BYTES 390000

static const HrEndpointOptions impatient = { .patience_ms = PATIENCE_MS, .buffered_bytes_max = 1024 * 1024 };

static void
check_alive (const Server *server)
{
  int client = server_connect (server);
  g_auto (Answer) answer = { 0 };

  client_call (client, "ListTables", "{}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpstr (answer.body, ==, "{\"TableNames\":[]}");
  close (client);
}

static void
send_text (int client, const char *text)
{
  g_assert_true (client_send (client, text, strlen (text)));
}

static void
test_slow_head (void)
{
  Server server;
  int client;

  server_start (&server, &impatient, NULL);
  client = server_connect (&server);
  send_text (client, "POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  check_alive (&server);
  g_assert_true (client_is_closed (client, A_WHILE_MS));
  close (client);
  server_stop (&server);
}

/* Each byte comes early enough, but all of them together do not. */
static void
test_dribble (void)
{
  Server server;
  gboolean is_cut_off = FALSE;
  int client;

  server_start (&server, &impatient, NULL);
  client = server_connect (&server);
  for (guint i = 0; i < A_WHILE_MS / 50 && !is_cut_off; i++)
    is_cut_off = !client_send (client, i % 2 ? "A" : "B", 1) || client_is_closed (client, 50);
  g_assert_true (is_cut_off);
  close (client);
  server_stop (&server);
}

/* Likewise behind a request that was good. */
static void
test_dribble_later (void)
{
  Server server;
  g_auto (Answer) answer = { 0 };
  gboolean is_cut_off = FALSE;
  int client;

  server_start (&server, &impatient, NULL);
  client = server_connect (&server);
  client_call (client, "ListTables", "{}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_usleep (3 * PATIENCE_MS * 1000);
  for (guint i = 0; i < A_WHILE_MS / 50 && !is_cut_off; i++)
    is_cut_off = !client_send (client, "A", 1) || client_is_closed (client, 50);
  g_assert_true (is_cut_off);
  close (client);
  server_stop (&server);
}

static void
test_slow_body (void)
{
  Server server;
  int client;

  server_start (&server, &impatient, NULL);
  client = server_connect (&server);
  send_text (client, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
  check_alive (&server);
  g_assert_true (client_is_closed (client, A_WHILE_MS));
  close (client);
  server_stop (&server);
}

/* What was quick at first buys no time to stand still. */
static void
test_stalled_body (void)
{
  const HrEndpointOptions options = { .patience_ms = PATIENCE_MS };
  Server server;
  g_autofree char *most = g_strnfill (4 * 1024 * 1024, ' ');
  int client;

  server_start (&server, &options, NULL);
  client = server_connect (&server);
  send_text (client, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n");
  send_text (client, most);
  check_alive (&server);
  g_assert_true (client_is_closed (client, A_WHILE_MS));
  close (client);
  server_stop (&server);
}

static gsize
count_received (int client)
{
  static char piece[65536];
  gsize sum = 0;
  gssize length;

  while ((length = recv (client, piece, sizeof piece, 0)) > 0)
    sum += length;
  return sum;
}

/* Puts large items into a table; gives the body of a request that reads them all. */
static char *
fill (int client)
{
  g_autofree char *text = g_strnfill (LARGE_BYTES, 'x');
  GString *read = g_string_new ("{\"RequestItems\":{\"things\":{\"Keys\":[");
  g_auto (Answer) answer = { 0 };

  client_call (client, "CreateTable",
               "{\"TableName\":\"things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
               "{\"AttributeName\":\"pk\",\"AttributeType\":\"N\"}],\"KeySchema\":[{\"AttributeName\":\"pk\","
               "\"KeyType\":\"HASH\"}]}",
               &answer);
  for (guint i = 0; i < N_LARGE; i++)
    {
      g_autofree char *put = g_strdup_printf (
          "{\"TableName\":\"things\",\"Item\":{\"pk\":{\"N\":\"%u\"},\"t\":{\"S\":\"%s\"}}}", i, text);

      client_call (client, "PutItem", put, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
      g_string_append_printf (read, "%s{\"pk\":{\"N\":\"%u\"}}", i > 0 ? "," : "", i);
    }
  g_string_append (read, "]}}}");
  return g_string_free (read, FALSE);
}

/* An answer that nobody takes is given up. A server with patience has filled the table, and gives it to who takes
   it. */
static void
test_deaf (void)
{
  const HrEndpointOptions options = { .patience_ms = PATIENCE_MS };
  g_autofree char *read = NULL;
  g_autofree char *request = NULL;
  g_auto (Answer) answer = { 0 };
  g_auto (Place) place = { 0 };
  Server server;
  int client, deaf;

  place_init (&place);
  server_start (&server, NULL, place.path);
  client = server_connect (&server);
  read = fill (client);
  client_call (client, "BatchGetItem", read, &answer);
  g_assert_cmpuint (answer.body_length, >, N_LARGE * LARGE_BYTES);
  close (client);
  server_stop (&server);

  server_start (&server, &options, place.path);
  deaf = server_connect (&server);
  request = make_request ("BatchGetItem", "us-east-1", read);
  send_text (deaf, request);
  g_usleep (8 * PATIENCE_MS * 1000);
  g_assert_cmpuint (count_received (deaf), <, N_LARGE * LARGE_BYTES);
  close (deaf);
  server_stop (&server);
}

/* Whoever sends nothing at all may stay. */
static void
test_idle (void)
{
  Server server;
  g_auto (Answer) answer = { 0 };
  int fresh, used;

  server_start (&server, &impatient, NULL);
  fresh = server_connect (&server);
  used = server_connect (&server);
  client_call (used, "ListTables", "{}", &answer);
  g_usleep (5 * PATIENCE_MS * 1000);
  client_call (fresh, "ListTables", "{}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  client_call (used, "ListTables", "{}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  close (fresh);
  close (used);
  server_stop (&server);
}

/* Bodies that are coming in share a bound; beyond it there is an answer for whoever came last, and later there is room
   again. Which of the two that is, is the server's to say. */
static void
test_crowd (void)
{
  HrEndpointOptions options = { .buffered_bytes_max = 1024 * 1024 };
  Server server;
  g_autofree char *half = g_strnfill (600 * 1024, ' ');
  int clients[2];
  guint statuses[2];
  g_auto (Answer) answer = { 0 };

  server_start (&server, &options, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      clients[i] = server_connect (&server);
      send_text (clients[i],
                 "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                 "Content-Length: 614402\r\n\r\n");
      send_text (clients[i], half);
    }
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      send_text (clients[i], "{}");
      client_receive (clients[i], &answer);
      statuses[i] = answer.status;
    }
  g_assert_cmpuint (MIN (statuses[0], statuses[1]), ==, 200);
  g_assert_cmpuint (MAX (statuses[0], statuses[1]), ==, 503);
  check_alive (&server);
  close (clients[0]);
  close (clients[1]);
  server_stop (&server);
}

/* A request that has been received is answered although the server is told to stop. */
static void
test_farewell (void)
{
  Server server;
  g_autofree char *request = make_request ("ListTables", "us-east-1", "{}");
  g_auto (Answer) answer = { 0 };
  int client;

  for (guint i = 0; i < 20; i++)
    {
      server_start (&server, NULL, NULL);
      client = server_connect (&server);
      client_call (client, "ListTables", "{}", &answer);
      send_text (client, request);
      server_stop (&server);
      client_receive (client, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
      close (client);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/patience/slow-head", test_slow_head);
  g_test_add_func ("/endpoint/patience/dribble", test_dribble);
  g_test_add_func ("/endpoint/patience/dribble-later", test_dribble_later);
  g_test_add_func ("/endpoint/patience/slow-body", test_slow_body);
  g_test_add_func ("/endpoint/patience/stalled-body", test_stalled_body);
  g_test_add_func ("/endpoint/patience/deaf", test_deaf);
  g_test_add_func ("/endpoint/patience/idle", test_idle);
  g_test_add_func ("/endpoint/patience/crowd", test_crowd);
  g_test_add_func ("/endpoint/patience/farewell", test_farewell);
  return g_test_run ();
}
