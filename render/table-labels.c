/*
 * What assistive tools read, and what tooltips say of texts that were shortened.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

const char *
hr_table_describe_partition (const HrPartition *partition, HrArena *arena)
{
  const char *joined = "";

  for (guint i = 0; i < partition->n_keys; i++)
    {
      const char *text = hr_cell_describe (&partition->keys[i], arena);

      joined = i == 0 ? text : hr_arena_printf (arena, _ ("%s · %s"), joined, text);
    }
  return joined;
}

void
hr_block_label_partition (const HrBlockFrame *self, gboolean is_shortened, const HrRect *rect)
{
  HrArena *arena = self->frame->arena;
  const HrPartition *partition = &self->block.partition;
  HrHit target = { .kind = HR_HIT_PARTITION, .partition = self->block.position };
  const char *key = hr_table_describe_partition (partition, arena);
  const char *label;

  if (self->block.is_empty)
    label = hr_arena_printf (arena, _ ("Partition %s is empty"), key);
  else
    label = hr_arena_printf (arena, _ ("Partition %s, %s, %s"), key,
                             hr_format_items (arena, hr_block_count_items (self)),
                             hr_format_size (arena, partition->size_bytes));
  if (self->block.is_folded)
    {
      const char *lack = hr_block_describe_lack (self, partition->lack);

      label = hr_arena_printf (arena, _ ("%s, %s"), label, lack != NULL ? lack : _ ("Folded"));
    }
  hr_pen_target (&self->frame->pen, rect, &target, label, is_shortened ? key : NULL);
}

/* "returned 3 of 5", where the place alone would not say how much there is. */
static const char *
describe_place (const HrBlockFrame *self, const HrMark *mark)
{
  HrArena *arena = self->frame->arena;
  guint64 total;

  if (mark->state != HR_MARK_RETURNED)
    return hr_block_describe_mark (self, mark);
  total = hr_marks_get_n_returned (self->frame->table->look.marks);
  return hr_arena_printf (arena, _ ("returned %s of %s"), hr_format_count (arena, mark->number),
                          hr_format_count (arena, total));
}

/* "Message, partition MSG#5ae2, sort key 2026-03-02" */
static const char *
describe_row (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableLayout *table = self->frame->table;
  HrArena *arena = self->frame->arena;
  const char *entity = hr_table_get_entity_name (table, strip->view.row.entity);
  const char *partition = hr_table_describe_partition (&self->block.partition, arena);
  const HrValue *key = table->has_sort_key ? hr_table_get_value (hr_table_get_column (table, 0), &strip->view.row.item)
                                           : NULL;

  if (key == NULL)
    return hr_arena_printf (arena, _ ("%s, partition %s"), entity, partition);
  return hr_arena_printf (arena, _ ("%s, partition %s, sort key %s"), entity, partition,
                          hr_cell_describe (key, arena));
}

void
hr_block_label_row (const HrBlockFrame *self, const HrStrip *strip, const HrRect *rect)
{
  HrArena *arena = self->frame->arena;
  HrHit target = { HR_HIT_ROW, self->block.position, strip->view.number, 0, HR_SIDE_TABLE };
  const char *row = describe_row (self, strip);
  const char *place = describe_place (self, &strip->view.mark);
  const char *lack = hr_block_describe_lack (self, strip->view.row.lack);

  if (place != NULL)
    row = hr_arena_printf (arena, _ ("%s, %s"), row, place);
  if (lack != NULL)
    row = hr_arena_printf (arena, _ ("%s, %s"), row, lack);
  hr_pen_target (&self->frame->pen, rect, &target, row, NULL);
}

void
hr_block_label_cell (const HrBlockFrame *self, const HrStrip *strip, guint column, const HrValue *value,
                     gboolean is_shortened, const HrRect *rect)
{
  HrArena *arena = self->frame->arena;
  HrHit target = { HR_HIT_CELL, self->block.position, strip->view.number, column, HR_SIDE_TABLE };
  const char *name = hr_table_get_column (self->frame->table, column)->name;
  const char *row = describe_row (self, strip);
  const char *text = value != NULL ? hr_cell_describe (value, arena) : _ ("missing");
  const char *place = describe_place (self, &strip->view.mark);
  const char *label;

  if (column > 0)
    label = place != NULL ? hr_arena_printf (arena, _ ("%s, %s: %s, %s"), row, name, text, place)
                          : hr_arena_printf (arena, _ ("%s, %s: %s"), row, name, text);
  else
    label = place != NULL ? hr_arena_printf (arena, _ ("%s, %s"), row, place) : row;
  hr_pen_target (&self->frame->pen, rect, &target, label, is_shortened && value != NULL ? text : NULL);
}

void
hr_block_label_absent (const HrBlockFrame *self, const HrStrip *strip, guint number, gboolean is_local)
{
  const HrTableColumn *column = hr_table_get_column (self->frame->table, number);
  HrHit target = { HR_HIT_CELL, self->block.position, strip->view.number, number, HR_SIDE_TABLE };
  HrRect rect = hr_block_get_cell_rect (self, column, strip);
  const char *words = is_local ? _ ("not in the index; fetching it costs a read of the table")
                               : _ ("not in the index, which cannot fetch it");

  if (hr_block_clip_to_rows (self, &rect))
    hr_pen_target (&self->frame->pen, &rect, &target,
                   hr_arena_printf (self->frame->arena, _ ("%s, %s: %s"), describe_row (self, strip), column->name,
                                    words),
                   words);
}
