/*
 * Definitions as the service's JSON: the request that creates a table, and the description that it answers.
 *
 * A description is written straight to the response. The request is for people and files: it is written
 * without space first and then printed anew with indentation.
 */
#include "model/api/table-json.h"
#include "model/api/arn.h"
#include "model/api/table-request.h"

#include "model/base/json-writer.h"

#include <string.h>

static void
open_member (HrBuffer *out, const char *name, char bracket)
{
  hr_write_member (out, name);
  hr_buffer_append_char (out, bracket);
}

static void
open_element (HrBuffer *out)
{
  hr_write_comma (out);
  hr_buffer_append_char (out, '{');
}

static void
close_with (HrBuffer *out, char bracket)
{
  hr_buffer_append_char (out, bracket);
}

static void
collect_cb (const HrAttribute *attribute, gpointer user_data)
{
  g_ptr_array_add (user_data, (gpointer) attribute);
}

static gint
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const HrAttribute *const *) a)->name, (*(const HrAttribute *const *) b)->name);
}

static void
write_definitions (const HrTable *table, HrBuffer *out)
{
  g_autoptr (GPtrArray) attributes = g_ptr_array_new ();

  hr_table_foreach_key_attribute (table, collect_cb, attributes);
  g_ptr_array_sort (attributes, compare_names_cb);
  open_member (out, "AttributeDefinitions", '[');
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = attributes->pdata[i];

      open_element (out);
      hr_write_text_member (out, "AttributeName", attribute->name);
      hr_write_text_member (out, "AttributeType", hr_type_get_name (attribute->type));
      close_with (out, '}');
    }
  close_with (out, ']');
}

static void
write_key_elements (const GPtrArray *attributes, const char *type, HrBuffer *out)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = attributes->pdata[i];

      open_element (out);
      hr_write_text_member (out, "AttributeName", attribute->name);
      hr_write_text_member (out, "KeyType", type);
      close_with (out, '}');
    }
}

static void
write_key_schema (const GPtrArray *partition_key, const GPtrArray *sort_key, HrBuffer *out)
{
  open_member (out, "KeySchema", '[');
  write_key_elements (partition_key, "HASH", out);
  write_key_elements (sort_key, "RANGE", out);
  close_with (out, ']');
}

static void
write_projection (const HrIndex *index, HrBuffer *out)
{
  static const char *const names[]
      = { [HR_PROJECT_ALL] = "ALL", [HR_PROJECT_KEYS_ONLY] = "KEYS_ONLY", [HR_PROJECT_INCLUDE] = "INCLUDE" };

  open_member (out, "Projection", '{');
  hr_write_text_member (out, "ProjectionType", names[index->projection]);
  if (index->projection == HR_PROJECT_INCLUDE)
    {
      open_member (out, "NonKeyAttributes", '[');
      for (guint i = 0; i < index->included->len; i++)
        {
          const char *name = index->included->pdata[i];

          hr_write_comma (out);
          hr_json_write_string (out, name, strlen (name));
        }
      close_with (out, ']');
    }
  close_with (out, '}');
}

static void
write_index (const HrIndex *index, HrBuffer *out)
{
  hr_write_text_member (out, "IndexName", index->name);
  write_key_schema (index->partition_key, index->sort_key, out);
  write_projection (index, out);
}

static const char *
get_list_name (HrIndexKind kind)
{
  return kind == HR_INDEX_GLOBAL ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
}

static void
write_throughput (gint64 read_units, gint64 write_units, HrBuffer *out)
{
  open_member (out, "ProvisionedThroughput", '{');
  hr_write_integer_member (out, "ReadCapacityUnits", read_units);
  hr_write_integer_member (out, "WriteCapacityUnits", write_units);
  close_with (out, '}');
}

/* Members that are 0 are not there. */
static void
write_units (const char *name, const char *read_name, const char *write_name, const HrUnits *units, HrBuffer *out)
{
  if (units->read == 0 && units->write == 0)
    return;
  open_member (out, name, '{');
  if (units->read != 0)
    hr_write_integer_member (out, read_name, units->read);
  if (units->write != 0)
    hr_write_integer_member (out, write_name, units->write);
  close_with (out, '}');
}

static void
write_on_demand (const HrUnits *units, HrBuffer *out)
{
  write_units ("OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits", units, out);
}

