/*
 * A table beside one of its indexes: two flat tables, each in a viewport of its own, and what is between them.
 *
 * The sides know only that they have each other (HrTablePairing); rows and copies find each other through the outlines
 * (pair-links.c). A selection of one side is drawn on both.
 */

#include "render/pair-private.h"

#include <math.h>

#include "model/base/i18n.h"

/* Lengths of the design, in px at a text scale of 1. */
#define GUTTER       120
#define GUTTER_LEAST 44
#define GUTTER_SHARE 0.1  /* of the width, where that is less */
#define LEAST_SHARE  0.4  /* of what is left, for each side */
#define BEGIN_SHARE  0.75 /* of the height: how far down a side may begin */
#define ICON_SIZE    14
#define HEADER_GAP   8
#define FIRST_ROWS   128  /* that are looked at for the first one with a copy */

static guint
hash_end (gconstpointer data)
{
  const HrPairEnd *end = data;

  return (guint) ((end->partition * 31 + end->row) * 2 + end->side);
}

static gboolean
is_same_end (gconstpointer a, gconstpointer b)
{
  const HrPairEnd *x = a;
  const HrPairEnd *y = b;

  return x->side == y->side && x->partition == y->partition && x->row == y->row;
}

HrPairLayout *
hr_pair_layout_new (void)
{
  HrPairLayout *self = g_new0 (HrPairLayout, 1);

  for (guint i = 0; i < HR_N_SIDES; i++)
    self->sides[i] = hr_table_layout_new ();
  self->absent = g_ptr_array_new ();
  self->ends = g_hash_table_new_full (hash_end, is_same_end, g_free, NULL);
  self->arena = hr_arena_new ();
  return self;
}

void
hr_pair_layout_free (HrPairLayout *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < HR_N_SIDES; i++)
    hr_table_layout_free (self->sides[i]);
  g_ptr_array_unref (self->absent);
  g_hash_table_unref (self->ends);
  hr_arena_free (self->arena);
  g_free (self);
}

static gboolean
is_held (const HrPairLayout *self, const char *name)
{
  const GPtrArray *included = self->index->included;

  for (guint i = 0; i < self->keys.n_parts; i++)
    if (strcmp (self->keys.parts[i].name, name) == 0)
      return TRUE;
  for (guint i = 0; self->index->projection == HR_PROJECT_INCLUDE && i < included->len; i++)
    if (strcmp (g_ptr_array_index (included, i), name) == 0)
      return TRUE;
  return self->index->projection == HR_PROJECT_ALL;
}

static void
list_absent (HrPairLayout *self)
{
  const HrOutlineAttribute *attributes;
  guint count = hr_outline_get_attributes (self->look.table_outline, &attributes);

  g_ptr_array_set_size (self->absent, 0);
  for (guint i = 0; i < count; i++)
    if (!is_held (self, attributes[i].name))
      g_ptr_array_add (self->absent, (gpointer) attributes[i].name);
}

static void
set_side (HrPairLayout *self, HrSide side)
{
  const HrPairLook *look = &self->look;
  gboolean is_table = side == HR_SIDE_TABLE;
  HrTableLook own = { .table = look->table, .text = look->text, .density = look->density, .zoom = look->zoom,
                      .right_to_left = look->right_to_left, .dim_others = look->dim_others, .dim = look->dim };

  own.outline = hr_pair_get_outline (self, side);
  own.index = is_table ? NULL : look->index;
  own.marks = is_table ? look->table_marks : look->index_marks;
  self->pairings[side] = (HrTablePairing) { .side = side, .index = self->index, .keys = &self->keys };
  self->pairings[side].shows_attributes = look->shows_attributes || self->index->projection != HR_PROJECT_ALL;
  self->pairings[side].absent = is_table ? NULL : self->absent;
  hr_table_set_pairing (self->sides[side], &self->pairings[side]);
  hr_table_layout_set_look (self->sides[side], &own);
}

void
hr_pair_layout_set_look (HrPairLayout *self, const HrPairLook *look)
{
  self->look = *look;
  self->index = hr_table_find_index (look->table, look->index);
  g_hash_table_remove_all (self->ends);
  if (self->index == NULL || !hr_key_layout_init (&self->keys, look->table, self->index))
    {
      self->index = NULL;
      return;
    }
  list_absent (self);
  for (guint i = 0; i < HR_N_SIDES; i++)
    set_side (self, i);
}

