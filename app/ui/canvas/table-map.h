#pragma once

#include "app/ui/canvas/table-view.h"

G_BEGIN_DECLS

/**
 * HrTableMap: the whole table beside the canvas, with a frame around what is in sight; dragging scrolls.
 * Shows itself when the table is higher than two pages, and not otherwise. For the pointer only: assistive
 * tools have the canvas.
 */
#define HR_TYPE_TABLE_MAP (hr_table_map_get_type ())
G_DECLARE_FINAL_TYPE (HrTableMap, hr_table_map, HR, TABLE_MAP, GtkWidget)

/** @view must outlive the minimap or be held by the same parent. */
GtkWidget *hr_table_map_new (HrTableView *view);

G_END_DECLS
