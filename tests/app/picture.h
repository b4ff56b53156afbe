#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Draws @window with its own renderer into a PNG file at @path, with the popovers that are open in front of it; and in
 * front of all that @dialog, a window of its own, in the middle of the dimmed window (NULL: there is none).
 */
gboolean hr_picture_save (GtkWidget *window, GtkWidget *dialog, const char *path);

G_END_DECLS
