/*
 * What requests about tables are made of, as rows.
 *
 * Rows stand in the order in which the service finds fault with them. Source: observed.
 */
#include "model/api/table-shapes.h"

static const char *const attribute_types[] = { "B", "N", "S", NULL };
static const char *const key_types[] = { "HASH", "RANGE", NULL };
static const char *const projection_types[] = { "ALL", "INCLUDE", "KEYS_ONLY", NULL };
static const char *const view_types[] = { "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY", NULL };
static const char *const sse_types[] = { "AES256", "KMS", NULL };

const char *const HR_WORDS_BILLING[] = { "PROVISIONED", "PAY_PER_REQUEST", NULL };
const char *const HR_WORDS_TABLE_CLASS[] = { "STANDARD", "STANDARD_INFREQUENT_ACCESS", NULL };

#define ROW_ATTRIBUTE_NAME                                                                                   \
  {                                                                                                          \
    .name = "AttributeName", .kind = HR_FIELD_STRING,                                                        \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = HR_LIMIT_KEY_NAME_BYTES       \
  }
#define ROW_NEEDED_WORD(member, words)                                                                       \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING, .flags = HR_FIELD_REQUIRED, .values = words                     \
  }
#define ROW_LONG(member)                                                                                     \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LONG                                                                    \
  }
#define ROW_UNITS(member)                                                                                    \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LONG, .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN, .min = 1               \
  }
#define ELEMENT(of)                                                                                          \
  {                                                                                                          \
    .kind = HR_FIELD_STRUCT, .shape = &of                                                                    \
  }

static const HrField definition_fields[] = {
  [HR_AT_DEFINITION_NAME] = ROW_ATTRIBUTE_NAME,
  [HR_AT_DEFINITION_TYPE] = ROW_NEEDED_WORD ("AttributeType", attribute_types),
};

static const HrField key_fields[] = {
  [HR_AT_KEY_NAME] = ROW_ATTRIBUTE_NAME,
  [HR_AT_KEY_TYPE] = ROW_NEEDED_WORD ("KeyType", key_types),
};

static const HrField units_fields[] = {
  [HR_AT_UNITS_WRITE] = ROW_UNITS ("WriteCapacityUnits"),
  [HR_AT_UNITS_READ] = ROW_UNITS ("ReadCapacityUnits"),
};

static const HrField included_element = {
  .kind = HR_FIELD_STRING, .flags = HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = HR_LIMIT_KEY_NAME_BYTES
};

static const HrField projection_fields[] = {
  [HR_AT_PROJECTION_TYPE] = HR_ROW_WORD ("ProjectionType", projection_types),
  [HR_AT_PROJECTION_NAMES] = HR_ROW_LIST ("NonKeyAttributes", HR_FIELD_MIN | HR_FIELD_MAX, 1,
                                       HR_LIMIT_PROJECTED_PER_INDEX, included_element),
};

static const HrField on_demand_fields[] = {
  [HR_AT_REQUEST_UNITS_READ] = ROW_LONG ("MaxReadRequestUnits"),
  [HR_AT_REQUEST_UNITS_WRITE] = ROW_LONG ("MaxWriteRequestUnits"),
};

static const HrField warm_fields[] = {
  [HR_AT_REQUEST_UNITS_READ]
  = { .name = "ReadUnitsPerSecond", .kind = HR_FIELD_LONG, .flags = HR_FIELD_MIN, .min = 1 },
  [HR_AT_REQUEST_UNITS_WRITE]
  = { .name = "WriteUnitsPerSecond", .kind = HR_FIELD_LONG, .flags = HR_FIELD_MIN, .min = 1 },
};

const HrShape HR_SHAPE_ATTRIBUTE_DEFINITION = HR_SHAPE ("AttributeDefinition", definition_fields);
const HrShape HR_SHAPE_KEY_SCHEMA_ELEMENT = HR_SHAPE ("KeySchemaElement", key_fields);
const HrShape HR_SHAPE_PROVISIONED_THROUGHPUT = HR_SHAPE ("ProvisionedThroughput", units_fields);
const HrShape HR_SHAPE_PROJECTION = HR_SHAPE ("Projection", projection_fields);
const HrShape HR_SHAPE_ON_DEMAND_THROUGHPUT = HR_SHAPE ("OnDemandThroughput", on_demand_fields);
const HrShape HR_SHAPE_WARM_THROUGHPUT = HR_SHAPE ("WarmThroughput", warm_fields);

