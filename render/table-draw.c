/*
 * Drawing the table: which blocks and rows are in sight, and the frame around each block.
 *
 * Only what the viewport shows is fetched and laid out. One more row on each side is looked at, so that a bracket
 * knows whether it ends at the edge or goes on.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

#define RADIUS         8
#define SHADOW_LAYERS  3
#define HOVER_OPACITY  0.6
#define BEYOND         100.0 /* px outside of the viewport: more than corners and shadows take */

static void
add_strip (GArray *strips, const HrStrip *strip)
{
  g_array_append_val (strips, *strip);
}

static void
add_insert (HrBlockFrame *self, guint index, GArray *strips)
{
  const HrTableLayout *table = self->frame->table;
  const HrTableInsert *insert = hr_table_get_insert (table, &self->block, index);
  HrStrip strip = { .kind = insert->kind == HR_INSERT_ROW ? HR_STRIP_ROW : HR_STRIP_PAGE_LINE,
                    .y = self->rect.y + hr_table_get_insert_y (table, &self->block, index),
                    .line = insert->line };

  if (insert->kind == HR_INSERT_ROW)
    {
      guint64 first = hr_table_get_insert (table, &self->block, 0)->rows_before;

      hr_table_init_added (insert, self->block.partition.n_rows + insert->rows_before - first, &strip.view);
    }
  strip.height = insert->kind == HR_INSERT_ROW ? table->metrics.row : table->metrics.header;
  add_strip (strips, &strip);
}

static void
add_header (HrBlockFrame *self, guint64 row, guint entity, GArray *strips)
{
  const HrTableLayout *table = self->frame->table;
  HrStrip strip = { .kind = HR_STRIP_HEADER, .height = table->metrics.header,
                    .y = self->rect.y + hr_table_get_header_y (table, &self->block, row) };

  strip.view.number = row;
  strip.view.row.entity = entity;
  add_strip (strips, &strip);
}

/* What stands between the row before @row and the row itself. */
static void
add_gap (HrBlockFrame *self, guint64 row, const HrOutlineRow *next, GArray *strips)
{
  const HrTableLayout *table = self->frame->table;
  guint i = hr_table_find_inserts (table, &self->block, row);
  gboolean has_header = next != NULL && next->run_start;
  guint entity = next != NULL ? next->entity : HR_ENTITY_NONE;

  if (self->block.is_extra && i < self->block.n_inserts)
    {
      has_header = TRUE;
      entity = hr_table_get_insert (table, &self->block, i)->entity;
    }
  for (; i < self->block.n_inserts; i++)
    {
      const HrTableInsert *insert = hr_table_get_insert (table, &self->block, i);

      if (insert->row != row)
        break;
      if (insert->below_header && has_header)
        {
          add_header (self, row, entity, strips);
          has_header = FALSE;
        }
      add_insert (self, i, strips);
    }
  if (has_header)
    add_header (self, row, entity, strips);
}

static void
add_rows (HrBlockFrame *self, guint64 first, const HrOutlineRow *rows, guint count, GArray *strips)
{
  const HrTableLayout *table = self->frame->table;

  for (guint i = 0; i < count; i++)
    {
      HrStrip strip = { .kind = HR_STRIP_ROW, .height = table->metrics.row };

      add_gap (self, first + i, &rows[i], strips);
      strip.view.number = first + i;
      strip.view.row = rows[i];
      strip.y = self->rect.y + hr_table_get_row_y (table, &self->block, first + i);
      hr_table_mark_row (table, &strip.view);
      add_strip (strips, &strip);
    }
  if (first + count >= self->block.partition.n_rows)
    add_gap (self, first + count, NULL, strips);
}

