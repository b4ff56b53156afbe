#pragma once

#include "model/document/runner.h"

G_BEGIN_DECLS

/* Two runs side by side: of one pattern at two times or with other values, or of two patterns. */

typedef enum
{
  HR_RUN_ONLY_FIRST,
  HR_RUN_ONLY_SECOND,
  HR_RUN_CHANGED, /* in both, with other attributes */
} HrRunDifferenceKind;

typedef struct
{
  HrRunDifferenceKind kind;
  const char *key; /* of the item: compact typed JSON, borrowed from a run */
} HrRunDifference;

/** HrRunComparison: what the answers have in common. Items are told apart by their keys. */
typedef struct
{
  GArray *differences;     /* HrRunDifference: those of the first run in its order, then those of the second */
  guint64 n_only_first, n_only_second, n_changed;
  guint64 n_same;
  gboolean is_other_order; /* of the items in both */
  gboolean is_incomplete;  /* items came without their keys: they are only counted */
} HrRunComparison;

/** Both must outlive the comparison. hr_run_comparison_free() */
HrRunComparison *hr_run_compare         (const HrPatternRun *first, const HrPatternRun *second);
void             hr_run_comparison_free (HrRunComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrRunComparison, hr_run_comparison_free)

G_END_DECLS
