/*
 * The canvas: what is in sight of a table, drawn by render/.
 *
 * The layout works in its own px; zoom and text scale are one factor between them and those of the widget, so
 * a table at any zoom has the same boxes. The scene of what is in sight is made when it is needed and painted
 * once, strip by strip (canvas-strips.h): those that show the same stay. While a thread uses the engine the last
 * picture stays.
 * Scrolling and zoom are in table-view-scroll.c, input in table-view-input.c, what assistive tools see in
 * table-cells.c.
 */
#include "app/ui/canvas/table-view-private.h"

#include <math.h>

#include "app/ui/pieces/look.h"
#include "model/base/i18n.h"

#define HEADER_HEIGHT 31 /* px of the layout */
#define CELLS_DELAY_MS 60
#define MEASURE_MAX 100000 /* px; higher than any screen */

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static guint layout_changed_signal;

G_DEFINE_FINAL_TYPE_WITH_CODE (HrTableView, hr_table_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

double
hr_table_view_get_scale (HrTableView *self)
{
  return self->zoom * self->text_scale;
}

double
hr_table_view_get_header_height (HrTableView *self)
{
  return self->flags & HR_TABLE_VIEW_HEADER ? ceil (HEADER_HEIGHT * hr_table_view_get_scale (self)) : 0;
}

/* With other fonts everything looks another. */
static void
forget_text (HrTableView *self)
{
  g_clear_pointer (&self->text, hr_text_free);
  hr_canvas_strips_clear (self->strips);
  hr_canvas_strips_clear (self->header_strips);
}

static void
ensure_text (HrTableView *self)
{
  PangoFontDescription *font;

  if (self->text != NULL)
    return;
  self->text = hr_look_new_text (GTK_WIDGET (self));
  font = pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  g_free (self->font_family);
  self->font_family = g_strdup (pango_font_description_get_family (font));
  self->has_look = FALSE;
}

/* A run that could not begin touched nothing: then nothing is apart from it. */
static const HrMarks *
get_marks (HrTableView *self)
{
  const HrPatternRun *run = hr_session_get_run (self->session);
  HrMarks *marks = hr_session_get_marks (self->session);

  if (run == NULL || marks == NULL)
    return NULL;
  if (run->status == HR_RUN_ERROR && run->scanned == 0 && run->write_units <= 0)
    return NULL;
  return marks;
}

/* All columns but the hidden ones: attributes come and go, so what is wanted is listed anew. */
static void
choose_columns (HrTableView *self, HrOutline *outline)
{
  g_auto (GStrv) hidden = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  const HrOutlineAttribute *attributes;
  guint n = hr_outline_get_attributes (outline, &attributes);

  g_object_get (self->session, "hidden-columns", &hidden, NULL);
  if (hidden == NULL && !self->has_hidden)
    return;
  for (guint i = 0; i < n; i++)
    if (hidden == NULL || !g_strv_contains ((const char *const *) hidden, attributes[i].name))
      g_ptr_array_add (wanted, (gpointer) attributes[i].name);
  g_ptr_array_add (wanted, NULL);
  hr_table_layout_set_columns (self->layout, hidden != NULL ? (const char *const *) wanted->pdata : NULL);
  self->has_hidden = hidden != NULL;
}

gboolean
hr_table_view_ensure_look (HrTableView *self)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  HrTableLook look = {
    .outline = outline,
    .table = hr_session_get_table (self->session),
    .index = hr_session_get_index (self->session),
    .zoom = self->zoom,
    .right_to_left = hr_table_view_is_right_to_left (self),
    .dim = hr_look_get_dim (),
  };
  guint density;

  if (outline == NULL || look.table == NULL || hr_session_is_busy (self->session))
    return FALSE;
  ensure_text (self);
  if (self->has_look)
    return TRUE;

  look.text = self->text;
  if (self->flags & HR_TABLE_VIEW_MARKS)
    look.marks = get_marks (self);
  g_object_get (self->session, "density", &density, "dim-others", &look.dim_others, NULL);
  look.density = density;
  choose_columns (self, outline);
  hr_table_layout_set_look (self->layout, &look);
  self->has_look = TRUE;
  hr_table_view_find_selection (self);
  return TRUE;
}

