/* Editing through a session: steps, typing, what is said, what undo shows. No display is needed. */

#include <string.h>

#include "app/session/session-private.h"
#include "model/base/error.h"
#include "tests/app/session-fixture.h"

static HrDocument *
get_document (HrSession *session)
{
  return hr_session_get_document (session);
}

static HrTable *
get_table (HrModel *model)
{
  return g_ptr_array_index (model->tables, 0);
}

static gboolean
rename_entity_cb (HrModel *model, gpointer user_data, GError **error)
{
  HrEntity *entity = g_ptr_array_index (get_table (model)->entities, 1);

  g_free (entity->name);
  entity->name = g_strdup (user_data);
  return TRUE;
}

static void
rename_entity (HrSession *session, const HrEdit *edit, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_session_edit_model (session, edit, rename_entity_cb, (gpointer) name, &error));
  g_assert_no_error (error);
}

/* The same, as if it had been typed so long after the last: a busy machine may take a second over it. */
static void
type_entity (HrSession *session, const HrEdit *edit, const char *name, gint64 after_us)
{
  session->typed_at = g_get_monotonic_time () - after_us;
  rename_entity (session, edit, name);
}

static const char *
get_entity_name (HrSession *session)
{
  HrTable *table = get_table (hr_document_get_model (get_document (session)));

  return ((HrEntity *) g_ptr_array_index (table->entities, 1))->name;
}

static void
test_typing (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autofree char *name = g_strdup (get_entity_name (session));
  const HrEdit typing = { "Rename entity", "entity/name", NULL };
  const HrEdit other = { "Rename entity", "another/name", NULL };

  rename_entity (session, &typing, "G");
  type_entity (session, &typing, "Gr", -G_TIME_SPAN_MINUTE);
  type_entity (session, &typing, "Gro", -G_TIME_SPAN_MINUTE);
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpstr (get_entity_name (session), ==, name);
  g_assert_false (hr_session_is_modified (session));

  /* another field, the end of typing, an edit in between and a second of thinking begin another step */
  rename_entity (session, &typing, "a");
  rename_entity (session, &other, "b");
  hr_session_end_typing (session);
  rename_entity (session, &other, "c");
  fixture_add_item (get_document (session), FIXTURE_NEW_ITEM);
  rename_entity (session, &other, "d");
  type_entity (session, &other, "e", G_TIME_SPAN_SECOND + 1);
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpstr (get_entity_name (session), ==, "d");
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpstr (get_entity_name (session), ==, "c");
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpstr (get_entity_name (session), ==, "b");
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpstr (get_entity_name (session), ==, "a");
}

static void
take_toast_cb (GString *said, const char *text, gboolean can_undo)
{
  g_string_append_printf (said, "%s%s;", text, can_undo ? " (undo)" : "");
}

static gboolean
fail_cb (HrDocument *document, gpointer user_data, GError **error)
{
  hr_document_add_item (document, "cruddur-messages", FIXTURE_NEW_ITEM, strlen (FIXTURE_NEW_ITEM), -1, HR_RANGE_NONE,
                        NULL);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, "no");
  return FALSE;
}

