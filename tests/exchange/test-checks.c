/*
 * Checks of limits that take a long model to reach.
 */
#include "native-testing.h"

#include "model/exchange/native.h"

#include <string.h>

/* Findings of a model with one table whose members are @members. */
static char *
check_table (const char *members)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"hashrange\": 1, \"name\": \"x\", \"tables\": [{\"name\": \"table\",\n%s}]}", members);

  document = hr_native_read (text, strlen (text), diagnostics, NULL, &error);
  g_assert_no_error (error);
  hr_model_validate (hr_document_get_model (document), diagnostics);
  return hr_testing_print_findings (diagnostics);
}

#define PK "\"partition_key\": [{\"name\": \"pk\", \"type\": \"S\"}]"
#define PK_SK PK ",\n\"sort_key\": [{\"name\": \"sk\", \"type\": \"S\"}]"

static void
append_index (GString *text, guint number, const char *kind, guint n_projected)
{
  g_string_append_printf (
      text,
      "%s\n{\"name\": \"index-%u\", \"kind\": \"%s\", \"partition_key\": [{\"name\": \"pk\", "
      "\"type\": \"S\"}], \"sort_key\": [{\"name\": \"k%u\", \"type\": \"S\"}], "
      "\"projection\": ",
      text->str[text->len - 1] == '[' ? "" : ",", number, kind, number);
  if (n_projected == 0)
    g_string_append (text, "\"ALL\"}");
  for (guint i = 0; i < n_projected; i++)
    g_string_append_printf (text, "%s\"a%u\"%s", i == 0 ? "[" : ", ", i, i + 1 == n_projected ? "]}" : "");
}

static void
test_index_count (void)
{
  g_autoptr (GString) text = g_string_new (PK_SK ",\n\"indexes\": [");
  g_autofree char *findings = NULL;

  for (guint i = 0; i < 22; i++)
    append_index (text, i, "global", 0);
  for (guint i = 22; i < 28; i++)
    append_index (text, i, "local", 0);
  g_string_append_c (text, ']');
  findings = check_table (text->str);
  g_assert_cmpstr (
      findings, ==,
      "25:10: error: index-count: Index index-20 is one too many: a table has at most 20 global and "
      "5 local indexes.\n"
      "32:10: error: index-count: Index index-27 is one too many: a table has at most 20 global and "
      "5 local indexes.\n");
}

static void
test_projected (void)
{
  g_autoptr (GString) text = g_string_new (PK_SK ",\n\"indexes\": [");
  g_autofree char *findings = NULL;

  for (guint i = 0; i < 5; i++)
    append_index (text, i, "global", 20);
  append_index (text, 5, "global", 21);
  g_string_append_c (text, ']');
  findings = check_table (text->str);
  g_assert_cmpstr (
      findings, ==,
      "1:51: error: projected-count: The indexes of table table project 121 attributes by name; the "
      "service takes 100 in all.\n"
      "10:10: error: projection-count: Index index-5 projects 21 attributes by name; the service takes "
      "20.\n");
}

static void
test_tag_count (void)
{
  g_autoptr (GString) text = g_string_new (PK ",\n\"settings\": {\"tags\": {");
  g_autofree char *findings = NULL;

  for (guint i = 0; i < 51; i++)
    g_string_append_printf (text, "%s\"k%u\": \"v\"", i > 0 ? ", " : "", i);
  g_string_append (text, "}}");
  findings = check_table (text->str);
  g_assert_cmpstr (findings, ==, "1:51: error: tag: Table table has 51 tags; the service takes 50.\n");
}

typedef struct
{
  const char *members;
  const char *findings;
} Case;

static const Case cases[] = {
  { PK, "" },
  { PK_SK, "" },
  { "\"partition_key\": [{\"name\": \"pk\", \"type\": \"SS\"}]",
    "2:28: error: key-type: Key attribute `pk` cannot be of type SS; keys are S, N or B.\n" },
  { PK ",\n\"indexes\": [{\"name\": \"loc\", \"kind\": \"local\", " PK
       ", \"sort_key\": [{\"name\": \"a\", \"type\": \"S\"}]}]",
    "3:22: error: index-local: Local index loc needs a table with a sort key; give table table one, or make "
    "the "
    "index global.\n" },
  { "\"partition_key\": [{\"name\": \"pk\", \"type\": \"N\"}],\n\"entities\": [{\"name\": \"E\", \"keys\": "
    "{\"pk\": \"5\"}}, {\"name\": \"F\", \"keys\": {\"pk\": \"{n}\"}, \"key_parts\": [{\"name\": \"n\", "
    "\"type\": \"N\"}]}]",
    "" },
  { "\"partition_key\": [{\"name\": \"pk\", \"type\": \"B\"}],\n\"entities\": [{\"name\": \"E\", \"keys\": "
    "{\"pk\": \"{b}\"}, \"attributes\": [{\"name\": \"b\", \"type\": \"B\"}]}]",
    "" },
  { PK ",\n\"entities\": [{\"name\": \"E\", \"attributes\": [{\"name\": \"pk\", \"type\": \"S\"}]}]", "" },
  { PK ",\n\"settings\": {\"tags\": {\"Größe\": \"a b+c\", \"é/é\": \"\"}}", "" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *findings = check_table (cases[i].members);

      g_test_message ("%s", cases[i].members);
      g_assert_cmpstr (findings, ==, cases[i].findings);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/validate/index-count", test_index_count);
  g_test_add_func ("/schema/validate/projected", test_projected);
  g_test_add_func ("/schema/validate/tag-count", test_tag_count);
  g_test_add_func ("/schema/validate/cases", test_cases);
  return g_test_run ();
}
