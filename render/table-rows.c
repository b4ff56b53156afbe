/*
 * Lines of a block: names of attributes above a run of one entity, and its items.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

#define RADIUS       8
#define UNREAD       0.55 /* opacity of what a run did not read in a partition that it did */
#define BADGE_HEIGHT 18

/* Where the last line of a block is filled, the block's corner must stay round. */
static void
fill_line (const HrBlockFrame *self, const HrStrip *strip, HrColor color)
{
  HrRect rect = { self->rows_x, strip->y, self->rect.x + self->rect.width - self->rows_x, strip->height };
  HrBox box = { .fill = color };

  if (strip->is_last)
    {
      box.radius = (RADIUS - 1) * self->frame->table->metrics.unit;
      box.corners = 4;
    }
  hr_pen_box (&self->frame->pen, &rect, &box);
}

HrRect
hr_block_get_cell_rect (const HrBlockFrame *self, const HrTableColumn *column, const HrStrip *strip)
{
  const HrTableMetrics *metrics = &self->frame->table->metrics;
  double before = MIN (metrics->inset, metrics->column_gap) / 2;

  return (HrRect) { self->texts_x + column->x - before, strip->y, column->width, strip->height };
}

gboolean
hr_block_clip_to_rows (const HrBlockFrame *self, HrRect *rect)
{
  double start = MAX (rect->x, self->rows_x);
  double end = MIN (rect->x + rect->width, self->end);
  double top = MAX (rect->y, 0);
  double bottom = MIN (rect->y + rect->height, self->frame->viewport->height);

  *rect = (HrRect) { start, top, end - start, bottom - top };
  return rect->width > 0 && rect->height > 0;
}

/* The text's place: without the gap behind it, and in a row not under what is said at its end. */
static HrRect
get_text_rect (const HrBlockFrame *self, const HrTableColumn *column, const HrStrip *strip)
{
  double x = self->texts_x + column->x;
  double width = column->width - self->frame->table->metrics.column_gap;

  if (strip->kind == HR_STRIP_ROW && hr_block_describe_mark (self, &strip->view.mark) != NULL)
    width = MIN (width, self->status_x - x);
  else if (strip->kind == HR_STRIP_ROW && self->block.mark == NULL && strip->view.row.lack != 0)
    width = MIN (width, hr_block_get_left_out_x (self, strip) - x - self->frame->table->metrics.inset);
  return (HrRect) { x, strip->y, width, strip->height };
}

static gboolean
is_in_sight (const HrBlockFrame *self, const HrTableColumn *column)
{
  double x = self->texts_x + column->x;

  return x < self->end && x + column->width > self->rows_x;
}

static void
label_header (const HrBlockFrame *self, const HrStrip *strip, guint number, gboolean is_shortened)
{
  const HrTableColumn *column = hr_table_get_column (self->frame->table, number);
  HrHit target = { HR_HIT_HEADER, self->block.position, strip->view.number, number, HR_SIDE_TABLE };
  HrRect rect = hr_block_get_cell_rect (self, column, strip);

  if (hr_block_clip_to_rows (self, &rect))
    hr_pen_target (&self->frame->pen, &rect, &target, column->name, is_shortened ? column->name : NULL);
}

void
hr_block_draw_header (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableLayout *table = self->frame->table;
  HrTextLook look = { .style = HR_STYLE_CAPTION_MONO, .color = HR_COLOR_TEXT_DIM, .ellipsis = HR_ELLIPSIS_END };
  HrRect line = { self->rows_x, strip->y + strip->height - 1, self->rect.x + self->rect.width - self->rows_x, 1 };

  for (guint i = table->has_sort_key ? 0 : 1; i < table->columns->len; i++)
    {
      const HrTableColumn *column = hr_table_get_column (table, i);
      HrRect rect = get_text_rect (self, column, strip);
      gboolean is_shortened;

      if (!hr_table_column_is_shown (column, strip->view.row.entity) || !is_in_sight (self, column))
        continue;
      is_shortened = hr_frame_add_text (self->frame, &rect, &look, column->name, -1);
      label_header (self, strip, i, is_shortened);
    }
  hr_pen_fill (&self->frame->pen, &line, HR_COLOR_LINE);
}

static void
draw_badge (const HrBlockFrame *self, const HrRect *place, const HrCellText *text, const HrTextLook *look)
{
  double unit = self->frame->table->metrics.unit;
  double height = BADGE_HEIGHT * unit;
  HrRect rect = { place->x, place->y + (place->height - height) / 2,
                  hr_frame_measure (self->frame, look->style, text->text) + 12 * unit, height };
  HrTextLook centered = *look;

  centered.align = HR_ALIGN_CENTER;
  hr_pen_box (&self->frame->pen, &rect,
              &(HrBox) { .stroke = HR_COLOR_TEXT_FAINT, .stroke_width = 1, .radius = 4 * unit });
  hr_frame_add_text (self->frame, &rect, &centered, text->text, (gssize) text->length);
}

static gboolean
is_changed (const HrStrip *strip, const HrTableColumn *column, const HrValue *value)
{
  const HrValue *before;

  if (strip->view.mark.state != HR_MARK_REPLACED || strip->view.mark.before == NULL)
    return FALSE;
  before = hr_table_get_value (column, strip->view.mark.before);
  if (before == NULL || value == NULL)
    return before != value;
  return !hr_value_equal (before, value);
}

