/*
 * Whose turn it is: an endpoint whose rounds are run one by one, on connections that all have something to say; and one
 * that runs by itself, on a page that takes long.
 *
 * Nothing here is timed. How far everybody has come is told by the answers that are there.
 */
#include "app/endpoint/endpoint-private.h"
#include "tests/endpoint/server.h"
#include "tests/engine/place.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_ITEMS 400
#define ITEM_BYTES 2500 /* so that the table is about a page, which takes more than a microsecond */
#define N_SCANNERS 8
#define N_SCANS 3       /* of each */
#define ROUNDS_MAX 2000
#define N_TINY 4000
#define N_PAGES_MAX 50  /* on a busy machine who asks in the middle of one may come late */

typedef struct
{
  HrDatabases *databases;
  HrEndpoint *endpoint;
} House;

/* A connection whose requests have been sent, and what has come back. */
typedef struct
{
  int socket;
  GString *received;
  guint n_answers;
} Guest;

static void
house_open (House *self)
{
  const HrEndpointOptions options = { .gate = { .is_loopback = TRUE } };
  const HrDatabasesOptions databases = { .path = NULL };
  HrListeners listeners = { .count = 0 };
  g_autoptr (GError) error = NULL;

  self->databases = hr_databases_new (&databases, &error);
  g_assert_no_error (error);
  self->endpoint = hr_endpoint_new (&listeners, self->databases, &options, &error);
  g_assert_no_error (error);
  self->endpoint->large_max_us = 1; /* one a round */
}

static void
house_close (House *self)
{
  hr_endpoint_free (self->endpoint);
  hr_databases_free (self->databases);
}

static void
guest_come (Guest *self, const House *house)
{
  struct sockaddr_storage address = { .ss_family = AF_UNIX };
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  MHD_add_connection (house->endpoint->daemon, ends[0], (struct sockaddr *) &address, sizeof address);
  *self = (Guest) { .socket = ends[1], .received = g_string_new (NULL) };
}

static void
guest_go (Guest *self)
{
  close (self->socket);
  g_string_free (self->received, TRUE);
}

static void
guest_send (const Guest *self, const char *operation, const char *body)
{
  g_autofree char *request = make_request (operation, "us-east-1", body);

  g_assert_true (client_send (self->socket, request, strlen (request)));
}

/* Takes what has come; each answer begins with a status line that no item has. */
static void
guest_look (Guest *self)
{
  char piece[65536];
  gssize length;
  const char *place;

  while ((length = recv (self->socket, piece, sizeof piece, MSG_DONTWAIT)) > 0)
    g_string_append_len (self->received, piece, length);
  self->n_answers = 0;
  for (place = self->received->str; (place = strstr (place, "HTTP/1.1 ")) != NULL; place++)
    {
      g_assert_true (g_str_has_prefix (place, "HTTP/1.1 200 "));
      self->n_answers++;
    }
}

/* Until so many answers have come. */
static void
wait_for (const House *house, Guest *guest, guint n_answers)
{
  for (guint i = 0; guest->n_answers < n_answers && i < ROUNDS_MAX; i++)
    {
      hr_endpoint_run_round (house->endpoint);
      guest_look (guest);
    }
  g_assert_cmpuint (guest->n_answers, >=, n_answers);
}

static void
fill (const House *house)
{
  g_autofree char *text = g_strnfill (ITEM_BYTES, 'x');
  Guest guest;

  guest_come (&guest, house);
  guest_send (&guest, "CreateTable",
              "{\"TableName\":\"things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
              "{\"AttributeName\":\"pk\",\"AttributeType\":\"N\"}],\"KeySchema\":[{\"AttributeName\":\"pk\","
              "\"KeyType\":\"HASH\"}]}");
  wait_for (house, &guest, 1);
  for (guint i = 0; i < N_ITEMS; i += 25)
    {
      g_autoptr (GString) body = g_string_new ("{\"RequestItems\":{\"things\":[");

      for (guint j = i; j < i + 25; j++)
        g_string_append_printf (body, "%s{\"PutRequest\":{\"Item\":{\"pk\":{\"N\":\"%u\"},\"t\":{\"S\":\"%s\"}}}}",
                                j > i ? "," : "", j, text);
      g_string_append (body, "]}}");
      guest_send (&guest, "BatchWriteItem", body->str);
      wait_for (house, &guest, i / 25 + 2);
    }
  guest_go (&guest);
}

