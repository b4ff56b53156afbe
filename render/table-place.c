/*
 * Where blocks and rows stand.
 *
 * Heights are the outline's, which are sums, plus what a run adds (table-overlay.c), which is sorted: tops are found in
 * logarithmic time, and so is what stands at a height, by bisection of tops.
 */

#include "render/table-private.h"

#include <math.h>

#include "model/base/i18n.h"

static double
get_extra_height (const HrTableLayout *self, const HrTableExtra *extra)
{
  return self->metrics.header + (extra->is_empty ? self->metrics.row : 0);
}

static guint
find_first_insert (const HrTableLayout *self, guint64 position)
{
  guint low = 0;
  guint high = self->inserts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->inserts, HrTableInsert, middle).partition < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static double
get_insert_height (const HrTableLayout *self, const HrTableInsert *insert)
{
  return insert->kind == HR_INSERT_ROW ? self->metrics.row : self->metrics.header;
}

/* Height of all inserts before number @index, which may be past the last. */
static double
get_height_above (const HrTableLayout *self, guint index)
{
  const HrTableInsert *last;

  if (index < self->inserts->len)
    return g_array_index (self->inserts, HrTableInsert, index).above;
  if (index == 0)
    return 0;
  last = &g_array_index (self->inserts, HrTableInsert, index - 1);
  return last->above + get_insert_height (self, last);
}

guint64
hr_table_get_n_blocks (const HrTableLayout *self)
{
  return self->totals.n_partitions + self->extras->len;
}

/* Top of the block's border. */
static double
get_top (const HrTableLayout *self, guint64 position)
{
  guint64 n_partitions = self->totals.n_partitions;
  double gap = self->metrics.gap;
  double added = get_height_above (self, find_first_insert (self, position));
  double top;

  if (position < n_partitions)
    return hr_outline_get_partition_top (self->look.outline, &self->outline_metrics, position) + gap + added;
  top = hr_outline_get_height (self->look.outline, &self->outline_metrics) + gap + added;
  for (guint i = 0; i < position - n_partitions; i++)
    top += get_extra_height (self, &g_array_index (self->extras, HrTableExtra, i)) + gap;
  return top;
}

double
hr_table_layout_get_height (const HrTableLayout *self)
{
  return self->look.outline != NULL ? get_top (self, hr_table_get_n_blocks (self)) : 0;
}

gboolean
hr_table_get_block (const HrTableLayout *self, guint64 position, HrBlock *block)
{
  guint64 n_partitions = self->totals.n_partitions;
  double height;

  *block = (HrBlock) { .position = position };
  if (position < n_partitions)
    {
      if (!hr_outline_get_partition (self->look.outline, position, &block->partition))
        return FALSE;
      block->is_folded = block->partition.is_folded;
      height = hr_outline_get_row_top (self->look.outline, &self->outline_metrics, position, block->partition.n_rows);
    }
  else if (position < hr_table_get_n_blocks (self))
    {
      const HrTableExtra *extra = &g_array_index (self->extras, HrTableExtra, position - n_partitions);

      block->partition = extra->partition;
      block->is_extra = TRUE;
      block->is_empty = extra->is_empty;
      height = get_extra_height (self, extra);
    }
  else
    return FALSE;

  block->top = get_top (self, position);
  block->first_insert = find_first_insert (self, position);
  block->n_inserts = find_first_insert (self, position + 1) - block->first_insert;
  block->height = height + get_height_above (self, block->first_insert + block->n_inserts)
                  - get_height_above (self, block->first_insert);
  block->n_slots = block->is_folded ? 0 : hr_table_count_slots (self, block);
  if (self->look.marks != NULL)
    block->mark = hr_marks_get_partition (self->look.marks, block->partition.keys);
  return TRUE;
}

gboolean
hr_table_locate_block (const HrTableLayout *self, double y, guint64 *position)
{
  guint64 low = 0;
  guint64 high = hr_table_get_n_blocks (self);

  if (high == 0)
    return FALSE;
  while (high - low > 1)
    {
      guint64 middle = low + (high - low) / 2;

      if (get_top (self, middle) <= y)
        low = middle;
      else
        high = middle;
    }
  *position = low;
  return TRUE;
}

double
hr_table_get_row_y (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  double base = self->metrics.header;

  if (!block->is_extra)
    base = hr_outline_get_row_top (self->look.outline, &self->outline_metrics, block->position, row);
  return base + hr_table_get_added_height (self, block, row);
}

