/*
 * Dialogs: file choosers, questions, errors, and who made this.
 *
 * The functions that are called back get the window, which outlives its dialogs, and nothing else: what they need they
 * find there.
 */
#include "app/ui/window/dialogs.h"

#include "app/ui/config.h"
#include "app/ui/pieces/identity.h"
#include "model/base/i18n.h"
#include "model/exchange/native.h"

typedef struct
{
  GtkFileChooserNative *chooser; /* nobody else holds it */
  GtkWindow *window;
  HrFileFunc func;
  gboolean is_model_to_save;
} Choice;

static void
choice_free (Choice *self)
{
  g_object_unref (self->chooser);
  g_object_unref (self->window);
  g_free (self);
}

/* A name without any suffix gets ours. */
static char *
complete_name (char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *complete;

  if (strchr (name, '.') != NULL)
    return path;
  complete = g_strconcat (path, HR_NATIVE_SUFFIX, NULL);
  g_free (path);
  return complete;
}

static void
choice_cb (Choice *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL && self->is_model_to_save)
        path = complete_name (g_steal_pointer (&path));
      if (path != NULL)
        self->func (self->window, path);
    }
  choice_free (self);
}

static void
start_choice (GtkFileChooser *chooser, GtkWindow *window, gboolean is_model, HrFileFunc func)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->chooser = GTK_FILE_CHOOSER_NATIVE (chooser);
  choice->window = g_object_ref (window);
  choice->func = func;
  choice->is_model_to_save = is_model;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_swapped (chooser, "response", G_CALLBACK (choice_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
hr_dialog_save_export (GtkWindow *window, const char *name, HrFileFunc func)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_("Save the export"), window, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  start_choice (GTK_FILE_CHOOSER (chooser), window, FALSE, func);
}

void
hr_dialog_choose_folder (GtkWindow *window, const char *title, HrFileFunc func)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);

  start_choice (GTK_FILE_CHOOSER (chooser), window, FALSE, func);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkFileChooser *
new_chooser (GtkWindow *window, const char *title, GtkFileChooserAction action)
{
  GtkFileChooser *chooser =
      GTK_FILE_CHOOSER (gtk_file_chooser_native_new (title, window, action, NULL, NULL));

  add_filter (chooser, _("Hashrange models"), "*" HR_NATIVE_SUFFIX);
  add_filter (chooser, _("JSON files"), "*.json");
  add_filter (chooser, _("All files"), "*");
  return chooser;
}

void
hr_dialog_open_file (GtkWindow *window, HrFileFunc func)
{
  start_choice (new_chooser (window, _("Open a model"), GTK_FILE_CHOOSER_ACTION_OPEN), window, FALSE, func);
}

void
hr_dialog_save_file (GtkWindow *window, const char *name, HrFileFunc func)
{
  GtkFileChooser *chooser = new_chooser (window, _("Save the model"), GTK_FILE_CHOOSER_ACTION_SAVE);

  if (g_path_is_absolute (name))
    {
      g_autoptr (GFile) file = g_file_new_for_path (name);

      gtk_file_chooser_set_file (chooser, file, NULL);
    }
  else
    gtk_file_chooser_set_current_name (chooser, name);
  start_choice (chooser, window, TRUE, func);
}

typedef struct
{
  GtkWindow *window;
  HrAnswerFunc func;
} Question;

static void
answer_cb (GtkWidget *dialog, const char *response, Question *question)
{
  HrAnswer answer = HR_ANSWER_CANCEL;

  if (g_str_equal (response, "save"))
    answer = HR_ANSWER_SAVE;
  else if (g_str_equal (response, "discard"))
    answer = HR_ANSWER_DISCARD;
  question->func (question->window, answer);
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  g_object_unref (self->window);
  g_free (self);
}

static void
connect_answer (GtkWidget *dialog, GtkWindow *window, HrAnswerFunc func)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->func = func;
  g_signal_connect_data (dialog, "response", G_CALLBACK (answer_cb), question, question_free, 0);
}

void
hr_dialog_ask_unsaved (GtkWindow *window, const char *title, HrAnswerFunc func)
{
  GtkWidget *dialog = adw_message_dialog_new (window, _("Save changes?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_body (message, _("“%s” has changes that are not in its file."), title);
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "discard", _("_Discard"), "save", _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "save");
  adw_message_dialog_set_close_response (message, "cancel");
  connect_answer (dialog, window, func);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_whether_to_write (GtkWindow *window, const char *heading, const char *body, const char *label, HrAnswerFunc func)
{
  GtkWidget *dialog = adw_message_dialog_new (window, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "save", label, NULL);
  adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  connect_answer (dialog, window, func);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
hr_dialog_ask_overrule (GtkWindow *window, const char *body, HrAnswerFunc func)
{
  ask_whether_to_write (window, _("Save over the other version?"), body, _("Save _Anyway"), func);
}

void
hr_dialog_ask_replace (GtkWindow *window, const char *body, HrAnswerFunc func)
{
  ask_whether_to_write (window, _("Replace what is there?"), body, _("_Replace"), func);
}

void
hr_dialog_show_error (GtkWindow *window, const char *heading, const char *body, const char *fix, HrAnswerFunc func)
{
  /* the name of a file that is broken into lines has no hyphen but its own */
  g_autofree char *markup = g_markup_printf_escaped ("<span insert_hyphens='false'>%s</span>", heading);
  GtkWidget *dialog = adw_message_dialog_new (window, markup, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_set_heading_use_markup (message, TRUE);
  adw_message_dialog_add_response (message, "cancel", _("_Close"));
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_default_response (message, "cancel");
  if (fix != NULL)
    {
      adw_message_dialog_add_response (message, "save", fix);
      adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (message, "save");
      connect_answer (dialog, window, func);
    }
  gtk_window_present (GTK_WINDOW (dialog));
}

void
hr_dialog_show_about (GtkWindow *window)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "transient-for", window, "modal", TRUE, "application-name", _("Hashrange"), "application-icon",
                HR_APPLICATION_ID, "version", HR_VERSION, "comments",
                _("A workbench for data models in the DynamoDB style: start from the questions, see what each one "
                  "reads and what it costs."),
                "license-type", GTK_LICENSE_GPL_3_0, NULL);
  gtk_window_present (GTK_WINDOW (about));
}
