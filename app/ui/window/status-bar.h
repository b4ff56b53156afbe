#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** HrStatusBar: counts of what is shown, facts of the selected item, density and zoom. */
#define HR_TYPE_STATUS_BAR (hr_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (HrStatusBar, hr_status_bar, HR, STATUS_BAR, AdwBin)

GtkWidget *hr_status_bar_new (HrSession *session);

G_END_DECLS
