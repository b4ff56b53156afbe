/* Fields of the inspector: what stands below them, when they take over what was typed, and what a choice brings. */

#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/rename.h"
#include "app/ui/editing/fields.h"
#include "app/ui/editing/template-entry.h"
#include "app/ui/inspector/inspector.h"
#include "model/document/edit-definitions.h"
#include "tests/app/page-fixture.h"

#define TABLE "cruddur-messages"
#define INDEX "message-group-sk-index"
#define WRONG_NAME "a#b cannot name a table: use 3 to 255 letters, digits, _, - and .."
#define UNUSED \
  "No key of Message contains {shard}, so it is stored nowhere; use it in a template or make it an attribute."

static const HrTable *
get_table (PageFixture *fixture)
{
  return g_ptr_array_index (hr_document_get_model (hr_session_get_document (fixture->session))->tables, 0);
}

static const char *
get_sort_key (PageFixture *fixture)
{
  return hr_entity_get_key (hr_table_find_entity (get_table (fixture), "Message"), "sk")->template->text;
}

static void
select_target (PageFixture *fixture, const HrTarget *target)
{
  hr_session_select_target (fixture->session, target);
  page_settle ();
}

static void
wait_for_problems (PageFixture *fixture, guint expected)
{
  while (hr_session_count_problems (fixture->session) != expected)
    g_main_context_iteration (NULL, TRUE);
  page_settle ();
}

/* What was found stands right below the field that it is about, as long as it is so. */
static void
test_finding (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *label, *field;

  select_target (fixture, &HR_TARGET (TABLE, TABLE, NULL, NULL));
  g_assert_true (hr_session_rename (fixture->session, &HR_TARGET (TABLE, TABLE, NULL, NULL), "a#b", NULL));
  wait_for_problems (fixture, 1);
  label = page_find_label (fixture->page, WRONG_NAME);
  g_assert_nonnull (label);
  field = gtk_widget_get_prev_sibling (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (field)), ==, "Name");
  g_assert_true (gtk_widget_has_css_class (field, "error"));

  g_assert_true (hr_session_undo (fixture->session, NULL));
  wait_for_problems (fixture, 0);
  g_assert_null (page_find_label (fixture->page, WRONG_NAME));
}

/* With the button that mends it. */
static void
test_fix (PageFixture *fixture, gconstpointer unused)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  g_autofree HrTarget *part = hr_document_add_key_part (document, TABLE, "Message", "shard", HR_TYPE_S, NULL);

  g_assert_nonnull (part);
  select_target (fixture, part);
  hr_inspector_edit_name (fixture->page, part);
  wait_for_problems (fixture, 1);
  g_assert_nonnull (page_find_label (fixture->page, UNUSED));
  page_click (fixture->page, "Remove shard");
  g_assert_null (hr_attributes_find (hr_table_find_entity (get_table (fixture), "Message")->key_parts, "shard"));
  wait_for_problems (fixture, 0);
  g_assert_null (page_find_label (fixture->page, UNUSED));
}

