/*
 * HrExportWindow: what the registry of formats can make of the open model.
 *
 * Formats at the start, the text in the middle, what was tried with it at the end. The text is made in a thread and is
 * that of the moment; a format that makes several files has them in a drop-down. What does not pass a check can still
 * be saved: the button says so.
 */
#include "app/ui/window/export-window.h"

#include <string.h>

#include "app/session/export-changes.h"
#include "app/session/export-job.h"
#include "app/session/figures.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/code-view.h"
#include "app/ui/pieces/identity.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/window/dialogs.h"
#include "model/base/i18n.h"
#include "model/document/file.h"

#define PREVIEW_LINES 500 /* of a file; all of them are saved */

#define HR_TYPE_EXPORT_WINDOW (hr_export_window_get_type ())
G_DECLARE_FINAL_TYPE (HrExportWindow, hr_export_window, HR, EXPORT_WINDOW, AdwWindow)

struct _HrExportWindow
{
  AdwWindow parent_instance;

  /* owned */
  HrSession *session;
  GCancellable *cancellable; /* of the job that is under way */
  HrExportResult *result;    /* or NULL: not there yet */
  char *path;                /* where it was saved last, or is to be */

  /* template children */
  GtkListBox *formats;
  AdwToastOverlay *toasts;
  GtkButton *copy_button;
  GtkButton *save_button;
  GtkButton *cancel_button;
  GtkStack *files_stack;
  GtkLabel *file_name;
  GtkDropDown *files;
  GtkLabel *size;
  GtkBox *preview_box;
  GtkLabel *rest;
  GtkListBox *checks;
  GtkWidget *left_out_box;
  GtkListBox *left_out;
  GtkWidget *use_box;
  GtkLabel *use;

  /* borrowed: children that are made in code */
  GtkWidget *code;
};

G_DEFINE_FINAL_TYPE (HrExportWindow, hr_export_window, ADW_TYPE_WINDOW)

static const char *const group_titles[HR_N_EXCHANGE_GROUPS] = {
  [HR_EXCHANGE_MODEL] = N_("Model"),
  [HR_EXCHANGE_SCHEMA] = N_("Schema"),
  [HR_EXCHANGE_ITEMS] = N_("Items"),
  [HR_EXCHANGE_CODE] = N_("Code"),
};

/* In the order in which people look for them. */
static const HrExchangeGroup group_order[] = { HR_EXCHANGE_SCHEMA, HR_EXCHANGE_ITEMS, HR_EXCHANGE_CODE,
                                               HR_EXCHANGE_MODEL };

static const char *const group_icons[HR_N_EXCHANGE_GROUPS] = {
  [HR_EXCHANGE_MODEL] = "hr-design-symbolic",
  [HR_EXCHANGE_SCHEMA] = "hr-table-symbolic",
  [HR_EXCHANGE_ITEMS] = "view-list-symbolic",
  [HR_EXCHANGE_CODE] = "hr-code-symbolic",
};

static const HrExportFile *
get_shown_file (HrExportWindow *self)
{
  GPtrArray *files = self->result != NULL ? self->result->export->files : NULL;
  guint number = gtk_drop_down_get_selected (self->files);

  if (files == NULL || files->len == 0)
    return NULL;
  return g_ptr_array_index (files, number < files->len ? number : 0);
}

/* Where line @line of @text, from 0, begins; its length when there are fewer. */
static gsize
find_line (const char *text, gsize length, guint line, guint *n_lines)
{
  const char *end = text + length;
  const char *at = text;
  gsize found = length;
  guint number = 0;

  while (at < end)
    {
      const char *next = memchr (at, '\n', end - at);

      if (number++ == line)
        found = at - text;
      at = next != NULL ? next + 1 : end;
    }
  *n_lines = number;
  return found;
}

