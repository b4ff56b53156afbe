/*
 * AttributesToGet, AttributeUpdates, Expected, filters and KeyConditions.
 *
 * Here is what concerns their JSON: reading it, and members that exclude or need each other. What an operator
 * or action may be used with is known in model/expression. Values are read before anything is said of the
 * conditions that they stand in. Attributes are taken in the order of the request. Source: observed.
 */
#include "model/api/legacy.h"

#include "model/expression/legacy.h"
#include "model/value/codec.h"

#include <string.h>

#define INVALID "One or more parameter values were invalid: "

/* Maps by attribute. */

static int
compare_names (const HrJsonMember *a, const HrJsonMember *b)
{
  int order = memcmp (a->name, b->name, MIN (a->name_length, b->name_length));

  return order != 0 ? order : (a->name_length > b->name_length) - (a->name_length < b->name_length);
}

/* By name; equal names as in the request, whose members lie one after the other. */
static int
compare_members (gconstpointer a, gconstpointer b)
{
  const HrJsonMember *left = *(const HrJsonMember *const *)a;
  const HrJsonMember *right = *(const HrJsonMember *const *)b;
  int order = compare_names (left, right);

  return order != 0 ? order : (left > right) - (left < right);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const HrJsonMember *left = *(const HrJsonMember *const *)a;
  const HrJsonMember *right = *(const HrJsonMember *const *)b;

  return (left > right) - (left < right);
}

typedef struct
{
  const HrJsonMember **members;
  guint count;
} Attributes;

/* In the order of the request; of an attribute that is named again only the last. */
static gboolean
list_attributes (HrApiCall *call, const HrJson *map, Attributes *attributes)
{
  const HrJsonMember **members = hr_arena_array (call->arena, const HrJsonMember *, map->length);
  guint kept = 0;

  for (guint32 i = 0; i < map->length; i++)
    members[i] = &map->members[i];
  if (map->length > 1)
    qsort (members, map->length, sizeof *members, compare_members);
  for (guint32 i = 0; i < map->length; i++)
    if (i + 1 == map->length || compare_names (members[i], members[i + 1]) != 0)
      members[kept++] = members[i];
  if (kept > 1)
    qsort (members, kept, sizeof *members, compare_places);

  *attributes = (Attributes){ members, kept };
  for (guint i = 0; i < kept; i++)
    if (members[i]->name_length == 0)
      return hr_call_fail_value (call, "Empty attribute name");
  return TRUE;
}

static gboolean
read_value (HrApiCall *call, const HrJson *json, HrValue *value)
{
  if (hr_value_from_json (call->arena, json, value, call->error))
    return TRUE;
  if (call->wording == HR_WORDING_OLD)
    hr_call_reword_value (call, json);
  return FALSE;
}

/* A null among the elements is one that has no type. */
static gboolean
read_values (HrApiCall *call, const HrJson *list, HrLegacyCondition *condition)
{
  HrValue *values = hr_arena_array (call->arena, HrValue, list->length);

  for (guint32 i = 0; i < list->length; i++)
    if (!read_value (call, &list->elements[i], &values[i]))
      return FALSE;
  condition->values = values;
  condition->n_values = list->length;
  return TRUE;
}

/* Conditions. */

typedef struct
{
  HrLegacyCondition *conditions;
  guint count;
} Conditions;

typedef gboolean (*ReadFunc) (HrApiCall *call, const HrFields fields, HrLegacyCondition *condition);

static gboolean
read_filter_values (HrApiCall *call, const HrFields fields, HrLegacyCondition *condition)
{
  condition->op = (HrLegacyOperator)hr_field_get_word (
      &HR_ELEMENT_CONDITION.shape->fields[HR_CONDITION_OPERATOR], fields[HR_CONDITION_OPERATOR]);
  return fields[HR_CONDITION_VALUES] == NULL || read_values (call, fields[HR_CONDITION_VALUES], condition);
}

static gboolean
read_expected_values (HrApiCall *call, const HrFields fields, HrLegacyCondition *condition)
{
  HrValue *value;

  if (fields[HR_EXPECTED_VALUES] != NULL && !read_values (call, fields[HR_EXPECTED_VALUES], condition))
    return FALSE;
  if (fields[HR_EXPECTED_VALUE] == NULL)
    return TRUE;
  value = hr_arena_new0 (call->arena, HrValue);
  condition->values = value;
  condition->n_values = 1;
  return read_value (call, fields[HR_EXPECTED_VALUE], value);
}

