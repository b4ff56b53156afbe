#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/*
 * Reports for machines, built with cJSON. Each is described by a schema in resources/.
 */

/** `{ KIND: 1, "model": NAME }`: an object to fill. */
cJSON *hr_report_new   (const char *kind, const char *model);
/** Adds @json, compact JSON text, as it is. */
void   hr_report_add_raw (cJSON *array, const char *json);
/** Prints to standard output with a newline, and frees. */
void   hr_report_print (cJSON *report);

G_END_DECLS
