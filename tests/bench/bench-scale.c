/*
 * What size costs: the memory that a table takes, and how much longer a request takes on a large table than on a small
 * one, at 8 connections.
 *
 *     bench-scale SERVER [--items N]
 *
 * Two servers in memory, one with 10 000 items of 100 bytes and one with N, are asked in turns, in short slices, for
 * items all over their tables, so that what else the machine does hits both. With 10 million items the large one takes
 * 3 GB and some minutes to fill. A wrong answer fails the run.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/endpoint-workload.h"
#include "tests/bench/load.h"

#define N_SMALL 10000
#define N_DEFAULT 500000
#define N_A_PARTITION 50
#define N_REQUESTS 20000
#define N_BATCH 25
#define N_HEAVY 100000
#define HEAVY_BYTES 1024
#define N_CONNECTIONS 8
#define SLICE_SECONDS 0.5
#define N_SLICES 11

typedef struct
{
  BenchServer server;
  guint n_items;
  guint next;   /* request */
  double rates[N_SLICES];
} Contender;

typedef struct
{
  const char *name;
  const char *operation;
  char *(*make_body) (guint number, guint round);
  char *(*make_answer) (guint number);
} Workload;

static void
do_need (const BenchServer *server, const char *operation, const char *body)
{
  g_free (bench_server_need (server, operation, body));
}

static char *
make_key (guint number)
{
  return g_strdup_printf ("\"pk\": {\"S\": \"P#%08u\"}, \"sk\": {\"S\": \"%08u\"}", number / N_A_PARTITION, number);
}

/* 100 bytes as they are billed. The rank is what writes change. */
static char *
make_item (guint number, guint rank)
{
  g_autofree char *key = make_key (number);

  return g_strdup_printf ("{%s, \"rank\": {\"N\": \"%u\"}, \"title\": {\"S\": \"%055u\"}}", key, 10 + rank % 90,
                          number);
}

static char *
make_get (guint number, guint round)
{
  g_autofree char *key = make_key (number);

  return g_strdup_printf ("{\"TableName\": \"scale\", \"Key\": {%s}}", key);
}

static char *
make_got (guint number)
{
  g_autofree char *item = make_item (number, 0);

  return g_strdup_printf ("{\"Item\": %s}", item);
}

static char *
make_query (guint number, guint round)
{
  return g_strdup_printf ("{\"TableName\": \"scale\", \"KeyConditionExpression\": \"pk = :p\", "
                          "\"ExpressionAttributeValues\": {\":p\": {\"S\": \"P#%08u\"}}}",
                          number / N_A_PARTITION);
}

static char *
make_list (guint number)
{
  GString *text = g_string_new ("{\"Count\": 50, \"ScannedCount\": 50, \"Items\": [");
  guint first = number - number % N_A_PARTITION;

  for (guint i = first; i < first + N_A_PARTITION; i++)
    {
      g_autofree char *item = make_item (i, 0);

      g_string_append_printf (text, "%s%s", i > first ? ", " : "", item);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static char *
make_put (guint number, guint round)
{
  g_autofree char *item = make_item (number, 1 + round);

  return g_strdup_printf ("{\"TableName\": \"scale\", \"Item\": %s}", item);
}

static char *
make_update (guint number, guint round)
{
  g_autofree char *key = make_key (number);

  return g_strdup_printf ("{\"TableName\": \"scale\", \"Key\": {%s}, \"UpdateExpression\": \"SET #r = :r\", "
                          "\"ConditionExpression\": \"attribute_exists(pk)\", \"ExpressionAttributeNames\": "
                          "{\"#r\": \"rank\"}, \"ExpressionAttributeValues\": {\":r\": {\"N\": \"%u\"}}}",
                          key, 50 + round);
}

static char *
make_nothing (guint number)
{
  return g_strdup ("{}");
}

/* What reads comes first, as long as the items are what they were. */
static const Workload workloads[] = {
  { "GetItem", "GetItem", make_get, make_got },
  { "Query of 50", "Query", make_query, make_list },
  { "PutItem", "PutItem", make_put, make_nothing },
  { "UpdateItem with a condition", "UpdateItem", make_update, make_nothing },
};

static void
create_table (const BenchServer *server, const char *index)
{
  g_autofree char *body = g_strdup_printf (
      "{\"TableName\": \"scale\", \"BillingMode\": \"PAY_PER_REQUEST\","
      " \"AttributeDefinitions\": [{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"},"
      " {\"AttributeName\": \"sk\", \"AttributeType\": \"S\"}%s],"
      " \"KeySchema\": [{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"},"
      " {\"AttributeName\": \"sk\", \"KeyType\": \"RANGE\"}]%s}",
      index != NULL ? ", {\"AttributeName\": \"owner\", \"AttributeType\": \"S\"}" : "", index != NULL ? index : "");

  do_need (server, "CreateTable", body);
}

static char *
make_first_item (guint number)
{
  return make_item (number, 0);
}

static char *
make_heavy_item (guint number)
{
  return hr_bench_item_json (number, HEAVY_BYTES);
}

