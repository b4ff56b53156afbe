/* What welcomes a person, acted out in a window: samples, the tour through the first of them, preferences, help. */

#include <string.h>

#include "app/ui/pages/sample-card.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/window/preferences-window.h"
#include "app/ui/window/tour.h"
#include "tests/app/window-fixture.h"

static const char *const tour_titles[] = { "The map", "A partition", "A question", "What it read, and what it cost",
                                           "Side by side", "Take it with you" };

static void
find_number_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_SPIN_BUTTON (widget))
    g_ptr_array_add (user_data, widget);
}

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

/* What is chosen reaches the windows that are open, and nothing out of its range is kept. */
static void
test_preferences (WindowFixture *fixture, gconstpointer application)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  GListModel *recent = hr_preferences_get_recent (preferences);
  guint density;

  hr_preferences_set (preferences, HR_SETTING_DENSITY, HR_DENSITY_PRESENTATION);
  g_object_get (fixture->session, "density", &density, NULL);
  g_assert_cmpuint (density, ==, HR_DENSITY_PRESENTATION);
  hr_preferences_set (preferences, HR_SETTING_DENSITY, HR_DENSITY_COMPACT);

  for (guint i = 0; i < HR_N_SETTINGS; i++)
    {
      const HrSettingRange *range = hr_setting_get_range (i);

      hr_preferences_set (preferences, i, range->most + 1);
      g_assert_cmpint (hr_preferences_get (preferences, i), ==, range->most);
      hr_preferences_set_int (preferences, range->key, range->least - 1);
      g_assert_cmpint (hr_preferences_get (preferences, i), ==, range->least);
      hr_preferences_set (preferences, i, range->usual);
      g_assert_cmpint (hr_preferences_get (preferences, i), ==, range->usual);
    }

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/nowhere/%u.json", i);

      hr_preferences_add_recent (preferences, path);
    }
  hr_preferences_set (preferences, HR_SETTING_RECENT, 2);
  g_assert_cmpuint (g_list_model_get_n_items (recent), ==, 2);
  hr_preferences_clear_recent (preferences);
  g_assert_cmpuint (g_list_model_get_n_items (recent), ==, 0);
  hr_preferences_set (preferences, HR_SETTING_RECENT, hr_setting_get_range (HR_SETTING_RECENT)->usual);
}

/* A chosen row writes what it shows. */
static void
test_preferences_window (WindowFixture *fixture, gconstpointer application)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  GtkWidget *window =
      hr_preferences_window_new (GTK_WINDOW (fixture->window), fixture->application);

  gtk_window_present (GTK_WINDOW (window));
  window_foreach_widget (window, find_number_cb, numbers);
  g_assert_cmpuint (numbers->len, ==, 4);
  gtk_spin_button_set_value (g_ptr_array_index (numbers, 0), 150);
  g_assert_cmpint (hr_preferences_get (preferences, HR_SETTING_ZOOM_PERCENT), ==, 150);
  gtk_spin_button_set_value (g_ptr_array_index (numbers, 0), 100);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Keys mean one thing. */
static void
test_keys (WindowFixture *fixture, gconstpointer application)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < hr_actions_get_count (); i++)
    {
      const HrAction *action = hr_actions_get (i);
      g_auto (GStrv) keys = g_strsplit (action->is_local ? "" : action->keys, " ", -1);

      for (char **each = keys; *each != NULL; each++)
        {
          guint key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (*each, &key, &modifiers));
          if (!g_hash_table_add (seen, gtk_accelerator_name (key, modifiers)))
            g_error ("%s is not the only one with %s", action->name, *each);
          g_assert_true (hr_actions_match (key, modifiers) == action);
        }
    }
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = says (child, text);
  return found;
}

/* Help is about what is shown and what is selected, and gives the focus back. */
static void
test_help (WindowFixture *fixture, gconstpointer application)
{
  GtkWidget *focus, *help = fixture->window->help;

  window_activate (fixture, "win.help");
  g_assert_true (says (help, "Open the sample"));
  gtk_popover_popdown (GTK_POPOVER (help));
  window_open_sample (fixture);
  hr_session_select_entity (fixture->session, "Message");
  window_wait_for_draw (fixture);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  window_activate (fixture, "win.help");
  g_assert_true (says (help, "templates put the keys"));
  g_assert_true (says (help, "An entity"));
  g_assert_true (says (help, "Add an entity"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), help));
  gtk_popover_popdown (GTK_POPOVER (help));
  window_wait_for_draw (fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
}

#define ADD(path, func) \
  g_test_add ("/start/" path, WindowFixture, application, window_set_up, func, window_tear_down)

static void
add_tests (HrApplication *application)
{
  ADD ("samples", test_samples);
  ADD ("tour", test_tour);
  ADD ("tour-again", test_tour_again);
  ADD ("preferences", test_preferences);
  ADD ("preferences-window", test_preferences_window);
  ADD ("help", test_help);
  ADD ("keys", test_keys);
}

int
main (int argc, char **argv)
{
  return window_run (argc, argv, add_tests);
}
