/*
 * Copies of what is shown: a picture with title and legend, as `hashrange draw` makes it, and the items as text.
 *
 * The picture is drawn into memory and goes to the clipboard as a texture; who pastes it asks for the format.
 */
#include "app/ui/canvas/copy-picture.h"

#include "app/session/figures.h"
#include "app/session/item-selection.h"
#include "app/ui/pieces/look.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"
#include "render/painter.h"
#include "render/picture.h"
#include "render/surface.h"

#define PICTURE_ROWS_MAX 200
#define TEXT_ROWS_MAX 10000
#define SCALE 2.0 /* px of the picture for one on the screen */
#define ROWS_AT_ONCE 256

static gboolean
check_outline (HrSession *session, guint64 *n_rows, GError **error)
{
  HrOutline *outline = hr_session_get_outline (session);
  HrOutlineTotals totals = { 0 };

  if (outline != NULL && !hr_session_is_busy (session))
    hr_outline_get_totals (outline, &totals);
  *n_rows = totals.n_rows;
  if (totals.n_rows > 0)
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("There are no items to be copied."));
  return FALSE;
}

static char *
describe_limit (guint64 limit, guint64 n_rows)
{
  g_autofree char *shown = hr_figure_number (limit);
  g_autofree char *all = hr_figure_number (n_rows);

  return n_rows > limit ? g_strdup_printf (_("The first %s of %s items are copied."), shown, all)
                        : g_strdup (_("Copied"));
}

static void
paint (const HrScene *scene, HrTheme theme, HrText *text, cairo_surface_t *surface)
{
  HrRgba canvas = hr_theme_get_color (theme, HR_COLOR_CANVAS);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, canvas.red, canvas.green, canvas.blue);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  hr_paint_scene (cr, scene, theme, text);
  cairo_destroy (cr);
}

