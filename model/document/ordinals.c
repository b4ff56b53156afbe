/*
 * Ordinals: the order in which entries were entered.
 *
 * Rows and drafts of a table share one sequence. The engine numbers what patterns and clients write; the document
 * leaves a gap behind each entry it puts at the end, so that an entry moved or inserted in between finds room at
 * once, or after moving the few that were inserted there before.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

gint64
hr_document_get_next_ordinal (HrDocument *self, const char *table)
{
  const HrDocumentTable *entry = hr_document_find_table (self, table);
  gint64 next = 0;

  if (hr_engine_get_table (self->engine, table) != NULL)
    next = hr_engine_get_next_ordinal (self->engine, table);
  if (entry->drafts->len > 0)
    {
      const HrDraftEntry *last = g_ptr_array_index (entry->drafts, entry->drafts->len - 1);

      if (last->draft.ordinal >= next)
        next = last->draft.ordinal + HR_ORDINAL_STEP;
    }
  return next;
}

static void
set_next_ordinal (HrDocument *self, const char *table, gint64 next)
{
  if (hr_engine_get_table (self->engine, table) != NULL)
    hr_engine_set_next_ordinal (self->engine, table, next);
}

/* The entries that stand without a gap from an ordinal on. */
typedef struct
{
  const HrDocumentTable *table;
  gint64 expected;   /* the next ordinal of the run */
  guint next_draft;  /* index of the draft to look at */
  GArray *rows;      /* HrRowImage */
  GPtrArray *drafts; /* HrDraftEntry */
} Run;

static void
run_take_drafts (Run *run)
{
  while (run->next_draft < run->table->drafts->len)
    {
      HrDraftEntry *entry = g_ptr_array_index (run->table->drafts, run->next_draft);

      if (entry->draft.ordinal != run->expected)
        break;
      g_ptr_array_add (run->drafts, hr_draft_entry_ref (entry));
      run->next_draft++;
      run->expected++;
    }
}

static gboolean
run_take_row_cb (const HrRow *row, gpointer user_data)
{
  Run *run = user_data;
  HrRowImage image;

  if (row->ordinal < run->expected)
    return TRUE;
  run_take_drafts (run);
  if (row->ordinal != run->expected)
    return FALSE;

  image = hr_row_image_new (row->ordinal, row->record, row->record_length);
  g_array_append_val (run->rows, image);
  run->expected++;
  return TRUE;
}

/* From the last to the first, so that no two entries ever have the same ordinal. */
static gboolean
run_move_up (Run *run, HrDocument *self, GError **error)
{
  guint n_rows = run->rows->len;
  guint n_drafts = run->drafts->len;

  while (n_rows > 0 || n_drafts > 0)
    {
      const HrRowImage *row = n_rows > 0 ? &g_array_index (run->rows, HrRowImage, n_rows - 1) : NULL;
      HrDraftEntry *draft = n_drafts > 0 ? g_ptr_array_index (run->drafts, n_drafts - 1) : NULL;

      if (draft == NULL || (row != NULL && row->ordinal > draft->draft.ordinal))
        {
          HrRowImage moved = { row->ordinal + 1, row->record };

          if (!hr_document_write_row (self, run->table->name, row, &moved, error))
            return FALSE;
          n_rows--;
        }
      else
        {
          HrDraftEntry *moved = hr_draft_entry_place (draft, run->table->name, draft->draft.ordinal + 1);

          hr_document_write_draft (self, draft, moved);
          hr_draft_entry_unref (moved);
          n_drafts--;
        }
    }
  return TRUE;
}

/* @top becomes the highest ordinal that is taken by this. */
static gboolean
make_room (HrDocument *self, const char *table, gint64 ordinal, gint64 *top, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HrRowImage));
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_draft_entry_unref);
  Run run = { hr_document_find_table (self, table), ordinal, 0, rows, drafts };

  g_array_set_clear_func (rows, (GDestroyNotify) hr_row_image_clear);
  run.next_draft = hr_document_table_find_draft (run.table, ordinal, NULL);
  if (hr_engine_get_table (self->engine, table) != NULL
      && !hr_engine_foreach_row_from (self->engine, table, ordinal, run_take_row_cb, &run, error))
    return hr_document_fail_store (self);
  run_take_drafts (&run);

  *top = run.expected;
  return run_move_up (&run, self, error);
}

static gboolean
check_place (const char *table, gint64 ordinal, gint64 next, GError **error)
{
  if (ordinal >= -1 && ordinal <= HR_ORDINAL_MAX && next <= HR_ORDINAL_MAX)
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("Table %s has no such place for an entry."), table);
  return FALSE;
}

gboolean
hr_document_check_ordinal (HrDocument *self, const char *table, gint64 ordinal, GError **error)
{
  if (hr_document_find_table (self, table) == NULL)
    return hr_document_unknown_table (table, error);
  return check_place (table, ordinal, hr_document_get_next_ordinal (self, table), error);
}

gboolean
hr_document_take_ordinal (HrDocument *self, const char *table, gint64 *ordinal, GError **error)
{
  gint64 next = hr_document_get_next_ordinal (self, table);
  gint64 top;

  if (!check_place (table, *ordinal, next, error))
    return FALSE;

  if (*ordinal == -1)
    *ordinal = next;
  top = *ordinal;
  if (*ordinal < next && !make_room (self, table, *ordinal, &top, error))
    return FALSE;

  set_next_ordinal (self, table, top < next ? next : top + HR_ORDINAL_STEP);
  return TRUE;
}

static void
next_ordinal_clear (gpointer data)
{
  HrNextOrdinal *next = data;

  g_ref_string_release (next->table);
}

GArray *
hr_document_save_next_ordinals (HrDocument *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (HrNextOrdinal));

  g_array_set_clear_func (list, next_ordinal_clear);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);
      HrNextOrdinal next;

      if (hr_engine_get_table (self->engine, table->name) == NULL)
        continue;
      next.table = g_ref_string_acquire (table->name);
      next.next = hr_engine_get_next_ordinal (self->engine, table->name);
      g_array_append_val (list, next);
    }
  return list;
}

void
hr_document_load_next_ordinals (HrDocument *self, const GArray *next)
{
  for (guint i = 0; i < next->len; i++)
    {
      const HrNextOrdinal *entry = &g_array_index (next, HrNextOrdinal, i);

      set_next_ordinal (self, entry->table, entry->next);
    }
}
