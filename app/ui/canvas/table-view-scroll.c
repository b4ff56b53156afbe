/*
 * Where the canvas looks: scrolling, what is brought into sight, and zoom.
 *
 * Adjustments are in px of the widget, the layout in its own. They count the same way from top to bottom;
 * across, the layout counts from the start edge and an adjustment from the left one.
 */
#include "app/ui/canvas/table-view-private.h"

#include <math.h>

#include "app/session/pattern-facts.h"

#define SCROLL_MARGIN 12
#define ROWS_ABOVE_ANSWER 3
#define TEXT_BARS_BELOW 0.6

static double
get_scroll_x (HrTableView *self)
{
  GtkAdjustment *adjustment = self->hadjustment;
  double value = gtk_adjustment_get_value (adjustment);

  if (!hr_table_view_is_right_to_left (self))
    return value;
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - value;
}

static void
set_scroll_x (HrTableView *self, double x)
{
  GtkAdjustment *adjustment = self->hadjustment;

  if (hr_table_view_is_right_to_left (self))
    x = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - x;
  gtk_adjustment_set_value (adjustment, x);
}

/* Rings are shown to who uses the keyboard. */
static gboolean
has_focus_ring (HrTableView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root));
}

void
hr_table_view_get_viewport (HrTableView *self, HrViewport *viewport)
{
  double scale = hr_table_view_get_scale (self);
  double header = hr_table_view_get_header_height (self);

  gboolean has_focus = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  *viewport = (HrViewport) {
    .x = get_scroll_x (self) / scale,
    .y = gtk_adjustment_get_value (self->vadjustment) / scale,
    .width = gtk_widget_get_width (GTK_WIDGET (self)) / scale,
    .height = MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - header) / scale,
    .hovered = self->hovered,
    .has_focus = has_focus,
    .rows = hr_session_get_selected_rows (self->session),
  };
  if (!self->is_cursor || (has_focus && has_focus_ring (self)))
    viewport->selected = self->selected;
}

static void
configure_adjustment (GtkAdjustment *adjustment, double value, double upper, double page)
{
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, MAX (0, upper - page)), 0, MAX (upper, page),
                            page * 0.1, page * 0.9, page);
}

void
hr_table_view_measure_table (HrTableView *self)
{
  gboolean has_layout = hr_table_view_ensure_look (self);

  if (!has_layout && hr_session_is_busy (self->session))
    return;
  self->full_width = has_layout ? hr_table_layout_get_width (self->layout) : 0;
  self->full_height = has_layout ? hr_table_layout_get_height (self->layout) : 0;
}

void
hr_table_view_configure (HrTableView *self)
{
  double scale = hr_table_view_get_scale (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - hr_table_view_get_header_height (self));
  double x = get_scroll_x (self);

  hr_table_view_measure_table (self);
  configure_adjustment (self->vadjustment, gtk_adjustment_get_value (self->vadjustment),
                        ceil (self->full_height * scale), height);
  configure_adjustment (self->hadjustment, gtk_adjustment_get_value (self->hadjustment),
                        ceil (self->full_width * scale), width);
  if (hr_table_view_is_right_to_left (self))
    set_scroll_x (self, x);
}

/* A run that read backwards found its first item last: that one goes to the end of the view. */
static gboolean
reads_backward (HrSession *session)
{
  const HrPattern *pattern = hr_session_get_pattern (session);
  const HrModel *model;
  g_autoptr (HrStepFacts) facts = NULL;

  if (pattern == NULL || pattern->steps->len == 0)
    return FALSE;
  model = hr_document_get_model (hr_session_get_document (session));
  facts = hr_step_facts_new (g_ptr_array_index (pattern->steps, 0), model);
  return facts->newest_first;
}