/* The strips in sight into the frame's arena. */
static gboolean
collect_strips (HrBlockFrame *self, GError **error)
{
  HrTableFrame *frame = self->frame;
  const HrTableLayout *table = frame->table;
  guint64 n_rows = self->block.partition.n_rows;
  guint64 first = hr_table_locate_row (table, &self->block, -self->rect.y);
  guint64 last = hr_table_locate_row (table, &self->block, frame->viewport->height - self->rect.y);
  g_autoptr (GArray) strips = g_array_new (FALSE, FALSE, sizeof (HrStrip));
  HrOutlineRow *rows;
  guint wanted;
  guint count;

  if (self->block.is_folded)
    return TRUE;
  first = first > 0 ? first - 1 : 0;
  last = MIN (last + 2, n_rows);
  wanted = (guint) MIN (last - first, G_MAXUINT32 / sizeof (HrOutlineRow));
  rows = hr_arena_array (frame->arena, HrOutlineRow, wanted);
  count = wanted > 0 ? hr_outline_fetch (table->look.outline, self->block.position, first, wanted, frame->arena, rows,
                                         error)
                     : 0;
  if (count < wanted && error != NULL && *error != NULL)
    return FALSE;
  add_rows (self, first, rows, count, strips);
  self->n_strips = strips->len;
  self->strips = hr_arena_memdup (frame->arena, strips->data, strips->len * sizeof (HrStrip));
  if (self->n_strips > 0)
    {
      HrStrip *end = &self->strips[self->n_strips - 1];

      end->is_last = end->y + end->height > self->rect.y + self->rect.height - 0.5;
    }
  return TRUE;
}

static void
draw_strips (const HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  HrRect clip = { self->rows_x, self->shape.y, self->end - self->rows_x, self->shape.height };

  if (clip.width <= 0)
    return;
  hr_pen_push (&frame->pen, &clip, 1, NULL);
  for (guint i = 0; i < self->n_strips; i++)
    {
      const HrStrip *strip = &self->strips[i];

      if (!hr_frame_is_in_sight (frame, strip->y, strip->height))
        continue;
      switch (strip->kind)
        {
        case HR_STRIP_HEADER:
          hr_block_draw_header (self, strip);
          break;
        case HR_STRIP_ROW:
          hr_block_draw_row (self, strip);
          break;
        case HR_STRIP_PAGE_LINE:
          hr_block_draw_page_line (self, strip);
          break;
        }
    }
  hr_pen_pop (&frame->pen);
}

/* Soft by being drawn several times, each a little larger. */
static void
draw_shadow (const HrBlockFrame *self)
{
  double unit = self->frame->table->metrics.unit;

  for (guint i = SHADOW_LAYERS; i > 0; i--)
    {
      double spread = 1.5 * i * unit;
      HrRect rect = { self->shape.x - spread, self->shape.y - spread / 2, self->shape.width + 2 * spread,
                      self->shape.height + 2 * spread };

      hr_pen_box (&self->frame->pen, &rect, &(HrBox) { .fill = HR_COLOR_SHADOW, .radius = RADIUS * unit + spread });
    }
}

static void
draw_empty (const HrBlockFrame *self)
{
  HrRect rect = { self->rows_x + self->frame->table->metrics.inset, self->rect.y,
                  self->end - self->rows_x - 2 * self->frame->table->metrics.inset, self->rect.height };
  HrTextLook look = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT_DIM, .ellipsis = HR_ELLIPSIS_END };

  hr_frame_add_text (self->frame, &rect, &look, _ ("This partition is empty"), -1);
}

static gboolean
is_selected (const HrHit *target, HrHitKind kind, guint64 partition, guint64 row)
{
  gboolean is_row = target->kind == HR_HIT_ROW || target->kind == HR_HIT_CELL;

  if (target->partition != partition)
    return FALSE;
  return kind == HR_HIT_ROW ? is_row && target->row == row : target->kind == kind;
}

static void
draw_row_outline (const HrBlockFrame *self, const HrStrip *strip, HrColor color, double width)
{
  HrRect rect = { self->rows_x, strip->y - 1, self->end - self->rows_x, strip->height + 1 };

  hr_pen_box (&self->frame->pen, &rect, &(HrBox) { .stroke = color, .stroke_width = width });
}

