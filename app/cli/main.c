/*
 * hashrange: the command line.
 *
 * One table of subcommands. A name that is not in the table is looked for as an executable
 * `hashrange-NAME` in the libexec folder, as git does, so that what draws or serves brings its own
 * libraries and this program stays small and quick to start.
 */

#include <errno.h>
#include <glib/gprintf.h>
#include <locale.h>
#include <libintl.h>
#include <string.h>
#include <unistd.h>

#include "app/cli/command.h"
#include "app/cli/config.h"
#include "model/base/i18n.h"

static const HrCommand commands[] = {
  { "check", N_ ("MODEL"), N_ ("Say what is odd in a model"), hr_command_check },
  { "run", N_ ("MODEL [PATTERN…]"), N_ ("Run access patterns and compare with what they expect"), hr_command_run },
  { "export", N_ ("MODEL --to FORMAT [-o PATH]"), N_ ("Write a model in another format"), hr_command_export },
  { "import", N_ ("FILE [--from FORMAT] -o MODEL"), N_ ("Make a model from another format"), hr_command_import },
  { "call", N_ ("OPERATION [REQUEST.json|-]"), N_ ("Send one request to a database, a model or an endpoint"),
    hr_command_call },
};

const HrCommand *
hr_command_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static void
print_help (void)
{
  g_print (_ ("Usage: hashrange COMMAND [ARGUMENTS]\n\n"
              "Design DynamoDB-style tables, run their access patterns on a local engine, export the schema.\n\n"
              "Commands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-8s %s\n", commands[i].name, _ (commands[i].summary));
  g_print (_ ("\n`hashrange COMMAND --help` explains a command.\n"
              "Exit codes: 0 done, 1 the model or the result is not as it should be, 2 the call failed.\n"));
}

HrExit
hr_command_fail (const char *name, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("hashrange %s: %s\n", name, message);
  return HR_EXIT_FAILED;
}

gboolean
hr_command_parse (const char *name, const GOptionEntry *entries, const char *description, int *argc, char ***argv)
{
  const HrCommand *command = hr_command_find (name);
  g_autoptr (GOptionContext) context = g_option_context_new (_ (command->synopsis));
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("hashrange %s", name);

  g_set_prgname (program);
  g_option_context_set_translation_domain (context, HR_TEXT_DOMAIN);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, description);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, HR_TEXT_DOMAIN);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  hr_command_fail (name, _ ("%s. `hashrange %s --help` lists the options."), error->message, name);
  return FALSE;
}

/* HASHRANGE_LIBEXEC lets the build tree be used without installing. */
static int
run_helper (char **argv)
{
  const char *folder = g_getenv ("HASHRANGE_LIBEXEC");
  g_autofree char *file = g_strdup_printf ("hashrange-%s", argv[0]);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : HR_LIBEXECDIR, file, NULL);

  if (strchr (argv[0], G_DIR_SEPARATOR) == NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    {
      execv (path, argv);
      g_printerr (_ ("hashrange: %s could not be started: %s\n"), path, g_strerror (errno));
      return HR_EXIT_FAILED;
    }
  g_printerr (_ ("hashrange: “%s” is no command. `hashrange --help` lists them.\n"), argv[0]);
  return HR_EXIT_FAILED;
}

int
main (int argc, char **argv)
{
  const HrCommand *command;

  setlocale (LC_ALL, "");
  bindtextdomain (HR_TEXT_DOMAIN, HR_LOCALEDIR);
  bind_textdomain_codeset (HR_TEXT_DOMAIN, "UTF-8");
  textdomain (HR_TEXT_DOMAIN);

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

  command = hr_command_find (argv[1]);
  if (command == NULL)
    return run_helper (argv + 1);
  return command->run (argc - 1, argv + 1);
}
