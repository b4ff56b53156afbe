#pragma once

#include "model/partiql/partiql-private.h"

#include "model/engine/key-codec.h"

G_BEGIN_DECLS

/** HrPartiqlRead: one request to the engine out of those that a SELECT is taken apart into. */
typedef struct
{
  HrPartiqlAccess access;
  HrValue key;              /* of GET */
  HrKeyCondition condition; /* of QUERY */
  HrNode *filter;           /* or NULL; none of GET */
} HrPartiqlRead;

typedef struct
{
  const HrIndex *index; /* or NULL */
  HrKeyLayout layout;   /* of what is read */
  HrPartiqlRead *reads; /* in the order in which their items come */
  guint n_reads;
  gboolean backward;
} HrPartiqlPlan;

/** @is_lenient: a key of another type is left to the engine when there is only one read. */
gboolean hr_partiql_plan_init (HrPartiqlPlan *plan, const HrPartiql *statement, const HrTable *table,
                               gboolean is_lenient, HrArena *arena, HrServiceError *error);
/** plan-order.c: ORDER BY, after the reads are known. */
gboolean hr_partiql_plan_order (HrPartiqlPlan *plan, const HrPartiql *statement, HrArena *arena,
                                HrServiceError *error);
/** The first clause of the condition that is about part @position, or NULL. */
const HrKeyClause *hr_partiql_read_find_clause (const HrPartiqlRead *read, const HrPartiqlPlan *plan,
                                                guint position);
/** Whether both read partitions of the same key. */
gboolean hr_partiql_reads_share_partition (const HrPartiqlPlan *plan, const HrPartiqlRead *a,
                                           const HrPartiqlRead *b);
/** How their ranges of sort keys lie; 0: they overlap. */
int hr_partiql_reads_compare_ranges (const HrPartiqlPlan *plan, const HrPartiqlRead *a, const HrPartiqlRead *b,
                                     HrArena *arena);

G_END_DECLS
