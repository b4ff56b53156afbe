/*
 * Hands on a pair: keys, pointer, tooltips, the selection, and the move of the selected item into the index.
 *
 * The selection is the session's, by primary key; here it is the place where that item stands now, on the side where it
 * was chosen. Each stage of the move takes a moment, in which the row goes its way; where somebody wants no movement it
 * is there at once.
 */
#include "app/ui/canvas/pair-canvas-private.h"

#include <string.h>

#include "app/session/item-actions.h"
#include "app/ui/pieces/pieces.h"

#define STAGE_US (200 * G_TIME_SPAN_MILLISECOND)

static guint stage_changed_signal;

void
hr_pair_canvas_tell (HrPairCanvas *self)
{
  g_signal_emit (self, stage_changed_signal, 0);
}

/* The move */

void
hr_pair_canvas_stop_motion (HrPairCanvas *self)
{
  if (self->motion != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->motion);
  self->motion = 0;
  self->viewport.progress = 1;
}

static gboolean
move_on_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->motion_start == 0)
    self->motion_start = now;
  self->viewport.progress = CLAMP ((double) (now - self->motion_start) / STAGE_US, 0, 1);
  self->has_scene = FALSE;
  gtk_widget_queue_draw (widget);
  if (self->viewport.progress < 1)
    return G_SOURCE_CONTINUE;
  self->motion = 0;
  hr_pair_canvas_invalidate (self);
  return G_SOURCE_REMOVE;
}

static void
set_stage (HrPairCanvas *self, guint stage)
{
  gboolean moves;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  hr_pair_canvas_stop_motion (self);
  self->viewport.stage = stage;
  if (stage > 0 && moves && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->viewport.progress = 0;
      self->motion_start = 0;
      self->motion = gtk_widget_add_tick_callback (GTK_WIDGET (self), move_on_cb, NULL, NULL);
    }
  hr_pair_canvas_invalidate (self);
  hr_pair_canvas_tell (self);
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

/* The rows of a folded partition have no places: it stands for the first one. */
static HrHit
get_place (HrPairCanvas *self, const HrHit *hit)
{
  HrPartition partition;

  if (hr_outline_get_partition (self->outlines[hit->side], hit->partition, &partition) && partition.is_folded)
    return (HrHit) { .kind = HR_HIT_PARTITION, .partition = hit->partition, .side = hit->side };
  return *hit;
}

void
hr_pair_canvas_find_selection (HrPairCanvas *self)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  HrHit hit = { HR_HIT_CELL, 0, 0, self->viewport.selected.column, self->viewport.selected.side };
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item;

  if (key == NULL && self->is_cursor)
    return;
  self->is_cursor = FALSE;
  self->viewport.selected.kind = HR_HIT_NONE;
  if (key == NULL || !hr_item_fetch (self->session, key, arena, &item))
    return;
  if (!hr_outline_find_row (self->outlines[hit.side], &item, &hit.partition, &hit.row))
    {
      hit = (HrHit) { .kind = HR_HIT_CELL, .side = HR_SIDE_TABLE };
      if (!hr_outline_find_row (self->outlines[hit.side], &item, &hit.partition, &hit.row))
        return;
    }
  self->viewport.selected = get_place (self, &hit);
}

/* Ending what is typed may move rows: then the item is found again by its key. */
static void
select_hit (HrPairCanvas *self, const HrHit *hit)
{
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  gboolean is_item;
  HrValue item, key;

  is_item = table != NULL && fetch_item (self, hit, arena, &item) && hr_item_dup_key (table, &item, arena, &key);
  self->viewport.selected = get_place (self, hit);
  self->is_cursor = !is_item;
  if (is_item)
    {
      self->is_selecting = TRUE;
      hr_widget_end_typing_elsewhere (GTK_WIDGET (self));
      hr_session_select_item (self->session, &key, 0);
      self->is_selecting = FALSE;
    }
  if (hr_pair_canvas_prepare (self) && self->viewport.selected.kind != HR_HIT_NONE)
    hr_pair_canvas_show (self, &self->viewport.selected);
  set_stage (self, 0);
}

static void
selection_changed_cb (HrPairCanvas *self)
{
  if (self->is_selecting || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !hr_pair_canvas_prepare (self))
    return;
  hr_pair_canvas_find_selection (self);
  if (self->viewport.selected.kind != HR_HIT_NONE)
    hr_pair_canvas_show (self, &self->viewport.selected);
  set_stage (self, 0);
}

static gboolean
focus_cell (HrPairCanvas *self)
{
  GtkWidget *cell;

  hr_pair_canvas_update_cells (self);
  cell = hr_table_cells_get_focus_cell (self->cells);
  return cell != NULL && gtk_widget_grab_focus (cell);
}

