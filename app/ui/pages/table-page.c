/*
 * The Table view: the canvas, and above it what is shown of the table: which index, which entities, which
 * items.
 *
 * All of it is state of the session; buttons and entries here are bound to it by actions of the prefix
 * "table".
 */
#include "app/ui/pages/table-page.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/ui/canvas/items-content.h"
#include "app/ui/canvas/pair-view.h"
#include "app/ui/canvas/table-map.h"
#include "app/ui/canvas/table-view.h"
#include "app/ui/pages/drafts-panel.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"

/* So much of an index's name stays. */
#define INDEX_CHARS_MIN 6

#define HR_TYPE_TABLE_PAGE (hr_table_page_get_type ())
G_DECLARE_FINAL_TYPE (HrTablePage, hr_table_page, HR, TABLE_PAGE, GtkWidget)

struct _HrTablePage
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GSimpleActionGroup *actions;

  /* borrowed: children made in code, an action */
  GtkWidget *view;
  GtkWidget *legend;
  GSimpleAction *index_action;
  GSimpleAction *pair_action;
  GtkWidget *pair;
  gboolean is_pair; /* wanted: shown when there is an index */
  gboolean awaits_focus; /* as soon as the canvas has cells */
  guint focus_idle;

  /* what legend and menu show */
  HrModel *model;       /* owned */
  const HrTable *table; /* in @model */
  HrOutlineTotals totals;

  /* template children */
  GtkWidget *box;
  GtkWidget *add_button;
  GtkWidget *segments;
  GtkMenuButton *index_button;
  GtkLabel *index_label;
  GtkWidget *legend_place;
  GtkWidget *left_out;
  GtkSearchEntry *filter;
  GtkMenuButton *more_button;
  GMenu *columns_menu;
  GtkStack *stack;
  GtkWidget *canvas_place;
  GtkScrolledWindow *scroller;
  AdwStatusPage *empty;
  GtkWidget *empty_actions;
};

G_DEFINE_FINAL_TYPE (HrTablePage, hr_table_page, GTK_TYPE_WIDGET)

static guint64
get_hidden (HrTablePage *self)
{
  guint64 hidden;

  g_object_get (self->session, "hidden-entities", &hidden, NULL);
  return hidden;
}

static void
toggle_entity_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrTablePage *self = HR_TABLE_PAGE (widget);
  guint64 bit = G_GUINT64_CONSTANT (1) << MIN (g_variant_get_uint32 (parameter), HR_ENTITY_NONE);

  g_object_set (self->session, "hidden-entities", get_hidden (self) ^ bit, NULL);
}

/* Only this one; all, when it is the only one already. */
static void
show_only_entity_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrTablePage *self = HR_TABLE_PAGE (widget);
  guint64 others = ~(G_GUINT64_CONSTANT (1) << MIN (g_variant_get_uint32 (parameter), HR_ENTITY_NONE));

  g_object_set (self->session, "hidden-entities", get_hidden (self) == others ? 0 : others, NULL);
}

static void
unfold_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_session_unfold_all (HR_TABLE_PAGE (widget)->session);
}

static void show_state (HrTablePage *self);

static void
set_pair (HrTablePage *self, gboolean is_pair)
{
  self->is_pair = is_pair;
  g_simple_action_set_state (self->pair_action, g_variant_new_boolean (is_pair));
}

/* Which the pair has none of. */
static void
focus_filter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrTablePage *self = HR_TABLE_PAGE (widget);

  set_pair (self, FALSE);
  show_state (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
}

static void
left_out_cb (GtkSwitch *button, GParamSpec *pspec, HrTablePage *self)
{
  hr_session_hide_left_out (self->session, !gtk_switch_get_active (button));
}

static void
filter_changed_cb (GtkSearchEntry *entry, HrTablePage *self)
{
  g_object_set (self->session, "filter", gtk_editable_get_text (GTK_EDITABLE (entry)), NULL);
}

static void
filter_stopped_cb (GtkSearchEntry *entry, HrTablePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_widget_grab_focus (self->view);
}

