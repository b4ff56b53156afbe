/*
 * Loading in bulk.
 *
 * Rows of a load wait in an HrBulk for each table and are written at its end. Drafts and places come into the document
 * at once; how they were before is kept, so that a load that fails or is cancelled leaves nothing behind.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/bulk.h"
#include "model/value/record.h"

struct _HrTableLoad
{
  HrBulk *bulk;      /* NULL: the engine does not have the table */
  HrBuffer record;   /* of the row that is added */
  GPtrArray *drafts; /* before the load, as are places */
  GArray *places;
};

void
hr_table_load_free (HrTableLoad *self)
{
  if (self == NULL)
    return;

  hr_bulk_free (self->bulk);
  hr_buffer_clear (&self->record);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_free (self);
}

static gpointer
ref_draft (gconstpointer draft, gpointer user_data)
{
  return hr_draft_entry_ref ((HrDraftEntry *) draft);
}

static gboolean
begin_table (HrDocument *self, HrDocumentTable *table, GError **error)
{
  table->load = g_new0 (HrTableLoad, 1);
  table->load->drafts = g_ptr_array_copy (table->drafts, ref_draft, NULL);
  table->load->places = g_array_copy (table->places);
  if (hr_engine_get_table (self->engine, table->name) == NULL)
    return TRUE;
  table->load->bulk = hr_bulk_new (self->engine, table->name, error);
  return table->load->bulk != NULL;
}

static void
restore_table (HrDocumentTable *table)
{
  if (table->load == NULL)
    return;
  g_ptr_array_unref (table->drafts);
  g_array_unref (table->places);
  table->drafts = g_steal_pointer (&table->load->drafts);
  table->places = g_steal_pointer (&table->load->places);
}

static void
close_load (HrDocument *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      g_clear_pointer (&table->load, hr_table_load_free);
    }
  self->is_loading = FALSE;
}

static void
undo_load (HrDocument *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    restore_table (g_ptr_array_index (self->tables, i));
  close_load (self);
}

gboolean
hr_document_begin_load (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  if (self->edit != NULL || self->is_loading || self->steps->len > 0)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID,
                           _("Items can be loaded in bulk only before the document is edited."));
      return FALSE;
    }
  if (!hr_engine_begin (self->engine, error))
    return FALSE;
  self->is_loading = TRUE;
  self->is_broken = FALSE;
  self->n_loaded = self->n_drafts_loaded = 0;
  for (guint i = 0; i < self->tables->len; i++)
    if (!begin_table (self, g_ptr_array_index (self->tables, i), error))
      {
        hr_document_cancel_load (self);
        return FALSE;
      }
  return TRUE;
}

void
hr_document_cancel_load (HrDocument *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HR_IS_DOCUMENT (self));

  if (!self->is_loading)
    return;
  if (!hr_engine_rollback (self->engine, &error))
    g_warning ("A load could not be taken back: %s", error->message);
  undo_load (self);
}

static gboolean
write_waiting (HrDocument *self, HrDocumentTable *table, GError **error)
{
  return table->load->bulk == NULL || hr_bulk_finish (table->load->bulk, error) || hr_document_fail_store (self);
}

/* An entry that goes between others moves those that are in its way, so they have to be there. */
static gboolean
prepare_place (HrDocument *self, HrDocumentTable *table, gint64 ordinal, GError **error)
{
  return ordinal == -1 || ordinal >= hr_document_get_next_ordinal (self, table->name)
         || write_waiting (self, table, error);
}

/* Finds out, as it does, whether the key is free. */
static gboolean
load_row (HrDocument *self, HrDocumentTable *table, gint64 ordinal, HrJudgement *judgement, GError **error)
{
  HrBuffer *record = &table->load->record;
  gboolean is_new;
  HrRow row;

  hr_buffer_truncate (record, 0);
  hr_record_encode (&judgement->item, record);
  row = (HrRow) { ordinal, (const guint8 *) record->data, record->length };
  if (!hr_bulk_add (table->load->bulk, &row, &is_new, error))
    return hr_document_fail_store (self);
  if (!is_new)
    hr_judgement_refuse_duplicate (judgement);
  return TRUE;
}

gboolean
hr_document_load_entry (HrDocument *self, HrDocumentTable *table, gint64 ordinal, const HrJson *json, HrRange place,
                        GError **error)
{
  g_auto (HrJudgement) judgement = { 0 };
  gboolean fits = hr_judge_json (self->engine, table->name, json, self->scratch, &judgement);

  if (!prepare_place (self, table, ordinal, error)
      || !hr_document_take_ordinal (self, table->name, &ordinal, error)
      || (fits && !load_row (self, table, ordinal, &judgement, error)))
    return FALSE;

  if (judgement.code == NULL)
    {
      hr_document_table_add_place (table, ordinal, place);
      self->n_loaded++;
    }
  else
    {
      hr_document_add_draft (self, table, ordinal, json, &judgement, place);
      self->n_drafts_loaded++;
    }
  return TRUE;
}

static gboolean
finish_tables (HrDocument *self, GError **error)
{
  if (self->is_broken)
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, _("Loading has failed and can only be cancelled."));
      return FALSE;
    }
  for (guint i = 0; i < self->tables->len; i++)
    if (!write_waiting (self, g_ptr_array_index (self->tables, i), error))
      return FALSE;
  return hr_document_keep_drafts (self, error);
}

gboolean
hr_document_end_load (HrDocument *self, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && self->is_loading, FALSE);

  if (!finish_tables (self, error))
    {
      hr_document_cancel_load (self);
      return FALSE;
    }
  if (!hr_engine_commit (self->engine, error)) /* which has rolled back */
    {
      undo_load (self);
      return FALSE;
    }
  close_load (self);
  if (self->n_loaded + self->n_drafts_loaded > 0)
    hr_announcement_send (hr_announcement_new_load (self, self->n_loaded, self->n_drafts_loaded), self);
  return TRUE;
}
