/*
 * Plan and result of a run, side by side.
 *
 * The figures come from the marks on the canvas, so that both say the same at every stage. Of very long results
 * the list shows the first rows, says so, and shows more when it is asked.
 */
#include "app/ui/pages/plan-view.h"

#include <adwaita.h>
#include <string.h>

#include "app/session/figures.h"
#include "app/session/run-results.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/color-bar.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#define ROWS_STEP 10000 /* results that are listed at first, and then with each wish for more */
#define BAR_WIDTH_MIN 60
#define BAR_WIDTH 150

typedef struct
{
  GtkWidget *name;
  GtkWidget *bar;
  GtkWidget *count;
  GtkWidget *note;
} FunnelRow;

#define N_FUNNEL_ROWS 4

struct _HrPlanView
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  GtkSliceListModel *shown; /* the results up to the stage */

  /* children */
  GtkWidget *box;
  GtkWidget *plan;
  GtkWidget *hint;
  GtkWidget *order;
  GtkWidget *more;
  GtkWidget *list;
  GtkSingleSelection *selection;
  FunnelRow rows[N_FUNNEL_ROWS];

  guint max_rows;        /* that are listed */
  HrRunRecord *listed;   /* whose they are, to be compared with only */
};

G_DEFINE_FINAL_TYPE (HrPlanView, hr_plan_view, GTK_TYPE_WIDGET)

typedef struct
{
  const char *name;
  guint64 count;
  char *note;        /* owned */
  gboolean is_later; /* a stage that is still to come tells it */
} FunnelFact;

/* What comes later keeps its place, so that the layout stays still. */
static void
set_funnel_row (FunnelRow *row, const FunnelFact *fact, guint64 whole)
{
  GtkWidget *const widgets[] = { row->name, row->bar, row->count, row->note };
  g_autofree char *count = fact->name != NULL ? hr_figure_number (fact->count) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      gtk_widget_set_visible (widgets[i], fact->name != NULL);
      gtk_widget_set_opacity (widgets[i], fact->is_later ? 0 : 1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (widgets[i]), GTK_ACCESSIBLE_STATE_HIDDEN, fact->is_later,
                                   -1);
    }
  if (fact->name == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (row->name), fact->name);
  gtk_label_set_text (GTK_LABEL (row->count), count);
  gtk_label_set_text (GTK_LABEL (row->note), fact->note != NULL ? fact->note : "");
  hr_color_bar_set_fraction (HR_COLOR_BAR (row->bar), whole > 0 ? fact->count / (double) whole : 0);
}

static char *
describe_partitions (guint64 n)
{
  g_autofree char *number = hr_figure_number (n);

  return g_strdup_printf (ngettext_ ("%s partition", "%s partitions", n), number);
}

static char *
describe_dropped (guint64 n)
{
  g_autofree char *number = hr_figure_number (n);

  if (n == 0)
    return g_strdup (_("nothing dropped"));
  return g_strdup_printf (_("%s dropped, still paid"), number);
}

/* What is shown on the canvas is the table, or one of its indexes. */
static void
list_whole (const HrPlanFigures *figures, const char *index, FunnelFact *facts)
{
  facts[0] = (FunnelFact) { .name = index != NULL ? _("Index") : _("Table"), .count = figures->table_rows };
  facts[0].note = describe_partitions (figures->table_partitions);
}

/* What reads alone has the whole funnel. A Scan has no partition and no range. */
static void
list_read_facts (const HrPlanFigures *figures, gboolean is_scan, FunnelFact *facts)
{
  g_autofree char *read = hr_figure_number (figures->read_partitions);
  g_autofree char *all = hr_figure_number (figures->table_partitions);

  if (!is_scan)
    facts[1] = (FunnelFact) { .name = _("Partition"), .count = figures->partition_rows };
  facts[1].note = g_strdup_printf (_("%s of %s"), read, all);
  facts[2] = (FunnelFact) { .name = is_scan ? _("Scan") : _("Key range"), .count = figures->range_rows };
  facts[2].note = g_strdup (_("read and paid for"));
  facts[3] = (FunnelFact) { .name = _("Filter"), .count = figures->returned_rows };
  facts[3].note = describe_dropped (MAX (figures->range_rows, figures->returned_rows) - figures->returned_rows);
}

