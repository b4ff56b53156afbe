/*
 * Opening and saving.
 *
 * A file is read, checked and outlined by a thread, as a document that nobody else knows yet; only when all of that
 * went well does it take the place of the one that is open. Saving takes a snapshot of the document, a bit at a
 * time, and hands that to a thread, so that a million items can be saved while somebody types.
 */
#include "app/ui/session-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/exchange/native.h"

typedef struct
{
  char *path;       /* or only a name, when the content is given */
  GBytes *content;  /* (nullable) */
  gboolean is_native;
  HrDiagnostics *diagnostics;
  HrDocument *document;
  HrOutlineJob *outline;
  HrSessionWork *work;
  gulong cancel_handler;
} Opening;

static void
opening_free (Opening *self)
{
  g_clear_pointer (&self->outline, hr_outline_job_free);
  g_clear_object (&self->document);
  g_clear_pointer (&self->diagnostics, hr_diagnostics_free);
  hr_session_work_unref (self->work);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
read_document (Opening *self, GError **error)
{
  g_autoptr (GBytes) bytes = self->content != NULL ? g_bytes_ref (self->content) : hr_file_read (self->path, error);
  const HrExchangeFormat *format;
  const char *text;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  format = hr_exchange_recognise (text, length, self->path);
  if (format == NULL || format->import == NULL)
    format = &hr_native_format; /* which says what is wrong, and where */
  self->is_native = format == &hr_native_format;

  hr_diagnostics_set_text (self->diagnostics, text, length);
  self->document = format->import (text, length, self->path, self->diagnostics, &self->work->cancel, error);
  if (self->document != NULL)
    hr_document_check (self->document, self->diagnostics);
  hr_diagnostics_sort (self->diagnostics);
  hr_diagnostics_set_text (self->diagnostics, NULL, 0);
  return self->document != NULL;
}

static gboolean
make_outline (Opening *self, GError **error)
{
  const HrModel *model = hr_document_get_model (self->document);
  const char *table = model->tables->len > 0 ? ((HrTable *) g_ptr_array_index (model->tables, 0))->name : NULL;

  self->outline = hr_outline_job_new (self->document, table, NULL);
  return hr_outline_job_run (self->outline, &self->work->cancel, error);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *self = data;
  GError *error = NULL;

  if (read_document (self, &error) && make_outline (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
cancelled_cb (GCancellable *cancellable, HrSessionWork *work)
{
  hr_cancel_raise (&work->cancel);
}

/* @content: (nullable): takes a reference */
static void
open_file (HrSession *self, const char *path, GBytes *content, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_("Opening %s…"), name);
  Opening *opening;

  g_task_set_source_tag (task, open_file);
  g_task_set_check_cancellable (task, FALSE); /* the thread says itself how it ended */
  if (self->opening != NULL)
    {
      g_task_return_new_error (task, HR_ERROR, HR_ERROR_INVALID, _("Another model is being opened."));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->content = content != NULL ? g_bytes_ref (content) : NULL;
  opening->diagnostics = hr_diagnostics_new ();
  opening->work = hr_session_work_new ();
  if (cancellable != NULL)
    opening->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                     hr_session_work_ref (opening->work),
                                                     (GDestroyNotify) hr_session_work_unref);
  self->opening = hr_session_work_ref (opening->work);
  hr_session_set_busy (self, text);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, open_thread);
}

void
hr_session_open_async (HrSession *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (HR_IS_SESSION (self) && path != NULL);

  open_file (self, path, NULL, cancellable, callback, user_data);
}

void
hr_session_open_content_async (HrSession *self, GBytes *content, const char *name, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (HR_IS_SESSION (self) && content != NULL && name != NULL);

  open_file (self, name, content, NULL, callback, user_data);
}

gboolean
hr_session_open_finish (HrSession *self, GAsyncResult *result, GError **error)
{
  Opening *opening;
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  opening = g_task_get_task_data (G_TASK (result));
  done = g_task_propagate_boolean (G_TASK (result), error);
  if (opening == NULL)
    return FALSE;

  g_cancellable_disconnect (g_task_get_cancellable (G_TASK (result)), opening->cancel_handler);
  g_clear_pointer (&self->opening, hr_session_work_unref);
  hr_session_set_busy (self, NULL);
  if (!done)
    return FALSE;
  hr_session_install (self, opening->document, opening->is_native && opening->content == NULL ? opening->path : NULL,
                      opening->outline, g_steal_pointer (&opening->diagnostics));
  return TRUE;
}

typedef struct
{
  char *path;
  HrSnapshot *snapshot;
  gboolean backup;
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_pointer (&self->snapshot, hr_snapshot_free);
  g_free (self->path);
  g_free (self);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *self = data;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  GError *error = NULL;

  if (hr_snapshot_write (self->snapshot, &out, NULL, &error)
      && hr_file_save (self->path, out.data, out.length, self->backup, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
save_snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;

  saving->snapshot = hr_snapshot_take_finish (result, &error);
  if (saving->snapshot == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, save_thread);
}

void
hr_session_save_async (HrSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Saving *saving;

  g_return_if_fail (HR_IS_SESSION (self) && path != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hr_session_save_async);
  if (!hr_session_check_ready (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->is_saving)
    {
      g_task_return_new_error (task, HR_ERROR, HR_ERROR_INVALID, _("The model is being saved already."));
      return;
    }

  self->is_saving = TRUE;
  saving = g_new0 (Saving, 1);
  saving->path = g_strdup (path);
  saving->backup = g_strcmp0 (path, self->path) != 0 || !self->has_backup;
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  hr_snapshot_take_async (self, save_snapshot_cb, g_object_ref (task));
}

/* What was changed since the snapshot is still to be saved; so is a document that has taken this one's place. */
static void
take_over_saved (HrSession *self, const Saving *saving)
{
  if (saving->snapshot == NULL || hr_snapshot_get_document (saving->snapshot) != self->document)
    return;

  self->has_backup = TRUE;
  if (g_strcmp0 (self->path, saving->path) != 0)
    {
      g_free (self->path);
      self->path = g_strdup (saving->path);
      hr_session_notify (self, HR_SESSION_PROP_PATH);
      hr_session_notify (self, HR_SESSION_PROP_TITLE);
    }
  if (hr_snapshot_get_generation (saving->snapshot) != self->generation)
    return;
  self->was_restored = FALSE;
  hr_document_mark_saved (self->document);
  hr_session_notify (self, HR_SESSION_PROP_MODIFIED);
}

gboolean
hr_session_save_finish (HrSession *self, GAsyncResult *result, GError **error)
{
  Saving *saving;
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  saving = g_task_get_task_data (G_TASK (result));
  done = g_task_propagate_boolean (G_TASK (result), error);
  if (saving == NULL)
    return FALSE;
  self->is_saving = FALSE;
  if (done)
    take_over_saved (self, saving);
  return done;
}
