/*
 * Dragging the selected items: to another partition of the canvas, which is what Move to… does, by hand; into another
 * window, where they are pasted; and out to other programs, as a picture or as text.
 *
 * The partition under the pointer has a line in the accent colour, and what is dragged says its key. What changes
 * behind the key is said when it is done, with a button to undo it.
 */
#include "app/ui/canvas/table-view-private.h"

#include <adwaita.h>

#include "app/session/item-actions.h"
#include "app/ui/canvas/items-content.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/value/edit-text.h"
#include "render/cell-text.h"

#define LINE_WIDTH 2
#define WORD_CHARS 30

/* What is under the pointer is selected, maybe with others, and is what is dragged. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, HrTableView *self)
{
  HrHit hit;

  if (hr_session_get_table (self->session) == NULL || hr_session_is_busy (self->session)
      || (self->editor != NULL && gtk_widget_get_visible (self->editor))
      || !hr_table_view_pick_target (self, x, y, &hit, NULL) || (hit.kind != HR_HIT_CELL && hit.kind != HR_HIT_ROW))
    return NULL;
  if (!hr_session_is_among_selected (self->session, hit.partition, hit.row))
    hr_table_view_select (self, &hit, HR_SELECT_ONLY);
  if (hr_session_count_selected (self->session) == 0)
    return NULL;
  return hr_items_content_new (self->session, GTK_WIDGET (self));
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, HrTableView *self)
{
  g_autofree char *text = hr_items_content_describe (HR_ITEMS_CONTENT (gdk_drag_get_content (drag)));
  GtkWidget *word = hr_label_new (text, "hr-drag hr-drag-word");

  self->pressed.kind = HR_HIT_NONE;
  gtk_label_set_width_chars (GTK_LABEL (word), WORD_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (word), WORD_CHARS);
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_MIDDLE);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), word);
}

/* Items of this table go to another partition of it; others are pasted. */
static gboolean
is_own (HrTableView *self, GdkDrop *drop)
{
  return hr_items_content_is_of (hr_items_content_get_dragged (drop), self->session);
}

static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, HrTableView *self)
{
  if (is_own (self, drop))
    return hr_session_get_index (self->session) == NULL;
  return hr_items_content_can_paste (drop, self->session);
}

static gboolean
find_partition (HrTableView *self, double x, double y, HrPartition *partition)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  HrHit hit;

  return outline != NULL && hr_table_view_pick_target (self, x, y, &hit, NULL)
         && hit.partition != self->selected.partition && hr_outline_get_partition (outline, hit.partition, partition);
}

static void
set_dropped_on (HrTableView *self, gint64 position)
{
  if (self->dropped_on == position)
    return;
  self->dropped_on = position;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
say (GtkDropTarget *target, const char *text)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;
  GtkWidget *label = drag != NULL ? gtk_drag_icon_get_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag))) : NULL;

  if (GTK_IS_LABEL (label))
    gtk_label_set_text (GTK_LABEL (label), text);
}

static void
say_dragged (GtkDropTarget *target)
{
  HrItemsContent *items = hr_items_content_get_dragged (gtk_drop_target_get_current_drop (target));
  g_autofree char *text = items != NULL ? hr_items_content_describe (items) : NULL;

  if (text != NULL)
    say (target, text);
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, HrTableView *self)
{
  g_autofree char *key = NULL;
  g_autofree char *word = NULL;
  HrPartition partition;

  if (!is_own (self, gtk_drop_target_get_current_drop (target)))
    {
      say (target, _("Add to this table"));
      return GDK_ACTION_COPY;
    }
  if (!find_partition (self, x, y, &partition))
    {
      say_dragged (target);
      set_dropped_on (self, -1);
      return 0;
    }
  key = hr_cell_dup_text (&partition.keys[0]);
  word = g_strdup_printf (_("Move to %s"), key);
  say (target, word);
  set_dropped_on (self, (gint64) partition.position);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, HrTableView *self)
{
  set_dropped_on (self, -1);
  say_dragged (target);
}

static gboolean
move_to (HrTableView *self, double x, double y, GError **error)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  HrPartition partition;

  if (!find_partition (self, x, y, &partition))
    return TRUE;
  hr_value_to_edit_text (&partition.keys[0], FALSE, &text);
  hr_buffer_append_char (&text, '\0');
  return hr_item_move (self->session, text.data, error);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, HrTableView *self)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  set_dropped_on (self, -1);
  if (is_own (self, gtk_drop_target_get_current_drop (target)))
    done = move_to (self, x, y, &error);
  else
    done = hr_item_paste (self->session, g_value_get_string (value), &error);
  if (!done)
    hr_toast (GTK_WIDGET (self), error->message);
  return done;
}

/* Around the whole block, as far as it is in sight. */
void
hr_table_view_snapshot_drop (HrTableView *self, GtkSnapshot *snapshot)
{
  const float widths[4] = { LINE_WIDTH, LINE_WIDTH, LINE_WIDTH, LINE_WIDTH };
  HrHit hit = { .kind = HR_HIT_PARTITION };
  HrRgba accent = hr_theme_get_color (hr_look_get_theme (), HR_COLOR_ACCENT);
  const GdkRGBA color = { (float) accent.red, (float) accent.green, (float) accent.blue, 1 };
  const GdkRGBA colors[4] = { color, color, color, color };
  double scale = hr_table_view_get_scale (self);
  double header = hr_table_view_get_header_height (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  HrViewport viewport;
  GskRoundedRect outline;
  HrRect rect;

  hit.partition = (guint64) self->dropped_on;
  if (self->dropped_on < 0 || !hr_table_layout_get_rect (self->layout, &hit, &rect))
    return;
  hr_table_view_get_viewport (self, &viewport);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) (rect.x * scale),
                                                        (float) ((rect.y - viewport.y) * scale + header),
                                                        (float) (width - 2 * rect.x * scale),
                                                        (float) (rect.height * scale)),
                                   (float) (8 * scale));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) header, (float) width,
                                                         (float) gtk_widget_get_height (GTK_WIDGET (self))));
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
  gtk_snapshot_pop (snapshot);
}

void
hr_table_view_add_drag (HrTableView *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE | GDK_ACTION_COPY);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (drop, "accept", G_CALLBACK (accept_cb), self);
  g_signal_connect (drop, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (drop, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (drop, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