/* Places */

static double
get_unit (const HrPairLayout *self)
{
  return self->index != NULL ? self->sides[HR_SIDE_TABLE]->metrics.unit : 1;
}

double
hr_pair_layout_get_side_width (const HrPairLayout *self, HrSide side)
{
  return self->index != NULL ? hr_table_layout_get_width (self->sides[side]) : 0;
}

double
hr_pair_layout_get_side_height (const HrPairLayout *self, HrSide side)
{
  return self->index != NULL ? hr_table_layout_get_height (self->sides[side]) : 0;
}

double
hr_pair_layout_get_width (const HrPairLayout *self)
{
  return hr_pair_layout_get_side_width (self, HR_SIDE_TABLE) + hr_pair_layout_get_side_width (self, HR_SIDE_INDEX)
         + GUTTER * get_unit (self);
}

/* The sides as much alike as their contents allow, and between them as much room as these leave. */
HrPairPlaces
hr_pair_get_places (const HrPairLayout *self, double width)
{
  double unit = get_unit (self);
  double table = hr_pair_layout_get_side_width (self, HR_SIDE_TABLE);
  double index = hr_pair_layout_get_side_width (self, HR_SIDE_INDEX);
  double wanted = MIN (GUTTER_SHARE * width, GUTTER * unit);
  double gutter = MAX (MIN (wanted, width - table - index), GUTTER_LEAST * unit);
  double room = MAX (0, width - gutter);
  HrPairPlaces places = { { 0, 0 }, { room / 2, 0 } };

  if (table + index <= room)
    places.width[HR_SIDE_TABLE] = CLAMP (room / 2, table, room - index);
  else if (table + index > 0)
    places.width[HR_SIDE_TABLE] = room * CLAMP (table / (table + index), LEAST_SHARE, 1 - LEAST_SHARE);
  places.width[HR_SIDE_TABLE] = floor (places.width[HR_SIDE_TABLE]);
  places.width[HR_SIDE_INDEX] = room - places.width[HR_SIDE_TABLE];
  places.start[HR_SIDE_INDEX] = width - places.width[HR_SIDE_INDEX];
  return places;
}

void
hr_pair_layout_get_side_rect (const HrPairLayout *self, HrSide side, double width, HrRect *rect)
{
  HrPairPlaces places = hr_pair_get_places (self, width);

  *rect = (HrRect) { places.start[side], 0, places.width[side], 0 };
  if (self->look.right_to_left)
    rect->x = width - rect->x - rect->width;
}

gboolean
hr_pair_layout_get_rect (HrPairLayout *self, const HrHit *target, HrRect *rect)
{
  HrHit row = *target;

  if (row.kind == HR_HIT_LINK)
    row.kind = HR_HIT_ROW;
  return self->index != NULL && hr_table_layout_get_rect (self->sides[target->side], &row, rect);
}

double
hr_pair_layout_get_page_height (HrPairLayout *self, const double *y, double height)
{
  double least = height / 2; /* where the two do not agree on more, the table's own is taken */
  double common = height;
  double last;

  if (self->index == NULL)
    return height;
  do
    {
      last = common;
      for (guint i = 0; i < HR_N_SIDES; i++)
        common = hr_table_layout_get_page_height (self->sides[i], y[i], common);
    }
  while (common < last && common > least);
  if (common > least)
    return common;
  return hr_table_layout_get_page_height (self->sides[HR_SIDE_TABLE], y[HR_SIDE_TABLE], height);
}

gboolean
hr_pair_get_row_rect (HrPairLayout *self, const HrPairViewport *viewport, const HrHit *row, HrRect *rect)
{
  HrHit whole = { .kind = HR_HIT_ROW, .partition = row->partition, .row = row->row };

  if (!hr_table_layout_get_rect (self->sides[row->side], &whole, rect))
    return FALSE;
  rect->y -= viewport->y[row->side];
  return TRUE;
}

/* Targets */

static gboolean
is_row (const HrHit *target)
{
  return target->kind == HR_HIT_ROW || target->kind == HR_HIT_CELL || target->kind == HR_HIT_LINK;
}

/* The column of the same attribute there, or the sort key's. */
static guint
find_column (const HrPairLayout *self, const HrHit *from, HrSide side)
{
  const char *name = hr_table_layout_get_column_name (self->sides[from->side], from->column);
  guint count = hr_table_layout_get_n_columns (self->sides[side]);

  for (guint i = 0; name != NULL && i < count; i++)
    if (strcmp (hr_table_layout_get_column_name (self->sides[side], i), name) == 0)
      return i;
  return 0;
}

