/*
 * Names of the sample changed everywhere and back: the file is the same to the byte, and in between it is sound and its
 * patterns answer as before.
 */
#include "tests/exchange/native-testing.h"

#include "model/document/refactor.h"
#include "model/document/runner.h"
#include "model/engine/rows.h"

#include <string.h>

#define TABLE "cruddur-messages"

static HrDocument *
load_sample (void)
{
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SAMPLE, &length);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  GError *error = NULL;
  HrDocument *document =
      hr_exchange_recognise (text, length, NULL)->import (text, length, NULL, diagnostics, NULL, &error);

  g_assert_no_error (error);
  return document;
}

/* Tells the first lines that differ, not two files. */
static void
assert_same (const char *text, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);
  guint i = 0;

  while (lines[i] != NULL && g_strcmp0 (lines[i], expected_lines[i]) == 0)
    i++;
  g_assert_cmpstr (lines[i], ==, expected_lines[i]);
}

static void
assert_sound (HrDocument *document)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autofree char *findings = NULL;

  hr_document_check (document, diagnostics);
  findings = hr_testing_print_findings (diagnostics);
  g_assert_cmpstr (findings, ==, "");
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
}

/* All patterns come true, as they do in the sample. */
static void
assert_runs (HrDocument *document)
{
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (document));
  const HrModel *model = hr_document_get_model (document);

  for (guint i = 0; i < model->patterns->len; i++)
    {
      const HrPattern *pattern = model->patterns->pdata[i];
      GError *error = NULL;
      g_autoptr (HrPatternRun) run = hr_pattern_run (pattern, model, backend, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s: %s", pattern->id, run->message != NULL ? run->message : "");
      for (guint j = 0; j < run->mismatches->len; j++)
        g_test_message ("%s", (char *) run->mismatches->pdata[j]);
      g_assert_cmpint (run->status, ==, HR_RUN_PASSED);
    }
}

static void
apply (HrDocument *document, HrRefactoring *refactoring, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (hr_refactoring_apply (refactoring, document, &error));
  g_assert_no_error (error);
  hr_refactoring_free (refactoring);
}

typedef struct
{
  const char *path;
  HrTarget target;
  const char *to;
  guint n_changes; /* of definitions */
  guint n_items;
} Case;

#define CASE(path, kind, table, owner, name, to, n_changes, n_items) \
  { path, { HR_TARGET_##kind, table, owner, name }, to, n_changes, n_items }

static const Case cases[] = {
  CASE ("table", TABLE, TABLE, NULL, NULL, "messages", 9, 0),
  CASE ("index", INDEX, TABLE, NULL, "message-group-sk-index", "by-group", 2, 0),
  CASE ("entity", ENTITY, TABLE, NULL, "Message group", "Inbox row", 1, 0),
  CASE ("partition-key", KEY, TABLE, NULL, "pk", "PK", 17, 149),
  CASE ("sort-key", KEY, TABLE, "message-group-sk-index", "sk", "sorting", 17, 149),
  CASE ("index-key", KEY, TABLE, "message-group-sk-index", "message_group_uuid", "conversation", 7, 12),
  CASE ("attribute", ATTRIBUTE, TABLE, "Message", "message", "body", 7, 149),
  CASE ("key-part", KEY_PART, TABLE, "Message", "message_group_uuid", "conversation", 2, 0),
  CASE ("pattern", PATTERN, NULL, NULL, "A", "Z", 1, 0),
  CASE ("parameter", PARAMETER, NULL, "D", "message_group_uuid", "group", 2, 0),
  CASE ("step", STEP, NULL, "D", "groups", "rows", 3, 0),
};

static void
test_there_and_back (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (HrDocument) document = load_sample ();
  gsize length;
  g_autofree char *before = hr_testing_write (document, &length);
  g_autofree char *renamed = NULL;
  g_autofree char *back = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  const char *from = hr_target_get_name (&one->target);
  GError *error = NULL;
  HrRefactoring *refactoring = hr_refactor_rename (document, &one->target, one->to, HR_RENAME_TABLE_WIDE, &error);
  g_autofree HrTarget *selection = NULL;

  g_assert_no_error (error);
  g_assert_true (hr_refactoring_try (refactoring, document, &error));
  for (guint i = 0; i < refactoring->changes->len; i++)
    {
      const HrRefactorChange *change = refactoring->changes->pdata[i];

      g_test_message ("%s: %s → %s", change->place, change->before, change->after);
    }
  g_assert_cmpuint (refactoring->n_items, ==, one->n_items);
  g_assert_cmpuint (refactoring->n_become_drafts + refactoring->n_stay, ==, 0);
  g_assert_cmpuint (refactoring->changes->len, ==, one->n_changes);
  selection = hr_target_copy (refactoring->selection);
  {
    g_autofree char *tried = hr_testing_write (document, &length);

    assert_same (tried, before); /* a preview changes nothing */
  }

  apply (document, refactoring, error);
  renamed = hr_testing_write (document, &length);
  g_assert_cmpstr (renamed, !=, before);
  assert_sound (document);
  assert_runs (document);

  refactoring = hr_refactor_rename (document, selection, from, HR_RENAME_TABLE_WIDE, &error);
  apply (document, refactoring, error);
  back = hr_testing_write (document, &length);
  assert_same (back, before);

  hr_document_undo (document, NULL);
  undone = hr_testing_write (document, &length);
  assert_same (undone, renamed);
  hr_document_undo (document, NULL);
  hr_document_redo (document, NULL);
  redone = hr_testing_write (document, &length);
  assert_same (redone, renamed);
}

/* The rule of the sample that two messages of one second overwrite each other, mended. */
static void
test_add_to_sort_key (void)
{
  g_autoptr (HrDocument) document = load_sample ();
  GError *error = NULL;
  HrRefactoring *refactoring =
      hr_refactor_template (document, TABLE, "Message", "sk", "{created_at}#{message_uuid}", TRUE, &error);

  g_assert_no_error (error);
  g_assert_true (hr_refactoring_try (refactoring, document, &error));
  g_assert_cmpstr (refactoring->name, ==, "Change sort key of Message");
  g_assert_cmpuint (refactoring->n_items, ==, 137);
  g_assert_cmpuint (refactoring->n_stay + refactoring->n_become_drafts, ==, 0);
  apply (document, refactoring, error);
  assert_sound (document);
  g_assert_cmpstr (hr_document_get_undo_name (document), ==, "Change sort key of Message");
}

/* Another prefix: requests and expectations follow, and everything answers as before. */
static void
test_change_prefix (void)
{
  g_autoptr (HrDocument) document = load_sample ();
  gsize length;
  g_autofree char *before = hr_testing_write (document, &length);
  g_autofree char *back = NULL;
  GError *error = NULL;

  apply (document,
         hr_refactor_template (document, TABLE, "Message", "pk", "M/{message_group_uuid}", TRUE, &error), error);
  assert_sound (document);
  assert_runs (document);
  apply (document,
         hr_refactor_template (document, TABLE, "Message", "pk", "MSG#{message_group_uuid}", TRUE, &error), error);
  back = hr_testing_write (document, &length);
  assert_same (back, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exchange/rename/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_there_and_back);
    }
  g_test_add_func ("/exchange/rename/add-to-sort-key", test_add_to_sort_key);
  g_test_add_func ("/exchange/rename/change-prefix", test_change_prefix);
  return g_test_run ();
}
