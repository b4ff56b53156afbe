#pragma once

#include "render/scene-private.h"

G_BEGIN_DECLS

/** Where a text node's layout goes: the layout (borrowed) and its top left corner before turning. */
PangoLayout *hr_text_place (HrText *text, const HrSceneNode *node, double *x, double *y);

G_END_DECLS
