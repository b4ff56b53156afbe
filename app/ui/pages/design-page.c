/*
 * The Design view: what the model is made of, as cards from top to bottom.
 *
 * Cards are made anew when the model or a count in them changes, and only while the page is seen. The
 * examples in entity cards are the first item of each entity among the first entries of the table.
 */
#include "app/ui/pages/design-page.h"

#include <string.h>

#include "app/session/pattern-facts.h"
#include "app/session/words.h"
#include "app/ui/editing/drag.h"
#include "app/ui/pages/design-cards.h"
#include "app/ui/pages/design-list.h"
#include "app/ui/pages/problems-panel.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/i18n.h"
#include "model/document/recipe.h"

#define CONTENT_WIDTH 844 /* with its margins */
#define EXAMPLE_ENTRIES_MAX 500
#define CARDS_MAX 40 /* of more entities, or patterns, there is a list; less than HR_ENTITY_NONE */
#define PROBLEMS_HEIGHT 236
#define CARD_GAP 9 /* around what is brought into sight */

#define HR_TYPE_DESIGN_PAGE (hr_design_page_get_type ())
G_DECLARE_FINAL_TYPE (HrDesignPage, hr_design_page, HR, DESIGN_PAGE, GtkWidget)

struct _HrDesignPage
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *box;
  GtkWidget *content;
  GtkWidget *problems;
  GPtrArray *cards;    /* borrowed: entity and index cards of the shown table */
  guint n_entity_cards;
  GtkWidget *patterns; /* or NULL */

  /* owned: of large models, or NULL */
  GtkWidget *entity_list;
  GtkWidget *pattern_list;

  /* what the cards show */
  HrModel *model;      /* owned */
  const HrTable *table; /* in @model */
  HrOutlineTotals totals;
};

G_DEFINE_FINAL_TYPE (HrDesignPage, hr_design_page, GTK_TYPE_WIDGET)

typedef struct
{
  const HrTable *table;
  HrArena *arena;
  HrValue items[HR_ENTITY_NONE + 1]; /* by entity; type NULL: none yet */
  guint n_wanted;
  guint n_seen;
} Examples;

static gboolean
take_example_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Examples *examples = user_data;
  const HrEntity *entity = item != NULL ? hr_table_match_entity (examples->table, item, NULL) : NULL;
  guint number = entity != NULL ? hr_table_get_entity_number (examples->table, entity) : HR_ENTITY_NONE;

  if (number != HR_ENTITY_NONE && examples->items[number].type != HR_TYPE_M)
    {
      examples->items[number] = hr_value_copy (examples->arena, item);
      examples->n_wanted--;
    }
  return examples->n_wanted > 0 && ++examples->n_seen < EXAMPLE_ENTRIES_MAX;
}

static void
find_examples (HrDesignPage *self, const HrTable *table, HrArena *arena, Examples *examples)
{
  memset (examples, 0, sizeof *examples);
  examples->table = table;
  examples->arena = arena;
  examples->n_wanted = MIN (table->entities->len, HR_ENTITY_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (examples->items); i++)
    examples->items[i].type = HR_TYPE_NULL;
  if (examples->n_wanted > 0 && !hr_session_is_busy (self->session))
    hr_document_foreach_entry (hr_session_get_document (self->session), table->name, take_example_cb,
                               examples, NULL);
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static void
append_fact (GtkWidget *line, const char *text)
{
  append (line, hr_label_new (text, "dim-label"));
}

static void
append_key_fact (GtkWidget *line, const HrAttribute *key)
{
  GtkWidget *fact = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  append (fact, hr_label_new (key->name, "hr-mono dim-label"));
  append (fact, hr_label_new (hr_type_describe (key->type), "dim-label"));
  append (line, fact);
}

static GtkWidget *
new_settings_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "document-edit-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Table settings"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  hr_a11y_set_label (button, _("Table settings"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.edit-table");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
append_summary (GtkWidget *content, const HrTable *table)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *summary = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *facts = hr_wrap_box_new (12);
  GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *key_icon = hr_icon_new ("hr-key-symbolic");
  GtkWidget *name = hr_text_label_new (table->name, "hr-title");
  const char *stream_view;
  g_autofree char *stream = NULL;
  g_autofree char *ttl = NULL;

  gtk_label_set_selectable (GTK_LABEL (name), FALSE);
  gtk_widget_add_css_class (key_icon, "dim-label");
  append (keys, key_icon);
  append_key_fact (keys, hr_table_get_partition_key (table));
  if (hr_table_get_sort_key (table) != NULL)
    append_key_fact (keys, hr_table_get_sort_key (table));
  append (facts, keys);
  append_fact (facts, table->settings.billing == HR_BILLING_ON_DEMAND ? _("On-demand") : _("Provisioned"));
  stream_view = hr_stream_describe (table->settings.stream);
  stream = stream_view != NULL ? g_strdup_printf (_("Stream: %s"), stream_view) : g_strdup (_("No stream"));
  append_fact (facts, stream);
  ttl = table->settings.ttl_attribute != NULL ? g_strdup_printf (_("TTL: %s"), table->settings.ttl_attribute)
                                              : g_strdup (_("No TTL"));
  append_fact (facts, ttl);
  append (summary, name);
  append (summary, facts);
  gtk_widget_set_hexpand (summary, TRUE);
  append (line, summary);
  append (line, new_settings_button ());
  append (content, line);
}

/* "+ Entity Ctrl+Shift+E" */
static GtkWidget *
new_add_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *keys = hr_actions_dup_keys (action);

  append (line, hr_icon_new ("hr-plus-symbolic"));
  append (line, hr_label_new (label, "heading"));
  if (keys != NULL)
    append (line, hr_label_new (keys, "hr-keys"));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "hr-add-button");
  hr_a11y_set_label (button, _(hr_actions_find (action)->title));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
append_section (GtkWidget *content, const char *title, const char *label, const char *action)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *heading = hr_label_new (title, "hr-section");
  GtkWidget *button = new_add_button (label, action);

  gtk_widget_set_hexpand (heading, TRUE);
  append (line, heading);
  append (line, button);
  append (section, line);
  append (content, section);
  return section;
}

