/*
 * The cards of the Design view.
 *
 * They are made anew when the model or its counts change; models are small. Names that clicks need are
 * kept with the widgets, because definitions live only as long as the model that is shown.
 */
#include "app/ui/pages/design-cards.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/index-words.h"
#include "app/session/pattern-facts.h"
#include "app/session/words.h"
#include "app/ui/editing/drag.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/color-bar.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/template-label.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"

#define STRIPE_WIDTH 4
#define SWATCH_SIZE 13
#define NOTES_BESIDE_MAX 3 /* entities whose notes stand beside the keys of an index */
#define NOTES_MAX 40       /* of more, one note tells of all */

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_add_css_class (line, css_class);
  return line;
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
new_spacer (void)
{
  GtkWidget *spacer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (spacer, TRUE);
  return spacer;
}

/* A button that looks like a card, with a stripe at its start when @stripe is a colour. */
static GtkWidget *
new_card (GtkWidget **content, HrColor stripe)
{
  GtkWidget *card = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (*content, TRUE);
  if (stripe != HR_COLOR_NONE)
    {
      GtkWidget *bar = hr_color_bar_new (stripe, HR_COLOR_NONE, 0, STRIPE_WIDTH);

      gtk_widget_set_size_request (bar, STRIPE_WIDTH, -1);
      append (line, bar);
    }
  append (line, *content);
  gtk_button_set_child (GTK_BUTTON (card), line);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "hr-design-card");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  return card;
}

/* The letters of the patterns that need it. */
static void
append_keycaps (GtkWidget *line, const GPtrArray *patterns)
{
  GtkWidget *caps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  for (guint i = 0; i < patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (patterns, i);
      GtkWidget *cap = hr_look_new_keycap (pattern->id);

      hr_tooltip_set (cap, pattern->name);
      append (caps, cap);
    }
  append (line, caps);
}

static char *
dup_count_text (guint64 count)
{
  g_autofree char *number = hr_figure_number (count);

  return g_strdup_printf (ngettext_ ("%s item", "%s items", count), number);
}

static guint64
get_entity_count (HrSession *session, const HrTable *table, guint number)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (session, table->name);

  return totals != NULL ? totals->rows_of_entity[number] : 0;
}

static void
append_entity_heading (GtkWidget *content, HrSession *session, const HrTable *table, const HrEntity *entity,
                       const GPtrArray *serving)
{
  guint number = hr_table_get_entity_number (table, entity);
  g_autofree char *count = dup_count_text (get_entity_count (session, table, number));
  GtkWidget *line = new_line ("hr-card-heading");
  GtkWidget *name = hr_label_new (entity->name, "heading");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  append (line, hr_swatch_new (number, SWATCH_SIZE));
  append (line, name);
  append (line, hr_label_new (count, "hr-caption dim-label numeric"));
  append (line, new_spacer ());
  append_keycaps (line, serving);
  append (content, line);
}

static void
append_key_line (GtkWidget *content, const HrTable *table, const HrEntity *entity, const HrAttribute *key,
                 const HrValue *example)
{
  const HrEntityKey *entity_key = hr_entity_get_key (entity, key->name);
  const HrValue *value = example != NULL ? hr_map_get (example, key->name, strlen (key->name)) : NULL;
  GtkWidget *line = new_line ("hr-card-line");
  GtkWidget *name = hr_label_new (key->name, "hr-mono dim-label");
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  hr_drag_add_drop (line, &HR_TARGET (TEMPLATE, table->name, entity->name, key->name));
  gtk_widget_set_size_request (name, 26, -1);
  append (line, name);
  if (entity_key != NULL)
    append (line, hr_template_label_new (entity_key->template->text));
  else
    append (line, hr_label_new (_("no template"), "dim-label"));
  append (line, new_spacer ());
  if (value != NULL && hr_value_to_text (value, &text))
    {
      g_autofree char *full = hr_buffer_steal (&text, NULL);
      g_autofree char *shortened = hr_key_shorten (full);
      GtkWidget *label = hr_label_new (shortened, "hr-mono dim-label");

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      hr_tooltip_set (label, full);
      append (line, label);
    }
  append (content, line);
}

static GtkWidget *
new_attribute_chip (const HrAttribute *attribute)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *type =
      g_strconcat (hr_type_get_name (attribute->type), attribute->optional ? "?" : "", NULL);
  GtkWidget *name = hr_label_new (attribute->name, "hr-mono");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (chip, "hr-attribute");
  if (attribute->optional)
    gtk_widget_add_css_class (chip, "optional");
  if (attribute->description != NULL)
    hr_tooltip_set (chip, attribute->description);
  append (chip, name);
  append (chip, hr_label_new (type, "hr-mono dim-label"));
  return chip;
}

