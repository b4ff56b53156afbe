/*
 * HrPairCanvas: table and index side by side.
 *
 * It is drawn by render/ from two outlines, which the session makes while the canvas is in sight, and painted strip by
 * strip as the canvas of one table is (canvas-strips.h). What assistive tools find are transparent children as there.
 * Scrolling is in pair-canvas-scroll.c, input and the move of an item in pair-canvas-input.c.
 */
#include "app/ui/canvas/pair-canvas-private.h"

#include <math.h>
#include <string.h>

#include "app/ui/pieces/look.h"
#include "model/base/i18n.h"

#define CELLS_DELAY_MS 60

G_DEFINE_FINAL_TYPE (HrPairCanvas, hr_pair_canvas, GTK_TYPE_WIDGET)

/* The canvas: what it shows */

double
hr_pair_canvas_get_scale (HrPairCanvas *self)
{
  return self->zoom * self->text_scale;
}

double
hr_pair_canvas_get_header_height (HrPairCanvas *self)
{
  return ceil (HR_PAIR_HEADER_HEIGHT * hr_pair_canvas_get_scale (self));
}

static void
drop_outlines (HrPairCanvas *self)
{
  memset (self->outlines, 0, sizeof self->outlines);
  g_clear_pointer (&self->model, hr_model_unref);
  self->has_look = FALSE;
}

static gboolean
ensure_outlines (HrPairCanvas *self)
{
  if (self->model != NULL)
    return TRUE;
  if (hr_session_get_table (self->session) == NULL || hr_session_is_busy (self->session))
    return FALSE;
  for (guint i = 0; i < HR_N_SIDES; i++)
    {
      self->outlines[i] = hr_session_get_pair_outline (self->session, (HrSide)i);
      if (self->outlines[i] == NULL)
        return FALSE;
    }
  self->model = hr_model_ref (hr_document_get_model (hr_session_get_document (self->session)));
  return TRUE;
}

gboolean
hr_pair_canvas_prepare (HrPairCanvas *self)
{
  HrPairLook look = {
    .zoom = self->zoom,
    .right_to_left = hr_pair_canvas_is_right_to_left (self),
    .shows_attributes = FALSE,
    .dim = hr_look_get_dim (),
  };
  guint density;

  if (!ensure_outlines (self))
    return FALSE;
  if (self->has_look)
    return TRUE;
  if (self->text == NULL)
    self->text = hr_look_new_text (GTK_WIDGET (self));
  g_object_get (self->session, "density", &density, NULL);
  look.table_outline = self->outlines[HR_SIDE_TABLE];
  look.index_outline = self->outlines[HR_SIDE_INDEX];
  look.table = hr_session_get_table (self->session);
  look.index = hr_session_get_index (self->session);
  look.text = self->text;
  look.density = density;
  hr_pair_layout_set_look (self->layout, &look);
  self->has_look = TRUE;
  self->has_scene = FALSE;
  hr_pair_canvas_align (self);
  hr_pair_canvas_find_selection (self);
  return TRUE;
}

void
hr_pair_canvas_size_viewport (HrPairCanvas *self)
{
  double scale = hr_pair_canvas_get_scale (self);

  self->viewport.width = gtk_widget_get_width (GTK_WIDGET (self)) / scale;
  self->viewport.height = MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) / scale - HR_PAIR_HEADER_HEIGHT);
}

static void
draw (HrPairCanvas *self)
{
  HrRect header = { 0, 0, self->viewport.width, HR_PAIR_HEADER_HEIGHT };
  g_autoptr (GError) error = NULL;

  if (self->has_scene)
    return;
  hr_scene_clear (self->scene);
  hr_scene_clear (self->header);
  if (!hr_pair_layout_draw (self->layout, &self->viewport, self->scene, &error))
    g_warning ("%s", error->message);
  hr_pair_layout_draw_header (self->layout, &self->viewport, &header, self->header);
  self->has_scene = TRUE;
}

static void
hr_pair_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  int header = (int) hr_pair_canvas_get_header_height (self);
  HrCanvasLook look = { header, gtk_widget_get_width (widget), gtk_widget_get_height (widget) - header,
                        hr_pair_canvas_get_scale (self), hr_look_get_theme (), self->text, FALSE };

  if (!hr_pair_canvas_prepare (self))
    return;
  hr_pair_canvas_size_viewport (self);
  draw (self);
  look.text = self->text;
  hr_canvas_strips_snapshot (self->strips, self->scene, &look, snapshot);
  look.y = 0;
  look.height = header;
  hr_canvas_strips_snapshot (self->header_strips, self->header, &look, snapshot);
}

static gboolean
is_selected_cb (const HrHit *row, gpointer user_data)
{
  const HrHit *selected = &((HrPairCanvas *) user_data)->viewport.selected;

  return selected->kind != HR_HIT_NONE && row->side == selected->side && row->partition == selected->partition
         && row->row == selected->row;
}

void
hr_pair_canvas_update_cells (HrPairCanvas *self)
{
  g_clear_handle_id (&self->cells_source, g_source_remove);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !hr_pair_canvas_prepare (self))
    return;
  hr_pair_canvas_size_viewport (self);
  draw (self);
  hr_table_cells_update (self->cells, self->scene, &self->viewport.selected, is_selected_cb, self);
  hr_table_cells_allocate (self->cells, hr_pair_canvas_get_scale (self), hr_pair_canvas_get_header_height (self));
}

/* Keys that came while no cell could have the focus were for one. */
static gboolean
update_cells_cb (gpointer user_data)
{
  HrPairCanvas *self = user_data;

  self->cells_source = 0;
  hr_pair_canvas_update_cells (self);
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
hr_pair_canvas_invalidate (HrPairCanvas *self)
{
  self->has_scene = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->cells_source == 0)
    self->cells_source = g_timeout_add (CELLS_DELAY_MS, update_cells_cb, self);
}

