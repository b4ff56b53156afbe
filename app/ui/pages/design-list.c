/*
 * Many entities, or patterns, as lines of a list.
 *
 * The list is given facts, not definitions, which may be others a moment later; those that stay the same keep their
 * lines, so that an edit makes nothing anew but what it changed. A line is few widgets, because a list view keeps some
 * hundreds of them, seen or not.
 */
#include "app/ui/pages/design-list.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/pattern-facts.h"
#include "app/session/words.h"
#include "app/ui/editing/drag.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "model/base/i18n.h"

#define HEIGHT      420
#define SWATCH_SIZE 13
#define END_CHARS   24

/* One line. */
#define HR_TYPE_DESIGN_ROW (hr_design_row_get_type ())
G_DECLARE_FINAL_TYPE (HrDesignRow, hr_design_row, HR, DESIGN_ROW, GObject)

struct _HrDesignRow
{
  GObject parent_instance;

  /* owned */
  char *name;   /* of an entity; the letter of a pattern */
  char *title;  /* what is read of it, */
  char *detail; /* beside that, */
  char *end;    /* and at the end */
  guint number; /* of an entity in its table */
};

G_DEFINE_FINAL_TYPE (HrDesignRow, hr_design_row, G_TYPE_OBJECT)

struct _HrDesignList
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GListStore *rows;
  char *table;  /* of the entities */
  char *wanted; /* in a title, casefolded */

  HrTargetKind kind;
  gboolean is_following; /* the selection is being taken from the session */

  /* borrowed: of the models below the selection */
  GtkFilter *filter;
  GtkSingleSelection *selection;

  /* children */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *nothing;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (HrDesignList, hr_design_list, GTK_TYPE_WIDGET)

static void
hr_design_row_finalize (GObject *object)
{
  HrDesignRow *self = HR_DESIGN_ROW (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->end);
  G_OBJECT_CLASS (hr_design_row_parent_class)->finalize (object);
}

static void
hr_design_row_class_init (HrDesignRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_design_row_finalize;
}

static void
hr_design_row_init (HrDesignRow *self)
{
}

/* Takes @detail and @end. */
static void
take_row (GPtrArray *rows, const char *name, const char *title, char *detail, char *end)
{
  HrDesignRow *row = g_object_new (HR_TYPE_DESIGN_ROW, NULL);

  row->name = g_strdup (name);
  row->title = g_strdup (title);
  row->detail = detail;
  row->end = end;
  row->number = rows->len;
  g_ptr_array_add (rows, row);
}

static gboolean
is_same (gconstpointer first, gconstpointer second)
{
  const HrDesignRow *a = first, *b = second;

  return g_str_equal (a->name, b->name) && g_str_equal (a->title, b->title) && g_str_equal (a->detail, b->detail)
         && g_str_equal (a->end, b->end) && a->number == b->number;
}

static void
show_rows (HrDesignList *self, GPtrArray *rows)
{
  self->is_following = TRUE;
  hr_list_store_update (self->rows, rows, is_same);
  self->is_following = FALSE;
}

static char *
join_letters (const GPtrArray *patterns)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < patterns->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((const HrPattern *) g_ptr_array_index (patterns, i))->id);
  return g_string_free (text, FALSE);
}

void
hr_design_list_show_entities (HrDesignList *self, const HrTable *table, const GPtrArray *serving)
{
  const HrOutlineTotals *totals = hr_session_get_table_totals (self->session, table->name);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (HR_IS_DESIGN_LIST (self));

  g_free (self->table);
  self->table = g_strdup (table->name);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);
      guint number = hr_table_get_entity_number (table, entity);
      guint64 count = totals != NULL && number < HR_ENTITY_NONE ? totals->rows_of_entity[number] : 0;
      g_autofree char *text = hr_figure_number (count);

      take_row (rows, entity->name, entity->name, g_strdup_printf (ngettext_ ("%s item", "%s items", count), text),
                join_letters (g_ptr_array_index (serving, i)));
    }
  show_rows (self, rows);
}

