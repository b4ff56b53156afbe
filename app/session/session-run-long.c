/*
 * Runs that read very much: made in a thread, on a snapshot of the document.
 *
 * A page has an end, so only what reads many of them can take long; and only what does not write can be asked of a
 * snapshot. Meanwhile everything goes on: what is shown stays until the run is there, another run or Esc ends it, and
 * when the document has changed in between the run says that it is of the data before.
 */
#include "app/session/session-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/step-use.h"
#include "model/document/store.h"

/* Fewer are read before anybody notices. */
#define ROWS_AT_ONCE 10000

/* ui/design.md: what takes longer says so. */
#define TELL_MS 300

typedef struct
{
  HrDocument *snapshot;
  HrPattern *pattern;
  GHashTable *values;
  HrSessionWork *work;
  guint64 generation;
  guint stage;
  gboolean is_one_of_all;
  HrPatternRun *run; /* what came of it, or NULL */
  double ms;
  GError *error;
} LongRun;

static void
long_run_free (gpointer data)
{
  LongRun *self = data;

  g_object_unref (self->snapshot);
  hr_pattern_free (self->pattern);
  g_hash_table_unref (self->values);
  hr_session_work_unref (self->work);
  g_clear_pointer (&self->run, hr_pattern_run_free);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
hr_session_is_long_run (HrSession *self, const HrPattern *pattern)
{
  const HrModel *model = hr_document_get_model (self->document);
  g_autoptr (HrArena) arena = hr_arena_new ();
  gboolean is_long = FALSE;

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);
      g_autoptr (GArray) uses = hr_step_list_uses (step, model, arena);

      for (guint j = 0; j < uses->len; j++)
        {
          const HrStepUse *use = &g_array_index (uses, HrStepUse, j);
          const HrOutlineTotals *totals = hr_session_get_table_totals (self, use->table);

          if (use->use == HR_USE_WRITE)
            return FALSE;
          is_long = is_long || (step->pages != 1 && totals != NULL && totals->n_rows > ROWS_AT_ONCE);
        }
    }
  return is_long;
}

static void
run_cb (gpointer data)
{
  LongRun *self = data;
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (self->snapshot));
  const HrRunOptions options = {
    .values = self->values, .want_trace = TRUE, .cancel = &self->work->progress.cancel
  };
  gint64 started = g_get_monotonic_time ();

  self->run = hr_pattern_run (self->pattern, hr_document_get_model (self->snapshot), backend, &options, &self->error);
  self->ms = (g_get_monotonic_time () - started) / 1000.0;
}

static void
stop_telling (HrSession *self)
{
  g_clear_handle_id (&self->run_timeout, g_source_remove);
  self->is_run_told = FALSE;
}

/* How many patterns gave what they expect, in words. */
static char *
sum_up (HrSession *session)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  guint n_passed = 0, n_patterns = model->patterns->len;

  for (guint i = 0; i < n_patterns; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      const HrPatternRun *run = hr_session_get_last_run (session, pattern->id);

      n_passed += run != NULL && run->status == HR_RUN_PASSED;
    }
  if (n_passed == n_patterns)
    return g_strdup_printf (ngettext_ ("%u pattern ran as expected.", "All %u patterns ran as expected.", n_patterns),
                            n_patterns);
  return g_strdup_printf (ngettext_ ("%u of %u pattern ran as expected.", "%u of %u patterns ran as expected.",
                                     n_patterns), n_passed, n_patterns);
}

static gboolean start (HrSession *self, const HrPattern *pattern, GHashTable *values, guint stage,
                       gboolean is_one_of_all, GError **error);

/* The next of all, if it is still there; after the last one the sum. */
static void
start_next (HrSession *self)
{
  const HrModel *model = hr_document_get_model (self->document);
  g_autofree char *text = NULL;

  while (self->run_queue != NULL && self->run_queue->len > 0)
    {
      g_autofree char *id = g_ptr_array_steal_index (self->run_queue, 0);
      const HrPattern *pattern = hr_model_find_pattern (model, id);
      g_autoptr (GHashTable) values = pattern != NULL ? hr_session_collect_values (self, pattern) : NULL;

      if (pattern != NULL && start (self, pattern, values, 0, TRUE, NULL))
        return;
    }
  g_clear_pointer (&self->run_queue, g_ptr_array_unref);
  text = sum_up (self);
  hr_session_emit_toast (self, text, FALSE);
}

static void
done_cb (HrSession *self, gpointer data)
{
  LongRun *work = data;
  HrRunRecord *record;

  if (self->running != work->work) /* it was called off */
    return;
  g_clear_pointer (&self->running, hr_session_work_unref);
  stop_telling (self);
  if (work->run == NULL)
    {
      g_clear_pointer (&self->run_queue, g_ptr_array_unref);
      hr_session_emit_toast (self, work->error->message, FALSE);
      hr_session_emit_run_changed (self);
      return;
    }
  record = hr_run_record_new (g_steal_pointer (&work->run), work->values, work->ms, work->generation);
  hr_session_take_run (self, record, work->stage, !work->is_one_of_all || self->shown_run != NULL);
  if (self->run_queue != NULL)
    start_next (self);
}

static gboolean
tell_cb (gpointer user_data)
{
  HrSession *self = user_data;

  self->run_timeout = 0;
  self->is_run_told = TRUE;
  hr_session_emit_run_changed (self);
  return G_SOURCE_REMOVE;
}

static gboolean
start (HrSession *self, const HrPattern *pattern, GHashTable *values, guint stage, gboolean is_one_of_all,
       GError **error)
{
  HrDocument *snapshot = hr_document_open_snapshot (self->document, error);
  LongRun *work;

  if (snapshot == NULL)
    return FALSE;
  work = g_new0 (LongRun, 1);
  work->snapshot = snapshot;
  work->pattern = hr_pattern_copy (pattern);
  work->values = hr_run_values_copy (values);
  work->work = hr_session_work_new ();
  work->generation = self->generation;
  work->stage = stage;
  work->is_one_of_all = is_one_of_all;
  self->running = hr_session_work_ref (work->work);
  self->run_timeout = g_timeout_add (TELL_MS, tell_cb, self);
  hr_session_run_in_thread (self, run_cb, done_cb, work, long_run_free);
  return TRUE;
}

gboolean
hr_session_start_run (HrSession *self, const HrPattern *pattern, GHashTable *values, guint stage, GError **error)
{
  hr_session_stop_run (self);
  return start (self, pattern, values, stage, FALSE, error);
}

void
hr_session_start_runs (HrSession *self, GPtrArray *patterns)
{
  hr_session_stop_run (self);
  self->run_queue = patterns;
  start_next (self);
}

void
hr_session_stop_run (HrSession *self)
{
  g_clear_pointer (&self->run_queue, g_ptr_array_unref);
  if (self->running == NULL)
    return;
  hr_cancel_raise (&self->running->progress.cancel);
  g_clear_pointer (&self->running, hr_session_work_unref);
  stop_telling (self);
}

gboolean
hr_session_is_running (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->running != NULL && self->is_run_told;
}
