/*
 * Every screen at every size, as it stands: nothing cut off, nothing outside of the window, nothing on top of something
 * else, everything with a name.
 *
 * How it looks is decided by the environment: LANGUAGE (tests/pseudo.py), HR_LOOKS_TEXT (a factor), HR_LOOKS_DARK,
 * HR_LOOKS_DIRECTION (rtl), ADW_DEBUG_HIGH_CONTRAST; HR_LOOKS_SIZES is how many of the sizes. A new page or window is a
 * row of a table.
 *
 * With HR_LOOKS_PICTURES=FOLDER nothing is judged: each screen is kept as FOLDER/SCREEN-LOOK-SIZE.png for a person to
 * look at, where LOOK is what HR_LOOKS_NAME says.
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/session/session-private.h"
#include "app/ui/pages/request-view.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/sidebar.h"
#include "app/ui/window/window-private.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "tests/app/looks.h"
#include "tests/app/picture.h"

/* Layout takes a few turns of the main loop: flaps fold, switchers move. */
#define QUIET_TURNS 40
#define TURNS_MAX   1000 /* where something is always going on */

#define N_MANY 60

#define ITEM_PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399" /* the sample's first item */
#define ITEM_SK "2026-03-02T10:04:00.000000+00:00"

typedef struct
{
  const char *name;
  const char *view;                      /* NULL: the start page */
  void (*arrange) (HrSession *session);  /* or NULL */
  const char *action;                    /* of the window, which opens another one; or NULL */
  gboolean has_inspector;
  void (*work) (HrWindow *window);       /* what is done by hand then; or NULL */
} Screen;

typedef struct
{
  int width, height;
} Size;

typedef struct
{
  HrApplication *application;
  const Screen *screen;
  const Size *size;
} Case;

static void
run_pattern (HrSession *session, const char *id)
{
  g_autoptr (GError) error = NULL;

  hr_session_run_all (session, &error);
  g_assert_no_error (error);
  hr_session_select_pattern (session, id);
  hr_session_run_pattern (session, &error);
  g_assert_no_error (error);
}

static void
run_query (HrSession *session)
{
  run_pattern (session, "A");
}

static void
run_write (HrSession *session)
{
  run_pattern (session, "D");
}

static const HrTable *
get_table (HrSession *session)
{
  return g_ptr_array_index (hr_document_get_model (hr_session_get_document (session))->tables, 0);
}

static void
select_table (HrSession *session)
{
  hr_session_show_table (session, get_table (session)->name, NULL);
}

static void
select_entity (HrSession *session)
{
  select_table (session);
  hr_session_select_entity (session, "Message");
}

static void
select_index (HrSession *session)
{
  const HrIndex *index = g_ptr_array_index (get_table (session)->indexes, 0);

  hr_session_show_table (session, get_table (session)->name, index->name);
  hr_session_select_entity (session, NULL);
}

static void
select_pattern (HrSession *session)
{
  hr_session_select_pattern (session, "D");
}

static void
select_item (HrSession *session)
{
  const HrMember members[] = { { "pk", 2, hr_value_string (ITEM_PK, strlen (ITEM_PK)) },
                               { "sk", 2, hr_value_string (ITEM_SK, strlen (ITEM_SK)) } };
  const HrValue key = hr_value_map (members, 2);

  select_table (session);
  hr_session_select_item (session, &key, 0);
}

static void
select_several (HrSession *session)
{
  select_item (session);
  hr_session_select_row (session, 0, 2, 0, HR_SELECT_EXTEND);
}

/* An item without a sort key. */
static void
select_draft (HrSession *session)
{
  const char *json = "{\"pk\": {\"S\": \"" ITEM_PK "\"}}";
  HrDocument *document = hr_session_get_document (session);

  g_assert_true (hr_document_begin_edit (document, "Add", NULL));
  g_assert_true (hr_document_add_item (document, get_table (session)->name, json, strlen (json), -1, HR_RANGE_NONE,
                                       NULL));
  g_assert_true (hr_document_commit_edit (document, NULL));
  hr_session_select_draft (session, hr_document_get_draft (document, 0)->ordinal);
}

