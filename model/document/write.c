/*
 * The only ways to change something in a document.
 *
 * Each does one small thing in the engine or in memory and notes it, with its inverse, in the open edit. Whatever
 * an edit is made of, undo and cancel thereby need to know three kinds of changes only: one row, one draft, and the
 * definitions (which keep all rows that the changes around them leave alone).
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/record.h"

HrRowImage
hr_row_image_new (gint64 ordinal, const guint8 *record, gsize length)
{
  HrRowImage image = { ordinal, g_atomic_rc_box_alloc (length) };

  memcpy (image.record, record, length);
  return image;
}

HrRowImage
hr_row_image_from_item (gint64 ordinal, const HrValue *item)
{
  g_auto (HrBuffer) record = HR_BUFFER_INIT;

  hr_record_encode (item, &record);
  return hr_row_image_new (ordinal, (const guint8 *) record.data, record.length);
}

HrRowImage
hr_row_image_copy (const HrRowImage *self)
{
  return (HrRowImage) { self->ordinal, self->record != NULL ? g_atomic_rc_box_acquire (self->record) : NULL };
}

void
hr_row_image_clear (HrRowImage *self)
{
  g_clear_pointer (&self->record, g_atomic_rc_box_release);
}

gboolean
hr_row_image_equal (const HrRowImage *a, const HrRowImage *b)
{
  if (a->record == NULL || b->record == NULL)
    return a->record == b->record;
  return a->ordinal == b->ordinal
         && (a->record == b->record
             || (g_atomic_rc_box_get_size (a->record) == g_atomic_rc_box_get_size (b->record)
                 && memcmp (a->record, b->record, g_atomic_rc_box_get_size (a->record)) == 0));
}

gboolean
hr_row_image_decode (const HrRowImage *self, HrArena *arena, HrValue *item, GError **error)
{
  if (hr_record_decode (self->record, g_atomic_rc_box_get_size (self->record), arena, item))
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, _("The store holds an item that cannot be read."));
  return FALSE;
}

static gboolean
take_row_cb (const HrRow *row, gpointer user_data)
{
  GArray *rows = user_data;
  HrRowImage image = hr_row_image_new (row->ordinal, row->record, row->record_length);

  g_array_append_val (rows, image);
  return TRUE;
}

GArray *
hr_document_take_rows (HrDocument *self, const char *table, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HrRowImage));

  g_array_set_clear_func (rows, (GDestroyNotify) hr_row_image_clear);
  if (hr_engine_get_table (self->engine, table) != NULL
      && !hr_engine_foreach_row (self->engine, table, take_row_cb, rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/* The primary key of a row under the table's present definition. */
static gboolean
row_image_get_key (HrDocument *self, const char *table, const HrRowImage *image, HrArena *arena, HrValue *key,
                   GError **error)
{
  const HrTable *definition = hr_engine_get_table (self->engine, table);
  HrValue item;

  if (!hr_row_image_decode (image, arena, &item, error))
    return FALSE;
  if (definition != NULL && hr_definition_get_key (definition, &item, arena, key))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The store holds an item without the key of table %s."), table);
  return FALSE;
}

gboolean
hr_change_apply_in_engine (HrDocument *self, const HrChange *change, gboolean forward, GError **error)
{
  const HrRowImage *before, *after;
  g_autoptr (HrArena) arena = NULL;
  HrValue key;

  if (change->kind == HR_CHANGE_MODEL)
    return forward ? hr_document_rebuild_engine (self, change->model.before, change->model.after, error)
                   : hr_document_rebuild_engine (self, change->model.after, change->model.before, error);
  if (change->kind == HR_CHANGE_DRAFT)
    return TRUE;

  before = forward ? &change->row.before : &change->row.after;
  after = forward ? &change->row.after : &change->row.before;
  if (after->record != NULL)
    {
      HrRow row = { after->ordinal, after->record, g_atomic_rc_box_get_size (after->record) };

      return hr_engine_restore_row (self->engine, change->table, &row, error);
    }
  arena = hr_arena_new ();
  return row_image_get_key (self, change->table, before, arena, &key, error)
         && hr_engine_erase_row (self->engine, change->table, &key, error);
}

