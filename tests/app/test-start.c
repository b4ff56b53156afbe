/* The start page's samples and the tour through the first of them, acted out in a window. */

#include <string.h>

#include "app/ui/sample-card.h"
#include "app/ui/tour.h"
#include "tests/app/window-fixture.h"

static const char *const tour_titles[] = { "The map", "A partition", "A question", "What it read, and what it cost",
                                           "Side by side", "Take it with you" };

static void
find_card_cb (GtkWidget *widget, gpointer user_data)
{
  if (HR_IS_SAMPLE_CARD (widget))
    g_ptr_array_add (user_data, widget);
}

static gboolean
has_picture (GtkWidget *card)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (card);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (card), gtk_widget_get_height (card));
  node = gtk_snapshot_free_to_node (snapshot);
  bytes = node != NULL ? gsk_render_node_serialize (node) : NULL;
  text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
  return strstr (text, "cairo {") != NULL;
}

/* Every sample that there is stands on the start page with its picture, and opens. */
static void
test_samples (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "samples", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  guint n_files = 0;

  while (g_dir_read_name (files) != NULL)
    n_files++;
  window_wait_for_draw (fixture);
  window_foreach_widget (GTK_WIDGET (fixture->window), find_card_cb, cards);
  g_assert_cmpuint (cards->len, ==, n_files);
  for (guint i = 0; i < cards->len; i++)
    while (!has_picture (g_ptr_array_index (cards, i)))
      g_main_context_iteration (NULL, TRUE);
  gtk_test_accessible_assert_property (g_ptr_array_index (cards, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Open the sample Cruddur messages");
  g_signal_emit_by_name (g_ptr_array_index (cards, 0), "clicked");
  window_wait_until_idle (fixture->session);
  g_assert_nonnull (hr_session_get_document (fixture->session));
}

static void
wait_for_stop (WindowFixture *fixture, guint stop)
{
  while (fixture->window->tour == NULL || hr_tour_get_stop (fixture->window->tour) != stop
         || !gtk_widget_get_mapped (fixture->window->tour))
    g_main_context_iteration (NULL, TRUE);
  gtk_test_accessible_assert_property (fixture->window->tour, GTK_ACCESSIBLE_PROPERTY_LABEL, tour_titles[stop]);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), fixture->window->tour));
}

static char *
dup_view (WindowFixture *fixture)
{
  char *view;

  g_object_get (fixture->session, "view", &view, NULL);
  return view;
}

static void
go_on (WindowFixture *fixture)
{
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (fixture->window)), "clicked");
}

/* From nothing: it opens the sample, does what it says, and can be done with the keys that it names. */
static void
test_tour (WindowFixture *fixture, gconstpointer application)
{
  g_autofree char *view = NULL;

  window_activate (fixture, "win.tour");
  wait_for_stop (fixture, 0);
  g_assert_nonnull (hr_session_get_document (fixture->session));
  go_on (fixture);
  wait_for_stop (fixture, 1);
  g_assert_nonnull (hr_session_get_selected_key (fixture->session, NULL));
  go_on (fixture);
  wait_for_stop (fixture, 2);
  g_assert_cmpstr (hr_session_get_pattern (fixture->session)->id, ==, "A");
  g_assert_null (hr_session_get_run (fixture->session));
  window_activate (fixture, "win.run-pattern");
  wait_for_stop (fixture, 3);
  g_assert_nonnull (hr_session_get_run (fixture->session));
  go_on (fixture);
  wait_for_stop (fixture, 4);
  view = dup_view (fixture);
  g_assert_cmpstr (view, ==, "table");
  g_assert_nonnull (hr_session_get_index (fixture->session));
  go_on (fixture);
  wait_for_stop (fixture, 5);
  go_on (fixture);
  g_assert_null (fixture->window->tour);
  window_close_other_windows ();
}

/* The button of the third stop asks the question, too; whoever closes the model or starts again leaves nothing. */
static void
test_tour_again (WindowFixture *fixture, gconstpointer application)
{
  window_open_sample (fixture);
  window_activate (fixture, "win.tour");
  wait_for_stop (fixture, 0);
  window_activate (fixture, "win.tour");
  wait_for_stop (fixture, 0);
  go_on (fixture);
  wait_for_stop (fixture, 1);
  go_on (fixture);
  wait_for_stop (fixture, 2);
  go_on (fixture);
  wait_for_stop (fixture, 3);
  hr_tour_end (fixture->window->tour);
  g_assert_null (fixture->window->tour);
  window_activate (fixture, "win.tour");
}

#define ADD(path, func) \
  g_test_add ("/start/" path, WindowFixture, application, window_set_up, func, window_tear_down)

static void
add_tests (HrApplication *application)
{
  ADD ("samples", test_samples);
  ADD ("tour", test_tour);
  ADD ("tour-again", test_tour_again);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
