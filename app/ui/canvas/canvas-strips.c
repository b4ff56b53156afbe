/*
 * HrCanvasStrips: the toolkit compares the nodes of two frames by what they are, not by what they show, and paints all
 * of one that is another. A selection that moves by a row changes two strips of a canvas.
 */
#include "app/ui/canvas/canvas-strips.h"

#include "render/painter.h"

#define STRIP_HEIGHT_MIN 48 /* px of the widget */

typedef struct
{
  HrSceneStrip strip;
  GskRenderNode *node; /* owned */
} Strip;

struct _HrCanvasStrips
{
  GArray *strips;    /* Strip */
  HrCanvasLook look; /* that they were painted for */
};

static void
clear_strip (gpointer data)
{
  g_clear_pointer (&((Strip *) data)->node, gsk_render_node_unref);
}

static GArray *
new_strips (void)
{
  GArray *strips = g_array_new (FALSE, FALSE, sizeof (Strip));

  g_array_set_clear_func (strips, clear_strip);
  return strips;
}

HrCanvasStrips *
hr_canvas_strips_new (void)
{
  HrCanvasStrips *self = g_new0 (HrCanvasStrips, 1);

  self->strips = new_strips ();
  return self;
}

void
hr_canvas_strips_free (HrCanvasStrips *self)
{
  g_array_unref (self->strips);
  g_free (self);
}

void
hr_canvas_strips_clear (HrCanvasStrips *self)
{
  g_array_set_size (self->strips, 0);
}

static gboolean
is_same_look (const HrCanvasLook *a, const HrCanvasLook *b)
{
  return a->y == b->y && a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->theme == b->theme && a->is_clear == b->is_clear;
}

static GskRenderNode *
paint (const HrScene *scene, const HrCanvasLook *look, const HrSceneStrip *strip)
{
  int top = look->y + strip->top, height = strip->bottom - strip->top;
  GskRenderNode *node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, (float) top, (float) look->width, (float) height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  HrRgba canvas = hr_theme_get_color (look->theme, HR_COLOR_CANVAS);

  cairo_rectangle (cr, 0, top, look->width, height);
  cairo_clip (cr);
  if (!look->is_clear)
    {
      cairo_set_source_rgba (cr, canvas.red, canvas.green, canvas.blue, canvas.alpha);
      cairo_paint (cr);
    }
  cairo_translate (cr, 0, look->y);
  cairo_scale (cr, look->scale, look->scale);
  hr_paint_scene (cr, scene, look->theme, look->text);
  cairo_destroy (cr);
  return node;
}

/* What has been painted of the strip, or NULL. */
static GskRenderNode *
find_node (HrCanvasStrips *self, const HrSceneStrip *wanted)
{
  for (guint i = 0; i < self->strips->len; i++)
    {
      const Strip *strip = &g_array_index (self->strips, Strip, i);

      if (strip->strip.top == wanted->top && strip->strip.bottom == wanted->bottom
          && strip->strip.hash == wanted->hash)
        return gsk_render_node_ref (strip->node);
    }
  return NULL;
}

void
hr_canvas_strips_snapshot (HrCanvasStrips *self, const HrScene *scene, const HrCanvasLook *look, GtkSnapshot *snapshot)
{
  g_autoptr (GArray) cut = NULL;
  GArray *strips = new_strips ();

  if (!is_same_look (look, &self->look))
    hr_canvas_strips_clear (self);
  self->look = *look;
  self->look.text = NULL;
  cut = hr_scene_cut_strips (scene, look->scale, look->width > 0 ? MAX (0, look->height) : 0, STRIP_HEIGHT_MIN);
  for (guint i = 0; i < cut->len; i++)
    {
      Strip strip = { g_array_index (cut, HrSceneStrip, i), NULL };

      strip.node = find_node (self, &strip.strip);
      if (strip.node == NULL)
        strip.node = paint (scene, look, &strip.strip);
      gtk_snapshot_append_node (snapshot, strip.node);
      g_array_append_val (strips, strip);
    }
  g_array_unref (self->strips);
  self->strips = strips;
}
