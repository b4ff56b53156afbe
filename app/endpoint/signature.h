#pragma once

#include "app/endpoint/head.h"

G_BEGIN_DECLS

/** HrCredential: who a request says it comes from. A plain value; texts are of the Authorization header. */
typedef struct
{
  const char *key; /* access key id */
  gsize key_length;
  const char *region;
  gsize region_length;
} HrCredential;

/** FALSE when the header is none that Signature Version 4 knows. */
gboolean hr_credential_read (HrCredential *self, const char *authorization);

/** HrSignedRequest: what a signature is made of. */
typedef struct
{
  struct MHD_Connection *connection;
  const HrHead *head;
  const char *method;
  const char *uri; /* as sent, with its query */
  const char *body;
  gsize body_length;
  gint64 now_s;    /* seconds since the epoch */
} HrSignedRequest;

/**
 * hr_signature_check:
 * @message: (out): set together with some refusals; free with g_free()
 *
 * Verifies the AWS Signature Version 4 of a request: made with @secret by @key, for DynamoDB, within five
 * minutes of now. Source: AWS General Reference, "Signature Version 4 signing process".
 */
HrRefusal hr_signature_check (const HrSignedRequest *self, const char *key, const char *secret,
                              char **message);

G_END_DECLS
