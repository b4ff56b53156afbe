/*
 * Patterns of the session: their values, their runs and what is shown of them.
 *
 * A run works on the document's engine and is taken back by the runner. The last run of each pattern is kept for the
 * figures beside its name, those before it in the history as long as there is room; one of the chosen pattern is shown,
 * whole or up to a stage, until it is cleared.
 */
#include "app/session/session-private.h"

#include <string.h>

#include "model/api/backend.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/step-use.h"

#define HISTORY_BYTES_MAX (64 * 1024 * 1024)

void
hr_session_drop_marks (HrSession *self)
{
  g_clear_pointer (&self->marks, hr_marks_free);
  g_clear_pointer (&self->marks_model, hr_model_unref);
}

const HrPattern *
hr_session_get_pattern (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  if (self->document == NULL || self->pattern == NULL)
    return NULL;
  return hr_model_find_pattern (hr_document_get_model (self->document), self->pattern);
}

/* An index when all requests are about that one: only there can marks be seen. */
void
hr_session_show_target_of_pattern (HrSession *self, const HrPattern *pattern)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrModel *model = hr_document_get_model (self->document);
  const char *table = NULL, *index = NULL;

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      g_autoptr (GArray) uses = hr_step_list_uses (g_ptr_array_index (pattern->steps, i), model, arena);

      for (guint j = 0; j < uses->len; j++)
        {
          const HrStepUse *use = &g_array_index (uses, HrStepUse, j);

          if (table == NULL)
            index = use->index;
          else if (g_strcmp0 (table, use->table) != 0 || g_strcmp0 (index, use->index) != 0)
            index = NULL;
          table = table != NULL ? table : use->table;
        }
    }
  if (table == NULL || hr_model_find_table (model, table) == NULL)
    return;
  if (index != NULL && hr_table_find_index (hr_model_find_table (model, table), index) == NULL)
    index = NULL;
  hr_session_show_table (self, table, index);
}

static void
hide_run (HrSession *self)
{
  g_clear_object (&self->shown_run);
  self->stage = 0;
  hr_session_drop_marks (self);
}

void
hr_session_select_pattern (HrSession *self, const char *id)
{
  gboolean changed;

  g_return_if_fail (HR_IS_SESSION (self));

  changed = g_strcmp0 (self->pattern, id) != 0;
  if (changed)
    {
      char *copy = g_strdup (id);

      g_free (self->pattern);
      self->pattern = copy;
      hide_run (self);
      hr_session_notify (self, HR_SESSION_PROP_PATTERN);
    }
  hr_session_set_subject (self, id != NULL ? HR_SUBJECT_PATTERN : HR_SUBJECT_TABLE);
  if (hr_session_get_pattern (self) != NULL)
    hr_session_show_target_of_pattern (self, hr_session_get_pattern (self));
  if (changed)
    hr_session_emit_run_changed (self);
}

static char *
value_key (const char *pattern, const char *parameter)
{
  return g_strdup_printf ("%s\x1f%s", pattern, parameter);
}

const char *
hr_session_get_value (HrSession *self, const char *parameter)
{
  const HrPattern *pattern;
  g_autofree char *key = NULL;
  const char *value;

  g_return_val_if_fail (HR_IS_SESSION (self) && parameter != NULL, NULL);

  pattern = hr_session_get_pattern (self);
  if (pattern == NULL)
    return NULL;
  key = value_key (pattern->id, parameter);
  value = g_hash_table_lookup (self->values, key);
  for (guint i = 0; value == NULL && i < pattern->parameters->len; i++)
    {
      const HrParameter *candidate = g_ptr_array_index (pattern->parameters, i);

      if (strcmp (candidate->name, parameter) == 0)
        value = candidate->example;
    }
  return value;
}

void
hr_session_set_value (HrSession *self, const char *parameter, const char *text)
{
  g_return_if_fail (HR_IS_SESSION (self) && parameter != NULL);

  if (self->pattern == NULL)
    return;
  if (text != NULL)
    g_hash_table_replace (self->values, value_key (self->pattern, parameter), g_strdup (text));
  else
    {
      g_autofree char *key = value_key (self->pattern, parameter);

      g_hash_table_remove (self->values, key);
    }
}

