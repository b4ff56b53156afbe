/*
 * Patterns of the session: their values, their runs and what is shown of them.
 *
 * A run works on the document's engine and is taken back by the runner. The last run of each pattern is kept for the
 * figures beside its name; of the chosen pattern it is shown, whole or up to a stage, until it is cleared.
 */
#include "app/ui/session-private.h"

#include <string.h>

#include "model/api/backend.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/step-use.h"

void
hr_session_run_free (HrSessionRun *self)
{
  g_clear_pointer (&self->run, hr_pattern_run_free);
  g_free (self);
}

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
      self->run_shown = FALSE;
      self->stage = 0;
      hr_session_drop_marks (self);
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

/* Only what was set: the runner knows the examples. */
static GHashTable *
collect_values (HrSession *self, const HrPattern *pattern)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);

  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);
      g_autofree char *key = value_key (pattern->id, parameter->name);
      char *value = g_hash_table_lookup (self->values, key);

      if (value != NULL)
        g_hash_table_insert (values, parameter->name, value);
    }
  return values;
}

static gboolean
run_one (HrSession *self, const HrPattern *pattern, gboolean keep, GError **error)
{
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (self->document));
  g_autoptr (GHashTable) values = collect_values (self, pattern);
  const HrRunOptions options = { .values = values, .want_trace = TRUE, .keep = keep };
  gint64 started = g_get_monotonic_time ();
  HrPatternRun *run = hr_pattern_run (pattern, hr_document_get_model (self->document), backend, &options, error);
  HrSessionRun *kept;

  if (run == NULL)
    return FALSE;
  if (g_strcmp0 (pattern->id, self->pattern) == 0)
    hr_session_drop_marks (self); /* they borrow the run that goes */
  kept = g_new0 (HrSessionRun, 1);
  kept->run = run;
  kept->generation = self->generation;
  kept->ms = (g_get_monotonic_time () - started) / 1000.0;
  g_hash_table_replace (self->runs, g_strdup (pattern->id), kept);
  return TRUE;
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

static void
show_run (HrSession *self, const HrPattern *pattern, guint stage)
{
  self->run_shown = TRUE;
  self->stage = stage;
  hr_session_set_subject (self, HR_SUBJECT_PATTERN);
  hr_session_show_target_of_pattern (self, pattern);
  hr_session_emit_run_changed (self);
}

static gboolean
run_chosen (HrSession *self, guint stage, GError **error)
{
  const HrPattern *pattern = hr_session_get_pattern (self);

  if (!run_one (self, pattern, FALSE, error))
    return FALSE;
  show_run (self, pattern, stage);
  return TRUE;
}

gboolean
hr_session_run_pattern (HrSession *self, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return need_pattern (self, error) && run_chosen (self, 0, error);
}

/* The run saw the document as it is now: what came since is what it wrote itself. */
static void
refresh_run (HrSession *self, const HrPattern *pattern)
{
  HrSessionRun *kept = g_hash_table_lookup (self->runs, pattern->id);

  kept->generation = self->generation;
}

gboolean
hr_session_keep_pattern (HrSession *self, GError **error)
{
  const HrPattern *pattern;
  g_autofree char *name = NULL;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!need_pattern (self, error))
    return FALSE;
  pattern = hr_session_get_pattern (self);
  name = g_strdup_printf (_("Run “%s”"), *pattern->name != '\0' ? pattern->name : pattern->id);
  if (!hr_document_begin_capture (self->document, name, error))
    return FALSE;
  if (!run_one (self, pattern, TRUE, error))
    {
      hr_document_cancel_capture (self->document);
      return FALSE;
    }
  if (!hr_document_commit_capture (self->document, error))
    return FALSE;
  refresh_run (self, pattern);
  show_run (self, pattern, 0);
  return TRUE;
}

gboolean
hr_session_run_all (HrSession *self, GError **error)
{
  const HrModel *model;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!hr_session_check_ready (self, error))
    return FALSE;
  model = hr_document_get_model (self->document);
  for (guint i = 0; i < model->patterns->len; i++)
    if (!run_one (self, g_ptr_array_index (model->patterns, i), FALSE, error))
      return FALSE;
  hr_session_emit_run_changed (self);
  return TRUE;
}

gboolean
hr_session_step_pattern (HrSession *self, GError **error)
{
  guint n_stages;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (!need_pattern (self, error))
    return FALSE;
  if (!self->run_shown || hr_session_get_marks (self) == NULL || hr_session_is_run_stale (self))
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

  if (!self->run_shown)
    return;
  self->run_shown = FALSE;
  self->stage = 0;
  hr_session_drop_marks (self);
  hr_session_emit_run_changed (self);
}

static const HrSessionRun *
find_run (HrSession *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->runs, id) : NULL;
}

const HrPatternRun *
hr_session_get_run (HrSession *self)
{
  const HrSessionRun *kept;

  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  kept = self->run_shown ? find_run (self, self->pattern) : NULL;
  return kept != NULL ? kept->run : NULL;
}

const HrPatternRun *
hr_session_get_last_run (HrSession *self, const char *id)
{
  const HrSessionRun *kept;

  g_return_val_if_fail (HR_IS_SESSION (self) && id != NULL, NULL);

  kept = find_run (self, id);
  return kept != NULL ? kept->run : NULL;
}

gboolean
hr_session_is_last_run_stale (HrSession *self, const char *id)
{
  const HrSessionRun *kept;

  g_return_val_if_fail (HR_IS_SESSION (self) && id != NULL, FALSE);

  kept = find_run (self, id);
  return kept != NULL && kept->generation != self->generation;
}

gboolean
hr_session_is_run_stale (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->run_shown && self->pattern != NULL && hr_session_is_last_run_stale (self, self->pattern);
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
  const HrSessionRun *kept;

  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  kept = self->run_shown ? find_run (self, self->pattern) : NULL;
  return kept != NULL ? kept->ms : 0;
}

guint
hr_session_get_run_stage (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return self->run_shown ? self->stage : 0;
}
