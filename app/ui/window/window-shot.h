#pragma once

#include "app/ui/window/window.h"

G_BEGIN_DECLS

/**
 * hr_window_shot_prepare: for documentation and for whoever works on the looks.
 *
 * Called before the window is shown. With HASHRANGE_SHOT=FILE.png in the environment the window draws itself into
 * that file once it has settled, and the application ends. HASHRANGE_SHOT_VIEW (design, table, patterns),
 * HASHRANGE_SHOT_THEME (light, dark), HASHRANGE_SHOT_SIZE (WIDTHxHEIGHT), HASHRANGE_SHOT_DIRECTION (rtl) and
 * HASHRANGE_SHOT_RUN (a pattern's id), HASHRANGE_SHOT_ACTION (an action of the window) and HASHRANGE_SHOT_TEXT (a
 * factor of the text's size) say what it shows.
 */
void hr_window_shot_prepare (HrWindow *window);

/** A picture is being taken: nothing that comes and goes is to be on it. */
gboolean hr_window_shot_is_wanted (void);

G_END_DECLS
