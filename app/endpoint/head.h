#pragma once

#include <glib.h>
#include <microhttpd.h>

#include "app/endpoint/refusal.h"

G_BEGIN_DECLS

/** HrHead: those headers of a request that matter here. The texts are the connection's, until the request
 * ends. */
typedef struct
{
  const char *access_headers; /* Access-Control-Request-Headers */
  const char *amz_date;
  const char *authorization;
  const char *content_encoding;
  const char *content_length;
  const char *host;
  const char *origin;
  const char *security_token;
  const char *target;         /* X-Amz-Target */
  const char *transfer_encoding;
  gboolean is_repeated;       /* one of those that must be there once only came twice */
  gboolean is_malformed;      /* a name or value that HTTP does not allow */
} HrHead;

void hr_head_read (HrHead *self, struct MHD_Connection *connection);

/**
 * Whether it is certain where the body ends: HR_REFUSAL_NONE, or why the connection must be closed. A chunked
 * body has a @length_bytes of -1.
 */
HrRefusal hr_head_check_framing (const HrHead *self, const char *version, gint64 *length_bytes);

G_END_DECLS