static void
draw_cell_outline (const HrBlockFrame *self, const HrStrip *strip)
{
  const HrTableFrame *frame = self->frame;
  const HrTableColumn *column = hr_table_get_column (frame->table, frame->viewport->selected.column);
  HrRect rect;

  if (column == NULL || !hr_table_column_is_shown (column, strip->view.row.entity))
    return;
  rect = hr_block_get_cell_rect (self, column, strip);
  rect.y -= 1;
  rect.height += 1;
  hr_pen_box (&frame->pen, &rect,
              &(HrBox) { .stroke = HR_COLOR_SELECTION, .stroke_width = frame->viewport->has_focus ? 2 : 1,
                         .radius = 2, .fill = HR_COLOR_NONE });
}

static void
draw_hover (const HrBlockFrame *self, const HrStrip *strip)
{
  HrRect row = { self->rows_x - 1, strip->y - 1, self->end - self->rows_x + 2, strip->height + 2 };

  hr_pen_push (&self->frame->pen, &row, HOVER_OPACITY, NULL);
  draw_row_outline (self, strip, HR_COLOR_TEXT_FAINT, 1);
  hr_pen_pop (&self->frame->pen);
}

static void
draw_row_selection (const HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  const HrHit *selected = &frame->viewport->selected;
  HrRect clip = { self->rows_x - 1, 0, self->end - self->rows_x + 2, frame->viewport->height };

  hr_pen_push (&frame->pen, &clip, 1, NULL);
  for (guint i = 0; i < self->n_strips; i++)
    {
      const HrStrip *strip = &self->strips[i];

      if (strip->kind != HR_STRIP_ROW || !hr_frame_is_in_sight (frame, strip->y, strip->height))
        continue;
      if (is_selected (selected, HR_HIT_ROW, self->block.position, strip->view.number))
        {
          if (frame->viewport->rows == NULL)
            draw_row_outline (self, strip, HR_COLOR_SELECTION, hr_table_get_selection_width (frame->table));
          if (selected->kind == HR_HIT_CELL)
            draw_cell_outline (self, strip);
        }
      else if (is_selected (&frame->viewport->hovered, HR_HIT_ROW, self->block.position, strip->view.number))
        draw_hover (self, strip);
    }
  hr_pen_pop (&frame->pen);
}

static void
draw_selection (const HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  const HrHit *selected = &frame->viewport->selected;
  const HrHit *hovered = &frame->viewport->hovered;
  double radius = RADIUS * frame->table->metrics.unit;

  if (frame->viewport->rows != NULL && !self->block.is_folded)
    hr_block_draw_several (self);
  if (is_selected (selected, HR_HIT_PARTITION, self->block.position, 0))
    {
      HrRect rect = { self->shape.x, self->shape.y, frame->table->metrics.key_width, self->shape.height };
      HrBox box = { .stroke = HR_COLOR_SELECTION, .stroke_width = hr_table_get_selection_width (frame->table),
                    .radius = radius, .corners = 1 | 8 };

      if (self->block.is_folded)
        {
          rect.width = self->shape.width;
          box.corners = 0;
        }
      hr_pen_box (&frame->pen, &rect, &box);
    }
  else if (selected->partition == self->block.position || hovered->partition == self->block.position)
    draw_row_selection (self);
}

static void
draw_inside (HrBlockFrame *self)
{
  if (self->block.is_folded)
    {
      hr_block_draw_folded (self);
      return;
    }
  draw_strips (self);
  if (self->block.is_empty)
    draw_empty (self);
  hr_block_draw_key_cell (self);
  if (self->block.mark != NULL)
    hr_block_draw_brackets (self);
}