static void
test_toast (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const HrEdit edit = { "Rename entity", NULL, "Renamed" };

  g_signal_connect_swapped (session, "toast", G_CALLBACK (take_toast_cb), said);
  rename_entity (session, &edit, "Crowd");
  rename_entity (session, &edit, "Crowd"); /* which changes nothing */
  g_assert_cmpstr (said->str, ==, "Renamed (undo);");
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_false (hr_session_is_modified (session));

  g_assert_false (hr_session_edit (session, &edit, fail_cb, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_assert_false (hr_session_is_modified (session));
  g_assert_true (hr_document_can_redo (get_document (session))); /* what failed was no step */
}

static void
assert_view (HrSession *session, const char *expected)
{
  g_autofree char *view = NULL;

  g_object_get (session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, expected);
}

/* Rows are selected where they can be seen, with the attribute that changed. */
static void
test_reveal_row (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  const HrMember members[] = { { "pk", 2, hr_value_string ("MSG#new", 7) }, { "sk", 2, hr_value_string ("2026", 4) } };
  const HrValue key = hr_value_map (members, 2);
  const HrOutlineAttribute *attributes;
  guint column, n_attributes;

  fixture_add_item (get_document (session), FIXTURE_NEW_ITEM);
  g_assert_true (hr_session_undo (session, NULL));
  assert_view (session, "table");
  g_object_set (session, "view", "design", NULL);
  g_assert_true (hr_session_redo (session, NULL));
  assert_view (session, "table");
  g_assert_true (hr_value_equal (hr_session_get_selected_key (session, NULL), &key));

  {
    HrMember all[] = { { "message", 7, hr_value_string ("x", 1) }, members[0], members[1] };
    HrValue item = hr_value_map (all, 3);

    hr_document_begin_edit (get_document (session), "Write", NULL);
    g_assert_true (hr_document_replace_item (get_document (session), "cruddur-messages", &key, &item, NULL));
    g_assert_true (hr_document_commit_edit (get_document (session), NULL));
  }
  hr_session_clear_selection (session);
  g_object_set (session, "view", "patterns", NULL);
  g_assert_true (hr_session_undo (session, NULL));
  assert_view (session, "patterns"); /* which shows the table, too */
  g_assert_true (hr_value_equal (hr_session_get_selected_key (session, &column), &key));
  n_attributes = hr_outline_get_attributes (hr_session_get_outline (session), &attributes);
  g_assert_cmpuint (column, >, 0);
  g_assert_cmpuint (column, <=, n_attributes);
  g_assert_cmpstr (attributes[column - 1].name, ==, "message");
}

static gboolean
rename_pattern_cb (HrModel *model, gpointer user_data, GError **error)
{
  HrPattern *pattern = g_ptr_array_index (model->patterns, 2);

  g_free (pattern->name);
  pattern->name = g_strdup ("Another name");
  return TRUE;
}

static gboolean
remove_index_cb (HrModel *model, gpointer user_data, GError **error)
{
  g_ptr_array_set_size (get_table (model)->indexes, 0);
  return TRUE;
}

static void
test_reveal_definition (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  const HrEdit edit = { "Edit", NULL, NULL };
  g_autofree char *entity = NULL;
  g_autofree char *pattern = NULL;
  g_autofree char *index = NULL;
  guint subject;

  rename_entity (session, &edit, "Crowd");
  g_object_set (session, "view", "table", NULL);
  g_assert_true (hr_session_undo (session, NULL));
  assert_view (session, "design");
  g_object_get (session, "selected-entity", &entity, "subject", &subject, NULL);
  g_assert_cmpstr (entity, ==, get_entity_name (session));
  g_assert_cmpuint (subject, ==, HR_SUBJECT_ENTITY);

  g_assert_true (hr_session_edit_model (session, &edit, rename_pattern_cb, NULL, NULL));
  hr_session_select_pattern (session, "A");
  g_assert_true (hr_session_undo (session, NULL));
  g_object_get (session, "pattern", &pattern, NULL);
  g_assert_cmpstr (pattern, ==, "B");

  g_assert_true (hr_session_edit_model (session, &edit, remove_index_cb, NULL, NULL));
  g_assert_true (hr_session_undo (session, NULL));
  g_object_get (session, "index", &index, "subject", &subject, NULL);
  g_assert_cmpstr (index, ==, "message-group-sk-index");
  g_assert_cmpuint (subject, ==, HR_SUBJECT_INDEX);
}

/* What a pattern writes is kept as one step, and the run is about the document as it is now. */
static void
test_keep (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  hr_session_select_pattern (session, "C1");
  g_assert_true (hr_session_keep_pattern (session, &error));
  g_assert_no_error (error);
  g_assert_true (hr_session_is_modified (session));
  g_assert_false (hr_session_is_run_stale (session));
  g_assert_nonnull (hr_session_get_run (session));
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_false (hr_session_is_modified (session));
  g_assert_true (hr_session_is_run_stale (session));
}

static void
add_tests (void)
{
  g_test_add_func ("/edit/typing", test_typing);
  g_test_add_func ("/edit/toast", test_toast);
  g_test_add_func ("/edit/reveal/row", test_reveal_row);
  g_test_add_func ("/edit/reveal/definition", test_reveal_definition);
  g_test_add_func ("/edit/keep", test_keep);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
