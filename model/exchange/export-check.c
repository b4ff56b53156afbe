/*
 * Trying out an export before somebody relies on it.
 *
 * That a file reads back is asked of every format that reads: what comes of reading is written again, and must be the
 * same bytes. What else a file is for, its format knows.
 */
#include "model/exchange/formats.h"

#include <string.h>

#include "model/api/api.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"

static void
check_free (gpointer data)
{
  HrExportCheck *check = data;

  g_free (check->title);
  g_free (check->problem);
  g_free (check);
}

void
hr_export_checks_add (GPtrArray *checks, const char *title, char *problem, guint file, guint line)
{
  HrExportCheck *check = g_new (HrExportCheck, 1);

  *check = (HrExportCheck){ .title = g_strdup (title), .problem = problem, .file = file, .line = line };
  g_ptr_array_add (checks, check);
}

static gboolean
leaves_something (const char *body, gsize length, const char *member, HrArena *arena)
{
  const HrJson *response = hr_json_parse (arena, body, length, HR_LIMIT_JSON_DEPTH, NULL);
  const HrJson *left = response != NULL ? hr_json_get (response, member) : NULL;

  return left == NULL || left->length > 0;
}

char *
hr_export_try (HrEngine *engine, const char *operation, const char *body, gsize length, const char *unprocessed)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrApi api = { .engine = engine };

  if (hr_api_call (&api, operation, body, length, arena, NULL, NULL, &out, &error) != 200)
    return g_strdup (error.message != NULL ? error.message : _("The request is refused."));
  if (unprocessed != NULL && leaves_something (out.data, out.length, unprocessed, arena))
    return g_strdup (_("Not all of it is carried out."));
  return NULL;
}

/* The line of the first byte that differs. */
static guint
find_difference (const char *text, gsize length, const char *other, gsize other_length)
{
  guint line = 1;

  for (gsize i = 0; i < length && i < other_length && text[i] == other[i]; i++)
    line += text[i] == '\n';
  return line;
}

/* NULL, or what is wrong with reading it and writing it again. */
static char *
read_back (const HrExchangeFormat *format, const HrExportFile *file, guint *line)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrExport) again = hr_export_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  const HrExportFile *written;
  gsize length, written_length;
  const char *text = g_bytes_get_data (file->content, &length);
  const char *written_text;

  document = format->import (text, length, file->name, diagnostics, NULL, &error);
  if (document == NULL || !format->export_document (document, again, NULL, &error))
    return g_strdup (error->message);
  if (again->files->len != 1)
    return g_strdup (_("It does not become one file again."));
  written = again->files->pdata[0];
  written_text = g_bytes_get_data (written->content, &written_length);
  if (length == written_length && memcmp (text, written_text, length) == 0)
    return NULL;
  *line = find_difference (text, length, written_text, written_length);
  return g_strdup_printf (_("Line %u is not the same when it is written again."), *line);
}

GPtrArray *
hr_export_check (const HrExchangeFormat *format, HrDocument *document, const HrExport *export)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);
  char *problem = NULL;
  guint line = 0;
  guint i;

  if (format->check != NULL)
    format->check (document, export, checks);
  if (format->import == NULL || export->files->len == 0)
    return checks;
  for (i = 0; problem == NULL && i < export->files->len; i++)
    problem = read_back (format, export->files->pdata[i], &line);
  hr_export_checks_add (checks, _("Reads back to the same model"), problem, i - 1, line);
  return checks;
}
