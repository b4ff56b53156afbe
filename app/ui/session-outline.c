/*
 * The session's outline and the totals of all tables.
 *
 * Both are made by a job that knows nothing of the session, so that it can run on any thread. A table that can be
 * gone through within a frame or two is outlined at once; a bigger one in a thread, and while that runs nobody else
 * may use the engine: the outline is gone and the session is busy. What changes meanwhile (typing into the filter)
 * cancels the job and starts another when it has ended.
 */
#include "app/ui/session-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

/* About 10 ms of work. */
#define ROWS_AT_ONCE 20000

HrOutlineJob *
hr_outline_job_new (HrDocument *document, const char *table, const char *index)
{
  HrOutlineJob *self = g_new0 (HrOutlineJob, 1);

  self->document = g_object_ref (document);
  self->model = hr_model_ref (hr_document_get_model (document));
  self->table = g_strdup (table);
  self->index = g_strdup (index);
  self->totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
hr_outline_job_free (HrOutlineJob *self)
{
  g_clear_pointer (&self->outline, hr_outline_free);
  g_clear_pointer (&self->totals, g_hash_table_unref);
  hr_model_unref (self->model);
  g_object_unref (self->document);
  g_free (self->table);
  g_free (self->index);
  g_free (self->filter);
  g_free (self);
}

static gboolean
is_plain (const HrOutlineOptions *options)
{
  return options->index == NULL && options->filter == NULL && options->hidden_entities == 0;
}

static void
keep_totals (GHashTable *totals, const char *table, const HrOutline *outline)
{
  HrOutlineTotals *counted = g_new0 (HrOutlineTotals, 1);

  hr_outline_get_totals (outline, counted);
  g_hash_table_replace (totals, g_strdup (table), counted);
}

/* A table that the engine could not be given holds drafts only. */
static gboolean
is_stored (HrEngine *engine, const char *table)
{
  return hr_engine_get_table (engine, table) != NULL;
}

static gboolean
count_table (HrOutlineJob *self, HrEngine *engine, const HrTable *table, const HrCancel *cancel, GError **error)
{
  const HrOutlineOptions options = { .table = table->name };
  g_autoptr (HrOutline) outline = NULL;

  if (!is_stored (engine, table->name) || g_hash_table_contains (self->totals, table->name))
    return TRUE;
  outline = hr_outline_new (engine, table, &options, cancel, error);
  if (outline == NULL)
    return FALSE;
  keep_totals (self->totals, table->name, outline);
  return TRUE;
}

gboolean
hr_outline_job_run (HrOutlineJob *self, const HrCancel *cancel, GError **error)
{
  const HrOutlineOptions options = { .table = self->table, .index = self->index, .order = self->order,
                                     .hidden_entities = self->hidden_entities, .filter = self->filter };
  HrEngine *engine = hr_document_get_engine (self->document);
  const HrTable *table = self->table != NULL ? hr_model_find_table (self->model, self->table) : NULL;

  if (table != NULL && is_stored (engine, self->table))
    {
      self->outline = hr_outline_new (engine, table, &options, cancel, error);
      if (self->outline == NULL)
        return FALSE;
      if (is_plain (&options))
        keep_totals (self->totals, self->table, self->outline);
    }
  for (guint i = 0; i < self->model->tables->len; i++)
    if (!count_table (self, engine, g_ptr_array_index (self->model->tables, i), cancel, error))
      return FALSE;
  return TRUE;
}

void
hr_session_drop_outline (HrSession *self)
{
  g_clear_pointer (&self->outline, hr_outline_free);
  g_clear_pointer (&self->outline_model, hr_model_unref);
}

void
hr_session_adopt_outline (HrSession *self, HrOutlineJob *job)
{
  hr_session_drop_outline (self);
  self->outline = g_steal_pointer (&job->outline);
  self->outline_model = hr_model_ref (job->model);
  g_hash_table_unref (self->totals);
  self->totals = g_hash_table_ref (job->totals);
}

static HrOutlineJob *
prepare_job (HrSession *self)
{
  HrOutlineJob *job = hr_outline_job_new (self->document, self->table, self->index);
  GHashTableIter iter;
  gpointer name, totals;

  job->order = self->order;
  job->hidden_entities = self->hidden_entities;
  job->filter = g_strdup (self->filter);
  g_hash_table_iter_init (&iter, self->totals);
  while (g_hash_table_iter_next (&iter, &name, &totals))
    g_hash_table_replace (job->totals, g_strdup (name), g_memdup2 (totals, sizeof (HrOutlineTotals)));
  return job;
}

/* What the job has to go through: the chosen table, and those that have not been counted yet. */
static gint64
count_work (HrSession *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrModel *model = hr_document_get_model (self->document);
  HrEngine *engine = hr_document_get_engine (self->document);
  HrCall call = { .arena = arena };
  gint64 n_rows = 0;

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);
      const HrTableInfo *info = hr_engine_describe_table (engine, table->name, &call);

      if (info != NULL
          && (g_strcmp0 (table->name, self->table) == 0 || !g_hash_table_contains (self->totals, table->name)))
        n_rows += info->item_count;
    }
  return n_rows;
}

