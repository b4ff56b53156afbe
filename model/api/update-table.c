/*
 * UpdateTable: the definition of a table with some of it changed.
 *
 * The request is read, checked by itself and against the table, and then carried out on a copy of the definition, which
 * the engine puts in the place of the old one.
 */
#include "model/api/operations.h"
#include "model/api/table-json.h"
#include "model/api/table-shapes.h"
#include "model/api/update-request.h"

enum
{
  UPDATED_INDEX_NAME, /* also of one that is taken away */
  UPDATED_INDEX_UNITS,
  UPDATED_INDEX_ON_DEMAND,
  UPDATED_INDEX_WARM,
};

static const HrField update_index_fields[] = {
  [UPDATED_INDEX_NAME] = HR_ROW_INDEX_NAME_NEEDED,
  [UPDATED_INDEX_UNITS] = HR_ROW_STRUCT ("ProvisionedThroughput", HR_SHAPE_PROVISIONED_THROUGHPUT),
  [UPDATED_INDEX_ON_DEMAND] = HR_ROW_STRUCT ("OnDemandThroughput", HR_SHAPE_ON_DEMAND_THROUGHPUT),
  [UPDATED_INDEX_WARM] = HR_ROW_STRUCT ("WarmThroughput", HR_SHAPE_WARM_THROUGHPUT),
};

static const HrField delete_index_fields[] = { [UPDATED_INDEX_NAME] = HR_ROW_INDEX_NAME_NEEDED };

static const HrShape update_index_shape = HR_SHAPE ("UpdateGlobalSecondaryIndexAction", update_index_fields);
static const HrShape delete_index_shape = HR_SHAPE ("DeleteGlobalSecondaryIndexAction", delete_index_fields);

static const HrField action_fields[] = {
  [HR_INDEX_UPDATE] = HR_ROW_STRUCT ("Update", update_index_shape),
  [HR_INDEX_CREATE] = HR_ROW_STRUCT ("Create", HR_SHAPE_GLOBAL_INDEX_ACTION),
  [HR_INDEX_DELETE] = HR_ROW_STRUCT ("Delete", delete_index_shape),
};

static const HrShape action_shape = HR_SHAPE ("GlobalSecondaryIndexUpdate", action_fields);
static const HrField action_element = { .kind = HR_FIELD_STRUCT, .shape = &action_shape };

enum
{
  UPDATE_DEFINITIONS,
  UPDATE_NAME,
  UPDATE_BILLING,
  UPDATE_UNITS,
  UPDATE_ACTIONS,
  UPDATE_STREAM,
  UPDATE_SSE,
  UPDATE_CLASS,
  UPDATE_PROTECTION,
  UPDATE_ON_DEMAND,
  UPDATE_WARM,
  /* what we have not */
  UPDATE_REPLICAS,
  UPDATE_WITNESSES,
  UPDATE_CONSISTENCY,
  UPDATE_REPLICATION,
  UPDATE_VECTORS,
};

static const HrField update_fields[] = {
  [UPDATE_DEFINITIONS] = HR_ROW_LIST ("AttributeDefinitions", 0, 0, 0, HR_ELEMENT_DEFINITION),
  [UPDATE_NAME] = HR_ROW_NAME_OF_TABLE,
  [UPDATE_BILLING] = HR_ROW_WORD ("BillingMode", HR_WORDS_BILLING),
  [UPDATE_UNITS] = HR_ROW_STRUCT ("ProvisionedThroughput", HR_SHAPE_PROVISIONED_THROUGHPUT),
  [UPDATE_ACTIONS] = HR_ROW_LIST ("GlobalSecondaryIndexUpdates", 0, 0, 0, action_element),
  [UPDATE_STREAM] = HR_ROW_STRUCT ("StreamSpecification", HR_SHAPE_STREAM_SPECIFICATION),
  [UPDATE_SSE] = HR_ROW_STRUCT ("SSESpecification", HR_SHAPE_SSE_SPECIFICATION),
  [UPDATE_CLASS] = HR_ROW_WORD ("TableClass", HR_WORDS_TABLE_CLASS),
  [UPDATE_PROTECTION] = HR_ROW_BOOLEAN ("DeletionProtectionEnabled"),
  [UPDATE_ON_DEMAND] = HR_ROW_STRUCT ("OnDemandThroughput", HR_SHAPE_ON_DEMAND_THROUGHPUT),
  [UPDATE_WARM] = HR_ROW_STRUCT ("WarmThroughput", HR_SHAPE_WARM_THROUGHPUT),
  [UPDATE_REPLICAS] = { .name = "ReplicaUpdates", .kind = HR_FIELD_LIST },
  [UPDATE_WITNESSES] = { .name = "GlobalTableWitnessUpdates", .kind = HR_FIELD_LIST },
  [UPDATE_CONSISTENCY] = HR_ROW_STRING ("MultiRegionConsistency"),
  [UPDATE_REPLICATION] = HR_ROW_STRING ("GlobalTableSettingsReplicationMode"),
  [UPDATE_VECTORS] = { .name = "VectorIndexUpdates", .kind = HR_FIELD_LIST },
};

