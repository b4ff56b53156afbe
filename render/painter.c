/*
 * Scenes onto a cairo context. Nodes outside of the clip are skipped; groups that are see-through are
 * painted as one picture, so that what overlaps inside does not add up.
 */

#include "render/painter.h"

#include <pango/pangocairo.h>

#include "render/scene-private.h"
#include "render/shapes.h"
#include "render/text-place.h"

/* How far beyond the clip anything is drawn, in px: cairo's own coordinates end at 8 million. */
#define REACH 4096.0

typedef struct
{
  cairo_t *cr;
  const HrScene *scene;
  HrTheme theme;
  HrText *text;
  HrRect clip;
  GPtrArray *groups; /* HrSceneNode: those that are open */
} Painter;

static void
set_color (const Painter *self, HrColor color)
{
  HrRgba rgba = hr_theme_get_color (self->theme, color);

  cairo_set_source_rgba (self->cr, rgba.red, rgba.green, rgba.blue, rgba.alpha);
}

static gboolean
is_visible (const Painter *self, const HrRect *rect)
{
  return rect->x - HR_SCENE_SLOP < self->clip.x + self->clip.width
         && rect->x + rect->width + HR_SCENE_SLOP > self->clip.x
         && rect->y - HR_SCENE_SLOP < self->clip.y + self->clip.height
         && rect->y + rect->height + HR_SCENE_SLOP > self->clip.y;
}

static double
clamp_x (const Painter *self, double x)
{
  return CLAMP (x, self->clip.x - REACH, self->clip.x + self->clip.width + REACH);
}

static double
clamp_y (const Painter *self, double y)
{
  return CLAMP (y, self->clip.y - REACH, self->clip.y + self->clip.height + REACH);
}

/* A partition of a million rows is a rectangle of 30 million px; what is far out of sight does not matter. */
static HrRect
clamp_rect (const Painter *self, const HrRect *rect)
{
  double left = clamp_x (self, rect->x);
  double top = clamp_y (self, rect->y);

  return (HrRect) { left, top, clamp_x (self, rect->x + rect->width) - left,
                    clamp_y (self, rect->y + rect->height) - top };
}

static void
stroke (const Painter *self, double width, double dash)
{
  cairo_set_line_width (self->cr, width);
  if (dash > 0)
    cairo_set_dash (self->cr, &dash, 1, 0);
  cairo_stroke (self->cr);
  if (dash > 0)
    cairo_set_dash (self->cr, NULL, 0, 0);
}

static void
finish_path (const Painter *self, const HrPathLook *look, HrColor color)
{
  set_color (self, color);
  if (look->is_stroked)
    stroke (self, look->width, look->dash);
  else
    cairo_fill (self->cr);
}

static void
paint_box (const Painter *self, const HrSceneNode *node)
{
  const HrBox *box = &node->box;
  HrRect rect = clamp_rect (self, &node->rect);

  if (box->fill != HR_COLOR_NONE)
    {
      hr_box_trace (self->cr, box, &rect, 0);
      set_color (self, box->fill);
      cairo_fill (self->cr);
    }
  if (box->stroke != HR_COLOR_NONE)
    {
      hr_box_trace (self->cr, box, &rect, box->stroke_width / 2);
      set_color (self, box->stroke);
      stroke (self, box->stroke_width, box->dash);
    }
}

static void
paint_hatch (const Painter *self, const HrSceneNode *node)
{
  HrRect rect = clamp_rect (self, &node->rect);
  HrPathLook look;

  cairo_save (self->cr);
  cairo_rectangle (self->cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (self->cr);
  hr_hatch_trace (self->cr, &rect, &look);
  finish_path (self, &look, node->color);
  cairo_restore (self->cr);
}

static void
paint_line (const Painter *self, const HrSceneNode *node)
{
  const double *points = hr_scene_get_points (self->scene, node);

  cairo_new_path (self->cr);
  for (guint i = 0; i < node->line.count; i++)
    cairo_line_to (self->cr, clamp_x (self, points[2 * i]), clamp_y (self, points[2 * i + 1]));
  set_color (self, node->color);
  stroke (self, node->line.width, node->line.dash);
}

static void
paint_link (const Painter *self, const HrSceneNode *node)
{
  const double *ends = hr_scene_get_points (self->scene, node);
  const double points[] = { clamp_x (self, ends[0]), clamp_y (self, ends[1]), clamp_x (self, ends[2]),
                            clamp_y (self, ends[3]) };

  hr_link_trace (self->cr, points, node->line.arrow);
  set_color (self, node->color);
  stroke (self, node->line.width, node->line.dash);
  if (node->line.arrow <= 0)
    return;
  hr_arrow_trace (self->cr, points, node->line.arrow);
  cairo_fill (self->cr);
}

static void
paint_shape (const Painter *self, const HrSceneNode *node)
{
  HrPathLook look;

  hr_shape_trace (self->cr, node->shape, &node->rect, &look);
  finish_path (self, &look, node->color);
}

static void
paint_icon (const Painter *self, const HrSceneNode *node)
{
  HrPathLook look;

  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  hr_icon_trace (self->cr, node->icon, &node->rect, &look);
  finish_path (self, &look, node->color);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_MITER);
}

