#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "render/table-layout.h"

G_BEGIN_DECLS

/**
 * HrTableView: the canvas: the outline of a session as the table that people know, partition by partition.
 *
 * A GtkScrollable that draws scenes of render/ and lays out only what is in sight. Visible rows and cells are
 * also there as transparent children for assistive tools; the one that is selected takes the keyboard's
 * focus.
 *
 * Properties: those of GtkScrollable. Signal "layout-changed": what can be asked of the layout is another.
 */
#define HR_TYPE_TABLE_VIEW (hr_table_view_get_type ())
G_DECLARE_FINAL_TYPE (HrTableView, hr_table_view, HR, TABLE_VIEW, GtkWidget)

typedef enum
{
  HR_TABLE_VIEW_HEADER = 1 << 0, /* a line above that names the keys and stays in sight */
  HR_TABLE_VIEW_MARKS = 1 << 1,  /* the session's run is drawn on the table */
  HR_TABLE_VIEW_EDITS = 1 << 2,  /* cells can be edited */
} HrTableViewFlags;

GtkWidget *hr_table_view_new (HrSession *session, HrTableViewFlags flags);

/** Edits the selected cell in place; @typed: (nullable): replaces its text. FALSE when there is none. */
gboolean   hr_table_view_edit (HrTableView *self, const char *typed);

/** NULL while there is nothing to show. Borrowed until "layout-changed". */
HrTableLayout *hr_table_view_get_layout   (HrTableView *self);
/** What is in sight, in px of the layout. */
void           hr_table_view_get_viewport (HrTableView *self, HrViewport *viewport);
/** Scrolls no further than needed to show the target with a margin. */
void           hr_table_view_scroll_to    (HrTableView *self, const HrHit *target);
/** Brings what the run returned first into sight, as soon as the view has a size. */
void           hr_table_view_show_answer  (HrTableView *self);
/** Puts the middle of the view at @y of the layout. */
void           hr_table_view_center_on    (HrTableView *self, double y);

G_END_DECLS
