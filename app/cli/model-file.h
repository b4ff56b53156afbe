#pragma once

#include "app/cli/command.h"
#include "model/document/document.h"

G_BEGIN_DECLS

/** HrModelFile: a model read for a command, with everything that was odd about it. A plain value. */
typedef struct
{
  HrDocument *document; /* NULL when nothing could be read */
  HrDiagnostics *diagnostics;
  GError *error;        /* why there is no document */
} HrModelFile;

/** Reads the file (in @format, or the one recognised when NULL) and checks it. */
void hr_model_file_load  (HrModelFile *self, const char *name, const char *format);
void hr_model_file_clear (HrModelFile *self);

/** All findings as `FILE:LINE:COLUMN: severity: text` on @stream, from @least severity up. */
void hr_model_file_print (const HrModelFile *self, const char *name, HrSeverity least, gboolean to_stderr);

/**
 * For commands that work with what is there: prints errors and what is left out to standard error.
 * FALSE (after saying why) when there is nothing to work with.
 */
gboolean hr_model_file_open (HrModelFile *self, const char *command, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrModelFile, hr_model_file_clear)

G_END_DECLS
