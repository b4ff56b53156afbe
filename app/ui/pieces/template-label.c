/*
 * Templates as people read them: `MSG#` bold and `message_group_uuid` as a chip.
 *
 * The syntax of a request's references contains that of a key's template, so one parser serves both.
 */
#include "app/ui/pieces/template-label.h"

#include <string.h>

#include "app/ui/pieces/tooltip.h"
#include "model/schema/reference.h"

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "hr-mono");
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

GtkWidget *
hr_chip_new (const char *text)
{
  GtkWidget *chip = new_label (text, "hr-chip");

  hr_tooltip_set (chip, text);
  return chip;
}

GtkWidget *
hr_template_label_new (const char *template_text)
{
  const char *text = template_text != NULL ? template_text : "";
  g_autoptr (GPtrArray) parts = hr_reference_parse (text, strlen (text), NULL, NULL);
  GtkWidget *line =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "spacing", 2, NULL);

  /* Keys are written from left to right in every language. */
  gtk_widget_set_direction (line, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (line, "hr-template");
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (parts == NULL)
    gtk_box_append (GTK_BOX (line), new_label (text, "hr-literal"));
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = g_ptr_array_index (parts, i);

      gtk_box_append (GTK_BOX (line),
                      part->is_literal ? new_label (part->text, "hr-literal") : hr_chip_new (part->text));
    }
  return line;
}
