/*
 * The question where an item is to go: a partition key, written or chosen among those there are.
 *
 * What would change is found by doing it and taking it back, when typing pauses.
 */
#include "app/ui/editing/move-dialog.h"

#include <adwaita.h>
#include <string.h>

#include "app/session/item-actions.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "render/cell-text.h"

#define WIDTH 440
#define LIST_HEIGHT 220
#define OFFERED_MAX 50
#define LOOKED_AT_MAX 20000 /* partitions */
#define DESCRIBE_MS 250

typedef struct
{
  HrSession *session; /* borrowed: outlives the windows that show it */
  GtkWidget *window;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *note;
  GtkWidget *move;
  guint describe_timeout;
} MoveDialog;

static void
move_dialog_free (gpointer data)
{
  MoveDialog *self = data;

  g_clear_handle_id (&self->describe_timeout, g_source_remove);
  g_free (self);
}

static const char *
get_text (MoveDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
move_cb (MoveDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (hr_item_move (self->session, get_text (self), &error))
    gtk_window_destroy (GTK_WINDOW (self->window));
  else
    gtk_label_set_text (GTK_LABEL (self->note), error->message);
}

static gboolean
describe_cb (gpointer user_data)
{
  MoveDialog *self = user_data;
  const char *text = get_text (self);
  g_autofree char *words = *text != '\0' ? hr_item_describe_move (self->session, text) : NULL;

  self->describe_timeout = 0;
  hr_label_set_words (GTK_LABEL (self->note), words != NULL ? words : "");
  return G_SOURCE_REMOVE;
}

static void
add_offer (MoveDialog *self, const char *key)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = hr_label_new (key, "hr-mono");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "hr-offer");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  hr_tooltip_set (row, key);
  hr_a11y_set_label (row, key);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* Keys of the table's partitions that contain what is typed, in the order in which they are shown. */
static void
offer (MoveDialog *self)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  guint n_offered = 0;
  HrPartition partition;

  hr_widget_remove_children (self->list);
  for (guint64 i = 0; outline != NULL && i < LOOKED_AT_MAX && n_offered < OFFERED_MAX; i++)
    {
      g_autofree char *key = NULL;

      if (!hr_outline_get_partition (outline, i, &partition))
        break;
      key = hr_cell_dup_text (&partition.keys[0]);
      if (strstr (key, get_text (self)) == NULL)
        continue;
      add_offer (self, key);
      n_offered++;
    }
}

static void
changed_cb (MoveDialog *self)
{
  gtk_widget_set_sensitive (self->move, *get_text (self) != '\0');
  g_clear_handle_id (&self->describe_timeout, g_source_remove);
  self->describe_timeout = g_timeout_add (DESCRIBE_MS, describe_cb, self);
  offer (self);
}

static void
chosen_cb (GtkListBox *list, GtkListBoxRow *row, MoveDialog *self)
{
  g_autofree char *key = g_strdup (hr_tooltip_get (GTK_WIDGET (row)));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), key);
  gtk_widget_grab_focus (self->move);
}

static GtkWidget *
new_content (MoveDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->entry = adw_entry_row_new ();
  self->list = gtk_list_box_new ();
  self->note = hr_text_label_new (NULL, "hr-caption");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Partition key"));
  gtk_widget_add_css_class (self->entry, "hr-code-entry");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);
  hr_a11y_set_label (self->list, _("Partitions"));
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_add_css_class (box, "hr-move-dialog");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "entry-activated", G_CALLBACK (move_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (chosen_cb), self);
  return box;
}

static GtkWidget *
new_header (MoveDialog *self)
{
  GtkWidget *header = gtk_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));

  self->move = gtk_button_new_with_label (_("Move"));
  gtk_widget_add_css_class (self->move, "suggested-action");
  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (header), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (header), self->move);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), self->window);
  g_signal_connect_swapped (self->move, "clicked", G_CALLBACK (move_cb), self);
  return header;
}

static gboolean
escape_cb (GtkWidget *window, GVariant *parameters, gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (window));
  return TRUE;
}

void
hr_move_dialog_show (GtkWindow *window, HrSession *session)
{
  MoveDialog *self = g_new0 (MoveDialog, 1);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->session = session;
  self->window = gtk_window_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (self->window, keys);
  gtk_window_set_title (GTK_WINDOW (self->window), _("Move to a partition"));
  gtk_window_set_titlebar (GTK_WINDOW (self->window), new_header (self));
  gtk_window_set_child (GTK_WINDOW (self->window), new_content (self));
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, -1);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (self->window), window);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  g_object_set_data_full (G_OBJECT (self->window), "hr-move-dialog", self, move_dialog_free);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self->window));
}
