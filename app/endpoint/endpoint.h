#pragma once

#include "app/endpoint/databases.h"
#include "app/endpoint/gate.h"
#include "app/endpoint/listen.h"

G_BEGIN_DECLS

/**
 * HrEndpoint: databases behind HTTP, in the service's own protocol.
 *
 * One thread does everything: it runs in hr_endpoint_run() until it is told to stop, and nobody else may use
 * the databases meanwhile.
 */
typedef struct _HrEndpoint HrEndpoint;

/** In whose words errors are: of the region that a request is signed for, or always the same. */
typedef enum
{
  HR_ENDPOINT_LAYER_OF_REGION,
  HR_ENDPOINT_LAYER_NEW,
  HR_ENDPOINT_LAYER_OLD,
} HrEndpointLayer;

/** One line for each answer: no newline at its end. */
typedef void (*HrAccessLogFunc) (const char *line, gpointer user_data);

typedef struct
{
  HrGate gate;
  HrEndpointLayer layer;
  const char *key;        /* (nullable): only this access key with @secret is let in */
  const char *secret;
  HrAccessLogFunc log;    /* (nullable) */
  gpointer log_data;
  gint64 patience_ms;     /* for the head of a request, and for a body that does not move; 0: 10 s */
  gsize buffered_bytes_max; /* of all requests and answers together; 0: 256 MiB */
} HrEndpointOptions;

/** Takes over the sockets of @listeners. @databases and what @options points to must outlive the endpoint. */
HrEndpoint *hr_endpoint_new  (HrListeners *listeners, HrDatabases *databases,
                              const HrEndpointOptions *options, GError **error);
void        hr_endpoint_free (HrEndpoint *self);

/**
 * Serves until the file descriptor @stop becomes readable; then answers what has been received, for at most
 * two seconds, and returns.
 */
void        hr_endpoint_run  (HrEndpoint *self, int stop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEndpoint, hr_endpoint_free)

G_END_DECLS
