/*
 * A CreateTable request to a definition.
 *
 * Three steps: members by their rows, then what must hold between them (keys, definitions, projections,
 * billing), in the order in which the service complains, then the definition is built from what is known to
 * be good.
 */
#include "model/api/table-request.h"

#include "model/api/operations.h"

#include <string.h>

static const char *const attribute_types[] = { "B", "N", "S", NULL };
static const char *const key_types[] = { "HASH", "RANGE", NULL };
static const char *const projection_types[] = { "ALL", "INCLUDE", "KEYS_ONLY", NULL };
static const char *const billing_modes[] = { "PROVISIONED", "PAY_PER_REQUEST", NULL };
static const char *const view_types[] = { "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY", NULL };
static const char *const table_classes[] = { "STANDARD", "STANDARD_INFREQUENT_ACCESS", NULL };
static const char *const sse_types[] = { "AES256", "KMS", NULL };

#define ROW_ATTRIBUTE_NAME                                                                                   \
  {                                                                                                          \
    .name = "AttributeName", .kind = HR_FIELD_STRING,                                                        \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = HR_LIMIT_KEY_NAME_BYTES       \
  }
#define ROW_NEEDED_WORD(member, words)                                                                       \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED, .values = words                     \
  }
#define ROW_LIST(member, traits, least, most, of)                                                            \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LIST, .flags = traits, .min = least, .max = most, .element = &of        \
  }
#define ROW_UNITS(member)                                                                                    \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LONG, .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN, .min = 1               \
  }

enum
{
  DEFINITION_NAME,
  DEFINITION_TYPE,
};

static const HrField definition_fields[] = {
  [DEFINITION_NAME] = ROW_ATTRIBUTE_NAME,
  [DEFINITION_TYPE] = ROW_NEEDED_WORD ("AttributeType", attribute_types),
};

enum
{
  KEY_NAME,
  KEY_TYPE,
};

static const HrField key_fields[] = {
  [KEY_NAME] = ROW_ATTRIBUTE_NAME,
  [KEY_TYPE] = ROW_NEEDED_WORD ("KeyType", key_types),
};

enum
{
  UNITS_WRITE,
  UNITS_READ,
};

static const HrField units_fields[] = {
  [UNITS_WRITE] = ROW_UNITS ("WriteCapacityUnits"),
  [UNITS_READ] = ROW_UNITS ("ReadCapacityUnits"),
};

enum
{
  PROJECTION_TYPE,
  PROJECTION_NAMES,
};

static const HrField included_element = {
  .kind = HR_FIELD_STRING, .flags = HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = HR_LIMIT_KEY_NAME_BYTES
};

static const HrField projection_fields[] = {
  [PROJECTION_TYPE] = HR_ROW_WORD ("ProjectionType", projection_types),
  [PROJECTION_NAMES] = ROW_LIST ("NonKeyAttributes", HR_FIELD_MIN | HR_FIELD_MAX, 1,
                                 HR_LIMIT_PROJECTED_PER_INDEX, included_element),
};

static const HrShape definition_shape = HR_SHAPE ("AttributeDefinition", definition_fields);
static const HrShape key_shape = HR_SHAPE ("KeySchemaElement", key_fields);
static const HrShape units_shape = HR_SHAPE ("ProvisionedThroughput", units_fields);
static const HrShape projection_shape = HR_SHAPE ("Projection", projection_fields);

static const HrField definition_element = { .kind = HR_FIELD_STRUCT, .shape = &definition_shape };
static const HrField key_element = { .kind = HR_FIELD_STRUCT, .shape = &key_shape };

#define ROW_KEY_SCHEMA(most)                                                                                 \
  ROW_LIST ("KeySchema", HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, 1, most, key_element)

enum
{
  INDEX_NAME,
  INDEX_KEY_SCHEMA,
  INDEX_PROJECTION,
  INDEX_UNITS, /* of a global one only */
};

#define INDEX_ROWS(most_keys)                                                                                \
  [INDEX_NAME] = { .name = "IndexName",                                                                      \
                   .kind = HR_FIELD_STRING,                                                                  \
                   .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,                 \
                   .min = HR_LIMIT_TABLE_NAME_MIN,                                                           \
                   .max = HR_LIMIT_TABLE_NAME_MAX },                                                         \
  [INDEX_KEY_SCHEMA] = ROW_KEY_SCHEMA (most_keys),                                                           \
  [INDEX_PROJECTION] = {                                                                                     \
    .name = "Projection", .kind = HR_FIELD_STRUCT, .flags = HR_FIELD_REQUIRED, .shape = &projection_shape    \
  }

