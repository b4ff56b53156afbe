/*
 * hashrange check: everything odd in a model, one finding a line, in the form that editors jump to.
 */

#include <cjson/cJSON.h>

#include "app/cli/model-file.h"
#include "app/cli/report.h"
#include "model/base/i18n.h"

static cJSON *
report_diagnostic (const HrDiagnostic *diagnostic)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "severity", hr_severity_get_name (diagnostic->severity));
  cJSON_AddStringToObject (object, "code", diagnostic->code);
  if (diagnostic->line > 0)
    {
      cJSON_AddNumberToObject (object, "line", diagnostic->line);
      cJSON_AddNumberToObject (object, "column", diagnostic->column);
    }
  cJSON_AddStringToObject (object, "message", diagnostic->message);
  return object;
}

static void
print_json (const HrModelFile *file, const char *name)
{
  cJSON *report = hr_report_new ("hashrange_check", name);
  cJSON *list = cJSON_AddArrayToObject (report, "diagnostics");

  for (guint i = 0; i < hr_diagnostics_get_count (file->diagnostics); i++)
    cJSON_AddItemToArray (list, report_diagnostic (hr_diagnostics_get (file->diagnostics, i)));
  hr_report_print (report);
}

static void
print_summary (HrModelFile *file, const char *name)
{
  guint count[HR_SEVERITY_ERROR + 1] = { 0 };

  for (guint i = 0; i < hr_diagnostics_get_count (file->diagnostics); i++)
    count[hr_diagnostics_get (file->diagnostics, i)->severity]++;
  if (count[HR_SEVERITY_ERROR] + count[HR_SEVERITY_WARNING] == 0)
    g_print (_ ("%s: no errors, no warnings\n"), name);
  else
    {
      g_autofree char *errors = g_strdup_printf (ngettext_ ("%u error", "%u errors", count[HR_SEVERITY_ERROR]),
                                                 count[HR_SEVERITY_ERROR]);
      g_autofree char *warnings = g_strdup_printf (ngettext_ ("%u warning", "%u warnings", count[HR_SEVERITY_WARNING]),
                                                   count[HR_SEVERITY_WARNING]);

      /* Translators: the name of a file, "2 errors", "1 warning" */
      g_print (_ ("%s: %s, %s\n"), name, errors, warnings);
    }
}

HrExit
hr_command_check (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print a report for machines"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HrModelFile) file = { 0 };

  if (!hr_command_parse ("check", entries,
                         _ ("Each finding is a line `FILE:LINE:COLUMN: severity: text`. MODEL may be - for standard "
                            "input.\nExits with 1 when a finding is an error.\n"),
                         &argc, &argv))
    return HR_EXIT_FAILED;
  if (argc != 2)
    return hr_command_fail ("check", _ ("name one model: `hashrange check MODEL`."));

  hr_model_file_load (&file, argv[1], NULL);
  if (file.document == NULL && !hr_diagnostics_has_error (file.diagnostics))
    return hr_command_fail ("check", "%s", file.error->message);
  if (json)
    print_json (&file, argv[1]);
  else
    {
      hr_model_file_print (&file, argv[1], HR_SEVERITY_NOTE, FALSE);
      print_summary (&file, argv[1]);
    }
  return hr_diagnostics_has_error (file.diagnostics) ? HR_EXIT_FINDINGS : HR_EXIT_DONE;
}
