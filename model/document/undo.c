/*
 * Undo: steps of changes, applied backwards and forwards.
 *
 * The engine's part of a step runs first, on a savepoint; only when all of it has succeeded does the part in memory
 * follow, which cannot fail. So a document is never half a step away from where it was.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

/* Changes in steps that are freed on the spot: a fraction of a millisecond. */
#define DROPPED_AT_ONCE 1000

static void
change_clear (gpointer data)
{
  HrChange *change = data;

  g_clear_pointer (&change->table, g_ref_string_release);
  switch (change->kind)
    {
    case HR_CHANGE_ROW:
      hr_row_image_clear (&change->row.before);
      hr_row_image_clear (&change->row.after);
      break;
    case HR_CHANGE_DRAFT:
      hr_draft_entry_unref (change->draft.before);
      hr_draft_entry_unref (change->draft.after);
      break;
    case HR_CHANGE_MODEL:
      hr_model_unref (change->model.before);
      hr_model_unref (change->model.after);
      break;
    }
}

HrUndoStep *
hr_undo_step_new (const char *name)
{
  HrUndoStep *self = g_new0 (HrUndoStep, 1);

  self->name = g_strdup (name);
  self->changes = g_array_new (FALSE, FALSE, sizeof (HrChange));
  g_array_set_clear_func (self->changes, change_clear);
  return self;
}

void
hr_undo_step_free (HrUndoStep *self)
{
  g_free (self->name);
  g_array_unref (self->changes);
  g_clear_pointer (&self->next_before, g_array_unref);
  g_clear_pointer (&self->next_after, g_array_unref);
  g_free (self);
}

static gpointer
free_steps (gpointer steps)
{
  g_ptr_array_unref (steps);
  return NULL;
}

/* Steps that cannot be redone any more. Whoever types a letter does not wait until a million old rows are forgotten: a
 * thread does that, for nobody else knows them. */
static void
drop_undone (HrDocument *self)
{
  GPtrArray *dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_undo_step_free);
  GThread *thread = NULL;
  guint n_changes = 0;

  while (self->steps->len > self->n_done)
    {
      HrUndoStep *step = g_ptr_array_steal_index (self->steps, self->steps->len - 1);

      n_changes += step->changes->len;
      g_ptr_array_add (dropped, step);
    }
  if (n_changes > DROPPED_AT_ONCE)
    thread = g_thread_try_new ("forget", free_steps, dropped, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    g_ptr_array_unref (dropped);
}

void
hr_document_push_step (HrDocument *self, HrUndoStep *step)
{
  if (self->saved_at != G_MAXUINT && self->saved_at > self->n_done)
    self->saved_at = G_MAXUINT;
  drop_undone (self);
  g_ptr_array_add (self->steps, step);
  self->n_done++;
}

const HrChange *
hr_undo_step_get_change (const HrUndoStep *step, guint i, gboolean forward)
{
  return &g_array_index (step->changes, HrChange, forward ? i : step->changes->len - 1 - i);
}

static gboolean
step_apply_in_engine (HrDocument *self, const HrUndoStep *step, gboolean forward, GError **error)
{
  for (guint i = 0; i < step->changes->len; i++)
    if (!hr_document_step (self, error) ||
        !hr_change_apply_in_engine (self, hr_undo_step_get_change (step, i, forward), forward, error))
      return FALSE;
  hr_document_load_next_ordinals (self, forward ? step->next_after : step->next_before);
  return hr_document_keep_step (self, step, forward, error);
}

static gboolean
step_apply (HrDocument *self, const HrUndoStep *step, gboolean forward, GError **error)
{
  if (!hr_engine_begin (self->engine, error))
    return FALSE;
  if (!step_apply_in_engine (self, step, forward, error))
    {
      hr_engine_rollback (self->engine, NULL);
      return FALSE;
    }
  if (!hr_engine_commit (self->engine, error)) /* which has rolled back */
    return FALSE;

  for (guint i = 0; i < step->changes->len; i++)
    hr_change_apply_in_memory (self, hr_undo_step_get_change (step, i, forward), forward);
  self->n_done = forward ? self->n_done + 1 : self->n_done - 1;
  hr_document_keep_state (self);
  hr_announcement_send (hr_announcement_new (step, forward ? HR_DOCUMENT_REDONE : HR_DOCUMENT_UNDONE), self);
  return TRUE;
}

static gboolean
refuse (HrDocument *self, const char *message, GError **error)
{
  g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                       self->edit != NULL || self->is_loading ? _("An edit is still open.") : message);
  return FALSE;
}

gboolean
hr_document_can_undo (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  return self->n_done > 0 && self->edit == NULL && !self->is_loading;
}

gboolean
hr_document_can_redo (HrDocument *self)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  return self->n_done < self->steps->len && self->edit == NULL && !self->is_loading;
}

const char *
hr_document_get_undo_name (HrDocument *self)
{
  if (!hr_document_can_undo (self))
    return NULL;
  return ((HrUndoStep *) g_ptr_array_index (self->steps, self->n_done - 1))->name;
}

const char *
hr_document_get_redo_name (HrDocument *self)
{
  if (!hr_document_can_redo (self))
    return NULL;
  return ((HrUndoStep *) g_ptr_array_index (self->steps, self->n_done))->name;
}

static guint64
count_step (HrDocument *self, const HrUndoStep *step)
{
  guint64 n_rows = step->changes->len;

  for (guint i = 0; i < step->changes->len; i++)
    {
      const HrChange *change = &g_array_index (step->changes, HrChange, i);

      if (change->kind == HR_CHANGE_MODEL)
        n_rows += hr_document_count_rebuild (self, change->model.before, change->model.after);
    }
  return n_rows;
}

guint64
hr_document_count_undo (HrDocument *self)
{
  return hr_document_can_undo (self) ? count_step (self, g_ptr_array_index (self->steps, self->n_done - 1))
                                     : 0;
}

guint64
hr_document_count_redo (HrDocument *self)
{
  return hr_document_can_redo (self) ? count_step (self, g_ptr_array_index (self->steps, self->n_done)) : 0;
}

gboolean
hr_document_undo (HrDocument *self, GError **error)
{
  if (!hr_document_can_undo (self))
    return refuse (self, _("There is nothing to undo."), error);
  return step_apply (self, g_ptr_array_index (self->steps, self->n_done - 1), FALSE, error);
}

gboolean
hr_document_redo (HrDocument *self, GError **error)
{
  if (!hr_document_can_redo (self))
    return refuse (self, _("There is nothing to redo."), error);
  return step_apply (self, g_ptr_array_index (self->steps, self->n_done), TRUE, error);
}