static void
show_file (HrExportWindow *self)
{
  const HrExportFile *file = get_shown_file (self);
  g_autofree char *lines = NULL, *bytes = NULL, *size = NULL, *use = NULL, *number = NULL, *rest = NULL;
  const char *text = "";
  gsize length = 0, shown;
  guint n_lines;

  if (file != NULL)
    text = g_bytes_get_data (file->content, &length);
  if (text == NULL)
    text = "";
  shown = find_line (text, length, PREVIEW_LINES, &n_lines);
  /* a last line feed would show as an empty line */
  hr_code_view_set_text (self->code, text, shown > 0 && text[shown - 1] == '\n' ? shown - 1 : shown, 0);
  number = hr_figure_number (n_lines);
  lines = g_strdup_printf (ngettext_ ("%s line", "%s lines", n_lines), number);
  bytes = hr_figure_size (length);
  size = g_strdup_printf ("%s · %s", lines, bytes);
  rest = g_strdup_printf (_("The first %d lines are shown; all %s are copied and saved."), PREVIEW_LINES, number);
  gtk_label_set_text (self->size, file != NULL ? size : "");
  gtk_label_set_text (self->rest, rest);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), n_lines > PREVIEW_LINES);
  gtk_label_set_text (self->file_name, file != NULL ? file->name : "");
  if (file != NULL && self->result->format->describe_use != NULL)
    use = self->result->format->describe_use (file->name);
  gtk_label_set_text (self->use, use != NULL ? use : "");
  gtk_widget_set_visible (self->use_box, use != NULL);
}

static void
file_chosen_cb (HrExportWindow *self)
{
  show_file (self);
}

static GtkWidget *
new_check_row (const HrExportCheck *check)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = hr_icon_new (check->problem == NULL ? "hr-check-symbolic" : "hr-error-symbolic");
  g_autofree char *name = NULL;

  gtk_widget_add_css_class (icon, check->problem == NULL ? "hr-ok" : "hr-error");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), check->title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  if (check->problem != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), check->problem);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), check->problem != NULL);
  name = check->problem == NULL ? g_strdup_printf (_("%s: yes"), check->title)
                                : g_strdup_printf (_("%s: no. %s"), check->title, check->problem);
  hr_a11y_set_label (row, name);
  return row;
}

static gboolean
has_problem (const HrExportResult *result)
{
  for (guint i = 0; i < result->checks->len; i++)
    if (((const HrExportCheck *) g_ptr_array_index (result->checks, i))->problem != NULL)
      return TRUE;
  return FALSE;
}

static void
show_checks (HrExportWindow *self)
{
  const HrDiagnostics *remarks = self->result->export->diagnostics;
  guint n_remarks = hr_diagnostics_get_count (remarks);

  hr_widget_remove_children (GTK_WIDGET (self->checks));
  hr_widget_remove_children (GTK_WIDGET (self->left_out));
  for (guint i = 0; i < self->result->checks->len; i++)
    gtk_list_box_append (self->checks, new_check_row (g_ptr_array_index (self->result->checks, i)));
  for (guint i = 0; i < n_remarks; i++)
    {
      GtkWidget *label = hr_text_label_new (hr_diagnostics_get (remarks, i)->message, "hr-remark");

      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_list_box_append (self->left_out, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->checks), self->result->checks->len > 0);
  gtk_widget_set_visible (self->left_out_box, n_remarks > 0);
  gtk_button_set_label (self->save_button, has_problem (self->result) ? _("Save _anyway…") : _("_Save…"));
  hr_a11y_name_by_label (self->save_button);
}

static void
show_result (HrExportWindow *self)
{
  GPtrArray *files = self->result->export->files;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < files->len; i++)
    gtk_string_list_append (names, ((const HrExportFile *) g_ptr_array_index (files, i))->name);
  gtk_drop_down_set_model (self->files, G_LIST_MODEL (names));
  gtk_stack_set_visible_child_name (self->files_stack, files->len > 1 ? "many" : "one");
  show_file (self);
  show_checks (self);
  if (files->len == 0)
    gtk_label_set_text (self->file_name, _("There is nothing to write yet."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_button), files->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), files->len > 0);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrExportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  HrExportResult *made = hr_export_job_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&made, hr_export_result_free); /* another one is wanted since */
      return;
    }
  g_clear_object (&self->cancellable);
  if (made == NULL)
    {
      gtk_label_set_text (self->file_name, error->message);
      return;
    }
  g_clear_pointer (&self->result, hr_export_result_free);
  self->result = made;
  show_result (self);
}

