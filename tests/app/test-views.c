/*
 * The views in this process, on a display that nobody sees: the canvas with its keys and its assistive
 * children, the pages around it.
 */
#include <string.h>

#include "app/ui/canvas/pair-canvas.h"
#include "app/ui/canvas/table-view.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/design-page.h"
#include "app/ui/pages/patterns-page.h"
#include "app/ui/pages/table-page.h"
#include "tests/app/page-fixture.h"

static guint
count_role (GtkWidget *widget, GtkAccessibleRole role)
{
  guint n =
      gtk_widget_get_visible (widget) && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == role;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_role (child, role);
  return n;
}

static GtkWidget *
get_canvas (PageFixture *fixture)
{
  GtkWidget *canvas = page_find_type (
      fixture->page, HR_IS_PAIR_CANVAS (fixture->page) ? HR_TYPE_PAIR_CANVAS : HR_TYPE_TABLE_VIEW);

  g_assert_nonnull (canvas);
  return canvas;
}

/* As the key does that is bound to the move. */
static void
press (PageFixture *fixture, guint key, GdkModifierType modifiers)
{
  GtkWidget *canvas = get_canvas (fixture);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (canvas);
  gboolean is_done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_done; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)) && !is_done; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            is_done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, canvas,
                                                    gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_assert_true (is_done);
  page_settle ();
}

static char *
dup_selected_sort_key (PageFixture *fixture, guint *column)
{
  const HrValue *key = hr_session_get_selected_key (fixture->session, column);
  const HrValue *value = key != NULL ? hr_map_get (key, "sk", 2) : NULL;

  return value != NULL ? g_strndup (value->bytes, value->length) : NULL;
}

static void
assert_selected (PageFixture *fixture, const char *sort_key, guint column)
{
  guint found;
  g_autofree char *text = dup_selected_sort_key (fixture, &found);

  g_assert_cmpstr (text, ==, sort_key);
  g_assert_cmpuint (found, ==, column);
}

static void
test_canvas_roles (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *canvas = get_canvas (fixture);
  guint n_rows = count_role (canvas, GTK_ACCESSIBLE_ROLE_ROW);

  gtk_test_accessible_assert_role (canvas, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_LABEL, "Items by partition");
  g_assert_cmpuint (n_rows, >, 10);
  g_assert_cmpuint (n_rows, <, 60); /* what is in sight, not the table */
  g_assert_cmpuint (count_role (canvas, GTK_ACCESSIBLE_ROLE_GRID_CELL), >=, 2 * n_rows);
  g_assert_cmpuint (count_role (canvas, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER), >, 1);
}

static void
test_canvas_keys (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *canvas = get_canvas (fixture);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (canvas));

  g_assert_null (hr_session_get_selected_key (fixture->session, NULL));
  g_assert_true (gtk_widget_grab_focus (canvas));
  page_settle ();
  /* The focus alone selects nothing. */
  g_assert_null (hr_session_get_selected_key (fixture->session, NULL));

  press (fixture, GDK_KEY_Home, GDK_CONTROL_MASK);
  assert_selected (fixture, "2026-03-02T10:04:00.000000+00:00", 0);
  press (fixture, GDK_KEY_Down, 0);
  press (fixture, GDK_KEY_Right, 0);
  assert_selected (fixture, "2026-03-02T10:05:00.000000+00:00", 1);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);

  press (fixture, GDK_KEY_End, GDK_CONTROL_MASK);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), canvas));
}

