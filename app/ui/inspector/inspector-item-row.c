/*
 * The row of one value in the inspector's panel for an item: its text and its type, to be edited.
 *
 * A row shows one value after the other, as items are selected: it has a list of types and a popover inside, and costs
 * much more to make than to fill.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/session/item-actions.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/choice.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/value/edit-text.h"

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  GtkWidget *panel;   /* borrowed: outlives its rows */
  GtkWidget *row;
  GtkWidget *types;   /* GtkDropDown */
  GtkWidget *remove;
  char *name;
  char *shown;
  HrType type;
  gboolean is_refreshing; /* what changes is no typing */
} ItemRow;

static const char data[] = "hr-item-row"; /* of the widget */

static void
item_row_free (gpointer user_data)
{
  ItemRow *self = user_data;

  g_free (self->name);
  g_free (self->shown);
  g_free (self);
}

static void
show_error (ItemRow *self, const char *message)
{
  if (message != NULL)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
  hr_tooltip_set (self->row, message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What was typed is for the item that the row shows, and for no other that has been selected in the meantime. */
static void
apply (ItemRow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row)));
  HrType type = (HrType) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->types));
  g_autoptr (GError) error = NULL;

  if ((strcmp (text, self->shown) == 0 && type == self->type) || !hr_inspector_item_is_shown (self->panel))
    return;
  if (!hr_item_set_text (self->session, self->name, type, text, &error))
    {
      show_error (self, error->message);
      hr_toast (self->row, error->message);
      return;
    }
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  self->type = type;
  show_error (self, NULL);
}

static void
type_chosen_cb (ItemRow *self)
{
  /* an empty field that gets another type waits for its text */
  if (!self->is_refreshing && *self->shown != '\0')
    apply (self);
}

static void
remove_cb (ItemRow *self)
{
  g_autoptr (GError) error = NULL;

  if (!hr_item_unset (self->session, self->name, &error))
    hr_toast (self->row, error->message);
}

static GtkWidget *
new_remove_button (ItemRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-cross-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, ItemRow *self)
{
  if (key != GDK_KEY_Escape || strcmp (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->row))) == 0)
    return GDK_EVENT_PROPAGATE;
  hr_editable_show_text (GTK_EDITABLE (self->row), self->shown);
  show_error (self, NULL);
  return GDK_EVENT_STOP;
}

static void
add_controllers (ItemRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (apply), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->row, focus);
  gtk_widget_add_controller (self->row, keys);
}

GtkWidget *
hr_inspector_new_item_row (HrSession *session, GtkWidget *panel)
{
  ItemRow *self = g_new0 (ItemRow, 1);

  self->session = session;
  self->panel = panel;
  self->row = adw_entry_row_new ();
  self->types = hr_choice_new_types ("");
  self->remove = new_remove_button (self);
  self->shown = g_strdup ("");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  hr_a11y_make_field (self->row, "");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), self->types);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), self->remove);
  gtk_widget_add_css_class (self->row, "hr-code-entry");
  g_object_set_data_full (G_OBJECT (self->row), data, self, item_row_free);
  g_signal_connect_swapped (self->row, "entry-activated", G_CALLBACK (apply), self);
  g_signal_connect_swapped (self->types, "notify::selected", G_CALLBACK (type_chosen_cb), self);
  add_controllers (self);
  return self->row;
}

static void
show_name (ItemRow *self, const char *name)
{
  g_autofree char *type = g_strdup_printf (_("Type of %s"), name);
  g_autofree char *removal = g_strdup_printf (_("Remove %s"), name);

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), name);
  hr_a11y_set_label (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row))), name);
  hr_choice_set_name (self->types, type);
  hr_a11y_set_label (self->remove, removal);
  hr_tooltip_set (self->remove, removal);
}

/* What is being typed stays, unless the value has changed under it. */
static void
show_text (ItemRow *self, const HrValue *value, gboolean is_other)
{
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  g_autofree char *text = NULL;

  if (value != NULL)
    hr_value_to_edit_text (value, FALSE, &buffer);
  hr_buffer_append_char (&buffer, '\0');
  text = g_utf8_make_valid (buffer.data, (gssize) buffer.length - 1);
  if (!is_other && strcmp (text, self->shown) == 0)
    return;
  hr_editable_show_text (GTK_EDITABLE (self->row), text);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  show_error (self, NULL);
}

static void
show_type (ItemRow *self, HrType type, gboolean is_other)
{
  if (!is_other && self->type == type)
    return;
  self->type = type;
  self->is_refreshing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->types), type);
  self->is_refreshing = FALSE;
}

void
hr_inspector_show_value (GtkWidget *row, const HrItemValue *value, gboolean is_other)
{
  ItemRow *self = g_object_get_data (G_OBJECT (row), data);

  is_other = is_other || g_strcmp0 (self->name, value->name) != 0;
  show_name (self, value->name);
  show_text (self, value->value, is_other);
  show_type (self, value->type, is_other);
  gtk_widget_set_visible (self->remove, value->value != NULL && !value->is_key);
}
