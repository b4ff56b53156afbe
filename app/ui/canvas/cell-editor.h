#pragma once

#include <gtk/gtk.h>

#include "model/value/value.h"

G_BEGIN_DECLS

/**
 * HrCellEditor: one value being edited where it stands: a line of text and the type it has.
 *
 * Maps, lists, sets of many and texts of several lines get a larger field in a popover below the cell. The editor
 * knows nothing of items: whoever shows it places it over the cell, takes the text when it is "finished", and says what
 * is wrong with it.
 *
 * Signal "finished" (guint, HrCellEnd): somebody is done. On HR_CELL_CANCEL nothing is to be taken.
 */
#define HR_TYPE_CELL_EDITOR (hr_cell_editor_get_type ())
G_DECLARE_FINAL_TYPE (HrCellEditor, hr_cell_editor, HR, CELL_EDITOR, GtkWidget)

typedef enum
{
  HR_CELL_CANCEL,
  HR_CELL_STAY,     /* the focus went elsewhere */
  HR_CELL_DOWN,     /* Enter */
  HR_CELL_NEXT,     /* Tab */
  HR_CELL_PREVIOUS, /* Shift+Tab */
} HrCellEnd;

GtkWidget  *hr_cell_editor_new       (void);
/** Starts with @text of @type; @label: what assistive tools call it; @replaces: typing has begun, the cursor is at the
 *  end. Takes the focus. */
void        hr_cell_editor_start     (HrCellEditor *self, const char *label, HrType type, const char *text,
                                      gboolean replaces);
/** Free with g_free(). */
char       *hr_cell_editor_dup_text  (HrCellEditor *self);
HrType      hr_cell_editor_get_value_type (HrCellEditor *self);
/** As if the focus had gone elsewhere: emits "finished", unless it is over already. */
void        hr_cell_editor_finish    (HrCellEditor *self);
/** The same for the one in which the focus of @root is, if it is in one; whoever shows it gets the focus. */
void        hr_cell_editor_finish_focused (GtkRoot *root);
/** What is wrong, in a sentence; it stays open. */
void        hr_cell_editor_set_error (HrCellEditor *self, const char *message);

G_END_DECLS
