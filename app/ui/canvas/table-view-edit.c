/*
 * Editing on the canvas: the editor over the selected cell, and what becomes of what it says.
 *
 * The editor is about the item that was selected when editing began, and keeps its key: the selection may have gone on
 * when it ends. Keys may be composed of the value that is edited; a selection that stayed goes where the item went.
 */
#include "app/ui/canvas/table-view-private.h"

#include <string.h>

#include "app/ui/canvas/cell-editor.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/document/item-edit.h"
#include "model/schema/compose.h"
#include "model/value/edit-text.h"

/* Name of the attribute of a column; the sort key is the first one. NULL: there is none. */
static const char *
get_column_name (HrTableView *self, guint column)
{
  return hr_table_layout_get_column_name (self->layout, column);
}

void
hr_table_view_place_editor (HrTableView *self, const HrHit *cell, GtkAllocation *place)
{
  HrHit hit = *cell;
  double scale = hr_table_view_get_scale (self);
  HrViewport viewport;
  HrRect rect;
  int minimum = 0;

  hit.kind = HR_HIT_CELL;
  hr_table_view_get_viewport (self, &viewport);
  if (!hr_table_layout_get_rect (self->layout, &hit, &rect))
    rect = (HrRect){ 0, 0, 100, 30 };
  if (self->editor != NULL)
    gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  place->width = MAX ((int) (rect.width * scale), MAX (minimum, 160));
  place->height = (int) (rect.height * scale);
  place->x = (int) ((rect.x - viewport.x) * scale);
  place->y = (int) ((rect.y - viewport.y) * scale + hr_table_view_get_header_height (self));
  if (hr_table_view_is_right_to_left (self))
    place->x = gtk_widget_get_width (GTK_WIDGET (self)) - place->x - place->width;
  place->x = CLAMP (place->x, 0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - place->width));
}

void
hr_table_view_allocate_editor (HrTableView *self)
{
  GtkAllocation place;

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->editor == NULL || !gtk_widget_get_visible (self->editor))
    return;
  hr_table_view_place_editor (self, &self->edited_at, &place);
  gtk_widget_size_allocate (self->editor, &place, -1);
}

static void
close_editor (HrTableView *self)
{
  gtk_widget_set_visible (self->editor, FALSE);
  g_clear_pointer (&self->edited, hr_edited_item_free);
  g_clear_pointer (&self->edited_name, g_free);
}

static void
go_on (HrTableView *self, HrCellEnd end)
{
  static const HrMove moves[] = {
    [HR_CELL_DOWN] = HR_MOVE_DOWN, [HR_CELL_NEXT] = HR_MOVE_RIGHT, [HR_CELL_PREVIOUS] = HR_MOVE_LEFT
  };
  HrViewport viewport;
  HrHit target;

  if (end != HR_CELL_STAY && end != HR_CELL_CANCEL && hr_table_view_prepare (self))
    {
      hr_table_view_get_viewport (self, &viewport);
      if (hr_table_layout_move (self->layout, &self->selected, moves[end], viewport.height, &target))
        hr_table_view_select (self, &target, HR_SELECT_ONLY);
    }
  if (end != HR_CELL_STAY)
    hr_table_view_take_focus (self);
}

gboolean
hr_table_view_find_column (HrTableView *self, const char *name, guint *column)
{
  for (*column = 0; *column < hr_table_layout_get_n_columns (self->layout); (*column)++)
    if (g_strcmp0 (get_column_name (self, *column), name) == 0)
      return TRUE;
  return FALSE;
}

/* A value of another type may have made the item another thing, and with that the columns another order. */
static void
stay_in_column (HrTableView *self, const char *name)
{
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  guint column;

  if (key != NULL && hr_table_view_prepare (self) && hr_table_view_find_column (self, name, &column))
    hr_session_select_item (self->session, key, column);
}

/* What cannot be taken stays to be mended, as long as it is seen what it is about. */
static void
refuse (HrTableView *self, const char *message, gboolean is_seen)
{
  if (is_seen)
    {
      hr_cell_editor_set_error (HR_CELL_EDITOR (self->editor), message);
      return;
    }
  close_editor (self);
  hr_toast (GTK_WIDGET (self), message);
}

