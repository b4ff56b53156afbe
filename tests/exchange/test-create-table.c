/*
 * CreateTable JSON: what goes out comes back, what cannot go out is said.
 */
#include "native-testing.h"

#include "model/base/error.h"
#include "model/exchange/native.h"

#include <string.h>

static HrDocument *
read_model (const char *text, gsize length)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_native_read (text, length, diagnostics, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static HrExport *
export_text (const char *text, gsize length)
{
  g_autoptr (HrDocument) document = read_model (text, length);
  g_autoptr (GError) error = NULL;
  HrExport *export = hr_export_new ();

  hr_exchange_find ("create-table")->export_document (document, export, NULL, &error);
  g_assert_no_error (error);
  return export;
}

static HrExport *
export_file (const char *name)
{
  gsize length;
  g_autofree char *text = hr_testing_load (name, &length);

  return export_text (text, length);
}

static HrDocument *
import (const char *text, gsize length, char **findings)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  HrDocument *document =
      hr_exchange_find ("create-table")->import (text, length, NULL, diagnostics, NULL, &error);

  g_assert_no_error (error);
  if (findings != NULL)
    *findings = hr_testing_print_findings (diagnostics);
  return document;
}

static const char *
get_text (const HrExport *export, guint index, gsize *length)
{
  const HrExportFile *file = export->files->pdata[index];

  return g_bytes_get_data (file->content, length);
}

static void
test_export (void)
{
  g_autoptr (HrExport) export = export_file (HR_TEST_DATA "/small.json");
  const HrExportFile *file = export->files->pdata[0];
  g_autofree char *findings = hr_testing_print_findings (export->diagnostics);
  g_autofree char *expected = NULL;
  gsize length;
  gsize expected_length;
  const char *text = get_text (export, 0, &length);

  g_assert_cmpuint (export->files->len, ==, 1);
  g_assert_cmpstr (file->name, ==, "shop.create-table.json");
  if (g_getenv ("HR_TEST_UPDATE") != NULL)
    g_file_set_contents (HR_TEST_DATA "/small.create-table.json", text, (gssize) length, NULL);
  expected = hr_testing_load (HR_TEST_DATA "/small.create-table.json", &expected_length);
  g_assert_cmpmem (text, length, expected, expected_length);
  g_assert_cmpstr (
      findings, ==,
      "0:0: warning: ttl-left-out: CreateTable cannot set the TTL of shop. When the table is there, run: "
      "aws dynamodb update-time-to-live --table-name 'shop' --time-to-live-specification "
      "'Enabled=true,AttributeName=expires'\n"
      "0:0: warning: recovery-left-out: CreateTable cannot set point-in-time recovery of shop. When the "
      "table is "
      "there, run: aws dynamodb update-continuous-backups --table-name 'shop' "
      "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true\n");
}

/* The definition that comes back makes the same request. */
static void
test_round_trip (gconstpointer name)
{
  g_autoptr (HrExport) export = export_file (name);
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (HrExport) again = hr_export_new ();
  g_autofree char *findings = NULL;
  gsize length;
  gsize again_length;
  const char *text = get_text (export, 0, &length);
  const char *again_text;

  g_assert_true (hr_exchange_recognise (text, length, NULL) == hr_exchange_find ("create-table"));
  document = import (text, length, &findings);
  g_assert_cmpstr (findings, ==, "");
  g_assert_true (hr_exchange_find ("create-table")->export_document (document, again, NULL, NULL));
  again_text = get_text (again, 0, &again_length);
  g_assert_cmpmem (again_text, again_length, text, length);
}

