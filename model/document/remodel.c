/*
 * New definitions for a document with items.
 *
 * Before the tables change, items that will not fit become drafts (their images are kept); the others stay or are
 * carried over; afterwards every draft of a changed table is judged again and those that fit become items. What
 * will fit is asked of a throw-away engine that has the new tables and no rows, unless nothing new is asked of items.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/codec.h"
#include "model/value/record.h"

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

/* A row that will not fit, and the draft that takes its place. */
typedef struct
{
  HrRowImage row;
  HrDraftEntry *draft;
} Unfit;

static void
unfit_clear (gpointer data)
{
  Unfit *unfit = data;

  hr_row_image_clear (&unfit->row);
  hr_draft_entry_unref (unfit->draft);
}

typedef struct
{
  const HrDocumentTable *table;
  HrEngine *trial;
  const char *to;
  GHashTable *keys; /* texts of keys seen; NULL: keys stay as they are, and so differ */
  GArray *unfit;
  HrArena *arena;   /* reset for each row */
  HrProgress *progress;
  gboolean is_damaged;
  gboolean is_over;
} Trial;

static void
add_unfit (Trial *trial, const HrRow *row, const HrJudgement *judgement)
{
  HrBuffer json = HR_BUFFER_INIT;
  Unfit unfit = { hr_row_image_new (row->ordinal, row->record, row->record_length), NULL };

  hr_item_to_json (&judgement->item, TRUE, &json);
  unfit.draft = hr_draft_entry_new (trial->table->name, row->ordinal, hr_buffer_steal (&json, NULL), judgement,
                                    hr_document_table_get_place (trial->table, row->ordinal));
  g_array_append_val (trial->unfit, unfit);
}

/* Of rows that will have the same key the first one stays. */
static gboolean
try_row_cb (const HrRow *row, gpointer user_data)
{
  Trial *trial = user_data;
  g_auto (HrJudgement) judgement = { 0 };
  HrValue item;

  trial->is_over = !hr_progress_step (trial->progress);
  if (trial->is_over)
    return FALSE;
  hr_arena_reset (trial->arena);
  trial->is_damaged = !hr_record_decode (row->record, row->record_length, trial->arena, &item);
  if (trial->is_damaged)
    return FALSE;
  if (hr_judge_item (trial->trial, trial->to, &item, trial->arena, &judgement) && trial->keys != NULL
      && !g_hash_table_add (trial->keys, hr_definition_print_key (&judgement.key)))
    hr_judgement_refuse_duplicate (&judgement);
  if (judgement.code != NULL)
    add_unfit (trial, row, &judgement);
  return TRUE;
}

static gboolean
try_rows (HrDocument *self, Trial *trial, GError **error)
{
  if (hr_engine_get_table (self->engine, trial->table->name) == NULL)
    return TRUE;
  if (!hr_engine_foreach_row (self->engine, trial->table->name, try_row_cb, trial, error))
    return hr_document_fail_store (self);
  if (trial->is_over)
    return hr_document_step (self, error);
  if (!trial->is_damaged)
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("Table %s holds an item that cannot be read."), trial->table->name);
  return hr_document_fail_store (self);
}

static gboolean
turn_unfit_into_drafts (HrDocument *self, const HrDocumentTable *table, HrEngine *engine, const HrTable *to,
                        gboolean has_new_keys, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) unfit = g_array_new (FALSE, FALSE, sizeof (Unfit));
  g_autoptr (HrArena) arena = hr_arena_new ();
  Trial trial = { table,          engine, to->name, has_new_keys ? keys : NULL, unfit, arena,
                  self->progress, FALSE,  FALSE };

  g_array_set_clear_func (unfit, unfit_clear);
  if (!try_rows (self, &trial, error))
    return FALSE;
  for (guint i = 0; i < unfit->len; i++)
    {
      const Unfit *one = &g_array_index (unfit, Unfit, i);

      if (!hr_document_write_row (self, table->name, &one->row, &HR_ROW_IMAGE_NONE, error))
        return FALSE;
      hr_document_write_draft (self, NULL, one->draft);
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

/* Whether every index asks for keys that one of the table as it is asks for, too. */
static gboolean
asks_nothing_new (const HrTable *from, const HrTable *to)
{
  for (guint i = 0; i < to->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (to->indexes, i);
      gboolean is_known = FALSE;

      for (guint j = 0; j < from->indexes->len && !is_known; j++)
        is_known = hr_index_has_same_keys (g_ptr_array_index (from->indexes, j), index);
      if (!is_known)
        return FALSE;
    }
  return TRUE;
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
  if (hr_document_can_update_table (self, from, to)
      && asks_nothing_new (hr_engine_get_table (self->engine, from->name), to))
    return TRUE;
  trial = hr_engine_open (NULL, NULL, error);
  if (trial == NULL || !hr_definition_create (trial, to, error))
    return hr_document_fail_store (self);
  if (!turn_unfit_into_drafts (self, table, trial, to, !hr_definition_has_same_primary_key (from, to), error))
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
