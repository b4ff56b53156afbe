#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Lets a choice among words (an AdwComboRow or a GtkDropDown over a GtkStringList) be heard under this name, with what
 * is chosen as its description, and each word in its list. GTK 4.8 tells at most the name.
 */
void hr_choice_make_audible (GtkWidget *choice, const char *name);
/** Gives a choice that can be heard another name. */
void hr_choice_set_name     (GtkWidget *choice, const char *name);

/** A choice of one of the types of values, S to BS in their order, that is heard under this name; floating. */
GtkWidget *hr_choice_new_types (const char *name);

G_END_DECLS