GHashTable *
hr_session_collect_values (HrSession *self, const HrPattern *pattern)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);
      g_autofree char *key = value_key (pattern->id, parameter->name);
      char *value = g_hash_table_lookup (self->values, key);

      if (value == NULL)
        value = parameter->example;
      if (value != NULL)
        g_hash_table_insert (values, parameter->name, value);
    }
  return values;
}

/* What is shown, and the figures beside the names, need their results. */
static gboolean
is_needed (HrSession *self, HrRunRecord *record)
{
  return record == self->shown_run
         || g_hash_table_lookup (self->runs, hr_run_record_get_pattern (record)) == (gpointer) record;
}

static void
drop_results (HrSession *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  gsize size = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrRunRecord) record = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      size += hr_run_record_get_size (record);
      if (size > HISTORY_BYTES_MAX && !is_needed (self, record))
        {
          size -= hr_run_record_get_size (record);
          hr_run_record_drop_result (record);
        }
    }
}

static void
remember (HrSession *self, HrRunRecord *record)
{
  guint n;

  g_list_store_insert (self->history, 0, record);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  if (n > self->history_max)
    g_list_store_splice (self->history, self->history_max, n - self->history_max, NULL, 0);
  drop_results (self);
}

static void
note_run (HrSession *self, HrRunRecord *record)
{
  g_hash_table_replace (self->runs, g_strdup (hr_run_record_get_pattern (record)), g_object_ref (record));
  remember (self, record);
}

void
hr_session_set_history_max (HrSession *self, guint n_runs)
{
  guint n;

  g_return_if_fail (HR_IS_SESSION (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  self->history_max = n_runs;
  if (n > n_runs)
    g_list_store_splice (self->history, n_runs, n - n_runs, NULL, 0);
}

/* @values: (nullable): else those that are set. */
static HrRunRecord *
run_one (HrSession *self, const HrPattern *pattern, GHashTable *values, gboolean keep, GError **error)
{
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (self->document));
  g_autoptr (GHashTable) used = values != NULL ? g_hash_table_ref (values) : hr_session_collect_values (self, pattern);
  const HrRunOptions options = { .values = used, .want_trace = TRUE, .keep = keep };
  gint64 started = g_get_monotonic_time ();
  HrPatternRun *run = hr_pattern_run (pattern, hr_document_get_model (self->document), backend, &options, error);
  HrRunRecord *record;

  if (run == NULL)
    return NULL;
  record = hr_run_record_new (run, used, (g_get_monotonic_time () - started) / 1000.0, self->generation);
  note_run (self, record);
  return record;
}

const char *
hr_session_get_missing_value (HrSession *self)
{
  const HrPattern *pattern;

  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  pattern = hr_session_get_pattern (self);
  for (guint i = 0; pattern != NULL && i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);
      const char *value = hr_session_get_value (self, parameter->name);

      /* an empty example says that nothing is a value, too */
      if (value == NULL || (*value == '\0' && g_strcmp0 (parameter->example, "") != 0))
        return parameter->name;
    }
  return NULL;
}

static gboolean
need_pattern (HrSession *self, GError **error)
{
  if (!hr_session_check_ready (self, error))
    return FALSE;
  if (hr_session_get_pattern (self) != NULL)
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("Choose an access pattern to run."));
  return FALSE;
}

/* Takes @record. */
static void
show_run (HrSession *self, const HrPattern *pattern, HrRunRecord *record, guint stage)
{
  hide_run (self); /* marks borrow the run that goes */
  self->shown_run = record;
  self->stage = stage;
  hr_session_set_subject (self, HR_SUBJECT_PATTERN);
  hr_session_show_target_of_pattern (self, pattern);
  hr_session_emit_run_changed (self);
}

