#pragma once

#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/**
 * HrPlan: how a page is read: one range of one tree, in one direction.
 */
typedef struct
{
  HrStoredTable *table;
  HrStoredIndex *index;      /* or NULL */
  const HrKeyLayout *layout; /* of the tree that is read */
  HrTree *tree;
  HrKeyRange range;          /* start key included; in the call's arena */
  gboolean fetches;          /* the table's items, of what a local index returns */
  gboolean is_count;
} HrPlan;

/** FALSE with the service's error when the request is none for this table. */
gboolean hr_plan_init (HrPlan *plan, HrEngine *engine, const HrPageRequest *request, HrArena *arena,
                       HrServiceError *error);

G_END_DECLS
