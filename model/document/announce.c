/*
 * Telling others what a step did.
 *
 * An announcement is put together while the step is at hand and owns all that it tells: by the time it is sent the step
 * may have become part of another one, and whoever hears it may undo, or edit, which drops steps.
 */
#include "model/document/document-private.h"

struct _HrAnnouncement
{
  HrDocumentChange change;
  HrArena *arena;    /* of items and row changes */
  GPtrArray *names;  /* GRefString, then NULL: of tables */
  GArray *images;    /* HrRowImage, which the items point into */
  char *step_name;
};

static HrAnnouncement *
announcement_new (HrDocumentEvent event)
{
  HrAnnouncement *self = g_new0 (HrAnnouncement, 1);

  self->change.event = event;
  self->arena = hr_arena_new ();
  self->names = g_ptr_array_new ();
  self->images = g_array_new (FALSE, FALSE, sizeof (HrRowImage));
  g_array_set_clear_func (self->images, (GDestroyNotify) hr_row_image_clear);
  return self;
}

void
hr_announcement_free (HrAnnouncement *self)
{
  g_clear_pointer (&self->change.model_before, hr_model_unref);
  for (guint i = 0; i < self->names->len; i++)
    if (g_ptr_array_index (self->names, i) != NULL)
      g_ref_string_release (g_ptr_array_index (self->names, i));
  g_ptr_array_unref (self->names);
  g_array_unref (self->images);
  hr_arena_free (self->arena);
  g_free (self->step_name);
  g_free (self);
}

static void
add_table (HrAnnouncement *self, const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), name))
      return;
  g_ptr_array_add (self->names, g_ref_string_acquire ((char *) name));
}

static void
take_summary (HrAnnouncement *self, const HrChange *change, gboolean forward)
{
  HrModel *model;

  switch (change->kind)
    {
    case HR_CHANGE_MODEL:
      model = forward ? change->model.before : change->model.after;
      if (!self->change.model_changed)
        self->change.model_before = hr_model_ref (model);
      self->change.model_changed = TRUE;
      break;
    case HR_CHANGE_ROW:
      self->change.n_rows_changed++;
      add_table (self, change->table);
      break;
    case HR_CHANGE_DRAFT:
      self->change.drafts_changed = TRUE;
      if (change->draft.before != NULL)
        add_table (self, change->draft.before->draft.table);
      if (change->draft.after != NULL)
        add_table (self, change->draft.after->draft.table);
      break;
    }
}

/* NULL when the record is none, which only a damaged store brings about. */
static const HrValue *
take_item (HrAnnouncement *self, const HrRowImage *image)
{
  HrRowImage held = hr_row_image_copy (image);
  HrValue *item = hr_arena_array (self->arena, HrValue, 1);

  g_array_append_val (self->images, held);
  return hr_row_image_decode (image, self->arena, item, NULL) ? item : NULL;
}

static HrRowChange
take_row (HrAnnouncement *self, const HrChange *change, gboolean forward)
{
  const HrRowImage *before = forward ? &change->row.before : &change->row.after;
  const HrRowImage *after = forward ? &change->row.after : &change->row.before;
  HrRowChange row = { .table = change->table };

  row.ordinal = after->record != NULL ? after->ordinal : before->ordinal;
  row.before = before->record != NULL ? take_item (self, before) : NULL;
  if (after->record != NULL)
    row.after = after->record == before->record ? row.before : take_item (self, after);
  return row;
}

static void
take_rows (HrAnnouncement *self, const HrUndoStep *step, gboolean forward)
{
  guint count = self->change.n_rows_changed;
  HrRowChange *rows;
  guint n = 0;

  if (count == 0 || count > HR_ROW_CHANGES_MAX)
    return;
  rows = hr_arena_array (self->arena, HrRowChange, count);
  for (guint i = 0; i < step->changes->len; i++)
    {
      const HrChange *change = hr_undo_step_get_change (step, i, forward);

      if (change->kind == HR_CHANGE_ROW)
        rows[n++] = take_row (self, change, forward);
    }
  self->change.rows = rows;
}

HrAnnouncement *
hr_announcement_new (const HrUndoStep *step, HrDocumentEvent event)
{
  HrAnnouncement *self = announcement_new (event);
  gboolean forward = event != HR_DOCUMENT_UNDONE;

  for (guint i = 0; i < step->changes->len; i++)
    take_summary (self, hr_undo_step_get_change (step, i, forward), forward);
  take_rows (self, step, forward);
  self->change.name = self->step_name = g_strdup (step->name);
  return self;
}

HrAnnouncement *
hr_announcement_new_load (HrDocument *document, guint n_rows, guint n_drafts)
{
  HrAnnouncement *self = announcement_new (HR_DOCUMENT_LOADED);

  self->change.n_rows_changed = n_rows;
  self->change.drafts_changed = n_drafts > 0;
  for (guint i = 0; i < document->tables->len; i++)
    add_table (self, ((HrDocumentTable *) g_ptr_array_index (document->tables, i))->name);
  return self;
}

void
hr_announcement_send (HrAnnouncement *self, HrDocument *document)
{
  if (document->held != NULL)
    {
      g_ptr_array_add (document->held, self);
      return;
    }
  g_ptr_array_add (self->names, NULL);
  self->change.tables = (const char *const *) self->names->pdata;
  hr_document_emit_changed (document, &self->change);
  hr_announcement_free (self);
}
