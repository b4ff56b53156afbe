/*
 * A CreateTable request to a definition.
 *
 * Three steps: members by their rows, then what must hold between them (keys, definitions, projections,
 * billing), in the order in which the service complains, then the definition is built from what is known to
 * be good. UpdateTable takes what it needs of the same steps.
 */
#include "model/api/table-request.h"

#include "model/api/arn.h"
#include "model/api/operations.h"
#include "model/api/table-shapes.h"
#include "model/api/tags.h"

enum
{
  TABLE_DEFINITIONS,
  TABLE_NAME,
  TABLE_BILLING,
  TABLE_UNITS,
  TABLE_KEY_SCHEMA,
  TABLE_GLOBAL,
  TABLE_LOCAL,
  TABLE_STREAM,
  TABLE_SSE,
  TABLE_TAGS,
  TABLE_CLASS,
  TABLE_PROTECTION,
  TABLE_ON_DEMAND,
  TABLE_WARM,
};

static const HrField table_fields[] = {
  [TABLE_DEFINITIONS] = HR_ROW_LIST ("AttributeDefinitions", HR_FIELD_REQUIRED, 0, 0, HR_ELEMENT_DEFINITION),
  [TABLE_NAME] = HR_ROW_NAME_OF_TABLE,
  [TABLE_BILLING] = HR_ROW_WORD ("BillingMode", HR_WORDS_BILLING),
  [TABLE_UNITS] = HR_ROW_STRUCT ("ProvisionedThroughput", HR_SHAPE_PROVISIONED_THROUGHPUT),
  [TABLE_KEY_SCHEMA]
  = HR_ROW_LIST ("KeySchema", HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, 1, 2, HR_ELEMENT_KEY),
  [TABLE_GLOBAL] = HR_ROW_LIST ("GlobalSecondaryIndexes", 0, 0, 0, HR_ELEMENT_GLOBAL_INDEX),
  [TABLE_LOCAL] = HR_ROW_LIST ("LocalSecondaryIndexes", 0, 0, 0, HR_ELEMENT_LOCAL_INDEX),
  [TABLE_STREAM] = HR_ROW_STRUCT ("StreamSpecification", HR_SHAPE_STREAM_SPECIFICATION),
  [TABLE_SSE] = HR_ROW_STRUCT ("SSESpecification", HR_SHAPE_SSE_SPECIFICATION),
  [TABLE_TAGS] = HR_ROW_LIST ("Tags", 0, 0, 0, HR_ELEMENT_TAG),
  [TABLE_CLASS] = HR_ROW_WORD ("TableClass", HR_WORDS_TABLE_CLASS),
  [TABLE_PROTECTION] = HR_ROW_BOOLEAN ("DeletionProtectionEnabled"),
  [TABLE_ON_DEMAND] = HR_ROW_STRUCT ("OnDemandThroughput", HR_SHAPE_ON_DEMAND_THROUGHPUT),
  [TABLE_WARM] = HR_ROW_STRUCT ("WarmThroughput", HR_SHAPE_WARM_THROUGHPUT),
};

const HrShape HR_SHAPE_CREATE_TABLE = HR_SHAPE ("CreateTableInput", table_fields);

gboolean
hr_table_name_check (const HrJson *json, HrArena *arena, HrServiceError *error)
{
  gsize length = json != NULL ? json->length : 0;

  if (json == NULL)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "The parameter 'TableName' is required but was not present in the request");
  if ((length >= HR_LIMIT_TABLE_NAME_MIN && length <= HR_LIMIT_TABLE_NAME_MAX)
      || hr_arn_is_of_table (json->text, length))
    return TRUE;
  return hr_service_error_set (
      error, arena, HR_SERVICE_VALIDATION,
      "1 validation error detected: Value '%.*s' at 'tableName' failed to satisfy "
      "constraint: Member must have length %s than or equal to %d",
      (int) length, json->text, length < HR_LIMIT_TABLE_NAME_MIN ? "greater" : "less",
      length < HR_LIMIT_TABLE_NAME_MIN ? HR_LIMIT_TABLE_NAME_MIN : HR_LIMIT_TABLE_NAME_MAX);
}

static guint
list_length (const HrJson *list)
{
  return list != NULL ? list->length : 0;
}

