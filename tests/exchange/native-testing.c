/*
 * Helpers of the tests of formats.
 */
#include "native-testing.h"

#include "model/exchange/native.h"

char *
hr_testing_load (const char *name, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (name, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

char *
hr_testing_write (HrDocument *document, gsize *length)
{
  g_autoptr (GError) error = NULL;
  HrBuffer out = HR_BUFFER_INIT;

  hr_native_write (document, &out, NULL, &error);
  g_assert_no_error (error);
  return hr_buffer_steal (&out, length);
}

char *
hr_testing_print_findings (const HrDiagnostics *diagnostics)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hr_diagnostics_get_count (diagnostics); i++)
    {
      const HrDiagnostic *finding = hr_diagnostics_get (diagnostics, i);

      g_string_append_printf (text, "%u:%u: %s: %s: %s\n", finding->line, finding->column,
                              hr_severity_get_name (finding->severity), finding->code, finding->message);
    }
  return g_string_free (text, FALSE);
}
