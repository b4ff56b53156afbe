/*
 * What a run did to a block: brackets in the lane, what is said at the end of each row, and lines where pages end.
 *
 * A bracket is drawn from the marks of the rows in sight: where the row beyond the edge is in the range as well, it
 * goes on.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

/* Lengths of the design in the lane. */
#define TEXT_START   1
#define TEXT_WIDTH   16
#define LINE_X       22
#define TICK_END     31
#define INSET_Y      4
#define ARROW        4
#define TEXT_LEAST   44 /* no words in a bracket that is shorter */

typedef struct
{
  const char *text; /* N_() */
  HrColor color;
  gint8 icon;       /* HrIcon or -1 */
} StatusRow;

static const StatusRow statuses[] = {
  [HR_MARK_NOT_READ] = { N_ ("not read"), HR_COLOR_TEXT_FAINT, -1 },
  [HR_MARK_RETURNED] = { N_ ("returned %s"), HR_COLOR_OK, HR_ICON_CHECK },
  [HR_MARK_FILTERED] = { N_ ("filtered out"), HR_COLOR_TEXT_DIM, HR_ICON_FUNNEL },
  [HR_MARK_INSERTED] = { N_ ("added"), HR_COLOR_OK, HR_ICON_PLUS },
  [HR_MARK_REPLACED] = { N_ ("changed"), HR_COLOR_ACCENT_TEXT, HR_ICON_PENCIL },
  [HR_MARK_DELETED] = { N_ ("removed"), HR_COLOR_ERROR, HR_ICON_CROSS },
  [HR_MARK_READ] = { N_ ("read"), HR_COLOR_TEXT_DIM, -1 },
  [HR_MARK_CHECKED] = { N_ ("checked"), HR_COLOR_ACCENT_TEXT, HR_ICON_CHECK },
};

const char *
hr_block_describe_mark (const HrBlockFrame *self, const HrMark *mark)
{
  HrArena *arena = self->frame->arena;

  if (self->block.mark == NULL || (mark->state == HR_MARK_NOT_READ && !self->block.mark->has_range))
    return NULL;
  if (mark->state == HR_MARK_RETURNED)
    {
      const char *number = hr_arena_printf (arena, "%" G_GUINT64_FORMAT, mark->number);

      return hr_arena_printf (arena, mark->is_fetched ? _ ("returned %s, fetched") : _ ("returned %s"), number);
    }
  return _ (statuses[mark->state].text);
}

/* Over the cells that reach so far, so that nothing collides. */
void
hr_block_draw_status (const HrBlockFrame *self, const HrStrip *strip, HrColor background)
{
  const HrTableFrame *frame = self->frame;
  const HrMark *mark = &strip->view.mark;
  const StatusRow *status = &statuses[mark->state];
  const char *text = hr_block_describe_mark (self, mark);
  double unit = frame->table->metrics.unit;
  HrRect rect = { self->status_x, strip->y, self->end - self->status_x, strip->height };
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = status->color, .ellipsis = HR_ELLIPSIS_END };

  if (text == NULL || rect.x < self->rows_x)
    return;
  if (!strip->is_last)
    hr_pen_fill (&frame->pen, &rect, background);
  else
    hr_pen_box (&frame->pen, &rect, &(HrBox) { .fill = background, .radius = 7 * unit, .corners = 4 });
  if (mark->state == HR_MARK_FILTERED)
    hr_pen_hatch (&frame->pen, &rect, HR_COLOR_HATCH);
  rect.x += 8 * unit;
  if (status->icon >= 0)
    {
      double size = 12 * unit;

      hr_pen_icon (&frame->pen, (HrIcon) status->icon, rect.x, rect.y + (rect.height - size) / 2, size, status->color);
      rect.x += size + 6 * unit;
    }
  rect.width = self->end - rect.x - 4 * unit;
  hr_frame_add_text (frame, &rect, &look, text, -1);
}

/* The sort key to go on from, or where a page may end anywhere, the partition key before it. */
static const char *
describe_key (const HrBlockFrame *self, const HrPageLine *line)
{
  const HrTableLayout *table = self->frame->table;
  const HrKeyLayout *layout = &table->layout;
  guint part = table->has_sort_key ? layout->n_hash : 0;
  const HrValue *value = hr_map_get (line->key, layout->parts[part].name, layout->parts[part].name_length);
  HrCellText text;

  if (value == NULL)
    return "";
  hr_cell_text_init_key (&text, value, self->frame->arena);
  return text.text;
}