static void
paint_text_lines (const Painter *self, const HrSceneNode *node, PangoLayout *layout, double x, double y)
{
  const HrTextLook *look = &node->text.look;
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (look->underline)
    cairo_rectangle (self->cr, x, y + height - 2, width, 1);
  if (look->strikethrough)
    cairo_rectangle (self->cr, x, y + height / 2.0, width, 1);
  cairo_fill (self->cr);
}

static void
paint_text (const Painter *self, const HrSceneNode *node)
{
  double x;
  double y;
  PangoLayout *layout = hr_text_place (self->text, node, &x, &y);

  cairo_save (self->cr);
  if (node->text.look.vertical)
    {
      cairo_translate (self->cr, node->rect.x, node->rect.y + node->rect.height);
      cairo_rotate (self->cr, -G_PI / 2);
    }
  set_color (self, node->text.look.color);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  if (node->text.look.underline || node->text.look.strikethrough)
    paint_text_lines (self, node, layout, x, y);
  cairo_restore (self->cr);
}

static void
open_group (Painter *self, const HrSceneNode *node)
{
  cairo_save (self->cr);
  if (node->group.has_clip)
    {
      HrRect rect = clamp_rect (self, &node->rect);

      cairo_rectangle (self->cr, rect.x, rect.y, rect.width, rect.height);
      cairo_clip (self->cr);
    }
  cairo_translate (self->cr, node->group.x, node->group.y);
  self->clip.x -= node->group.x;
  self->clip.y -= node->group.y;
  if (node->group.opacity < 1)
    cairo_push_group (self->cr);
  g_ptr_array_add (self->groups, (gpointer) node);
}

static void
close_group (Painter *self)
{
  const HrSceneNode *node = g_ptr_array_remove_index (self->groups, self->groups->len - 1);

  if (node->group.opacity < 1)
    {
      cairo_pop_group_to_source (self->cr);
      cairo_paint_with_alpha (self->cr, node->group.opacity);
    }
  self->clip.x += node->group.x;
  self->clip.y += node->group.y;
  cairo_restore (self->cr);
}

static void
paint_node (Painter *self, const HrSceneNode *node)
{
  switch (node->type)
    {
    case HR_NODE_BOX:
      paint_box (self, node);
      break;
    case HR_NODE_HATCH:
      paint_hatch (self, node);
      break;
    case HR_NODE_LINE:
      paint_line (self, node);
      break;
    case HR_NODE_LINK:
      paint_link (self, node);
      break;
    case HR_NODE_SHAPE:
      paint_shape (self, node);
      break;
    case HR_NODE_ICON:
      paint_icon (self, node);
      break;
    case HR_NODE_TEXT:
      paint_text (self, node);
      break;
    case HR_NODE_PUSH:
      open_group (self, node);
      break;
    case HR_NODE_POP:
      close_group (self);
      break;
    }
}

void
hr_paint_scene (cairo_t *cr, const HrScene *scene, HrTheme theme, HrText *text)
{
  Painter self = { .cr = cr, .scene = scene, .theme = theme, .text = text };
  double right;
  double bottom;

  cairo_clip_extents (cr, &self.clip.x, &self.clip.y, &right, &bottom);
  self.clip.width = right - self.clip.x;
  self.clip.height = bottom - self.clip.y;
  self.groups = g_ptr_array_new ();
  cairo_save (cr);
  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (scene, i);

      if (node->type >= HR_NODE_PUSH || is_visible (&self, &node->rect))
        paint_node (&self, node);
    }
  cairo_restore (cr);
  g_ptr_array_unref (self.groups);
}
