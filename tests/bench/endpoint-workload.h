#pragma once

#include "tests/bench/endpoint-server.h"

G_BEGIN_DECLS

/*
 * What servers are asked under load. Answers are compared as JSON with what was put in when the requests are made, and
 * with those answers under load; what was written is read back afterwards.
 */
typedef struct
{
  const char *name;
  const char *operation;
  /** LoadRequests with the answers that this server gives. Ends the program when ours gives a wrong one. */
  GPtrArray *(*make) (const BenchServer *server);
  /** The item that a request of this number leaves behind, in its first or second round; NULL: it only reads. */
  char *(*make_written) (guint number, guint round);
  guint n_written; /* numbers of a round */
  gboolean is_long; /* takes long */
} BenchWorkload;

extern const BenchWorkload BENCH_WORKLOADS[];
extern const guint BENCH_N_WORKLOADS;

/** Makes the tables and their items. */
void       bench_fill          (const BenchServer *server);
/**
 * The workload's requests, or NULL when the server does not know its operation or answers wrongly; then @reason (to be
 * freed) says how.
 */
GPtrArray *bench_workload_make (const BenchWorkload *self, const BenchServer *server, char **reason);
/** Whether the answers mean the same, as JSON. A LoadCompare. */
gboolean   bench_answers_equal (const char *answer, gsize length, const char *expected);
/** Whether some of the requests that were answered under load have done what they should. */
gboolean   bench_workload_check_written (const BenchWorkload *self, const BenchServer *server,
                                         const GPtrArray *requests);

/** A BatchGetItem of 16 MB, for which it makes and fills a table. */
GPtrArray *bench_make_large_reads (const BenchServer *server);

G_END_DECLS
