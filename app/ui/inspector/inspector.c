/*
 * The inspector: what is selected, with a heading above and, for a pattern, its two buttons below.
 *
 * In the Patterns view it stays with the pattern, whatever item is selected on the canvas, for there its
 * values and the Run button are. A panel is made anew when it is about something else or has other fields, and then
 * what was open stays open and the focus stays in its place; otherwise its fields only show what the model says now.
 * The panel for items shows one after the other.
 * That happens when the main loop is idle: a field that has just been edited is never taken away under its own signal.
 * It happens only while the inspector can be seen, and what was selected has been painted by then.
 */
#include "app/ui/inspector/inspector.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/words.h"
#include "app/ui/inspector/inspector-private.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "render/cell-text.h"


#define HR_TYPE_INSPECTOR (hr_inspector_get_type ())
G_DECLARE_FINAL_TYPE (HrInspector, hr_inspector, HR, INSPECTOR, GtkWidget)

struct _HrInspector
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  HrModel *model;      /* that the panel is about */
  HrFields *fields;    /* of the panel; NULL: it has none */
  GtkWidget *item_panel; /* the panel, when it is one for items; or NULL */
  char *subject;       /* a text that tells what the panel is about */
  char *shape;         /* a text that tells which fields it has; NULL: it is made anew with each model */
  guint update_idle;
  gboolean is_outdated; /* something has changed while nobody saw it */

  /* children */
  GtkWidget *box;
  GtkWidget *heading;
  GtkWidget *mark;     /* in the heading, or NULL */
  GtkWidget *title;
  GtkWidget *menu;
  GtkWidget *scroller;
  GtkWidget *foot;
  GtkWidget *run_label;
};

G_DEFINE_FINAL_TYPE (HrInspector, hr_inspector, GTK_TYPE_WIDGET)

static HrSubject
get_subject (HrInspector *self)
{
  g_autofree char *view = NULL;
  guint subject;

  g_object_get (self->session, "subject", &subject, "view", &view, NULL);
  if (g_strcmp0 (view, "patterns") == 0 && hr_session_get_pattern (self->session) != NULL)
    return HR_SUBJECT_PATTERN;
  return subject;
}

static const HrEntity *
get_entity (HrInspector *self, const HrTable *table)
{
  g_autofree char *name = NULL;

  g_object_get (self->session, "selected-entity", &name, NULL);
  return table != NULL && name != NULL ? hr_table_find_entity (table, name) : NULL;
}

static const HrIndex *
get_index (HrInspector *self, const HrTable *table)
{
  const char *name = hr_session_get_index (self->session);

  return table != NULL && name != NULL ? hr_table_find_index (table, name) : NULL;
}

static char *
dup_key_text (const HrValue *key)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < key->length; i++)
    {
      g_autofree char *value = hr_cell_dup_text (&key->members[i].value);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  g_menu_append (menu, _("_Duplicate"), "win.duplicate");
  g_menu_append (order, _("Move _Up"), "win.move-up");
  g_menu_append (order, _("Move D_own"), "win.move-down");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append (removal, _("_Remove"), "win.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = new_menu ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, _("More"));
  hr_a11y_set_label (button, _("More"));
  return button;
}

static gboolean
is_about (const char *subject, const char *kind)
{
  return subject != NULL && g_str_has_prefix (subject, kind);
}

/* An item or a draft: one entry, which the panel for items shows. */
static gboolean
is_about_entry (const char *subject)
{
  return is_about (subject, "item ") || is_about (subject, "draft ");
}

static void
set_heading (HrInspector *self, GtkWidget *mark, const char *title)
{
  if (self->mark != NULL)
    gtk_box_remove (GTK_BOX (self->heading), self->mark);
  self->mark = mark;
  if (mark != NULL)
    gtk_box_prepend (GTK_BOX (self->heading), mark);
  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "");
  hr_tooltip_set (self->title, title);
  gtk_widget_set_visible (self->menu, !is_about_entry (self->subject) && !is_about (self->subject, "items ")
                                          && !is_about (self->subject, "model"));
  gtk_widget_set_visible (self->heading, title != NULL);
}

