#pragma once

#include <adwaita.h>

#include "app/ui/preferences.h"

G_BEGIN_DECLS

#define HR_APPLICATION_ID "io.github.hashrange.Hashrange"
#define HR_RESOURCE_PATH  "/io/github/hashrange/Hashrange"

/** HrApplication: the process: one for all windows, files are opened in it. */
#define HR_TYPE_APPLICATION (hr_application_get_type ())
G_DECLARE_FINAL_TYPE (HrApplication, hr_application, HR, APPLICATION, AdwApplication)

HrApplication *hr_application_new             (void);
HrPreferences *hr_application_get_preferences (HrApplication *self); /* borrowed */
/** In a window that has no model, else in a new one; a model that is open is brought to the front. */
void           hr_application_open_path       (HrApplication *self, const char *path);

G_END_DECLS
