/*
 * Key templates: parsing, putting keys together, and taking them apart again.
 */
#include "model/schema/key-template.h"

#include <string.h>

static void
test_parse (void)
{
  g_autoptr (HrKeyTemplate) template = hr_key_template_parse ("MSG#{group}#{{x}}{at}", NULL, NULL);

  g_assert_nonnull (template);
  g_assert_cmpuint (template->n_parts, ==, 4);
  g_assert_cmpstr (template->text, ==, "MSG#{group}#{{x}}{at}");
  g_assert_false (template->parts[0].is_variable);
  g_assert_cmpstr (template->parts[0].text, ==, "MSG#");
  g_assert_true (template->parts[1].is_variable);
  g_assert_cmpstr (template->parts[1].text, ==, "group");
  g_assert_cmpuint (template->parts[1].range.start, ==, 4);
  g_assert_cmpuint (template->parts[1].range.end, ==, 11);
  g_assert_cmpstr (template->parts[2].text, ==, "#{x}");
  g_assert_cmpuint (template->parts[2].range.start, ==, 11);
  g_assert_cmpuint (template->parts[2].range.end, ==, 17);
  g_assert_cmpstr (template->parts[3].text, ==, "at");
}

typedef struct
{
  const char *text;
  guint start;
  guint end;
} Malformed;

static const Malformed malformed[] = {
  { "{", 0, 1 },    { "a{b", 1, 3 },   { "a}", 1, 2 }, { "{}", 0, 2 },  { "a{b{c}}", 1, 3 },
  { "{a}}", 3, 4 }, { "ab}}{", 4, 5 }, { "{a", 0, 2 }, { "{{}", 2, 3 }, { "x{{{}", 3, 5 },
};

static void
test_malformed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autofree char *message = NULL;
      HrRange range = HR_RANGE_NONE;

      g_test_message ("%s", malformed[i].text);
      g_assert_null (hr_key_template_parse (malformed[i].text, &message, &range));
      g_assert_nonnull (message);
      g_assert_cmpuint (range.start, ==, malformed[i].start);
      g_assert_cmpuint (range.end, ==, malformed[i].end);
      g_assert_null (hr_key_template_parse (malformed[i].text, NULL, NULL));
    }
}

static void
test_too_many_variables (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *message = NULL;
  HrRange range;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{a}");
  g_assert_null (hr_key_template_parse (text->str, &message, &range));
  g_assert_nonnull (message);
}

/* Bindings as "name=text name=text" in order of the names. */
static char *
describe (HrBindings *bindings)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (bindings), (GCompareFunc) strcmp);
  GString *text = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", (char *) l->data,
                            (char *) g_hash_table_lookup (bindings, l->data));
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *template;
  const char *key;
  const char *before; /* one variable bound before, "name=text", or NULL */
  const char *after;  /* NULL: does not fit */
} MatchCase;

static const MatchCase match_cases[] = {
  { "MSG#{g}", "MSG#1", NULL, "g=1" },
  { "MSG#{g}", "MSG#", NULL, NULL },
  { "MSG#{g}", "GRP#1", NULL, NULL },
  { "MSG#{g}", "MSG", NULL, NULL },
  { "{g}", "x", NULL, "g=x" },
  { "{g}", "", NULL, NULL },
  { "", "", NULL, "" },
  { "", "x", NULL, NULL },
  { "META", "META", NULL, "" },
  { "META", "META2", NULL, NULL },
  { "A#{a}#B#{b}", "A#1#B#2", NULL, "a=1 b=2" },
  { "A#{a}#B#{b}", "A#1#B#2#B#3", NULL, "a=1 b=2#B#3" },
  { "{a}#{b}", "1#2#3", NULL, "a=1 b=2#3" },
  { "{a}#end", "1#end#end", NULL, "a=1#end" },
  { "{a}{b}", "xyz", NULL, "a=x b=yz" },
  { "{a}{b}", "x", NULL, NULL },
  { "{a}{b}{c}", "wxyz", NULL, "a=w b=x c=yz" },
  { "{a}{b}-{c}", "wx-y-z", NULL, "a=w b=x c=y-z" },
  { "{a}{b}", "äöü", NULL, "a=ä b=öü" },
  { "{a}##{b}", "1###2", NULL, "a=1 b=#2" },
  { "{{{a}}}", "{x}", NULL, "a=x" },
  { "aa{a}aa", "aaaa", NULL, NULL },
  { "aa{a}aa", "aaaaa", NULL, "a=a" },
  { "{a}#{a}", "1#1", NULL, "a=1" },
  { "{a}#{a}", "1#2", NULL, NULL },
  { "{a}#{a}", "1#2#1#2", NULL, "a=1#2" },
  { "{a}{b}{a}", "xyzxy", NULL, "a=xy b=z" },
  { "MSG#{g}", "MSG#1", "g=1", "g=1" },
  { "MSG#{g}", "MSG#1", "g=2", NULL },
  { "MSG#{g}#{t}", "MSG#1#2#3", "g=1#2", "g=1#2 t=3" },
  { "MSG#{g}#{t}", "MSG#1#2#3", "t=2#3", "g=1 t=2#3" },
  { "{g}{t}", "123", "g=12", "g=12 t=3" },
  { "{a}x{b}y{c}", "1x2y3", "b=2", "a=1 b=2 c=3" },
};

static HrBindings *
bind (const char *binding)
{
  HrBindings *bindings = hr_bindings_new ();

  if (binding != NULL)
    {
      const char *equals = strchr (binding, '=');

      g_hash_table_insert (bindings, g_strndup (binding, (gsize) (equals - binding)), g_strdup (equals + 1));
    }
  return bindings;
}

