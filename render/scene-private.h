#pragma once

#include "render/scene.h"

G_BEGIN_DECLS

/* How a scene keeps its nodes; for painter, dump and writers. */

/* How far beyond its extents anything may be drawn, in px: edges are soft, and letters hang over. */
#define HR_SCENE_SLOP 4.0

typedef enum
{
  HR_NODE_BOX,
  HR_NODE_HATCH,
  HR_NODE_LINE,
  HR_NODE_LINK,
  HR_NODE_SHAPE,
  HR_NODE_ICON,
  HR_NODE_TEXT,
  HR_NODE_PUSH,
  HR_NODE_POP,
} HrNodeType;

typedef struct
{
  HrNodeType type;
  HrRect rect;    /* extents in coordinates of the group; of PUSH the clip */
  HrColor color;  /* of all but BOX and TEXT */
  union
  {
    HrBox box;
    struct
    {
      guint first; /* in the scene's points */
      guint count;
      double width;
      double dash;
      double arrow;
    } line;
    HrShape shape;
    HrIcon icon;
    struct
    {
      HrTextLook look;
      const char *text;
      gsize length;
    } text;
    struct
    {
      double opacity;
      gboolean has_clip;
      double x, y;    /* moves what is inside */
      const char *id; /* or NULL */
    } group;
  };
} HrSceneNode;

guint              hr_scene_get_n_nodes (const HrScene *self);
const HrSceneNode *hr_scene_get_node    (const HrScene *self, guint index);
/** x, y pairs of a LINE or LINK node. */
const double      *hr_scene_get_points  (const HrScene *self, const HrSceneNode *node);

const char *hr_shape_get_name (HrShape shape);
const char *hr_icon_get_name  (HrIcon icon);

G_END_DECLS