static void
session_filter_cb (HrTablePage *self)
{
  g_autofree char *filter = NULL;

  g_object_get (self->session, "filter", &filter, NULL);
  if (g_strcmp0 (filter != NULL ? filter : "", gtk_editable_get_text (GTK_EDITABLE (self->filter))) == 0)
    return;
  /* a new text begins with none, which is told at once */
  g_signal_handlers_block_by_func (self->filter, filter_changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->filter), filter != NULL ? filter : "");
  g_signal_handlers_unblock_by_func (self->filter, filter_changed_cb, self);
}

static void
show_index_cb (GSimpleAction *action, GVariant *parameter, HrTablePage *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const char *index = g_variant_get_string (parameter, NULL);

  if (table == NULL)
    return;
  hr_session_show_table (self->session, table->name, *index != '\0' ? index : NULL);
  hr_session_select_entity (self->session, NULL);
}

/* Side by side with the first index, when none is chosen. Keys go on going to what is shown. */
static void
side_by_side_cb (GSimpleAction *action, GVariant *parameter, HrTablePage *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  gboolean has_focus = hr_widget_has_focus_inside (GTK_WIDGET (self->stack));

  set_pair (self, !self->is_pair);
  if (self->is_pair && table != NULL && table->indexes->len > 0 && hr_session_get_index (self->session) == NULL)
    hr_session_show_table (self->session, table->name, ((HrIndex *) g_ptr_array_index (table->indexes, 0))->name);
  show_state (self);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A name may be long and is shortened where there is no room; the word for it is not. */
static void
show_index_name (HrTablePage *self, const char *index)
{
  gtk_label_set_text (self->index_label, index != NULL ? index : _("Index"));
  gtk_label_set_width_chars (self->index_label,
                             index != NULL ? MIN (g_utf8_strlen (index, -1), INDEX_CHARS_MIN) : -1);
  gtk_label_set_ellipsize (self->index_label, index != NULL ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  hr_tooltip_set (GTK_WIDGET (self->index_button), index);
}

static void
session_index_cb (HrTablePage *self)
{
  const char *index = hr_session_get_index (self->session);

  if (index == NULL && self->is_pair)
    set_pair (self, FALSE);
  g_simple_action_set_state (self->index_action, g_variant_new_string (index != NULL ? index : ""));
  show_index_name (self, index);
  if (index != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->index_button), "checked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->index_button), "checked");
}

/* Shift with a click: only this entity. On what the chips are in, which hears of it before the button does: that
 * would be clicked, too. */
static void
legend_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrTablePage *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *picked = gtk_widget_pick (self->legend, x, y, GTK_PICK_DEFAULT);
  GtkWidget *chip = picked != NULL ? gtk_widget_get_ancestor (picked, GTK_TYPE_BUTTON) : NULL;

  if ((state & GDK_SHIFT_MASK) == 0 || chip == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action_variant (chip, "table.show-only-entity",
                                      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (chip)));
}

/* Shift with a key: the same. */
static void
add_shift_keys (GtkWidget *chip, guint number)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>space|<Shift>Return"),
                                            gtk_named_action_new ("table.show-only-entity"));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (number));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (chip, keys);
}

static void
append_chip (HrTablePage *self, guint number, const char *name, guint64 count)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  g_autofree char *count_text = hr_figure_number (count);
  GtkWidget *name_label = hr_label_new (name, NULL);
  GtkWidget *count_label = hr_label_new (count_text, "dim-label numeric");

  gtk_label_set_ellipsize (GTK_LABEL (name_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (line), hr_swatch_new (number, 10));
  gtk_box_append (GTK_BOX (line), name_label);
  gtk_box_append (GTK_BOX (line), count_label);
  gtk_button_set_child (GTK_BUTTON (chip), line);
  gtk_widget_add_css_class (chip, "hr-legend-chip");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "u", number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "table.toggle-entity");
  hr_tooltip_set (chip, _("Click hides or shows these items, Shift+Click shows only them"));
  add_shift_keys (chip, number);
  g_object_set_data (G_OBJECT (chip), "hr-number", GUINT_TO_POINTER (number));
  g_object_set_data (G_OBJECT (chip), "hr-count", count_label);
  gtk_box_append (GTK_BOX (self->legend), chip);
}