/* The text tells one thing to inspect from every other. NULL: nothing is selected. */
static char *
dup_subject_text (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  const HrEntity *entity = get_entity (self, table);
  const HrIndex *index = get_index (self, table);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  HrSubject subject = get_subject (self);
  g_autofree char *key_text = NULL;
  gint64 ordinal;

  if (subject == HR_SUBJECT_PATTERN)
    return pattern != NULL ? g_strdup_printf ("pattern %s", pattern->id) : NULL;
  if (hr_session_get_document (self->session) == NULL)
    return NULL;
  if (table == NULL || subject == HR_SUBJECT_NONE)
    return g_strdup ("model");
  if (subject == HR_SUBJECT_ENTITY && entity != NULL)
    return g_strdup_printf ("entity %s/%s", table->name, entity->name);
  if (subject == HR_SUBJECT_INDEX && index != NULL)
    return g_strdup_printf ("index %s/%s", table->name, index->name);
  if (subject == HR_SUBJECT_ITEM && hr_session_get_selected_rows (self->session) != NULL)
    return g_strdup_printf ("items %s/%" G_GUINT64_FORMAT, table->name,
                            hr_session_get_selection_serial (self->session));
  if (subject == HR_SUBJECT_ITEM && key != NULL)
    {
      key_text = dup_key_text (key);
      return g_strdup_printf ("item %s/%s", table->name, key_text);
    }
  if (subject == HR_SUBJECT_DRAFT && hr_session_get_selected_draft (self->session, &ordinal))
    return g_strdup_printf ("draft %s/%" G_GINT64_FORMAT, table->name, ordinal);
  return g_strdup_printf ("table %s", table->name);
}

static void
set_item_heading (HrInspector *self, const HrTable *table)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  const HrAttribute *last = hr_table_get_sort_key (table) != NULL ? hr_table_get_sort_key (table)
                                                                  : hr_table_get_partition_key (table);
  const HrValue *value = key != NULL ? hr_map_get (key, last->name, strlen (last->name)) : NULL;
  g_autofree char *title = value != NULL ? hr_cell_dup_text (value) : NULL;

  if (is_about (self->subject, "draft "))
    set_heading (self, hr_swatch_new (HR_ENTITY_NONE, 13), _("Draft"));
  else
    set_heading (self, NULL, title != NULL ? title : _("Item"));
}

/* In the panel that is there; FALSE when that is none for items, or the item is gone. */
static gboolean
show_entry (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);

  if (self->item_panel == NULL || !is_about_entry (self->subject))
    return FALSE;
  set_item_heading (self, table);
  return hr_inspector_show_item (self->item_panel, table);
}

static GtkWidget *
new_items_panel (HrInspector *self, const HrTable *table)
{
  guint64 count = hr_session_count_selected (self->session);
  g_autofree char *number = hr_figure_number (count);
  g_autofree char *title = g_strdup_printf (ngettext_ ("%s item", "%s items", count), number);

  set_heading (self, NULL, title);
  return hr_inspector_new_items_panel (self->session, table);
}

static GtkWidget *
new_keycap (const char *id)
{
  GtkWidget *keycap = hr_look_new_keycap (id);

  gtk_widget_add_css_class (keycap, "accent");
  return keycap;
}

/* NULL when the panel is made anew with each model. */
static char *
dup_shape (HrInspector *self, const char *subject)
{
  const HrTable *table = hr_session_get_table (self->session);

  if (is_about (subject, "pattern "))
    return hr_inspector_describe_pattern (hr_session_get_pattern (self->session));
  if (is_about (subject, "entity "))
    return hr_inspector_describe_entity (table, get_entity (self, table));
  if (is_about (subject, "index "))
    return hr_inspector_describe_index (table, get_index (self, table));
  if (is_about (subject, "table "))
    return hr_inspector_describe_table (table);
  return is_about (subject, "model") ? g_strdup ("") : NULL;
}

