/*
 * Opening and saving.
 *
 * A file is read, checked, put into its store and outlined by a thread, as a document that nobody else knows yet; only
 * when all of that went well does it take the place of the one that is open. Saving writes a snapshot of the document
 * in a thread, so that a million items can be saved while somebody types.
 */
#include "app/session/session-private.h"

#include "app/session/recovery.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/file.h"
#include "model/exchange/native.h"

/* What is shown and selected, to be found again in a document that takes another's place. */
typedef struct
{
  char *table;
  char *index;
  char *pattern;
  char *entity;
  char *filter;
  guint64 hidden_entities;
  HrArena *arena;
  HrValue key;
  gboolean has_key;
  guint column;
} Place;

static Place *
place_new (HrSession *session)
{
  Place *self = g_new0 (Place, 1);

  self->table = g_strdup (session->table);
  self->index = g_strdup (session->index);
  self->pattern = g_strdup (session->pattern);
  self->entity = g_strdup (session->entity);
  self->filter = g_strdup (session->filter);
  self->hidden_entities = session->hidden_entities;
  self->arena = hr_arena_new ();
  self->has_key = session->has_key;
  self->column = session->column;
  if (session->has_key)
    self->key = hr_value_copy (self->arena, &session->key);
  return self;
}

static void
place_free (Place *self)
{
  g_free (self->table);
  g_free (self->index);
  g_free (self->pattern);
  g_free (self->entity);
  g_free (self->filter);
  hr_arena_free (self->arena);
  g_free (self);
}

/* What is selected last is what an inspector shows. */
static void
place_restore (const Place *self, HrSession *session)
{
  const HrModel *model = hr_document_get_model (session->document);
  const HrTable *table = self->table != NULL ? hr_model_find_table (model, self->table) : NULL;

  if (self->pattern != NULL && hr_model_find_pattern (model, self->pattern) != NULL)
    hr_session_select_pattern (session, self->pattern);
  if (table == NULL)
    return;
  hr_session_show_table (session, table->name,
                         self->index != NULL && hr_table_find_index (table, self->index) != NULL ? self->index : NULL);
  g_object_set (session, "filter", self->filter, "hidden-entities", self->hidden_entities, NULL);
  if (self->entity != NULL && hr_table_find_entity (table, self->entity) != NULL)
    hr_session_select_entity (session, self->entity);
  if (self->has_key)
    hr_session_select_item (session, &self->key, self->column);
}

typedef struct
{
  char *path;        /* or only a name, when the content is given; of a store: where it came from, or NULL */
  char *store;       /* (nullable): to be restored, instead of a file */
  GBytes *content;   /* (nullable) */
  Place *place;      /* (nullable): of a reload */
  gboolean has_file; /* @path is the file of the model */
  HrFileMark mark;
  HrDiagnostics *file_findings;
  HrDiagnostics *findings;
  HrDocument *document;
  HrOutlineJob *outlines;
  HrSessionWork *work;
  gulong cancel_handler;
  GError *error;     /* or NULL: all went well */
} Opening;

static void
opening_free (Opening *self)
{
  g_clear_pointer (&self->outlines, hr_outline_job_free);
  g_clear_object (&self->document);
  hr_diagnostics_free (self->file_findings);
  hr_diagnostics_free (self->findings);
  hr_session_work_unref (self->work);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->place, place_free);
  g_clear_error (&self->error);
  g_free (self->store);
  g_free (self->path);
  g_free (self);
}

static gboolean
check_goes_on (Opening *self, GError **error)
{
  if (hr_progress_goes_on (&self->work->progress))
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_CANCELLED, _("Reading the model was cancelled."));
  return FALSE;
}

static gboolean
check_document (Opening *self, GError **error)
{
  hr_document_check_cancellable (self->document, self->findings, &self->work->progress);
  return check_goes_on (self, error);
}

/* Without a store the session tries once more, and says what is the matter. */
static gboolean
read_file (Opening *self, GError **error)
{
  g_autoptr (GBytes) bytes = self->content != NULL ? g_bytes_ref (self->content) : hr_file_read (self->path, error);
  const HrExchangeFormat *format;
  gboolean is_sound;
  const char *text;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  hr_text_skip_mark (&text, &length);
  format = hr_exchange_recognise (text, length, self->path);
  if (format == NULL || format->import == NULL)
    format = &hr_native_format; /* which says what is wrong, and where */
  self->has_file = self->content == NULL && format == &hr_native_format;
  if (self->has_file)
    self->mark = hr_file_mark_of_content (self->path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  hr_diagnostics_set_text (self->file_findings, text, length);
  hr_diagnostics_set_text (self->findings, text, length);
  self->document =
      format->import (text, length, self->path, self->file_findings, &self->work->progress, error);
  is_sound = self->document != NULL && check_document (self, error);
  hr_diagnostics_set_text (self->file_findings, NULL, 0);
  hr_diagnostics_set_text (self->findings, NULL, 0);
  if (is_sound)
    hr_recovery_keep (self->document, NULL);
  return is_sound;
}

/* Those of a store are there already. */
static void
expect_rows (Opening *self)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrModel *model = hr_document_get_model (self->document);
  HrCall call = { .arena = arena };
  guint64 n_rows = 0;

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (model->tables, i);
      const HrTableInfo *info =
          hr_engine_describe_table (hr_document_get_engine (self->document), table->name, &call);

      n_rows += info != NULL ? (guint64) info->item_count : 0;
    }
  hr_progress_expect (&self->work->progress, n_rows, 0);
}

