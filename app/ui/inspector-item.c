/*
 * The inspector's panel for an item or a draft: what it is, and each of its values to be edited.
 *
 * Keys that templates make are fields like the others: editing one is parsed back into what it is made of. Attributes
 * that the entity declares and the item lacks have an empty field.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/choice.h"
#include "app/ui/code-view.h"
#include "app/ui/item-actions.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/swatch.h"
#include "app/ui/window.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/schema/compose.h"
#include "model/value/edit-text.h"

#define JSON_HEIGHT 180

/* ItemField: one value of the item that was selected when the panel was made. */
typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  GtkWidget *row;
  GtkWidget *types;   /* GtkDropDown */
  char *name;
  char *shown;
  HrType type;
} ItemField;

static void
item_field_free (gpointer data)
{
  ItemField *self = data;

  g_free (self->name);
  g_free (self->shown);
  g_free (self);
}

static void
show_error (ItemField *self, const char *message)
{
  if (message != NULL)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
  gtk_widget_set_tooltip_text (self->row, message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
apply (ItemField *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row)));
  HrType type = (HrType) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->types));
  g_autoptr (GError) error = NULL;

  if (strcmp (text, self->shown) == 0 && type == self->type)
    return;
  if (!hr_item_set_text (self->session, self->name, type, text, &error))
    {
      show_error (self, error->message);
      hr_window_toast (self->row, error->message);
      return;
    }
  show_error (self, NULL);
}

static void
type_chosen_cb (ItemField *self)
{
  /* an empty field that gets another type waits for its text */
  if (*self->shown != '\0')
    apply (self);
}

static void
remove_cb (ItemField *self)
{
  g_autoptr (GError) error = NULL;

  if (!hr_item_unset (self->session, self->name, &error))
    hr_window_toast (self->row, error->message);
}

static GtkWidget *
new_remove_button (ItemField *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-cross-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove %s"), self->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  hr_a11y_set_label (button, label);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, ItemField *self)
{
  if (key != GDK_KEY_Escape || strcmp (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->row))) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_editable_set_text (GTK_EDITABLE (self->row), self->shown);
  show_error (self, NULL);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_types (HrType type, const char *name)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);
  g_autofree char *label = g_strdup_printf (_("Type of %s"), name);
  GtkWidget *choice;

  for (guint i = 0; i < HR_N_TYPES; i++)
    gtk_string_list_append (types, hr_type_get_name ((HrType) i));
  choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (types)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), type);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choice, "flat");
  gtk_widget_add_css_class (choice, "hr-type");
  hr_choice_make_audible (choice, label);
  return choice;
}

static void
add_field (HrSession *session, GtkWidget *group, const char *name, HrType type, const HrValue *value,
           gboolean is_key)
{
  ItemField *self = g_new0 (ItemField, 1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  if (value != NULL)
    hr_value_to_edit_text (value, FALSE, &text);
  hr_buffer_append_char (&text, '\0');
  self->session = session;
  self->row = adw_entry_row_new ();
  self->types = new_types (type, name);
  self->name = g_strdup (name);
  self->shown = g_utf8_make_valid (text.data, (gssize) text.length - 1);
  self->type = type;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), name);
  hr_a11y_make_field (self->row, name);
  gtk_editable_set_text (GTK_EDITABLE (self->row), self->shown);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), self->types);
  if (value != NULL && !is_key)
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), new_remove_button (self));
  gtk_widget_add_css_class (self->row, "hr-code-entry");
  g_object_set_data_full (G_OBJECT (self->row), "hr-item-field", self, item_field_free);
  g_signal_connect_swapped (self->row, "entry-activated", G_CALLBACK (apply), self);
  g_signal_connect_swapped (self->types, "notify::selected", G_CALLBACK (type_chosen_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (apply), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->row, focus);
  gtk_widget_add_controller (self->row, keys);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->row);
}

