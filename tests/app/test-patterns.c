/* The form of a pattern and the pages around a run, with real widgets on a display that nobody sees. */
#include "tests/app/page-fixture.h"

#include <string.h>

#include "app/ui/editing/template-entry.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/compare-view.h"
#include "app/ui/pages/coverage-view.h"
#include "app/ui/pages/history-view.h"
#include "app/ui/pages/patterns-page.h"
#include "model/base/error.h"
#include "model/document/edit-definitions.h"

static void
set_up (PageFixture *fixture, gconstpointer constructor)
{
  PageFunc new_page = constructor;

  page_set_up (fixture, NULL);
  hr_session_select_pattern (fixture->session, "A");
  page_show (fixture, new_page (fixture->session));
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_template (GtkWidget *widget, gconstpointer text)
{
  return HR_IS_TEMPLATE_ENTRY (widget) && strcmp (gtk_editable_get_text (GTK_EDITABLE (widget)), text) == 0;
}

static gboolean
is_drop_down (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_DROP_DOWN (widget) && gtk_widget_get_mapped (widget);
}

static GtkWidget *
get_row (PageFixture *fixture, const char *title)
{
  GtkWidget *row = page_find (fixture->page, is_row, title);

  g_test_message ("%s", title);
  g_assert_nonnull (row);
  return row;
}

static void
choose (PageFixture *fixture, const char *title, guint number)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (fixture, title)), number);
  page_settle ();
}

static const char *
get_request (PageFixture *fixture)
{
  return ((HrStep *) g_ptr_array_index (hr_session_get_pattern (fixture->session)->steps, 0))->request;
}

/* What the index has for keys is what it is asked for then, and the form shows it. */
static void
test_target (PageFixture *fixture, gconstpointer constructor)
{
  g_autofree char *before = g_strdup (get_request (fixture));

  choose (fixture, "Reads", 1);
  g_assert_nonnull (strstr (get_request (fixture), "\"IndexName\":\"message-group-sk-index\""));
  g_assert_nonnull (page_find (fixture->page, is_template, "{message_group_uuid}"));
  g_assert_nonnull (page_find (fixture->page, is_template, "{year}"));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, !=, HR_RUN_ERROR);
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  g_assert_cmpstr (get_request (fixture), ==, before);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (get_row (fixture, "Reads"))), ==, 0);
}

/* Another operation asks for the keys that it needs; what names nothing yet becomes a parameter with an example. */
static void
test_operation (PageFixture *fixture, gconstpointer constructor)
{
  const HrPattern *pattern;
  const HrParameter *last;

  hr_session_select_pattern (fixture->session, "B");
  page_settle ();
  choose (fixture, "Operation", 2); /* Scan */
  g_assert_null (strstr (get_request (fixture), "KeyConditionExpression"));
  choose (fixture, "Operation", 1); /* GetItem */
  pattern = hr_session_get_pattern (fixture->session);
  last = g_ptr_array_index (pattern->parameters, pattern->parameters->len - 1);
  g_assert_cmpstr (last->name, ==, "sk");
  g_assert_nonnull (last->example);
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpint (hr_session_get_run (fixture->session)->steps->len, ==, 1);
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, !=, HR_RUN_ERROR);
}

/* Requests with statements are shown as what they are, and batches and transactions become such. */
static void
test_statements (PageFixture *fixture, gconstpointer constructor)
{
  hr_session_select_pattern (fixture->session, "C2");
  page_settle ();
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (get_row (fixture, "Operation"))), ==, 7);
  choose (fixture, "Operation", 11); /* BatchExecuteStatement */
  g_assert_nonnull (strstr (get_request (fixture), "{\"Statements\":[{\"Statement\":\"INSERT INTO"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (get_row (fixture, "Operation"))), ==, 11);
}

static void
test_operator (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *value = page_find (fixture->page, is_template, "{year}");
  GtkWidget *op = page_find (gtk_widget_get_parent (value), is_drop_down, NULL);

  g_assert_nonnull (op);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (op), 3); /* between */
  page_settle ();
  g_assert_nonnull (strstr (get_request (fixture), "BETWEEN"));
  g_assert_nonnull (page_find (fixture->page, is_template, "{sk_end}"));

  value = page_find (fixture->page, is_template, "{year}");
  op = page_find (gtk_widget_get_parent (value), is_drop_down, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (op), 0); /* any */
  page_settle ();
  g_assert_null (strstr (get_request (fixture), "{year}"));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  g_assert_nonnull (strstr (get_request (fixture), "begins_with"));
}

