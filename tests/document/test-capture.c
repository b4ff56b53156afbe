/*
 * Taking over what a kept run writes, as one step of undo.
 */
#include "tests/document/stage.h"

#include "model/base/error.h"

#include <string.h>

/* What a kept run writes becomes one step of undo. */
static void
test_capture (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .keep = TRUE };
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *list = NULL;

  fixture_begin (stage->document, "Duplicate");
  fixture_add (stage->document, "notes", "{'pk':{'S':'a'},'sk':{'S':'4'},'text':{'S':'waits'}}");
  fixture_commit (stage->document);
  before = fixture_dump (stage->document);

  stage_add_move (stage);
  g_assert_true (hr_document_begin_capture (stage->document, "Run A", &error));
  result = stage_run (stage, &options);
  stage_assert_passed (result);
  g_assert_true (hr_document_commit_capture (stage->document, &error));
  g_assert_cmpstr (hr_document_get_undo_name (stage->document), ==, "Run A");
  fixture_verify (stage->document);
  g_assert_cmpuint (hr_document_get_n_drafts (stage->document), ==, 0); /* its key is free now */
  list = fixture_list (stage->document, "notes");
  g_assert_nonnull (strstr (list, "'text':{'S':'waits'}"));
  g_assert_nonnull (strstr (list, "{'from':{'S':'a/5'},'pk':{'S':'moved'},'rank':{'N':'6'},'sk':{'S':'4'}}"));

  after = fixture_dump (stage->document);
  fixture_undo (stage->document);
  undone = fixture_dump (stage->document);
  g_assert_cmpstr (undone, ==, before);
  fixture_redo (stage->document);
  redone = fixture_dump (stage->document);
  g_assert_cmpstr (redone, ==, after);
  fixture_verify (stage->document);
}

/* A run that is not kept changes nothing, so its capture is no step. */
static void
test_capture_of_nothing (Stage *stage, gconstpointer data)
{
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (stage->document);
  g_autofree char *after = NULL;

  stage_add_move (stage);
  g_assert_true (hr_document_begin_capture (stage->document, "Run A", &error));
  result = stage_run (stage, NULL);
  g_assert_true (hr_document_commit_capture (stage->document, &error));
  g_assert_cmpstr (hr_document_get_undo_name (stage->document), ==, "Add");
  after = fixture_dump (stage->document);
  g_assert_cmpstr (after, ==, before);
}

static void
test_capture_of_tables (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .keep = TRUE };
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (stage->document);
  g_autofree char *after = NULL;

  stage_add_step (stage, "drop", "DeleteTable", "{'TableName':'counters'}");
  g_assert_true (hr_document_begin_capture (stage->document, "Run A", &error));
  result = stage_run (stage, &options);
  g_assert_cmpint (result->status, ==, HR_RUN_PASSED);
  g_assert_false (hr_document_commit_capture (stage->document, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED);
  after = fixture_dump (stage->document);
  g_assert_cmpstr (after, ==, before);
}

/* A table that a client made in the engine is no part of the document. */
static void
test_capture_of_foreign_table (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .keep = TRUE };
  g_autoptr (HrPatternRun) made = NULL;
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (GError) error = NULL;

  stage_add_step (stage, "make", "CreateTable",
                  "{'TableName':'foreign','KeySchema':[{'AttributeName':'k','KeyType':'HASH'}],"
                  "'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'}],"
                  "'BillingMode':'PAY_PER_REQUEST'}");
  made = stage_run (stage, &options);
  stage_assert_passed (made);
  g_ptr_array_set_size (stage->pattern->steps, 0);
  stage_add_step (stage, "put", "PutItem", "{'TableName':'foreign','Item':{'k':{'S':'1'}}}");
  g_assert_true (hr_document_begin_capture (stage->document, "Run A", &error));
  result = stage_run (stage, &options);
  stage_assert_passed (result);
  g_assert_true (hr_document_commit_capture (stage->document, &error));
  g_assert_cmpstr (hr_document_get_undo_name (stage->document), ==, "Add");
}

static void
test_capture_cancelled (Stage *stage, gconstpointer data)
{
  HrRunOptions options = { .keep = TRUE };
  g_autoptr (HrPatternRun) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (stage->document);
  g_autofree char *after = NULL;

  stage_add_move (stage);
  g_assert_true (hr_document_begin_capture (stage->document, "Run A", &error));
  result = stage_run (stage, &options);
  hr_document_cancel_capture (stage->document);
  after = fixture_dump (stage->document);
  g_assert_cmpstr (after, ==, before);
}

#define ADD(path, func) g_test_add (path, Stage, NULL, stage_set_up, func, stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/document/capture/kept-run", test_capture);
  ADD ("/document/capture/nothing", test_capture_of_nothing);
  ADD ("/document/capture/tables", test_capture_of_tables);
  ADD ("/document/capture/foreign-table", test_capture_of_foreign_table);
  ADD ("/document/capture/cancelled", test_capture_cancelled);
  return g_test_run ();
}
