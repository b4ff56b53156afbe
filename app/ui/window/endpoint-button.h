#pragma once

#include <gtk/gtk.h>

#include "app/session/local-endpoint.h"

G_BEGIN_DECLS

/** At the foot of the sidebar: whether the endpoint runs and where; its popover switches it and takes over what clients
 *  wrote. */
GtkWidget *hr_endpoint_button_new (HrLocalEndpoint *endpoint);

G_END_DECLS
