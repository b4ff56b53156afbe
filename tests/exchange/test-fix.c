/*
 * Every finding that has a fix: the sample is damaged, the button says what it would do, the finding is gone after it,
 * and undo brings the damage back to the byte.
 */
#include "tests/exchange/native-testing.h"

#include "model/document/fix.h"

#include <string.h>

/* The keys of Message, a place before its first attribute, and the first two items: where the sample is damaged. */
#define KEYS "\"sk\": \"{created_at}\"}"
#define PARTS "\"key_parts\": [\n            {\"name\": \"message_group_uuid\", \"type\": \"S\"}"
#define HANDLE "\"description\": \"the sender's handle at that time\"}"
#define FIRST "\"sk\": {\"S\": \"2026-03-02T10:04:00.000000+00:00\"}, "
#define SECOND "\"sk\": {\"S\": \"2026-03-02T10:05:00.000000+00:00\"}, "

typedef struct
{
  const char *name;
  const char *from; /* the first of it in the sample */
  const char *to;
  const char *code; /* of the finding */
  const char *label;
  const char *also_from; /* (nullable): another damage */
  const char *also_to;
} Case;

static const Case cases[] = {
  { "misspelt variable", "MSG#{message_group_uuid}", "MSG#{mesage_group_uuid}", "template-variable",
    "Use message_group_uuid", NULL, NULL },
  { "unknown variable", KEYS, "\"sk\": \"{created_at}#{zone}\"}", "template-variable",
    "Make zone a key part", NULL, NULL },
  { "type of a key", "\"attributes\": [\n            {\"name\": \"message_group_uuid\", \"type\": \"S\"",
    "\"attributes\": [\n            {\"name\": \"message_group_uuid\", \"type\": \"N\"", "attribute-type",
    "Make message_group_uuid of type S", NULL, NULL },
  { "type of a variable", PARTS, "\"key_parts\": [\n            {\"name\": \"message_group_uuid\", \"type\": \"BOOL\"}",
    "variable-type", "Make message_group_uuid of type S", NULL, NULL },
  { "unused key part", PARTS, PARTS ", {\"name\": \"unused\", \"type\": \"S\"}", "key-part-unused",
    "Remove unused", NULL, NULL },
  { "optional variable", KEYS, "\"sk\": \"{created_at}#{edits}\"}", "variable-optional", "Require edits",
    HANDLE, HANDLE ", {\"name\": \"edits\", \"type\": \"N\", \"optional\": true}" },
  { "unused parameter", "\"parameters\": [", "\"parameters\": [\n          {\"name\": \"nobody\", \"type\": \"S\"},",
    "parameter-unused", "Remove nobody", NULL, NULL },
  { "unused capacity", "\"billing\": \"PAY_PER_REQUEST\",",
    "\"billing\": \"PAY_PER_REQUEST\",\n        \"read_units\": 5,", "capacity-unused",
    "Remove the units", NULL, NULL },
  { "pages of a write", "\"operation\": \"PutItem\",", "\"operation\": \"PutItem\",\n          \"pages\": 3,",
    "step-pages", "Ask for one page", NULL, NULL },
  { "misspelt table", "\"TableName\": \"cruddur-messages\"", "\"TableName\": \"crudur-messages\"", "unknown-table",
    "Use cruddur-messages", NULL, NULL },
  { "misspelt index", "\"IndexName\": \"message-group-sk-index\"", "\"IndexName\": \"mesage-group-sk-index\"",
    "unknown-index", "Use message-group-sk-index", NULL, NULL },
  { "unknown parameter", "{\"S\": \"{year}\"}", "{\"S\": \"{century}\"}", "unknown-reference",
    "Add the parameter century", NULL, NULL },
  { "type of a value", FIRST, FIRST "\"edits\": {\"S\": \"3\"}, ", "attribute-type", "Make edits of type N",
    HANDLE, HANDLE ", {\"name\": \"edits\", \"type\": \"N\", \"optional\": true}" },
  { "missing attribute", FIRST, FIRST "\"colour\": {\"S\": \"blue\"}, ", "attribute-missing", "Make colour optional",
    HANDLE, HANDLE ", {\"name\": \"colour\", \"type\": \"S\"}" },
  { "missing time", SECOND, "", "key-missing", "Set created_at to now", NULL, NULL },
  { "missing key", SECOND, "", "key-missing", "Make its keys like those of Message", KEYS,
    "\"sk\": \"{message_uuid}\"}" },
  { "type of a sort key", FIRST, "\"sk\": {\"N\": \"20260302\"}, ", "key-type", "Make sk of type S", NULL, NULL },
  { "two with one key", SECOND, FIRST, "key-duplicate", "Add message_uuid to the sort key", NULL, NULL },
};

static char *
replace_first (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
}

static HrDocument *
load_damaged (const Case *test)
{
  g_autofree char *sample = hr_testing_load (HR_TEST_SAMPLE, NULL);
  g_autofree char *text = replace_first (sample, test->from, test->to);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  GError *error = NULL;
  HrDocument *document;

  if (test->also_from != NULL)
    {
      char *more = replace_first (text, test->also_from, test->also_to);

      g_free (text);
      text = more;
    }
  document = hr_exchange_recognise (text, strlen (text), NULL)
                 ->import (text, strlen (text), NULL, diagnostics, NULL, &error);
  g_assert_no_error (error);
  return document;
}

/* The first finding of a code in a fresh check, with what it is about; NULL: there is none. */
static HrConcern *
find (HrDocument *document, const char *code)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  HrConcern *concern = NULL;

  hr_document_check (document, diagnostics);
  for (guint i = 0; i < hr_diagnostics_get_count (diagnostics); i++)
    {
      const HrDiagnostic *finding = hr_diagnostics_get (diagnostics, i);

      if (strcmp (finding->code, code) != 0)
        continue;
      g_test_message ("%s", finding->message);
      if (concern == NULL)
        concern = hr_concern_copy (finding->concern);
    }
  return concern;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HrDocument) document = load_damaged (test);
  g_autofree char *damaged = hr_testing_write (document, NULL);
  g_autofree char *undone = NULL;
  g_autoptr (HrFix) fix = NULL;
  g_autofree HrConcern *concern = find (document, test->code);
  GError *error = NULL;

  g_assert_nonnull (concern);
  fix = hr_fix_find (document, test->code, concern);
  g_assert_nonnull (fix);
  g_assert_cmpstr (hr_fix_get_label (fix), ==, test->label);
  g_assert_true (hr_fix_apply (fix, document, NULL, &error));
  g_assert_no_error (error);

  g_assert_null (find (document, test->code));
  g_assert_true (hr_document_undo (document, &error));
  g_assert_false (hr_document_can_undo (document));
  undone = hr_testing_write (document, NULL);
  g_assert_cmpstr (undone, ==, damaged);
}

/* A finding that is no longer so has no fix, and neither has one of another code. */
static void
test_none (void)
{
  g_autoptr (HrDocument) document = load_damaged (&cases[0]);
  g_autofree HrConcern *concern = find (document, "template-variable");
  g_autoptr (HrFix) fix = hr_fix_find (document, "template-variable", concern);
  GError *error = NULL;

  g_assert_null (hr_fix_find (document, "no-such-code", concern));
  g_assert_true (hr_fix_apply (fix, document, NULL, &error));
  g_assert_null (hr_fix_find (document, "template-variable", concern));
  concern->ordinal = 1;
  g_assert_null (hr_fix_find (document, "key-missing", concern)); /* no such entry */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fix/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/fix/none", test_none);
  return g_test_run ();
}
