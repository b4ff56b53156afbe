/*
 * Findings about items: words, codes and places, in files that were loaded and after they were edited.
 */
#include "tests/document/fixture.h"

#include <string.h>

/* One entry a line, as a project file has them; `table json`. */
static const char file_text[] =
  "notes {\"pk\":{\"S\":\"NOTE#1\"},\"sk\":{\"S\":\"1\"},\"text\":{\"S\":\"fits\"}}\n"
  "notes {\"pk\":{\"S\":\"NOTE#1\"},\"sk\":{\"S\":\"2\"}}\n"
  "notes {\"pk\":{\"S\":\"NOTE#1\"},\"sk\":{\"S\":\"3\"},\"text\":{\"N\":\"5\"}}\n"
  "notes {\"pk\":{\"S\":\"LEAF#1\"},\"sk\":{\"S\":\"4\"}}\n"
  "notes {\"pk\":{\"S\":\"NOTE#1\"}}\n"
  "notes {\"pk\":{\"S\":\"NOTE#1\"},\"sk\":{\"S\":\"2\"},\"text\":{\"S\":\"again\"}}\n"
  "counters {\"id\":{\"N\":\"1\"}}\n";

static HrDocument *
load (const char *text)
{
  HrDocument *document = fixture_document_new ();
  g_autoptr (GError) error = NULL;
  const char *line = text;

  g_assert_true (hr_document_begin_load (document, &error));
  while (*line != '\0')
    {
      const char *end = strchr (line, '\n');
      const char *json = strchr (line, ' ') + 1;
      g_autofree char *table = g_strndup (line, (gsize) (json - line) - 1);
      HrRange place = { (guint32) (json - text), (guint32) (end - text) };

      g_assert_true (hr_document_add_item (document, table, json, (gsize) (end - json), -1, place, &error));
      line = end + 1;
    }
  g_assert_true (hr_document_end_load (document, &error));
  return document;
}

/* All findings as lines `LINE:COLUMN severity code message`. */
static char *
check (HrDocument *document, const char *text)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autoptr (HrDiagnostics) of_model = hr_diagnostics_new ();
  GString *out = g_string_new (NULL);

  hr_diagnostics_set_text (diagnostics, text, strlen (text));
  hr_model_validate (hr_document_get_model (document), of_model);
  hr_document_check (document, diagnostics);
  for (guint i = hr_diagnostics_get_count (of_model); i < hr_diagnostics_get_count (diagnostics); i++)
    {
      const HrDiagnostic *diagnostic = hr_diagnostics_get (diagnostics, i);

      g_string_append_printf (out, "%u:%u %s %s %s\n", diagnostic->line, diagnostic->column,
                              hr_severity_get_name (diagnostic->severity), diagnostic->code, diagnostic->message);
    }
  return g_strdelimit (g_string_free (out, FALSE), "\"", '\'');
}

static void
test_findings (void)
{
  g_autoptr (HrDocument) document = load (file_text);
  g_autofree char *findings = check (document, file_text);
  g_auto (GStrv) lines = g_strsplit (findings, "\n", -1);
  static const char *const expected[] = {
    "2:7 warning attribute-missing Item 2 of table notes has no attribute text, which entity Note does not call "
    "optional.",
    "3:7 warning attribute-type Item 3 of table notes: the attribute text is of type N, entity Note declares S.",
    "4:7 warning no-entity Item 4 of table notes fits no entity. Correct its keys, or describe its kind as an entity.",
    "5:7 error key-missing Item 5 of table notes: the key attribute sk is missing. Add it, or the item stays a draft.",
    "6:7 error key-duplicate Item 6 of table notes: item 2 has the key {'pk': {'S': 'NOTE#1'}, 'sk': {'S': '2'}} "
    "already. Change one of the two, or this one stays a draft.",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (lines[i], ==, expected[i]);
  g_assert_null (lines[G_N_ELEMENTS (expected)]);
}

/* A place is forgotten with the item that stood there, follows one that only makes room, and dies with a save. */
static void
test_places_after_edits (void)
{
  g_autoptr (HrDocument) document = load (file_text);
  g_autofree char *moved = NULL;
  g_autofree char *saved = NULL;

  fixture_begin (document, "Edit");
  fixture_remove (document, "notes", "{'pk':{'S':'NOTE#1'},'sk':{'S':'3'}}");
  fixture_add_at (document, "notes", "{'pk':{'S':'LEAF#2'},'sk':{'S':'5'}}",
                  hr_document_get_draft (document, 0)->ordinal);
  fixture_commit (document);
  moved = check (document, file_text);
  g_assert_nonnull (strstr (moved, "4:7 warning no-entity Item 3 of table notes"));
  g_assert_nonnull (strstr (moved, "0:0 warning no-entity Item 4 of table notes"));
  g_assert_nonnull (strstr (moved, "5:7 error key-missing Item 5 of table notes"));

  hr_document_mark_saved (document);
  saved = check (document, file_text);
  g_assert_nonnull (strstr (saved, "0:0 warning no-entity Item 3 of table notes"));
  g_assert_nonnull (strstr (saved, "0:0 error key-missing Item 5 of table notes"));
}

/* The item has the keys of an entity, but an attribute does not agree with what the key says. */
static void
test_disagreeing_variable (void)
{
  g_autoptr (HrModel) model = fixture_model_new ();
  HrEntity *entity = g_ptr_array_index (((HrTable *) g_ptr_array_index (model->tables, 0))->entities, 0);
  g_autoptr (HrDocument) document = NULL;
  g_autofree char *findings = NULL;

  g_ptr_array_set_size (entity->key_parts, 1);
  g_ptr_array_add (entity->attributes, hr_attribute_new ("at", HR_TYPE_S));
  document = hr_document_new (model, NULL);
  fixture_begin (document, "Add");
  fixture_add (document, "notes",
               "{'pk':{'S':'NOTE#1'},'sk':{'S':'noon'},'at':{'S':'midnight'},'text':{'S':'x'}}");
  fixture_commit (document);
  findings = check (document, "");
  g_assert_nonnull (strstr (findings, "no-entity Item 1 of table notes has the keys of entity Note, but"));
}

static void
test_many_findings (void)
{
  g_autoptr (HrDocument) document = fixture_document_new ();
  g_autofree char *findings = NULL;
  g_auto (GStrv) lines = NULL;

  fixture_begin (document, "Add");
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *item = g_strdup_printf ("{'pk':{'S':'x'},'sk':{'S':'%u'}}", i);

      fixture_add (document, "notes", item);
      fixture_add (document, "counters", item);
    }
  fixture_commit (document);
  findings = check (document, "");
  lines = g_strsplit (findings, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 203);
  g_assert_cmpstr (lines[100], ==, "0:0 warning no-entity Table notes: 50 more findings like these (no-entity).");
  g_assert_cmpstr (lines[201], ==, "0:0 error draft Table counters: 50 more findings like these (draft).");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/check/findings", test_findings);
  g_test_add_func ("/document/check/places-after-edits", test_places_after_edits);
  g_test_add_func ("/document/check/disagreeing-variable", test_disagreeing_variable);
  g_test_add_func ("/document/check/many-findings", test_many_findings);
  return g_test_run ();
}
