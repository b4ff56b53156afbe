/*
 * What a table says of the index that stands beside it, and the index of what it does not hold.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

#define RADIUS      8
#define ICON_SIZE   14
#define ICON_GAP    7
#define END_GAP     10
#define CELL_HEIGHT 22

static const char *
describe_left_out (const HrBlockFrame *self, HrIndexLack lack)
{
  g_autofree char *words = hr_index_lack_describe (lack, self->frame->table->pairing->keys);

  return hr_arena_printf (self->frame->arena, _ ("Not in the index: %s"), words);
}

const char *
hr_block_describe_lack (const HrBlockFrame *self, HrIndexLack lack)
{
  g_auto (GStrv) spans = NULL;
  g_autofree char *plain = NULL;

  if (lack == 0 || self->frame->table->pairing == NULL)
    return NULL;
  spans = g_strsplit (describe_left_out (self, lack), "`", -1);
  plain = g_strjoinv ("", spans);
  return hr_arena_strdup (self->frame->arena, plain);
}

static double
measure_words (const HrBlockFrame *self, const char *words)
{
  return hr_frame_add_words (self->frame, &(HrRect) { 0, 0, 0, 0 }, HR_COLOR_TEXT_DIM, words, FALSE);
}

/* Where there is less room the icon alone says that the item is not in the index, and the words say why. */
static const char *
choose_words (const HrBlockFrame *self, HrIndexLack lack, double width)
{
  const char *words = describe_left_out (self, lack);
  g_autofree char *reason = hr_index_lack_describe (lack, self->frame->table->pairing->keys);

  return measure_words (self, words) <= width ? words : hr_arena_strdup (self->frame->arena, reason);
}

/* Icon and words from @x on, in the middle of the strip. */
static void
draw_reason (const HrBlockFrame *self, const HrRect *rect, HrIndexLack lack)
{
  const HrTableFrame *frame = self->frame;
  double unit = frame->table->metrics.unit;
  double icon = ICON_SIZE * unit;
  HrRect words = *rect;

  if (rect->width < 2 * icon)
    return;
  hr_pen_icon (&frame->pen, HR_ICON_LEFT_OUT, rect->x, rect->y + (rect->height - icon) / 2, icon, HR_COLOR_TEXT_DIM);
  words.x += icon + ICON_GAP * unit;
  words.width -= icon + ICON_GAP * unit;
  hr_frame_add_words (frame, &words, HR_COLOR_TEXT_DIM, choose_words (self, lack, words.width), TRUE);
}

/* Beside the key. */
static HrRect
get_words_rect (const HrBlockFrame *self)
{
  double x = hr_table_get_texts_x (self->frame->table);

  return (HrRect) { x, self->rect.y, self->end - x - END_GAP * self->frame->table->metrics.unit, self->rect.height };
}

gboolean
hr_block_is_reason_below (const HrBlockFrame *self)
{
  double unit = self->frame->table->metrics.unit;
  double width = get_words_rect (self).width - (ICON_SIZE + ICON_GAP) * unit;

  return self->block.is_folded && self->frame->table->pairing != NULL && self->block.partition.lack != 0
         && measure_words (self, choose_words (self, self->block.partition.lack, width)) > width;
}

void
hr_block_draw_folded (const HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  const HrTableMetrics *metrics = &frame->table->metrics;
  HrRect words = get_words_rect (self);

  hr_pen_box (&frame->pen, &self->shape, &(HrBox) { .fill = HR_COLOR_KEY_CELL, .radius = RADIUS * metrics->unit });
  hr_block_draw_key_cell (self);
  if (hr_block_is_reason_below (self))
    words = hr_block_get_items_rect (self);
  if (frame->table->pairing == NULL)
    hr_frame_add_words (frame, &words, HR_COLOR_TEXT_DIM, _ ("Folded"), TRUE);
  else
    draw_reason (self, &words, self->block.partition.lack);
}

/* Behind the sort key at least, and further on where the words are short. */
double
hr_block_get_left_out_x (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableFrame *frame = self->frame;
  const HrTableMetrics *metrics = &frame->table->metrics;
  const HrTableColumn *first = hr_table_get_column (frame->table, 0);
  double width = measure_words (self, describe_left_out (self, strip->view.row.lack));

  width += (ICON_SIZE + ICON_GAP + END_GAP) * metrics->unit;
  return MAX (self->end - width, self->texts_x + first->width);
}

void
hr_block_draw_left_out (const HrBlockFrame *self, const HrStrip *strip)
{
  double end = self->end - END_GAP * self->frame->table->metrics.unit;
  HrRect rect = { hr_block_get_left_out_x (self, strip), strip->y, 0, strip->height };

  rect.width = end - rect.x;
  draw_reason (self, &rect, strip->view.row.lack);
}

void
hr_block_draw_absent (const HrBlockFrame *self, const HrStrip *strip, guint number)
{
  const HrTableFrame *frame = self->frame;
  const HrTableLayout *table = frame->table;
  const HrTableColumn *column = hr_table_get_column (table, number);
  double unit = table->metrics.unit;
  double height = CELL_HEIGHT * unit;
  HrRect cell = { self->texts_x + column->x, strip->y + (strip->height - height) / 2,
                  column->width - table->metrics.column_gap, height };
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .align = HR_ALIGN_CENTER,
                      .ellipsis = HR_ELLIPSIS_END };
  gboolean is_local = table->pairing->index->kind == HR_INDEX_LOCAL;
  HrRect words = { cell.x + 6 * unit, cell.y, cell.width - 12 * unit, cell.height };

  hr_pen_box (&frame->pen, &cell,
              &(HrBox) { .stroke = HR_COLOR_TEXT_FAINT, .stroke_width = 1, .radius = 4 * unit, .dash = 3 * unit });
  hr_frame_add_text (frame, &words, &look, _ ("not in the index"), -1);
  hr_block_label_absent (self, strip, number, is_local);
}