static void
count_writes (const HrTrace *trace, guint *n_items, guint *n_entries)
{
  *n_items = *n_entries = 0;
  for (guint i = 0; trace != NULL && i < hr_trace_get_count (trace); i++)
    {
      const HrTraceEvent *event = hr_trace_get (trace, i);

      if (event->kind == HR_TRACE_WRITE && event->index == NULL)
        ++*n_items;
      else if (event->kind == HR_TRACE_WRITE)
        ++*n_entries;
    }
}

/* What writes: how much of the table it touched on its way there. */
static void
list_write_facts (const HrPlanFigures *figures, const HrPatternRun *run, FunnelFact *facts)
{
  g_autofree char *read = hr_figure_number (figures->read_partitions);
  g_autofree char *all = hr_figure_number (figures->table_partitions);
  guint n_items, n_entries;

  count_writes (run->trace, &n_items, &n_entries);
  facts[1] = (FunnelFact) { .name = _("Partition"), .count = figures->partition_rows };
  facts[1].note = g_strdup_printf (_("%s of %s"), read, all);
  if (run->scanned > 0)
    facts[2] = (FunnelFact) { .name = _("Read"), .count = run->scanned };
  facts[2].note = g_strdup (_("looked at first"));
  facts[3] = (FunnelFact) { .name = _("Written"), .count = n_items };
  if (n_entries > 0)
    facts[3].note =
        g_strdup_printf (ngettext_ ("and %u index entry", "and %u index entries", n_entries), n_entries);
  else
    facts[3].note = g_strdup (_("no index entries"));
}

/* While somebody steps through the run: what has been told so far. Stages: question, partition, range,
 * requests, … The last fact is what came of all requests. */
static void
hide_later_facts (HrPlanView *self, HrMarks *marks, FunnelFact *facts)
{
  guint stage = hr_session_get_run_stage (self->session);

  for (guint i = MAX (stage, 1); stage > 0 && i < N_FUNNEL_ROWS; i++)
    facts[i].is_later = TRUE;
  if (stage > 0 && marks != NULL && !hr_marks_has_told_outcome (marks))
    facts[N_FUNNEL_ROWS - 1].is_later = TRUE;
}

static void
show_funnel (HrPlanView *self, const HrPlanFigures *figures)
{
  FunnelFact facts[N_FUNNEL_ROWS] = { 0 };
  HrMarks *marks = hr_session_get_marks (self->session);
  const HrPatternRun *run = hr_session_get_run (self->session);

  if (figures != NULL)
    list_whole (figures, hr_session_get_index (self->session), facts);
  if (figures != NULL && run->write_units > 0)
    list_write_facts (figures, run, facts);
  else if (figures != NULL)
    list_read_facts (figures, marks != NULL && hr_marks_is_scan (marks), facts);
  hide_later_facts (self, marks, facts);
  for (guint i = 0; i < N_FUNNEL_ROWS; i++)
    {
      set_funnel_row (&self->rows[i], &facts[i], figures != NULL ? figures->table_rows : 0);
      g_free (facts[i].note);
    }
}

static guint64
count_units (gsize size_bytes)
{
  return (size_bytes + HR_UNIT_READ_BYTES - 1) / HR_UNIT_READ_BYTES;
}

/* All pages but the last one gave a key to go on from: nothing was left to read, and one page has room for it. */
static gboolean
fits_one_page (HrMarks *marks, const HrPartitionMark *mark)
{
  const HrPageLine *const *lines;

  return hr_marks_get_page_lines (marks, &lines) == mark->n_pages - 1 && mark->size_bytes < HR_LIMIT_PAGE_BYTES;
}

/* Each page is rounded up on its own: fewer pages may cost less. A page that is just full is followed by another one,
 * which finds that there is nothing more; so there has to be room for one more item. */
static char *
dup_page_hint (HrPlanView *self)
{
  HrMarks *marks = hr_session_get_marks (self->session);
  const HrPartitionMark *mark = marks != NULL ? hr_marks_get_nth_partition (marks, 0) : NULL;
  g_autofree char *size = NULL;
  g_autofree char *units = NULL;
  double unit, at_once;

  if (mark == NULL || mark->n_pages < 2 || mark->page_units <= 0 || mark->n_read == 0
      || hr_marks_get_nth_partition (marks, 1) != NULL || !fits_one_page (marks, mark))
    return NULL;
  unit = mark->page_units / count_units ((mark->size_bytes - 1) / mark->n_pages + 1) >= 1 ? 1 : 0.5;
  at_once = count_units (mark->size_bytes) * unit;
  if (at_once >= mark->read_units)
    return NULL;
  size = hr_figure_number (mark->n_read + 1);
  units = hr_figure_units (at_once, "RCU");
  return g_strdup_printf (_("Each page rounds up. Page size %s would cost %s."), size, units);
}

