#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Small pieces that several pages and the inspector are put together from. */

/** A line of text at the start, with CSS classes separated by blanks (or NULL). */
GtkWidget *hr_label_new      (const char *text, const char *css_classes);
/** The same, but broken into lines. */
GtkWidget *hr_text_label_new (const char *text, const char *css_classes);
/** Words with names between backticks: those are shown in monospace instead. g_free() */
char      *hr_words_to_markup (const char *words);
void       hr_label_set_words (GtkLabel *label, const char *words);
/** Shows what the model says: nothing that was typed before is to be undone in the field. */
void       hr_editable_show_text (GtkEditable *editable, const char *text);
GtkWidget *hr_icon_new       (const char *name);
void       hr_widget_remove_children (GtkWidget *box);
/** Takes an array that has references to widgets with much inside, which are about to lose their parent, and lets them
 *  go, the last first, one whenever the main loop has time: all at once they would hold it up. The application lasts
 *  until then. */
void       hr_widgets_let_go (GPtrArray *widgets);
/** Without sliding, so that the rows in it can have the focus now. */
void       hr_expander_open_at_once (AdwExpanderRow *row);
/** Gives the focus to a row or field as soon as it is shown: one that slides in is shown a frame later, and what has
 * the focus before is not heard of. Of several that wait the last one gets it. @cursor: its place in an editable; -1:
 * all of the text is selected. */
void       hr_widget_focus_when_shown (GtkWidget *row, int cursor);
/** Takes the focus away from what is not inside of @widget. Fields are done with then, and what was typed into them is
 * for the item that is selected: to be called before another one is. */
void       hr_widget_end_typing_elsewhere (GtkWidget *widget);

/** Whether the focus is in @widget. A list view gives it to row after row with each Tab: whoever has one says for a Tab
 * in it that there is nothing more, since arrows go over rows. */
gboolean   hr_widget_has_focus_inside (GtkWidget *widget);

/** Makes @store hold @items, objects; those before the first and behind the last that differ stay. FALSE: all did. */
gboolean    hr_list_store_update (GListStore *store, GPtrArray *items, GEqualFunc is_same);

G_END_DECLS
