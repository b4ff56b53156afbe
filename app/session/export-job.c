/*
 * An export off the main loop: a snapshot of the document is written and tried in a thread.
 */
#include "app/session/export-job.h"

#include "model/document/store.h"

typedef struct
{
  const HrExchangeFormat *format;
  HrDocument *snapshot;
  HrCancel cancel;
  gulong cancel_handler;
} ExportJob;

static void
export_job_free (ExportJob *self)
{
  g_clear_object (&self->snapshot);
  g_free (self);
}

void
hr_export_result_free (HrExportResult *self)
{
  hr_export_free (self->export);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ExportJob *self = data;
  g_autoptr (HrExport) export = hr_export_new ();
  HrExportResult *result;
  GError *error = NULL;

  if (!self->format->export_document (self->snapshot, export, &self->cancel, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  result = g_new0 (HrExportResult, 1);
  result->format = self->format;
  result->checks = hr_export_check (self->format, self->snapshot, export);
  result->export = g_steal_pointer (&export);
  g_task_return_pointer (task, result, (GDestroyNotify) hr_export_result_free);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  hr_cancel_raise (user_data);
}

void
hr_export_job_async (HrSession *session, const HrExchangeFormat *format, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  ExportJob *self = g_new0 (ExportJob, 1);
  GError *error = NULL;

  self->format = format;
  g_task_set_source_tag (task, hr_export_job_async);
  g_task_set_task_data (task, self, (GDestroyNotify) export_job_free);
  if (hr_session_get_document (session) == NULL)
    {
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      g_task_return_error (task, error);
      return;
    }
  if (cancellable != NULL)
    self->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), &self->cancel, NULL);
  self->snapshot = hr_document_open_snapshot (hr_session_get_document (session), &error);
  if (self->snapshot == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, export_thread);
}

HrExportResult *
hr_export_job_finish (GAsyncResult *result, GError **error)
{
  ExportJob *self = g_task_get_task_data (G_TASK (result));

  g_cancellable_disconnect (g_task_get_cancellable (G_TASK (result)), self->cancel_handler);
  self->cancel_handler = 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}