static void
write_warm (const HrUnits *units, HrBuffer *out)
{
  write_units ("WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond", units, out);
}

/* As requests give them, or as backups tell of them: with units in any mode, and without what is kept warm. */
static void
write_indexes (const HrTable *table, HrIndexKind kind, gboolean is_backup, HrBuffer *out)
{
  gboolean has_units = kind == HR_INDEX_GLOBAL && (is_backup || table->settings.billing == HR_BILLING_PROVISIONED);
  gboolean is_open = FALSE;

  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = table->indexes->pdata[i];

      if (index->kind != kind)
        continue;
      if (!is_open)
        open_member (out, get_list_name (kind), '[');
      is_open = TRUE;
      open_element (out);
      write_index (index, out);
      if (has_units)
        write_throughput (index->read_units, index->write_units, out);
      write_on_demand (&index->on_demand_limit, out);
      if (!is_backup)
        write_warm (&index->warm, out);
      close_with (out, '}');
    }
  if (is_open)
    close_with (out, ']');
}

static void
write_stream (const char *member, const HrSettings *settings, HrBuffer *out)
{
  if (settings->stream == HR_STREAM_NONE)
    return;
  open_member (out, member, '{');
  hr_write_boolean_member (out, "StreamEnabled", TRUE);
  hr_write_text_member (out, "StreamViewType", hr_stream_view_get_name (settings->stream));
  close_with (out, '}');
}

static void
write_encryption (const HrSettings *settings, HrBuffer *out)
{
  if (!settings->kms_encryption)
    return;
  open_member (out, "SSESpecification", '{');
  hr_write_boolean_member (out, "Enabled", TRUE);
  hr_write_text_member (out, "SSEType", "KMS");
  if (settings->kms_key != NULL)
    hr_write_text_member (out, "KMSMasterKeyId", settings->kms_key);
  close_with (out, '}');
}

void
hr_write_tags (const HrSettings *settings, HrBuffer *out)
{
  open_member (out, "Tags", '[');
  for (guint i = 0; settings->tags != NULL && i < settings->tags->len; i++)
    {
      const HrTag *tag = settings->tags->pdata[i];

      open_element (out);
      hr_write_text_member (out, "Key", tag->key);
      hr_write_text_member (out, "Value", tag->value);
      close_with (out, '}');
    }
  close_with (out, ']');
}

static void
write_request (const HrTable *table, HrBuffer *out)
{
  const HrSettings *settings = &table->settings;

  hr_buffer_append_char (out, '{');
  hr_write_text_member (out, "TableName", table->name);
  write_definitions (table, out);
  write_key_schema (table->partition_key, table->sort_key, out);
  write_indexes (table, HR_INDEX_GLOBAL, FALSE, out);
  write_indexes (table, HR_INDEX_LOCAL, FALSE, out);
  hr_write_text_member (out, "BillingMode", hr_billing_mode_get_name (settings->billing));
  if (settings->billing == HR_BILLING_PROVISIONED)
    write_throughput (settings->read_units, settings->write_units, out);
  write_on_demand (&settings->on_demand_limit, out);
  write_warm (&settings->warm, out);
  write_stream ("StreamSpecification", settings, out);
  write_encryption (settings, out);
  if (settings->table_class != HR_CLASS_STANDARD)
    hr_write_text_member (out, "TableClass", hr_table_class_get_name (settings->table_class));
  if (settings->deletion_protection)
    hr_write_boolean_member (out, "DeletionProtectionEnabled", TRUE);
  if (settings->tags != NULL && settings->tags->len > 0)
    hr_write_tags (settings, out);
  hr_buffer_append_char (out, '}');
}

void
hr_table_to_create_request (const HrTable *table, HrBuffer *out)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) compact = HR_BUFFER_INIT;
  const HrJson *json;
  HrJsonError error;

  write_request (table, &compact);
  json = hr_json_parse (arena, compact.data, compact.length, HR_LIMIT_JSON_DEPTH, &error);
  if (json == NULL)
    hr_buffer_append (out, compact.data, compact.length); /* a name that is not UTF-8 */
  else
    hr_json_write_pretty (out, json, 0);
}

