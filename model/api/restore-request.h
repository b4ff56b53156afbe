#pragma once

#include "model/api/table-request.h"
#include "model/api/table-shapes.h"

G_BEGIN_DECLS

/*
 * What a request to restore a table says about the new one. Private to model/api.
 */

/** Places of the overrides among the rows of a request, from the first one on. */
enum
{
  HR_OVERRIDE_BILLING,
  HR_OVERRIDE_GLOBAL,
  HR_OVERRIDE_LOCAL,
  HR_OVERRIDE_UNITS,
  HR_OVERRIDE_ON_DEMAND,
  HR_OVERRIDE_SSE,
};

/** The new table by what it is made of and by @overrides, which have passed the checks of shapes. NULL with an
 *  error. */
HrTable *hr_restore_make_target (const HrTable *source, const char *name, const HrJson *const *overrides,
                                 HrArena *arena, HrServiceError *error);

G_END_DECLS
