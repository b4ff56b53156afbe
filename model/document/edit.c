/*
 * Edits: what happens between begin and commit, as one step.
 *
 * An edit runs on a savepoint of the engine. The writes of write.c note what they did, so that cancelling rolls the
 * engine back and walks the notes backwards for what is in memory. Nobody is told anything before the commit.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

gboolean
hr_document_begin_edit (HrDocument *self, const char *name, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && name != NULL, FALSE);

  if (self->edit != NULL || self->is_loading)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("“%s” cannot begin: an edit is still open."), name);
      return FALSE;
    }
  if (self->is_snapshot)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY,
                           _ ("Another change is being made. Wait until it is done, or cancel it."));
      return FALSE;
    }
  if (!hr_engine_begin (self->engine, error))
    return FALSE;

  self->edit = hr_undo_step_new (name);
  self->edit->next_before = hr_document_save_next_ordinals (self);
  self->is_broken = FALSE;
  g_hash_table_remove_all (self->freed);
  return TRUE;
}

gboolean
hr_document_require_edit (HrDocument *self, GError **error)
{
  if (self->edit == NULL)
    g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Changes need an open edit."));
  else if (self->is_broken)
    g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("“%s” has failed and can only be cancelled."),
                 self->edit->name);
  else
    return TRUE;
  return FALSE;
}

gboolean
hr_document_fail_store (HrDocument *self)
{
  self->is_broken = TRUE;
  return FALSE;
}

gboolean
hr_document_step (HrDocument *self, GError **error)
{
  if (hr_progress_step (self->progress))
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_CANCELLED, _ ("The change was called off."));
  return hr_document_fail_store (self);
}

/* The part in memory of an edit that the engine has taken back. */
static void
drop_edit (HrDocument *self)
{
  HrUndoStep *edit = g_steal_pointer (&self->edit);

  for (guint i = edit->changes->len; i > 0; i--)
    hr_change_apply_in_memory (self, &g_array_index (edit->changes, HrChange, i - 1), FALSE);
  hr_undo_step_free (edit);
}

void
hr_document_cancel_edit (HrDocument *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HR_IS_DOCUMENT (self) && self->capture == NULL);

  if (self->edit == NULL)
    return;
  if (!hr_engine_rollback (self->engine, &error))
    g_warning ("An edit could not be taken back: %s", error->message);
  drop_edit (self);
}

/* An edit without changes may have moved the next ordinals (an item came and went); that is no step either. */
static gboolean
prepare_commit (HrDocument *self, GError **error)
{
  if (!hr_document_require_edit (self, error) || !hr_document_settle_drafts (self, error))
    return FALSE;
  if (self->edit->changes->len == 0)
    hr_document_load_next_ordinals (self, self->edit->next_before);
  return hr_document_keep_step (self, self->edit, TRUE, error);
}

static gboolean
commit (HrDocument *self, gboolean is_merged, GError **error)
{
  HrAnnouncement *announcement;
  HrUndoStep *edit;

  if (!prepare_commit (self, error))
    {
      hr_document_cancel_edit (self);
      return FALSE;
    }
  if (!hr_engine_commit (self->engine, error)) /* which has rolled back */
    {
      drop_edit (self);
      return FALSE;
    }

  edit = g_steal_pointer (&self->edit);
  if (edit->changes->len == 0)
    {
      hr_undo_step_free (edit);
      return TRUE;
    }
  edit->next_after = hr_document_save_next_ordinals (self);
  announcement = hr_announcement_new (edit, HR_DOCUMENT_EDITED);
  if (!is_merged || !hr_document_merge_step (self, edit))
    hr_document_push_step (self, edit);
  hr_document_keep_state (self);
  hr_announcement_send (announcement, self);
  return TRUE;
}

gboolean
hr_document_commit_edit (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && self->capture == NULL, FALSE);

  return commit (self, FALSE, error);
}

gboolean
hr_document_commit_edit_merged (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && self->capture == NULL, FALSE);

  return commit (self, TRUE, error);
}
