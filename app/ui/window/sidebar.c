/*
 * HrSidebar: the map of the model.
 *
 * A list of entries, compared with the one before when the definitions change: what is the same stays where it is, with
 * its row and the focus. Figures beside them are brought up to date with each run and each change of the items. The
 * selected entry follows the session and the other way round: selecting shows the thing in the inspector, activating
 * goes to the view that it belongs to.
 */
#include "app/ui/window/sidebar.h"

#include "app/ui/editing/drag.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/window/endpoint-button.h"
#include "app/ui/window/sidebar-row.h"
#include "model/base/i18n.h"

struct _HrSidebar
{
  AdwBin parent_instance;

  /* owned */
  HrSession *session;
  HrLocalEndpoint *endpoint;
  GListStore *entries;
  GtkSingleSelection *selection;

  gboolean is_following; /* the selection is being taken from the session */

  /* template children */
  GtkListView *list;
  GtkButton *problems_button;
  GtkImage *problems_icon;
  GtkLabel *problems_badge;
};

G_DEFINE_FINAL_TYPE (HrSidebar, hr_sidebar, ADW_TYPE_BIN)

static const char *const owning_views[] = {
  [HR_SUBJECT_NONE] = "table",    [HR_SUBJECT_TABLE] = "table",      [HR_SUBJECT_ENTITY] = "design",
  [HR_SUBJECT_INDEX] = "table",   [HR_SUBJECT_PATTERN] = "patterns", [HR_SUBJECT_ITEM] = "table",
  [HR_SUBJECT_DRAFT] = "table",
};

