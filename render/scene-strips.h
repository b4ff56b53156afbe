#pragma once

#include "render/scene.h"

G_BEGIN_DECLS

/** HrSceneStrip: what is drawn into a horizontal strip of a scene. */
typedef struct
{
  int top, bottom; /* whole px of the scene as it is shown */
  guint64 hash;    /* the same only when the same is drawn */
} HrSceneStrip;

/**
 * hr_scene_cut_strips:
 * @scale: px for one of the scene
 * @height: what is shown, px from the top of the scene
 * @min_height: of a strip, px
 *
 * The strips from top to bottom, as an array of HrSceneStrip. Texts are not cut through: glyphs that are cut do not
 * look quite the same. Linear in the scene.
 */
GArray *hr_scene_cut_strips (const HrScene *self, double scale, int height, int min_height);

G_END_DECLS