static void
show_order (HrPlanView *self, const HrPatternRun *run, guint n_rows)
{
  HrMarks *marks = hr_session_get_marks (self->session);
  const HrPartitionMark *mark = marks != NULL ? hr_marks_get_nth_partition (marks, 0) : NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (run == NULL)
    text = g_strdup (_("Press F5 to see what the pattern reads."));
  else if (run->status != HR_RUN_ERROR && n_rows == 0)
    text = g_strdup (_("nothing came back"));
  else if (run->count > n_rows && n_rows == self->max_rows)
    {
      g_autofree char *shown = hr_figure_number (n_rows);

      count = hr_figure_number (run->count);
      text = g_strdup_printf (_("the first %s of %s"), shown, count);
    }
  else if (marks != NULL && hr_marks_is_scan (marks))
    text = g_strdup (_("in the order of the Scan"));
  else if (mark != NULL && mark->has_range && n_rows > 1)
    text = g_strdup (mark->backward ? _("from the end of the sort key") : _("in the order of the sort key"));
  gtk_label_set_text (GTK_LABEL (self->order), text);
  gtk_widget_set_visible (self->more, count != NULL);
}

static gboolean
is_told (HrMarks *marks, HrResultRow *row)
{
  const HrValue *key = hr_result_row_get_key (row);
  HrMark mark;

  if (key == NULL)
    return FALSE;
  hr_marks_get_item (marks, key, &mark);
  return mark.state != HR_MARK_NOT_READ && mark.state != HR_MARK_READ;
}

/* How many results the stage has come to. */
static guint
count_told (HrPlanView *self)
{
  HrMarks *marks = hr_session_get_marks (self->session);
  GListModel *rows = gtk_slice_list_model_get_model (self->shown);
  guint stage = hr_session_get_run_stage (self->session);
  guint n = 0;

  if (stage == 0 || rows == NULL || marks == NULL || stage >= hr_marks_get_n_stages (marks))
    return G_MAXUINT;
  while (n < g_list_model_get_n_items (rows))
    {
      g_autoptr (HrResultRow) row = g_list_model_get_item (rows, n);

      if (!is_told (marks, row))
        break;
      n++;
    }
  return n;
}

/* Another run, or one that is begun again, begins with the first rows. */
static gboolean
is_listed (HrPlanView *self)
{
  return gtk_slice_list_model_get_model (self->shown) != NULL && hr_session_get_run_stage (self->session) != 1
         && hr_session_get_shown_run (self->session) == self->listed;
}

static void
list_results (HrPlanView *self, const HrPatternRun *run)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (self->session));
  g_autoptr (GListStore) rows = hr_run_results_new (run, model, self->max_rows);

  self->listed = hr_session_get_shown_run (self->session);
  gtk_slice_list_model_set_model (self->shown, G_LIST_MODEL (rows));
}

static void
show_results (HrPlanView *self, const HrPatternRun *run)
{
  guint n_rows = 0;

  if (run == NULL)
    gtk_slice_list_model_set_model (self->shown, NULL);
  else if (!is_listed (self))
    {
      self->max_rows = ROWS_STEP;
      list_results (self, run);
    }
  if (run != NULL)
    n_rows = g_list_model_get_n_items (gtk_slice_list_model_get_model (self->shown));
  gtk_slice_list_model_set_size (self->shown, count_told (self));
  show_order (self, run, n_rows);
}

static void
more_cb (HrPlanView *self)
{
  const HrPatternRun *run = hr_session_get_run (self->session);

  if (run == NULL)
    return;
  self->max_rows += ROWS_STEP;
  list_results (self, run);
  show_order (self, run, g_list_model_get_n_items (gtk_slice_list_model_get_model (self->shown)));
}