static void
report_failure (HrSession *self, const GError *error)
{
  if (!g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

static void
run_at_once (HrSession *self, HrOutlineJob *job)
{
  g_autoptr (GError) error = NULL;

  if (hr_outline_job_run (job, NULL, &error))
    hr_session_adopt_outline (self, job);
  else
    {
      hr_session_drop_outline (self);
      report_failure (self, error);
    }
  hr_session_emit_outline_changed (self);
}

typedef struct
{
  HrOutlineJob *job;
  HrSessionWork *work;
} OutlineTask;

static void
outline_task_free (OutlineTask *self)
{
  hr_outline_job_free (self->job);
  hr_session_work_unref (self->work);
  g_free (self);
}

static void
outline_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OutlineTask *self = data;
  GError *error = NULL;

  if (hr_outline_job_run (self->job, &self->work->cancel, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
outline_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrSession *self = HR_SESSION (source);
  OutlineTask *task = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->work != task->work) /* another document is shown */
    return;
  g_clear_pointer (&self->work, hr_session_work_unref);
  if (self->opening == NULL)
    hr_session_set_busy (self, NULL);
  if (self->outline_wanted)
    {
      hr_session_update_outline (self);
      return;
    }
  if (done)
    hr_session_adopt_outline (self, task->job);
  else
    report_failure (self, error);
  hr_session_emit_outline_changed (self);
}

static void
run_in_thread (HrSession *self, HrOutlineJob *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, outline_done_cb, NULL);
  OutlineTask *data = g_new0 (OutlineTask, 1);

  self->work = hr_session_work_new ();
  data->job = job;
  data->work = hr_session_work_ref (self->work);
  hr_session_drop_outline (self);
  hr_session_set_busy (self, _("Arranging the items…"));
  hr_session_emit_outline_changed (self);
  g_task_set_task_data (task, data, (GDestroyNotify) outline_task_free);
  g_task_run_in_thread (task, outline_thread);
}

void
hr_session_update_outline (HrSession *self)
{
  g_autoptr (HrOutlineJob) job = NULL;

  if (self->document == NULL)
    {
      hr_session_drop_outline (self);
      hr_session_emit_outline_changed (self);
      return;
    }
  self->outline_wanted = self->work != NULL;
  if (self->work != NULL)
    {
      hr_cancel_raise (&self->work->cancel);
      return;
    }
  job = prepare_job (self);
  if (count_work (self) <= ROWS_AT_ONCE)
    run_at_once (self, job);
  else
    run_in_thread (self, g_steal_pointer (&job));
}

HrOutline *
hr_session_get_outline (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->outline;
}

const HrOutlineTotals *
hr_session_get_table_totals (HrSession *self, const char *table)
{
  g_return_val_if_fail (HR_IS_SESSION (self) && table != NULL, NULL);

  return g_hash_table_lookup (self->totals, table);
}

const HrIndexCensus *
hr_session_get_index_census (HrSession *self, const char *name)
{
  g_autoptr (HrArena) arena = NULL;
  const HrTable *table;
  const HrTableInfo *info;
  HrIndexCensus *census;
  HrCall call = { NULL };

  g_return_val_if_fail (HR_IS_SESSION (self) && name != NULL, NULL);

  census = g_hash_table_lookup (self->censuses, name);
  if (census != NULL || self->document == NULL || self->work != NULL)
    return census;
  arena = hr_arena_new ();
  call.arena = arena;
  table = hr_model_find_table (hr_document_get_model (self->document), name);
  info = hr_engine_describe_table (hr_document_get_engine (self->document), name, &call);
  if (table == NULL || info == NULL || info->item_count > ROWS_AT_ONCE)
    return NULL;
  census = hr_index_census_new (hr_document_get_engine (self->document), table, NULL, NULL);
  if (census != NULL)
    g_hash_table_insert (self->censuses, g_strdup (name), census);
  return census;
}
