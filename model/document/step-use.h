#pragma once

#include "model/schema/model.h"

G_BEGIN_DECLS

/** How a request uses a table or an index. */
typedef enum
{
  HR_USE_NONE,
  HR_USE_READ,  /* GetItem, Query and the like: by key */
  HR_USE_SCAN,  /* reads all of it */
  HR_USE_WRITE, /* of an index: written along with the table */
} HrUse;

/** HrStepUse: one thing that a step does, by the names in its request, whether the model has them or not. */
typedef struct
{
  const char *table;
  const char *index; /* or NULL: the table itself */
  HrUse use;
} HrStepUse;

/**
 * hr_step_list_uses:
 * @model: (nullable): its keys tell whether a PartiQL statement asks for partitions or for everything; without one
 *   everything is read by key
 * @arena: for the names
 *
 * Told from the request alone, in its order and each once: also of batches, transactions and PartiQL statements. What
 * is no request uses nothing. g_array_unref().
 */
GArray *hr_step_list_uses (const HrStep *step, const HrModel *model, HrArena *arena);

G_END_DECLS
