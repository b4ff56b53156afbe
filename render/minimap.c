/*
 * The whole table in a narrow column.
 *
 * A small table shows one bar for each item, as long as the item is large; what is higher than the column is
 * sampled every few pixels, and past so many rows only partitions are looked at. So it never costs more than its
 * height in pixels, and that only when the look changes: what was found is kept.
 */

#include "render/table-private.h"

#include <math.h>

#include "model/base/i18n.h"

#define SCALE_MAX     0.4   /* px of the map for one of the table */
#define STEP          3.0   /* px between samples */
#define ROWS_MAX      20000 /* with more, partitions alone are looked at */
#define STRIPE        3.0
#define PADDING       6.0
#define BAR_OPACITY   0.4
#define SHORTEST      0.35
#define LENGTH_OF_EQUALS 0.8

typedef struct
{
  double y;      /* px of the map */
  double height;
  double length; /* bytes at first, then 0 to 1 */
  guint entity;
  gboolean is_marked;
} Bar;

typedef struct
{
  double y;
  double height;
  gboolean is_touched;
} Block;

struct _HrMinimap
{
  GArray *bars;   /* Bar */
  GArray *blocks; /* Block */
  double height;  /* that it was made for */
  double scale;
};

void
hr_minimap_free (HrMinimap *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->bars);
  g_array_unref (self->blocks);
  g_free (self);
}

/* Sizes may differ a little or by magnitudes: the smallest and the largest in the table set the scale. */
static void
scale_lengths (GArray *bars)
{
  double least = G_MAXDOUBLE;
  double most = 0;

  for (guint i = 0; i < bars->len; i++)
    {
      Bar *bar = &g_array_index (bars, Bar, i);

      bar->length = log (1 + bar->length);
      least = MIN (least, bar->length);
      most = MAX (most, bar->length);
    }
  for (guint i = 0; i < bars->len; i++)
    {
      Bar *bar = &g_array_index (bars, Bar, i);

      if (most > least)
        bar->length = SHORTEST + (1 - SHORTEST) * (bar->length - least) / (most - least);
      else
        bar->length = LENGTH_OF_EQUALS;
    }
}

static guint
get_lowest_entity (guint64 entities)
{
  return entities != 0 ? (guint) __builtin_ctzll (entities) : HR_ENTITY_NONE;
}

static gboolean
is_marked (const HrMark *mark)
{
  return mark->state != HR_MARK_NOT_READ && mark->state != HR_MARK_FILTERED;
}

/* The row that stands at @y below the block's top. */
static gboolean
get_row_bar (HrTableLayout *self, const HrBlock *block, guint64 row, HrArena *arena, Bar *bar)
{
  HrRowView view = { 0 };

  hr_arena_reset (arena);
  if (hr_outline_fetch (self->look.outline, block->position, row, 1, arena, &view.row, NULL) == 0)
    return FALSE;
  hr_table_mark_row (self, &view);
  *bar = (Bar) { .length = view.row.size_bytes, .entity = view.row.entity,
                 .is_marked = is_marked (&view.mark) };
  return TRUE;
}

static void
get_partition_bar (const HrBlock *block, Bar *bar)
{
  double rows = MAX (1, block->partition.n_rows);

  *bar = (Bar) { .length = block->partition.size_bytes / rows,
                 .entity = get_lowest_entity (block->partition.entities), .is_marked = block->mark != NULL };
}

/* Bars of rows that are high enough to be told apart. */
static void
add_rows (HrTableLayout *self, HrMinimap *map, const HrBlock *block, HrArena *arena)
{
  for (guint64 row = 0; row < block->partition.n_rows; row++)
    {
      double y = block->top + hr_table_get_row_y (self, block, row);
      Bar bar;

      if (!get_row_bar (self, block, row, arena, &bar))
        continue;
      bar.y = (y + self->metrics.row * 0.1) * map->scale;
      bar.height = self->metrics.row * 0.8 * map->scale;
      g_array_append_val (map->bars, bar);
    }
}

/* Rows that a run added. */
static void
add_inserts (HrTableLayout *self, HrMinimap *map, const HrBlock *block)
{
  for (guint i = 0; i < block->n_inserts; i++)
    {
      const HrTableInsert *insert = hr_table_get_insert (self, block, i);
      double y = block->top + hr_table_get_insert_y (self, block, i);
      HrRowView view;
      Bar bar;

      if (insert->kind != HR_INSERT_ROW)
        continue;
      hr_table_init_added (insert, 0, &view);
      bar = (Bar) { (y + self->metrics.row * 0.1) * map->scale, self->metrics.row * 0.8 * map->scale,
                    hr_item_size_bytes (&view.row.item), insert->entity, TRUE };
      g_array_append_val (map->bars, bar);
    }
}

