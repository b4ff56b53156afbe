/*
 * What is selected: an item or a draft, and with the item maybe others.
 *
 * The selected item is known by its primary key, so that it outlives every change of the outline: it is the cursor, and
 * alone unless several rows were chosen. Those are numbers of rows of the outline that is shown, so that all of a
 * million cost as much as two; they are only true of what is shown, and end when that changes. Who changes several
 * items selects what came of it again.
 */
#include "app/session/session-private.h"

#include "model/engine/rows.h"
#include "model/value/record.h"

const HrValue *
hr_session_get_selected_key (HrSession *self, guint *column)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  if (column != NULL)
    *column = self->column;
  return self->has_key ? &self->key : NULL;
}

static void
set_key (HrSession *self, const HrValue *key)
{
  g_autoptr (HrArena) arena = NULL;

  if (self->has_key && hr_value_equal (&self->key, key))
    return;
  arena = hr_arena_new ();
  self->key = hr_value_copy (arena, key);
  hr_arena_free (self->key_arena);
  self->key_arena = g_steal_pointer (&arena);
  self->has_key = TRUE;
}

/* TRUE: there were several. */
static gboolean
forget_rows (HrSession *self)
{
  gboolean had_rows = hr_row_set_count (self->rows) > 0;

  hr_row_set_clear (self->rows);
  self->has_anchor = FALSE;
  self->is_marking = FALSE;
  return had_rows;
}

void
hr_session_select_item (HrSession *self, const HrValue *key, guint column)
{
  gboolean had_rows;

  g_return_if_fail (HR_IS_SESSION (self) && key != NULL);

  had_rows = forget_rows (self);
  if (!had_rows && self->has_key && self->column == column && self->subject == HR_SUBJECT_ITEM
      && hr_value_equal (&self->key, key))
    return;
  set_key (self, key);
  hr_session_unfold_selected (self);
  self->has_draft = FALSE;
  self->column = column;
  hr_session_set_subject (self, HR_SUBJECT_ITEM);
  hr_session_emit_selection_changed (self);
}

gboolean
hr_session_get_selected_draft (HrSession *self, gint64 *ordinal)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  if (self->has_draft && ordinal != NULL)
    *ordinal = self->draft;
  return self->has_draft;
}

void
hr_session_select_draft (HrSession *self, gint64 ordinal)
{
  g_return_if_fail (HR_IS_SESSION (self));

  if (self->has_draft && self->draft == ordinal && self->subject == HR_SUBJECT_DRAFT)
    return;
  forget_rows (self);
  self->has_key = FALSE;
  self->has_draft = TRUE;
  self->draft = ordinal;
  self->column = 0;
  hr_session_set_subject (self, HR_SUBJECT_DRAFT);
  hr_session_emit_selection_changed (self);
}

void
hr_session_clear_selection (HrSession *self)
{
  g_return_if_fail (HR_IS_SESSION (self));

  forget_rows (self);
  if (!self->has_key && !self->has_draft)
    return;
  self->has_key = FALSE;
  self->has_draft = FALSE;
  self->column = 0;
  if (self->subject == HR_SUBJECT_ITEM || self->subject == HR_SUBJECT_DRAFT)
    hr_session_set_subject (self, self->table != NULL ? HR_SUBJECT_TABLE : HR_SUBJECT_NONE);
  hr_session_emit_selection_changed (self);
}

/* Several */

const HrRowSet *
hr_session_get_selected_rows (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), NULL);

  return hr_row_set_count (self->rows) > 0 ? self->rows : NULL;
}

/* A run shows rows behind those of a partition, which are no items. */
gboolean
hr_session_is_among_selected (HrSession *self, guint64 partition, guint64 row)
{
  HrOutline *outline;
  HrPartition found;

  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  outline = hr_session_get_outline (self);
  return outline != NULL && hr_row_set_count (self->rows) > 0 && hr_outline_get_partition (outline, partition, &found)
         && row < found.n_rows
         && hr_row_set_contains (self->rows, hr_outline_get_row_number (outline, partition, row));
}

guint64
hr_session_count_selected (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return MAX (hr_row_set_count (self->rows), (guint64) self->has_key);
}

gboolean
hr_session_is_marking (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), FALSE);

  return self->is_marking;
}

guint64
hr_session_get_selection_serial (HrSession *self)
{
  g_return_val_if_fail (HR_IS_SESSION (self), 0);

  return self->selection_serial;
}