static HrSidebarEntry *
get_entry (HrSidebar *self, guint position)
{
  g_autoptr (HrSidebarEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  return entry; /* the list keeps it */
}

/* Rows: of what can be seen and some more, each in a place, which is the list's own widget: it has the focus, and is
 * what assistive tools stop at. */

/* NULL: the list is in no window yet. */
static HrSidebarRow *
get_row (GtkWidget *place)
{
  GtkWidget *child = gtk_widget_get_first_child (place);

  return child != NULL ? HR_SIDEBAR_ROW (child) : NULL;
}

static gboolean
shows (GtkWidget *place, const HrSidebarEntry *entry)
{
  HrSidebarRow *row = get_row (place);

  return row != NULL && hr_sidebar_row_get_entry (row) == entry;
}

static GtkWidget *
find_place (HrSidebar *self, const HrSidebarEntry *entry)
{
  GtkWidget *place = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (place != NULL && !shows (place, entry))
    place = gtk_widget_get_next_sibling (place);
  return place;
}

GtkWidget *
hr_sidebar_get_selected_line (HrSidebar *self)
{
  const HrSidebarEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  GtkWidget *place = entry != NULL ? find_place (self, entry) : NULL;

  return place != NULL ? hr_sidebar_row_get_line (get_row (place)) : NULL;
}

static void
update_problems (HrSidebar *self)
{
  guint n_problems = hr_session_count_problems (self->session);
  g_autofree char *text = g_strdup_printf ("%u", n_problems);
  g_autofree char *words = g_strdup_printf (ngettext_ ("Problems: %u", "Problems: %u", n_problems), n_problems);

  gtk_label_set_text (self->problems_badge, n_problems > 0 ? text : C_("problems", "none"));
  gtk_image_set_from_icon_name (self->problems_icon, n_problems > 0 ? "hr-warning-symbolic" : "hr-check-symbolic");
  if (n_problems > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->problems_icon), "hr-warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->problems_icon), "hr-warning");
  hr_a11y_set_label (GTK_WIDGET (self->problems_button), words);
}

/* While a thread has the engine, figures stay as they are. */
static void
update_badges (HrSidebar *self)
{
  update_problems (self);
  if (hr_session_get_document (self->session) == NULL || hr_session_is_busy (self->session))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    hr_sidebar_entry_update (get_entry (self, i), self->session);
  for (GtkWidget *place = gtk_widget_get_first_child (GTK_WIDGET (self->list)); place != NULL;
       place = gtk_widget_get_next_sibling (place))
    if (get_row (place) != NULL)
      hr_sidebar_row_show_badge (get_row (place));
}

/* Where the entry stands for what the session has selected. */
static guint
find_selected (HrSidebar *self)
{
  g_autofree char *table = NULL;
  g_autofree char *index = NULL;
  g_autofree char *entity = NULL;
  g_autofree char *pattern = NULL;
  const char *name = NULL;
  guint subject;

  g_object_get (self->session, "subject", &subject, "table", &table, "index", &index, "selected-entity", &entity,
                "pattern", &pattern, NULL);
  if (subject == HR_SUBJECT_ITEM || subject == HR_SUBJECT_DRAFT)
    subject = index != NULL ? HR_SUBJECT_INDEX : HR_SUBJECT_TABLE;
  name = subject == HR_SUBJECT_TABLE ? table : subject == HR_SUBJECT_ENTITY ? entity
         : subject == HR_SUBJECT_INDEX ? index : pattern;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      const HrSidebarEntry *entry = get_entry (self, i);

      if (entry->subject == subject && g_strcmp0 (entry->name, name) == 0
          && (entry->table == NULL || g_strcmp0 (entry->table, table) == 0))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
follow_selection (HrSidebar *self)
{
  guint position = find_selected (self);

  if (position == gtk_single_selection_get_selected (self->selection))
    return;
  self->is_following = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_following = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static HrTargetKind
get_kind (HrSubject subject)
{
  static const HrTargetKind kinds[] = {
    [HR_SUBJECT_NONE] = HR_TARGET_MODEL,     [HR_SUBJECT_TABLE] = HR_TARGET_TABLE,
    [HR_SUBJECT_ENTITY] = HR_TARGET_ENTITY,  [HR_SUBJECT_INDEX] = HR_TARGET_INDEX,
    [HR_SUBJECT_PATTERN] = HR_TARGET_PATTERN, [HR_SUBJECT_ITEM] = HR_TARGET_MODEL,
    [HR_SUBJECT_DRAFT] = HR_TARGET_MODEL,
  };

  return kinds[subject];
}

static HrTarget
get_target (const HrSidebarEntry *entry)
{
  return (HrTarget) { get_kind (entry->subject), entry->table, NULL, entry->name };
}

static GMenuModel *
menu_cb (GtkWidget *place, gpointer user_data)
{
  HrSidebar *self = user_data;
  HrSidebarEntry *entry = hr_sidebar_row_get_entry (get_row (place));
  const HrTarget target = get_target (entry);
  guint position;

  if (g_list_store_find (self->entries, entry, &position))
    gtk_single_selection_set_selected (self->selection, position);
  return target.kind == HR_TARGET_ENTITY ? hr_drag_new_entity_menu (self->session, &target)
                                         : hr_menu_new_for_definition ();
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HrSidebar *self)
{
  gtk_list_item_set_child (item, hr_sidebar_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HrSidebar *self)
{
  GtkWidget *row = gtk_list_item_get_child (item), *place = gtk_widget_get_parent (row);
  HrSidebarEntry *entry = gtk_list_item_get_item (item);
  const HrTarget target = get_target (entry);

  if (hr_sidebar_row_get_entry (HR_SIDEBAR_ROW (row)) == NULL)
    hr_menu_attach (place, menu_cb, self);
  hr_drag_make_movable (place, target.kind != HR_TARGET_TABLE ? &target : NULL);
  hr_sidebar_row_set_entry (HR_SIDEBAR_ROW (row), entry);
}

/* Entries */

static void
add_table (GPtrArray *entries, const HrTable *table, const char *heading)
{
  g_ptr_array_add (entries, hr_sidebar_entry_new (HR_SUBJECT_TABLE, table->name, table->name, NULL, 0, heading));
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);

      g_ptr_array_add (entries, hr_sidebar_entry_new (HR_SUBJECT_ENTITY, table->name, entity->name, NULL, i, NULL));
    }
}

static void
add_indexes (GPtrArray *entries, const HrTable *table, gboolean *has_heading)
{
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      g_ptr_array_add (entries, hr_sidebar_entry_new (HR_SUBJECT_INDEX, table->name, index->name, NULL, 0,
                                                      *has_heading ? NULL : _("Indexes")));
      *has_heading = TRUE;
    }
}

static void
add_model (GPtrArray *entries, const HrModel *model)
{
  const char *tables = model->tables->len > 1 ? _("Tables") : _("Table");
  gboolean has_heading = FALSE;

  for (guint i = 0; i < model->tables->len; i++)
    add_table (entries, g_ptr_array_index (model->tables, i), i == 0 ? tables : NULL);
  for (guint i = 0; i < model->tables->len; i++)
    add_indexes (entries, g_ptr_array_index (model->tables, i), &has_heading);
  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);

      g_ptr_array_add (entries, hr_sidebar_entry_new (HR_SUBJECT_PATTERN, NULL, pattern->id, pattern->name, 0,
                                                      i == 0 ? _("Access patterns") : NULL));
    }
}

/* The row of what is selected, else the list. */
static gboolean
focus_list (HrSidebar *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  GtkWidget *place = NULL;

  if (position != GTK_INVALID_LIST_POSITION)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
      place = find_place (self, get_entry (self, position));
    }
  return gtk_widget_grab_focus (place != NULL ? place : GTK_WIDGET (self->list));
}

static void
rebuild (HrSidebar *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean had_focus = hr_widget_has_focus_inside (GTK_WIDGET (self->list)), has_changed;

  if (document != NULL)
    add_model (entries, hr_document_get_model (document));
  self->is_following = TRUE;
  has_changed = hr_list_store_update (self->entries, entries, hr_sidebar_entry_is_same);
  self->is_following = FALSE;
  update_badges (self);
  follow_selection (self);
  if (had_focus && has_changed)
    focus_list (self);
}

