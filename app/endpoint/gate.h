#pragma once

#include "app/endpoint/head.h"

G_BEGIN_DECLS

/**
 * HrGate: which web pages may talk to the endpoint.
 *
 * A browser lets any page send requests to any address, this machine's too. Requests of a page carry its
 * Origin, which must be allowed or be the endpoint's own; and while the endpoint listens on loopback only,
 * the Host that a request names must be this machine or that of an allowed origin, so that no page can pass
 * for ours by pointing its name here.
 */
typedef struct
{
  const char *const *origins; /* (nullable): "https://example.org" or "*", NULL-terminated */
  gboolean is_loopback;
} HrGate;

HrRefusal hr_gate_check (const HrGate *self, const HrHead *head);

/** The value of Access-Control-Allow-Origin for this request, or NULL: it has no Origin that is allowed. */
const char *hr_gate_get_allowed_origin (const HrGate *self, const HrHead *head);

G_END_DECLS
