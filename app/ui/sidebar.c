/*
 * HrSidebar: the map of the model.
 *
 * Rows are made anew when the definitions change, which is when somebody edits the design; figures beside them are
 * brought up to date with each run and each change of the items. The selected row follows the session and the other way
 * round: selecting shows the thing in the inspector, activating goes to the view that it belongs to.
 */
#include "app/ui/sidebar.h"

#include "app/ui/a11y.h"
#include "app/ui/drag.h"
#include "app/ui/endpoint-button.h"
#include "app/ui/look.h"
#include "app/ui/menus.h"
#include "app/ui/sidebar-row.h"
#include "model/base/i18n.h"

struct _HrSidebar
{
  AdwBin parent_instance;

  /* owned */
  HrSession *session;
  HrLocalEndpoint *endpoint;

  gboolean is_following; /* the selection is being taken from the session */

  /* template children */
  GtkListBox *list;
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

static void
show_count (HrSidebarRow *row, guint64 n_items)
{
  g_autofree char *text = hr_look_format_number (n_items);
  g_autofree char *words = g_strdup_printf (ngettext_ ("%s item", "%s items", n_items), text);

  hr_sidebar_row_set_badge (row, HR_BADGE_NORMAL, text, words);
}

static void
update_entity (HrSidebar *self, HrSidebarRow *row, const HrModel *model)
{
  const HrTable *table = hr_model_find_table (model, hr_sidebar_row_get_table (row));
  const HrOutlineTotals *totals = hr_session_get_table_totals (self->session, hr_sidebar_row_get_table (row));

  for (guint i = 0; totals != NULL && i < table->entities->len && i < HR_ENTITY_NONE; i++)
    if (g_str_equal (((HrEntity *) g_ptr_array_index (table->entities, i))->name, hr_sidebar_row_get_name (row)))
      show_count (row, totals->rows_of_entity[i]);
}

/* The engine knows how many entries an index has without counting. */
static void
update_index (HrSidebar *self, HrSidebarRow *row, const HrModel *model)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  HrEngine *engine = hr_document_get_engine (hr_session_get_document (self->session));
  const HrTableInfo *info = hr_engine_describe_table (engine, hr_sidebar_row_get_table (row), &call);

  for (guint i = 0; info != NULL && i < info->definition->indexes->len; i++)
    if (g_str_equal (((HrIndex *) g_ptr_array_index (info->definition->indexes, i))->name,
                     hr_sidebar_row_get_name (row)))
      show_count (row, info->indexes[i].item_count);
}

static const char *
describe_status (HrRunStatus status)
{
  switch (status)
    {
    case HR_RUN_PASSED:
      return _("as expected");
    case HR_RUN_FAILED:
      return _("not as expected");
    case HR_RUN_ERROR:
      return _("could not run");
    }
  return NULL;
}

static void
update_pattern (HrSidebar *self, HrSidebarRow *row)
{
  const char *id = hr_sidebar_row_get_name (row);
  const HrPatternRun *run = hr_session_get_last_run (self->session, id);
  gboolean stale = hr_session_is_last_run_stale (self->session, id);
  g_autofree char *cost = NULL;
  g_autofree char *words = NULL;

  if (run == NULL)
    {
      hr_sidebar_row_set_badge (row, HR_BADGE_NORMAL, "", _("Not run yet"));
      return;
    }
  cost = run->status != HR_RUN_ERROR ? hr_look_format_cost (run) : g_strdup ("");
  if (stale && *cost == '\0')
    words = g_strdup (_("From before the last change"));
  else if (stale)
    words = g_strdup_printf (_("%s, before the last change"), cost);
  else
    words = *cost != '\0' ? g_strdup_printf ("%s, %s", cost, describe_status (run->status))
                          : g_strdup (describe_status (run->status));
  hr_sidebar_row_set_badge (row,
                            run->status != HR_RUN_PASSED ? HR_BADGE_WARNING
                            : stale                      ? HR_BADGE_STALE
                                                         : HR_BADGE_NORMAL,
                            cost, words);
}

