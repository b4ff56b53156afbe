/* The table of actions and keys, and what is made of it. */
#include "app/ui/pieces/actions.h"

#include <string.h>

#include "model/base/i18n.h"

#define SHORTCUTS_MARGIN_PX 60 /* around the window that lists them, its header bar included */

static const HrAction actions[] = {
  { "win.new", "<Control>n", N_("New model"), HR_GROUP_FILE, FALSE },
  { "win.open", "<Control>o", N_("Open a model"), HR_GROUP_FILE, FALSE },
  { "win.save", "<Control>s", N_("Save"), HR_GROUP_FILE, FALSE },
  { "win.save-as", "<Control><Shift>s", N_("Save as"), HR_GROUP_FILE, FALSE },
  { "win.export", "<Control>e", N_("Export"), HR_GROUP_FILE, FALSE },
  { "win.preferences", "<Control>comma", N_("Preferences"), HR_GROUP_FILE, FALSE },
  { "window.close", "<Control>w", N_("Close the window"), HR_GROUP_FILE, FALSE },
  { "app.quit", "<Control>q", N_("Quit"), HR_GROUP_FILE, FALSE },
  { "win.undo", "<Control>z", N_("Undo"), HR_GROUP_EDIT, FALSE },
  { "win.redo", "<Control><Shift>z <Control>y", N_("Redo"), HR_GROUP_EDIT, FALSE },
  { "win.palette", "<Control>k", N_("Search and commands"), HR_GROUP_VIEW, FALSE },
  { "win.add-table", "", N_("Add a table"), HR_GROUP_EDIT, FALSE },
  { "win.add-entity", "<Control><Shift>e", N_("Add an entity"), HR_GROUP_EDIT, FALSE },
  { "win.add-attribute-to-selected", "<Control><Shift>a", N_("Add an attribute to the entity"), HR_GROUP_EDIT, FALSE },
  { "win.add-index", "<Control><Shift>x", N_("Add an index"), HR_GROUP_EDIT, FALSE },
  { "win.add-pattern", "<Control><Shift>p", N_("Add an access pattern"), HR_GROUP_EDIT, FALSE },
  { "win.add-item", "<Control>i", N_("Add an item"), HR_GROUP_EDIT, FALSE },
  { "win.paste-items", "<Control>v", N_("Paste items"), HR_GROUP_EDIT, TRUE },
  { "win.copy-picture", "<Control><Shift>c", N_("Copy the table as a picture"), HR_GROUP_EDIT, FALSE },
  { "win.cut-item", "<Control>x", N_("Cut an item"), HR_GROUP_EDIT, TRUE },
  { "win.move-item", "<Control>m", N_("Move an item to another partition"), HR_GROUP_EDIT, FALSE },
  { "win.select-all", "<Control>a", N_("Select all items that are shown"), HR_GROUP_EDIT, TRUE },
  { "win.rename", "F2", N_("Rename what is selected"), HR_GROUP_EDIT, TRUE },
  { "win.duplicate", "<Control>d", N_("Duplicate what is selected"), HR_GROUP_EDIT, TRUE },
  { "win.remove", "Delete", N_("Remove what is selected"), HR_GROUP_EDIT, TRUE },
  { "win.move-up", "<Alt>Up", N_("Move up"), HR_GROUP_EDIT, TRUE },
  { "win.move-down", "<Alt>Down", N_("Move down"), HR_GROUP_EDIT, TRUE },
  { "win.go-to", "<Control>l", N_("Go to what is selected"), HR_GROUP_VIEW, FALSE },
  { "win.view::design", "<Alt>1", N_("Design"), HR_GROUP_VIEW, FALSE },
  { "win.view::table", "<Alt>2", N_("Table"), HR_GROUP_VIEW, FALSE },
  { "win.view::patterns", "<Alt>3", N_("Patterns"), HR_GROUP_VIEW, FALSE },
  { "win.side-by-side", "<Control>backslash", N_("Table and index side by side"), HR_GROUP_VIEW, FALSE },
  { "win.toggle-sidebar", "F9", N_("Show or hide the sidebar"), HR_GROUP_VIEW, FALSE },
  { "win.toggle-inspector", "<Shift>F9", N_("Show or hide the inspector"), HR_GROUP_VIEW, FALSE },
  { "win.toggle-panel", "<Control>j", N_("Show or hide the panel at the bottom"), HR_GROUP_VIEW, FALSE },
  { "win.next-pane", "F6", N_("Go to the next pane"), HR_GROUP_VIEW, FALSE },
  { "win.previous-pane", "<Shift>F6", N_("Go to the previous pane"), HR_GROUP_VIEW, FALSE },
  { "win.show-problems", "<Control><Shift>m", N_("List problems"), HR_GROUP_VIEW, FALSE },
  { "win.run-pattern", "F5", N_("Run the pattern"), HR_GROUP_PATTERNS, FALSE },
  { "win.step-pattern", "<Shift>F5", N_("Step through the run"), HR_GROUP_PATTERNS, FALSE },
  { "win.run-all", "<Control>F5", N_("Run all patterns"), HR_GROUP_PATTERNS, FALSE },
  { "win.keep-run", "<Control><Shift>k", N_("Keep what the pattern wrote"), HR_GROUP_PATTERNS, FALSE },
  { "win.show-history", "<Control>h", N_("List the runs so far"), HR_GROUP_PATTERNS, FALSE },
  { "win.show-coverage", "<Control><Shift>h", N_("Show what the patterns cover"), HR_GROUP_PATTERNS, FALSE },
  { "win.query-partition", "<Control><Shift>F5", N_("Query this partition"), HR_GROUP_PATTERNS, FALSE },
  { "win.paste-request", "<Control><Shift>v", N_("Paste a request as a pattern"), HR_GROUP_PATTERNS, FALSE },
  { NULL, "<Control>v", N_("Paste a request, where patterns are"), HR_GROUP_PATTERNS, TRUE },
  { "win.clear-run", "Escape", N_("Clear the marks of a run"), HR_GROUP_PATTERNS, TRUE },
  { "win.filter", "<Control>f", N_("Filter the items"), HR_GROUP_TABLE, FALSE },
  { "win.cycle-density", "<Control><Shift>d", N_("Change the density"), HR_GROUP_TABLE, FALSE },
  { "win.zoom-in", "<Control>plus <Control>equal <Control>KP_Add", N_("Zoom in"), HR_GROUP_TABLE, FALSE },
  { "win.zoom-out", "<Control>minus <Control>KP_Subtract", N_("Zoom out"), HR_GROUP_TABLE, FALSE },
  { "win.zoom-reset", "<Control>0 <Control>KP_0", N_("Zoom to 100 %"), HR_GROUP_TABLE, FALSE },
  { NULL, "Up Down Left Right", N_("Go from cell to cell"), HR_GROUP_TABLE, TRUE },
  { NULL, "<Control>Up <Control>Down", N_("Go from partition to partition"), HR_GROUP_TABLE, TRUE },
  { NULL, "<Control>Home <Control>End", N_("Go to the start or the end of the table"), HR_GROUP_TABLE, TRUE },
  { NULL, "<Shift>Up <Shift>Down", N_("Select the rows up to the next one, too"), HR_GROUP_TABLE, TRUE },
  { NULL, "<Control>space", N_("Pick a row, then another one"), HR_GROUP_TABLE, TRUE },
  { NULL, "<Alt>Left <Alt>Right", N_("Go to the item’s copy in an index, and back"), HR_GROUP_TABLE, TRUE },
  { NULL, "Escape", N_("Select nothing"), HR_GROUP_TABLE, TRUE },
  { "win.main-menu", "F10", N_("Open the menu"), HR_GROUP_HELP, FALSE },
  { "win.help", "F1", N_("Help on what is shown"), HR_GROUP_HELP, FALSE },
  { "win.tour", "", N_("Take the 60-second tour"), HR_GROUP_HELP, FALSE },
  { "win.shortcuts", "<Control>question", N_("Keyboard shortcuts"), HR_GROUP_HELP, FALSE },
};

