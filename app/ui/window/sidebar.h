#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** HrSidebar: the map of the model, the same in all views: tables, entities, indexes, patterns, problems. */
#define HR_TYPE_SIDEBAR (hr_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (HrSidebar, hr_sidebar, HR, SIDEBAR, AdwBin)

GtkWidget *hr_sidebar_new               (HrSession *session);
/** Of what is selected, when there is a widget for it; or NULL. */
GtkWidget *hr_sidebar_get_selected_line (HrSidebar *self);

G_END_DECLS
