#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrProblemsPanel: what is wrong with the open model: findings of the last check, each with its place in the
 * file; among them the items that wait as drafts. Its heading has a button that hides the panel: action
 * @close_action.
 */
#define HR_TYPE_PROBLEMS_PANEL (hr_problems_panel_get_type ())
G_DECLARE_FINAL_TYPE (HrProblemsPanel, hr_problems_panel, HR, PROBLEMS_PANEL, GtkWidget)

GtkWidget *hr_problems_panel_new (HrSession *session, const char *close_action);

G_END_DECLS
