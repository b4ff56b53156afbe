#pragma once

#include "model/api/backend.h"

G_BEGIN_DECLS

/** HrRemoteOptions: how to reach an endpoint and as whom. Strings are copied. */
typedef struct
{
  const char *url;           /* "http://127.0.0.1:8000", "https://dynamodb.eu-west-1.amazonaws.com" */
  const char *region;        /* NULL: from the environment or the host name, else "us-east-1" */
  const char *access_key;    /* NULL: from the environment */
  const char *secret_key;
  const char *session_token; /* or NULL */
} HrRemoteOptions;

/**
 * A backend that sends each request to the endpoint, signed with Signature Version 4.
 *
 * Calls block until the answer is there; @done runs before the call returns, on the calling thread.
 * Requests are sent once and never repeated: a write whose answer got lost is reported, not retried.
 * NULL with HR_ERROR_INVALID when the URL is none or credentials are missing for a host that is not this machine.
 */
HrBackend *hr_backend_new_remote (const HrRemoteOptions *options, GError **error);

G_END_DECLS
