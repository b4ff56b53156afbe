/*
 * Lines of chips. A GtkFlowBox would put them in columns.
 */
#include "app/ui/pieces/wrap-layout.h"

struct _HrWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (HrWrapLayout, hr_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  int x, y;    /* where the next child goes */
  int line;    /* height of the line so far */
} Cursor;

static int
get_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

/* Places all children in lines of @width; returns the height. */
static int
flow (HrWrapLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  Cursor cursor = { 0, 0, 0 };
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width, child_height;

      if (!gtk_widget_should_layout (child))
        continue;
      child_width = get_width (child, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL, NULL);
      if (cursor.x > 0 && cursor.x + child_width > width)
        cursor = (Cursor) { 0, cursor.y + cursor.line + self->spacing, 0 };
      if (allocate)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation) { mirrored ? width - cursor.x - child_width : cursor.x,
                                                    cursor.y, child_width, child_height },
                                  -1);
      cursor.x += child_width + self->spacing;
      cursor.line = MAX (cursor.line, child_height);
    }
  return cursor.y + cursor.line;
}

static GtkSizeRequestMode
hr_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hr_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  HrWrapLayout *self = HR_WRAP_LAYOUT (manager);
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      widest = MAX (widest, child_minimum);
      all += child_natural + (all > 0 ? self->spacing : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, all);
    }
  else
    *minimum = *natural = flow (self, widget, for_size < 0 ? MAX (widest, all) : for_size, FALSE);
}

static void
hr_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  flow (HR_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
hr_wrap_layout_class_init (HrWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = hr_wrap_layout_get_request_mode;
  layout_class->measure = hr_wrap_layout_measure;
  layout_class->allocate = hr_wrap_layout_allocate;
}

static void
hr_wrap_layout_init (HrWrapLayout *self)
{
}

GtkLayoutManager *
hr_wrap_layout_new (int spacing_px)
{
  HrWrapLayout *self = g_object_new (HR_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing_px;
  return GTK_LAYOUT_MANAGER (self);
}

GtkWidget *
hr_wrap_box_new (int spacing_px)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, hr_wrap_layout_new (spacing_px));
  return box;
}
