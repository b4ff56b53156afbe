/*
 * RestoreTableFromBackup and RestoreTableToPointInTime.
 *
 * The new table has the keys, indexes, billing and encryption of the old one, as far as the request does not say
 * otherwise, and none of what is set up around a table: stream, time to live, recovery, tags, protection, class.
 */
#include "model/api/arn.h"
#include "model/api/backup-call.h"
#include "model/api/operations.h"
#include "model/api/restore-request.h"
#include "model/api/table-json.h"

/* Rows that both requests have, in this order behind their own. */
#define OVERRIDE_ROWS(first)                                                                                 \
  [first + HR_OVERRIDE_BILLING] = HR_ROW_WORD ("BillingModeOverride", HR_WORDS_BILLING),                     \
  [first + HR_OVERRIDE_GLOBAL] = HR_ROW_LIST ("GlobalSecondaryIndexOverride", 0, 0, 0, HR_ELEMENT_GLOBAL_INDEX), \
  [first + HR_OVERRIDE_LOCAL] = HR_ROW_LIST ("LocalSecondaryIndexOverride", 0, 0, 0, HR_ELEMENT_LOCAL_INDEX), \
  [first + HR_OVERRIDE_UNITS] = HR_ROW_STRUCT ("ProvisionedThroughputOverride", HR_SHAPE_PROVISIONED_THROUGHPUT), \
  [first + HR_OVERRIDE_ON_DEMAND] = HR_ROW_STRUCT ("OnDemandThroughputOverride", HR_SHAPE_ON_DEMAND_THROUGHPUT), \
  [first + HR_OVERRIDE_SSE] = HR_ROW_STRUCT ("SSESpecificationOverride", HR_SHAPE_SSE_SPECIFICATION)

#define ROW_TARGET                                                                                           \
  {                                                                                                          \
    .name = "TargetTableName", .kind = HR_FIELD_STRING,                                                      \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,                                \
    .min = HR_LIMIT_TABLE_NAME_MIN, .max = HR_LIMIT_TABLE_NAME_MAX                                           \
  }

enum
{
  BACKUP_TARGET,
  BACKUP_ARN,
  BACKUP_OVERRIDES,
};

static const HrField backup_fields[] = {
  [BACKUP_TARGET] = ROW_TARGET,
  [BACKUP_ARN] = HR_ROW_BACKUP_ARN,
  OVERRIDE_ROWS (BACKUP_OVERRIDES),
};

const HrShape HR_SHAPE_RESTORE_FROM_BACKUP = HR_SHAPE ("RestoreTableFromBackupInput", backup_fields);

enum
{
  TIME_SOURCE_ARN,
  TIME_SOURCE_NAME,
  TIME_TARGET,
  TIME_LATEST,
  TIME_TIME,
  TIME_OVERRIDES,
};

static const HrField time_fields[] = {
  [TIME_SOURCE_ARN] = HR_ROW_STRING ("SourceTableArn"),
  [TIME_SOURCE_NAME] = { .name = "SourceTableName",
                         .kind = HR_FIELD_STRING,
                         .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,
                         .min = HR_LIMIT_TABLE_NAME_MIN,
                         .max = HR_LIMIT_TABLE_NAME_MAX },
  [TIME_TARGET] = ROW_TARGET,
  [TIME_LATEST] = HR_ROW_BOOLEAN ("UseLatestRestorableTime"),
  [TIME_TIME] = HR_ROW_TIME ("RestoreDateTime"),
  OVERRIDE_ROWS (TIME_OVERRIDES),
};

const HrShape HR_SHAPE_RESTORE_TO_POINT_IN_TIME = HR_SHAPE ("RestoreTableToPointInTimeInput", time_fields);

/* A new table keeps what it was made of as a property: the time, the name of the old one, and the ARN of the backup. */
#define PROPERTY "restore"

static gboolean
note_origin (HrApiCall *call, const char *name, const char *backup_arn, const char *source, gint64 time_us)
{
  const char *text = hr_arena_printf (call->arena, "%" G_GINT64_FORMAT " %s %s", time_us, source,
                                      backup_arn != NULL ? backup_arn : "");

  return hr_engine_set_property (call->api->engine, name, PROPERTY, text, &call->engine, call->error);
}

