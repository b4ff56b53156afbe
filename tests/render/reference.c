/*
 * Golden PNGs, and asserts about the texts of any scene.
 *
 * Pictures depend on the fonts that are installed. What texts measure tells them apart: the measures are kept beside
 * the references, and where they differ here the comparison of pixels is skipped with a message; everything else
 * holds anywhere.
 */
#include "tests/render/reference.h"

#include "render/scene-private.h"
#include "render/surface.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#define CHANNEL_TOLERANCE 5     /* of 255: 2 % */
#define PIXEL_TOLERANCE   0.001 /* of all pixels */
#define CONTRAST_LEAST    4.5

static char *
get_path (const char *name, const char *suffix)
{
  g_autofree char *file_name = g_strconcat (name, suffix, NULL);

  return g_test_build_filename (G_TEST_DIST, "golden", file_name, NULL);
}

static gboolean
is_writing (void)
{
  return g_strcmp0 (g_getenv ("HASHRANGE_GOLDEN"), "write") == 0;
}

/* Fonts */

static char *
spell_fonts (HrText *text)
{
  static const char sample[] = "The quick brown fox, 0123456789 {MSG#5ae2…0399} AVAWAY fi";
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < HR_N_STYLES; i++)
    {
      double width, height;

      hr_text_measure (text, i, sample, strlen (sample), &width, &height);
      g_string_append_printf (out, "%s %.2f %.2f\n", hr_text_style_get_name (i), width, height);
    }
  return g_string_free (out, FALSE);
}

gboolean
reference_has_fonts (HrText *text)
{
  g_autofree char *path = get_path ("fonts", ".txt");
  g_autofree char *here = spell_fonts (text);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (is_writing ())
    {
      g_file_set_contents (path, here, -1, &error);
      g_assert_no_error (error);
      return TRUE;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (here, expected) == 0)
    return TRUE;
  g_test_skip ("The fonts here differ from those that the reference pictures were drawn with.");
  return FALSE;
}

/* Pixels */

typedef struct
{
  HrBuffer bytes;
  gsize at;
} Png;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Png *self = closure;

  if (self->bytes.length - self->at < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, self->bytes.data + self->at, length);
  self->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
differs (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > CHANNEL_TOLERANCE)
      return TRUE;
  return FALSE;
}

/* How many pixels differ; those become red in @got and the others faint. */
static guint
mark_differences (cairo_surface_t *got, cairo_surface_t *expected)
{
  int width = cairo_image_surface_get_width (got);
  int height = cairo_image_surface_get_height (got);
  guint count = 0;

  cairo_surface_flush (got);
  cairo_surface_flush (expected);
  for (int y = 0; y < height; y++)
    {
      guint32 *row = (guint32 *) (cairo_image_surface_get_data (got) + y * cairo_image_surface_get_stride (got));
      const guint32 *other = (const guint32 *) (cairo_image_surface_get_data (expected)
                                                + y * cairo_image_surface_get_stride (expected));

      for (int x = 0; x < width; x++)
        {
          gboolean is_other = differs (row[x], other[x]);

          count += is_other;
          row[x] = is_other ? 0xffff0000 : 0xffc0c0c0 | (row[x] >> 2 & 0x3f3f3f);
        }
    }
  cairo_surface_mark_dirty (got);
  return count;
}

static void
compare (Png *png, const char *path, const char *name)
{
  cairo_surface_t *expected = cairo_image_surface_create_from_png (path);
  cairo_surface_t *got = cairo_image_surface_create_from_png_stream (read_cb, png);
  g_autofree char *out = g_strconcat (name, ".out.png", NULL);
  g_autofree char *difference = g_strconcat (name, ".diff.png", NULL);
  guint n_pixels;
  guint count;

  if (cairo_surface_status (expected) != CAIRO_STATUS_SUCCESS)
    g_error ("%s: %s", path, cairo_status_to_string (cairo_surface_status (expected)));
  g_assert_cmpint (cairo_image_surface_get_width (got), ==, cairo_image_surface_get_width (expected));
  g_assert_cmpint (cairo_image_surface_get_height (got), ==, cairo_image_surface_get_height (expected));
  n_pixels = (guint) (cairo_image_surface_get_width (got) * cairo_image_surface_get_height (got));
  count = mark_differences (got, expected);
  if (count > n_pixels * PIXEL_TOLERANCE)
    {
      g_file_set_contents (out, png->bytes.data, (gssize) png->bytes.length, NULL);
      cairo_surface_write_to_png (got, difference);
      g_error ("%u of %u pixels differ from golden/%s.png; see %s and %s", count, n_pixels, name, out, difference);
    }
  cairo_surface_destroy (expected);
  cairo_surface_destroy (got);
}

