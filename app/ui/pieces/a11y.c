/* Names for assistive tools, and what GTK 4.8 gets wrong about them. */
#include "app/ui/pieces/a11y.h"

#include "app/ui/pieces/tooltip.h"

static void
drop_labels_cb (GtkWidget *button)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* A button is labelled by the label in it, too, at the latest when it comes into a window: both would be read. */
void
hr_a11y_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (GTK_IS_BUTTON (widget) && !gtk_widget_get_realized (widget))
    g_signal_connect (widget, "realize", G_CALLBACK (drop_labels_cb), NULL);
}

void
hr_a11y_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

void
hr_a11y_drop_mnemonic (GtkWidget *button, const char *label)
{
  hr_a11y_set_label (button, label);
}

void
hr_a11y_name_by_label (GtkButton *button)
{
  g_auto (GStrv) parts = g_strsplit (gtk_button_get_label (button), "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  hr_a11y_set_label (GTK_WIDGET (button), name);
}

static GtkWidget *
find_close_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "close") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_close_button (child);
  return found;
}

void
hr_a11y_name_close (GtkInfoBar *bar, const char *label)
{
  GtkWidget *button = find_close_button (GTK_WIDGET (bar));

  if (button == NULL)
    return;
  hr_a11y_set_label (button, label);
  hr_tooltip_set (button, label);
}

/* While somebody types, they hear the keys; the text as a whole is for whoever comes to the field. */
static void
describe_text_cb (GtkWidget *text)
{
  if (!gtk_widget_has_focus (text))
    hr_a11y_set_description (text, gtk_editable_get_text (GTK_EDITABLE (text)));
}

void
hr_a11y_make_field (GtkWidget *editable, const char *name)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (editable));
  GtkWidget *text = delegate != NULL ? GTK_WIDGET (delegate) : editable;

  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  hr_a11y_set_label (text, name);
  g_signal_connect (text, "changed", G_CALLBACK (describe_text_cb), NULL);
  g_signal_connect (text, "notify::has-focus", G_CALLBACK (describe_text_cb), NULL);
  describe_text_cb (text);
}
