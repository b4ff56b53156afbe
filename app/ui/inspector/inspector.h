#pragma once

#include <adwaita.h>

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/** The pane at the end of the window that shows what is selected. */
GtkWidget *hr_inspector_new (HrSession *session);
/** Puts the focus into the first field of @target, else (or NULL) into the first of all, with its text selected: most
 * often the name. */
void       hr_inspector_edit_name (GtkWidget *inspector, const HrTarget *target);

/** Puts the focus into the value of the chosen pattern's parameter, when it is shown. */
void       hr_inspector_edit_value (GtkWidget *inspector, const char *parameter);

G_END_DECLS
