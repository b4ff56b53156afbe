/*
 * The endpoint under load, from the outside: server processes side by side, and connections that wait for each answer
 * and check it.
 *
 *     bench-endpoint SERVER [--peer NAME=URL]… [--only start|fairness|load|disk]
 *
 * Ours runs in memory and on disk; a peer is whoever answers at its URL, and starts empty. All take turns in short
 * slices, so that what else the machine does hits each of them. A wrong answer of anybody fails the run.
 */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/endpoint-workload.h"
#include "tests/bench/load.h"

#define ITEM_BYTES 1024
#define N_ITEMS 2000
#define SLICE_SECONDS 0.3
#define LONG_SLICE_SECONDS 1.0 /* for what takes long when many ask for it */
#define N_SLICES 5
#define TURN_SECONDS 0.1
#define N_TURNS 21
#define STARTS 10
#define SERVERS_MAX 12
#define N_OURS 3 /* in memory, on disk in two ways */

typedef struct
{
  double rates[N_SLICES];
  double p50s_us[N_SLICES];
  double p99s_us[N_SLICES];
  double cpus_us[N_SLICES];
  guint64 wrong;
} Figures;

typedef struct
{
  const char *program;
  BenchServer servers[SERVERS_MAX];
  char *folders[N_OURS]; /* NULL: in memory */
  guint n_servers;
  gboolean is_wrong;     /* some answer was */
} Bench;

static const guint connections[] = { 1, 8, 64 };

