/*
 * The line above the table: what the places below it are called. It scrolls sideways with the rows, never up.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

#define PADDING   10 /* as in key cells */
#define ICON_SIZE 14
#define WORD_GAP  6
#define ARROW_SIZE 10

typedef struct
{
  const HrTableFrame *frame;
  double x;
  double y;
  double height;
  double end;
} HeaderLine;

static void
add_name (HeaderLine *self, const char *text)
{
  double width = MIN (hr_frame_measure (self->frame, HR_STYLE_CAPTION_BOLD, text), self->end - self->x);
  HrTextLook look = { .style = HR_STYLE_CAPTION_BOLD, .color = HR_COLOR_TEXT, .ellipsis = HR_ELLIPSIS_END };

  hr_frame_add_text (self->frame, &(HrRect) { self->x, self->y, width, self->height }, &look, text, -1);
  self->x += width + WORD_GAP * self->frame->table->metrics.unit;
}

/* What the name is; left out where the name leaves no room. */
static void
add_words (HeaderLine *self, const char *text)
{
  double width = hr_frame_measure (self->frame, HR_STYLE_CAPTION, text);
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM };

  if (self->x + width > self->end)
    return;
  hr_frame_add_text (self->frame, &(HrRect) { self->x, self->y, width, self->height }, &look, text, -1);
  self->x += width + WORD_GAP * self->frame->table->metrics.unit;
}

static void
add_icon (HeaderLine *self, HrIcon icon, double size, HrColor color)
{
  double unit = self->frame->table->metrics.unit;

  if (self->x + size * unit <= self->end)
    hr_pen_icon (&self->frame->pen, icon, self->x, self->y + (self->height - size * unit) / 2, size * unit, color);
  self->x += (size + WORD_GAP) * unit;
}

/* Names of several attributes of one key, joined. */
static const char *
join_names (const HrTableFrame *self, guint first, guint end)
{
  const HrKeyLayout *layout = &self->table->layout;
  const char *joined = "";

  for (guint i = first; i < end; i++)
    joined = i == first ? layout->parts[i].name
                        : hr_arena_printf (self->arena, _ ("%s, %s"), joined, layout->parts[i].name);
  return joined;
}

static void
draw_partition_key (const HrTableFrame *frame, const HrRect *rect)
{
  const HrTableMetrics *metrics = &frame->table->metrics;
  double start = rect->x + metrics->margin + PADDING * metrics->unit;
  HeaderLine line = { frame, start, rect->y, rect->height, rect->x + metrics->margin + metrics->key_width };

  add_icon (&line, HR_ICON_KEY, ICON_SIZE, HR_COLOR_TEXT);
  add_name (&line, join_names (frame, 0, frame->table->layout.n_hash));
  add_words (&line, _ ("partition key"));
}

static void
draw_row_columns (const HrTableFrame *frame, const HrRect *rect)
{
  const HrTableLayout *table = frame->table;
  const HrTableMetrics *metrics = &table->metrics;
  const HrTableColumn *sort = hr_table_get_column (table, 0);
  double start = rect->x + metrics->margin + metrics->key_width;
  double texts = rect->x + hr_table_get_texts_x (table) - frame->viewport->x;
  HrRect clip = { start, rect->y, rect->x + rect->width - start, rect->height };
  HeaderLine line = { frame, texts, rect->y, rect->height, texts + sort->width };

  if (clip.width <= 0)
    return;
  hr_pen_push (&frame->pen, &clip, 1, NULL);
  if (table->has_sort_key)
    {
      add_name (&line, join_names (frame, table->layout.n_hash, table->layout.n_key));
      add_words (&line, _ ("sort key"));
      add_icon (&line, HR_ICON_ARROW_DOWN, ARROW_SIZE, HR_COLOR_TEXT_DIM);
    }
  line.x = texts + sort->width;
  line.end = rect->x + rect->width;
  add_name (&line, _ ("attributes"));
  add_words (&line, _ ("shown per entity"));
  hr_pen_pop (&frame->pen);
}

void
hr_table_layout_draw_header (HrTableLayout *self, const HrViewport *viewport, const HrRect *rect, HrScene *scene)
{
  HrTableFrame frame = { .table = self, .viewport = viewport, .arena = self->arena,
                         .pen = { scene, rect->x, rect->width, self->look.right_to_left, HR_SIDE_TABLE } };

  if (self->look.outline == NULL || !self->has_key)
    return;
  frame.shows_bars = hr_table_shows_bars (self);
  hr_arena_reset (self->arena);
  hr_pen_push (&frame.pen, rect, 1, "header");
  draw_partition_key (&frame, rect);
  draw_row_columns (&frame, rect);
  hr_pen_fill (&frame.pen, &(HrRect) { rect->x, rect->y + rect->height - 1, rect->width, 1 }, HR_COLOR_LINE);
  hr_pen_pop (&frame.pen);
}
