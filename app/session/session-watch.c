/*
 * The file while it is open: other programs may write it, too (an editor, a checkout).
 *
 * A moment after the monitor says that something has happened a thread compares the file with the mark that was taken
 * when it was read or written. Where nothing has been changed here, the file is read again, and the person is told;
 * else it is the person who decides.
 */
#include "app/session/session-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

/* Programs write in several goes. */
#define SETTLE_MS 300

typedef struct
{
  char *path;
  HrFileMark mark;
  HrSessionWork *work;
  gboolean is_overtaken;
} LookWork;

static void
look_work_free (gpointer data)
{
  LookWork *self = data;

  hr_session_work_unref (self->work);
  g_free (self->path);
  g_free (self);
}

static void
look_cb (gpointer data)
{
  LookWork *self = data;

  self->is_overtaken = hr_file_mark_is_overtaken (&self->mark, self->path);
}

/* A file that cannot be read now may be half written: then it stays the person's choice. */
static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrSession *self = HR_SESSION (source);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!hr_session_open_finish (self, result, &error))
    {
      hr_session_set_overtaken (self, !g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED));
      return;
    }
  name = g_filename_display_basename (self->path != NULL ? self->path : "");
  text = g_strdup_printf (_("“%s” was changed by another program and has been opened again."), name);
  hr_session_emit_toast (self, text, FALSE);
}

static void
looked_cb (HrSession *self, gpointer data)
{
  LookWork *look_work = data;

  if (self->looking != look_work->work) /* another file is open */
    return;
  g_clear_pointer (&self->looking, hr_session_work_unref);
  if (!look_work->is_overtaken)
    hr_session_set_overtaken (self, FALSE);
  else if (self->is_saving || self->opening != NULL)
    return; /* which find out themselves */
  else if (hr_session_is_modified (self))
    hr_session_set_overtaken (self, TRUE);
  else
    hr_session_reload_async (self, reloaded_cb, NULL);
}

static void
look (HrSession *self)
{
  LookWork *data = g_new0 (LookWork, 1);

  data->path = g_strdup (self->path);
  data->mark = self->mark;
  data->work = hr_session_work_new ();
  g_clear_pointer (&self->looking, hr_session_work_unref);
  self->looking = hr_session_work_ref (data->work);
  hr_session_run_in_thread (self, look_cb, looked_cb, data, look_work_free);
}

static gboolean
settled_cb (gpointer user_data)
{
  HrSession *self = user_data;

  self->watch_timeout = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
monitor_cb (HrSession *self)
{
  g_clear_handle_id (&self->watch_timeout, g_source_remove);
  self->watch_timeout = g_timeout_add (SETTLE_MS, settled_cb, self);
}

void
hr_session_unwatch_file (HrSession *self)
{
  g_clear_handle_id (&self->watch_timeout, g_source_remove);
  g_clear_pointer (&self->looking, hr_session_work_unref);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_func (self->monitor, monitor_cb, self);
  g_clear_object (&self->monitor);
  hr_session_set_overtaken (self, FALSE);
}

/* A folder may be one that cannot be watched: then saving finds out. */
void
hr_session_watch_file (HrSession *self)
{
  g_autoptr (GFile) file = self->path != NULL ? g_file_new_for_path (self->path) : NULL;

  hr_session_unwatch_file (self);
  if (file == NULL || self->mark.size_bytes < 0)
    return;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_cb), self, G_CONNECT_SWAPPED);
  look (self);
}

void
hr_session_overrule_file (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->path != NULL)
    self->mark = hr_file_mark_of_file (self->path);
  hr_session_set_overtaken (self, FALSE);
  if (self->document != NULL)
    hr_session_write_note (self);
}
