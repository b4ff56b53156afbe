#pragma once

#include <gtk/gtk.h>

#include "render/scene-strips.h"

G_BEGIN_DECLS

/**
 * HrCanvasStrips: a scene on the screen, in strips that are kept as long as the same is drawn into them, so that only
 * what has changed is painted and handed to the display.
 */
typedef struct _HrCanvasStrips HrCanvasStrips;

/** Where a scene goes and how it looks. */
typedef struct
{
  int y, width, height; /* in the widget, px; from its left edge */
  double scale;         /* px of the widget for one of the scene */
  HrTheme theme;
  HrText *text;         /* borrowed for the call; another one needs hr_canvas_strips_clear() */
  gboolean is_clear;    /* without the canvas's colour below */
} HrCanvasLook;

HrCanvasStrips *hr_canvas_strips_new   (void);
void            hr_canvas_strips_free  (HrCanvasStrips *self);
/** Forgets what has been painted. */
void            hr_canvas_strips_clear (HrCanvasStrips *self);
/** Adds the scene, on the canvas's own colour unless that is to be clear. */
void            hr_canvas_strips_snapshot (HrCanvasStrips *self, const HrScene *scene, const HrCanvasLook *look,
                                           GtkSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrCanvasStrips, hr_canvas_strips_free)

G_END_DECLS