static void
label_page_line (const HrBlockFrame *self, const HrStrip *strip, const char *text, const char *key)
{
  const HrTableFrame *frame = self->frame;
  HrHit target = { HR_HIT_PAGE_LINE, self->block.position, strip->line->page, 0, HR_SIDE_TABLE };
  HrRect rect = { self->rows_x, MAX (strip->y, 0), self->end - self->rows_x, strip->height };
  const char *units = hr_frame_format_units (frame, strip->line->read_units, 0);

  rect.height = MIN (strip->y + strip->height, frame->viewport->height) - rect.y;
  hr_pen_target (&frame->pen, &rect, &target,
                 hr_arena_printf (frame->arena, _ ("%s %s, %s"), text, key, units != NULL ? units : ""), NULL);
}

void
hr_block_draw_page_line (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableFrame *frame = self->frame;
  double unit = frame->table->metrics.unit;
  double height = 20 * unit;
  double y = strip->y + (strip->height - height) / 2;
  double x = self->rows_x + frame->table->metrics.inset;
  const char *text = hr_arena_printf (frame->arena, _ ("page %u ends · LastEvaluatedKey"), strip->line->page);
  const char *key = describe_key (self, strip->line);
  double text_width = hr_frame_measure (frame, HR_STYLE_CAPTION, text);
  double key_width = hr_frame_measure (frame, HR_STYLE_CAPTION_MONO, key);
  HrRect pill = { x, y, text_width + key_width + 28 * unit, height };
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_ACCENT_TEXT };
  const char *units = hr_frame_format_units (frame, strip->line->read_units, 0);
  double middle = strip->y + strip->height / 2;
  const double points[] = { self->rows_x, middle, self->end, middle };

  hr_pen_line (&frame->pen, points, 2, HR_COLOR_ACCENT, 2 * unit, 5 * unit);
  hr_pen_box (&frame->pen, &pill, &(HrBox) { .fill = HR_COLOR_ACCENT_TINT, .radius = height / 2 });
  hr_frame_add_text (frame, &(HrRect) { x + 10 * unit, y, text_width, height }, &look, text, -1);
  look.style = HR_STYLE_CAPTION_MONO;
  hr_frame_add_text (frame, &(HrRect) { x + text_width + 18 * unit, y, key_width, height }, &look, key, -1);
  if (units != NULL)
    hr_frame_add_pill (frame, self->end - 8 * unit, y, units, HR_COLOR_ACCENT_TINT, HR_COLOR_ACCENT_TEXT, TRUE);
  label_page_line (self, strip, text, key);
}

/* Rows that belong together. */
typedef struct
{
  double top;
  double bottom;
  const char *words;
  gboolean may_shorten; /* the words */
  gboolean is_alone; /* the block has no other */
  int arrow;         /* the line is read on towards: 1 down, -1 up; 0: neither */
} Bracket;

/* An arrow head on the line, which is read on towards @direction (1: down). */
static void
draw_arrow (const HrBlockFrame *self, double x, double y, double direction)
{
  double size = ARROW * self->frame->table->metrics.unit;
  const double points[] = { x - size, y - direction * 1.6 * size, x, y - direction * 0.4 * size, x + size,
                            y - direction * 1.6 * size };

  hr_pen_line (&self->frame->pen, points, 3, HR_COLOR_ACCENT, 2 * self->frame->table->metrics.unit, 0);
}

