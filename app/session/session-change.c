/*
 * Changes that go through very many rows: made in a thread, which has the document meanwhile.
 *
 * While the thread has it, nobody else touches the document: the session shows a snapshot in its place, which
 * holds what the document held, can be read by all who read the document, and refuses edits by itself. What
 * the document would tell is held back. The thread also makes the outlines that will be wanted, from what
 * came of it; so when the document is back, everything goes from the old state to the new one at once.
 */
#include "app/session/session-private.h"

#include "app/session/edit-target.h"
#include "model/base/error.h"
#include "model/base/i18n.h"

/* Fewer rows take less than a frame or two, so it is quicker to do it at once. */
#define ROWS_AT_ONCE 1000

/* How often a row is looked at, about: when it is read, judged, taken out, put back and put into an index. */
#define STEPS_A_ROW 4

#define TELL_MS 200

typedef struct
{
  HrSessionChange change; /* with a name of its own */
  HrDocument *document;   /* the thread's */
  HrSessionWork *work;
  HrOutlineJob *outlines;
  gboolean is_done;
  GError *error;
} ChangeWork;

static void
change_work_free (gpointer data)
{
  ChangeWork *self = data;

  if (self->change.free_data != NULL)
    self->change.free_data (self->change.data);
  g_free ((char *)self->change.name);
  g_clear_pointer (&self->outlines, hr_outline_job_free);
  g_object_unref (self->document);
  hr_session_work_unref (self->work);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
hr_session_is_changing (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->changing != NULL;
}

HrDocument *
hr_session_get_own_document (HrSession *self)
{
  return self->lent != NULL ? self->lent : self->document;
}

void
hr_session_mark_saved (HrSession *self, guint64 generation)
{
  self->lent_is_saved = self->lent != NULL;
  self->saved_generation = generation;
  if (self->lent_is_saved)
    return;
  if (generation == self->generation)
    hr_document_mark_saved (self->document);
  hr_session_write_note (self);
}

/* In the thread. Outlines that could not be made are made later. */
static void
change_cb (gpointer data)
{
  ChangeWork *self = data;

  hr_document_set_progress (self->document, &self->work->progress);
  self->is_done = self->change.func (self->document, self->change.data, &self->error);
  hr_document_set_progress (self->document, NULL);
  hr_document_index_entries (self->document, NULL);
  if (self->is_done)
    hr_progress_expect_more (&self->work->progress, hr_outline_job_count_rows (self->outlines));
  if (self->is_done && !hr_outline_job_run (self->outlines, &self->work->progress, NULL))
    g_clear_pointer (&self->outlines, hr_outline_job_free);
}

static void
say_failure (HrSession *self, const ChangeWork *work)
{
  g_autofree char *text = NULL;

  if (hr_cancel_is_raised (&work->work->progress.cancel))
    text = g_strdup_printf (_ ("“%s” was called off. Nothing has changed."), work->change.name);
  hr_session_emit_toast (self, text != NULL ? text : work->error->message, FALSE);
}

static void
stop_telling (HrSession *self)
{
  g_clear_handle_id (&self->change_timeout, g_source_remove);
  hr_session_set_working (self, NULL);
}

static void
forget_wanted (HrSession *self)
{
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->wanted_toast, g_free);
}

/* What was put aside until now. */
static void
do_wanted (HrSession *self)
{
  g_autofree HrTarget *wanted = g_steal_pointer (&self->wanted);
  g_autofree char *toast = g_steal_pointer (&self->wanted_toast);

  if (wanted != NULL)
    hr_session_select_target (self, wanted);
  if (toast != NULL)
    hr_session_emit_toast (self, toast, TRUE);
}

void
hr_session_say_done (HrSession *self, const char *text)
{
  g_return_if_fail (HR_IS_SESSION (self) && text != NULL);

  if (self->changing == NULL)
    hr_session_emit_toast (self, text, TRUE);
  else
    {
      g_free (self->wanted_toast);
      self->wanted_toast = g_strdup (text);
    }
}

/* The snapshot goes last: until everybody has heard of the change they may have things that belong to it. */
static void
changed_cb (HrSession *self, gpointer data)
{
  ChangeWork *work = data;
  g_autoptr (HrDocument) snapshot = NULL;

  if (self->changing != work->work) /* another document is shown */
    return;
  g_object_ref (self);
  snapshot = self->document;
  self->document = g_steal_pointer (&self->lent);
  g_clear_pointer (&self->changing, hr_session_work_unref);
  hr_session_move_outlines (self, hr_document_get_engine (self->document));
  self->made_job = work->outlines;
  stop_telling (self);
  hr_document_release_changes (self->document);
  self->made_job = NULL;
  if (self->lent_is_saved)
    hr_session_mark_saved (self, self->saved_generation);
  if (!work->is_done)
    say_failure (self, work);
  else
    {
      if (work->change.done != NULL)
        work->change.done (self, work->change.data);
      do_wanted (self);
    }
  forget_wanted (self);
  hr_session_update_outline (self);
  hr_session_check_later (self);
  g_object_unref (self);
}

