/*
 * The local endpoint as a person sees it: a line with its state, and a popover with a switch, its address to copy, and
 * what clients changed.
 */
#include "app/ui/window/endpoint-button.h"

#include <adwaita.h>

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"

#define HR_TYPE_ENDPOINT_BUTTON (hr_endpoint_button_get_type ())
G_DECLARE_FINAL_TYPE (HrEndpointButton, hr_endpoint_button, HR, ENDPOINT_BUTTON, GtkWidget)

struct _HrEndpointButton
{
  GtkWidget parent_instance;

  /* owned */
  HrLocalEndpoint *endpoint;

  gboolean is_following; /* the switch is being set from the endpoint */

  /* children */
  GtkWidget *button;  /* GtkMenuButton */
  GtkWidget *dot;
  GtkWidget *badge;
  GtkWidget *toggle;
  GtkWidget *address;
  GtkWidget *copy;
  GtkWidget *explanation;
  GtkWidget *error;
  GtkWidget *other_port;
  GtkWidget *changes;
  GtkWidget *take;
};

G_DEFINE_FINAL_TYPE (HrEndpointButton, hr_endpoint_button, GTK_TYPE_WIDGET)

static void
update (HrEndpointButton *self)
{
  g_autofree char *address = NULL;
  g_autofree char *error = NULL;
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;
  g_autofree char *other = NULL;
  const char *shown;
  guint state, changes, free_port;

  g_object_get (self->endpoint, "state", &state, "address", &address, "error", &error, "changes", &changes,
                "free-port", &free_port, NULL);
  shown = state == HR_ENDPOINT_OFF ? _("off") : _("starting");
  if (state == HR_ENDPOINT_ON)
    shown = address + strlen ("http://");
  gtk_label_set_text (GTK_LABEL (self->badge), shown);
  gtk_widget_set_visible (self->dot, TRUE);
  if (state == HR_ENDPOINT_ON)
    gtk_widget_add_css_class (self->dot, "on");
  else
    gtk_widget_remove_css_class (self->dot, "on");
  self->is_following = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->toggle), state != HR_ENDPOINT_OFF);
  self->is_following = FALSE;
  gtk_label_set_text (GTK_LABEL (self->address), address != NULL ? address : "");
  gtk_widget_set_visible (gtk_widget_get_parent (self->address), address != NULL);
  gtk_widget_set_visible (self->explanation, address == NULL);
  gtk_label_set_text (GTK_LABEL (self->error), error != NULL ? error : "");
  gtk_widget_set_visible (self->error, error != NULL);
  other = g_strdup_printf (_("Use port %u"), free_port);
  gtk_button_set_label (GTK_BUTTON (self->other_port), other);
  gtk_widget_set_visible (self->other_port, free_port != 0);
  count = g_strdup_printf (ngettext_ ("%u item changed by clients", "%u items changed by clients", changes), changes);
  gtk_label_set_text (GTK_LABEL (self->changes), count);
  gtk_widget_set_visible (self->changes, address != NULL);
  gtk_widget_set_visible (self->take, address != NULL);
  gtk_widget_set_sensitive (self->take, changes > 0);
  name = g_strdup_printf (_("Local endpoint: %s"), shown);
  hr_a11y_set_label (self->button, name);
}

static guint16
get_port (void)
{
  return hr_preferences_get (hr_preferences_get_default (), HR_SETTING_PORT);
}

static void
switched_cb (HrEndpointButton *self)
{
  if (self->is_following)
    return;
  if (gtk_switch_get_active (GTK_SWITCH (self->toggle)))
    hr_local_endpoint_start (self->endpoint, get_port ());
  else
    hr_local_endpoint_stop (self->endpoint);
}

static void
other_port_cb (HrEndpointButton *self)
{
  guint free_port;

  g_object_get (self->endpoint, "free-port", &free_port, NULL);
  hr_local_endpoint_start (self->endpoint, free_port);
}

static void
copy_cb (HrEndpointButton *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->button), gtk_label_get_text (GTK_LABEL (self->address)));
  hr_toast (self->button, _("Copied"));
}

static void
take_cb (HrEndpointButton *self)
{
  g_autoptr (GError) error = NULL;

  if (!hr_local_endpoint_take (self->endpoint, &error))
    hr_toast (self->button, error->message);
  else
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
hr_endpoint_button_dispose (GObject *object)
{
  HrEndpointButton *self = HR_ENDPOINT_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->endpoint);
  G_OBJECT_CLASS (hr_endpoint_button_parent_class)->dispose (object);
}

static void
hr_endpoint_button_class_init (HrEndpointButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_endpoint_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_line (HrEndpointButton *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = hr_label_new (_("Local endpoint"), NULL);

  self->dot = hr_label_new ("●", "hr-endpoint-dot");
  self->badge = hr_label_new (NULL, "hr-badge");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_direction (self->badge, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (line), self->dot);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->badge);
  return line;
}

static GtkWidget *
new_content (HrEndpointButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *place = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = hr_label_new (_("Serve a copy of this model"), "heading");

  self->toggle = gtk_switch_new ();
  self->address = hr_label_new (NULL, "hr-mono");
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  self->explanation = hr_text_label_new (_("Any SDK, and the AWS command line with --endpoint-url, can then work with "
                                           "the model's tables. The model itself stays as it is."), "dim-label");
  self->error = hr_text_label_new (NULL, "hr-error");
  gtk_label_set_max_width_chars (GTK_LABEL (self->explanation), 40);
  gtk_label_set_max_width_chars (GTK_LABEL (self->error), 40);
  self->other_port = gtk_button_new ();
  self->changes = hr_label_new (NULL, "dim-label");
  self->take = gtk_button_new_with_label (_("Take into model"));
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_hexpand (self->address, TRUE);
  gtk_label_set_selectable (GTK_LABEL (self->address), TRUE);
  gtk_widget_add_css_class (self->copy, "flat");
  hr_tooltip_set (self->copy, _("Copy the address"));
  hr_a11y_set_label (self->copy, _("Copy the address"));
  hr_a11y_set_label (self->toggle, _("Serve a copy of this model"));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->toggle);
  gtk_box_append (GTK_BOX (place), self->address);
  gtk_box_append (GTK_BOX (place), self->copy);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->explanation);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (box), self->other_port);
  gtk_box_append (GTK_BOX (box), self->changes);
  gtk_box_append (GTK_BOX (box), self->take);
  gtk_widget_set_size_request (box, 300, -1);
  return box;
}

static void
hr_endpoint_button_init (HrEndpointButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *line;

  self->button = gtk_menu_button_new ();
  line = new_line (self);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), line);
  gtk_widget_set_halign (gtk_widget_get_parent (line), GTK_ALIGN_FILL); /* a menu button centres its child */
  gtk_popover_set_child (GTK_POPOVER (popover), new_content (self));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "hr-foot-menu");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (switched_cb), self);
  g_signal_connect_swapped (self->other_port, "clicked", G_CALLBACK (other_port_cb), self);
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take_cb), self);
}

GtkWidget *
hr_endpoint_button_new (HrLocalEndpoint *endpoint)
{
  HrEndpointButton *self = g_object_new (HR_TYPE_ENDPOINT_BUTTON, NULL);

  self->endpoint = g_object_ref (endpoint);
  g_signal_connect_object (endpoint, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