static void
show_hidden_cb (HrTablePage *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  guint64 hidden = get_hidden (self);

  for (GtkWidget *chip = gtk_widget_get_first_child (self->legend); chip != NULL && table != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "hr-number"));
      gboolean is_hidden = (hidden >> number & 1) != 0;
      const char *name = number < table->entities->len
                             ? ((const HrEntity *) g_ptr_array_index (table->entities, number))->name
                             : _("Other items");
      g_autofree char *label = g_strdup_printf (is_hidden ? _("%s, hidden") : _("%s, shown"), name);

      if (is_hidden)
        gtk_widget_add_css_class (chip, "off");
      else
        gtk_widget_remove_css_class (chip, "off");
      hr_a11y_set_label (chip, label);
    }
}

static void
fill_legend (HrTablePage *self)
{
  hr_widget_remove_children (self->legend);
  if (self->table == NULL)
    return;
  for (guint i = 0; i < MIN (self->table->entities->len, HR_ENTITY_NONE); i++)
    append_chip (self, i, ((const HrEntity *) g_ptr_array_index (self->table->entities, i))->name,
                 self->totals.rows_of_entity[i]);
  if (self->totals.rows_of_entity[HR_ENTITY_NONE] > 0)
    append_chip (self, HR_ENTITY_NONE, _("Other items"), self->totals.rows_of_entity[HR_ENTITY_NONE]);
  show_hidden_cb (self);
}

static void
update_counts (HrTablePage *self)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->legend); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "hr-number"));
      g_autofree char *text = hr_figure_number (self->totals.rows_of_entity[number]);

      gtk_label_set_text (g_object_get_data (G_OBJECT (chip), "hr-count"), text);
    }
}

static void
fill_index_menu (HrTablePage *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; table != NULL && i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (index->name, NULL);

      g_menu_item_set_action_and_target (item, "table.index", "s", index->name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->index_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->segments, table != NULL && table->indexes->len > 0);
}

/* Why there is nothing to be seen; FALSE: there is. */
static gboolean
describe_nothing (HrTablePage *self, gboolean is_pair)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  const HrTable *table = hr_session_get_table (self->session);
  HrOutlineTotals totals;

  if (outline != NULL)
    hr_outline_get_totals (outline, &totals);
  gtk_widget_set_visible (self->empty_actions, table != NULL && hr_session_get_index (self->session) == NULL
                                                   && outline != NULL && totals.hidden_rows == 0);
  if (table == NULL || (outline != NULL && totals.n_rows == 0 && totals.hidden_rows == 0))
    {
      adw_status_page_set_title (self->empty, table == NULL ? _("No table") : _("No items"));
      adw_status_page_set_description (self->empty, hr_session_get_index (self->session) != NULL
                                                        ? _("No item of the table has the key of this index.")
                                                        : _("This table holds nothing yet."));
      return TRUE;
    }
  if (outline == NULL || totals.n_rows > 0 || is_pair) /* which shows what the filter leaves out */
    return FALSE;
  adw_status_page_set_title (self->empty, _("No item matches"));
  adw_status_page_set_description (self->empty, _("Every item is hidden or does not contain the filter’s text."));
  return TRUE;
}

static void
show_state (HrTablePage *self)
{
  gboolean is_pair = self->is_pair && hr_session_get_index (self->session) != NULL;
  const char *shown = is_pair ? "pair" : "table";

  gtk_stack_set_visible_child_name (self->stack, describe_nothing (self, is_pair) ? "empty" : shown);
  gtk_widget_set_visible (self->left_out, is_pair);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), !is_pair);
}

