/* A copy of the open model behind HTTP: what clients write comes back as one undo step. No display is needed. */
#include <gio/gio.h>
#include <string.h>

#include "app/session/local-endpoint.h"
#include "model/exchange/native.h"

typedef struct
{
  HrSession *session;
  HrLocalEndpoint *endpoint;
} Fixture;

static guint
get_state (Fixture *fixture)
{
  guint state;

  g_object_get (fixture->endpoint, "state", &state, NULL);
  return state;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  document = hr_native_read (text, length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  fixture->session = hr_session_new ();
  hr_session_set_document (fixture->session, document, NULL);
  fixture->endpoint = hr_local_endpoint_new (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_object (&fixture->endpoint);
  g_clear_object (&fixture->session);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static guint16
start (Fixture *fixture)
{
  g_autofree char *address = NULL;

  hr_local_endpoint_start (fixture->endpoint, 0);
  while (get_state (fixture) == HR_ENDPOINT_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_state (fixture), ==, HR_ENDPOINT_ON);
  g_object_get (fixture->endpoint, "address", &address, NULL);
  return (guint16) g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);
}

/* The whole answer, head included. */
static char *
call (guint16 port, const char *operation, const char *body)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  GString *answer = g_string_new (NULL);
  char buffer[4096];
  gssize n_read;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  request = g_strdup_printf ("POST / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nX-Amz-Target: DynamoDB_20120810.%s\r\n"
                             "Content-Type: application/x-amz-json-1.0\r\nConnection: close\r\n"
                             "Content-Length: %zu\r\n\r\n%s",
                             port, operation, strlen (body), body);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  while ((n_read = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer,
                                        NULL, &error)) > 0)
    g_string_append_len (answer, buffer, n_read);
  return g_string_free (answer, FALSE);
}

static void
do_call (guint16 port, const char *operation, const char *body)
{
  g_autofree char *answer = call (port, operation, body);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
}

static char *
write_native (Fixture *fixture)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  g_assert_true (hr_native_write (hr_session_get_document (fixture->session), &out, NULL, NULL));
  return g_strndup (out.data, out.length);
}

static void
test_take (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *before = write_native (fixture);
  g_autofree char *served = NULL, *after = NULL, *again = NULL;
  guint16 port = start (fixture);
  g_autoptr (GError) error = NULL;
  guint changes;

  do_call (port, "PutItem", "{\"TableName\": \"cruddur-messages\", \"Item\": {\"pk\": {\"S\": \"MSG#made-by-client\"}, "
                            "\"sk\": {\"S\": \"2026-01-01\"}, \"message\": {\"S\": \"hello from outside\"}}}");
  do_call (port, "PutItem", "{\"TableName\": \"cruddur-messages\", \"Item\": {\"pk\": {\"S\": \"MSG#gone\"}, "
                            "\"sk\": {\"S\": \"2026-01-01\"}}}");
  do_call (port, "DeleteItem", "{\"TableName\": \"cruddur-messages\", \"Key\": {\"pk\": {\"S\": \"MSG#gone\"}, "
                               "\"sk\": {\"S\": \"2026-01-01\"}}}");
  served = write_native (fixture);
  g_assert_cmpstr (before, ==, served); /* a copy is served */

  g_assert_true (hr_local_endpoint_take (fixture->endpoint, &error));
  g_assert_no_error (error);
  after = write_native (fixture);
  g_assert_nonnull (strstr (after, "hello from outside"));
  g_assert_null (strstr (after, "MSG#gone"));
  g_object_get (fixture->endpoint, "changes", &changes, NULL);
  g_assert_cmpuint (changes, ==, 0);

  g_assert_true (hr_document_undo (hr_session_get_document (fixture->session), NULL));
  again = write_native (fixture);
  g_assert_cmpstr (before, ==, again);
  do_call (port, "ListTables", "{}"); /* it went on */
}

static void
test_stop (Fixture *fixture, gconstpointer user_data)
{
  guint16 port = start (fixture);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  hr_local_endpoint_stop (fixture->endpoint);
  g_assert_cmpuint (get_state (fixture), ==, HR_ENDPOINT_OFF);
  g_assert_null (g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL));
  g_assert_false (hr_local_endpoint_take (fixture->endpoint, NULL));
  start (fixture);
}

static void
test_port_taken (Fixture *fixture, gconstpointer user_data)
{
  guint16 port = start (fixture);
  g_autoptr (HrLocalEndpoint) second = hr_local_endpoint_new (fixture->session);
  g_autofree char *expected = g_strdup_printf ("Port %u is used by another program.", port);
  g_autofree char *error = NULL;
  guint state, free_port;

  hr_local_endpoint_start (second, port);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (second, "state", &state, NULL);
    }
  while (state == HR_ENDPOINT_STARTING);
  g_object_get (second, "error", &error, "free-port", &free_port, NULL);
  g_assert_cmpuint (state, ==, HR_ENDPOINT_OFF);
  g_assert_cmpstr (error, ==, expected);
  g_assert_cmpuint (free_port, >, port);
}

/* Another model is not what clients asked for. */
static void
test_other_model (Fixture *fixture, gconstpointer user_data)
{
  start (fixture);
  hr_session_new_model (fixture->session);
  g_assert_cmpuint (get_state (fixture), ==, HR_ENDPOINT_OFF);
}

#define ADD(name, func) g_test_add ("/local-endpoint/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("take", test_take);
  ADD ("stop", test_stop);
  ADD ("port-taken", test_port_taken);
  ADD ("other-model", test_other_model);
  return g_test_run ();
}
