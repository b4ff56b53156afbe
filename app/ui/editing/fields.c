/*
 * HrFields: rows that edit properties of definitions.
 *
 * A field remembers nothing of the model: it reads when it is refreshed and writes when somebody is done. While it
 * shows what the model says, `is_refreshing` keeps its own signals from being taken for somebody's typing.
 */
#include "app/ui/editing/field.h"

#include <string.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/choice.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/i18n.h"

#define DESCRIBE_MS 400

static void
end_preview (HrField *self)
{
  if (self->preview_handler == 0)
    return;
  g_clear_signal_handler (&self->preview_handler, self->fields->session);
  hr_session_cancel_preview (self->fields->session);
}

static void
field_free (gpointer data)
{
  HrField *self = data;

  end_preview (self);
  g_clear_handle_id (&self->describe_timeout, g_source_remove);
  g_slist_free (self->connected);
  g_free (self->target);
  g_free (self->shown);
  g_free (self);
}

static void
show_findings_cb (HrFields *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    hr_field_show_finding (g_ptr_array_index (self->fields, i));
}

HrFields *
hr_fields_new (HrSession *session)
{
  HrFields *self = g_new0 (HrFields, 1);

  self->session = g_object_ref (session);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->findings_handler =
      g_signal_connect_swapped (session, "diagnostics-changed", G_CALLBACK (show_findings_cb), self);
  return self;
}

void
hr_fields_free (HrFields *self)
{
  g_signal_handler_disconnect (self->session, self->findings_handler);
  /* widgets may outlive the fields for a moment */
  for (guint i = 0; i < self->fields->len; i++)
    {
      HrField *field = g_ptr_array_index (self->fields, i);

      g_signal_handlers_disconnect_by_data (field->row, field);
      if (field->control != NULL)
        g_signal_handlers_disconnect_by_data (field->control, field);
      if (field->focus != NULL)
        g_signal_handlers_disconnect_by_data (field->focus, field);
      if (field->keys != NULL)
        g_signal_handlers_disconnect_by_data (field->keys, field);
      for (GSList *object = field->connected; object != NULL; object = object->next)
        g_signal_handlers_disconnect_by_data (object->data, field);
    }
  g_ptr_array_unref (self->fields);
  g_object_unref (self->session);
  g_free (self);
}

HrSession *
hr_fields_get_session (HrFields *self)
{
  return self->session;
}

gboolean
hr_field_find (HrField *self, HrTargetPlace *place)
{
  HrDocument *document = hr_session_get_document (self->fields->session);

  /* a place is for models that may be changed; nothing here changes it */
  return document != NULL && hr_target_find (self->target, (HrModel *) hr_document_get_model (document), place, NULL);
}

static void
show_own_message (HrField *self, HrSeverity severity, const char *message)
{
  g_clear_handle_id (&self->describe_timeout, g_source_remove);
  self->has_own_message = message != NULL;
  if (message != NULL)
    hr_field_show_message (self, severity, message);
  else
    hr_field_show_finding (self);
}

void
hr_field_show_error (HrField *self, const char *message)
{
  end_preview (self);
  show_own_message (self, HR_SEVERITY_ERROR, message);
}

void
hr_field_show_hint (HrField *self, const char *hint)
{
  show_own_message (self, HR_SEVERITY_NOTE, hint);
}

static void
preview_cb (HrField *self, const char *text)
{
  hr_field_show_hint (self, text);
  if (!hr_session_is_previewing (self->fields->session))
    g_clear_signal_handler (&self->preview_handler, self->fields->session);
}

void
hr_field_show_preview (HrField *self, const char *hint)
{
  hr_field_show_hint (self, hint);
  if (self->preview_handler == 0 && hr_session_is_previewing (self->fields->session))
    self->preview_handler =
        g_signal_connect_swapped (self->fields->session, "preview", G_CALLBACK (preview_cb), self);
}

void
hr_field_describe_later (HrField *self, GSourceFunc func)
{
  end_preview (self);
  g_clear_handle_id (&self->describe_timeout, g_source_remove);
  self->describe_timeout = g_timeout_add (DESCRIBE_MS, func, self);
}

void
hr_field_take_result (HrField *self, gboolean done, GError *error)
{
  hr_field_show_error (self, done ? NULL : error->message);
  g_clear_error (&error);
}

void
hr_fields_refresh (HrFields *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      HrField *field = g_ptr_array_index (self->fields, i);
      HrTargetPlace place;

      if (!field->is_always_there && !hr_field_find (field, &place))
        continue;
      field->is_refreshing = TRUE;
      field->refresh (field, &place);
      field->is_refreshing = FALSE;
    }
}

static HrField *
find_field (HrFields *self, const HrTarget *target, gboolean is_text)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      HrField *field = g_ptr_array_index (self->fields, i);

      if (hr_target_equal (field->target, target) && (field->text != NULL || !is_text))
        return field;
    }
  return NULL;
}

