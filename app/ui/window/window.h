#pragma once

#include "app/session/session.h"
#include "app/ui/window/application.h"

G_BEGIN_DECLS

/** HrWindow: one model, or the start page. */
#define HR_TYPE_WINDOW (hr_window_get_type ())
G_DECLARE_FINAL_TYPE (HrWindow, hr_window, HR, WINDOW, AdwApplicationWindow)

HrWindow  *hr_window_new         (HrApplication *application);
HrSession *hr_window_get_session (HrWindow *self); /* borrowed */
/** Opens here; the model that is open stays when that fails, which a message says. */
void       hr_window_open_path   (HrWindow *self, const char *path);

G_END_DECLS
