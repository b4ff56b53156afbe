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

/** Adds to @out the CreateTable request that makes a table as a TableDescription describes it. */
void hr_description_to_create_request (const HrJson *description, HrBuffer *out);

G_END_DECLS
