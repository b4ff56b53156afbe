/* The Design view of models of a few definitions and of hundreds, on a display that nobody sees. */

#include "app/ui/pages/design-list.h"
#include "app/ui/pages/design-page.h"
#include "tests/app/page-fixture.h"

#define N_ENTITIES 200
#define N_PATTERNS 100
#define N_LINES_MAX 210 /* widgets that a list view keeps, whatever there is */

typedef void (*Visit) (GtkWidget *widget, gpointer data);

static void
visit (GtkWidget *widget, Visit func, gpointer data)
{
  func (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    visit (child, func, data);
}

static void
take_list (GtkWidget *widget, gpointer data)
{
  if (HR_IS_DESIGN_LIST (widget))
    g_ptr_array_add (data, widget);
}

static void
take_part (GtkWidget *widget, gpointer data)
{
  GtkWidget **parts = data;

  if (GTK_IS_LIST_VIEW (widget))
    parts[0] = widget;
  if (GTK_IS_SEARCH_ENTRY (widget))
    parts[1] = widget;
}

/* The list of entities is the first one, that of patterns the second. */
static GtkWidget *
find_list (PageFixture *fixture, guint number, GtkWidget **entry)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  GtkWidget *parts[2] = { NULL, NULL };

  visit (fixture->page, take_list, lists);
  g_assert_cmpuint (lists->len, ==, 2);
  visit (g_ptr_array_index (lists, number), take_part, parts);
  g_assert_true (parts[0] != NULL && parts[1] != NULL);
  if (entry != NULL)
    *entry = parts[1];
  return parts[0];
}

static GtkSelectionModel *
get_lines (GtkWidget *list)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

static void
check_line (GtkWidget *widget, gpointer data)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) != GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    return;
  ++*(guint *) data;
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
test_large (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *entities, *patterns;
  guint n_lines = 0;

  page_multiply (fixture, N_ENTITIES, N_PATTERNS);
  entities = find_list (fixture, 0, NULL);
  patterns = find_list (fixture, 1, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_lines (entities))), ==, N_ENTITIES);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_lines (patterns))), ==, N_PATTERNS);
  visit (entities, check_line, &n_lines);
  g_assert_cmpuint (n_lines, >, 10);
  g_assert_cmpuint (n_lines, <=, N_LINES_MAX);
}

static void
wait_for_lines (GtkWidget *list, guint n_lines)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (get_lines (list))) != n_lines)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_filter (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *entry, *entities;

  page_multiply (fixture, N_ENTITIES, N_PATTERNS);
  entities = find_list (fixture, 0, &entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "KIND 17");
  wait_for_lines (entities, 10);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  wait_for_lines (entities, N_ENTITIES);
}

static void
test_select (PageFixture *fixture, gconstpointer unused)
{
  g_autofree char *entity = NULL;
  GtkWidget *entities, *patterns;

  page_multiply (fixture, N_ENTITIES, N_PATTERNS);
  entities = find_list (fixture, 0, NULL);
  patterns = find_list (fixture, 1, NULL);
  gtk_selection_model_select_item (get_lines (entities), 150, TRUE);
  g_object_get (fixture->session, "selected-entity", &entity, NULL);
  g_assert_cmpstr (entity, ==, "Kind 150");
  hr_session_select_pattern (fixture->session, "P99");
  g_assert_true (gtk_selection_model_is_selected (get_lines (patterns), 99));
  g_assert_false (gtk_selection_model_is_selected (get_lines (entities), 150));
}

static gboolean
rename_kind (HrModel *model, gpointer user_data, GError **error)
{
  HrEntity *entity = g_ptr_array_index (((HrTable *) g_ptr_array_index (model->tables, 0))->entities, 120);

  g_free (entity->name);
  entity->name = g_strdup ("Sort");
  return TRUE;
}

static void
count_added_cb (GListModel *model, guint position, guint removed, guint added, guint *n_added)
{
  *n_added += added;
}

/* An edit makes nothing anew but the line that it is about. */
static void
test_edit (PageFixture *fixture, gconstpointer unused)
{
  const HrEdit edit = { .name = "Rename" };
  g_autoptr (GError) error = NULL;
  GtkWidget *entities;
  guint n_added = 0;

  page_multiply (fixture, N_ENTITIES, N_PATTERNS);
  entities = find_list (fixture, 0, NULL);
  g_signal_connect (get_lines (entities), "items-changed", G_CALLBACK (count_added_cb), &n_added);
  hr_session_edit_model (fixture->session, &edit, rename_kind, NULL, &error);
  g_assert_no_error (error);
  page_settle ();
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_true (find_list (fixture, 0, NULL) == entities);
}

static void
take_pattern_row (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LIST_BOX_ROW (widget) && g_object_get_data (G_OBJECT (widget), "hr-name") != NULL)
    g_ptr_array_add (data, widget);
}

/* Whoever goes over the rows has chosen none. */
static void
test_focus (PageFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  const HrPattern *first = NULL;

  visit (fixture->page, take_pattern_row, rows);
  g_assert_cmpuint (rows->len, >, 1);
  hr_session_select_pattern (fixture->session, g_object_get_data (rows->pdata[0], "hr-name"));
  first = hr_session_get_pattern (fixture->session);
  g_assert_true (gtk_widget_grab_focus (rows->pdata[0]));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_has_focus (rows->pdata[1]));
  g_assert_true (hr_session_get_pattern (fixture->session) == first);
}

/* A list takes one Tab, however long it is. */
static void
test_tab (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *entry, *entities;

  page_multiply (fixture, N_ENTITIES, N_PATTERNS);
  entities = find_list (fixture, 0, &entry);
  g_assert_true (gtk_widget_grab_focus (entry));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), entities));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), entities));
}

#define ADD(path, func) \
  g_test_add ("/app/design/" path, PageFixture, hr_design_page_new, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("large", test_large);
  ADD ("filter", test_filter);
  ADD ("select", test_select);
  ADD ("edit", test_edit);
  ADD ("tab", test_tab);
  ADD ("focus", test_focus);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