static void
append_note (GtkWidget *section, const char *text)
{
  append (section, hr_text_label_new (text, "hr-empty-card dim-label"));
}

static GtkWidget *
new_recipe_button (guint number)
{
  const HrRecipe *recipe = hr_recipes_get (number);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = hr_label_new (_(recipe->title), "heading");
  GtkWidget *text = hr_text_label_new (_(recipe->description), "hr-caption dim-label");

  gtk_widget_set_valign (lines, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  append (lines, title);
  append (lines, text);
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-recipe");
  gtk_widget_add_css_class (button, "hr-recipe");
  hr_a11y_set_label (button, _(recipe->title));
  hr_a11y_set_description (button, _(recipe->description));
  return button;
}

/* Something to begin with, besides an entity of one's own. */
static void
append_recipes (GtkWidget *section, const HrTable *table)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  append (card, hr_label_new (_("Add the first entity"), "heading"));
  append (card, hr_text_label_new (_("An entity is a kind of item, with templates that make its keys. Begin with one "
                                     "of your own, or with a recipe:"), "dim-label"));
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  for (guint i = 0; i < hr_recipes_get_count (); i++)
    append (line, new_recipe_button (i));
  append (card, line);
  gtk_widget_add_css_class (card, "hr-empty-card");
  append (section, card);
}

/* Made when there are many for the first time, and filled again when the model is another one. */
static HrDesignList *
append_list (HrDesignPage *self, GtkWidget *section, GtkWidget **list, HrTargetKind kind)
{
  GtkWidget *former = *list != NULL ? gtk_widget_get_parent (*list) : NULL;

  if (*list == NULL)
    *list = g_object_ref_sink (hr_design_list_new (self->session, kind));
  if (former != NULL)
    gtk_box_remove (GTK_BOX (former), *list);
  append (section, *list);
  return HR_DESIGN_LIST (*list);
}

static void
append_cards (HrDesignPage *self, GtkWidget *section, const HrTable *table, const GPtrArray *serving)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  Examples examples;

  find_examples (self, table, arena, &examples);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);
      const HrValue *example = examples.items[i].type == HR_TYPE_M ? &examples.items[i] : NULL;
      GtkWidget *card =
          hr_entity_card_new (self->session, table, entity, g_ptr_array_index (serving, i), example);

      append (section, card);
      g_ptr_array_add (self->cards, card);
    }
}

static void
append_entities (HrDesignPage *self, const HrTable *table)
{
  GtkWidget *section = append_section (self->content, _("Entities"), _("Entity"), "win.add-entity");
  g_autoptr (GPtrArray) serving = hr_table_list_serving (table, self->model);

  if (table->entities->len == 0 && hr_recipe_suits (table))
    append_recipes (section, table);
  else if (table->entities->len == 0)
    append_note (section,
                 _("No entities yet. An entity is a kind of item, with templates that make its keys."));
  else if (table->entities->len > CARDS_MAX)
    hr_design_list_show_entities (append_list (self, section, &self->entity_list, HR_TARGET_ENTITY), table, serving);
  else
    append_cards (self, section, table, serving);
  self->n_entity_cards = self->cards->len;
}

