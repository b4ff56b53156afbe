/*
 * Drafts: items that cannot be stored, in the order of their table.
 *
 * A draft is immutable and shared between the list and the steps of undo. Most drafts wait for a person; those that
 * wait for a key that another item has remember that key, so that the commit of an edit that freed it finds them
 * without judging all drafts again.
 */
#include "model/document/document-private.h"

#include "model/base/service-limits.h"

const char *
hr_draft_intern_code (const char *code)
{
  static const char *const codes[] = { "not-an-item",   "key-missing",   "key-type",       "key-empty",
                                       "key-duplicate", "table-invalid", "item-too-large", "item-refused" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i], code) == 0)
      return codes[i];
  return "item-refused";
}

HrDraftEntry *
hr_draft_entry_new (const char *table, gint64 ordinal, char *json, const HrJudgement *judgement, HrRange place)
{
  HrDraftEntry *self = g_atomic_rc_box_new0 (HrDraftEntry);

  self->draft.table = g_ref_string_new_intern (table);
  self->draft.ordinal = ordinal;
  self->draft.json = json;
  self->draft.code = judgement->code;
  self->draft.reason = g_strdup (judgement->reason);
  self->draft.place = place;
  self->key = g_strdup (judgement->key_text);
  return self;
}

/* The same draft elsewhere: in a renamed table, or moved. */
HrDraftEntry *
hr_draft_entry_place (const HrDraftEntry *self, const char *table, gint64 ordinal)
{
  HrJudgement judgement = { .code = self->draft.code, .reason = self->draft.reason, .key_text = self->key };

  return hr_draft_entry_new (table, ordinal, g_strdup (self->draft.json), &judgement, self->draft.place);
}

HrDraftEntry *
hr_draft_entry_ref (HrDraftEntry *self)
{
  return self != NULL ? g_atomic_rc_box_acquire (self) : NULL;
}

static void
draft_entry_clear (gpointer data)
{
  HrDraftEntry *self = data;

  g_ref_string_release (self->draft.table);
  g_free (self->draft.json);
  g_free (self->draft.reason);
  g_free (self->key);
}

void
hr_draft_entry_unref (HrDraftEntry *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, draft_entry_clear);
}

HrDocumentTable *
hr_document_table_new (const char *name)
{
  HrDocumentTable *self = g_new0 (HrDocumentTable, 1);

  self->name = g_ref_string_new_intern (name);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_draft_entry_unref);
  self->places = g_array_new (FALSE, FALSE, sizeof (HrPlace));
  return self;
}

void
hr_document_table_free (HrDocumentTable *self)
{
  g_ref_string_release (self->name);
  hr_table_load_free (self->load);
  g_ptr_array_unref (self->drafts);
  g_array_unref (self->places);
  g_free (self);
}

HrDocumentTable *
hr_document_find_table (HrDocument *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      if (g_str_equal (table->name, name))
        return table;
    }
  return NULL;
}

guint
hr_document_table_find_draft (const HrDocumentTable *self, gint64 ordinal, gboolean *found)
{
  guint low = 0;
  guint high = self->drafts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const HrDraftEntry *entry = g_ptr_array_index (self->drafts, middle);

      if (entry->draft.ordinal < ordinal)
        low = middle + 1;
      else
        high = middle;
    }

  if (found != NULL)
    {
      const HrDraftEntry *entry = low < self->drafts->len ? g_ptr_array_index (self->drafts, low) : NULL;

      *found = entry != NULL && entry->draft.ordinal == ordinal;
    }
  return low;
}

guint
hr_document_get_n_drafts (HrDocument *self)
{
  guint count = 0;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), 0);

  for (guint i = 0; i < self->tables->len; i++)
    count += ((HrDocumentTable *) g_ptr_array_index (self->tables, i))->drafts->len;
  return count;
}

HrDraftEntry *
hr_document_get_draft_entry (HrDocument *self, guint index)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      if (index < table->drafts->len)
        return g_ptr_array_index (table->drafts, index);
      index -= table->drafts->len;
    }
  return NULL;
}

const HrDraft *
hr_document_get_draft (HrDocument *self, guint index)
{
  HrDraftEntry *entry;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  entry = hr_document_get_draft_entry (self, index);
  return entry != NULL ? &entry->draft : NULL;
}

gboolean
hr_document_retry_draft (HrDocument *self, HrDraftEntry *entry, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrJudgement) judgement = { 0 };
  g_auto (HrRowImage) row = HR_ROW_IMAGE_NONE;
  const HrDraft *draft = &entry->draft;
  HrJsonError json_error;
  const HrJson *json = hr_json_parse (arena, draft->json, strlen (draft->json), HR_LIMIT_JSON_DEPTH, &json_error);

  g_assert (json != NULL); /* it was written by us */
  if (hr_judge_json (self->engine, draft->table, json, arena, &judgement)
      && !hr_judge_duplicate (self, draft->table, arena, &judgement, error))
    return FALSE;

  if (judgement.code == NULL)
    {
      row = hr_row_image_from_item (draft->ordinal, &judgement.item);
      hr_document_write_draft (self, entry, NULL);
      return hr_document_write_row (self, draft->table, &HR_ROW_IMAGE_NONE, &row, error);
    }

  if (g_strcmp0 (draft->reason, judgement.reason) != 0)
    {
      HrDraftEntry *after
        = hr_draft_entry_new (draft->table, draft->ordinal, g_strdup (draft->json), &judgement, draft->place);

      hr_document_write_draft (self, entry, after);
      hr_draft_entry_unref (after);
    }
  return TRUE;
}

gboolean
hr_document_settle_drafts (HrDocument *self, GError **error)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_draft_entry_unref);

  if (g_hash_table_size (self->freed) == 0)
    return TRUE;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; j < table->drafts->len; j++)
        {
          HrDraftEntry *entry = g_ptr_array_index (table->drafts, j);
          g_autofree char *place = NULL;

          if (entry->key == NULL)
            continue;
          place = g_strconcat (table->name, "\n", entry->key, NULL);
          if (g_hash_table_contains (self->freed, place))
            g_ptr_array_add (waiting, hr_draft_entry_ref (entry));
        }
    }

  for (guint i = 0; i < waiting->len; i++)
    if (!hr_document_retry_draft (self, g_ptr_array_index (waiting, i), error))
      return FALSE;
  return TRUE;
}
