/*
 * BatchWriteItem files: never too many puts, never too large, nothing but drafts left out.
 */
#include "native-testing.h"

#include "model/base/service-limits.h"
#include "model/exchange/native.h"

#include <string.h>

static HrExport *
export_text (const char *text, gsize length)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  HrExport *export = hr_export_new ();

  document = hr_native_read (text, length, diagnostics, NULL, &error);
  g_assert_no_error (error);
  hr_exchange_find ("batch-write-item")->export_document (document, export, NULL, &error);
  g_assert_no_error (error);
  return export;
}

/* How many puts a file has for its table, after looking at its form. */
static guint
count_puts (const HrExportFile *file, const char *table)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  gsize length;
  const char *text = g_bytes_get_data (file->content, &length);
  HrJsonError error;
  const HrJson *json = hr_json_parse (arena, text, length, 64, &error);
  const HrJson *requests;

  g_assert_nonnull (json);
  g_assert_cmpuint (json->length, ==, 1);
  g_assert_cmpuint (length, <=, HR_LIMIT_BATCH_BYTES);
  requests = hr_json_get (json, table);
  g_assert_nonnull (requests);
  for (guint32 i = 0; i < requests->length; i++)
    g_assert_nonnull (hr_json_get (hr_json_get (&requests->elements[i], "PutRequest"), "Item"));
  return requests->length;
}

static void
test_small (void)
{
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_DATA "/small.json", &length);
  g_autoptr (HrExport) export = export_text (text, length);
  g_autofree char *findings = hr_testing_print_findings (export->diagnostics);
  const HrExportFile *file = export->files->pdata[0];
  gsize size;
  const char *content = g_bytes_get_data (file->content, &size);
  static const char expected[] =
      "{\n"
      "  \"shop\": [\n"
      "    {\"PutRequest\": {\"Item\": {\"customer\": {\"S\": \"1\"}, \"pk\": {\"S\": \"CUSTOMER#1\"}, "
      "\"sk\": {\"S\": \"ORDER#{7}\"}, \"total\": {\"N\": \"12.5\"}}}},\n"
      "    {\"PutRequest\": {\"Item\": {\"customer\": {\"S\": \"2\"}, \"pk\": {\"S\": \"CUSTOMER#2\"}, "
      "\"sk\": {\"S\": \"ORDER#{9}\"}}}}\n"
      "  ]\n"
      "}\n";

  g_assert_cmpuint (export->files->len, ==, 1);
  g_assert_cmpstr (file->name, ==, "shop.batch-write-item-001.json");
  g_assert_cmpmem (content, size, expected, strlen (expected));
  g_assert_cmpstr (
      findings, ==,
      "0:0: warning: drafts-left-out: Table shop: 1 draft is left out, because the service would "
      "refuse it. A check of the model says why.\n");
}

static void
test_sample (void)
{
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SAMPLE, &length);
  g_autoptr (HrExport) export = export_text (text, length);
  guint total = 0;

  for (guint i = 0; i < export->files->len; i++)
    {
      const HrExportFile *file = export->files->pdata[i];
      g_autofree char *name = g_strdup_printf ("cruddur-messages.batch-write-item-%03u.json", i + 1);
      guint count = count_puts (file, "cruddur-messages");

      g_assert_cmpstr (file->name, ==, name);
      g_assert_true (count == 25 || i + 1 == export->files->len);
      total += count;
    }
  g_assert_cmpuint (total, ==, 149);
  g_assert_cmpuint (hr_diagnostics_get_count (export->diagnostics), ==, 0);
}

/* Control characters take six bytes in JSON and one in an item: 16 MB are full long before 25 items. */
static void
test_large_items (void)
{
  g_autoptr (GString) escapes = g_string_new (NULL);
  g_autoptr (GString) text =
      g_string_new ("{\"hashrange\": 1, \"name\": \"x\", \"tables\": [{\"name\": \"big\", "
                    "\"partition_key\": [{\"name\": \"pk\", \"type\": \"N\"}], "
                    "\"items\": [");
  g_autoptr (HrExport) export = NULL;
  guint total = 0;

  for (guint i = 0; i < 400000; i++)
    g_string_append (escapes, "\\u0001");
  for (guint i = 0; i < 9; i++)
    g_string_append_printf (text, "%s{\"pk\": {\"N\": \"%u\"}, \"text\": {\"S\": \"%s\"}}", i > 0 ? ", " : "",
                            i, escapes->str);
  g_string_append (text, "]}]}");
  export = export_text (text->str, text->len);
  g_assert_cmpuint (export->files->len, ==, 2);
  for (guint i = 0; i < export->files->len; i++)
    total += count_puts (export->files->pdata[i], "big");
  g_assert_cmpuint (total, ==, 9);
}

static void
test_empty (void)
{
  static const char text[] = "{\"hashrange\": 1, \"name\": \"x\", \"tables\": [{\"name\": \"none\"}]}";
  g_autoptr (HrExport) export = export_text (text, strlen (text));

  g_assert_cmpuint (export->files->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/batch-write-item/small", test_small);
  g_test_add_func ("/exchange/batch-write-item/sample", test_sample);
  g_test_add_func ("/exchange/batch-write-item/large-items", test_large_items);
  g_test_add_func ("/exchange/batch-write-item/empty", test_empty);
  return g_test_run ();
}
