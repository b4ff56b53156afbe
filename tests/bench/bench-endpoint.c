/*
 * The endpoint under load, from the outside: a server process, and connections that wait for each answer and
 * check it.
 *
 *     bench-endpoint SERVER [ADDRESS:PORT]
 *
 * With an address it measures whoever listens there instead of SERVER in memory, so that others can be
 * compared.
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/load.h"

#define N_ITEMS 2000
#define N_SMALL 10000
#define ITEM_BYTES 1024
#define SECONDS 1.0
#define TURN_SECONDS 0.1
#define N_TURNS 21
#define STARTS 10

typedef struct
{
  pid_t pid; /* 0: somebody else's */
  struct sockaddr_in address;
} Server;

typedef GPtrArray *(*MakeRequests) (const Server *server);

typedef struct
{
  GPtrArray *requests; /* LoadRequest */
  guint next;
} Requests;

static const guint connections[] = { 1, 8, 64 };

static double
now_seconds (void)
{
  return g_get_monotonic_time () / 1e6;
}

/* Starts the server and waits until it says where it listens. */
static Server
start_server (const char *program, const char *folder, const char *sync)
{
  Server server = { .address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) } };
  g_autofree char *database = folder != NULL ? g_build_filename (folder, "bench.db", NULL) : NULL;
  const char *arguments[] = { program, "--port", "0", "--db", database, "--sync", sync, NULL };
  char line[128] = "";
  const char *colon;
  int ends[2];

  if (folder == NULL)
    arguments[3] = NULL;
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  server.pid = fork ();
  if (server.pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      execv (program, (char **) arguments);
      _exit (127);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], line, sizeof line - 1), >, 0);
  close (ends[0]);
  colon = strrchr (line, ':');
  g_assert_nonnull (colon);
  server.address.sin_port = htons ((guint16) strtoul (colon + 1, NULL, 10));
  return server;
}

static void
stop_server (Server *self)
{
  int status = -1;

  if (self->pid == 0)
    return;
  kill (self->pid, SIGTERM);
  waitpid (self->pid, &status, 0);
  g_assert_cmpint (status, ==, 0);
}

/* The number behind @label in /proc/PID/@name. */
static double
read_number (const char *name, pid_t pid, const char *label)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", (int) pid, name);
  g_autofree char *text = NULL;
  const char *place;

  if (pid == 0 || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  place = strstr (text, label);
  return place != NULL ? strtod (place + strlen (label), NULL) : 0;
}

static double
get_cpu_seconds (const Server *server)
{
  return read_number ("schedstat", server->pid, "") / 1e9;
}

static char *
ask (const Server *server, const char *operation, const char *body)
{
  LoadRequest *request = load_request_new (operation, body, NULL);
  guint status = 0;
  char *answer = load_ask (&server->address, request, &status);

  load_request_free (request);
  if (answer == NULL || status != 200)
    g_error ("%s answers %u: %s", operation, status, answer);
  return answer;
}

static void
do_ask (const Server *server, const char *operation, const char *body)
{
  g_free (ask (server, operation, body));
}

/* A request whose answer must stay what it is now, and has @marker in it. */
static void
add_read (GPtrArray *requests, const Server *server, const char *operation, const char *body,
          const char *marker)
{
  g_autofree char *answer = ask (server, operation, body);

  if (strstr (answer, marker) == NULL)
    g_error ("%s does not answer with %s: %s", operation, marker, answer);
  g_ptr_array_add (requests, load_request_new (operation, body, answer));
}

static GPtrArray *
new_requests (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) load_request_free);
}

/* Of an item of hr_bench_item_json(). */
static char *
make_key (guint number)
{
  return g_strdup_printf (
      "{\"pk\": {\"S\": \"USER#%08u\"}, \"sk\": {\"S\": \"ORDER#2026-03-02T10:%02u:%02u.%06u\"}}",
      number / 10, number / 60 % 60, number % 60, number);
}

static void
create_table (const Server *server, const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"TableName\": \"%s\", \"BillingMode\": \"PAY_PER_REQUEST\","
      " \"AttributeDefinitions\": [{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"},"
      " {\"AttributeName\": \"sk\", \"AttributeType\": \"S\"}],"
      " \"KeySchema\": [{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"},"
      " {\"AttributeName\": \"sk\", \"KeyType\": \"RANGE\"}]}",
      name);

  do_ask (server, "CreateTable", body);
}

