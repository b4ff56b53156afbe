/*
 * Servers to be measured. endpoint-server.h says what they are.
 */
#include "tests/bench/endpoint-server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/endpoint/port-owner.h"
#include "tests/bench/load.h"

void
bench_server_start (BenchServer *self, const char *program, const char *name, const char *folder, const char *sync)
{
  g_autofree char *database = folder != NULL ? g_build_filename (folder, "bench.db", NULL) : NULL;
  const char *arguments[] = { program, "--port", "0", "--db", database, "--sync", sync, NULL };
  char line[128] = "";
  const char *colon;
  int ends[2];

  *self = (BenchServer) { .name = g_strdup (name), .is_ours = TRUE };
  if (database == NULL)
    arguments[3] = NULL;
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  self->pid = fork ();
  if (self->pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGTERM); /* also when a measurement ends badly */
      dup2 (ends[1], STDOUT_FILENO);
      execv (program, (char **) arguments);
      _exit (127);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], line, sizeof line - 1), >, 0);
  close (ends[0]);
  colon = strrchr (line, ':');
  g_assert_nonnull (colon);
  self->address.sin_family = AF_INET;
  self->address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->address.sin_port = htons ((guint16) strtoul (colon + 1, NULL, 10));
}

void
bench_server_find (BenchServer *self, const char *peer)
{
  g_auto (GStrv) parts = g_strsplit (peer, "=http://", 2);
  const char *colon = g_strv_length (parts) == 2 ? strrchr (parts[1], ':') : NULL;
  g_autofree char *host = colon != NULL ? g_strndup (parts[1], colon - parts[1]) : NULL;
  guint16 port = colon != NULL ? (guint16) strtoul (colon + 1, NULL, 10) : 0;
  g_autofree char *owner = hr_port_owner_describe (port);
  const char *process = owner != NULL ? strrchr (owner, ' ') : NULL;

  *self = (BenchServer) { .address = { .sin_family = AF_INET } };
  if (port == 0
      || inet_pton (AF_INET, strcmp (host, "localhost") == 0 ? "127.0.0.1" : host, &self->address.sin_addr) != 1)
    g_error ("%s is not NAME=http://ADDRESS:PORT", peer);
  self->name = g_strdup (parts[0]);
  self->address.sin_port = htons (port);
  self->pid = process != NULL ? atoi (process + 1) : 0;
}

void
bench_server_stop (BenchServer *self)
{
  int status = -1;

  if (self->is_ours)
    {
      kill (self->pid, SIGTERM);
      waitpid (self->pid, &status, 0);
      g_assert_cmpint (status, ==, 0);
    }
  g_free (self->name);
}

/* The first number behind @label in a file of /proc. */
static double
read_number (const char *path, const char *label)
{
  g_autofree char *text = NULL;
  const char *place;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  place = strstr (text, label);
  return place != NULL ? strtod (place + strlen (label), NULL) : 0;
}

double
bench_server_get_cpu_seconds (const BenchServer *self)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", (int) self->pid);
  g_autoptr (GDir) threads = g_dir_open (folder, 0, NULL);
  const char *thread;
  double sum = 0;

  while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, thread, "schedstat", NULL);

      sum += read_number (path, "");
    }
  return sum / 1e9;
}

double
bench_server_get_resident_mb (const BenchServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) self->pid);

  return read_number (path, "VmRSS:") / 1024;
}

char *
bench_server_ask (const BenchServer *self, const char *operation, const char *body, guint *status)
{
  LoadRequest *request = load_request_new (operation, body, NULL);
  char *answer = load_ask (&self->address, request, status);

  load_request_free (request);
  if (answer == NULL)
    g_error ("%s: %s is not answered", self->name, operation);
  return answer;
}

char *
bench_server_need (const BenchServer *self, const char *operation, const char *body)
{
  guint status = 0;
  char *answer = bench_server_ask (self, operation, body, &status);

  if (status != 200)
    g_error ("%s: %s answers %u: %.300s", self->name, operation, status, answer);
  return answer;
}