const HrShape HR_SHAPE_UPDATE_TABLE = HR_SHAPE ("UpdateTableInput", update_fields);

static void
read_action (HrUpdateRequest *self, const HrJson *json, HrIndexAction *action)
{
  HrFields kinds;
  HrFields fields;

  hr_shape_read (&action_shape, json, kinds);
  for (guint i = 0; i < action_shape.n_fields; i++)
    if (kinds[i] != NULL)
      {
        action->kind = (HrIndexActionKind) i;
        action->n_actions++;
      }
  if (action->n_actions != 1)
    return;
  if (action->kind == HR_INDEX_CREATE)
    {
      hr_table_request_read_index (&self->table, &HR_SHAPE_GLOBAL_INDEX_ACTION, kinds[HR_INDEX_CREATE],
                                   &action->request);
      return;
    }
  hr_shape_read (&update_index_shape, kinds[action->kind], fields);
  action->request.name = hr_field_get_string (fields[UPDATED_INDEX_NAME], self->table.arena);
  action->request.units = hr_throughput_read (fields[UPDATED_INDEX_UNITS]);
  action->request.on_demand = hr_request_units_read (&HR_SHAPE_ON_DEMAND_THROUGHPUT, fields[UPDATED_INDEX_ON_DEMAND]);
  action->request.warm = hr_request_units_read (&HR_SHAPE_WARM_THROUGHPUT, fields[UPDATED_INDEX_WARM]);
}

static void
read_actions (HrUpdateRequest *self, const HrJson *list)
{
  self->has_actions = list != NULL;
  self->n_actions = list != NULL ? list->length : 0;
  self->actions = hr_arena_alloc0 (self->table.arena, sizeof *self->actions * MAX (self->n_actions, 1));
  for (guint i = 0; i < self->n_actions; i++)
    read_action (self, &list->elements[i], &self->actions[i]);
}

static void
read_request (HrUpdateRequest *self, const HrFields fields)
{
  HrTableRequest *table = &self->table;

  table->name = hr_field_get_table_name (fields[UPDATE_NAME], table->arena);
  self->has_billing = fields[UPDATE_BILLING] != NULL;
  table->on_demand
      = hr_field_get_word (&update_fields[UPDATE_BILLING], fields[UPDATE_BILLING]) == HR_BILLING_WORD_ON_DEMAND;
  table->units = hr_throughput_read (fields[UPDATE_UNITS]);
  table->request_limits = hr_request_units_read (&HR_SHAPE_ON_DEMAND_THROUGHPUT, fields[UPDATE_ON_DEMAND]);
  table->warm = hr_request_units_read (&HR_SHAPE_WARM_THROUGHPUT, fields[UPDATE_WARM]);
  if (fields[UPDATE_DEFINITIONS] != NULL)
    hr_table_request_read_definitions (table, fields[UPDATE_DEFINITIONS]);
  read_actions (self, fields[UPDATE_ACTIONS]);
  table->stream = hr_stream_request_read (fields[UPDATE_STREAM]);
  table->sse = hr_sse_request_read (fields[UPDATE_SSE], table->arena);
  self->table_class = hr_field_get_word (&update_fields[UPDATE_CLASS], fields[UPDATE_CLASS]);
  self->has_protection = fields[UPDATE_PROTECTION] != NULL;
  self->protection = hr_field_get_boolean (fields[UPDATE_PROTECTION], FALSE);
}

static HrIndex *
find_index (HrTable *table, const char *name, guint *position)
{
  for (guint i = 0; i < table->indexes->len; i++)
    {
      HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (g_str_equal (index->name, name))
        {
          *position = i;
          return index;
        }
    }
  return NULL;
}