static void
show_format (HrExportWindow *self, const HrExchangeFormat *format)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  hr_export_job_async (self->session, format, self->cancellable, exported_cb, g_object_ref (self));
}

static void
format_selected_cb (GtkListBox *list, GtkListBoxRow *row, HrExportWindow *self)
{
  if (row != NULL)
    show_format (self, g_object_get_data (G_OBJECT (row), "format"));
}

static void
jump_to (HrExportWindow *self, const HrExportCheck *check)
{
  GtkTextView *view = GTK_TEXT_VIEW (hr_code_view_get_text_view (self->code));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_drop_down_set_selected (self->files, check->file);
  gtk_text_buffer_get_iter_at_line (buffer, &start, check->line > 0 ? check->line - 1 : 0);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_iter (view, &start, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

static void
check_activated_cb (GtkListBox *list, GtkListBoxRow *row, HrExportWindow *self)
{
  guint number = gtk_list_box_row_get_index (row);

  if (self->result != NULL && number < self->result->checks->len)
    jump_to (self, g_ptr_array_index (self->result->checks, number));
}

static void
copy_text (HrExportWindow *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  hr_toast (GTK_WIDGET (self), _("Copied"));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (widget);
  const HrExportFile *file = get_shown_file (self);
  g_autofree char *text = NULL;

  if (file == NULL)
    return;
  text = g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
  copy_text (self, text);
}

static void
copy_use_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (widget);

  copy_text (self, gtk_label_get_text (self->use));
}

static gboolean
save_file (HrExportWindow *self, const HrExportFile *file, const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *content = g_bytes_get_data (file->content, &length);

  if (hr_file_save (path, content, length, FALSE, &error))
    return TRUE;
  hr_dialog_show_error (GTK_WINDOW (self), _("The export cannot be saved"), error->message, NULL, NULL);
  return FALSE;
}

static void
save_files (HrExportWindow *self)
{
  GPtrArray *files = self->result->export->files;
  g_autofree char *text = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = hr_export_dup_path (files, i, self->path);

      if (!save_file (self, g_ptr_array_index (files, i), name))
        return;
    }
  text = g_strdup_printf (ngettext_ ("Saved %u file", "Saved %u files", files->len), files->len);
  hr_toast (GTK_WIDGET (self), text);
}

static char *
describe_changes (const GPtrArray *files, const HrExportChanges *changes)
{
  g_autofree char *number = hr_figure_number (changes->n_lines);
  g_autofree char *lines = g_strdup_printf (ngettext_ ("%s line would change.", "%s lines would change.",
                                                       changes->n_lines), number);
  g_autofree char *others = NULL;

  if (files->len == 1)
    return g_steal_pointer (&lines);
  others = g_strdup_printf (ngettext_ ("%u file there has another content.", "%u files there have another content.",
                                       changes->n_files), changes->n_files);
  return g_strconcat (others, "\n", lines, NULL);
}

static void
answer_replace_cb (GtkWindow *window, HrAnswer answer)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (window);

  if (answer == HR_ANSWER_SAVE && self->result != NULL)
    save_files (self);
}

static void
file_chosen_to_save_cb (GtkWindow *window, const char *path)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (window);
  g_autofree char *body = NULL;
  HrExportChanges changes;

  if (self->result == NULL)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  hr_export_find_changes (self->result->export->files, path, &changes);
  if (changes.n_files == 0)
    {
      save_files (self);
      return;
    }
  body = describe_changes (self->result->export->files, &changes);
  hr_dialog_ask_replace (window, body, answer_replace_cb);
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (widget);
  const HrExportFile *file = get_shown_file (self);

  if (file == NULL)
    return;
  if (self->result->export->files->len == 1)
    hr_dialog_save_export (GTK_WINDOW (self), file->name, file_chosen_to_save_cb);
  else
    hr_dialog_choose_folder (GTK_WINDOW (self), _("Save the files in a folder"), file_chosen_to_save_cb);
}

static GtkWidget *
new_format_row (const HrExchangeFormat *format)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_strdup_printf ("%s, %s", _(format->name), _(format->kind));

  gtk_box_append (GTK_BOX (texts), hr_label_new (_(format->name), NULL));
  gtk_box_append (GTK_BOX (texts), hr_label_new (_(format->kind), "caption dim-label"));
  gtk_box_append (GTK_BOX (box), hr_icon_new (group_icons[format->group]));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  hr_tooltip_set (row, _(format->description));
  g_object_set_data (G_OBJECT (row), "format", (gpointer) format);
  hr_a11y_set_label (row, name);
  return row;
}

