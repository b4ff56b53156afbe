#pragma once

#include "model/exchange/native.h"

G_BEGIN_DECLS

/* The rows of the registry; each is defined in the file of its name. */
extern const HrExchangeFormat hr_create_table_format;
extern const HrExchangeFormat hr_batch_write_item_format;

/**
 * A name for a file of @export: @base with what does not belong into a file name replaced, and @suffix, with
 * a number between the two when there is a file of that name.
 */
char *hr_export_dup_file_name (const HrExport *export, const char *base, const char *suffix);

/** `file://NAME` as an argument of a shell, quoted where it must be. */
char *hr_export_dup_file_argument (const char *name);

/** Adds a check to those of an export; @problem (nullable) is taken. */
void hr_export_checks_add (GPtrArray *checks, const char *title, char *problem, guint file, guint line);

/**
 * Sends @body to a local engine. NULL when it answered 200, else what it said, to be freed. A 200 with something left
 * under @unprocessed (nullable: a member's name) is a problem, too.
 */
char *hr_export_try (HrEngine *engine, const char *operation, const char *body, gsize length, const char *unprocessed);

/** Adds to @out the CreateTable request that makes a table as a TableDescription describes it. */
void hr_description_to_create_request (const HrJson *description, HrBuffer *out);

G_END_DECLS
