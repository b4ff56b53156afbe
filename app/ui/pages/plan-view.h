#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrPlanView: how a run came to its result: a funnel from the table to the items returned, and the list of
 * these. Rows of the list select their items in the session.
 */
#define HR_TYPE_PLAN_VIEW (hr_plan_view_get_type ())
G_DECLARE_FINAL_TYPE (HrPlanView, hr_plan_view, HR, PLAN_VIEW, GtkWidget)

GtkWidget *hr_plan_view_new (HrSession *session);
/** Shows the session's run. @figures: of its plan at the stage that is shown, or NULL when there is no run. */
void       hr_plan_view_update (HrPlanView *self, const HrPlanFigures *figures);

G_END_DECLS
