/*
 * Findings, kept up to date while somebody edits.
 *
 * A little after a change a thread checks a snapshot of the document. Whatever changes meanwhile is for the next round,
 * and what was found before stays until then. What was odd about the form of the file stays, too, until it is saved:
 * then it is written as it should be.
 */
#include "app/session/session-private.h"

/* After the last change of a run of changes; ui/design.md: advice comes 400 ms after typing. */
#define QUIET_MS 400

typedef struct
{
  HrDocument *document; /* a snapshot */
  HrDiagnostics *diagnostics;
  HrSessionWork *work;
  gboolean is_complete;
} CheckWork;

static void
check_work_free (gpointer data)
{
  CheckWork *self = data;

  g_object_unref (self->document);
  hr_diagnostics_free (self->diagnostics);
  hr_session_work_unref (self->work);
  g_free (self);
}

static void
check_document_cb (gpointer data)
{
  CheckWork *self = data;

  self->is_complete = hr_document_check_cancellable (self->document, self->diagnostics, &self->work->progress);
}

void
hr_session_take_findings (HrSession *self, const HrDiagnostics *findings)
{
  HrDiagnostics *all = hr_diagnostics_new ();

  if (self->file_findings != NULL)
    hr_diagnostics_append (all, self->file_findings);
  if (findings != NULL)
    hr_diagnostics_append (all, findings);
  hr_diagnostics_sort (all);
  g_clear_pointer (&self->diagnostics, hr_diagnostics_free);
  self->diagnostics = all;
}

static void
checked_cb (HrSession *self, gpointer data)
{
  CheckWork *check = data;

  if (self->checking != check->work) /* another document is shown */
    return;
  g_clear_pointer (&self->checking, hr_session_work_unref);
  if (!check->is_complete)
    return;
  hr_session_take_findings (self, check->diagnostics);
  hr_session_emit_diagnostics_changed (self);
  if (self->check_wanted)
    hr_session_check_later (self);
}

/* No snapshot within an edit: then there will be another change, or this round comes again. */
static gboolean
check_cb (gpointer user_data)
{
  HrSession *self = user_data;
  HrDocument *snapshot = self->lent == NULL ? hr_document_open_snapshot (self->document, NULL) : NULL;
  CheckWork *data;

  if (snapshot == NULL)
    return G_SOURCE_CONTINUE;
  self->check_timeout = 0;
  self->check_wanted = FALSE;
  data = g_new0 (CheckWork, 1);
  data->document = snapshot;
  data->diagnostics = hr_diagnostics_new ();
  data->work = hr_session_work_new ();
  self->checking = hr_session_work_ref (data->work);
  hr_session_run_in_thread (self, check_document_cb, checked_cb, data, check_work_free);
  return G_SOURCE_REMOVE;
}

void
hr_session_check_later (HrSession *self)
{
  self->check_wanted = TRUE;
  if (self->checking != NULL)
    return;
  g_clear_handle_id (&self->check_timeout, g_source_remove);
  self->check_timeout = g_timeout_add (QUIET_MS, check_cb, self);
}

void
hr_session_cancel_check (HrSession *self)
{
  g_clear_handle_id (&self->check_timeout, g_source_remove);
  if (self->checking != NULL)
    hr_cancel_raise (&self->checking->progress.cancel);
  g_clear_pointer (&self->checking, hr_session_work_unref);
  self->check_wanted = FALSE;
}
