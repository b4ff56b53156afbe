/*
 * Editing through the session: edits with a name, typing that becomes one step, and undo that shows what it did.
 *
 * An edit continues the one before when it is about the same field, follows within a second, and nothing else has
 * changed the document in between.
 */
#include "app/session/session-private.h"

#include <string.h>

#include "model/exchange/native.h"

/* Source: ui/design.md, "Undo". */
#define TYPING_US G_USEC_PER_SEC

gboolean
hr_session_begin_edit (HrSession *self, const HrEdit *edit, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self) && edit != NULL && edit->name != NULL, FALSE);

  return hr_session_check_ready (self, error) && hr_document_begin_edit (self->document, edit->name, error);
}

static gboolean
continues_typing (HrSession *self, const HrEdit *edit)
{
  return edit->field != NULL && g_strcmp0 (edit->field, self->typed_field) == 0
         && self->typed_generation == self->generation
         && g_get_monotonic_time () - self->typed_at <= TYPING_US;
}

static void
note_typing (HrSession *self, const HrEdit *edit)
{
  char *field = g_strdup (edit->field);

  g_free (self->typed_field);
  self->typed_field = field;
  self->typed_at = g_get_monotonic_time ();
  self->typed_generation = self->generation;
}

void
hr_session_end_typing (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  g_clear_pointer (&self->typed_field, g_free);
}

gboolean
hr_session_commit_edit (HrSession *self, const HrEdit *edit, GError **error)
{
  guint64 generation;
  gboolean done;

  g_return_val_if_fail (HR_IS_SESSION (self) && edit != NULL && self->document != NULL, FALSE);

  /* who follows the change may close the window */
  g_object_ref (self);
  generation = self->generation;
  done = continues_typing (self, edit) ? hr_document_commit_edit_merged (self->document, error)
                                       : hr_document_commit_edit (self->document, error);
  if (done)
    note_typing (self, edit);
  if (done && edit->toast != NULL && self->generation != generation)
    hr_session_emit_toast (self, edit->toast, TRUE);
  g_object_unref (self);
  return done;
}

void
hr_session_cancel_edit (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->document != NULL)
    hr_document_cancel_edit (self->document);
}

gboolean
hr_session_edit (HrSession *self, const HrEdit *edit, HrEditFunc func, gpointer user_data, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self) && edit != NULL && func != NULL, FALSE);

  if (!hr_session_begin_edit (self, edit, error))
    return FALSE;
  if (!func (self->document, user_data, error))
    {
      hr_session_cancel_edit (self);
      return FALSE;
    }
  return hr_session_commit_edit (self, edit, error);
}

typedef struct
{
  HrEditModelFunc func;
  gpointer user_data;
} ModelEdit;

static gboolean
is_same (const HrModel *a, const HrModel *b)
{
  g_auto (HrBuffer) left = HR_BUFFER_INIT;
  g_auto (HrBuffer) right = HR_BUFFER_INIT;

  hr_native_write_model (a, &left);
  hr_native_write_model (b, &right);
  return left.length == right.length && memcmp (left.data, right.data, left.length) == 0;
}

static gboolean
edit_model_cb (HrDocument *document, gpointer user_data, GError **error)
{
  const ModelEdit *edit = user_data;
  HrModel *present = hr_document_get_model (document);
  g_autoptr (HrModel) model = hr_model_copy (present);

  return edit->func (model, edit->user_data, error)
         && (is_same (model, present) || hr_document_set_model (document, model, error));
}

gboolean
hr_session_edit_model (HrSession *self, const HrEdit *edit, HrEditModelFunc func, gpointer user_data, GError **error)
{
  ModelEdit model_edit = { func, user_data };

  g_return_val_if_fail (func != NULL, FALSE);

  return hr_session_edit (self, edit, edit_model_cb, &model_edit, error);
}

static gboolean
undo_cb (HrDocument *document, gpointer data, GError **error)
{
  return hr_document_undo (document, error);
}

static gboolean
redo_cb (HrDocument *document, gpointer data, GError **error)
{
  return hr_document_redo (document, error);
}

/* @name: NULL: there is no such step, which the document says. */
static gboolean
change_back (HrSession *self, const char *name, guint64 n_rows, HrChangeFunc func, GError **error)
{
  const HrSessionChange change = { .name = name, .n_rows = n_rows, .func = func };

  return hr_session_change (self, &change, error);
}

gboolean
hr_session_undo (HrSession *self, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return hr_session_check_ready (self, error) &&
         change_back (self, hr_document_get_undo_name (self->document),
                      hr_document_count_undo (self->document), undo_cb, error);
}

gboolean
hr_session_redo (HrSession *self, GError **error)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return hr_session_check_ready (self, error) &&
         change_back (self, hr_document_get_redo_name (self->document),
                      hr_document_count_redo (self->document), redo_cb, error);
}
