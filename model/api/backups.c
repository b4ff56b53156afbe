/*
 * CreateBackup, DescribeBackup, DeleteBackup and ListBackups.
 *
 * A backup has the time at which it was made in its name, and behind that its number.
 */
#include "model/api/arn.h"
#include "model/api/backup-call.h"
#include "model/api/operations.h"
#include "model/api/table-json.h"

#include <string.h>

#define MS_DIGITS 14

gint64
hr_field_get_time_us (const HrJson *json, gint64 fallback)
{
  double seconds;

  if (json == NULL || !hr_json_get_double (json, &seconds))
    return fallback;
  return (gint64) (CLAMP (seconds, -1e12, 1e12) * G_USEC_PER_SEC + (seconds < 0 ? -0.5 : 0.5));
}

char *
hr_backup_format_arn (const HrApi *api, const HrBackupInfo *backup, HrArena *arena)
{
  g_autofree char *id = g_strdup_printf ("%0*" G_GINT64_MODIFIER "d-%08" G_GINT64_MODIFIER "x", MS_DIGITS,
                                         backup->created_us / 1000, (guint64) backup->number);

  return hr_arn_format (api, backup->table, "backup", id, arena);
}

gboolean
hr_backup_parse_arn (const char *arn, HrArena *arena, const char **table, gint64 *created_us, gint64 *number)
{
  g_auto (GStrv) parts = NULL;
  const char *id;
  guint64 values[2];

  if (!hr_arn_parse (arn, "backup", arena, table, &id))
    return FALSE;
  parts = g_strsplit (id, "-", 3);
  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXINT64 / 1000, &values[0], NULL)
      || !g_ascii_string_to_unsigned (parts[1], 16, 0, G_MAXINT64, &values[1], NULL))
    return FALSE;
  *created_us = (gint64) values[0] * 1000;
  *number = (gint64) values[1];
  return TRUE;
}

const HrBackupInfo *
hr_backup_find (HrApiCall *call, const char *arn)
{
  const HrBackupInfo *backup;
  const char *table;
  gint64 created_us;
  gint64 number;

  if (!hr_backup_parse_arn (arn, call->arena, &table, &created_us, &number))
    {
      hr_call_fail (call, "Invalid Backup ARN");
      return NULL;
    }
  backup = hr_engine_find_backup (call->api->engine, table, created_us, number, &call->engine);
  if (backup == NULL)
    hr_service_error_set (call->error, call->arena, HR_SERVICE_BACKUP_NOT_FOUND, "Backup not found: %s", arn);
  return backup;
}

static const char *
get_status (const HrBackupInfo *backup)
{
  return backup->is_being_made ? "CREATING" : "AVAILABLE";
}

static void
write_details (HrApiCall *call, const HrBackupInfo *backup, const char *status)
{
  HrBuffer *out = call->out;

  hr_write_text_member (out, "BackupArn", hr_backup_format_arn (call->api, backup, call->arena));
  hr_write_text_member (out, "BackupName", backup->name);
  hr_write_integer_member (out, "BackupSizeBytes", backup->size_bytes);
  hr_write_text_member (out, "BackupStatus", status);
  hr_write_text_member (out, "BackupType", backup->kind == HR_BACKUP_SYSTEM ? "SYSTEM" : "USER");
  hr_write_time_member (out, "BackupCreationDateTime", backup->created_us);
  if (backup->expires_us != 0)
    hr_write_time_member (out, "BackupExpiryDateTime", backup->expires_us);
}

static void
write_details_member (HrApiCall *call, const HrBackupInfo *backup, const char *status)
{
  hr_write_member (call->out, "BackupDetails");
  hr_buffer_append_char (call->out, '{');
  write_details (call, backup, status);
  hr_buffer_append_char (call->out, '}');
}

