#pragma once

#include "model/api/shape-rows.h"

G_BEGIN_DECLS

/*
 * Shapes that requests about tables share, with the rows of each. Private to model/api.
 */

enum
{
  HR_AT_DEFINITION_NAME,
  HR_AT_DEFINITION_TYPE,
};

enum
{
  HR_AT_KEY_NAME,
  HR_AT_KEY_TYPE,
};

enum
{
  HR_AT_UNITS_WRITE,
  HR_AT_UNITS_READ,
};

enum
{
  HR_AT_PROJECTION_TYPE,
  HR_AT_PROJECTION_NAMES,
};

/* An index of a new table, or a new index of a table; the last three are of global ones only. */
enum
{
  HR_AT_INDEX_NAME,
  HR_AT_INDEX_KEY_SCHEMA,
  HR_AT_INDEX_PROJECTION,
  HR_AT_INDEX_UNITS,
  HR_AT_INDEX_ON_DEMAND,
  HR_AT_INDEX_WARM,
};

enum
{
  HR_AT_STREAM_ENABLED,
  HR_AT_STREAM_VIEW_TYPE,
};

enum
{
  HR_AT_SSE_ENABLED,
  HR_AT_SSE_TYPE,
  HR_AT_SSE_KEY,
};

enum
{
  HR_AT_TAG_KEY,
  HR_AT_TAG_VALUE,
};

/* OnDemandThroughput and WarmThroughput. */
enum
{
  HR_AT_REQUEST_UNITS_READ,
  HR_AT_REQUEST_UNITS_WRITE,
};

extern const HrShape HR_SHAPE_ATTRIBUTE_DEFINITION;
extern const HrShape HR_SHAPE_KEY_SCHEMA_ELEMENT;
extern const HrShape HR_SHAPE_PROVISIONED_THROUGHPUT;
extern const HrShape HR_SHAPE_PROJECTION;
extern const HrShape HR_SHAPE_LOCAL_INDEX;
extern const HrShape HR_SHAPE_GLOBAL_INDEX;
extern const HrShape HR_SHAPE_GLOBAL_INDEX_ACTION; /* the same under the name it has in UpdateTable */
extern const HrShape HR_SHAPE_STREAM_SPECIFICATION;
extern const HrShape HR_SHAPE_SSE_SPECIFICATION;
extern const HrShape HR_SHAPE_TAG;
extern const HrShape HR_SHAPE_ON_DEMAND_THROUGHPUT;
extern const HrShape HR_SHAPE_WARM_THROUGHPUT;

extern const HrField HR_ELEMENT_DEFINITION;
extern const HrField HR_ELEMENT_KEY;
extern const HrField HR_ELEMENT_LOCAL_INDEX;
extern const HrField HR_ELEMENT_GLOBAL_INDEX;
extern const HrField HR_ELEMENT_TAG;

extern const char *const HR_WORDS_BILLING[];
extern const char *const HR_WORDS_TABLE_CLASS[];

typedef enum
{
  HR_BILLING_WORD_PROVISIONED,
  HR_BILLING_WORD_ON_DEMAND,
} HrBillingWord;

typedef enum
{
  HR_CLASS_WORD_STANDARD,
  HR_CLASS_WORD_INFREQUENT_ACCESS,
} HrClassWord;

#define HR_ROW_STRUCT(member, of)                                                                            \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRUCT, .shape = &of                                                    \
  }
#define HR_ROW_LIST(member, traits, least, most, of)                                                         \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LIST, .flags = traits, .min = least, .max = most, .element = &of        \
  }
#define HR_ROW_INDEX_NAME_NEEDED                                                                             \
  {                                                                                                          \
    .name = "IndexName", .kind = HR_FIELD_STRING,                                                            \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,                                \
    .min = HR_LIMIT_TABLE_NAME_MIN, .max = HR_LIMIT_TABLE_NAME_MAX                                           \
  }

G_END_DECLS