void
hr_design_list_show_patterns (HrDesignList *self, const HrModel *model)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (HR_IS_DESIGN_LIST (self));

  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = g_ptr_array_index (model->patterns, i);
      char *cost = hr_session_describe_cost (self->session, pattern);

      take_row (rows, pattern->id, pattern->name, hr_pattern_describe_operation (pattern),
                cost != NULL ? cost : g_strdup ("–"));
    }
  show_rows (self, rows);
}

/* Lines */

static void
show_row (GtkWidget *line, const HrDesignRow *row)
{
  GtkWidget *mark = gtk_widget_get_first_child (line);
  GtkWidget *title = gtk_widget_get_next_sibling (mark);
  GtkWidget *detail = gtk_widget_get_next_sibling (title);
  GtkWidget *end = gtk_widget_get_next_sibling (detail);

  if (HR_IS_SWATCH (mark))
    hr_swatch_set_entity (HR_SWATCH (mark), row->number);
  else
    gtk_label_set_text (GTK_LABEL (mark), row->name);
  gtk_label_set_text (GTK_LABEL (title), row->title);
  gtk_label_set_text (GTK_LABEL (detail), row->detail);
  gtk_label_set_text (GTK_LABEL (end), row->end);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HrDesignList *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = hr_label_new ("", self->kind == HR_TARGET_ENTITY ? "heading" : NULL);
  GtkWidget *detail = hr_label_new ("", "hr-caption dim-label numeric");
  GtkWidget *end = hr_label_new ("", self->kind == HR_TARGET_ENTITY ? "hr-caption dim-label" : "numeric");

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (end), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (end), END_CHARS);
  gtk_label_set_xalign (GTK_LABEL (end), 1);
  gtk_widget_set_hexpand (end, TRUE);
  gtk_box_append (GTK_BOX (line), self->kind == HR_TARGET_ENTITY ? hr_swatch_new (HR_ENTITY_NONE, SWATCH_SIZE)
                                                                 : hr_look_new_keycap (""));
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), detail);
  gtk_box_append (GTK_BOX (line), end);
  gtk_widget_add_css_class (line, "hr-design-line");
  gtk_list_item_set_child (item, line);
}

static void
choose (HrDesignList *self, const char *name)
{
  if (self->kind == HR_TARGET_ENTITY)
    hr_session_select_entity (self->session, name);
  else
    hr_session_select_pattern (self->session, name);
}

static GMenuModel *
menu_cb (GtkWidget *widget, gpointer user_data)
{
  choose (user_data, g_object_get_data (G_OBJECT (widget), "hr-name"));
  return hr_menu_new_for_definition ();
}

/* The list's own widget around ours has the focus, and is what assistive tools stop at. */
static void
bind_place (HrDesignList *self, GtkWidget *place, const HrDesignRow *row)
{
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", row->title, row->detail, row->end);
  const HrTarget target = { self->kind, self->table, NULL, row->name };

  if (g_object_get_data (G_OBJECT (place), "hr-name") == NULL)
    hr_menu_attach (place, menu_cb, self);
  g_object_set_data_full (G_OBJECT (place), "hr-name", g_strdup (row->name), g_free);
  hr_drag_make_movable (place, &target);
  hr_a11y_set_label (place, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HrDesignList *self)
{
  GtkWidget *line = gtk_list_item_get_child (item);
  HrDesignRow *row = gtk_list_item_get_item (item);

  show_row (line, row);
  if (gtk_widget_get_parent (line) != NULL)
    bind_place (self, gtk_widget_get_parent (line), row);
}

/* Selecting */

static void
selected_cb (HrDesignList *self)
{
  HrDesignRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row != NULL && !self->is_following)
    choose (self, row->name);
}

