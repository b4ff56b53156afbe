#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/* From a finding to what it is about, and to what mends it. */

/** Selects the definition or the entry, in the view that shows it. */
void hr_session_show_concern (HrSession *session, const HrConcern *concern);

/** A button that applies the fix (model/document/fix.h) of a finding, as one undo step, and then shows what was mended;
 *  floating. NULL: there is none. */
GtkWidget *hr_fix_button_new (HrSession *session, const char *code, const HrConcern *concern);

G_END_DECLS
