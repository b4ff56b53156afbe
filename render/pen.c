/*
 * A scene seen along the reading direction: mirrors places and what hangs on a side, never what is drawn there.
 */

#include "render/pen.h"

#define LINE_POINTS_MAX 8

static double
mirror (const HrPen *self, double x)
{
  return self->right_to_left ? 2 * self->left + self->width - x : x;
}

static HrRect
place (const HrPen *self, const HrRect *rect)
{
  HrRect placed = *rect;

  if (self->right_to_left)
    placed.x = mirror (self, rect->x + rect->width);
  return placed;
}

void
hr_pen_box (const HrPen *self, const HrRect *rect, const HrBox *box)
{
  HrRect placed = place (self, rect);
  HrBox turned = *box;

  /* top left and top right change places, and so do the lower two */
  if (self->right_to_left)
    turned.corners = (box->corners & 1) << 1 | (box->corners & 2) >> 1 | (box->corners & 4) << 1
                     | (box->corners & 8) >> 1;
  hr_scene_add_box (self->scene, &placed, &turned);
}

void
hr_pen_fill (const HrPen *self, const HrRect *rect, HrColor color)
{
  hr_pen_box (self, rect, &(HrBox) { .fill = color });
}

void
hr_pen_hatch (const HrPen *self, const HrRect *rect, HrColor color)
{
  HrRect placed = place (self, rect);

  hr_scene_add_hatch (self->scene, &placed, color);
}

void
hr_pen_line (const HrPen *self, const double *points, guint n_points, HrColor color, double width, double dash)
{
  double placed[2 * LINE_POINTS_MAX];

  g_return_if_fail (n_points <= LINE_POINTS_MAX);
  for (guint i = 0; i < n_points; i++)
    {
      placed[2 * i] = mirror (self, points[2 * i]);
      placed[2 * i + 1] = points[2 * i + 1];
    }
  hr_scene_add_line (self->scene, placed, n_points, color, width, dash);
}

static HrLink
place_link (const HrPen *self, const HrLink *link)
{
  HrLink placed = *link;

  placed.x1 = mirror (self, link->x1);
  placed.x2 = mirror (self, link->x2);
  return placed;
}

void
hr_pen_link (const HrPen *self, const HrLink *link)
{
  HrLink placed = place_link (self, link);

  hr_scene_add_link (self->scene, &placed);
}

void
hr_pen_shape (const HrPen *self, HrShape shape, double x, double y, double size, HrColor color)
{
  HrRect placed = place (self, &(HrRect) { x, y, size, size });

  hr_scene_add_shape (self->scene, shape, placed.x, y, size, color);
}

void
hr_pen_icon (const HrPen *self, HrIcon icon, double x, double y, double size, HrColor color)
{
  HrRect placed = place (self, &(HrRect) { x, y, size, size });

  hr_scene_add_icon (self->scene, icon, placed.x, y, size, color);
}

void
hr_pen_text (const HrPen *self, const HrRect *rect, const HrTextLook *look, const char *text, gssize length)
{
  HrRect placed = place (self, rect);
  HrTextLook turned = *look;

  if (self->right_to_left && !look->vertical && look->align != HR_ALIGN_CENTER)
    turned.align = look->align == HR_ALIGN_START ? HR_ALIGN_END : HR_ALIGN_START;
  hr_scene_add_text (self->scene, &placed, &turned, text, length);
}

void
hr_pen_push (const HrPen *self, const HrRect *clip, double opacity, const char *id)
{
  HrRect placed;

  if (clip != NULL)
    placed = place (self, clip);
  hr_scene_push (self->scene, clip != NULL ? &placed : NULL, opacity, id);
}

void
hr_pen_pop (const HrPen *self)
{
  hr_scene_pop (self->scene);
}

void
hr_pen_target (const HrPen *self, const HrRect *rect, const HrHit *target, const char *label, const char *tooltip)
{
  HrRect placed = place (self, rect);
  HrHit sided = *target;

  sided.side = self->side;
  hr_scene_add_target (self->scene, &placed, &sided, label, tooltip);
}

void
hr_pen_link_target (const HrPen *self, const HrLink *link, const HrHit *target, const char *label,
                    const char *tooltip)
{
  HrLink placed = place_link (self, link);

  hr_scene_add_link_target (self->scene, &placed, target, label, tooltip);
}
