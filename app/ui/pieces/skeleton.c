/*
 * HrSkeleton: grey bars in the places that the sidebar, partitions and items of a table will have. They do not move:
 * how far the reading is, the bar that belongs to it says.
 */
#include "app/ui/pieces/skeleton.h"

struct _HrSkeleton
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (HrSkeleton, hr_skeleton, GTK_TYPE_WIDGET)

/* Of the frame in its usual size, in px. */
#define SIDEBAR_WIDTH 240
#define PADDING 24
#define BAR_HEIGHT 10
#define BAR_WIDTH_MIN 40
#define ROW_HEIGHT 34
#define GAP 14
#define KEY_WIDTH 170

#define FAINTNESS 0.09f

/* Items in each partition; widths of their cells, in px: few enough to be seen as a pattern, and no text. */
static const guint8 partitions[] = { 3, 1, 4, 2, 5, 1, 3, 2, 4 };
static const guint8 cells[] = { 150, 90, 210, 120, 170, 70, 190, 110, 230, 130, 80 };

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA color;
  float width; /* of the widget */
  gboolean is_mirrored;
} Drawing;

static void
draw_bar (const Drawing *self, float x, float y, float width, float height)
{
  float left = self->is_mirrored ? self->width - x - width : x;
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (left, y, width, height), MIN (height / 2, 6));
  gtk_snapshot_push_rounded_clip (self->snapshot, &bar);
  gtk_snapshot_append_color (self->snapshot, &self->color, &bar.bounds);
  gtk_snapshot_pop (self->snapshot);
}

static void
draw_sidebar (const Drawing *self, float height)
{
  gtk_snapshot_append_color (self->snapshot, &self->color,
                             &GRAPHENE_RECT_INIT (self->is_mirrored ? self->width - SIDEBAR_WIDTH : SIDEBAR_WIDTH, 0,
                                                  1, height));
  for (guint i = 0; i < 9 && PADDING + i * ROW_HEIGHT < height; i++)
    draw_bar (self, PADDING, PADDING + i * ROW_HEIGHT, 80 + cells[i] / 3, BAR_HEIGHT);
}

static void
draw_row (const Drawing *self, guint row, float y)
{
  float x = SIDEBAR_WIDTH + PADDING + KEY_WIDTH + GAP;

  for (guint i = row; x + BAR_WIDTH_MIN <= self->width - PADDING; i++)
    {
      float width = MIN (cells[i % G_N_ELEMENTS (cells)], self->width - PADDING - x);

      draw_bar (self, x, y + (ROW_HEIGHT - BAR_HEIGHT) / 2, width, BAR_HEIGHT);
      x += cells[i % G_N_ELEMENTS (cells)] + GAP;
    }
}

static void
draw_partitions (const Drawing *self, float height)
{
  float y = PADDING;
  guint row = 0;

  for (guint i = 0; y < height; i++)
    {
      guint n_rows = partitions[i % G_N_ELEMENTS (partitions)];

      draw_bar (self, SIDEBAR_WIDTH + PADDING, y, KEY_WIDTH, n_rows * ROW_HEIGHT);
      for (guint j = 0; j < n_rows; j++)
        draw_row (self, row++, y + j * ROW_HEIGHT);
      y += n_rows * ROW_HEIGHT + GAP;
    }
}

static void
hr_skeleton_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  Drawing drawing = { .snapshot = snapshot, .width = width };

  drawing.is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &drawing.color);
  drawing.color.alpha = FAINTNESS;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_sidebar (&drawing, height);
  draw_partitions (&drawing, height);
  gtk_snapshot_pop (snapshot);
}

GtkWidget *
hr_skeleton_new (void)
{
  return g_object_new (HR_TYPE_SKELETON, "hexpand", TRUE, "vexpand", TRUE, NULL);
}

static void
hr_skeleton_class_init (HrSkeletonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = hr_skeleton_snapshot;
  gtk_widget_class_set_css_name (widget_class, "skeleton");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_skeleton_init (HrSkeleton *self)
{
}