/* The description is an object: its last brace is taken back. */
void
hr_restore_write_summary (HrApiCall *call, const HrTableInfo *info)
{
  const char *text = hr_engine_get_property (call->api->engine, info->definition->name, PROPERTY, &call->engine);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " ", 3) : NULL;
  HrBuffer *out = call->out;

  if (parts == NULL || g_strv_length (parts) != 3)
    return;
  hr_buffer_truncate (out, out->length - 1);
  hr_write_member (out, "RestoreSummary");
  hr_buffer_append_char (out, '{');
  if (*parts[2] != '\0')
    hr_write_text_member (out, "SourceBackupArn", parts[2]);
  hr_write_arn (call->api, "SourceTableArn", parts[1], NULL, NULL, out);
  hr_write_time_member (out, "RestoreDateTime", g_ascii_strtoll (parts[0], NULL, 10));
  hr_write_boolean_member (out, "RestoreInProgress", info->status == HR_TABLE_CREATING);
  hr_buffer_append_string (out, "}}");
}

static gboolean
write_answer (HrApiCall *call, const char *name)
{
  const HrTableInfo *info = hr_engine_describe_table (call->api->engine, name, &call->engine);

  if (info == NULL)
    return hr_call_fail_no_table (call, name);
  hr_call_write_table (call, "TableDescription", info);
  return TRUE;
}

gboolean
hr_operation_restore_table_from_backup (HrApiCall *call)
{
  const char *arn = hr_field_get_string (call->fields[BACKUP_ARN], call->arena);
  const char *name = hr_field_get_string (call->fields[BACKUP_TARGET], call->arena);
  g_autoptr (HrTable) source = NULL;
  g_autoptr (HrTable) target = NULL;
  const HrBackupInfo *backup;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  backup = hr_backup_find (call, arn);
  if (backup == NULL)
    return FALSE;
  source = hr_backup_info_dup_definition (backup);
  if (source == NULL)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_INTERNAL,
                                 "The database is damaged: a backup of table %s cannot be read", backup->table);
  target = hr_restore_make_target (source, name, &call->fields[BACKUP_OVERRIDES], call->arena, call->error);
  return target != NULL && hr_call_begin_changes (call)
         && hr_call_end_changes (
             call, hr_engine_restore_backup (call->api->engine, backup, target, &call->engine, call->error)
                       && note_origin (call, name, arn, backup->table, backup->created_us))
         && write_answer (call, name);
}

/* The name of the source; NULL with an error. */
static const char *
read_source (HrApiCall *call)
{
  const HrJson *arn = call->fields[TIME_SOURCE_ARN];
  const HrJson *name = call->fields[TIME_SOURCE_NAME];
  HrArn parts;

  if (arn != NULL && name != NULL)
    {
      hr_call_fail (call, "Must provide exactly one of: sourceTableArn, sourceTableName");
      return NULL;
    }
  if (arn == NULL && name == NULL)
    {
      hr_call_fail (call, "The parameter 'TableName' is required but was not present in the request");
      return NULL;
    }
  if (name != NULL)
    return hr_field_get_string (name, call->arena);
  if (hr_arn_read (arn->text, arn->length, call->arena, &parts) && parts.kind == NULL)
    return parts.table;
  hr_call_fail (call, "sourceTableArn is not a valid ARN");
  return NULL;
}

/* FALSE with an error. */
static gboolean
read_time (HrApiCall *call, gint64 *time_us)
{
  gboolean is_latest = hr_field_get_boolean (call->fields[TIME_LATEST], FALSE);
  const HrJson *time = call->fields[TIME_TIME];

  if (is_latest && time != NULL)
    return hr_call_fail (call, "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for"
                               " point-in-time restore request. Please specify only one of them");
  if (!is_latest && time == NULL)
    return hr_call_fail (call, "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be"
                               " specified, but not both");
  *time_us = is_latest ? HR_RECOVERY_LATEST : hr_field_get_time_us (time, 0);
  return TRUE;
}

gboolean
hr_operation_restore_table_to_point_in_time (HrApiCall *call)
{
  const char *name = hr_field_get_string (call->fields[TIME_TARGET], call->arena);
  HrEngine *engine = call->api->engine;
  g_autoptr (HrTable) target = NULL;
  const char *source;
  gint64 time_us = 0;

  if (!hr_call_begin (call, HR_NO_ROW) || !read_time (call, &time_us))
    return FALSE;
  source = read_source (call);
  if (source == NULL || !hr_engine_check_recovery_time (engine, source, time_us, &call->engine, call->error))
    return FALSE;
  target = hr_restore_make_target (hr_engine_get_table (engine, source), name, &call->fields[TIME_OVERRIDES],
                                   call->arena, call->error);
  return target != NULL && hr_call_begin_changes (call)
         && hr_call_end_changes (
             call, hr_engine_restore_to_time (engine, source, time_us, target, &call->engine, call->error)
                       && note_origin (call, name, NULL, source,
                                       time_us == HR_RECOVERY_LATEST ? hr_engine_get_time_us (engine) : time_us))
         && write_answer (call, name);
}
