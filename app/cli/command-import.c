/*
 * hashrange import: a model from any format that the registry reads.
 */

#include "app/cli/model-file.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/exchange/native.h"

HrExit
hr_command_import (int argc, char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("The format of FILE; recognised when not given"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The model to write; - is standard output"),
      N_ ("MODEL") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HrModelFile) file = { 0 };
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;

  if (!hr_command_parse ("import", entries, _ ("FILE may be - for standard input.\n"), &argc, &argv))
    return HR_EXIT_FAILED;
  if (argc != 2)
    return hr_command_fail ("import", _ ("name one file: `hashrange import FILE -o MODEL`."));
  if (output == NULL)
    return hr_command_fail ("import", _ ("name the model to write with -o MODEL."));

  hr_model_file_load (&file, argv[1], from);
  hr_model_file_print (&file, argv[1], HR_SEVERITY_NOTE, TRUE);
  if (file.document == NULL)
    return hr_command_fail ("import", "%s", file.error->message);
  if (!hr_native_write (file.document, &out, NULL, &error)
      || !hr_file_save (output, out.data, out.length, TRUE, &error))
    return hr_command_fail ("import", "%s", error->message);
  return hr_diagnostics_has_error (file.diagnostics) ? HR_EXIT_FINDINGS : HR_EXIT_DONE;
}
