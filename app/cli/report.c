/*
 * Reports for machines: thin helpers over cJSON.
 */

#include "app/cli/report.h"

#include <stdio.h>

cJSON *
hr_report_new (const char *kind, const char *model)
{
  cJSON *report = cJSON_CreateObject ();

  cJSON_AddNumberToObject (report, kind, 1);
  cJSON_AddStringToObject (report, "model", model);
  return report;
}

void
hr_report_add_raw (cJSON *array, const char *json)
{
  cJSON_AddItemToArray (array, cJSON_CreateRaw (json));
}

void
hr_report_print (cJSON *report)
{
  char *text = cJSON_Print (report);

  /* not g_print(): the report is UTF-8 whatever the locale */
  fputs (text, stdout);
  fputc ('\n', stdout);
  cJSON_free (text);
  cJSON_Delete (report);
}