void
hr_plan_view_update (HrPlanView *self, const HrPlanFigures *figures)
{
  const HrPatternRun *run = hr_session_get_run (self->session);
  g_autofree char *hint = NULL;

  g_return_if_fail (HR_IS_PLAN_VIEW (self));

  if (run != NULL && run->status == HR_RUN_ERROR)
    {
      figures = NULL;
      hint = g_strdup (run->message);
    }
  else if (run != NULL && hr_session_get_run_stage (self->session) == 0)
    hint = run->mismatches->len > 0 ? hr_run_describe_mismatches (run) : dup_page_hint (self);
  show_funnel (self, run != NULL ? figures : NULL);
  gtk_label_set_text (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (gtk_widget_get_parent (self->hint), hint != NULL);
  gtk_widget_set_visible (self->plan, run != NULL);
  show_results (self, run);
}

/* Shows the item, and before that the table that it is in. */
static void
selected_cb (HrPlanView *self)
{
  HrResultRow *selected = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (HrResultRow) row = selected != NULL ? g_object_ref (selected) : NULL;
  const HrValue *key = row != NULL ? hr_result_row_get_key (row) : NULL;
  const HrTable *table = hr_session_get_table (self->session);

  if (key == NULL)
    return;
  if (table == NULL || strcmp (table->name, hr_result_row_get_table (row)) != 0)
    hr_session_show_table (self->session, hr_result_row_get_table (row), NULL);
  hr_session_select_item (self->session, key, 0);
}

typedef struct
{
  GtkWidget *number;
  GtkWidget *key;
  GtkWidget *icon; /* of an entry of an index */
  GtkWidget *text;
} RowWidgets;

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  RowWidgets *widgets = g_new (RowWidgets, 1);

  *widgets = (RowWidgets) { hr_label_new ("", "dim-label numeric hr-result-number"),
                           hr_label_new ("", "hr-mono"), hr_icon_new ("hr-index-symbolic"),
                           hr_label_new ("", NULL) };
  gtk_label_set_ellipsize (GTK_LABEL (widgets->key), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (widgets->key), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (widgets->key), 26);
  gtk_label_set_ellipsize (GTK_LABEL (widgets->text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (widgets->text, TRUE);
  gtk_box_append (GTK_BOX (line), widgets->number);
  gtk_box_append (GTK_BOX (line), widgets->key);
  gtk_box_append (GTK_BOX (line), widgets->icon);
  gtk_box_append (GTK_BOX (line), widgets->text);
  g_object_set_data_full (G_OBJECT (item), "hr-widgets", widgets, g_free);
  gtk_list_item_set_child (item, line);
}

static char *
dup_number (HrResultRow *row)
{
  static const char *const signs[] = {
    [HR_RESULT_RETURNED] = "", [HR_RESULT_INSERTED] = "+", [HR_RESULT_REPLACED] = "~", [HR_RESULT_DELETED] = "−"
  };
  HrResultKind kind = hr_result_row_get_kind (row);

  if (kind == HR_RESULT_RETURNED)
    return hr_figure_number (hr_result_row_get_number (row));
  return g_strdup (signs[kind]);
}

static const char *
describe_kind (HrResultKind kind)
{
  switch (kind)
    {
    case HR_RESULT_RETURNED:
      return NULL;
    case HR_RESULT_INSERTED:
      return _("added");
    case HR_RESULT_REPLACED:
      return _("replaced");
    case HR_RESULT_DELETED:
      return _("removed");
    }
  return NULL;
}

/* The list's own widget around ours is what assistive tools stop at. */
static void
name_row (GtkWidget *row_widget, HrResultRow *row, const char *number)
{
  const char *kind = describe_kind (hr_result_row_get_kind (row));
  const char *index = hr_result_row_get_index (row);
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", kind != NULL ? kind : number,
                                            hr_result_row_get_key_text (row),
                                            index != NULL ? index : hr_result_row_get_text (row));

  if (row_widget != NULL)
    hr_a11y_set_label (row_widget, label);
}

/* Of an entry the index says more than what it copies. */
static void
show_row_text (RowWidgets *widgets, HrResultRow *row)
{
  const char *index = hr_result_row_get_index (row);

  gtk_label_set_text (GTK_LABEL (widgets->text), index != NULL ? index : hr_result_row_get_text (row));
  gtk_widget_set_visible (widgets->icon, index != NULL);
  if (index != NULL)
    gtk_widget_add_css_class (widgets->text, "dim-label");
  else
    gtk_widget_remove_css_class (widgets->text, "dim-label");
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  HrResultRow *row = gtk_list_item_get_item (item);
  RowWidgets *widgets = g_object_get_data (G_OBJECT (item), "hr-widgets");
  GtkWidget *line = gtk_list_item_get_child (item);
  g_autofree char *number = dup_number (row);

  gtk_label_set_text (GTK_LABEL (widgets->number), number);
  hr_tooltip_set (widgets->number, describe_kind (hr_result_row_get_kind (row)));
  gtk_label_set_text (GTK_LABEL (widgets->key), hr_result_row_get_key_text (row));
  show_row_text (widgets, row);
  name_row (gtk_widget_get_parent (line), row, number);
  if (hr_result_row_starts_page (row))
    gtk_widget_add_css_class (line, "hr-page-start");
  else
    gtk_widget_remove_css_class (line, "hr-page-start");
}

static gboolean
hr_plan_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HrPlanView *self = HR_PLAN_VIEW (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && hr_widget_has_focus_inside (self->list))
    return FALSE;
  return GTK_WIDGET_CLASS (hr_plan_view_parent_class)->focus (widget, direction);
}

