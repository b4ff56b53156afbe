/*
 * A bar in a colour of the theme, which style sheets do not know.
 */
#include "app/ui/pieces/color-bar.h"

#include "app/ui/pieces/look.h"

struct _HrColorBar
{
  GtkWidget parent_instance;

  HrColor color;
  HrColor track;
  double radius;
  double fraction;
  int natural_width;
};

G_DEFINE_FINAL_TYPE (HrColorBar, hr_color_bar, GTK_TYPE_WIDGET)

static void
append_part (HrColorBar *self, GtkSnapshot *snapshot, double start, double end, HrColor color)
{
  HrRgba rgba = hr_theme_get_color (hr_look_get_theme (), color);
  GdkRGBA fill = { rgba.red, rgba.green, rgba.blue, rgba.alpha };
  graphene_rect_t rect = GRAPHENE_RECT_INIT (start, 0, end - start, gtk_widget_get_height (GTK_WIDGET (self)));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, MIN (self->radius, (end - start) / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
hr_color_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrColorBar *self = HR_COLOR_BAR (widget);
  double width = gtk_widget_get_width (widget);
  double filled = width * self->fraction;

  if (self->track != HR_COLOR_NONE)
    append_part (self, snapshot, 0, width, self->track);
  if (filled <= 0)
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    append_part (self, snapshot, width - filled, width, self->color);
  else
    append_part (self, snapshot, 0, filled, self->color);
}

/* As wide as there is room for, but no wider than it is asked for. */
static void
hr_color_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? HR_COLOR_BAR (widget)->natural_width : 0;
}

static void
hr_color_bar_class_init (HrColorBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hr_color_bar_measure;
  widget_class->snapshot = hr_color_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_color_bar_init (HrColorBar *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->fraction = 1;
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_color_bar_new (HrColor color, HrColor track, double radius_px, int natural_width_px)
{
  HrColorBar *self = g_object_new (HR_TYPE_COLOR_BAR, NULL);

  self->color = color;
  self->track = track;
  self->radius = radius_px;
  self->natural_width = natural_width_px;
  return GTK_WIDGET (self);
}

void
hr_color_bar_set_fraction (HrColorBar *self, double fraction)
{
  g_return_if_fail (HR_IS_COLOR_BAR (self));

  self->fraction = CLAMP (fraction, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