static const char *const group_titles[HR_N_GROUPS] = {
  [HR_GROUP_FILE] = N_("Model"),
  [HR_GROUP_EDIT] = N_("Edit"),
  [HR_GROUP_VIEW] = N_("View"),
  [HR_GROUP_PATTERNS] = N_("Access patterns"),
  [HR_GROUP_TABLE] = N_("Table"),
  [HR_GROUP_HELP] = N_("Help"),
};

guint
hr_actions_get_count (void)
{
  return G_N_ELEMENTS (actions);
}

const HrAction *
hr_actions_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (actions), NULL);

  return &actions[index];
}

void
hr_actions_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_auto (GStrv) keys = g_strsplit (actions[i].keys, " ", -1);

      if (actions[i].name != NULL && !actions[i].is_local && *actions[i].keys != '\0')
        gtk_application_set_accels_for_action (application, actions[i].name, (const char *const *) keys);
    }
}

const HrAction *
hr_actions_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].name, name) == 0)
      return &actions[i];
  return NULL;
}

static gboolean
has_keys (const HrAction *action, guint key, GdkModifierType modifiers)
{
  g_auto (GStrv) all = g_strsplit (action->keys, " ", -1);
  GdkModifierType wanted_modifiers;
  guint wanted;

  for (char **keys = all; *keys != NULL; keys++)
    if (gtk_accelerator_parse (*keys, &wanted, &wanted_modifiers) && wanted == key && wanted_modifiers == modifiers)
      return TRUE;
  return FALSE;
}

