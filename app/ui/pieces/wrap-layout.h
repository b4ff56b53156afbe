#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** HrWrapLayout: children side by side at their natural widths, in as many lines as they need. */
#define HR_TYPE_WRAP_LAYOUT (hr_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (HrWrapLayout, hr_wrap_layout, HR, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *hr_wrap_layout_new (int spacing_px);
/** A box with this layout, for chips. */
GtkWidget        *hr_wrap_box_new    (int spacing_px);

G_END_DECLS
