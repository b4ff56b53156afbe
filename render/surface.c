/*
 * Scenes to PNG and PDF, by cairo; svg.c has the third.
 */

#include "render/surface.h"

#include <cairo-pdf.h>
#include <math.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "render/painter.h"

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  hr_buffer_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_IO, _ ("The picture could not be drawn: %s."),
               cairo_status_to_string (status));
  return FALSE;
}

static void
paint_background (cairo_t *cr, HrTheme theme)
{
  HrRgba canvas = hr_theme_get_color (theme, HR_COLOR_CANVAS);

  cairo_set_source_rgb (cr, canvas.red, canvas.green, canvas.blue);
  cairo_paint (cr);
}

gboolean
hr_scene_to_png (const HrScene *scene, HrTheme theme, HrText *text, double width_px, double height_px, double scale,
                 HrBuffer *out, GError **error)
{
  double width = ceil (width_px * scale);
  double height = ceil (height_px * scale);
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  if (width > HR_PNG_MAX_PX || height > HR_PNG_MAX_PX)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
                   _ ("The picture would be %.0f × %.0f pixels; a PNG can have %d at most. Draw fewer rows with "
                      "--rows, a smaller --scale, or a PDF."),
                   width, height, HR_PNG_MAX_PX);
      return FALSE;
    }

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) width), MAX (1, (int) height));
  cr = cairo_create (surface);
  paint_background (cr, theme);
  cairo_scale (cr, scale, scale);
  hr_paint_scene (cr, scene, theme, text);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, out);
  cairo_surface_destroy (surface);
  return check_status (status, error);
}

/* Pixels are 1/96 inch, PDF's points 1/72. */
#define POINTS_PER_PX 0.75

gboolean
hr_pages_to_pdf (HrPageFunc func, gpointer user_data, HrTheme theme, HrText *text, double width_px, double height_px,
                 const char *title, HrBuffer *out, GError **error)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, out, width_px * POINTS_PER_PX,
                                                                  height_px * POINTS_PER_PX);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Hashrange");
  /* cairo would write the time of day, and no two files were the same */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_scale (cr, POINTS_PER_PX, POINTS_PER_PX);
  for (guint page = 0; func (page, scene, user_data); page++)
    {
      paint_background (cr, theme);
      hr_paint_scene (cr, scene, theme, text);
      cairo_show_page (cr);
      hr_scene_clear (scene);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, error);
}
