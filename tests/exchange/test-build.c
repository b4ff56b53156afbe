/*
 * A model built by hand, as a person would: from an empty document to the sample's table, with nothing but edits; then
 * all the way back and forth again.
 */
#include "tests/exchange/native-testing.h"

#include "model/document/edit-definitions.h"
#include "model/document/item-edit.h"
#include "model/document/runner.h"
#include "model/exchange/native.h"
#include "model/value/edit-text.h"

#include <string.h>

#define TABLE "cruddur-messages"
#define GROUP "5ae290ed-55d1-47a0-bc6d-fe2bc2700399"

static void
done (gpointer target, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (target);
  g_free (target);
}

static void
check (gboolean ok, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
set_template (HrDocument *document, const char *entity, const char *key, const char *text)
{
  GError *error = NULL;

  check (hr_document_set_template (document, TABLE, entity, key, text, TRUE, &error), error);
}

static void
add_attributes (HrDocument *document, const char *entity, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      GError *error = NULL;

      done (hr_document_add_attribute (document, TABLE, entity, names[i], HR_TYPE_S, &error), error);
    }
}

static void
build_definitions (HrDocument *document)
{
  static const char *const message[] = { "message_uuid", "message", "user_uuid", "user_display_name", "user_handle",
                                         NULL };
  static const char *const group[] = { "message_group_uuid", "message", "user_uuid", "user_display_name",
                                       "user_handle", NULL };
  g_auto (HrSettings) settings = { 0 };
  GError *error = NULL;

  done (hr_document_add_table (document, TABLE, &error), error);
  hr_settings_init (&settings);
  settings.stream = HR_STREAM_NEW_IMAGE;
  check (hr_document_set_settings (document, TABLE, &settings, &error), error);
  done (hr_document_add_entity (document, TABLE, "Message", &error), error);
  set_template (document, "Message", "pk", "MSG#{message_group_uuid}");
  set_template (document, "Message", "sk", "{created_at}");
  add_attributes (document, "Message", message);
  done (hr_document_add_entity (document, TABLE, "Message group", &error), error);
  set_template (document, "Message group", "pk", "GRP#{my_user_uuid}");
  set_template (document, "Message group", "sk", "{last_message_at}");
  add_attributes (document, "Message group", group);
  done (hr_document_add_index (document, TABLE, "message-group-sk-index", HR_INDEX_GLOBAL, "message_group_uuid", "sk",
                               &error), error);
}

