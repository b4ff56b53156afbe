/*
 * The values that the chosen pattern is asked with next.
 *
 * They belong to the session, not to the model: a parameter's example is only where they begin. What the items have
 * where the pattern asks for it can be picked from a list.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/document/pattern-values.h"

#define PICKED_MAX 40
#define LIST_WIDTH 280
#define LIST_HEIGHT_MAX 260
#define VALUE "hr-value"

typedef struct
{
  HrSession *session; /* borrowed: outlives its widgets */
  char *parameter;
} Value;

static void
value_free (gpointer data)
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
changed_cb (GtkEditable *row, Value *value)
{
  hr_session_set_value (value->session, value->parameter, gtk_editable_get_text (row));
  mark_missing (GTK_WIDGET (row));
}

static void
activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.run-pattern", NULL);
}

/* Another example, or one that was undone, counts until somebody types. */
static void
refresh_value (GtkWidget *row, const HrTargetPlace *place)
{
  Value *value = g_object_get_data (G_OBJECT (row), VALUE);
  const char *text = hr_session_get_value (value->session, value->parameter);

  g_signal_handlers_block_by_func (row, changed_cb, value);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), text != NULL ? text : "") != 0)
    hr_editable_show_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_handlers_unblock_by_func (row, changed_cb, value);
  mark_missing (row);
}

/* Picking */

static void
picked_cb (GtkListBox *list, GtkListBoxRow *picked, GtkWidget *row)
{
  const char *text = gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (picked)));

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER)));
}

static GtkWidget *
new_list (GtkWidget *row, const GPtrArray *values)
{
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < values->len; i++)
    {
      GtkWidget *label = hr_label_new (g_ptr_array_index (values, i), "hr-mono");

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      hr_tooltip_set (label, g_ptr_array_index (values, i));
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  gtk_widget_add_css_class (list, "hr-picks");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  hr_a11y_set_label (list, _("Values in the items"));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (picked_cb), row, 0);
  return list;
}

static GtkWidget *
new_picks (GtkWidget *row)
{
  Value *value = g_object_get_data (G_OBJECT (row), VALUE);
  const HrPattern *pattern = hr_session_get_pattern (value->session);
  g_autoptr (GPtrArray) values = NULL;
  GtkWidget *scroller;

  if (pattern != NULL && !hr_session_is_busy (value->session))
    values = hr_document_list_values (hr_session_get_document (value->session), pattern, value->parameter, PICKED_MAX);
  if (values == NULL || values->len == 0)
    return hr_text_label_new (_("No item has a value for this."), "dim-label hr-plan");
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_list (row, values));
  gtk_widget_set_size_request (scroller, LIST_WIDTH, -1);
  return scroller;
}

static void
create_picks_cb (GtkMenuButton *button, gpointer user_data)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), new_picks (user_data));
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
new_pick_button (GtkWidget *row, const char *parameter)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_("Pick %s from the items"), parameter);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "hr-table-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_picks_cb, row, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, label);
  hr_a11y_set_label (button, label);
  return button;
}

static void
add_value (HrFields *fields, GtkWidget *group, const HrPattern *pattern, const HrParameter *parameter)
{
  const HrTarget target = HR_TARGET (PARAMETER, NULL, pattern->id, parameter->name);
  GtkWidget *row = adw_entry_row_new ();
  Value *value = g_new0 (Value, 1);

  value->session = hr_fields_get_session (fields);
  value->parameter = g_strdup (parameter->name);
  g_object_set_data_full (G_OBJECT (row), VALUE, value, value_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), new_pick_button (row, parameter->name));
  gtk_widget_add_css_class (row, "hr-mono-entry");
  hr_tooltip_set (row, parameter->description);
  hr_a11y_drop_mnemonic (row, parameter->name);
  hr_a11y_make_field (row, parameter->name);
  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), value);
  g_signal_connect (row, "entry-activated", G_CALLBACK (activated_cb), NULL);
  hr_fields_add_custom (fields, row, &target, refresh_value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
hr_inspector_add_values (HrFields *fields, GtkWidget *panel, const HrPattern *pattern)
{
  GtkWidget *group;

  if (pattern->parameters->len == 0)
    return;
  group = hr_inspector_add_group (panel, _("Values for this run"));
  for (guint i = 0; i < pattern->parameters->len; i++)
    add_value (fields, group, pattern, g_ptr_array_index (pattern->parameters, i));
}

GtkWidget *
hr_inspector_find_value (GtkWidget *panel, const char *parameter)
{
  Value *value = g_object_get_data (G_OBJECT (panel), VALUE);
  GtkWidget *found = value != NULL && strcmp (value->parameter, parameter) == 0 ? panel : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (panel); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = hr_inspector_find_value (child, parameter);
  return found;
}
