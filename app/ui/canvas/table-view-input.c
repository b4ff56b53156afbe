/*
 * Hands on the canvas: keys, pointer, tooltips and the selection.
 *
 * The selection is the session's, by primary key, so that it outlives every change of the outline; here it
 * is the place where that key stands now. Rows that a run added have a place but no item to select.
 */
#include "app/ui/canvas/table-view-private.h"

#include <string.h>

#include "app/ui/pieces/pieces.h"
#include "model/document/item-text.h"

#define ZOOM_STEP 1.1
#define ZOOM_MIN 0.5
#define ZOOM_MAX 3.0

typedef struct
{
  guint key;
  guint keypad;
  GdkModifierType modifiers;
  HrMove move;
  gboolean extends; /* with Shift */
} MoveKey;

static const MoveKey move_keys[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, HR_MOVE_UP, TRUE },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, HR_MOVE_DOWN, TRUE },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, HR_MOVE_LEFT, FALSE },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, HR_MOVE_RIGHT, FALSE },
  { GDK_KEY_Up, GDK_KEY_KP_Up, GDK_CONTROL_MASK, HR_MOVE_PARTITION_UP, TRUE },
  { GDK_KEY_Down, GDK_KEY_KP_Down, GDK_CONTROL_MASK, HR_MOVE_PARTITION_DOWN, TRUE },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, HR_MOVE_PAGE_UP, TRUE },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, HR_MOVE_PAGE_DOWN, TRUE },
  { GDK_KEY_Home, GDK_KEY_KP_Home, 0, HR_MOVE_ROW_START, FALSE },
  { GDK_KEY_End, GDK_KEY_KP_End, 0, HR_MOVE_ROW_END, FALSE },
  { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_CONTROL_MASK, HR_MOVE_TABLE_START, TRUE },
  { GDK_KEY_End, GDK_KEY_KP_End, GDK_CONTROL_MASK, HR_MOVE_TABLE_END, TRUE },
};

/* A row that alone is selected and is no more then still has the cursor. What only a run shows has it, too. */
void
hr_table_view_select (HrTableView *self, const HrHit *target, HrSelectMode mode)
{
  hr_widget_end_typing_elsewhere (GTK_WIDGET (self));
  if (self->is_cursor && (mode == HR_SELECT_EXTEND || mode == HR_SELECT_MARK))
    hr_session_select_row (self->session, self->selected.partition, self->selected.row, self->selected.column,
                           HR_SELECT_ONLY);
  self->selected = *target;
  self->selected.kind = HR_HIT_CELL;
  self->is_cursor = mode == HR_SELECT_TOGGLE || mode == HR_SELECT_MARK;
  hr_table_view_invalidate_scene (self);
  hr_session_select_row (self->session, target->partition, target->row, target->column, mode);
}

void
hr_table_view_find_selection (HrTableView *self)
{
  guint column;
  const HrValue *key = hr_session_get_selected_key (self->session, &column);
  HrHit target = { .kind = HR_HIT_CELL, .column = column };

  if (key == NULL && self->is_cursor)
    return;
  self->is_cursor = FALSE;
  memset (&self->selected, 0, sizeof self->selected);
  if (key != NULL && hr_session_locate_item (self->session, key, &target.partition, &target.row))
    self->selected = target;
}

static void
show_selection (HrTableView *self)
{
  if (self->selected.kind == HR_HIT_NONE)
    return;
  if (!self->is_cursor)
    hr_table_view_scroll_to (self, &self->selected);
  hr_table_view_update_cells (self);
}

static void
selection_changed_cb (HrTableView *self)
{
  HrHit old = self->selected;

  hr_table_view_find_selection (self);
  hr_table_view_invalidate_scene (self);
  if (!hr_hit_is_same_row (&old, &self->selected) || old.kind != self->selected.kind)
    show_selection (self);
}

static gboolean
focus_selection (HrTableView *self)
{
  GtkWidget *cell;

  show_selection (self);
  cell = hr_table_cells_get_focus_cell (self->cells);
  return cell != NULL && gtk_widget_grab_focus (cell);
}