/* A table of the same name, for names of the sample need no translation. */
static void
empty_table (HrSession *session)
{
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *name = g_strdup (get_table (session)->name);
  g_autofree HrTarget *gone = hr_document_remove_definition (document, &HR_TARGET (TABLE, name, NULL, NULL), NULL);
  g_autofree HrTarget *table = hr_document_add_table (document, name, NULL);

  g_assert_nonnull (gone);
  g_assert_nonnull (table);
  select_table (session);
}

/* More than are shown as cards; with accents, which names of ours have in the made-up language. */
static gboolean
multiply (HrModel *model, gpointer user_data, GError **error)
{
  HrTable *table = g_ptr_array_index (model->tables, 0);

  for (guint i = table->entities->len; i < N_MANY; i++)
    {
      HrEntity *entity = hr_entity_copy (g_ptr_array_index (table->entities, 0));
      HrPattern *pattern = hr_pattern_copy (g_ptr_array_index (model->patterns, 0));

      g_free (entity->name);
      g_free (pattern->id);
      g_free (pattern->name);
      entity->name = g_strdup_printf ("Café %u", i);
      pattern->id = g_strdup_printf ("P%u", i);
      pattern->name = g_strdup_printf ("Où est le café %u ?", i);
      g_ptr_array_add (table->entities, entity);
      g_ptr_array_add (model->patterns, pattern);
    }
  return TRUE;
}

static void
define_many (HrSession *session)
{
  const HrEdit edit = { .name = "Multiply" };
  g_autoptr (GError) error = NULL;

  hr_session_edit_model (session, &edit, multiply, NULL, &error);
  g_assert_no_error (error);
  select_entity (session);
}

typedef gboolean (*IsWanted) (GtkWidget *widget);

static GtkWidget *
find (GtkWidget *widget, IsWanted is_wanted)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && is_wanted (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, is_wanted);
  return found;
}

static gboolean
is_request_tab (GtkWidget *widget)
{
  return GTK_IS_TOGGLE_BUTTON (widget) && g_str_equal (gtk_widget_get_name (widget), "request");
}

static void
show_request (HrWindow *window)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (GTK_WIDGET (window), is_request_tab)), TRUE);
}

static gboolean
is_list_of_languages (GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN (widget) && g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (widget))) == 2
         && gtk_widget_get_ancestor (widget, HR_TYPE_REQUEST_VIEW) != NULL;
}

static void
show_partiql (HrWindow *window)
{
  show_request (window);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (GTK_WIDGET (window), is_list_of_languages)), 1);
}

static gboolean
is_history (GtkWidget *widget)
{
  return GTK_IS_COLUMN_VIEW (widget);
}

static void
compare_runs (HrWindow *window)
{
  GtkWidget *history = find (GTK_WIDGET (window), is_history);

  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (history)), 0, TRUE);
  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (history)), 1, FALSE);
}

static void
show_overtaken (HrWindow *window)
{
  gtk_info_bar_set_revealed (window->overtaken_bar, TRUE);
}

static gboolean
is_next_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "go-next-symbolic") == 0;
}

static void
select_link (HrWindow *window)
{
  g_signal_emit_by_name (find (GTK_WIDGET (window), is_next_button), "clicked");
}

static void
select_several_links (HrWindow *window)
{
  select_link (window);
  hr_session_select_row (window->session, 0, 1, 0, HR_SELECT_EXTEND);
}

static gboolean
is_endpoint (GtkWidget *widget)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_widget_has_css_class (widget, "hr-foot-menu");
}

static void
show_endpoint (HrWindow *window)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (find (GTK_WIDGET (window), is_endpoint)));
}

static gboolean
is_popover (GtkWidget *widget)
{
  return GTK_IS_POPOVER (widget);
}

/* Another window, or a popover. */
static GtkWidget *
find_dialog (HrWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *popover = find (GTK_WIDGET (window), is_popover);

  if (popover != NULL)
    return popover;
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (toplevels, i);

      if (other != GTK_WIDGET (window) && gtk_widget_get_mapped (other))
        return other;
    }
  return NULL;
}

