/*
 * Partitions that somebody has folded: how the shown outline looks, and no part of the model. An outline that is made
 * anew (another order, another filter) has none. What is selected, or read by a run, is never hidden in a fold.
 */
#include "app/session/session-private.h"

/* Rows have other numbers now. */
static void
emit_folded (HrSession *self)
{
  gboolean had_rows = hr_session_forget_rows (self);

  hr_session_emit_outline_changed (self);
  if (had_rows)
    hr_session_emit_selection_changed (self);
}

void
hr_session_fold_partition (HrSession *self, guint64 position, gboolean folded)
{
  HrOutline *outline = hr_session_get_outline (self);

  g_return_if_fail (HR_IS_SESSION (self));

  if (outline == NULL || !hr_outline_set_folded (outline, position, folded))
    return;
  self->has_folded |= folded;
  emit_folded (self);
}

void
hr_session_unfold_all (HrSession *self)
{
  HrOutline *outline = hr_session_get_outline (self);
  HrPartition partition;
  gboolean changed = FALSE;

  g_return_if_fail (HR_IS_SESSION (self));

  if (!self->has_folded)
    return;
  self->has_folded = FALSE;
  for (guint64 i = 0; outline != NULL && hr_outline_get_partition (outline, i, &partition); i++)
    changed |= hr_outline_set_folded (outline, i, FALSE);
  if (changed)
    emit_folded (self);
}

void
hr_session_unfold_selected (HrSession *self)
{
  guint64 position, row;

  if (self->has_folded && self->has_key && hr_session_locate_item (self, &self->key, &position, &row))
    hr_session_fold_partition (self, position, FALSE);
}
