#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Context menus: made of tables, with the keys that the table of actions has for them. */

typedef struct
{
  const char *label;  /* N_(), with a mnemonic */
  const char *action; /* without a target; where there is no such action, there is no entry */
  guint section;      /* entries of one section follow one another */
} HrMenuEntry;

GMenu *hr_menu_new    (const HrMenuEntry *entries, guint n_entries);
/** @target: (nullable): floating */
void   hr_menu_append (GMenu *menu, const char *label, const char *action, GVariant *target);

/** Shows @model at @place of @parent (NULL: below it) until it is done with. Returns the popover, a child of @parent
 *  that goes by itself: a parent without a layout manager has to gtk_popover_present() it. */
GtkWidget *hr_menu_popup (GtkWidget *parent, GMenuModel *model, const GdkRectangle *place);

/** The same with @child in it. */
GtkWidget *hr_popover_popup (GtkWidget *parent, GtkWidget *child, const GdkRectangle *place);

/** Called before a menu is shown, to select what it is about; returns it, or NULL: none. */
typedef GMenuModel *(*HrMenuFunc) (GtkWidget *widget, gpointer user_data);
/** A secondary click, Menu and Shift+F10 on @widget show what @func makes. */
void   hr_menu_attach (GtkWidget *widget, HrMenuFunc func, gpointer user_data);

/** A button that shows, below itself, the menu that is attached to @widget, for whoever points. It takes no focus: keys
 * on @widget do the same. */
GtkWidget *hr_menu_button_new (GtkWidget *widget);

/** Of a definition that is selected: rename, duplicate, go to, move, remove. */
GMenuModel *hr_menu_new_for_definition (void);

G_END_DECLS
