/*
 * The merged cell at the start of a block: partition key, what is in it, and what reading it cost.
 *
 * Its texts stay in sight while the block scrolls by.
 */

#include "render/table-frame.h"

#include "model/base/i18n.h"

/* Lengths of the design below the top of the cell. */
#define PADDING       10
#define KEY_TOP       7
#define LINE_HEIGHT   20
#define ITEMS_TOP     27
#define PILL_TOP      58
#define PILL_HEIGHT   20
#define FIGURES_TOP   84
#define FIGURE_HEIGHT 17
#define BOTTOM        8
#define RADIUS        8
#define SHAPE_SIZE    9
#define SHAPES_MAX    7

typedef struct
{
  const HrBlockFrame *block;
  double x;     /* of texts */
  double y;     /* top of the texts, kept in sight */
  double width;
  const char *pill;
  gboolean is_warning; /* the pill */
  const char *figures[3];
  gboolean has_room; /* for the pill on a line of its own */
} KeyCell;

/* Bytes at the start of the key that the template of some entity in the partition, or of any that might have been in
 * an empty one, says literally. */
static gsize
get_literal_length (const HrBlockFrame *self, const char *text, gsize length)
{
  const HrTableLayout *table = self->frame->table;
  const GPtrArray *entities = table->look.table->entities;
  guint64 wanted = self->block.is_empty ? G_MAXUINT64 : self->block.partition.entities;
  gsize longest = 0;

  for (guint i = 0; i < entities->len && i < HR_ENTITY_NONE; i++)
    {
      const HrEntityKey *key;
      const HrTemplatePart *part;
      gsize n;

      if ((wanted >> i & 1) == 0)
        continue;
      key = hr_entity_get_key (g_ptr_array_index (entities, i), table->layout.parts[0].name);
      if (key == NULL || key->template->n_parts == 0 || key->template->parts[0].is_variable)
        continue;
      part = &key->template->parts[0];
      n = strlen (part->text);
      if (n > longest && n <= length && memcmp (part->text, text, n) == 0)
        longest = n;
    }
  return longest;
}

/* All values of the key behind each other, as short as cells show them. */
static const char *
get_key_text (const HrBlockFrame *self)
{
  const HrPartition *partition = &self->block.partition;
  HrArena *arena = self->frame->arena;
  const char *joined = NULL;

  for (guint i = 0; i < partition->n_keys; i++)
    {
      HrCellText text;

      hr_cell_text_init_key (&text, &partition->keys[i], arena);
      joined = joined == NULL ? text.text : hr_arena_printf (arena, _ ("%s · %s"), joined, text.text);
    }
  return joined != NULL ? joined : "";
}

/* As much of both ends as there is room for. */
static const char *
shorten_middle (const KeyCell *self, const char *text, double width)
{
  const HrTableLayout *table = self->block->frame->table;
  glong n_chars = g_utf8_strlen (text, -1);
  glong room = (glong) (width / hr_text_get_digit_width (table->look.text, HR_STYLE_MONO)) - 1;
  glong head = room * 2 / 3;

  if (room < 2 || n_chars <= room + 1)
    return text;
  return hr_arena_printf (self->block->frame->arena, "%.*s…%s",
                          (int) (g_utf8_offset_to_pointer (text, head) - text), text,
                          g_utf8_offset_to_pointer (text, n_chars - (room - head)));
}

/* The literal is bold. Both parts run left to right, so in right to left the literal stands further on.
 * TRUE when not all of the key could be shown. */
static gboolean
draw_key (const KeyCell *self)
{
  const HrTableFrame *frame = self->block->frame;
  double unit = frame->table->metrics.unit;
  HrTextLook bold = { .style = HR_STYLE_MONO_BOLD, .color = HR_COLOR_TEXT, .ellipsis = HR_ELLIPSIS_MIDDLE };
  HrTextLook plain = { .style = HR_STYLE_MONO, .color = HR_COLOR_TEXT, .ellipsis = HR_ELLIPSIS_MIDDLE };
  HrRect rect = { self->x, self->y + KEY_TOP * unit, self->width, LINE_HEIGHT * unit };
  const char *text = get_key_text (self->block);
  gsize length = frame->table->has_key ? get_literal_length (self->block, text, strlen (text)) : 0;
  const char *literal = hr_arena_strndup (frame->arena, text, length);
  double literal_width = MIN (hr_frame_measure (frame, bold.style, literal), self->width);
  const char *rest = shorten_middle (self, text + length, self->width - literal_width);
  double rest_width = MIN (hr_frame_measure (frame, plain.style, rest), self->width - literal_width);
  HrRect first = rect;
  HrRect second = rect;

  first.width = literal_width;
  second.width = rest_width;
  if (frame->table->look.right_to_left)
    first.x += rest_width;
  else
    second.x += literal_width;
  hr_frame_add_text (frame, &first, &bold, literal, -1);
  hr_frame_add_text (frame, &second, &plain, rest, -1);
  return strcmp (hr_arena_printf (frame->arena, "%s%s", literal, rest),
                 hr_table_describe_partition (&self->block->block.partition, frame->arena)) != 0;
}

