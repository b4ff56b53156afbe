/* The window that several tests act on. */

#include "tests/app/window-fixture.h"

void
window_wait_until_idle (HrSession *session)
{
  do
    g_main_context_iteration (NULL, hr_session_is_busy (session));
  while (hr_session_is_busy (session) || g_main_context_pending (NULL));
}

void
window_set_up (WindowFixture *fixture, gconstpointer application)
{
  fixture->application = HR_APPLICATION ((gpointer) application);
  fixture->window = hr_window_new (fixture->application);
  fixture->session = hr_window_get_session (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
window_tear_down (WindowFixture *fixture, gconstpointer application)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

void
window_wait_for_draw (WindowFixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  window_wait_until_idle (fixture->session);
}

void
window_activate (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  window_wait_until_idle (fixture->session);
}

void
window_open_sample (WindowFixture *fixture)
{
  window_activate (fixture, "win.open-sample");
  g_assert_nonnull (hr_session_get_document (fixture->session));
}

void
window_foreach_widget (GtkWidget *widget, WindowWidgetFunc func, gpointer user_data)
{
  func (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    window_foreach_widget (child, func, user_data);
}

void
window_close_other_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (!HR_IS_WINDOW (window))
        gtk_window_destroy (window);
    }
}

int
window_run (int argc, char **argv, void (*add) (HrApplication *application))
{
  g_autoptr (HrApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = hr_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  add (application);
  return g_test_run ();
}
