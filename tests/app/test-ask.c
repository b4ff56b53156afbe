/* Asking: patterns as the session makes, runs and keeps them. No display is needed. */
#include "tests/app/session-fixture.h"

#include "app/session/pattern-actions.h"
#include "app/ui/pieces/actions.h"
#include "model/base/error.h"
#include "model/document/edit-definitions.h"
#include "model/value/codec.h"

#include <string.h>

#define TABLE "cruddur-messages"
#define INDEX "message-group-sk-index"
#define SOME_MESSAGE                                                                                                   \
  "{\"pk\":{\"S\":\"MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399\"},\"sk\":{\"S\":\"2026-03-02T10:04:00.000000+00:00\"}}"
#define SOME_GROUP                                                                                                     \
  "{\"pk\":{\"S\":\"GRP#126e79e2-e6ca-41d6-a1ad-bc4e10bfa287\"},\"sk\":{\"S\":\"2026-03-03T08:05:03.452719+00:00\"}}"

/* A pattern of one step, which is chosen then. */
static void
add_pattern (HrSession *session, const char *operation, const char *request)
{
  HrDocument *document = hr_session_get_document (session);
  HrPattern *pattern = hr_pattern_new ("", "New");
  HrStep *step = hr_step_new ("step", operation);
  g_autoptr (GError) error = NULL;
  g_autofree HrTarget *target = NULL;

  g_free (step->request);
  step->request = g_strdup (request);
  g_ptr_array_add (pattern->steps, step);
  target = hr_document_insert_pattern (document, pattern, &error);
  g_assert_no_error (error);
  hr_session_select_pattern (session, target->name);
  hr_pattern_free (pattern);
}

/* The canvas shows what a statement names. */
static void
test_statement (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  add_pattern (session, "ExecuteStatement",
               "{\"Statement\":\"SELECT * FROM \\\"" TABLE "\\\".\\\"" INDEX "\\\" WHERE message_group_uuid = "
               "'5ae290ed-55d1-47a0-bc6d-fe2bc2700399'\"}");
  g_assert_cmpstr (hr_session_get_index (session), ==, INDEX);
  g_assert_true (hr_session_run_pattern (session, &error));
  g_assert_no_error (error);
  g_assert_nonnull (hr_session_get_marks (session));
  g_assert_false (hr_marks_is_scan (hr_session_get_marks (session)));

  add_pattern (session, "ExecuteStatement", "{\"Statement\":\"SELECT * FROM \\\"" TABLE "\\\" WHERE sk = 'x'\"}");
  g_assert_null (hr_session_get_index (session));
}

