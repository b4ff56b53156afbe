#pragma once

#include "model/api/shape.h"
#include "model/base/service-limits.h"

G_BEGIN_DECLS

/*
 * Rows that several operations share, and the words that members may hold, in the order that the service's
 * messages list them. Source: observed.
 */
extern const char *const HR_WORDS_CAPACITY[];      /* HrCapacityWord */
extern const char *const HR_WORDS_METRICS[];       /* HrMetricsWord */
extern const char *const HR_WORDS_RETURN_VALUES[]; /* HrReturnValuesWord */
extern const char *const HR_WORDS_ON_FAILURE[];    /* HrOnFailureWord */
extern const char *const HR_WORDS_SELECT[];        /* HrSelectWord */
extern const char *const HR_WORDS_CONDITIONAL[];   /* HrConditionalWord */

typedef enum
{
  HR_CAPACITY_INDEXES,
  HR_CAPACITY_TOTAL,
  HR_CAPACITY_NONE,
} HrCapacityWord;

typedef enum
{
  HR_CONDITIONAL_OR,
  HR_CONDITIONAL_AND,
} HrConditionalWord;

typedef enum
{
  HR_METRICS_SIZE,
  HR_METRICS_NONE,
} HrMetricsWord;

typedef enum
{
  HR_RETURN_WORD_ALL_NEW,
  HR_RETURN_WORD_UPDATED_OLD,
  HR_RETURN_WORD_ALL_OLD,
  HR_RETURN_WORD_NONE,
  HR_RETURN_WORD_UPDATED_NEW,
} HrReturnValuesWord;

typedef enum
{
  HR_ON_FAILURE_ALL_OLD,
  HR_ON_FAILURE_NONE,
} HrOnFailureWord;

typedef enum
{
  HR_SELECT_WORD_SPECIFIC_ATTRIBUTES,
  HR_SELECT_WORD_COUNT,
  HR_SELECT_WORD_ALL_ATTRIBUTES,
  HR_SELECT_WORD_ALL_PROJECTED_ATTRIBUTES,
} HrSelectWord;

extern const HrField HR_ELEMENT_STRING; /* of a list or map of strings */
extern const HrField HR_ELEMENT_VALUES; /* of a list of keys */
/* Legacy members: maps of these by attribute. */
extern const HrField HR_ELEMENT_EXPECTED;
extern const HrField HR_ELEMENT_CONDITION;
extern const HrField HR_ELEMENT_UPDATE;

typedef enum
{
  HR_EXPECTED_VALUES,
  HR_EXPECTED_OPERATOR,
  HR_EXPECTED_EXISTS,
  HR_EXPECTED_VALUE,
} HrExpectedRow;

typedef enum
{
  HR_CONDITION_VALUES,
  HR_CONDITION_OPERATOR,
} HrConditionRow;

typedef enum
{
  HR_UPDATE_ACTION,
  HR_UPDATE_VALUE,
} HrUpdateRow;

#define HR_ROW_WORD(member, words)                                                                           \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING, .values = words                                                 \
  }
/* The newer layer has a word of its own here, which it takes no more than the older one does. Source: observed. */
#define HR_NEW_WORDS_CONDITIONAL                                                                            \
  "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
#define HR_ROW_CAPACITY HR_ROW_WORD ("ReturnConsumedCapacity", HR_WORDS_CAPACITY)
#define HR_ROW_METRICS HR_ROW_WORD ("ReturnItemCollectionMetrics", HR_WORDS_METRICS)
#define HR_ROW_ON_FAILURE HR_ROW_WORD ("ReturnValuesOnConditionCheckFailure", HR_WORDS_ON_FAILURE)
#define HR_ROW_CONDITIONAL_OPERATOR                                                                          \
  {                                                                                                          \
    .name = "ConditionalOperator", .kind = HR_FIELD_STRING, .flags = HR_FIELD_NEWER,                         \
    .values = HR_WORDS_CONDITIONAL, .new_words = HR_NEW_WORDS_CONDITIONAL                                    \
  }

/* On the data plane a name of one character is well-formed. */
#define HR_ROW_TABLE_NAME                                                                                    \
  {                                                                                                          \
    .name = "TableName", .kind = HR_FIELD_STRING,                                                            \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_TABLE_NAME | HR_FIELD_ARN            \
             | HR_FIELD_NEWER,                                                                               \
    .min = 1, .max = HR_LIMIT_TABLE_NAME_MAX                                                                 \
  }
/* Of operations on tables, which look at its length in other words: hr_table_name_check(). */
#define HR_ROW_NAME_OF_TABLE                                                                                 \
  {                                                                                                          \
    .name = "TableName", .kind = HR_FIELD_STRING,                                                            \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_NAME | HR_FIELD_ARN                                                \
  }
#define HR_ROW_RESOURCE_ARN                                                                                  \
  {                                                                                                          \
    .name = "ResourceArn", .kind = HR_FIELD_STRING,                                                          \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, .min = 1, .max = HR_LIMIT_ARN_CHARS            \
  }
#define HR_ROW_INDEX_NAME                                                                                    \
  {                                                                                                          \
    .name = "IndexName", .kind = HR_FIELD_STRING, .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NAME,      \
    .min = HR_LIMIT_TABLE_NAME_MIN, .max = HR_LIMIT_TABLE_NAME_MAX                                           \
  }
#define HR_ROW_VALUES(member)                                                                                \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_VALUES, .flags = HR_FIELD_REQUIRED                                      \
  }
#define HR_ROW_STRING(member)                                                                                \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_STRING                                                                  \
  }
#define HR_ROW_BOOLEAN(member)                                                                               \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_BOOLEAN                                                                 \
  }
#define HR_ROW_EXPRESSION_NAMES                                                                              \
  {                                                                                                          \
    .name = "ExpressionAttributeNames", .kind = HR_FIELD_MAP, .element = &HR_ELEMENT_STRING                  \
  }
#define HR_ROW_EXPRESSION_VALUES                                                                             \
  {                                                                                                          \
    .name = "ExpressionAttributeValues", .kind = HR_FIELD_VALUES                                             \
  }
#define HR_ROW_ATTRIBUTES_TO_GET                                                                             \
  {                                                                                                          \
    .name = "AttributesToGet", .kind = HR_FIELD_LIST,                                                        \
    .flags = HR_FIELD_MIN | HR_FIELD_MAX | HR_FIELD_NEWER, .min = 1, .max = 255,                             \
    .element = &HR_ELEMENT_STRING                                                                            \
  }
#define HR_ROW_LEGACY_MAP(member, of)                                                                        \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_MAP, .element = &of                                                     \
  }
#define HR_ROW_LIMIT                                                                                         \
  {                                                                                                          \
    .name = "Limit", .kind = HR_FIELD_INTEGER, .flags = HR_FIELD_MIN, .min = 1                               \
  }

G_END_DECLS