static const char *
read_name (HrTableRequest *self, const HrJson *json)
{
  const char *name = hr_json_dup_string (json, self->arena);

  if (name == NULL)
    self->has_nul = TRUE;
  return name != NULL ? name : "";
}

void
hr_table_request_read_definitions (HrTableRequest *self, const HrJson *list)
{
  static const HrType types[] = { HR_TYPE_B, HR_TYPE_N, HR_TYPE_S };
  const HrField *type_field = &HR_SHAPE_ATTRIBUTE_DEFINITION.fields[HR_AT_DEFINITION_TYPE];
  HrFields fields;

  self->n_definitions = list->length;
  self->definitions = hr_arena_array (self->arena, HrKeyDefinition, list->length);
  for (guint32 i = 0; i < list->length; i++)
    {
      hr_shape_read (&HR_SHAPE_ATTRIBUTE_DEFINITION, &list->elements[i], fields);
      self->definitions[i] = (HrKeyDefinition) {
        .name = read_name (self, fields[HR_AT_DEFINITION_NAME]),
        .type = types[hr_field_get_word (type_field, fields[HR_AT_DEFINITION_TYPE])],
      };
    }
}

static void
read_keys (HrTableRequest *self, const HrJson *list, HrKeySchema *keys)
{
  const HrField *type_field = &HR_SHAPE_KEY_SCHEMA_ELEMENT.fields[HR_AT_KEY_TYPE];
  HrFields fields;

  keys->count = list->length;
  for (guint32 i = 0; i < list->length; i++)
    {
      hr_shape_read (&HR_SHAPE_KEY_SCHEMA_ELEMENT, &list->elements[i], fields);
      keys->elements[i] = (HrKeyElement) {
        .name = read_name (self, fields[HR_AT_KEY_NAME]),
        .is_sort = hr_field_get_word (type_field, fields[HR_AT_KEY_TYPE]) == 1,
      };
    }
}

HrThroughput
hr_throughput_read (const HrJson *json)
{
  HrFields fields;

  hr_shape_read (&HR_SHAPE_PROVISIONED_THROUGHPUT, json, fields);
  return (HrThroughput) {
    .is_given = json != NULL,
    .read_units = hr_field_get_integer (fields[HR_AT_UNITS_READ], 0),
    .write_units = hr_field_get_integer (fields[HR_AT_UNITS_WRITE], 0),
  };
}

HrRequestUnits
hr_request_units_read (const HrShape *shape, const HrJson *json)
{
  HrRequestUnits self = { .is_given = json != NULL };
  HrFields fields;

  hr_shape_read (shape, json, fields);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      self.has[i] = fields[i] != NULL;
      self.units[i] = hr_field_get_integer (fields[i], 0);
    }
  return self;
}

HrStreamRequest
hr_stream_request_read (const HrJson *json)
{
  static const HrStreamView views[]
      = { HR_STREAM_NEW_IMAGE, HR_STREAM_OLD_IMAGE, HR_STREAM_NEW_AND_OLD_IMAGES, HR_STREAM_KEYS_ONLY };
  HrFields fields;
  int word;

  hr_shape_read (&HR_SHAPE_STREAM_SPECIFICATION, json, fields);
  word = hr_field_get_word (&HR_SHAPE_STREAM_SPECIFICATION.fields[HR_AT_STREAM_VIEW_TYPE],
                            fields[HR_AT_STREAM_VIEW_TYPE]);
  return (HrStreamRequest) {
    .is_given = json != NULL,
    .is_enabled = hr_field_get_boolean (fields[HR_AT_STREAM_ENABLED], FALSE),
    .view = word >= 0 ? views[word] : HR_STREAM_NONE,
  };
}

HrSseRequest
hr_sse_request_read (const HrJson *json, HrArena *arena)
{
  HrFields fields;

  hr_shape_read (&HR_SHAPE_SSE_SPECIFICATION, json, fields);
  return (HrSseRequest) {
    .is_given = json != NULL,
    .is_enabled = hr_field_get_boolean (fields[HR_AT_SSE_ENABLED], FALSE),
    .type = hr_field_get_word (&HR_SHAPE_SSE_SPECIFICATION.fields[HR_AT_SSE_TYPE], fields[HR_AT_SSE_TYPE]),
    .key = hr_field_get_string (fields[HR_AT_SSE_KEY], arena),
  };
}

