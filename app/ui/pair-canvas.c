/*
 * HrPairCanvas: table and index side by side.
 *
 * It is drawn by render/ from two outlines, which the session makes while the canvas is in sight. Each side
 * has a place of its own; whoever scrolls one moves the other after it. What assistive tools find are
 * transparent children as on the canvas of one table.
 */
#include "app/ui/pair-canvas.h"

#include <string.h>

#include "app/ui/item-actions.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/table-cells.h"
#include "model/base/i18n.h"
#include "render/painter.h"

#define HEADER_HEIGHT 31 /* px of the layout */
#define WHEEL_PX      60 /* of the layout, a click of the wheel */
#define MARGIN        12 /* beside what is scrolled to */
#define ZOOM_STEP     1.1
#define ZOOM_MIN      0.5
#define ZOOM_MAX      3.0

struct _HrPairCanvas
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  HrModel *model; /* that the layout borrows from; NULL: there are no outlines */
  HrText *text;
  HrPairLayout *layout;
  HrScene *scene;
  HrScene *header;
  HrTableCells *cells;

  /* borrowed */
  HrOutline *outlines[HR_N_SIDES]; /* of the session, until it says that they changed */

  HrPairViewport viewport;
  gboolean has_look;
  gboolean has_scene;     /* the scenes show the viewport as it is */
  gboolean is_aligned;    /* the index has been put beside the table */
  double zoom;            /* that places in the viewport speak of */
  double text_scale;
  double pointer_x;
  double pointer_y;
  gboolean is_zooming;    /* by the pointer, about which the zoom goes then */
};

G_DEFINE_FINAL_TYPE (HrPairCanvas, hr_pair_canvas, GTK_TYPE_WIDGET)

static guint stage_changed_signal;

/* The canvas: what it shows */

/* px of the widget for one px of the layout. */
static double
get_scale (HrPairCanvas *self)
{
  return self->zoom * self->text_scale;
}

static gboolean
is_right_to_left (HrPairCanvas *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
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

static gboolean
prepare (HrPairCanvas *self)
{
  HrPairLook look = {
    .zoom = self->zoom,
    .right_to_left = is_right_to_left (self),
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
  if (!self->is_aligned)
    self->viewport.y[HR_SIDE_INDEX] = hr_pair_layout_align (self->layout, self->viewport.y[HR_SIDE_TABLE]);
  self->is_aligned = TRUE;
  return TRUE;
}

static void
size_viewport (HrPairCanvas *self)
{
  double scale = get_scale (self);

  self->viewport.width = gtk_widget_get_width (GTK_WIDGET (self)) / scale;
  self->viewport.height = MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) / scale - HEADER_HEIGHT);
}

static void
draw (HrPairCanvas *self)
{
  HrRect header = { 0, 0, self->viewport.width, HEADER_HEIGHT };
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
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = get_scale (self);
  HrTheme theme = hr_look_get_theme ();
  HrRgba canvas = hr_theme_get_color (theme, HR_COLOR_CANVAS);
  cairo_t *cr;

  if (!prepare (self))
    return;
  size_viewport (self);
  draw (self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_source_rgba (cr, canvas.red, canvas.green, canvas.blue, canvas.alpha);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_save (cr);
  cairo_rectangle (cr, 0, HEADER_HEIGHT, self->viewport.width, self->viewport.height);
  cairo_clip (cr);
  cairo_translate (cr, 0, HEADER_HEIGHT);
  hr_paint_scene (cr, self->scene, theme, self->text);
  cairo_restore (cr);
  hr_paint_scene (cr, self->header, theme, self->text);
  cairo_destroy (cr);
}

static gboolean
is_selected_cb (const HrHit *row, gpointer user_data)
{
  const HrHit *selected = &((HrPairCanvas *) user_data)->viewport.selected;

  return selected->kind != HR_HIT_NONE && row->side == selected->side && row->partition == selected->partition
         && row->row == selected->row;
}

static void
update_cells (HrPairCanvas *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !prepare (self))
    return;
  size_viewport (self);
  draw (self);
  hr_table_cells_update (self->cells, self->scene, &self->viewport.selected, is_selected_cb, self);
  hr_table_cells_allocate (self->cells, get_scale (self), HEADER_HEIGHT * get_scale (self));
}