static void
update_heading (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  const HrEntity *entity = get_entity (self, table);
  const HrIndex *index = get_index (self, table);
  g_autofree char *title = hr_session_dup_title (self->session);

  if (self->subject == NULL)
    set_heading (self, NULL, NULL);
  else if (is_about (self->subject, "model"))
    set_heading (self, hr_icon_new ("hr-design-symbolic"), title);
  else if (is_about (self->subject, "pattern "))
    set_heading (self, new_keycap (pattern->id), pattern->name);
  else if (is_about (self->subject, "entity "))
    set_heading (self, hr_swatch_new (hr_table_get_entity_number (table, entity), 13), entity->name);
  else if (is_about (self->subject, "index "))
    set_heading (self, hr_icon_new ("hr-index-symbolic"), index->name);
  else if (is_about (self->subject, "table "))
    set_heading (self, hr_icon_new ("hr-table-symbolic"), table->name);
}

static GtkWidget *
new_panel (HrInspector *self)
{
  const HrTable *table = hr_session_get_table (self->session);

  if (is_about (self->subject, "items "))
    return new_items_panel (self, table);
  if (is_about_entry (self->subject))
    {
      self->item_panel = g_object_ref_sink (hr_inspector_new_item_panel (self->session));
      if (show_entry (self))
        return self->item_panel;
      g_clear_object (&self->item_panel);
      return NULL;
    }
  self->fields = hr_fields_new (self->session);
  if (is_about (self->subject, "model"))
    return hr_inspector_new_model_panel (self->fields);
  if (is_about (self->subject, "pattern "))
    return hr_inspector_new_pattern_panel (self->fields, hr_session_get_pattern (self->session));
  if (is_about (self->subject, "entity "))
    return hr_inspector_new_entity_panel (self->fields, table, get_entity (self, table));
  if (is_about (self->subject, "index "))
    return hr_inspector_new_index_panel (self->fields, table, get_index (self, table));
  return hr_inspector_new_table_panel (self->fields, table);
}

/* What is open and where the focus is, by the place of rows among their like: names may have changed. */
typedef struct
{
  GPtrArray *rows;  /* AdwPreferencesRows in order, borrowed */
  GArray *is_open;  /* gboolean, of each */
  int focus;        /* number of the row with the focus, or -1 */
  guint text;       /* which of the row's texts has it */
  int cursor;       /* in that text, or -1: it is in none */
} PanelState;

static void
collect_texts (GtkWidget *widget, GPtrArray *texts)
{
  if (GTK_IS_TEXT (widget))
    g_ptr_array_add (texts, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static void
remember_state (HrInspector *self, GtkWidget *panel, PanelState *state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  state->rows = g_ptr_array_new ();
  state->is_open = g_array_new (FALSE, FALSE, sizeof (gboolean));
  state->focus = -1;
  state->text = 0;
  state->cursor = -1;
  if (panel == NULL)
    return;
  collect_rows (panel, state->rows);
  for (guint i = 0; i < state->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (state->rows, i);
      gboolean is_open = ADW_IS_EXPANDER_ROW (row) && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row));

      g_array_append_val (state->is_open, is_open);
      if (focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row)))
        state->focus = (int) i;
    }
  if (state->focus >= 0 && GTK_IS_TEXT (focus))
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();

      collect_texts (g_ptr_array_index (state->rows, state->focus), texts);
      g_ptr_array_find (texts, focus, &state->text);
      state->cursor = gtk_editable_get_position (GTK_EDITABLE (focus));
    }
}

static void
restore_state (GtkWidget *panel, PanelState *state)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect_rows (panel, rows);
  for (guint i = 0; i < rows->len && i < state->is_open->len; i++)
    if (g_array_index (state->is_open, gboolean, i) && ADW_IS_EXPANDER_ROW (g_ptr_array_index (rows, i)))
      hr_expander_open_at_once (g_ptr_array_index (rows, i));
  if (state->focus >= 0 && (guint) state->focus < rows->len)
    {
      GtkWidget *row = g_ptr_array_index (rows, state->focus);
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();

      collect_texts (row, texts);
      if (state->cursor >= 0 && state->text < texts->len)
        hr_widget_focus_when_shown (g_ptr_array_index (texts, state->text), state->cursor);
      else
        gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
    }
}

