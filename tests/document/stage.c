/*
 * What the tests of the runner share: a document, its backend, and steps.
 */
#include "tests/document/stage.h"

void
stage_set_up (Stage *stage, gconstpointer data)
{
  stage->document = fixture_document_new ();
  stage->backend = hr_backend_new_local (hr_document_get_engine (stage->document));
  stage->pattern = hr_pattern_new ("A", "Ask");
  fixture_begin (stage->document, "Add");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *item
        = g_strdup_printf ("{'pk':{'S':'a'},'sk':{'S':'%u'},'rank':{'N':'%u'},'owner':{'S':'o'}}", i, 10 - i);

      fixture_add (stage->document, "notes", item);
    }
  fixture_add (stage->document, "notes", "{'pk':{'S':'b'},'sk':{'S':'0'},'text':{'S':'hello'}}");
  fixture_add (stage->document, "counters", "{'id':{'N':'7'},'v':{'N':'70'}}");
  fixture_commit (stage->document);
}

void
stage_tear_down (Stage *stage, gconstpointer data)
{
  hr_backend_free (stage->backend);
  hr_pattern_free (stage->pattern);
  g_object_unref (stage->document);
}

HrStep *
stage_add_step (Stage *stage, const char *name, const char *operation, const char *request)
{
  HrStep *step = hr_step_new (name, operation);

  g_free (step->request);
  step->request = fixture_quote (request);
  g_ptr_array_add (stage->pattern->steps, step);
  return step;
}

void
stage_add_parameter (Stage *stage, const char *name, HrType type, const char *example)
{
  g_ptr_array_add (stage->pattern->parameters, hr_parameter_new (name, type, example));
}

HrPatternRun *
stage_run (Stage *stage, const HrRunOptions *options)
{
  g_autoptr (GError) error = NULL;
  HrPatternRun *run = hr_pattern_run (stage->pattern, hr_document_get_model (stage->document), stage->backend,
                                      options, &error);

  g_assert_no_error (error);
  return run;
}

void
stage_assert_passed (const HrPatternRun *run)
{
  if (run->mismatches->len > 0)
    g_error ("%s", (const char *) g_ptr_array_index (run->mismatches, 0));
  g_assert_cmpstr (run->message, ==, NULL);
  g_assert_cmpint (run->status, ==, HR_RUN_PASSED);
}

void
stage_add_move (Stage *stage)
{
  HrStep *read = stage_add_step (stage, "notes", "Query", STAGE_QUERY ",'Limit':2}");
  HrStep *remove = stage_add_step (stage, "remove", "DeleteItem",
                             "{'TableName':'notes','Key':{'pk':'{item.pk}','sk':'{item.sk}'}}");
  HrStep *put = stage_add_step (stage, "put", "PutItem",
                          "{'TableName':'notes','Item':{'pk':{'S':'moved'},'sk':'{item.sk}','rank':'{item.rank}',"
                          "'from':{'S':'{notes.Items[0].pk}/{notes.Count}'}}}");

  read->pages = HR_PAGES_ALL;
  remove->for_each = g_strdup ("notes.Items");
  put->for_each = g_strdup ("notes.Items");
}
