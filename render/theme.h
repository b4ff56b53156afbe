#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Colours by meaning. A scene names them; a theme says what they are. Sources of the values: ui design.
 */
typedef enum
{
  HR_THEME_LIGHT,
  HR_THEME_DARK,
  HR_THEME_HIGH_CONTRAST,
  HR_THEME_HIGH_CONTRAST_DARK,
  HR_THEME_PRINT, /* white paper, no tints, hatching and shapes instead of colour alone */
  HR_N_THEMES,
} HrTheme;

/** Colour tokens; entity colours follow as HR_COLOR_ENTITY + 3 × number + { 0 mark, 1 tint, 2 ink }. */
typedef enum
{
  HR_COLOR_NONE,
  HR_COLOR_CANVAS,       /* behind everything */
  HR_COLOR_BLOCK,        /* inside a partition block */
  HR_COLOR_KEY_CELL,     /* the merged partition key cell */
  HR_COLOR_LINE,         /* borders and row lines */
  HR_COLOR_TEXT,
  HR_COLOR_TEXT_DIM,     /* captions, column names */
  HR_COLOR_TEXT_FAINT,   /* missing values */
  HR_COLOR_ACCENT,
  HR_COLOR_ACCENT_TINT,  /* pills, chips */
  HR_COLOR_ACCENT_TEXT,  /* text on the tint */
  HR_COLOR_SELECTION,
  HR_COLOR_SELECTION_TINT, /* over several selected rows; see-through */
  HR_COLOR_OK,
  HR_COLOR_OK_TINT,
  HR_COLOR_WARNING,
  HR_COLOR_WARNING_TINT,
  HR_COLOR_ERROR,
  HR_COLOR_ERROR_TINT,
  HR_COLOR_HATCH,
  HR_COLOR_SHADOW,
  HR_COLOR_BAR_1,        /* plan funnel: table, partition, range, filter */
  HR_COLOR_BAR_2,
  HR_COLOR_BAR_3,
  HR_COLOR_BAR_4,
  HR_COLOR_BAR_TRACK,
  HR_COLOR_ENTITY,
} HrColor;

#define HR_N_ENTITY_COLORS 8 /* seven, and one for what fits no entity */
#define HR_N_COLORS (HR_COLOR_ENTITY + 3 * HR_N_ENTITY_COLORS)

typedef enum
{
  HR_PART_MARK,
  HR_PART_TINT,
  HR_PART_INK,
} HrColorPart;

/** The colour of entity number @entity (HR_ENTITY_NONE allowed); past seven they repeat with another shape. */
HrColor hr_color_of_entity (guint entity, HrColorPart part);

typedef struct
{
  double red, green, blue, alpha; /* 0 to 1, not premultiplied */
} HrRgba;

HrRgba      hr_theme_get_color (HrTheme theme, HrColor color);
const char *hr_color_get_name  (HrColor color);               /* "entity-1-tint", for dumps */
const char *hr_theme_get_name  (HrTheme theme);               /* "dark" */
gboolean    hr_theme_from_name (const char *name, HrTheme *theme);
/** Opacity of what a run did not touch: 0.42, 1 in high contrast. */
double      hr_theme_get_dim   (HrTheme theme);

/** Shapes that tell entities apart without colour. */
typedef enum
{
  HR_SHAPE_CIRCLE,
  HR_SHAPE_SQUARE,
  HR_SHAPE_TRIANGLE,
  HR_SHAPE_DIAMOND,
  HR_SHAPE_RING,
  HR_SHAPE_PENTAGON,
  HR_SHAPE_CROSS,
  HR_SHAPE_DASHED, /* fits no entity */
  HR_N_SHAPES,
} HrShape;

HrShape hr_shape_of_entity (guint entity);

G_END_DECLS