gboolean
hr_session_locate_item (HrSession *self, const HrValue *key, guint64 *position, guint64 *row)
{
  HrOutline *outline = hr_session_get_outline (self);
  g_autoptr (HrArena) arena = NULL;
  HrRow found;
  HrValue item;

  if (outline == NULL || self->busy != NULL)
    return FALSE;
  /* an index is searched by key attributes that only the whole item tells */
  arena = hr_arena_new ();
  return hr_engine_get_row (hr_document_get_engine (self->document), self->table, key, arena, &found, NULL)
         && hr_record_decode (found.record, found.record_length, arena, &item)
         && hr_outline_find_row (outline, &item, position, row);
}

static gboolean
find_number (HrSession *self, const HrValue *key, guint64 *number)
{
  guint64 position, row;

  if (!hr_session_locate_item (self, key, &position, &row))
    return FALSE;
  *number = hr_outline_get_row_number (hr_session_get_outline (self), position, row);
  return TRUE;
}

/* Rows and anchor are true of what is shown now. */
static void
stamp_rows (HrSession *self)
{
  self->rows_outline = hr_session_get_outline (self);
  self->rows_generation = self->generation;
}

static void
extend_rows (HrSession *self, guint64 number)
{
  if (!self->has_anchor && (!self->has_key || !find_number (self, &self->key, &self->anchor)))
    self->anchor = number;
  self->has_anchor = TRUE;
  hr_row_set_clear (self->rows);
  hr_row_set_add (self->rows, MIN (self->anchor, number), MAX (self->anchor, number) + 1);
}

/* What was selected alone is the first of several. */
static gboolean
begin_several (HrSession *self)
{
  guint64 number;

  if (hr_row_set_count (self->rows) > 0)
    return FALSE;
  if (self->has_key && find_number (self, &self->key, &number))
    hr_row_set_add (self->rows, number, number + 1);
  return hr_row_set_count (self->rows) > 0;
}

static void
toggle_row (HrSession *self, guint64 number)
{
  if (hr_row_set_contains (self->rows, number))
    hr_row_set_remove (self->rows, number, number + 1);
  else
    hr_row_set_add (self->rows, number, number + 1);
  self->anchor = number;
  self->has_anchor = TRUE;
}

/* Marking begins with what is selected already; anything else is a toggle. */
static void
mark_row (HrSession *self, guint64 number)
{
  if (!begin_several (self) || !hr_row_set_contains (self->rows, number))
    toggle_row (self, number);
  self->is_marking = hr_row_set_count (self->rows) > 0;
}

/* One row that is the cursor's is no more than a selected item. */
static void
settle_rows (HrSession *self, guint64 cursor)
{
  if (!self->is_marking && hr_row_set_count (self->rows) == 1 && hr_row_set_contains (self->rows, cursor))
    hr_row_set_clear (self->rows);
}

gboolean
hr_session_fetch_key (HrSession *self, guint64 partition, guint64 row, HrArena *arena, HrValue *key)
{
  HrOutline *outline = hr_session_get_outline (self);
  HrPartition found;
  HrOutlineRow fetched;

  return outline != NULL && self->busy == NULL && hr_outline_get_partition (outline, partition, &found)
         && row < found.n_rows && hr_outline_fetch (outline, partition, row, 1, arena, &fetched, NULL) == 1
         && hr_document_get_key (self->document, self->table, &fetched.item, arena, key);
}

static void
choose_rows (HrSession *self, HrSelectMode mode, guint64 number)
{
  switch (mode)
    {
    case HR_SELECT_EXTEND:
      extend_rows (self, number);
      break;
    case HR_SELECT_TOGGLE:
      begin_several (self);
      toggle_row (self, number);
      break;
    case HR_SELECT_MARK:
      mark_row (self, number);
      break;
    case HR_SELECT_CURSOR:
    case HR_SELECT_ONLY:
      break;
    }
  stamp_rows (self);
}

