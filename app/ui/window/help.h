#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrHelp: a popover that explains the view that is shown and what is selected, in a few sentences, with the keys that
 * help there.
 */
#define HR_TYPE_HELP (hr_help_get_type ())
G_DECLARE_FINAL_TYPE (HrHelp, hr_help, HR, HELP, GtkPopover)

GtkWidget *hr_help_new  (HrSession *session);
/** About what is there now. */
void       hr_help_open (HrHelp *self);

G_END_DECLS
