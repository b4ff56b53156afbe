/*
 * The project file: reading and writing it is a fixed point, nothing is lost, no text can harm.
 */
#include "native-testing.h"

#include "model/base/error.h"
#include "model/exchange/native.h"

#include <string.h>

static HrDocument *
read_text (const char *text, gsize length, HrDiagnostics *diagnostics)
{
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_native_read (text, length, diagnostics, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static char *
rewrite (const char *text, gsize length, gsize *new_length)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = read_text (text, length, diagnostics);

  return hr_testing_write (document, new_length);
}

/* A file in canonical form is given back byte for byte. */
static void
test_canonical (gconstpointer name)
{
  gsize length;
  gsize new_length;
  g_autofree char *text = hr_testing_load (name, &length);
  g_autofree char *again = rewrite (text, length, &new_length);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (new_length, ==, length);
}

/* Any file is in canonical form after one writing; what it should become stands beside it. */
static void
test_becomes (gconstpointer name)
{
  gsize length;
  gsize once_length;
  gsize twice_length;
  gsize expected_length;
  g_autofree char *text = hr_testing_load (name, &length);
  g_autofree char *once = rewrite (text, length, &once_length);
  g_autofree char *twice = rewrite (once, once_length, &twice_length);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *expected_name = g_strconcat (stem, ".canonical.json", NULL);
  g_autofree char *expected = NULL;

  if (g_getenv ("HR_TEST_UPDATE") != NULL)
    g_file_set_contents (expected_name, once, (gssize) once_length, NULL);
  g_assert_cmpstr (twice, ==, once);
  g_assert_cmpuint (twice_length, ==, once_length);
  expected = hr_testing_load (expected_name, &expected_length);
  g_assert_cmpstr (once, ==, expected);
}

/* Findings in a file, line by line, as they stand beside it. */
static void
test_findings (gconstpointer name)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  gsize length;
  g_autofree char *text = hr_testing_load (name, &length);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *expected_name = g_strconcat (stem, ".findings", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *findings = NULL;

  document = read_text (text, length, diagnostics);
  hr_document_check (document, diagnostics);
  hr_diagnostics_sort (diagnostics);
  findings = hr_testing_print_findings (diagnostics);
  if (g_getenv ("HR_TEST_UPDATE") != NULL)
    g_file_set_contents (expected_name, findings, -1, NULL);
  expected = hr_testing_load (expected_name, NULL);
  g_assert_cmpstr (findings, ==, expected);
}

typedef struct
{
  const char *text;
  const char *message; /* of the error */
  int code;
} Refused;

static const Refused refused[] = {
  { "", "1:1: this is no JSON: expected a value.", HR_ERROR_INVALID },
  { "[]", "1:1: this is no JSON: expected an object.", HR_ERROR_INVALID },
  { "{\"hashrange\": 1", "1:16: this is no JSON: expected a comma or the end of the object.",
    HR_ERROR_INVALID },
  { "{\"hashrange\": 1}\nx", "2:1: this is no JSON: nothing may follow the value.", HR_ERROR_INVALID },
  { "{\"tables\": [\n  {\"items\": [{\"a\": tru}]}]}", "2:20: this is no JSON: expected a value.",
    HR_ERROR_INVALID },
  { "{\"name\": \"ä\",\n \"é\": \"\\q\"}", "2:8: this is no JSON: this is no valid escape.",
    HR_ERROR_INVALID },
  { "{\"patterns\": [], \"hashrange\": 2, \"tables\": 5}",
    "The model was written by a newer version of Hashrange. Update Hashrange to open it.",
    HR_ERROR_UNSUPPORTED },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
      g_autoptr (GError) error = NULL;
      HrDocument *document =
          hr_native_read (refused[i].text, strlen (refused[i].text), diagnostics, NULL, &error);

      g_test_message ("%s", refused[i].text);
      g_assert_null (document);
      g_assert_error (error, HR_ERROR, refused[i].code);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      if (refused[i].code == HR_ERROR_INVALID)
        g_assert_true (hr_diagnostics_has_error (diagnostics));
    }
}

