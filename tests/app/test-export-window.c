/* The export window over a real one, on a display that nobody sees. */
#include "app/ui/window/export-window.h"
#include "tests/app/window-fixture.h"

static void
find_chosen_cb (GtkWidget *widget, gpointer user_data)
{
  GtkListBoxRow **chosen = user_data;

  if (GTK_IS_LIST_BOX (widget) && *chosen == NULL)
    *chosen = gtk_list_box_get_selected_row (GTK_LIST_BOX (widget));
}

static int
measure_height (gpointer widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* The chosen format has the focus, and as much room as one that is not chosen. */
static void
test_export (WindowFixture *fixture, gconstpointer application)
{
  GtkListBoxRow *chosen = NULL;
  GtkWidget *window;

  window_open_sample (fixture);
  window = hr_export_window_new (GTK_WINDOW (fixture->window), fixture->session, NULL);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  window_foreach_widget (window, find_chosen_cb, &chosen);
  g_assert_nonnull (chosen);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == GTK_WIDGET (chosen));
  g_assert_cmpint (measure_height (chosen), ==,
                   measure_height (gtk_widget_get_next_sibling (GTK_WIDGET (chosen))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (HrApplication *application)
{
  g_test_add ("/export-window/chosen", WindowFixture, application, window_set_up, test_export, window_tear_down);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
