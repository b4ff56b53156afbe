/*
 * Scenes to SVG. Written by hand rather than by cairo, so that groups keep their ids and each glyph is
 * stored once: texts become uses of glyph outlines, numbered in the order of their first use.
 */

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "render/scene-private.h"
#include "render/shapes.h"
#include "render/surface.h"
#include "render/text-place.h"

typedef struct
{
  const HrScene *scene;
  HrTheme theme;
  HrText *text;
  HrBuffer body;
  HrBuffer glyphs;     /* <path> definitions */
  GHashTable *numbers; /* "FONT GLYPH" → number + 1 */
  cairo_t *cr;         /* to trace paths with */
  guint n_clips;
} Writer;

static void
write_number (HrBuffer *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (text, sizeof text, "%.2f", round (value * 100) / 100 + 0.0);
  for (end = text + strlen (text) - 1; *end == '0'; end--)
    *end = '\0';
  if (*end == '.')
    *end = '\0';
  hr_buffer_append_string (out, text);
}

static void
write_attribute (HrBuffer *out, const char *name, double value)
{
  hr_buffer_printf (out, " %s=\"", name);
  write_number (out, value);
  hr_buffer_append_char (out, '"');
}

static void
write_paint (Writer *self, const char *property, HrColor color)
{
  HrRgba rgba = hr_theme_get_color (self->theme, color);

  hr_buffer_printf (&self->body, " %s=\"#%02x%02x%02x\"", property, (guint) lround (rgba.red * 255),
                    (guint) lround (rgba.green * 255), (guint) lround (rgba.blue * 255));
  if (rgba.alpha < 1)
    {
      hr_buffer_printf (&self->body, " %s-opacity=\"", property);
      write_number (&self->body, rgba.alpha);
      hr_buffer_append_char (&self->body, '"');
    }
}

static void
write_path_data (HrBuffer *out, cairo_t *cr)
{
  static const char letters[] = { [CAIRO_PATH_MOVE_TO] = 'M', [CAIRO_PATH_LINE_TO] = 'L',
                                  [CAIRO_PATH_CURVE_TO] = 'C', [CAIRO_PATH_CLOSE_PATH] = 'Z' };
  cairo_path_t *path = cairo_copy_path (cr);

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = &path->data[i];

      hr_buffer_append_char (out, letters[data->header.type]);
      for (int j = 1; j < data->header.length; j++)
        {
          if (j > 1)
            hr_buffer_append_char (out, ' ');
          write_number (out, data[j].point.x);
          hr_buffer_append_char (out, ' ');
          write_number (out, data[j].point.y);
        }
    }
  cairo_path_destroy (path);
  cairo_new_path (cr);
}

static void
write_stroke (Writer *self, HrColor color, double width, double dash)
{
  hr_buffer_append_string (&self->body, " fill=\"none\"");
  write_paint (self, "stroke", color);
  write_attribute (&self->body, "stroke-width", width);
  if (dash > 0)
    write_attribute (&self->body, "stroke-dasharray", dash);
}

/* The path that was traced, filled or stroked as the look says. */
static void
write_traced (Writer *self, const HrPathLook *look, HrColor color, const char *more)
{
  hr_buffer_append_string (&self->body, "<path d=\"");
  write_path_data (&self->body, self->cr);
  hr_buffer_append_char (&self->body, '"');
  if (look->is_stroked)
    write_stroke (self, color, look->width, look->dash);
  else
    write_paint (self, "fill", color);
  hr_buffer_printf (&self->body, "%s/>\n", more);
}

static void
write_box (Writer *self, const HrSceneNode *node)
{
  const HrBox *box = &node->box;
  const HrPathLook filled = { FALSE, 0, 0 };
  const HrPathLook stroked = { TRUE, box->stroke_width, box->dash };

  if (box->fill != HR_COLOR_NONE)
    {
      hr_box_trace (self->cr, box, &node->rect, 0);
      write_traced (self, &filled, box->fill, "");
    }
  if (box->stroke != HR_COLOR_NONE)
    {
      hr_box_trace (self->cr, box, &node->rect, box->stroke_width / 2);
      write_traced (self, &stroked, box->stroke, "");
    }
}

static void
open_clip (Writer *self, const HrRect *rect)
{
  guint number = ++self->n_clips;

  hr_buffer_printf (&self->body, "<clipPath id=\"clip%u\"><rect", number);
  write_attribute (&self->body, "x", rect->x);
  write_attribute (&self->body, "y", rect->y);
  write_attribute (&self->body, "width", rect->width);
  write_attribute (&self->body, "height", rect->height);
  hr_buffer_printf (&self->body, "/></clipPath>\n<g clip-path=\"url(#clip%u)\"", number);
}