static void
open_only (GtkWidget *fold)
{
  for (GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_parent (fold)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (row == fold)
      hr_expander_open_at_once (ADW_EXPANDER_ROW (row));
    else if (ADW_IS_EXPANDER_ROW (row))
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
}

gboolean
hr_fields_edit (HrFields *self, const HrTarget *target)
{
  HrField *field = find_field (self, target, TRUE);
  GtkWidget *fold;

  if (field == NULL)
    field = find_field (self, target, FALSE);
  if (field == NULL)
    return FALSE;
  fold = gtk_widget_get_ancestor (field->row, ADW_TYPE_EXPANDER_ROW);
  if (fold != NULL)
    open_only (fold);
  hr_widget_focus_when_shown (field->row, -1);
  return TRUE;
}

static void
add_row (GtkWidget *group, GtkWidget *row)
{
  if (ADW_IS_EXPANDER_ROW (group))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

HrField *
hr_field_new (HrFields *fields, GtkWidget *group, GtkWidget *row, const HrTarget *target,
              void (*refresh) (HrField *self, const HrTargetPlace *place))
{
  HrField *self = g_new0 (HrField, 1);

  self->fields = fields;
  self->row = row;
  self->target = hr_target_copy (target);
  self->refresh = refresh;
  g_ptr_array_add (fields->fields, self);
  if (group != NULL)
    {
      add_row (group, row);
      hr_field_make_note (self);
      add_row (group, self->note_row);
    }
  return self;
}

void
hr_field_note_connected (HrField *self, GObject *object)
{
  self->connected = g_slist_prepend (self->connected, object);
}

/* Shows the field for the first time. */
void
hr_field_start (HrField *self)
{
  HrTargetPlace place;

  if (!hr_field_find (self, &place))
    return;
  self->is_refreshing = TRUE;
  self->refresh (self, &place);
  self->is_refreshing = FALSE;
}

/* Text */

static void
refresh_text (HrField *self, const HrTargetPlace *place)
{
  g_autofree char *text = self->text->get (place);
  const char *shown = text != NULL ? text : "";

  /* what is being typed is not overwritten unless the model changed under it */
  if (g_strcmp0 (self->shown, shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (shown);
  hr_editable_show_text (GTK_EDITABLE (self->row), shown);
  hr_field_show_error (self, NULL);
}

static void
apply_text (HrField *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autofree char *wanted = g_strdup (text);
  GError *error = NULL;
  gboolean done;

  if (self->is_refreshing || g_strcmp0 (wanted, self->shown) == 0)
    return;
  /* when it is done, the panel may have been made anew, and this field is gone with the old one */
  done = self->text->set (self->fields->session, self->target, wanted, &error);
  if (!done)
    hr_field_take_result (self, FALSE, error);
}

typedef struct
{
  const HrField *field;
  const char *text;
} Typing;

static gboolean
type_cb (HrDocument *document, gpointer user_data, GError **error)
{
  const Typing *typing = user_data;

  return typing->field->text->set (typing->field->fields->session, typing->field->target, typing->text, error);
}

static void
typed_cb (HrField *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row)));
  Typing typing = { self, text };
  g_autofree char *field = NULL;
  GError *error = NULL;
  HrEdit edit;
  gboolean done;

  if (self->is_refreshing)
    return;
  field = g_strdup_printf ("%d/%s/%s/%s/%s", self->target->kind, self->target->table, self->target->owner,
                           self->target->name, self->text->title);
  edit = (HrEdit){ .name = _(self->text->typing), .field = field };
  g_free (self->shown);
  self->shown = g_steal_pointer (&text); /* what comes back is this */
  typing.text = self->shown;
  done = hr_session_edit (self->fields->session, &edit, type_cb, &typing, &error);
  hr_field_take_result (self, done, error);
}

static gboolean
describe_text_cb (gpointer user_data)
{
  HrField *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autofree char *hint = NULL;

  self->describe_timeout = 0;
  if (g_strcmp0 (text, self->shown) != 0)
    hint = self->text->describe (self->fields->session, self->target, text);
  hr_field_show_preview (self, hint);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (HrField *self)
{
  if (!self->is_refreshing)
    hr_field_describe_later (self, describe_text_cb);
}

static void
text_left_cb (HrField *self)
{
  if (self->text->typing != NULL)
    hr_session_end_typing (self->fields->session);
  else
    apply_text (self);
}

static gboolean
text_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrField *self)
{
  if (key != GDK_KEY_Escape || self->text->typing != NULL
      || g_strcmp0 (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->row))) == 0)
    return GDK_EVENT_PROPAGATE;
  hr_editable_show_text (GTK_EDITABLE (self->row), self->shown);
  hr_field_show_error (self, NULL);
  return GDK_EVENT_STOP;
}

