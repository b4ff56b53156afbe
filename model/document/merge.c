/*
 * Making one step of two: what somebody types into one field is one intent.
 *
 * The changes of the second step follow those of the first. Where the last of these and the first of those are about
 * the same thing they become one change, so that a paragraph of typing does not keep a model for each letter.
 */
#include "model/document/document-private.h"

/* Whether a table becomes the same one, by way of @b or at once. */
static gboolean
leads_to_same_tables (const HrModel *a, const HrModel *b, const HrModel *c)
{
  for (guint i = 0; i < a->tables->len; i++)
    {
      const HrTable *table = g_ptr_array_index (a->tables, i);
      const HrTable *between = hr_model_follow_table (a, b, table->name);
      const HrTable *by_way = between != NULL ? hr_model_follow_table (b, c, between->name) : NULL;

      if (by_way != hr_model_follow_table (a, c, table->name))
        return FALSE;
    }
  return TRUE;
}

static gboolean
join_models (HrChange *self, HrChange *next)
{
  const HrModel *a = self->model.before, *b = self->model.after, *c = next->model.after;

  if (!leads_to_same_tables (a, b, c) || !leads_to_same_tables (c, b, a))
    return FALSE;
  hr_model_unref (self->model.after);
  self->model.after = hr_model_ref (next->model.after);
  return TRUE;
}

/* Rows are the same one when the row that the first leaves is the one that the second finds; or when it went with the
 * first and comes back with the second. */
static gboolean
join_rows (HrChange *self, HrChange *next)
{
  if (!g_str_equal (self->table, next->table) || !hr_row_image_equal (&self->row.after, &next->row.before)
      || (self->row.after.record == NULL && !hr_row_image_equal (&self->row.before, &next->row.after)))
    return FALSE;
  hr_row_image_clear (&self->row.after);
  self->row.after = hr_row_image_copy (&next->row.after);
  return TRUE;
}

static gboolean
join_drafts (HrChange *self, HrChange *next)
{
  if (self->draft.after == NULL || self->draft.after != next->draft.before)
    return FALSE;
  hr_draft_entry_unref (self->draft.after);
  self->draft.after = hr_draft_entry_ref (next->draft.after);
  return TRUE;
}

static gboolean
join (HrChange *self, HrChange *next)
{
  if (self->kind != next->kind)
    return FALSE;
  switch (self->kind)
    {
    case HR_CHANGE_ROW:
      return join_rows (self, next);
    case HR_CHANGE_DRAFT:
      return join_drafts (self, next);
    case HR_CHANGE_MODEL:
      return join_models (self, next);
    }
  g_return_val_if_reached (FALSE);
}

/* A row or draft that came and went. (Definitions that are as before are still other ones.) */
static gboolean
is_nothing (const HrChange *change)
{
  switch (change->kind)
    {
    case HR_CHANGE_ROW:
      return hr_row_image_equal (&change->row.before, &change->row.after);
    case HR_CHANGE_DRAFT:
      return change->draft.before == change->draft.after;
    case HR_CHANGE_MODEL:
      return change->model.before == change->model.after;
    }
  g_return_val_if_reached (FALSE);
}

/* Joins changes where the two lists meet, as long as something comes of it. */
static void
append_changes (GArray *self, GArray *next)
{
  guint n = 0;

  while (n < next->len && self->len > 0)
    {
      HrChange *last = &g_array_index (self, HrChange, self->len - 1);

      if (!join (last, &g_array_index (next, HrChange, n)))
        break;
      n++;
      if (!is_nothing (last))
        break;
      g_array_set_size (self, self->len - 1);
    }
  g_array_remove_range (next, 0, n);
  g_array_append_vals (self, next->data, next->len);
  g_free (g_array_steal (next, NULL)); /* what is in it belongs to the other one now */
}

/* Two steps that took each other back are none, and ordinals go on from where they were. */
static void
drop_empty_step (HrDocument *self)
{
  const HrUndoStep *last = g_ptr_array_index (self->steps, self->n_done - 1);

  if (last->changes->len > 0)
    return;
  hr_document_load_next_ordinals (self, last->next_before);
  g_ptr_array_set_size (self->steps, (int) self->n_done - 1);
  self->n_done--;
}

gboolean
hr_document_merge_step (HrDocument *self, HrUndoStep *step)
{
  HrUndoStep *last;

  if (self->n_done == 0 || self->n_done < self->steps->len || self->saved_at == self->n_done)
    return FALSE;

  last = g_ptr_array_index (self->steps, self->n_done - 1);
  append_changes (last->changes, step->changes);
  g_array_unref (last->next_after);
  last->next_after = g_steal_pointer (&step->next_after);
  g_free (last->name);
  last->name = g_steal_pointer (&step->name);
  hr_undo_step_free (step);
  drop_empty_step (self);
  return TRUE;
}
