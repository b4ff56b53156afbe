#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The one table of what can be done with keys: accelerators, the shortcuts window and tooltips come from it.
 */
typedef enum
{
  HR_GROUP_FILE,
  HR_GROUP_EDIT,
  HR_GROUP_VIEW,
  HR_GROUP_PATTERNS,
  HR_GROUP_TABLE,
  HR_GROUP_HELP,
  HR_N_GROUPS,
} HrActionGroup;

typedef struct
{
  const char *name;    /* detailed: "win.view::table"; NULL: keys that a widget handles itself */
  const char *keys;    /* accelerators, a blank between them */
  const char *title;   /* to be translated */
  HrActionGroup group;
  gboolean is_local;   /* keys work where nothing nearer takes them; else everywhere in the window */
} HrAction;

guint           hr_actions_get_count (void);
const HrAction *hr_actions_get       (guint index);
/** Gives the application the accelerators. */
void            hr_actions_install   (GtkApplication *application);
/** By its detailed name; NULL: there is none. */
const HrAction *hr_actions_find      (const char *name);
/** The one that these keys stand for everywhere in the window, or NULL. */
const HrAction *hr_actions_match    (guint key, GdkModifierType modifiers);
/** The first keys of an action as people write them ("Ctrl+K"), g_free(); NULL: it has none. */
char           *hr_actions_dup_keys  (const char *name);
/** A new window that lists all keys, over @parent and not larger than that. */
GtkWidget      *hr_actions_new_shortcuts_window (GtkWindow *parent);

G_END_DECLS
