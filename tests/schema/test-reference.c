/*
 * References in the strings of requests.
 */
#include "model/schema/reference.h"

#include <string.h>

/* Parts as `'literal' root(step,step)`, for comparing. */
static char *
describe (const GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (i > 0)
        g_string_append_c (text, ' ');
      if (part->is_literal)
        {
          g_string_append_printf (text, "'%s'", part->text);
          continue;
        }
      g_string_append_printf (text, "%s(", part->root);
      for (guint j = 0; j < part->path->len; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "," : "", (char *) part->path->pdata[j]);
      g_string_append_c (text, ')');
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *text;
  const char *parts; /* NULL: malformed at start..end */
  guint start;
  guint end;
} Case;

static const Case cases[] = {
  { "", "", 0, 0 },
  { "plain", "'plain'", 0, 0 },
  { "{name}", "name()", 0, 0 },
  { "MSG#{uuid}", "'MSG#' uuid()", 0, 0 },
  { "{item.pk}", "item(pk)", 0, 0 },
  { "{groups.Items[0].pk.S}", "groups(Items,[0],pk,S)", 0, 0 },
  { "{a}{b}", "a() b()", 0, 0 },
  { "{{{a}}}", "'{' a() '}'", 0, 0 },
  { "{{a}}", "'{a}'", 0, 0 },
  { "{a b-c}", "a b-c()", 0, 0 },
  { "{a[12][3]}", "a([12],[3])", 0, 0 },
  { "{a", NULL, 0, 2 },
  { "x{}", NULL, 1, 3 },
  { "x}", NULL, 1, 2 },
  { "{a.}", NULL, 0, 4 },
  { "{.a}", NULL, 0, 4 },
  { "{a[]}", NULL, 0, 5 },
  { "{a[x]}", NULL, 0, 6 },
  { "{a[1}", NULL, 0, 5 },
  { "{a[1]b}", NULL, 0, 7 },
  { "{a[99999999999]}", NULL, 0, 16 },
  { "{a{b}", NULL, 0, 5 },
  { "INSERT INTO t VALUE {'a': 1}", "'INSERT INTO t VALUE ' 'a': 1()", 0, 0 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = NULL;
      HrRange range = HR_RANGE_NONE;
      g_autoptr (GPtrArray) parts =
          hr_reference_parse (cases[i].text, strlen (cases[i].text), &message, &range);
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].text);
      if (cases[i].parts == NULL)
        {
          g_assert_null (parts);
          g_assert_nonnull (message);
          g_assert_cmpuint (range.start, ==, cases[i].start);
          g_assert_cmpuint (range.end, ==, cases[i].end);
          continue;
        }
      g_assert_nonnull (parts);
      text = describe (parts);
      g_assert_cmpstr (text, ==, cases[i].parts);
    }
}

static void
test_ranges (void)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse ("a{{b{c.d}e", 10, NULL, NULL);
  const HrReferencePart *part;

  g_assert_cmpuint (parts->len, ==, 3);
  part = parts->pdata[0];
  g_assert_cmpuint (part->range.start, ==, 0);
  g_assert_cmpuint (part->range.end, ==, 4);
  part = parts->pdata[1];
  g_assert_cmpstr (part->text, ==, "c.d");
  g_assert_cmpuint (part->range.start, ==, 4);
  g_assert_cmpuint (part->range.end, ==, 9);
  part = parts->pdata[2];
  g_assert_cmpuint (part->range.start, ==, 9);
  g_assert_cmpuint (part->range.end, ==, 10);
}

static void
test_nul (void)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse ("a\0b{c}", 6, NULL, NULL);
  const HrReferencePart *part = parts->pdata[0];

  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpmem (part->text, part->length, "a\0b", 3);
  g_assert_null (hr_reference_parse ("{a\0b}", 5, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/reference/parse", test_parse);
  g_test_add_func ("/schema/reference/ranges", test_ranges);
  g_test_add_func ("/schema/reference/nul", test_nul);
  return g_test_run ();
}