HrTableLayout *
hr_table_view_get_layout (HrTableView *self)
{
  g_return_val_if_fail (HR_IS_TABLE_VIEW (self), NULL);

  return hr_table_view_ensure_look (self) ? self->layout : NULL;
}

static gboolean
update_cells_cb (gpointer user_data)
{
  HrTableView *self = user_data;

  self->cells_source = 0;
  hr_table_view_update_cells (self);
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    hr_table_view_take_focus (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_selected_cb (const HrHit *row, gpointer user_data)
{
  HrTableView *self = user_data;

  if (hr_session_get_selected_rows (self->session) != NULL)
    return hr_session_is_among_selected (self->session, row->partition, row->row);
  return !self->is_cursor && self->selected.kind != HR_HIT_NONE && hr_hit_is_same_row (row, &self->selected);
}

void
hr_table_view_update_cells (HrTableView *self)
{
  g_clear_handle_id (&self->cells_source, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && hr_table_view_prepare (self))
    hr_table_cells_update (self->cells, self->scene, &self->selected, is_selected_cb, self);
}

void
hr_table_view_invalidate_scene (HrTableView *self)
{
  self->has_scene = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->cells_source == 0)
    self->cells_source = g_timeout_add (CELLS_DELAY_MS, update_cells_cb, self);
}

static void
draw_header (HrTableView *self, const HrViewport *viewport)
{
  HrRect rect = { 0, 0, viewport->width, HEADER_HEIGHT };

  hr_scene_clear (self->header);
  if (self->flags & HR_TABLE_VIEW_HEADER)
    hr_table_layout_draw_header (self->layout, viewport, &rect, self->header);
}

gboolean
hr_table_view_prepare (HrTableView *self)
{
  g_autoptr (GError) error = NULL;
  HrViewport viewport;

  if (!hr_table_view_ensure_look (self))
    return FALSE;
  if (self->has_scene)
    return TRUE;

  hr_table_view_get_viewport (self, &viewport);
  hr_scene_clear (self->scene);
  if (!hr_table_layout_draw (self->layout, &viewport, self->scene, &error))
    g_warning ("%s", error->message);
  draw_header (self, &viewport);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->has_scene = TRUE;
  return TRUE;
}

gboolean
hr_table_view_pick_target (HrTableView *self, double x, double y, HrHit *target, const char **tooltip)
{
  double scale = hr_table_view_get_scale (self);
  double header = hr_table_view_get_header_height (self);

  if (y < header || !hr_table_view_prepare (self))
    return FALSE;
  return hr_scene_hit_test (self->scene, x / scale, (y - header) / scale, target, tooltip);
}

/* The header lies above what is scrolled under it, with a line below. */
static GskRenderNode *
paint (HrTableView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int header = (int) hr_table_view_get_header_height (self);
  HrCanvasLook look = { header, width, height - header, hr_table_view_get_scale (self), hr_look_get_theme (),
                        self->text, FALSE };
  HrCanvasLook header_look = look;
  HrRgba line = hr_theme_get_color (look.theme, HR_COLOR_LINE);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  hr_canvas_strips_snapshot (self->strips, self->scene, &look, snapshot);
  header_look.y = 0;
  header_look.height = header;
  hr_canvas_strips_snapshot (self->header_strips, self->header, &header_look, snapshot);
  if (header > 0)
    gtk_snapshot_append_color (snapshot,
                               &(GdkRGBA) { (float) line.red, (float) line.green, (float) line.blue,
                                            (float) line.alpha },
                               &GRAPHENE_RECT_INIT (0, (float) (header - 1), (float) width, 1));
  return gtk_snapshot_free_to_node (snapshot);
}

static void
hr_table_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrTableView *self = HR_TABLE_VIEW (widget);

  if (hr_table_view_prepare (self) && self->node == NULL)
    self->node = paint (self);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
  if (self->dropped_on >= 0)
    hr_table_view_snapshot_drop (self, snapshot);
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, self->editor, snapshot);
}

