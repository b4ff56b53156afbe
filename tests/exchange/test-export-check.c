/* What is tried with exports: that a sound one passes, and that each check can fail. */
#include <string.h>

#include "model/exchange/formats.h"
#include "tests/exchange/native-testing.h"

static HrDocument *
open_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  HrDocument *document;

  g_file_get_contents (HR_TEST_SAMPLE, &text, &length, &error);
  g_assert_no_error (error);
  document = hr_native_read (text, length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static void
test_sample (void)
{
  g_autoptr (HrDocument) document = open_sample ();

  for (guint i = 0; i < hr_exchange_get_count (); i++)
    {
      const HrExchangeFormat *format = hr_exchange_get (i);
      g_autoptr (HrExport) export = hr_export_new ();
      g_autoptr (GPtrArray) checks = NULL;

      if (format->export_document == NULL)
        continue;
      g_assert_true (format->export_document (document, export, NULL, NULL));
      checks = hr_export_check (format, document, export);
      g_assert_cmpuint (checks->len, >, 0);
      for (guint j = 0; j < checks->len; j++)
        {
          const HrExportCheck *check = g_ptr_array_index (checks, j);

          g_test_message ("%s: %s", format->id, check->title);
          g_assert_cmpstr (check->problem, ==, NULL);
        }
    }
}

/* An export that says `find` where it said `replace` before, and what the checks of @id think of it. */
static GPtrArray *
check_damaged (const char *id, const char *find, const char *replace)
{
  g_autoptr (HrDocument) document = open_sample ();
  const HrExchangeFormat *format = hr_exchange_find (id);
  g_autoptr (HrExport) export = hr_export_new ();
  HrExportFile *file;
  g_autoptr (GString) text = NULL;

  g_assert_true (format->export_document (document, export, NULL, NULL));
  file = g_ptr_array_index (export->files, 0);
  text = g_string_new_len (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
  g_assert_cmpuint (g_string_replace (text, find, replace, 1), ==, 1);
  g_bytes_unref (file->content);
  file->content = g_bytes_new (text->str, text->len);
  return hr_export_check (format, document, export);
}

static const HrExportCheck *
find_check (GPtrArray *checks, const char *title)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const HrExportCheck *check = g_ptr_array_index (checks, i);

      if (strcmp (check->title, title) == 0)
        return check;
    }
  g_assert_not_reached ();
}

static void
test_refused_schema (void)
{
  g_autoptr (GPtrArray) checks = check_damaged ("create-table", "\"KeyType\": \"RANGE\"", "\"KeyType\": \"HASH\"");

  g_assert_nonnull (strstr (find_check (checks, "Valid for create-table")->problem, "KeySchema"));
  g_assert_nonnull (strstr (find_check (checks, "Runs on the local engine")->problem, "KeySchema"));
  g_assert_nonnull (find_check (checks, "Reads back to the same model")->problem);
}

static void
test_no_fixed_point (void)
{
  g_autoptr (GPtrArray) checks = check_damaged ("create-table", "\"KeySchema\": [\n", "\"KeySchema\":  [\n");
  const HrExportCheck *check = find_check (checks, "Reads back to the same model");

  g_assert_cmpstr (find_check (checks, "Valid for create-table")->problem, ==, NULL);
  g_assert_nonnull (check->problem);
  g_assert_cmpuint (check->line, ==, 8);
}

static void
test_refused_items (void)
{
  g_autoptr (GPtrArray) checks = check_damaged ("batch-write-item", "\"pk\": {\"S\": ", "\"qk\": {\"S\": ");

  g_assert_nonnull (find_check (checks, "Runs on the local engine")->problem);
}

static void
test_use (void)
{
  g_autofree char *plain = hr_create_table_format.describe_use ("a-b.json");
  g_autofree char *odd = hr_create_table_format.describe_use ("it's.json");

  g_assert_cmpstr (plain, ==, "aws dynamodb create-table \\\n  --cli-input-json \\\n  file://a-b.json");
  g_assert_cmpstr (odd, ==, "aws dynamodb create-table \\\n  --cli-input-json \\\n  'file://it'\\''s.json'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/check/sample", test_sample);
  g_test_add_func ("/exchange/check/refused-schema", test_refused_schema);
  g_test_add_func ("/exchange/check/no-fixed-point", test_no_fixed_point);
  g_test_add_func ("/exchange/check/refused-items", test_refused_items);
  g_test_add_func ("/exchange/check/use", test_use);
  return g_test_run ();
}