void
reference_assert_png (const HrScene *scene, HrTheme theme, HrText *text, double width, double height, double scale,
                      const char *name)
{
  g_autofree char *path = get_path (name, ".png");
  g_autoptr (GError) error = NULL;
  Png png = { HR_BUFFER_INIT, 0 };

  hr_scene_to_png (scene, theme, text, width, height, scale, &png.bytes, &error);
  g_assert_no_error (error);
  if (is_writing ())
    g_file_set_contents (path, png.bytes.data, (gssize) png.bytes.length, &error);
  else
    compare (&png, path, name);
  g_assert_no_error (error);
  hr_buffer_clear (&png.bytes);
}

/* Walking over a scene */

typedef struct
{
  const HrScene *scene;
  GArray *groups; /* Group */
  guint next;
} Walk;

typedef struct
{
  double x, y; /* moved by */
  double opacity;
  HrRect clip; /* of the window */
} Group;

static const Group whole = { 0, 0, 1, { -1e6, -1e6, 2e6, 2e6 } };

static HrRect
intersect (const HrRect *a, const HrRect *b)
{
  double x = MAX (a->x, b->x);
  double y = MAX (a->y, b->y);

  return (HrRect) { x, y, MAX (0, MIN (a->x + a->width, b->x + b->width) - x),
                    MAX (0, MIN (a->y + a->height, b->y + b->height) - y) };
}

static void
enter_group (Walk *self, const HrSceneNode *node)
{
  Group group = g_array_index (self->groups, Group, self->groups->len - 1);

  if (node->group.has_clip)
    {
      HrRect clip = { node->rect.x + group.x, node->rect.y + group.y, node->rect.width, node->rect.height };

      group.clip = intersect (&group.clip, &clip);
    }
  group.x += node->group.x;
  group.y += node->group.y;
  group.opacity *= node->group.opacity;
  g_array_append_val (self->groups, group);
}

/* The next node that is no group, its place in the window, and the group that it is in. NULL at the end. */
static const HrSceneNode *
walk_next (Walk *self, HrRect *rect, Group *group)
{
  while (self->next < hr_scene_get_n_nodes (self->scene))
    {
      const HrSceneNode *node = hr_scene_get_node (self->scene, self->next++);

      if (node->type == HR_NODE_PUSH)
        enter_group (self, node);
      else if (node->type == HR_NODE_POP)
        g_array_set_size (self->groups, self->groups->len - 1);
      else
        {
          *group = g_array_index (self->groups, Group, self->groups->len - 1);
          *rect = (HrRect) { node->rect.x + group->x, node->rect.y + group->y, node->rect.width, node->rect.height };
          return node;
        }
    }
  return NULL;
}

static void
walk_begin (Walk *self, const HrScene *scene)
{
  *self = (Walk) { scene, g_array_new (FALSE, FALSE, sizeof (Group)), 0 };
  g_array_append_val (self->groups, whole);
}

static void
walk_end (Walk *self)
{
  g_array_unref (self->groups);
}

/* Contrast */

static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (HrRgba color)
{
  return 0.2126 * linearize (color.red) + 0.7152 * linearize (color.green) + 0.0722 * linearize (color.blue);
}

