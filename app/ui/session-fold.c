/*
 * Partitions that somebody has folded: how the shown outline looks, and no part of the model. An outline that is made
 * anew (another order, another filter) has none. What is selected, or read by a run, is never hidden in a fold.
 */
#include "app/ui/session-private.h"

#include "model/value/record.h"

void
hr_session_fold_partition (HrSession *self, guint64 position, gboolean folded)
{
  HrOutline *outline = hr_session_get_outline (self);

  g_return_if_fail (HR_IS_SESSION (self));

  if (outline == NULL || !hr_outline_set_folded (outline, position, folded))
    return;
  self->has_folded |= folded;
  hr_session_emit_outline_changed (self);
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
    hr_session_emit_outline_changed (self);
}

void
hr_session_unfold_selected (HrSession *self)
{
  HrOutline *outline = hr_session_get_outline (self);
  g_autoptr (HrArena) arena = NULL;
  guint64 position, number;
  HrRow row;
  HrValue item;

  if (!self->has_folded || !self->has_key || outline == NULL)
    return;
  arena = hr_arena_new ();
  if (hr_engine_get_row (hr_document_get_engine (self->document), self->table, &self->key, arena, &row, NULL)
      && hr_record_decode (row.record, row.record_length, arena, &item)
      && hr_outline_find_row (outline, &item, &position, &number))
    hr_session_fold_partition (self, position, FALSE);
}