static void
write_source (HrApiCall *call, const HrBackupInfo *backup, const HrTable *definition)
{
  HrBuffer *out = call->out;

  hr_write_member (out, "SourceTableDetails");
  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "TableName", backup->table);
  hr_write_text_member (out, "TableId", backup->table_id);
  hr_write_arn (call->api, "TableArn", backup->table, NULL, NULL, out);
  hr_write_integer_member (out, "TableSizeBytes", backup->size_bytes);
  hr_write_time_member (out, "TableCreationDateTime", backup->table_created_us);
  hr_write_integer_member (out, "ItemCount", backup->item_count);
  hr_table_write_source (definition, out);
  hr_buffer_append_char (out, '}');
}

/* Of a table that was deleted no features are told. */
static gboolean
write_description (HrApiCall *call, const HrBackupInfo *backup, const char *status)
{
  g_autoptr (HrTable) definition = hr_backup_info_dup_definition (backup);
  HrBuffer *out = call->out;

  if (definition == NULL)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_INTERNAL,
                                 "The database is damaged: a backup of table %s cannot be read", backup->table);
  hr_buffer_append_string (out, "{\"BackupDescription\":{");
  write_details_member (call, backup, status);
  write_source (call, backup, definition);
  hr_write_member (out, "SourceTableFeatureDetails");
  hr_buffer_append_char (out, '{');
  if (backup->kind == HR_BACKUP_USER)
    hr_table_write_features (call->api, definition, out);
  hr_buffer_append_string (out, "}}}");
  return TRUE;
}

enum
{
  CREATE_TABLE,
  CREATE_NAME,
};

static const HrField create_fields[] = {
  [CREATE_TABLE] = HR_ROW_TABLE_NAME,
  [CREATE_NAME] = { .name = "BackupName",
                    .kind = HR_FIELD_STRING,
                    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,
                    .min = HR_LIMIT_TABLE_NAME_MIN,
                    .max = HR_LIMIT_TABLE_NAME_MAX },
};

const HrShape HR_SHAPE_CREATE_BACKUP = HR_SHAPE ("CreateBackupInput", create_fields);

