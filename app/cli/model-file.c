/*
 * Reading a model for a command.
 *
 * All commands read leniently and go on with what could be read; they differ only in how much of
 * the findings they print. A model with drafts is usable: the drafts are left out and counted.
 */

#include "app/cli/model-file.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/exchange/exchange.h"

static const HrExchangeFormat *
choose_format (const char *text, gsize length, const char *name, const char *id, GError **error)
{
  const HrExchangeFormat *format =
      id != NULL ? hr_exchange_find (id) : hr_exchange_recognise (text, length, name);

  if (format == NULL && id != NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND,
                 _ ("“%s” is no format. `hashrange export --list` lists them."), id);
  else if (format == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED,
                 _ ("%s is in no format that Hashrange knows; name one with --from."), name);
  else if (format->import == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED, _ ("%s cannot be imported, only exported."), format->id);
      format = NULL;
    }
  return format;
}

void
hr_model_file_load (HrModelFile *self, const char *name, const char *format_id)
{
  g_autoptr (GBytes) bytes = NULL;
  const HrExchangeFormat *format;
  const char *text;
  gsize length;

  self->document = NULL;
  self->error = NULL;
  self->diagnostics = hr_diagnostics_new ();
  bytes = hr_file_read (name, &self->error);
  if (bytes == NULL)
    return;

  text = g_bytes_get_data (bytes, &length);
  hr_text_skip_mark (&text, &length);
  hr_diagnostics_set_text (self->diagnostics, text, length);
  format = choose_format (text, length, name, format_id, &self->error);
  if (format != NULL)
    self->document = format->import (text, length, name, self->diagnostics, NULL, &self->error);
  if (self->document != NULL)
    hr_document_check (self->document, self->diagnostics);
  hr_diagnostics_sort (self->diagnostics);
  hr_diagnostics_set_text (self->diagnostics, NULL, 0);
}

void
hr_model_file_clear (HrModelFile *self)
{
  g_clear_object (&self->document);
  g_clear_pointer (&self->diagnostics, hr_diagnostics_free);
  g_clear_error (&self->error);
}

static void
print_diagnostic (const HrDiagnostic *diagnostic, const char *name, gboolean to_stderr)
{
  void (*print) (const char *, ...) = to_stderr ? g_printerr : g_print;
  const char *severity = hr_severity_get_name (diagnostic->severity);

  if (diagnostic->line > 0)
    print ("%s:%u:%u: %s: %s\n", name, diagnostic->line, diagnostic->column, severity, diagnostic->message);
  else
    print ("%s: %s: %s\n", name, severity, diagnostic->message);
}

void
hr_model_file_print (const HrModelFile *self, const char *name, HrSeverity least, gboolean to_stderr)
{
  for (guint i = 0; i < hr_diagnostics_get_count (self->diagnostics); i++)
    {
      const HrDiagnostic *diagnostic = hr_diagnostics_get (self->diagnostics, i);

      if (diagnostic->severity >= least)
        print_diagnostic (diagnostic, name, to_stderr);
    }
}

gboolean
hr_model_file_open (HrModelFile *self, const char *command, const char *name)
{
  guint n_drafts;

  hr_model_file_load (self, name, NULL);
  hr_model_file_print (self, name, HR_SEVERITY_ERROR, TRUE);
  if (self->document == NULL)
    {
      if (!hr_diagnostics_has_error (self->diagnostics))
        hr_command_fail (command, "%s", self->error->message);
      return FALSE;
    }

  n_drafts = hr_document_get_n_drafts (self->document);
  if (n_drafts > 0)
    g_printerr (ngettext_ ("%s: %u item cannot be stored and is left out.\n",
                           "%s: %u items cannot be stored and are left out.\n", n_drafts),
                name, n_drafts);
  return TRUE;
}