void
hr_session_take_run (HrSession *self, HrRunRecord *record, guint stage, gboolean show)
{
  const HrPattern *pattern = hr_session_get_pattern (self);

  note_run (self, record);
  if (show && pattern != NULL && strcmp (pattern->id, hr_run_record_get_pattern (record)) == 0)
    show_run (self, pattern, record, stage);
  else
    {
      g_object_unref (record);
      hr_session_emit_run_changed (self);
    }
}

static gboolean
run_later (HrSession *self, const HrPattern *pattern, guint stage, GError **error)
{
  g_autoptr (GHashTable) values = hr_session_collect_values (self, pattern);

  return hr_session_start_run (self, pattern, values, stage, error);
}

static gboolean
run_chosen (HrSession *self, guint stage, GError **error)
{
  const HrPattern *pattern = hr_session_get_pattern (self);
  const char *missing = hr_session_get_missing_value (self);
  HrRunRecord *record;

  if (missing != NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("“%s” has no value: type one, or pick one from the items."),
                   missing);
      return FALSE;
    }
  hr_session_stop_run (self);
  if (hr_session_is_long_run (self, pattern))
    return run_later (self, pattern, stage, error);
  record = run_one (self, pattern, NULL, FALSE, error);
  if (record == NULL)
    return FALSE;
  show_run (self, pattern, record, stage);
  return TRUE;
}

gboolean
hr_session_run_pattern (HrSession *self, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return need_pattern (self, error) && run_chosen (self, 0, error);
}

/* A table of changes is told of them while they are made; the run that is shown stays until the new one is there. */
static HrRunRecord *
run_and_keep (HrSession *self, const HrPattern *pattern, GHashTable *values, const char *name, GError **error)
{
  g_autoptr (HrRunRecord) record = NULL;

  if (!hr_document_begin_capture (self->document, name, error))
    return NULL;
  record = run_one (self, pattern, values, TRUE, error);
  if (record == NULL)
    {
      hr_document_cancel_capture (self->document);
      return NULL;
    }
  if (!hr_document_commit_capture (self->document, error))
    return NULL;
  /* the run saw the document as it is now: what came since is what it wrote itself */
  hr_run_record_set_kept (record, self->generation);
  return g_steal_pointer (&record);
}

gboolean
hr_session_keep_pattern (HrSession *self, GError **error)
{
  const HrPattern *pattern;
  g_autoptr (GHashTable) values = NULL;
  g_autofree char *name = NULL;
  HrRunRecord *record;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!need_pattern (self, error))
    return FALSE;
  pattern = hr_session_get_pattern (self);
  name = g_strdup_printf (_("Run “%s”"), *pattern->name != '\0' ? pattern->name : pattern->id);
  if (self->shown_run != NULL)
    values = g_hash_table_ref (hr_run_record_get_values (self->shown_run));
  record = run_and_keep (self, pattern, values, name, error);
  if (record == NULL)
    return FALSE;
  show_run (self, pattern, record, 0);
  return TRUE;
}

gboolean
hr_session_can_keep_run (HrSession *self)
{
  const HrRunFigures *figures;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (self->shown_run == NULL || self->stage > 0 || hr_session_is_busy (self) || hr_session_is_run_stale (self)
      || hr_run_record_is_kept (self->shown_run))
    return FALSE;
  figures = hr_run_record_get_figures (self->shown_run);
  return figures->has_writes && figures->status != HR_RUN_ERROR;
}

/* Runs what can be run at once; what takes long is added to @later. */
static gboolean
run_for_all (HrSession *self, const HrPattern *pattern, GPtrArray *later, GError **error)
{
  HrRunRecord *record;

  if (hr_session_is_long_run (self, pattern))
    {
      g_ptr_array_add (later, g_strdup (pattern->id));
      return TRUE;
    }
  record = run_one (self, pattern, NULL, FALSE, error);
  if (record == NULL)
    return FALSE;
  if (self->shown_run != NULL && g_strcmp0 (pattern->id, self->pattern) == 0)
    show_run (self, pattern, record, 0);
  else
    g_object_unref (record);
  return TRUE;
}

