/*
 * Two runs side by side.
 */
#include "tests/document/fixture.h"

#include "model/document/run-compare.h"

#include <string.h>

static HrPattern *
pattern_new (const char *request)
{
  HrPattern *pattern = hr_pattern_new ("A", "Read");
  HrStep *step = hr_step_new ("step", "Query");

  g_free (step->request);
  step->request = fixture_quote (request);
  step->pages = HR_PAGES_ALL;
  g_ptr_array_add (pattern->steps, step);
  return pattern;
}

static HrPatternRun *
run (HrDocument *document, const char *request)
{
  g_autoptr (HrPattern) pattern = pattern_new (request);
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (document));
  g_autoptr (GError) error = NULL;
  HrPatternRun *result = hr_pattern_run (pattern, hr_document_get_model (document), backend, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->status, ==, HR_RUN_PASSED);
  return result;
}

static char *
describe (const HrRunComparison *comparison)
{
  static const char signs[] = { [HR_RUN_ONLY_FIRST] = '-', [HR_RUN_ONLY_SECOND] = '+', [HR_RUN_CHANGED] = '~' };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const HrRunDifference *difference = &g_array_index (comparison->differences, HrRunDifference, i);
      const char *sort_key = strstr (difference->key, "\"sk\":{\"S\":\"");

      g_assert_nonnull (sort_key);
      g_string_append_printf (text, "%c%.1s ", signs[difference->kind], sort_key + strlen ("\"sk\":{\"S\":\""));
    }
  g_string_append_printf (text, "%u%s%s", (guint) comparison->n_same, comparison->is_other_order ? " other order" : "",
                          comparison->is_incomplete ? " incomplete" : "");
  return g_string_free (text, FALSE);
}

#define QUERY(rest)                                                                                                    \
  "{'TableName':'notes','Limit':2,'KeyConditionExpression':'pk = :p',"                                                 \
  "'ExpressionAttributeValues':{':p':{'S':'NOTE#1'}}" rest "}"

static void
test_compare (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autoptr (HrPatternRun) before = NULL;
  g_autoptr (HrPatternRun) after = NULL;
  g_autoptr (HrPatternRun) backward = NULL;
  g_autoptr (HrPatternRun) without_keys = NULL;
  const HrPatternRun *runs[5][2];
  static const char *const expected[] = { "5", "-b ~d +f 3", "~d -f +b 3 other order", "5 other order",
                                          "-a -b -c -d -e 0 incomplete" };

  fixture_begin (document, "Add");
  for (char sort = 'a'; sort <= 'e'; sort++)
    {
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'NOTE#1'},'sk':{'S':'%c'},'text':{'S':'x'}}", sort);

      fixture_add (document, "notes", json);
    }
  fixture_commit (document);
  before = run (document, QUERY (""));
  backward = run (document, QUERY (",'ScanIndexForward':false"));
  without_keys = run (document, QUERY (",'ProjectionExpression':'#t','ExpressionAttributeNames':{'#t':'text'}"));
  fixture_begin (document, "Change");
  fixture_remove (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'b'}}");
  fixture_remove (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'d'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'d'},'text':{'S':'y'}}");
  fixture_add (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'f'},'text':{'S':'x'}}");
  fixture_commit (document);
  after = run (document, QUERY (""));

  memcpy (runs, (const HrPatternRun *[5][2]){ { before, before }, { before, after }, { after, backward },
                                              { before, backward }, { before, without_keys } }, sizeof runs);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (HrRunComparison) comparison = hr_run_compare (runs[i][0], runs[i][1]);
      g_autofree char *text = describe (comparison);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/run-compare", test_compare);
  return g_test_run ();
}
