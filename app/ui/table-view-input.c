/*
 * Hands on the canvas: keys, pointer, tooltips and the selection.
 *
 * The selection is the session's, by primary key, so that it outlives every change of the outline; here it
 * is the place where that key stands now. Rows that a run added have a place but no item to select.
 */
#include "app/ui/table-view-private.h"

#include <string.h>

#include "model/engine/rows.h"
#include "model/value/record.h"

#define ZOOM_STEP 1.1
#define ZOOM_MIN 0.5
#define ZOOM_MAX 3.0

typedef struct
{
  guint key;
  guint keypad;
  GdkModifierType modifiers;
  HrMove move;
} MoveKey;

static const MoveKey move_keys[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, HR_MOVE_UP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, HR_MOVE_DOWN },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, HR_MOVE_LEFT },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, HR_MOVE_RIGHT },
  { GDK_KEY_Up, GDK_KEY_KP_Up, GDK_CONTROL_MASK, HR_MOVE_PARTITION_UP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, GDK_CONTROL_MASK, HR_MOVE_PARTITION_DOWN },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, HR_MOVE_PAGE_UP },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, HR_MOVE_PAGE_DOWN },
  { GDK_KEY_Home, GDK_KEY_KP_Home, 0, HR_MOVE_ROW_START },
  { GDK_KEY_End, GDK_KEY_KP_End, 0, HR_MOVE_ROW_END },
  { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_CONTROL_MASK, HR_MOVE_TABLE_START },
  { GDK_KEY_End, GDK_KEY_KP_End, GDK_CONTROL_MASK, HR_MOVE_TABLE_END },
};

/* The row's item, in @arena; FALSE for what only a run shows. */
static gboolean
fetch_item (HrTableView *self, const HrHit *target, HrArena *arena, HrValue *item)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  HrPartition partition;
  HrOutlineRow row;

  if (outline == NULL || hr_session_is_busy (self->session)
      || !hr_outline_get_partition (outline, target->partition, &partition) || target->row >= partition.n_rows
      || hr_outline_fetch (outline, target->partition, target->row, 1, arena, &row, NULL) != 1)
    return FALSE;
  *item = row.item;
  return TRUE;
}

static gboolean
add_key_member (HrMember *member, const HrAttribute *attribute, const HrValue *item)
{
  const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

  if (value == NULL)
    return FALSE;
  *member = (HrMember) { attribute->name, strlen (attribute->name), *value };
  return TRUE;
}

void
hr_table_view_select (HrTableView *self, const HrHit *target)
{
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrAttribute *sort_key;
  HrMember members[2];
  guint n = 1;
  HrValue item, key;

  if (table == NULL)
    return;
  self->selected = *target;
  self->selected.kind = HR_HIT_CELL;
  self->is_cursor = FALSE;
  hr_table_view_invalidate_scene (self);
  if (!fetch_item (self, target, arena, &item)
      || !add_key_member (&members[0], hr_table_get_partition_key (table), &item))
    return;
  sort_key = hr_table_get_sort_key (table);
  if (sort_key != NULL && add_key_member (&members[1], sort_key, &item))
    n = 2;
  hr_members_sort (members, n);
  key = hr_value_map (members, n);
  hr_session_select_item (self->session, &key, self->selected.column);
}

void
hr_table_view_find_selection (HrTableView *self)
{
  guint column;
  const HrValue *key = hr_session_get_selected_key (self->session, &column);
  HrDocument *document = hr_session_get_document (self->session);
  HrOutline *outline = hr_session_get_outline (self->session);
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrHit target = { .kind = HR_HIT_CELL, .column = column };
  HrRow row;
  HrValue item;

  if (key == NULL && self->is_cursor)
    return;
  self->is_cursor = FALSE;
  memset (&self->selected, 0, sizeof self->selected);
  if (key == NULL || document == NULL || outline == NULL || table == NULL || hr_session_is_busy (self->session))
    return;
  /* An index is searched by key attributes that only the whole item tells. */
  if (!hr_engine_get_row (hr_document_get_engine (document), table->name, key, arena, &row, NULL)
      || !hr_record_decode (row.record, row.record_length, arena, &item)
      || !hr_outline_find_row (outline, &item, &target.partition, &target.row))
    return;
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

  if (self->selected.kind == HR_HIT_NONE || !hr_table_view_prepare (self))
    return FALSE;
  hr_table_view_select (self, &(HrHit) { HR_HIT_CELL, self->selected.partition, self->selected.row,
                                            self->selected.column, self->selected.side });
  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  HrMove move = g_variant_get_uint32 (parameters);
  HrViewport viewport;
  HrHit target;

  if (!hr_table_view_prepare (self))
    return FALSE;
  hr_table_view_get_viewport (self, &viewport);
  if (self->selected.kind == HR_HIT_NONE)
    return hr_table_view_take_focus (self);
  if (hr_table_layout_move (self->layout, &self->selected, move, viewport.height, &target))
    {
      hr_table_view_select (self, &target);
      focus_selection (self);
    }
  return TRUE;
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->selected.kind == HR_HIT_NONE || !hr_table_view_prepare (self))
    return FALSE;
  text = hr_table_layout_dup_cell_text (self->layout, &self->selected);
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return TRUE;
}

void
hr_table_view_class_add_input (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (move_keys); i++)
    {
      const MoveKey *row = &move_keys[i];

      gtk_widget_class_add_binding (widget_class, row->key, row->modifiers, move_cb, "u", (guint) row->move);
      gtk_widget_class_add_binding (widget_class, row->keypad, row->modifiers, move_cb, "u", (guint) row->move);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, select_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, select_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, copy_cb, NULL);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrTableView *self)
{
  HrHit target;

  if (!hr_table_view_pick_target (self, x, y, &target, NULL))
    return;
  if (target.kind == HR_HIT_PARTITION)
    hr_session_fold_partition (self->session, target.partition, FALSE);
  if (target.kind != HR_HIT_CELL && target.kind != HR_HIT_ROW)
    return;
  if (target.kind == HR_HIT_ROW)
    target.column = 0;
  hr_table_view_select (self, &target);
  focus_selection (self);
  if (n_press == 2)
    hr_table_view_edit (self, NULL);
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
