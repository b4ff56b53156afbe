#pragma once

#include <adwaita.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/** The pane at the end of the window that shows what is selected. */
GtkWidget *hr_inspector_new (HrSession *session);

G_END_DECLS