guint64
hr_table_locate_row (const HrTableLayout *self, const HrBlock *block, double y)
{
  guint64 low = 0;
  guint64 high = block->partition.n_rows;

  while (high > low + 1)
    {
      guint64 middle = low + (high - low) / 2;

      if (hr_table_get_row_y (self, block, middle) <= y)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* From the row below upwards: its header, if one stands between, and the inserts that follow this one. */
double
hr_table_get_insert_y (const HrTableLayout *self, const HrBlock *block, guint index)
{
  const HrTableInsert *insert = hr_table_get_insert (self, block, index);
  guint end = index;
  double y = hr_table_get_row_y (self, block, insert->row);

  while (end < block->n_inserts && hr_table_get_insert (self, block, end)->row == insert->row)
    end++;
  y -= get_height_above (self, block->first_insert + end) - insert->above;
  if (!insert->below_header)
    y -= hr_table_get_header_height (self, block, insert->row);
  return y;
}

double
hr_table_get_header_height (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  const HrOutlineMetrics headers = { .header = 1 };
  const HrOutline *outline = self->look.outline;

  if (block->is_extra || row == 0)
    return self->metrics.header;
  if (row >= block->partition.n_rows
      || hr_outline_get_row_top (outline, &headers, block->position, row)
             == hr_outline_get_row_top (outline, &headers, block->position, row - 1))
    return 0;
  return self->metrics.header;
}

double
hr_table_get_header_y (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  double height = hr_table_get_header_height (self, block, row);

  for (guint i = hr_table_find_inserts (self, block, row); i < block->n_inserts; i++)
    {
      const HrTableInsert *insert = hr_table_get_insert (self, block, i);

      if (insert->row != row)
        break;
      if (insert->below_header)
        return hr_table_get_insert_y (self, block, i) - height;
    }
  return hr_table_get_row_y (self, block, row) - height;
}

double
hr_table_get_rows_x (const HrTableLayout *self, const HrBlock *block)
{
  return self->metrics.margin + self->metrics.key_width + (block->mark != NULL ? self->metrics.lane : 0);
}

double
hr_table_get_texts_x (const HrTableLayout *self)
{
  return self->metrics.margin + self->metrics.key_width + self->metrics.lane + self->metrics.inset;
}

double
hr_table_layout_get_width (const HrTableLayout *self)
{
  return self->content_width + 2 * self->metrics.margin;
}

const char *
hr_table_get_entity_name (const HrTableLayout *self, guint entity)
{
  const GPtrArray *entities = self->look.table->entities;

  return entity < entities->len ? ((const HrEntity *) g_ptr_array_index (entities, entity))->name : _ ("Item");
}

void
hr_table_mark_row (const HrTableLayout *self, HrRowView *view)
{
  view->mark = (HrMark) { .state = HR_MARK_NOT_READ };
  if (self->look.marks != NULL)
    hr_marks_get_item (self->look.marks, &view->row.item, &view->mark);
  if (view->mark.state != HR_MARK_REPLACED || view->mark.after == NULL)
    return;
  view->row.item = *view->mark.after;
  if (self->pairing != NULL && self->pairing->side == HR_SIDE_TABLE)
    view->row.lack = hr_index_judge_item (self->pairing->keys, &view->row.item);
}

/* A row that the outline does not hold shows what was written, or what is gone. */
void
hr_table_init_added (const HrTableInsert *insert, guint64 number, HrRowView *view)
{
  const HrValue *item = insert->mark.after != NULL ? insert->mark.after : insert->mark.before;

  *view = (HrRowView) { .number = number, .mark = insert->mark, .is_added = TRUE };
  view->row = (HrOutlineRow) { .item = *item, .entity = insert->entity, .ordinal = -1 };
}

gboolean
hr_table_fetch_row (const HrTableLayout *self, const HrBlock *block, guint64 number, HrArena *arena, HrRowView *view,
                    GError **error)
{
  const HrTableInsert *insert = hr_table_find_added (self, block, number);

  if (insert != NULL)
    {
      hr_table_init_added (insert, number, view);
      return TRUE;
    }
  *view = (HrRowView) { .number = number };
  if (number >= block->partition.n_rows
      || hr_outline_fetch (self->look.outline, block->position, number, 1, arena, &view->row, error) == 0)
    return FALSE;
  hr_table_mark_row (self, view);
  return TRUE;
}

static void
take_edge (double y, double limit, double *edge)
{
  if (y <= limit && y > *edge)
    *edge = y;
}

/* The last top of a row, or of a header with its row, that is not below @limit. */
static double
get_last_edge (const HrTableLayout *self, const HrBlock *block, double limit)
{
  guint64 row = hr_table_locate_row (self, block, limit - block->top);
  guint64 end = MIN (row + 2, block->partition.n_rows);
  double edge = block->top;

  for (guint64 i = row > 0 ? row - 1 : 0; i < end; i++)
    take_edge (block->top + hr_table_get_header_y (self, block, i), limit, &edge);
  for (guint i = hr_table_find_inserts (self, block, row > 0 ? row - 1 : 0); i < block->n_inserts; i++)
    {
      const HrTableInsert *insert = hr_table_get_insert (self, block, i);
      const HrTableInsert *above = i > 0 ? hr_table_get_insert (self, block, i - 1) : NULL;
      gboolean is_below = above != NULL && above->below_header && above->row == insert->row;
      double y = block->top + hr_table_get_insert_y (self, block, i);

      if (y > limit)
        break;
      /* a header and what is right below it stay together */
      if (!insert->below_header || is_below)
        take_edge (y, limit, &edge);
      if (insert->below_header && insert->row < end)
        take_edge (block->top + hr_table_get_row_y (self, block, insert->row), limit, &edge);
    }
  return edge;
}

double
hr_table_layout_get_page_height (HrTableLayout *self, double y, double height)
{
  double limit = y + height;
  guint64 position;
  HrBlock block;
  double edge;

  if (self->look.outline == NULL || limit >= hr_table_layout_get_height (self)
      || !hr_table_locate_block (self, limit, &position) || !hr_table_get_block (self, position, &block))
    return height;
  edge = limit >= block.top + block.height ? limit : get_last_edge (self, &block, limit);
  /* between the border and the rows there is nothing to tear apart; begin with the block */
  if (edge <= block.top)
    edge = block.top - self->metrics.gap / 2;
  return edge > y ? edge - y : height;
}
