/*
 * The service's operations against a remote endpoint, over HTTP with libcurl.
 *
 * libcurl signs the requests itself. One easy handle keeps the connection open between requests.
 * Nothing is retried here: whoever runs a pattern wants to see what each request answered.
 */

#include "app/remote/remote-backend.h"

#include <curl/curl.h>
#include <string.h>

#include "model/api/api.h"
#include "model/base/buffer.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-reader.h"
#include "model/base/service-limits.h"

#define CONNECT_TIMEOUT_S 10L
#define DEFAULT_REGION "us-east-1"

typedef struct
{
  HrBackend parent;

  /* owned */
  CURL *curl;
  char *url;
  char *signature; /* "aws:amz:REGION:dynamodb" */
  char *token_header; /* or NULL */
  HrArena *arena;
  HrBuffer answer;

  /* borrowed during a call */
  const HrCancel *cancel;
} RemoteBackend;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURLU, curl_url_cleanup)

static size_t
receive_cb (char *data, size_t size, size_t count, void *user_data)
{
  RemoteBackend *self = user_data;

  hr_buffer_append (&self->answer, data, size * count);
  return size * count;
}

static int
progress_cb (void *user_data, curl_off_t total_in, curl_off_t in, curl_off_t total_out, curl_off_t out)
{
  const RemoteBackend *self = user_data;

  return hr_cancel_is_raised (self->cancel);
}

static char *
get_host (const char *url)
{
  g_autoptr (CURLU) parts = curl_url ();
  char *host = NULL;
  char *copy;

  if (curl_url_set (parts, CURLUPART_URL, url, CURLU_NO_AUTHORITY) != CURLUE_OK
      || curl_url_get (parts, CURLUPART_HOST, &host, 0) != CURLUE_OK)
    return NULL;
  copy = g_strdup (host);
  curl_free (host);
  return copy;
}

static gboolean
is_this_machine (const char *host)
{
  return strcmp (host, "localhost") == 0 || g_str_has_prefix (host, "127.") || strcmp (host, "[::1]") == 0;
}

static const char *
first_of_environment (const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const char *value = g_getenv (*names);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

/* `dynamodb.eu-west-1.amazonaws.com` says its region itself, and so does `streams.dynamodb.…`. */
static char *
choose_region (const HrRemoteOptions *options, const char *host)
{
  static const char *const names[] = { "AWS_REGION", "AWS_DEFAULT_REGION", NULL };
  const char *given = options->region != NULL ? options->region : first_of_environment (names);
  const char *name = g_str_has_prefix (host, "streams.") ? host + strlen ("streams.") : host;
  g_auto (GStrv) labels = g_strsplit (name, ".", 4);

  if (g_strv_length (labels) == 4 && strcmp (labels[0], "dynamodb") == 0
      && g_str_has_prefix (labels[2], "amazonaws"))
    return g_strdup (labels[1]);
  return g_strdup (given != NULL ? given : DEFAULT_REGION);
}

static gboolean
set_credentials (RemoteBackend *self, const HrRemoteOptions *options, const char *host, GError **error)
{
  const char *key = options->access_key != NULL ? options->access_key : g_getenv ("AWS_ACCESS_KEY_ID");
  const char *secret = options->secret_key != NULL ? options->secret_key : g_getenv ("AWS_SECRET_ACCESS_KEY");
  const char *token = options->session_token != NULL ? options->session_token : g_getenv ("AWS_SESSION_TOKEN");

  if ((key == NULL || secret == NULL) && !is_this_machine (host))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _ ("%s wants credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."), host);
      return FALSE;
    }
  curl_easy_setopt (self->curl, CURLOPT_USERNAME, key != NULL ? key : "local");
  curl_easy_setopt (self->curl, CURLOPT_PASSWORD, secret != NULL ? secret : "local");
  if (token != NULL)
    self->token_header = g_strdup_printf ("X-Amz-Security-Token: %s", token);
  return TRUE;
}

static struct curl_slist *
build_headers (const RemoteBackend *self, const char *operation)
{
  const HrOperation *known = hr_operation_find (operation);
  const char *service = known != NULL ? hr_operation_get_service (known) : "DynamoDB_20120810";
  g_autofree char *target = g_strdup_printf ("X-Amz-Target: %s.%s", service, operation);
  struct curl_slist *headers = curl_slist_append (NULL, "Content-Type: application/x-amz-json-1.0");

  headers = curl_slist_append (headers, target);
  headers = curl_slist_append (headers, "Expect:");
  if (self->token_header != NULL)
    headers = curl_slist_append (headers, self->token_header);
  return headers;
}

