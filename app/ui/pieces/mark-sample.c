/*
 * Samples of marks, drawn as scenes with the painter of the canvas, so that a legend cannot differ from the
 * picture.
 */
#include "app/ui/pieces/mark-sample.h"

#include <adwaita.h>
#include <math.h>

#include "app/ui/pieces/look.h"
#include "render/painter.h"

#define WIDTH 18
#define HEIGHT 14

struct _HrMarkSample
{
  GtkWidget parent_instance;

  HrSample sample;
};

G_DEFINE_FINAL_TYPE (HrMarkSample, hr_mark_sample, GTK_TYPE_WIDGET)

static void
hr_mark_sample_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  int usual = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;

  *minimum = *natural = (int) ceil (usual * hr_look_get_icon_scale (widget));
}

static void
add_box (HrScene *scene, double x, double width, HrColor fill, HrColor stroke)
{
  hr_scene_add_box (
      scene, &(HrRect) { x, 0.5, width, HEIGHT - 1 },
      &(HrBox) { .fill = fill, .stroke = stroke, .stroke_width = stroke != HR_COLOR_NONE ? 1 : 0 });
}

static void
fill_scene (HrSample sample, HrScene *scene)
{
  const HrColor mark = hr_color_of_entity (0, HR_PART_MARK);
  const HrColor tint = hr_color_of_entity (0, HR_PART_TINT);
  const double middle = HEIGHT / 2.0;

  switch (sample)
    {
    case HR_SAMPLE_RETURNED:
      add_box (scene, 0, WIDTH, tint, HR_COLOR_NONE);
      add_box (scene, 0, 4, mark, HR_COLOR_NONE);
      break;
    case HR_SAMPLE_FILTERED:
      hr_scene_add_hatch (scene, &(HrRect) { 0, 0, WIDTH, HEIGHT }, HR_COLOR_HATCH);
      add_box (scene, 0.5, WIDTH - 1, HR_COLOR_NONE, HR_COLOR_LINE);
      break;
    case HR_SAMPLE_RANGE:
      hr_scene_add_line (scene, (double[]) { 12, 1.5, 7, 1.5, 7, HEIGHT - 1.5, 12, HEIGHT - 1.5 }, 4,
                         HR_COLOR_ACCENT, 2, 0);
      break;
    case HR_SAMPLE_PAGE:
      hr_scene_add_line (scene, (double[]) { 0, middle, WIDTH, middle }, 2, HR_COLOR_ACCENT, 2, 5);
      break;
    case HR_SAMPLE_ADDED:
      hr_scene_add_icon (scene, HR_ICON_PLUS, 3, 1, 12, HR_COLOR_OK);
      break;
    case HR_SAMPLE_REMOVED:
      hr_scene_add_icon (scene, HR_ICON_CROSS, 3, 1, 12, HR_COLOR_ERROR);
      break;
    case HR_SAMPLE_CHANGED:
      hr_scene_add_icon (scene, HR_ICON_PENCIL, 3, 1, 12, HR_COLOR_ACCENT);
      break;
    }
}

static void
hr_mark_sample_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double scale = hr_look_get_icon_scale (widget);
  g_autoptr (HrText) text = hr_text_new_screen (gtk_widget_get_pango_context (widget), NULL, 1.0);
  g_autoptr (HrScene) scene = hr_scene_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  fill_scene (HR_MARK_SAMPLE (widget)->sample, scene);
  cairo_translate (cr, (width - scale * WIDTH) / 2.0, (int) (height - scale * HEIGHT) / 2);
  cairo_scale (cr, scale, scale);
  hr_paint_scene (cr, scene, hr_look_get_theme (), text);
  cairo_destroy (cr);
}

static void
hr_mark_sample_class_init (HrMarkSampleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hr_mark_sample_measure;
  widget_class->snapshot = hr_mark_sample_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_mark_sample_init (HrMarkSample *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_mark_sample_new (HrSample sample)
{
  HrMarkSample *self = g_object_new (HR_TYPE_MARK_SAMPLE, NULL);

  self->sample = sample;
  return GTK_WIDGET (self);
}
