/*
 * Legacy conditions and updates as trees.
 *
 * A row says of each comparison operator how many values it takes, of which types, and which operator of the
 * expression language it is. Two have no equal there: NE and NOT_CONTAINS read alike, but an attribute that
 * is not there is NE to everything, while it does not satisfy NOT_CONTAINS. Sources: Developer Guide, "Legacy
 * conditional parameters"; observed.
 */
#include "model/expression/legacy.h"

#include "model/expression/build.h"

#define INVALID "One or more parameter values were invalid: "

#define S HR_TYPE_BIT (HR_TYPE_S)
#define N HR_TYPE_BIT (HR_TYPE_N)
#define B HR_TYPE_BIT (HR_TYPE_B)
#define SETS (HR_TYPE_BIT (HR_TYPE_SS) | HR_TYPE_BIT (HR_TYPE_NS) | HR_TYPE_BIT (HR_TYPE_BS))
#define ANY HR_TYPES_ANY
#define ORDERED (S | N | B)
#define CONTAINED (ORDERED | HR_TYPE_BIT (HR_TYPE_BOOL) | HR_TYPE_BIT (HR_TYPE_NULL))

static const struct
{
  guint min_values;
  guint max_values;
  HrTypeSet types;
  HrOperatorId id;
  gboolean is_indexable;
  HrKeyOperator key;
} operators[] = {
  [HR_LEGACY_IN] = { 1, G_MAXUINT, ORDERED, HR_OPERATOR_IN, FALSE, HR_KEY_EQ },
  [HR_LEGACY_NULL] = { 0, 0, 0, HR_OPERATOR_ATTRIBUTE_NOT_EXISTS, FALSE, HR_KEY_EQ },
  [HR_LEGACY_BETWEEN] = { 2, 2, ORDERED, HR_OPERATOR_BETWEEN, TRUE, HR_KEY_BETWEEN },
  [HR_LEGACY_LT] = { 1, 1, ORDERED, HR_OPERATOR_LT, TRUE, HR_KEY_LT },
  [HR_LEGACY_NOT_CONTAINS] = { 1, 1, CONTAINED, HR_OPERATOR_CONTAINS, FALSE, HR_KEY_EQ },
  [HR_LEGACY_EQ] = { 1, 1, ANY, HR_OPERATOR_EQ, TRUE, HR_KEY_EQ },
  [HR_LEGACY_GT] = { 1, 1, ORDERED, HR_OPERATOR_GT, TRUE, HR_KEY_GT },
  [HR_LEGACY_NOT_NULL] = { 0, 0, 0, HR_OPERATOR_ATTRIBUTE_EXISTS, FALSE, HR_KEY_EQ },
  [HR_LEGACY_NE] = { 1, 1, ANY, HR_OPERATOR_NE, FALSE, HR_KEY_EQ },
  [HR_LEGACY_LE] = { 1, 1, ORDERED, HR_OPERATOR_LE, TRUE, HR_KEY_LE },
  [HR_LEGACY_BEGINS_WITH] = { 1, 1, S | B, HR_OPERATOR_BEGINS_WITH, TRUE, HR_KEY_BEGINS_WITH },
  [HR_LEGACY_GE] = { 1, 1, ORDERED, HR_OPERATOR_GE, TRUE, HR_KEY_GE },
  [HR_LEGACY_CONTAINS] = { 1, 1, CONTAINED, HR_OPERATOR_CONTAINS, FALSE, HR_KEY_EQ },
};

const char *const HR_LEGACY_OPERATORS[] = { "IN",          "NULL", "BETWEEN",  "LT", "NOT_CONTAINS",
                                            "EQ",          "GT",   "NOT_NULL", "NE", "LE",
                                            "BEGINS_WITH", "GE",   "CONTAINS", NULL };

const char *const HR_LEGACY_ACTIONS[] = { "ADD", "DELETE", "PUT", NULL };

/* Conditions. */

gboolean
hr_legacy_condition_check (const HrLegacyCondition *self, HrArena *arena, HrServiceError *error)
{
  const char *word = HR_LEGACY_OPERATORS[self->op];

  if (self->n_values < operators[self->op].min_values || self->n_values > operators[self->op].max_values)
    return hr_service_error_set_value (
        error, arena, INVALID "Invalid number of argument(s) for the %s ComparisonOperator", word);
  for (guint i = 1; i < self->n_values; i++)
    if (self->values[i].type != self->values[0].type)
      return hr_service_error_set_value (
          error, arena, INVALID "AttributeValues inside AttributeValueList must be of same type");
  if (self->n_values > 0 && (operators[self->op].types & HR_TYPE_BIT (self->values[0].type)) == 0)
    return hr_service_error_set_value (
        error, arena, INVALID "ComparisonOperator %s is not valid for %s AttributeValue type", word,
        hr_type_get_name ((HrType)self->values[0].type));
  return self->op != HR_LEGACY_BETWEEN || hr_value_compare (&self->values[0], &self->values[1]) <= 0 ||
         hr_service_error_set_value (error, arena,
                                     "The BETWEEN condition was provided a range where the lower bound is "
                                     "greater than the upper bound");
}

