/*
 * Where the keyboard is in a window when panels come and go, and what undoing is about there.
 */
#include <adwaita.h>

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "tests/app/window-fixture.h"

/* The field goes with its panel; the next key must not. */
static void
test_focus_goes_on (WindowFixture *fixture, gconstpointer application)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *before, *after;

  window_open_sample (fixture);
  window_wait_for_draw (fixture);
  hr_session_select_entity (fixture->session, "Message");
  window_activate (fixture, "win.rename");
  before = gtk_window_get_focus (window);
  g_assert_true (gtk_widget_is_ancestor (before, fixture->window->inspector));
  g_object_add_weak_pointer (G_OBJECT (before), (gpointer *) &before);
  hr_session_select_pattern (fixture->session, "A");
  while (before != NULL && gtk_widget_get_mapped (before))
    g_main_context_iteration (NULL, TRUE);
  while (fixture->window->mend_idle != 0) /* which is before any event */
    g_main_context_iteration (NULL, FALSE);
  after = gtk_window_get_focus (window);
  g_assert_true (after == NULL || gtk_widget_get_mapped (after));
  if (before != NULL)
    g_object_remove_weak_pointer (G_OBJECT (before), (gpointer *) &before);
}

/* What was looked for is there to be edited: its row is open, and its name has the focus. */
static void
test_edit_target (WindowFixture *fixture, gconstpointer application)
{
  const HrTarget target = HR_TARGET (ATTRIBUTE, "cruddur-messages", "Message group", "user_handle");
  g_autofree char *view = NULL;
  GtkWidget *focus;

  window_open_sample (fixture);
  window_wait_for_draw (fixture);
  g_object_set (fixture->session, "view", "table", NULL);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), "win.edit-target",
                                                     hr_target_to_variant (&target)));
  window_wait_until_idle (fixture->session);
  while (fixture->window->inspector_idle != 0)
    g_main_context_iteration (NULL, TRUE);
  window_wait_for_draw (fixture);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_TEXT (focus) && gtk_widget_get_mapped (focus));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "user_handle");
  g_object_get (fixture->session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "design");
}

static GtkEditable *
focus_name (WindowFixture *fixture)
{
  window_activate (fixture, "win.rename");
  while (fixture->window->inspector_idle != 0)
    g_main_context_iteration (NULL, TRUE);
  window_wait_for_draw (fixture);
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (fixture->window))));
  return GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
}

/* In a field, undoing is about what was typed into it; when that is nothing, about the model. */
static void
test_undo_in_field (WindowFixture *fixture, gconstpointer application)
{
  GtkEditable *text;
  int position = 0;

  window_open_sample (fixture);
  window_wait_for_draw (fixture);
  hr_session_select_entity (fixture->session, "Message");
  g_assert_true (hr_session_rename (fixture->session, &HR_TARGET (ENTITY, "cruddur-messages", NULL, "Message"), "Note",
                                    NULL));
  text = focus_name (fixture);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Note");
  gtk_editable_insert_text (text, "A ", -1, &position);
  window_activate (fixture, "win.undo");
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Note");
  g_assert_true (hr_session_is_modified (fixture->session));

  window_activate (fixture, "win.undo");
  g_assert_false (hr_session_is_modified (fixture->session));
  text = focus_name (fixture);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Message");
  window_activate (fixture, "win.redo");
  g_assert_true (hr_session_is_modified (fixture->session));
}

#define ADD(path, func) \
  g_test_add ("/window-focus/" path, WindowFixture, application, window_set_up, func, window_tear_down)

static void
add_tests (HrApplication *application)
{
  ADD ("goes-on", test_focus_goes_on);
  ADD ("edit-target", test_edit_target);
  ADD ("undo-in-field", test_undo_in_field);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