static double
now_seconds (void)
{
  return g_get_monotonic_time () / 1e6;
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

static void
note_wrong (Bench *self, const BenchServer *server, const char *what, const char *answer)
{
  self->is_wrong = TRUE;
  printf ("  %s: wrong after %s: %.800s\n", server->name, what, answer);
}

/* A slice of one server. */
static void
measure (Bench *self, guint which, LoadPlan *plan, Figures *figures, guint slice)
{
  const BenchServer *server = &self->servers[which];
  double cpu = bench_server_get_cpu_seconds (server);
  guint64 n_answers;
  LoadResult result;

  plan->server = server->address;
  n_answers = *plan->next;
  load_run (plan, &result, NULL);
  n_answers = *plan->next - n_answers; /* in the warm-up, too */
  figures->rates[slice] = result.count / result.seconds;
  figures->p50s_us[slice] = result.p50_us;
  figures->p99s_us[slice] = result.p99_us;
  figures->cpus_us[slice] = (bench_server_get_cpu_seconds (server) - cpu) / MAX (n_answers, 1) * 1e6;
  figures->wrong += result.wrong;
  if (result.wrong > 0 && figures->wrong == result.wrong)
    note_wrong (self, server, "a request under load", result.first_wrong);
  load_result_clear (&result);
}

/* The best rate among the peers; 0 without peers. */
static double
find_best_peer (const Bench *self, const double *rates)
{
  double best = 0;

  for (guint i = 0; i < self->n_servers; i++)
    if (!self->servers[i].is_ours)
      best = MAX (best, rates[i]);
  return best;
}

static void
print_figures (const Bench *self, Figures *figures, GPtrArray *const *requests, guint n_connections)
{
  double rates[SERVERS_MAX] = { 0 };
  double best;

  for (guint i = 0; i < self->n_servers; i++)
    if (requests[i] != NULL)
      rates[i] = hr_bench_find_median (figures[i].rates, N_SLICES);
  best = find_best_peer (self, rates);
  for (guint i = 0; i < self->n_servers; i++)
    {
      if (requests[i] == NULL)
        continue;
      printf ("  %-22s %3u conn. %9.0f /s  p50 %8.0f us  p99 %8.0f us  CPU %8.1f us  %" G_GUINT64_FORMAT " wrong",
              self->servers[i].name, n_connections, rates[i], hr_bench_find_median (figures[i].p50s_us, N_SLICES),
              hr_bench_find_median (figures[i].p99s_us, N_SLICES), hr_bench_find_median (figures[i].cpus_us, N_SLICES),
              figures[i].wrong);
      if (best > 0 && self->servers[i].is_ours)
        printf ("  %6.2f x best peer", rates[i] / best);
      printf ("\n");
    }
  fflush (stdout);
}

static void
measure_side_by_side (Bench *self, GPtrArray *const *requests, guint *next, guint n_connections, double seconds)
{
  Figures figures[SERVERS_MAX] = { { .wrong = 0 } };

  for (guint slice = 0; slice < N_SLICES; slice++)
    for (guint i = 0; i < self->n_servers; i++)
      {
        LoadPlan plan = {
          .n_connections = n_connections,
          .seconds = seconds,
          .requests = requests[i],
          .next = &next[i],
          .compare = bench_answers_equal,
        };

        if (requests[i] != NULL)
          measure (self, i, &plan, &figures[i], slice);
      }
  print_figures (self, figures, requests, n_connections);
}

static void
measure_workload (Bench *self, const BenchWorkload *workload)
{
  GPtrArray *requests[SERVERS_MAX];
  guint next[SERVERS_MAX] = { 0 };

  printf ("%s\n", workload->name);
  for (guint i = 0; i < self->n_servers; i++)
    {
      g_autofree char *reason = NULL;

      requests[i] = bench_workload_make (workload, &self->servers[i], &reason);
      if (requests[i] == NULL)
        printf ("  %s: not measured, for it answers: %.100s\n", self->servers[i].name, reason);
    }
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    measure_side_by_side (self, requests, next, connections[i],
                          workload->is_long || connections[i] > 8 ? LONG_SLICE_SECONDS : SLICE_SECONDS);
  for (guint i = 0; i < self->n_servers; i++)
    {
      if (requests[i] != NULL && !bench_workload_check_written (workload, &self->servers[i], requests[i]))
        note_wrong (self, &self->servers[i], workload->name, "an item is not what was written");
      g_clear_pointer (&requests[i], g_ptr_array_unref);
    }
}

/*
 * GetItem beside those who keep a server busy. What one of their requests takes alone is the measure: an answer should
 * not have to wait for more than one of them. On a busy machine the wait for a processor is in it, too; how many of
 * their answers come for each of ours is not disturbed by that.
 */
typedef struct
{
  const char *name;
  GPtrArray *requests;
  guint n_connections;
  gboolean is_slow;
} Neighbour;

static double
measure_alone (const BenchServer *server, GPtrArray *requests)
{
  guint next = 0;
  LoadPlan plan = { server->address, 1, SLICE_SECONDS, requests, &next, NULL, FALSE, NULL };
  LoadResult result;

  load_run (&plan, &result, NULL);
  load_result_clear (&result);
  return result.p50_us;
}

static void
measure_beside (Bench *self, const BenchServer *server, GPtrArray *gets, const Neighbour *neighbour)
{
  double alone_us[N_SLICES], p50s_us[N_SLICES], p99s_us[N_SLICES], own_us[N_SLICES];
  double p99, own;
  guint64 count = 0;
  guint64 count_beside = 0;

  for (guint i = 0; i < N_SLICES; i++)
    {
      guint next = 0;
      guint next_beside = 0;
      const LoadPlan beside = { server->address,      neighbour->n_connections, 0, neighbour->requests, &next_beside,
                                NULL,                 neighbour->is_slow,       NULL };
      const LoadPlan plan = { server->address, 1, SLICE_SECONDS, gets, &next, NULL, FALSE, &beside };
      LoadResult result, other;

      own_us[i] = neighbour->is_slow ? 0 : measure_alone (server, neighbour->requests);
      alone_us[i] = measure_alone (server, gets);
      load_run (&plan, &result, &other);
      p50s_us[i] = result.p50_us;
      p99s_us[i] = result.p99_us;
      count += result.count;
      count_beside += other.count;
      if (result.wrong + other.wrong > 0)
        note_wrong (self, server, neighbour->name, result.wrong > 0 ? result.first_wrong : other.first_wrong);
      load_result_clear (&result);
      load_result_clear (&other);
    }
  p99 = hr_bench_find_median (p99s_us, N_SLICES);
  own = hr_bench_find_median (own_us, N_SLICES);
  printf ("  %-34s alone p50 %6.0f us; beside p50 %6.0f us, p99 %6.0f us", neighbour->name,
          hr_bench_find_median (alone_us, N_SLICES), hr_bench_find_median (p50s_us, N_SLICES), p99);
  if (own > 0)
    printf (", %5.2f of their requests (%.0f us each); %.3f of their answers for each of these", p99 / own, own,
            (double) count_beside / MAX (count, 1));
  printf ("\n");
  fflush (stdout);
}

static const BenchWorkload *
find_workload (const char *operation)
{
  for (guint i = 0; i < BENCH_N_WORKLOADS; i++)
    if (strcmp (BENCH_WORKLOADS[i].operation, operation) == 0)
      return &BENCH_WORKLOADS[i];
  g_assert_not_reached ();
}

static GPtrArray *
make_requests (const BenchServer *server, const char *operation)
{
  g_autofree char *reason = NULL;

  return bench_workload_make (find_workload (operation), server, &reason);
}

static void
measure_neighbours (Bench *self, const BenchServer *server)
{
  g_autoptr (GPtrArray) gets = make_requests (server, "GetItem");
  g_autoptr (GPtrArray) puts = make_requests (server, "PutItem");
  g_autoptr (GPtrArray) scans = make_requests (server, "Scan");
  g_autoptr (GPtrArray) batches = make_requests (server, "BatchWriteItem");
  g_autoptr (GPtrArray) large = bench_make_large_reads (server);
  const Neighbour neighbours[] = {
    { "1 that scans", scans, 1, FALSE },
    { "16 that scan", scans, 16, FALSE },
    { "64 that send a byte a millisecond", puts, 64, TRUE },
    { "1 that reads 16 MB", large, 1, FALSE },
    { "4 that read 16 MB", large, 4, FALSE },
    { "16 that write batches", batches, 16, FALSE },
  };

  printf ("GetItem on one connection beside others, %s\n", server->name);
  for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++)
    measure_beside (self, server, gets, &neighbours[i]);
}

