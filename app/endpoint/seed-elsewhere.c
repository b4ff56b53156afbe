/*
 * The server without code for models: goes on as `hashrange-serve-model` when it is given one.
 */

#include "app/endpoint/seed.h"

#include <errno.h>
#include <unistd.h>

#include "app/cli/command.h"
#include "model/base/i18n.h"

HrSeed *
hr_seed_open (const char *model, char **arguments)
{
  g_autofree char *path = hr_command_find_helper ("serve-model");

  if (path == NULL)
    {
      hr_command_fail ("serve", _ ("%s cannot be read: hashrange-serve-model is not installed."), model);
      return NULL;
    }
  execv (path, arguments);
  hr_command_fail ("serve", _ ("%s could not be started: %s."), path, g_strerror (errno));
  return NULL;
}

void
hr_seed_free (HrSeed *self)
{
}

gboolean
hr_seed_apply (HrEngine *engine, gpointer seed, GError **error)
{
  return TRUE;
}