static void
append_indexes (HrDesignPage *self, const HrTable *table)
{
  GtkWidget *section = append_section (self->content, _("Indexes"), _("Index"), "win.add-index");

  hr_drag_add_drop (section, &HR_TARGET (TABLE, table->name, NULL, NULL));

  if (table->indexes->len == 0)
    append_note (section, _("No indexes yet. An index is the same items under other keys, for another question."));
  for (guint i = 0; i < table->indexes->len; i++)
    {
      GtkWidget *card = hr_index_card_new (self->session, table, g_ptr_array_index (table->indexes, i));

      append (section, card);
      g_ptr_array_add (self->cards, card);
    }
}

static void
append_patterns (HrDesignPage *self, const HrModel *model)
{
  GtkWidget *section = append_section (self->content, _("Access patterns"), _("Pattern"), "win.add-pattern");

  if (model->patterns->len == 0)
    {
      append_note (
          section,
          _("No access patterns yet: the questions that an application asks its table."));
      return;
    }
  if (model->patterns->len > CARDS_MAX)
    {
      append_list (self, section, &self->pattern_list, HR_TARGET_PATTERN);
      return;
    }
  self->patterns = hr_pattern_list_new (self->session, model);
  append (section, self->patterns);
}

static void
append_first_table (GtkWidget *content)
{
  GtkWidget *section = append_section (content, _("Tables"), _("Table"), "win.add-table");

  append_note (section, _("No table yet. One table with well-chosen keys is enough for most applications."));
}

/* What was selected elsewhere. Cards that have just been made have no place yet: those before them had. */
static void
bring_into_sight (HrDesignPage *self, GtkWidget *card)
{
  GtkWidget *clamp = gtk_widget_get_parent (self->content);
  GtkWidget *scroller = gtk_widget_get_ancestor (clamp, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  if (gtk_widget_compute_bounds (card, clamp, &place) && place.size.height > 0)
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                               place.origin.y - CARD_GAP, place.origin.y + place.size.height + CARD_GAP);
}

static void
set_selected (HrDesignPage *self, GtkWidget *card, gboolean is_selected)
{
  if (is_selected && !gtk_widget_has_css_class (card, "selected"))
    bring_into_sight (self, card);
  if (is_selected)
    gtk_widget_add_css_class (card, "selected");
  else
    gtk_widget_remove_css_class (card, "selected");
}

/* What a card or row is about; NULL: it is none. */
static const char *
get_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "hr-name");
}

static void
show_selection (HrDesignPage *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const char *index = hr_session_get_index (self->session);
  const HrPattern *pattern = hr_session_get_pattern (self->session);
  g_autofree char *entity = NULL;
  const char *id;
  GtkWidget *row;
  guint subject;

  if (table == NULL || table != self->table)
    return;
  g_object_get (self->session, "subject", &subject, "selected-entity", &entity, NULL);
  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->cards, i);
      gboolean is_entity = i < self->n_entity_cards;

      set_selected (self, card, subject == (is_entity ? HR_SUBJECT_ENTITY : HR_SUBJECT_INDEX)
                              && g_strcmp0 (is_entity ? entity : index, get_name (card)) == 0);
    }
  id = subject == HR_SUBJECT_PATTERN && pattern != NULL ? pattern->id : NULL;
  row = self->patterns != NULL ? hr_pattern_list_select (self->patterns, id) : NULL;
  if (row != NULL)
    bring_into_sight (self, row);
  if (self->pattern_list != NULL)
    hr_design_list_select (HR_DESIGN_LIST (self->pattern_list), id);
  if (self->entity_list != NULL)
    hr_design_list_select (HR_DESIGN_LIST (self->entity_list), subject == HR_SUBJECT_ENTITY ? entity : NULL);
}

static GtkWidget *
find_named (GtkWidget *widget, GType type, const char *name)
{
  GtkWidget *found = G_OBJECT_TYPE (widget) == type && g_strcmp0 (get_name (widget), name) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, type, name);
  return found;
}