static GdkTexture *
draw (HrPicture *picture, HrTheme theme, HrText *text, GError **error)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  int width = (int) (hr_picture_get_width (picture) * SCALE + 0.5);
  int height = (int) (hr_picture_get_height (picture) * SCALE + 0.5);
  cairo_surface_t *surface;
  g_autoptr (GBytes) bytes = NULL;
  int stride;

  if (!hr_picture_draw (picture, scene, error))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, CLAMP (width, 1, HR_PNG_MAX_PX),
                                        CLAMP (height, 1, HR_PNG_MAX_PX));
  paint (scene, theme, text, surface);
  cairo_surface_flush (surface);
  width = cairo_image_surface_get_width (surface);
  height = cairo_image_surface_get_height (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

GdkTexture *
hr_session_draw_picture (HrSession *session, GtkWidget *widget, char **note, GError **error)
{
  HrDocument *document = hr_session_get_document (session);
  HrPictureOptions options = {
    .model = document != NULL ? hr_document_get_model (document) : NULL,
    .table = hr_session_get_table (session),
    .index = hr_session_get_index (session),
    .outline = hr_session_get_outline (session),
    .theme = hr_look_get_theme (),
  };
  g_autofree char *view = NULL;
  HrText *text;
  HrPicture *picture;
  GdkTexture *texture = NULL;
  guint64 n_rows;

  if (!check_outline (session, &n_rows, error))
    return NULL;
  g_object_get (session, "view", &view, NULL);
  if (g_strcmp0 (view, "patterns") == 0 && hr_session_get_run (session) != NULL)
    {
      options.pattern = hr_session_get_pattern (session);
      options.run = hr_session_get_run (session);
    }
  options.n_rows = MIN (n_rows, PICTURE_ROWS_MAX);
  text = hr_look_new_text (widget);
  picture = hr_picture_new (&options, text, error);
  if (picture != NULL)
    texture = draw (picture, options.theme, text, error);
  hr_picture_free (picture);
  hr_text_free (text);
  if (texture != NULL)
    *note = describe_limit (PICTURE_ROWS_MAX, n_rows);
  return texture;
}

/* A document that holds these items alone. */
static HrDocument *
new_extract (HrSession *session, const GArray *items, GError **error)
{
  g_autoptr (HrDocument) extract =
      hr_document_new (hr_document_get_model (hr_session_get_document (session)), error);
  const char *table = hr_session_get_table (session)->name;

  if (extract == NULL || !hr_document_begin_load (extract, error))
    return NULL;
  for (guint i = 0; i < items->len; i++)
    {
      g_auto (HrBuffer) json = HR_BUFFER_INIT;

      hr_item_to_json (&g_array_index (items, HrValue, i), FALSE, &json);
      if (!hr_document_add_item (extract, table, json.data, json.length, -1, HR_RANGE_NONE, error))
        {
          hr_document_cancel_load (extract);
          return NULL;
        }
    }
  return hr_document_end_load (extract, error) ? g_steal_pointer (&extract) : NULL;
}

static GdkTexture *
draw_extract (HrSession *session, HrDocument *extract, GtkWidget *widget, GError **error)
{
  HrOutlineOptions shape = { .table = hr_session_get_table (session)->name, .index = hr_session_get_index (session) };
  HrPictureOptions options = { .model = hr_document_get_model (extract), .index = shape.index,
                               .theme = hr_look_get_theme () };
  g_autoptr (HrOutline) outline = NULL;
  HrText *text;
  HrPicture *picture;
  GdkTexture *texture = NULL;

  options.table = hr_model_find_table (options.model, shape.table);
  outline = hr_outline_new (hr_document_get_engine (extract), options.table, &shape, NULL, error);
  if (outline == NULL)
    return NULL;
  options.outline = outline;
  text = hr_look_new_text (widget);
  picture = hr_picture_new (&options, text, error);
  if (picture != NULL)
    texture = draw (picture, options.theme, text, error);
  hr_picture_free (picture);
  hr_text_free (text);
  return texture;
}

GdkTexture *
hr_session_draw_selected (HrSession *session, GtkWidget *widget, char **note, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  g_autoptr (HrDocument) extract = NULL;
  GdkTexture *texture;

  hr_session_read_selected (session, PICTURE_ROWS_MAX, arena, items);
  if (items->len == 0)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Select an item first."));
      return NULL;
    }
  extract = new_extract (session, items, error);
  texture = extract != NULL ? draw_extract (session, extract, widget, error) : NULL;
  if (texture != NULL)
    *note = describe_limit (PICTURE_ROWS_MAX, hr_session_count_selected (session));
  return texture;
}

/* Rows of one partition, copied. */
static void
gather (const HrOutline *outline, const HrPartition *partition, guint64 limit, HrArena *arena, GArray *items)
{
  HrOutlineRow rows[ROWS_AT_ONCE];
  guint n;

  for (guint64 first = 0; first < partition->n_rows && items->len < limit; first += n)
    {
      n = hr_outline_fetch (outline, partition->position, first,
                            (guint) MIN (ROWS_AT_ONCE, limit - items->len), arena, rows, NULL);
      for (guint i = 0; i < n; i++)
        g_array_append_val (items, rows[i].item);
      if (n == 0)
        break;
    }
}

char *
hr_session_dup_rows (HrSession *session, HrItemFormat format, char **note, GError **error)
{
  HrOutline *outline = hr_session_get_outline (session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrPartition partition;
  guint64 n_rows;

  if (!check_outline (session, &n_rows, error))
    return NULL;
  for (guint64 i = 0; items->len < TEXT_ROWS_MAX && hr_outline_get_partition (outline, i, &partition); i++)
    gather (outline, &partition, TEXT_ROWS_MAX, arena, items);
  hr_items_to_text (hr_session_get_table (session), &g_array_index (items, HrValue, 0), items->len, format, &out);
  *note = describe_limit (TEXT_ROWS_MAX, n_rows);
  return g_strndup (out.data, out.length);
}