static void
test_cancel (void)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  HrProgress progress = { 0 };
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SAMPLE, &length);

  document = read_text (text, length, diagnostics);
  hr_cancel_raise (&progress.cancel);
  g_assert_null (hr_native_read (text, length, diagnostics, &progress, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (hr_native_write (document, &out, &progress.cancel, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CANCELLED);
}

/* What is expected is about what is done; in the sample not every item is in the index. */
static void
test_progress (void)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  HrProgress progress = { 0 };
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SAMPLE, &length);

  g_assert_cmpfloat (hr_progress_get_share (&progress), <, 0);
  document = hr_native_read (text, length, diagnostics, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (hr_progress_get_share (&progress), >, 0.75);
  g_assert_cmpint (progress.n_done, <=, progress.n_expected);
}

/* Reads a copy of exactly @length bytes, so that a step too far is found. */
static void
read_anything (const char *text, gsize length)
{
  g_autofree char *copy = g_memdup2 (text, length);
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HrDocument) document = hr_native_read (copy, length, diagnostics, NULL, &error);
  g_autofree char *again = NULL;
  gsize again_length;

  if (document == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  hr_document_check (document, diagnostics);
  again = hr_testing_write (document, &again_length);
}

static void
test_truncated (void)
{
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_DATA "/small.json", &length);

  for (gsize i = 0; i <= length; i++)
    read_anything (text, i);
}

/* One byte of a small model changed to something that matters to JSON. */
static void
test_damaged (void)
{
  static const char bytes[] = "\"{}[]:,0x\\ \n\xff";
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_DATA "/small.json", &length);

  for (guint round = 0; round < 400; round++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) length);
      char before = text[at];

      text[at] = bytes[g_test_rand_int_range (0, sizeof bytes)];
      read_anything (text, length);
      text[at] = before;
    }
}

/* Every value of a small model replaced by two of another type: reading and writing loses nothing. */
static void
test_mistyped (void)
{
  static const char *const values[] = { "null", "5", "\"x\"", "[7]", "{\"z\": 1}", "true" };
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_DATA "/small.json", &length);
  const char *colon = strstr (text, "\"name\""); /* behind the version */
  guint n_members = 0;

  while ((colon = strstr (colon, "\": ")) != NULL)
    {
      g_autoptr (HrArena) arena = hr_arena_new ();
      HrJsonReader reader;
      HrRange range;
      gsize start = (gsize) (colon - text) + 3;

      hr_json_reader_init (&reader, text + start, length - start, 64, arena, NULL);
      if (!hr_json_reader_skip (&reader, &range))
        break;
      for (guint i = 0; i < 2; i++)
        {
          const char *value = values[(n_members + 3 * i) % G_N_ELEMENTS (values)];
          g_autoptr (GString) changed = g_string_new_len (text, (gssize) start);
          g_autofree char *once = NULL;
          g_autofree char *twice = NULL;
          gsize once_length;
          gsize twice_length;

          g_string_append (changed, value);
          g_string_append_len (changed, text + start + range.end, (gssize) (length - start - range.end));
          once = rewrite (changed->str, changed->len, &once_length);
          twice = rewrite (once, once_length, &twice_length);
          g_assert_cmpstr (twice, ==, once);
        }
      colon += 3;
      n_members++;
    }
}

/* An item with many attributes takes no longer than it must; the repeated one is found. */
static void
test_many_attributes (void)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GString) text =
      g_string_new ("{\"hashrange\": 1, \"name\": \"\", \"tables\": [{\"name\": \"wide\", "
                    "\"partition_key\": [{\"name\": \"a1\", \"type\": \"S\"}],\n"
                    "\"items\": [{");
  g_autofree char *findings = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "\"a%u\": {\"S\": \"\"},", i);
  g_string_append (text, "\n\"a777\": {\"S\": \"\"}}]}]}");
  document = read_text (text->str, text->len, diagnostics);
  findings = hr_testing_print_findings (diagnostics);
  g_assert_cmpstr (
      findings, ==,
      "3:1: warning: duplicate-member: `a777` stands twice in this object. Only the last one counts.\n");
}