/* Whatever stands at each step. */
static void
add_samples (HrTableLayout *self, HrMinimap *map, HrArena *arena)
{
  gboolean has_rows = self->totals.n_rows <= ROWS_MAX;
  double end = hr_table_layout_get_height (self) * map->scale;

  for (double y = 0; y < end; y += STEP)
    {
      double table_y = (y + STEP / 2) / map->scale;
      guint64 position;
      HrBlock block;
      Bar bar;

      if (!hr_table_locate_block (self, table_y, &position) || !hr_table_get_block (self, position, &block))
        continue;
      if (!has_rows || block.partition.n_rows == 0)
        get_partition_bar (&block, &bar);
      else if (table_y > block.top + block.height
               || !get_row_bar (self, &block, hr_table_locate_row (self, &block, table_y - block.top), arena, &bar))
        continue;
      bar.y = y;
      bar.height = STEP - 1;
      g_array_append_val (map->bars, bar);
    }
}

/* Frames of partitions, those that are not too low to be seen. */
static void
add_blocks (HrTableLayout *self, HrMinimap *map, gboolean with_rows, HrArena *arena)
{
  guint64 n_blocks = hr_table_get_n_blocks (self);
  HrBlock block;

  for (guint64 i = 0; i < n_blocks && hr_table_get_block (self, i, &block); i++)
    {
      Block frame = { block.top * map->scale, block.height * map->scale, block.mark != NULL };

      g_array_append_val (map->blocks, frame);
      if (!with_rows)
        continue;
      add_rows (self, map, &block, arena);
      add_inserts (self, map, &block);
    }
}

static HrMinimap *
minimap_new (HrTableLayout *self, double height)
{
  HrMinimap *map = g_new0 (HrMinimap, 1);
  g_autoptr (HrArena) arena = hr_arena_new ();
  double table_height = MAX (1, hr_table_layout_get_height (self));
  gboolean is_fine;

  map->bars = g_array_new (FALSE, FALSE, sizeof (Bar));
  map->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  map->height = height;
  map->scale = MIN (SCALE_MAX, height / table_height);
  is_fine = map->scale * self->metrics.row >= STEP && self->totals.n_rows <= ROWS_MAX;
  /* frames of blocks that would touch each other are noise */
  if (map->scale * self->metrics.gap >= 1)
    add_blocks (self, map, is_fine, arena);
  if (map->blocks->len == 0 || !is_fine)
    add_samples (self, map, arena);
  scale_lengths (map->bars);
  return map;
}

static void
draw_bars (const HrMinimap *self, const HrPen *pen, const HrRect *rect, gboolean marked)
{
  double start = rect->x + PADDING + STRIPE + 2;
  double width = rect->width - 2 * PADDING - STRIPE - 3;

  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);
      HrColor color = bar->is_marked ? HR_COLOR_ACCENT : hr_color_of_entity (bar->entity, HR_PART_MARK);

      if (bar->is_marked == marked)
        hr_pen_fill (pen, &(HrRect) { start, rect->y + bar->y, width * bar->length, bar->height }, color);
    }
}

static void
draw_stripes (const HrMinimap *self, const HrPen *pen, const HrRect *rect)
{
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);

      hr_pen_fill (pen, &(HrRect) { rect->x + PADDING, rect->y + bar->y, STRIPE, bar->height },
                   hr_color_of_entity (bar->entity, HR_PART_MARK));
    }
}

static void
draw_blocks (const HrMinimap *self, const HrPen *pen, const HrRect *rect)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);
      HrRect place = { rect->x + PADDING - 3, rect->y + block->y, rect->width - 2 * PADDING + 6, block->height };
      HrBox box = { .fill = HR_COLOR_BLOCK, .stroke = block->is_touched ? HR_COLOR_ACCENT : HR_COLOR_LINE,
                    .stroke_width = 1, .radius = 3 };

      hr_pen_box (pen, &place, &box);
    }
}

void
hr_table_layout_draw_minimap (HrTableLayout *self, const HrViewport *viewport, const HrRect *rect, HrScene *scene)
{
  HrPen pen = { scene, rect->x, rect->width, self->look.right_to_left, HR_SIDE_TABLE };
  HrHit target = { .kind = HR_HIT_MINIMAP };
  HrRect whole = *rect;
  HrRect sight;

  if (self->look.outline == NULL)
    return;
  if (self->minimap == NULL || self->minimap->height != rect->height)
    {
      hr_minimap_free (self->minimap);
      self->minimap = minimap_new (self, rect->height);
    }
  hr_pen_push (&pen, rect, 1, "minimap");
  draw_blocks (self->minimap, &pen, rect);
  hr_pen_push (&pen, NULL, BAR_OPACITY, NULL);
  draw_bars (self->minimap, &pen, rect, FALSE);
  hr_pen_pop (&pen);
  draw_bars (self->minimap, &pen, rect, TRUE);
  draw_stripes (self->minimap, &pen, rect);
  sight = (HrRect) { rect->x + 1, rect->y + viewport->y * self->minimap->scale, rect->width - 2,
                     viewport->height * self->minimap->scale };
  hr_pen_box (&pen, &sight, &(HrBox) { .stroke = HR_COLOR_ACCENT, .stroke_width = 2, .radius = 5 });
  hr_pen_pop (&pen);
  whole.height = MIN (rect->height, hr_table_layout_get_height (self) * self->minimap->scale);
  hr_pen_target (&pen, &whole, &target, _ ("Map of the table"), NULL);
}
