/*
 * DescribeLimits and DescribeEndpoints, and what is said of operations that the service has and we do not.
 *
 * Limits are those of a new account; nothing holds requests to them here.
 */
#include "model/api/arn.h"
#include "model/api/operations.h"

const HrShape HR_SHAPE_NOTHING = { "", NULL, 0 };

gboolean
hr_operation_describe_limits (HrApiCall *call)
{
  hr_buffer_append_char (call->out, '{');
  hr_write_integer_member (call->out, "AccountMaxReadCapacityUnits", HR_LIMIT_ACCOUNT_UNITS);
  hr_write_integer_member (call->out, "AccountMaxWriteCapacityUnits", HR_LIMIT_ACCOUNT_UNITS);
  hr_write_integer_member (call->out, "TableMaxReadCapacityUnits", HR_LIMIT_TABLE_UNITS);
  hr_write_integer_member (call->out, "TableMaxWriteCapacityUnits", HR_LIMIT_TABLE_UNITS);
  hr_buffer_append_char (call->out, '}');
  return TRUE;
}

/* Who asks goes on talking to where the answer sends them, so that must be where they are. */
gboolean
hr_operation_describe_endpoints (HrApiCall *call)
{
  const char *host = call->api->host;

  if (host == NULL)
    host = hr_arena_printf (call->arena, "dynamodb.%s.amazonaws.com", hr_api_get_region (call->api));
  hr_buffer_append_string (call->out, "{\"Endpoints\":[{");
  hr_write_text_member (call->out, "Address", host);
  hr_write_integer_member (call->out, "CachePeriodInMinutes", 1440);
  hr_buffer_append_string (call->out, "}]}");
  return TRUE;
}

gboolean
hr_operation_unsupported (HrApiCall *call)
{
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_UNSUPPORTED,
                               "%s is an operation of the service that Hashrange does not have", call->operation->name);
}