static HrNode *
make_test (HrArena *arena, const HrLegacyCondition *self)
{
  HrNode **operands = hr_arena_array (arena, HrNode *, self->n_values + 1);

  operands[0] = hr_node_new_attribute (arena, self->name, self->name_length);
  for (guint i = 0; i < self->n_values; i++)
    operands[i + 1] = hr_node_new_value (arena, &self->values[i]);
  return hr_node_new_operation (arena, operators[self->op].id, operands, self->n_values + 1);
}

static HrNode *
make_condition (HrArena *arena, const HrLegacyCondition *self)
{
  HrNode *test = make_test (arena, self);
  HrNode *both[2];

  if (self->op != HR_LEGACY_NOT_CONTAINS)
    return test;
  both[0] = hr_node_new_operation (arena, HR_OPERATOR_ATTRIBUTE_EXISTS, test->operation.operands, 1);
  both[1] = hr_node_new_operation (arena, HR_OPERATOR_NOT, &test, 1);
  return hr_node_new_operation (arena, HR_OPERATOR_AND, both, G_N_ELEMENTS (both));
}

const HrCondition *
hr_condition_from_legacy (HrArena *arena, const HrLegacyCondition *conditions, guint n_conditions,
                          gboolean any)
{
  HrNode **nodes = hr_arena_array (arena, HrNode *, n_conditions);

  if (n_conditions == 0)
    return NULL;
  for (guint i = 0; i < n_conditions; i++)
    nodes[i] = make_condition (arena, &conditions[i]);
  if (n_conditions == 1)
    return hr_condition_new (arena, nodes[0]);
  return hr_condition_new (
      arena, hr_node_new_operation (arena, any ? HR_OPERATOR_OR : HR_OPERATOR_AND, nodes, n_conditions));
}

const HrKeyCondition *
hr_key_condition_from_legacy (HrArena *arena, const HrLegacyCondition *conditions, guint n_conditions)
{
  HrKeyCondition *condition = hr_arena_new0 (arena, HrKeyCondition);
  HrKeyClause *clauses = hr_arena_array (arena, HrKeyClause, n_conditions);

  for (guint i = 0; i < n_conditions; i++)
    {
      const HrLegacyCondition *self = &conditions[i];

      clauses[i] = (HrKeyClause){ .name = self->name,
                                  .name_length = self->name_length,
                                  .op = operators[self->op].key,
                                  .is_unindexable = !operators[self->op].is_indexable,
                                  .value = self->n_values > 0 ? self->values[0] : hr_value_null (),
                                  .range = HR_RANGE_NONE };
      if (clauses[i].op == HR_KEY_BETWEEN)
        clauses[i].upper = self->values[1];
    }
  condition->clauses = clauses;
  condition->n_clauses = n_conditions;
  return condition;
}

/* Updates. */

gboolean
hr_legacy_update_check (const HrLegacyUpdate *self, HrArena *arena, HrServiceError *error)
{
  HrType type;

  if (self->value == NULL)
    return self->action == HR_LEGACY_DELETE ||
           hr_service_error_set_value (
               error, arena, INVALID "Only DELETE action is allowed when no attribute value is specified");
  type = (HrType)self->value->type;
  if (self->action == HR_LEGACY_DELETE && (HR_TYPE_BIT (type) & SETS) == 0)
    return hr_service_error_set_value (error, arena,
                                       INVALID "DELETE action with value is not supported for the type %s",
                                       hr_type_get_name (type));
  if (self->action == HR_LEGACY_ADD && (HR_TYPE_BIT (type) & (N | HR_TYPE_BIT (HR_TYPE_L) | SETS)) == 0)
    return hr_service_error_set_value (error, arena, INVALID "ADD action is not supported for the type %s",
                                       hr_type_get_name (type));
  return TRUE;
}

static HrSection
get_section (const HrLegacyUpdate *self)
{
  switch (self->action)
    {
    case HR_LEGACY_ADD:
      return HR_SECTION_ADD;
    case HR_LEGACY_DELETE:
      return self->value != NULL ? HR_SECTION_DELETE : HR_SECTION_REMOVE;
    case HR_LEGACY_PUT:
      break;
    }
  return HR_SECTION_SET;
}

const HrUpdate *
hr_update_from_legacy (HrArena *arena, const HrLegacyUpdate *updates, guint n_updates)
{
  HrAction *actions = hr_arena_array (arena, HrAction, n_updates);

  if (n_updates == 0)
    return NULL;
  for (guint i = 0; i < n_updates; i++)
    actions[i] =
        (HrAction){ .section = get_section (&updates[i]),
                    .path = hr_node_new_attribute (arena, updates[i].name, updates[i].name_length),
                    .value = updates[i].value != NULL ? hr_node_new_value (arena, updates[i].value) : NULL };
  return hr_update_new (arena, actions, n_updates, HR_UPDATE_OF_ATTRIBUTES);
}
