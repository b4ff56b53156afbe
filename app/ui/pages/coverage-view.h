#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrCoverageView: which pattern uses which table and index, as a grid, and what nobody uses below it.
 *
 * Arrows go from cell to cell. Signal "pattern-chosen" when a cell has selected its pattern; an index or an entity is
 * shown in the Design view.
 */
#define HR_TYPE_COVERAGE_VIEW (hr_coverage_view_get_type ())
G_DECLARE_FINAL_TYPE (HrCoverageView, hr_coverage_view, HR, COVERAGE_VIEW, GtkWidget)

GtkWidget *hr_coverage_view_new (HrSession *session);

G_END_DECLS