/* The card or row with the focus, or NULL. */
static GtkWidget *
get_focused (HrDesignPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (focus != NULL && get_name (focus) == NULL)
    focus = gtk_widget_get_parent (focus);
  return focus != NULL && gtk_widget_is_ancestor (focus, self->content) ? focus : NULL;
}

static void
fill (HrDesignPage *self)
{
  g_ptr_array_set_size (self->cards, 0);
  self->patterns = NULL;
  hr_widget_remove_children (self->content);
  if (self->table != NULL)
    {
      append_summary (self->content, self->table);
      append_entities (self, self->table);
      append_indexes (self, self->table);
    }
  else if (self->model != NULL)
    append_first_table (self->content);
  if (self->model != NULL)
    append_patterns (self, self->model);
}

/* Cards stay as they are, and keep the focus, while they are true. */
static void
update (HrDesignPage *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  HrModel *model = document != NULL ? hr_document_get_model (document) : NULL;
  const HrTable *table = hr_session_get_table (self->session);
  const HrOutlineTotals *totals =
      table != NULL ? hr_session_get_table_totals (self->session, table->name) : NULL;
  g_autofree char *name = NULL;
  GtkWidget *focused;
  HrOutlineTotals none;
  GType type;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  memset (&none, 0, sizeof none);
  if (totals == NULL)
    totals = &none;
  if (model != self->model || table != self->table || memcmp (totals, &self->totals, sizeof none) != 0)
    {
      g_clear_pointer (&self->model, hr_model_unref);
      self->model = model != NULL ? hr_model_ref (model) : NULL;
      self->table = table;
      self->totals = *totals;
      focused = get_focused (self);
      type = focused != NULL ? G_OBJECT_TYPE (focused) : G_TYPE_INVALID;
      name = focused != NULL ? g_strdup (get_name (focused)) : NULL;
      fill (self);
      focused = name != NULL ? find_named (self->content, type, name) : NULL;
      if (focused != NULL)
        gtk_widget_grab_focus (focused);
    }
  if (self->patterns != NULL)
    hr_pattern_list_update_costs (self->patterns, self->session, self->model);
  if (self->pattern_list != NULL && self->model != NULL)
    hr_design_list_show_patterns (HR_DESIGN_LIST (self->pattern_list), self->model);
  show_selection (self);
}

static void
show_problems_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrDesignPage *self = HR_DESIGN_PAGE (widget);
  gboolean shown = gtk_revealer_get_reveal_child (GTK_REVEALER (self->problems));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->problems), !shown);
  if (!shown)
    gtk_widget_child_focus (self->problems, GTK_DIR_TAB_FORWARD);
}

static void
hr_design_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_design_page_parent_class)->map (widget);
  update (HR_DESIGN_PAGE (widget));
}

static void
hr_design_page_dispose (GObject *object)
{
  HrDesignPage *self = HR_DESIGN_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->entity_list);
  g_clear_object (&self->pattern_list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_design_page_parent_class)->dispose (object);
}

static void
hr_design_page_finalize (GObject *object)
{
  HrDesignPage *self = HR_DESIGN_PAGE (object);

  g_ptr_array_unref (self->cards);
  g_clear_pointer (&self->model, hr_model_unref);
  G_OBJECT_CLASS (hr_design_page_parent_class)->finalize (object);
}

static void
hr_design_page_class_init (HrDesignPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_design_page_dispose;
  object_class->finalize = hr_design_page_finalize;
  widget_class->map = hr_design_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "designpage");
  gtk_widget_class_install_action (widget_class, "design.show-problems", NULL, show_problems_cb);
}

static void
hr_design_page_init (HrDesignPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cards = g_ptr_array_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->content, "hr-design-content");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CONTENT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), CONTENT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  append (self->box, scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
hr_design_page_new (HrSession *session)
{
  HrDesignPage *self = g_object_new (HR_TYPE_DESIGN_PAGE, NULL);
  GtkWidget *problems = hr_problems_panel_new (session, "design.show-problems");

  self->session = g_object_ref (session);
  self->problems = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->problems), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_widget_set_size_request (problems, -1, PROBLEMS_HEIGHT);
  gtk_widget_add_css_class (problems, "hr-bottom-panel");
  gtk_revealer_set_child (GTK_REVEALER (self->problems), problems);
  append (self->box, self->problems);
  hr_a11y_set_label (GTK_WIDGET (self), _("Design"));

  g_signal_connect_object (session, "outline-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::subject", G_CALLBACK (show_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::pattern", G_CALLBACK (show_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected-entity", G_CALLBACK (show_selection), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