static void
update_row (HrSidebar *self, HrSidebarRow *row, const HrModel *model)
{
  const HrOutlineTotals *totals;

  switch (hr_sidebar_row_get_subject (row))
    {
    case HR_SUBJECT_TABLE:
      totals = hr_session_get_table_totals (self->session, hr_sidebar_row_get_table (row));
      if (totals != NULL)
        show_count (row, totals->n_rows);
      break;
    case HR_SUBJECT_ENTITY:
      update_entity (self, row, model);
      break;
    case HR_SUBJECT_INDEX:
      update_index (self, row, model);
      break;
    case HR_SUBJECT_PATTERN:
      update_pattern (self, row);
      break;
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      break;
    }
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

static HrSidebarRow *
get_row (HrSidebar *self, int position)
{
  return HR_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->list, position));
}

/* While a thread has the engine, figures stay as they are. */
static void
update_badges (HrSidebar *self)
{
  HrDocument *document = hr_session_get_document (self->session);

  update_problems (self);
  if (document == NULL || hr_session_is_busy (self->session))
    return;
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    update_row (self, get_row (self, i), hr_document_get_model (document));
}

/* What the session has selected, as a row says it. */
static gboolean
is_selected (HrSidebar *self, HrSidebarRow *row)
{
  g_autofree char *table = NULL;
  g_autofree char *index = NULL;
  g_autofree char *entity = NULL;
  g_autofree char *pattern = NULL;
  guint subject;

  g_object_get (self->session, "subject", &subject, "table", &table, "index", &index, "selected-entity", &entity,
                "pattern", &pattern, NULL);
  if (subject == HR_SUBJECT_ITEM || subject == HR_SUBJECT_DRAFT)
    subject = index != NULL ? HR_SUBJECT_INDEX : HR_SUBJECT_TABLE;
  if (hr_sidebar_row_get_subject (row) != subject)
    return FALSE;
  if (subject == HR_SUBJECT_PATTERN)
    return g_strcmp0 (hr_sidebar_row_get_name (row), pattern) == 0;
  if (g_strcmp0 (hr_sidebar_row_get_table (row), table) != 0)
    return FALSE;
  return subject == HR_SUBJECT_TABLE
         || g_strcmp0 (hr_sidebar_row_get_name (row), subject == HR_SUBJECT_ENTITY ? entity : index) == 0;
}

static void
follow_selection (HrSidebar *self)
{
  self->is_following = TRUE;
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    if (is_selected (self, get_row (self, i)))
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (get_row (self, i)));
  self->is_following = FALSE;
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
get_target (HrSidebarRow *row)
{
  return (HrTarget) { get_kind (hr_sidebar_row_get_subject (row)), hr_sidebar_row_get_table (row), NULL,
                      hr_sidebar_row_get_name (row) };
}

static GMenuModel *
menu_cb (GtkWidget *row, gpointer user_data)
{
  const HrTarget target = get_target (HR_SIDEBAR_ROW (row));
  HrSidebar *self = user_data;

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  return target.kind == HR_TARGET_ENTITY ? hr_drag_new_entity_menu (self->session, &target)
                                         : hr_menu_new_for_definition ();
}

/* By dragging, and with Alt+Up and Alt+Down. */
static void
make_movable (HrSidebarRow *row)
{
  const HrTarget target = get_target (row);

  if (target.kind != HR_TARGET_TABLE)
    hr_drag_make_movable (GTK_WIDGET (row), &target);
}

static HrSidebarRow *
add_row (HrSidebar *self, GtkWidget *row, const char *section)
{
  hr_sidebar_row_set_section (HR_SIDEBAR_ROW (row), section);
  gtk_list_box_append (self->list, row);
  hr_menu_attach (row, menu_cb, self);
  make_movable (HR_SIDEBAR_ROW (row));
  return HR_SIDEBAR_ROW (row);
}

