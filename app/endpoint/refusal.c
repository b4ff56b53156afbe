/*
 * What the endpoint says when it answers a request itself.
 *
 * The names are the service's where it has one, so that an SDK raises the exception that it would raise
 * there; a message that is ours says what to do.
 */

#include "app/endpoint/refusal.h"

#include "model/base/json-writer.h"

#define SERVICE "com.amazon.coral.service#"

static const struct
{
  guint status;
  const char *type;
  const char *message;
} kinds[HR_REFUSAL_N_KINDS] = {
  [HR_REFUSAL_NONE] = { 200, "", NULL },
  [HR_REFUSAL_MALFORMED] = { 400, SERVICE "MalformedHttpRequestException", "The request is not well formed" },
  [HR_REFUSAL_HEAD_TOO_LARGE] = { 431, SERVICE "MalformedHttpRequestException",
                                  "The headers are larger than 16 KB" },
  [HR_REFUSAL_BODY_TOO_LARGE] = { 413, SERVICE "RequestEntityTooLargeException",
                                  "The request is larger than 16 MB" },
  [HR_REFUSAL_FOREIGN_HOST] = { 403, SERVICE "AccessDeniedException",
                                "The Host header names another machine: use localhost or 127.0.0.1" },
  [HR_REFUSAL_FOREIGN_ORIGIN] = { 403, SERVICE "AccessDeniedException",
                                  "Web pages of another origin may not send requests: start with "
                                  "--allow-origin" },
  [HR_REFUSAL_BUSY] = { 503, SERVICE "ServiceUnavailableException", "Too much is under way; try again" },
  [HR_REFUSAL_NOT_FOUND] = { 404, SERVICE "UnknownOperationException", NULL },
  [HR_REFUSAL_METHOD] = { 405, SERVICE "UnknownOperationException", NULL },
  [HR_REFUSAL_ENCODING] = { 500, SERVICE "InternalFailure", "The Content-Encoding is unknown or broken" },
  [HR_REFUSAL_UNKNOWN_OPERATION] = { 400, SERVICE "UnknownOperationException", NULL },
  [HR_REFUSAL_MISSING_TOKEN] = { 400, SERVICE "MissingAuthenticationTokenException",
                                 "Request is missing Authentication Token" },
  [HR_REFUSAL_INCOMPLETE_SIGNATURE] = { 400, SERVICE "IncompleteSignatureException",
                                        "The Authorization header is incomplete" },
  [HR_REFUSAL_INVALID_SIGNATURE] = { 400, SERVICE "InvalidSignatureException",
                                     "The request signature we calculated does not match the signature you "
                                     "provided. Check your AWS Secret Access Key "
                                     "and signing method. Consult the service documentation for details." },
  [HR_REFUSAL_UNRECOGNIZED_CLIENT] = { 400, SERVICE "UnrecognizedClientException",
                                       "The security token included in the request is invalid." },
  [HR_REFUSAL_DATABASE] = { 500, "com.amazonaws.dynamodb.v20120810#InternalServerError",
                            "The database could not be opened" },
};

guint
hr_refusal_get_status (HrRefusal self)
{
  return kinds[self].status;
}

const char *
hr_refusal_get_type (HrRefusal self)
{
  return kinds[self].type;
}

const char *
hr_refusal_get_message (HrRefusal self)
{
  return kinds[self].message;
}

void
hr_refusal_write (HrRefusal self, const char *message, HrBuffer *out)
{
  if (message == NULL)
    message = kinds[self].message;
  hr_buffer_append_string (out, "{\"__type\":");
  hr_json_write_string (out, kinds[self].type, strlen (kinds[self].type));
  if (message != NULL)
    {
      hr_buffer_append_string (out, ",\"message\":");
      hr_json_write_string (out, message, strlen (message));
    }
  hr_buffer_append_char (out, '}');
}
