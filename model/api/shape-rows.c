/*
 * The words and elements that rows of several operations refer to.
 *
 * The order of the words is the order in messages, which is the service's own and follows no rule.
 */
#include "model/api/shape-rows.h"

const char *const HR_WORDS_CAPACITY[] = { "INDEXES", "TOTAL", "NONE", NULL };
const char *const HR_WORDS_METRICS[] = { "SIZE", "NONE", NULL };
const char *const HR_WORDS_RETURN_VALUES[]
    = { "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW", NULL };
const char *const HR_WORDS_ON_FAILURE[] = { "ALL_OLD", "NONE", NULL };
const char *const HR_WORDS_SELECT[]
    = { "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", NULL };
const char *const HR_WORDS_CONDITIONAL[] = { "OR", "AND", NULL };

/* Legacy conditions are refused as a whole, so only what they are called matters. */
static const HrShape expected_shape = { "ExpectedAttributeValue", NULL, 0 };
static const HrShape condition_shape = { "Condition", NULL, 0 };
static const HrShape update_shape = { "AttributeValueUpdate", NULL, 0 };

const HrField HR_ELEMENT_STRING = { .kind = HR_FIELD_STRING };
const HrField HR_ELEMENT_VALUES = { .kind = HR_FIELD_VALUES };
const HrField HR_ELEMENT_EXPECTED = { .kind = HR_FIELD_STRUCT, .shape = &expected_shape };
const HrField HR_ELEMENT_CONDITION = { .kind = HR_FIELD_STRUCT, .shape = &condition_shape };
const HrField HR_ELEMENT_UPDATE = { .kind = HR_FIELD_STRUCT, .shape = &update_shape };
