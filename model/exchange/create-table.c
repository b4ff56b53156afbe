/*
 * CreateTable JSON for `aws dynamodb create-table --cli-input-json file://…`.
 *
 * One file a table. What the operation cannot express (TTL, point-in-time recovery) is said with the
 * command that does it. Reading takes the same JSON, and the answer of describe-table.
 */
#include "model/exchange/formats.h"

#include "model/api/api.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

/* Export */

static void
report_left_out (const HrTable *table, HrDiagnostics *diagnostics)
{
  const HrSettings *settings = &table->settings;
  g_autofree char *name = g_shell_quote (table->name);

  if (settings->ttl_attribute != NULL)
    {
      g_autofree char *argument = g_strdup_printf ("Enabled=true,AttributeName=%s", settings->ttl_attribute);
      g_autofree char *quoted = g_shell_quote (argument);

      hr_diagnostics_add (
          diagnostics, HR_SEVERITY_WARNING, "ttl-left-out", HR_RANGE_NONE,
          _("CreateTable cannot set the TTL of %s. When the table is there, run: aws dynamodb "
            "update-time-to-live --table-name %s --time-to-live-specification %s"),
          table->name, name, quoted);
    }
  if (settings->point_in_time_recovery)
    hr_diagnostics_add (
        diagnostics, HR_SEVERITY_WARNING, "recovery-left-out", HR_RANGE_NONE,
        _("CreateTable cannot set point-in-time recovery of %s. When the table is there, run: aws dynamodb "
          "update-continuous-backups --table-name %s --point-in-time-recovery-specification "
          "PointInTimeRecoveryEnabled=true"),
        table->name, name);
}

/* The service would say the same, but later. */
static void
report_refused (const HrTable *table, const HrBuffer *text, HrDiagnostics *diagnostics)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *request = hr_json_parse (arena, text->data, text->length, HR_LIMIT_JSON_DEPTH, NULL);
  g_autoptr (HrTable) created = NULL;

  if (request != NULL)
    created = hr_table_from_create_request (request, HR_VALIDATION_NEW, arena, &error);
  if (created == NULL)
    hr_diagnostics_add (diagnostics, HR_SEVERITY_ERROR, "table-refused", table->place,
                        _("The service would refuse table %s: %s"), table->name,
                        error.message != NULL ? error.message : "");
}

static gboolean
export_document (HrDocument *document, HrExport *export, const HrCancel *cancel, GError **error)
{
  const HrModel *model = hr_document_get_model (document);

  for (guint i = 0; i < model->tables->len; i++)
    {
      const HrTable *table = model->tables->pdata[i];
      g_autofree char *name = hr_export_dup_file_name (export, table->name, ".create-table.json");
      g_auto (HrBuffer) text = HR_BUFFER_INIT;

      hr_table_to_create_request (table, &text);
      report_refused (table, &text, export->diagnostics);
      report_left_out (table, export->diagnostics);
      hr_buffer_append_char (&text, '\n');
      hr_export_add (export, name, hr_buffer_steal_bytes (&text));
    }
  return TRUE;
}

/* Import */

#define TEXT_BYTES_MAX (4 * 1024 * 1024) /* of what may be a definition; a large file holds items */

static const char *const known_members[] = {
  "TableName",
  "AttributeDefinitions",
  "KeySchema",
  "GlobalSecondaryIndexes",
  "LocalSecondaryIndexes",
  "BillingMode",
  "ProvisionedThroughput",
  "StreamSpecification",
  "SSESpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "Tags",
};

static void
report_unknown (const HrJson *request, HrDiagnostics *diagnostics)
{
  for (guint32 i = 0; i < request->length; i++)
    {
      const HrJsonMember *member = &request->members[i];
      gboolean is_known = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (known_members); j++)
        is_known = is_known
                   || (member->name_length == strlen (known_members[j])
                       && memcmp (member->name, known_members[j], member->name_length) == 0);
      if (!is_known)
        hr_diagnostics_add (diagnostics, HR_SEVERITY_NOTE, "unknown-member", member->name_range,
                            _("`%.*s` has no place in a model and is left out."), (int) member->name_length,
                            member->name);
    }
}

