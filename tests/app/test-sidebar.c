/* The sidebar with a few definitions and with hundreds, on a display that nobody sees. */
#include "app/ui/window/sidebar-row.h"
#include "app/ui/window/sidebar.h"
#include "model/document/edit-definitions.h"
#include "tests/app/page-fixture.h"

#define N_PATTERNS 400
#define N_ROWS_MAX 230 /* widgets that a list view keeps, whatever there is */
#define TABLE      "cruddur-messages"

static void
select_in_table (PageFixture *fixture, const char *index)
{
  hr_session_show_table (fixture->session, TABLE, index);
  hr_session_select_entity (fixture->session, NULL);
}

static GtkListView *
get_list (PageFixture *fixture)
{
  return GTK_LIST_VIEW (page_find_type (fixture->page, GTK_TYPE_LIST_VIEW));
}

static GtkSingleSelection *
get_selection (PageFixture *fixture)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (get_list (fixture)));
}

static guint
find_entry (PageFixture *fixture, const char *title)
{
  GListModel *entries = G_LIST_MODEL (get_selection (fixture));
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrSidebarEntry) entry = g_list_model_get_item (entries, i);

      if (g_str_equal (entry->title, title))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static const char *
get_selected_title (PageFixture *fixture)
{
  const HrSidebarEntry *entry = gtk_single_selection_get_selected_item (get_selection (fixture));

  return entry != NULL ? entry->title : NULL;
}

/* The title of the row that has the focus, or NULL. */
static const char *
get_focused_title (PageFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return row != NULL && HR_IS_SIDEBAR_ROW (row) ? hr_sidebar_row_get_entry (HR_SIDEBAR_ROW (row))->title : NULL;
}

/* As from outside. */
static gboolean
enter (PageFixture *fixture)
{
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  return gtk_widget_child_focus (fixture->page, GTK_DIR_TAB_FORWARD);
}

/* The row of what is selected as the list has it: laid out when there is a frame. */
static GtkWidget *
wait_for_selected_place (PageFixture *fixture)
{
  GtkWidget *line;

  while ((line = hr_sidebar_get_selected_line (HR_SIDEBAR (fixture->page))) == NULL || !gtk_widget_get_mapped (line)
         || gtk_widget_get_height (line) == 0)
    g_main_context_iteration (NULL, TRUE);
  return gtk_widget_get_parent (gtk_widget_get_ancestor (line, HR_TYPE_SIDEBAR_ROW));
}

static void
test_rows (PageFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *title;
    const char *heading;
    const char *text;
  } rows[] = {
    { TABLE, "Table", "149" },
    { "Message", NULL, "137" },
    { "Message group", NULL, "12" },
    { "message-group-sk-index", "Indexes", "12" },
    { "Show a conversation", "Access patterns", "" },
    { "Show a range of dates", NULL, "" },
  };
  GtkWidget *place = gtk_widget_get_first_child (GTK_WIDGET (get_list (fixture)));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++, place = gtk_widget_get_next_sibling (place))
    {
      const HrSidebarEntry *entry = hr_sidebar_row_get_entry (HR_SIDEBAR_ROW (gtk_widget_get_first_child (place)));

      g_assert_cmpstr (entry->title, ==, rows[i].title);
      g_assert_cmpstr (entry->heading, ==, rows[i].heading);
      g_assert_cmpstr (entry->badge_text, ==, rows[i].text);
      gtk_test_accessible_assert_role (place, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_test_accessible_assert_property (place, GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].title);
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (place), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
    }
  gtk_test_accessible_assert_property (get_list (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL, "Model");
}

/* Both ways: what is selected here is what the session has selected. */
static void
test_select (PageFixture *fixture, gconstpointer unused)
{
  g_autofree char *entity = NULL;
  g_autofree char *view = NULL;

  hr_session_select_pattern (fixture->session, "B");
  g_assert_cmpstr (get_selected_title (fixture), ==, "List my conversations");
  select_in_table (fixture, "message-group-sk-index");
  g_assert_cmpstr (get_selected_title (fixture), ==, "message-group-sk-index");

  gtk_single_selection_set_selected (get_selection (fixture), find_entry (fixture, "Message group"));
  g_object_get (fixture->session, "selected-entity", &entity, NULL);
  g_assert_cmpstr (entity, ==, "Message group");
  g_signal_emit_by_name (get_list (fixture), "activate", find_entry (fixture, "Message group"));
  g_object_get (fixture->session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "design");
}

/* One Tab comes to what is selected, the next one leaves the list. */
static void
test_tab (PageFixture *fixture, gconstpointer unused)
{
  hr_session_select_pattern (fixture->session, "B");
  g_assert_true (enter (fixture));
  g_assert_cmpstr (get_focused_title (fixture), ==, "List my conversations");
  g_assert_true (gtk_widget_child_focus (fixture->page, GTK_DIR_TAB_FORWARD));
  g_assert_null (get_focused_title (fixture));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (fixture->window))));
  g_assert_true (gtk_widget_child_focus (fixture->page, GTK_DIR_TAB_BACKWARD));
  g_assert_cmpstr (get_focused_title (fixture), ==, "List my conversations");
  g_assert_false (gtk_widget_child_focus (fixture->page, GTK_DIR_TAB_BACKWARD));
}

/* The row that is renamed or moved keeps the focus, and the others are the same widgets as before. */
static void
test_edit (PageFixture *fixture, gconstpointer unused)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  g_autoptr (GError) error = NULL;
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (get_list (fixture)));

  hr_session_select_pattern (fixture->session, "B");
  g_assert_true (enter (fixture));
  g_assert_true (hr_document_set_pattern_name (document, "B", "Another name", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_selected_title (fixture), ==, "Another name");
  g_assert_cmpstr (get_focused_title (fixture), ==, "Another name");
  g_assert_true (hr_document_move_definition (document, &HR_TARGET (PATTERN, NULL, NULL, "B"), 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_focused_title (fixture), ==, "Another name");
  g_assert_cmpuint (find_entry (fixture, "Another name"), ==, find_entry (fixture, "Show a conversation") - 1);
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (get_list (fixture))) == first);
}

static guint
count_rows (PageFixture *fixture)
{
  guint n = 0;

  for (GtkWidget *place = gtk_widget_get_first_child (GTK_WIDGET (get_list (fixture))); place != NULL;
       place = gtk_widget_get_next_sibling (place))
    n++;
  return n;
}

/* There are widgets for what is in sight; each says what it is at present. */
static void
test_many (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *place;

  page_multiply (fixture, 0, N_PATTERNS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture))), ==, N_PATTERNS + 4);
  g_assert_cmpuint (count_rows (fixture), <, N_ROWS_MAX);

  hr_session_select_pattern (fixture->session, "P399");
  place = wait_for_selected_place (fixture);
  gtk_test_accessible_assert_role (place, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (place, GTK_ACCESSIBLE_PROPERTY_LABEL, "Question 399");
  g_assert_true (enter (fixture));
  g_assert_cmpstr (get_focused_title (fixture), ==, "Question 399");

  select_in_table (fixture, NULL);
  place = wait_for_selected_place (fixture);
  gtk_test_accessible_assert_property (place, GTK_ACCESSIBLE_PROPERTY_LABEL, TABLE);
  g_assert_cmpuint (count_rows (fixture), <, N_ROWS_MAX);
}

#define ADD(path, func) \
  g_test_add ("/app/sidebar/" path, PageFixture, hr_sidebar_new, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("rows", test_rows);
  ADD ("select", test_select);
  ADD ("tab", test_tab);
  ADD ("edit", test_edit);
  ADD ("many", test_many);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
