/*
 * Colours that can be read, told apart and looked up.
 */
#include "render/theme.h"

#include "model/document/outline.h"

#include <math.h>

static double
get_channel (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_luminance (HrTheme theme, HrColor color)
{
  HrRgba rgba = hr_theme_get_color (theme, color);

  return 0.2126 * get_channel (rgba.red) + 0.7152 * get_channel (rgba.green) + 0.0722 * get_channel (rgba.blue);
}

static double
get_contrast (HrTheme theme, HrColor a, HrColor b)
{
  double x = get_luminance (theme, a);
  double y = get_luminance (theme, b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
assert_contrast (HrColor text, HrColor ground, double least)
{
  for (guint theme = 0; theme < HR_N_THEMES; theme++)
    if (get_contrast (theme, text, ground) < least)
      g_error ("%s on %s has a contrast of %.2f in %s", hr_color_get_name (text), hr_color_get_name (ground),
               get_contrast (theme, text, ground), hr_theme_get_name (theme));
}

static void
test_text (void)
{
  static const HrColor pairs[][2] = {
    { HR_COLOR_TEXT, HR_COLOR_BLOCK },          { HR_COLOR_TEXT, HR_COLOR_KEY_CELL },
    { HR_COLOR_TEXT_DIM, HR_COLOR_BLOCK },      { HR_COLOR_TEXT_DIM, HR_COLOR_KEY_CELL },
    { HR_COLOR_ACCENT_TEXT, HR_COLOR_ACCENT_TINT }, { HR_COLOR_ACCENT_TEXT, HR_COLOR_BLOCK },
    { HR_COLOR_WARNING, HR_COLOR_WARNING_TINT },    { HR_COLOR_ERROR, HR_COLOR_ERROR_TINT },
    { HR_COLOR_OK, HR_COLOR_OK_TINT },              { HR_COLOR_OK, HR_COLOR_BLOCK },
    { HR_COLOR_TEXT, HR_COLOR_OK_TINT },            { HR_COLOR_TEXT, HR_COLOR_ERROR_TINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    assert_contrast (pairs[i][0], pairs[i][1], 4.5);
}

static void
test_entities (void)
{
  for (guint i = 0; i < HR_N_ENTITY_COLORS; i++)
    {
      guint entity = i < HR_N_ENTITY_COLORS - 1 ? i : HR_ENTITY_NONE;
      HrColor tint = hr_color_of_entity (entity, HR_PART_TINT);

      assert_contrast (hr_color_of_entity (entity, HR_PART_INK), tint, 6.5);
      assert_contrast (HR_COLOR_TEXT, tint, 8.5);
      assert_contrast (HR_COLOR_TEXT_DIM, tint, 4.5);
      assert_contrast (hr_color_of_entity (entity, HR_PART_MARK), HR_COLOR_CANVAS, 3);
    }
}

/* Past seven, colours come again, but never with the same shape. */
static void
test_shapes (void)
{
  for (guint a = 0; a < 49; a++)
    for (guint b = a + 1; b < 49; b++)
      g_assert_false (hr_color_of_entity (a, HR_PART_MARK) == hr_color_of_entity (b, HR_PART_MARK)
                      && hr_shape_of_entity (a) == hr_shape_of_entity (b));
  g_assert_cmpint (hr_shape_of_entity (HR_ENTITY_NONE), ==, HR_SHAPE_DASHED);
}

static void
test_names (void)
{
  HrTheme theme;

  for (guint i = 0; i < HR_N_COLORS; i++)
    g_assert_nonnull (hr_color_get_name (i));
  for (guint i = 0; i < HR_N_THEMES; i++)
    {
      g_assert_true (hr_theme_from_name (hr_theme_get_name (i), &theme));
      g_assert_cmpint (theme, ==, i);
    }
  g_assert_false (hr_theme_from_name ("sepia", &theme));
  g_assert_cmpfloat (hr_theme_get_dim (HR_THEME_HIGH_CONTRAST), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/theme/text", test_text);
  g_test_add_func ("/render/theme/entities", test_entities);
  g_test_add_func ("/render/theme/shapes", test_shapes);
  g_test_add_func ("/render/theme/names", test_names);
  return g_test_run ();
}
