#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/** HrCompareView: two runs side by side: their figures, what differs in words, and the items that do. */
#define HR_TYPE_COMPARE_VIEW (hr_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareView, hr_compare_view, HR, COMPARE_VIEW, GtkWidget)

GtkWidget *hr_compare_view_new      (HrSession *session);
/** Both results must still be there. */
void       hr_compare_view_set_runs (HrCompareView *self, HrRunRecord *first, HrRunRecord *second);

G_END_DECLS