static void
test_reference (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *value = page_find (fixture->page, is_template, "MSG#{message_group_uuid}");
  const guint n_before = hr_session_get_pattern (fixture->session)->parameters->len;
  const HrPattern *pattern;
  const HrParameter *last;

  gtk_editable_set_text (GTK_EDITABLE (value), "GRP#{reader}");
  hr_template_entry_finish (HR_TEMPLATE_ENTRY (value));
  page_settle ();
  pattern = hr_session_get_pattern (fixture->session);
  /* in the place of the one that nothing refers to any more */
  g_assert_cmpuint (pattern->parameters->len, ==, n_before);
  last = g_ptr_array_index (pattern->parameters, n_before - 1);
  g_assert_cmpstr (last->name, ==, "reader");
  g_assert_true (g_str_has_prefix (last->example, "424b1fee")); /* the first group of the sample */
  g_assert_nonnull (page_find (fixture->page, is_row, "reader"));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  pattern = hr_session_get_pattern (fixture->session);
  g_assert_cmpuint (pattern->parameters->len, ==, n_before);
  g_assert_nonnull (page_find (fixture->page, is_template, "MSG#{message_group_uuid}"));
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
click (PageFixture *fixture, const char *label)
{
  GtkWidget *button = page_find (fixture->page, is_button, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  page_settle ();
}

static gboolean
ask_for_author_cb (HrModel *model, gpointer unused, GError **error)
{
  HrStep *step = g_ptr_array_index (((HrPattern *) g_ptr_array_index (model->patterns, 0))->steps, 0);

  g_free (step->request);
  step->request = g_strdup ("{\"TableName\":\"cruddur-messages\",\"KeyConditionExpression\":\"user_handle = :u\","
                            "\"ExpressionAttributeValues\":{\":u\":{\"S\":\"bayko\"}}}");
  return TRUE;
}

/* What no key can answer has two ways out. */
static void
test_no_key (PageFixture *fixture, gconstpointer constructor)
{
  const HrEdit edit = { .name = "Ask for an author" };

  g_assert_true (hr_session_edit_model (fixture->session, &edit, ask_for_author_cb, NULL, NULL));
  page_settle ();
  click (fixture, "Move to filter");
  g_assert_nonnull (strstr (get_request (fixture), "FilterExpression"));
  g_assert_nonnull (page_find (fixture->page, is_template, "{pk}"));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, !=, HR_RUN_ERROR);
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  click (fixture, "Scan anyway");
  g_assert_null (strstr (get_request (fixture), "KeyCondition"));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, !=, HR_RUN_ERROR);
  g_assert_cmpuint (hr_session_get_run (fixture->session)->scanned, ==, 149);
}

/* Values */

static gboolean
is_menu_button (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_MENU_BUTTON (widget);
}

static gboolean
is_list_row (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_LIST_BOX_ROW (widget) && !ADW_IS_PREFERENCES_ROW (widget);
}

/* What the items have is offered, what is missing is asked for. */
static void
test_values (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *row = get_row (fixture, "message_group_uuid");
  GtkWidget *button = page_find (row, is_menu_button, NULL);
  g_autoptr (GError) error = NULL;
  GtkWidget *second;

  gtk_editable_set_text (GTK_EDITABLE (row), "");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (hr_session_get_missing_value (fixture->session), ==, "message_group_uuid");
  g_assert_false (hr_session_run_pattern (fixture->session, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  gtk_widget_grab_focus (get_row (fixture, "Name"));
  hr_inspector_edit_value (fixture->page, "message_group_uuid");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), row));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  page_settle ();
  second = page_find (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), is_list_row, NULL);
  g_assert_nonnull (second);
  second = gtk_widget_get_next_sibling (second);
  g_signal_emit_by_name (gtk_widget_get_parent (second), "row-activated", second);
  g_assert_cmpstr (hr_session_get_value (fixture->session, "message_group_uuid"), ==,
                   "ee8f6454-f178-4ec7-b609-912fe2e7a724");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpuint (hr_session_get_run (fixture->session)->count, >, 0);
}

/* What is expected can be typed; an empty field compares nothing. */
static void
test_expected (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *items = get_row (fixture, "Items");

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (items)), ==, "20");
  gtk_editable_set_text (GTK_EDITABLE (items), "many");
  g_signal_emit_by_name (items, "entry-activated");
  g_assert_true (gtk_widget_has_css_class (items, "error"));
  gtk_editable_set_text (GTK_EDITABLE (items), "19");
  g_signal_emit_by_name (items, "entry-activated");
  page_settle ();
  g_assert_cmpuint (hr_session_get_pattern (fixture->session)->expect->count, ==, 19);
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_cmpint (hr_session_get_run (fixture->session)->status, ==, HR_RUN_FAILED);
  items = get_row (fixture, "Items");
  gtk_editable_set_text (GTK_EDITABLE (items), "");
  g_signal_emit_by_name (items, "entry-activated");
  page_settle ();
  g_assert_false (hr_session_get_pattern (fixture->session)->expect->has_count);
}