static void
wait_for_dialog (HrWindow *window)
{
  while (find_dialog (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* It takes a while until it can be called off. */
static void
show_work (HrWindow *window)
{
  g_autofree char *text = g_strdup_printf (_ ("Opening %s…"), "cruddur-messages.hashrange.json");

  hr_session_set_busy (window->session, text);
  while (!gtk_widget_get_mapped (GTK_WIDGET (window->cancel_button)))
    g_main_context_iteration (NULL, TRUE);
}

/* They come a while after the last edit. */
static void
wait_for_findings (HrWindow *window)
{
  while (hr_session_count_problems (window->session) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
fail_to_save (HrWindow *window)
{
  hr_window_save_to (window, "/nowhere/at/all/messages.hashrange.json");
  wait_for_dialog (window);
}

/* With what it was before beside it. */
static void
open_damaged (HrWindow *window)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp (NULL, &error);
  g_autofree char *path = g_build_filename (folder, "messages.hashrange.json", NULL);
  g_autofree char *backup = g_strconcat (path, "~", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, "{\n  \"hashrange\": 1,\n  \"name\": ", -1, NULL));
  g_assert_true (g_file_set_contents (backup, "{}", -1, NULL));
  hr_window_open_path (window, path);
  wait_for_dialog (window);
  g_unlink (path);
  g_unlink (backup);
  g_rmdir (folder);
}

static gboolean
is_of_second_button (gpointer controller)
{
  return GTK_IS_GESTURE_CLICK (controller)
         && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_SECONDARY;
}

/* The patterns that can ask for an entity. */
static void
show_entity_menu (HrWindow *window)
{
  GtkWidget *row = gtk_widget_get_parent (hr_sidebar_get_selected_line (HR_SIDEBAR (window->sidebar)));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (gtk_widget_get_parent (row));
  g_autoptr (GObject) found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (is_of_second_button (controller))
        g_set_object (&found, controller);
    }
  g_signal_emit_by_name (found, "pressed", 1, 60.0, 12.0);
  wait_for_dialog (window);
  g_object_set (find_dialog (window), "visible-submenu", _ ("_Ask for These In"), NULL);
}

static const Screen screens[] = {
  { "start", NULL, NULL, NULL, FALSE, NULL },
  { "opening", NULL, NULL, NULL, FALSE, show_work },
  { "design", "design", NULL, NULL, TRUE, NULL },
  { "design/table", "design", select_table, NULL, TRUE, NULL },
  { "design/entity", "design", select_entity, NULL, TRUE, NULL },
  { "design/index", "design", select_index, NULL, TRUE, NULL },
  { "design/pattern", "design", select_pattern, NULL, TRUE, NULL },
  { "design/problems", "design", NULL, "win.show-problems", TRUE, NULL },
  { "design/findings", "design", select_draft, "win.show-problems", TRUE, wait_for_findings },
  { "design/many", "design", define_many, NULL, TRUE, NULL },
  { "design/new", NULL, NULL, "win.new", TRUE, NULL },
  { "table", "table", NULL, NULL, TRUE, NULL },
  { "table/item", "table", select_item, NULL, FALSE, NULL },
  { "table/several", "table", select_several, NULL, TRUE, NULL },
  { "table/draft", "table", select_draft, NULL, TRUE, NULL },
  { "table/move", "table", select_item, "win.move-item", FALSE, NULL },
  { "table/empty", "table", empty_table, NULL, TRUE, NULL },
  { "design/empty", "design", empty_table, NULL, TRUE, NULL },
  { "table/side-by-side", "table", NULL, "win.side-by-side", FALSE, NULL },
  { "table/linked", "table", NULL, "win.side-by-side", FALSE, select_link },
  { "table/several-linked", "table", NULL, "win.side-by-side", FALSE, select_several_links },
  { "table/overtaken", "table", NULL, NULL, FALSE, show_overtaken },
  { "patterns", "patterns", NULL, NULL, TRUE, NULL },
  { "patterns/query", "patterns", run_query, NULL, TRUE, NULL },
  { "patterns/write", "patterns", run_write, NULL, TRUE, NULL },
  { "patterns/kept", "patterns", run_write, "win.keep-run", TRUE, NULL },
  { "patterns/request", "patterns", run_query, NULL, TRUE, show_request },
  { "patterns/partiql", "patterns", run_query, NULL, TRUE, show_partiql },
  { "patterns/history", "patterns", run_query, "win.show-history", TRUE, NULL },
  { "patterns/compare", "patterns", run_query, "win.show-history", TRUE, compare_runs },
  { "patterns/coverage", "patterns", run_query, "win.show-coverage", TRUE, NULL },
};

/* Windows and popovers, whose size is their own: looked at once. */
static const Screen dialogs[] = {
  { "not-saved", "design", NULL, NULL, FALSE, fail_to_save },
  { "damaged", NULL, NULL, NULL, FALSE, open_damaged },
  { "menu/entity", "design", select_entity, NULL, FALSE, show_entity_menu },
  { "endpoint", "table", NULL, NULL, FALSE, show_endpoint },
  { "tour", "design", NULL, "win.tour", FALSE, NULL },
  { "help/start", NULL, NULL, "win.help", FALSE, NULL },
  { "help/design", "design", select_entity, "win.help", FALSE, NULL },
  { "help/table", "table", select_several, "win.help", FALSE, NULL },
  { "help/patterns", "patterns", run_query, "win.help", FALSE, NULL },
  { "palette", "design", NULL, "win.palette", FALSE, NULL },
  { "export", "design", NULL, "win.export", FALSE, NULL },
  { "shortcuts", "design", NULL, "win.shortcuts", FALSE, NULL },
  { "preferences", NULL, NULL, "win.preferences", FALSE, NULL },
  { "about", NULL, NULL, "win.about", FALSE, NULL },
};

static const Size sizes[] = { { 1440, 900 }, { 1024, 768 }, { 720, 480 } };

/* Drawn once, and then until nothing has happened for some turns of the main loop, however long they take: a busy
 * machine needs as many. What is asked of the display has been answered by then. */
static void
settle (GtkWidget *widget)
{
  guint n_quiet = 0;

  gtk_test_widget_wait_for_draw (widget);
  for (guint turn = 0; n_quiet < QUIET_TURNS && turn < TURNS_MAX; turn++)
    if (g_main_context_iteration (NULL, FALSE))
      n_quiet = 0;
    else
      {
        gdk_display_sync (gtk_widget_get_display (widget));
        g_usleep (1000);
        n_quiet++;
      }
}

static gboolean
is_pseudo (void)
{
  return g_strcmp0 (g_getenv ("LANGUAGE"), "qps") == 0;
}

/* Print of double size may shorten what it says. */
static gboolean
is_large (void)
{
  return g_getenv ("HR_LOOKS_TEXT") != NULL;
}

/* Where there is room, nothing of ours is cut off; small windows and large print may shorten. */
static HrLookFlags
get_wanted (const Size *size)
{
  HrLookFlags wanted = HR_LOOK_OUTSIDE | HR_LOOK_OVERLAP | HR_LOOK_UNNAMED | HR_LOOK_SHORTENED;

  if (is_pseudo ())
    wanted |= HR_LOOK_UNTRANSLATED;
  if (size->width >= 1440 && !is_large ())
    wanted |= HR_LOOK_CUT_OFF;
  return wanted;
}

/* A failure lists all that is wrong. */
static void
assert_well (GtkWidget *window, gboolean has_size, const Case *data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autofree char *own = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_true (g_file_get_contents (path, &own, NULL, NULL));
  findings = hr_look_find (window, has_size ? data->size->width : 0, data->size->height, get_wanted (data->size), own);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s at %d×%d: %s", data->screen->name, data->size->width, data->size->height,
                    (char *) g_ptr_array_index (findings, i));
  if (findings->len > 0)
    g_test_fail ();
}

static void
open_sample (HrWindow *window)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.open-sample", NULL));
  do
    g_main_context_iteration (NULL, TRUE);
  while (hr_session_is_busy (hr_window_get_session (window)));
}