static void
test_names (void)
{
  static const char text[] =
      "{\"hashrange\": 1, \"name\": \"x\", \"tables\": [{\"name\": \"../etc/passwd\"}, {\"name\": \"\"}, "
      "{\"name\": \"..\"}, {\"name\": \"same\"}, {\"name\": \"SAME\"}, {\"name\": \"größe\\u0001\"}]}";
  static const char *const names[] = { "_.-etc-passwd", "unnamed", "_.", "same", "SAME-2", "größe-" };
  g_autoptr (HrExport) export = export_text (text, strlen (text));

  g_assert_cmpuint (export->files->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < export->files->len; i++)
    {
      const HrExportFile *file = export->files->pdata[i];
      g_autofree char *name = g_strconcat (names[i], ".create-table.json", NULL);

      g_assert_cmpstr (file->name, ==, name);
    }
  g_assert_true (hr_diagnostics_has_error (export->diagnostics));
}

static void
test_unknown_members (void)
{
  static const char text[] =
      "{\"TableName\": \"chat\", \"KeySchema\": [{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"}],\n"
      " \"AttributeDefinitions\": [{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"}],\n"
      " \"BillingMode\": \"PAY_PER_REQUEST\", \"OnDemandThroughput\": {\"MaxReadRequestUnits\": 5}}";
  g_autofree char *findings = NULL;
  g_autoptr (HrDocument) document = import (text, strlen (text), &findings);

  g_assert_cmpstr (
      findings, ==,
      "3:36: note: unknown-member: `OnDemandThroughput` has no place in a model and is left out.\n");
  g_assert_cmpstr (hr_document_get_model (document)->name, ==, "chat");
}

/* What describe-table answers, on demand and provisioned. */
static void
test_description (gconstpointer name)
{
  gsize length;
  gsize again_length;
  g_autofree char *text = hr_testing_load (name, &length);
  g_autofree char *findings = NULL;
  g_autoptr (HrDocument) document = import (text, length, &findings);
  g_autofree char *again = hr_testing_write (document, &again_length);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *expected_name = g_strconcat (stem, ".model.json", NULL);
  g_autofree char *expected = NULL;

  g_assert_true (hr_exchange_recognise (text, length, NULL) == hr_exchange_find ("create-table"));
  g_assert_cmpstr (findings, ==, "");
  if (g_getenv ("HR_TEST_UPDATE") != NULL)
    g_file_set_contents (expected_name, again, (gssize) again_length, NULL);
  expected = hr_testing_load (expected_name, NULL);
  g_assert_cmpstr (again, ==, expected);
}

typedef struct
{
  const char *text;
  const char *message;
} Refused;

static const Refused refused[] = {
  { "{\"TableName\"\n x}", "2:2: this is no JSON: expected a colon." },
  { "[]", "The service would refuse this table: Unexpected value type in payload" },
  { "{\"Table\": {}}", NULL },
  { "{\"Table\": {\"GlobalSecondaryIndexes\": [5, {}], \"KeySchema\": 5}}", NULL },
  { "{\"Table\": {\"ProvisionedThroughput\": 5, \"SSEDescription\": [], \"TableName\": null}}", NULL },
  { "{}", NULL },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
      g_autoptr (GError) error = NULL;
      const HrExchangeFormat *format = hr_exchange_find ("create-table");

      g_test_message ("%s", refused[i].text);
      g_assert_null (
          format->import (refused[i].text, strlen (refused[i].text), NULL, diagnostics, NULL, &error));
      g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
      if (refused[i].message != NULL)
        g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/create-table/export", test_export);
  g_test_add_data_func ("/exchange/create-table/round-trip/small", HR_TEST_DATA "/small.json",
                        test_round_trip);
  g_test_add_data_func ("/exchange/create-table/round-trip/sample", HR_TEST_SAMPLE, test_round_trip);
  g_test_add_func ("/exchange/create-table/names", test_names);
  g_test_add_func ("/exchange/create-table/unknown-members", test_unknown_members);
  g_test_add_data_func ("/exchange/create-table/description/on-demand",
                        HR_TEST_DATA "/describe-on-demand.json", test_description);
  g_test_add_data_func ("/exchange/create-table/description/provisioned",
                        HR_TEST_DATA "/describe-provisioned.json", test_description);
  g_test_add_func ("/exchange/create-table/refused", test_refused);
  return g_test_run ();
}