static void
test_match (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      const MatchCase *c = &match_cases[i];
      g_autoptr (HrKeyTemplate) template = hr_key_template_parse (c->template, NULL, NULL);
      g_autoptr (GHashTable) bindings = bind (c->before);
      g_autofree char *after = NULL;
      g_autofree char *key = NULL;

      g_test_message ("%s / %s", c->template, c->key);
      g_assert_cmpint (hr_key_template_match (template, c->key, strlen (c->key), bindings), ==,
                       c->after != NULL);
      after = describe (bindings);
      g_assert_cmpstr (after, ==, c->after != NULL ? c->after : c->before != NULL ? c->before : "");
      if (c->after == NULL)
        continue;
      key = hr_key_template_format (template, bindings, NULL);
      g_assert_cmpstr (key, ==, c->key);
    }
}

/* Random templates and values: what was put together can be taken apart to the same key. */
static void
test_match_property (void)
{
  static const char *const pieces[] = { "{a}", "{b}", "{c}", "#", "MSG#", "{{", "}}", "ä", "##", "x" };
  static const char *const values[] = { "1", "#", "##", "x#y", "ä", "{", "MSG#", "}x", "2026-03-02" };
  static const char *const names[] = { "a", "b", "c" };

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HrKeyTemplate) template = NULL;
      g_autoptr (GHashTable) in = hr_bindings_new ();
      g_autoptr (GHashTable) out = hr_bindings_new ();
      g_autofree char *key = NULL;
      g_autofree char *again = NULL;

      for (gint n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        g_hash_table_insert (in, g_strdup (names[i]),
                             g_strdup (values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]));
      template = hr_key_template_parse (text->str, NULL, NULL);
      g_assert_nonnull (template);
      key = hr_key_template_format (template, in, NULL);
      g_assert_true (hr_key_template_match (template, key, strlen (key), out));
      again = hr_key_template_format (template, out, NULL);
      g_assert_cmpstr (again, ==, key);
      g_assert_true (hr_key_template_match (template, key, strlen (key), in));
    }
}

/* Keys of the greatest length against templates made to go wrong: each must end at once. */
static void
test_match_bounded (void)
{
  static const char *const texts[] = {
    "{a}{b}{c}{d}{e}{f}{g}{h}!",
    "{a}a{b}a{c}a{d}a{e}a{f}a{g}a!",
    "{a}{b}{a}{b}{a}{b}{c}!",
    "{a}{a}{b}{b}!",
    "a{a}a{a}a{a}!",
  };
  char key[2048];
  gint64 start = g_get_monotonic_time ();

  memset (key, 'a', sizeof key);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HrKeyTemplate) template = hr_key_template_parse (texts[i], NULL, NULL);
      g_autoptr (GHashTable) bindings = hr_bindings_new ();

      g_assert_false (hr_key_template_match (template, key, sizeof key, bindings));
      g_assert_cmpuint (g_hash_table_size (bindings), ==, 0);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_match_nul (void)
{
  g_autoptr (HrKeyTemplate) bare = hr_key_template_parse ("{a}", NULL, NULL);
  g_autoptr (HrKeyTemplate) prefixed = hr_key_template_parse ("x{a}", NULL, NULL);
  g_autoptr (GHashTable) bindings = hr_bindings_new ();

  g_assert_true (hr_key_template_match (bare, "x\0y", 3, bindings));
  g_assert_false (hr_key_template_match (prefixed, "x\0y", 3, bindings));
  g_assert_cmpuint (g_hash_table_size (bindings), ==, 0);
  g_hash_table_insert (bindings, g_strdup ("a"), g_strdup ("x"));
  g_assert_false (hr_key_template_match (bare, "x\0y", 3, bindings));
}

static void
test_format_missing (void)
{
  g_autoptr (HrKeyTemplate) template = hr_key_template_parse ("A#{a}#{b}", NULL, NULL);
  g_autoptr (GHashTable) bindings = bind ("a=1");
  const char *missing = NULL;

  g_assert_null (hr_key_template_format (template, bindings, &missing));
  g_assert_cmpstr (missing, ==, "b");
  g_hash_table_insert (bindings, g_strdup ("b"), g_strdup (""));
  missing = NULL;
  g_assert_null (hr_key_template_format (template, bindings, &missing));
  g_assert_cmpstr (missing, ==, "b");
}

static void
test_rename (void)
{
  g_autoptr (HrKeyTemplate) template = hr_key_template_parse ("{{{a}}}#{b}#{a}", NULL, NULL);
  g_autofree char *renamed = hr_key_template_rename (template, "a", "group");
  g_autofree char *same = hr_key_template_rename (template, "z", "group");

  g_assert_cmpstr (renamed, ==, "{{{group}}}#{b}#{group}");
  g_assert_cmpstr (same, ==, "{{{a}}}#{b}#{a}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/key-template/parse", test_parse);
  g_test_add_func ("/schema/key-template/malformed", test_malformed);
  g_test_add_func ("/schema/key-template/too-many-variables", test_too_many_variables);
  g_test_add_func ("/schema/key-template/match", test_match);
  g_test_add_func ("/schema/key-template/match-property", test_match_property);
  g_test_add_func ("/schema/key-template/match-bounded", test_match_bounded);
  g_test_add_func ("/schema/key-template/match-nul", test_match_nul);
  g_test_add_func ("/schema/key-template/format-missing", test_format_missing);
  g_test_add_func ("/schema/key-template/rename", test_rename);
  return g_test_run ();
}