/* An answer stays in sight when the view gets another size, until somebody scrolls. */
static void
hr_table_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  gboolean is_resized = width != self->width || height != self->height;

  if (is_resized && gtk_adjustment_get_value (self->vadjustment) == self->answer_y)
    self->answer_wanted = TRUE;
  hr_table_view_configure (self);
  if (is_resized)
    hr_table_view_invalidate_scene (self);
  self->width = width;
  self->height = height;
  if (self->answer_wanted && height > 0)
    hr_table_view_scroll_to_answer (self);
  hr_table_cells_allocate (self->cells, hr_table_view_get_scale (self), hr_table_view_get_header_height (self));
  hr_table_view_allocate_editor (self);
}

/* All of the table, so that a scrolled window knows beforehand which scroll bars it needs: one that learns it
 * from the adjustments while it is being allocated starts all over. */
static void
hr_table_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  double scale = hr_table_view_get_scale (self);
  double size;

  hr_table_view_measure_table (self);
  size = orientation == GTK_ORIENTATION_HORIZONTAL
             ? self->full_width * scale
             : self->full_height * scale + hr_table_view_get_header_height (self);
  *minimum = *natural = (int) CLAMP (ceil (size), 1, MEASURE_MAX);
}

/* What the layout was told is no longer true; at its root: sizes. */
static void
invalidate_look (HrTableView *self)
{
  self->has_look = FALSE;
  self->hovered.kind = HR_HIT_NONE;
  hr_table_view_invalidate_scene (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, layout_changed_signal, 0);
}

static void
zoom_changed_cb (HrTableView *self)
{
  double zoom;

  g_object_get (self->session, "zoom", &zoom, NULL);
  if (zoom == self->zoom)
    return;
  if (self->is_zooming)
    hr_table_view_zoom_about (self, self->pointer_x, self->pointer_y, zoom);
  else
    hr_table_view_zoom_about (
        self, hr_table_view_is_right_to_left (self) ? gtk_widget_get_width (GTK_WIDGET (self)) : 0,
        hr_table_view_get_header_height (self), zoom);
}

static void
run_changed_cb (HrTableView *self)
{
  if (self->flags & HR_TABLE_VIEW_MARKS)
    invalidate_look (self);
}

static void
theme_changed_cb (HrTableView *self)
{
  invalidate_look (self);
}

static void
dpi_changed_cb (HrTableView *self)
{
  self->text_scale = hr_look_get_text_scale (GTK_WIDGET (self));
  forget_text (self);
  invalidate_look (self);
}

/* Styles change often, for a focus or a pointer; fonts hardly ever. */
static void
hr_table_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  PangoContext *context;
  const char *family;

  GTK_WIDGET_CLASS (hr_table_view_parent_class)->css_changed (widget, change);
  if (self->text == NULL)
    return;
  context = gtk_widget_get_pango_context (widget);
  family = pango_font_description_get_family (pango_context_get_font_description (context));
  if (g_strcmp0 (family, self->font_family) == 0)
    return;
  forget_text (self);
  invalidate_look (self);
}

static void
hr_table_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_table_view_parent_class)->direction_changed (widget, previous);
  invalidate_look (HR_TABLE_VIEW (widget));
}

static void
hr_table_view_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  if (changed & GTK_STATE_FLAG_FOCUS_WITHIN)
    hr_table_view_invalidate_scene (HR_TABLE_VIEW (widget));
}

static void
hr_table_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_table_view_parent_class)->map (widget);
  hr_table_view_invalidate_scene (HR_TABLE_VIEW (widget));
}

static gboolean
hr_table_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child != NULL) /* a cell, which the keyboard leaves, or a menu, in which it goes around */
    return GTK_IS_POPOVER (child) && gtk_widget_child_focus (child, direction);
  return hr_table_view_take_focus (HR_TABLE_VIEW (widget));
}

/* Until there is a cell that can take the focus the view has it itself: keys that come meanwhile are meant for it. */
static gboolean
hr_table_view_grab_focus (GtkWidget *widget)
{
  if (hr_table_view_take_focus (HR_TABLE_VIEW (widget)))
    return TRUE;
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  gtk_root_set_focus (gtk_widget_get_root (widget), widget);
  return TRUE;
}