static guint
count_selected_rows (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  guint n = 0;

  if (gtk_accessible_get_accessible_role (accessible) == GTK_ACCESSIBLE_ROLE_ROW && gtk_widget_get_visible (widget))
    {
      g_autofree char *difference =
          gtk_test_accessible_check_state (accessible, GTK_ACCESSIBLE_STATE_SELECTED, TRUE, NULL);

      n = difference == NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_selected_rows (child);
  return n;
}

/* Several rows by keys alone; assistive tools are told of each. */
static void
test_canvas_several (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *canvas = get_canvas (fixture);

  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE);
  gtk_widget_grab_focus (canvas);
  press (fixture, GDK_KEY_Home, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpuint (hr_session_count_selected (fixture->session), ==, 3);
  g_assert_cmpuint (count_selected_rows (canvas), ==, 3);
  press (fixture, GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_cmpuint (count_selected_rows (canvas), ==, 2);

  press (fixture, GDK_KEY_space, GDK_CONTROL_MASK); /* takes the second one out again */
  g_assert_cmpuint (count_selected_rows (canvas), ==, 1);
  press (fixture, GDK_KEY_Down, 0);
  press (fixture, GDK_KEY_Down, 0);
  press (fixture, GDK_KEY_space, GDK_CONTROL_MASK);
  g_assert_cmpuint (count_selected_rows (canvas), ==, 2);
  press (fixture, GDK_KEY_Escape, 0);
  g_assert_cmpuint (hr_session_count_selected (fixture->session), ==, 0);
  g_assert_cmpuint (count_selected_rows (canvas), ==, 0);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), canvas));

  press (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  g_assert_cmpuint (hr_session_count_selected (fixture->session), >, 10);
  press (fixture, GDK_KEY_Down, 0);
  g_assert_cmpuint (hr_session_count_selected (fixture->session), ==, 1);
  g_assert_cmpuint (count_selected_rows (canvas), ==, 1);
}

static void
test_canvas_follows (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *canvas = get_canvas (fixture);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (canvas));
  double before = gtk_adjustment_get_upper (adjustment);

  g_object_set (fixture->session, "zoom", 2.0, NULL);
  page_settle ();
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment), 2 * before, 2);
  g_object_set (fixture->session, "zoom", 1.0, "filter", "lunch", NULL);
  page_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <, before);
  g_assert_cmpuint (count_role (canvas, GTK_ACCESSIBLE_ROLE_ROW), <, 10);
}

/* Zoom and text size make everything larger, and what then has no room is brought into sight from cell to cell. */
static void
test_pair_scale (PageFixture *fixture, gconstpointer constructor)
{
  HrPairCanvas *canvas = HR_PAIR_CANVAS (fixture->page);
  GtkSettings *settings = gtk_widget_get_settings (fixture->page);
  const HrPairViewport *viewport = hr_pair_canvas_get_viewport (canvas);
  double width;
  int dpi;

  hr_session_show_table (fixture->session, "cruddur-messages", "message-group-sk-index");
  page_settle ();
  g_assert_nonnull (hr_pair_canvas_get_layout (canvas));
  width = viewport->width;
  g_assert_cmpfloat (width, >, 600);
  g_object_set (fixture->session, "zoom", 2.0, NULL);
  page_settle ();
  g_assert_cmpfloat_with_epsilon (viewport->width, width / 2, 1);

  press (fixture, GDK_KEY_End, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_Left, 0);
  g_assert_cmpfloat (viewport->x[HR_SIDE_TABLE], ==, 0);
  press (fixture, GDK_KEY_Right, 0);
  g_assert_cmpfloat (viewport->x[HR_SIDE_TABLE], >, 0);
  press (fixture, GDK_KEY_Left, 0);
  g_assert_cmpfloat (viewport->x[HR_SIDE_TABLE], ==, 0);

  g_object_set (fixture->session, "zoom", 1.0, NULL);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  page_settle ();
  g_assert_cmpfloat_with_epsilon (viewport->width, width / 2, 1);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  page_settle ();
  g_assert_cmpfloat_with_epsilon (viewport->width, width, 1);
}

