/*
 * Real windows, in this process, on a display that nobody sees.
 *
 * Acts as a person does, by actions and by widgets, and looks at the session and at what assistive tools are told.
 */

#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/tooltip.h"
#include "model/document/store.h"
#include "tests/app/window-fixture.h"

static void
find_by_action_cb (GtkWidget *widget, gpointer user_data)
{
  gpointer *search = user_data;

  if (GTK_IS_ACTIONABLE (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), search[0]) == 0)
    search[1] = widget;
}

static GtkWidget *
find_by_action (WindowFixture *fixture, const char *action)
{
  gpointer search[2] = { (gpointer) action, NULL };

  window_foreach_widget (GTK_WIDGET (fixture->window), find_by_action_cb, search);
  g_assert_nonnull (search[1]);
  return search[1];
}

/* What a person would have to be told to know what it is. */
static gboolean
has_label_inside (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label_inside (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_interactive (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_TEXT (widget)
         || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_SPIN_BUTTON (widget)
         || (gtk_widget_get_focusable (widget) && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))
                                                      == GTK_ACCESSIBLE_ROLE_GRID);
}

/* The library's own parts (window controls, the inner button of a menu button) are its own affair. */
static gboolean
is_part_of_library (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
         || (parent != NULL && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_SPIN_BUTTON (parent) || GTK_IS_ENTRY (parent)
                                || GTK_IS_SEARCH_ENTRY (parent)))
         || gtk_widget_get_ancestor (widget, GTK_TYPE_INFO_BAR) != NULL
         || (GTK_IS_TEXT (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL);
}

static void
check_name_cb (GtkWidget *widget, gpointer user_data)
{
  guint *n_checked = user_data;
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!gtk_widget_get_mapped (widget) || !is_interactive (widget) || is_part_of_library (widget))
    return;
  (*n_checked)++;
  g_assert_cmpint (gtk_accessible_get_accessible_role (accessible), !=, GTK_ACCESSIBLE_ROLE_WIDGET);
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && !has_label_inside (widget))
    g_error ("a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
}

static guint
check_names (WindowFixture *fixture)
{
  guint n_checked = 0;

  window_foreach_widget (GTK_WIDGET (fixture->window), check_name_cb, &n_checked);
  return n_checked;
}

static void
test_start (WindowFixture *fixture, gconstpointer application)
{
  window_wait_for_draw (fixture);
  g_assert_null (hr_session_get_document (fixture->session));
  g_assert_true (gtk_widget_get_mapped (find_by_action (fixture, "win.open-sample")));
  g_assert_false (gtk_widget_get_sensitive (find_by_action (fixture, "win.undo")));
  g_assert_cmpuint (check_names (fixture), >, 3);
}

static void
test_names (WindowFixture *fixture, gconstpointer application)
{
  const char *const views[] = { "design", "table", "patterns" };

  window_open_sample (fixture);
  hr_session_run_pattern (fixture->session, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_object_set (fixture->session, "view", views[i], NULL);
      window_wait_for_draw (fixture);
      g_assert_cmpuint (check_names (fixture), >, 15);
    }
}

static void
test_run (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *view = NULL;

  window_open_sample (fixture);
  window_activate (fixture, "win.run-pattern");
  g_object_get (fixture->session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "patterns");
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, ==, HR_RUN_PASSED);
  window_activate (fixture, "win.clear-run");
  g_assert_null (hr_session_get_run (fixture->session));
  window_activate (fixture, "win.step-pattern");
  g_assert_cmpuint (hr_session_get_run_stage (fixture->session), ==, 1);
  window_activate (fixture, "win.run-all");
}

static void
add_item (HrDocument *document)
{
  const char *json = "{\"pk\": {\"S\": \"MSG#new\"}, \"sk\": {\"S\": \"2026\"}}";

  g_assert_true (hr_document_begin_edit (document, "Add an item", NULL));
  g_assert_true (hr_document_add_item (document, "cruddur-messages", json, strlen (json), -1, HR_RANGE_NONE, NULL));
  g_assert_true (hr_document_commit_edit (document, NULL));
}

static void
test_undo (WindowFixture *fixture, gconstpointer application)
{
  HrDocument *document;
  GtkWidget *undo = find_by_action (fixture, "win.undo");

  window_open_sample (fixture);
  document = hr_session_get_document (fixture->session);
  add_item (document);
  g_assert_true (gtk_widget_get_sensitive (undo));
  g_assert_cmpstr (hr_tooltip_get (undo), ==, "Undo Add an item");
  window_activate (fixture, "win.undo");
  g_assert_false (gtk_widget_get_sensitive (undo));
  g_assert_false (hr_document_is_modified (document));
  g_assert_true (gtk_widget_get_sensitive (find_by_action (fixture, "win.redo")));
}