static void
test_recognise (void)
{
  static const char *const texts[] = { "{\"name\": \"x\", \"hashrange\": 1}", "{\"hashrange\":", "{}", "[",
                                       "" };
  static const int scores[] = { 100, 100, 0, 0, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (hr_native_format.recognise (texts[i], strlen (texts[i]), NULL), ==, scores[i]);
  g_assert_cmpint (hr_native_format.recognise ("", 0, "a.hashrange.json"), ==, 60);
  g_assert_true (hr_exchange_recognise (texts[0], strlen (texts[0]), NULL) == &hr_native_format);
  g_assert_null (hr_exchange_recognise ("{}", 2, "a.json"));
  g_assert_true (hr_exchange_find ("native") == &hr_native_format);
  g_assert_null (hr_exchange_find ("nothing"));
}

static void
test_export (void)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (HrExport) export = hr_export_new ();
  g_autoptr (GError) error = NULL;
  const HrExportFile *file;
  gsize length;
  g_autofree char *text = hr_testing_load (HR_TEST_SAMPLE, &length);

  document = read_text (text, length, diagnostics);
  g_assert_true (hr_native_format.export_document (document, export, NULL, &error));
  g_assert_cmpuint (export->files->len, ==, 1);
  file = export->files->pdata[0];
  g_assert_cmpstr (file->name, ==, "Cruddur-messages.hashrange.json");
  g_assert_cmpmem (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content), text, length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/exchange/native/canonical/sample", HR_TEST_SAMPLE, test_canonical);
  g_test_add_data_func ("/exchange/native/canonical/small", HR_TEST_DATA "/small.json", test_canonical);
  g_test_add_data_func ("/exchange/native/becomes/broken-items", HR_TEST_DATA "/broken-items.json",
                        test_becomes);
  g_test_add_data_func ("/exchange/native/findings/broken-items", HR_TEST_DATA "/broken-items.json",
                        test_findings);
  g_test_add_data_func ("/exchange/native/becomes/empty", HR_TEST_DATA "/empty.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/extras", HR_TEST_DATA "/extras.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/order", HR_TEST_DATA "/order.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/odd", HR_TEST_DATA "/odd.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/values", HR_TEST_DATA "/values.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/drafts", HR_TEST_DATA "/drafts.json", test_becomes);
  g_test_add_data_func ("/exchange/native/becomes/tables", HR_TEST_DATA "/tables.json", test_becomes);
  g_test_add_data_func ("/exchange/native/findings/empty", HR_TEST_DATA "/empty.json", test_findings);
  g_test_add_data_func ("/exchange/native/findings/extras", HR_TEST_DATA "/extras.json", test_findings);
  g_test_add_data_func ("/exchange/native/findings/odd", HR_TEST_DATA "/odd.json", test_findings);
  g_test_add_data_func ("/exchange/native/findings/drafts", HR_TEST_DATA "/drafts.json", test_findings);
  g_test_add_data_func ("/exchange/native/findings/checks", HR_TEST_DATA "/checks.json", test_findings);
  g_test_add_data_func ("/exchange/native/findings/tables", HR_TEST_DATA "/tables.json", test_findings);
  g_test_add_func ("/exchange/native/refused", test_refused);
  g_test_add_func ("/exchange/native/cancel", test_cancel);
  g_test_add_func ("/exchange/native/progress", test_progress);
  g_test_add_func ("/exchange/native/truncated", test_truncated);
  g_test_add_func ("/exchange/native/damaged", test_damaged);
  g_test_add_func ("/exchange/native/mistyped", test_mistyped);
  g_test_add_func ("/exchange/native/many-attributes", test_many_attributes);
  g_test_add_func ("/exchange/native/recognise", test_recognise);
  g_test_add_func ("/exchange/native/export", test_export);
  return g_test_run ();
}