static void
hr_plan_view_dispose (GObject *object)
{
  HrPlanView *self = HR_PLAN_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_plan_view_parent_class)->dispose (object);
}

static void
hr_plan_view_class_init (HrPlanViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_plan_view_dispose;
  GTK_WIDGET_CLASS (klass)->focus = hr_plan_view_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_funnel (HrPlanView *self)
{
  static const HrColor colors[N_FUNNEL_ROWS] = { HR_COLOR_BAR_1, HR_COLOR_BAR_2, HR_COLOR_BAR_3,
                                                 HR_COLOR_BAR_4 };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  for (int i = 0; i < N_FUNNEL_ROWS; i++)
    {
      FunnelRow *row = &self->rows[i];

      row->name = hr_label_new ("", NULL);
      row->bar = hr_color_bar_new (colors[i], HR_COLOR_BAR_TRACK, 3, BAR_WIDTH);
      row->count = hr_label_new ("", "heading numeric");
      row->note = hr_label_new ("", "hr-caption dim-label");
      gtk_widget_set_size_request (row->bar, BAR_WIDTH_MIN, 18);
      gtk_widget_set_hexpand (row->bar, TRUE);
      gtk_widget_set_valign (row->bar, GTK_ALIGN_CENTER);
      gtk_label_set_xalign (GTK_LABEL (row->count), 1);
      gtk_grid_attach (GTK_GRID (grid), row->name, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), row->bar, 1, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), row->count, 2, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), row->note, 3, i, 1, 1);
    }
  return grid;
}

static GtkWidget *
new_plan (HrPlanView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *plan = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *hint = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->hint = hr_text_label_new ("", "hr-caption");
  gtk_box_append (GTK_BOX (hint), hr_icon_new ("hr-note-symbolic"));
  gtk_box_append (GTK_BOX (hint), self->hint);
  gtk_widget_set_visible (hint, FALSE);
  gtk_box_append (GTK_BOX (plan), hr_label_new (_("Plan"), "hr-caption heading"));
  gtk_box_append (GTK_BOX (plan), new_funnel (self));
  gtk_box_append (GTK_BOX (plan), hint);
  gtk_widget_add_css_class (plan, "hr-plan");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), plan);
  gtk_widget_set_hexpand (scroller, FALSE);
  hr_a11y_set_label (scroller, _("Plan"));
  return scroller;
}

static GtkWidget *
new_result (HrPlanView *self)
{
  GtkWidget *result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->shown = gtk_slice_list_model_new (NULL, 0, G_MAXUINT);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_widget_add_css_class (self->list, "hr-results");
  hr_a11y_set_label (self->list, _("Result"));

  self->order = hr_label_new ("", "hr-caption dim-label");
  gtk_box_append (GTK_BOX (heading), hr_label_new (_("Result"), "hr-caption heading"));
  self->more = gtk_button_new_with_label (_("Show more"));
  gtk_widget_add_css_class (self->more, "hr-pill-button");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (heading), self->order);
  gtk_box_append (GTK_BOX (heading), self->more);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_box_append (GTK_BOX (result), heading);
  gtk_box_append (GTK_BOX (result), scroller);
  gtk_widget_set_hexpand (result, TRUE);
  gtk_widget_add_css_class (result, "hr-plan");
  return result;
}

static void
hr_plan_view_init (HrPlanView *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->plan = new_plan (self);
  g_object_bind_property (self->plan, "visible", separator, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (self->box), self->plan);
  gtk_box_append (GTK_BOX (self->box), separator);
  gtk_box_append (GTK_BOX (self->box), new_result (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
hr_plan_view_new (HrSession *session)
{
  HrPlanView *self = g_object_new (HR_TYPE_PLAN_VIEW, NULL);

  self->session = g_object_ref (session);
  hr_plan_view_update (self, NULL);
  return GTK_WIDGET (self);
}
