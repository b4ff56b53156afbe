#pragma once

#include "model/base/arena.h"
#include "model/engine/key-codec.h"
#include "model/expression/key-condition.h"

G_BEGIN_DECLS

/** HrPartiqlSpan: the values of one attribute that a clause lets through. */
typedef struct
{
  HrValue lower;
  HrValue upper;
  gboolean has_lower;
  gboolean has_upper;
  gboolean includes_lower;
  gboolean includes_upper;
} HrPartiqlSpan;

/** @clause NULL: all values. */
void hr_partiql_span_init    (HrPartiqlSpan *self, const HrKeyClause *clause, HrArena *arena);
/** -1 when all of @a come before all of @b, 1 the other way round, 0 when the spans have values in common. */
int  hr_partiql_span_compare (const HrPartiqlSpan *a, const HrPartiqlSpan *b);

G_END_DECLS
