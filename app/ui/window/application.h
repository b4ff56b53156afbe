#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** HrApplication: the process: one for all windows, files are opened in it. */
#define HR_TYPE_APPLICATION (hr_application_get_type ())
G_DECLARE_FINAL_TYPE (HrApplication, hr_application, HR, APPLICATION, AdwApplication)

HrApplication *hr_application_new       (void);
/** In a window that has no model, else in a new one; a model that is open is brought to the front. */
void           hr_application_open_path (HrApplication *self, const char *path);

G_END_DECLS