/* F6 goes round; the status bar is not shown here. */
static void
test_panes (WindowFixture *fixture, gconstpointer application)
{
  GtkWidget *const panes[] = { GTK_WIDGET (fixture->window->switcher), fixture->window->sidebar,
                               GTK_WIDGET (fixture->window->views), fixture->window->inspector };
  const guint n_panes = G_N_ELEMENTS (panes);

  window_open_sample (fixture);
  window_activate (fixture, "win.run-pattern");
  window_wait_for_draw (fixture);
  gtk_widget_child_focus (panes[0], GTK_DIR_TAB_FORWARD);
  for (guint i = 1; i <= n_panes; i++)
    {
      window_activate (fixture, "win.next-pane");
      window_wait_for_draw (fixture);
      g_assert_true (
          gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), panes[i % n_panes]));
    }
  window_activate (fixture, "win.previous-pane");
  window_wait_for_draw (fixture);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), panes[n_panes - 1]));
}

typedef struct
{
  const char *child; /* of the stack */
  GtkWidget *found;
} StackSearch;

static void
find_stack_cb (GtkWidget *widget, gpointer user_data)
{
  StackSearch *search = user_data;

  if (GTK_IS_STACK (widget) && gtk_stack_get_child_by_name (GTK_STACK (widget), search->child) != NULL)
    search->found = widget;
}

/* What a run gave goes and comes, whoever has the focus; where there is nothing below, nothing happens. */
static void
test_panel (WindowFixture *fixture, gconstpointer application)
{
  StackSearch panel = { "plan", NULL };

  window_open_sample (fixture);
  window_activate (fixture, "win.run-pattern");
  window_wait_for_draw (fixture);
  window_foreach_widget (GTK_WIDGET (fixture->window), find_stack_cb, &panel);
  g_assert_true (gtk_widget_get_visible (panel.found));
  gtk_widget_grab_focus (fixture->window->sidebar);
  window_activate (fixture, "win.toggle-panel");
  g_assert_false (gtk_widget_get_visible (panel.found));
  g_object_set (fixture->session, "view", "table", NULL);
  window_activate (fixture, "win.toggle-panel");
  g_assert_false (gtk_widget_get_visible (panel.found));
  g_object_set (fixture->session, "view", "patterns", NULL);
  window_activate (fixture, "win.toggle-panel");
  g_assert_true (gtk_widget_get_visible (panel.found));
}

/* Sidebar, inspector, views, density and zoom, all without a pointer. */
static void
test_view_actions (WindowFixture *fixture, gconstpointer application)
{
  guint density;
  double zoom;

  window_open_sample (fixture);
  window_activate (fixture, "win.toggle-sidebar");
  window_activate (fixture, "win.toggle-sidebar");
  window_activate (fixture, "win.toggle-inspector");
  window_activate (fixture, "win.filter");
  window_activate (fixture, "win.cycle-density");
  g_object_get (fixture->session, "density", &density, NULL);
  g_assert_cmpuint (density, ==, HR_DENSITY_COMFORTABLE);
  for (guint i = 0; i < 20; i++)
    window_activate (fixture, "win.zoom-in");
  g_object_get (fixture->session, "zoom", &zoom, NULL);
  g_assert_cmpfloat (zoom, ==, 3);
  window_activate (fixture, "win.zoom-reset");
  g_object_get (fixture->session, "zoom", &zoom, NULL);
  g_assert_cmpfloat (zoom, ==, 1);
  for (guint i = 0; i < 6; i++)
    window_activate (fixture, i < 3 ? "win.next-pane" : "win.previous-pane");
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
  window_activate (fixture, "win.show-problems");
}

static void
test_sizes (WindowFixture *fixture, gconstpointer application)
{
  const int sizes[][2] = { { 1440, 900 }, { 1024, 768 }, { 800, 600 }, { 720, 480 } };

  window_open_sample (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), sizes[i][0], sizes[i][1]);
      window_wait_for_draw (fixture);
      window_wait_for_draw (fixture);
    }
}

static void
test_shortcuts (WindowFixture *fixture, gconstpointer application)
{
  window_activate (fixture, "win.shortcuts");
  window_activate (fixture, "win.about");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), >=, 3);
  window_close_other_windows ();
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The store of work that was not saved. */
static char *
leave_behind (const char *path)
{
  HrSession *session = hr_session_new ();
  GAsyncResult *result = NULL;
  char *store;

  hr_session_open_async (session, path, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hr_session_open_finish (session, result, NULL));
  g_object_unref (result);
  add_item (hr_session_get_document (session));
  store = g_strdup (hr_document_get_store (hr_session_get_document (session)));
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  while (session != NULL)
    g_main_context_iteration (NULL, TRUE);
  return store;
}