static void
scrolled_cb (HrTableView *self)
{
  hr_table_view_invalidate_scene (self);
}

static void
set_adjustment (HrTableView *self, GtkAdjustment **member, GtkAdjustment *adjustment)
{
  if (adjustment != NULL && adjustment == *member)
    return;
  if (*member != NULL)
    g_signal_handlers_disconnect_by_func (*member, scrolled_cb, self);
  g_clear_object (member);
  *member = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (*member, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
hr_table_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  HrTableView *self = HR_TABLE_VIEW (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hr_table_view_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  HrTableView *self = HR_TABLE_VIEW (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hr_table_view_dispose (GObject *object)
{
  HrTableView *self = HR_TABLE_VIEW (object);

  g_clear_handle_id (&self->cells_source, g_source_remove);
  g_clear_weak_pointer (&self->menu);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  g_clear_pointer (&self->edited, hr_edited_item_free);
  g_clear_pointer (&self->cells, hr_table_cells_free);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_table_view_parent_class)->dispose (object);
}

static void
hr_table_view_finalize (GObject *object)
{
  HrTableView *self = HR_TABLE_VIEW (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  hr_canvas_strips_free (self->strips);
  hr_canvas_strips_free (self->header_strips);
  hr_scene_free (self->scene);
  hr_scene_free (self->header);
  hr_table_layout_free (self->layout);
  hr_text_free (self->text);
  g_free (self->font_family);
  g_free (self->edited_name);
  G_OBJECT_CLASS (hr_table_view_parent_class)->finalize (object);
}

static void
hr_table_view_class_init (HrTableViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_table_view_get_property;
  object_class->set_property = hr_table_view_set_property;
  object_class->dispose = hr_table_view_dispose;
  object_class->finalize = hr_table_view_finalize;
  widget_class->snapshot = hr_table_view_snapshot;
  widget_class->measure = hr_table_view_measure;
  widget_class->size_allocate = hr_table_view_size_allocate;
  widget_class->css_changed = hr_table_view_css_changed;
  widget_class->direction_changed = hr_table_view_direction_changed;
  widget_class->state_flags_changed = hr_table_view_state_flags_changed;
  widget_class->map = hr_table_view_map;
  widget_class->focus = hr_table_view_focus;
  widget_class->grab_focus = hr_table_view_grab_focus;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  layout_changed_signal = g_signal_new ("layout-changed", HR_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_widget_class_set_css_name (widget_class, "tableview");
  hr_table_view_class_add_input (widget_class);
  hr_table_view_class_add_editing (widget_class);
  hr_table_view_class_add_copies (widget_class);
  hr_table_view_class_add_menus (widget_class);
}

static void
hr_table_view_init (HrTableView *self)
{
  self->zoom = 1;
  self->answer_y = -1;
  self->dropped_on = -1;
  self->layout = hr_table_layout_new ();
  self->scene = hr_scene_new ();
  self->header = hr_scene_new ();
  self->strips = hr_canvas_strips_new ();
  self->header_strips = hr_canvas_strips_new ();
  self->cells = hr_table_cells_new (GTK_WIDGET (self));
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  self->text_scale = hr_look_get_text_scale (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
watch (HrTableView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  HrSession *session = self->session;

  g_signal_connect_object (session, "outline-changed", G_CALLBACK (invalidate_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (invalidate_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::density", G_CALLBACK (invalidate_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::hidden-columns", G_CALLBACK (invalidate_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dim-others", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::zoom", G_CALLBACK (zoom_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (theme_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (theme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (dpi_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_table_view_new (HrSession *session, HrTableViewFlags flags)
{
  HrTableView *self = g_object_new (HR_TYPE_TABLE_VIEW, NULL);

  self->session = g_object_ref (session);
  self->flags = flags;
  g_object_get (session, "zoom", &self->zoom, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Items by partition"), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);
  watch (self);
  hr_table_view_add_input (self);
  if (flags & HR_TABLE_VIEW_EDITS)
    {
      hr_table_view_add_editing (self);
      hr_table_view_add_menus (self);
      hr_table_view_add_drag (self);
    }
  return GTK_WIDGET (self);
}
