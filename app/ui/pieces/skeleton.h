#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_SKELETON (hr_skeleton_get_type ())

/** HrSkeleton: where the rows of a table will be, while it is being read. Says nothing to assistive tools. */
G_DECLARE_FINAL_TYPE (HrSkeleton, hr_skeleton, HR, SKELETON, GtkWidget)

GtkWidget *hr_skeleton_new (void);

G_END_DECLS
