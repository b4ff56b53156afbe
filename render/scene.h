#pragma once

#include "render/text.h"
#include "render/theme.h"

G_BEGIN_DECLS

/**
 * HrScene: a display list: what to draw, in order, in pixels, colours by name.
 *
 * Layouts fill scenes; the painter, the dump, hit tests and assistive labels read them. A scene
 * copies what it is given and knows no document.
 */
typedef struct _HrScene HrScene;

typedef struct
{
  double x, y, width, height;
} HrRect;

/** HrHit: what a region stands for, for hit tests and stable ids. All zero: nothing. */
typedef enum
{
  HR_HIT_NONE,
  HR_HIT_PARTITION, /* the key cell */
  HR_HIT_HEADER,    /* a column name in the header line above a run */
  HR_HIT_ROW,
  HR_HIT_CELL,
  HR_HIT_PAGE_LINE,
  HR_HIT_MINIMAP,
  HR_HIT_LEGEND,
  HR_HIT_LINK,      /* between a row of the table and its copy in an index */
} HrHitKind;

/** HrSide: of a table and an index beside each other; a table alone is the first. */
typedef enum
{
  HR_SIDE_TABLE,
  HR_SIDE_INDEX,
  HR_N_SIDES,
} HrSide;

typedef struct
{
  HrHitKind kind;
  guint64 partition; /* position in the outline */
  guint64 row;       /* in the partition */
  guint column;      /* 0 the sort key, then attributes */
  HrSide side;
} HrHit;

HrScene *hr_scene_new   (void);
void     hr_scene_free  (HrScene *self);
void     hr_scene_clear (HrScene *self); /* keeps memory for the next frame */

typedef struct
{
  HrColor fill;        /* HR_COLOR_NONE: not filled */
  HrColor stroke;
  double stroke_width; /* px; the line is drawn inside the rectangle */
  double radius;       /* px */
  guint8 corners;      /* bits 0 to 3: top left, top right, bottom right, bottom left; 0 with a radius: all */
  double dash;         /* px, 0: solid */
} HrBox;

void hr_scene_add_box    (HrScene *self, const HrRect *rect, const HrBox *box);
/** 45° lines over the rectangle. */
void hr_scene_add_hatch  (HrScene *self, const HrRect *rect, HrColor color);
/** A polyline of @n_points x, y pairs. */
void hr_scene_add_line   (HrScene *self, const double *points, guint n_points, HrColor color, double width,
                          double dash);
/** HrLink: a cubic curve with horizontal ends, from one point to the other. */
typedef struct
{
  double x1, y1, x2, y2;
  HrColor color;
  double width;
  double dash;  /* px, 0: solid */
  double arrow; /* length of the head at the second point, px; 0: none */
} HrLink;

void hr_scene_add_link   (HrScene *self, const HrLink *link);
void hr_scene_add_shape  (HrScene *self, HrShape shape, double x, double y, double size, HrColor color);

typedef enum
{
  HR_ICON_CHECK,
  HR_ICON_FUNNEL,
  HR_ICON_WARNING,
  HR_ICON_KEY,
  HR_ICON_PLUS,
  HR_ICON_CROSS,
  HR_ICON_ARROW_UP,
  HR_ICON_ARROW_DOWN,
  HR_ICON_PENCIL,
  HR_ICON_TABLE,
  HR_ICON_INDEX,
  HR_ICON_LEFT_OUT,
} HrIcon;

void hr_scene_add_icon   (HrScene *self, HrIcon icon, double x, double y, double size, HrColor color);

typedef enum
{
  HR_ALIGN_START,
  HR_ALIGN_CENTER,
  HR_ALIGN_END,
} HrAlign;

typedef struct
{
  HrTextStyle style;
  HrColor color;
  HrAlign align;
  HrEllipsis ellipsis;
  gboolean vertical; /* turned 90° counterclockwise, centred in its rectangle */
  gboolean underline, strikethrough;
} HrTextLook;

/** One line of text, centred vertically in the rectangle, shortened to its width when the look says so. */
void hr_scene_add_text   (HrScene *self, const HrRect *rect, const HrTextLook *look, const char *text, gssize length);

/**
 * What follows up to the matching pop is clipped to @clip (or not, NULL) and drawn with @opacity; @id names it in SVG
 * and dumps.
 */
void hr_scene_push (HrScene *self, const HrRect *clip, double opacity, const char *id);
/** The same, moved by @x, @y: what follows up to the matching pop is in coordinates of its own, targets included. */
void hr_scene_push_offset (HrScene *self, double x, double y);
void hr_scene_pop  (HrScene *self);
/**
 * A region that answers hit tests (later ones lie above earlier ones), with its assistive label (nullable) and
 * tooltip (nullable).
 */
void hr_scene_add_target (HrScene *self, const HrRect *rect, const HrHit *target, const char *label,
                          const char *tooltip);

/** A curve that answers hit tests near it. */
void hr_scene_add_link_target (HrScene *self, const HrLink *link, const HrHit *target, const char *label,
                               const char *tooltip);

gboolean hr_scene_hit_test (const HrScene *self, double x, double y, HrHit *target, const char **tooltip);
gboolean hr_scene_find_target (const HrScene *self, const HrHit *target, HrRect *rect, const char **label);
typedef void (*HrTargetFunc) (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data);
void     hr_scene_foreach_target (const HrScene *self, HrTargetFunc func, gpointer user_data);

/** The scene as text, one node a line, coordinates rounded to 0.01 px: for golden tests. */
char    *hr_scene_dump (const HrScene *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrScene, hr_scene_free)

G_END_DECLS
