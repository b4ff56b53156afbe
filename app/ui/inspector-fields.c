/*
 * Pieces that the panels of the inspector share.
 */
#include "app/ui/inspector-private.h"

#include "app/ui/a11y.h"
#include "app/ui/edit-target.h"
#include "app/ui/pieces.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"

GtkWidget *
hr_inspector_new_remove_button (const HrTarget *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-cross-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove %s"), hr_target_get_name (target));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
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
  gtk_widget_set_tooltip_text (button, label);
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

/* Moving */

static void
move (GtkWidget *row, int step)
{
  GVariant *target = g_object_get_data (G_OBJECT (row), "target");

  gtk_widget_activate_action (row, "win.move-target", "(@" HR_TARGET_VARIANT "i)", target, step);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *row)
{
  if ((state & GDK_ALT_MASK) == 0 || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  move (row, key == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, row);
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, 12, 12);
}

static int
get_position (GtkWidget *row)
{
  int position = 0;

  for (GtkWidget *sibling = gtk_widget_get_prev_sibling (row); sibling != NULL;
       sibling = gtk_widget_get_prev_sibling (sibling))
    position += ADW_IS_EXPANDER_ROW (sibling);
  return position;
}

static gboolean
drop_cb (GtkDropTarget *drop, const GValue *value, double x, double y, GtkWidget *row)
{
  GtkWidget *dragged = g_value_get_object (value);
  int step;

  if (dragged == NULL || dragged == row || gtk_widget_get_parent (dragged) != gtk_widget_get_parent (row))
    return FALSE;
  step = get_position (row) - get_position (dragged);
  move (dragged, step);
  return TRUE;
}

void
hr_inspector_make_movable (GtkWidget *row, const HrTarget *target)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  g_object_set_data_full (G_OBJECT (row), "target", g_variant_ref_sink (hr_target_to_variant (target)),
                          (GDestroyNotify) g_variant_unref);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), row);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), row);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, keys);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drop));
}
