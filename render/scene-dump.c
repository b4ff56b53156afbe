/*
 * A scene as text, for golden tests: one node a line, indented by groups, coordinates to 0.01 px.
 */

#include <math.h>

#include "model/base/buffer.h"
#include "model/base/json-writer.h"
#include "render/scene-private.h"

static const char *const shape_names[HR_N_SHAPES] = {
  [HR_SHAPE_CIRCLE] = "circle",   [HR_SHAPE_SQUARE] = "square", [HR_SHAPE_TRIANGLE] = "triangle",
  [HR_SHAPE_DIAMOND] = "diamond", [HR_SHAPE_RING] = "ring",     [HR_SHAPE_PENTAGON] = "pentagon",
  [HR_SHAPE_CROSS] = "cross",     [HR_SHAPE_DASHED] = "dashed",
};

static const char *const icon_names[] = {
  [HR_ICON_CHECK] = "check",       [HR_ICON_FUNNEL] = "funnel",        [HR_ICON_WARNING] = "warning",
  [HR_ICON_KEY] = "key",           [HR_ICON_PLUS] = "plus",            [HR_ICON_CROSS] = "cross",
  [HR_ICON_ARROW_UP] = "arrow-up", [HR_ICON_ARROW_DOWN] = "arrow-down",
  [HR_ICON_PENCIL] = "pencil",     [HR_ICON_TABLE] = "table",          [HR_ICON_INDEX] = "index",
  [HR_ICON_LEFT_OUT] = "left-out",
};

const char *
hr_shape_get_name (HrShape shape)
{
  return shape_names[shape];
}

const char *
hr_icon_get_name (HrIcon icon)
{
  return icon_names[icon];
}

/* Rounded, and never "-0". */
static void
write_number (HrBuffer *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.2f", round (value * 100) / 100 + 0.0);
  hr_buffer_append_string (out, " ");
  hr_buffer_append_string (out, text);
}

static void
write_rect (HrBuffer *out, const HrRect *rect)
{
  write_number (out, rect->x);
  write_number (out, rect->y);
  write_number (out, rect->width);
  write_number (out, rect->height);
}

static void
write_box (HrBuffer *out, const HrSceneNode *node)
{
  const HrBox *box = &node->box;

  hr_buffer_append_string (out, "box");
  write_rect (out, &node->rect);
  if (box->fill != HR_COLOR_NONE)
    hr_buffer_printf (out, " fill %s", hr_color_get_name (box->fill));
  if (box->stroke != HR_COLOR_NONE)
    {
      hr_buffer_printf (out, " stroke %s", hr_color_get_name (box->stroke));
      write_number (out, box->stroke_width);
    }
  if (box->radius > 0)
    {
      hr_buffer_append_string (out, " radius");
      write_number (out, box->radius);
      hr_buffer_printf (out, " corners %x", box->corners);
    }
  if (box->dash > 0)
    write_number (out, box->dash);
}

static void
write_text (HrBuffer *out, const HrSceneNode *node)
{
  static const char *const aligns[] = { "start", "center", "end" };
  static const char *const ellipses[] = { "", " ellipsis-end", " ellipsis-middle" };
  const HrTextLook *look = &node->text.look;

  hr_buffer_append_string (out, "text");
  write_rect (out, &node->rect);
  hr_buffer_printf (out, " %s %s %s%s%s%s%s ", hr_text_style_get_name (look->style), hr_color_get_name (look->color),
                    aligns[look->align], ellipses[look->ellipsis], look->vertical ? " vertical" : "",
                    look->underline ? " underline" : "", look->strikethrough ? " strikethrough" : "");
  hr_json_write_string (out, node->text.text, node->text.length);
}