static gboolean
read_store (Opening *self, GError **error)
{
  g_autofree char *note = NULL;
  g_autofree char *mark = NULL;

  self->document = hr_document_open_store (self->store, &hr_native_model_text, error);
  if (self->document == NULL)
    return FALSE;
  expect_rows (self);
  note = hr_document_dup_note (self->document);
  hr_recovery_parse_note (note, &self->path, &mark);
  self->has_file = self->path != NULL;
  if (mark != NULL)
    hr_file_mark_parse (&self->mark, mark);
  return check_document (self, error);
}

static gboolean
make_outlines (Opening *self, GError **error)
{
  hr_document_index_entries (self->document, NULL);
  self->outlines = hr_outline_job_new_plain (self->document);
  return hr_outline_job_run (self->outlines, &self->work->progress, error);
}

/* The task is the caller's; what it says is said in the main loop. What fails because it was called off may say
 * anything. */
static void
open_cb (gpointer data)
{
  Opening *self = g_task_get_task_data (data);
  gboolean is_read = self->store != NULL ? read_store (self, &self->error) : read_file (self, &self->error);

  gboolean is_done = is_read && make_outlines (self, &self->error);

  if (!is_done && hr_cancel_is_raised (&self->work->progress.cancel))
    {
      g_clear_error (&self->error);
      check_goes_on (self, &self->error);
    }
  if (!is_done && self->document != NULL && self->store == NULL)
    hr_document_remove_store (self->document);
}

static void
opened_cb (HrSession *session, gpointer data)
{
  Opening *self = g_task_get_task_data (data);

  if (self->error == NULL)
    g_task_return_boolean (data, TRUE);
  else
    g_task_return_error (data, g_steal_pointer (&self->error));
}

static void
cancelled_cb (GCancellable *cancellable, HrSessionWork *work)
{
  hr_cancel_raise (&work->progress.cancel);
}

static Opening *
opening_new (const char *path)
{
  Opening *self = g_new0 (Opening, 1);

  self->path = g_strdup (path);
  self->mark = HR_FILE_MARK_NONE;
  self->file_findings = hr_diagnostics_new ();
  self->findings = hr_diagnostics_new ();
  self->work = hr_session_work_new ();
  self->work->progress.n_times_behind = 2; /* checked and outlined */
  return self;
}

/* Takes @opening. */
static void
start_opening (HrSession *self, Opening *opening, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_filename_display_basename (opening->store != NULL ? opening->store : opening->path);
  g_autofree char *text =
      opening->store != NULL ? g_strdup (_("Restoring…")) : g_strdup_printf (_("Opening %s…"), name);

  g_task_set_source_tag (task, start_opening);
  g_task_set_check_cancellable (task, FALSE); /* the thread says itself how it ended */
  if (self->opening != NULL)
    {
      opening_free (opening);
      g_task_return_new_error (task, HR_ERROR, HR_ERROR_BUSY, _("Another model is being opened."));
      return;
    }

  if (cancellable != NULL)
    opening->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                     hr_session_work_ref (opening->work),
                                                     (GDestroyNotify) hr_session_work_unref);
  self->opening = hr_session_work_ref (opening->work);
  self->opening_path = g_strdup (opening->content == NULL ? opening->path : NULL);
  hr_session_set_busy (self, text);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  hr_session_run_in_thread (self, open_cb, opened_cb, g_object_ref (task), g_object_unref);
}

void
hr_session_open_async (HrSession *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (HR_IS_SESSION (self) && path != NULL);

  start_opening (self, opening_new (path), cancellable, callback, user_data);
}

void
hr_session_open_content_async (HrSession *self, GBytes *content, const char *name, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Opening *opening = opening_new (name);

  g_return_if_fail (HR_IS_SESSION (self) && content != NULL && name != NULL);

  opening->content = g_bytes_ref (content);
  start_opening (self, opening, NULL, callback, user_data);
}

void
hr_session_restore_async (HrSession *self, const char *store, GAsyncReadyCallback callback, gpointer user_data)
{
  Opening *opening = opening_new (NULL);

  g_return_if_fail (HR_IS_SESSION (self) && store != NULL);

  opening->store = g_strdup (store);
  start_opening (self, opening, NULL, callback, user_data);
}

void
hr_session_reload_async (HrSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  Opening *opening = opening_new (self->path);

  g_return_if_fail (HR_IS_SESSION (self) && self->path != NULL);

  opening->place = place_new (self);
  start_opening (self, opening, NULL, callback, user_data);
}

const char *
hr_session_get_opening_path (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->opening_path;
}