static void
activate_cb (GtkListView *list, guint position, HrDesignList *self)
{
  g_autoptr (HrDesignRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  choose (self, row->name);
  if (self->kind == HR_TARGET_PATTERN)
    g_object_set (self->session, "view", "patterns", NULL);
}

void
hr_design_list_select (HrDesignList *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), found = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (HR_IS_DESIGN_LIST (self));

  for (guint i = 0; i < n && name != NULL && found == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr (HrDesignRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (strcmp (row->name, name) == 0)
        found = i;
    }
  if (found == gtk_single_selection_get_selected (self->selection))
    return;
  self->is_following = TRUE;
  gtk_single_selection_set_selected (self->selection, found);
  self->is_following = FALSE;
  if (found != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", found);
}

/* Filtering */

static gboolean
is_wanted_cb (gpointer item, gpointer user_data)
{
  const HrDesignRow *row = item;
  const HrDesignList *self = user_data;
  g_autofree char *title = NULL;

  if (*self->wanted == '\0')
    return TRUE;
  title = g_utf8_casefold (row->title, -1);
  return strstr (title, self->wanted) != NULL || g_ascii_strcasecmp (row->name, self->wanted) == 0;
}

static void
search_cb (GtkSearchEntry *entry, HrDesignList *self)
{
  g_free (self->wanted);
  self->wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (entry)), -1);
  self->is_following = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->is_following = FALSE;
  gtk_widget_set_visible (self->nothing, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0);
}

/* Tab would go over all lines; arrows do that. */
static gboolean
hr_design_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrDesignList *self = HR_DESIGN_LIST (widget);

  if (hr_widget_has_focus_inside (self->list))
    {
      if (direction == GTK_DIR_TAB_FORWARD)
        return FALSE;
      if (direction == GTK_DIR_TAB_BACKWARD)
        return gtk_widget_grab_focus (self->entry);
    }
  return GTK_WIDGET_CLASS (hr_design_list_parent_class)->focus (widget, direction);
}

static void
hr_design_list_dispose (GObject *object)
{
  HrDesignList *self = HR_DESIGN_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_design_list_parent_class)->dispose (object);
}

static void
hr_design_list_finalize (GObject *object)
{
  HrDesignList *self = HR_DESIGN_LIST (object);

  g_object_unref (self->rows);
  g_free (self->table);
  g_free (self->wanted);
  G_OBJECT_CLASS (hr_design_list_parent_class)->finalize (object);
}

static void
hr_design_list_class_init (HrDesignListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_design_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_design_list_finalize;
  GTK_WIDGET_CLASS (klass)->focus = hr_design_list_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "designlist");
}

static void
hr_design_list_init (HrDesignList *self)
{
  self->rows = g_list_store_new (HR_TYPE_DESIGN_ROW);
  self->wanted = g_strdup ("");
}

static void
make_list (HrDesignList *self, const char *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *found;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted_cb, self, NULL));
  found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)), self->filter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_widget_add_css_class (self->list, "hr-design-list");
  hr_a11y_set_label (self->list, label);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
}

GtkWidget *
hr_design_list_new (HrSession *session, HrTargetKind kind)
{
  HrDesignList *self = g_object_new (HR_TYPE_DESIGN_LIST, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *overlay = gtk_overlay_new ();
  const char *filter = kind == HR_TARGET_ENTITY ? _("Filter entities") : _("Filter patterns");

  self->session = g_object_ref (session);
  self->kind = kind;
  self->entry = gtk_search_entry_new ();
  make_list (self, kind == HR_TARGET_ENTITY ? _("Entities") : _("Access patterns"));
  self->nothing = hr_label_new (_("Nothing is called that."), "dim-label");
  gtk_widget_set_halign (self->nothing, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->nothing, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->nothing, FALSE);
  g_object_set (self->entry, "placeholder-text", filter, NULL);
  hr_a11y_set_label (self->entry, filter);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, -1, HEIGHT);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nothing);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), overlay);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
