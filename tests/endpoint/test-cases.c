/*
 * The case files of tests/api through the endpoint: the same answers over HTTP as from the library.
 */
#include "tests/api/case-run.h"
#include "tests/endpoint/server.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

typedef struct
{
  Server server;
  const char *region;
  int client;
} Door;

static gpointer
door_open (gboolean is_old_layer)
{
  Door *self = g_new0 (Door, 1);

  server_start (&self->server, NULL, NULL);
  self->client = server_connect (&self->server);
  self->region = is_old_layer ? "eu-south-2" : "us-east-1";
  return self;
}

static void
door_close (gpointer door)
{
  Door *self = door;

  close (self->client);
  server_stop (&self->server);
  g_free (self);
}

static void
check_head (const Answer *answer)
{
  const char *checksum = strstr (answer->head, "\r\nx-amz-crc32: ");
  gulong computed = crc32 (0, (const Bytef *) answer->body, (uInt) answer->body_length);

  g_assert_nonnull (checksum);
  g_assert_cmpuint (g_ascii_strtoull (checksum + strlen ("\r\nx-amz-crc32: "), NULL, 10), ==, computed);
  g_assert_nonnull (strstr (answer->head, "\r\nContent-Type: application/x-amz-json-1.0\r\n"));
  g_assert_nonnull (strstr (answer->head, "\r\nx-amzn-RequestId: "));
}

static guint
door_call (gpointer door, const CaseStep *step, HrBuffer *out)
{
  Door *self = door;
  g_autofree char *request = make_request (step->operation, self->region, step->body);
  g_auto (Answer) answer = { 0 };

  g_assert_true (client_send (self->client, request, strlen (request)));
  client_receive (self->client, &answer);
  g_assert_cmpuint (answer.status, !=, 0);
  check_head (&answer);
  hr_buffer_append (out, answer.body, answer.body_length);
  return answer.status;
}

int
main (int argc, char **argv)
{
  const CaseDoor door = { .open = door_open, .close = door_close, .call = door_call };

  return case_run_main (argc, argv, &door);
}
