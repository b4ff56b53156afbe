#pragma once

#include <gtk/gtk.h>

#include "render/scene.h"

G_BEGIN_DECLS

/**
 * HrTableCells: real, transparent children of a canvas, one for each thing that its scene shows, so that
 * assistive tools find rows, cells and headings with their full texts. A row keeps its widget while it is in
 * sight; the row that is selected keeps it also outside.
 */
typedef struct _HrTableCells HrTableCells;

HrTableCells *hr_table_cells_new  (GtkWidget *canvas); /* borrowed: outlives the cells */
void          hr_table_cells_free (HrTableCells *self);

/** Whether the row of a target is selected. */
typedef gboolean (*HrCellsSelectedFunc) (const HrHit *row, gpointer user_data);

/** Takes over the targets of @scene. @selected: whose row stays, and which cell the keyboard can focus (or
 * none). @is_selected tells the state of each row. */
void          hr_table_cells_update   (HrTableCells *self, const HrScene *scene, const HrHit *selected,
                                       HrCellsSelectedFunc is_selected, gpointer user_data);
/** Places the children; a point of the scene is at @scale times its place, plus @offset_y. */
void          hr_table_cells_allocate (HrTableCells *self, double scale, double offset_y);
/** The focusable cell, or NULL. */
GtkWidget    *hr_table_cells_get_focus_cell (HrTableCells *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTableCells, hr_table_cells_free)

G_END_DECLS