static void
add_table (HrSidebar *self, const HrTable *table, const char *section)
{
  add_row (self, hr_sidebar_row_new (HR_SUBJECT_TABLE, table->name, table->name, 0), section);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);

      add_row (self, hr_sidebar_row_new (HR_SUBJECT_ENTITY, table->name, entity->name, i), section);
    }
}

static void
add_indexes (HrSidebar *self, const HrTable *table)
{
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      add_row (self, hr_sidebar_row_new (HR_SUBJECT_INDEX, table->name, index->name, 0), _("Indexes"));
    }
}

static void
fill (HrSidebar *self, const HrModel *model)
{
  const char *tables = model->tables->len > 1 ? _("Tables") : _("Table");

  for (guint i = 0; i < model->tables->len; i++)
    add_table (self, g_ptr_array_index (model->tables, i), tables);
  for (guint i = 0; i < model->tables->len; i++)
    add_indexes (self, g_ptr_array_index (model->tables, i));
  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      HrSidebarRow *row =
          add_row (self, hr_sidebar_row_new (HR_SUBJECT_PATTERN, NULL, pattern->id, 0), _("Access patterns"));

      hr_sidebar_row_set_title (row, pattern->name);
    }
}

static void
rebuild (HrSidebar *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkListBoxRow *row;

  self->is_following = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->is_following = FALSE;
  if (document != NULL)
    fill (self, hr_document_get_model (document));
  update_badges (self);
  follow_selection (self);
  row = gtk_list_box_get_selected_row (self->list);
  if (had_focus && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *section = hr_sidebar_row_get_section (HR_SIDEBAR_ROW (row));
  GtkWidget *label;

  if (before != NULL && g_strcmp0 (hr_sidebar_row_get_section (HR_SIDEBAR_ROW (before)), section) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "hr-sidebar-section");
  gtk_list_box_row_set_header (row, label);
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *list_row, HrSidebar *self)
{
  HrSidebarRow *row;
  const char *name;

  if (self->is_following || list_row == NULL)
    return;
  row = HR_SIDEBAR_ROW (list_row);
  name = hr_sidebar_row_get_name (row);
  switch (hr_sidebar_row_get_subject (row))
    {
    case HR_SUBJECT_PATTERN:
      hr_session_select_pattern (self->session, name);
      break;
    case HR_SUBJECT_INDEX:
      hr_session_show_table (self->session, hr_sidebar_row_get_table (row), name);
      hr_session_select_entity (self->session, NULL);
      break;
    case HR_SUBJECT_ENTITY:
      hr_session_show_table (self->session, hr_sidebar_row_get_table (row), NULL);
      hr_session_select_entity (self->session, name);
      break;
    case HR_SUBJECT_TABLE:
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      hr_session_show_table (self->session, hr_sidebar_row_get_table (row), NULL);
      hr_session_select_entity (self->session, NULL);
      break;
    }
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, HrSidebar *self)
{
  g_object_set (self->session, "view", owning_views[hr_sidebar_row_get_subject (HR_SIDEBAR_ROW (row))], NULL);
}

/* Among patterns, what is pasted is a request; elsewhere the window takes it. */
static gboolean
paste_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  guint subject;

  g_object_get (HR_SIDEBAR (widget)->session, "subject", &subject, NULL);
  return subject == HR_SUBJECT_PATTERN && gtk_widget_activate_action (widget, "win.paste-request", NULL);
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
  g_clear_object (&HR_SIDEBAR (object)->endpoint);
  g_clear_object (&HR_SIDEBAR (object)->session);
  G_OBJECT_CLASS (hr_sidebar_parent_class)->dispose (object);
}

static void
hr_sidebar_class_init (HrSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hashrange/Hashrange/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_button);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_icon);
  gtk_widget_class_bind_template_child (widget_class, HrSidebar, problems_badge);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, paste_cb, NULL);
}

static void
hr_sidebar_init (HrSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  hr_a11y_set_label (GTK_WIDGET (self->list), _("Model"));
}
