/*
 * Files in a window: opening, saving, and what is asked before a window closes.
 */
#include "app/session/figures.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/window-private.h"

#include <glib/gstdio.h>
#include <stdio.h>

#include "app/ui/pages/sample-card.h"
#include "app/ui/window/dialogs.h"
#include "app/ui/window/tour.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/exchange/native.h"

static HrApplication *
get_application (HrWindow *self)
{
  return HR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

void
hr_window_open_backup (HrWindow *self)
{
  g_autofree char *path = g_steal_pointer (&self->backup);

  if (path != NULL)
    hr_window_open_path (self, path);
}

static void
answer_backup_cb (GtkWindow *window, HrAnswer answer)
{
  if (answer == HR_ANSWER_SAVE)
    hr_window_open_backup (HR_WINDOW (window));
}

/* The version before the one in @path, if there is one, so that it can be offered. */
static void
find_backup (HrWindow *self, const char *path)
{
  g_autofree char *backup = g_strconcat (path, "~", NULL);

  g_clear_pointer (&self->backup, g_free);
  if (g_file_test (backup, G_FILE_TEST_IS_REGULAR))
    self->backup = g_steal_pointer (&backup);
}

/* An error in a file's text begins with LINE:COLUMN:. */
static char *
describe_place (const char *message)
{
  guint line, column;
  int length = 0;

  if (sscanf (message, "%u:%u: %n", &line, &column, &length) < 2 || length == 0)
    return g_strdup (message);
  return g_strdup_printf (_("Line %u, column %u: %s"), line, column, message + length);
}

/* What is wrong, and of when the backup is, which tells whether it is worth opening. */
static char *
describe_problem (const char *message, const char *backup)
{
  g_autofree char *problem = describe_place (message);
  g_autofree char *time = NULL;
  g_autofree char *sentence = NULL;
  GStatBuf status;

  if (backup == NULL || g_stat (backup, &status) != 0)
    return g_steal_pointer (&problem);
  time = hr_figure_time (status.st_mtime);
  sentence = g_strdup_printf (_("The last backup is from %s."), time);
  return g_strjoin ("\n\n", problem, sentence, NULL);
}

static void
show_open_error (HrWindow *self, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *heading = g_strdup_printf (_("“%s” cannot be opened"), name);
  g_autofree char *body = NULL;

  find_backup (self, path);
  body = describe_problem (error->message, self->backup);
  hr_dialog_show_error (GTK_WINDOW (self), heading, body, self->backup != NULL ? _("Open the _Backup") : NULL,
                        answer_backup_cb);
}

static void
remember (HrWindow *self)
{
  const char *path = hr_session_get_path (self->session);

  if (path != NULL && hr_preferences_get_default () != NULL)
    hr_preferences_add_recent (hr_preferences_get_default (), path);
}

/* HrFileAction: what is under way, for when it ends. */
typedef struct
{
  HrWindow *window;
  char *path;
} HrFileAction;

static HrFileAction *
file_action_new (HrWindow *window, const char *path)
{
  HrFileAction *self = g_new0 (HrFileAction, 1);

  self->window = g_object_ref (window);
  self->path = g_strdup (path);
  return self;
}

static void
file_action_free (HrFileAction *self)
{
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrFileAction, file_action_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrFileAction) action = user_data;
  g_autoptr (GError) error = NULL;

  find_backup (action->window, action->path);
  if (hr_session_open_finish (HR_SESSION (source), result, &error))
    {
      g_autofree char *name = g_path_get_basename (action->path);

      remember (action->window);
      action->window->has_sample = g_str_equal (name, HR_FIRST_SAMPLE);
      hr_tour_opened (action->window);
    }
  else if (!g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED)
           && gtk_widget_get_mapped (GTK_WIDGET (action->window)))
    show_open_error (action->window, action->path, error);
  hr_window_do_awaited (action->window);
}

void
hr_window_open_path (HrWindow *self, const char *path)
{
  g_return_if_fail (HR_IS_WINDOW (self) && path != NULL);

  hr_session_open_async (self->session, path, NULL, opened_cb, file_action_new (self, path));
}

void
hr_window_open_sample (HrWindow *self, const char *name)
{
  g_autoptr (GBytes) content = hr_samples_read (name);

  g_return_if_fail (content != NULL);
  hr_session_open_content_async (self->session, content, name, opened_cb, file_action_new (self, name));
}

static void
open_chosen_cb (GtkWindow *window, const char *path)
{
  hr_application_open_path (get_application (HR_WINDOW (window)), path);
}

void
hr_window_ask_open (HrWindow *self)
{
  hr_dialog_open_file (GTK_WINDOW (self), open_chosen_cb);
}

void
hr_window_open_dropped (HrWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    hr_application_open_path (get_application (self), path);
  else
    hr_toast (GTK_WIDGET (self), _("Only files on this computer can be opened."));
}

void
hr_window_located (HrWindow *self, const char *path, const char *found)
{
  hr_preferences_remove_recent (hr_preferences_get_default (), path);
  hr_application_open_path (get_application (self), found);
}

static void
located_cb (GtkWindow *window, const char *found)
{
  HrWindow *self = HR_WINDOW (window);
  g_autofree char *path = g_steal_pointer (&self->locating);

  if (path != NULL)
    hr_window_located (self, path, found);
}

