/* Paths: look-up in trees and records, relation, description. */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/path.h"

#include <string.h>

/* `a.b[3]`: only what the tests need, names of letters. */
static HrPath
path_of (HrArena *arena, const char *text)
{
  HrPathStep *steps = hr_arena_array (arena, HrPathStep, strlen (text));
  HrPath path = { steps, 0 };

  while (*text != '\0')
    {
      HrPathStep *step = &steps[path.n_steps++];

      *step = (HrPathStep) { NULL, 0, 0 };
      if (*text == '[')
        {
          step->index = (guint32) g_ascii_strtoull (text + 1, (char **) &text, 10);
          text++;
        }
      else
        {
          text += *text == '.';
          step->name = text;
          step->name_length = (guint32) strcspn (text, ".[");
          text += step->name_length;
        }
    }
  return path;
}

static const char document[]
    = "{\"a\":{\"M\":{\"b\":{\"L\":[{\"N\":\"1\"},{\"M\":{\"c\":{\"S\":\"x\"}}},{\"L\":[{\"S\":\"y\"}]}]}}},"
      "\"s\":{\"SS\":[\"p\"]},\"t\":{\"S\":\"z\"}}";

static void
test_lookup (void)
{
  static const struct
  {
    const char *path;
    const char *json; /* NULL: names nothing */
  } cases[] = {
    { "t", "{\"S\":\"z\"}" },
    { "s", "{\"SS\":[\"p\"]}" },
    { "a.b[0]", "{\"N\":\"1\"}" },
    { "a.b[1].c", "{\"S\":\"x\"}" },
    { "a.b[1]", "{\"M\":{\"c\":{\"S\":\"x\"}}}" },
    { "a.b[2][0]", "{\"S\":\"y\"}" },
    { "x", NULL },
    { "a.x", NULL },
    { "a[0]", NULL },
    { "a.b.c", NULL },
    { "a.b[3]", NULL },
    { "a.b[4294967295]", NULL },
    { "a.b[0].c", NULL },
    { "s[0]", NULL },
    { "t.z", NULL },
    { "t[0]", NULL },
  };
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrItemView tree = HR_ITEM_VIEW_ABSENT;
  HrItemView packed = HR_ITEM_VIEW_ABSENT;
  HrItemView absent = HR_ITEM_VIEW_ABSENT;
  const HrItemView *views[] = { &tree, &packed };
  HrValue item;

  g_assert_true (hr_item_from_json (
      arena, hr_json_parse (arena, document, strlen (document), HR_LIMIT_JSON_DEPTH, NULL), &item, &error));
  hr_record_encode (&item, &record);
  tree.tree = &item;
  packed.record = (const guint8 *) record.data;
  packed.record_length = record.length;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrPath path = path_of (arena, cases[i].path);
      HrValue value;

      g_test_message ("%s", cases[i].path);
      g_assert_false (hr_path_lookup (&path, &absent, arena, &value));
      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        {
          g_auto (HrBuffer) out = HR_BUFFER_INIT;

          g_assert_true (hr_path_lookup (&path, views[j], arena, &value) == (cases[i].json != NULL));
          if (cases[i].json == NULL)
            continue;
          hr_value_to_json (&value, FALSE, &out);
          g_assert_cmpmem (out.data, out.length, cases[i].json, strlen (cases[i].json));
        }
    }
}

static void
test_relate (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    HrPathRelation relation;
  } cases[] = {
    { "a", "a", HR_PATHS_OVERLAP },
    { "a", "b", HR_PATHS_DISTINCT },
    { "a", "ab", HR_PATHS_DISTINCT },
    { "a", "a.b", HR_PATHS_OVERLAP },
    { "a", "a[0]", HR_PATHS_OVERLAP },
    { "a.b", "a.c", HR_PATHS_DISTINCT },
    { "a[0]", "a[1]", HR_PATHS_DISTINCT },
    { "a[1]", "a[1]", HR_PATHS_OVERLAP },
    { "a.b", "a[0]", HR_PATHS_CONFLICT },
    { "a.b.c", "a[0].c", HR_PATHS_CONFLICT },
    { "a.b[1].c", "a.b[1].c.d", HR_PATHS_OVERLAP },
    { "a.b[1].c", "a.b[2].c", HR_PATHS_DISTINCT },
    { "b.x", "a[0]", HR_PATHS_DISTINCT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrPath a = path_of (arena, cases[i].a);
      HrPath b = path_of (arena, cases[i].b);

      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_cmpint (hr_path_relate (&a, &b), ==, cases[i].relation);
      g_assert_cmpint (hr_path_relate (&b, &a), ==, cases[i].relation);
      g_assert_true (hr_path_equal (&a, &b) == (strcmp (cases[i].a, cases[i].b) == 0));
    }
}

static void
test_describe (void)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrPath path = path_of (arena, "a.b[3].c[10][0]");
  HrPath one = path_of (arena, "data");

  g_assert_cmpstr (hr_path_describe (&path, arena), ==, "[a, b, [3], c, [10], [0]]");
  g_assert_cmpstr (hr_path_describe (&one, arena), ==, "[data]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/path/lookup", test_lookup);
  g_test_add_func ("/value/path/relate", test_relate);
  g_test_add_func ("/value/path/describe", test_describe);
  return g_test_run ();
}
