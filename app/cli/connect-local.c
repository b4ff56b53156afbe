/*
 * The command line without a network client: --endpoint goes on in `hashrange-remote`.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/cli/connect.h"
#include "model/base/i18n.h"

static gboolean
wants_endpoint (int argc, char **argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--endpoint") == 0 || g_str_has_prefix (argv[i], "--endpoint="))
      return TRUE;
  return FALSE;
}

void
hr_connect_if_remote (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char **arguments = NULL;

  if (!wants_endpoint (argc, argv))
    return;
  path = hr_command_find_helper ("remote");
  if (path == NULL)
    return;
  arguments = g_new0 (char *, argc + 2);
  arguments[0] = path;
  memcpy (arguments + 1, argv, argc * sizeof (char *));
  execv (path, arguments);
  g_printerr (_ ("hashrange %s: %s, which talks to endpoints, could not be started: %s\n"), argv[0], path,
              g_strerror (errno));
}

HrBackend *
hr_connect_endpoint (const char *command, const char *url)
{
  hr_command_fail (command, _ ("%s cannot be reached: hashrange-remote, the network client, is not installed."), url);
  return NULL;
}