/* History */

static gboolean
is_column_view (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_COLUMN_VIEW (widget);
}

static gboolean
is_comparison (GtkWidget *widget, gconstpointer unused)
{
  return HR_IS_COMPARE_VIEW (widget);
}

static gboolean
is_label (GtkWidget *widget, gconstpointer start)
{
  return GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), start);
}

static guint
count_texts (GtkWidget *widget, const char *start)
{
  guint n = is_label (widget, start);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_texts (child, start);
  return n;
}

/* One run that is selected is shown again, two are compared. */
static void
test_history (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *list = page_find (fixture->page, is_column_view, NULL);
  GtkWidget *comparison = page_find (fixture->page, is_comparison, NULL);
  GtkSelectionModel *selection;

  g_assert_nonnull (list);
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (list));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  hr_session_set_value (fixture->session, "year", "2031");
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  page_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 2);
  g_assert_true (gtk_selection_model_is_selected (selection, 0)); /* what is shown */
  g_assert_false (gtk_selection_model_is_selected (selection, 1));

  gtk_selection_model_select_item (selection, 1, TRUE);
  page_settle ();
  g_assert_cmpuint (hr_session_get_run (fixture->session)->count, ==, 20);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (comparison)));

  gtk_selection_model_select_item (selection, 0, FALSE);
  page_settle ();
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (comparison)));
  g_assert_nonnull (page_find (comparison, is_label, "Only in the earlier run: 20. Only in the later: 0."));
  g_assert_cmpuint (hr_session_get_run (fixture->session)->count, ==, 20);

  gtk_selection_model_select_item (selection, 1, TRUE); /* and once more */
  gtk_selection_model_select_item (selection, 0, FALSE);
  page_settle ();
  g_assert_cmpuint (count_texts (comparison, "Only in the earlier run: 20."), ==, 1);
  g_assert_cmpuint (count_texts (comparison, "Run at"), ==, 1);

  hr_session_close (fixture->session);
  page_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 0);
}

/* Plan */

static GtkWidget *
find_text (PageFixture *fixture, const char *start)
{
  return page_find (fixture->page, is_label, start);
}

/* Pattern B, to the end of its partition, with so many items a page. */
static const HrPatternRun *
run_pages (PageFixture *fixture, guint page_size)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  HrStep *step = hr_step_new ("", "Query");
  g_autoptr (GError) error = NULL;
  const HrStep *old = g_ptr_array_index (hr_session_get_pattern (fixture->session)->steps, 0);

  g_free (step->request);
  step->pages = HR_PAGES_ALL;
  step->request = g_strdup_printf ("{\"TableName\":\"cruddur-messages\",\"KeyConditionExpression\":\"pk = :p\","
                                   "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"GRP#{my_user_uuid}\"}},"
                                   "\"Limit\":%u}", page_size);
  g_assert_true (hr_document_set_step (document, "B", old->name, step, &error));
  hr_step_free (step);
  g_assert_no_error (error);
  g_assert_true (hr_session_run_pattern (fixture->session, &error));
  g_assert_no_error (error);
  page_settle ();
  return hr_session_get_run (fixture->session);
}

/* The page size that would be cheaper is, and costs what it is said to. */
static void
test_page_hint (PageFixture *fixture, gconstpointer constructor)
{
  GtkWidget *hint;
  guint64 count;
  guint size;
  double units;

  hr_session_select_pattern (fixture->session, "B");
  count = run_pages (fixture, 2)->count;
  g_assert_cmpuint (count, ==, 4);
  g_assert_true (hr_document_set_expectation (hr_session_get_document (fixture->session),
                                              &(HrTarget) { .kind = HR_TARGET_PATTERN, .name = "B" }, NULL, NULL));
  g_assert_cmpfloat (run_pages (fixture, 2)->read_units, ==, 1.5);
  hint = find_text (fixture, "Each page rounds up.");
  g_assert_nonnull (hint);
  g_assert_cmpint (sscanf (gtk_label_get_text (GTK_LABEL (hint)),
                           "Each page rounds up. Page size %u would cost %lf RCU.", &size, &units), ==, 2);
  g_assert_cmpfloat (run_pages (fixture, size)->read_units, ==, units);
  g_assert_null (find_text (fixture, "Each page rounds up."));
  g_assert_cmpfloat (run_pages (fixture, count)->read_units, >, units);
}