/* The request, or the one that a description stands for. NULL when the text is neither. */
static const HrJson *
find_request (HrArena *arena, const HrJson *json, HrDiagnostics *diagnostics)
{
  const HrJson *description = hr_json_get (json, "Table");
  HrBuffer out = HR_BUFFER_INIT;
  char *text;
  gsize length;

  if (description == NULL)
    description = hr_json_get (json, "TableDescription");
  if (description == NULL && hr_json_get (json, "TableStatus") != NULL)
    description = json;
  if (description == NULL || description->type != HR_JSON_OBJECT)
    {
      if (json->type == HR_JSON_OBJECT && diagnostics != NULL)
        report_unknown (json, diagnostics);
      return json;
    }

  hr_description_to_create_request (description, &out);
  length = out.length;
  text = hr_arena_strndup (arena, out.data, length);
  hr_buffer_clear (&out);
  return hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, NULL);
}

static int
recognise (const char *text, gsize length, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = NULL;
  const HrJson *request = NULL;

  if (length <= TEXT_BYTES_MAX)
    json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, NULL);
  if (json != NULL)
    request = find_request (arena, json, NULL);
  if (request == NULL || hr_json_get (request, "KeySchema") == NULL)
    return 0;
  return hr_json_get (request, "TableName") != NULL ? 90 : 40;
}

static HrDocument *
import (const char *text, gsize length, const char *name, HrDiagnostics *diagnostics, HrProgress *progress,
        GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrModel) model = NULL;
  HrJsonError json_error = { 0 };
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  const HrJson *json = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, &json_error);
  HrTable *table;
  guint line;
  guint column;

  hr_diagnostics_set_text (diagnostics, text, length);
  if (json == NULL)
    {
      hr_range_locate (text, length, json_error.offset, &line, &column);
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("%u:%u: this is no JSON: %s."), line, column,
                   _ (json_error.message));
      return NULL;
    }
  table = hr_table_from_create_request (find_request (arena, json, diagnostics), HR_VALIDATION_NEW, arena,
                                        &service_error);
  if (table == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The service would refuse this table: %s"),
                   service_error.message);
      return NULL;
    }
  model = hr_model_new (table->name);
  g_ptr_array_add (model->tables, table);
  return hr_document_new (model, error);
}

/* Trying out */

static char *
describe_refusal (const HrExportFile *file)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrTable) table = NULL;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  gsize length;
  const char *text = g_bytes_get_data (file->content, &length);
  const HrJson *request = hr_json_parse (arena, text, length, HR_LIMIT_JSON_DEPTH, NULL);

  if (request == NULL)
    return g_strdup (_("This is no JSON."));
  table = hr_table_from_create_request (request, HR_VALIDATION_NEW, arena, &error);
  return table != NULL ? NULL : g_strdup (error.message);
}

static void
check (HrDocument *document, const HrExport *export, GPtrArray *checks)
{
  g_autoptr (HrEngine) engine = hr_engine_open (NULL, NULL, NULL);
  char *refusal = NULL, *failure = NULL;
  guint refused = 0, failed = 0;

  for (guint i = 0; i < export->files->len; i++)
    {
      const HrExportFile *file = export->files->pdata[i];
      gsize length;
      const char *text = g_bytes_get_data (file->content, &length);

      if (refusal == NULL && (refusal = describe_refusal (file)) != NULL)
        refused = i;
      if (failure == NULL && (failure = hr_export_try (engine, "CreateTable", text, length, NULL)) != NULL)
        failed = i;
    }
  hr_export_checks_add (checks, _("Valid for create-table"), refusal, refused, 0);
  hr_export_checks_add (checks, _("Runs on the local engine"), failure, failed, 0);
}

static char *
describe_use (const char *file_name)
{
  g_autofree char *argument = hr_export_dup_file_argument (file_name);

  return g_strconcat ("aws dynamodb create-table \\\n  --cli-input-json \\\n  ", argument, NULL);
}

const HrExchangeFormat hr_create_table_format = {
  .id = "create-table",
  .title = N_("CreateTable JSON for the AWS CLI"),
  .description = N_("One file a table: aws dynamodb create-table --cli-input-json file://NAME. Reading also "
                    "takes the answer of describe-table."),
  .name = N_("Table schema"),
  .kind = N_("JSON for create-table"),
  .group = HR_EXCHANGE_SCHEMA,
  .single_file = FALSE,
  .recognise = recognise,
  .import = import,
  .export_document = export_document,
  .check = check,
  .describe_use = describe_use,
};