static gboolean
find_first_in_sight (HrTableView *self, HrHit *target)
{
  HrViewport viewport;
  HrOutline *outline = hr_session_get_outline (self->session);
  HrHit start = { .kind = HR_HIT_NONE };
  HrRect rect;

  if (!hr_table_view_prepare (self) || outline == NULL
      || !hr_table_layout_move (self->layout, &start, HR_MOVE_TABLE_START, 0, target))
    return FALSE;
  hr_table_view_get_viewport (self, &viewport);
  while (hr_table_layout_get_rect (self->layout, target, &rect) && rect.y < viewport.y)
    {
      HrHit next;

      if (!hr_table_layout_move (self->layout, target, HR_MOVE_PAGE_DOWN, viewport.y - rect.y, &next)
          || hr_hit_is_same_row (&next, target))
        break;
      *target = next;
    }
  return TRUE;
}

gboolean
hr_table_view_take_focus (HrTableView *self)
{
  HrHit target;

  if (!hr_table_view_prepare (self))
    return FALSE;
  /* a cursor that has been scrolled out of sight has no cell that could take the focus */
  if (self->selected.kind == HR_HIT_NONE || self->is_cursor)
    {
      if (!find_first_in_sight (self, &target))
        return FALSE;
      self->selected = target;
      self->is_cursor = TRUE;
      hr_table_view_invalidate_scene (self);
    }
  return focus_selection (self);
}

static gboolean
select_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  HrHit target = self->selected;

  if (target.kind == HR_HIT_NONE || !hr_table_view_prepare (self))
    return FALSE;
  hr_table_view_select (self, &target, (HrSelectMode) g_variant_get_uint32 (parameters));
  focus_selection (self);
  return TRUE;
}

static gboolean
select_all_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);

  if (!hr_table_view_prepare (self))
    return FALSE;
  hr_session_select_all (self->session);
  focus_selection (self);
  return TRUE;
}

/* The cursor stays where it was. */
static gboolean
clear_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);

  if (hr_session_get_selected_rows (self->session) == NULL)
    return FALSE;
  self->is_cursor = TRUE;
  hr_session_clear_selection (self->session);
  hr_table_view_take_focus (self);
  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  HrSelectMode mode = hr_session_is_marking (self->session) ? HR_SELECT_CURSOR : HR_SELECT_ONLY;
  HrViewport viewport;
  gboolean extends;
  HrMove move;
  HrHit target;

  if (!hr_table_view_prepare (self))
    return FALSE;
  hr_table_view_get_viewport (self, &viewport);
  if (self->selected.kind == HR_HIT_NONE)
    return hr_table_view_take_focus (self);
  g_variant_get (parameters, "(ub)", &move, &extends);
  if (hr_table_layout_move (self->layout, &self->selected, move, viewport.height, &target))
    {
      hr_table_view_select (self, &target, extends ? HR_SELECT_EXTEND : mode);
      focus_selection (self);
    }
  return TRUE;
}

/* The cell's text or, of several, the items as pasting reads them without loss. */
static gboolean
copy_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  g_autofree char *text = NULL;

  if (hr_session_get_selected_rows (self->session) != NULL)
    return gtk_widget_activate_action (widget, "win.copy-item", "i", (gint32) HR_ITEMS_TYPED);
  if (self->selected.kind == HR_HIT_NONE || !hr_table_view_prepare (self))
    return FALSE;
  text = hr_table_layout_dup_cell_text (self->layout, &self->selected);
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return TRUE;
}

/* With Shift what leads to another row selects all up to it. */
static void
add_move (GtkWidgetClass *widget_class, const MoveKey *row, guint key)
{
  gtk_widget_class_add_binding (widget_class, key, row->modifiers, move_cb, "(ub)", (guint) row->move, FALSE);
  if (row->extends)
    gtk_widget_class_add_binding (widget_class, key, row->modifiers | GDK_SHIFT_MASK, move_cb, "(ub)",
                                  (guint) row->move, TRUE);
}

void
hr_table_view_class_add_input (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (move_keys); i++)
    {
      add_move (widget_class, &move_keys[i], move_keys[i].key);
      add_move (widget_class, &move_keys[i], move_keys[i].keypad);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, select_cb, "u", (guint) HR_SELECT_ONLY);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, select_cb, "u",
                                (guint) HR_SELECT_MARK);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_SHIFT_MASK, select_cb, "u",
                                (guint) HR_SELECT_EXTEND);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, copy_cb, NULL);
}

static HrSelectMode
get_mode (GtkGestureClick *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (state & GDK_SHIFT_MASK)
    return HR_SELECT_EXTEND;
  return state & GDK_CONTROL_MASK ? HR_SELECT_TOGGLE : HR_SELECT_ONLY;
}