static const HrField local_fields[] = { INDEX_ROWS (2) };
static const HrField global_fields[] = {
  INDEX_ROWS (2 * HR_LIMIT_INDEX_KEY_ATTRIBUTES),
  [INDEX_UNITS] = { .name = "ProvisionedThroughput", .kind = HR_FIELD_STRUCT, .shape = &units_shape },
};

static const HrShape local_shape = HR_SHAPE ("LocalSecondaryIndex", local_fields);
static const HrShape global_shape = HR_SHAPE ("GlobalSecondaryIndex", global_fields);
static const HrField local_element = { .kind = HR_FIELD_STRUCT, .shape = &local_shape };
static const HrField global_element = { .kind = HR_FIELD_STRUCT, .shape = &global_shape };

enum
{
  STREAM_ENABLED,
  STREAM_VIEW_TYPE,
};

static const HrField stream_fields[] = {
  [STREAM_ENABLED] = { .name = "StreamEnabled", .kind = HR_FIELD_BOOLEAN, .flags = HR_FIELD_REQUIRED },
  [STREAM_VIEW_TYPE] = HR_ROW_WORD ("StreamViewType", view_types),
};

enum
{
  SSE_ENABLED,
  SSE_TYPE,
  SSE_KEY,
};

static const HrField sse_fields[] = {
  [SSE_ENABLED] = HR_ROW_BOOLEAN ("Enabled"),
  [SSE_TYPE] = HR_ROW_WORD ("SSEType", sse_types),
  [SSE_KEY] = HR_ROW_STRING ("KMSMasterKeyId"),
};

enum
{
  TAG_KEY,
  TAG_VALUE,
};

static const HrField tag_fields[] = {
  [TAG_KEY] = { .name = "Key",
                .kind = HR_FIELD_STRING,
                .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX,
                .min = 1,
                .max = 128 },
  [TAG_VALUE]
  = { .name = "Value", .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED | HR_FIELD_MAX, .max = 256 },
};

enum
{
  ON_DEMAND_READ,
  ON_DEMAND_WRITE,
};

static const HrField on_demand_fields[] = {
  [ON_DEMAND_READ] = { .name = "MaxReadRequestUnits", .kind = HR_FIELD_LONG },
  [ON_DEMAND_WRITE] = { .name = "MaxWriteRequestUnits", .kind = HR_FIELD_LONG },
};

static const HrShape on_demand_shape = HR_SHAPE ("OnDemandThroughput", on_demand_fields);
static const HrShape stream_shape = HR_SHAPE ("StreamSpecification", stream_fields);
static const HrShape sse_shape = HR_SHAPE ("SSESpecification", sse_fields);
static const HrShape tag_shape = HR_SHAPE ("Tag", tag_fields);
static const HrField tag_element = { .kind = HR_FIELD_STRUCT, .shape = &tag_shape };

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
};

static const HrField table_fields[] = {
  [TABLE_DEFINITIONS] = ROW_LIST ("AttributeDefinitions", HR_FIELD_REQUIRED, 0, 0, definition_element),
  [TABLE_NAME] = { .name = "TableName", .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED | HR_FIELD_NAME },
  [TABLE_BILLING] = HR_ROW_WORD ("BillingMode", billing_modes),
  [TABLE_UNITS] = { .name = "ProvisionedThroughput", .kind = HR_FIELD_STRUCT, .shape = &units_shape },
  [TABLE_KEY_SCHEMA] = ROW_KEY_SCHEMA (2),
  [TABLE_GLOBAL] = ROW_LIST ("GlobalSecondaryIndexes", 0, 0, 0, global_element),
  [TABLE_LOCAL] = ROW_LIST ("LocalSecondaryIndexes", 0, 0, 0, local_element),
  [TABLE_STREAM] = { .name = "StreamSpecification", .kind = HR_FIELD_STRUCT, .shape = &stream_shape },
  [TABLE_SSE] = { .name = "SSESpecification", .kind = HR_FIELD_STRUCT, .shape = &sse_shape },
  [TABLE_TAGS] = ROW_LIST ("Tags", 0, 0, 0, tag_element),
  [TABLE_CLASS] = HR_ROW_WORD ("TableClass", table_classes),
  [TABLE_PROTECTION] = HR_ROW_BOOLEAN ("DeletionProtectionEnabled"),
  [TABLE_ON_DEMAND] = { .name = "OnDemandThroughput", .kind = HR_FIELD_STRUCT, .shape = &on_demand_shape },
};

const HrShape HR_SHAPE_CREATE_TABLE = HR_SHAPE ("CreateTableInput", table_fields);

