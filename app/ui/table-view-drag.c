/*
 * Dragging an item to another partition of the canvas: what Move to… does, by hand.
 *
 * The partition under the pointer has a line in the accent colour, and what is dragged says its key. What changes
 * behind the key is said when it is done, with a button to undo it.
 */
#include "app/ui/table-view-private.h"

#include <adwaita.h>

#include "app/ui/item-actions.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/window.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/value/edit-text.h"
#include "render/cell-text.h"

#define ITEM_VARIANT "(s)" /* an item of this table: the selected one */
#define LINE_WIDTH 2
#define WORD_CHARS 30

/* The item under the pointer is selected, and is what is dragged. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, HrTableView *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  HrHit hit;

  if (table == NULL || hr_session_get_index (self->session) != NULL || hr_session_is_busy (self->session)
      || (self->editor != NULL && gtk_widget_get_visible (self->editor))
      || !hr_table_view_pick_target (self, x, y, &hit, NULL) || (hit.kind != HR_HIT_CELL && hit.kind != HR_HIT_ROW))
    return NULL;
  if (hr_session_get_selected_key (self->session, NULL) == NULL)
    return NULL;
  return gdk_content_provider_new_typed (G_TYPE_VARIANT, g_variant_new (ITEM_VARIANT, table->name));
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, HrTableView *self)
{
  GtkWidget *word = hr_label_new (_("Move to a partition"), "hr-drag hr-drag-word");

  gtk_label_set_width_chars (GTK_LABEL (word), WORD_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (word), WORD_CHARS);
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_MIDDLE);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), word);
}

static gboolean
is_item (const GValue *value)
{
  GVariant *variant = G_VALUE_HOLDS_VARIANT (value) ? g_value_get_variant (value) : NULL;

  return variant != NULL && g_variant_is_of_type (variant, G_VARIANT_TYPE (ITEM_VARIANT));
}

static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, HrTableView *self)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_VARIANT);
  return drag != NULL && gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL) && is_item (&value);
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

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, HrTableView *self)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;
  GtkWidget *label = drag != NULL ? gtk_drag_icon_get_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag))) : NULL;
  g_autofree char *key = NULL;
  g_autofree char *word = NULL;
  HrPartition partition;

  if (!find_partition (self, x, y, &partition))
    {
      set_dropped_on (self, -1);
      return 0;
    }
  key = hr_cell_dup_text (&partition.keys[0]);
  word = g_strdup_printf (_("Move to %s"), key);
  if (GTK_IS_LABEL (label))
    gtk_label_set_text (GTK_LABEL (label), word);
  set_dropped_on (self, (gint64) partition.position);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, HrTableView *self)
{
  set_dropped_on (self, -1);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, HrTableView *self)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  HrPartition partition;

  set_dropped_on (self, -1);
  if (!is_item (value) || !find_partition (self, x, y, &partition))
    return FALSE;
  hr_value_to_edit_text (&partition.keys[0], FALSE, &text);
  hr_buffer_append_char (&text, '\0');
  if (!hr_item_move (self->session, text.data, &error))
    hr_window_toast (GTK_WIDGET (self), error->message);
  return TRUE;
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
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_VARIANT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
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
