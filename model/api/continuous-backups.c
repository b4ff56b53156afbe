/*
 * UpdateContinuousBackups and DescribeContinuousBackups.
 *
 * At the service the latest time that a table can be restored to is five minutes ago; here it is now.
 */
#include "model/api/backup-call.h"
#include "model/api/operations.h"

enum
{
  SPECIFICATION_ENABLED,
  SPECIFICATION_DAYS,
};

static const HrField specification_fields[] = {
  [SPECIFICATION_ENABLED]
  = { .name = "PointInTimeRecoveryEnabled", .kind = HR_FIELD_BOOLEAN, .flags = HR_FIELD_REQUIRED },
  [SPECIFICATION_DAYS] = { .name = "RecoveryPeriodInDays",
                           .kind = HR_FIELD_INTEGER,
                           .flags = HR_FIELD_MIN | HR_FIELD_MAX,
                           .min = 1,
                           .max = HR_LIMIT_RECOVERY_DAYS },
};

static const HrShape specification_shape = HR_SHAPE ("PointInTimeRecoverySpecification", specification_fields);

enum
{
  UPDATE_TABLE,
  UPDATE_SPECIFICATION,
};

static const HrField update_fields[] = {
  [UPDATE_TABLE] = HR_ROW_TABLE_NAME,
  [UPDATE_SPECIFICATION] = { .name = "PointInTimeRecoverySpecification",
                             .kind = HR_FIELD_STRUCT,
                             .flags = HR_FIELD_REQUIRED,
                             .shape = &specification_shape },
};

static const HrField describe_fields[] = { HR_ROW_TABLE_NAME };

const HrShape HR_SHAPE_UPDATE_CONTINUOUS_BACKUPS = HR_SHAPE ("UpdateContinuousBackupsInput", update_fields);
const HrShape HR_SHAPE_DESCRIBE_CONTINUOUS_BACKUPS = HR_SHAPE ("DescribeContinuousBackupsInput", describe_fields);

/* Clients give times in whole seconds, so they are told such. */
static void
write_seconds (HrBuffer *out, const char *name, gint64 time_us)
{
  hr_write_time_member (out, name, time_us - time_us % G_USEC_PER_SEC);
}

static gboolean
write_description (HrApiCall *call, const char *table)
{
  HrBuffer *out = call->out;
  HrRecoveryInfo info;

  if (!hr_engine_describe_recovery (call->api->engine, table, &call->engine, &info, call->error))
    return FALSE;
  hr_buffer_append_string (out, "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                                "\"PointInTimeRecoveryDescription\":{");
  hr_write_text_member (out, "PointInTimeRecoveryStatus", info.is_on ? "ENABLED" : "DISABLED");
  if (info.is_on)
    {
      hr_write_integer_member (out, "RecoveryPeriodInDays", info.days);
      write_seconds (out, "EarliestRestorableDateTime", info.earliest_us);
      write_seconds (out, "LatestRestorableDateTime", info.latest_us);
    }
  hr_buffer_append_string (out, "}}}");
  return TRUE;
}

gboolean
hr_operation_update_continuous_backups (HrApiCall *call)
{
  const char *table = hr_field_get_table_name (call->fields[UPDATE_TABLE], call->arena);
  gboolean is_on;
  HrFields fields;
  guint days;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  hr_shape_read (&specification_shape, call->fields[UPDATE_SPECIFICATION], fields);
  is_on = hr_field_get_boolean (fields[SPECIFICATION_ENABLED], FALSE);
  days = (guint) hr_field_get_integer (fields[SPECIFICATION_DAYS], 0);
  if (!is_on && days != 0)
    return hr_call_fail (call, "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time"
                               " recovery.");
  return hr_engine_set_recovery (call->api->engine, table, is_on, days, &call->engine, call->error)
         && write_description (call, table);
}

gboolean
hr_operation_describe_continuous_backups (HrApiCall *call)
{
  return hr_call_begin (call, HR_NO_ROW)
         && write_description (call, hr_field_get_table_name (call->fields[0], call->arena));
}