static void
append_attributes (GtkWidget *content, const HrTable *table, const HrEntity *entity)
{
  GtkWidget *box = hr_wrap_box_new (6);

  if (entity->attributes->len == 0)
    return;
  gtk_widget_add_css_class (box, "hr-card-line");
  for (guint i = 0; i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (entity->attributes, i);
      GtkWidget *chip = new_attribute_chip (attribute);

      hr_drag_add_source (chip, &HR_TARGET (ATTRIBUTE, table->name, entity->name, attribute->name));
      append (box, chip);
    }
  append (content, box);
}

static void
keep_name (GtkWidget *widget, const char *name)
{
  g_object_set_data_full (G_OBJECT (widget), "hr-name", g_strdup (name), g_free);
}

static const char *
get_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "hr-name");
}

static void
entity_clicked_cb (GtkWidget *card, HrSession *session)
{
  hr_session_select_entity (session, get_name (card));
}

static GMenuModel *
entity_menu_cb (GtkWidget *card, gpointer session)
{
  const HrTable *table = hr_session_get_table (session);

  entity_clicked_cb (card, session);
  return hr_drag_new_entity_menu (session, &HR_TARGET (ENTITY, table->name, NULL, get_name (card)));
}

/* The card with a button for its menu at the end of its heading: buttons cannot stand in each other. */
static GtkWidget *
add_menu_button (GtkWidget *card)
{
  GtkWidget *place = gtk_overlay_new ();
  GtkWidget *button = hr_menu_button_new (card);

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "hr-card-menu");
  gtk_overlay_set_child (GTK_OVERLAY (place), card);
  gtk_overlay_add_overlay (GTK_OVERLAY (place), button);
  keep_name (place, get_name (card));
  return place;
}

GtkWidget *
hr_entity_card_new (HrSession *session, const HrTable *table, const HrEntity *entity, const GPtrArray *serving,
                    const HrValue *example)
{
  guint number = hr_table_get_entity_number (table, entity);
  GtkWidget *content;
  GtkWidget *card = new_card (&content, hr_color_of_entity (number, HR_PART_MARK));
  g_autofree char *count = dup_count_text (get_entity_count (session, table, number));
  g_autofree char *label = g_strdup_printf ("%s, %s", entity->name, count);
  const HrAttribute *sort_key = hr_table_get_sort_key (table);

  append_entity_heading (content, session, table, entity, serving);
  append_key_line (content, table, entity, hr_table_get_partition_key (table), example);
  if (sort_key != NULL)
    append_key_line (content, table, entity, sort_key, example);
  append_attributes (content, table, entity);
  hr_a11y_set_label (card, label);
  hr_a11y_set_description (card, entity->description);
  keep_name (card, entity->name);
  g_signal_connect_object (card, "clicked", G_CALLBACK (entity_clicked_cb), session, 0);
  hr_menu_attach (card, entity_menu_cb, session);
  hr_drag_make_movable (card, &HR_TARGET (ENTITY, table->name, NULL, entity->name));
  return add_menu_button (card);
}

/* Patterns that read or write it. Borrowed. */
static GPtrArray *
list_users (HrSession *session, const HrTable *table, const HrIndex *index)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (session));
  GPtrArray *users = g_ptr_array_new ();

  for (guint i = 0; i < model->patterns->len; i++)
    if (hr_pattern_uses_index (g_ptr_array_index (model->patterns, i), model, table, index->name))
      g_ptr_array_add (users, g_ptr_array_index (model->patterns, i));
  return users;
}

static void
append_index_heading (GtkWidget *content, HrSession *session, const HrTable *table, const HrIndex *index)
{
  g_autofree char *projection = hr_index_describe_projection (index);
  g_autoptr (GPtrArray) users = list_users (session, table, index);
  GtkWidget *line = new_line ("hr-card-heading");
  GtkWidget *name = hr_label_new (index->name, "heading");
  GtkWidget *projected = hr_label_new (projection, "hr-caption dim-label");
  GtkWidget *kind = hr_label_new (index->kind == HR_INDEX_GLOBAL ? "GSI" : "LSI", "hr-pill");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (projected), PANGO_ELLIPSIZE_END);
  append (line, hr_icon_new ("hr-index-symbolic"));
  append (line, name);
  gtk_widget_set_valign (kind, GTK_ALIGN_CENTER);
  append (line, kind);
  append (line, projected);
  append (line, new_spacer ());
  append_keycaps (line, users);
  append (content, line);
}

