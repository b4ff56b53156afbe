#pragma once

#include <adwaita.h>

#include "app/session/session.h"
#include "render/pair-layout.h"

G_BEGIN_DECLS

/**
 * HrPairCanvas: the drawing of HrPairView, with its keys and pointer.
 *
 * Signal "stage-changed": the selected item, the stage of its move, or everything is another.
 */
#define HR_TYPE_PAIR_CANVAS (hr_pair_canvas_get_type ())
G_DECLARE_FINAL_TYPE (HrPairCanvas, hr_pair_canvas, HR, PAIR_CANVAS, GtkWidget)

GtkWidget            *hr_pair_canvas_new          (HrSession *session);
/** NULL while there is nothing to show. Borrowed until "stage-changed". */
HrPairLayout         *hr_pair_canvas_get_layout   (HrPairCanvas *self);
const HrPairViewport *hr_pair_canvas_get_viewport (HrPairCanvas *self);
/** The next stage of the selected item's move; after the last one none. */
void                  hr_pair_canvas_play         (HrPairCanvas *self);
/** Selects another item of the index, @by steps on in its order. */
void                  hr_pair_canvas_step         (HrPairCanvas *self, int by);

/** Brings the selected item into sight, in a canvas of another size. */
void                  hr_pair_canvas_show_selected (HrPairCanvas *self);

G_END_DECLS
