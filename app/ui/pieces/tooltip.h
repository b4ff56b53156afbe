#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What gtk_widget_set_tooltip_text() does, also for assistive tools, at the price of a string. @text: NULL or empty:
 * none. */
void        hr_tooltip_set (GtkWidget *widget, const char *text);
/** The widget's tooltip, also when a template gave it, or NULL. */
const char *hr_tooltip_get (GtkWidget *widget);

G_END_DECLS
