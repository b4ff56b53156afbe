#pragma once

#include "app/endpoint/endpoint.h"
#include "app/endpoint/metrics.h"
#include "model/base/service-limits.h"

G_BEGIN_DECLS

#define HR_BODY_BYTES_MAX ((gint64) HR_LIMIT_BATCH_BYTES)
#define HR_HEAD_BYTES_MAX (16 * 1024)
#define HR_BYTES_UNKNOWN  G_MAXUINT64
#define HR_LARGE_US       1000
#define HR_JSON_TYPE      "application/x-amz-json-1.0"

/** Where the request of a connection is. */
typedef enum
{
  HR_STAGE_IDLE,    /* between requests, or the head is coming in */
  HR_STAGE_HEAD,    /* the request line is there */
  HR_STAGE_BODY,
  HR_STAGE_WAITING, /* complete; in one of the queues */
  HR_STAGE_READY,   /* the answer is there */
  HR_STAGE_SENDING,
} HrStage;

/**
 * HrClient: a connection with its current request and answer.
 *
 * The buffers serve one request after the other. What the head points to belongs to the connection and is
 * gone when the request has been answered.
 */
typedef struct
{
  /* borrowed */
  HrEndpoint *endpoint;
  struct MHD_Connection *connection;

  GList link;       /* in the endpoint's clients, the one that did something last at the end */
  int socket;
  HrStage stage;
  gint64 stage_us;  /* since when, monotonic */
  gboolean is_cut_off;
  guint64 moved_bytes; /* in this stage at the last sweep, or HR_BYTES_UNKNOWN; see sweep.c */
  gint64 left_us;      /* for a body or an answer that does not move */

  /* owned */
  HrBuffer uri;     /* with a NUL */
  HrBuffer body;
  HrBuffer answer;
  char *refusal_message;
  gsize counted_bytes; /* of the buffers, in the endpoint's sum */

  /* the request */
  HrHead head;
  const char *method;
  gint64 body_bytes; /* so far, kept or not */
  HrRefusal refusal;
  guint64 batch;     /* the last one that a write of this client was in */
  const HrOperation *operation;
  HrDatabase *database;
  HrValidationLayer layer;
  gint64 received_us; /* when it was complete, monotonic */
  const char *content_type;
  guint status;
  gsize summed_bytes;  /* of the answer; the sum below is right when that is all of it */
  guint32 answer_sum;  /* CRC-32 */
} HrClient;

struct _HrEndpoint
{
  /* owned */
  struct MHD_Daemon *daemon;
  HrListeners listeners;
  HrMetrics *metrics;
  HrArena *arena;   /* of the request that is being carried out */
  HrArena *inner_arena; /* likewise while a large one gives way */
  GPtrArray *queue; /* HrClient: writes in the order they came; NULL where a client has left */
  GPtrArray *large; /* likewise: requests that may take as long as a page does, and wait for their turn */
  int epoll;

  /* borrowed */
  HrDatabases *databases;
  HrEndpointOptions options;

  HrClient *running; /* whose large request is being carried out; NULL: none, or it has left */

  guint64 batch;    /* number of the last one that was committed together */
  guint batch_count; /* requests in it */
  gint64 batch_us;  /* how long it took */
  gint64 batch_end_us;
  gint64 commit_us;  /* how long the commit itself took */

  GQueue clients;   /* HrClient.link */
  guint clients_max;
  gsize buffered_bytes;
  gint64 now_us;    /* monotonic, as of this round */
  gint64 large_us;  /* spent on large requests in this round */
  gint64 large_max_us; /* when no more of them are begun, one always is; also when one gives way */
  gboolean is_giving_way;
  gint64 swept_us;
  gint64 sweep_pause_us; /* between the last two sweeps */
  guint64 request_number; /* with the seed below: request ids */
  guint64 request_seed;
  gboolean is_stopping;
};

/* endpoint.c: the loop */
/** Does what there is to do, without waiting. */
void      hr_endpoint_run_round (HrEndpoint *self);
/** Called by engines in the middle of a large request: lets small ones through. */
void      hr_endpoint_give_way_cb (gpointer user_data);

/* client.c: receiving */
HrClient *hr_client_new  (HrEndpoint *endpoint, struct MHD_Connection *connection);
void      hr_client_free (HrClient *self);
void      hr_client_enter (HrClient *self, HrStage stage);
/** Looks at the head. FALSE: the connection is to be closed. */
gboolean  hr_client_begin (HrClient *self, const char *method, const char *version);
/** Takes a piece of the body. FALSE: the connection is to be closed. */
gboolean  hr_client_take  (HrClient *self, const char *data, gsize length);
/** Gets the client ready for the next request. */
void      hr_client_reset (HrClient *self);
/** To be called when a buffer may have become larger or smaller. */
void      hr_client_count_buffers (HrClient *self);

/* dispatch.c: carrying out */
/** Answers the complete request, or puts it into a queue. */
void      hr_client_dispatch (HrClient *self);
/** Carries out large requests that wait, as many as a round may have. */
void      hr_endpoint_run_large (HrEndpoint *self);
/** Carries out writes of the queue and commits them, if it is time to. */
void      hr_endpoint_run_queue (HrEndpoint *self);
/** How long the queue should wait for more; 0: not at all. */
gint64    hr_endpoint_get_pause_us (HrEndpoint *self);
/** Whether nothing waits that would change or delete a table. */
gboolean  hr_endpoint_can_run_queue_inside (const HrEndpoint *self);
/** To be called when a client leaves. */
void      hr_endpoint_forget (HrEndpoint *self, const HrClient *client);

/* answer.c: answering */
void      hr_client_refuse (HrClient *self, HrRefusal refusal);
/** Hands the answer to the connection. */
gboolean  hr_client_send   (HrClient *self);

/* sweep.c: patience */
/** Cuts off who takes too long. */
void      hr_endpoint_sweep (HrEndpoint *self);
/** Makes room for one more connection when there are many. */
void      hr_endpoint_make_room (HrEndpoint *self);

G_END_DECLS