gboolean
hr_session_run_all (HrSession *self, GError **error)
{
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_free);
  const HrModel *model;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!hr_session_check_ready (self, error))
    return FALSE;
  hr_session_stop_run (self);
  model = hr_document_get_model (self->document);
  for (guint i = 0; i < model->patterns->len; i++)
    if (!run_for_all (self, g_ptr_array_index (model->patterns, i), later, error))
      return FALSE;
  hr_session_emit_run_changed (self);
  hr_session_start_runs (self, g_steal_pointer (&later));
  return TRUE;
}

gboolean
hr_session_step_pattern (HrSession *self, GError **error)
{
  guint n_stages;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!need_pattern (self, error))
    return FALSE;
  if (self->shown_run == NULL || hr_session_get_marks (self) == NULL || hr_session_is_run_stale (self))
    return run_chosen (self, 1, error);

  n_stages = hr_marks_get_n_stages (self->marks);
  self->stage = self->stage >= n_stages ? 1 : self->stage + 1;
  hr_marks_set_stage (self->marks, self->stage);
  hr_session_emit_run_changed (self);
  return TRUE;
}

void
hr_session_clear_run (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->shown_run == NULL && self->running == NULL)
    return;
  /* what goes on is ended first; what is shown stays then */
  if (self->running != NULL)
    hr_session_stop_run (self);
  else
    hide_run (self);
  hr_session_emit_run_changed (self);
}

HrRunRecord *
hr_session_get_shown_run (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->shown_run;
}

const HrPatternRun *
hr_session_get_run (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->shown_run != NULL ? hr_run_record_get_run (self->shown_run) : NULL;
}

const HrPatternRun *
hr_session_get_last_run (HrSession *self, const char *id)
{
  HrRunRecord *record;

  g_return_val_if_fail (HR_IS_SESSION (self) && id != NULL, NULL);

  record = g_hash_table_lookup (self->runs, id);
  return record != NULL ? hr_run_record_get_run (record) : NULL;
}

gboolean
hr_session_is_last_run_stale (HrSession *self, const char *id)
{
  HrRunRecord *record;

  g_return_val_if_fail (HR_IS_SESSION (self) && id != NULL, FALSE);

  record = g_hash_table_lookup (self->runs, id);
  return record != NULL && hr_run_record_get_generation (record) != self->generation;
}

gboolean
hr_session_is_run_stale (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->shown_run != NULL && hr_run_record_get_generation (self->shown_run) != self->generation;
}

HrMarks *
hr_session_get_marks (HrSession *self)
{
  const HrPatternRun *run;
  const HrTable *table;

  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  run = hr_session_get_run (self);
  table = hr_session_get_table (self);
  if (self->marks == NULL && run != NULL && run->trace != NULL && table != NULL)
    {
      self->marks = hr_marks_new (run, table, self->index);
      self->marks_model = hr_model_ref (hr_document_get_model (self->document));
      if (self->stage > 0)
        hr_marks_set_stage (self->marks, self->stage);
    }
  return self->marks;
}

double
hr_session_get_run_ms (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return self->shown_run != NULL ? hr_run_record_get_figures (self->shown_run)->ms : 0;
}

guint
hr_session_get_run_stage (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return self->shown_run != NULL ? self->stage : 0;
}

/* History */

GListModel *
hr_session_get_history (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->history);
}

gboolean
hr_session_show_run (HrSession *self, HrRunRecord *record, GError **error)
{
  const char *id = hr_run_record_get_pattern (record);
  const HrPattern *pattern;

  g_return_val_if_fail (HR_IS_SESSION (self) && HR_IS_RUN_RECORD (record), FALSE);

  if (!hr_session_check_ready (self, error))
    return FALSE;
  pattern = hr_model_find_pattern (hr_document_get_model (self->document), id);
  if (pattern == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no pattern %s any more."), id);
      return FALSE;
    }
  g_object_ref (record);
  if (hr_run_record_get_run (record) == NULL)
    {
      HrRunRecord *again = run_one (self, pattern, hr_run_record_get_values (record), FALSE, error);

      g_object_unref (record);
      if (again == NULL)
        return FALSE;
      record = again;
    }
  hr_session_select_pattern (self, id);
  show_run (self, pattern, record, 0);
  return TRUE;
}
