/*
 * Snapshots and copies: a document to read from beside one that goes on, and one that goes another way.
 *
 * The engine has the items of the moment; definitions and drafts never change and are shared; of the places in the file
 * there is a copy.
 */
#include "model/document/store.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/document-private.h"

static void
share_table (HrDocumentTable *self, const HrDocumentTable *from)
{
  for (guint i = 0; i < from->drafts->len; i++)
    g_ptr_array_add (self->drafts, hr_draft_entry_ref (g_ptr_array_index (from->drafts, i)));
  g_array_append_vals (self->places, from->places->data, from->places->len);
}

static gboolean
check_at_rest (HrDocument *self, GError **error)
{
  if (self->edit == NULL && !self->is_loading)
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY, _("An edit is still open."));
  return FALSE;
}

/* A document with the same of everything but items. Takes @engine, which has those; NULL when that is NULL. */
static HrDocument *
share (HrDocument *self, HrEngine *engine)
{
  HrDocument *other;

  if (engine == NULL)
    return NULL;
  other = g_object_new (HR_TYPE_DOCUMENT, NULL);
  other->engine = engine;
  hr_document_adopt_model (other, NULL, self->model);
  other->forget_places = self->forget_places;
  for (guint i = 0; i < self->tables->len; i++)
    share_table (g_ptr_array_index (other->tables, i), g_ptr_array_index (self->tables, i));
  return other;
}

HrDocument *
hr_document_open_snapshot (HrDocument *self, GError **error)
{
  HrDocument *other;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  other = check_at_rest (self, error) ? share (self, hr_engine_open_snapshot (self->engine, error)) : NULL;
  if (other != NULL)
    other->is_snapshot = TRUE;
  return other;
}

HrDocument *
hr_document_copy (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  return check_at_rest (self, error) ? share (self, hr_engine_copy (self->engine, NULL, NULL, error)) : NULL;
}
