/*
 * The document of the session: what is known of it, and one taking the place of another, with everything that
 * belonged to the one before.
 */
#include "app/ui/session-private.h"

#include <string.h>

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

  return self->document != NULL && (self->was_restored || hr_document_is_modified (self->document));
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
  if (self->work != NULL)
    hr_cancel_raise (&self->work->cancel);
  g_clear_pointer (&self->work, hr_session_work_unref);
  self->outline_wanted = FALSE;
  hr_session_drop_marks (self);
  hr_session_drop_outline (self);
  g_hash_table_remove_all (self->totals);
  g_hash_table_remove_all (self->censuses);
  g_hash_table_remove_all (self->runs);
  g_hash_table_remove_all (self->values);
  g_clear_pointer (&self->diagnostics, hr_diagnostics_free);
  g_clear_pointer (&self->table, g_free);
  g_clear_pointer (&self->index, g_free);
  g_clear_pointer (&self->pattern, g_free);
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->filter, g_free);
  self->hidden_entities = 0;
  self->has_key = FALSE;
  self->column = 0;
  self->run_shown = FALSE;
  self->stage = 0;
  self->was_restored = FALSE;
  self->has_backup = FALSE;
  hr_session_end_typing (self);
  self->subject = HR_SUBJECT_NONE;
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

void
hr_session_install (HrSession *self, HrDocument *document, const char *path, HrOutlineJob *job,
                    HrDiagnostics *diagnostics)
{
  g_autofree char *path_copy = g_strdup (path);

  g_object_freeze_notify (G_OBJECT (self));
  hr_session_forget_document (self);
  hr_session_set_busy (self, NULL);
  self->generation++;
  g_set_object (&self->document, document);
  g_free (self->path);
  self->diagnostics = diagnostics;
  self->path = hr_session_get_cut_off (self) == NULL ? g_steal_pointer (&path_copy) : NULL; /* it stays as it is */
  if (document != NULL)
    choose_first (self);
  if (job != NULL)
    hr_session_adopt_outline (self, job);
  g_signal_group_set_target (self->document_signals, document);
  for (guint i = HR_SESSION_PROP_DOCUMENT; i <= HR_SESSION_PROP_HIDDEN_ENTITIES; i++)
    if (i != HR_SESSION_PROP_VIEW)
      hr_session_notify (self, i);
  g_object_thaw_notify (G_OBJECT (self));

  if (job != NULL)
    hr_session_emit_outline_changed (self);
  else
    hr_session_update_outline (self);
  hr_session_emit_run_changed (self);
  hr_session_emit_selection_changed (self);
}

void
hr_session_set_document (HrSession *self, HrDocument *document, const char *path)
{
  g_return_if_fail (HR_IS_SESSION (self));

  hr_session_install (self, document, path, NULL, NULL);
}

void
hr_session_set_restored (HrSession *self, const char *path)
{
  g_return_if_fail (HR_IS_SESSION (self));

  self->was_restored = self->document != NULL;
  g_free (self->path);
  self->path = g_strdup (path);
  hr_session_notify (self, HR_SESSION_PROP_PATH);
  hr_session_notify (self, HR_SESSION_PROP_MODIFIED);
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
