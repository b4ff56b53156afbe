#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrRequestView: what was sent and what came back, as the service's JSON; before a run, what the pattern says
 * it will send. Read only.
 */
#define HR_TYPE_REQUEST_VIEW (hr_request_view_get_type ())
G_DECLARE_FINAL_TYPE (HrRequestView, hr_request_view, HR, REQUEST_VIEW, GtkWidget)

GtkWidget *hr_request_view_new    (HrSession *session);
void       hr_request_view_update (HrRequestView *self);

G_END_DECLS
