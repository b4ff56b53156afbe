/*
 * Context menus. A popover is made for each time it is shown, and goes when it is closed; its parent may go first,
 * since what is chosen may remove it.
 */
#include "app/ui/pieces/menus.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "model/base/i18n.h"

void
hr_menu_append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  const HrAction *known = hr_actions_find (action);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-missing");
  if (known != NULL && target == NULL && *known->keys != '\0')
    {
      g_auto (GStrv) keys = g_strsplit (known->keys, " ", 2);

      g_menu_item_set_attribute (item, "accel", "s", keys[0]);
    }
  g_menu_append_item (menu, item);
}

GMenu *
hr_menu_new (const HrMenuEntry *entries, guint n_entries)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = NULL;

  for (guint i = 0; i < n_entries; i++)
    {
      if (section == NULL || entries[i].section != entries[i - 1].section)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
        }
      hr_menu_append (section, _(entries[i].label), entries[i].action, NULL);
    }
  return menu;
}

static gboolean
unparent_cb (gpointer user_data)
{
  if (gtk_widget_get_parent (user_data) != NULL)
    gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

/* What was chosen is carried out after this. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
parent_destroyed_cb (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

static GtkWidget *
popup (GtkWidget *popover, GtkWidget *parent, const GdkRectangle *place)
{
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (parent_destroyed_cb), popover, G_CONNECT_SWAPPED);
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  gtk_popover_popup (GTK_POPOVER (popover));
  return popover;
}

GtkWidget *
hr_menu_popup (GtkWidget *parent, GMenuModel *model, const GdkRectangle *place)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  return popup (popover, parent, place);
}

GtkWidget *
hr_popover_popup (GtkWidget *parent, GtkWidget *child, const GdkRectangle *place)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), child);
  return popup (popover, parent, place);
}

typedef struct
{
  HrMenuFunc func;
  gpointer user_data;
} Attached;

static gboolean
show (GtkWidget *widget, const GdkRectangle *place)
{
  const Attached *attached = g_object_get_data (G_OBJECT (widget), "hr-menu");
  g_autoptr (GMenuModel) model = attached->func (widget, attached->user_data);

  if (model != NULL)
    hr_menu_popup (widget, model, place);
  return model != NULL;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  if (show (widget, &(GdkRectangle){ (int) x, (int) y, 1, 1 }))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *widget)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    return show (widget, NULL);
  return GDK_EVENT_PROPAGATE;
}

void
hr_menu_attach (GtkWidget *widget, HrMenuFunc func, gpointer user_data)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Attached *attached = g_new0 (Attached, 1);

  *attached = (Attached){ func, user_data };
  g_object_set_data_full (G_OBJECT (widget), "hr-menu", attached, g_free);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), widget);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, keys);
}

static void
button_clicked_cb (GtkWidget *button, GtkWidget *widget)
{
  graphene_rect_t place;

  if (gtk_widget_compute_bounds (button, widget, &place))
    show (widget, &(GdkRectangle){ (int) place.origin.x, (int) place.origin.y, (int) place.size.width,
                                   (int) place.size.height });
}

GtkWidget *
hr_menu_button_new (GtkWidget *widget)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (button, FALSE);
  hr_a11y_set_label (button, _("Menu"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_clicked_cb), widget, 0);
  return button;
}

GMenuModel *
hr_menu_new_for_definition (void)
{
  static const HrMenuEntry entries[] = {
    { N_("_Rename"), "win.rename", 0 },        { N_("D_uplicate"), "win.duplicate", 0 },
    { N_("_Go To"), "win.go-to", 0 },          { N_("Move _Up"), "win.move-up", 1 },
    { N_("Move D_own"), "win.move-down", 1 },  { N_("_Delete"), "win.remove", 2 },
  };

  return G_MENU_MODEL (hr_menu_new (entries, G_N_ELEMENTS (entries)));
}
