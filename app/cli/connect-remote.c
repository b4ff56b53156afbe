/*
 * The command line with the network client: what `hashrange-remote` is made of.
 */

#include "app/cli/connect.h"
#include "app/remote/remote-backend.h"

void
hr_connect_if_remote (int argc, char **argv)
{
}

HrBackend *
hr_connect_endpoint (const char *command, const char *url)
{
  const HrRemoteOptions options = { .url = url };
  g_autoptr (GError) error = NULL;
  HrBackend *backend = hr_backend_new_remote (&options, &error);

  if (backend == NULL)
    hr_command_fail (command, "%s", error->message);
  return backend;
}