static void
add_formats (HrExportWindow *self, const char *wanted)
{
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (group_order); i++)
    for (guint j = 0; j < hr_exchange_get_count (); j++)
      {
        const HrExchangeFormat *format = hr_exchange_get (j);
        GtkWidget *row;

        if (format->export_document == NULL || format->group != group_order[i])
          continue;
        row = new_format_row (format);
        gtk_list_box_append (self->formats, row);
        if (first == NULL || g_strcmp0 (format->id, wanted) == 0)
          first = row;
      }
  gtk_list_box_select_row (self->formats, GTK_LIST_BOX_ROW (first));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const HrExchangeFormat *format = g_object_get_data (G_OBJECT (row), "format");
  const HrExchangeFormat *previous = before != NULL ? g_object_get_data (G_OBJECT (before), "format") : NULL;

  if (previous != NULL && previous->group == format->group)
    gtk_list_box_row_set_header (row, NULL);
  else
    gtk_list_box_row_set_header (row, hr_label_new (_(group_titles[format->group]), "hr-sidebar-section"));
}

static void
hr_export_window_dispose (GObject *object)
{
  HrExportWindow *self = HR_EXPORT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  hr_toasts_remove (GTK_WIDGET (self));
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->result, hr_export_result_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_export_window_parent_class)->dispose (object);
}

static void
hr_export_window_class_init (HrExportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_export_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, HR_RESOURCE_PATH "/export-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, formats);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, files_stack);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, file_name);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, files);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, size);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, preview_box);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, rest);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, checks);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, left_out_box);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, left_out);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, use_box);
  gtk_widget_class_bind_template_child (widget_class, HrExportWindow, use);
  gtk_widget_class_install_action (widget_class, "export.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "export.copy-use", NULL, copy_use_cb);
  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "export.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "export.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* A row that gets the focus is selected, so Tab would go through all formats before it came to the preview. */
static gboolean
format_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrExportWindow *self)
{
  if (key == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
  return key == GDK_KEY_Tab && gtk_widget_child_focus (GTK_WIDGET (self->preview_box), GTK_DIR_TAB_FORWARD);
}

static void
add_format_keys (HrExportWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (format_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->formats), keys);
}

static void
hr_export_window_init (HrExportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_toasts_install (self->toasts);
  self->code = hr_code_view_new (_("Preview"), "json");
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (hr_code_view_get_text_view (self->code)), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (hr_code_view_get_text_view (self->code)), GTK_WRAP_NONE);
  gtk_widget_remove_css_class (self->code, "hr-code");
  gtk_widget_add_css_class (self->code, "hr-preview");
  gtk_box_append (self->preview_box, self->code);
  gtk_list_box_set_header_func (self->formats, header_cb, NULL, NULL);
  g_signal_connect (self->formats, "row-selected", G_CALLBACK (format_selected_cb), self);
  g_signal_connect (self->checks, "row-activated", G_CALLBACK (check_activated_cb), self);
  g_signal_connect_object (self->files, "notify::selected", G_CALLBACK (file_chosen_cb), self, G_CONNECT_SWAPPED);
  hr_a11y_set_label (GTK_WIDGET (self->formats), _("Formats"));
  hr_a11y_set_label (GTK_WIDGET (self->files), _("File"));
  hr_a11y_set_label (GTK_WIDGET (self->checks), _("Checked"));
  hr_a11y_set_label (GTK_WIDGET (self->copy_button), _("Copy"));
  hr_a11y_name_by_label (self->save_button);
  hr_a11y_name_by_label (self->cancel_button);
  add_format_keys (self);
}

GtkWidget *
hr_export_window_new (GtkWindow *parent, HrSession *session, const char *format)
{
  HrExportWindow *self = g_object_new (HR_TYPE_EXPORT_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  add_formats (self, format);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_list_box_get_selected_row (self->formats)));
  return GTK_WIDGET (self);
}