GtkWidget *
hr_fields_add_text (HrFields *self, GtkWidget *group, const HrTextProperty *property, const HrTarget *target)
{
  GtkWidget *row = adw_entry_row_new ();
  HrField *field = hr_field_new (self, group, row, target, refresh_text);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  field->text = property;
  field->codes = property->codes;
  field->focus = G_OBJECT (focus);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(property->title));
  hr_a11y_make_field (row, _(property->title));
  if (property->is_code)
    gtk_widget_add_css_class (row, "hr-code-entry");
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), property->typing == NULL); /* the model undoes what it has */
  if (property->typing != NULL)
    g_signal_connect_swapped (row, "changed", G_CALLBACK (typed_cb), field);
  else
    g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (apply_text), field);
  if (property->describe != NULL)
    g_signal_connect_swapped (row, "changed", G_CALLBACK (text_changed_cb), field);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (text_left_cb), field);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (text_key_cb), field);
  field->keys = G_OBJECT (keys);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (row, focus);
  gtk_widget_add_controller (row, keys);
  hr_field_start (field);
  return row;
}

/* Choice */

static void
refresh_choice (HrField *self, const HrTargetPlace *place)
{
  guint number = self->choice->get (place);

  if (self->choice->list != NULL)
    {
      g_auto (GStrv) words = self->choice->list (place);
      g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *const *) words);

      adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (model));
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), number);
  hr_field_show_error (self, NULL);
}

static void
chosen_cb (HrField *self)
{
  guint number = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));
  GtkStringObject *object = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->row));
  GError *error = NULL;

  if (self->is_refreshing || object == NULL)
    return;
  if (!self->choice->set (self->fields->session, self->target, number, gtk_string_object_get_string (object), &error))
    hr_field_take_result (self, FALSE, error);
}

GtkWidget *
hr_fields_add_choice (HrFields *self, GtkWidget *group, const HrChoiceProperty *property, const HrTarget *target)
{
  GtkWidget *row = adw_combo_row_new ();
  HrField *field = hr_field_new (self, group, row, target, refresh_choice);

  field->choice = property;
  field->codes = property->codes;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(property->title));
  hr_choice_make_audible (row, _(property->title));
  if (property->words != NULL)
    {
      g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

      for (const char *const *word = property->words; *word != NULL; word++)
        gtk_string_list_append (model, _(*word));
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
    }
  hr_field_start (field);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (chosen_cb), field);
  return row;
}

/* Switch */

static void
refresh_switch (HrField *self, const HrTargetPlace *place)
{
  gtk_switch_set_active (GTK_SWITCH (self->control), self->toggle->get (place));
  hr_field_show_error (self, NULL);
}

static void
switched_cb (HrField *self)
{
  GError *error = NULL;

  if (self->is_refreshing)
    return;
  if (!self->toggle->set (self->fields->session, self->target, gtk_switch_get_active (GTK_SWITCH (self->control)),
                          &error))
    hr_field_take_result (self, FALSE, error);
}

static GtkWidget *
new_action_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  hr_a11y_set_label (control, title);
  return row;
}

GtkWidget *
hr_fields_add_switch (HrFields *self, GtkWidget *group, const HrSwitchProperty *property, const HrTarget *target)
{
  GtkWidget *control = gtk_switch_new ();
  GtkWidget *row =
      new_action_row (_(property->title), property->subtitle != NULL ? _(property->subtitle) : NULL, control);
  HrField *field = hr_field_new (self, group, row, target, refresh_switch);

  field->toggle = property;
  field->codes = property->codes;
  field->control = control;
  hr_field_start (field);
  g_signal_connect_swapped (control, "notify::active", G_CALLBACK (switched_cb), field);
  return row;
}

/* Number */

static void
refresh_number (HrField *self, const HrTargetPlace *place)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->control), (double) self->number->get (place));
  hr_field_show_error (self, NULL);
}

static void
number_changed_cb (HrField *self)
{
  gint64 value = (gint64) gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->control));
  GError *error = NULL;

  if (self->is_refreshing)
    return;
  if (!self->number->set (self->fields->session, self->target, value, &error))
    hr_field_take_result (self, FALSE, error);
}

GtkWidget *
hr_fields_add_number (HrFields *self, GtkWidget *group, const HrNumberProperty *property, const HrTarget *target)
{
  GtkWidget *control = gtk_spin_button_new_with_range ((double) property->min, (double) property->max, 1);
  GtkWidget *row = new_action_row (_(property->title), NULL, control);
  HrField *field = hr_field_new (self, group, row, target, refresh_number);

  field->number = property;
  field->codes = property->codes;
  field->control = control;
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (control), TRUE);
  hr_field_start (field);
  g_signal_connect_swapped (control, "value-changed", G_CALLBACK (number_changed_cb), field);
  return row;
}

/* Anything else */

static void
refresh_custom (HrField *self, const HrTargetPlace *place)
{
  self->custom (self->row, place);
}

void
hr_fields_add_custom (HrFields *self, GtkWidget *row, const HrTarget *target, HrFieldRefresh refresh)
{
  HrField *field = hr_field_new (self, NULL, row, target, refresh_custom);

  field->custom = refresh;
  hr_field_start (field);
}
