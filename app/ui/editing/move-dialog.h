#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** Asks for the partition that the selected item is to go to, and says what changes with it while it is typed. */
void hr_move_dialog_show (GtkWindow *window, HrSession *session);

G_END_DECLS