static HrWindow *
show (const Case *data)
{
  HrWindow *window = hr_window_new (data->application);
  HrSession *session = hr_window_get_session (window);

  gtk_window_set_default_size (GTK_WINDOW (window), data->size->width, data->size->height);
  gtk_window_present (GTK_WINDOW (window));
  if (g_getenv ("HR_LOOKS_PICTURES") != NULL)
    hr_toasts_remove (GTK_WIDGET (window)); /* what is said for a moment would stand before what is shown */
  gtk_widget_remove_css_class (GTK_WIDGET (window), "solid-csd"); /* no window manager, no frame */
  if (data->screen->view != NULL)
    {
      open_sample (window);
      g_object_set (session, "view", data->screen->view, NULL);
      hr_window_show_inspector (window, data->screen->has_inspector && data->size->width >= 1240);
    }
  if (data->screen->arrange != NULL)
    data->screen->arrange (session);
  settle (GTK_WIDGET (window));
  return window;
}

/* Instead of judging: for a person to look at. */
static void
keep_picture (GtkWidget *window, GtkWidget *dialog, const Case *data)
{
  g_autofree char *screen = g_strdelimit (g_strdup (data->screen->name), "/", '-');
  g_autofree char *name = g_strdup_printf ("%s-%s-%dx%d.png", screen, g_getenv ("HR_LOOKS_NAME"), data->size->width,
                                           data->size->height);
  g_autofree char *path = g_build_filename (g_getenv ("HR_LOOKS_PICTURES"), name, NULL);

  if (GTK_IS_WINDOW (dialog))
    gtk_widget_remove_css_class (dialog, "solid-csd");
  g_assert_true (hr_picture_save (window, GTK_IS_WINDOW (dialog) ? dialog : NULL, path));
}

