#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/**
 * hr_code_view_new: a scrolled view of code to be read, in the colours of the theme, from left to right in every
 * language.
 * @label: what assistive tools call it
 * @language: (nullable): of GtkSourceView: "json"
 *
 * Set the text with hr_code_view_set_text(), or edit the buffer.
 */
GtkWidget       *hr_code_view_new        (const char *label, const char *language);
GtkSourceBuffer *hr_code_view_get_buffer (GtkWidget *view); /* borrowed */
GtkWidget       *hr_code_view_get_text_view (GtkWidget *view); /* the GtkSourceView inside */
void             hr_code_view_set_language (GtkWidget *view, const char *language); /* (nullable) */
/** Shows at most @max_bytes of @text (0: all), with an ellipsis in place of the rest; what is no UTF-8 is mended. */
void             hr_code_view_set_text   (GtkWidget *view, const char *text, gsize length, gsize max_bytes);

G_END_DECLS
