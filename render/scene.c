/*
 * The display list: nodes in an array, texts in an arena, both kept from frame to frame.
 *
 * Extents are known for every node, so that painting skips what is out of sight. Targets are a list of
 * their own: hit tests go through it from the top.
 */

#include "render/scene-private.h"

#include <math.h>
#include <string.h>

#include "model/base/arena.h"

#define LINK_REACH 5.0 /* px from a curve that a hit test counts as on it */
#define LINK_STEPS 24

typedef struct
{
  HrRect rect;
  HrHit target;
  const char *label;
  const char *tooltip;
  gboolean is_link;
  double points[4]; /* of a link */
} TargetNode;

struct _HrScene
{
  GArray *nodes;   /* HrSceneNode */
  GArray *points;  /* double */
  GArray *targets; /* TargetNode */
  GArray *offsets; /* Offset, one a group that is open */
  HrArena *arena;  /* texts */
};

typedef struct
{
  double x, y; /* from the scene's origin */
} Offset;

HrScene *
hr_scene_new (void)
{
  HrScene *self = g_new0 (HrScene, 1);

  self->nodes = g_array_new (FALSE, TRUE, sizeof (HrSceneNode));
  self->points = g_array_new (FALSE, FALSE, sizeof (double));
  self->targets = g_array_new (FALSE, FALSE, sizeof (TargetNode));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (Offset));
  self->arena = hr_arena_new ();
  return self;
}

void
hr_scene_free (HrScene *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->nodes);
  g_array_unref (self->points);
  g_array_unref (self->targets);
  g_array_unref (self->offsets);
  hr_arena_free (self->arena);
  g_free (self);
}

void
hr_scene_clear (HrScene *self)
{
  g_array_set_size (self->nodes, 0);
  g_array_set_size (self->points, 0);
  g_array_set_size (self->targets, 0);
  g_array_set_size (self->offsets, 0);
  hr_arena_reset (self->arena);
}

guint
hr_scene_get_n_nodes (const HrScene *self)
{
  return self->nodes->len;
}

const HrSceneNode *
hr_scene_get_node (const HrScene *self, guint index)
{
  return &g_array_index (self->nodes, HrSceneNode, index);
}

const double *
hr_scene_get_points (const HrScene *self, const HrSceneNode *node)
{
  return &g_array_index (self->points, double, node->line.first);
}

/* The new node, zeroed but for its type and extents; valid until the next one is added. */
static HrSceneNode *
add_node (HrScene *self, HrNodeType type, const HrRect *rect)
{
  HrSceneNode *node;

  g_array_set_size (self->nodes, self->nodes->len + 1);
  node = &g_array_index (self->nodes, HrSceneNode, self->nodes->len - 1);
  node->type = type;
  if (rect != NULL)
    node->rect = *rect;
  return node;
}

void
hr_scene_add_box (HrScene *self, const HrRect *rect, const HrBox *box)
{
  add_node (self, HR_NODE_BOX, rect)->box = *box;
}

void
hr_scene_add_hatch (HrScene *self, const HrRect *rect, HrColor color)
{
  add_node (self, HR_NODE_HATCH, rect)->color = color;
}

static HrRect
get_extents (const double *points, guint count, double margin)
{
  double left = points[0], right = points[0], top = points[1], bottom = points[1];

  for (guint i = 1; i < count; i++)
    {
      left = MIN (left, points[2 * i]);
      right = MAX (right, points[2 * i]);
      top = MIN (top, points[2 * i + 1]);
      bottom = MAX (bottom, points[2 * i + 1]);
    }
  return (HrRect) { left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin };
}

static HrSceneNode *
add_points (HrScene *self, HrNodeType type, const double *points, guint count, HrColor color, double width, double dash)
{
  HrRect extents = get_extents (points, count, width);
  HrSceneNode *node = add_node (self, type, &extents);

  node->color = color;
  node->line.first = self->points->len;
  node->line.count = count;
  node->line.width = width;
  node->line.dash = dash;
  g_array_append_vals (self->points, points, 2 * count);
  return node;
}

void
hr_scene_add_line (HrScene *self, const double *points, guint n_points, HrColor color, double width, double dash)
{
  add_points (self, HR_NODE_LINE, points, n_points, color, width, dash);
}

void
hr_scene_add_link (HrScene *self, const HrLink *link)
{
  const double points[] = { link->x1, link->y1, link->x2, link->y2 };
  HrSceneNode *node = add_points (self, HR_NODE_LINK, points, 2, link->color, link->width, link->dash);

  node->line.arrow = link->arrow;
  node->rect.y -= link->arrow;
  node->rect.height += 2 * link->arrow;
}

void
hr_scene_add_shape (HrScene *self, HrShape shape, double x, double y, double size, HrColor color)
{
  HrRect rect = { x, y, size, size };
  HrSceneNode *node = add_node (self, HR_NODE_SHAPE, &rect);

  node->shape = shape;
  node->color = color;
}

void
hr_scene_add_icon (HrScene *self, HrIcon icon, double x, double y, double size, HrColor color)
{
  HrRect rect = { x, y, size, size };
  HrSceneNode *node = add_node (self, HR_NODE_ICON, &rect);

  node->icon = icon;
  node->color = color;
}