/* The row and the column that the target had, by what they stand for; @key: of the item, NULL: the selected one. */
static gboolean
find_again (HrTableView *self, HrHit *target, const HrValue *key, const char *name)
{
  guint column;

  if (key == NULL)
    key = hr_session_get_selected_key (self->session, NULL);
  if (key == NULL || !hr_table_view_prepare (self)
      || !hr_session_locate_item (self->session, key, &target->partition, &target->row))
    return FALSE;
  if (hr_table_view_find_column (self, name, &column))
    target->column = column;
  return TRUE;
}

gboolean
hr_table_view_press (HrTableView *self, double x, double y, HrHit *target)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  guint64 generation = hr_session_get_generation (self->session);
  gboolean is_there = hr_table_view_pick_target (self, x, y, target, NULL);
  const HrValue *selected = hr_session_get_selected_key (self->session, NULL);
  g_autofree char *name = NULL;
  gboolean is_selected, is_item;
  HrValue key;

  if (is_there)
    name = g_strdup (hr_table_layout_get_column_name (self->layout, target->column));
  is_item = is_there && hr_session_fetch_key (self->session, target->partition, target->row, arena, &key);
  is_selected = is_item && selected != NULL && hr_value_equal (selected, &key);
  if (!hr_table_view_end_typing (self) || !is_there)
    return FALSE;
  return !is_item || hr_session_get_generation (self->session) == generation
         || find_again (self, target, is_selected ? NULL : &key, name);
}

/* One of several may be about to be dragged with them. When it is not, releasing the button selects it alone. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrTableView *self)
{
  HrSelectMode mode = get_mode (gesture);
  HrHit target;

  self->pressed.kind = HR_HIT_NONE;

  if (!hr_table_view_press (self, x, y, &target))
    return;
  if (target.kind == HR_HIT_PARTITION)
    hr_session_fold_partition (self->session, target.partition, FALSE);
  if (target.kind != HR_HIT_CELL && target.kind != HR_HIT_ROW)
    return;
  if (target.kind == HR_HIT_ROW)
    target.column = 0;
  if (mode == HR_SELECT_ONLY && n_press == 1
      && hr_session_is_among_selected (self->session, target.partition, target.row))
    self->pressed = target;
  else
    hr_table_view_select (self, &target, mode);
  focus_selection (self);
  if (n_press == 2 && mode == HR_SELECT_ONLY)
    hr_table_view_edit (self, NULL);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrTableView *self)
{
  HrHit target = self->pressed;

  self->pressed.kind = HR_HIT_NONE;
  if (target.kind == HR_HIT_NONE)
    return;
  hr_table_view_select (self, &target, HR_SELECT_ONLY);
  focus_selection (self);
}

static void
set_hovered (HrTableView *self, const HrHit *target)
{
  if (memcmp (&self->hovered, target, sizeof *target) == 0)
    return;
  self->hovered = *target;
  hr_table_view_invalidate_scene (self);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, HrTableView *self)
{
  HrHit target;

  memset (&target, 0, sizeof target);
  self->pointer_x = x;
  self->pointer_y = y;
  hr_table_view_pick_target (self, x, y, &target, NULL);
  set_hovered (self, &target);
}

static void
leave_cb (GtkEventControllerMotion *motion, HrTableView *self)
{
  HrHit none;

  memset (&none, 0, sizeof none);
  set_hovered (self, &none);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, HrTableView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double zoom = self->zoom;

  if ((state & GDK_CONTROL_MASK) == 0 || dy == 0)
    return GDK_EVENT_PROPAGATE;
  zoom = dy < 0 ? zoom * ZOOM_STEP : zoom / ZOOM_STEP;
  self->is_zooming = TRUE;
  g_object_set (self->session, "zoom", CLAMP (zoom, ZOOM_MIN, ZOOM_MAX), NULL);
  self->is_zooming = FALSE;
  return GDK_EVENT_STOP;
}

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  const char *text = NULL;
  HrHit target;

  /* not over a menu */
  if (HR_TABLE_VIEW (widget)->menu != NULL)
    return FALSE;
  if (keyboard || !hr_table_view_pick_target (HR_TABLE_VIEW (widget), x, y, &target, &text) || text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
hr_table_view_add_input (HrTableView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (self->session, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