static void
read_projection (HrTableRequest *self, const HrJson *json, HrIndexRequest *index)
{
  static const HrProjectionType types[] = { HR_PROJECT_ALL, HR_PROJECT_INCLUDE, HR_PROJECT_KEYS_ONLY };
  HrFields fields;
  int word;

  hr_shape_read (&HR_SHAPE_PROJECTION, json, fields);
  word = hr_field_get_word (&HR_SHAPE_PROJECTION.fields[HR_AT_PROJECTION_TYPE], fields[HR_AT_PROJECTION_TYPE]);
  index->has_projection = word >= 0;
  index->projection = types[MAX (word, 0)];
  index->has_included = fields[HR_AT_PROJECTION_NAMES] != NULL;
  index->n_included = list_length (fields[HR_AT_PROJECTION_NAMES]);
  index->included = hr_arena_array (self->arena, const char *, index->n_included);
  for (guint i = 0; i < index->n_included; i++)
    index->included[i] = read_name (self, &fields[HR_AT_PROJECTION_NAMES]->elements[i]);
}

void
hr_table_request_read_index (HrTableRequest *self, const HrShape *shape, const HrJson *json, HrIndexRequest *index)
{
  HrFields fields;

  hr_shape_read (shape, json, fields);
  index->name = hr_field_get_string (fields[HR_AT_INDEX_NAME], self->arena);
  index->kind = shape == &HR_SHAPE_LOCAL_INDEX ? HR_INDEX_LOCAL : HR_INDEX_GLOBAL;
  read_keys (self, fields[HR_AT_INDEX_KEY_SCHEMA], &index->keys);
  read_projection (self, fields[HR_AT_INDEX_PROJECTION], index);
  if (index->kind == HR_INDEX_LOCAL)
    return;
  index->units = hr_throughput_read (fields[HR_AT_INDEX_UNITS]);
  index->on_demand = hr_request_units_read (&HR_SHAPE_ON_DEMAND_THROUGHPUT, fields[HR_AT_INDEX_ON_DEMAND]);
  index->warm = hr_request_units_read (&HR_SHAPE_WARM_THROUGHPUT, fields[HR_AT_INDEX_WARM]);
}

static void
read_indexes (HrTableRequest *self, const HrJson *global, const HrJson *local)
{
  self->has_global_list = global != NULL;
  self->has_local_list = local != NULL;
  self->n_global = list_length (global);
  self->n_local = list_length (local);
  self->indexes
      = hr_arena_alloc0 (self->arena, sizeof *self->indexes * ((gsize) self->n_global + self->n_local));
  for (guint i = 0; i < self->n_global; i++)
    hr_table_request_read_index (self, &HR_SHAPE_GLOBAL_INDEX, &global->elements[i], &self->indexes[i]);
  for (guint i = 0; i < self->n_local; i++)
    hr_table_request_read_index (self, &HR_SHAPE_LOCAL_INDEX, &local->elements[i],
                                 &self->indexes[self->n_global + i]);
}

static void
add_key (const HrTableRequest *self, const HrKeySchema *keys, GPtrArray *partition_key, GPtrArray *sort_key)
{
  for (guint i = 0; i < keys->count; i++)
    {
      const HrKeyElement *element = &keys->elements[i];
      HrType type = hr_table_request_find (self, element->name)->type;

      g_ptr_array_add (element->is_sort ? sort_key : partition_key, hr_attribute_new (element->name, type));
    }
}

void
hr_request_units_apply (const HrRequestUnits *self, HrUnits *units)
{
  gint64 *const targets[] = { &units->read, &units->write };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (self->has[i])
      *targets[i] = MAX (self->units[i], 0);
}

HrUnits
hr_units_get_warm (const HrUnits *asked, gboolean on_demand, gint64 read_units, gint64 write_units)
{
  return (HrUnits) {
    MAX (asked->read, on_demand ? HR_LIMIT_WARM_READ_UNITS : read_units),
    MAX (asked->write, on_demand ? HR_LIMIT_WARM_WRITE_UNITS : write_units),
  };
}

