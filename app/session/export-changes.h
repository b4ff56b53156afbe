#pragma once

#include "model/exchange/exchange.h"

G_BEGIN_DECLS

/** HrExportChanges: what saving an export would change of files that are there already. */
typedef struct
{
  guint n_files;   /* that would be others than now */
  guint64 n_lines; /* of them all that would change, come or go */
} HrExportChanges;

/**
 * hr_export_find_changes:
 * @files: HrExportFile
 * @path: the file when there is one, else the folder for all of them
 *
 * Reads what is there. Lines that only move do not count; a file that cannot be read is as good as none, for saving
 * says why.
 */
void hr_export_find_changes (const GPtrArray *files, const char *path, HrExportChanges *changes);

/** One file of @files, saved under @path: a name of its own. */
char *hr_export_dup_path    (const GPtrArray *files, guint index, const char *path);

G_END_DECLS
