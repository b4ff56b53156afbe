/*
 * What the programs of the command line share: the one list of subcommands, their options, their complaints.
 */

#include "app/cli/command.h"

#include <string.h>

#include "app/cli/config.h"
#include "model/base/i18n.h"

static const HrCommand commands[] = {
  { "check", N_ ("MODEL"), N_ ("Say what is odd in a model") },
  { "run", N_ ("MODEL [PATTERN…]"), N_ ("Run access patterns and compare with what they expect") },
  { "draw", N_ ("MODEL -o FILE"), N_ ("Draw the flat table as PNG, SVG or PDF") },
  { "export", N_ ("MODEL --to FORMAT [-o PATH]"), N_ ("Write a model in another format") },
  { "import", N_ ("FILE [--from FORMAT] -o MODEL"), N_ ("Make a model from another format") },
  { "serve", N_ ("[MODEL]"), N_ ("Answer SDKs over HTTP, as the service does") },
  { "call", N_ ("OPERATION [REQUEST.json|-]"), N_ ("Send one request to a database, a model or an endpoint") },
  { "open", N_ ("[MODEL]"), N_ ("Start the workbench") },
};

guint
hr_command_get_count (void)
{
  return G_N_ELEMENTS (commands);
}

const HrCommand *
hr_command_get (guint index)
{
  return &commands[index];
}

static const HrCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  g_return_val_if_reached (NULL);
}

char *
hr_command_find_helper (const char *name)
{
  const char *listed = g_getenv ("HASHRANGE_LIBEXEC");
  g_auto (GStrv) folders = g_strsplit (listed != NULL ? listed : HR_LIBEXECDIR, G_SEARCHPATH_SEPARATOR_S, -1);
  g_autofree char *file = g_strdup_printf ("hashrange-%s", name);

  for (char **folder = folders; *folder != NULL && strchr (name, G_DIR_SEPARATOR) == NULL; folder++)
    {
      g_autofree char *path = g_build_filename (*folder, file, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return NULL;
}

void
hr_command_set_up (void)
{
  hr_i18n_set_up (HR_LOCALEDIR);
}

/* Han and kana fill two columns, marks above letters none. */
int
hr_command_count_columns (const char *text)
{
  int n_columns = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      n_columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return n_columns;
}

void
hr_command_print_padded (const char *text, int width)
{
  int n_spaces = MAX (0, ABS (width) - hr_command_count_columns (text));

  g_print ("%*s%s%*s", width < 0 ? n_spaces : 0, "", text, width < 0 ? 0 : n_spaces, "");
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
  const HrCommand *command = find_command (name);
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
