#pragma once

#include <adwaita.h>

#include "render/text.h"
#include "render/theme.h"

G_BEGIN_DECLS

/* What several widgets show in the same way. Texts are to be freed. */

/** The theme of pictures that goes with the windows: light or dark, high contrast or not. */
HrTheme    hr_look_get_theme (void);

/** Opacity of what a run did not touch, as somebody has set it; 1 in high contrast. */
double     hr_look_get_dim   (void);

/** Fonts of the screen for a canvas, without rounding to whole px: they are drawn at any zoom. hr_text_free() */
HrText    *hr_look_new_text  (GtkWidget *widget);
/** How much larger than usual texts are to be: 0.5 to 3. */
double     hr_look_get_text_scale (GtkWidget *widget);
/** The same of icons, shapes and samples: they follow the texts, a little less, so that bars have room for them. */
double     hr_look_get_icon_scale (GtkWidget *widget);
/** From now on icons do so in all windows. */
void       hr_look_scale_icons    (void);

/** The letter of a pattern, as a key-cap. */
GtkWidget *hr_look_new_keycap    (const char *id);

G_END_DECLS
