/*
 * Heights: where partitions and rows stand, for any metrics.
 *
 * Every height is made of the same three counts, so a top that is asked for and a place that is looked up by
 * height always agree, to the last bit.
 */
#include "model/document/outline-private.h"

double
hr_outline_get_height (const HrOutline *self, const HrOutlineMetrics *metrics)
{
  return hr_outline_sum_height (&self->shown.total, metrics);
}

double
hr_outline_get_partition_top (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position)
{
  HrOutlineSum before;

  if (hr_outline_list_get (&self->shown, position, &before, NULL) == NULL)
    return hr_outline_get_height (self, metrics);
  return hr_outline_sum_height (&before, metrics);
}

gboolean
hr_outline_locate_partition (const HrOutline *self, const HrOutlineMetrics *metrics, double y,
                             guint64 *position)
{
  if (self->shown.total.nodes == 0)
    return FALSE;
  if (y < hr_outline_get_height (self, metrics))
    *position = hr_outline_list_find_height (&self->shown, metrics, y);
  else
    *position = self->shown.total.nodes - 1;
  return TRUE;
}

guint64
hr_outline_get_row_number (const HrOutline *self, guint64 position, guint64 row)
{
  HrOutlineSum before;

  if (hr_outline_list_get (&self->shown, position, &before, NULL) == NULL)
    return self->shown.total.rows;
  return before.rows + row;
}

gboolean
hr_outline_locate_row_number (const HrOutline *self, guint64 number, guint64 *position, guint64 *row)
{
  HrOutlineSum before;

  if (number >= self->shown.total.rows)
    return FALSE;
  *position = hr_outline_list_find_row (&self->shown, number);
  hr_outline_list_get (&self->shown, *position, &before, NULL);
  *row = number - before.rows;
  return TRUE;
}

/* Without the gap, which stands between partitions. */
static double
get_height_within (const HrOutlineMetrics *metrics, guint64 rows, guint64 runs)
{
  return metrics->header * (double) runs + metrics->row * (double) rows;
}

/* Walks over the shown rows of a piece. */
typedef struct
{
  const HrOutlinePiece *piece;
  guint next;         /* stored row to look at */
  guint8 previous;
  guint64 row;        /* number of the row reached, in the partition */
  guint64 runs;       /* that have begun, the row's own included */
  gboolean run_start;
} Steps;

static Steps
steps_begin (const HrOutlinePiece *piece)
{
  return (Steps) { .piece = piece, .previous = piece->previous, .row = piece->before.rows - 1,
                   .runs = piece->before.runs };
}

static gboolean
steps_next (Steps *self)
{
  const HrOutlinePiece *piece = self->piece;
  guint8 entity;

  while (self->next < piece->n_stored && (piece->rows[self->next] & HR_OUTLINE_HIDDEN) != 0)
    self->next++;
  if (self->next == piece->n_stored)
    return FALSE;
  entity = hr_outline_byte_get_entity (piece->rows[self->next++]);
  self->run_start = entity != self->previous;
  self->previous = entity;
  self->runs += self->run_start;
  self->row++;
  return TRUE;
}

double
hr_outline_get_row_top (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position, guint64 row)
{
  HrOutlineWeight weight;
  const HrOutlinePartition *partition = hr_outline_list_get (&self->shown, position, NULL, &weight);
  HrOutlinePiece piece;
  Steps steps;

  if (partition == NULL)
    return 0;
  if (row >= weight.rows)
    return get_height_within (metrics, weight.rows, weight.runs);
  hr_outline_piece_find_row (partition, row, &piece);
  steps = steps_begin (&piece);
  while (steps_next (&steps) && steps.row < row)
    ;
  return get_height_within (metrics, steps.row, steps.runs);
}

/* The row at @y, or of a header line the row that is nearer to it. */
static guint64
locate_in_piece (const HrOutlinePiece *piece, const HrOutlineMetrics *metrics, double y)
{
  Steps steps = steps_begin (piece);

  while (steps_next (&steps))
    {
      double top = get_height_within (metrics, steps.row, steps.runs);
      double header_top = get_height_within (metrics, steps.row, steps.runs - steps.run_start);

      if (y < top)
        return steps.row > 0 && y - header_top < top - y ? steps.row - 1 : steps.row;
      if (y < top + metrics->row)
        break;
    }
  return steps.row;
}

guint64
hr_outline_locate_row (const HrOutline *self, const HrOutlineMetrics *metrics, guint64 position, double y)
{
  HrOutlineWeight weight;
  const HrOutlinePartition *partition = hr_outline_list_get (&self->shown, position, NULL, &weight);
  HrOutlinePiece piece;

  if (partition == NULL || hr_outline_partition_is_folded (partition))
    return 0;
  if (!(y < get_height_within (metrics, weight.rows, weight.runs)))
    return weight.rows - 1;
  y = MAX (y, 0); /* above all there may be chunks without shown rows */
  hr_outline_piece_find_height (partition, metrics, y, &piece);
  return locate_in_piece (&piece, metrics, y);
}
