#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The name that assistive tools read out. */
void hr_a11y_set_label       (GtkWidget *widget, const char *label);
/** For what follows the name: why, or a state in words. */
void hr_a11y_set_description (GtkWidget *widget, const char *description);
/** A button whose label has a mnemonic would be read as "_Run Run": gives it the plain label as its name. */
void hr_a11y_drop_mnemonic   (GtkWidget *button, const char *label);
/** The same, of a button that has a label with a mnemonic: the name is the label as it is seen. */
void hr_a11y_name_by_label   (GtkButton *button);
/** The library's own button that closes an info bar has no name: gives it this one. */
void hr_a11y_name_close      (GtkInfoBar *bar, const char *label);
/** A GtkText that is a part of @editable, or is it, is nothing to assistive tools, not even when it has the focus:
 * makes it a field of this name that is described by its text. To be called before it is shown. */
void hr_a11y_make_field      (GtkWidget *editable, const char *name);

G_END_DECLS
