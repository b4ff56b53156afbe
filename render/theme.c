/*
 * Colours by theme. Each row says one token's colour in every theme; entity colours are chosen so
 * that any two differ for all kinds of colour vision, and shapes tell them apart without colour.
 */

#include "render/theme.h"

#include <string.h>

#include "model/document/outline.h"

typedef struct
{
  const char *name;
  guint32 values[HR_N_THEMES]; /* 0xRRGGBBAA */
} Row;

#define ENTITY(number, light_mark, light_tint, light_ink, dark_mark, dark_tint, dark_ink) \
  [HR_COLOR_ENTITY + 3 * (number)] = { "entity-" #number "-mark", \
    { light_mark##ff, dark_mark##ff, light_ink##ff, dark_ink##ff, light_ink##ff } }, \
  [HR_COLOR_ENTITY + 3 * (number) + 1] = { "entity-" #number "-tint", \
    { light_tint##ff, dark_tint##ff, 0xffffffff, 0x000000ff, 0xffffffff } }, \
  [HR_COLOR_ENTITY + 3 * (number) + 2] = { "entity-" #number "-ink", \
    { light_ink##ff, dark_ink##ff, 0x000000ff, 0xffffffff, 0x000000ff } }

/*                                     light       dark        contrast    contr. dark print */
static const Row rows[HR_N_COLORS] = {
  [HR_COLOR_NONE] = { "none", { 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000 } },
  [HR_COLOR_CANVAS] = { "canvas", { 0xffffffff, 0x1e1e1eff, 0xffffffff, 0x000000ff, 0xffffffff } },
  [HR_COLOR_BLOCK] = { "block", { 0xffffffff, 0x1e1e1eff, 0xffffffff, 0x000000ff, 0xffffffff } },
  [HR_COLOR_KEY_CELL] = { "key-cell", { 0xfafafaff, 0x262626ff, 0xffffffff, 0x000000ff, 0xffffffff } },
  [HR_COLOR_LINE] = { "line", { 0xdcdcdcff, 0x3c3c3cff, 0x000000ff, 0xffffffff, 0x9a9996ff } },
  [HR_COLOR_TEXT] = { "text", { 0x2e2e2eff, 0xf0f0f0ff, 0x000000ff, 0xffffffff, 0x000000ff } },
  [HR_COLOR_TEXT_DIM] = { "text-dim", { 0x5e5c64ff, 0xb4b4b8ff, 0x000000ff, 0xffffffff, 0x3d3846ff } },
  [HR_COLOR_TEXT_FAINT] = { "text-faint", { 0x69686dff, 0xa9a9adff, 0x000000ff, 0xffffffff, 0x5e5c64ff } },
  [HR_COLOR_ACCENT] = { "accent", { 0x1c71d8ff, 0x78aeedff, 0x0b3c86ff, 0xa1c6f2ff, 0x154e94ff } },
  [HR_COLOR_ACCENT_TINT] = { "accent-tint", { 0xe1edfaff, 0x27364aff, 0xffffffff, 0x000000ff, 0xededecff } },
  [HR_COLOR_ACCENT_TEXT] = { "accent-text", { 0x154e94ff, 0xa1c6f2ff, 0x000000ff, 0xffffffff, 0x000000ff } },
  [HR_COLOR_SELECTION] = { "selection", { 0x1c71d8ff, 0x78aeedff, 0x0b3c86ff, 0xa1c6f2ff, 0x154e94ff } },
  [HR_COLOR_SELECTION_TINT] = { "selection-tint", { 0x1c71d81c, 0x78aeed26, 0x00000000, 0x00000000, 0x154e941c } },
  [HR_COLOR_OK] = { "ok", { 0x15693bff, 0x8ff0a4ff, 0x000000ff, 0xffffffff, 0x0d4727ff } },
  [HR_COLOR_OK_TINT] = { "ok-tint", { 0xe2f3e8ff, 0x24382bff, 0xffffffff, 0x000000ff, 0xededecff } },
  [HR_COLOR_WARNING] = { "warning", { 0x8a5200ff, 0xf8d98aff, 0x000000ff, 0xffffffff, 0x5e3800ff } },
  [HR_COLOR_WARNING_TINT] = { "warning-tint", { 0xfdf1d8ff, 0x3d3421ff, 0xffffffff, 0x000000ff, 0xededecff } },
  [HR_COLOR_ERROR] = { "error", { 0xb3131fff, 0xff9a94ff, 0x000000ff, 0xffffffff, 0x7a0d15ff } },
  [HR_COLOR_ERROR_TINT] = { "error-tint", { 0xfbe3e4ff, 0x432a2aff, 0xffffffff, 0x000000ff, 0xededecff } },
  [HR_COLOR_HATCH] = { "hatch", { 0xb8cce4ff, 0x4a5f7cff, 0xb0afb4ff, 0x5e5c64ff, 0xb0afb4ff } },
  [HR_COLOR_SHADOW] = { "shadow", { 0x1c71d826, 0x78aeed33, 0x00000000, 0x00000000, 0x00000000 } },
  [HR_COLOR_BAR_1] = { "bar-1", { 0x9a9996ff, 0x8c8c90ff, 0x000000ff, 0xffffffff, 0x9a9996ff } },
  [HR_COLOR_BAR_2] = { "bar-2", { 0x2f8fd0ff, 0x62a0eaff, 0x000000ff, 0xffffffff, 0x2f8fd0ff } },
  [HR_COLOR_BAR_3] = { "bar-3", { 0x1a5fb4ff, 0x3584e4ff, 0x000000ff, 0xffffffff, 0x1a5fb4ff } },
  [HR_COLOR_BAR_4] = { "bar-4", { 0x15693bff, 0x33a06fff, 0x000000ff, 0xffffffff, 0x15693bff } },
  [HR_COLOR_BAR_TRACK] = { "bar-track", { 0xededecff, 0x3a3a3aff, 0xffffffff, 0x000000ff, 0xffffffff } },
  ENTITY (0, 0x1a5fb4, 0xe8eff8, 0x154e94, 0x78aeed, 0x292f37, 0xa1c6f2),
  ENTITY (1, 0xb84300, 0xf8ece6, 0x8c3300, 0xffa348, 0x392e23, 0xffb770),
  ENTITY (2, 0x2f8fd0, 0xeaf4fa, 0x1c567d, 0x99d7ff, 0x323c42, 0x99d7ff),
  ENTITY (3, 0xb08000, 0xf7f2e6, 0x6a4d00, 0xf8e45c, 0x413e28, 0xf8e45c),
  ENTITY (4, 0x6b2a8a, 0xf0eaf3, 0x6b2a8a, 0xc061cb, 0x38293a, 0xddaae3),
  ENTITY (5, 0x12877a, 0xe7f3f2, 0x0c5951, 0x5bd6c4, 0x283b39, 0x6bdaca),
  ENTITY (6, 0xe0457b, 0xfcecf2, 0x8b2b4c, 0xed5f85, 0x3f282e, 0xf5a5bb),
  ENTITY (7, 0x3d3846, 0xecebec, 0x3d3846, 0x8c8c96, 0x303031, 0xbfbfc4),
};

static const char *const theme_names[HR_N_THEMES] = {
  [HR_THEME_LIGHT] = "light",
  [HR_THEME_DARK] = "dark",
  [HR_THEME_HIGH_CONTRAST] = "high-contrast",
  [HR_THEME_HIGH_CONTRAST_DARK] = "high-contrast-dark",
  [HR_THEME_PRINT] = "print",
};

HrColor
hr_color_of_entity (guint entity, HrColorPart part)
{
  guint number = entity == HR_ENTITY_NONE ? HR_N_ENTITY_COLORS - 1 : entity % (HR_N_ENTITY_COLORS - 1);

  return HR_COLOR_ENTITY + 3 * number + part;
}

/* The eighth entity has the first colour again and the second shape. */
HrShape
hr_shape_of_entity (guint entity)
{
  const guint n = HR_N_SHAPES - 1;

  return entity == HR_ENTITY_NONE ? HR_SHAPE_DASHED : (entity + entity / n) % n;
}

HrRgba
hr_theme_get_color (HrTheme theme, HrColor color)
{
  guint32 value = rows[color].values[theme];

  return (HrRgba) { (value >> 24) / 255.0, (value >> 16 & 0xff) / 255.0, (value >> 8 & 0xff) / 255.0,
                    (value & 0xff) / 255.0 };
}

const char *
hr_color_get_name (HrColor color)
{
  return rows[color].name;
}

const char *
hr_theme_get_name (HrTheme theme)
{
  return theme_names[theme];
}

gboolean
hr_theme_from_name (const char *name, HrTheme *theme)
{
  for (guint i = 0; i < HR_N_THEMES; i++)
    if (strcmp (theme_names[i], name) == 0)
      {
        *theme = i;
        return TRUE;
      }
  return FALSE;
}

double
hr_theme_get_dim (HrTheme theme)
{
  return theme == HR_THEME_HIGH_CONTRAST || theme == HR_THEME_HIGH_CONTRAST_DARK ? 1.0 : 0.42;
}