/* `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException` → the last part. */
static const char *
get_error_name (const HrJson *body, HrArena *arena)
{
  const HrJson *type = hr_json_get (body, "__type");
  const char *name = type != NULL ? hr_json_dup_string (type, arena) : NULL;
  const char *hash = name != NULL ? strrchr (name, '#') : NULL;

  return hash != NULL ? hash + 1 : name;
}

static const char *
get_error_message (const HrJson *body, HrArena *arena)
{
  const HrJson *message = hr_json_get (body, "message");

  if (message == NULL)
    message = hr_json_get (body, "Message");
  return message != NULL ? hr_json_dup_string (message, arena) : NULL;
}

static void
deliver (RemoteBackend *self, HrBackendDone done, gpointer user_data)
{
  HrBackendResponse response = { .body = self->answer.data, .body_length = self->answer.length };
  HrJsonError json_error = { 0 };
  const HrJson *body;
  g_autoptr (GError) error = NULL;
  long status = 0;

  curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &status);
  response.status = status;
  body = hr_json_parse (self->arena, self->answer.data, self->answer.length, HR_LIMIT_JSON_DEPTH, &json_error);
  if (body == NULL)
    {
      g_set_error (&error, HR_ERROR, HR_ERROR_INVALID,
                   _ ("%s answered with status %ld and something that is no JSON; is it a DynamoDB endpoint?"),
                   self->url, status);
      done (NULL, error, user_data);
      return;
    }
  if (status != 200)
    {
      response.error_name = get_error_name (body, self->arena);
      response.error_message = get_error_message (body, self->arena);
      if (response.error_name == NULL)
        response.error_name = "UnknownError";
    }
  done (&response, NULL, user_data);
}

static void
remote_backend_call (HrBackend *backend, const HrBackendRequest *request, HrBackendDone done, gpointer user_data)
{
  RemoteBackend *self = (RemoteBackend *) backend;
  struct curl_slist *headers = build_headers (self, request->operation);
  g_autoptr (GError) error = NULL;
  CURLcode code;

  hr_buffer_truncate (&self->answer, 0);
  hr_buffer_reserve (&self->answer, 1);
  hr_arena_reset (self->arena);
  self->cancel = request->cancel;
  curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (self->curl, CURLOPT_POSTFIELDS, request->body);
  curl_easy_setopt (self->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) request->body_length);
  code = curl_easy_perform (self->curl);
  curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, NULL);
  curl_slist_free_all (headers);

  if (code == CURLE_OK)
    {
      deliver (self, done, user_data);
      return;
    }
  if (code == CURLE_ABORTED_BY_CALLBACK)
    g_set_error (&error, HR_ERROR, HR_ERROR_CANCELLED, _ ("The request was cancelled."));
  else
    g_set_error (&error, HR_ERROR, HR_ERROR_IO, _ ("%s does not answer: %s."), self->url, curl_easy_strerror (code));
  done (NULL, error, user_data);
}

static void
remote_backend_free (HrBackend *backend)
{
  RemoteBackend *self = (RemoteBackend *) backend;

  g_clear_pointer (&self->curl, curl_easy_cleanup);
  g_free (self->url);
  g_free (self->signature);
  g_free (self->token_header);
  hr_arena_free (self->arena);
  hr_buffer_clear (&self->answer);
  g_free (self);
}

static const HrBackendClass remote_backend_class = {
  .call = remote_backend_call,
  .free = remote_backend_free,
};

static void
set_up_transfer (RemoteBackend *self)
{
  curl_easy_setopt (self->curl, CURLOPT_URL, self->url);
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (self->curl, CURLOPT_AWS_SIGV4, self->signature);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_WRITEFUNCTION, receive_cb);
  curl_easy_setopt (self->curl, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, self);
}

HrBackend *
hr_backend_new_remote (const HrRemoteOptions *options, GError **error)
{
  g_autofree char *host = get_host (options->url);
  g_autofree char *region = NULL;
  RemoteBackend *self;

  if (host == NULL || !(g_str_has_prefix (options->url, "http://") || g_str_has_prefix (options->url, "https://")))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _ ("“%s” is no address of an endpoint, such as http://127.0.0.1:8000."), options->url);
      return NULL;
    }

  region = choose_region (options, host);
  self = g_new0 (RemoteBackend, 1);
  self->parent.klass = &remote_backend_class;
  self->curl = curl_easy_init ();
  self->url = g_strdup (options->url);
  self->signature = g_strdup_printf ("aws:amz:%s:dynamodb", region);
  self->arena = hr_arena_new ();
  set_up_transfer (self);
  if (!set_credentials (self, options, host, error))
    {
      remote_backend_free (&self->parent);
      return NULL;
    }
  return &self->parent;
}