/* What differs from what was expected is said where the figures are. */
static void
test_mismatch (PageFixture *fixture, gconstpointer constructor)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  const HrTarget target = { .kind = HR_TARGET_PATTERN, .name = "A" };
  HrExpectation expect = { .has_count = TRUE, .count = 19 };

  g_assert_true (hr_document_set_expectation (document, &target, &expect, NULL));
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  page_settle ();
  g_assert_nonnull (find_text (fixture, "20 items, not as expected"));
  g_assert_nonnull (find_text (fixture, "in total: count: expected 19, got 20"));
}

/* A partition that is not there is none of those that are. */
static void
test_nothing_read (PageFixture *fixture, gconstpointer constructor)
{
  hr_session_set_value (fixture->session, "message_group_uuid", "nowhere");
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  page_settle ();
  g_assert_nonnull (find_text (fixture, "0 of 12"));
}

/* Figures of an index are not said to be the table's. */
static void
test_index_plan (PageFixture *fixture, gconstpointer constructor)
{
  hr_session_select_pattern (fixture->session, "D");
  g_assert_true (hr_session_run_pattern (fixture->session, NULL));
  g_assert_null (find_text (fixture, "Index"));
  hr_session_show_table (fixture->session, "cruddur-messages", "message-group-sk-index");
  page_settle ();
  g_assert_nonnull (find_text (fixture, "Index"));
}

/* Coverage */

static guint
count_tab_stops (GtkWidget *widget)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_focusable (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_tab_stops (child);
  return n;
}

/* What is used by whom, and what by nobody; a click goes to the thing. */
static void
test_coverage (PageFixture *fixture, gconstpointer constructor)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  g_autofree HrTarget *index = NULL;
  g_autofree char *view = NULL;
  GtkWidget *label;

  g_object_set (fixture->session, "view", "patterns", NULL);
  g_assert_cmpuint (count_tab_stops (fixture->page), ==, 1);
  g_assert_cmpuint (count_texts (fixture->page, "reads"), ==, 4);
  g_assert_cmpuint (count_texts (fixture->page, "Nothing is scanned"), ==, 1);
  index = hr_document_add_index (document, "cruddur-messages", "idle", HR_INDEX_GLOBAL, NULL, NULL, NULL);
  g_assert_nonnull (index);
  page_settle ();
  g_assert_cmpuint (count_texts (fixture->page, "Nothing is scanned"), ==, 0);
  label = page_find (fixture->page, is_label, "No pattern reads the index “idle”");
  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  page_settle ();
  g_object_get (fixture->session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "design");
  g_assert_cmpstr (hr_session_get_index (fixture->session), ==, "idle");

  label = page_find (fixture->page, is_label, "List my conversations");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  page_settle ();
  g_assert_cmpstr (hr_session_get_pattern (fixture->session)->id, ==, "B");
  g_assert_cmpuint (count_tab_stops (fixture->page), ==, 1);
}

#define ADD(path, constructor, test) g_test_add (path, PageFixture, constructor, set_up, test, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("/patterns/form/target", hr_inspector_new, test_target);
  ADD ("/patterns/form/operation", hr_inspector_new, test_operation);
  ADD ("/patterns/form/statements", hr_inspector_new, test_statements);
  ADD ("/patterns/form/operator", hr_inspector_new, test_operator);
  ADD ("/patterns/form/reference", hr_inspector_new, test_reference);
  ADD ("/patterns/form/no-key", hr_inspector_new, test_no_key);
  ADD ("/patterns/values", hr_inspector_new, test_values);
  ADD ("/patterns/expected", hr_inspector_new, test_expected);
  ADD ("/patterns/coverage", hr_coverage_view_new, test_coverage);
  ADD ("/patterns/history", hr_history_view_new, test_history);
  ADD ("/patterns/plan/hint", hr_patterns_page_new, test_page_hint);
  ADD ("/patterns/plan/mismatch", hr_patterns_page_new, test_mismatch);
  ADD ("/patterns/plan/nothing", hr_patterns_page_new, test_nothing_read);
  ADD ("/patterns/plan/index", hr_patterns_page_new, test_index_plan);
}

int
main (int argc, char **argv)
{
  gtk_disable_setlocale ();
  return fixture_run (argc, argv, add_tests);
}
