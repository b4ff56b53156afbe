/*
 * The runs of the session, the latest first.
 *
 * The list is the session's own; which rows are selected says what is shown beside it: of one run nothing more than the
 * page around shows anyway, of two their comparison. A result that was given back is made anew when its run is chosen.
 */
#include "app/ui/pages/history-view.h"

#include <adwaita.h>

#include "app/ui/pages/compare-view.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"

#define SIDE_WIDTH 360
#define VALUES_CHARS 14

struct _HrHistoryView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;

  /* children */
  GtkWidget *stack;
  GtkWidget *list;
  GtkSelectionModel *selection;
  GtkWidget *side;
  GtkWidget *hint;
  GtkWidget *comparison;

  gboolean is_following; /* the selection is being taken from the session */
};

G_DEFINE_FINAL_TYPE (HrHistoryView, hr_history_view, GTK_TYPE_WIDGET)

/* Columns */

static char *
dup_read (HrRunRecord *record)
{
  return g_strdup_printf ("%.1f", hr_run_record_get_figures (record)->read_units);
}

static char *
dup_written (HrRunRecord *record)
{
  return g_strdup_printf ("%.1f", hr_run_record_get_figures (record)->write_units);
}

static char *
dup_ms (HrRunRecord *record)
{
  return g_strdup_printf ("%.2f", hr_run_record_get_figures (record)->ms);
}

static char *
dup_outcome (HrRunRecord *record)
{
  if (hr_run_record_is_kept (record))
    return g_strdup (_("kept"));
  switch (hr_run_record_get_figures (record)->status)
    {
    case HR_RUN_PASSED:
      return g_strdup (_("✓ passed"));
    case HR_RUN_FAILED:
      return g_strdup (_("✗ failed"));
    case HR_RUN_ERROR:
      return g_strdup (_("✗ error"));
    }
  return NULL;
}

typedef struct
{
  const char *title;
  char *(*dup_text) (HrRunRecord *record);
  gboolean is_number;
  gboolean has_room;  /* takes what is left */
  gboolean gives_way; /* to the comparison of two runs, which has it, too */
} Column;

static const Column columns[] = {
  { N_("Time"), hr_run_record_dup_time, FALSE, FALSE, FALSE },
  { N_("Pattern"), hr_run_record_dup_pattern, FALSE, FALSE, FALSE },
  { N_("Outcome"), dup_outcome, FALSE, FALSE, FALSE },
  { N_("Values"), hr_run_record_dup_values, FALSE, TRUE, FALSE },
  { N_("Items"), hr_run_record_dup_items, TRUE, FALSE, FALSE },
  { N_("Looked at"), hr_run_record_dup_scanned, TRUE, FALSE, TRUE },
  { "RCU", dup_read, TRUE, FALSE, TRUE },
  { "WCU", dup_written, TRUE, FALSE, TRUE },
  { "ms", dup_ms, TRUE, FALSE, TRUE },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *label = hr_label_new ("", column->is_number ? "numeric" : NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->is_number ? 1 : 0);
  if (column->has_room)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), VALUES_CHARS);
    }
  gtk_list_item_set_child (item, label);
  /* The row around it is: both would take a click with Ctrl, and what one selects the other would unselect. */
  gtk_list_item_set_selectable (item, FALSE);
}

/* The list's own widgets around the cells are what assistive tools stop at. */
static void
name_row (GtkWidget *cell, HrRunRecord *record)
{
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = columns[i].dup_text (record);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", _(columns[i].title), value);
    }
  if (row != NULL)
    hr_a11y_set_label (row, text->str);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  HrRunRecord *record = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = column->dup_text (record);

  gtk_label_set_text (GTK_LABEL (label), text);
  hr_tooltip_set (label, column->has_room && *text != '\0' ? text : NULL);
  if (column == &columns[0])
    name_row (gtk_widget_get_parent (label), record);
}

static void
add_column (HrHistoryView *self, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (_(column->title), factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  gtk_column_view_column_set_expand (view_column, column->has_room);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->list), view_column);
}

/* Selection */

static void
show_comparison (HrHistoryView *self, gboolean is_shown)
{
  GListModel *shown = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->list));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);

      gtk_column_view_column_set_visible (column, !is_shown || !columns[i].gives_way);
    }
  gtk_widget_set_visible (self->side, is_shown);
}

static void
show_hint (HrHistoryView *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->hint), text);
  hr_tooltip_set (self->hint, text);
}

static void
tell (HrHistoryView *self, const char *text)
{
  show_hint (self, text);
  show_comparison (self, FALSE);
}

static HrRunRecord *
get_selected (HrHistoryView *self, guint number)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr (HrRunRecord) record =
      g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, number));

  return record; /* the history holds it */
}

