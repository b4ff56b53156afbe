/*
 * Scrolling and zooming a pair: each side has a place of its own; whoever scrolls one moves the other after it, so that
 * what is linked is seen together.
 */
#include "app/ui/canvas/pair-canvas-private.h"

#define WHEEL_PX  60 /* of the layout, a click of the wheel */
#define MARGIN    12 /* beside what is scrolled to */
#define ZOOM_STEP 1.1
#define ZOOM_MIN  0.5
#define ZOOM_MAX  3.0

static void
scroll_side (HrPairCanvas *self, HrSide side, double y, gboolean holds_other)
{
  double max = MAX (0, hr_pair_layout_get_side_height (self->layout, side) - self->viewport.height);
  HrSide other = side == HR_SIDE_TABLE ? HR_SIDE_INDEX : HR_SIDE_TABLE;

  self->viewport.y[side] = CLAMP (y, MIN (0, self->viewport.y[side]), max);
  if (!holds_other)
    self->viewport.y[other] = hr_pair_layout_follow (self->layout, &self->viewport, side);
  hr_pair_canvas_invalidate (self);
}

static HrSide
find_side (HrPairCanvas *self, double x)
{
  HrRect rect;

  hr_pair_layout_get_side_rect (self->layout, HR_SIDE_INDEX, self->viewport.width, &rect);
  return x >= rect.x && x < rect.x + rect.width ? HR_SIDE_INDEX : HR_SIDE_TABLE;
}

/* Across, each side goes by itself; @x counts along the reading direction. */
static void
scroll_across (HrPairCanvas *self, HrSide side, double x)
{
  HrRect rect;

  hr_pair_layout_get_side_rect (self->layout, side, self->viewport.width, &rect);
  self->viewport.x[side] = CLAMP (x, 0, MAX (0, hr_pair_layout_get_side_width (self->layout, side) - rect.width));
}

void
hr_pair_canvas_zoom_about (HrPairCanvas *self, double y, double zoom)
{
  double before = hr_pair_canvas_get_scale (self);
  double header = HR_PAIR_HEADER_HEIGHT * before;

  self->zoom = zoom;
  y = MAX (0, y - header);
  for (guint i = 0; i < HR_N_SIDES; i++)
    self->viewport.y[i] += y / before - y / hr_pair_canvas_get_scale (self);
}

static void
zoom_by (HrPairCanvas *self, double factor)
{
  self->is_zooming = TRUE;
  g_object_set (self->session, "zoom", CLAMP (self->zoom * factor, ZOOM_MIN, ZOOM_MAX), NULL);
  self->is_zooming = FALSE;
}

/* Ctrl zooms, as on the table alone; Alt holds the other side where it is. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, HrPairCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  HrSide side;

  if (!hr_pair_canvas_prepare (self))
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      if (dy != 0)
        zoom_by (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    }
  side = find_side (self, self->pointer_x / hr_pair_canvas_get_scale (self));
  if (dx != 0)
    scroll_across (self, side, self->viewport.x[side] + (hr_pair_canvas_is_right_to_left (self) ? -dx : dx) * WHEEL_PX);
  if (dy != 0)
    scroll_side (self, side, self->viewport.y[side] + dy * WHEEL_PX, (state & GDK_ALT_MASK) != 0);
  else
    hr_pair_canvas_invalidate (self);
  return GDK_EVENT_STOP;
}

/* Texts scroll beside the key cell, from where the first column begins. */
static void
show_cell (HrPairCanvas *self, const HrHit *hit, const HrRect *rect)
{
  HrHit first = { HR_HIT_CELL, hit->partition, hit->row, 0, hit->side };
  double x = self->viewport.x[hit->side];
  HrRect place, sight;

  if (hit->kind != HR_HIT_CELL || !hr_pair_layout_get_rect (self->layout, &first, &place))
    return;
  hr_pair_layout_get_side_rect (self->layout, hit->side, self->viewport.width, &sight);
  if (rect->x - place.x < x)
    scroll_across (self, hit->side, rect->x - place.x);
  else if (rect->x + rect->width + MARGIN > x + sight.width)
    scroll_across (self, hit->side, MIN (rect->x - place.x, rect->x + rect->width + MARGIN - sight.width));
}

static void
show_row (HrPairCanvas *self, const HrHit *hit, const HrRect *rect)
{
  double y = self->viewport.y[hit->side];

  if (rect->y < y)
    scroll_side (self, hit->side, rect->y - rect->height, FALSE);
  else if (rect->y + rect->height > y + self->viewport.height)
    scroll_side (self, hit->side, rect->y + 2 * rect->height - self->viewport.height, FALSE);
}

void
hr_pair_canvas_show (HrPairCanvas *self, const HrHit *hit)
{
  HrSide other = hit->side == HR_SIDE_TABLE ? HR_SIDE_INDEX : HR_SIDE_TABLE;
  HrRect rect;

  hr_pair_canvas_size_viewport (self);
  if (!hr_pair_layout_get_rect (self->layout, hit, &rect))
    return;
  show_cell (self, hit, &rect);
  show_row (self, hit, &rect);
  self->viewport.y[other] = hr_pair_layout_follow_row (self->layout, &self->viewport, hit);
  hr_pair_canvas_invalidate (self);
}

/* The two begin side by side; when there are other rows then, or fewer, they stay within them. */
void
hr_pair_canvas_align (HrPairCanvas *self)
{
  double height = hr_pair_layout_get_side_height (self->layout, HR_SIDE_TABLE);
  double *y = self->viewport.y;

  hr_pair_canvas_size_viewport (self);
  y[HR_SIDE_TABLE] = CLAMP (y[HR_SIDE_TABLE], 0, MAX (0, height - self->viewport.height));
  y[HR_SIDE_INDEX] = self->is_aligned ? hr_pair_layout_follow (self->layout, &self->viewport, HR_SIDE_TABLE)
                                      : hr_pair_layout_align (self->layout, y[HR_SIDE_TABLE]);
  self->is_aligned = TRUE;
}

void
hr_pair_canvas_clamp_across (HrPairCanvas *self)
{
  for (guint i = 0; i < HR_N_SIDES; i++)
    scroll_across (self, (HrSide) i, self->viewport.x[i]);
}

void
hr_pair_canvas_add_scrolling (HrPairCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}