void
hr_session_select_row (HrSession *self, guint64 partition, guint64 row, guint column, HrSelectMode mode)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  guint64 number;
  HrValue key;

  g_return_if_fail (HR_IS_SESSION (self));

  if (!hr_session_fetch_key (self, partition, row, arena, &key))
    return;
  if (mode == HR_SELECT_CURSOR && hr_row_set_count (self->rows) == 0)
    mode = HR_SELECT_ONLY;
  if (mode == HR_SELECT_ONLY)
    {
      hr_session_select_item (self, &key, column);
      return;
    }
  number = hr_outline_get_row_number (hr_session_get_outline (self), partition, row);
  choose_rows (self, mode, number);
  if (hr_row_set_count (self->rows) == 0)
    {
      hr_session_clear_selection (self);
      return;
    }
  settle_rows (self, number);
  set_key (self, &key);
  self->has_draft = FALSE;
  self->column = column;
  hr_session_set_subject (self, HR_SUBJECT_ITEM);
  hr_session_emit_selection_changed (self);
}

static gboolean
find_first_key (HrSession *self, HrArena *arena, HrValue *key)
{
  guint64 partition, row;

  return hr_outline_locate_row_number (hr_session_get_outline (self), 0, &partition, &row)
         && hr_session_fetch_key (self, partition, row, arena, key);
}

void
hr_session_select_all (HrSession *self)
{
  HrOutline *outline = hr_session_get_outline (self);
  g_autoptr (HrArena) arena = hr_arena_new ();
  guint64 cursor = G_MAXUINT64;
  HrValue key;

  g_return_if_fail (HR_IS_SESSION (self));

  if (outline == NULL || self->busy != NULL)
    return;
  hr_session_unfold_all (self);
  if (!self->has_key || !find_number (self, &self->key, &cursor))
    {
      if (!find_first_key (self, arena, &key))
        return;
      set_key (self, &key);
      self->column = 0;
      cursor = 0;
    }
  forget_rows (self);
  hr_row_set_add (self->rows, 0, hr_outline_get_row_number (outline, G_MAXUINT64, 0));
  stamp_rows (self);
  settle_rows (self, cursor);
  self->has_draft = FALSE;
  hr_session_set_subject (self, HR_SUBJECT_ITEM);
  hr_session_emit_selection_changed (self);
}

void
hr_session_select_items (HrSession *self, const HrValue *const *items, guint n_items, guint column)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrRowSet) rows = hr_row_set_new ();
  HrOutline *outline;
  HrValue key;

  g_return_if_fail (n_items > 0);

  if (!hr_document_get_key (self->document, self->table, items[0], arena, &key))
    return;
  if (n_items > 1)
    hr_session_unfold_all (self);
  outline = hr_session_get_outline (self);
  for (guint i = 0; i < n_items && n_items > 1 && outline != NULL; i++)
    {
      guint64 position, row;

      if (hr_outline_find_row (outline, items[i], &position, &row))
        {
          guint64 number = hr_outline_get_row_number (outline, position, row);

          hr_row_set_add (rows, number, number + 1);
        }
    }
  hr_session_select_item (self, &key, column);
  if (hr_row_set_count (rows) <= 1)
    return;
  hr_row_set_free (self->rows);
  self->rows = g_steal_pointer (&rows);
  stamp_rows (self);
  hr_session_emit_selection_changed (self);
}

gboolean
hr_session_forget_rows (HrSession *self)
{
  return forget_rows (self);
}

gboolean
hr_session_follow_rows (HrSession *self)
{
  return (self->rows_outline != hr_session_get_outline (self) || self->rows_generation != self->generation)
         && forget_rows (self);
}

/* After a change */

/* The draft may have become an item, which then is selected, or be gone. */
static void
check_draft (HrSession *self)
{
  const HrItemRef ref = { self->table, NULL, self->draft };
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrDraft *draft = NULL;
  HrValue item, key;
  gboolean is_item =
      self->table != NULL && hr_document_get_entry (self->document, &ref, arena, &item, &draft, NULL);

  if (draft != NULL)
    return;
  if (is_item && hr_document_get_key (self->document, self->table, &item, arena, &key))
    hr_session_select_item (self, &key, 0);
  else
    hr_session_clear_selection (self);
}

void
hr_session_check_selection (HrSession *self)
{
  g_autoptr (HrArena) arena = NULL;
  HrRow row;

  if (self->has_draft)
    check_draft (self);
  if (!self->has_key)
    return;
  arena = hr_arena_new ();
  if (self->table == NULL
      || !hr_engine_get_row (hr_document_get_engine (self->document), self->table, &self->key, arena, &row, NULL))
    hr_session_clear_selection (self);
}