gboolean
hr_table_name_check (const HrJson *json, HrArena *arena, HrServiceError *error)
{
  gsize length = json != NULL ? json->length : 0;

  if (json == NULL)
    return hr_service_error_set (error, arena, HR_SERVICE_VALIDATION,
                                 "The parameter 'TableName' is required but was not present in the request");
  if (length >= HR_LIMIT_TABLE_NAME_MIN && length <= HR_LIMIT_TABLE_NAME_MAX)
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

static void
read_definitions (HrTableRequest *self, const HrJson *list)
{
  static const HrType types[] = { HR_TYPE_B, HR_TYPE_N, HR_TYPE_S };
  HrFields fields;

  self->n_definitions = list->length;
  self->definitions = hr_arena_array (self->arena, HrKeyDefinition, list->length);
  for (guint32 i = 0; i < list->length; i++)
    {
      hr_shape_read (&definition_shape, &list->elements[i], fields);
      self->definitions[i] = (HrKeyDefinition) {
        .name = read_name (self, fields[DEFINITION_NAME]),
        .type = types[hr_field_get_word (&definition_fields[DEFINITION_TYPE], fields[DEFINITION_TYPE])],
      };
    }
}

static void
read_keys (HrTableRequest *self, const HrJson *list, HrKeySchema *keys)
{
  HrFields fields;

  keys->count = list->length;
  for (guint32 i = 0; i < list->length; i++)
    {
      hr_shape_read (&key_shape, &list->elements[i], fields);
      keys->elements[i] = (HrKeyElement) {
        .name = read_name (self, fields[KEY_NAME]),
        .is_sort = hr_field_get_word (&key_fields[KEY_TYPE], fields[KEY_TYPE]) == 1,
      };
    }
}

static HrThroughput
read_units (const HrJson *json)
{
  HrFields fields;

  hr_shape_read (&units_shape, json, fields);
  return (HrThroughput) {
    .is_given = json != NULL,
    .read_units = hr_field_get_integer (fields[UNITS_READ], 0),
    .write_units = hr_field_get_integer (fields[UNITS_WRITE], 0),
  };
}

static void
read_projection (HrTableRequest *self, const HrJson *json, HrIndexRequest *index)
{
  static const HrProjectionType types[] = { HR_PROJECT_ALL, HR_PROJECT_INCLUDE, HR_PROJECT_KEYS_ONLY };
  HrFields fields;
  int word;

  hr_shape_read (&projection_shape, json, fields);
  word = hr_field_get_word (&projection_fields[PROJECTION_TYPE], fields[PROJECTION_TYPE]);
  index->has_projection = word >= 0;
  index->projection = types[MAX (word, 0)];
  index->has_included = fields[PROJECTION_NAMES] != NULL;
  index->n_included = list_length (fields[PROJECTION_NAMES]);
  index->included = hr_arena_array (self->arena, const char *, index->n_included);
  for (guint i = 0; i < index->n_included; i++)
    index->included[i] = read_name (self, &fields[PROJECTION_NAMES]->elements[i]);
}

static void
read_index (HrTableRequest *self, const HrShape *shape, const HrJson *json, HrIndexRequest *index)
{
  HrFields fields;

  hr_shape_read (shape, json, fields);
  index->name = hr_field_get_string (fields[INDEX_NAME], self->arena);
  index->kind = shape == &global_shape ? HR_INDEX_GLOBAL : HR_INDEX_LOCAL;
  read_keys (self, fields[INDEX_KEY_SCHEMA], &index->keys);
  read_projection (self, fields[INDEX_PROJECTION], index);
  if (index->kind == HR_INDEX_GLOBAL)
    index->units = read_units (fields[INDEX_UNITS]);
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
    read_index (self, &global_shape, &global->elements[i], &self->indexes[i]);
  for (guint i = 0; i < self->n_local; i++)
    read_index (self, &local_shape, &local->elements[i], &self->indexes[self->n_global + i]);
}

static void
read_stream (HrTableRequest *self, const HrJson *json)
{
  static const HrStreamView views[]
      = { HR_STREAM_NEW_IMAGE, HR_STREAM_OLD_IMAGE, HR_STREAM_NEW_AND_OLD_IMAGES, HR_STREAM_KEYS_ONLY };
  HrFields fields;
  int word;

  hr_shape_read (&stream_shape, json, fields);
  word = hr_field_get_word (&stream_fields[STREAM_VIEW_TYPE], fields[STREAM_VIEW_TYPE]);
  self->has_stream = hr_field_get_boolean (fields[STREAM_ENABLED], FALSE);
  self->stream = word >= 0 ? views[word] : HR_STREAM_NONE;
}

static void
read_request_limits (HrTableRequest *self, const HrJson *json)
{
  HrFields fields;

  hr_shape_read (&on_demand_shape, json, fields);
  for (guint i = 0; i < G_N_ELEMENTS (on_demand_fields); i++)
    {
      self->has_request_limit[i] = fields[i] != NULL;
      self->request_limits[i] = hr_field_get_integer (fields[i], 0);
    }
}

static gboolean
is_tag_text (const HrJson *json)
{
  const char *end = json->text + json->length;

  for (const char *c = json->text; c < end; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == 0
          || (letter < 128 && !g_ascii_isalnum (letter) && strchr (" +-=._:/@", (int) letter) == NULL)
          || (letter >= 128 && !g_unichar_isalnum (letter) && !g_unichar_isspace (letter)))
        return FALSE;
    }
  return TRUE;
}

