/*
 * The document of the session: what is known of it, and one taking the place of another, with everything that
 * belonged to the one before.
 */
#include "app/session/session-private.h"

#include <string.h>

#include "app/session/recovery.h"
#include "model/base/i18n.h"

HrDocument *
hr_session_get_document (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->document;
}

const char *
hr_session_get_path (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->path;
}

char *
hr_session_dup_title (HrSession *self)
{
  const HrModel *model;

  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  if (self->document == NULL)
    return g_strdup (_("Hashrange"));
  model = hr_document_get_model (self->document);
  if (model->name != NULL && *model->name != '\0')
    return g_strdup (model->name);
  return self->path != NULL ? g_path_get_basename (self->path) : g_strdup (_("Untitled model"));
}

HrDiagnostics *
hr_session_get_diagnostics (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return self->diagnostics;
}

gboolean
hr_session_is_modified (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (self->lent != NULL)
    return self->lent_is_modified;
  return self->document != NULL && hr_document_is_modified (self->document);
}

const HrDiagnostic *
hr_session_get_cut_off (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  for (guint i = 0; self->diagnostics != NULL && i < hr_diagnostics_get_count (self->diagnostics); i++)
    if (strcmp (hr_diagnostics_get (self->diagnostics, i)->code, "cut-off") == 0)
      return hr_diagnostics_get (self->diagnostics, i);
  return NULL;
}

guint64
hr_session_get_generation (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return self->generation;
}

guint
hr_session_count_problems (HrSession *self)
{
  guint n_problems = 0;

  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  if (self->document == NULL)
    return 0;
  if (self->diagnostics == NULL)
    return hr_document_get_n_drafts (self->document);
  for (guint i = 0; i < hr_diagnostics_get_count (self->diagnostics); i++)
    n_problems += hr_diagnostics_get (self->diagnostics, i)->severity > HR_SEVERITY_NOTE;
  return n_problems;
}

/* Everything that belonged to the document that was open. */
void
hr_session_forget_document (HrSession *self)
{
  hr_session_cancel_outline (self);
  hr_session_cancel_check (self);
  hr_session_cancel_preview (self);
  hr_session_unwatch_file (self);
  hr_session_drop_marks (self);
  hr_session_drop_outlines (self);
  g_hash_table_remove_all (self->censuses);
  hr_session_stop_run (self);
  g_clear_object (&self->shown_run);
  g_hash_table_remove_all (self->runs);
  g_list_store_remove_all (self->history);
  g_hash_table_remove_all (self->values);
  g_clear_pointer (&self->diagnostics, hr_diagnostics_free);
  g_clear_pointer (&self->file_findings, hr_diagnostics_free);
  g_clear_pointer (&self->table, g_free);
  g_clear_pointer (&self->index, g_free);
  g_clear_pointer (&self->pattern, g_free);
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->filter, g_free);
  self->hidden_entities = 0;
  g_clear_pointer (&self->hidden_columns, g_strfreev);
  self->has_key = FALSE;
  self->has_draft = FALSE;
  self->column = 0;
  self->stage = 0;
  self->has_backup = FALSE;
  self->is_discarded = FALSE;
  hr_session_end_typing (self);
  self->subject = HR_SUBJECT_NONE;
}

void
hr_session_discard_unsaved (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->document != NULL)
    {
      hr_document_remove_store (hr_session_get_own_document (self));
      self->is_discarded = TRUE;
    }
}

/* What opens first: the first table and the first pattern. */
static void
choose_first (HrSession *self)
{
  const HrModel *model = hr_document_get_model (self->document);

  if (model->tables->len > 0)
    {
      self->table = g_strdup (((HrTable *) g_ptr_array_index (model->tables, 0))->name);
      self->subject = HR_SUBJECT_TABLE;
    }
  if (model->patterns->len > 0)
    self->pattern = g_strdup (((HrPattern *) g_ptr_array_index (model->patterns, 0))->id);
}

/* Without a store the model can be used all the same, and a person who knows saves more often. */
static void
keep_in_store (HrSession *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (hr_document_get_store (self->document) != NULL || hr_recovery_keep (self->document, &error))
    return;
  text = g_strdup_printf (_("Unsaved work cannot be kept, so save often: %s"), error->message);
  hr_session_emit_toast (self, text, FALSE);
}

static void
take_content (HrSession *self, const HrSessionContent *content)
{
  g_set_object (&self->document, content->document);
  self->mark = content->mark;
  self->file_findings = hr_diagnostics_new ();
  if (content->file_findings != NULL)
    hr_diagnostics_append (self->file_findings, content->file_findings);
  if (content->file_findings != NULL || content->findings != NULL)
    hr_session_take_findings (self, content->findings);
  self->path = hr_session_get_cut_off (self) == NULL ? g_strdup (content->path) : NULL; /* it stays as it is */
}

static void
follow_content (HrSession *self, const HrSessionContent *content)
{
  if (self->document == NULL)
    return;
  keep_in_store (self);
  hr_session_defer_changes (self);
  hr_session_write_note (self);
  hr_session_watch_file (self);
  choose_first (self);
  if (content->job != NULL)
    hr_session_adopt_outlines (self, content->job);
  if (content->findings == NULL)
    hr_session_check_later (self);
}

void
hr_session_install (HrSession *self, const HrSessionContent *content)
{
  g_autoptr (HrDocument) former = NULL;
  char *former_path = g_steal_pointer (&self->path); /* which may be the content's */

  hr_session_abandon_change (self);
  if (self->document != NULL)
    hr_document_set_defer (self->document, NULL, NULL);
  g_set_object (&former, self->document);
  g_object_freeze_notify (G_OBJECT (self));
  g_signal_group_set_target (self->document_signals, NULL);
  hr_session_forget_document (self);
  hr_session_set_busy (self, NULL);
  self->generation++;
  take_content (self, content);
  follow_content (self, content);
  g_signal_group_set_target (self->document_signals, self->document);
  for (guint i = HR_SESSION_PROP_DOCUMENT; i <= HR_SESSION_PROP_HIDDEN_COLUMNS; i++)
    if (i != HR_SESSION_PROP_VIEW)
      hr_session_notify (self, i);
  g_object_thaw_notify (G_OBJECT (self));
  if (former != NULL && former != self->document && !content->keeps_former)
    {
      hr_document_remove_store (former);
      hr_session_let_go (g_steal_pointer (&former));
    }

  hr_session_update_outline (self);
  hr_session_emit_diagnostics_changed (self);
  hr_session_emit_run_changed (self);
  hr_session_emit_selection_changed (self);
  g_free (former_path);
}

void
hr_session_set_document (HrSession *self, HrDocument *document, const char *path)
{
  const HrSessionContent content = { .document = document, .path = path, .mark = HR_FILE_MARK_NONE };

  g_return_if_fail (HR_IS_SESSION (self));

  hr_session_install (self, &content);
}

void
hr_session_close (HrSession *self)
{
  hr_session_set_document (self, NULL, NULL);
}

/* One table with the keys that single-table designs begin with. */
void
hr_session_new_model (HrSession *self)
{
  g_autoptr (HrModel) model = hr_model_new (_("New model"));
  g_autoptr (HrDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  HrTable *table = hr_table_new ("my-table");

  g_return_if_fail (HR_IS_SESSION (self));

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (model->tables, table);
  document = hr_document_new (model, &error);
  if (document != NULL)
    hr_session_set_document (self, document, NULL);
  else
    g_warning ("%s", error->message);
}