static void
finished_cb (HrCellEditor *editor, guint end, HrTableView *self)
{
  g_autofree char *text = hr_cell_editor_dup_text (editor);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_selected;

  if (end == HR_CELL_CANCEL || self->edited == NULL)
    {
      gboolean had_focus = hr_widget_has_focus_inside (self->editor);

      close_editor (self);
      if (had_focus)
        hr_table_view_take_focus (self);
      return;
    }
  was_selected = hr_edited_item_is_selected (self->edited, self->session);
  if (!hr_edited_item_set_text (self->edited, self->session, self->edited_name, hr_cell_editor_get_value_type (editor),
                                text, &error))
    {
      refuse (self, error->message, was_selected);
      return;
    }
  name = g_steal_pointer (&self->edited_name);
  close_editor (self);
  if (was_selected)
    stay_in_column (self, name);
  go_on (self, end);
}

gboolean
hr_table_view_end_typing (HrTableView *self)
{
  hr_widget_end_typing_elsewhere (GTK_WIDGET (self));
  if (self->edited != NULL)
    hr_cell_editor_finish (HR_CELL_EDITOR (self->editor));
  return self->edited == NULL;
}

static void
ensure_editor (HrTableView *self)
{
  if (self->editor != NULL)
    return;
  self->editor = hr_cell_editor_new ();
  gtk_widget_set_visible (self->editor, FALSE);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  g_signal_connect_object (self->editor, "finished", G_CALLBACK (finished_cb), self, 0);
}

gboolean
hr_table_view_edit (HrTableView *self, const char *typed)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key;
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  const HrValue *value;
  const char *name;
  guint column;
  HrType type;
  HrValue item;

  if ((self->flags & HR_TABLE_VIEW_EDITS) == 0 || table == NULL || hr_session_is_busy (self->session)
      || !hr_table_view_prepare (self))
    return FALSE;
  key = hr_session_get_selected_key (self->session, &column);
  name = key != NULL ? get_column_name (self, column) : NULL;
  if (name == NULL || !hr_item_fetch (self->session, key, arena, &item))
    return FALSE;
  value = hr_item_get_field (table, hr_table_guess_entity (table, &item), &item, name, arena, &type);
  if (value != NULL)
    hr_value_to_edit_text (value, TRUE, &text);
  ensure_editor (self);
  g_clear_pointer (&self->edited, hr_edited_item_free);
  self->edited = hr_edited_item_new (self->session);
  self->edited_at = self->selected;
  g_free (self->edited_name);
  self->edited_name = g_strdup (name);
  hr_table_view_scroll_to (self, &self->selected);
  gtk_widget_set_visible (self->editor, TRUE);
  hr_table_view_allocate_editor (self);
  hr_buffer_append_char (&text, '\0');
  hr_cell_editor_start (HR_CELL_EDITOR (self->editor), name, type, typed != NULL ? typed : text.data, typed != NULL);
  return TRUE;
}

static gboolean
edit_cb (GtkWidget *widget, GVariant *parameters, gpointer user_data)
{
  return hr_table_view_edit (HR_TABLE_VIEW (widget), NULL);
}

/* A letter begins a new text. */
static gboolean
typed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrTableView *self)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[7] = "";

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || letter <= ' ' || letter == 0x7f
      || (self->editor != NULL && gtk_widget_get_visible (self->editor)))
    return GDK_EVENT_PROPAGATE;
  g_unichar_to_utf8 (letter, text);
  return hr_table_view_edit (self, text);
}

static void
edit_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hr_table_view_edit (HR_TABLE_VIEW (widget), NULL);
}

void
hr_table_view_class_add_editing (GtkWidgetClass *widget_class)
{
  const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_F2 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, edit_cb, NULL);
  gtk_widget_class_install_action (widget_class, "table-view.edit", NULL, edit_action_cb);
}

void
hr_table_view_add_editing (HrTableView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (typed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