void
hr_window_locate (HrWindow *self, const char *path)
{
  g_free (self->locating);
  self->locating = g_strdup (path);
  hr_dialog_open_file (GTK_WINDOW (self), located_cb);
}

/* Each window has one model. */
void
hr_window_new_model (HrWindow *self)
{
  HrWindow *window = self;

  if (hr_session_get_document (self->session) != NULL || hr_session_is_busy (self->session))
    {
      window = hr_window_new (get_application (self));
      gtk_window_present (GTK_WINDOW (window));
    }
  window->has_sample = FALSE;
  hr_session_new_model (window->session);
}

/* Whoever does not want to save over it does not want to close either. */
static void
answer_overrule_cb (GtkWindow *window, HrAnswer answer)
{
  HrWindow *self = HR_WINDOW (window);

  if (answer != HR_ANSWER_SAVE)
    {
      self->close_when_saved = FALSE;
      return;
    }
  hr_session_overrule_file (self->session);
  hr_window_save (self);
}

static void
answer_elsewhere_cb (GtkWindow *window, HrAnswer answer)
{
  if (answer == HR_ANSWER_SAVE)
    hr_window_save_as (HR_WINDOW (window));
}

static void
show_save_error (HrWindow *self, const GError *error)
{
  g_autofree char *body = g_strjoin ("\n\n", error->message, _("Your work is kept here: nothing is lost."), NULL);

  hr_dialog_show_error (GTK_WINDOW (self), _("The model cannot be saved"), body, _("Save _Elsewhere…"),
                        answer_elsewhere_cb);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrFileAction) action = user_data;
  HrWindow *self = action->window;
  g_autoptr (GError) error = NULL;

  if (!hr_session_save_finish (HR_SESSION (source), result, &error))
    {
      if (g_error_matches (error, HR_ERROR, HR_ERROR_EXISTS))
        {
          hr_dialog_ask_overrule (GTK_WINDOW (self), error->message, answer_overrule_cb);
          return;
        }
      self->close_when_saved = FALSE;
      show_save_error (self, error);
      return;
    }
  remember (self);
  if (self->close_when_saved)
    {
      self->may_close = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  hr_toast (GTK_WIDGET (self), _("Saved"));
}

void
hr_window_save_to (HrWindow *self, const char *path)
{
  hr_session_save_async (self->session, path, saved_cb, file_action_new (self, path));
}

static void
save_chosen_cb (GtkWindow *window, const char *path)
{
  hr_window_save_to (HR_WINDOW (window), path);
}

/* A name that a file can have, from the model's. */
static char *
propose_name (HrWindow *self)
{
  g_autofree char *title = hr_session_dup_title (self->session);
  g_autofree char *lower = g_utf8_strdown (title, -1);

  g_strdelimit (lower, " /\\:*?\"<>|", '-');
  return g_strconcat (lower, HR_NATIVE_SUFFIX, NULL);
}

void
hr_window_save_as (HrWindow *self)
{
  const char *path = hr_session_get_path (self->session);
  g_autofree char *name = path != NULL ? g_strdup (path) : propose_name (self);

  hr_dialog_save_file (GTK_WINDOW (self), name, save_chosen_cb);
}

void
hr_window_save (HrWindow *self)
{
  const char *path = hr_session_get_path (self->session);

  if (path != NULL)
    hr_window_save_to (self, path);
  else
    hr_window_save_as (self);
}

static void
answer_unsaved_cb (GtkWindow *window, HrAnswer answer)
{
  HrWindow *self = HR_WINDOW (window);

  switch (answer)
    {
    case HR_ANSWER_CANCEL:
      break;
    case HR_ANSWER_DISCARD:
      self->may_close = TRUE;
      gtk_window_close (window);
      break;
    case HR_ANSWER_SAVE:
      self->close_when_saved = TRUE;
      hr_window_save (self);
      break;
    }
}

gboolean
hr_window_check_close (HrWindow *self)
{
  g_autofree char *title = NULL;

  if (!hr_session_is_modified (self->session))
    return TRUE;
  title = hr_session_dup_title (self->session);
  hr_dialog_ask_unsaved (GTK_WINDOW (self), title, answer_unsaved_cb);
  return FALSE;
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrFileAction) action = user_data;
  g_autoptr (GError) error = NULL;

  if (hr_session_open_finish (HR_SESSION (source), result, &error))
    hr_toast (GTK_WIDGET (action->window), _("Restored. Save the model to keep it."));
  else
    hr_dialog_show_error (GTK_WINDOW (action->window), _("The unsaved work cannot be restored"), error->message, NULL,
                          NULL);
  hr_window_do_awaited (action->window);
}

void
hr_window_restore (HrWindow *self, const char *store)
{
  hr_session_restore_async (self->session, store, restored_cb, file_action_new (self, store));
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrFileAction) action = user_data;
  g_autoptr (GError) error = NULL;

  if (hr_session_open_finish (HR_SESSION (source), result, &error))
    hr_toast (GTK_WIDGET (action->window), _("Opened again. Your changes can be restored from the start page."));
  else if (!g_error_matches (error, HR_ERROR, HR_ERROR_CANCELLED))
    show_open_error (action->window, action->path, error);
}

void
hr_window_reload (HrWindow *self)
{
  const char *path = hr_session_get_path (self->session);

  if (path != NULL)
    hr_session_reload_async (self->session, reloaded_cb, file_action_new (self, path));
}
