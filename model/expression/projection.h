#pragma once

#include "model/expression/condition.h"

G_BEGIN_DECLS

/** HrColumn: what a statement calls the value at the end of a path. */
typedef struct
{
  const char *name; /* not terminated */
  guint32 name_length;
  guint path; /* which of the projection's */
} HrColumn;

/**
 * HrProjection: the paths of a ProjectionExpression, checked for overlaps, or those of a SELECT. Lives in an arena.
 * Only compiling and building (build.h) make one: applying it relies on @tree or @columns.
 */
typedef struct
{
  const HrPath *paths;
  guint n_paths;
  const struct _HrPathTree *tree; /* the same, merged; private */
  const HrColumn *columns;        /* of a SELECT: one a path, sorted by name; else NULL */
} HrProjection;

const HrProjection *hr_projection_compile (HrArena *arena, const char *text, gsize length,
                                           HrPlaceholders *placeholders, HrServiceError *error);
/** Of top-level attributes that are named once each, at least one; borrows them. */
const HrProjection *hr_projection_new     (HrArena *arena, const HrPathStep *attributes, guint n_attributes);

/** What the paths name: maps nested as in the item, list elements compacted in index order; or flat, by columns. */
HrValue hr_projection_apply (const HrProjection *projection, const HrItemView *item, HrArena *arena);

G_END_DECLS