static void
invalidate (HrPairCanvas *self)
{
  self->has_scene = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_cells (self);
}

/* Scrolling */

static void
scroll_side (HrPairCanvas *self, HrSide side, double y, gboolean holds_other)
{
  double max = MAX (0, hr_pair_layout_get_side_height (self->layout, side) - self->viewport.height);
  HrSide other = side == HR_SIDE_TABLE ? HR_SIDE_INDEX : HR_SIDE_TABLE;

  self->viewport.y[side] = CLAMP (y, MIN (0, self->viewport.y[side]), max);
  if (!holds_other)
    self->viewport.y[other] = hr_pair_layout_follow (self->layout, &self->viewport, side);
  invalidate (self);
}

static HrSide
find_side (HrPairCanvas *self, double x)
{
  HrRect rect;

  hr_pair_layout_get_side_rect (self->layout, HR_SIDE_INDEX, self->viewport.width, &rect);
  return x >= rect.x && x < rect.x + rect.width ? HR_SIDE_INDEX : HR_SIDE_TABLE;
}

/* Across, each side goes by itself; @x counts along the reading direction. */
static void
scroll_across (HrPairCanvas *self, HrSide side, double x)
{
  HrRect rect;

  hr_pair_layout_get_side_rect (self->layout, side, self->viewport.width, &rect);
  self->viewport.x[side] = CLAMP (x, 0, MAX (0, hr_pair_layout_get_side_width (self->layout, side) - rect.width));
}

/* What is at this height of the widget stays there, on both sides. */
static void
zoom_about (HrPairCanvas *self, double y, double zoom)
{
  double before = get_scale (self);
  double header = HEADER_HEIGHT * before;

  self->zoom = zoom;
  y = MAX (0, y - header);
  for (guint i = 0; i < HR_N_SIDES; i++)
    self->viewport.y[i] += y / before - y / get_scale (self);
}

static void
zoom_by (HrPairCanvas *self, double factor)
{
  self->is_zooming = TRUE;
  g_object_set (self->session, "zoom", CLAMP (self->zoom * factor, ZOOM_MIN, ZOOM_MAX), NULL);
  self->is_zooming = FALSE;
}

/* Ctrl zooms, as on the table alone; Alt holds the other side where it is. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, HrPairCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  HrSide side;

  if (!prepare (self))
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      if (dy != 0)
        zoom_by (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    }
  side = find_side (self, self->pointer_x / get_scale (self));
  if (dx != 0)
    scroll_across (self, side, self->viewport.x[side] + (is_right_to_left (self) ? -dx : dx) * WHEEL_PX);
  if (dy != 0)
    scroll_side (self, side, self->viewport.y[side] + dy * WHEEL_PX, (state & GDK_ALT_MASK) != 0);
  else
    invalidate (self);
  return GDK_EVENT_STOP;
}

/* Texts scroll beside the key cell, from where the first column begins. */
static void
show_cell (HrPairCanvas *self, const HrHit *hit, const HrRect *rect)
{
  HrHit first = { HR_HIT_CELL, hit->partition, hit->row, 0, hit->side };
  double x = self->viewport.x[hit->side];
  HrRect place, sight;

  if (hit->kind != HR_HIT_CELL || !hr_pair_layout_get_rect (self->layout, &first, &place))
    return;
  hr_pair_layout_get_side_rect (self->layout, hit->side, self->viewport.width, &sight);
  if (rect->x - place.x < x)
    scroll_across (self, hit->side, rect->x - place.x);
  else if (rect->x + rect->width + MARGIN > x + sight.width)
    scroll_across (self, hit->side, MIN (rect->x - place.x, rect->x + rect->width + MARGIN - sight.width));
}

static void
show_hit (HrPairCanvas *self, const HrHit *hit)
{
  double y = self->viewport.y[hit->side];
  HrRect rect;

  size_viewport (self);
  if (!hr_pair_layout_get_rect (self->layout, hit, &rect))
    return;
  show_cell (self, hit, &rect);
  if (rect.y < y)
    scroll_side (self, hit->side, rect.y - rect.height, FALSE);
  else if (rect.y + rect.height > y + self->viewport.height)
    scroll_side (self, hit->side, rect.y + 2 * rect.height - self->viewport.height, FALSE);
}