HrPairLayout *
hr_pair_canvas_get_layout (HrPairCanvas *self)
{
  return hr_pair_canvas_prepare (self) ? self->layout : NULL;
}

const HrPairViewport *
hr_pair_canvas_get_viewport (HrPairCanvas *self)
{
  return &self->viewport;
}

void
hr_pair_canvas_show_selected (HrPairCanvas *self)
{
  if (hr_pair_canvas_prepare (self) && self->viewport.selected.kind != HR_HIT_NONE)
    hr_pair_canvas_show (self, &self->viewport.selected);
}

/* The canvas: a widget */

static void
changed_cb (HrPairCanvas *self)
{
  drop_outlines (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      hr_pair_canvas_invalidate (self);
      hr_pair_canvas_tell (self);
    }
}

static void
zoom_changed_cb (HrPairCanvas *self)
{
  double zoom;

  g_object_get (self->session, "zoom", &zoom, NULL);
  hr_pair_canvas_zoom_about (self, self->is_zooming ? self->pointer_y : 0, zoom);
  hr_pair_canvas_size_viewport (self);
  if (hr_pair_canvas_prepare (self))
    hr_pair_canvas_clamp_across (self);
  self->has_look = FALSE; /* a small zoom has bars instead of texts */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hr_pair_canvas_invalidate (self);
}

static void
dpi_changed_cb (HrPairCanvas *self)
{
  self->text_scale = hr_look_get_text_scale (GTK_WIDGET (self));
  g_clear_pointer (&self->text, hr_text_free);
  hr_canvas_strips_clear (self->strips);
  hr_canvas_strips_clear (self->header_strips);
  changed_cb (self);
}

static void
theme_changed_cb (HrPairCanvas *self)
{
  self->has_look = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
other_cb (HrPairCanvas *self)
{
  self->is_aligned = FALSE;
  hr_pair_canvas_stop_motion (self);
  memset (&self->viewport, 0, sizeof self->viewport);
  self->viewport.progress = 1;
  changed_cb (self);
}

static void
hr_pair_canvas_map (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  GTK_WIDGET_CLASS (hr_pair_canvas_parent_class)->map (widget);
  hr_session_want_pair (self->session, TRUE);
  hr_pair_canvas_update_cells (self);
}

static void
hr_pair_canvas_unmap (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  hr_pair_canvas_stop_motion (self);
  g_clear_handle_id (&self->cells_source, g_source_remove);
  drop_outlines (self);
  hr_session_want_pair (self->session, FALSE);
  GTK_WIDGET_CLASS (hr_pair_canvas_parent_class)->unmap (widget);
}

static void
hr_pair_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  if (width != self->width || height != self->height)
    hr_pair_canvas_invalidate (self);
  self->width = width;
  self->height = height;
  hr_table_cells_allocate (self->cells, hr_pair_canvas_get_scale (self), hr_pair_canvas_get_header_height (self));
}

static void
hr_pair_canvas_dispose (GObject *object)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (object);

  g_clear_handle_id (&self->cells_source, g_source_remove);
  g_clear_pointer (&self->cells, hr_table_cells_free);
  drop_outlines (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_pair_canvas_parent_class)->dispose (object);
}

static void
hr_pair_canvas_finalize (GObject *object)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (object);

  hr_pair_layout_free (self->layout);
  hr_scene_free (self->scene);
  hr_scene_free (self->header);
  hr_canvas_strips_free (self->strips);
  hr_canvas_strips_free (self->header_strips);
  hr_text_free (self->text);
  G_OBJECT_CLASS (hr_pair_canvas_parent_class)->finalize (object);
}

static void
hr_pair_canvas_class_init (HrPairCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_pair_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_pair_canvas_finalize;
  widget_class->snapshot = hr_pair_canvas_snapshot;
  widget_class->size_allocate = hr_pair_canvas_size_allocate;
  widget_class->map = hr_pair_canvas_map;
  widget_class->unmap = hr_pair_canvas_unmap;
  widget_class->grab_focus = hr_pair_canvas_grab_focus;
  hr_pair_canvas_class_add_input (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_widget_class_set_css_name (widget_class, "pairview");
}

static void
hr_pair_canvas_init (HrPairCanvas *self)
{
  self->zoom = 1;
  self->text_scale = 1;
  self->viewport.progress = 1;
  self->layout = hr_pair_layout_new ();
  self->scene = hr_scene_new ();
  self->header = hr_scene_new ();
  self->strips = hr_canvas_strips_new ();
  self->header_strips = hr_canvas_strips_new ();
  self->cells = hr_table_cells_new (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
hr_pair_canvas_new (HrSession *session)
{
  static const char *const same[] = { "notify::density", "notify::busy", "notify::order", "notify::hidden-entities",
                                      "outline-changed" };
  static const char *const others[] = { "notify::document", "notify::table", "notify::index" };
  HrPairCanvas *self = g_object_new (HR_TYPE_PAIR_CANVAS, NULL);
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->session = g_object_ref (session);
  self->text_scale = hr_look_get_text_scale (GTK_WIDGET (self));
  g_object_get (session, "zoom", &self->zoom, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Table beside its index"),
                                  -1);
  hr_pair_canvas_add_input (self);
  hr_pair_canvas_add_scrolling (self);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_signal_connect_object (session, same[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_signal_connect_object (session, others[i], G_CALLBACK (other_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::zoom", G_CALLBACK (zoom_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (theme_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (theme_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (dpi_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
