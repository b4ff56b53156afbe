#pragma once

#include "model/exchange/exchange.h"

G_BEGIN_DECLS

/* Helpers of the tests of formats. */

/** A file's text; the test fails when there is none. */
char *hr_testing_load (const char *name, gsize *length);

/** What hr_native_write() makes of a document. */
char *hr_testing_write (HrDocument *document, gsize *length);

/** Findings as lines `LINE:COLUMN: severity: code: message`. */
char *hr_testing_print_findings (const HrDiagnostics *diagnostics);

G_END_DECLS