static void
add_facts (GtkWidget *panel, const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (table, item, NULL);
  gsize size = hr_item_size_bytes (item);
  g_autofree char *size_text = hr_look_format_size (size);
  g_autofree char *units = hr_look_format_units ((size + 1023) / 1024, "WCU");
  GtkWidget *group = hr_inspector_add_group (panel, NULL);
  GtkWidget *row = hr_inspector_add_row (group, _("Entity"), entity != NULL ? entity->name : _("fits none"));

  adw_action_row_add_prefix (
      ADW_ACTION_ROW (row),
      hr_swatch_new (entity != NULL ? hr_table_get_entity_number (table, entity) : HR_ENTITY_NONE, 12));
  hr_inspector_add_row (group, _("Size"), size_text);
  hr_inspector_add_row (group, _("Writing it costs"), units);
}

static void
add_keys (HrSession *session, GtkWidget *panel, const HrTable *table, const HrValue *item)
{
  const GPtrArray *const keys[] = { table->partition_key, table->sort_key };
  GtkWidget *group = hr_inspector_add_group (panel, _("Keys"));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint j = 0; j < keys[i]->len; j++)
      {
        const HrAttribute *key = g_ptr_array_index (keys[i], j);

        add_field (session, group, key->name, key->type, hr_map_get (item, key->name, strlen (key->name)), TRUE);
      }
}

static void
add_attributes (HrSession *session, GtkWidget *panel, const HrTable *table, const HrEntity *entity,
                const HrValue *item)
{
  GtkWidget *group = hr_inspector_add_group (panel, _("Attributes"));

  for (guint i = 0; entity != NULL && i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (entity->attributes, i);
      const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

      if (!hr_table_is_key (table, attribute->name))
        add_field (session, group, attribute->name, value != NULL ? value->type : attribute->type, value, FALSE);
    }
  for (guint i = 0; i < item->length; i++)
    {
      const HrMember *member = &item->members[i];
      g_autofree char *name = g_strndup (member->name, member->name_length);

      if (!hr_table_is_key (table, name) && (entity == NULL || hr_entity_find_variable (entity, name) == NULL))
        add_field (session, group, name, member->value.type, &member->value, FALSE);
    }
}

/* Why a draft is one. */
static void
add_reason (GtkWidget *panel, const HrDraft *draft)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *text = g_strdup_printf (_("The service would refuse this item: %s"), draft->reason);
  GtkWidget *label = hr_text_label_new (NULL, "hr-field-message");

  hr_label_set_words (GTK_LABEL (label), text);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (line, "hr-advice");
  gtk_widget_add_css_class (line, "hr-advice-card");
  gtk_box_append (GTK_BOX (panel), line);
}

static void
take_json_cb (GtkWidget *button, GtkWidget *view)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (hr_code_view_get_buffer (view));
  HrSession *session = g_object_get_data (G_OBJECT (view), "session");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (!hr_item_set_json (session, text, &error))
    hr_window_toast (button, error->message);
}

/* What is no item has no fields. */
static void
add_json (HrSession *session, GtkWidget *panel, const HrDraft *draft)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = hr_code_view_new (_("The draft as JSON"), "json");
  GtkWidget *done = gtk_button_new_with_label (_("Take over"));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (hr_code_view_get_text_view (view)), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (hr_code_view_get_text_view (view)), GTK_WRAP_WORD_CHAR);
  hr_code_view_set_text (view, draft->json, strlen (draft->json), 0);
  gtk_widget_set_size_request (view, -1, JSON_HEIGHT);
  gtk_widget_set_halign (done, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (view), "session", session);
  g_signal_connect_object (done, "clicked", G_CALLBACK (take_json_cb), view, 0);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), done);
  gtk_box_append (GTK_BOX (panel), box);
}

GtkWidget *
hr_inspector_new_item_panel (HrSession *session, const HrTable *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrDraft *draft;
  GtkWidget *panel;
  HrValue item;
  gboolean is_item = hr_item_get_selected (session, arena, &item, &draft);

  if (!is_item && draft == NULL)
    return NULL;
  panel = hr_inspector_panel_new ();
  if (draft != NULL)
    add_reason (panel, draft);
  if (!is_item)
    {
      add_json (session, panel, draft);
      return panel;
    }
  add_facts (panel, table, &item);
  add_keys (session, panel, table, &item);
  add_attributes (session, panel, table, hr_table_guess_entity (table, &item), &item);
  if (draft == NULL)
    hr_inspector_add_copies (session, panel, table, hr_session_get_selected_key (session, NULL));
  return panel;
}