/* Until there is a cell that can take the focus the canvas has it itself: keys that come meanwhile are meant for it. */
gboolean
hr_pair_canvas_grab_focus (GtkWidget *widget)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit none = { HR_HIT_NONE, 0, 0, 0, HR_SIDE_TABLE }, first;

  if (hr_pair_canvas_prepare (self))
    {
      if (self->viewport.selected.kind == HR_HIT_NONE
          && hr_pair_layout_move (self->layout, &none, HR_MOVE_TABLE_START, 0, &first))
        {
          self->viewport.selected = first;
          self->is_cursor = TRUE;
          hr_pair_canvas_invalidate (self);
          hr_pair_canvas_tell (self);
        }
      if (focus_cell (self))
        return TRUE;
    }
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  gtk_root_set_focus (gtk_widget_get_root (widget), widget);
  return TRUE;
}

/* Pointer */

static gboolean
pick (HrPairCanvas *self, double x, double y, HrHit *hit, const char **tooltip)
{
  double scale = hr_pair_canvas_get_scale (self);
  double header = hr_pair_canvas_get_header_height (self);

  return hr_pair_canvas_prepare (self) && y >= header
         && hr_scene_hit_test (self->scene, x / scale, (y - header) / scale, hit, tooltip);
}

/* Of a partition that is left out it is asked why. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrPairCanvas *self)
{
  HrHit hit;

  if (!pick (self, x, y, &hit, NULL))
    return;
  if (hit.kind == HR_HIT_PARTITION)
    hit.row = hit.column = 0;
  else if (hit.kind != HR_HIT_CELL && hit.kind != HR_HIT_ROW && hit.kind != HR_HIT_LINK)
    return;
  hit.kind = HR_HIT_CELL;
  select_hit (self, &hit);
  focus_cell (self);
}

static void
set_hovered (HrPairCanvas *self, const HrHit *hit)
{
  if (memcmp (hit, &self->viewport.hovered, sizeof *hit) == 0)
    return;
  self->viewport.hovered = *hit;
  self->has_scene = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, HrPairCanvas *self)
{
  HrHit hit;

  self->pointer_x = x;
  self->pointer_y = y;
  memset (&hit, 0, sizeof hit);
  if (self->has_look)
    pick (self, x, y, &hit, NULL);
  set_hovered (self, &hit);
}

static void
leave_cb (GtkEventControllerMotion *motion, HrPairCanvas *self)
{
  HrHit none;

  memset (&none, 0, sizeof none);
  set_hovered (self, &none);
}

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  const char *text = NULL;
  HrHit hit;

  if (keyboard || !pick (HR_PAIR_CANVAS (widget), x, y, &hit, &text) || text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* Keys */

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
  { GDK_KEY_Home, 0, HR_MOVE_ROW_START },
  { GDK_KEY_End, 0, HR_MOVE_ROW_END },
  { GDK_KEY_Home, GDK_CONTROL_MASK, HR_MOVE_TABLE_START },
  { GDK_KEY_End, GDK_CONTROL_MASK, HR_MOVE_TABLE_END },
};

static gboolean
move_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit to;

  if (!hr_pair_canvas_prepare (self))
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
go_to_copy_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  HrHit to;

  if (!hr_pair_canvas_prepare (self) || !hr_pair_layout_find_copy (self->layout, &self->viewport.selected, &to))
    return FALSE;
  select_hit (self, &to);
  return focus_cell (self);
}

static gboolean
copy_text_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  g_autofree char *text = NULL;

  if (!hr_pair_canvas_prepare (self) || self->viewport.selected.kind != HR_HIT_CELL)
    return FALSE;
  text = hr_pair_layout_dup_cell_text (self->layout, &self->viewport.selected);
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return TRUE;
}

static gboolean
play_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  HrPairCanvas *self = HR_PAIR_CANVAS (widget);
  guint stage = self->viewport.stage + 1;
  g_auto (HrPairSentence) sentence = { NULL, NULL };

  if (!hr_pair_canvas_prepare (self) || self->viewport.selected.kind == HR_HIT_NONE)
    return FALSE;
  /* an item that does not get there has fewer */
  if (!hr_pair_layout_describe_stage (self->layout, &self->viewport.selected, stage, &sentence))
    stage = 0;
  set_stage (self, stage);
  hr_pair_canvas_show (self, &self->viewport.selected);
  return TRUE;
}

void
hr_pair_canvas_play (HrPairCanvas *self)
{
  play_cb (GTK_WIDGET (self), NULL, NULL);
}

void
hr_pair_canvas_step (HrPairCanvas *self, int by)
{
  HrHit to;

  if (hr_pair_canvas_prepare (self)
      && hr_pair_layout_step (self->layout, &self->viewport.selected, by, &to, NULL, NULL))
    {
      to.kind = HR_HIT_CELL;
      select_hit (self, &to);
    }
}

void
hr_pair_canvas_class_add_input (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, moves[i].modifiers, move_cb, "u", (guint) moves[i].move);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, go_to_copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, go_to_copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, play_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_text_cb, NULL);
  stage_changed_signal = g_signal_new ("stage-changed", HR_TYPE_PAIR_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

void
hr_pair_canvas_add_input (HrPairCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (self->session, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
