/*
 * Power cuts under several clients at once, whose writes share commits: whoever was answered finds its write again.
 *
 * Each client puts item after item under its own partition key, every third time two in one transaction, and counts in
 * an item of its own; it stops at the first answer that is no success. So a partition must hold all that was
 * acknowledged to its client, and of the one more that was under way all or nothing.
 */
#include "tests/endpoint/server.h"

#include <string.h>
#include <unistd.h>

#include "model/engine/rows.h"
#include "tests/engine/place.h"
#include "tests/engine/power.h"

#define N_CUTS 40
#define N_CLIENTS 6
#define ROUNDS_MAX 400

typedef struct
{
  const Server *server;
  guint number;
  guint n_acknowledged;
} Client;

typedef struct
{
  guint n_items;  /* of the partition, without the counter */
  guint n_pairs;  /* second items of transactions */
  guint counter;
} Partition;

static const char create[] =
    "{\"TableName\":\"things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
    "{\"AttributeName\":\"pk\",\"AttributeType\":\"N\"},{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"},"
    "{\"AttributeName\":\"owner\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":"
    "\"HASH\"},{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],"
    ""
    "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-owner\","
    "\"KeySchema\":[{\"AttributeName\":\"owner\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}]}";

static char *
make_put (guint client, guint round, const char *mark)
{
  return g_strdup_printf ("{\"TableName\":\"things\",\"Item\":{\"pk\":{\"N\":\"%u\"},\"sk\":{\"S\":\"%06u%s\"},"
                          "\"owner\":{\"S\":\"o%u\"}}}",
                          client, round, mark, round % 5);
}

static gboolean
send_write (int socket, const char *operation, const char *body)
{
  g_autofree char *request = make_request (operation, "us-east-1", body);
  g_auto (Answer) answer = { 0 };

  if (!client_send (socket, request, strlen (request)))
    return FALSE;
  client_receive (socket, &answer);
  return answer.status == 200;
}

/* The round's item, or pair of items, and after that the count of rounds. */
static gboolean
write_round (int socket, guint client, guint round)
{
  g_autofree char *put = make_put (client, round, "");
  g_autofree char *pair = make_put (client, round, "+");
  g_autofree char *count =
      g_strdup_printf ("{\"TableName\":\"things\",\"Key\":{\"pk\":{\"N\":\"%u\"},\"sk\":{\"S\":\"count\"}},"
                       "\"UpdateExpression\":\"ADD n :one\",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}",
                       client);
  g_autofree char *both = g_strdup_printf ("{\"TransactItems\":[{\"Put\":%s},{\"Put\":%s}]}", put, pair);

  return (round % 3 == 2 ? send_write (socket, "TransactWriteItems", both) : send_write (socket, "PutItem", put))
         && send_write (socket, "UpdateItem", count);
}

static gpointer
write_cb (gpointer data)
{
  Client *self = data;
  int socket = server_connect (self->server);

  while (self->n_acknowledged < ROUNDS_MAX && write_round (socket, self->number, self->n_acknowledged))
    self->n_acknowledged++;
  close (socket);
  return NULL;
}

/* Until the power goes out. */
static void
write_from_many (const Server *server, Client *clients)
{
  GThread *threads[N_CLIENTS];

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      clients[i] = (Client) { server, i, 0 };
      threads[i] = g_thread_new ("client", write_cb, &clients[i]);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    g_thread_join (threads[i]);
}

static const HrValue *
need (const HrValue *item, const char *name)
{
  const HrValue *value = hr_map_get (item, name, strlen (name));

  g_assert_nonnull (value);
  return value;
}

static guint
read_number (const HrValue *value)
{
  HrDecimal decimal = hr_value_get_decimal (value);
  char text[HR_DECIMAL_TEXT_MAX];

  hr_decimal_format (&decimal, text);
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

static void
read_item (const HrValue *item, Partition *partitions)
{
  const HrValue *sort_key = need (item, "sk");
  guint number = read_number (need (item, "pk"));

  g_assert_cmpuint (number, <, N_CLIENTS);
  if (memcmp (sort_key->bytes, "count", 5) == 0)
    partitions[number].counter = read_number (need (item, "n"));
  else if (sort_key->bytes[sort_key->length - 1] == '+')
    partitions[number].n_pairs++;
  else
    partitions[number].n_items++;
}

static void
read_partitions (HrEngine *engine, Partition *partitions)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  HrPageRequest request = { .table = "things" };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPage page;

  do
    {
      g_assert_true (hr_engine_read_page (engine, &request, &call, &page, &error));
      for (guint i = 0; i < page.count; i++)
        read_item (&page.items[i], partitions);
      request.start_key = &page.last_key;
    }
  while (page.has_last_key);
}

/* Keys without gaps are not looked at one by one: each client's come in order, so their number says it. */
static guint
check_file (const char *path, const Client *clients)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrEngine) engine = hr_engine_open (path, NULL, &error);
  g_autofree char *difference = NULL;
  Partition partitions[N_CLIENTS] = { { 0, 0, 0 } };
  guint n_acknowledged = 0;

  g_assert_no_error (error);
  hr_engine_verify_indexes (engine, "things", &difference, &error);
  g_assert_cmpstr (difference, ==, NULL);
  g_assert_no_error (error);
  read_partitions (engine, partitions);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      guint rounds = clients[i].n_acknowledged;

      g_assert_cmpuint (partitions[i].counter, >=, rounds);
      g_assert_cmpuint (partitions[i].counter, <=, rounds + 1);
      g_assert_cmpuint (partitions[i].n_items, >=, partitions[i].counter);
      g_assert_cmpuint (partitions[i].n_items, <=, rounds + 1);
      g_assert_cmpuint (partitions[i].n_pairs, ==, partitions[i].n_items / 3);
      n_acknowledged += rounds;
    }
  return n_acknowledged;
}

static void
cut_once (guint cut, PowerLoss *loss, guint *n_acknowledged)
{
  const PowerMoment moment = { POWER_ANY_FILE, cut % 2 ? POWER_SYNC : POWER_ANY_DEED,
                               1 + cut * (cut % 2 ? 5u : 40u), cut };
  g_auto (Place) place = { 0 };
  Client clients[N_CLIENTS];
  g_auto (Answer) answer = { 0 };
  Server server;
  int client;

  place_init (&place);
  server_start (&server, NULL, place.path);
  client = server_connect (&server);
  client_call (client, "CreateTable", create, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  close (client);
  power_arm (&moment);
  write_from_many (&server, clients);
  power_cut ();
  server_stop (&server);
  power_restore (loss);
  *n_acknowledged += check_file (place.path, clients);
  power_restore (NULL);
}

static void
test_shared_commits (void)
{
  guint n_lost = 0;
  guint n_acknowledged = 0;

  for (guint i = 0; i < N_CUTS; i++)
    {
      PowerLoss loss;

      cut_once (i, &loss, &n_acknowledged);
      n_lost += loss.lost;
    }
  g_test_message ("%u rounds acknowledged, %u writes to the disk lost", n_acknowledged, n_lost);
  g_assert_cmpuint (n_acknowledged, >, 0);
  g_assert_cmpuint (n_lost, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  power_set_up ();
  g_test_add_func ("/endpoint/power-cut/shared-commits", test_shared_commits);
  return g_test_run ();
}
