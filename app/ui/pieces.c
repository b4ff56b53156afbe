/*
 * Small pieces of pages: labels, words for types and settings.
 */
#include "app/ui/pieces.h"

#include <string.h>

#include "app/ui/look.h"
#include "model/base/i18n.h"

#define KEY_CHARS_MAX 34
#define KEY_CHARS_START 12
#define KEY_CHARS_END 4

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

const char *
hr_type_describe (HrType type)
{
  static const char *const names[HR_N_TYPES] = {
    [HR_TYPE_S] = N_("String"),
    [HR_TYPE_N] = N_("Number"),
    [HR_TYPE_B] = N_("Binary"),
    [HR_TYPE_BOOL] = N_("Boolean"),
    [HR_TYPE_NULL] = N_("Null"),
    [HR_TYPE_M] = N_("Map"),
    [HR_TYPE_L] = N_("List"),
    [HR_TYPE_SS] = N_("String set"),
    [HR_TYPE_NS] = N_("Number set"),
    [HR_TYPE_BS] = N_("Binary set"),
  };

  return type < HR_N_TYPES ? _(names[type]) : "";
}

char *
hr_key_shorten (const char *key)
{
  glong length = g_utf8_strlen (key, -1);
  g_autofree char *start = NULL;

  if (length <= KEY_CHARS_MAX)
    return g_strdup (key);
  start = g_utf8_substring (key, 0, KEY_CHARS_START);
  return g_strconcat (start, "…", g_utf8_offset_to_pointer (key, length - KEY_CHARS_END), NULL);
}

char *
hr_index_describe_projection (const HrIndex *index)
{
  g_autoptr (GString) names = NULL;

  if (index->projection == HR_PROJECT_ALL)
    return g_strdup (_("all attributes"));
  if (index->projection == HR_PROJECT_KEYS_ONLY)
    return g_strdup (_("keys only"));
  names = g_string_new (_("keys"));
  for (guint i = 0; i < index->included->len; i++)
    g_string_append_printf (names, ", %s", (const char *) g_ptr_array_index (index->included, i));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

const char *
hr_stream_describe (HrStreamView view)
{
  switch (view)
    {
    case HR_STREAM_NONE:
      return NULL;
    case HR_STREAM_KEYS_ONLY:
      return _("keys only");
    case HR_STREAM_NEW_IMAGE:
      return _("new image");
    case HR_STREAM_OLD_IMAGE:
      return _("old image");
    case HR_STREAM_NEW_AND_OLD_IMAGES:
      return _("new and old images");
    }
  return NULL;
}

char *
hr_session_describe_cost (HrSession *session, const HrPattern *pattern)
{
  const HrPatternRun *run = hr_session_get_last_run (session, pattern->id);
  const HrExpectation *expected = pattern->expect;

  if (run != NULL)
    return hr_look_format_cost (run);
  if (expected != NULL && expected->has_write_units && expected->write_units > 0)
    return hr_look_format_units (expected->write_units, "WCU");
  if (expected != NULL && expected->has_read_units)
    return hr_look_format_units (expected->read_units, "RCU");
  return NULL;
}

guint
hr_table_get_entity_number (const HrTable *table, const HrEntity *entity)
{
  for (guint i = 0; i < table->entities->len && i < HR_ENTITY_NONE; i++)
    if (g_ptr_array_index (table->entities, i) == entity)
      return i;
  return HR_ENTITY_NONE;
}
