/* HrSwatch: draws one shape with the renderer's outlines, so that it is the shape of the table and of exports. */
#include "app/ui/pieces/swatch.h"

#include "app/ui/pieces/look.h"
#include "render/shapes.h"

struct _HrSwatch
{
  GtkWidget parent_instance;

  guint entity;
  int size_px;
};

G_DEFINE_FINAL_TYPE (HrSwatch, hr_swatch, GTK_TYPE_WIDGET)

GtkWidget *
hr_swatch_new (guint entity, int size_px)
{
  HrSwatch *self = g_object_new (HR_TYPE_SWATCH, NULL);

  self->entity = entity;
  self->size_px = size_px;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  return GTK_WIDGET (self);
}

void
hr_swatch_set_entity (HrSwatch *self, guint entity)
{
  g_return_if_fail (HR_IS_SWATCH (self));

  self->entity = entity;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
get_size_px (HrSwatch *self)
{
  return (int) (self->size_px * hr_look_get_icon_scale (GTK_WIDGET (self)) + 0.5);
}

static void
hr_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = get_size_px (HR_SWATCH (widget));
  *minimum_baseline = *natural_baseline = -1;
}

static void
hr_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrSwatch *self = HR_SWATCH (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), size_px = get_size_px (self);
  HrRgba color = hr_theme_get_color (hr_look_get_theme (), hr_color_of_entity (self->entity, HR_PART_MARK));
  HrRect rect = { (width - size_px) / 2.0, (height - size_px) / 2.0, size_px, size_px };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  HrPathLook look = { 0 };

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  hr_shape_trace (cr, hr_shape_of_entity (self->entity), &rect, &look);
  if (look.is_stroked)
    {
      cairo_set_line_width (cr, look.width);
      if (look.dash > 0)
        cairo_set_dash (cr, &look.dash, 1, 0);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  cairo_destroy (cr);
}

static void
hr_swatch_class_init (HrSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hr_swatch_measure;
  widget_class->snapshot = hr_swatch_snapshot;
  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_swatch_init (HrSwatch *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}
