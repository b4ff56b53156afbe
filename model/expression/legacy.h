#pragma once

#include "model/expression/key-condition.h"
#include "model/expression/update.h"

G_BEGIN_DECLS

/*
 * The interface before expressions: conditions that name an attribute, an operator and values, and updates that
 * name an attribute and an action. They become the same compiled trees as expressions. Names are attributes,
 * never paths, and no word is reserved.
 */

/** ComparisonOperator; also the index of its word. */
typedef enum
{
  HR_LEGACY_IN,
  HR_LEGACY_NULL,
  HR_LEGACY_BETWEEN,
  HR_LEGACY_LT,
  HR_LEGACY_NOT_CONTAINS,
  HR_LEGACY_EQ,
  HR_LEGACY_GT,
  HR_LEGACY_NOT_NULL,
  HR_LEGACY_NE,
  HR_LEGACY_LE,
  HR_LEGACY_BEGINS_WITH,
  HR_LEGACY_GE,
  HR_LEGACY_CONTAINS,
} HrLegacyOperator;

/** The words, NULL-terminated, in the order that the service's messages list. Source: observed. */
extern const char *const HR_LEGACY_OPERATORS[];

typedef struct
{
  const char *name; /* of the attribute, not terminated */
  guint32 name_length;
  HrLegacyOperator op;
  const HrValue *values;
  guint n_values;
} HrLegacyCondition;

/** Number, types and order of the values; FALSE with the service's ValidationException. */
gboolean hr_legacy_condition_check (const HrLegacyCondition *self, HrArena *arena, HrServiceError *error);

/** All of them, or with @any one of them, must hold. Of checked ones; NULL when there are none. */
const HrCondition    *hr_condition_from_legacy     (HrArena *arena, const HrLegacyCondition *conditions,
                                                    guint n_conditions, gboolean any);
/** Operators that no key can have are marked, and refused once the table is known. */
const HrKeyCondition *hr_key_condition_from_legacy (HrArena *arena, const HrLegacyCondition *conditions,
                                                    guint n_conditions);

/** Action of AttributeUpdates; also the index of its word. */
typedef enum
{
  HR_LEGACY_ADD,
  HR_LEGACY_DELETE,
  HR_LEGACY_PUT,
} HrLegacyAction;

extern const char *const HR_LEGACY_ACTIONS[];

typedef struct
{
  const char *name; /* of the attribute, not terminated */
  guint32 name_length;
  HrLegacyAction action;
  const HrValue *value; /* NULL: DELETE removes the attribute */
} HrLegacyUpdate;

/** Whether the action can have this value, or none; FALSE with the service's ValidationException. */
gboolean hr_legacy_update_check (const HrLegacyUpdate *self, HrArena *arena, HrServiceError *error);

/** Of checked ones for different attributes; NULL when there are none. */
const HrUpdate *hr_update_from_legacy (HrArena *arena, const HrLegacyUpdate *updates, guint n_updates);

G_END_DECLS
