/*
 * One run, for the history: figures that are copied out at once, and the result, which is large and may go.
 */
#include "app/session/run-record.h"

#include <string.h>

#include "app/session/figures.h"

#define TRACE_EVENT_BYTES 400 /* roughly, with its key and item */

struct _HrRunRecord
{
  GObject parent_instance;

  /* owned */
  char *pattern;
  char *name;
  GDateTime *time;
  GHashTable *values;
  HrPatternRun *run; /* or NULL */

  HrRunFigures figures;
  guint64 generation;
  gsize size;
  gboolean is_kept;
};

G_DEFINE_FINAL_TYPE (HrRunRecord, hr_run_record, G_TYPE_OBJECT)

static void
hr_run_record_finalize (GObject *object)
{
  HrRunRecord *self = HR_RUN_RECORD (object);

  g_free (self->pattern);
  g_free (self->name);
  g_date_time_unref (self->time);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->run, hr_pattern_run_free);
  G_OBJECT_CLASS (hr_run_record_parent_class)->finalize (object);
}

static void
hr_run_record_class_init (HrRunRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_run_record_finalize;
}

static void
hr_run_record_init (HrRunRecord *self)
{
}

char *
hr_run_describe_mismatches (const HrPatternRun *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < run->mismatches->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (run->mismatches, i));
  return g_string_free (text, FALSE);
}

static gsize
sum_texts (const GPtrArray *texts)
{
  gsize size = 0;

  for (guint i = 0; i < texts->len; i++)
    size += strlen (g_ptr_array_index (texts, i)) + 1;
  return size;
}

static gsize
estimate_size (const HrPatternRun *run)
{
  gsize size = run->trace != NULL ? (gsize) hr_trace_get_count (run->trace) * TRACE_EVENT_BYTES : 0;

  for (guint i = 0; i < run->steps->len; i++)
    {
      const HrStepRun *step = g_ptr_array_index (run->steps, i);

      size += sum_texts (step->keys) + sum_texts (step->requests) + sum_texts (step->responses);
    }
  return size;
}

static gboolean
has_writes (const HrTrace *trace)
{
  for (guint i = 0; trace != NULL && i < hr_trace_get_count (trace); i++)
    if (hr_trace_get (trace, i)->kind == HR_TRACE_WRITE)
      return TRUE;
  return FALSE;
}

GHashTable *
hr_run_values_copy (GHashTable *values)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (text));
  return copy;
}

HrRunRecord *
hr_run_record_new (HrPatternRun *run, GHashTable *values, double ms, guint64 generation)
{
  HrRunRecord *self = g_object_new (HR_TYPE_RUN_RECORD, NULL);

  self->pattern = g_strdup (run->id);
  self->name = g_strdup (run->name);
  self->time = g_date_time_new_now_local ();
  self->values = hr_run_values_copy (values);
  self->run = run;
  self->generation = generation;
  self->size = estimate_size (run);
  self->figures = (HrRunFigures){ run->status,      run->count, run->scanned, run->read_units,
                                  run->write_units, ms,         0,            has_writes (run->trace) };
  for (guint i = 0; i < run->steps->len; i++)
    self->figures.n_requests += ((const HrStepRun *) g_ptr_array_index (run->steps, i))->n_requests;
  return self;
}

const char *
hr_run_record_get_pattern (HrRunRecord *self)
{
  return self->pattern;
}

const char *
hr_run_record_get_name (HrRunRecord *self)
{
  return self->name;
}

GDateTime *
hr_run_record_get_time (HrRunRecord *self)
{
  return self->time;
}

GHashTable *
hr_run_record_get_values (HrRunRecord *self)
{
  return self->values;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
hr_run_record_dup_values (HrRunRecord *self)
{
  g_autofree const char **names = (const char **) g_hash_table_get_keys_as_array (self->values, NULL);
  GString *text = g_string_new (NULL);

  qsort (names, g_hash_table_size (self->values), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", names[i],
                            (const char *) g_hash_table_lookup (self->values, names[i]));
  return g_string_free (text, FALSE);
}

char *
hr_run_record_dup_time (HrRunRecord *self)
{
  return g_date_time_format (self->time, "%X");
}

char *
hr_run_record_dup_pattern (HrRunRecord *self)
{
  return g_strdup (hr_run_record_get_pattern (self));
}

char *
hr_run_record_dup_items (HrRunRecord *self)
{
  return hr_figure_number (self->figures.count);
}

char *
hr_run_record_dup_scanned (HrRunRecord *self)
{
  return hr_figure_number (self->figures.scanned);
}

const HrRunFigures *
hr_run_record_get_figures (HrRunRecord *self)
{
  return &self->figures;
}

const HrPatternRun *
hr_run_record_get_run (HrRunRecord *self)
{
  return self->run;
}

gsize
hr_run_record_get_size (HrRunRecord *self)
{
  return self->size;
}

void
hr_run_record_drop_result (HrRunRecord *self)
{
  g_clear_pointer (&self->run, hr_pattern_run_free);
  self->size = 0;
}

guint64
hr_run_record_get_generation (HrRunRecord *self)
{
  return self->generation;
}

gboolean
hr_run_record_is_kept (HrRunRecord *self)
{
  return self->is_kept;
}

void
hr_run_record_set_kept (HrRunRecord *self, guint64 generation)
{
  self->generation = generation;
  self->is_kept = TRUE;
}
