#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrHistoryView: the runs of the session as a list. Selecting one shows its result again, selecting two compares them.
 */
#define HR_TYPE_HISTORY_VIEW (hr_history_view_get_type ())
G_DECLARE_FINAL_TYPE (HrHistoryView, hr_history_view, HR, HISTORY_VIEW, GtkWidget)

GtkWidget *hr_history_view_new (HrSession *session);

G_END_DECLS
