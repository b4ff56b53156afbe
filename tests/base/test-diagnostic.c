/* Diagnostics: places in a text, order, severities. */
#include "model/base/diagnostic.h"

#include <string.h>

static void
test_locate (void)
{
  static const char text[] = "ab\n\xc3\xa9\xe2\x82\xac" "c\n\nd";
  static const struct
  {
    guint32 offset;
    guint line;
    guint column;
  } cases[] = {
    { 0, 1, 1 },  { 1, 1, 2 },  { 2, 1, 3 },  { 3, 2, 1 },  { 5, 2, 2 },
    { 8, 2, 3 },  { 9, 2, 4 },  { 10, 3, 1 }, { 11, 4, 1 }, { 12, 4, 2 },
    { 99, 4, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint line;
      guint column;

      hr_range_locate (text, strlen (text), cases[i].offset, &line, &column);
      g_assert_cmpuint (line, ==, cases[i].line);
      g_assert_cmpuint (column, ==, cases[i].column);
    }
}

static void
test_add (void)
{
  static const char text[] = "one\ntwo\nthree";
  g_autoptr (HrDiagnostics) list = hr_diagnostics_new ();
  const HrDiagnostic *diagnostic;

  g_assert_false (hr_diagnostics_has_error (list));
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "no-text", (HrRange) { 4, 7 }, "before there is a text");
  hr_diagnostics_set_text (list, text, strlen (text));
  hr_diagnostics_add (list, HR_SEVERITY_WARNING, "third", (HrRange) { 9, 13 }, "line %d", 3);
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "no-place", HR_RANGE_NONE, "nowhere");
  g_assert_false (hr_diagnostics_has_error (list));
  hr_diagnostics_add (list, HR_SEVERITY_ERROR, "second", (HrRange) { 4, 7 }, "line 2");
  hr_diagnostics_add (list, HR_SEVERITY_ERROR, "second-too", (HrRange) { 5, 7 }, "line 2 again");
  g_assert_true (hr_diagnostics_has_error (list));
  g_assert_cmpuint (hr_diagnostics_get_count (list), ==, 5);

  g_assert_cmpuint (hr_diagnostics_get (list, 0)->line, ==, 0);
  diagnostic = hr_diagnostics_get (list, 1);
  g_assert_cmpstr (diagnostic->message, ==, "line 3");
  g_assert_cmpstr (diagnostic->code, ==, "third");
  g_assert_cmpint (diagnostic->severity, ==, HR_SEVERITY_WARNING);
  g_assert_cmpuint (diagnostic->line, ==, 3);
  g_assert_cmpuint (diagnostic->column, ==, 2);
  g_assert_cmpuint (hr_diagnostics_get (list, 2)->line, ==, 0);
  g_assert_true (hr_range_is_none (hr_diagnostics_get (list, 2)->range));
  g_assert_cmpuint (hr_diagnostics_get (list, 3)->line, ==, 2);
  g_assert_cmpuint (hr_diagnostics_get (list, 3)->column, ==, 1);
  g_assert_cmpuint (hr_diagnostics_get (list, 4)->column, ==, 2);
}

static void
test_sort (void)
{
  static const char *const sorted[] = { "a", "b", "c", "d", "e", "none-1", "none-2" };
  g_autoptr (HrDiagnostics) list = hr_diagnostics_new ();

  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "none-1", HR_RANGE_NONE, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "d", (HrRange) { 7, 8 }, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "b", (HrRange) { 2, 9 }, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "none-2", HR_RANGE_NONE, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "c", (HrRange) { 2, 3 }, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "e", (HrRange) { 7, 8 }, "x");
  hr_diagnostics_add (list, HR_SEVERITY_NOTE, "a", (HrRange) { 0, 0 }, "x");
  hr_diagnostics_sort (list);
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpstr (hr_diagnostics_get (list, i)->code, ==, sorted[i]);
}

static void
test_severity (void)
{
  g_assert_cmpstr (hr_severity_get_name (HR_SEVERITY_NOTE), ==, "note");
  g_assert_cmpstr (hr_severity_get_name (HR_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (hr_severity_get_name (HR_SEVERITY_ERROR), ==, "error");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/diagnostic/locate", test_locate);
  g_test_add_func ("/base/diagnostic/add", test_add);
  g_test_add_func ("/base/diagnostic/sort", test_sort);
  g_test_add_func ("/base/diagnostic/severity", test_severity);
  return g_test_run ();
}