static void
scroll_up (HrInspector *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
show_panel (HrInspector *self, gboolean is_same_subject)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkWidget *panel;
  PanelState state;

  remember_state (self, is_same_subject ? gtk_scrolled_window_get_child (scroller) : NULL, &state);
  g_clear_pointer (&self->fields, hr_fields_free);
  g_clear_object (&self->item_panel);
  panel = self->subject != NULL ? new_panel (self) : NULL;
  update_heading (self);
  if (panel == NULL)
    panel = hr_text_label_new (_("Select something to see what it is."), "dim-label");
  gtk_widget_add_css_class (panel, "hr-inspector-panel");
  gtk_widget_set_valign (panel, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (scroller, panel);
  if (is_same_subject)
    restore_state (panel, &state);
  else
    scroll_up (self);
  g_ptr_array_unref (state.rows);
  g_array_unref (state.is_open);
  gtk_widget_set_visible (self->foot, is_about (self->subject, "pattern "));
}

static void
update_now (HrInspector *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrModel *model = document != NULL ? hr_document_get_model (document) : NULL;
  g_autofree char *subject = document != NULL ? dup_subject_text (self) : NULL;
  g_autofree char *shape = subject != NULL ? dup_shape (self, subject) : NULL;
  gboolean is_same_subject = g_strcmp0 (subject, self->subject) == 0;
  gboolean is_same_shape = shape != NULL && g_strcmp0 (shape, self->shape) == 0;

  self->is_outdated = FALSE;
  if (model == self->model && is_same_subject && !is_about_entry (subject))
    return;
  g_clear_pointer (&self->model, hr_model_unref);
  self->model = model != NULL ? hr_model_ref (model) : NULL;
  g_free (self->subject);
  self->subject = g_steal_pointer (&subject);
  g_free (self->shape);
  self->shape = g_steal_pointer (&shape);
  if (is_same_subject && is_same_shape && self->fields != NULL)
    {
      update_heading (self);
      hr_fields_refresh (self->fields);
    }
  else if (!show_entry (self))
    show_panel (self, is_same_subject);
  else if (!is_same_subject)
    scroll_up (self);
}

static gboolean
update_cb (gpointer user_data)
{
  HrInspector *self = user_data;

  self->update_idle = 0;
  update_now (self);
  return G_SOURCE_REMOVE;
}

/* What is selected is seen first, and then what it is: keys that are held down need not wait for it. Whoever is in the
   panel goes on in it with the next key, which is about what has become of it. */
static void
update (HrInspector *self)
{
  gboolean has_focus = hr_widget_has_focus_inside (GTK_WIDGET (self));

  self->is_outdated = TRUE;
  if (self->update_idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_idle =
        g_idle_add_full (has_focus ? G_PRIORITY_HIGH : G_PRIORITY_DEFAULT_IDLE, update_cb, self, NULL);
}

static void
hr_inspector_map (GtkWidget *widget)
{
  HrInspector *self = HR_INSPECTOR (widget);

  GTK_WIDGET_CLASS (hr_inspector_parent_class)->map (widget);
  if (self->is_outdated && self->update_idle == 0)
    self->update_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
hr_inspector_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HR_INSPECTOR (widget)->update_idle, g_source_remove);
  GTK_WIDGET_CLASS (hr_inspector_parent_class)->unmap (widget);
}

void
hr_inspector_edit_name (GtkWidget *inspector, const HrTarget *target)
{
  HrInspector *self = HR_INSPECTOR (inspector);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *panel, *first;

  update_now (self);
  if (target != NULL && self->fields != NULL && hr_fields_edit (self->fields, target))
    return;
  panel = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller));
  collect_rows (panel, rows);
  first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (first == NULL || !GTK_IS_EDITABLE (first))
    return;
  gtk_widget_grab_focus (first);
  gtk_editable_select_region (GTK_EDITABLE (first), 0, -1);
}