/* Selecting */

static void
selected_cb (HrSidebar *self)
{
  const HrSidebarEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (self->is_following || entry == NULL)
    return;
  switch (entry->subject)
    {
    case HR_SUBJECT_PATTERN:
      hr_session_select_pattern (self->session, entry->name);
      break;
    case HR_SUBJECT_INDEX:
      hr_session_show_table (self->session, entry->table, entry->name);
      hr_session_select_entity (self->session, NULL);
      break;
    case HR_SUBJECT_ENTITY:
      hr_session_show_table (self->session, entry->table, NULL);
      hr_session_select_entity (self->session, entry->name);
      break;
    case HR_SUBJECT_TABLE:
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      hr_session_show_table (self->session, entry->table, NULL);
      hr_session_select_entity (self->session, NULL);
      break;
    }
}

static void
activate_cb (GtkListView *list, guint position, HrSidebar *self)
{
  g_object_set (self->session, "view", owning_views[get_entry (self, position)->subject], NULL);
}

/* Among patterns, what is pasted is a request; elsewhere the window takes it. */
static gboolean
paste_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  guint subject;

  g_object_get (HR_SIDEBAR (widget)->session, "subject", &subject, NULL);
  return subject == HR_SUBJECT_PATTERN && gtk_widget_activate_action (widget, "win.paste-request", NULL);
}

/* Tab would go over all rows; arrows do that. */
static gboolean
hr_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrSidebar *self = HR_SIDEBAR (widget);
  gboolean is_in_list = hr_widget_has_focus_inside (GTK_WIDGET (self->list));
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->entries)) == 0;
  GtkWidget *scroller = gtk_widget_get_parent (GTK_WIDGET (self->list));
  GtkWidget *part = gtk_widget_get_focus_child (gtk_widget_get_parent (scroller));

  if (direction == GTK_DIR_TAB_FORWARD && is_in_list)
    {
      while ((part = gtk_widget_get_next_sibling (part)) != NULL)
        if (gtk_widget_child_focus (part, direction))
          return TRUE;
      return FALSE;
    }
  if (direction == GTK_DIR_TAB_BACKWARD && part != NULL)
    {
      while ((part = gtk_widget_get_prev_sibling (part)) != NULL && part != scroller)
        if (gtk_widget_child_focus (part, direction))
          return TRUE;
      return part != NULL && !is_empty && focus_list (self);
    }
  if (direction == GTK_DIR_TAB_FORWARD && part == NULL && !is_empty)
    return focus_list (self);
  return GTK_WIDGET_CLASS (hr_sidebar_parent_class)->focus (widget, direction);
}

/* The document's own signal comes after the session has followed it. */
static void
model_cb (HrSidebar *self)
{
  HrDocument *document = hr_session_get_document (self->session);

  if (document != NULL)
    g_signal_connect_object (document, "notify::model", G_CALLBACK (rebuild), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  rebuild (self);
}

GtkWidget *
hr_sidebar_new (HrSession *session)
{
  const char *const selections[] = { "notify::subject", "notify::table", "notify::index", "notify::selected-entity",
                                     "notify::pattern" };
  const char *const figures[] = { "outline-changed", "run-changed", "diagnostics-changed" };
  HrSidebar *self = g_object_new (HR_TYPE_SIDEBAR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (model_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (selections); i++)
    g_signal_connect_object (session, selections[i], G_CALLBACK (follow_selection), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_signal_connect_object (session, figures[i], G_CALLBACK (update_badges), self, G_CONNECT_SWAPPED);
  self->endpoint = hr_local_endpoint_new (session);
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), hr_endpoint_button_new (self->endpoint));
  model_cb (self);
  return GTK_WIDGET (self);
}

static void
hr_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_SIDEBAR);
  g_clear_object (&HR_SIDEBAR (object)->selection);
  g_clear_object (&HR_SIDEBAR (object)->entries);
  g_clear_object (&HR_SIDEBAR (object)->endpoint);
  g_clear_object (&HR_SIDEBAR (object)->session);
  G_OBJECT_CLASS (hr_sidebar_parent_class)->dispose (object);
}

static void
hr_sidebar_class_init (HrSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_sidebar_dispose;
  widget_class->focus = hr_sidebar_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hashrange/Hashrange/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_button);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_icon);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_badge);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, paste_cb, NULL);
}

static void
make_list (HrSidebar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->entries = g_list_store_new (HR_TYPE_SIDEBAR_ENTRY);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->entries)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  hr_a11y_set_label (GTK_WIDGET (self->list), _("Model"));
}

static void
hr_sidebar_init (HrSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_list (self);
}