/* Partitions of 50, about 100 bytes an item: 10 000 of them fit into a page. */
static void
fill_small (const Server *server)
{
  for (guint i = 0; i < N_SMALL; i += 25)
    {
      g_autoptr (GString) body = g_string_new ("{\"RequestItems\": {\"small\": [");

      for (guint j = i; j < i + 25; j++)
        g_string_append_printf (
            body,
            "%s{\"PutRequest\": {\"Item\": {\"pk\": {\"S\": \"LIST#%05u\"}, \"sk\": {\"S\": "
            "\"%05u\"}, \"title\": {\"S\": \"a title of medium length, %u\"}, \"rank\": {\"N\": "
            "\"%u\"}}}}",
            j > i ? ", " : "", j / 50, j, j, j % 100);
      g_string_append (body, "]}}");
      do_ask (server, "BatchWriteItem", body->str);
    }
}

static void
fill (const Server *server)
{
  create_table (server, "bench");
  create_table (server, "small");
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *item = hr_bench_item_json (i, ITEM_BYTES);
      g_autofree char *body = g_strdup_printf ("{\"TableName\": \"bench\", \"Item\": %s}", item);

      do_ask (server, "PutItem", body);
    }
  fill_small (server);
}

static GPtrArray *
make_gets (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *key = make_key (i);
      g_autofree char *body = g_strdup_printf ("{\"TableName\": \"bench\", \"Key\": %s}", key);
      g_autofree char *marker = g_strdup_printf (".%06u", i);

      add_read (requests, server, "GetItem", body, marker);
    }
  return requests;
}

static GPtrArray *
make_puts (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < 2 * N_ITEMS; i++)
    {
      g_autofree char *item = hr_bench_item_json (1000000 + i % N_ITEMS, ITEM_BYTES);
      /* the second time around each item is another one */
      g_autofree char *body = g_strdup_printf (
          "{\"TableName\": \"bench\", \"Item\": {\"round\": {\"N\": \"%u\"}, %s}", i / N_ITEMS, item + 1);

      g_ptr_array_add (requests, load_request_new ("PutItem", body, "{}"));
    }
  return requests;
}

static GPtrArray *
make_queries (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < N_SMALL / 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"TableName\": \"small\", \"KeyConditionExpression\": \"pk "
                                               "= :p\", \"ExpressionAttributeValues\": "
                                               "{\":p\": {\"S\": \"LIST#%05u\"}}}",
                                               i);

      add_read (requests, server, "Query", body, "\"Count\":50");
    }
  return requests;
}

static GPtrArray *
make_updates (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < 2 * N_ITEMS; i++)
    {
      g_autofree char *key = make_key (i % N_ITEMS);
      g_autofree char *body =
          g_strdup_printf ("{\"TableName\": \"bench\", \"Key\": %s, \"UpdateExpression\": \"SET #r = :r\", "
                           "\"ConditionExpression\": "
                           "\"attribute_exists(pk)\", \"ExpressionAttributeNames\": {\"#r\": \"round\"}, "
                           "\"ExpressionAttributeValues\": {\":r\": {\"N\": \"%u\"}}}",
                           key, i / N_ITEMS);

      g_ptr_array_add (requests, load_request_new ("UpdateItem", body, "{}"));
    }
  return requests;
}

static GPtrArray *
make_batches (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) body = g_string_new ("{\"RequestItems\": {\"bench\": [");

      for (guint j = 0; j < 25; j++)
        {
          g_autofree char *item = hr_bench_item_json (2000000 + i % 100 * 25 + j, ITEM_BYTES);

          g_string_append_printf (body, "%s{\"PutRequest\": {\"Item\": {\"round\": {\"N\": \"%u\"}, %s}}",
                                  j > 0 ? ", " : "", i / 100, item + 1);
        }
      g_string_append (body, "]}}");
      g_ptr_array_add (requests, load_request_new ("BatchWriteItem", body->str, "{\"UnprocessedItems\":{}}"));
    }
  return requests;
}

