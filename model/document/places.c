/*
 * Where in the file the rows of a table stood.
 *
 * Rows arrive in the order of their ordinals while a file is loaded, so a sorted array takes 16 bytes a row and
 * finds one by bisection. A row that is edited has no place any more; drafts carry theirs with them.
 */
#include "model/document/document-private.h"

static guint
find_place (const GArray *places, gint64 ordinal)
{
  guint low = 0;
  guint high = places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (places, HrPlace, middle).ordinal < ordinal)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_place_of (const GArray *places, guint index, gint64 ordinal)
{
  return index < places->len && g_array_index (places, HrPlace, index).ordinal == ordinal;
}

void
hr_document_table_add_place (HrDocumentTable *self, gint64 ordinal, HrRange range)
{
  HrPlace place = { ordinal, range };
  guint index;

  if (hr_range_is_none (range))
    return;

  index = find_place (self->places, ordinal);
  if (is_place_of (self->places, index, ordinal))
    g_array_index (self->places, HrPlace, index) = place;
  else
    g_array_insert_val (self->places, index, place);
}

HrRange
hr_document_table_get_place (const HrDocumentTable *self, gint64 ordinal)
{
  guint index = find_place (self->places, ordinal);

  return is_place_of (self->places, index, ordinal) ? g_array_index (self->places, HrPlace, index).range
                                                    : HR_RANGE_NONE;
}

static void
forget_place (GArray *places, const HrRowImage *row)
{
  guint index = find_place (places, row->ordinal);

  if (row->record != NULL && is_place_of (places, index, row->ordinal))
    g_array_index (places, HrPlace, index).range = HR_RANGE_NONE;
}

void
hr_document_table_move_place (HrDocumentTable *self, const HrRowImage *before, const HrRowImage *after)
{
  HrRange range = HR_RANGE_NONE;

  if (self->places->len == 0)
    return;
  if (before->record != NULL && before->record == after->record)
    range = hr_document_table_get_place (self, before->ordinal);
  forget_place (self->places, before);
  forget_place (self->places, after);
  hr_document_table_add_place (self, after->ordinal, range);
}
