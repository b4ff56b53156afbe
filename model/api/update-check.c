/*
 * What must hold of an UpdateTable request: of its members together, and of the table that it is about.
 *
 * The service lets some changes travel together and refuses others; the first check says which. Source: observed.
 */
#include "model/api/update-request.h"

#define INVALID "One or more parameter values were invalid: "

/* Sets the error and gives FALSE; texts go through one place, so that they stay in the request's arena. */
#define FAIL(...) hr_service_error_set (error, self->table.arena, HR_SERVICE_VALIDATION, __VA_ARGS__)
#define FAIL_LIMIT(...) hr_service_error_set (error, self->table.arena, HR_SERVICE_LIMIT_EXCEEDED, __VA_ARGS__)

static guint
count_actions (const HrUpdateRequest *self, HrIndexActionKind kind)
{
  guint count = 0;

  for (guint i = 0; i < self->n_actions; i++)
    count += self->actions[i].kind == kind;
  return count;
}

/* How many members want a change. */
static guint
count_changes (const HrUpdateRequest *self)
{
  const HrTableRequest *table = &self->table;

  return self->has_billing + table->units.is_given + (self->n_actions > 0) + table->stream.is_given
         + table->sse.is_given + (self->table_class >= 0) + self->has_protection + table->request_limits.is_given
         + table->warm.is_given;
}