static void
test_restore (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autofree char *entry = leave_behind (path);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.restore", "^ay", entry);
  window_wait_until_idle (fixture->session);
  g_assert_nonnull (hr_session_get_document (fixture->session));
  g_assert_cmpuint (hr_session_get_table_totals (fixture->session, "cruddur-messages")->n_rows, ==, 150);
  g_assert_cmpstr (hr_session_get_path (fixture->session), ==, path);
  g_assert_true (hr_session_is_modified (fixture->session));

  fixture->window->may_close = TRUE; /* as when it has been answered that the changes are not wanted */
  g_object_ref (fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_false (g_file_test (entry, G_FILE_TEST_EXISTS));
  g_object_unref (fixture->window);
  fixture->window = hr_window_new (fixture->application);
}

static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
test_close (WindowFixture *fixture, gconstpointer application)
{
  window_open_sample (fixture);
  add_item (hr_session_get_document (fixture->session));
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_nonnull (find_question ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "cancel");
  gtk_window_destroy (find_question ());
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
  g_assert_false (fixture->window->may_close);

  g_assert_true (hr_document_undo (hr_session_get_document (fixture->session), NULL));
  g_assert_true (hr_window_check_close (fixture->window));
  g_assert_null (find_question ());
}

/* Answered with Save, it is written where it came from, and the window goes. */
static void
test_close_and_save (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *sample = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-window-close.hashrange.json", NULL);
  g_autofree char *text = NULL;
  HrWindow *window = hr_window_new (fixture->application);
  HrSession *session = hr_window_get_session (window);

  g_assert_true (g_file_get_contents (sample, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  gtk_window_present (GTK_WINDOW (window));
  hr_window_open_path (window, path);
  window_wait_until_idle (session);
  add_item (hr_session_get_document (session));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "save");
  if (find_question () != NULL)
    gtk_window_destroy (find_question ());
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "MSG#new"));
  g_unlink (path);
}

/* Answered with Discard, the file is as it was. */
static void
test_close_and_discard (WindowFixture *fixture, gconstpointer application)
{
  HrWindow *window = hr_window_new (fixture->application);
  HrSession *session = hr_window_get_session (window);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-sample", NULL);
  window_wait_until_idle (session);
  add_item (hr_session_get_document (session));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "discard");
  if (find_question () != NULL)
    gtk_window_destroy (find_question ());
  while (window != NULL && g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (window);
}

static GtkDropTarget *
find_drop_target (HrWindow *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

static gboolean
drop (HrWindow *window, GFile *file)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, g_slist_append (NULL, g_object_ref (file)));
  g_signal_emit_by_name (find_drop_target (window), "drop", &value, 10.0, 10.0, &taken);
  return taken;
}

static void
test_drop (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("http://example.org/model.hashrange.json");

  g_assert_true (drop (fixture->window, elsewhere));
  window_wait_until_idle (fixture->session);
  g_assert_null (hr_session_get_document (fixture->session));
  g_assert_true (drop (fixture->window, file));
  window_wait_until_idle (fixture->session);
  g_assert_nonnull (hr_session_get_document (fixture->session));
  g_assert_cmpstr (hr_session_get_path (fixture->session), ==, path);
}

/* A recent file that has gone stays in the list until it is found or removed. */
static void
test_locate (WindowFixture *fixture, gconstpointer application)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "samples", "cruddur-messages.hashrange.json", NULL);
  const char *gone = "/nowhere/at-all.hashrange.json";
  GListModel *recent = hr_preferences_get_recent (preferences);

  hr_preferences_add_recent (preferences, gone);
  window_wait_for_draw (fixture);
  g_assert_true (gtk_widget_get_mapped (find_by_action (fixture, "win.locate")));
  hr_window_located (fixture->window, gone, path);
  window_wait_until_idle (fixture->session);
  g_assert_cmpstr (hr_session_get_path (fixture->session), ==, path);
  for (guint i = 0; i < g_list_model_get_n_items (recent); i++)
    g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (recent), i), !=, gone);
}

/* What is open stays, and it is said why. */
static void
test_open_broken (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "hr-window-broken.hashrange.json", NULL);
  HrDocument *document;

  window_open_sample (fixture);
  document = hr_session_get_document (fixture->session);
  g_assert_true (g_file_set_contents (path, "{oops", -1, NULL));
  hr_window_open_path (fixture->window, path);
  window_wait_until_idle (fixture->session);
  g_assert_nonnull (find_question ());
  g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_question ())),
                                   "Line 1, column 2: "));
  gtk_window_destroy (find_question ());
  g_assert_true (hr_session_get_document (fixture->session) == document);
  g_unlink (path);
}