static gboolean
find_partition_copy (HrPairLayout *self, const HrHit *from, HrHit *to)
{
  HrOutlineRow rows[FIRST_ROWS];
  guint count;

  hr_arena_reset (self->arena);
  count = hr_outline_fetch (hr_pair_get_outline (self, from->side), from->partition, 0, FIRST_ROWS, self->arena, rows,
                            NULL);
  for (guint i = 0; i < count; i++)
    {
      HrHit row = { HR_HIT_ROW, from->partition, i, 0, from->side };

      if (rows[i].lack == 0 && hr_pair_find_end (self, &row, &rows[i].item, to))
        {
          *to = (HrHit) { .kind = HR_HIT_PARTITION, .partition = to->partition, .side = to->side };
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
hr_pair_layout_find_copy (HrPairLayout *self, const HrHit *from, HrHit *to)
{
  HrOutlineRow fetched;

  if (self->index == NULL)
    return FALSE;
  if (from->kind == HR_HIT_PARTITION)
    return find_partition_copy (self, from, to);
  hr_arena_reset (self->arena);
  if (!is_row (from) || !hr_pair_fetch_row (self, from, self->arena, &fetched)
      || !hr_pair_find_end (self, from, &fetched.item, to))
    return FALSE;
  if (from->kind == HR_HIT_CELL)
    {
      to->kind = HR_HIT_CELL;
      to->column = find_column (self, from, to->side);
    }
  return TRUE;
}

gboolean
hr_pair_layout_move (HrPairLayout *self, const HrHit *from, HrMove move, double page_height, HrHit *to)
{
  HrHit start = *from;

  if (start.kind == HR_HIT_LINK)
    start.kind = HR_HIT_ROW;
  if (self->index == NULL || !hr_table_layout_move (self->sides[from->side], &start, move, page_height, to))
    return FALSE;
  to->side = from->side;
  return TRUE;
}

char *
hr_pair_layout_dup_cell_text (HrPairLayout *self, const HrHit *target)
{
  return self->index != NULL ? hr_table_layout_dup_cell_text (self->sides[target->side], target) : NULL;
}

gboolean
hr_pair_layout_step (HrPairLayout *self, const HrHit *from, int step, HrHit *to, guint64 *number, guint64 *total)
{
  HrOutlineTotals totals;
  gint64 at = -1;
  HrHit entry = *from;

  if (self->index == NULL)
    return FALSE;
  hr_outline_get_totals (self->look.index_outline, &totals);
  if (is_row (from) && from->side == HR_SIDE_TABLE && !hr_pair_layout_find_copy (self, from, &entry))
    entry.kind = HR_HIT_NONE;
  if (is_row (&entry))
    at = (gint64) hr_outline_get_row_number (self->look.index_outline, entry.partition, entry.row);
  at += step;
  if (at < 0 || (guint64) at >= totals.n_rows)
    return FALSE;
  entry = (HrHit) { .kind = HR_HIT_ROW, .side = HR_SIDE_INDEX };
  if (!hr_outline_locate_row_number (self->look.index_outline, (guint64) at, &entry.partition, &entry.row)
      || !hr_pair_layout_find_copy (self, &entry, to))
    return FALSE;
  if (number != NULL)
    *number = (guint64) at + 1;
  if (total != NULL)
    *total = totals.n_rows;
  return TRUE;
}

void
hr_pair_layout_get_facts (const HrPairLayout *self, HrPairFacts *facts)
{
  HrOutlineTotals totals;

  *facts = (HrPairFacts) { 0 };
  if (self->index == NULL)
    return;
  hr_outline_get_totals (self->look.table_outline, &totals);
  facts->n_items = totals.n_rows + totals.hidden_rows;
  hr_outline_get_totals (self->look.index_outline, &totals);
  facts->n_entries = totals.n_rows + totals.hidden_rows;
  facts->size_bytes = totals.size_bytes;
}

/* Linked scrolling */

/* The topmost row in sight that has a copy. */
static const HrPairRow *
find_topmost (const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const HrPairRow *row = &g_array_index (rows, HrPairRow, i);

      if (row->other.kind != HR_HIT_NONE)
        return row;
    }
  return NULL;
}

/* The y of a side that puts a row of it, in @rect of the viewport, beside what has its middle there. */
static double
put_beside (HrPairLayout *self, const HrPairViewport *viewport, HrSide side, const HrRect *rect, double middle)
{
  double end = hr_pair_layout_get_side_height (self, side) - viewport->height;

  return CLAMP (viewport->y[side] + rect->y + rect->height / 2 - middle, -BEGIN_SHARE * viewport->height,
                MAX (0, end));
}

static gboolean
is_in_sight (const HrRect *rect, const HrPairViewport *viewport)
{
  return rect->y >= 0 && rect->y + rect->height <= viewport->height;
}

/* A side that begins lower than at the top goes up with the other one, until it is there. */
double
hr_pair_layout_follow (HrPairLayout *self, const HrPairViewport *viewport, HrSide moved)
{
  HrSide side = hr_pair_other_side (moved);
  g_autoptr (GArray) rows = NULL;
  const HrPairRow *topmost;
  double y;
  HrRect rect;

  if (self->index == NULL)
    return viewport->y[side];
  hr_arena_reset (self->arena);
  rows = hr_pair_list_rows (self, viewport, moved);
  topmost = find_topmost (rows);
  if (topmost == NULL || !hr_pair_get_row_rect (self, viewport, &topmost->other, &rect))
    return viewport->y[side];
  y = put_beside (self, viewport, side, &rect, topmost->middle);
  if (!is_in_sight (&rect, viewport))
    return y;
  return viewport->y[side] < 0 && y > viewport->y[side] + 1 ? MIN (y, 0) : viewport->y[side];
}

double
hr_pair_layout_follow_row (HrPairLayout *self, const HrPairViewport *viewport, const HrHit *row)
{
  HrSide side = hr_pair_other_side (row->side);
  HrRect rect, copy_rect;
  HrHit copy;

  if (!is_row (row) || !hr_pair_layout_find_copy (self, row, &copy)
      || !hr_pair_get_row_rect (self, viewport, row, &rect) || !hr_pair_get_row_rect (self, viewport, &copy, &copy_rect)
      || is_in_sight (&copy_rect, viewport))
    return viewport->y[side];
  return put_beside (self, viewport, side, &copy_rect, rect.y + rect.height / 2);
}

double
hr_pair_layout_align (HrPairLayout *self, double table_y)
{
  HrHit first = { .kind = HR_HIT_ROW, .side = HR_SIDE_TABLE };
  HrPartition partition;
  HrRect table, index;
  HrHit copy;

  if (self->index == NULL || !hr_table_locate_block (self->sides[HR_SIDE_TABLE], table_y, &first.partition))
    return 0;
  for (guint i = 0; i < FIRST_ROWS && hr_outline_get_partition (self->look.table_outline, first.partition, &partition);
       i++, first.partition++)
    {
      HrHit whole = { .kind = HR_HIT_PARTITION, .partition = first.partition, .side = HR_SIDE_TABLE };

      if (partition.is_folded || !hr_pair_layout_find_copy (self, &whole, &copy)
          || !hr_pair_layout_get_rect (self, &whole, &table) || !hr_pair_layout_get_rect (self, &copy, &index))
        continue;
      index.y -= table.y - table_y;
      return table_y <= 0 ? MIN (0, index.y) : index.y;
    }
  return 0;
}

/* Drawing */

static HrHit
get_hit_of_side (HrPairLayout *self, const HrHit *target, HrSide side)
{
  HrHit hit = *target;

  if (hit.kind == HR_HIT_LINK)
    hit.kind = HR_HIT_ROW;
  if (hit.side == side || hit.kind == HR_HIT_NONE)
    return hit;
  if (!is_row (&hit) || !hr_pair_layout_find_copy (self, &hit, &hit))
    hit.kind = HR_HIT_NONE;
  else
    hit.kind = HR_HIT_ROW;
  return hit;
}

/* The copy is not there yet. */
static gboolean
is_under_way (const HrPairViewport *viewport)
{
  return viewport->stage == 1 || (viewport->stage == 2 && viewport->progress < 1);
}

static gboolean
draw_side (HrPairLayout *self, const HrPairViewport *viewport, HrSide side, HrScene *scene, GError **error)
{
  HrViewport own = { .x = viewport->x[side], .y = viewport->y[side], .height = viewport->height };
  gboolean done;
  HrRect rect;

  hr_pair_layout_get_side_rect (self, side, viewport->width, &rect);
  own.width = rect.width;
  own.selected = get_hit_of_side (self, &viewport->selected, side);
  if (is_under_way (viewport) && side == HR_SIDE_INDEX)
    own.selected.kind = HR_HIT_NONE;
  own.hovered = get_hit_of_side (self, &viewport->hovered, side);
  own.has_focus = viewport->has_focus && viewport->selected.side == side;
  hr_scene_push_offset (scene, rect.x, 0);
  done = hr_table_layout_draw (self->sides[side], &own, scene, error);
  hr_scene_pop (scene);
  return done;
}

gboolean
hr_pair_layout_draw (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene, GError **error)
{
  if (self->index == NULL)
    return TRUE;
  for (guint i = 0; i < HR_N_SIDES; i++)
    if (!draw_side (self, viewport, i, scene, error))
      return FALSE;
  hr_arena_reset (self->arena);
  hr_pair_draw_links (self, viewport, scene);
  if (viewport->stage > 0)
    hr_pair_draw_stage (self, viewport, scene);
  return TRUE;
}

/* "pk, sk" */
static const char *
join_key_names (const HrKeyLayout *layout, HrArena *arena)
{
  const char *joined = layout->parts[0].name;

  for (guint i = 1; i + 1 < layout->n_key; i++)
    joined = hr_arena_printf (arena, _ ("%s, %s"), joined, layout->parts[i].name);
  if (layout->n_key > 1)
    joined = hr_arena_printf (arena, _ ("%s and %s"), joined, layout->parts[layout->n_key - 1].name);
  return joined;
}

static void
draw_side_header (HrPairLayout *self, HrSide side, const HrTableFrame *frame, const HrRect *rect)
{
  const HrTableLayout *table = self->sides[side];
  double unit = table->metrics.unit;
  double icon = ICON_SIZE * unit;
  HrTextLook name = { .style = HR_STYLE_BODY_BOLD, .color = HR_COLOR_TEXT, .ellipsis = HR_ELLIPSIS_MIDDLE };
  HrTextLook words = { .style = HR_STYLE_CAPTION, .color = HR_COLOR_TEXT_DIM, .ellipsis = HR_ELLIPSIS_END };
  const char *title = side == HR_SIDE_TABLE ? self->look.table->name : self->look.index;
  const char *keys = join_key_names (&table->layout, self->arena);
  HrRect rest = { rect->x + table->metrics.margin, rect->y, rect->width - 2 * table->metrics.margin, rect->height };
  double width;

  hr_pen_icon (&frame->pen, side == HR_SIDE_TABLE ? HR_ICON_TABLE : HR_ICON_INDEX, rest.x,
               rect->y + (rect->height - icon) / 2, icon, HR_COLOR_TEXT);
  rest.x += icon + HEADER_GAP * unit;
  rest.width -= icon + HEADER_GAP * unit;
  width = MIN (hr_frame_measure (frame, name.style, title), rest.width);
  hr_frame_add_text (frame, &(HrRect) { rest.x, rest.y, width, rest.height }, &name, title, -1);
  rest.x += width + 1.5 * HEADER_GAP * unit;
  rest.width -= width + 1.5 * HEADER_GAP * unit;
  if (rest.width > 0)
    hr_frame_add_text (frame, &rest, &words,
                       side == HR_SIDE_TABLE ? hr_arena_printf (self->arena, _ ("base table, %s"), keys) : keys, -1);
}

void
hr_pair_layout_draw_header (HrPairLayout *self, const HrPairViewport *viewport, const HrRect *rect, HrScene *scene)
{
  HrPairPlaces places = hr_pair_get_places (self, viewport->width);

  if (self->index == NULL)
    return;
  hr_arena_reset (self->arena);
  hr_scene_push (scene, rect, 1, "header");
  for (guint i = 0; i < HR_N_SIDES; i++)
    {
      HrTableFrame frame = { .table = self->sides[i], .arena = self->arena,
                             .shows_bars = hr_table_shows_bars (self->sides[i]),
                             .pen = { scene, rect->x, rect->width, self->look.right_to_left, i } };
      HrRect own = { rect->x + places.start[i], rect->y, places.width[i], rect->height };

      draw_side_header (self, i, &frame, &own);
    }
  hr_scene_pop (scene);
}
