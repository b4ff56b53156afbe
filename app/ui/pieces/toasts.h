#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Toasts of a window, one at a time: what is new takes the place of what is old, instead of waiting behind it. Anything
 * in the window can tell something without knowing what the window is. Where nothing is installed, nothing is told.
 * HASHRANGE_TOASTS=stay, in the environment, has each stay until the next one comes.
 */

/** Has @overlay show what is told in the window that it is in, until that is disposed of and says so. */
void hr_toasts_install  (AdwToastOverlay *overlay);
void hr_toasts_remove   (GtkWidget *window);
/** Tells @text for a few seconds in the window that @inside is in, or is. */
void hr_toast           (GtkWidget *inside, const char *text);
/** The same with a toast of one's own. Takes it. @lasts: what is merely told waits until it has gone. */
void hr_toasts_show     (GtkWidget *inside, AdwToast *toast, gboolean lasts);
/** When it is still to be seen. @toast: (nullable) */
void hr_toasts_withdraw (GtkWidget *inside, AdwToast *toast);

G_END_DECLS
