#pragma once

#include <glib.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/*
 * A load generator: connections that each send a request, wait for its answer, check it, and send the next.
 * One thread, so that what it costs itself stays small and even.
 */

/** Whether an answer means the same as @expected, although its bytes differ. */
typedef gboolean (*LoadCompare) (const char *answer, gsize length, const char *expected);

/** LoadRequest: a whole HTTP request and the answer it must get. */
typedef struct
{
  char *bytes;
  gsize length;
  char *expected; /* the body; NULL: not compared */
  gsize expected_length;
  guint n_done;   /* how often it has been answered so */
} LoadRequest;

/** `POST /` for an operation of the service. @expected may be NULL. Both are copied. */
LoadRequest *load_request_new  (const char *operation, const char *body, const char *expected);
void         load_request_free (LoadRequest *self);

typedef struct _LoadPlan LoadPlan;

struct _LoadPlan
{
  struct sockaddr_in server;
  guint n_connections;
  double seconds;
  GPtrArray *requests; /* LoadRequest, sent in turns */
  guint *next;         /* which comes next, also from one run to another: a write that repeats costs nothing */
  LoadCompare compare; /* NULL: bytes must be the same */
  gboolean is_slow;    /* each connection sends a byte a millisecond */
  const LoadPlan *beside; /* (nullable): what runs meanwhile in a thread of its own, at a lower priority */
};

typedef struct
{
  guint64 count;
  guint64 wrong; /* answers with another status or body; a connection that ended counts too */
  double seconds;
  double p50_us;
  double p99_us;
  char *first_wrong; /* the start of that answer, or NULL */
} LoadResult;

/** @beside: (nullable): takes the result of the plan beside. */
void load_run          (const LoadPlan *plan, LoadResult *result, LoadResult *beside);
void load_result_clear (LoadResult *self);

/** Sends one request and gives the body of its answer, or NULL. */
char *load_ask (const struct sockaddr_in *server, LoadRequest *request, guint *status);

G_END_DECLS
