#pragma once

#include "app/ui/window/window.h"

G_BEGIN_DECLS

/**
 * HrTour: the 60-second tour: a popover that goes from stop to stop over the window of the first sample and does at
 * each of them what it speaks of. Everything else can be used meanwhile; Escape ends it.
 */
#define HR_TYPE_TOUR (hr_tour_get_type ())
G_DECLARE_FINAL_TYPE (HrTour, hr_tour, HR, TOUR, GtkPopover)

/** In this window when it shows the first sample; else opens that, in a window of its own if need be. */
void  hr_tour_start    (HrWindow *window);
/** Where a model has been opened: starts the tour that waits for it. */
void  hr_tour_opened   (HrWindow *window);
/** Says once in a person's life that there is a tour. */
void  hr_tour_offer    (HrWindow *window);
/** As Escape does. */
void  hr_tour_end      (HrTour *self);
/** Number of the stop, from 0; its popover may still be on its way. */
guint hr_tour_get_stop (HrTour *self);

G_END_DECLS
