/*
 * What `hashrange run` prints: a table for people, a report for machines.
 *
 * Both show the same figures of the same runs; nothing is computed here.
 */

#include "app/cli/run-report.h"

#include <stdio.h>

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"

static const char *const status_names[] = {
  [HR_RUN_PASSED] = "passed",
  [HR_RUN_FAILED] = "failed",
  [HR_RUN_ERROR] = "error",
};

static cJSON *
report_strings (GPtrArray *strings)
{
  cJSON *array = cJSON_CreateArray ();

  for (guint i = 0; i < strings->len; i++)
    cJSON_AddItemToArray (array, cJSON_CreateString (g_ptr_array_index (strings, i)));
  return array;
}

static cJSON *
report_raw (GPtrArray *texts)
{
  cJSON *array = cJSON_CreateArray ();

  for (guint i = 0; i < texts->len; i++)
    hr_report_add_raw (array, g_ptr_array_index (texts, i));
  return array;
}

static void
report_figures (cJSON *object, guint64 count, guint64 scanned, double read_units, double write_units, GPtrArray *keys)
{
  cJSON_AddNumberToObject (object, "count", count);
  cJSON_AddNumberToObject (object, "scanned", scanned);
  cJSON_AddNumberToObject (object, "read_units", read_units);
  cJSON_AddNumberToObject (object, "write_units", write_units);
  cJSON_AddItemToObject (object, "keys", report_raw (keys));
}

static cJSON *
report_step (const HrStepRun *step)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "name", step->name);
  cJSON_AddStringToObject (object, "operation", step->operation);
  cJSON_AddNumberToObject (object, "requests", step->n_requests);
  report_figures (object, step->count, step->scanned, step->read_units, step->write_units, step->keys);
  if (step->error_name != NULL)
    {
      cJSON *error = cJSON_AddObjectToObject (object, "error");

      cJSON_AddStringToObject (error, "name", step->error_name);
      cJSON_AddStringToObject (error, "message", step->error_message != NULL ? step->error_message : "");
    }
  cJSON_AddItemToObject (object, "mismatches", report_strings (step->mismatches));
  return object;
}

static const char *
name_event (const HrTraceEvent *event)
{
  switch (event->kind)
    {
    case HR_TRACE_READ:
      return event->fate == HR_FATE_RETURNED ? "returned" : "filtered";
    case HR_TRACE_FETCH:
      return "fetched";
    case HR_TRACE_MISS:
      return "missed";
    case HR_TRACE_PAGE_END:
      return "page-end";
    case HR_TRACE_WRITE:
      return event->before == NULL ? "inserted" : event->after == NULL ? "deleted" : "replaced";
    case HR_TRACE_CAPACITY:
      return "capacity";
    }
  return NULL;
}

static void
append_key (HrBuffer *out, const HrTraceEvent *event)
{
  hr_item_to_json (&event->key, TRUE, out);
  hr_buffer_append_char (out, '\0');
}

static cJSON *
report_event (const HrTraceEvent *event)
{
  cJSON *object = cJSON_CreateObject ();
  g_auto (HrBuffer) key = HR_BUFFER_INIT;

  cJSON_AddNumberToObject (object, "request", event->request);
  cJSON_AddStringToObject (object, "event", name_event (event));
  cJSON_AddStringToObject (object, "table", event->table);
  if (event->index != NULL)
    cJSON_AddStringToObject (object, "index", event->index);
  if (event->kind == HR_TRACE_CAPACITY)
    {
      cJSON_AddNumberToObject (object, "read_units", event->read_halves / 2.0);
      cJSON_AddNumberToObject (object, "write_units", event->write_units);
    }
  else if (event->key.type == HR_TYPE_M)
    {
      append_key (&key, event);
      cJSON_AddItemToObject (object, "key", cJSON_CreateRaw (key.data));
      cJSON_AddNumberToObject (object, "size_bytes", event->size_bytes);
    }
  return object;
}