static void
show_one (HrHistoryView *self, HrRunRecord *record)
{
  g_autoptr (GError) error = NULL;

  tell (self, _("This result is shown. Select a second run as well, with Ctrl, to compare the two."));
  if (self->is_following || record == hr_session_get_shown_run (self->session))
    return;
  g_object_ref (record);
  if (!hr_session_show_run (self->session, record, &error))
    hr_toast (GTK_WIDGET (self), error->message);
  g_object_unref (record);
}

/* The older one comes first. */
static void
compare (HrHistoryView *self, HrRunRecord *later, HrRunRecord *earlier)
{
  if (hr_run_record_get_run (later) == NULL || hr_run_record_get_run (earlier) == NULL)
    {
      tell (self, _("The result of one of these runs is no longer in memory. Select it alone to run it again."));
      return;
    }
  hr_compare_view_set_runs (HR_COMPARE_VIEW (self->comparison), earlier, later);
  show_hint (self, _("The earlier run stands at the start, the later one beside it."));
  show_comparison (self, TRUE);
}

static void
selection_cb (HrHistoryView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  guint64 n = gtk_bitset_get_size (selected);

  if (n == 1)
    show_one (self, get_selected (self, 0));
  else if (n == 2)
    compare (self, get_selected (self, 0), get_selected (self, 1));
  else
    tell (self, n == 0 ? _("Select a run to show its result again, two to compare them.")
                       : _("Select two runs to compare them."));
}

/* A list keeps its place when something comes before it: the latest runs would go out of sight one by one. */
static void
show_selected (HrHistoryView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GtkWidget *rows = gtk_widget_get_first_child (self->list);

  while (rows != NULL && !GTK_IS_LIST_VIEW (rows))
    rows = gtk_widget_get_next_sibling (rows);
  if (rows != NULL && gtk_widget_get_mapped (rows) && !gtk_bitset_is_empty (selected))
    gtk_widget_activate_action (rows, "list.scroll-to-item", "u", gtk_bitset_get_minimum (selected));
}

/* What is shown is selected, unless two are being compared. */
static void
follow_session (HrHistoryView *self)
{
  HrRunRecord *shown = hr_session_get_shown_run (self->session);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "runs" : "none");
  if (gtk_bitset_get_size (selected) > 1)
    return;
  self->is_following = TRUE;
  if (shown == NULL)
    gtk_selection_model_unselect_all (self->selection);
  for (guint i = 0; shown != NULL && i < n; i++)
    {
      g_autoptr (HrRunRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (record == shown)
        gtk_selection_model_select_item (self->selection, i, TRUE);
    }
  self->is_following = FALSE;
  show_selected (self);
}

static gboolean
hr_history_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrHistoryView *self = HR_HISTORY_VIEW (widget);

  if (hr_widget_has_focus_inside (self->list) && direction == GTK_DIR_TAB_FORWARD)
    return gtk_widget_get_visible (self->side) && gtk_widget_child_focus (self->side, direction);
  if (hr_widget_has_focus_inside (self->list) && direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  return GTK_WIDGET_CLASS (hr_history_view_parent_class)->focus (widget, direction);
}

static void
hr_history_view_dispose (GObject *object)
{
  HrHistoryView *self = HR_HISTORY_VIEW (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_history_view_parent_class)->dispose (object);
}

static void
hr_history_view_class_init (HrHistoryViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_history_view_dispose;
  GTK_WIDGET_CLASS (klass)->focus = hr_history_view_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
hr_history_view_init (HrHistoryView *self)
{
}

static GtkWidget *
new_list (HrHistoryView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GListModel *history = hr_session_get_history (self->session);

  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (history)));
  self->list = gtk_column_view_new (self->selection);
  /* one line: where there is little height, one that breaks would take the width of all of it */
  self->hint = hr_label_new ("", "hr-caption dim-label hr-history-hint");
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->list, "hr-history");
  hr_a11y_set_label (self->list, _("History"));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "map", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->hint);
  return box;
}

/* There only while two runs are compared. */
static GtkWidget *
new_side (HrHistoryView *self)
{
  self->side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->comparison = hr_compare_view_new (self->session);
  gtk_widget_set_size_request (self->comparison, SIDE_WIDTH, -1);
  gtk_box_append (GTK_BOX (self->side), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->side), self->comparison);
  gtk_widget_set_hexpand (self->side, FALSE);
  return self->side;
}

GtkWidget *
hr_history_view_new (HrSession *session)
{
  HrHistoryView *self = g_object_new (HR_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *none = hr_text_label_new (_("What you run is listed here, to be looked at again and compared."),
                                       "dim-label hr-plan");

  self->session = g_object_ref (session);
  self->stack = gtk_stack_new ();
  gtk_label_set_yalign (GTK_LABEL (none), 0);
  gtk_box_append (GTK_BOX (box), new_list (self));
  gtk_box_append (GTK_BOX (box), new_side (self));
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), box, "runs");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  g_signal_connect_object (session, "run-changed", G_CALLBACK (follow_session), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (follow_session), self, G_CONNECT_SWAPPED);
  follow_session (self);
  selection_cb (self);
  return GTK_WIDGET (self);
}