static void
replace_draft (HrDocument *self, HrDraftEntry *before, HrDraftEntry *after)
{
  if (before != NULL)
    {
      HrDocumentTable *table = hr_document_find_table (self, before->draft.table);
      gboolean found;
      guint index = hr_document_table_find_draft (table, before->draft.ordinal, &found);

      g_assert (found);
      g_ptr_array_remove_index (table->drafts, index);
    }
  if (after != NULL)
    {
      HrDocumentTable *table = hr_document_find_table (self, after->draft.table);
      guint index = hr_document_table_find_draft (table, after->draft.ordinal, NULL);

      g_ptr_array_insert (table->drafts, (int) index, hr_draft_entry_ref (after));
    }
}

static void
move_place (HrDocument *self, const HrChange *change, gboolean forward)
{
  HrDocumentTable *table = hr_document_find_table (self, change->table);

  if (forward)
    hr_document_table_move_place (table, &change->row.before, &change->row.after);
  else
    hr_document_table_move_place (table, &change->row.after, &change->row.before);
}

void
hr_change_apply_in_memory (HrDocument *self, const HrChange *change, gboolean forward)
{
  switch (change->kind)
    {
    case HR_CHANGE_ROW:
      move_place (self, change, forward);
      break;
    case HR_CHANGE_DRAFT:
      if (forward)
        replace_draft (self, change->draft.before, change->draft.after);
      else
        replace_draft (self, change->draft.after, change->draft.before);
      break;
    case HR_CHANGE_MODEL:
      if (forward)
        hr_document_adopt_model (self, change->model.before, change->model.after);
      else
        hr_document_adopt_model (self, change->model.after, change->model.before);
      break;
    }
}

/* Remembers that a key has become free; drafts that wait for it are tried at the commit. */
static void
note_freed_key (HrDocument *self, const char *table, const HrRowImage *before)
{
  HrDocumentTable *entry = hr_document_find_table (self, table);
  g_autoptr (HrArena) arena = NULL;
  g_autofree char *text = NULL;
  HrValue key;

  if (entry->drafts->len == 0)
    return;
  arena = hr_arena_new ();
  if (!row_image_get_key (self, table, before, arena, &key, NULL))
    return;
  text = hr_definition_print_key (&key);
  g_hash_table_add (self->freed, g_strconcat (table, "\n", text, NULL));
}

void
hr_document_note_row (HrDocument *self, const char *table, const HrRowImage *before, const HrRowImage *after)
{
  HrChange change = { .kind = HR_CHANGE_ROW, .table = (char *) table, .row = { *before, *after } }; /* borrowed */

  hr_change_apply_in_memory (self, &change, TRUE);
  if (self->edit == NULL)
    return;
  if (after->record == NULL)
    note_freed_key (self, table, before);
  change.table = g_ref_string_new_intern (table);
  change.row.before = hr_row_image_copy (before);
  change.row.after = hr_row_image_copy (after);
  g_array_append_val (self->edit->changes, change);
}

gboolean
hr_document_write_row (HrDocument *self, const char *table, const HrRowImage *before, const HrRowImage *after,
                       GError **error)
{
  HrChange change = { .kind = HR_CHANGE_ROW, .table = (char *) table };

  if (hr_row_image_equal (before, after))
    return TRUE;
  if (!hr_document_step (self, error))
    return FALSE;

  change.row.before = *before; /* borrowed for the call */
  change.row.after = *after;
  if (!hr_change_apply_in_engine (self, &change, TRUE, error))
    return hr_document_fail_store (self);
  hr_document_note_row (self, table, before, after);
  return TRUE;
}

void
hr_document_write_draft (HrDocument *self, HrDraftEntry *before, HrDraftEntry *after)
{
  HrChange change = { .kind = HR_CHANGE_DRAFT };

  change.draft.before = hr_draft_entry_ref (before);
  change.draft.after = hr_draft_entry_ref (after);
  hr_change_apply_in_memory (self, &change, TRUE);
  if (self->edit != NULL)
    {
      g_array_append_val (self->edit->changes, change);
      return;
    }
  hr_draft_entry_unref (before);
  hr_draft_entry_unref (after);
}

gboolean
hr_document_write_model (HrDocument *self, HrModel *model, GError **error)
{
  HrChange change = { .kind = HR_CHANGE_MODEL };

  if (!hr_document_rebuild_engine (self, self->model, model, error))
    return hr_document_fail_store (self);

  change.model.before = hr_model_ref (self->model);
  change.model.after = hr_model_ref (model);
  hr_change_apply_in_memory (self, &change, TRUE);
  g_array_append_val (self->edit->changes, change);
  return TRUE;
}
