/*
 * From a TableDescription back to the request that makes such a table.
 *
 * The service describes a table in other words than it takes: billing and class are summaries, encryption
 * names the key's ARN, and a table on demand has a throughput of nothing. Sizes, times and states are
 * facts about one table and have no place in a model.
 */
#include "model/exchange/formats.h"

#include "model/base/json-writer.h"

#include <string.h>

static void
write_name (const char *name, HrBuffer *out)
{
  if (out->data[out->length - 1] != '{')
    hr_buffer_append_char (out, ',');
  hr_json_write_string (out, name, strlen (name));
  hr_buffer_append_char (out, ':');
}

static void
write_member (const char *name, const HrJson *value, HrBuffer *out)
{
  if (value == NULL || value->type == HR_JSON_NULL)
    return;
  write_name (name, out);
  hr_json_write_compact (out, value, FALSE);
}

static void
copy_member (const HrJson *object, const char *name, HrBuffer *out)
{
  write_member (name, hr_json_get (object, name), out);
}

static void
write_throughput (const HrJson *object, HrBuffer *out)
{
  const HrJson *throughput = hr_json_get (object, "ProvisionedThroughput");

  if (throughput == NULL || throughput->type != HR_JSON_OBJECT)
    return;
  write_name ("ProvisionedThroughput", out);
  hr_buffer_append_char (out, '{');
  copy_member (throughput, "ReadCapacityUnits", out);
  copy_member (throughput, "WriteCapacityUnits", out);
  hr_buffer_append_char (out, '}');
}

static void
write_indexes (const HrJson *description, const char *list, gboolean with_throughput, HrBuffer *out)
{
  const HrJson *indexes = hr_json_get (description, list);

  if (indexes == NULL || indexes->type != HR_JSON_ARRAY || indexes->length == 0)
    return;
  write_name (list, out);
  hr_buffer_append_char (out, '[');
  for (guint32 i = 0; i < indexes->length; i++)
    {
      if (i > 0)
        hr_buffer_append_char (out, ',');
      hr_buffer_append_char (out, '{');
      copy_member (&indexes->elements[i], "IndexName", out);
      copy_member (&indexes->elements[i], "KeySchema", out);
      copy_member (&indexes->elements[i], "Projection", out);
      if (with_throughput)
        write_throughput (&indexes->elements[i], out);
      hr_buffer_append_char (out, '}');
    }
  hr_buffer_append_char (out, ']');
}

static void
write_encryption (const HrJson *description, HrBuffer *out)
{
  const HrJson *encryption = hr_json_get (description, "SSEDescription");

  if (!hr_json_string_equals (hr_json_get (encryption, "SSEType"), "KMS")
      || hr_json_string_equals (hr_json_get (encryption, "Status"), "DISABLED"))
    return;
  write_name ("SSESpecification", out);
  hr_buffer_append_string (out, "{\"Enabled\":true,\"SSEType\":\"KMS\"");
  write_member ("KMSMasterKeyId", hr_json_get (encryption, "KMSMasterKeyArn"), out);
  hr_buffer_append_char (out, '}');
}

void
hr_description_to_create_request (const HrJson *description, HrBuffer *out)
{
  const HrJson *billing = hr_json_get (hr_json_get (description, "BillingModeSummary"), "BillingMode");
  gboolean is_provisioned = !hr_json_string_equals (billing, "PAY_PER_REQUEST");

  hr_buffer_append_char (out, '{');
  copy_member (description, "TableName", out);
  copy_member (description, "AttributeDefinitions", out);
  copy_member (description, "KeySchema", out);
  write_indexes (description, "GlobalSecondaryIndexes", is_provisioned, out);
  write_indexes (description, "LocalSecondaryIndexes", FALSE, out);
  write_member ("BillingMode", billing, out);
  if (is_provisioned)
    write_throughput (description, out);
  copy_member (description, "StreamSpecification", out);
  write_encryption (description, out);
  write_member ("TableClass", hr_json_get (hr_json_get (description, "TableClassSummary"), "TableClass"),
                out);
  copy_member (description, "DeletionProtectionEnabled", out);
  hr_buffer_append_char (out, '}');
}