static void
write_hatch (Writer *self, const HrSceneNode *node)
{
  HrPathLook look;

  open_clip (self, &node->rect);
  hr_buffer_append_string (&self->body, ">\n");
  hr_hatch_trace (self->cr, &node->rect, &look);
  write_traced (self, &look, node->color, "");
  hr_buffer_append_string (&self->body, "</g>\n");
}

static void
write_points (Writer *self, const HrSceneNode *node)
{
  const double *points = hr_scene_get_points (self->scene, node);
  const HrPathLook look = { TRUE, node->line.width, node->line.dash };

  for (guint i = 0; i < node->line.count; i++)
    cairo_line_to (self->cr, points[2 * i], points[2 * i + 1]);
  write_traced (self, &look, node->color, "");
}

static void
write_link (Writer *self, const HrSceneNode *node)
{
  const double *points = hr_scene_get_points (self->scene, node);
  const HrPathLook line = { TRUE, node->line.width, node->line.dash };
  const HrPathLook head = { .is_stroked = FALSE };

  hr_link_trace (self->cr, points, node->line.arrow);
  write_traced (self, &line, node->color, "");
  if (node->line.arrow <= 0)
    return;
  hr_arrow_trace (self->cr, points, node->line.arrow);
  write_traced (self, &head, node->color, "");
}

/* The number of a glyph's outline, defined at its first use. */
static guint
define_glyph (Writer *self, PangoFont *font, PangoGlyph glyph)
{
  g_autoptr (PangoFontDescription) description = pango_font_describe_with_absolute_size (font);
  g_autofree char *name = pango_font_description_to_string (description);
  g_autofree char *key = g_strdup_printf ("%s %u", name, glyph);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
  cairo_glyph_t outline = { glyph, 0, 0 };

  if (number > 0)
    return number - 1;
  number = g_hash_table_size (self->numbers) + 1;
  g_hash_table_insert (self->numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  cairo_set_scaled_font (self->cr, pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)));
  cairo_glyph_path (self->cr, &outline, 1);
  hr_buffer_printf (&self->glyphs, "<path id=\"glyph%u\" d=\"", number - 1);
  write_path_data (&self->glyphs, self->cr);
  hr_buffer_append_string (&self->glyphs, "\"/>\n");
  return number - 1;
}

