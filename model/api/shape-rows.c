/*
 * The words and elements that rows of several operations refer to.
 *
 * The order of the words is the order in messages, which is the service's own and follows no rule.
 */
#include "model/api/shape-rows.h"

#include "model/expression/legacy.h"

const char *const HR_WORDS_CAPACITY[] = { "INDEXES", "TOTAL", "NONE", NULL };
const char *const HR_WORDS_METRICS[] = { "SIZE", "NONE", NULL };
const char *const HR_WORDS_RETURN_VALUES[]
    = { "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW", NULL };
const char *const HR_WORDS_ON_FAILURE[] = { "ALL_OLD", "NONE", NULL };
const char *const HR_WORDS_SELECT[]
    = { "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", NULL };
const char *const HR_WORDS_CONDITIONAL[] = { "OR", "AND", NULL };

#define ROW_OPERATOR(traits)                                                                                 \
  {                                                                                                          \
    .name = "ComparisonOperator", .kind = HR_FIELD_STRING, .flags = traits, .values = HR_LEGACY_OPERATORS    \
  }
#define ROW_OPERANDS                                                                                         \
  {                                                                                                          \
    .name = "AttributeValueList", .kind = HR_FIELD_LIST, .element = &HR_ELEMENT_VALUE                        \
  }
#define ROW_VALUE                                                                                            \
  {                                                                                                          \
    .name = "Value", .kind = HR_FIELD_STRUCT, .shape = &HR_SHAPE_VALUE                                       \
  }

static const HrField expected_fields[] = {
  [HR_EXPECTED_VALUES] = ROW_OPERANDS,
  [HR_EXPECTED_OPERATOR] = ROW_OPERATOR (0),
  [HR_EXPECTED_EXISTS] = HR_ROW_BOOLEAN ("Exists"),
  [HR_EXPECTED_VALUE] = ROW_VALUE,
};

static const HrField condition_fields[] = {
  [HR_CONDITION_VALUES] = ROW_OPERANDS,
  [HR_CONDITION_OPERATOR] = ROW_OPERATOR (HR_FIELD_REQUIRED),
};

static const HrField update_fields[] = {
  [HR_UPDATE_ACTION] = HR_ROW_WORD ("Action", HR_LEGACY_ACTIONS),
  [HR_UPDATE_VALUE] = ROW_VALUE,
};

static const HrShape expected_shape = HR_SHAPE ("ExpectedAttributeValue", expected_fields);
static const HrShape condition_shape = HR_SHAPE ("Condition", condition_fields);
static const HrShape update_shape = HR_SHAPE ("AttributeValueUpdate", update_fields);

const HrField HR_ELEMENT_STRING = { .kind = HR_FIELD_STRING };
const HrField HR_ELEMENT_VALUES = { .kind = HR_FIELD_VALUES };
const HrField HR_ELEMENT_EXPECTED = { .kind = HR_FIELD_STRUCT, .shape = &expected_shape };
const HrField HR_ELEMENT_CONDITION = { .kind = HR_FIELD_STRUCT, .shape = &condition_shape };
const HrField HR_ELEMENT_UPDATE = { .kind = HR_FIELD_STRUCT, .shape = &update_shape };