/* Chips stay, and keep the focus, while their names are true. */
static void
update_table (HrTablePage *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrModel *model = document != NULL ? hr_document_get_model (document) : NULL;
  const HrTable *table = hr_session_get_table (self->session);
  const HrOutlineTotals *totals =
      table != NULL ? hr_session_get_table_totals (self->session, table->name) : NULL;

  gboolean is_same = model == self->model && table == self->table;
  gboolean had_others = self->totals.rows_of_entity[HR_ENTITY_NONE] > 0;

  if ((table != NULL && totals == NULL)
      || (is_same && (totals == NULL || memcmp (totals, &self->totals, sizeof *totals) == 0)))
    return;
  if (totals != NULL)
    self->totals = *totals;
  if (is_same && had_others == (self->totals.rows_of_entity[HR_ENTITY_NONE] > 0))
    {
      update_counts (self);
      return;
    }
  g_clear_pointer (&self->model, hr_model_unref);
  self->model = model != NULL ? hr_model_ref (model) : NULL;
  self->table = table;
  fill_legend (self);
  fill_index_menu (self);
}

static gboolean
take_focus_cb (gpointer user_data)
{
  HrTablePage *self = user_data;

  self->focus_idle = 0;
  self->awaits_focus = !gtk_widget_grab_focus (self->view);
  return G_SOURCE_REMOVE;
}

/* The canvas has cells after the next frame. */
static void
canvas_changed_cb (HrTablePage *self)
{
  if (self->awaits_focus && self->focus_idle == 0 && gtk_widget_get_mapped (self->view))
    self->focus_idle = g_idle_add_full (G_PRIORITY_LOW, take_focus_cb, self, NULL);
}

static void
outline_changed_cb (HrTablePage *self)
{
  update_table (self);
  session_index_cb (self);
  show_state (self);
  canvas_changed_cb (self);
}

/* The canvas is what the view is for: when it has no cells yet, it gets the focus as soon as it has. */
static gboolean
hr_table_page_grab_focus (GtkWidget *widget)
{
  HrTablePage *self = HR_TABLE_PAGE (widget);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "pair") == 0)
    return gtk_widget_grab_focus (self->pair);
  self->awaits_focus = !gtk_widget_get_mapped (self->view) || !gtk_widget_grab_focus (self->view);
  return !self->awaits_focus;
}

static void
hr_table_page_dispose (GObject *object)
{
  HrTablePage *self = HR_TABLE_PAGE (object);

  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->model, hr_model_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_table_page_parent_class)->dispose (object);
}

static void
hr_table_page_class_init (HrTablePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_table_page_dispose;
  widget_class->grab_focus = hr_table_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tablepage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hashrange/Hashrange/table-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, box);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, segments);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, index_button);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, index_label);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, legend_place);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, left_out);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, filter);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, more_button);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, columns_menu);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, stack);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, canvas_place);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, empty);
  gtk_widget_class_bind_template_child (widget_class, HrTablePage, empty_actions);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_out_cb);
  gtk_widget_class_install_action (widget_class, "table.focus-filter", NULL, focus_filter_cb);
  gtk_widget_class_install_action (widget_class, "table.unfold-all", NULL, unfold_all_cb);
  gtk_widget_class_install_action (widget_class, "table.toggle-entity", "u", toggle_entity_cb);
  gtk_widget_class_install_action (widget_class, "table.show-only-entity", "u", show_only_entity_cb);
}

static void
hr_table_page_init (HrTablePage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  hr_a11y_set_label (self->add_button, _("Add an item"));
  self->legend = hr_wrap_box_new (6);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (legend_pressed_cb), self);
  gtk_widget_add_controller (self->legend, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_hexpand (self->legend, TRUE);
  gtk_box_append (GTK_BOX (self->legend_place), self->legend);
}

/* Columns */

static void
column_cb (GSimpleAction *action, GVariant *state, HrTablePage *self)
{
  const char *name = g_object_get_data (G_OBJECT (action), "hr-name");
  gboolean is_shown = g_variant_get_boolean (state);
  g_auto (GStrv) hidden = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_object_get (self->session, "hidden-columns", &hidden, NULL);
  for (guint i = 0; hidden != NULL && hidden[i] != NULL; i++)
    if (strcmp (hidden[i], name) != 0)
      g_ptr_array_add (names, hidden[i]);
  if (!is_shown)
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_add (names, NULL);
  g_object_set (self->session, "hidden-columns", names->len > 1 ? names->pdata : NULL, NULL);
  g_simple_action_set_state (action, state);
}