static void
write_run (Writer *self, const PangoGlyphItem *run, double x, double baseline)
{
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &run->glyphs->glyphs[i];

      if (info->glyph != PANGO_GLYPH_EMPTY && (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
        {
          hr_buffer_printf (&self->body, "<use href=\"#glyph%u\"",
                            define_glyph (self, run->item->analysis.font, info->glyph));
          write_attribute (&self->body, "x", x + (double) info->geometry.x_offset / PANGO_SCALE);
          write_attribute (&self->body, "y", baseline + (double) info->geometry.y_offset / PANGO_SCALE);
          hr_buffer_append_string (&self->body, "/>");
        }
      x += (double) info->geometry.width / PANGO_SCALE;
    }
}

static void
write_layout (Writer *self, PangoLayout *layout, double x, double y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
      PangoRectangle logical;

      if (run == NULL)
        continue;
      pango_layout_iter_get_run_extents (iter, NULL, &logical);
      write_run (self, run, x + (double) logical.x / PANGO_SCALE,
                 y + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}

static void
write_text_line (Writer *self, PangoLayout *layout, double x, double y, double from_top)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  hr_buffer_append_string (&self->body, "<rect");
  write_attribute (&self->body, "x", x);
  write_attribute (&self->body, "y", y + from_top);
  write_attribute (&self->body, "width", width);
  hr_buffer_append_string (&self->body, " height=\"1\"/>");
}

static void
write_text (Writer *self, const HrSceneNode *node)
{
  const HrTextLook *look = &node->text.look;
  double x;
  double y;
  PangoLayout *layout = hr_text_place (self->text, node, &x, &y);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  hr_buffer_append_string (&self->body, "<g");
  write_paint (self, "fill", look->color);
  if (look->vertical)
    {
      hr_buffer_append_string (&self->body, " transform=\"translate(");
      write_number (&self->body, node->rect.x);
      hr_buffer_append_char (&self->body, ' ');
      write_number (&self->body, node->rect.y + node->rect.height);
      hr_buffer_append_string (&self->body, ") rotate(-90)\"");
    }
  hr_buffer_append_char (&self->body, '>');
  write_layout (self, layout, x, y);
  if (look->underline)
    write_text_line (self, layout, x, y, height - 2);
  if (look->strikethrough)
    write_text_line (self, layout, x, y, height / 2.0);
  hr_buffer_append_string (&self->body, "</g>\n");
}

static void
open_group (Writer *self, const HrSceneNode *node)
{
  if (node->group.has_clip)
    open_clip (self, &node->rect);
  else
    hr_buffer_append_string (&self->body, "<g");
  if (node->group.id != NULL)
    {
      g_autofree char *id = g_markup_escape_text (node->group.id, -1);

      hr_buffer_printf (&self->body, " id=\"%s\"", id);
    }
  if (node->group.x != 0 || node->group.y != 0)
    {
      hr_buffer_append_string (&self->body, " transform=\"translate(");
      write_number (&self->body, node->group.x);
      hr_buffer_append_char (&self->body, ' ');
      write_number (&self->body, node->group.y);
      hr_buffer_append_string (&self->body, ")\"");
    }
  if (node->group.opacity < 1)
    write_attribute (&self->body, "opacity", node->group.opacity);
  hr_buffer_append_string (&self->body, ">\n");
}

static void
write_node (Writer *self, const HrSceneNode *node)
{
  HrPathLook look;

  switch (node->type)
    {
    case HR_NODE_BOX:
      write_box (self, node);
      break;
    case HR_NODE_HATCH:
      write_hatch (self, node);
      break;
    case HR_NODE_LINE:
      write_points (self, node);
      break;
    case HR_NODE_LINK:
      write_link (self, node);
      break;
    case HR_NODE_SHAPE:
      hr_shape_trace (self->cr, node->shape, &node->rect, &look);
      write_traced (self, &look, node->color, "");
      break;
    case HR_NODE_ICON:
      hr_icon_trace (self->cr, node->icon, &node->rect, &look);
      write_traced (self, &look, node->color, " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
      break;
    case HR_NODE_TEXT:
      write_text (self, node);
      break;
    case HR_NODE_PUSH:
      open_group (self, node);
      break;
    case HR_NODE_POP:
      hr_buffer_append_string (&self->body, "</g>\n");
      break;
    }
}

static void
write_document (const Writer *self, double width_px, double height_px, HrBuffer *out)
{
  HrRgba canvas = hr_theme_get_color (self->theme, HR_COLOR_CANVAS);

  hr_buffer_append_string (out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
  write_attribute (out, "width", width_px);
  write_attribute (out, "height", height_px);
  hr_buffer_append_string (out, " viewBox=\"0 0 ");
  write_number (out, width_px);
  hr_buffer_append_char (out, ' ');
  write_number (out, height_px);
  hr_buffer_append_string (out, "\">\n<defs>\n");
  hr_buffer_append (out, self->glyphs.data, self->glyphs.length);
  hr_buffer_printf (out, "</defs>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#%02x%02x%02x\"/>\n",
                    (guint) lround (canvas.red * 255), (guint) lround (canvas.green * 255),
                    (guint) lround (canvas.blue * 255));
  hr_buffer_append (out, self->body.data, self->body.length);
  hr_buffer_append_string (out, "</svg>\n");
}

gboolean
hr_scene_to_svg (const HrScene *scene, HrTheme theme, HrText *text, double width_px, double height_px, HrBuffer *out,
                 GError **error)
{
  cairo_surface_t *surface;
  Writer self = { .scene = scene, .theme = theme, .text = text };
  gboolean is_fine;

  if (MAX (width_px, height_px) > HR_SVG_MAX_PX)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _ ("The picture would be %.0f × %.0f px; an SVG can have %d at most. Draw fewer rows with --rows, "
                      "or a PDF."),
                   width_px, height_px, HR_SVG_MAX_PX);
      return FALSE;
    }
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  self.cr = cairo_create (surface);
  self.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    write_node (&self, hr_scene_get_node (scene, i));
  is_fine = cairo_status (self.cr) == CAIRO_STATUS_SUCCESS;
  if (is_fine)
    write_document (&self, width_px, height_px, out);
  else
    g_set_error (error, HR_ERROR, HR_ERROR_IO, _ ("The picture could not be drawn: %s."),
                 cairo_status_to_string (cairo_status (self.cr)));

  g_hash_table_unref (self.numbers);
  cairo_destroy (self.cr);
  cairo_surface_destroy (surface);
  hr_buffer_clear (&self.body);
  hr_buffer_clear (&self.glyphs);
  return is_fine;
}