/* A run that only adds has no first item; the row that it added stands behind those of its partition. */
static void
prefer_added_row (HrTableView *self, HrMarks *marks, HrHit *target)
{
  HrHit added = { .kind = HR_HIT_ROW, .partition = target->partition };
  const HrMark *insertions;
  HrPartition partition;
  HrRect rect;

  if (target->kind != HR_HIT_PARTITION || marks == NULL || hr_marks_get_insertions (marks, &insertions) == 0
      || !hr_outline_get_partition (hr_session_get_outline (self->session), target->partition, &partition))
    return;
  added.row = partition.n_rows;
  if (hr_table_layout_get_rect (self->layout, &added, &rect))
    *target = added;
}

void
hr_table_view_scroll_to_answer (HrTableView *self)
{
  HrMarks *marks = hr_session_get_marks (self->session);
  double scale = hr_table_view_get_scale (self);
  double page = gtk_adjustment_get_page_size (self->vadjustment);
  HrHit target;
  HrRect rect;
  double y;

  self->answer_wanted = FALSE;
  if (!hr_table_view_ensure_look (self) || !hr_table_layout_find_answer (self->layout, &target))
    return;
  prefer_added_row (self, marks, &target);
  if (!hr_table_layout_get_rect (self->layout, &target, &rect))
    return;
  if (reads_backward (self->session))
    y = (rect.y + rect.height + SCROLL_MARGIN) * scale - page;
  else
    y = (rect.y - ROWS_ABOVE_ANSWER * rect.height) * scale;
  gtk_adjustment_set_value (self->vadjustment, y);
  self->answer_y = gtk_adjustment_get_value (self->vadjustment);
}

void
hr_table_view_show_answer (HrTableView *self)
{
  g_return_if_fail (HR_IS_TABLE_VIEW (self));

  self->answer_wanted = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scroll_adjustment_to (GtkAdjustment *adjustment, double start, double end, double margin)
{
  gtk_adjustment_clamp_page (adjustment, start - margin, end + margin);
}

void
hr_table_view_scroll_to (HrTableView *self, const HrHit *target)
{
  double scale = hr_table_view_get_scale (self);
  HrHit first = *target;
  double x, page;
  HrRect rect, place;

  g_return_if_fail (HR_IS_TABLE_VIEW (self));

  if (!hr_table_view_ensure_look (self) || !hr_table_layout_get_rect (self->layout, target, &rect))
    return;
  hr_table_view_configure (self);
  /* The header of the run above stays with the row. */
  scroll_adjustment_to (self->vadjustment, rect.y * scale, (rect.y + rect.height) * scale,
                        (rect.height + SCROLL_MARGIN) * scale);
  if (target->kind != HR_HIT_CELL)
    return;

  /* texts scroll beside the key cell, from where the first column begins */
  first.column = 0;
  if (!hr_table_layout_get_rect (self->layout, &first, &place))
    place = rect;
  x = get_scroll_x (self);
  page = gtk_adjustment_get_page_size (self->hadjustment);
  if ((rect.x - place.x) * scale < x)
    x = (rect.x - place.x) * scale;
  else if ((rect.x + rect.width) * scale > x + page)
    x = MIN ((rect.x - place.x) * scale, (rect.x + rect.width + SCROLL_MARGIN) * scale - page);
  set_scroll_x (self, x);
}

void
hr_table_view_center_on (HrTableView *self, double y)
{
  double page = gtk_adjustment_get_page_size (self->vadjustment);

  gtk_adjustment_set_value (self->vadjustment, y * hr_table_view_get_scale (self) - page / 2);
}

void
hr_table_view_zoom_about (HrTableView *self, double x, double y, double zoom)
{
  double above = MAX (0, y - hr_table_view_get_header_height (self));
  double factor = zoom / self->zoom;
  double top = gtk_adjustment_get_value (self->vadjustment);
  double left = get_scroll_x (self);

  if (hr_table_view_is_right_to_left (self))
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x;
  if ((self->zoom < TEXT_BARS_BELOW) != (zoom < TEXT_BARS_BELOW))
    self->has_look = FALSE;
  self->zoom = zoom;
  hr_table_view_configure (self);
  gtk_adjustment_set_value (self->vadjustment, (top + above) * factor - above);
  set_scroll_x (self, (left + x) * factor - x);
  hr_table_view_invalidate_scene (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "layout-changed");
}
