#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * A line with a key's template: literals bold, `{variables}` as chips. NULL and "" give an empty line. A text
 * whose braces do not pair is shown as it is.
 */
GtkWidget *hr_template_label_new (const char *template_text);

/** One chip: an attribute's or a variable's name. */
GtkWidget *hr_chip_new (const char *text);

G_END_DECLS
