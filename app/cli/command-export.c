/*
 * hashrange export: a model in another format, to a file, a folder or standard output.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/cli/command.h"
#include "app/cli/model-file.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/exchange/exchange.h"

static HrExit
list_formats (void)
{
  for (guint i = 0; i < hr_exchange_get_count (); i++)
    {
      const HrExchangeFormat *format = hr_exchange_get (i);

      g_print ("%-18s ", format->id);
      hr_command_print_padded (format->export_document == NULL ? _ ("import")
                               : format->import == NULL        ? _ ("export")
                                                               : _ ("import, export"),
                               14);
      g_print (" %s\n", _ (format->title));
      g_print ("%-18s %-14s %s\n", "", "", _ (format->description));
    }
  return HR_EXIT_DONE;
}

static gboolean
save_file (const HrExportFile *file, const char *folder, const char *name)
{
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file->name, NULL) : g_strdup (name);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *content = g_bytes_get_data (file->content, &length);

  if (hr_file_save (path, content, length, FALSE, &error))
    return TRUE;
  hr_command_fail ("export", "%s", error->message);
  return FALSE;
}

/* One file goes where the path says; several go into the folder that it names. */
static HrExit
save_files (HrExport *export, const char *path)
{
  gboolean is_folder = export->files->len != 1 || g_file_test (path, G_FILE_TEST_IS_DIR)
                       || g_str_has_suffix (path, G_DIR_SEPARATOR_S);

  if (is_folder && g_mkdir_with_parents (path, 0777) != 0)
    return hr_command_fail ("export", _ ("the folder %s cannot be made: %s"), path, g_strerror (errno));
  for (guint i = 0; i < export->files->len; i++)
    if (!save_file (g_ptr_array_index (export->files, i), is_folder ? path : NULL, path))
      return HR_EXIT_FAILED;
  return HR_EXIT_DONE;
}

static HrExit
deliver (HrExport *export, const HrExchangeFormat *format, const char *path)
{
  if (export->files->len == 0)
    {
      g_printerr (_ ("hashrange export: the model has nothing to write as %s.\n"), format->id);
      return HR_EXIT_FINDINGS;
    }
  if (path != NULL && strcmp (path, "-") != 0)
    return save_files (export, path);
  if (export->files->len > 1)
    return hr_command_fail ("export", _ ("%u files would be written; name a folder for them with -o."),
                            export->files->len);
  return save_file (g_ptr_array_index (export->files, 0), NULL, "-") ? HR_EXIT_DONE : HR_EXIT_FAILED;
}

static void
print_remarks (const HrExport *export)
{
  for (guint i = 0; i < hr_diagnostics_get_count (export->diagnostics); i++)
    {
      const HrDiagnostic *diagnostic = hr_diagnostics_get (export->diagnostics, i);

      g_printerr ("hashrange export: %s: %s\n", hr_severity_get_name (diagnostic->severity), diagnostic->message);
    }
}

static const HrExchangeFormat *
find_format (const char *id)
{
  const HrExchangeFormat *format = id != NULL ? hr_exchange_find (id) : NULL;

  if (id == NULL)
    hr_command_fail ("export", _ ("name a format with --to. `hashrange export --list` lists them."));
  else if (format == NULL)
    hr_command_fail ("export", _ ("“%s” is no format. `hashrange export --list` lists them."), id);
  else if (format->export_document == NULL)
    {
      hr_command_fail ("export", _ ("%s can only be imported."), id);
      format = NULL;
    }
  return format;
}

HrExit
hr_command_export (int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *output = NULL;
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("The format to write"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("A file, or a folder when there are several; standard output when not given"), N_ ("PATH") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("List the formats"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HrModelFile) file = { 0 };
  g_autoptr (HrExport) export = NULL;
  g_autoptr (GError) error = NULL;
  const HrExchangeFormat *format;
  HrExit result;

  if (!hr_command_parse ("export", entries, NULL, &argc, &argv))
    return HR_EXIT_FAILED;
  if (list)
    return list_formats ();
  if (argc != 2)
    return hr_command_fail ("export", _ ("name one model: `hashrange export MODEL --to FORMAT`."));
  format = find_format (to);
  if (format == NULL || !hr_model_file_open (&file, "export", argv[1]))
    return HR_EXIT_FAILED;

  export = hr_export_new ();
  if (!format->export_document (file.document, export, NULL, &error))
    return hr_command_fail ("export", "%s", error->message);
  print_remarks (export);
  result = deliver (export, format, output);
  return MAX (result, hr_diagnostics_has_error (file.diagnostics) ? HR_EXIT_FINDINGS : HR_EXIT_DONE);
}
