#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrPairView: the chosen table beside its chosen index, with a link from each item to its copy.
 *
 * Scrolling one side brings what is linked to it on the other side into view (Ctrl holds that still); arrows go from
 * cell to cell, Alt+Left and Alt+Right to the copy of an item, and Space plays how the selected item gets into the
 * index, stage by stage, each with its sentence below. Selecting selects in the session.
 */
#define HR_TYPE_PAIR_VIEW (hr_pair_view_get_type ())
G_DECLARE_FINAL_TYPE (HrPairView, hr_pair_view, HR, PAIR_VIEW, GtkWidget)

GtkWidget *hr_pair_view_new (HrSession *session);

G_END_DECLS