/* What a run gave is what it shall give from now on, also when that is nothing or an error. */
static void
test_expect (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;
  const HrExpectation *expect;

  add_pattern (session, "Query", "{\"TableName\":\"" TABLE "\",\"KeyConditionExpression\":\"pk = :p\","
                                 "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"MSG#nowhere\"}}}");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_true (hr_session_expect_run (session, &error));
  g_assert_no_error (error);
  expect = hr_session_get_pattern (session)->expect;
  g_assert_true (expect->has_count && expect->count == 0);
  g_assert_true (expect->has_read_units && expect->read_units == 0.5);
  g_assert_null (expect->error);

  add_pattern (session, "Query", "{\"TableName\":\"" TABLE "\",\"KeyConditionExpression\":\"sk = :p\","
                                 "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"MSG#nowhere\"}}}");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_true (hr_session_expect_run (session, &error));
  g_assert_cmpstr (hr_session_get_pattern (session)->expect->error, ==, "ValidationException");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_cmpint (hr_session_get_run (session)->status, ==, HR_RUN_PASSED);
  g_assert_true (hr_session_expect_nothing (session, &error));
  g_assert_null (hr_session_get_pattern (session)->expect);
}

static void
select_item (HrSession *session, const char *json)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue key;

  g_assert_true (hr_item_from_json (arena, hr_json_parse (arena, json, strlen (json), 8, NULL), &key, &error));
  hr_session_select_item (session, &key, 0);
}

/* The template of the item's entity says which part of the key is a parameter. */
static void
test_partition (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  const HrModel *model = hr_document_get_model (document);
  const guint n_before = model->patterns->len;
  g_autoptr (GError) error = NULL;
  g_autofree char *view = NULL;
  const HrPattern *pattern;

  g_assert_false (hr_pattern_query_partition (session, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);

  select_item (session, SOME_MESSAGE);
  g_assert_true (hr_pattern_query_partition (session, &error));
  g_assert_no_error (error);
  pattern = hr_session_get_pattern (session);
  g_assert_cmpuint (pattern->parameters->len, ==, 1);
  g_assert_cmpstr (((HrParameter *) g_ptr_array_index (pattern->parameters, 0))->name, ==, "message_group_uuid");
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 104);
  g_object_get (session, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "patterns");

  g_assert_true (hr_session_undo (session, NULL));
  g_assert_cmpuint (hr_document_get_model (document)->patterns->len, ==, n_before);
}

/* Of an index its own partition; an item that is not in it has none. */
static void
test_partition_of_index (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  hr_session_show_table (session, TABLE, INDEX);
  select_item (session, SOME_MESSAGE);
  if (hr_session_get_index (session) != NULL)
    g_assert_false (hr_pattern_query_partition (session, NULL));
  hr_session_show_table (session, TABLE, INDEX);
  select_item (session, SOME_GROUP);
  g_assert_true (hr_pattern_query_partition (session, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hr_session_get_index (session), ==, INDEX);
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 2);
}

static void
test_paste (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;
  const HrPattern *pattern;

  g_assert_false (hr_pattern_paste (session, "hello", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (hr_pattern_paste (session,
                                   "aws dynamodb query --table-name " TABLE " --key-condition-expression 'pk = :pk' "
                                   "--expression-attribute-values '{\":pk\":{\"S\":\"MSG#nobody\"}}'",
                                   &error));
  g_assert_no_error (error);
  pattern = hr_session_get_pattern (session);
  g_assert_cmpuint (pattern->steps->len, ==, 1);
  g_assert_true (hr_session_run_pattern (session, &error));
  g_assert_cmpint (hr_session_get_run (session)->status, ==, HR_RUN_PASSED);
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 0);
}

/* Nothing typed is a value that is missing, unless the example says that nothing is one. */
static void
test_missing (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  hr_session_select_pattern (session, "A");
  g_assert_null (hr_session_get_missing_value (session));
  hr_session_set_value (session, "year", "");
  g_assert_cmpstr (hr_session_get_missing_value (session), ==, "year");
  g_assert_false (hr_session_run_pattern (session, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_assert_true (hr_document_set_example (hr_session_get_document (session), "A", "year", "", NULL));
  g_assert_null (hr_session_get_missing_value (session));
  g_assert_true (hr_session_run_pattern (session, NULL));
}

static HrRunRecord *
get_record (HrSession *session, guint number)
{
  g_autoptr (HrRunRecord) record = g_list_model_get_item (hr_session_get_history (session), number);

  return record;
}

/* What a run showed is what is kept, whatever values have been typed since. */
static void
test_keep (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;
  HrRunRecord *record;

  g_assert_false (hr_session_can_keep_run (session));
  hr_session_select_pattern (session, "A");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_false (hr_session_can_keep_run (session)); /* it only reads */
  hr_session_select_pattern (session, "C1");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_true (hr_session_can_keep_run (session));
  hr_session_set_value (session, "message", "typed later");
  g_assert_true (hr_session_keep_pattern (session, &error));
  g_assert_no_error (error);
  g_assert_false (hr_session_can_keep_run (session));
  g_assert_false (hr_session_is_run_stale (session));
  record = hr_session_get_shown_run (session);
  g_assert_true (hr_run_record_is_kept (record));
  g_assert_cmpstr (g_hash_table_lookup (hr_run_record_get_values (record), "message"), !=, "typed later");
  g_assert_true (hr_session_undo (session, NULL));
  g_assert_true (hr_session_is_run_stale (session));
  g_assert_false (hr_session_can_keep_run (session));
}

/* The latest first, and not without end; any of them can be shown again as it was. */
static void
test_history (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  GListModel *history = hr_session_get_history (session);
  g_autoptr (GError) error = NULL;
  g_autofree char *values = NULL;
  g_autofree HrTarget *target = NULL;

  hr_session_select_pattern (session, "A");
  g_assert_true (hr_session_run_pattern (session, NULL));
  hr_session_set_value (session, "year", "2031");
  g_assert_true (hr_session_run_pattern (session, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 2);
  g_assert_cmpuint (hr_run_record_get_figures (get_record (session, 0))->count, ==, 0);
  g_assert_cmpuint (hr_run_record_get_figures (get_record (session, 1))->count, ==, 20);
  values = hr_run_record_dup_values (get_record (session, 0));
  g_assert_cmpstr (values, ==, "message_group_uuid 5ae290ed-55d1-47a0-bc6d-fe2bc2700399, year 2031");

  hr_session_select_pattern (session, "B");
  g_assert_true (hr_session_show_run (session, get_record (session, 1), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hr_session_get_pattern (session)->id, ==, "A");
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 20);
  g_assert_false (hr_session_is_run_stale (session));
  g_assert_nonnull (hr_session_get_marks (session));

  hr_run_record_drop_result (get_record (session, 0));
  g_assert_true (hr_session_show_run (session, get_record (session, 0), &error)); /* runs it again */
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 0);
  for (guint i = 0; i < 20; i++)
    g_assert_true (hr_session_run_all (session, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 50);

  target = hr_document_remove_definition (hr_session_get_document (session), &HR_TARGET (PATTERN, NULL, NULL, "D"),
                                          NULL);
  g_assert_nonnull (target);
  g_assert_cmpstr (hr_run_record_get_pattern (get_record (session, 0)), ==, "D");
  g_assert_false (hr_session_show_run (session, get_record (session, 0), &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
}

static gboolean
read_all_pages_cb (HrModel *model, gpointer unused, GError **error)
{
  HrPattern *pattern = g_ptr_array_index (model->patterns, model->patterns->len - 1);

  ((HrStep *) g_ptr_array_index (pattern->steps, 0))->pages = HR_PAGES_ALL;
  return TRUE;
}

static void
count_cb (HrSession *session, guint *count)
{
  ++*count;
}

static void
keep_toast_cb (HrSession *session, const char *text, gboolean can_undo, char **toast)
{
  g_free (*toast);
  *toast = g_strdup (text);
}

/* What reads very much does not hold anybody up, and can be called off. */
static void
test_long (void)
{
  g_autoptr (HrSession) session = fixture_open_sample ();
  HrDocument *document = hr_session_get_document (session);
  GListModel *history = hr_session_get_history (session);
  const HrEdit edit = { .name = "All pages" };
  g_autoptr (GError) error = NULL;
  g_autofree char *toast = NULL;
  guint n_changes = 0;

  fixture_fill (document, 12000);
  fixture_wait_for_outline (session);
  add_pattern (session, "Scan", "{\"TableName\":\"" TABLE "\",\"Limit\":500}");
  g_assert_true (hr_session_run_pattern (session, &error)); /* one page is read at once */
  g_assert_nonnull (hr_session_get_run (session));
  hr_session_clear_run (session);
  hr_session_edit_model (session, &edit, read_all_pages_cb, NULL, &error);
  g_assert_true (hr_session_run_pattern (session, &error));
  g_assert_no_error (error);
  g_assert_null (hr_session_get_run (session));
  g_signal_connect (session, "run-changed", G_CALLBACK (count_cb), &n_changes);
  while (hr_session_get_run (session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_changes, >=, 1);
  g_assert_cmpuint (hr_session_get_run (session)->count, ==, 12149);
  g_assert_false (hr_session_is_running (session));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 2);

  g_signal_connect (session, "toast", G_CALLBACK (keep_toast_cb), &toast);
  g_assert_true (hr_session_run_all (session, &error));
  g_assert_null (toast); /* the last one goes on */
  while (toast == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (toast, ==, "All 7 patterns ran as expected.");
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 9);

  hr_session_clear_run (session);
  g_assert_true (hr_session_run_pattern (session, &error));
  hr_session_clear_run (session); /* calls it off */
  fixture_wait_ms (300);
  g_assert_null (hr_session_get_run (session));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 9);
  g_assert_true (hr_session_run_pattern (session, &error));
  hr_session_close (session);
  fixture_wait_ms (300);
}

/* A key that two actions have would do one of them, and nobody knows which. */
static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < hr_actions_get_count (); i++)
    {
      const HrAction *action = hr_actions_get (i);
      g_auto (GStrv) keys = g_strsplit (action->keys, " ", -1);

      for (guint j = 0; !action->is_local && keys[j] != NULL; j++)
        if (*keys[j] != '\0' && !g_hash_table_add (seen, g_strdup (keys[j])))
          g_error ("%s has two meanings, one of them %s", keys[j], action->name);
    }
}

/* What each pattern returns is what it is told to read; it leaves no run behind. */
static void
test_readers (void)
{
  static const char *const ids[] = { "A", "B" };
  g_autoptr (HrSession) session = fixture_open_sample ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      g_autoptr (GPtrArray) readers = NULL;
      HrServiceError problem = HR_SERVICE_ERROR_INIT;
      const HrPatternRun *run;
      const char *text;
      HrValue key;

      hr_session_select_pattern (session, ids[i]);
      g_assert_true (hr_session_run_pattern (session, &error));
      g_assert_no_error (error);
      run = hr_session_get_run (session);
      text = g_ptr_array_index (run->keys, 0);
      g_assert_true (hr_item_from_json (arena, hr_json_parse (arena, text, strlen (text), 8, NULL), &key, &problem));
      readers = hr_pattern_list_readers (session, TABLE, &key);
      g_assert_cmpuint (readers->len, >, 0);
      g_assert_cmpstr (((const HrPattern *) readers->pdata[0])->id, ==, ids[i]);
      for (guint j = 0; j < readers->len; j++)
        g_assert_cmpstr (((const HrPattern *) readers->pdata[j])->id, !=, ids[1 - i]);
      g_assert_cmpuint (g_list_model_get_n_items (hr_session_get_history (session)), ==, i + 1);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/ask/statement", test_statement);
  g_test_add_func ("/ask/expect", test_expect);
  g_test_add_func ("/ask/partition", test_partition);
  g_test_add_func ("/ask/partition/index", test_partition_of_index);
  g_test_add_func ("/ask/paste", test_paste);
  g_test_add_func ("/ask/missing", test_missing);
  g_test_add_func ("/ask/keep", test_keep);
  g_test_add_func ("/ask/history", test_history);
  g_test_add_func ("/ask/long", test_long);
  g_test_add_func ("/ask/keys", test_keys);
  g_test_add_func ("/ask/readers", test_readers);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