HrIndex *
hr_table_request_build_index (const HrTableRequest *self, const HrIndexRequest *request)
{
  HrIndex *index = hr_index_new (request->name, request->kind);

  add_key (self, &request->keys, index->partition_key, index->sort_key);
  index->projection = request->projection;
  for (guint i = 0; i < request->n_included; i++)
    g_ptr_array_add (index->included, g_strdup (request->included[i]));
  index->read_units = request->units.read_units;
  index->write_units = request->units.write_units;
  hr_request_units_apply (&request->on_demand, &index->on_demand_limit);
  hr_request_units_apply (&request->warm, &index->warm);
  return index;
}

void
hr_sse_request_apply (const HrSseRequest *self, HrSettings *settings)
{
  settings->kms_encryption = self->is_enabled;
  g_free (settings->kms_key);
  settings->kms_key = self->is_enabled ? g_strdup (self->key) : NULL;
}

static void
build_settings (const HrTableRequest *self, const HrFields fields, HrSettings *settings)
{
  settings->billing = self->on_demand ? HR_BILLING_ON_DEMAND : HR_BILLING_PROVISIONED;
  settings->read_units = self->units.read_units;
  settings->write_units = self->units.write_units;
  hr_request_units_apply (&self->request_limits, &settings->on_demand_limit);
  hr_request_units_apply (&self->warm, &settings->warm);
  settings->stream = self->stream.view;
  settings->deletion_protection = hr_field_get_boolean (fields[TABLE_PROTECTION], FALSE);
  if (hr_field_get_word (&table_fields[TABLE_CLASS], fields[TABLE_CLASS]) == HR_CLASS_WORD_INFREQUENT_ACCESS)
    settings->table_class = HR_CLASS_INFREQUENT_ACCESS;
  hr_sse_request_apply (&self->sse, settings);
  hr_tags_apply (self->tags, settings);
}

static HrTable *
build_table (const HrTableRequest *self, const HrFields fields)
{
  HrTable *table = hr_table_new (self->name);

  add_key (self, &self->keys, table->partition_key, table->sort_key);
  for (guint i = 0; i < self->n_global + self->n_local; i++)
    g_ptr_array_add (table->indexes, hr_table_request_build_index (self, &self->indexes[i]));
  build_settings (self, fields, &table->settings);
  return table;
}

static void
read_request (HrTableRequest *self, const HrFields fields)
{
  self->name = hr_field_get_table_name (fields[TABLE_NAME], self->arena);
  self->on_demand
      = hr_field_get_word (&table_fields[TABLE_BILLING], fields[TABLE_BILLING]) == HR_BILLING_WORD_ON_DEMAND;
  self->units = hr_throughput_read (fields[TABLE_UNITS]);
  self->request_limits = hr_request_units_read (&HR_SHAPE_ON_DEMAND_THROUGHPUT, fields[TABLE_ON_DEMAND]);
  self->warm = hr_request_units_read (&HR_SHAPE_WARM_THROUGHPUT, fields[TABLE_WARM]);
  self->tags = fields[TABLE_TAGS];
  hr_table_request_read_definitions (self, fields[TABLE_DEFINITIONS]);
  read_keys (self, fields[TABLE_KEY_SCHEMA], &self->keys);
  read_indexes (self, fields[TABLE_GLOBAL], fields[TABLE_LOCAL]);
  self->stream = hr_stream_request_read (fields[TABLE_STREAM]);
  self->sse = hr_sse_request_read (fields[TABLE_SSE], self->arena);
}

HrTable *
hr_table_from_create_request (const HrJson *request, HrValidationLayer layer, HrArena *arena,
                              HrServiceError *error)
{
  HrTableRequest self = { .arena = arena };
  HrFields fields;

  if (request->type != HR_JSON_OBJECT)
    {
      hr_service_error_set (error, arena, HR_SERVICE_SERIALIZATION, "Unexpected value type in payload");
      return NULL;
    }
  hr_shape_read (&HR_SHAPE_CREATE_TABLE, request, fields);
  /* Both layers have the older words for tables. */
  if (!hr_shape_check_types (&HR_SHAPE_CREATE_TABLE, request, FALSE, arena, error)
      || !hr_table_name_check (fields[TABLE_NAME], arena, error)
      || !hr_constraints_check (&HR_SHAPE_CREATE_TABLE, fields, HR_WORDING_OLD, 0, arena, error))
    return NULL;

  read_request (&self, fields);
  return hr_table_request_check (&self, error) ? build_table (&self, fields) : NULL;
}