static void
read_tags (HrTableRequest *self, const HrJson *list)
{
  HrFields fields;

  self->n_tags = list_length (list);
  for (guint i = 0; i < self->n_tags; i++)
    {
      hr_shape_read (&tag_shape, &list->elements[i], fields);
      if (!is_tag_text (fields[TAG_KEY]) || !is_tag_text (fields[TAG_VALUE]))
        self->has_bad_tag = TRUE;
    }
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

static HrIndex *
build_index (const HrTableRequest *self, const HrIndexRequest *request)
{
  HrIndex *index = hr_index_new (request->name, request->kind);

  add_key (self, &request->keys, index->partition_key, index->sort_key);
  index->projection = request->projection;
  for (guint i = 0; i < request->n_included; i++)
    g_ptr_array_add (index->included, g_strdup (request->included[i]));
  index->read_units = request->units.read_units;
  index->write_units = request->units.write_units;
  return index;
}

static void
build_settings (const HrTableRequest *self, const HrFields fields, HrSettings *settings)
{
  const HrJson *tags = fields[TABLE_TAGS];
  HrFields members;

  settings->billing = self->on_demand ? HR_BILLING_ON_DEMAND : HR_BILLING_PROVISIONED;
  settings->read_units = self->units.read_units;
  settings->write_units = self->units.write_units;
  settings->stream = self->stream;
  settings->deletion_protection = hr_field_get_boolean (fields[TABLE_PROTECTION], FALSE);
  if (hr_field_get_word (&table_fields[TABLE_CLASS], fields[TABLE_CLASS]) == 1)
    settings->table_class = HR_CLASS_INFREQUENT_ACCESS;

  hr_shape_read (&sse_shape, fields[TABLE_SSE], members);
  settings->kms_encryption = hr_field_get_boolean (members[SSE_ENABLED], FALSE);
  if (settings->kms_encryption && members[SSE_KEY] != NULL)
    settings->kms_key = g_strndup (members[SSE_KEY]->text, members[SSE_KEY]->length);

  for (guint i = 0; i < list_length (tags); i++)
    {
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      hr_shape_read (&tag_shape, &tags->elements[i], members);
      key = g_strndup (members[TAG_KEY]->text, members[TAG_KEY]->length);
      value = g_strndup (members[TAG_VALUE]->text, members[TAG_VALUE]->length);
      hr_settings_add_tag (settings, key, value);
    }
}

static HrTable *
build_table (const HrTableRequest *self, const HrFields fields)
{
  HrTable *table = hr_table_new (self->name);

  add_key (self, &self->keys, table->partition_key, table->sort_key);
  for (guint i = 0; i < self->n_global + self->n_local; i++)
    g_ptr_array_add (table->indexes, build_index (self, &self->indexes[i]));
  build_settings (self, fields, &table->settings);
  return table;
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

  self.name = hr_field_get_string (fields[TABLE_NAME], arena);
  self.on_demand = hr_field_get_word (&table_fields[TABLE_BILLING], fields[TABLE_BILLING]) == 1;
  self.units = read_units (fields[TABLE_UNITS]);
  read_request_limits (&self, fields[TABLE_ON_DEMAND]);
  read_tags (&self, fields[TABLE_TAGS]);
  read_definitions (&self, fields[TABLE_DEFINITIONS]);
  read_keys (&self, fields[TABLE_KEY_SCHEMA], &self.keys);
  read_indexes (&self, fields[TABLE_GLOBAL], fields[TABLE_LOCAL]);
  read_stream (&self, fields[TABLE_STREAM]);
  return hr_table_request_check (&self, error) ? build_table (&self, fields) : NULL;
}