static gboolean
check_alone (const HrUpdateRequest *self, HrServiceError *error)
{
  const HrTableRequest *table = &self->table;
  const struct
  {
    gboolean is_given;
    const char *name;
  } loners[] = {
    { table->sse.is_given, "Server-Side Encryption modification" },
    { self->table_class >= 0, "TableClass modification" },
    { self->has_protection, "DeletionProtection modification" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (loners); i++)
    {
      if (loners[i].is_given && count_changes (self) > 1)
        return FAIL (INVALID "%s must be the only operation in the request", loners[i].name);
    }
  if (table->warm.is_given && count_actions (self, HR_INDEX_CREATE) > 0)
    return FAIL (INVALID "Create global secondary index cannot be specified when updating WarmThroughput");
  if (table->warm.is_given && count_changes (self) > 1)
    return FAIL (INVALID "WarmThroughput must be the only operation in the request");
  if (table->request_limits.is_given && count_changes (self) > 1u + self->has_billing)
    return FAIL (INVALID "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
  return TRUE;
}

/* Changes that the service carries out one after the other. */
static gboolean
check_together (const HrUpdateRequest *self, HrServiceError *error)
{
  const HrTableRequest *table = &self->table;
  gboolean has_indexes = count_actions (self, HR_INDEX_CREATE) + count_actions (self, HR_INDEX_DELETE) > 0;

  if (table->stream.is_given && (table->units.is_given || self->has_billing))
    return FAIL (INVALID "You cannot modify stream status while updating table IOPS");
  if (has_indexes && table->units.is_given)
    return FAIL (INVALID "You cannot create or delete index while updating table IOPS");
  if (has_indexes && table->stream.is_given)
    return FAIL (INVALID "You cannot create or delete index while changing stream status");
  return TRUE;
}

static gboolean
check_billing (const HrUpdateRequest *self, HrServiceError *error)
{
  const HrTableRequest *table = &self->table;

  if (self->has_billing && table->on_demand && table->units.is_given)
    return FAIL (INVALID "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                         "PAY_PER_REQUEST");
  if (self->has_billing && !table->on_demand && !table->units.is_given)
    return FAIL (INVALID "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  return hr_throughput_check (&table->units, table->arena, error);
}

static gboolean
check_actions (const HrUpdateRequest *self, HrServiceError *error)
{
  if (self->has_actions && self->n_actions == 0)
    return FAIL (INVALID "List of GlobalSecondaryIndexUpdates is empty");
  for (guint i = 0; i < self->n_actions; i++)
    {
      if (self->actions[i].n_actions == 0)
        return FAIL (INVALID "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                             "GlobalSecondaryIndexUpdate.Delete must not be null");
      if (self->actions[i].n_actions > 1)
        return FAIL (INVALID "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
      for (guint j = 0; j < i; j++)
        if (g_str_equal (self->actions[i].request.name, self->actions[j].request.name))
          return FAIL (INVALID "Only one global secondary index update per index is allowed simultaneously. Index: %s",
                       self->actions[i].request.name);
    }
  return TRUE;
}

static gboolean
check_stream (const HrUpdateRequest *self, HrServiceError *error)
{
  const HrStreamRequest *stream = &self->table.stream;

  if (stream->is_enabled && stream->view == HR_STREAM_NONE)
    return FAIL (INVALID "If stream is being enabled then UpdateViewType is required");
  if (!stream->is_enabled && stream->view != HR_STREAM_NONE)
    return FAIL (INVALID "If stream is being disabled, then UpdateViewType must not be specified");
  return TRUE;
}

gboolean
hr_update_request_check (const HrUpdateRequest *self, HrServiceError *error)
{
  if (count_changes (self) == 0)
    return FAIL ("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                 "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
                 "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, "
                 "WarmThroughput or TableClass is required");
  return check_actions (self, error) && check_alone (self, error) && check_billing (self, error)
         && check_together (self, error) && check_stream (self, error)
         && hr_sse_request_check (&self->table.sse, self->table.arena, error);
}

/* What is said of units that stay the same; @what is "the table" or "the index NAME". */
static gboolean
fail_same_units (const HrUpdateRequest *self, const char *what, const char *of, const HrThroughput *units,
                 HrServiceError *error)
{
  return FAIL ("The provisioned throughput for %s will not change. The requested value equals the current value. "
               "Current ReadCapacityUnits provisioned for %s: %" G_GINT64_FORMAT
               ". Requested ReadCapacityUnits: %" G_GINT64_FORMAT
               ". Current WriteCapacityUnits provisioned for %s: %" G_GINT64_FORMAT
               ". Requested WriteCapacityUnits: %" G_GINT64_FORMAT
               ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
               what, of, units->read_units, units->read_units, of, units->write_units, units->write_units);
}

/* One that is taken away has no update, but then it needs none. */
static gboolean
has_units_for (const HrUpdateRequest *self, const HrIndex *index)
{
  for (guint i = 0; i < self->n_actions; i++)
    if (g_str_equal (self->actions[i].request.name, index->name))
      return self->actions[i].kind == HR_INDEX_DELETE || self->actions[i].request.units.is_given;
  return FALSE;
}

static gboolean
check_switch_to_provisioned (const HrUpdateRequest *self, const HrTable *table, HrServiceError *error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (index->kind == HR_INDEX_GLOBAL && !has_units_for (self, index))
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? "," : "", index->name);
    }
  return missing->len == 0 || FAIL (INVALID "ProvisionedThroughput must be specified for index: %s", missing->str);
}

static gboolean
check_table_billing (const HrUpdateRequest *self, const HrTable *table, gboolean on_demand, HrServiceError *error)
{
  const HrThroughput *units = &self->table.units;
  gboolean was_on_demand = table->settings.billing == HR_BILLING_ON_DEMAND;

  if (on_demand && units->is_given)
    return FAIL (INVALID "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                         "PAY_PER_REQUEST");
  if (was_on_demand && !on_demand)
    return check_switch_to_provisioned (self, table, error);
  if (units->is_given && units->read_units == table->settings.read_units
      && units->write_units == table->settings.write_units)
    return fail_same_units (self, "the table", "the table", units, error);
  return TRUE;
}

/* What is kept warm can only grow. @index NULL: of the table. */
static gboolean
check_warm (const HrUpdateRequest *self, const char *index, const HrRequestUnits *warm, HrUnits now,
            HrServiceError *error)
{
  static const char *const names[] = { "ReadUnitsPerSecond", "WriteUnitsPerSecond" };
  const gint64 least[] = { now.read, now.write };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (warm->has[i] && warm->units[i] < least[i])
      return FAIL (INVALID "Requested %s for WarmThroughput for %s%s is lower than current WarmThroughput, "
                           "decreasing WarmThroughput is not supported",
                   names[i], index != NULL ? "index " : "table", index != NULL ? index : "");
  return TRUE;
}

static gboolean
check_update (const HrUpdateRequest *self, const HrTable *table, const HrIndexRequest *request, gboolean on_demand,
              HrServiceError *error)
{
  const HrIndex *index = hr_table_find_index (table, request->name);
  gboolean was_on_demand = table->settings.billing == HR_BILLING_ON_DEMAND;
  const HrThroughput *units = &request->units;
  const char *of = hr_arena_printf (self->table.arena, "index %s", request->name);

  if (on_demand && units->is_given)
    return FAIL (INVALID "The only Updates for index: %s when TableThroughputMode is PAY_PER_REQUEST can be to "
                         "OnDemandThroughput, WarmThroughput",
                 request->name);
  if (!units->is_given && !request->on_demand.is_given && !request->warm.is_given)
    return FAIL (INVALID "ProvisionedThroughput must be specified for index: %s", request->name);
  if (units->is_given && !was_on_demand && units->read_units == index->read_units
      && units->write_units == index->write_units)
    return fail_same_units (self, hr_arena_printf (self->table.arena, "the %s", of), of, units, error);
  return hr_throughput_check (units, self->table.arena, error)
         && hr_request_units_check_limits (&request->on_demand, request->name, on_demand, TRUE, self->table.arena,
                                           error)
         && check_warm (self, request->name, &request->warm,
                        hr_units_get_warm (&index->warm, was_on_demand, index->read_units, index->write_units), error);
}

/* An attribute that is a key already has its type. */
static gboolean
check_types (const HrUpdateRequest *self, const HrTable *table, const HrKeySchema *keys, HrServiceError *error)
{
  for (guint i = 0; i < keys->count; i++)
    {
      const HrKeyElement *element = &keys->elements[i];
      const HrKeyDefinition *wanted = hr_table_request_find (&self->table, element->name);
      const HrAttribute *known = hr_table_find_key_attribute (table, element->name);
      const char *role = element->is_sort ? "RANGE" : "HASH";

      if (known != NULL && known->type != wanted->type)
        return FAIL (INVALID "Attributes cannot be redefined. Please check that your attribute has the same type as "
                             "previously defined. Existing schema: Schema:[SchemaElement: key{%s:%s:%s}] New schema: "
                             "Schema:[SchemaElement: key{%s:%s:%s}]",
                     known->name, hr_type_get_name (known->type), role, known->name, hr_type_get_name (wanted->type),
                     role);
    }
  return TRUE;
}

static gboolean
check_create_billing (const HrUpdateRequest *self, const HrIndexRequest *request, gboolean on_demand,
                      HrServiceError *error)
{
  if (on_demand && request->units.is_given)
    return FAIL (INVALID "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: %s when "
                         "BillingMode is PAY_PER_REQUEST",
                 request->name);
  if (!on_demand && !request->units.is_given)
    return FAIL (INVALID "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: %s",
                 request->name);
  return hr_throughput_check (&request->units, self->table.arena, error)
         && hr_request_units_check_limits (&request->on_demand, request->name, on_demand, FALSE, self->table.arena,
                                           error);
}

static gboolean
check_numbers (const HrUpdateRequest *self, const HrTable *table, const HrIndexRequest *request,
               HrServiceError *error)
{
  guint n_global = 0;
  guint n_included = request->n_included;

  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      n_global += index->kind == HR_INDEX_GLOBAL;
      n_included += index->included->len;
    }
  if (n_global >= HR_LIMIT_GLOBAL_INDEXES)
    return FAIL_LIMIT ("Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of %d",
                       HR_LIMIT_GLOBAL_INDEXES);
  if (n_included > HR_LIMIT_PROJECTED_PER_TABLE)
    return FAIL (INVALID "The number of projected attributes of all indexes exceeds the limit of %d",
                 HR_LIMIT_PROJECTED_PER_TABLE);
  return TRUE;
}

static gboolean
check_create (HrUpdateRequest *self, const HrTable *table, const HrIndexRequest *request, gboolean on_demand,
              HrServiceError *error)
{
  if (hr_table_find_index (table, request->name) != NULL)
    return FAIL ("Attempting to create an index which already exists");
  if (self->table.n_definitions == 0)
    return FAIL (INVALID "AttributeDefinitions is not specified for index: %s", request->name);
  return hr_table_request_check_definitions (&self->table, error)
         && hr_table_request_check_index (&self->table, request, error)
         && check_types (self, table, &request->keys, error)
         && check_create_billing (self, request, on_demand, error) && check_numbers (self, table, request, error);
}

/* Whether it is one of the table's global indexes. */
static gboolean
check_exists (const HrUpdateRequest *self, const HrTable *table, const HrIndexAction *action, HrServiceError *error)
{
  const char *name = action->request.name;
  const HrIndex *index = hr_table_find_index (table, name);

  if (index == NULL)
    return hr_service_error_set (error, self->table.arena, HR_SERVICE_RESOURCE_NOT_FOUND,
                                 "Requested resource not found: Index %s for table %s", name, table->name);
  if (index->kind != HR_INDEX_GLOBAL)
    return FAIL ("Cannot %s an index that is not a GlobalSecondaryIndex: %s",
                 action->kind == HR_INDEX_DELETE ? "delete" : "update", name);
  return TRUE;
}

static gboolean
check_table_actions (HrUpdateRequest *self, const HrTable *table, gboolean on_demand, HrServiceError *error)
{
  if (count_actions (self, HR_INDEX_CREATE) + count_actions (self, HR_INDEX_DELETE) > 1)
    return FAIL_LIMIT ("Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per "
                       "table");
  for (guint i = 0; i < self->n_actions; i++)
    {
      const HrIndexAction *action = &self->actions[i];

      if (action->kind != HR_INDEX_CREATE && !check_exists (self, table, action, error))
        return FALSE;
      if (action->kind == HR_INDEX_UPDATE && !check_update (self, table, &action->request, on_demand, error))
        return FALSE;
      if (action->kind == HR_INDEX_CREATE && !check_create (self, table, &action->request, on_demand, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_table_settings (const HrUpdateRequest *self, const HrTable *table, HrServiceError *error)
{
  const HrSettings *settings = &table->settings;
  const HrTableRequest *request = &self->table;

  if (request->stream.is_given && request->stream.is_enabled && settings->stream != HR_STREAM_NONE)
    return FAIL ("Table already has an enabled stream: TableName: %s", table->name);
  if (request->stream.is_given && !request->stream.is_enabled && settings->stream == HR_STREAM_NONE)
    return FAIL ("Table has no stream to disable: TableName: %s", table->name);
  if (request->sse.is_given && !request->sse.is_enabled && !settings->kms_encryption)
    return FAIL (INVALID "Table is already encrypted by default");
  if (request->sse.is_enabled && settings->kms_encryption && g_strcmp0 (request->sse.key, settings->kms_key) == 0)
    return FAIL (INVALID "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you "
                         "want to change Master Key");
  return TRUE;
}

gboolean
hr_update_request_check_table (HrUpdateRequest *self, const HrTable *table, HrServiceError *error)
{
  const HrSettings *settings = &table->settings;
  gboolean was_on_demand = settings->billing == HR_BILLING_ON_DEMAND;
  gboolean on_demand = self->has_billing ? self->table.on_demand : was_on_demand;
  HrUnits warm = hr_units_get_warm (&settings->warm, was_on_demand, settings->read_units, settings->write_units);

  return check_table_billing (self, table, on_demand, error) && check_table_actions (self, table, on_demand, error)
         && hr_request_units_check_limits (&self->table.request_limits, NULL, on_demand, TRUE, self->table.arena,
                                           error)
         && check_warm (self, NULL, &self->table.warm, warm, error) && check_table_settings (self, table, error);
}