/* Beside the bracket; words that are longer may go on along the block, where no other bracket needs the place. */
static void
draw_words (const HrBlockFrame *self, const Bracket *bracket, double lane)
{
  const HrTableFrame *frame = self->frame;
  double unit = frame->table->metrics.unit;
  double least = MAX (self->rect.y, 0) + INSET_Y * unit;
  double most = MIN (self->rect.y + self->rect.height, frame->viewport->height) - INSET_Y * unit;
  double start = MAX (bracket->top, least);
  double end = MIN (bracket->bottom, most);
  HrTextLook look = { .style = HR_STYLE_CAPTION_BOLD, .color = HR_COLOR_ACCENT_TEXT, .align = HR_ALIGN_CENTER,
                      .ellipsis = HR_ELLIPSIS_END, .vertical = TRUE };
  double width = hr_frame_measure (frame, look.style, bracket->words) + 1;

  if (end <= start)
    return;
  if (width > end - start && bracket->is_alone)
    {
      start = CLAMP ((start + end - width) / 2, least, MAX (least, most - width));
      end = MIN (start + width, most);
    }
  if (end - start >= (bracket->may_shorten ? MIN (width, TEXT_LEAST * unit) : width))
    hr_frame_add_text (frame, &(HrRect) { lane + TEXT_START * unit, start, TEXT_WIDTH * unit, end - start }, &look,
                       bracket->words, -1);
}

static void
draw_bracket (const HrBlockFrame *self, const Bracket *bracket)
{
  const HrTableFrame *frame = self->frame;
  const HrTableMetrics *metrics = &frame->table->metrics;
  double lane = self->rect.x + metrics->key_width;
  double x = lane + LINE_X * metrics->unit;
  double tick = lane + TICK_END * metrics->unit;
  double y1 = bracket->top + INSET_Y * metrics->unit;
  double y2 = bracket->bottom - INSET_Y * metrics->unit;
  const double points[] = { tick, y1, x, y1, x, y2, tick, y2 };

  hr_pen_line (&frame->pen, points, 4, HR_COLOR_ACCENT, 2.5 * metrics->unit, 0);
  if (bracket->arrow < 0)
    draw_arrow (self, x, y1, -1);
  else if (bracket->arrow > 0)
    draw_arrow (self, x, y2, 1);
  draw_words (self, bracket, lane);
}

static gboolean
is_in_range (const HrStrip *strip)
{
  return strip->kind == HR_STRIP_ROW && strip->view.mark.in_range;
}

/* Rows that were read one after the other; what a run added does not part them. */
static void
draw_ranges (const HrBlockFrame *self)
{
  const HrPartitionMark *mark = self->block.mark;
  Bracket bracket = { .words = mark->range_text != NULL ? mark->range_text : _ ("whole partition"),
                      .may_shorten = mark->range_text != NULL, .arrow = mark->backward ? -1 : 1 };
  g_autoptr (GArray) brackets = g_array_new (FALSE, FALSE, sizeof (Bracket));
  gboolean is_open = FALSE;

  for (guint i = 0; i < self->n_strips; i++)
    {
      const HrStrip *strip = &self->strips[i];
      gboolean is_in = is_in_range (strip);

      if (is_in && !is_open)
        {
          bracket.top = strip->y;
          g_array_append_val (brackets, bracket);
        }
      if (is_in)
        g_array_index (brackets, Bracket, brackets->len - 1).bottom = strip->y + strip->height;
      if (strip->kind == HR_STRIP_ROW && (is_in || !strip->view.is_added))
        is_open = is_in;
    }
  for (guint i = 0; i < brackets->len; i++)
    {
      g_array_index (brackets, Bracket, i).is_alone = brackets->len == 1;
      draw_bracket (self, &g_array_index (brackets, Bracket, i));
    }
}

/* From the first to the last row of the transaction, whatever is between. */
static void
draw_transaction (const HrBlockFrame *self)
{
  Bracket bracket = { .words = _ ("one transaction"), .is_alone = TRUE, .top = G_MAXDOUBLE };

  for (guint i = 0; i < self->n_strips; i++)
    if (self->strips[i].kind == HR_STRIP_ROW && self->strips[i].view.mark.in_transaction)
      {
        bracket.top = MIN (bracket.top, self->strips[i].y);
        bracket.bottom = self->strips[i].y + self->strips[i].height;
      }
  if (bracket.top < bracket.bottom)
    draw_bracket (self, &bracket);
}

void
hr_block_draw_brackets (const HrBlockFrame *self)
{
  const HrTableMetrics *metrics = &self->frame->table->metrics;
  HrRect clip = { self->shape.x + metrics->key_width, self->shape.y, metrics->lane, self->shape.height };

  hr_pen_push (&self->frame->pen, &clip, 1, NULL);
  if (self->block.mark->has_range)
    draw_ranges (self);
  else if (self->block.mark->has_transaction)
    draw_transaction (self);
  hr_pen_pop (&self->frame->pen);
}
