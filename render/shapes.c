/*
 * Outlines of shapes, icons, boxes and hatching, drawn in a unit square and scaled to their place.
 */

#include "render/shapes.h"

#include <math.h>

#define HATCH_STEP 6.0

static void
trace_polygon (cairo_t *cr, const HrRect *rect, const double *points, guint count, gboolean is_closed)
{
  for (guint i = 0; i < count; i++)
    {
      double x = rect->x + points[2 * i] * rect->width;
      double y = rect->y + points[2 * i + 1] * rect->height;

      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
  if (is_closed)
    cairo_close_path (cr);
}

static void
trace_circle (cairo_t *cr, const HrRect *rect, double inset)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, rect->x + rect->width / 2, rect->y + rect->height / 2, rect->width / 2 - inset, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* A regular polygon with a corner on top. */
static void
trace_pentagon (cairo_t *cr, const HrRect *rect)
{
  double points[10];

  for (guint i = 0; i < 5; i++)
    {
      points[2 * i] = 0.5 + 0.52 * sin (i * 2 * G_PI / 5);
      points[2 * i + 1] = 0.53 - 0.52 * cos (i * 2 * G_PI / 5);
    }
  trace_polygon (cr, rect, points, 5, TRUE);
}

void
hr_shape_trace (cairo_t *cr, HrShape shape, const HrRect *rect, HrPathLook *look)
{
  static const double square[] = { 0.08, 0.08, 0.92, 0.08, 0.92, 0.92, 0.08, 0.92 };
  static const double triangle[] = { 0.5, 0.04, 1, 0.94, 0, 0.94 };
  static const double diamond[] = { 0.5, -0.04, 1.04, 0.5, 0.5, 1.04, -0.04, 0.5 };
  static const double cross[] = { 0.34, 0,    0.66, 0,    0.66, 0.34, 1, 0.34, 1, 0.66, 0.66, 0.66,
                                  0.66, 1,    0.34, 1,    0.34, 0.66, 0, 0.66, 0, 0.34, 0.34, 0.34 };
  static const double flat[] = { 0.05, 0.2, 0.95, 0.2, 0.95, 0.8, 0.05, 0.8 };

  *look = (HrPathLook) { .is_stroked = shape == HR_SHAPE_RING || shape == HR_SHAPE_DASHED,
                         .width = rect->width * (shape == HR_SHAPE_RING ? 0.22 : 0.13),
                         .dash = shape == HR_SHAPE_DASHED ? rect->width * 0.2 : 0 };
  switch (shape)
    {
    case HR_SHAPE_CIRCLE:
      trace_circle (cr, rect, 0);
      break;
    case HR_SHAPE_RING:
      trace_circle (cr, rect, look->width / 2);
      break;
    case HR_SHAPE_SQUARE:
      trace_polygon (cr, rect, square, 4, TRUE);
      break;
    case HR_SHAPE_TRIANGLE:
      trace_polygon (cr, rect, triangle, 3, TRUE);
      break;
    case HR_SHAPE_DIAMOND:
      trace_polygon (cr, rect, diamond, 4, TRUE);
      break;
    case HR_SHAPE_PENTAGON:
      trace_pentagon (cr, rect);
      break;
    case HR_SHAPE_CROSS:
      trace_polygon (cr, rect, cross, 12, TRUE);
      break;
    case HR_SHAPE_DASHED:
      trace_polygon (cr, rect, flat, 4, TRUE);
      break;
    case HR_N_SHAPES:
      break;
    }
}

static void
trace_funnel (cairo_t *cr, const HrRect *rect)
{
  static const double top[] = { 0.08, 0.25, 0.92, 0.25 };
  static const double middle[] = { 0.24, 0.52, 0.76, 0.52 };
  static const double bottom[] = { 0.4, 0.79, 0.6, 0.79 };

  trace_polygon (cr, rect, top, 2, FALSE);
  trace_polygon (cr, rect, middle, 2, FALSE);
  trace_polygon (cr, rect, bottom, 2, FALSE);
}

static void
trace_warning (cairo_t *cr, const HrRect *rect)
{
  static const double outline[] = { 0.5, 0.1, 0.95, 0.88, 0.05, 0.88 };
  static const double stem[] = { 0.5, 0.4, 0.5, 0.62 };
  static const double point[] = { 0.5, 0.74, 0.5, 0.76 };

  trace_polygon (cr, rect, outline, 3, TRUE);
  trace_polygon (cr, rect, stem, 2, FALSE);
  trace_polygon (cr, rect, point, 2, FALSE);
}

static void
trace_key (cairo_t *cr, const HrRect *rect)
{
  static const double shaft[] = { 0.46, 0.5, 0.96, 0.5 };
  static const double teeth[] = { 0.74, 0.5, 0.74, 0.68 };
  static const double end[] = { 0.92, 0.5, 0.92, 0.7 };

  cairo_new_sub_path (cr);
  cairo_arc (cr, rect->x + 0.25 * rect->width, rect->y + 0.5 * rect->height, 0.2 * rect->width, 0, 2 * G_PI);
  cairo_close_path (cr);
  trace_polygon (cr, rect, shaft, 2, FALSE);
  trace_polygon (cr, rect, teeth, 2, FALSE);
  trace_polygon (cr, rect, end, 2, FALSE);
}

static void
trace_table (cairo_t *cr, const HrRect *rect)
{
  static const double frame[] = { 0.08, 0.14, 0.92, 0.14, 0.92, 0.86, 0.08, 0.86 };
  static const double rows[][4] = { { 0.08, 0.36, 0.92, 0.36 }, { 0.08, 0.61, 0.92, 0.61 } };
  static const double column[] = { 0.36, 0.14, 0.36, 0.86 };

  trace_polygon (cr, rect, frame, 4, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    trace_polygon (cr, rect, rows[i], 2, FALSE);
  trace_polygon (cr, rect, column, 2, FALSE);
}

/* One arrow down, one up: put into another order. */
static void
trace_index (cairo_t *cr, const HrRect *rect)
{
  static const double down[] = { 0.28, 0.1, 0.28, 0.88 };
  static const double down_head[] = { 0.06, 0.66, 0.28, 0.88, 0.5, 0.66 };
  static const double up[] = { 0.72, 0.9, 0.72, 0.12 };
  static const double up_head[] = { 0.5, 0.34, 0.72, 0.12, 0.94, 0.34 };

  trace_polygon (cr, rect, down, 2, FALSE);
  trace_polygon (cr, rect, down_head, 3, FALSE);
  trace_polygon (cr, rect, up, 2, FALSE);
  trace_polygon (cr, rect, up_head, 3, FALSE);
}

void
hr_icon_trace (cairo_t *cr, HrIcon icon, const HrRect *rect, HrPathLook *look)
{
  static const double check[] = { 0.12, 0.54, 0.38, 0.82, 0.9, 0.2 };
  static const double plus_h[] = { 0.1, 0.5, 0.9, 0.5 };
  static const double plus_v[] = { 0.5, 0.1, 0.5, 0.9 };
  static const double cross_a[] = { 0.18, 0.18, 0.82, 0.82 };
  static const double cross_b[] = { 0.82, 0.18, 0.18, 0.82 };
  static const double up[] = { 0.15, 0.68, 0.5, 0.3, 0.85, 0.68 };
  static const double down[] = { 0.15, 0.32, 0.5, 0.7, 0.85, 0.32 };
  static const double slash[] = { 0.22, 0.22, 0.78, 0.78 };
  static const double pencil[] = { 0.14, 0.86, 0.2, 0.62, 0.7, 0.12, 0.88, 0.3, 0.38, 0.8 };

  *look = (HrPathLook) { .is_stroked = TRUE, .width = rect->width * 0.13 };
  switch (icon)
    {
    case HR_ICON_CHECK:
      trace_polygon (cr, rect, check, 3, FALSE);
      break;
    case HR_ICON_FUNNEL:
      trace_funnel (cr, rect);
      break;
    case HR_ICON_WARNING:
      trace_warning (cr, rect);
      break;
    case HR_ICON_KEY:
      trace_key (cr, rect);
      break;
    case HR_ICON_PLUS:
      trace_polygon (cr, rect, plus_h, 2, FALSE);
      trace_polygon (cr, rect, plus_v, 2, FALSE);
      break;
    case HR_ICON_CROSS:
      trace_polygon (cr, rect, cross_a, 2, FALSE);
      trace_polygon (cr, rect, cross_b, 2, FALSE);
      break;
    case HR_ICON_ARROW_UP:
      trace_polygon (cr, rect, up, 3, FALSE);
      break;
    case HR_ICON_ARROW_DOWN:
      trace_polygon (cr, rect, down, 3, FALSE);
      break;
    case HR_ICON_PENCIL:
      trace_polygon (cr, rect, pencil, 5, TRUE);
      break;
    case HR_ICON_TABLE:
      trace_table (cr, rect);
      break;
    case HR_ICON_INDEX:
      trace_index (cr, rect);
      break;
    case HR_ICON_LEFT_OUT:
      trace_circle (cr, rect, 0.1 * rect->width);
      trace_polygon (cr, rect, slash, 2, FALSE);
      break;
    }
}

void
hr_box_trace (cairo_t *cr, const HrBox *box, const HrRect *rect, double inset)
{
  double left = rect->x + inset;
  double top = rect->y + inset;
  double right = rect->x + rect->width - inset;
  double bottom = rect->y + rect->height - inset;
  double radius = MAX (0, MIN (box->radius - inset, MIN (right - left, bottom - top) / 2));
  guint corners = box->corners == 0 ? 0xf : box->corners;

  if (radius <= 0)
    {
      cairo_rectangle (cr, left, top, right - left, bottom - top);
      return;
    }
  cairo_new_sub_path (cr);
  if (corners & 1)
    cairo_arc (cr, left + radius, top + radius, radius, G_PI, 1.5 * G_PI);
  else
    cairo_move_to (cr, left, top);
  if (corners & 2)
    cairo_arc (cr, right - radius, top + radius, radius, -0.5 * G_PI, 0);
  else
    cairo_line_to (cr, right, top);
  if (corners & 4)
    cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  else
    cairo_line_to (cr, right, bottom);
  if (corners & 8)
    cairo_arc (cr, left + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  else
    cairo_line_to (cr, left, bottom);
  cairo_close_path (cr);
}

/* Both control points lie in the middle, so that the ends are level. */
void
hr_link_trace (cairo_t *cr, const double *points, double arrow)
{
  double end = points[2] > points[0] ? points[2] - arrow : points[2] + arrow;
  double middle = (points[0] + end) / 2;

  cairo_move_to (cr, points[0], points[1]);
  cairo_curve_to (cr, middle, points[1], middle, points[3], end, points[3]);
}

void
hr_arrow_trace (cairo_t *cr, const double *points, double arrow)
{
  double back = points[2] > points[0] ? -arrow : arrow;

  cairo_move_to (cr, points[2], points[3]);
  cairo_line_to (cr, points[2] + back, points[3] - arrow / 2);
  cairo_line_to (cr, points[2] + back, points[3] + arrow / 2);
  cairo_close_path (cr);
}

/* Lines lie on one grid for the whole picture, so that hatched neighbours join. */
void
hr_hatch_trace (cairo_t *cr, const HrRect *rect, HrPathLook *look)
{
  double bottom = rect->y + rect->height;
  double first = floor ((rect->x + rect->y) / HATCH_STEP) * HATCH_STEP;

  for (double sum = first; sum < rect->x + rect->width + bottom; sum += HATCH_STEP)
    {
      cairo_move_to (cr, sum - rect->y, rect->y);
      cairo_line_to (cr, sum - bottom, bottom);
    }
  *look = (HrPathLook) { .is_stroked = TRUE, .width = 1 };
}