static GtkWidget *
open_dialog (HrWindow *window, const Screen *screen)
{
  GtkWidget *dialog;

  if (screen->action != NULL)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), screen->action, NULL));
      settle (GTK_WIDGET (window));
    }
  if (screen->work != NULL)
    {
      screen->work (window);
      settle (GTK_WIDGET (window));
    }
  dialog = screen->action != NULL || screen->work != NULL ? find_dialog (window) : NULL;
  if (dialog != NULL)
    settle (dialog);
  return dialog;
}

static void
do_what_waits (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_screen (gconstpointer user_data)
{
  const Case *data = user_data;
  HrWindow *window = show (data);
  GtkWidget *dialog = open_dialog (window, data->screen);

  if (g_getenv ("HR_LOOKS_PICTURES") != NULL)
    keep_picture (GTK_WIDGET (window), dialog, data);
  else
    assert_well (dialog != NULL ? dialog : GTK_WIDGET (window), dialog == NULL, data);
  if (GTK_IS_WINDOW (dialog))
    gtk_window_destroy (GTK_WINDOW (dialog));
  else if (dialog != NULL)
    gtk_popover_popdown (GTK_POPOVER (dialog));
  hr_session_set_busy (hr_window_get_session (window), NULL);
  hr_session_discard_unsaved (hr_window_get_session (window)); /* which the start page would offer to restore */
  do_what_waits (); /* a tooltip that is looked for would not find the window any more */
  gtk_window_destroy (GTK_WINDOW (window));
  do_what_waits ();
}

static void
set_look (void)
{
  const char *factor = g_getenv ("HR_LOOKS_TEXT");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", "appmenu:close", "gtk-xft-dpi",
                (int) (96 * 1024 * (factor != NULL ? g_ascii_strtod (factor, NULL) : 1)), NULL);
  if (g_getenv ("HR_LOOKS_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_strcmp0 (g_getenv ("HR_LOOKS_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

static void
add_case (HrApplication *application, const Screen *screen, const Size *size)
{
  g_autofree char *path = g_strdup_printf ("/looks/%dx%d/%s", size->width, size->height, screen->name);
  Case *data = g_new (Case, 1);

  *data = (Case) { application, screen, size };
  g_test_add_data_func_full (path, data, test_screen, g_free);
}

int
main (int argc, char **argv)
{
  const char *first_sizes = g_getenv ("HR_LOOKS_SIZES");
  guint n_sizes = first_sizes != NULL ? MIN (strtoul (first_sizes, NULL, 10), G_N_ELEMENTS (sizes))
                                      : G_N_ELEMENTS (sizes);
  g_autoptr (HrApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  hr_i18n_set_up ("");
  application = hr_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  set_look ();
  if (g_getenv ("HR_LOOKS_PICTURES") != NULL) /* without the offer of a tour in the first one */
    hr_preferences_set_int (hr_preferences_get_default (), "TourOffered", 1);
  for (guint i = 0; i < n_sizes; i++)
    for (guint j = 0; j < G_N_ELEMENTS (screens); j++)
      add_case (application, &screens[j], &sizes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    add_case (application, &dialogs[i], &sizes[0]);
  return g_test_run ();
}