static void
test_legend (PageFixture *fixture, gconstpointer constructor)
{
  guint64 hidden;

  gtk_widget_activate_action (fixture->page, "table.toggle-entity", "u", 0);
  g_object_get (fixture->session, "hidden-entities", &hidden, NULL);
  g_assert_cmpuint (hidden, ==, 1);
  gtk_widget_activate_action (fixture->page, "table.show-only-entity", "u", 0);
  g_object_get (fixture->session, "hidden-entities", &hidden, NULL);
  g_assert_cmpuint (hidden, ==, ~G_GUINT64_CONSTANT (1));
  gtk_widget_activate_action (fixture->page, "table.show-only-entity", "u", 0);
  g_object_get (fixture->session, "hidden-entities", &hidden, NULL);
  g_assert_cmpuint (hidden, ==, 0);
}

static void
test_run (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *canvas = get_canvas (fixture);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (canvas));
  g_autoptr (GError) error = NULL;
  GtkWidget *results;

  hr_session_run_pattern (fixture->session, &error);
  g_assert_no_error (error);
  page_settle ();
  /* The last of a long partition: far below. */
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  results = page_find_type (fixture->page, GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (results);
  g_assert_true (gtk_widget_child_focus (results, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), results));
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD); /* one Tab leaves a list, however long it is */
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), results));

  hr_session_step_pattern (fixture->session, &error);
  g_assert_no_error (error);
  hr_session_clear_run (fixture->session);
  hr_session_select_pattern (fixture->session, "D");
  hr_session_run_pattern (fixture->session, &error);
  g_assert_no_error (error);
  page_settle ();
}

/* A menu button has its name itself; the button in it is a part of it. */
static gboolean
needs_name (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_focusable (widget) && gtk_widget_get_mapped (widget) &&
         gtk_button_get_label (GTK_BUTTON (widget)) == NULL &&
         !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget));
}

static void
check_names (GtkWidget *widget)
{
  if (needs_name (widget))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (PageFixture *fixture, gconstpointer constructor)
{
  check_names (fixture->page);
}

/* Everything that can be selected has its panel. */
static void
test_inspector (PageFixture *fixture, gconstpointer constructor)
{
  const HrModel *model = hr_document_get_model (hr_session_get_document (fixture->session));
  const HrTable *table = g_ptr_array_index (model->tables, 0);

  hr_session_select_entity (fixture->session, "Message group");
  page_settle ();
  hr_session_show_table (fixture->session, table->name, "message-group-sk-index");
  hr_session_select_entity (fixture->session, NULL);
  page_settle ();
  for (guint i = 0; i < model->patterns->len; i++)
    {
      hr_session_select_pattern (fixture->session,
                                 ((const HrPattern *)g_ptr_array_index (model->patterns, i))->id);
      page_settle ();
      g_assert_nonnull (page_find_type (fixture->page, ADW_TYPE_ENTRY_ROW));
    }
  check_names (fixture->page);
}

static void
test_close (PageFixture *fixture, gconstpointer constructor)
{
  hr_session_close (fixture->session);
  page_settle ();
  hr_session_new_model (fixture->session);
  page_settle ();
}

#define ADD(path, page, func) g_test_add ("/app/views/" path, PageFixture, page, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("canvas/roles", hr_table_page_new, test_canvas_roles);
  ADD ("canvas/keys", hr_table_page_new, test_canvas_keys);
  ADD ("canvas/several", hr_table_page_new, test_canvas_several);
  ADD ("canvas/follows", hr_table_page_new, test_canvas_follows);
  ADD ("pair/scale", hr_pair_canvas_new, test_pair_scale);
  ADD ("table/legend", hr_table_page_new, test_legend);
  ADD ("table/names", hr_table_page_new, test_names);
  ADD ("table/close", hr_table_page_new, test_close);
  ADD ("patterns/run", hr_patterns_page_new, test_run);
  ADD ("patterns/names", hr_patterns_page_new, test_names);
  ADD ("patterns/close", hr_patterns_page_new, test_close);
  ADD ("design/names", hr_design_page_new, test_names);
  ADD ("design/close", hr_design_page_new, test_close);
  ADD ("inspector/panels", hr_inspector_new, test_inspector);
  ADD ("inspector/close", hr_inspector_new, test_close);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