static void
fill (const BenchServer *server, guint count, char *(*make) (guint number))
{
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint first = 0; first < count; first += N_BATCH)
    {
      g_string_assign (body, "{\"RequestItems\": {\"scale\": [");
      for (guint i = first; i < MIN (first + N_BATCH, count); i++)
        {
          g_autofree char *item = make (i);

          g_string_append_printf (body, "%s{\"PutRequest\": {\"Item\": %s}}", i > first ? ", " : "", item);
        }
      g_string_append (body, "]}}");
      do_need (server, "BatchWriteItem", body->str);
    }
}

/* One index that projects everything, as one does that nobody has thought about. */
static void
measure_memory (const char *program)
{
  BenchServer server;

  bench_server_start (&server, program, "memory", NULL, NULL);
  create_table (&server, ", \"GlobalSecondaryIndexes\": [{\"IndexName\": \"by-owner\", \"KeySchema\": "
                         "[{\"AttributeName\": \"owner\", \"KeyType\": \"HASH\"}], \"Projection\": "
                         "{\"ProjectionType\": \"ALL\"}}]");
  fill (&server, N_HEAVY, make_heavy_item);
  printf ("%u items of 1 KB with one index: resident %.0f MB\n", N_HEAVY, bench_server_get_resident_mb (&server));
  fflush (stdout);
  bench_server_stop (&server);
}

/* The same numbers as shares of the table on both sides. */
static GPtrArray *
make_requests (const Workload *workload, guint n_items)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) load_request_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_REQUESTS; i++)
    {
      guint number = (guint) (g_rand_double (random) * n_items);
      g_autofree char *body = workload->make_body (number, i % 7);
      g_autofree char *answer = workload->make_answer (number);

      g_ptr_array_add (requests, load_request_new (workload->operation, body, answer));
    }
  return requests;
}

/* FALSE after a wrong answer. */
static gboolean
measure_slice (Contender *self, GPtrArray *requests, guint slice)
{
  const LoadPlan plan = {
    .server = self->server.address,
    .n_connections = N_CONNECTIONS,
    .seconds = SLICE_SECONDS,
    .requests = requests,
    .next = &self->next,
    .compare = bench_answers_equal,
  };
  LoadResult result;
  gboolean ok;

  load_run (&plan, &result, NULL);
  self->rates[slice] = result.count / result.seconds;
  ok = result.wrong == 0;
  if (!ok)
    printf ("  %s: wrong: %.300s\n", self->server.name, result.first_wrong);
  load_result_clear (&result);
  return ok;
}

static gboolean
measure_workload (const Workload *workload, Contender *small, Contender *large)
{
  g_autoptr (GPtrArray) of_small = make_requests (workload, small->n_items);
  g_autoptr (GPtrArray) of_large = make_requests (workload, large->n_items);
  double ratios[N_SLICES];
  gboolean ok = TRUE;

  small->next = large->next = 0;
  for (guint slice = 0; slice < N_SLICES; slice++)
    {
      ok &= measure_slice (small, of_small, slice) && measure_slice (large, of_large, slice);
      ratios[slice] = small->rates[slice] / MAX (large->rates[slice], 1);
    }
  printf ("  %-28s %8.0f /s of %u, %8.0f /s of %u: %5.2f x the time\n", workload->name,
          hr_bench_find_median (small->rates, N_SLICES), small->n_items,
          hr_bench_find_median (large->rates, N_SLICES), large->n_items, hr_bench_find_median (ratios, N_SLICES));
  fflush (stdout);
  return ok;
}

static gboolean
measure_growth (const char *program, guint n_items)
{
  Contender small = { .n_items = N_SMALL };
  Contender large = { .n_items = n_items };
  gboolean ok = TRUE;

  bench_server_start (&small.server, program, "small", NULL, NULL);
  bench_server_start (&large.server, program, "large", NULL, NULL);
  create_table (&small.server, NULL);
  create_table (&large.server, NULL);
  fill (&small.server, small.n_items, make_first_item);
  fill (&large.server, large.n_items, make_first_item);
  printf ("Items of 100 bytes at %u connections; the large table takes %.0f MB\n", N_CONNECTIONS,
          bench_server_get_resident_mb (&large.server));
  for (guint i = 0; i < G_N_ELEMENTS (workloads); i++)
    ok &= measure_workload (&workloads[i], &small, &large);
  bench_server_stop (&large.server);
  bench_server_stop (&small.server);
  return ok;
}

int
main (int argc, char **argv)
{
  int n_items = N_DEFAULT;
  const GOptionEntry entries[] = {
    { "items", 0, 0, G_OPTION_ARG_INT, &n_items, "How many the large table has", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("SERVER");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    g_error ("%s", error != NULL ? error->message : "name the server");
  if (n_items < N_SMALL)
    g_error ("at least %d items", N_SMALL);

  measure_memory (argv[1]);
  return measure_growth (argv[1], (guint) n_items / N_A_PARTITION * N_A_PARTITION) ? EXIT_SUCCESS : EXIT_FAILURE;
}
