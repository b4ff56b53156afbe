#pragma once

#include <gtk/gtk.h>

#include "render/theme.h"

G_BEGIN_DECLS

/**
 * HrColorBar: a bar of one colour of the theme, filled from its start to a fraction. Part of what it stands
 * beside, which says the number; not read out.
 */
#define HR_TYPE_COLOR_BAR (hr_color_bar_get_type ())
G_DECLARE_FINAL_TYPE (HrColorBar, hr_color_bar, HR, COLOR_BAR, GtkWidget)

/** @track: of the part that is not filled, or HR_COLOR_NONE. */
GtkWidget *hr_color_bar_new          (HrColor color, HrColor track, double radius_px, int natural_width_px);
void       hr_color_bar_set_fraction (HrColorBar *self, double fraction);

G_END_DECLS
