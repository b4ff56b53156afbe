/*
 * Sets of rows, as ranges.
 *
 * A change makes the list of ranges anew: those before, what becomes of the ones that it meets, those behind. There are
 * as many as somebody has clicked, while rows may be very many.
 */
#include "model/document/row-set.h"

struct _HrRowSet
{
  GArray *ranges; /* HrRowRange */
  guint64 n_rows;
};

HrRowSet *
hr_row_set_new (void)
{
  HrRowSet *self = g_new0 (HrRowSet, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (HrRowRange));
  return self;
}

HrRowSet *
hr_row_set_copy (const HrRowSet *self)
{
  HrRowSet *copy = g_new0 (HrRowSet, 1);

  copy->ranges = g_array_copy (self->ranges);
  copy->n_rows = self->n_rows;
  return copy;
}

void
hr_row_set_free (HrRowSet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->ranges);
  g_free (self);
}

void
hr_row_set_clear (HrRowSet *self)
{
  g_array_set_size (self->ranges, 0);
  self->n_rows = 0;
}

static const HrRowRange *
get_range (const HrRowSet *self, guint index)
{
  return &g_array_index (self->ranges, HrRowRange, index);
}

/* Without the empty ones. */
static void
append (GArray *ranges, guint64 first, guint64 end)
{
  HrRowRange range = { first, end };

  if (first < end)
    g_array_append_val (ranges, range);
}

static void
take_ranges (HrRowSet *self, GArray *ranges)
{
  g_array_unref (self->ranges);
  self->ranges = ranges;
  self->n_rows = 0;
  for (guint i = 0; i < ranges->len; i++)
    self->n_rows += get_range (self, i)->end - get_range (self, i)->first;
}

void
hr_row_set_add (HrRowSet *self, guint64 first, guint64 end)
{
  GArray *ranges;
  guint i = 0;

  if (first >= end)
    return;
  ranges = g_array_new (FALSE, FALSE, sizeof (HrRowRange));
  for (; i < self->ranges->len && get_range (self, i)->end < first; i++)
    append (ranges, get_range (self, i)->first, get_range (self, i)->end);
  for (; i < self->ranges->len && get_range (self, i)->first <= end; i++)
    {
      first = MIN (first, get_range (self, i)->first);
      end = MAX (end, get_range (self, i)->end);
    }
  append (ranges, first, end);
  for (; i < self->ranges->len; i++)
    append (ranges, get_range (self, i)->first, get_range (self, i)->end);
  take_ranges (self, ranges);
}

void
hr_row_set_remove (HrRowSet *self, guint64 first, guint64 end)
{
  GArray *ranges;

  if (first >= end)
    return;
  ranges = g_array_new (FALSE, FALSE, sizeof (HrRowRange));
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const HrRowRange *range = get_range (self, i);

      append (ranges, range->first, MIN (range->end, first));
      append (ranges, MAX (range->first, end), range->end);
    }
  take_ranges (self, ranges);
}

gboolean
hr_row_set_contains (const HrRowSet *self, guint64 row)
{
  guint low = 0;
  guint high = self->ranges->len;

  /* the first range that does not end before the row */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_range (self, middle)->end <= row)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->ranges->len && get_range (self, low)->first <= row;
}

guint64
hr_row_set_count (const HrRowSet *self)
{
  return self->n_rows;
}

guint
hr_row_set_get_ranges (const HrRowSet *self, const HrRowRange **ranges)
{
  *ranges = self->ranges->len > 0 ? get_range (self, 0) : NULL;
  return self->ranges->len;
}