static cJSON *
report_run (const HrPatternRun *run, gboolean with_trace)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *steps;

  cJSON_AddStringToObject (object, "id", run->id);
  cJSON_AddStringToObject (object, "name", run->name);
  cJSON_AddStringToObject (object, "status", status_names[run->status]);
  report_figures (object, run->count, run->scanned, run->read_units, run->write_units, run->keys);
  cJSON_AddItemToObject (object, "mismatches", report_strings (run->mismatches));
  if (run->message != NULL)
    cJSON_AddStringToObject (object, "message", run->message);
  steps = cJSON_AddArrayToObject (object, "steps");
  for (guint i = 0; i < run->steps->len; i++)
    cJSON_AddItemToArray (steps, report_step (g_ptr_array_index (run->steps, i)));
  if (with_trace && run->trace != NULL)
    {
      cJSON *events = cJSON_AddArrayToObject (object, "trace");

      for (guint i = 0; i < hr_trace_get_count (run->trace); i++)
        cJSON_AddItemToArray (events, report_event (hr_trace_get (run->trace, i)));
    }
  return object;
}

void
hr_run_report_print_json (GPtrArray *runs, const char *model_name, gboolean with_trace)
{
  cJSON *report = hr_report_new ("hashrange_run", model_name);
  cJSON *patterns = cJSON_AddArrayToObject (report, "patterns");

  for (guint i = 0; i < runs->len; i++)
    cJSON_AddItemToArray (patterns, report_run (g_ptr_array_index (runs, i), with_trace));
  hr_report_print (report);
}

static void
print_event (const HrTraceEvent *event)
{
  g_auto (HrBuffer) key = HR_BUFFER_INIT;

  g_print ("      %3u  %-9s %s%s%s", event->request + 1, name_event (event), event->table,
           event->index != NULL ? "/" : "", event->index != NULL ? event->index : "");
  if (event->kind == HR_TRACE_CAPACITY)
    g_print ("  %.1f RCU  %.1f WCU", event->read_halves / 2.0, (double) event->write_units);
  else if (event->key.type == HR_TYPE_M)
    {
      append_key (&key, event);
      g_print ("  %s  %" G_GSIZE_FORMAT " B", key.data, event->size_bytes);
    }
  g_print ("\n");
}

static const char *
describe_status (HrRunStatus status)
{
  switch (status)
    {
    case HR_RUN_PASSED:
      return _ ("as expected");
    case HR_RUN_FAILED:
      return _ ("NOT AS EXPECTED");
    case HR_RUN_ERROR:
      return _ ("ERROR");
    }
  return "";
}

static void
print_run (const HrPatternRun *run, int width, gboolean with_trace)
{
  g_print ("  %-4s ", run->id);
  hr_command_print_padded (run->name, width);
  g_print ("%7" G_GUINT64_FORMAT "%9" G_GUINT64_FORMAT "%8.1f%8.1f  %s\n", run->count, run->scanned, run->read_units,
           run->write_units, describe_status (run->status));
  if (run->message != NULL)
    g_print ("       %s\n", run->message);
  for (guint i = 0; i < run->mismatches->len; i++)
    g_print ("       %s\n", (char *) g_ptr_array_index (run->mismatches, i));
  if (with_trace && run->trace != NULL)
    for (guint i = 0; i < hr_trace_get_count (run->trace); i++)
      print_event (hr_trace_get (run->trace, i));
}

void
hr_run_report_print_text (GPtrArray *runs, const HrModel *model, gboolean with_trace)
{
  int width = 8;
  guint n_passed = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const HrPatternRun *run = g_ptr_array_index (runs, i);

      width = MAX (width, hr_command_count_columns (run->name));
      n_passed += run->status == HR_RUN_PASSED;
    }

  g_print ("%s\n\n       ", model->name);
  hr_command_print_padded (_ ("pattern"), width);
  hr_command_print_padded (_ ("items"), -7);
  hr_command_print_padded (_ ("scanned"), -9);
  g_print ("%8s%8s\n", "RCU", "WCU");
  for (guint i = 0; i < runs->len; i++)
    print_run (g_ptr_array_index (runs, i), width, with_trace);
  g_print (ngettext_ ("\n%u of %u pattern as expected\n", "\n%u of %u patterns as expected\n", runs->len), n_passed,
           runs->len);
}