const HrField HR_ELEMENT_DEFINITION = ELEMENT (HR_SHAPE_ATTRIBUTE_DEFINITION);
const HrField HR_ELEMENT_KEY = ELEMENT (HR_SHAPE_KEY_SCHEMA_ELEMENT);

#define INDEX_ROWS(most_keys)                                                                                \
  [HR_AT_INDEX_NAME] = HR_ROW_INDEX_NAME_NEEDED,                                                                \
  [HR_AT_INDEX_KEY_SCHEMA] = HR_ROW_LIST ("KeySchema", HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, 1,      \
                                       most_keys, HR_ELEMENT_KEY),                                           \
  [HR_AT_INDEX_PROJECTION] = {                                                                                  \
    .name = "Projection", .kind = HR_FIELD_STRUCT, .flags = HR_FIELD_REQUIRED, .shape = &HR_SHAPE_PROJECTION \
  }

static const HrField local_fields[] = { INDEX_ROWS (2) };
static const HrField global_fields[] = {
  INDEX_ROWS (2 * HR_LIMIT_INDEX_KEY_ATTRIBUTES),
  [HR_AT_INDEX_UNITS] = HR_ROW_STRUCT ("ProvisionedThroughput", HR_SHAPE_PROVISIONED_THROUGHPUT),
  [HR_AT_INDEX_ON_DEMAND] = HR_ROW_STRUCT ("OnDemandThroughput", HR_SHAPE_ON_DEMAND_THROUGHPUT),
  [HR_AT_INDEX_WARM] = HR_ROW_STRUCT ("WarmThroughput", HR_SHAPE_WARM_THROUGHPUT),
};

const HrShape HR_SHAPE_LOCAL_INDEX = HR_SHAPE ("LocalSecondaryIndex", local_fields);
const HrShape HR_SHAPE_GLOBAL_INDEX = HR_SHAPE ("GlobalSecondaryIndex", global_fields);
const HrShape HR_SHAPE_GLOBAL_INDEX_ACTION = HR_SHAPE ("CreateGlobalSecondaryIndexAction", global_fields);
const HrField HR_ELEMENT_LOCAL_INDEX = ELEMENT (HR_SHAPE_LOCAL_INDEX);
const HrField HR_ELEMENT_GLOBAL_INDEX = ELEMENT (HR_SHAPE_GLOBAL_INDEX);

static const HrField stream_fields[] = {
  [HR_AT_STREAM_ENABLED] = { .name = "StreamEnabled", .kind = HR_FIELD_BOOLEAN, .flags = HR_FIELD_REQUIRED },
  [HR_AT_STREAM_VIEW_TYPE] = HR_ROW_WORD ("StreamViewType", view_types),
};

static const HrField sse_fields[] = {
  [HR_AT_SSE_ENABLED] = HR_ROW_BOOLEAN ("Enabled"),
  [HR_AT_SSE_TYPE] = HR_ROW_WORD ("SSEType", sse_types),
  [HR_AT_SSE_KEY] = HR_ROW_STRING ("KMSMasterKeyId"),
};

static const HrField tag_fields[] = {
  [HR_AT_TAG_KEY] = HR_ROW_STRING ("Key"),
  [HR_AT_TAG_VALUE] = HR_ROW_STRING ("Value"),
};

const HrShape HR_SHAPE_STREAM_SPECIFICATION = HR_SHAPE ("StreamSpecification", stream_fields);
const HrShape HR_SHAPE_SSE_SPECIFICATION = HR_SHAPE ("SSESpecification", sse_fields);
const HrShape HR_SHAPE_TAG = HR_SHAPE ("Tag", tag_fields);
const HrField HR_ELEMENT_TAG = ELEMENT (HR_SHAPE_TAG);
