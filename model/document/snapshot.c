/*
 * Snapshots: a document to read from, beside one that goes on.
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

HrDocument *
hr_document_open_snapshot (HrDocument *self, GError **error)
{
  g_autoptr (HrDocument) snapshot = NULL;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  if (self->edit != NULL || self->is_loading)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_BUSY, _("An edit is still open."));
      return NULL;
    }
  snapshot = g_object_new (HR_TYPE_DOCUMENT, NULL);
  snapshot->engine = hr_engine_open_snapshot (self->engine, error);
  if (snapshot->engine == NULL)
    return NULL;
  hr_document_adopt_model (snapshot, NULL, self->model);
  snapshot->forget_places = self->forget_places;
  for (guint i = 0; i < self->tables->len; i++)
    share_table (g_ptr_array_index (snapshot->tables, i), g_ptr_array_index (self->tables, i));
  return g_steal_pointer (&snapshot);
}