void
hr_write_arn (const HrApi *api, const char *name, const char *table, const char *kind, const char *part,
              HrBuffer *out)
{
  hr_write_member (out, name);
  hr_buffer_append_char (out, '"');
  hr_arn_append (api, table, kind, part, out);
  hr_buffer_append_char (out, '"');
}

static void
describe_throughput (const HrTableHistory *history, gint64 read_units, gint64 write_units, HrBuffer *out)
{
  open_member (out, "ProvisionedThroughput", '{');
  if (history->increased_us != 0)
    hr_write_time_member (out, "LastIncreaseDateTime", history->increased_us);
  if (history->decreased_us != 0)
    hr_write_time_member (out, "LastDecreaseDateTime", history->decreased_us);
  hr_write_integer_member (out, "NumberOfDecreasesToday", history->decreases_today);
  hr_write_integer_member (out, "ReadCapacityUnits", read_units);
  hr_write_integer_member (out, "WriteCapacityUnits", write_units);
  close_with (out, '}');
}

static void
describe_warm (const HrUnits *asked, gboolean on_demand, gint64 read_units, gint64 write_units, HrBuffer *out)
{
  HrUnits units = hr_units_get_warm (asked, on_demand, read_units, write_units);

  open_member (out, "WarmThroughput", '{');
  hr_write_integer_member (out, "ReadUnitsPerSecond", units.read);
  hr_write_integer_member (out, "WriteUnitsPerSecond", units.write);
  hr_write_text_member (out, "Status", "ACTIVE");
  close_with (out, '}');
}

static const char *
get_status_name (HrTableStatus status)
{
  static const char *const names[] = {
    [HR_TABLE_CREATING] = "CREATING",
    [HR_TABLE_ACTIVE] = "ACTIVE",
    [HR_TABLE_UPDATING] = "UPDATING",
    [HR_TABLE_DELETING] = "DELETING",
  };

  return names[status];
}

static void
describe_index (const HrApi *api, const HrTableInfo *info, guint i, HrBuffer *out)
{
  const HrIndex *index = info->definition->indexes->pdata[i];

  open_element (out);
  write_index (index, out);
  if (index->kind == HR_INDEX_GLOBAL)
    {
      hr_write_text_member (out, "IndexStatus", get_status_name (info->index_states[i].status));
      if (info->index_states[i].is_backfilling)
        hr_write_boolean_member (out, "Backfilling", TRUE);
      describe_throughput (&info->index_histories[i], index->read_units, index->write_units, out);
      write_on_demand (&index->on_demand_limit, out);
      describe_warm (&index->warm, info->definition->settings.billing == HR_BILLING_ON_DEMAND, index->read_units,
                     index->write_units, out);
    }
  hr_write_integer_member (out, "IndexSizeBytes", info->indexes[i].size_bytes);
  hr_write_integer_member (out, "ItemCount", info->indexes[i].item_count);
  hr_write_arn (api, "IndexArn", info->definition->name, "index", index->name, out);
  close_with (out, '}');
}

static void
describe_indexes (const HrApi *api, const HrTableInfo *info, HrIndexKind kind, HrBuffer *out)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < info->definition->indexes->len; i++)
    {
      const HrIndex *index = info->definition->indexes->pdata[i];

      if (index->kind != kind)
        continue;
      if (!is_open)
        open_member (out, get_list_name (kind), '[');
      is_open = TRUE;
      describe_index (api, info, i, out);
    }
  if (is_open)
    close_with (out, ']');
}

static void
describe_billing (const HrTableInfo *info, HrBuffer *out)
{
  const HrSettings *settings = &info->definition->settings;

  describe_throughput (&info->history, settings->read_units, settings->write_units, out);
  write_on_demand (&settings->on_demand_limit, out);
  if (info->status != HR_TABLE_DELETING)
    describe_warm (&settings->warm, settings->billing == HR_BILLING_ON_DEMAND, settings->read_units,
                   settings->write_units, out);
  if (info->history.on_demand_us == 0)
    return;
  open_member (out, "BillingModeSummary", '{');
  hr_write_text_member (out, "BillingMode", hr_billing_mode_get_name (settings->billing));
  hr_write_time_member (out, "LastUpdateToPayPerRequestDateTime", info->history.on_demand_us);
  close_with (out, '}');
}