static void
apply_action (const HrUpdateRequest *self, const HrIndexAction *action, HrTable *table)
{
  const HrIndexRequest *request = &action->request;
  guint position = 0;
  HrIndex *index;

  if (action->kind == HR_INDEX_CREATE)
    {
      g_ptr_array_add (table->indexes, hr_table_request_build_index (&self->table, request));
      return;
    }
  index = find_index (table, request->name, &position);
  if (action->kind == HR_INDEX_DELETE)
    {
      g_ptr_array_remove_index (table->indexes, position);
      return;
    }
  if (request->units.is_given)
    {
      index->read_units = request->units.read_units;
      index->write_units = request->units.write_units;
    }
  hr_request_units_apply (&request->on_demand, &index->on_demand_limit);
  hr_request_units_apply (&request->warm, &index->warm);
}

/* A switch takes the limits and units of the other mode away, of indexes too. */
static void
apply_billing (const HrUpdateRequest *self, HrTable *table)
{
  HrBillingMode mode = self->table.on_demand ? HR_BILLING_ON_DEMAND : HR_BILLING_PROVISIONED;

  if (!self->has_billing || mode == table->settings.billing)
    return;
  table->settings.billing = mode;
  table->settings.read_units = 0;
  table->settings.write_units = 0;
  table->settings.on_demand_limit = (HrUnits) { 0, 0 };
  for (guint i = 0; i < table->indexes->len; i++)
    {
      HrIndex *index = g_ptr_array_index (table->indexes, i);

      index->read_units = 0;
      index->write_units = 0;
      index->on_demand_limit = (HrUnits) { 0, 0 };
    }
}

static HrTable *
apply (const HrUpdateRequest *self, const HrTable *old)
{
  HrTable *table = hr_table_copy (old);
  HrSettings *settings = &table->settings;

  apply_billing (self, table);
  if (self->table.units.is_given)
    {
      settings->read_units = self->table.units.read_units;
      settings->write_units = self->table.units.write_units;
    }
  hr_request_units_apply (&self->table.request_limits, &settings->on_demand_limit);
  hr_request_units_apply (&self->table.warm, &settings->warm);
  for (guint i = 0; i < self->n_actions; i++)
    apply_action (self, &self->actions[i], table);
  if (self->table.stream.is_given)
    settings->stream = self->table.stream.view;
  if (self->table.sse.is_given)
    hr_sse_request_apply (&self->table.sse, settings);
  if (self->table_class >= 0)
    settings->table_class
        = self->table_class == HR_CLASS_WORD_STANDARD ? HR_CLASS_STANDARD : HR_CLASS_INFREQUENT_ACCESS;
  if (self->has_protection)
    settings->deletion_protection = self->protection;
  return table;
}

static gboolean
check_shape (HrApiCall *call)
{
  return hr_table_name_check (call->fields[UPDATE_NAME], call->arena, call->error)
         && hr_constraints_check (&HR_SHAPE_UPDATE_TABLE, call->fields, HR_WORDING_OLD, 0, call->arena, call->error)
         && hr_call_refuse_members (call, UPDATE_REPLICAS, UPDATE_VECTORS);
}

/* What is under way with an index lets its table be, but not itself; only what is being made can be taken away again.
 * Others are made or taken away one after the other. */
static gboolean
check_index_ready (HrApiCall *call, const HrIndexAction *action, const HrTableInfo *info, guint position,
                   const char *table)
{
  const HrIndex *index = g_ptr_array_index (info->definition->indexes, position);
  const HrIndexState *state = &info->index_states[position];
  gboolean is_it = g_str_equal (index->name, action->request.name);

  if (state->status == HR_TABLE_ACTIVE || (is_it && action->kind == HR_INDEX_DELETE && state->is_backfilling))
    return TRUE;
  if (is_it)
    return hr_service_error_set (call->error, call->arena, HR_SERVICE_RESOURCE_IN_USE,
                                 "Attempt to change a resource which is still in use: Index is being updated. "
                                 "Table: %s Index: %s",
                                 table, index->name);
  if (action->kind == HR_INDEX_UPDATE || state->status == HR_TABLE_UPDATING)
    return TRUE;
  return hr_service_error_set (call->error, call->arena, HR_SERVICE_LIMIT_EXCEEDED,
                               "Subscriber limit exceeded: Only 1 online index can be created or deleted"
                               " simultaneously per table");
}