/* Where a global index needs units of its own, it gets some, and they can be changed. */
static void
test_units (PageFixture *fixture, gconstpointer unused)
{
  const HrIndex *index;
  GtkWidget *row, *units;

  select_target (fixture, &HR_TARGET (TABLE, TABLE, NULL, NULL));
  row = gtk_widget_get_ancestor (page_find_label (fixture->page, "Capacity"), ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  index = hr_table_find_index (get_table (fixture), INDEX);
  g_assert_cmpint (get_table (fixture)->settings.read_units, ==, 5);
  g_assert_cmpint (index->read_units, ==, 5);
  g_assert_cmpint (index->write_units, ==, 5);

  select_target (fixture, &HR_TARGET (INDEX, TABLE, NULL, INDEX));
  row = gtk_widget_get_ancestor (page_find_label (fixture->page, "Read units"), ADW_TYPE_ACTION_ROW);
  units = page_find_type (row, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (units), 7);
  index = hr_table_find_index (get_table (fixture), INDEX);
  g_assert_cmpint (index->read_units, ==, 7);
  g_assert_cmpint (index->write_units, ==, 5);

  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  g_assert_false (hr_session_is_modified (fixture->session));
  page_settle ();
}

/* A key that no entity declares has the type that it is given here. */
static void
test_index_key (PageFixture *fixture, gconstpointer unused)
{
  HrDocument *document = hr_session_get_document (fixture->session);
  g_autofree HrTarget *target =
      hr_document_add_index (document, TABLE, "by-score", HR_INDEX_GLOBAL, "user_handle", "score", NULL);
  const HrIndex *index;
  GtkWidget *type;

  g_assert_nonnull (target);
  select_target (fixture, target);
  g_assert_nonnull (page_find_label (fixture->page, "String"));
  type = gtk_widget_get_ancestor (page_find_label (fixture->page, "Type"), ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (type), 1);
  page_settle ();
  index = hr_table_find_index (get_table (fixture), "by-score");
  g_assert_cmpint (((HrAttribute *) g_ptr_array_index (index->sort_key, 0))->type, ==, HR_TYPE_N);
  g_assert_cmpint (((HrAttribute *) g_ptr_array_index (index->partition_key, 0))->type, ==, HR_TYPE_S);
}

/* Where nothing is selected, the model itself is: it has a name, and nothing to delete. */
static void
test_model (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget model = HR_TARGET (MODEL, NULL, NULL, NULL);
  GtkWidget *name;
  g_autofree char *title = NULL;

  select_target (fixture, &model);
  g_assert_null (hr_session_dup_target (fixture->session));
  name = page_find_type (fixture->page, ADW_TYPE_ENTRY_ROW);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Cruddur messages");
  gtk_editable_set_text (GTK_EDITABLE (name), "Messages");
  g_signal_emit_by_name (name, "entry-activated");
  title = hr_session_dup_title (fixture->session);
  g_assert_cmpstr (title, ==, "Messages");
  page_settle ();
  g_assert_nonnull (page_find_label (fixture->page, "Messages"));
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Cruddur messages");
}

/* The buttons below a template are part of it: it is taken over when the focus leaves them, too. */
static void
test_template (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget target = HR_TARGET (TEMPLATE, TABLE, "Message", "sk");
  g_autoptr (HrFields) fields = hr_fields_new (fixture->session);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *other = gtk_button_new_with_label ("Elsewhere");
  GtkWidget *entry, *fix;

  hr_fields_add_template (fields, group, &target);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), other);
  page_show (fixture, box);
  entry = page_find_type (group, HR_TYPE_TEMPLATE_ENTRY);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "{created_at}#{shard}");
  while (page_find_label (group, "Make it a key part") == NULL)
    g_main_context_iteration (NULL, TRUE);

  fix = gtk_widget_get_ancestor (page_find_label (group, "Make it a key part"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (fix));
  g_assert_cmpstr (get_sort_key (fixture), ==, "{created_at}");
  g_assert_true (gtk_widget_grab_focus (other));
  g_assert_cmpstr (get_sort_key (fixture), ==, "{created_at}#{shard}");
  page_settle ();
}

static gboolean
press_escape (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_taken = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0u, (GdkModifierType) 0, &is_taken);
      if (is_taken)
        return TRUE;
    }
  return FALSE;
}

/* Escape gives up what was typed, and nothing else. */
static void
test_escape (PageFixture *fixture, gconstpointer unused)
{
  const HrTarget target = HR_TARGET (TEMPLATE, TABLE, "Message", "sk");
  g_autoptr (HrFields) fields = hr_fields_new (fixture->session);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = hr_fields_add_template (fields, group, &target);
  GtkWidget *entry;

  page_show (fixture, group);
  entry = page_find_type (group, HR_TYPE_TEMPLATE_ENTRY);
  g_assert_false (press_escape (row));
  gtk_editable_set_text (GTK_EDITABLE (entry), "{created");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (press_escape (row));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "{created_at}");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_false (hr_session_is_modified (fixture->session));
  page_settle ();
}

#define ADD(path, page, func) g_test_add ("/fields/" path, PageFixture, page, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("finding", hr_inspector_new, test_finding);
  ADD ("fix", hr_inspector_new, test_fix);
  ADD ("units", hr_inspector_new, test_units);
  ADD ("index-key", hr_inspector_new, test_index_key);
  ADD ("model", hr_inspector_new, test_model);
  ADD ("template", NULL, test_template);
  ADD ("escape", NULL, test_escape);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
