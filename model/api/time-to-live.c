/*
 * UpdateTimeToLive and DescribeTimeToLive.
 *
 * At the service a change takes effect at once for whoever asks, but another one is refused for half an hour. Here it
 * is not: there is nothing to protect.
 */
#include "model/api/operations.h"

enum
{
  SPECIFICATION_ENABLED,
  SPECIFICATION_ATTRIBUTE,
};

static const HrField specification_fields[] = {
  [SPECIFICATION_ENABLED] = { .name = "Enabled", .kind = HR_FIELD_BOOLEAN, .flags = HR_FIELD_REQUIRED },
  [SPECIFICATION_ATTRIBUTE] = { .name = "AttributeName",
                                .kind = HR_FIELD_STRING,
                                .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                                .min = 1,
                                .max = HR_LIMIT_KEY_NAME_BYTES },
};

static const HrShape specification_shape = HR_SHAPE ("TimeToLiveSpecification", specification_fields);

enum
{
  UPDATE_TABLE,
  UPDATE_SPECIFICATION,
};

static const HrField update_fields[] = {
  [UPDATE_TABLE] = HR_ROW_TABLE_NAME,
  [UPDATE_SPECIFICATION] = { .name = "TimeToLiveSpecification",
                             .kind = HR_FIELD_STRUCT,
                             .flags = HR_FIELD_REQUIRED,
                             .shape = &specification_shape },
};

static const HrField describe_fields[] = { HR_ROW_TABLE_NAME };

const HrShape HR_SHAPE_UPDATE_TIME_TO_LIVE = HR_SHAPE ("UpdateTimeToLiveInput", update_fields);
const HrShape HR_SHAPE_DESCRIBE_TIME_TO_LIVE = HR_SHAPE ("DescribeTimeToLiveInput", describe_fields);

/* NULL with an error. */
static const HrTable *
find_table (HrApiCall *call, const char *name)
{
  const HrTable *table = hr_engine_get_table (call->api->engine, name);

  if (table == NULL)
    hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                          "Requested resource not found: Table: %s not found", name);
  return table;
}

/* FALSE with an error. @current is NULL when items do not expire. */
static gboolean
check_change (HrApiCall *call, const char *current, gboolean is_enabled, const char *attribute)
{
  if (current == NULL)
    return is_enabled || hr_call_fail (call, "TimeToLive is already disabled");
  if (g_strcmp0 (current, attribute) != 0)
    return hr_call_fail (call, "TimeToLive is active on a different AttributeName: current AttributeName is %s",
                         current);
  return !is_enabled || hr_call_fail (call, "TimeToLive is already enabled");
}

static gboolean
change (HrApiCall *call, const HrTable *table, const char *attribute)
{
  g_autoptr (HrTable) changed = hr_table_copy (table);

  g_free (changed->settings.ttl_attribute);
  changed->settings.ttl_attribute = g_strdup (attribute);
  return hr_engine_update_table (call->api->engine, changed, &call->engine, call->error);
}

gboolean
hr_operation_update_time_to_live (HrApiCall *call)
{
  const HrTable *table;
  const char *attribute;
  gboolean is_enabled;
  HrFields fields;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  hr_shape_read (&specification_shape, call->fields[UPDATE_SPECIFICATION], fields);
  is_enabled = hr_field_get_boolean (fields[SPECIFICATION_ENABLED], FALSE);
  attribute = hr_json_dup_string (fields[SPECIFICATION_ATTRIBUTE], call->arena);
  if (attribute == NULL)
    return hr_call_fail (call, "One or more parameter values were invalid: AttributeName has a NUL character");
  table = find_table (call, hr_field_get_table_name (call->fields[UPDATE_TABLE], call->arena));
  if (table == NULL || !check_change (call, table->settings.ttl_attribute, is_enabled, attribute)
      || !change (call, table, is_enabled ? attribute : NULL))
    return FALSE;

  hr_buffer_append_string (call->out, "{\"TimeToLiveSpecification\":{");
  hr_write_boolean_member (call->out, "Enabled", is_enabled);
  hr_write_text_member (call->out, "AttributeName", attribute);
  hr_buffer_append_string (call->out, "}}");
  return TRUE;
}

gboolean
hr_operation_describe_time_to_live (HrApiCall *call)
{
  const HrTable *table;
  const char *attribute;

  if (!hr_call_begin (call, HR_NO_ROW))
    return FALSE;
  table = find_table (call, hr_field_get_table_name (call->fields[0], call->arena));
  if (table == NULL)
    return FALSE;

  attribute = table->settings.ttl_attribute;
  hr_buffer_append_string (call->out, "{\"TimeToLiveDescription\":{");
  hr_write_text_member (call->out, "TimeToLiveStatus", attribute != NULL ? "ENABLED" : "DISABLED");
  if (attribute != NULL)
    hr_write_text_member (call->out, "AttributeName", attribute);
  hr_buffer_append_string (call->out, "}}");
  return TRUE;
}
