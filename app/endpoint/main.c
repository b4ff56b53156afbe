/*
 * hashrange serve: tables behind HTTP, for any SDK of the service.
 *
 * An executable of its own, so that it links what it needs and nothing else. It says where it listens once it
 * does, on standard output, and runs until it is told to stop.
 */

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/cli/command.h"
#include "app/endpoint/endpoint.h"
#include "app/endpoint/seed.h"
#include "model/base/i18n.h"

#define COMMAND "serve"
#define PORT 8000
#define TTL_DELAY_S 10
#define STATUS_DELAY_MAX_MS 3600000 /* an hour */

typedef struct
{
  char *database;
  char *host;
  char *sync_name;
  char **origins;
  char *auth;
  char *validation;
  int port;
  gint64 ttl_delay_s;
  gint64 status_delay_ms;
  gboolean per_credentials;
  gboolean log;

  /* from the above */
  HrSync sync;
  HrEndpointLayer layer;
  char *secret; /* in auth, behind the key */
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->database);
  g_free (self->host);
  g_free (self->sync_name);
  g_strfreev (self->origins);
  g_free (self->auth);
  g_free (self->validation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_sync (Arguments *self)
{
  static const struct
  {
    const char *name;
    HrSync sync;
  } names[] = { { "full", HR_SYNC_FULL }, { "normal", HR_SYNC_NORMAL }, { "off", HR_SYNC_OFF } };

  self->sync = HR_SYNC_FULL;
  if (self->sync_name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, self->sync_name) == 0)
      {
        self->sync = names[i].sync;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_validation (Arguments *self)
{
  HrValidationLayer layer;

  if (self->validation == NULL)
    return TRUE;
  if (!hr_validation_layer_from_name (self->validation, &layer))
    return FALSE;
  self->layer = layer == HR_VALIDATION_OLD ? HR_ENDPOINT_LAYER_OLD : HR_ENDPOINT_LAYER_NEW;
  return TRUE;
}

/* KEY:SECRET; a secret may have colons. */
static gboolean
split_auth (Arguments *self)
{
  char *colon = self->auth != NULL ? strchr (self->auth, ':') : NULL;

  if (self->auth == NULL)
    return TRUE;
  if (colon == NULL || colon == self->auth || colon[1] == '\0')
    return FALSE;
  *colon = '\0';
  self->secret = colon + 1;
  return TRUE;
}

static gboolean
check_arguments (Arguments *self, int argc)
{
  if (argc > 2)
    hr_command_fail (COMMAND, _ ("name one model or none: `hashrange serve [MODEL]`."));
  else if (self->port < 0 || self->port > 65535)
    hr_command_fail (COMMAND, _ ("--port takes a number up to 65535; 0 stands for any that is free."));
  else if (self->ttl_delay_s < 0)
    hr_command_fail (COMMAND, _ ("--ttl-delay takes a number of seconds from 0 on."));
  else if (self->status_delay_ms < 0 || self->status_delay_ms > STATUS_DELAY_MAX_MS)
    hr_command_fail (COMMAND, _ ("--status-delay takes a number of milliseconds from 0 to %d."), STATUS_DELAY_MAX_MS);
  else if (!parse_sync (self))
    hr_command_fail (COMMAND, _ ("“%s” is none of full, normal and off."), self->sync_name);
  else if (!parse_validation (self))
    hr_command_fail (COMMAND, _ ("“%s” is neither new nor old."), self->validation);
  else if (!split_auth (self))
    hr_command_fail (COMMAND, _ ("--require-auth takes KEY:SECRET."));
  else
    return TRUE;
  return FALSE;
}

static void
print_log_cb (const char *line, gpointer user_data)
{
  g_printerr ("%s\n", line);
}

static void
announce (const Arguments *arguments, const HrListeners *listeners)
{
  const char *host = arguments->host != NULL ? arguments->host : "127.0.0.1";
  gboolean is_ipv6 = strchr (host, ':') != NULL;

  g_print (_ ("Listening at http://%s%s%s:%u\n"), is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
           listeners->port);
  fflush (stdout);
}

/* A file descriptor that is readable once the process is asked to stop. */
static int
catch_signals (void)
{
  sigset_t signals;

  signal (SIGPIPE, SIG_IGN);
  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  return signalfd (-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

static HrExit
serve (HrListeners *listeners, HrDatabases *databases, const Arguments *arguments, int stop)
{
  const HrEndpointOptions options = {
    .gate = { .origins = (const char *const *) arguments->origins, .is_loopback = listeners->is_loopback },
    .layer = arguments->layer,
    .key = arguments->auth,
    .secret = arguments->secret,
    .log = arguments->log ? print_log_cb : NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HrEndpoint) endpoint = NULL;

  endpoint = hr_endpoint_new (listeners, databases, &options, &error);
  if (endpoint == NULL)
    return hr_command_fail (COMMAND, "%s", error->message);
  hr_endpoint_run (endpoint, stop);
  return HR_EXIT_DONE;
}

static HrDatabases *
open_databases (const Arguments *arguments, HrSeed *seed, GError **error)
{
  const HrDatabasesOptions options = {
    .path = arguments->database,
    .sync = arguments->sync,
    .per_credentials = arguments->per_credentials,
    .ttl_delay_s = arguments->ttl_delay_s,
    .status_delay_ms = arguments->status_delay_ms,
    .seed = seed != NULL ? hr_seed_apply : NULL,
    .seed_data = seed,
  };

  return hr_databases_new (&options, error);
}

static HrExit
run (const Arguments *arguments, HrSeed **seed)
{
  HrListeners listeners = { .count = 0 };
  g_autoptr (HrDatabases) databases = NULL;
  g_autoptr (GError) error = NULL;
  int stop = catch_signals ();
  HrExit result;

  if (stop < 0)
    return hr_command_fail (COMMAND, "%s", g_strerror (errno));
  /* the port first: it is what is most often taken */
  if (!hr_listeners_open (&listeners, arguments->host != NULL ? arguments->host : "127.0.0.1",
                          arguments->port, &error))
    return hr_command_fail (COMMAND, "%s", error->message);
  databases = open_databases (arguments, *seed, &error);
  if (databases == NULL)
    {
      hr_listeners_close (&listeners);
      return hr_command_fail (COMMAND, "%s", error->message);
    }
  if (!arguments->per_credentials)
    {
      g_clear_pointer (seed, hr_seed_free);
      malloc_trim (0);
    }
  announce (arguments, &listeners);
  result = serve (&listeners, databases, arguments, stop);
  close (stop);
  return result;
}

static HrExit
command_serve (int argc, char **argv)
{
  g_auto (Arguments) arguments = { .port = PORT, .ttl_delay_s = TTL_DELAY_S };
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &arguments.database,
      N_ ("Keep everything in this file; made when it is not there"), N_ ("FILE") },
    { "sync", 0, 0, G_OPTION_ARG_STRING, &arguments.sync_name,
      N_ ("How safe an answered write is: full, normal or off"), N_ ("HOW") },
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments.port, N_ ("8000 when not given; 0: any that is free"),
      N_ ("PORT") },
    { "host", 0, 0, G_OPTION_ARG_STRING, &arguments.host,
      N_ ("127.0.0.1 when not given; 0.0.0.0 lets others in"), N_ ("HOST") },
    { "allow-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.origins,
      N_ ("Let pages of this origin send requests; * for all"), N_ ("ORIGIN") },
    { "require-auth", 0, 0, G_OPTION_ARG_STRING, &arguments.auth,
      N_ ("Let in only requests signed with these"), N_ ("KEY:SECRET") },
    { "validation", 0, 0, G_OPTION_ARG_STRING, &arguments.validation,
      N_ ("Wording of validation errors: new or old; that of the region when not given"), N_ ("LAYER") },
    { "per-credentials", 0, 0, G_OPTION_ARG_NONE, &arguments.per_credentials,
      N_ ("A database for each access key and region"), NULL },
    { "ttl-delay", 0, 0, G_OPTION_ARG_INT64, &arguments.ttl_delay_s,
      N_ ("How long items stay after they expired; 10 when not given"), N_ ("SECONDS") },
    { "status-delay", 0, 0, G_OPTION_ARG_INT64, &arguments.status_delay_ms,
      N_ ("How long tables are CREATING, UPDATING and DELETING; 0 when not given"), N_ ("MS") },
    { "log", 0, 0, G_OPTION_ARG_NONE, &arguments.log, N_ ("Write a line for each request to standard error"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) original = g_strdupv (argv);
  g_autoptr (HrSeed) seed = NULL;

  if (!hr_command_parse (
          COMMAND, entries,
          _ ("Speaks the service's own protocol: point an SDK or `aws --endpoint-url` at it, with any\n"
             "credentials. Without --db everything is gone when it stops; SIGTERM or Ctrl-C stops it.\n"),
          &argc, &argv)
      || !check_arguments (&arguments, argc))
    return HR_EXIT_FAILED;
  if (argc == 2)
    {
      seed = hr_seed_open (argv[1], original);
      if (seed == NULL)
        return HR_EXIT_FAILED;
    }
  return run (&arguments, &seed);
}

int
main (int argc, char **argv)
{
  hr_command_set_up ();
  return command_serve (argc, argv);
}