static double
get_contrast (HrTheme theme, HrColor a, HrColor b)
{
  double x = get_luminance (hr_theme_get_color (theme, a));
  double y = get_luminance (hr_theme_get_color (theme, b));

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

typedef struct
{
  HrRect rect;
  HrColor color;
} Ground;

static gboolean
contains (const HrRect *rect, double x, double y)
{
  return x >= rect->x && x <= rect->x + rect->width && y >= rect->y && y <= rect->y + rect->height;
}

/* Of the last box that was filled there. */
static HrColor
find_ground (const GArray *grounds, double x, double y)
{
  for (guint i = grounds->len; i > 0; i--)
    {
      const Ground *ground = &g_array_index (grounds, Ground, i - 1);

      if (contains (&ground->rect, x, y))
        return ground->color;
    }
  return HR_COLOR_CANVAS;
}

void
reference_assert_contrast (const HrScene *scene, HrTheme theme, const char *name)
{
  g_autoptr (GArray) grounds = g_array_new (FALSE, FALSE, sizeof (Ground));
  const HrSceneNode *node;
  HrRect rect;
  Group group;
  Walk walk;

  walk_begin (&walk, scene);
  while ((node = walk_next (&walk, &rect, &group)) != NULL)
    {
      HrColor ground;
      double contrast;

      if (node->type == HR_NODE_BOX && node->box.fill != HR_COLOR_NONE && node->box.fill != HR_COLOR_SHADOW)
        {
          Ground filled = { intersect (&rect, &group.clip), node->box.fill };

          g_array_append_val (grounds, filled);
        }
      if (node->type != HR_NODE_TEXT || group.opacity < 1)
        continue;
      ground = find_ground (grounds, rect.x + 1, rect.y + rect.height / 2);
      contrast = get_contrast (theme, node->text.look.color, ground);
      if (contrast < CONTRAST_LEAST)
        g_error ("%s, %s: “%.*s” in %s on %s has a contrast of %.2f", name, hr_theme_get_name (theme),
                 (int) node->text.length, node->text.text, hr_color_get_name (node->text.look.color),
                 hr_color_get_name (ground), contrast);
    }
  walk_end (&walk);
}

/* Places */

typedef struct
{
  HrRect rect; /* that the letters take, in sight */
  const HrSceneNode *node;
} Label;

/* Where the letters are. */
static HrRect
get_ink (const HrSceneNode *node, const HrRect *rect, HrText *text)
{
  const HrTextLook *look = &node->text.look;
  double room = look->vertical ? rect->height : rect->width;
  double width, height;
  double start;

  hr_text_measure (text, look->style, node->text.text, node->text.length, &width, &height);
  if (look->ellipsis != HR_ELLIPSIS_NONE)
    width = MIN (width, room);
  start = look->align == HR_ALIGN_START ? 0 : look->align == HR_ALIGN_END ? room - width : (room - width) / 2;
  if (look->vertical)
    return (HrRect) { rect->x, rect->y + start, rect->width, width };
  return (HrRect) { rect->x + start, rect->y + (rect->height - height) / 2, width, height };
}

static void
assert_inside (const Label *label, const HrRect *rect, double width, const char *name)
{
  const HrTextLook *look = &label->node->text.look;
  gboolean fits = look->vertical ? label->rect.height <= rect->height + 1.5 : label->rect.width <= rect->width + 1.5;

  if (!fits || label->rect.x < -0.5 || label->rect.x + label->rect.width > width + 0.5)
    g_error ("%s: “%.*s” is outside of its place: %.1f + %.1f in %.1f + %.1f of %.1f", name,
             (int) label->node->text.length, label->node->text.text, label->rect.x, label->rect.width, rect->x,
             rect->width, width);
}

static gboolean
is_same_line (const Label *a, const Label *b)
{
  return a->node->text.look.vertical == b->node->text.look.vertical;
}

static void
assert_apart (const GArray *labels, const Label *label, const char *name)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const Label *other = &g_array_index (labels, Label, i);
      HrRect common = intersect (&label->rect, &other->rect);

      /* lines of text may touch, letters may not */
      if (is_same_line (label, other) && common.width > 1 && common.height > 4)
        g_error ("%s: “%.*s” and “%.*s” collide", name, (int) label->node->text.length, label->node->text.text,
                 (int) other->node->text.length, other->node->text.text);
    }
}

void
reference_assert_places (const HrScene *scene, HrText *text, double width, const char *name)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (Label));
  const HrSceneNode *node;
  HrRect rect;
  Group group;
  Walk walk;

  walk_begin (&walk, scene);
  while ((node = walk_next (&walk, &rect, &group)) != NULL)
    {
      Label label = { .node = node };

      if (node->type != HR_NODE_TEXT)
        continue;
      label.rect = get_ink (node, &rect, text);
      assert_inside (&label, &rect, width, name);
      label.rect = intersect (&label.rect, &group.clip);
      assert_apart (labels, &label, name);
      g_array_append_val (labels, label);
    }
  walk_end (&walk);
}
