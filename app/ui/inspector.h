#pragma once

#include <adwaita.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/** The pane at the end of the window that shows what is selected. */
GtkWidget *hr_inspector_new (HrSession *session);
/** Puts the focus into the first field, with its text selected: most often the name. */
void       hr_inspector_edit_name (GtkWidget *inspector);

G_END_DECLS