gboolean
hr_operation_create_backup (HrApiCall *call)
{
  const char *table = hr_field_get_table_name (call->fields[CREATE_TABLE], call->arena);
  const char *name = hr_field_get_string (call->fields[CREATE_NAME], call->arena);
  const HrBackupInfo *backup;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  backup = hr_engine_create_backup (call->api->engine, table, name, &call->engine, call->error);
  if (backup == NULL)
    return FALSE;
  hr_buffer_append_char (call->out, '{');
  write_details_member (call, backup, get_status (backup));
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

static const HrField arn_fields[] = { HR_ROW_BACKUP_ARN };

const HrShape HR_SHAPE_BACKUP_ARN = HR_SHAPE ("DescribeBackupInput", arn_fields);

/* NULL with an error. */
static const HrBackupInfo *
find_named (HrApiCall *call)
{
  return hr_call_begin (call, HR_NO_ROW)
             ? hr_backup_find (call, hr_field_get_string (call->fields[0], call->arena))
             : NULL;
}

gboolean
hr_operation_describe_backup (HrApiCall *call)
{
  const HrBackupInfo *backup = find_named (call);

  return backup != NULL && write_description (call, backup, get_status (backup));
}

static gboolean
fail_system (HrApiCall *call, const HrBackupInfo *backup)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (backup->expires_us / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("?");

  return hr_call_fail (call,
                       "Invalid Request: User is not allowed to delete the system backup with arn %s. It will"
                       " automatically expire on %s",
                       hr_backup_format_arn (call->api, backup, call->arena), text);
}

gboolean
hr_operation_delete_backup (HrApiCall *call)
{
  const HrBackupInfo *backup = find_named (call);

  if (backup == NULL)
    return FALSE;
  if (backup->kind == HR_BACKUP_SYSTEM)
    return fail_system (call, backup);
  return write_description (call, backup, "DELETED")
         && hr_engine_delete_backup (call->api->engine, backup, &call->engine, call->error);
}

static const char *const backup_types[] = { "USER", "SYSTEM", "AWS_BACKUP", "ALL", NULL };

typedef enum
{
  TYPE_USER,
  TYPE_SYSTEM,
  TYPE_OTHER_SERVICE,
  TYPE_ALL,
} BackupType;

enum
{
  LIST_TABLE,
  LIST_LIMIT,
  LIST_FROM,
  LIST_UNTIL,
  LIST_AFTER,
  LIST_TYPE,
};

static const HrField list_fields[] = {
  [LIST_TABLE] = { .name = "TableName",
                   .kind = HR_FIELD_STRING,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME | HR_FIELD_ARN,
                   .min = 1,
                   .max = HR_LIMIT_TABLE_NAME_MAX },
  [LIST_LIMIT] = { .name = "Limit",
                   .kind = HR_FIELD_INTEGER,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                   .min = 1,
                   .max = HR_LIMIT_LIST_BACKUPS },
  [LIST_FROM] = HR_ROW_TIME ("TimeRangeLowerBound"),
  [LIST_UNTIL] = HR_ROW_TIME ("TimeRangeUpperBound"),
  [LIST_AFTER] = { .name = "ExclusiveStartBackupArn",
                   .kind = HR_FIELD_STRING,
                   .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                   .min = 37,
                   .max = 1024 },
  [LIST_TYPE] = HR_ROW_WORD ("BackupType", backup_types),
};

const HrShape HR_SHAPE_LIST_BACKUPS = HR_SHAPE ("ListBackupsInput", list_fields);

/* FALSE with an error. Of another service there are no backups, whatever else is asked for. */
static gboolean
read_filter (HrApiCall *call, HrBackupFilter *filter)
{
  int type = hr_field_get_word (&list_fields[LIST_TYPE], call->fields[LIST_TYPE]);
  const char *after = hr_field_get_string (call->fields[LIST_AFTER], call->arena);
  const char *table;

  *filter = (HrBackupFilter) {
    .table = hr_field_get_table_name (call->fields[LIST_TABLE], call->arena),
    .has_kind = type != TYPE_ALL,
    .kind = type == TYPE_SYSTEM ? HR_BACKUP_SYSTEM : HR_BACKUP_USER,
    .from_us = hr_field_get_time_us (call->fields[LIST_FROM], 0),
    .until_us = hr_field_get_time_us (call->fields[LIST_UNTIL], G_MAXINT64),
    .limit = (guint) hr_field_get_integer (call->fields[LIST_LIMIT], HR_LIMIT_LIST_BACKUPS),
  };
  if (filter->from_us > filter->until_us)
    return hr_call_fail (call, "One or more parameter values were invalid: Time range lower bound must be less than or"
                               " equal to upper bound");
  if (type == TYPE_OTHER_SERVICE)
    filter->until_us = 0;
  return after == NULL || hr_backup_parse_arn (after, call->arena, &table, &filter->after_us, &filter->after_number)
         || hr_call_fail (call, "Invalid Backup ARN");
}

static void
write_summary (HrApiCall *call, const HrBackupInfo *backup)
{
  hr_write_comma (call->out);
  hr_buffer_append_char (call->out, '{');
  write_details (call, backup, get_status (backup));
  hr_write_arn (call->api, "TableArn", backup->table, NULL, NULL, call->out);
  hr_write_text_member (call->out, "TableId", backup->table_id);
  hr_write_text_member (call->out, "TableName", backup->table);
  hr_buffer_append_char (call->out, '}');
}

gboolean
hr_operation_list_backups (HrApiCall *call)
{
  const HrBackupInfo *backups;
  HrBackupFilter filter;
  gboolean more;
  guint count;

  if (!hr_call_begin (call, HR_NO_ROW) || !read_filter (call, &filter))
    return FALSE;
  backups = hr_engine_list_backups (call->api->engine, &filter, &call->engine, &count, &more);
  hr_buffer_append_string (call->out, "{\"BackupSummaries\":[");
  for (guint i = 0; i < count; i++)
    write_summary (call, &backups[i]);
  hr_buffer_append_char (call->out, ']');
  if (more)
    hr_write_text_member (call->out, "LastEvaluatedBackupArn",
                          hr_backup_format_arn (call->api, &backups[count - 1], call->arena));
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}