static void
check_still_cb (GtkWidget *widget, gpointer user_data)
{
  const char *action = user_data;
  GtkRevealer *revealer = GTK_IS_REVEALER (widget) && gtk_widget_get_mapped (widget) ? GTK_REVEALER (widget) : NULL;

  if (revealer != NULL && gtk_revealer_get_child_revealed (revealer) != gtk_revealer_get_reveal_child (revealer))
    g_error ("%s: a revealer moves", action);
  if (ADW_IS_FLAP (widget)
      && adw_flap_get_reveal_progress (ADW_FLAP (widget)) != adw_flap_get_reveal_flap (ADW_FLAP (widget)))
    g_error ("%s: a flap moves", action);
  if (GTK_IS_STACK (widget) && gtk_stack_get_transition_running (GTK_STACK (widget)))
    g_error ("%s: a stack moves", action);
}

static void
count_frame_cb (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

/* Where no movement is wanted everything is in its place at once, and nothing is drawn again and again. */
static void
test_no_movement (WindowFixture *fixture, gconstpointer application)
{
  static const char *const actions[] = {
    "win.toggle-sidebar", "win.toggle-inspector", "win.toggle-sidebar", "win.toggle-inspector", "win.show-problems",
    "win.side-by-side",   "win.run-pattern",      "win.step-pattern",   "win.show-history",     "win.show-coverage",
    "win.run-all",        "win.add-entity",       "win.undo-edit",
  };
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (fixture->window));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gint64 end_us;
  guint n_frames = 0;
  gulong handler;

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  window_open_sample (fixture);
  window_wait_for_draw (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), actions[i], NULL));
      window_foreach_widget (GTK_WIDGET (fixture->window), check_still_cb, (gpointer) actions[i]);
      window_wait_for_draw (fixture);
    }

  handler = g_signal_connect (clock, "paint", G_CALLBACK (count_frame_cb), &n_frames);
  for (end_us = g_get_monotonic_time () + 2 * G_TIME_SPAN_SECOND; g_get_monotonic_time () < end_us;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_signal_handler_disconnect (clock, handler);
  g_test_message ("%u frames in two seconds in which nothing is done", n_frames);
  g_assert_cmpuint (n_frames, <, 40); /* of about 120: a cursor blinks */
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

/* Whoever is quicker than the file is not to press keys again. */
static void
test_awaited (WindowFixture *fixture, gconstpointer application)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  window_wait_for_draw (fixture);
  g_assert_true (gtk_widget_activate_action (window, "win.open-sample", NULL));
  g_assert_true (gtk_widget_activate_action (window, "win.view", "s", "table"));
  g_assert_true (gtk_widget_activate_action (window, "win.run-all", NULL));
  g_assert_null (hr_session_get_document (fixture->session));
  window_wait_until_idle (fixture->session);
  g_assert_cmpuint (hr_window_get_view (fixture->window), ==, 1);
  g_assert_nonnull (hr_session_get_last_run (fixture->session, "A"));
}

/* What cannot be opened is asked nothing. */
static void
test_awaited_in_vain (WindowFixture *fixture, gconstpointer application)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  window_wait_for_draw (fixture);
  hr_window_open_path (fixture->window, "/nowhere/at/all");
  g_assert_true (gtk_widget_activate_action (window, "win.run-all", NULL));
  window_wait_until_idle (fixture->session);
  gtk_window_destroy (find_question ());
  window_open_sample (fixture);
  g_assert_null (hr_session_get_last_run (fixture->session, "A"));
}

/* Nothing holds a window that is gone. */
static void
test_release (WindowFixture *fixture, gconstpointer application)
{
  HrWindow *window = hr_window_new (fixture->application);
  HrSession *session = hr_window_get_session (window);

  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-sample", NULL);
  window_wait_until_idle (session);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (window);
  g_assert_null (session);
}

#define ADD(path, func) \
  g_test_add ("/window/" path, WindowFixture, application, window_set_up, func, window_tear_down)

static void
add_tests (HrApplication *application)
{
  ADD ("start", test_start);
  ADD ("names", test_names);
  ADD ("run", test_run);
  ADD ("undo", test_undo);
  ADD ("panes", test_panes);
  ADD ("panel", test_panel);
  ADD ("view-actions", test_view_actions);
  ADD ("sizes", test_sizes);
  ADD ("shortcuts", test_shortcuts);
  ADD ("close", test_close);
  ADD ("close-and-save", test_close_and_save);
  ADD ("close-and-discard", test_close_and_discard);
  ADD ("drop", test_drop);
  ADD ("locate", test_locate);
  ADD ("open-broken", test_open_broken);
  ADD ("awaited", test_awaited);
  ADD ("awaited-in-vain", test_awaited_in_vain);
  ADD ("restore", test_restore);
  ADD ("release", test_release);
  /* the last: where animations are switched on again, libadwaita 1.2 may measure the next window's flaps wrongly */
  ADD ("no-movement", test_no_movement);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
