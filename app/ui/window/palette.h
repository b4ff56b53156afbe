#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * HrPalette: one field that finds commands, parts of the model, and items, and does or shows what was found.
 *
 * A popover below @parent, a widget of the header bar. It never takes the keyboard from the window for longer than it
 * is open, and gives it back to whoever had it.
 */
#define HR_TYPE_PALETTE (hr_palette_get_type ())
G_DECLARE_FINAL_TYPE (HrPalette, hr_palette, HR, PALETTE, GtkPopover)

GtkWidget *hr_palette_new  (HrSession *session);
/** @text: what the field says at first: "", ">" or "#". */
void       hr_palette_open (HrPalette *self, const char *text);

G_END_DECLS
