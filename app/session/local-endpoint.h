#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrLocalEndpoint: a copy of the open model behind HTTP, for any SDK of the service.
 *
 * The endpoint has a thread and an engine of its own, so that neither side waits for the other; what clients write
 * stays there until it is taken into the model, as one undo step. Main thread only.
 *
 * Properties, notified: "state" (guint, HrEndpointState), "address" (string, of the running endpoint, or NULL),
 * "error" (string: why it does not run, or NULL), "changes" (guint: items that clients changed and the model does not
 * have yet; looked at about each second), "free-port" (guint: when the port is taken, one that is not, or 0; changes
 * with "state").
 */
#define HR_TYPE_LOCAL_ENDPOINT (hr_local_endpoint_get_type ())
G_DECLARE_FINAL_TYPE (HrLocalEndpoint, hr_local_endpoint, HR, LOCAL_ENDPOINT, GObject)

typedef enum
{
  HR_ENDPOINT_OFF,
  HR_ENDPOINT_STARTING,
  HR_ENDPOINT_ON,
} HrEndpointState;

#define HR_ENDPOINT_PORT 8000

HrLocalEndpoint *hr_local_endpoint_new   (HrSession *session);
/** @port: 0 for any that is free. What comes of it is in the properties. */
void             hr_local_endpoint_start (HrLocalEndpoint *self, guint16 port);
/** Answers what has been received, and forgets what was written. */
void             hr_local_endpoint_stop  (HrLocalEndpoint *self);
/** Brings what clients wrote into the open model. FALSE with @error; the endpoint goes on either way. */
gboolean         hr_local_endpoint_take  (HrLocalEndpoint *self, GError **error);

G_END_DECLS
