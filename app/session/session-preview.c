/*
 * What a change would do, found out by doing it.
 *
 * With many items that takes a while, so a thread does it, to a copy of what the document was when somebody asked.
 * There is one preview at a time: who asks for another one, or changes the document, has no use for the one before.
 */
#include "app/session/session-private.h"

#include "model/base/i18n.h"

#define TELL_MS 200

/* How often a row is looked at, about: when it is read, judged, put back and put into an index. */
#define STEPS_A_ROW 4

typedef struct
{
  HrRefactoring *refactoring;
  HrDescribeFunc describe;
  HrDocument *document; /* a snapshot */
  HrSessionWork *work;
  GError *error;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  hr_refactoring_free (self->refactoring);
  g_clear_object (&self->document);
  hr_session_work_unref (self->work);
  g_clear_error (&self->error);
  g_free (self);
}

static void
preview_cb (gpointer data)
{
  Preview *self = data;
  g_autoptr (HrDocument) copy = hr_document_copy (self->document, &self->error);

  g_clear_object (&self->document);
  if (copy == NULL || !hr_progress_goes_on (&self->work->progress))
    return;
  hr_document_set_progress (copy, &self->work->progress);
  hr_refactoring_try (self->refactoring, copy, &self->error);
  hr_document_set_progress (copy, NULL);
}

static void
forget (HrSession *self)
{
  g_clear_pointer (&self->previewing, hr_session_work_unref);
  g_clear_handle_id (&self->preview_timeout, g_source_remove);
}

static void
previewed_cb (HrSession *self, gpointer data)
{
  const Preview *preview = data;
  g_autofree char *text = NULL;

  if (self->previewing != preview->work) /* nobody waits for it any more */
    return;
  forget (self);
  text = preview->error != NULL ? g_strdup (preview->error->message) : preview->describe (preview->refactoring);
  hr_session_emit_preview (self, text);
}

static char *
describe_progress (HrSession *self)
{
  guint percent = (guint)(MAX (0, hr_progress_get_share (&self->previewing->progress)) * 100);

  return g_strdup_printf (_("Counting what changes… %u %%"), MIN (percent, 99));
}

static gboolean
tell_cb (gpointer user_data)
{
  HrSession *self = user_data;
  g_autofree char *text = describe_progress (self);

  hr_session_emit_preview (self, text);
  return G_SOURCE_CONTINUE;
}

gboolean
hr_session_is_previewing (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->previewing != NULL;
}

void
hr_session_cancel_preview (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->previewing == NULL)
    return;
  hr_cancel_raise (&self->previewing->progress.cancel);
  forget (self);
  hr_session_emit_preview (self, NULL);
}

char *
hr_session_start_preview (HrSession *self, HrRefactoring *refactoring, HrDescribeFunc describe, GError **error)
{
  HrDocument *snapshot = hr_document_open_snapshot (self->document, error);
  guint64 n_rows = hr_refactoring_count_rows (refactoring, self->document);
  Preview *preview;

  hr_session_cancel_preview (self);
  if (snapshot == NULL)
    {
      hr_refactoring_free (refactoring);
      return NULL;
    }
  preview = g_new0 (Preview, 1);
  preview->refactoring = refactoring;
  preview->describe = describe;
  preview->document = snapshot;
  preview->work = hr_session_work_new ();
  hr_progress_expect (&preview->work->progress, n_rows, n_rows * STEPS_A_ROW);
  self->previewing = hr_session_work_ref (preview->work);
  self->preview_timeout = g_timeout_add (TELL_MS, tell_cb, self);
  hr_session_run_in_thread (self, preview_cb, previewed_cb, preview, preview_free);
  return describe_progress (self);
}