void
hr_inspector_edit_value (GtkWidget *inspector, const char *parameter)
{
  HrInspector *self = HR_INSPECTOR (inspector);
  GtkWidget *row;

  update_now (self);
  row = hr_inspector_find_value (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller)), parameter);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
run_changed_cb (HrInspector *self)
{
  gboolean is_running = hr_session_is_running (self->session);

  gtk_label_set_text (GTK_LABEL (self->run_label),
                      is_running                                  ? _("Running…")
                      : hr_session_get_run (self->session) != NULL ? _("Run again")
                                                                  : _("Run"));
  update (self);
}

static void
hr_inspector_dispose (GObject *object)
{
  HrInspector *self = HR_INSPECTOR (object);

  g_clear_handle_id (&self->update_idle, g_source_remove);
  g_clear_pointer (&self->fields, hr_fields_free);
  g_clear_object (&self->item_panel);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_inspector_parent_class)->dispose (object);
}

static void
hr_inspector_finalize (GObject *object)
{
  HrInspector *self = HR_INSPECTOR (object);

  g_clear_pointer (&self->model, hr_model_unref);
  g_free (self->subject);
  g_free (self->shape);
  G_OBJECT_CLASS (hr_inspector_parent_class)->finalize (object);
}

static void
hr_inspector_class_init (HrInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_inspector_dispose;
  object_class->finalize = hr_inspector_finalize;
  widget_class->map = hr_inspector_map;
  widget_class->unmap = hr_inspector_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

/* "Run F5": what it does and its key. */
static GtkWidget *
new_button (const char *icon, GtkWidget *label, const char *keys, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (line), hr_icon_new (icon));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), hr_label_new (keys, "hr-keys"));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "hr-run-button");
  hr_a11y_set_label (button, name);
  return button;
}

static GtkWidget *
new_foot (HrInspector *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *run_keys = hr_actions_dup_keys ("win.run-pattern");
  g_autofree char *step_keys = hr_actions_dup_keys ("win.step-pattern");
  GtkWidget *run, *step;

  self->run_label = hr_label_new (_("Run"), NULL);
  run = new_button ("hr-play-symbolic", self->run_label, run_keys, "win.run-pattern", _("Run"));
  step = new_button (NULL, hr_label_new (_("Step"), NULL), step_keys, "win.step-pattern", _("Step"));
  gtk_widget_add_css_class (run, "suggested-action");
  gtk_widget_set_hexpand (run, TRUE);
  gtk_box_append (GTK_BOX (foot), run);
  gtk_box_append (GTK_BOX (foot), step);
  gtk_widget_add_css_class (foot, "hr-inspector-foot");
  gtk_widget_set_visible (foot, FALSE);
  return foot;
}

static GtkWidget *
new_heading (HrInspector *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->title = hr_label_new (NULL, "heading");
  self->menu = new_menu_button ();
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_box_append (GTK_BOX (heading), self->title);
  gtk_box_append (GTK_BOX (heading), self->menu);
  return heading;
}

static void
hr_inspector_init (HrInspector *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->heading = new_heading (self);
  self->scroller = gtk_scrolled_window_new ();
  self->foot = new_foot (self);
  gtk_widget_add_css_class (self->heading, "hr-inspector-heading");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->heading);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), self->foot);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
hr_inspector_new (HrSession *session)
{
  HrInspector *self = g_object_new (HR_TYPE_INSPECTOR, NULL);
  static const char *const signals[] = {
    "notify::document", "notify::subject", "notify::view", "notify::pattern", "notify::selected-entity",
    "notify::index", "notify::table", "selection-changed",
  };

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (session, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  hr_a11y_set_label (GTK_WIDGET (self), _("Inspector"));
  show_panel (self, FALSE);
  update_now (self);
  return GTK_WIDGET (self);
}
