/*
 * Small pieces of pages: labels, icons, and what has the focus.
 */
#include "app/ui/pieces/pieces.h"

#include <string.h>


static void
add_classes (GtkWidget *widget, const char *css_classes)
{
  g_auto (GStrv) classes = css_classes != NULL ? g_strsplit (css_classes, " ", -1) : NULL;

  for (guint i = 0; classes != NULL && classes[i] != NULL; i++)
    gtk_widget_add_css_class (widget, classes[i]);
}

GtkWidget *
hr_label_new (const char *text, const char *css_classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  add_classes (label, css_classes);
  return label;
}

GtkWidget *
hr_text_label_new (const char *text, const char *css_classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  add_classes (label, css_classes);
  return label;
}

char *
hr_words_to_markup (const char *words)
{
  g_auto (GStrv) spans = g_strsplit (words, "`", -1);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; spans[i] != NULL; i++)
    {
      g_autofree char *text = g_markup_escape_text (spans[i], -1);

      if (i % 2 == 1) /* as large as it looks beside other text */
        g_string_append_printf (markup, "<span font_family=\"monospace\" size=\"90%%\">%s</span>", text);
      else
        g_string_append (markup, text);
    }
  return g_string_free (markup, FALSE);
}

void
hr_label_set_words (GtkLabel *label, const char *words)
{
  g_autofree char *markup = hr_words_to_markup (words);

  gtk_label_set_markup (label, markup);
}

void
hr_editable_show_text (GtkEditable *editable, const char *text)
{
  if (strcmp (gtk_editable_get_text (editable), text) != 0)
    gtk_editable_set_text (editable, text);
  if (!gtk_editable_get_enable_undo (editable))
    return;
  gtk_editable_set_enable_undo (editable, FALSE); /* which forgets */
  gtk_editable_set_enable_undo (editable, TRUE);
}

GtkWidget *
hr_icon_new (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

void
hr_widget_remove_children (GtkWidget *box)
{
  GtkListBoxRow *row;
  GtkWidget *child;

  if (GTK_IS_LIST_BOX (box)) /* whose placeholder is a child, too, and stays */
    while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), 0)) != NULL)
      gtk_list_box_remove (GTK_LIST_BOX (box), GTK_WIDGET (row));
  else if (GTK_IS_GRID (box))
    while ((child = gtk_widget_get_first_child (box)) != NULL)
      gtk_grid_remove (GTK_GRID (box), child);
  else
    while ((child = gtk_widget_get_first_child (box)) != NULL)
      gtk_box_remove (GTK_BOX (box), child);
}

typedef struct
{
  GPtrArray *widgets;
  GApplication *application;
} LetGo;

static void
let_go_free (gpointer data)
{
  LetGo *self = data;

  g_ptr_array_unref (self->widgets);
  if (self->application != NULL)
    g_application_release (self->application);
  g_free (self);
}

static gboolean
let_go_cb (gpointer user_data)
{
  const LetGo *self = user_data;

  if (self->widgets->len > 0)
    g_ptr_array_set_size (self->widgets, (int)self->widgets->len - 1);
  return self->widgets->len > 0;
}

void
hr_widgets_let_go (GPtrArray *widgets)
{
  LetGo *self = g_new0 (LetGo, 1);

  self->widgets = widgets;
  self->application = g_application_get_default ();
  if (self->application != NULL)
    g_application_hold (self->application);
  g_idle_add_full (G_PRIORITY_LOW, let_go_cb, self, let_go_free);
}

/* What slides open is shown, and can have the focus, a frame later only. */
void
hr_expander_open_at_once (AdwExpanderRow *row)
{
  GtkWidget *part = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  GtkRevealerTransitionType transition;

  while (part != NULL && !GTK_IS_REVEALER (part))
    part = gtk_widget_get_next_sibling (part);
  if (part == NULL)
    {
      adw_expander_row_set_expanded (row, TRUE);
      return;
    }
  transition = gtk_revealer_get_transition_type (GTK_REVEALER (part));
  gtk_revealer_set_transition_type (GTK_REVEALER (part), GTK_REVEALER_TRANSITION_TYPE_NONE);
  adw_expander_row_set_expanded (row, TRUE);
  gtk_revealer_set_transition_type (GTK_REVEALER (part), transition);
}

static void
focus_now (GtkWidget *row, int cursor)
{
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  if (GTK_IS_EDITABLE (row) && cursor >= 0)
    gtk_editable_set_position (GTK_EDITABLE (row), cursor);
  else if (GTK_IS_EDITABLE (row))
    gtk_editable_select_region (GTK_EDITABLE (row), 0, -1);
}

static const char awaited[] = "hr-awaited-row"; /* of the window: the row that is to have the focus */

static void
shown_cb (GtkWidget *row, gpointer cursor)
{
  gboolean is_awaited = g_object_get_data (G_OBJECT (gtk_widget_get_root (row)), awaited) == row;

  g_signal_handlers_disconnect_by_func (row, shown_cb, cursor);
  if (is_awaited)
    focus_now (row, GPOINTER_TO_INT (cursor));
}

void
hr_widget_focus_when_shown (GtkWidget *row, int cursor)
{
  GtkRoot *root = gtk_widget_get_root (row);

  if (root == NULL)
    return;
  g_object_set_data (G_OBJECT (root), awaited, row);
  if (gtk_widget_get_mapped (row))
    focus_now (row, cursor);
  else
    g_signal_connect (row, "map", G_CALLBACK (shown_cb), GINT_TO_POINTER (cursor));
}

void
hr_widget_end_typing_elsewhere (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL && (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_root_set_focus (root, NULL);
}

gboolean
hr_widget_has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gboolean
has_same (GListModel *store, guint position, gpointer item, GEqualFunc is_same)
{
  g_autoptr (GObject) old = g_list_model_get_item (store, position);

  return is_same (old, item);
}

gboolean
hr_list_store_update (GListStore *store, GPtrArray *items, GEqualFunc is_same)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n_old = g_list_model_get_n_items (model), n_new = items->len, first = 0, last = 0;

  while (first < MIN (n_old, n_new) && has_same (model, first, g_ptr_array_index (items, first), is_same))
    first++;
  while (first + last < MIN (n_old, n_new)
         && has_same (model, n_old - last - 1, g_ptr_array_index (items, n_new - last - 1), is_same))
    last++;
  if (first + last == MAX (n_old, n_new))
    return FALSE;
  g_list_store_splice (store, first, n_old - first - last, items->pdata + first, n_new - first - last);
  return TRUE;
}