void
hr_scene_add_text (HrScene *self, const HrRect *rect, const HrTextLook *look, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  HrSceneNode *node = add_node (self, HR_NODE_TEXT, rect);

  node->text.look = *look;
  node->text.text = hr_arena_strndup (self->arena, text, n);
  node->text.length = n;
}

static Offset
get_offset (const HrScene *self)
{
  if (self->offsets->len == 0)
    return (Offset) { 0, 0 };
  return g_array_index (self->offsets, Offset, self->offsets->len - 1);
}

static HrSceneNode *
open_group (HrScene *self, const HrRect *clip, double x, double y)
{
  Offset offset = get_offset (self);
  HrSceneNode *node = add_node (self, HR_NODE_PUSH, clip);

  offset.x += x;
  offset.y += y;
  g_array_append_val (self->offsets, offset);
  node->group.has_clip = clip != NULL;
  node->group.opacity = 1;
  node->group.x = x;
  node->group.y = y;
  return node;
}

void
hr_scene_push (HrScene *self, const HrRect *clip, double opacity, const char *id)
{
  HrSceneNode *node = open_group (self, clip, 0, 0);

  node->group.opacity = opacity;
  node->group.id = id != NULL ? hr_arena_strdup (self->arena, id) : NULL;
}

void
hr_scene_push_offset (HrScene *self, double x, double y)
{
  open_group (self, NULL, x, y);
}

void
hr_scene_pop (HrScene *self)
{
  g_return_if_fail (self->offsets->len > 0);
  g_array_set_size (self->offsets, self->offsets->len - 1);
  add_node (self, HR_NODE_POP, NULL);
}

static void
add_target (HrScene *self, TargetNode *node, const char *label, const char *tooltip)
{
  Offset offset = get_offset (self);

  node->rect.x += offset.x;
  node->rect.y += offset.y;
  for (guint i = 0; i < G_N_ELEMENTS (node->points); i++)
    node->points[i] += i % 2 == 0 ? offset.x : offset.y;
  if (label != NULL)
    node->label = hr_arena_strdup (self->arena, label);
  if (tooltip != NULL)
    node->tooltip = hr_arena_strdup (self->arena, tooltip);
  g_array_append_val (self->targets, *node);
}

void
hr_scene_add_target (HrScene *self, const HrRect *rect, const HrHit *target, const char *label, const char *tooltip)
{
  TargetNode node = { .rect = *rect, .target = *target };

  add_target (self, &node, label, tooltip);
}

void
hr_scene_add_link_target (HrScene *self, const HrLink *link, const HrHit *target, const char *label,
                          const char *tooltip)
{
  TargetNode node = { .target = *target, .is_link = TRUE, .points = { link->x1, link->y1, link->x2, link->y2 } };

  node.rect = get_extents (node.points, 2, LINK_REACH);
  add_target (self, &node, label, tooltip);
}

/* The curve in steps that are short enough. */
static gboolean
is_near_link (const double *points, double x, double y)
{
  for (guint i = 0; i <= LINK_STEPS; i++)
    {
      double t = (double) i / LINK_STEPS;
      double ease = t * t * (3 - 2 * t); /* of the height: both control points are at the heights of the ends */
      double curve_x = points[0] + (points[2] - points[0]) * (1.5 * t - 1.5 * t * t + t * t * t);
      double curve_y = points[1] + (points[3] - points[1]) * ease;
      double next = (double) (i + 1) / LINK_STEPS;
      double next_y = points[1] + (points[3] - points[1]) * next * next * (3 - 2 * next);

      if (fabs (curve_x - x) < LINK_REACH && y > MIN (curve_y, next_y) - LINK_REACH
          && y < MAX (curve_y, next_y) + LINK_REACH)
        return TRUE;
    }
  return FALSE;
}

static gboolean
contains (const TargetNode *node, double x, double y)
{
  const HrRect *rect = &node->rect;

  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height
         && (!node->is_link || is_near_link (node->points, x, y));
}

gboolean
hr_scene_hit_test (const HrScene *self, double x, double y, HrHit *target, const char **tooltip)
{
  for (guint i = self->targets->len; i > 0; i--)
    {
      const TargetNode *node = &g_array_index (self->targets, TargetNode, i - 1);

      if (!contains (node, x, y))
        continue;
      *target = node->target;
      if (tooltip != NULL)
        *tooltip = node->tooltip;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_same_target (const HrHit *a, const HrHit *b)
{
  return a->kind == b->kind && a->partition == b->partition && a->row == b->row && a->column == b->column
         && a->side == b->side;
}

gboolean
hr_scene_find_target (const HrScene *self, const HrHit *target, HrRect *rect, const char **label)
{
  for (guint i = self->targets->len; i > 0; i--)
    {
      const TargetNode *node = &g_array_index (self->targets, TargetNode, i - 1);

      if (!is_same_target (&node->target, target))
        continue;
      *rect = node->rect;
      if (label != NULL)
        *label = node->label;
      return TRUE;
    }
  return FALSE;
}

void
hr_scene_foreach_target (const HrScene *self, HrTargetFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const TargetNode *node = &g_array_index (self->targets, TargetNode, i);

      func (&node->rect, &node->target, node->label, user_data);
    }
}
