/*
 * Pieces that the panels of the inspector share.
 */
#include "app/ui/inspector/inspector-private.h"

#include "app/session/edit-target.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

GtkWidget *
hr_inspector_new_remove_button (const HrTarget *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-cross-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove %s"), hr_target_get_name (target));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, label);
  hr_a11y_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remove-target");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), hr_target_to_variant (target));
  return button;
}

void
hr_inspector_add_group_button (GtkWidget *group, const char *label, const char *action, const HrTarget *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-plus-symbolic");

  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, label);
  hr_a11y_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), hr_target_to_variant (target));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
}

gboolean
hr_inspector_set_description (HrSession *session, const HrTarget *target, const char *text, GError **error)
{
  return hr_document_set_description (hr_session_get_document (session), target, text, error);
}