static void
send_scans (const Guest *guests)
{
  for (guint i = 0; i < N_SCANNERS; i++)
    for (guint j = 0; j < N_SCANS; j++)
      guest_send (&guests[i], "Scan", "{\"TableName\":\"things\",\"FilterExpression\":\"attribute_exists(nothing)\"}");
}

static guint
look_at_all (Guest *guests)
{
  guint sum = 0;

  for (guint i = 0; i < N_SCANNERS; i++)
    {
      guest_look (&guests[i]);
      sum += guests[i].n_answers;
    }
  return sum;
}

/* While many scan, a small request that comes is answered before most of them. */
static void
test_small_first (void)
{
  Guest scanners[N_SCANNERS];
  Guest guest;
  House house;
  guint before;

  house_open (&house);
  fill (&house);
  for (guint i = 0; i < N_SCANNERS; i++)
    guest_come (&scanners[i], &house);
  guest_come (&guest, &house);
  send_scans (scanners);
  hr_endpoint_run_round (house.endpoint);
  for (guint i = 1; i <= 3; i++)
    {
      before = look_at_all (scanners);
      guest_send (&guest, "GetItem", "{\"TableName\":\"things\",\"Key\":{\"pk\":{\"N\":\"7\"}}}");
      wait_for (&house, &guest, i);
      g_assert_cmpuint (look_at_all (scanners) - before, <=, 2);
    }
  for (guint i = 0; i < N_SCANNERS; i++)
    guest_go (&scanners[i]);
  guest_go (&guest);
  house_close (&house);
}

/* Everybody has as many answers as the others; the daemon may take two requests of one connection at a time. */
static void
test_in_turns (void)
{
  Guest scanners[N_SCANNERS];
  House house;
  guint n_rounds = 0;

  house_open (&house);
  fill (&house);
  for (guint i = 0; i < N_SCANNERS; i++)
    guest_come (&scanners[i], &house);
  send_scans (scanners);
  while (look_at_all (scanners) < N_SCANNERS * N_SCANS && n_rounds++ < ROUNDS_MAX)
    {
      guint least = G_MAXUINT;
      guint most = 0;

      hr_endpoint_run_round (house.endpoint);
      look_at_all (scanners);
      for (guint i = 0; i < N_SCANNERS; i++)
        {
          least = MIN (least, scanners[i].n_answers);
          most = MAX (most, scanners[i].n_answers);
        }
      g_assert_cmpuint (most - least, <=, 2);
    }
  g_assert_cmpuint (look_at_all (scanners), ==, N_SCANNERS * N_SCANS);
  for (guint i = 0; i < N_SCANNERS; i++)
    guest_go (&scanners[i]);
  house_close (&house);
}

/* Those who leave while they wait are not waited for. */
static void
test_leaving (void)
{
  Guest scanners[N_SCANNERS];
  House house;

  house_open (&house);
  fill (&house);
  for (guint i = 0; i < N_SCANNERS; i++)
    guest_come (&scanners[i], &house);
  send_scans (scanners);
  hr_endpoint_run_round (house.endpoint);
  for (guint i = 0; i < N_SCANNERS; i += 2)
    guest_go (&scanners[i]);
  for (guint i = 1; i < N_SCANNERS; i += 2)
    {
      wait_for (&house, &scanners[i], N_SCANS);
      guest_go (&scanners[i]);
    }
  for (guint i = 0; !g_queue_is_empty (&house.endpoint->clients) && i < ROUNDS_MAX; i++)
    hr_endpoint_run_round (house.endpoint);
  g_assert_true (g_queue_is_empty (&house.endpoint->clients));
  g_assert_cmpuint (house.endpoint->large->len, ==, 0);
  g_assert_cmpuint (house.endpoint->buffered_bytes, ==, 0);
  house_close (&house);
}

/* Keeps a server busy with one request that takes long: many items, and much to ask of each. */
static char *
make_long_scan (void)
{
  GString *body = g_string_new ("{\"TableName\":\"tiny\",\"Select\":\"COUNT\",\"ExpressionAttributeValues\":"
                                "{\":v\":{\"N\":\"1000\"}},\"FilterExpression\":\"size(pk) > :v");

  for (guint i = 0; i < 120; i++)
    g_string_append (body, " OR size(pk) > :v");
  g_string_append (body, "\"}");
  return g_string_free (body, FALSE);
}

