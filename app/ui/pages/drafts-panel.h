#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrDraftsPanel: the drafts of the chosen table: items that the service would refuse, with the reasons, to be selected,
 * edited in place and removed. Hidden while there are none. A draft that has become right goes to its place in the
 * table.
 *
 * Signal "left": the keyboard's focus was here, and nothing here can take it any more.
 */
#define HR_TYPE_DRAFTS_PANEL (hr_drafts_panel_get_type ())
G_DECLARE_FINAL_TYPE (HrDraftsPanel, hr_drafts_panel, HR, DRAFTS_PANEL, GtkWidget)

GtkWidget *hr_drafts_panel_new (HrSession *session);

G_END_DECLS