/* Returns where the text behind the shapes goes. */
static double
draw_shapes (const KeyCell *self, double x, double y)
{
  const HrBlockFrame *block = self->block;
  double unit = block->frame->table->metrics.unit;
  double size = SHAPE_SIZE * unit;
  guint drawn = 0;

  for (guint i = 0; i <= HR_ENTITY_NONE && drawn < SHAPES_MAX; i++)
    {
      if ((block->block.partition.entities >> i & 1) == 0)
        continue;
      hr_pen_shape (&block->frame->pen, hr_shape_of_entity (i), x, y + (LINE_HEIGHT * unit - size) / 2, size,
                    hr_color_of_entity (i, HR_PART_MARK));
      x += size + 4 * unit;
      drawn++;
    }
  return drawn > 0 ? x + 2 * unit : x;
}

static void
draw_items (const KeyCell *self)
{
  const HrBlockFrame *block = self->block;
  HrArena *arena = block->frame->arena;
  double unit = block->frame->table->metrics.unit;
  double y = self->y + ITEMS_TOP * unit;
  double end = self->x + self->width;
  double x = draw_shapes (self, self->x, y);
  const char *items = hr_format_items (arena, hr_block_count_items (block));
  const char *all = hr_arena_printf (arena, _ ("%s · %s"), items,
                                     hr_frame_isolate (block->frame,
                                                       hr_format_size (arena, block->block.partition.size_bytes)));
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .ellipsis = HR_ELLIPSIS_END };

  if (self->pill != NULL && !self->has_room)
    end -= hr_frame_add_pill (block->frame, end + 4 * unit, y, self->pill,
                              self->is_warning ? HR_COLOR_WARNING_TINT : HR_COLOR_ACCENT_TINT,
                              self->is_warning ? HR_COLOR_WARNING : HR_COLOR_ACCENT_TEXT, TRUE);
  if (hr_frame_measure (block->frame, look.style, all) > end - x)
    all = items;
  hr_frame_add_text (block->frame, &(HrRect) { x, y, end - x, LINE_HEIGHT * unit }, &look, all, -1);
}

static void
draw_warning_pill (const KeyCell *self, double y)
{
  const HrTableFrame *frame = self->block->frame;
  double unit = frame->table->metrics.unit;
  double icon = 12 * unit;
  HrRect rect = { self->x, y, hr_frame_measure (frame, HR_STYLE_CAPTION_BOLD, self->pill) + icon + 26 * unit,
                  PILL_HEIGHT * unit };
  HrTextLook look = { .style = HR_STYLE_CAPTION_BOLD, .color = HR_COLOR_WARNING };

  hr_pen_box (&frame->pen, &rect, &(HrBox) { .fill = HR_COLOR_WARNING_TINT, .radius = rect.height / 2 });
  hr_pen_icon (&frame->pen, HR_ICON_WARNING, rect.x + 9 * unit, rect.y + 4 * unit, icon, HR_COLOR_WARNING);
  rect.x += icon + 15 * unit;
  rect.width -= icon + 15 * unit;
  hr_frame_add_text (frame, &rect, &look, self->pill, -1);
}

static void
draw_figures (const KeyCell *self)
{
  const HrTableFrame *frame = self->block->frame;
  double unit = frame->table->metrics.unit;
  HrTextLook look = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .ellipsis = HR_ELLIPSIS_END };

  for (guint i = 0; i < G_N_ELEMENTS (self->figures); i++)
    {
      double top = (FIGURES_TOP + i * FIGURE_HEIGHT) * unit;

      if (self->figures[i] != NULL && top + (FIGURE_HEIGHT + BOTTOM) * unit <= self->block->rect.height)
        hr_frame_add_text (frame, &(HrRect) { self->x, self->y + top, self->width, FIGURE_HEIGHT * unit }, &look,
                           self->figures[i], -1);
    }
}

static const char *
describe_pages (const KeyCell *self, const HrPartitionMark *mark)
{
  HrArena *arena = self->block->frame->arena;
  const char *units = hr_frame_format_units (self->block->frame, mark->page_units, 0);
  const char *pages = hr_arena_printf (arena, ngettext_ ("%u page", "%u pages", mark->n_pages), mark->n_pages);

  if (mark->n_pages < 2)
    return NULL;
  return units != NULL ? hr_arena_printf (arena, _ ("%s × %s"), pages, units) : pages;
}

/* As long as there is room. */
static void
add_figure (KeyCell *self, const char *text)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (self->figures); i++)
    if (self->figures[i] == NULL)
      {
        self->figures[i] = text;
        return;
      }
}