/* Two puts, an update and a check. */
static GPtrArray *
make_transactions (const Server *server)
{
  GPtrArray *requests = new_requests ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *first = hr_bench_item_json (3000000 + i % 500 * 2, ITEM_BYTES);
      g_autofree char *second = hr_bench_item_json (3000000 + i % 500 * 2 + 1, ITEM_BYTES);
      g_autofree char *updated = make_key (i % 500 * 2);
      g_autofree char *checked = make_key (i % 500 * 2 + 1);
      g_autofree char *body = g_strdup_printf (
          "{\"TransactItems\": [{\"Put\": {\"TableName\": \"bench\", \"Item\": {\"round\": {\"N\": \"%u\"}, "
          "%s}}, "
          "{\"Put\": {\"TableName\": \"bench\", \"Item\": {\"round\": {\"N\": \"%u\"}, %s}}, "
          "{\"Update\": {\"TableName\": \"bench\", \"Key\": %s, \"UpdateExpression\": \"SET turn = :t\", "
          "\"ExpressionAttributeValues\": {\":t\": {\"N\": \"%u\"}}}}, "
          "{\"ConditionCheck\": {\"TableName\": \"bench\", \"Key\": %s, \"ConditionExpression\": "
          "\"attribute_exists(pk)\"}}]}",
          i / 500, first + 1, i / 500, second + 1, updated, i / 500, checked);

      g_ptr_array_add (requests, load_request_new ("TransactWriteItems", body, "{}"));
    }
  return requests;
}

static GPtrArray *
make_scans (const Server *server)
{
  GPtrArray *requests = new_requests ();

  add_read (requests, server, "Scan",
            "{\"TableName\": \"small\", \"FilterExpression\": \"#r = :r\", \"ExpressionAttributeNames\": "
            "{\"#r\": \"rank\"}, \"ExpressionAttributeValues\": {\":r\": {\"N\": \"7\"}}}",
            "\"ScannedCount\":10000");
  return requests;
}

static const struct
{
  const char *name;
  MakeRequests make;
  gboolean writes;
} workloads[] = {
  { "GetItem, 1 KB", make_gets, FALSE },
  { "PutItem, 1 KB", make_puts, TRUE },
  { "Query of 50, 100 B", make_queries, FALSE },
  { "UpdateItem with a condition, 1 KB", make_updates, TRUE },
  { "BatchWriteItem of 25, 1 KB", make_batches, TRUE },
  { "TransactWriteItems of 4, 1 KB", make_transactions, TRUE },
  { "Scan of 10 000 with a filter", make_scans, FALSE },
};

static void
run_load (const Server *server, Requests *requests, guint n_connections, double seconds, LoadResult *result)
{
  const LoadPlan plan = { server->address, n_connections, seconds, requests->requests, &requests->next };

  load_run (&plan, result);
  if (result->wrong > 0)
    g_error ("%" G_GUINT64_FORMAT " wrong answers, the first: %s", result->wrong, result->first_wrong);
}

static void
measure (const Server *server, const char *name, Requests *requests, guint n_connections)
{
  double cpu = get_cpu_seconds (server);
  LoadResult result;
  double rate;

  run_load (server, requests, n_connections, SECONDS, &result);
  cpu = get_cpu_seconds (server) - cpu;
  rate = result.count / result.seconds;
  /* the CPU time is of the warm-up, too */
  printf ("  %-36s %3u conn. %9.0f /s  p50 %8.0f us  p99 %8.0f us  CPU %7.1f us\n", name, n_connections, rate,
          result.p50_us, result.p99_us, cpu / (rate * SECONDS * 1.1) * 1e6);
  fflush (stdout);
  load_result_clear (&result);
}

static void
measure_workloads (const Server *server, gboolean only_writes)
{

  for (guint i = 0; i < G_N_ELEMENTS (workloads); i++)
    {
      Requests requests = { NULL, 0 };

      if (only_writes && !workloads[i].writes)
        continue;
      requests.requests = workloads[i].make (server);
      for (guint j = 0; j < G_N_ELEMENTS (connections); j++)
        measure (server, workloads[i].name, &requests, connections[j]);
      g_ptr_array_unref (requests.requests);
    }
}

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *insert;
  char *record;
  guint rows;
} Bare;

static void
bare_open (Bare *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);

  self->record = g_strnfill (ITEM_BYTES, 'r');
  self->rows = 0;
  g_assert_cmpint (sqlite3_open (path, &self->db), ==, SQLITE_OK);
  sqlite3_exec (self->db,
                "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "CREATE TABLE items (key INTEGER, record BLOB, PRIMARY KEY (key)) WITHOUT ROWID",
                NULL, NULL, NULL);
  g_assert_cmpint (
      sqlite3_prepare_v2 (self->db, "REPLACE INTO items VALUES (?, ?)", -1, &self->insert, NULL), ==,
      SQLITE_OK);
}