static void
draw_content (HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  double radius = RADIUS * frame->table->metrics.unit;
  gboolean is_touched = self->block.mark != NULL;
  double width = (is_touched ? 2 : 1) + (hr_table_is_plain (frame->table) ? 1 : 0);
  HrBox border = { .stroke = is_touched ? HR_COLOR_ACCENT : HR_COLOR_LINE, .stroke_width = width, .radius = radius };

  hr_pen_box (&frame->pen, &self->shape, &(HrBox) { .fill = HR_COLOR_BLOCK, .radius = radius });
  draw_inside (self);
  hr_pen_box (&frame->pen, &self->shape, &border);
  draw_selection (self);
}

/* A block of a million rows is higher than the numbers of cairo; what of it is out of sight does not matter. */
static HrRect
get_shape (const HrRect *rect, const HrViewport *viewport)
{
  double top = MAX (rect->y, -BEYOND);
  double bottom = MIN (rect->y + rect->height, viewport->height + BEYOND);

  return (HrRect) { rect->x, top, rect->width, bottom - top };
}

static void
place_block (HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  const HrTableMetrics *metrics = &frame->table->metrics;
  const HrViewport *viewport = frame->viewport;
  double width = MAX (viewport->width - 2 * metrics->margin, frame->table->content_width);

  self->rect = (HrRect) { metrics->margin, self->block.top - viewport->y, width - viewport->x, self->block.height };
  self->rows_x = hr_table_get_rows_x (frame->table, &self->block);
  self->rect.width = MAX (self->rect.width, self->rows_x - self->rect.x);
  self->shape = get_shape (&self->rect, viewport);
  self->end = MIN (self->rect.x + self->rect.width, viewport->width);
  self->texts_x = hr_table_get_texts_x (frame->table) - viewport->x;
  self->status_x = self->end - (self->block.mark != NULL ? metrics->status : 0);
}

static gboolean
draw_block (HrTableFrame *frame, guint64 position, gboolean *is_below, GError **error)
{
  const HrTableLook *look = &frame->table->look;
  HrBlockFrame self = { .frame = frame };
  g_autofree char *id = g_strdup_printf (frame->pen.side == HR_SIDE_INDEX ? "index-partition-%" G_GUINT64_FORMAT
                                                                          : "partition-%" G_GUINT64_FORMAT,
                                         position);
  gboolean is_dim;

  if (!hr_table_get_block (frame->table, position, &self.block))
    return TRUE;
  place_block (&self);
  *is_below = self.rect.y >= frame->viewport->height;
  if (*is_below || !hr_frame_is_in_sight (frame, self.rect.y, self.rect.height))
    return TRUE;
  if (!collect_strips (&self, error))
    return FALSE;

  is_dim = look->marks != NULL && self.block.mark == NULL && look->dim_others && look->dim < 1;
  if (self.block.mark != NULL)
    draw_shadow (&self);
  hr_pen_push (&frame->pen, is_dim ? &self.shape : NULL, is_dim ? look->dim : 1, id);
  draw_content (&self);
  hr_pen_pop (&frame->pen);
  return TRUE;
}

gboolean
hr_table_layout_draw (HrTableLayout *self, const HrViewport *viewport, HrScene *scene, GError **error)
{
  HrTableFrame frame = { .table = self, .viewport = viewport, .arena = self->arena,
                         .shows_bars = hr_table_shows_bars (self),
                         .pen = { scene, 0, viewport->width, self->look.right_to_left, HR_SIDE_TABLE } };
  HrRect clip = { 0, 0, viewport->width, viewport->height };
  GError *own_error = NULL;
  gboolean is_below = FALSE;
  guint64 position;

  if (self->pairing != NULL)
    frame.pen.side = self->pairing->side;
  hr_arena_reset (self->arena);
  if (self->look.outline == NULL || !hr_table_locate_block (self, viewport->y, &position))
    return TRUE;
  hr_pen_push (&frame.pen, &clip, 1, frame.pen.side == HR_SIDE_INDEX ? "index" : "table");
  for (; !is_below && position < hr_table_get_n_blocks (self); position++)
    if (!draw_block (&frame, position, &is_below, &own_error))
      break;
  hr_pen_pop (&frame.pen);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, own_error);
  return FALSE;
}
