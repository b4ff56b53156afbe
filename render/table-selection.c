/*
 * Several selected rows of a block: a frame around each run of them, a tint, and a tick at the start of each row, so
 * that colour is not all that tells them apart.
 */
#include "render/table-frame.h"

#define TICK_SIZE 14
#define TICK_ICON 9

/* Rows that a run added are no items that could be selected. */
static gboolean
is_selected (const HrBlockFrame *self, const HrStrip *strip, guint64 first_number)
{
  return strip->kind == HR_STRIP_ROW && !strip->view.is_added
         && hr_row_set_contains (self->frame->viewport->rows, first_number + strip->view.number);
}

static void
draw_frame (const HrBlockFrame *self, const HrStrip *first, const HrStrip *last)
{
  HrRect rect = { self->rows_x, first->y - 1, self->end - self->rows_x, last->y + last->height - first->y + 1 };

  hr_pen_box (&self->frame->pen, &rect,
              &(HrBox) { .fill = HR_COLOR_SELECTION_TINT, .stroke = HR_COLOR_SELECTION,
                         .stroke_width = hr_table_get_selection_width (self->frame->table) });
}

/* On the line where rows begin: texts of key cell and row keep their room. */
static void
draw_tick (const HrBlockFrame *self, const HrStrip *strip)
{
  double unit = self->frame->table->metrics.unit;
  double size = TICK_SIZE * unit;
  double icon = TICK_ICON * unit;
  double x = self->rows_x + 1;
  double y = strip->y + (strip->height - 1) / 2;

  hr_pen_box (&self->frame->pen, &(HrRect) { x - size / 2, y - size / 2, size, size },
              &(HrBox) { .fill = HR_COLOR_SELECTION, .radius = size / 2 });
  hr_pen_icon (&self->frame->pen, HR_ICON_CHECK, x - icon / 2, y - icon / 2, icon, HR_COLOR_CANVAS);
}

void
hr_block_draw_several (const HrBlockFrame *self)
{
  const HrTableFrame *frame = self->frame;
  double beside = TICK_SIZE * frame->table->metrics.unit;
  HrRect clip = { self->rows_x - beside, 0, self->end - self->rows_x + beside + 1, frame->viewport->height };
  guint64 first_number = hr_outline_get_row_number (frame->table->look.outline, self->block.position, 0);

  hr_pen_push (&frame->pen, &clip, 1, NULL);
  for (guint i = 0; i < self->n_strips; i++)
    {
      guint last = i;

      if (!is_selected (self, &self->strips[i], first_number))
        continue;
      while (last + 1 < self->n_strips && is_selected (self, &self->strips[last + 1], first_number))
        last++;
      draw_frame (self, &self->strips[i], &self->strips[last]);
      for (; i <= last; i++)
        if (hr_frame_is_in_sight (frame, self->strips[i].y, self->strips[i].height))
          draw_tick (self, &self->strips[i]);
    }
  hr_pen_pop (&frame->pen);
}