static void
bare_close (Bare *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->db);
  g_free (self->record);
}

/* Rows of 1 KB, so many a commit, waiting for the disk each time; how many a second. */
static double
measure_bare (Bare *self, guint rows_a_commit)
{
  double start = now_seconds ();
  guint before = self->rows;

  while (now_seconds () - start < TURN_SECONDS)
    {
      sqlite3_exec (self->db, "BEGIN", NULL, NULL, NULL);
      for (guint i = 0; i < rows_a_commit; i++, self->rows++)
        {
          sqlite3_bind_int64 (self->insert, 1, (self->rows * 2654435761u) % N_ITEMS);
          sqlite3_bind_blob (self->insert, 2, self->record, ITEM_BYTES, SQLITE_STATIC);
          sqlite3_step (self->insert);
          sqlite3_reset (self->insert);
        }
      sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
    }
  return (self->rows - before) / (now_seconds () - start);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* In turns, for what else uses the disk changes from second to second. */
static void
compare_with_bare (const Server *server, Bare *bare, Requests *puts, guint size)
{
  double rates[N_TURNS];
  double ratios[N_TURNS];

  for (guint i = 0; i < N_TURNS; i++)
    {
      double bare_rate = measure_bare (bare, size);
      LoadResult result;

      run_load (server, puts, size, TURN_SECONDS, &result);
      rates[i] = result.count / result.seconds;
      ratios[i] = rates[i] / bare_rate;
      load_result_clear (&result);
    }
  qsort (rates, N_TURNS, sizeof *rates, compare_doubles);
  qsort (ratios, N_TURNS, sizeof *ratios, compare_doubles);
  printf ("  PutItem over %2u connections %12.0f /s, %5.2f x bare SQLite FULL in commits of as many rows\n", size,
          rates[N_TURNS / 2], ratios[N_TURNS / 2]);
  fflush (stdout);
}

static void
measure_on_disk (const char *program, const char *sync)
{
  g_autofree char *folder = g_dir_make_tmp ("hashrange-bench-XXXXXX", NULL);
  Server server = start_server (program, folder, sync);

  printf ("On disk, --sync %s\n", sync);
  fill (&server);
  measure_workloads (&server, TRUE);
  if (strcmp (sync, "full") == 0)
    {
      Requests puts = { make_puts (&server), 0 };
      Bare bare;

      bare_open (&bare, folder);
      for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
        compare_with_bare (&server, &bare, &puts, connections[i]);
      bare_close (&bare);
      g_ptr_array_unref (puts.requests);
    }
  stop_server (&server);
  remove_folder (folder);
}

static void
measure_start (const char *program)
{
  double best = G_MAXDOUBLE;
  double resident = 0;

  for (guint i = 0; i < STARTS; i++)
    {
      double start = now_seconds ();
      Server server = start_server (program, NULL, NULL);

      do_ask (&server, "ListTables", "{}");
      best = MIN (best, now_seconds () - start);
      resident = read_number ("status", server.pid, "VmRSS:");
      stop_server (&server);
    }
  printf ("Start to first answer %.1f ms (best of %d), resident %.1f MB\n", best * 1e3, STARTS,
          resident / 1024);
}

static Server
find_server (const char *address)
{
  Server server = { .address = { .sin_family = AF_INET } };
  g_auto (GStrv) parts = g_strsplit (address, ":", 2);

  if (g_strv_length (parts) != 2 || inet_pton (AF_INET, parts[0], &server.address.sin_addr) != 1)
    g_error ("%s is not ADDRESS:PORT", address);
  server.address.sin_port = htons ((guint16) strtoul (parts[1], NULL, 10));
  return server;
}

int
main (int argc, char **argv)
{
  Server server;

  if (argc < 2)
    g_error ("name the server");
  if (argc == 2)
    measure_start (argv[1]);
  server = argc == 2 ? start_server (argv[1], NULL, NULL) : find_server (argv[2]);
  printf ("In memory\n");
  fill (&server);
  measure_workloads (&server, FALSE);
  printf ("  resident memory %.1f MB\n", read_number ("status", server.pid, "VmRSS:") / 1024);
  stop_server (&server);
  if (argc > 2)
    return 0;
  measure_on_disk (argv[1], "full");
  measure_on_disk (argv[1], "normal");
  return 0;
}
