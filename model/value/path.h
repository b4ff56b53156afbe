#pragma once

#include "model/value/record.h"

G_BEGIN_DECLS

/** HrPathStep: a map member by name, or a list element by index when name is NULL. */
typedef struct
{
  const char *name; /* not terminated */
  guint32 name_length;
  guint32 index;
} HrPathStep;

/** HrPath: a document path such as `a.b[3]`: at least one step, the first by name. Borrowed from an arena. */
typedef struct
{
  const HrPathStep *steps;
  guint n_steps;
} HrPath;

/** TRUE and the value that the path names in the item; scratch memory from @arena. */
gboolean hr_path_lookup   (const HrPath *path, const HrItemView *view, HrArena *arena, HrValue *value);
/** How two paths relate. CONFLICT: one takes a member where the other takes an element. */
typedef enum
{
  HR_PATHS_DISTINCT,
  HR_PATHS_OVERLAP, /* equal, or one leads to a part of the other */
  HR_PATHS_CONFLICT,
} HrPathRelation;
HrPathRelation hr_path_relate (const HrPath *a, const HrPath *b);
gboolean hr_path_equal    (const HrPath *a, const HrPath *b);
/** As messages print it: `[a, b, [3]]`. */
char    *hr_path_describe (const HrPath *path, HrArena *arena);

G_END_DECLS