static void
fill_tiny (int client)
{
  g_auto (Answer) answer = { 0 };

  client_call (client, "CreateTable",
               "{\"TableName\":\"tiny\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
               "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\","
               "\"KeyType\":\"HASH\"}]}",
               &answer);
  for (guint i = 0; i < N_TINY; i += 25)
    {
      g_autoptr (GString) body = g_string_new ("{\"RequestItems\":{\"tiny\":[");

      for (guint j = i; j < i + 25; j++)
        g_string_append_printf (body, "%s{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"%u\"}}}}", j > i ? "," : "", j);
      g_string_append (body, "]}}");
      client_call (client, "BatchWriteItem", body->str, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
    }
}

static gboolean
has_answer (int client)
{
  char piece;

  return recv (client, &piece, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

/* Reads and writes of one item are answered while a page of others is still being read. */
static void
test_in_the_middle (gconstpointer data)
{
  gboolean is_file = GPOINTER_TO_INT (data);
  g_auto (Place) place = { 0 };
  Server server;
  g_autofree char *scan = make_long_scan ();
  g_autofree char *request = make_request ("Scan", "us-east-1", scan);
  g_auto (Answer) answer = { 0 };
  guint n_answers = 0;
  int busy, client;

  place_init (&place);
  server_start (&server, NULL, is_file ? place.path : NULL);
  busy = server_connect (&server);
  client = server_connect (&server);
  fill_tiny (client);
  for (guint i = 0; n_answers <= 3 && i < N_PAGES_MAX; i++)
    {
      g_assert_true (client_send (busy, request, strlen (request)));
      while (!has_answer (busy))
        {
          client_call (client, "PutItem", "{\"TableName\":\"tiny\",\"Item\":{\"pk\":{\"S\":\"new\"}}}", &answer);
          g_assert_cmpuint (answer.status, ==, 200);
          client_call (client, "GetItem", "{\"TableName\":\"tiny\",\"Key\":{\"pk\":{\"S\":\"new\"}}}", &answer);
          g_assert_cmpstr (answer.body, ==, "{\"Item\":{\"pk\":{\"S\":\"new\"}}}");
          n_answers += has_answer (busy) ? 0 : 1; /* which would have been sent before */
        }
      client_receive (busy, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
    }
  g_test_message ("%u in the middle", n_answers);
  g_assert_cmpuint (n_answers, >, 3);
  close (busy);
  close (client);
  server_stop (&server);
}

/* Whoever asked leaves in the middle; afterwards the table can go. */
static void
test_leaving_in_the_middle (void)
{
  Server server;
  g_autofree char *scan = make_long_scan ();
  g_autofree char *request = make_request ("Scan", "us-east-1", scan);
  g_auto (Answer) answer = { 0 };
  int client;

  server_start (&server, NULL, NULL);
  client = server_connect (&server);
  fill_tiny (client);
  for (guint i = 0; i < 3; i++)
    {
      int busy = server_connect (&server);

      g_assert_true (client_send (busy, request, strlen (request)));
      client_call (client, "GetItem", "{\"TableName\":\"tiny\",\"Key\":{\"pk\":{\"S\":\"1\"}}}", &answer);
      close (busy);
      client_call (client, "GetItem", "{\"TableName\":\"tiny\",\"Key\":{\"pk\":{\"S\":\"1\"}}}", &answer);
      g_assert_cmpuint (answer.status, ==, 200);
    }
  g_assert_true (client_send (client, request, strlen (request)));
  client_receive (client, &answer);
  client_call (client, "DeleteTable", "{\"TableName\":\"tiny\"}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  close (client);
  server_stop (&server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/fairness/small-first", test_small_first);
  g_test_add_func ("/endpoint/fairness/in-turns", test_in_turns);
  g_test_add_func ("/endpoint/fairness/leaving", test_leaving);
  g_test_add_data_func ("/endpoint/fairness/in-the-middle/memory", GINT_TO_POINTER (FALSE), test_in_the_middle);
  g_test_add_data_func ("/endpoint/fairness/in-the-middle/file", GINT_TO_POINTER (TRUE), test_in_the_middle);
  g_test_add_func ("/endpoint/fairness/leaving-in-the-middle", test_leaving_in_the_middle);
  return g_test_run ();
}