static gboolean
tell_cb (gpointer user_data)
{
  HrSession *self = user_data;
  guint percent = (guint)MIN (99, MAX (0, hr_progress_get_share (&self->changing->progress)) * 100);
  /* Translators: what is being done, as it is called behind “Undo”, and how far it is. */
  g_autofree char *text = g_strdup_printf (_ ("%s… %u %%"), self->change_name, percent);

  hr_session_set_working (self, text);
  return G_SOURCE_CONTINUE;
}

static void
start_telling (HrSession *self, const HrSessionChange *change)
{
  g_free (self->change_name);
  self->change_name = g_strdup (change->name);
  self->change_timeout = g_timeout_add (TELL_MS, tell_cb, self);
  tell_cb (self);
}

/* Lends the document to a thread. */
static gboolean
start (HrSession *self, const HrSessionChange *change, GError **error)
{
  HrDocument *snapshot = hr_document_open_snapshot (self->document, error);
  ChangeWork *work;

  if (snapshot == NULL)
    return FALSE;
  hr_session_cancel_outline (self);
  hr_session_cancel_check (self);
  hr_session_cancel_preview (self);
  work = g_new0 (ChangeWork, 1);
  work->change = *change;
  work->change.name = g_strdup (change->name);
  work->document = g_object_ref (self->document);
  work->work = hr_session_work_new ();
  hr_progress_expect (&work->work->progress, change->n_rows, change->n_rows * STEPS_A_ROW);
  work->outlines = hr_session_new_job (self, self->document);
  hr_document_hold_changes (self->document);
  self->lent_is_modified = hr_document_is_modified (self->document);
  self->lent = self->document;
  self->document = snapshot;
  self->changing = hr_session_work_ref (work->work);
  hr_session_move_outlines (self, hr_document_get_engine (snapshot));
  start_telling (self, &work->change);
  hr_session_run_in_thread (self, change_cb, changed_cb, work, change_work_free);
  return TRUE;
}

static gboolean
do_at_once (HrSession *self, const HrSessionChange *change, GError **error)
{
  gboolean done = change->func (self->document, change->data, error);

  if (done && change->done != NULL)
    change->done (self, change->data);
  if (change->free_data != NULL)
    change->free_data (change->data);
  return done;
}

gboolean
hr_session_change (HrSession *self, const HrSessionChange *change, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self) && change != NULL && change->func != NULL, FALSE);

  if (hr_session_check_ready (self, error))
    {
      if (change->n_rows * MAX (change->cost, 1) <= ROWS_AT_ONCE)
        return do_at_once (self, change, error);
      if (start (self, change, error))
        return TRUE;
    }
  if (change->free_data != NULL)
    change->free_data (change->data);
  return FALSE;
}

void
hr_session_abandon_change (HrSession *self)
{
  g_autoptr (HrDocument) snapshot = NULL;

  if (self->changing == NULL)
    return;
  hr_cancel_raise (&self->changing->progress.cancel);
  g_clear_pointer (&self->changing, hr_session_work_unref);
  forget_wanted (self);
  self->lent_is_saved = FALSE;
  snapshot = self->document;
  self->document = g_steal_pointer (&self->lent);
  stop_telling (self);
  hr_session_drop_outlines (self); /* which read from the snapshot */
}

/* Definitions */

typedef struct
{
  HrModel *model;
  char *name;
} Definitions;

static void
definitions_free (gpointer data)
{
  Definitions *self = data;

  hr_model_unref (self->model);
  g_free (self->name);
  g_free (self);
}

static gboolean
set_model_cb (HrDocument *document, gpointer data, GError **error)
{
  const Definitions *self = data;

  if (!hr_document_begin_edit (document, self->name, error))
    return FALSE;
  if (hr_document_set_model (document, self->model, error))
    return hr_document_commit_edit (document, error);
  hr_document_cancel_edit (document);
  return FALSE;
}

static gboolean
defer_cb (HrDocument *document, HrModel *model, const char *name, guint64 n_rows, gpointer user_data)
{
  HrSession *self = user_data;
  HrSessionChange change = {
    .name = name, .n_rows = n_rows, .func = set_model_cb, .free_data = definitions_free
  };
  g_autoptr (GError) error = NULL;
  Definitions *definitions;

  if (n_rows <= ROWS_AT_ONCE || document != self->document)
    return FALSE;
  definitions = g_new0 (Definitions, 1);
  definitions->model = hr_model_ref (model);
  definitions->name = g_strdup (name);
  change.data = definitions;
  if (!hr_session_change (self, &change, &error))
    hr_session_emit_toast (self, error->message, FALSE);
  return TRUE;
}

void
hr_session_defer_changes (HrSession *self)
{
  hr_document_set_defer (self->document, defer_cb, self);
}