static void
build_pattern (HrDocument *document, const char *id, const char *name, const char *parameter, const char *prefix)
{
  g_autofree char *request = g_strdup_printf (
      "{\"TableName\":\"" TABLE "\",\"KeyConditionExpression\":\"pk = :pk AND begins_with(sk, :year)\","
      "\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"%s#{%s}\"},\":year\":{\"S\":\"{year}\"}},"
      "\"ScanIndexForward\":false,\"Limit\":20}", prefix, parameter);
  GError *error = NULL;
  HrTarget *target = hr_document_add_pattern (document, TABLE, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (target->name, ==, id);
  g_free (target);
  done (hr_document_remove_definition (document, &HR_TARGET (STEP, NULL, id, "items"), &error), error);
  done (hr_document_remove_definition (document, &HR_TARGET (PARAMETER, NULL, id, "pk"), &error), error);
  done (hr_document_add_parameter (document, id, parameter, HR_TYPE_S, GROUP, &error), error);
  done (hr_document_add_parameter (document, id, "year", HR_TYPE_S, "2026", &error), error);
  done (hr_document_add_step (document, id, "items", "Query", request, &error), error);
}

static void
set_text (HrDocument *document, gint64 ordinal, const char *name, const char *text)
{
  HrItemRef ref = { TABLE, NULL, ordinal };
  GError *error = NULL;

  check (hr_document_set_item_text (document, &ref, name, HR_TYPE_S, text, strlen (text), NULL, &error), error);
}

static void
build_item (HrDocument *document, const char *entity, const char *const *values)
{
  static const HrMember members[] = { { "pk", 2, { HR_TYPE_S, FALSE, 40, { "MSG#" GROUP } } } };
  const HrValue partition = hr_value_map (members, 1);
  gboolean is_message = g_str_equal (entity, "Message");
  g_auto (HrItemResult) result = { 0 };
  GError *error = NULL;

  check (hr_document_new_item (document, TABLE, entity, is_message ? &partition : NULL, NULL, &result, &error), error);
  g_assert_cmpuint (result.n_stored, ==, 1);
  for (guint i = 0; values[i] != NULL; i += 2)
    set_text (document, result.ordinal, values[i], values[i + 1]);
}

static void
build_items (HrDocument *document)
{
  static const char *const first[] = { "created_at", "2026-03-02T10:04:00Z", "message_uuid", "m-1", "message",
                                       "Hello", "user_uuid", "u-1", "user_display_name",
                                       "Wanda", "user_handle", "wanda", NULL };
  static const char *const second[] = { "created_at", "2026-03-02T10:05:00Z", "message_uuid", "m-2", "message", "Hi",
                                        "user_uuid", "u-2", NULL };
  static const char *const third[] = { "created_at", "2026-03-02T10:06:00Z", "message_uuid", "m-3", NULL };
  static const char *const mine[] = { "my_user_uuid", "u-1", "last_message_at", "2026-03-02T10:06:00Z",
                                      "message_group_uuid", GROUP, "user_uuid", "u-2", NULL };
  static const char *const yours[] = { "my_user_uuid", "u-2", "last_message_at", "2026-03-02T10:06:00Z",
                                       "message_group_uuid", GROUP, "user_uuid", "u-1", NULL };

  build_item (document, "Message", first);
  build_item (document, "Message", second);
  build_item (document, "Message", third);
  build_item (document, "Message group", mine);
  build_item (document, "Message group", yours);
}

static char *
dup_create_table (HrDocument *document)
{
  g_autoptr (HrExport) export = hr_export_new ();
  GError *error = NULL;
  gsize length;
  const HrExportFile *file;
  const char *text;

  check (hr_exchange_find ("create-table")->export_document (document, export, NULL, &error), error);
  g_assert_cmpuint (export->files->len, ==, 1);
  file = export->files->pdata[0];
  text = g_bytes_get_data (file->content, &length);
  return g_strndup (text, length);
}

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

static HrDocument *
build (void)
{
  g_autoptr (HrModel) model = hr_model_new ("Cruddur messages");
  HrDocument *document = hr_document_new (model, NULL);

  build_definitions (document);
  build_pattern (document, "A", "Show a conversation", "message_group_uuid", "MSG");
  build_pattern (document, "B", "List my conversations", "my_user_uuid", "GRP");
  build_items (document);
  return document;
}

static void
test_create_table (void)
{
  g_autoptr (HrDocument) document = build ();
  g_autoptr (HrDocument) sample = load_sample ();
  g_autofree char *built = dup_create_table (document);
  g_autofree char *shipped = dup_create_table (sample);

  g_assert_cmpstr (built, ==, shipped);
}

static void
test_sound (void)
{
  g_autoptr (HrDocument) document = build ();
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();
  g_autofree char *findings = NULL;

  hr_document_check (document, diagnostics);
  findings = hr_testing_print_findings (diagnostics);
  g_assert_cmpstr (findings, ==, "");
  g_assert_cmpuint (hr_document_get_n_drafts (document), ==, 0);
}

/* The patterns answer: three messages, and one inbox row of whoever it is. */
static void
test_patterns (void)
{
  g_autoptr (HrDocument) document = build ();
  g_autoptr (HrBackend) backend = hr_backend_new_local (hr_document_get_engine (document));
  const HrModel *model = hr_document_get_model (document);
  g_autoptr (HrPatternRun) messages = NULL;
  g_autoptr (HrPatternRun) groups = NULL;
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  HrRunOptions options = { .values = values };
  GError *error = NULL;

  messages = hr_pattern_run (hr_model_find_pattern (model, "A"), model, backend, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (messages->count, ==, 3);
  g_hash_table_insert (values, (gpointer) "my_user_uuid", (gpointer) "u-2");
  g_hash_table_insert (values, (gpointer) "year", (gpointer) "2026");
  groups = hr_pattern_run (hr_model_find_pattern (model, "B"), model, backend, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->count, ==, 1);
}

static void
test_undo_all (void)
{
  g_autoptr (HrDocument) document = build ();
  g_autoptr (HrModel) empty_model = hr_model_new ("Cruddur messages");
  g_autoptr (HrDocument) empty = hr_document_new (empty_model, NULL);
  gsize length;
  gsize other_length;
  g_autofree char *full = hr_testing_write (document, &length);
  g_autofree char *nothing = hr_testing_write (empty, &other_length);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  GError *error = NULL;

  while (hr_document_can_undo (document))
    check (hr_document_undo (document, &error), error);
  undone = hr_testing_write (document, &length);
  g_assert_cmpstr (undone, ==, nothing);
  while (hr_document_can_redo (document))
    check (hr_document_redo (document, &error), error);
  redone = hr_testing_write (document, &length);
  g_assert_cmpstr (redone, ==, full);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/build/create-table", test_create_table);
  g_test_add_func ("/exchange/build/sound", test_sound);
  g_test_add_func ("/exchange/build/patterns", test_patterns);
  g_test_add_func ("/exchange/build/undo-all", test_undo_all);
  return g_test_run ();
}