/* Names of attributes are no names of actions, so those are numbered. */
static void
fill_columns_cb (GtkMenuButton *button, gpointer user_data)
{
  HrTablePage *self = user_data;
  HrOutline *outline = hr_session_get_outline (self->session);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const HrOutlineAttribute *attributes;
  guint n = outline != NULL ? hr_outline_get_attributes (outline, &attributes) : 0;
  g_auto (GStrv) hidden = NULL;

  g_object_get (self->session, "hidden-columns", &hidden, NULL);
  g_menu_remove_all (self->columns_menu);
  for (guint i = 0; i < n; i++)
    {
      const char *name = attributes[i].name;
      gboolean is_shown = hidden == NULL || !g_strv_contains ((const char *const *) hidden, name);
      g_autofree char *id = g_strdup_printf ("c%u", i);
      g_autofree char *detailed = g_strdup_printf ("column.c%u", i);
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (id, NULL, g_variant_new_boolean (is_shown));
      g_auto (GStrv) words = g_strsplit (name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", words); /* no mnemonic */

      g_object_set_data_full (G_OBJECT (action), "hr-name", g_strdup (name), g_free);
      g_signal_connect_object (action, "change-state", G_CALLBACK (column_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (self->columns_menu, label, detailed);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", G_ACTION_GROUP (group));
}

/* State of the session as actions. */
static void
add_actions (HrTablePage *self, GtkWidget *map)
{
  g_autoptr (GPropertyAction) order = g_property_action_new ("order", self->session, "order");
  g_autoptr (GPropertyAction) minimap = g_property_action_new ("minimap", map, "wanted");

  self->actions = g_simple_action_group_new ();
  self->index_action = g_simple_action_new_stateful ("index", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect_object (self->index_action, "activate", G_CALLBACK (show_index_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (self->index_action));
  g_object_unref (self->index_action); /* the group has it */
  self->pair_action = g_simple_action_new_stateful ("side-by-side", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect_object (self->pair_action, "activate", G_CALLBACK (side_by_side_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (self->pair_action));
  g_object_unref (self->pair_action);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (order));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (minimap));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "table", G_ACTION_GROUP (self->actions));
}

GtkWidget *
hr_table_page_new (HrSession *session)
{
  HrTablePage *self = g_object_new (HR_TYPE_TABLE_PAGE, NULL);
  GtkWidget *drafts = hr_drafts_panel_new (session);
  GtkWidget *map;

  self->session = g_object_ref (session);
  self->view = hr_table_view_new (session, HR_TABLE_VIEW_HEADER | HR_TABLE_VIEW_EDITS);
  hr_items_content_add_drop (GTK_WIDGET (self->empty), session);
  gtk_scrolled_window_set_child (self->scroller, self->view);
  g_signal_connect_object (self->view, "map", G_CALLBACK (canvas_changed_cb), self, G_CONNECT_SWAPPED);
  map = hr_table_map_new (HR_TABLE_VIEW (self->view));
  gtk_box_append (GTK_BOX (self->canvas_place), map);
  self->pair = hr_pair_view_new (session);
  gtk_stack_add_named (self->stack, self->pair, "pair");
  add_actions (self, map);
  gtk_menu_button_set_create_popup_func (self->more_button, fill_columns_cb, self, NULL);
  gtk_widget_insert_before (drafts, self->box, GTK_WIDGET (self->stack));
  g_signal_connect_object (drafts, "left", G_CALLBACK (gtk_widget_grab_focus), self, G_CONNECT_SWAPPED);
  hr_a11y_set_label (GTK_WIDGET (self), _("Table"));

  g_signal_connect_object (session, "outline-changed", G_CALLBACK (outline_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (outline_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::index", G_CALLBACK (session_index_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::hidden-entities", G_CALLBACK (show_hidden_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (session_filter_cb), self, G_CONNECT_SWAPPED);
  outline_changed_cb (self);
  return GTK_WIDGET (self);
}
