/*
 * New definitions for a document with items.
 *
 * Before the tables change, items that will not fit become drafts (their images are kept); the rebuild carries over
 * the others; afterwards every draft of a changed table is judged again and those that fit become items. What
 * will fit is asked of a throw-away engine that has the new tables and no rows.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"

static gboolean
remove_entries (HrDocument *self, HrDocumentTable *table, GError **error)
{
  g_autoptr (GArray) rows = hr_document_take_rows (self, table->name, error);

  if (rows == NULL)
    return hr_document_fail_store (self);
  for (guint i = 0; i < rows->len; i++)
    if (!hr_document_write_row (self, table->name, &g_array_index (rows, HrRowImage, i), &HR_ROW_IMAGE_NONE, error))
      return FALSE;
  while (table->drafts->len > 0)
    hr_document_write_draft (self, g_ptr_array_index (table->drafts, table->drafts->len - 1), NULL);
  return TRUE;
}

static gboolean
turn_into_draft (HrDocument *self, const HrDocumentTable *table, const HrRowImage *row,
                 const HrJudgement *judgement, GError **error)
{
  HrBuffer json = HR_BUFFER_INIT;
  HrDraftEntry *draft;

  hr_item_to_json (&judgement->item, TRUE, &json);
  draft = hr_draft_entry_new (table->name, row->ordinal, hr_buffer_steal (&json, NULL), judgement,
                              hr_document_table_get_place (table, row->ordinal));
  if (!hr_document_write_row (self, table->name, row, &HR_ROW_IMAGE_NONE, error))
    {
      hr_draft_entry_unref (draft);
      return FALSE;
    }
  hr_document_write_draft (self, NULL, draft);
  hr_draft_entry_unref (draft);
  return TRUE;
}

/* Of rows that will have the same key the first one stays. */
static gboolean
turn_unfit_into_drafts (HrDocument *self, const HrDocumentTable *table, HrEngine *trial, const HrTable *to,
                        GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) rows = hr_document_take_rows (self, table->name, error);
  g_autoptr (HrArena) arena = hr_arena_new ();

  if (rows == NULL)
    return hr_document_fail_store (self);
  for (guint i = 0; i < rows->len; i++)
    {
      const HrRowImage *row = &g_array_index (rows, HrRowImage, i);
      g_auto (HrJudgement) judgement = { 0 };
      HrValue item;

      hr_arena_reset (arena);
      if (!hr_row_image_decode (row, arena, &item, error))
        return hr_document_fail_store (self);
      if (hr_judge_item (trial, to->name, &item, arena, &judgement)
          && !g_hash_table_add (keys, hr_definition_print_key (&judgement.key)))
        hr_judgement_refuse_duplicate (&judgement);
      if (judgement.code != NULL && !turn_into_draft (self, table, row, &judgement, error))
        return FALSE;
    }
  return TRUE;
}

/* Drafts of a table that gets another name wait outside while the table is rebuilt. */
static void
put_drafts_aside (HrDocument *self, HrDocumentTable *table, const char *name, GPtrArray *aside)
{
  while (table->drafts->len > 0)
    {
      HrDraftEntry *entry = g_ptr_array_index (table->drafts, table->drafts->len - 1);

      g_ptr_array_add (aside, hr_draft_entry_place (entry, name, entry->draft.ordinal));
      hr_document_write_draft (self, entry, NULL);
    }
}

static gboolean
prepare_table (HrDocument *self, HrDocumentTable *table, HrModel *model, GPtrArray *changed, GPtrArray *aside,
               GError **error)
{
  const HrTable *from = hr_model_find_table (self->model, table->name);
  const HrTable *to = hr_model_follow_table (self->model, model, table->name);
  g_autoptr (HrEngine) trial = NULL;

  if (to == NULL)
    return remove_entries (self, table, error);
  if (hr_definition_is_same_to_engine (from, to))
    return TRUE;

  g_ptr_array_add (changed, g_strdup (to->name));
  trial = hr_engine_open (NULL, NULL, error);
  if (trial == NULL || !hr_definition_create (trial, to, error))
    return hr_document_fail_store (self);
  if (!turn_unfit_into_drafts (self, table, trial, to, error))
    return FALSE;
  if (!g_str_equal (from->name, to->name))
    put_drafts_aside (self, table, to->name, aside);
  return TRUE;
}

static gboolean
retry_drafts (HrDocument *self, const char *name, GError **error)
{
  const HrDocumentTable *table = hr_document_find_table (self, name);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_draft_entry_unref);
  gint64 next = hr_document_get_next_ordinal (self, name);

  for (guint i = 0; i < table->drafts->len; i++)
    g_ptr_array_add (drafts, hr_draft_entry_ref (g_ptr_array_index (table->drafts, i)));
  if (hr_engine_get_table (self->engine, name) != NULL)
    hr_engine_set_next_ordinal (self->engine, name, next);
  for (guint i = 0; i < drafts->len; i++)
    if (!hr_document_retry_draft (self, g_ptr_array_index (drafts, i), error))
      return FALSE;
  return TRUE;
}

gboolean
hr_document_set_model (HrDocument *self, HrModel *model, GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) aside = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_draft_entry_unref);

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && model != NULL, FALSE);

  if (!hr_document_require_edit (self, error))
    return FALSE;
  if (model == self->model)
    return TRUE;

  for (guint i = 0; i < self->tables->len; i++)
    if (!prepare_table (self, g_ptr_array_index (self->tables, i), model, changed, aside, error))
      return FALSE;
  if (!hr_document_write_model (self, model, error))
    return FALSE;
  for (guint i = 0; i < aside->len; i++)
    hr_document_write_draft (self, NULL, g_ptr_array_index (aside, i));
  for (guint i = 0; i < changed->len; i++)
    if (!retry_drafts (self, g_ptr_array_index (changed, i), error))
      return FALSE;
  return TRUE;
}