static gboolean
check_indexes_ready (HrApiCall *call, const HrUpdateRequest *self)
{
  const HrTableInfo *info = hr_engine_describe_table (call->api->engine, self->table.name, &call->engine);

  for (guint i = 0; i < self->n_actions; i++)
    for (guint j = 0; info != NULL && j < info->definition->indexes->len; j++)
      if (!check_index_ready (call, &self->actions[i], info, j, self->table.name))
        return FALSE;
  return TRUE;
}

static const char *
format_time (gint64 time_us, HrArena *arena)
{
  static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August",
                                        "September", "October", "November", "December" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  int hour;

  if (time == NULL)
    return "?";
  hour = g_date_time_get_hour (time);
  return hr_arena_printf (arena, "%s, %s %d, %d at %d:%02d:%02d %s Coordinated Universal Time",
                          days[g_date_time_get_day_of_week (time) - 1], months[g_date_time_get_month (time) - 1],
                          g_date_time_get_day_of_month (time), g_date_time_get_year (time),
                          hour % 12 == 0 ? 12 : hour % 12, g_date_time_get_minute (time),
                          g_date_time_get_second (time), hour < 12 ? "AM" : "PM");
}

static gboolean
refuse_decrease (HrApiCall *call, const HrTableHistory *history, gint64 next_us)
{
  return hr_service_error_set (
      call->error, call->arena, HR_SERVICE_LIMIT_EXCEEDED,
      "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first"
      " %d decreases, each subsequent decrease in the same UTC day can be performed at most once every %d seconds."
      " Number of decreases today: %u. Last decrease at %s. Next decrease can be made at %s",
      HR_LIMIT_DECREASES_AT_WILL, HR_LIMIT_DECREASE_PAUSE_S, history->decreases_today,
      format_time (history->decreased_us, call->arena), format_time (next_us, call->arena));
}

/* Units may be taken away so many times a day, and then once an hour. */
static gboolean
check_decrease (HrApiCall *call, const HrUnits *old, const HrUnits *new, const HrTableHistory *history)
{
  gint64 next_us = history->decreased_us + (gint64) HR_LIMIT_DECREASE_PAUSE_S * G_USEC_PER_SEC;

  return (new->read >= old->read && new->write >= old->write) || history->decreases_today < HR_LIMIT_DECREASES_AT_WILL
         || hr_engine_get_time_us (call->api->engine) >= next_us || refuse_decrease (call, history, next_us);
}

/* A table and each of its indexes have decreases of their own; one too many refuses the request. */
static gboolean
check_decreases (HrApiCall *call, const HrTable *old, const HrTable *new)
{
  const HrTableInfo *info;

  if (old->settings.billing != new->settings.billing)
    return TRUE;
  info = hr_engine_describe_table (call->api->engine, old->name, &call->engine);
  if (info == NULL)
    return TRUE;
  if (!check_decrease (call, &(HrUnits) { old->settings.read_units, old->settings.write_units },
                       &(HrUnits) { new->settings.read_units, new->settings.write_units }, &info->history))
    return FALSE;
  for (guint i = 0; i < old->indexes->len; i++)
    {
      const HrIndex *before = g_ptr_array_index (old->indexes, i);
      const HrIndex *after = hr_table_find_index (new, before->name);

      if (after != NULL
          && !check_decrease (call, &(HrUnits) { before->read_units, before->write_units },
                              &(HrUnits) { after->read_units, after->write_units }, &info->index_histories[i]))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_operation_update_table (HrApiCall *call)
{
  HrUpdateRequest self = { .table = { .arena = call->arena } };
  HrEngine *engine = call->api->engine;
  g_autoptr (HrTable) changed = NULL;
  const HrTable *table;

  if (!check_shape (call))
    return FALSE;
  read_request (&self, call->fields);
  if (!hr_update_request_check (&self, call->error))
    return FALSE;
  table = hr_engine_get_table (engine, self.table.name);
  if (table == NULL)
    return hr_call_fail_no_table (call, self.table.name);
  if (!hr_engine_check_active (engine, self.table.name, &call->engine, call->error)
      || !check_indexes_ready (call, &self) || !hr_update_request_check_table (&self, table, call->error))
    return FALSE;

  changed = apply (&self, table);
  if (!check_decreases (call, table, changed)
      || !hr_engine_update_table (engine, changed, &call->engine, call->error))
    return FALSE;
  hr_call_write_table (call, "TableDescription", hr_engine_describe_table (engine, changed->name, &call->engine));
  return TRUE;
}
