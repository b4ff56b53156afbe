#pragma once

#include "model/expression/condition.h"

G_BEGIN_DECLS

/**
 * HrProjection: the paths of a ProjectionExpression, checked for overlaps. Lives in an arena.
 * Only compiling makes one: applying it relies on @tree.
 */
typedef struct
{
  const HrPath *paths;
  guint n_paths;
  const struct _HrPathTree *tree; /* the same, merged; private */
} HrProjection;

const HrProjection *hr_projection_compile (HrArena *arena, const char *text, gsize length,
                                           HrPlaceholders *placeholders, HrServiceError *error);
/** Of top-level attributes that are named once each, at least one; borrows them. */
const HrProjection *hr_projection_new     (HrArena *arena, const HrPathStep *attributes, guint n_attributes);

/** What the paths name: maps nested as in the item, list elements compacted in index order. */
HrValue hr_projection_apply (const HrProjection *projection, const HrItemView *item, HrArena *arena);

G_END_DECLS
