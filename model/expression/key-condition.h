#pragma once

#include "model/expression/condition.h"

G_BEGIN_DECLS

typedef struct _HrNode HrNode; /* model/expression/tree.h */

typedef enum
{
  HR_KEY_EQ,
  HR_KEY_LT,
  HR_KEY_LE,
  HR_KEY_GT,
  HR_KEY_GE,
  HR_KEY_BETWEEN,
  HR_KEY_BEGINS_WITH,
} HrKeyOperator;

typedef struct
{
  const char *name; /* attribute, not terminated */
  guint32 name_length;
  HrKeyOperator op;
  gboolean is_unindexable; /* of the legacy interface: an operator that no key can have; @op says nothing */
  HrValue value;
  HrValue upper; /* of BETWEEN */
  HrRange range; /* in the text */
} HrKeyClause;

/**
 * HrKeyCondition: the conjunction of a KeyConditionExpression, clauses in written order.
 * Values stand at the right (the checker turns `:v < sk` round). Which attributes are keys is the
 * planner's business; what no schema could accept (OR, NOT, <>, nested paths, functions other than
 * begins_with) is refused here. Lives in an arena.
 */
typedef struct
{
  const HrKeyClause *clauses;
  guint n_clauses;
} HrKeyCondition;

/** The operator that a key condition calls this operation; @is_turned: with its operands the other way round. FALSE: no
 *  key condition can be it. */
gboolean hr_key_operator_find (const HrNode *node, gboolean is_turned, HrKeyOperator *op);

const HrKeyCondition *hr_key_condition_compile (HrArena *arena, const char *text, gsize length,
                                                HrPlaceholders *placeholders, HrServiceError *error);

/**
 * HrKeyConditionTree: the same after the first of two steps: parsed and checked as any condition is, before its form is
 * looked at. A request has the rest of its expressions checked in between. Lives in an arena.
 */
typedef struct _HrKeyConditionTree HrKeyConditionTree;

/** @error is kept for the second step. */
HrKeyConditionTree   *hr_key_condition_parse (HrArena *arena, const char *text, gsize length,
                                              HrPlaceholders *placeholders, HrServiceError *error);
const HrKeyCondition *hr_key_condition_read  (HrKeyConditionTree *tree);

G_END_DECLS