static void
write_points (HrBuffer *out, const HrScene *scene, const HrSceneNode *node, const char *name)
{
  const double *points = hr_scene_get_points (scene, node);

  hr_buffer_printf (out, "%s %s", name, hr_color_get_name (node->color));
  write_number (out, node->line.width);
  write_number (out, node->line.dash);
  if (node->type == HR_NODE_LINK)
    write_number (out, node->line.arrow);
  for (guint i = 0; i < 2 * node->line.count; i++)
    write_number (out, points[i]);
}

static void
write_group (HrBuffer *out, const HrSceneNode *node)
{
  hr_buffer_printf (out, "group %s", node->group.id != NULL ? node->group.id : "-");
  if (node->group.has_clip)
    {
      hr_buffer_append_string (out, " clip");
      write_rect (out, &node->rect);
    }
  if (node->group.x != 0 || node->group.y != 0)
    {
      hr_buffer_append_string (out, " moved");
      write_number (out, node->group.x);
      write_number (out, node->group.y);
    }
  if (node->group.opacity < 1)
    {
      hr_buffer_append_string (out, " opacity");
      write_number (out, node->group.opacity);
    }
}

static void
write_node (HrBuffer *out, const HrScene *scene, const HrSceneNode *node)
{
  switch (node->type)
    {
    case HR_NODE_BOX:
      write_box (out, node);
      break;
    case HR_NODE_HATCH:
      hr_buffer_printf (out, "hatch %s", hr_color_get_name (node->color));
      write_rect (out, &node->rect);
      break;
    case HR_NODE_LINE:
      write_points (out, scene, node, "line");
      break;
    case HR_NODE_LINK:
      write_points (out, scene, node, "link");
      break;
    case HR_NODE_SHAPE:
      hr_buffer_printf (out, "shape %s %s", hr_shape_get_name (node->shape), hr_color_get_name (node->color));
      write_rect (out, &node->rect);
      break;
    case HR_NODE_ICON:
      hr_buffer_printf (out, "icon %s %s", hr_icon_get_name (node->icon), hr_color_get_name (node->color));
      write_rect (out, &node->rect);
      break;
    case HR_NODE_TEXT:
      write_text (out, node);
      break;
    case HR_NODE_PUSH:
      write_group (out, node);
      break;
    case HR_NODE_POP:
      break;
    }
}

typedef struct
{
  HrBuffer *out;
} TargetDump;

static void
write_target_cb (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  static const char *const kinds[] = {
    [HR_HIT_NONE] = "none",       [HR_HIT_PARTITION] = "partition", [HR_HIT_HEADER] = "header",
    [HR_HIT_ROW] = "row",         [HR_HIT_CELL] = "cell",           [HR_HIT_PAGE_LINE] = "page-line",
    [HR_HIT_MINIMAP] = "minimap", [HR_HIT_LEGEND] = "legend",       [HR_HIT_LINK] = "link",
  };
  HrBuffer *out = ((TargetDump *) user_data)->out;

  hr_buffer_printf (out, "target %s%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u",
                    target->side == HR_SIDE_INDEX ? "index-" : "", kinds[target->kind], target->partition,
                    target->row, target->column);
  write_rect (out, rect);
  if (label != NULL)
    {
      hr_buffer_append_string (out, " ");
      hr_json_write_string (out, label, strlen (label));
    }
  hr_buffer_append_char (out, '\n');
}

char *
hr_scene_dump (const HrScene *self)
{
  HrBuffer out = HR_BUFFER_INIT;
  TargetDump dump = { &out };
  guint depth = 0;

  for (guint i = 0; i < hr_scene_get_n_nodes (self); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (self, i);

      if (node->type == HR_NODE_POP)
        {
          depth = depth > 0 ? depth - 1 : 0;
          continue;
        }
      hr_buffer_printf (&out, "%*s", 2 * (int) depth, "");
      write_node (&out, self, node);
      hr_buffer_append_char (&out, '\n');
      depth += node->type == HR_NODE_PUSH;
    }
  hr_scene_foreach_target (self, write_target_cb, &dump);
  return hr_buffer_steal (&out, NULL);
}