/* What the run did here: first what it cost, then how much it looked at and in how many pages. */
static void
describe_run (KeyCell *self, const HrPartitionMark *mark)
{
  const HrTableFrame *frame = self->block->frame;
  HrArena *arena = frame->arena;
  const char *number;
  const char *units;

  self->pill = hr_frame_format_units (frame, mark->read_units, mark->write_units);
  if (mark->n_read > 0)
    {
      number = hr_arena_printf (arena, "%" G_GUINT64_FORMAT, mark->n_read);
      add_figure (self, hr_arena_printf (arena, _ ("%s read, %s"), number,
                                         hr_frame_isolate (frame, hr_format_size (arena, mark->size_bytes))));
      add_figure (self, describe_pages (self, mark));
    }
  if (mark->n_fetched > 0)
    {
      number = hr_arena_printf (arena, "%" G_GUINT64_FORMAT, mark->n_fetched);
      units = hr_frame_format_units (frame, mark->fetch_units, 0);
      add_figure (self, units != NULL ? hr_arena_printf (arena, _ ("%s fetched, %s"), number, units)
                                      : hr_arena_printf (arena, _ ("%s fetched"), number));
    }
  if (mark->n_written > 0)
    {
      number = hr_arena_printf (arena, "%" G_GUINT64_FORMAT, mark->n_written);
      add_figure (self, hr_arena_printf (arena, _ ("%s written"), number));
    }
}

/* TRUE when the key is shortened. */
static gboolean
draw_texts (const HrBlockFrame *self)
{
  const HrTableMetrics *metrics = &self->frame->table->metrics;
  KeyCell cell = { .block = self };
  gboolean is_shortened;
  guint n_figures;
  double needed;

  cell.x = self->rect.x + PADDING * metrics->unit;
  cell.width = metrics->key_width - 2 * PADDING * metrics->unit;
  if (self->block.mark != NULL)
    describe_run (&cell, self->block.mark);
  if (self->block.mark != NULL && cell.pill == NULL && hr_marks_is_scan (self->frame->table->look.marks))
    {
      cell.pill = _ ("Scan");
      cell.is_warning = TRUE;
    }
  cell.has_room = self->rect.height >= (PILL_TOP + PILL_HEIGHT + BOTTOM) * metrics->unit;

  n_figures = cell.figures[2] != NULL ? 3 : 2;
  needed = MIN (self->rect.height, (FIGURES_TOP + n_figures * FIGURE_HEIGHT + BOTTOM) * metrics->unit);
  cell.y = MIN (MAX (self->rect.y, 0), self->rect.y + self->rect.height - needed);
  is_shortened = draw_key (&cell);
  if (!self->block.is_empty && !hr_block_is_reason_below (self))
    draw_items (&cell);
  if (cell.pill != NULL && self->block.is_empty)
    hr_frame_add_pill (self->frame, cell.x, cell.y + ITEMS_TOP * metrics->unit, cell.pill, HR_COLOR_ACCENT_TINT,
                       HR_COLOR_ACCENT_TEXT, FALSE);
  else if (cell.pill != NULL && cell.has_room && cell.is_warning)
    draw_warning_pill (&cell, cell.y + PILL_TOP * metrics->unit);
  else if (cell.pill != NULL && cell.has_room)
    hr_frame_add_pill (self->frame, cell.x, cell.y + PILL_TOP * metrics->unit, cell.pill, HR_COLOR_ACCENT_TINT,
                       HR_COLOR_ACCENT_TEXT, FALSE);
  if (cell.has_room)
    draw_figures (&cell);
  return is_shortened;
}

HrRect
hr_block_get_items_rect (const HrBlockFrame *self)
{
  double unit = self->frame->table->metrics.unit;
  double x = self->rect.x + PADDING * unit;

  return (HrRect) { x, self->rect.y + ITEMS_TOP * unit, self->end - x - PADDING * unit, LINE_HEIGHT * unit };
}

void
hr_block_draw_key_cell (const HrBlockFrame *self)
{
  const HrTableMetrics *metrics = &self->frame->table->metrics;
  HrRect rect = { self->shape.x, self->shape.y, metrics->key_width, self->shape.height };
  HrRect line = { rect.x + rect.width - 1, rect.y, 1, rect.height };
  HrRect sight = rect;
  gboolean is_shortened;

  hr_pen_box (&self->frame->pen, &rect, &(HrBox) { .fill = HR_COLOR_KEY_CELL, .radius = RADIUS * metrics->unit,
                                                   .corners = 1 | 8 });
  if (!self->block.is_folded)
    hr_pen_fill (&self->frame->pen, &line, HR_COLOR_LINE);
  hr_pen_push (&self->frame->pen, &rect, 1, NULL);
  is_shortened = draw_texts (self);
  hr_pen_pop (&self->frame->pen);

  if (self->block.is_folded)
    sight.width = self->end - sight.x;
  sight.y = MAX (rect.y, 0);
  sight.height = MIN (rect.y + rect.height, self->frame->viewport->height) - sight.y;
  hr_block_label_partition (self, is_shortened, &sight);
}