/* Selecting */

static gboolean
fetch_item (HrPairCanvas *self, const HrHit *hit, HrArena *arena, HrValue *item)
{
  HrPartition partition;
  HrOutlineRow row;

  if (!hr_outline_get_partition (self->outlines[hit->side], hit->partition, &partition)
      || hit->row >= partition.n_rows
      || hr_outline_fetch (self->outlines[hit->side], hit->partition, hit->row, 1, arena, &row, NULL) != 1)
    return FALSE;
  *item = row.item;
  return TRUE;
}

static void
set_stage (HrPairCanvas *self, guint stage)
{
  self->viewport.stage = stage;
  self->viewport.progress = 1;
  invalidate (self);
  g_signal_emit (self, stage_changed_signal, 0);
}

static void
select_hit (HrPairCanvas *self, const HrHit *hit)
{
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item, key;

  self->viewport.selected = *hit;
  show_hit (self, hit);
  set_stage (self, 0);
  if (table == NULL || !fetch_item (self, hit, arena, &item) || !hr_item_dup_key (table, &item, arena, &key))
    return;
  hr_widget_end_typing_elsewhere (GTK_WIDGET (self));
  hr_session_select_item (self->session, &key, 0);
}

static gboolean
focus_cell (HrPairCanvas *self)
{
  GtkWidget *cell;

  update_cells (self);
  cell = hr_table_cells_get_focus_cell (self->cells);
  return cell != NULL && gtk_widget_grab_focus (cell);
}

static gboolean
hr_pair_canvas_grab_focus (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit none = { HR_HIT_NONE, 0, 0, 0, HR_SIDE_TABLE }, first;

  if (!prepare (self))
    return FALSE;
  if (self->viewport.selected.kind == HR_HIT_NONE
      && hr_pair_layout_move (self->layout, &none, HR_MOVE_TABLE_START, 0, &first))
    {
      self->viewport.selected = first;
      self->has_scene = FALSE;
    }
  return focus_cell (self);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrPairCanvas *self)
{
  double scale = get_scale (self);
  HrHit hit;

  if (!prepare (self) || y < HEADER_HEIGHT * scale
      || !hr_scene_hit_test (self->scene, x / scale, y / scale - HEADER_HEIGHT, &hit, NULL))
    return;
  if (hit.kind != HR_HIT_CELL && hit.kind != HR_HIT_ROW && hit.kind != HR_HIT_LINK)
    return;
  hit.kind = HR_HIT_CELL;
  select_hit (self, &hit);
  focus_cell (self);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, HrPairCanvas *self)
{
  double scale = get_scale (self);
  HrHit hit;

  self->pointer_x = x;
  self->pointer_y = y;
  memset (&hit, 0, sizeof hit);
  if (self->has_look && y >= HEADER_HEIGHT * scale)
    hr_scene_hit_test (self->scene, x / scale, y / scale - HEADER_HEIGHT, &hit, NULL);
  if (memcmp (&hit, &self->viewport.hovered, sizeof hit) == 0)
    return;
  self->viewport.hovered = hit;
  self->has_scene = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static const struct
{
  guint key;
  GdkModifierType modifiers;
  HrMove move;
} moves[] = {
  { GDK_KEY_Up, 0, HR_MOVE_UP },
  { GDK_KEY_Down, 0, HR_MOVE_DOWN },
  { GDK_KEY_Left, 0, HR_MOVE_LEFT },
  { GDK_KEY_Right, 0, HR_MOVE_RIGHT },
  { GDK_KEY_Up, GDK_CONTROL_MASK, HR_MOVE_PARTITION_UP },
  { GDK_KEY_Down, GDK_CONTROL_MASK, HR_MOVE_PARTITION_DOWN },
  { GDK_KEY_Page_Up, 0, HR_MOVE_PAGE_UP },
  { GDK_KEY_Page_Down, 0, HR_MOVE_PAGE_DOWN },
  { GDK_KEY_Home, GDK_CONTROL_MASK, HR_MOVE_TABLE_START },
  { GDK_KEY_End, GDK_CONTROL_MASK, HR_MOVE_TABLE_END },
};

static gboolean
move_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit to;

  if (!prepare (self))
    return FALSE;
  if (hr_pair_layout_move (self->layout, &self->viewport.selected, g_variant_get_uint32 (parameters),
                           self->viewport.height, &to))
    {
      select_hit (self, &to);
      focus_cell (self);
    }
  return TRUE;
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit to;

  if (!prepare (self) || !hr_pair_layout_find_copy (self->layout, &self->viewport.selected, &to))
    return FALSE;
  select_hit (self, &to);
  return focus_cell (self);
}

