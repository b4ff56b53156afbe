/*
 * What the inspector's panels are made of.
 */
#include "app/ui/inspector/inspector-private.h"

#include <string.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/template-label.h"
#include "model/base/i18n.h"

#define VALUE_BESIDE_CHARS_MAX 22
#define NAME_BESIDE_CHARS_MAX 8

GtkWidget *
hr_inspector_panel_new (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_BOX (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

GtkWidget *
hr_inspector_add_group (GtkWidget *panel, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = find_list (group);

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  else if (list != NULL)
    hr_a11y_set_label (list, _("Facts"));
  gtk_box_append (GTK_BOX (panel), group);
  return group;
}

static GtkWidget *
new_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static const char value_data[] = "hr-value"; /* of the row: the label of a short value */

void
hr_inspector_set_row_value (GtkWidget *row, const char *value)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, value);
  gboolean is_short = g_utf8_strlen (value, -1) <= VALUE_BESIDE_CHARS_MAX;
  GtkWidget *label = g_object_get_data (G_OBJECT (row), value_data);

  hr_a11y_drop_mnemonic (row, spoken);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), is_short ? "" : value);
  if (label != NULL && is_short)
    gtk_label_set_text (GTK_LABEL (label), value);
  if (is_short == (label != NULL))
    return;
  if (label != NULL)
    adw_action_row_remove (ADW_ACTION_ROW (row), label);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label = hr_label_new (value, "numeric"));
  g_object_set_data (G_OBJECT (row), value_data, is_short ? label : NULL);
}

GtkWidget *
hr_inspector_add_row (GtkWidget *group, const char *title, const char *value)
{
  GtkWidget *row = new_row (title);

  if (value != NULL)
    hr_inspector_set_row_value (row, value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* A long name has a line of its own. */
void
hr_inspector_add_template_row (GtkWidget *group, const char *name, const char *op, const char *text)
{
  gboolean is_long = g_utf8_strlen (name, -1) > NAME_BESIDE_CHARS_MAX;
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *lines =
      gtk_box_new (is_long ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, is_long ? 4 : 10);
  GtkWidget *value = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = hr_label_new (name, "hr-mono dim-label");
  g_autofree char *spoken = g_strdup_printf ("%s %s %s", name, op != NULL ? op : "=", text);

  gtk_widget_add_css_class (lines, "hr-template-row");
  gtk_widget_set_size_request (label, 24, -1);
  if (op != NULL)
    gtk_box_append (GTK_BOX (value), hr_label_new (op, NULL));
  gtk_box_append (GTK_BOX (value), hr_template_label_new (text));
  gtk_box_append (GTK_BOX (lines), label);
  gtk_box_append (GTK_BOX (lines), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  hr_a11y_drop_mnemonic (row, spoken);
  if (ADW_IS_EXPANDER_ROW (group))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}
