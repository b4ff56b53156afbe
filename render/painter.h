#pragma once

#include <cairo.h>
#include "render/scene.h"

G_BEGIN_DECLS

/** Draws the scene; only what touches the clip of @cr is drawn. @text must be the one the layout measured with. */
void hr_paint_scene (cairo_t *cr, const HrScene *scene, HrTheme theme, HrText *text);

G_END_DECLS