static void
append_index_key (GtkWidget *line, const char *role, const GPtrArray *attributes)
{
  if (attributes->len == 0)
    return;
  append (line, hr_label_new (role, "hr-mono dim-label"));
  for (guint i = 0; i < attributes->len; i++)
    append (line, hr_chip_new (((const HrAttribute *) g_ptr_array_index (attributes, i))->name));
}

/* How many of the entity's items the index holds, or why none. */
static GtkWidget *
new_entry_note (HrSession *session, const HrTable *table, const HrIndex *index, guint number)
{
  const HrEntity *entity = g_ptr_array_index (table->entities, number);
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = hr_session_describe_entry (session, table, index, number, HR_WORDS_SHORT);
  GtkWidget *label = hr_label_new (NULL, strchr (text, '`') != NULL ? "numeric dim-label" : "numeric"); /* a reason */
  g_autofree char *sentence = hr_session_describe_entry (session, table, index, number, HR_WORDS_SENTENCE);
  g_autofree char *markup = hr_words_to_markup (sentence);
  g_autofree char *tooltip = g_markup_printf_escaped ("%s\n", entity->name);
  g_autofree char *both = g_strconcat (tooltip, markup, NULL);

  hr_label_set_words (GTK_LABEL (label), text);
  append (note, hr_swatch_new (number, 10));
  append (note, label);
  gtk_widget_set_tooltip_markup (note, both);
  return note;
}

static GtkWidget *
new_total_note (HrSession *session, const HrTable *table, const HrIndex *index)
{
  g_autofree char *text = hr_session_describe_entries (session, table, index);

  return hr_label_new (text, "dim-label numeric");
}

static void
index_clicked_cb (GtkWidget *card, HrSession *session)
{
  const HrTable *table = hr_session_get_table (session);

  if (table == NULL)
    return;
  hr_session_show_table (session, table->name, get_name (card));
  hr_session_select_entity (session, NULL);
}

static GMenuModel *
index_menu_cb (GtkWidget *card, gpointer session)
{
  index_clicked_cb (card, session);
  return hr_menu_new_for_definition ();
}

GtkWidget *
hr_index_card_new (HrSession *session, const HrTable *table, const HrIndex *index)
{
  GtkWidget *content;
  GtkWidget *card = new_card (&content, HR_COLOR_NONE);
  GtkWidget *line = new_line ("hr-card-line");
  gboolean has_total = table->entities->len > NOTES_MAX;
  gboolean is_narrow = has_total || table->entities->len <= NOTES_BESIDE_MAX;
  GtkWidget *entries = is_narrow ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12) : hr_wrap_box_new (12);

  gtk_widget_add_css_class (content, "hr-index-card"); /* it has no stripe */
  append_index_heading (content, session, table, index);
  append_index_key (line, "pk", index->partition_key);
  append_index_key (line, "sk", index->sort_key);
  append (content, line);
  if (is_narrow)
    append (line, new_spacer ());
  else
    gtk_widget_add_css_class (entries, "hr-card-line");
  append (is_narrow ? line : content, entries);
  if (has_total)
    append (entries, new_total_note (session, table, index));
  for (guint i = 0; !has_total && i < table->entities->len; i++)
    append (entries, new_entry_note (session, table, index, i));
  hr_a11y_set_label (card, index->name);
  keep_name (card, index->name);
  g_signal_connect_object (card, "clicked", G_CALLBACK (index_clicked_cb), session, 0);
  hr_menu_attach (card, index_menu_cb, session);
  hr_drag_make_movable (card, &HR_TARGET (INDEX, table->name, NULL, index->name));
  return add_menu_button (card);
}

static GtkWidget *
new_target_cell (const GPtrArray *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gboolean has_index = FALSE, has_table = FALSE;

  for (guint i = 0; i < facts->len; i++)
    {
      const HrStepFacts *step = g_ptr_array_index (facts, i);

      has_index |= step->index != NULL;
      has_table |= step->index == NULL;
    }
  append (box, hr_icon_new (has_index ? "hr-index-symbolic" : "hr-table-symbolic"));
  append (box, hr_label_new (!has_index  ? _("base table")
                             : has_table ? _("index, base")
                                         : _("index"),
                             "dim-label"));
  return box;
}

static GtkWidget *
new_key_cell (const GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const HrStepFacts *step = g_ptr_array_index (facts, i);

      if (step->clauses->len > 0)
        return hr_template_label_new (((const HrFactClause *) g_ptr_array_index (step->clauses, 0))->value);
    }
  return hr_label_new (_("every item"), "dim-label");
}

typedef struct
{
  GtkSizeGroup *columns[5]; /* letter, name, operation, target, cost */
} ListColumns;