/* A stream that has ended is still the latest. */
static void
describe_stream (const HrApi *api, const HrTableInfo *info, HrBuffer *out)
{
  write_stream ("StreamSpecification", &info->definition->settings, out);
  if (info->stream_label == NULL)
    return;
  hr_write_text_member (out, "LatestStreamLabel", info->stream_label);
  hr_write_arn (api, "LatestStreamArn", info->definition->name, "stream", info->stream_label, out);
}

/* A key is given by its id, by an alias or by the ARN of either. */
static void
write_kms_arn (const HrApi *api, const char *key, HrBuffer *out)
{
  g_autofree char *arn = NULL;

  if (!g_str_has_prefix (key, "arn:"))
    arn = g_strdup_printf ("arn:aws:kms:%s:%s:%s%s", hr_api_get_region (api), hr_api_get_account (api),
                           g_str_has_prefix (key, "alias/") ? "" : "key/", key);
  hr_write_text_member (out, "KMSMasterKeyArn", arn != NULL ? arn : key);
}

static void
describe_encryption (const HrApi *api, const HrSettings *settings, HrBuffer *out)
{
  if (!settings->kms_encryption)
    return;
  open_member (out, "SSEDescription", '{');
  hr_write_text_member (out, "Status", "ENABLED");
  hr_write_text_member (out, "SSEType", "KMS");
  write_kms_arn (api, settings->kms_key != NULL ? settings->kms_key : "alias/aws/dynamodb", out);
  close_with (out, '}');
}

void
hr_table_write_description (const HrApi *api, const HrTableInfo *info, HrBuffer *out)
{
  const HrTable *table = info->definition;
  const HrSettings *settings = &table->settings;
  /* What is being deleted has shed its keys and indexes. */
  gboolean is_whole = info->status != HR_TABLE_DELETING;

  hr_buffer_append_char (out, '{');
  if (is_whole)
    {
      write_definitions (table, out);
      write_key_schema (table->partition_key, table->sort_key, out);
      hr_write_time_member (out, "CreationDateTime", info->created_us);
    }
  hr_write_text_member (out, "TableName", table->name);
  hr_write_text_member (out, "TableStatus", get_status_name (info->status));
  describe_billing (info, out);
  hr_write_integer_member (out, "TableSizeBytes", info->size_bytes);
  hr_write_integer_member (out, "ItemCount", info->item_count);
  hr_write_arn (api, "TableArn", table->name, NULL, NULL, out);
  hr_write_text_member (out, "TableId", info->id);
  if (is_whole)
    {
      describe_indexes (api, info, HR_INDEX_GLOBAL, out);
      describe_indexes (api, info, HR_INDEX_LOCAL, out);
      describe_stream (api, info, out);
    }
  describe_encryption (api, settings, out);
  if (settings->table_class != HR_CLASS_STANDARD)
    {
      open_member (out, "TableClassSummary", '{');
      hr_write_text_member (out, "TableClass", hr_table_class_get_name (settings->table_class));
      close_with (out, '}');
    }
  hr_write_boolean_member (out, "DeletionProtectionEnabled", settings->deletion_protection);
  hr_buffer_append_char (out, '}');
}

void
hr_table_write_source (const HrTable *table, HrBuffer *out)
{
  const HrSettings *settings = &table->settings;

  write_key_schema (table->partition_key, table->sort_key, out);
  hr_write_text_member (out, "BillingMode", hr_billing_mode_get_name (settings->billing));
  write_throughput (settings->read_units, settings->write_units, out);
  write_on_demand (&settings->on_demand_limit, out);
}

void
hr_table_write_features (const HrApi *api, const HrTable *table, HrBuffer *out)
{
  const HrSettings *settings = &table->settings;

  write_indexes (table, HR_INDEX_GLOBAL, TRUE, out);
  write_indexes (table, HR_INDEX_LOCAL, TRUE, out);
  write_stream ("StreamDescription", settings, out);
  if (settings->ttl_attribute != NULL)
    {
      open_member (out, "TimeToLiveDescription", '{');
      hr_write_text_member (out, "TimeToLiveStatus", "ENABLED");
      hr_write_text_member (out, "AttributeName", settings->ttl_attribute);
      close_with (out, '}');
    }
  describe_encryption (api, settings, out);
}
