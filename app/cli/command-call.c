/*
 * hashrange call: one operation, request JSON in, response JSON out.
 *
 * The third door to the same operations, beside the library and the endpoint: against a database file, a model (its
 * changes are gone afterwards), or a remote endpoint.
 */

#include <stdio.h>
#include <string.h>

#include "app/cli/connect.h"
#include "app/cli/model-file.h"
#include "model/api/api.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/document/file.h"

typedef struct
{
  char *database;
  char *model;
  char *endpoint;
  char *validation;

  /* from the above */
  HrValidationLayer layer;
} CallArguments;

static void
call_arguments_clear (CallArguments *self)
{
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->endpoint, g_free);
  g_clear_pointer (&self->validation, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CallArguments, call_arguments_clear)

static void
print_body (FILE *stream, const char *body, gsize length)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrJsonError error = { 0 };
  const HrJson *json = hr_json_parse (arena, body, length, HR_LIMIT_JSON_DEPTH, &error);

  if (json != NULL)
    hr_json_write_pretty (&out, json, 0);
  else
    hr_buffer_append (&out, body, length);
  hr_buffer_append_char (&out, '\n');
  fwrite (out.data, 1, out.length, stream);
}

typedef struct
{
  HrExit exit;
} CallResult;

static void
print_response_cb (const HrBackendResponse *response, const GError *error, gpointer user_data)
{
  CallResult *result = user_data;

  if (response == NULL)
    {
      result->exit = hr_command_fail ("call", "%s", error->message);
      return;
    }
  print_body (stdout, response->body, response->body_length);
  result->exit = response->error_name == NULL ? HR_EXIT_DONE : HR_EXIT_FINDINGS;
  if (response->error_name != NULL)
    g_printerr ("hashrange call: %s: %s\n", response->error_name,
                response->error_message != NULL ? response->error_message : "");
}

static HrExit
send_request (HrBackend *backend, const char *operation, GBytes *body)
{
  CallResult result = { HR_EXIT_FAILED };
  HrBackendRequest request = { .operation = operation };

  request.body = g_bytes_get_data (body, &request.body_length);
  hr_backend_call (backend, &request, print_response_cb, &result);
  return result.exit;
}

static HrExit
call_database (const CallArguments *arguments, const char *operation, GBytes *body)
{
  const HrEngineOptions options = { .synchronous = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HrEngine) engine = hr_engine_open (arguments->database, &options, &error);
  g_autoptr (HrBackend) backend = NULL;

  if (engine == NULL)
    return hr_command_fail ("call", "%s", error->message);
  backend = hr_backend_new_local_with_layer (engine, arguments->layer);
  return send_request (backend, operation, body);
}

static HrExit
call_model (const CallArguments *arguments, const char *operation, GBytes *body)
{
  g_auto (HrModelFile) file = { 0 };
  g_autoptr (HrBackend) backend = NULL;

  if (!hr_model_file_open (&file, "call", arguments->model))
    return HR_EXIT_FAILED;
  backend = hr_backend_new_local_with_layer (hr_document_get_engine (file.document), arguments->layer);
  return send_request (backend, operation, body);
}

static HrExit
call_endpoint (const char *url, const char *operation, GBytes *body)
{
  g_autoptr (HrBackend) backend = hr_connect_endpoint ("call", url);

  return backend != NULL ? send_request (backend, operation, body) : HR_EXIT_FAILED;
}

static gboolean
check_arguments (CallArguments *self, int argc)
{
  if (argc < 2 || argc > 3)
    hr_command_fail ("call", _ ("name an operation: `hashrange call OPERATION [REQUEST.json]`."));
  else if ((self->database != NULL) + (self->model != NULL) + (self->endpoint != NULL) != 1)
    hr_command_fail ("call", _ ("say where to with one of --db FILE, --model MODEL and --endpoint URL."));
  else if (self->validation != NULL && self->endpoint != NULL)
    hr_command_fail ("call", _ ("--validation goes with --db and --model; an endpoint decides for itself."));
  else if (self->validation != NULL && !hr_validation_layer_from_name (self->validation, &self->layer))
    hr_command_fail ("call", _ ("“%s” is neither new nor old."), self->validation);
  else
    return TRUE;
  return FALSE;
}

HrExit
hr_command_call (int argc, char **argv)
{
  g_auto (CallArguments) arguments = { 0 };
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &arguments.database, N_ ("A database file; made when it is not there"),
      N_ ("FILE") },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &arguments.model, N_ ("A model; the file is not changed"), N_ ("MODEL") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &arguments.endpoint, N_ ("An endpoint that speaks the service's JSON"),
      N_ ("URL") },
    { "validation", 0, 0, G_OPTION_ARG_STRING, &arguments.validation,
      N_ ("Wording of validation errors: new (when not given) or old"), N_ ("LAYER") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  hr_connect_if_remote (argc, argv);
  if (!hr_command_parse ("call", entries,
                         _ ("REQUEST.json holds the request; - is standard input, and an empty request when not "
                            "given.\nPrints the response. Exits with 1 when it is an error of the service.\n"),
                         &argc, &argv)
      || !check_arguments (&arguments, argc))
    return HR_EXIT_FAILED;

  body = argc == 3 ? hr_file_read (argv[2], &error) : g_bytes_new_static ("{}", 2);
  if (body == NULL)
    return hr_command_fail ("call", "%s", error->message);
  if (arguments.database != NULL)
    return call_database (&arguments, argv[1], body);
  if (arguments.model != NULL)
    return call_model (&arguments, argv[1], body);
  return call_endpoint (arguments.endpoint, argv[1], body);
}
