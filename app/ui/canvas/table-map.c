/*
 * The minimap: one bar an item, drawn by the layout of the canvas.
 *
 * A press or a drag puts the middle of the canvas where the pointer is. What moves when the canvas scrolls is the frame
 * around what is in sight: strips that it neither was in nor is in stay as they were painted.
 */
#include "app/ui/canvas/table-map.h"

#include "app/ui/canvas/canvas-strips.h"
#include "app/ui/pieces/look.h"

#define WIDTH 64
#define MARGIN 6
#define PAGES_MIN 2

struct _HrTableMap
{
  GtkWidget parent_instance;

  /* borrowed */
  HrTableView *view;

  /* owned */
  GtkAdjustment *adjustment;
  HrScene *scene;
  HrCanvasStrips *strips; /* of it as it was painted */
  HrText *text;
  gboolean is_wanted; /* by the person */
  guint visibility_source;
};

enum
{
  PROP_WANTED = 1,
};

G_DEFINE_FINAL_TYPE (HrTableMap, hr_table_map, GTK_TYPE_WIDGET)

static void
hr_table_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 0;
}

static HrRect
get_place (HrTableMap *self)
{
  return (HrRect) { MARGIN, MARGIN, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN,
                    MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN) };
}

static void
hr_table_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrTableMap *self = HR_TABLE_MAP (widget);
  HrTableLayout *layout = hr_table_view_get_layout (self->view);
  HrRect place = get_place (self);
  HrCanvasLook look = { 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget), 1, hr_look_get_theme (),
                        NULL, TRUE };
  HrViewport viewport;

  if (layout == NULL || place.height <= 0)
    return;
  if (self->text == NULL)
    self->text = hr_text_new_screen (gtk_widget_get_pango_context (widget), NULL, 1.0);
  hr_table_view_get_viewport (self->view, &viewport);
  hr_scene_clear (self->scene);
  hr_table_layout_draw_minimap (layout, &viewport, &place, self->scene);
  look.text = self->text;
  hr_canvas_strips_snapshot (self->strips, self->scene, &look, snapshot);
}

static gboolean
show_or_hide_cb (gpointer user_data)
{
  HrTableMap *self = user_data;
  double page = gtk_adjustment_get_page_size (self->adjustment);

  self->visibility_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->is_wanted && page > 0
                              && gtk_adjustment_get_upper (self->adjustment) > PAGES_MIN * page);
  return G_SOURCE_REMOVE;
}

/* The canvas tells of its size while it is given one; what changes sizes must wait. */
static void
changed_cb (HrTableMap *self)
{
  if (self->visibility_source == 0)
    self->visibility_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_or_hide_cb, self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A small table has a map that is lower than its place; its target tells. */
static void
scroll_to_pointer (HrTableMap *self, double y)
{
  const HrHit whole = { .kind = HR_HIT_MINIMAP };
  HrTableLayout *layout = hr_table_view_get_layout (self->view);
  HrRect place = get_place (self);
  const char *label;

  hr_scene_find_target (self->scene, &whole, &place, &label);
  if (layout != NULL && place.height > 0)
    hr_table_view_center_on (self->view, (y - place.y) / place.height * hr_table_layout_get_height (layout));
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, HrTableMap *self)
{
  scroll_to_pointer (self, y);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, HrTableMap *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    scroll_to_pointer (self, y + dy);
}

static void
hr_table_map_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_WANTED)
    g_value_set_boolean (value, HR_TABLE_MAP (object)->is_wanted);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
hr_table_map_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  HrTableMap *self = HR_TABLE_MAP (object);

  if (property != PROP_WANTED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
      return;
    }
  if (self->is_wanted == g_value_get_boolean (value))
    return;
  self->is_wanted = g_value_get_boolean (value);
  changed_cb (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
hr_table_map_dispose (GObject *object)
{
  HrTableMap *self = HR_TABLE_MAP (object);

  g_clear_handle_id (&self->visibility_source, g_source_remove);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (hr_table_map_parent_class)->dispose (object);
}

static void
hr_table_map_finalize (GObject *object)
{
  HrTableMap *self = HR_TABLE_MAP (object);

  hr_scene_free (self->scene);
  hr_canvas_strips_free (self->strips);
  hr_text_free (self->text);
  G_OBJECT_CLASS (hr_table_map_parent_class)->finalize (object);
}

static void
hr_table_map_class_init (HrTableMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_table_map_get_property;
  object_class->set_property = hr_table_map_set_property;
  object_class->dispose = hr_table_map_dispose;
  object_class->finalize = hr_table_map_finalize;
  widget_class->measure = hr_table_map_measure;
  widget_class->snapshot = hr_table_map_snapshot;
  g_object_class_install_property (object_class, PROP_WANTED,
                                   g_param_spec_boolean ("wanted", NULL, NULL, TRUE,
                                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                             | G_PARAM_EXPLICIT_NOTIFY));
  gtk_widget_class_set_css_name (widget_class, "tablemap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_table_map_init (HrTableMap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->scene = hr_scene_new ();
  self->strips = hr_canvas_strips_new ();
  self->is_wanted = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
hr_table_map_new (HrTableView *view)
{
  HrTableMap *self = g_object_new (HR_TYPE_TABLE_MAP, NULL);

  self->view = view;
  self->adjustment = g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "layout-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WIDGET (self);
}