static gboolean
read_conditions (HrApiCall *call, const Attributes *attributes, const HrShape *shape, ReadFunc read,
                 Conditions *result)
{
  result->conditions = hr_arena_array (call->arena, HrLegacyCondition, attributes->count);
  result->count = attributes->count;
  for (guint i = 0; i < attributes->count; i++)
    {
      const HrJsonMember *member = attributes->members[i];
      HrLegacyCondition *condition = &result->conditions[i];
      HrFields fields;

      *condition = (HrLegacyCondition){ .name = member->name, .name_length = member->name_length };
      hr_shape_read (shape, &member->value, fields);
      if (!read (call, fields, condition))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_conditional_operator (HrApiCall *call, const HrJson *conditional_operator, guint n_conditions)
{
  if (conditional_operator == NULL || n_conditions > 1)
    return TRUE;
  return hr_call_fail_value (
      call, n_conditions == 0 ? "ConditionalOperator cannot be used without Filter or Expected"
                              : "ConditionalOperator can only be used when Filter or Expected has two or "
                                "more elements");
}

static gboolean
check_conditions (HrApiCall *call, const Conditions *self)
{
  for (guint i = 0; i < self->count; i++)
    if (!hr_legacy_condition_check (&self->conditions[i], call->arena, call->error))
      return FALSE;
  return TRUE;
}

static const HrCondition *
join (HrApiCall *call, const Conditions *self, const HrJson *conditional_operator)
{
  gboolean any = hr_json_string_equals (conditional_operator, HR_WORDS_CONDITIONAL[HR_CONDITIONAL_OR]);

  return hr_condition_from_legacy (call->arena, self->conditions, self->count, any);
}

/* Filters and KeyConditions are of the same form. */
static gboolean
read_filter (HrApiCall *call, const HrJson *json, Conditions *result)
{
  Attributes attributes;

  *result = (Conditions){ NULL, 0 };
  return json == NULL ||
         (list_attributes (call, json, &attributes) &&
          read_conditions (call, &attributes, HR_ELEMENT_CONDITION.shape, read_filter_values, result));
}

gboolean
hr_call_read_filter (HrApiCall *call, const HrJson *filter, const HrJson *conditional_operator,
                     const HrCondition **result)
{
  Conditions conditions;

  if (!read_filter (call, filter, &conditions) ||
      !check_conditional_operator (call, conditional_operator, conditions.count) ||
      !check_conditions (call, &conditions))
    return FALSE;
  if (filter != NULL)
    *result = join (call, &conditions, conditional_operator);
  return TRUE;
}

gboolean
hr_call_read_key_conditions (HrApiCall *call, const HrJson *json, const HrKeyCondition **result)
{
  Conditions conditions;

  if (json == NULL)
    return TRUE;
  if (!read_filter (call, json, &conditions) || !check_conditions (call, &conditions))
    return FALSE;
  if (conditions.count == 0)
    return hr_call_fail_value (call, "Conditions can be of length 1 or 2 only");
  *result = hr_key_condition_from_legacy (call->arena, conditions.conditions, conditions.count);
  return TRUE;
}

/* Expected. */

static gboolean
fail_expected (HrApiCall *call, const HrJsonMember *member, const char *format, const char *word)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const char *text = hr_arena_printf (call->arena, format, word);
#pragma GCC diagnostic pop

  return hr_call_fail_value (call, INVALID "%s for Attribute: %.*s", text, (int)member->name_length,
                             member->name);
}

/* Without an operator: what the attribute is, or that it is not there. */
static gboolean
check_value (HrApiCall *call, const HrJsonMember *member, const HrFields fields, HrLegacyCondition *condition)
{
  gboolean exists = hr_field_get_boolean (fields[HR_EXPECTED_EXISTS], TRUE);

  if (fields[HR_EXPECTED_VALUES] != NULL)
    return fail_expected (call, member, "AttributeValueList can only be used with a ComparisonOperator",
                          NULL);
  if (exists && fields[HR_EXPECTED_VALUE] == NULL)
    return fail_expected (call, member, "Value must be provided when Exists is %s",
                          fields[HR_EXPECTED_EXISTS] == NULL ? "null" : "true");
  if (!exists && fields[HR_EXPECTED_VALUE] != NULL)
    return fail_expected (call, member, "Value cannot be used when Exists is false", NULL);
  condition->op = exists ? HR_LEGACY_EQ : HR_LEGACY_NULL;
  return TRUE;
}

static gboolean
check_expected (HrApiCall *call, const HrJsonMember *member, HrLegacyCondition *condition)
{
  const HrShape *shape = HR_ELEMENT_EXPECTED.shape;
  HrFields fields;
  int word;

  hr_shape_read (shape, &member->value, fields);
  word = hr_field_get_word (&shape->fields[HR_EXPECTED_OPERATOR], fields[HR_EXPECTED_OPERATOR]);
  if (fields[HR_EXPECTED_VALUES] != NULL && fields[HR_EXPECTED_VALUE] != NULL)
    return fail_expected (call, member, "Value and AttributeValueList cannot be used together", NULL);
  if (word < 0)
    return check_value (call, member, fields, condition);
  if (fields[HR_EXPECTED_EXISTS] != NULL)
    return fail_expected (call, member, "Exists and ComparisonOperator cannot be used together", NULL);

  condition->op = (HrLegacyOperator)word;
  if (condition->op != HR_LEGACY_NULL && condition->op != HR_LEGACY_NOT_NULL &&
      fields[HR_EXPECTED_VALUES] == NULL && fields[HR_EXPECTED_VALUE] == NULL)
    return fail_expected (call, member,
                          "Value or AttributeValueList must be used with ComparisonOperator: %s",
                          HR_LEGACY_OPERATORS[word]);
  return hr_legacy_condition_check (condition, call->arena, call->error);
}

gboolean
hr_call_read_expected (HrApiCall *call, const HrJson *expected, const HrJson *conditional_operator,
                       const HrCondition **result)
{
  Attributes attributes = { NULL, 0 };
  Conditions conditions = { NULL, 0 };

  if (expected != NULL &&
      (!list_attributes (call, expected, &attributes) ||
       !read_conditions (call, &attributes, HR_ELEMENT_EXPECTED.shape, read_expected_values, &conditions)))
    return FALSE;
  if (!check_conditional_operator (call, conditional_operator, conditions.count))
    return FALSE;
  for (guint i = 0; i < conditions.count; i++)
    if (!check_expected (call, attributes.members[i], &conditions.conditions[i]))
      return FALSE;
  if (expected != NULL)
    *result = join (call, &conditions, conditional_operator);
  return TRUE;
}

/* Updates and projections. */

static gboolean
read_update (HrApiCall *call, const HrJsonMember *member, HrLegacyUpdate *update)
{
  const HrShape *shape = HR_ELEMENT_UPDATE.shape;
  HrFields fields;
  HrValue *value;
  int word;

  hr_shape_read (shape, &member->value, fields);
  word = hr_field_get_word (&shape->fields[HR_UPDATE_ACTION], fields[HR_UPDATE_ACTION]);
  *update = (HrLegacyUpdate){ member->name, member->name_length,
                              word < 0 ? HR_LEGACY_PUT : (HrLegacyAction)word, NULL };
  if (fields[HR_UPDATE_VALUE] != NULL)
    {
      value = hr_arena_new0 (call->arena, HrValue);
      update->value = value;
      if (!read_value (call, fields[HR_UPDATE_VALUE], value))
        return FALSE;
    }
  return hr_legacy_update_check (update, call->arena, call->error);
}

gboolean
hr_call_read_attribute_updates (HrApiCall *call, const HrJson *json, const HrUpdate **result)
{
  Attributes attributes;
  HrLegacyUpdate *updates;

  if (json == NULL)
    return TRUE;
  if (!list_attributes (call, json, &attributes))
    return FALSE;
  updates = hr_arena_array (call->arena, HrLegacyUpdate, attributes.count);
  for (guint i = 0; i < attributes.count; i++)
    if (!read_update (call, attributes.members[i], &updates[i]))
      return FALSE;
  *result = hr_update_from_legacy (call->arena, updates, attributes.count);
  return TRUE;
}

gboolean
hr_call_read_attributes_to_get (HrApiCall *call, const HrJson *names, const HrProjection **result)
{
  HrPathStep *steps;

  if (names == NULL)
    return TRUE;
  steps = hr_arena_array (call->arena, HrPathStep, names->length);
  for (guint32 i = 0; i < names->length; i++)
    {
      const HrJson *name = &names->elements[i];

      steps[i] = (HrPathStep){ name->text, name->length, 0 };
      for (guint32 j = 0; j < i; j++)
        if (steps[j].name_length == name->length && memcmp (steps[j].name, name->text, name->length) == 0)
          return hr_call_fail_value (call, INVALID "Duplicate value in attribute name: %.*s",
                                     (int)name->length, name->text);
    }
  *result = hr_projection_new (call->arena, steps, names->length);
  return TRUE;
}
