/*
 * The inspector's panel for an access pattern: what its requests ask, and the values for the next run.
 *
 * The values belong to the session; what belongs to the model is in inspector-steps.c.
 */
#include "app/ui/inspector-private.h"

#include <string.h>

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/pieces.h"
#include "app/ui/wrap-layout.h"
#include "model/base/i18n.h"

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  char *parameter;
} Value;

static void
value_free (gpointer data, GClosure *closure)
{
  Value *value = data;

  g_free (value->parameter);
  g_free (value);
}

static void
mark_missing (GtkWidget *row)
{
  gboolean is_missing = *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';

  if (is_missing)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_missing ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
value_changed_cb (GtkEditable *row, Value *value)
{
  hr_session_set_value (value->session, value->parameter, gtk_editable_get_text (row));
  mark_missing (GTK_WIDGET (row));
}

static void
value_activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.run-pattern", NULL);
}

static void
add_value (GtkWidget *group, HrSession *session, const HrParameter *parameter)
{
  GtkWidget *row = adw_entry_row_new ();
  const char *text = hr_session_get_value (session, parameter->name);
  Value *value = g_new0 (Value, 1);

  value->session = session;
  value->parameter = g_strdup (parameter->name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  gtk_widget_add_css_class (row, "hr-mono-entry");
  gtk_widget_set_tooltip_text (row, parameter->description);
  hr_a11y_drop_mnemonic (row, parameter->name);
  hr_a11y_make_field (row, parameter->name);
  mark_missing (row);
  g_signal_connect_data (row, "changed", G_CALLBACK (value_changed_cb), value, value_free, 0);
  g_signal_connect (row, "entry-activated", G_CALLBACK (value_activated_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_values (GtkWidget *panel, HrSession *session, const HrPattern *pattern)
{
  GtkWidget *group;

  if (pattern->parameters->len == 0)
    return;
  group = hr_inspector_add_group (panel, _("Values for this run"));
  for (guint i = 0; i < pattern->parameters->len; i++)
    add_value (group, session, g_ptr_array_index (pattern->parameters, i));
}

static void
add_expectation (GtkWidget *panel, const HrExpectation *expect)
{
  GtkWidget *group;
  g_autofree char *count = NULL, *read = NULL, *write = NULL;

  if (expect == NULL)
    return;
  group = hr_inspector_add_group (panel, _("Expected"));
  if (expect->has_count)
    {
      count = hr_look_format_number (expect->count);
      hr_inspector_add_row (group, _("Items"), count);
    }
  if (expect->has_read_units)
    {
      read = hr_look_format_units (expect->read_units, "RCU");
      hr_inspector_add_row (group, _("Reading"), read);
    }
  if (expect->has_write_units)
    {
      write = hr_look_format_units (expect->write_units, "WCU");
      hr_inspector_add_row (group, _("Writing"), write);
    }
  if (expect->error != NULL)
    hr_inspector_add_row (group, _("Error"), expect->error);
}

static GtkWidget *
new_text_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
add_expected (GtkWidget *panel, const HrPattern *pattern)
{
  GtkWidget *buttons = hr_wrap_box_new (6);

  add_expectation (panel, pattern->expect);
  gtk_box_append (GTK_BOX (buttons), new_text_button (_("Expect this result"), "win.expect-run"));
  if (pattern->expect != NULL)
    gtk_box_append (GTK_BOX (buttons), new_text_button (_("Remove the expectation"), "win.expect-nothing"));
  gtk_box_append (GTK_BOX (panel), buttons);
}

GtkWidget *
hr_inspector_new_pattern_panel (HrFields *fields, const HrPattern *pattern)
{
  HrSession *session = hr_fields_get_session (fields);
  GtkWidget *panel = hr_inspector_panel_new ();
  gboolean is_only = pattern->steps->len == 1;

  hr_inspector_add_question (fields, panel, pattern);
  if (is_only)
    hr_inspector_add_sentence (fields, panel, pattern);
  add_values (panel, session, pattern);
  if (is_only)
    hr_inspector_add_after (fields, panel, pattern);
  else
    hr_inspector_add_steps (fields, panel, pattern);
  add_expected (panel, pattern);
  if (is_only)
    hr_inspector_add_steps (fields, panel, pattern);
  hr_inspector_add_parameters (fields, panel, pattern);
  hr_inspector_add_letter (fields, panel, pattern);
  return panel;
}