gboolean
hr_session_open_finish (HrSession *self, GAsyncResult *result, GError **error)
{
  HrSessionContent content = { .document = NULL };
  Opening *opening;
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  opening = g_task_get_task_data (G_TASK (result));
  done = g_task_propagate_boolean (G_TASK (result), error);
  if (opening == NULL)
    return FALSE;

  g_cancellable_disconnect (g_task_get_cancellable (G_TASK (result)), opening->cancel_handler);
  g_clear_pointer (&self->opening, hr_session_work_unref);
  g_clear_pointer (&self->opening_path, g_free);
  if (!done)
    {
      hr_session_set_busy (self, NULL);
      return FALSE;
    }

  content = (HrSessionContent) {
    .document = opening->document,
    .path = opening->has_file ? opening->path : NULL,
    .mark = opening->mark,
    .job = opening->outlines,
    .file_findings = opening->file_findings,
    .findings = opening->findings,
    .keeps_former = opening->place != NULL && hr_session_is_modified (self),
  };
  hr_session_install (self, &content);
  if (opening->place != NULL)
    place_restore (opening->place, self);
  return TRUE;
}

/* Saving */

void
hr_session_write_note (HrSession *self)
{
  g_autofree char *mark = hr_file_mark_print (&self->mark);
  g_autofree char *note = hr_recovery_print_note (self->path, self->path != NULL ? mark : NULL);
  g_autoptr (GError) error = NULL;

  if (!hr_document_set_note (self->document, note, &error))
    g_message ("%s", error->message);
}

typedef struct
{
  char *path;
  HrDocument *document; /* a snapshot */
  HrDocument *original; /* only to be compared */
  guint64 generation;   /* of the session when the snapshot was taken */
  HrFileMark mark;      /* that the file has to have, if @is_guarded; of what was written, in the end */
  gboolean is_guarded;
  gboolean backup;
  GError *error;        /* or NULL: it is saved */
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->document);
  g_clear_object (&self->original);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self);
}

static gboolean
check_guard (Saving *self, GError **error)
{
  g_autofree char *name = NULL;

  if (!self->is_guarded || !hr_file_mark_is_overtaken (&self->mark, self->path))
    return TRUE;
  name = g_filename_display_basename (self->path);
  g_set_error (error, HR_ERROR, HR_ERROR_EXISTS,
               _("Another program has changed “%s” since it was opened. Saving would undo those changes."), name);
  return FALSE;
}

static void
save_cb (gpointer data)
{
  Saving *self = g_task_get_task_data (data);
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  if (hr_native_write (self->document, &out, NULL, &self->error) && check_guard (self, &self->error)
      && hr_file_save (self->path, out.data, out.length, self->backup, &self->error))
    self->mark = hr_file_mark_of_content (self->path, out.data, out.length);
}

static void
saved_cb (HrSession *session, gpointer data)
{
  Saving *self = g_task_get_task_data (data);

  if (self->error == NULL)
    g_task_return_boolean (data, TRUE);
  else
    g_task_return_error (data, g_steal_pointer (&self->error));
}

/* Takes a snapshot, or NULL with @error. */
static Saving *
saving_new (HrSession *session, const char *path, GError **error)
{
  gboolean is_own = g_strcmp0 (path, session->path) == 0;
  HrDocument *snapshot;
  Saving *self;

  if (!hr_session_check_ready (session, error))
    return NULL;
  if (session->is_saving)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY, _("The model is being saved already."));
      return NULL;
    }
  snapshot = hr_document_open_snapshot (session->document, error);
  if (snapshot == NULL)
    return NULL;
  self = g_new0 (Saving, 1);
  self->path = g_strdup (path);
  self->document = snapshot;
  self->original = g_object_ref (session->document);
  self->generation = session->generation;
  self->mark = session->mark;
  self->is_guarded = is_own && session->mark.size_bytes >= 0;
  self->backup = !is_own || !session->has_backup;
  return self;
}

void
hr_session_save_async (HrSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Saving *saving;

  g_return_if_fail (HR_IS_SESSION (self) && path != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hr_session_save_async);
  saving = saving_new (self, path, &error);
  if (saving == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->is_saving = TRUE;
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  hr_session_run_in_thread (self, save_cb, saved_cb, g_object_ref (task), g_object_unref);
}

/* What was changed since the snapshot is still to be saved; so is a document that has taken this one's place. */
static void
take_over_saved (HrSession *self, const Saving *saving)
{
  if (saving->original != hr_session_get_own_document (self))
    return;

  self->has_backup = TRUE;
  self->mark = saving->mark;
  hr_session_set_overtaken (self, FALSE);
  if (g_strcmp0 (self->path, saving->path) != 0)
    {
      g_free (self->path);
      self->path = g_strdup (saving->path);
      hr_session_watch_file (self);
      hr_session_notify (self, HR_SESSION_PROP_PATH);
      hr_session_notify (self, HR_SESSION_PROP_TITLE);
    }
  hr_session_mark_saved (self, saving->generation);
  g_clear_pointer (&self->file_findings, hr_diagnostics_free);
  hr_session_check_later (self);
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
