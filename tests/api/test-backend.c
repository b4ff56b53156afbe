/*
 * The local backend: one answer a call, errors by name, cancelling, savepoints, calls from within a callback.
 */
#include "model/api/api.h"
#include "model/api/backend.h"
#include "model/base/error.h"

#include <string.h>

#define CREATE                                                                                               \
  "{\"TableName\":\"hash\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{"                  \
  "\"AttributeName\":"                                                                                       \
  "\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}"
#define ADD                                                                                                  \
  "{\"ClientRequestToken\":\"t\",\"TransactItems\":[{\"Update\":{\"TableName\":\"hash\",\"Key\":{\"pk\":{"   \
  "\"S\":\"a\"}},\"UpdateExpression\":\"ADD n :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}}}]}"
#define GET "{\"TableName\":\"hash\",\"Key\":{\"pk\":{\"S\":\"a\"}}}"

typedef struct
{
  HrEngine *engine;
  HrBackend *backend;
  guint n_answers;
  guint status;
  char *body;
  char *error_name;
  char *error_message;
  gboolean is_cancelled;
  const char *then; /* body of a GetItem to call from the callback */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  self->backend = hr_backend_new_local (self->engine);
}

static void
clear_answer (Fixture *self)
{
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->error_name, g_free);
  g_clear_pointer (&self->error_message, g_free);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  clear_answer (self);
  hr_backend_free (self->backend);
  hr_engine_close (self->engine);
}

static void
done_cb (const HrBackendResponse *response, const GError *error, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_answers++;
  if (response == NULL)
    {
      self->is_cancelled = g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED);
      return;
    }
  if (self->then != NULL)
    {
      HrBackendRequest request
          = { .operation = "GetItem", .body = self->then, .body_length = strlen (self->then) };
      g_autofree char *before = g_strndup (response->body, response->body_length);

      self->then = NULL;
      hr_backend_call (self->backend, &request, done_cb, self);
      g_assert_cmpmem (before, strlen (before), response->body, response->body_length);
      return;
    }
  clear_answer (self);
  self->status = response->status;
  self->body = g_strndup (response->body, response->body_length);
  self->error_name = g_strdup (response->error_name);
  self->error_message = g_strdup (response->error_message);
}

static void
call (Fixture *self, const char *operation, const char *body)
{
  HrBackendRequest request = { .operation = operation, .body = body, .body_length = strlen (body) };

  hr_backend_call (self->backend, &request, done_cb, self);
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (hr_backend_get_flags (self->backend), ==, HR_BACKEND_TRACES | HR_BACKEND_SAVEPOINTS);
  call (self, "CreateTable", CREATE);
  g_assert_cmpuint (self->status, ==, 200);
  g_assert_null (self->error_name);
  call (self, "GetItem", GET);
  g_assert_cmpstr (self->body, ==, "{}");
  call (self, "GetItem", "{");
  g_assert_cmpuint (self->status, ==, 400);
  g_assert_cmpstr (self->error_name, ==, "SerializationException");
  g_assert_cmpstr (self->body, ==, "{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
  g_assert_nonnull (self->error_message);
  call (self, "DescribeTable", "{\"TableName\":\"nowhere\"}");
  g_assert_cmpstr (self->error_name, ==, "ResourceNotFoundException");
  g_assert_cmpstr (self->error_message, ==, "Requested resource not found: Table: nowhere not found");
  g_assert_cmpuint (self->n_answers, ==, 4);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  HrCancel cancel = { 0 };
  HrBackendRequest request = { .operation = "ListTables", .body = "{}", .body_length = 2, .cancel = &cancel };

  hr_cancel_raise (&cancel);
  hr_backend_call (self->backend, &request, done_cb, self);
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_true (self->is_cancelled);
}

/* A token whose write was taken back is free again. */
static void
test_savepoints (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  call (self, "CreateTable", CREATE);
  g_assert_true (hr_backend_begin (self->backend, &error));
  call (self, "TransactWriteItems", ADD);
  g_assert_cmpuint (self->status, ==, 200);
  g_assert_true (hr_backend_rollback (self->backend, &error));
  call (self, "GetItem", GET);
  g_assert_cmpstr (self->body, ==, "{}");

  g_assert_true (hr_backend_begin (self->backend, &error));
  call (self, "TransactWriteItems", ADD);
  g_assert_true (hr_backend_commit (self->backend, &error));
  call (self, "TransactWriteItems", ADD);
  g_assert_cmpuint (self->status, ==, 200);
  call (self, "GetItem", GET);
  g_assert_cmpstr (self->body, ==, "{\"Item\":{\"n\":{\"N\":\"1\"},\"pk\":{\"S\":\"a\"}}}");
  g_assert_no_error (error);
}

static void
test_call_in_callback (Fixture *self, gconstpointer data)
{
  call (self, "CreateTable", CREATE);
  self->then = GET;
  call (self, "ListTables", "{}");
  g_assert_cmpuint (self->n_answers, ==, 3);
  g_assert_cmpstr (self->body, ==, "{}");
  call (self, "ListTables", "{}");
  g_assert_cmpstr (self->body, ==, "{\"TableNames\":[\"hash\"]}");
}

static void
test_trace (Fixture *self, gconstpointer data)
{
  g_autoptr (HrTrace) trace = hr_trace_new ();
  HrBackendRequest request
      = { .operation = "GetItem", .body = GET, .body_length = strlen (GET), .trace = trace };

  call (self, "CreateTable", CREATE);
  hr_backend_call (self->backend, &request, done_cb, self);
  hr_backend_call (self->backend, &request, done_cb, self);
  g_assert_cmpuint (hr_trace_get_count (trace), >, 1);
  g_assert_cmpint (hr_trace_get (trace, 0)->kind, ==, HR_TRACE_MISS);
  g_assert_cmpuint (hr_trace_get (trace, hr_trace_get_count (trace) - 1)->request, ==, 1);
}

#define ADD_TEST(name, func) g_test_add ("/api/backend/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("answers", test_answers);
  ADD_TEST ("cancelled", test_cancelled);
  ADD_TEST ("savepoints", test_savepoints);
  ADD_TEST ("call-in-callback", test_call_in_callback);
  ADD_TEST ("trace", test_trace);
  return g_test_run ();
}
