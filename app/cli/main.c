/*
 * hashrange: the command line.
 *
 * A name that is not one of its own subcommands is looked for as an executable
 * `hashrange-NAME` in the libexec folder, as git does, so that what draws or serves brings its own
 * libraries and this program stays small and quick to start.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/cli/command.h"
#include "app/cli/config.h"
#include "model/base/i18n.h"

static const struct
{
  const char *name;
  HrExit (*run) (int argc, char **argv);
} built_in[] = {
  { "check", hr_command_check },
  { "run", hr_command_run },
  { "export", hr_command_export },
  { "import", hr_command_import },
  { "call", hr_command_call },
};

static void
print_help (void)
{
  g_print (_ ("Usage: hashrange COMMAND [ARGUMENTS]\n\n"
              "Design DynamoDB-style tables, run their access patterns on a local engine, export the schema.\n\n"
              "Commands:\n"));
  for (guint i = 0; i < hr_command_get_count (); i++)
    g_print ("  %-8s %s\n", hr_command_get (i)->name, _ (hr_command_get (i)->summary));
  g_print (_ ("\n`hashrange COMMAND --help` explains a command.\n"
              "Exit codes: 0 done, 1 the model or the result is not as it should be, 2 the call failed.\n"));
}

static int
run_helper (char **argv)
{
  g_autofree char *path = hr_command_find_helper (argv[0]);

  if (path == NULL)
    {
      g_printerr (_ ("hashrange: “%s” is no command. `hashrange --help` lists them.\n"), argv[0]);
      return HR_EXIT_FAILED;
    }
  execv (path, argv);
  g_printerr (_ ("hashrange: %s could not be started: %s\n"), path, g_strerror (errno));
  return HR_EXIT_FAILED;
}

int
main (int argc, char **argv)
{
  hr_command_set_up ();
  if (argc < 2)
    {
      g_printerr (_ ("Usage: hashrange COMMAND [ARGUMENTS]. `hashrange --help` lists the commands.\n"));
      return HR_EXIT_FAILED;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_help ();
      return HR_EXIT_DONE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("hashrange %s\n", HR_VERSION);
      return HR_EXIT_DONE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (strcmp (built_in[i].name, argv[1]) == 0)
      return built_in[i].run (argc - 1, argv + 1);
  return run_helper (argv + 1);
}