static void
measure_fairness (Bench *self)
{
  BenchServer server;

  bench_server_start (&server, self->program, "in memory", NULL, NULL);
  bench_fill (&server);
  measure_neighbours (self, &server);
  bench_server_stop (&server);
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

/* In turns, for what else uses the disk changes from second to second. */
static void
compare_with_bare (const BenchServer *server, Bare *bare, GPtrArray *puts, guint *next, guint size)
{
  const LoadPlan plan = { server->address, size, TURN_SECONDS, puts, next, NULL, FALSE, NULL };
  double rates[N_TURNS];
  double ratios[N_TURNS];

  for (guint i = 0; i < N_TURNS; i++)
    {
      double bare_rate = measure_bare (bare, size);
      LoadResult result;

      load_run (&plan, &result, NULL);
      rates[i] = result.count / result.seconds;
      ratios[i] = rates[i] / bare_rate;
      load_result_clear (&result);
    }
  printf ("  PutItem over %2u connections %12.0f /s, %5.2f x bare SQLite FULL in commits of as many rows\n", size,
          hr_bench_find_median (rates, N_TURNS), hr_bench_find_median (ratios, N_TURNS));
  fflush (stdout);
}

static void
compare_all_with_bare (const BenchServer *server, const char *folder)
{
  g_autoptr (GPtrArray) puts = make_requests (server, "PutItem");
  guint next = 0;
  Bare bare;

  printf ("%s beside bare SQLite\n", server->name);
  bare_open (&bare, folder);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    compare_with_bare (server, &bare, puts, &next, connections[i]);
  bare_close (&bare);
}

static void
measure_start (const char *program)
{
  double best = G_MAXDOUBLE;
  double resident = 0;

  for (guint i = 0; i < STARTS; i++)
    {
      double start = now_seconds ();
      BenchServer server;

      bench_server_start (&server, program, "hashrange", NULL, NULL);
      g_free (bench_server_need (&server, "ListTables", "{}"));
      best = MIN (best, now_seconds () - start);
      resident = bench_server_get_resident_mb (&server);
      bench_server_stop (&server);
    }
  printf ("Start to first answer %.1f ms (best of %d), resident %.1f MB\n", best * 1e3, STARTS, resident);
}

static void
print_memory (const Bench *self)
{
  printf ("Resident memory after that\n");
  for (guint i = 0; i < self->n_servers; i++)
    if (bench_server_get_resident_mb (&self->servers[i]) > 0)
      printf ("  %-22s %7.1f MB\n", self->servers[i].name, bench_server_get_resident_mb (&self->servers[i]));
}

static void
start_servers (Bench *self, char *const *peers)
{
  static const struct
  {
    const char *name;
    const char *sync; /* NULL: in memory */
  } ours[N_OURS] = { { "hashrange", NULL }, { "hashrange, normal", "normal" }, { "hashrange, full", "full" } };

  /* a peer that is misspelt ends the program: before there is anything to clean up */
  self->n_servers = N_OURS;
  for (guint i = 0; peers != NULL && peers[i] != NULL && self->n_servers < SERVERS_MAX; i++)
    bench_server_find (&self->servers[self->n_servers++], peers[i]);
  for (guint i = 0; i < N_OURS; i++)
    {
      if (ours[i].sync != NULL)
        self->folders[i] = g_dir_make_tmp ("hashrange-bench-XXXXXX", NULL);
      bench_server_start (&self->servers[i], self->program, ours[i].name, self->folders[i], ours[i].sync);
    }
  for (guint i = 0; i < self->n_servers; i++)
    bench_fill (&self->servers[i]);
}

static void
stop_servers (Bench *self)
{
  for (guint i = 0; i < self->n_servers; i++)
    bench_server_stop (&self->servers[i]);
  for (guint i = 0; i < N_OURS; i++)
    if (self->folders[i] != NULL)
      remove_folder (self->folders[i]);
  for (guint i = 0; i < N_OURS; i++)
    g_free (self->folders[i]);
}

static void
measure_load (Bench *self, char *const *peers)
{
  start_servers (self, peers);
  for (guint i = 0; i < BENCH_N_WORKLOADS; i++)
    measure_workload (self, &BENCH_WORKLOADS[i]);
  print_memory (self);
  stop_servers (self);
}

static void
measure_disk (Bench *self)
{
  g_autofree char *folder = g_dir_make_tmp ("hashrange-bench-XXXXXX", NULL);
  BenchServer server;

  bench_server_start (&server, self->program, "hashrange, full", folder, "full");
  bench_fill (&server);
  compare_all_with_bare (&server, folder);
  bench_server_stop (&server);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) peers = NULL;
  g_autofree char *only = NULL;
  const GOptionEntry entries[] = {
    { "peer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &peers, "Measure this one beside ours", "NAME=URL" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "One of start, fairness, load and disk", "PART" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("SERVER");
  g_autoptr (GError) error = NULL;
  Bench bench = { .program = NULL };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    g_error ("%s", error != NULL ? error->message : "name the server");

  bench.program = argv[1];
  if (only == NULL || strcmp (only, "start") == 0)
    measure_start (bench.program);
  if (only == NULL || strcmp (only, "fairness") == 0)
    measure_fairness (&bench);
  if (only == NULL || strcmp (only, "load") == 0)
    measure_load (&bench, peers);
  if (only == NULL || strcmp (only, "disk") == 0)
    measure_disk (&bench);
  return bench.is_wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}
