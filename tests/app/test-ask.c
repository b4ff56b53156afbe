/* Asking: patterns as the session makes, runs and keeps them. No display is needed. */
#include "tests/app/session-fixture.h"

#include "app/ui/inspector-private.h"
#include "model/document/edit-definitions.h"

#define TABLE "cruddur-messages"
#define INDEX "message-group-sk-index"

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
add_tests (void)
{
  g_test_add_func ("/ask/statement", test_statement);
  g_test_add_func ("/ask/expect", test_expect);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
