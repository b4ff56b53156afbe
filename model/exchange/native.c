/*
 * The project file as one of the exchange formats.
 */
#include "model/exchange/formats.h"

#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

/* A member "hashrange" says it all; a file of the right name is taken for one that is broken. */
static int
recognise (const char *text, gsize length, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrJsonReader json;
  const char *member;
  guint32 member_length;

  hr_json_reader_init (&json, text, length, HR_LIMIT_JSON_DEPTH, arena, NULL);
  if (hr_json_reader_enter_object (&json))
    while (hr_json_reader_next_member (&json, &member, &member_length, NULL))
      {
        if (member_length == strlen ("hashrange") && memcmp (member, "hashrange", member_length) == 0)
          return 100;
        hr_json_reader_skip (&json, NULL);
      }
  return name != NULL && g_str_has_suffix (name, HR_NATIVE_SUFFIX) ? 60 : 0;
}

static HrDocument *
import (const char *text, gsize length, const char *name, HrDiagnostics *diagnostics, HrProgress *progress,
        GError **error)
{
  return hr_native_read (text, length, diagnostics, progress, error);
}

static gboolean
export_document (HrDocument *document, HrExport *export, const HrCancel *cancel, GError **error)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_autofree char *name =
      hr_export_dup_file_name (export, hr_document_get_model (document)->name, HR_NATIVE_SUFFIX);

  if (!hr_native_write (document, &text, cancel, error))
    return FALSE;
  hr_export_add (export, name, hr_buffer_steal_bytes (&text));
  return TRUE;
}

const HrExchangeFormat hr_native_format = {
  .id = "native",
  .title = N_("Hashrange project file"),
  .description = N_("The model with its items, patterns and notes, made to be kept in version control."),
  .name = N_("Project file"),
  .kind = N_("JSON with everything"),
  .group = HR_EXCHANGE_MODEL,
  .single_file = TRUE,
  .recognise = recognise,
  .import = import,
  .export_document = export_document,
};

const HrModelText hr_native_model_text = { hr_native_write_model, hr_native_read_model };
