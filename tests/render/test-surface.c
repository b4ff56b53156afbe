/*
 * Pictures in files: the same input gives the same bytes, and files that others can read.
 */
#include "render/surface.h"

#include "model/base/error.h"
#include "tests/render/picture.h"

#include <cairo.h>
#include <string.h>

#define WIDTH  900
#define HEIGHT 600

static void
draw (Picture *picture, HrText *text)
{
  HrViewport viewport = { .width = WIDTH, .height = HEIGHT };

  picture_init (picture, text, "conversations", "talk", NULL);
  picture_run (picture, "A", FALSE);
  viewport.selected = (HrHit) { HR_HIT_CELL, 0, 3, 1, HR_SIDE_TABLE };
  picture_draw (picture, &viewport);
}

static void
write_png (const HrScene *scene, HrText *text, HrTheme theme, HrBuffer *out)
{
  g_autoptr (GError) error = NULL;

  hr_scene_to_png (scene, theme, text, WIDTH, HEIGHT, 2, out, &error);
  g_assert_no_error (error);
}

static void
assert_same (const HrBuffer *a, const HrBuffer *b)
{
  g_assert_cmpmem (a->data, a->length, b->data, b->length);
}

typedef struct
{
  const char *bytes;
  gsize length;
} Source;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (length > source->length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->bytes, length);
  source->bytes += length;
  source->length -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Twice from one scene, and again with fonts and layout made anew. */
static void
test_png (gconstpointer data)
{
  HrText *text = (HrText *) data;
  g_autoptr (HrText) other_text = picture_text_new ();
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  g_auto (HrBuffer) third = HR_BUFFER_INIT;
  g_auto (HrBuffer) dark = HR_BUFFER_INIT;
  g_auto (Picture) picture = PICTURE_INIT;
  g_auto (Picture) other = PICTURE_INIT;
  cairo_surface_t *surface;
  Source source;

  draw (&picture, text);
  draw (&other, other_text);
  write_png (picture.scene, text, HR_THEME_LIGHT, &first);
  write_png (picture.scene, text, HR_THEME_LIGHT, &second);
  write_png (other.scene, other_text, HR_THEME_LIGHT, &third);
  write_png (picture.scene, text, HR_THEME_DARK, &dark);
  assert_same (&first, &second);
  assert_same (&first, &third);
  g_assert_false (first.length == dark.length && memcmp (first.data, dark.data, dark.length) == 0);

  source = (Source) { first.data, first.length };
  surface = cairo_image_surface_create_from_png_stream (read_cb, &source);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 2 * HEIGHT);
  cairo_surface_destroy (surface);
}

static void
test_png_too_large (gconstpointer data)
{
  HrText *text = (HrText *) data;
  g_autoptr (HrScene) scene = hr_scene_new ();
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_false (hr_scene_to_png (scene, HR_THEME_LIGHT, text, 100, 20000, 2, &out, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "--rows"));
  g_assert_cmpuint (out.length, ==, 0);
}

static void
check_attribute_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                    gpointer user_data, GError **error)
{
  GHashTable *ids = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_null (strstr (values[i], "nan"));
      g_assert_null (strstr (values[i], "inf"));
      if (strcmp (names[i], "id") == 0)
        g_assert_true (g_hash_table_add (ids, g_strdup (values[i])));
      if (strcmp (names[i], "href") == 0)
        g_assert_true (g_hash_table_contains (ids, values[i] + 1));
    }
}

static void
test_svg (gconstpointer data)
{
  HrText *text = (HrText *) data;
  static const GMarkupParser parser = { .start_element = check_attribute_cb };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, ids, NULL);
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  g_auto (Picture) picture = PICTURE_INIT;

  draw (&picture, text);
  hr_scene_to_svg (picture.scene, HR_THEME_LIGHT, text, WIDTH, HEIGHT, &first, &error);
  g_assert_no_error (error);
  hr_scene_to_svg (picture.scene, HR_THEME_LIGHT, text, WIDTH, HEIGHT, &second, &error);
  g_assert_no_error (error);
  assert_same (&first, &second);

  g_markup_parse_context_parse (context, first.data, (gssize) first.length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (ids, "table"));
  g_assert_true (g_hash_table_contains (ids, "partition-0"));
}

static gboolean
draw_page_cb (guint page, HrScene *scene, gpointer user_data)
{
  Picture *picture = user_data;
  HrViewport viewport = { .y = page * 300.0, .width = WIDTH, .height = 300 };

  if (viewport.y >= hr_table_layout_get_height (picture->layout))
    return FALSE;
  return hr_table_layout_draw (picture->layout, &viewport, scene, NULL);
}

static guint
count (const HrBuffer *buffer, const char *wanted)
{
  gsize length = strlen (wanted);
  guint found = 0;

  for (gsize i = 0; i + length <= buffer->length; i++)
    found += memcmp (buffer->data + i, wanted, length) == 0;
  return found;
}

static void
test_pdf (gconstpointer data)
{
  HrText *text = (HrText *) data;
  g_auto (HrBuffer) first = HR_BUFFER_INIT;
  g_auto (HrBuffer) second = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  g_auto (Picture) picture = PICTURE_INIT;

  draw (&picture, text);
  hr_pages_to_pdf (draw_page_cb, &picture, HR_THEME_PRINT, text, WIDTH, 300, "Talk", &first, &error);
  g_assert_no_error (error);
  hr_pages_to_pdf (draw_page_cb, &picture, HR_THEME_PRINT, text, WIDTH, 300, "Talk", &second, &error);
  g_assert_no_error (error);
  assert_same (&first, &second);
  g_assert_cmpuint (count (&first, "/Type /Page") - count (&first, "/Type /Pages"), ==, 3);
  g_assert_cmpuint (count (&first, "/CreationDate (20000101"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_autoptr (HrText) text = NULL;

  g_test_init (&argc, &argv, NULL);
  text = picture_text_new ();
  g_test_add_data_func ("/render/surface/png", text, test_png);
  g_test_add_data_func ("/render/surface/png-too-large", text, test_png_too_large);
  g_test_add_data_func ("/render/surface/svg", text, test_svg);
  g_test_add_data_func ("/render/surface/pdf", text, test_pdf);
  return g_test_run ();
}