const HrAction *
hr_actions_match (guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].name != NULL && !actions[i].is_local
        && has_keys (&actions[i], gdk_keyval_to_lower (key), modifiers & gtk_accelerator_get_default_mod_mask ()))
      return &actions[i];
  return NULL;
}

char *
hr_actions_dup_keys (const char *name)
{
  const HrAction *action = hr_actions_find (name);
  g_auto (GStrv) keys = action != NULL ? g_strsplit (action->keys, " ", 2) : NULL;
  GdkModifierType modifiers;
  guint key;

  if (keys == NULL || keys[0] == NULL || !gtk_accelerator_parse (keys[0], &key, &modifiers))
    return NULL;
  return gtk_accelerator_get_label (key, modifiers);
}

/* What is shown of the keys: those of the number block say the same once more. */
static char *
get_shown_keys (const HrAction *action)
{
  const char *extra = strstr (action->keys, " <Control>KP_");

  return extra != NULL ? g_strndup (action->keys, extra - action->keys) : g_strdup (action->keys);
}

static void
describe_group (GString *text, HrActionGroup number)
{
  g_autofree char *title = g_markup_escape_text (_(group_titles[number]), -1);

  g_string_append_printf (text, "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
                          title);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *keys = get_shown_keys (&actions[i]);
      g_autofree char *entry = NULL;

      if (actions[i].group != number || *keys == '\0')
        continue;
      entry = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                       "<property name='title'>%s</property>"
                                       "<property name='accelerator'>%s</property></object></child>",
                                       _(actions[i].title), keys);
      g_string_append (text, entry);
    }
  g_string_append (text, "</object></child>");
}

/* The two columns of the one page, which GTK has in a row. */
static void
put_columns_below_each_other (GtkWidget *widget)
{
  if (GTK_IS_STACK (gtk_widget_get_parent (widget)) && GTK_IS_BOX (widget)
      && gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUTS_SECTION) != NULL)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (widget), GTK_ORIENTATION_VERTICAL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    put_columns_below_each_other (child);
}

/* The window is as large as what is in it, and cannot be made smaller: so that scrolls, and what is wider than the
 * window below is one column instead of two. */
static void
fit (GtkWindow *window, GtkWindow *parent)
{
  g_autoptr (GtkWidget) content = g_object_ref (gtk_window_get_child (window));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  int width, room_width = gtk_widget_get_width (GTK_WIDGET (parent)) - 2 * SHORTCUTS_MARGIN_PX;
  int room_height = gtk_widget_get_height (GTK_WIDGET (parent)) - 2 * SHORTCUTS_MARGIN_PX;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (width > room_width)
    put_columns_below_each_other (content);
  gtk_window_set_child (window, NULL);
  g_object_set (scroller, "child", content, "propagate-natural-width", TRUE, "propagate-natural-height", TRUE,
                "max-content-width", MAX (room_width, 1), "max-content-height", MAX (room_height, 1), NULL);
  gtk_window_set_child (window, scroller);
  gtk_window_set_focus (window, scroller); /* the arrows scroll it */
  gtk_window_set_transient_for (window, parent);
}

/* Only a builder can fill the window in GTK 4.8. On several pages the groups would come in an order that nobody chose:
 * there is one. */
GtkWidget *
hr_actions_new_shortcuts_window (GtkWindow *parent)
{
  g_autoptr (GString) text = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                                           "<property name='modal'>1</property>"
                                           "<child><object class='GtkShortcutsSection'>"
                                           "<property name='section-name'>shortcuts</property>"
                                           "<property name='max-height'>1000</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  for (guint i = 0; i < HR_N_GROUPS; i++)
    describe_group (text, i);
  g_string_append (text, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (text->str, -1);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  fit (window, parent);
  return GTK_WIDGET (window);
}