static GtkWidget *
add_to_column (ListColumns *columns, guint column, GtkWidget *widget)
{
  gtk_size_group_add_widget (columns->columns[column], widget);
  return widget;
}

static GMenuModel *
pattern_menu_cb (GtkWidget *row, gpointer session)
{
  hr_session_select_pattern (session, get_name (row));
  return hr_menu_new_for_definition ();
}

static void
pattern_clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrSession *session)
{
  hr_session_select_pattern (session, get_name (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture))));
}

static gboolean
pattern_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, HrSession *session)
{
  if (key != GDK_KEY_space && key != GDK_KEY_KP_Space)
    return GDK_EVENT_PROPAGATE;
  hr_session_select_pattern (session, get_name (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys))));
  return GDK_EVENT_STOP;
}

/* A list box would select what gets the focus, too. */
static void
make_selectable (GtkWidget *row, HrSession *session)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (click, "pressed", G_CALLBACK (pattern_clicked_cb), session, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (pattern_key_cb), session, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (row, keys);
}

static GtkWidget *
new_pattern_row (HrSession *session, const HrModel *model, const HrPattern *pattern, ListColumns *columns)
{
  g_autoptr (GPtrArray) facts = hr_pattern_facts_new (pattern, model);
  g_autofree char *operation = hr_pattern_describe_operation (pattern);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *letter = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *keycap = hr_look_new_keycap (pattern->id);
  GtkWidget *name = hr_label_new (pattern->name, NULL);
  GtkWidget *key = new_key_cell (facts);
  GtkWidget *cost_label = hr_label_new (NULL, "numeric");

  gtk_widget_add_css_class (line, "hr-pattern-row");
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (key, TRUE);
  gtk_widget_set_halign (key, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (cost_label), 1);
  gtk_widget_set_halign (keycap, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (letter), keycap);
  append (line, add_to_column (columns, 0, letter));
  append (line, add_to_column (columns, 1, name));
  append (line, add_to_column (columns, 2, hr_label_new (operation, "dim-label")));
  append (line, add_to_column (columns, 3, new_target_cell (facts)));
  append (line, key);
  append (line, add_to_column (columns, 4, cost_label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  hr_tooltip_set (row, pattern->question);
  hr_a11y_set_label (row, pattern->name);
  keep_name (row, pattern->id);
  g_object_set_data (G_OBJECT (row), "hr-cost", cost_label);
  make_selectable (row, session);
  hr_menu_attach (row, pattern_menu_cb, session);
  hr_drag_make_movable (row, &HR_TARGET (PATTERN, NULL, NULL, pattern->id));
  return row;
}

static void
pattern_activated_cb (GtkListBox *list, GtkListBoxRow *row, HrSession *session)
{
  hr_session_select_pattern (session, get_name (GTK_WIDGET (row)));
  g_object_set (session, "view", "patterns", NULL);
}

GtkWidget *
hr_pattern_list_new (HrSession *session, const HrModel *model)
{
  GtkWidget *list = gtk_list_box_new ();
  ListColumns columns;

  for (guint i = 0; i < G_N_ELEMENTS (columns.columns); i++)
    columns.columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "hr-pattern-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), FALSE);
  hr_a11y_set_label (list, _("Access patterns"));
  for (guint i = 0; i < model->patterns->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         new_pattern_row (session, model, g_ptr_array_index (model->patterns, i), &columns));
  for (guint i = 0; i < G_N_ELEMENTS (columns.columns); i++)
    g_object_unref (columns.columns[i]);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (pattern_activated_cb), session, 0);
  return list;
}

void
hr_pattern_list_update_costs (GtkWidget *list, HrSession *session, const HrModel *model)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    {
      const HrPattern *pattern = hr_model_find_pattern (model, get_name (GTK_WIDGET (row)));
      g_autofree char *cost = pattern != NULL ? hr_session_describe_cost (session, pattern) : NULL;

      gtk_label_set_text (g_object_get_data (G_OBJECT (row), "hr-cost"), cost != NULL ? cost : "–");
    }
}

GtkWidget *
hr_pattern_list_select (GtkWidget *list, const char *id)
{
  GtkWidget *selected = NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    {
      gboolean is_selected = g_strcmp0 (get_name (GTK_WIDGET (row)), id) == 0;

      if (is_selected && !gtk_widget_has_css_class (GTK_WIDGET (row), "selected"))
        selected = GTK_WIDGET (row);
      if (is_selected)
        gtk_widget_add_css_class (GTK_WIDGET (row), "selected");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (row), "selected");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, is_selected, -1);
    }
  return selected;
}
