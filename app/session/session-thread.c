/*
 * Work for the session in a thread.
 *
 * A GTask is let go by its thread, which may be the last to do so; whatever hangs on it goes in that thread then. A
 * session must not: so the task knows it weakly only, and the work is freed in the main loop, too.
 */
#include "app/session/session-private.h"

double
hr_session_get_progress (HrSession *self)
{
  const HrSessionWork *work;

  g_return_val_if_fail (HR_IS_SESSION (self), -1);

  work = self->opening != NULL ? self->opening : self->changing != NULL ? self->changing : self->work;
  return work != NULL ? hr_progress_get_share (&work->progress) : -1;
}

typedef struct
{
  GWeakRef session;
  HrThreadFunc func;
  HrThreadDoneFunc done;
  GDestroyNotify free_data;
  gpointer data;
} ThreadWork;

static void
thread_work_free (gpointer data)
{
  ThreadWork *self = data;

  g_weak_ref_clear (&self->session);
  g_free (self);
}

static void
run_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ThreadWork *self = data;

  self->func (self->data);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ThreadWork *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (HrSession) session = g_weak_ref_get (&self->session);

  if (session != NULL)
    self->done (session, self->data);
  self->free_data (self->data);
}

void
hr_session_run_in_thread (HrSession *self, HrThreadFunc func, HrThreadDoneFunc done, gpointer data,
                          GDestroyNotify free_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, NULL);
  ThreadWork *work = g_new0 (ThreadWork, 1);

  g_weak_ref_init (&work->session, self);
  work->func = func;
  work->done = done;
  work->free_data = free_data;
  work->data = data;
  g_task_set_source_tag (task, hr_session_run_in_thread);
  g_task_set_task_data (task, work, thread_work_free);
  g_task_run_in_thread (task, run_cb);
}

static void
let_go_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_object_unref (data);
}

void
hr_session_let_go (HrDocument *document)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, hr_session_let_go);
  g_task_set_task_data (task, document, NULL);
  g_task_run_in_thread (task, let_go_cb);
}