static void
draw_cell (const HrBlockFrame *self, const HrStrip *strip, guint number)
{
  const HrTableColumn *column = hr_table_get_column (self->frame->table, number);
  const HrValue *value = hr_table_get_value (column, &strip->view.row.item);
  HrRect rect = get_text_rect (self, column, strip);
  gboolean is_shortened;
  HrCellText text;
  HrTextLook look;

  hr_table_init_cell (column, value, self->frame->arena, &text);
  look = hr_cell_text_get_look (&text);
  look.ellipsis = HR_ELLIPSIS_END;
  if (number == 0)
    {
      look.style = HR_STYLE_MONO;
      look.color = hr_color_of_entity (strip->view.row.entity, HR_PART_INK);
    }
  if (strip->view.mark.state == HR_MARK_FILTERED || strip->view.row.lack != 0)
    look.color = HR_COLOR_TEXT_DIM;
  look.strikethrough = strip->view.mark.state == HR_MARK_DELETED && value != NULL;
  look.underline = is_changed (strip, column, value);
  is_shortened = text.is_shortened;
  if (text.kind == HR_CELL_NULL)
    draw_badge (self, &rect, &text, &look);
  else if (hr_frame_add_text (self->frame, &rect, &look, text.text, (gssize) text.length))
    is_shortened = TRUE;

  rect = hr_block_get_cell_rect (self, column, strip);
  if (hr_block_clip_to_rows (self, &rect))
    hr_block_label_cell (self, strip, number, value, is_shortened, &rect);
}

/* Attributes that have no column in this row, as a number behind the last one. */
static void
draw_rest (const HrBlockFrame *self, const HrStrip *strip, guint n_shown, double x)
{
  const HrTableLayout *table = self->frame->table;
  guint n_keys = 0;
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_FAINT, .ellipsis = HR_ELLIPSIS_END };
  const char *text;

  for (guint i = 0; i < table->layout.n_hash; i++)
    {
      const HrKeyPart *part = &table->layout.parts[i];

      n_keys += hr_map_get (&strip->view.row.item, part->name, part->name_length) != NULL;
    }
  if (table->wanted != NULL || !table->has_key || strip->view.row.item.length <= n_shown + n_keys)
    return;
  text = hr_arena_printf (self->frame->arena, "+%u", strip->view.row.item.length - n_shown - n_keys);
  hr_frame_add_text (self->frame, &(HrRect) { x, strip->y, 40 * table->metrics.unit, strip->height }, &look, text, -1);
}

static void
draw_cells (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableLayout *table = self->frame->table;
  double end = self->texts_x;
  guint n_shown = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const HrTableColumn *column = hr_table_get_column (table, i);

      if (!hr_table_column_is_shown (column, strip->view.row.entity))
        continue;
      n_shown += hr_table_get_value (column, &strip->view.row.item) != NULL;
      end = MAX (end, self->texts_x + column->x + column->width);
      if ((i == 0 && !table->has_sort_key) || !is_in_sight (self, column))
        continue;
      if (column->is_absent)
        hr_block_draw_absent (self, strip, i);
      else
        draw_cell (self, strip, i);
    }
  if (table->pairing == NULL)
    draw_rest (self, strip, n_shown, end);
}

static HrColor
get_background (const HrBlockFrame *self, const HrStrip *strip)
{
  HrColor tint = hr_color_of_entity (strip->view.row.entity, HR_PART_TINT);

  if (strip->view.row.lack != 0)
    return HR_COLOR_BLOCK;
  if (self->block.mark == NULL)
    return tint;
  switch (strip->view.mark.state)
    {
    case HR_MARK_RETURNED:
    case HR_MARK_READ:
    case HR_MARK_CHECKED:
    case HR_MARK_REPLACED:
      return tint;
    case HR_MARK_INSERTED:
      return HR_COLOR_OK_TINT;
    case HR_MARK_DELETED:
      return HR_COLOR_ERROR_TINT;
    case HR_MARK_NOT_READ:
    case HR_MARK_FILTERED:
      return HR_COLOR_BLOCK;
    }
  return tint;
}

static void
draw_line (const HrBlockFrame *self, const HrStrip *strip)
{
  double stripe = self->frame->table->metrics.stripe;
  HrRect line = { self->rows_x + stripe, strip->y + strip->height - 1,
                  self->rect.x + self->rect.width - self->rows_x - stripe, 1 };

  if (!strip->is_last)
    hr_pen_fill (&self->frame->pen, &line, HR_COLOR_LINE);
}

void
hr_block_draw_row (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableFrame *frame = self->frame;
  const HrTableMetrics *metrics = &frame->table->metrics;
  gboolean is_unread = self->block.mark != NULL && strip->view.mark.state == HR_MARK_NOT_READ;
  gboolean is_faint = is_unread && frame->table->look.dim < 1;
  HrColor background = get_background (self, strip);
  HrRect row = { self->rows_x, strip->y, self->end - self->rows_x, strip->height };
  HrRect sight = row;

  if (hr_block_clip_to_rows (self, &sight))
    hr_block_label_row (self, strip, &sight);
  if (is_faint)
    hr_pen_push (&frame->pen, &row, UNREAD, NULL);
  fill_line (self, strip, background);
  if (strip->view.mark.state == HR_MARK_FILTERED && self->block.mark != NULL)
    hr_pen_hatch (&frame->pen, &row, HR_COLOR_HATCH);
  draw_cells (self, strip);
  /* over texts that have been scrolled below it */
  if (background != HR_COLOR_BLOCK)
    hr_pen_fill (&frame->pen, &(HrRect) { row.x, row.y, metrics->stripe, row.height },
                 hr_color_of_entity (strip->view.row.entity, HR_PART_MARK));
  if (self->block.mark != NULL)
    hr_block_draw_status (self, strip, background);
  else if (strip->view.row.lack != 0)
    hr_block_draw_left_out (self, strip);
  draw_line (self, strip);
  if (is_faint)
    hr_pen_pop (&frame->pen);
}
