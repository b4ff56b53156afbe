#pragma once

#include "app/ui/window/application.h"

G_BEGIN_DECLS

/** A window over @parent in which everything that can be set is set, at once and for all windows. */
GtkWidget *hr_preferences_window_new (GtkWindow *parent, HrApplication *application);

G_END_DECLS