static gboolean
play_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  guint stage = self->viewport.stage + 1;
  g_auto (HrPairSentence) sentence = { NULL, NULL };

  if (!prepare (self) || self->viewport.selected.kind == HR_HIT_NONE)
    return FALSE;
  /* an item that does not get there has fewer */
  if (!hr_pair_layout_describe_stage (self->layout, &self->viewport.selected, stage, &sentence))
    stage = 0;
  set_stage (self, stage);
  return TRUE;
}

void
hr_pair_canvas_play (HrPairCanvas *self)
{
  play_cb (GTK_WIDGET (self), NULL, NULL);
}

HrPairLayout *
hr_pair_canvas_get_layout (HrPairCanvas *self)
{
  return prepare (self) ? self->layout : NULL;
}

const HrPairViewport *
hr_pair_canvas_get_viewport (HrPairCanvas *self)
{
  return &self->viewport;
}

void
hr_pair_canvas_step (HrPairCanvas *self, int by)
{
  HrHit to;

  if (prepare (self) && hr_pair_layout_step (self->layout, &self->viewport.selected, by, &to, NULL, NULL))
    {
      to.kind = HR_HIT_CELL;
      select_hit (self, &to);
    }
}

void
hr_pair_canvas_show_selected (HrPairCanvas *self)
{
  if (prepare (self) && self->viewport.selected.kind != HR_HIT_NONE)
    show_hit (self, &self->viewport.selected);
}

/* The canvas: a widget */

static void
changed_cb (HrPairCanvas *self)
{
  drop_outlines (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      invalidate (self);
      g_signal_emit (self, stage_changed_signal, 0);
    }
}

static void
zoom_changed_cb (HrPairCanvas *self)
{
  double zoom;

  g_object_get (self->session, "zoom", &zoom, NULL);
  zoom_about (self, self->is_zooming ? self->pointer_y : 0, zoom);
  size_viewport (self);
  if (prepare (self))
    for (guint i = 0; i < HR_N_SIDES; i++)
      scroll_across (self, (HrSide) i, self->viewport.x[i]);
  self->has_look = FALSE; /* a small zoom has bars instead of texts */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    invalidate (self);
}

static void
dpi_changed_cb (HrPairCanvas *self)
{
  self->text_scale = hr_look_get_text_scale (GTK_WIDGET (self));
  g_clear_pointer (&self->text, hr_text_free);
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
  memset (&self->viewport, 0, sizeof self->viewport);
  changed_cb (self);
}

static void
hr_pair_canvas_map (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  GTK_WIDGET_CLASS (hr_pair_canvas_parent_class)->map (widget);
  hr_session_want_pair (self->session, TRUE);
  update_cells (self);
}

static void
hr_pair_canvas_unmap (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  drop_outlines (self);
  hr_session_want_pair (self->session, FALSE);
  GTK_WIDGET_CLASS (hr_pair_canvas_parent_class)->unmap (widget);
}

static void
hr_pair_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);

  self->has_scene = FALSE;
  hr_table_cells_allocate (self->cells, get_scale (self), HEADER_HEIGHT * get_scale (self));
}

static void
hr_pair_canvas_dispose (GObject *object)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (object);

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
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, moves[i].modifiers, move_cb, "u", (guint) moves[i].move);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, play_cb, NULL);
  stage_changed_signal = g_signal_new ("stage-changed", HR_TYPE_PAIR_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_widget_class_set_css_name (widget_class, "pairview");
}

static void
hr_pair_canvas_init (HrPairCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->zoom = 1;
  self->text_scale = 1;
  self->layout = hr_pair_layout_new ();
  self->scene = hr_scene_new ();
  self->header = hr_scene_new ();
  self->cells = hr_table_cells_new (GTK_WIDGET (self));
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
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
