/*
 * What is between a table and its index: from each row in sight a curve to its other end, wherever that is.
 *
 * The other end is found through the outline of the other side, a seek or two, and remembered until the look changes;
 * so scrolling by a line looks up a line's worth of rows.
 */

#include "render/pair-private.h"

#include "model/base/i18n.h"

#define LINK_WIDTH    1.5
#define STRONG_WIDTH  3
#define HOVER_WIDTH   2.5
#define ARROW         9
#define STRONG_ARROW  12
#define START_GAP     3
#define END_GAP       1
#define OPACITY       0.65
#define PASSED_OVER   0.2  /* opacity of what a run did not touch */
#define TICK          10
#define DASH          2
#define BEYOND        2000 /* px out of sight: a curve need not know how far away its end is */
#define ENDS_MAX      8192

gboolean
hr_pair_find_end (HrPairLayout *self, const HrHit *row, const HrValue *item, HrHit *end)
{
  HrSide side = hr_pair_other_side (row->side);
  HrPairEnd wanted = { .side = row->side, .partition = row->partition, .row = row->row };
  HrPairEnd *known = g_hash_table_lookup (self->ends, &wanted);

  if (known == NULL)
    {
      HrHit found = { .kind = HR_HIT_ROW, .side = side };

      if (!hr_outline_find_row (hr_pair_get_outline (self, side), item, &found.partition, &found.row)
          && !hr_table_find_added_item (self->sides[side], item, &found))
        found.kind = HR_HIT_NONE;
      found.side = side;
      if (g_hash_table_size (self->ends) >= ENDS_MAX)
        g_hash_table_remove_all (self->ends);
      known = g_new (HrPairEnd, 1);
      *known = wanted;
      known->end = found;
      g_hash_table_add (self->ends, known);
    }
  *end = known->end;
  return end->kind != HR_HIT_NONE;
}

gboolean
hr_pair_fetch_row (HrPairLayout *self, const HrHit *row, HrArena *arena, HrOutlineRow *fetched)
{
  HrRowView view;
  HrBlock block;

  if (!hr_table_get_block (self->sides[row->side], row->partition, &block)
      || !hr_table_fetch_row (self->sides[row->side], &block, row->row, arena, &view, NULL))
    return FALSE;
  *fetched = view.row;
  return TRUE;
}

/* Rows in sight */

typedef struct
{
  HrPairLayout *pair;
  const HrPairViewport *viewport;
  HrSide side;
  GArray *rows; /* HrPairRow */
} Listing;

static void
add_row (Listing *self, const HrBlock *block, const HrRowView *view)
{
  HrPairLayout *pair = self->pair;
  const HrOutlineRow *fetched = &view->row;
  HrPairRow row = { .row = { HR_HIT_ROW, block->position, view->number, 0, self->side }, .entity = fetched->entity };
  HrRect rect;

  if (!hr_pair_get_row_rect (pair, self->viewport, &row.row, &rect) || rect.y + rect.height <= 0
      || rect.y >= self->viewport->height)
    return;
  row.middle = rect.y + rect.height / 2;
  if (fetched->lack == 0)
    hr_pair_find_end (pair, &row.row, &fetched->item, &row.other);
  if (pair->look.index_marks != NULL)
    hr_marks_get_item (pair->look.index_marks, &fetched->item, &row.mark);
  g_array_append_val (self->rows, row);
}

static void
add_block (Listing *self, const HrBlock *block)
{
  HrPairLayout *pair = self->pair;
  const HrTableLayout *table = pair->sides[self->side];
  double top = block->top - self->viewport->y[self->side];
  guint64 first = hr_table_locate_row (table, block, -top);
  guint64 end = MIN (hr_table_locate_row (table, block, self->viewport->height - top) + 1, block->partition.n_rows);
  guint wanted = end > first ? (guint) MIN (end - first, G_MAXUINT32 / sizeof (HrOutlineRow)) : 0;
  HrOutlineRow *rows = hr_arena_array (pair->arena, HrOutlineRow, wanted);
  guint count = hr_outline_fetch (table->look.outline, block->position, first, wanted, pair->arena, rows, NULL);

  for (guint i = 0; i < count; i++)
    {
      HrRowView view = { .number = first + i, .row = rows[i] };

      hr_table_mark_row (table, &view);
      add_row (self, block, &view);
    }
  for (guint64 i = block->partition.n_rows; i < block->n_slots; i++)
    {
      HrRowView view;

      if (hr_table_fetch_row (table, block, i, pair->arena, &view, NULL))
        add_row (self, block, &view);
    }
}

static int
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  double x = ((const HrPairRow *) a)->middle;
  double y = ((const HrPairRow *) b)->middle;

  return (x > y) - (x < y);
}

GArray *
hr_pair_list_rows (HrPairLayout *self, const HrPairViewport *viewport, HrSide side)
{
  const HrTableLayout *table = self->sides[side];
  Listing listing = { self, viewport, side, g_array_new (FALSE, FALSE, sizeof (HrPairRow)) };
  guint64 position;
  HrBlock block;

  if (!hr_table_locate_block (table, viewport->y[side], &position))
    return listing.rows;
  for (; hr_table_get_block (table, position, &block); position++)
    {
      if (block.top - viewport->y[side] >= viewport->height)
        break;
      if (!block.is_folded)
        add_block (&listing, &block);
    }
  g_array_sort (listing.rows, compare_rows_cb);
  return listing.rows;
}

/* Links */

typedef struct
{
  HrPairLayout *pair;
  const HrPairViewport *viewport;
  HrPen pen;
  double x1; /* where links begin and end, along the reading direction */
  double x2;
  GArray *links; /* HrPairLink */
} Gutter;

static gboolean
is_in_sight (const Gutter *self, const HrRect *rect)
{
  return rect->y + rect->height > 0 && rect->y < self->viewport->height;
}

/* A link is listed once: from the row of the table, or from the entry when only that is in sight. */
static void
add_link (Gutter *self, const HrPairRow *row)
{
  HrPairLink link = { .entity = row->entity, .is_fetched = row->mark.is_fetched,
                      .is_touched = row->mark.state != HR_MARK_NOT_READ };
  HrSide side = row->row.side;
  HrSide other = hr_pair_other_side (side);
  HrRect rect;

  if (row->other.kind == HR_HIT_NONE || !hr_pair_get_row_rect (self->pair, self->viewport, &row->other, &rect)
      || (side == HR_SIDE_INDEX && is_in_sight (self, &rect)))
    return;
  link.ends[side] = row->row;
  link.ends[other] = row->other;
  link.middles[side] = row->middle;
  link.middles[other] = CLAMP (rect.y + rect.height / 2, -BEYOND, self->viewport->height + BEYOND);
  g_array_append_val (self->links, link);
}

static void
list_links (Gutter *self)
{
  for (guint i = 0; i < HR_N_SIDES; i++)
    {
      g_autoptr (GArray) rows = hr_pair_list_rows (self->pair, self->viewport, i);

      for (guint j = 0; j < rows->len; j++)
        add_link (self, &g_array_index (rows, HrPairRow, j));
    }
}

static gboolean
is_end (const HrPairLink *link, const HrHit *target)
{
  const HrHit *end = &link->ends[target->side];

  return (target->kind == HR_HIT_ROW || target->kind == HR_HIT_CELL || target->kind == HR_HIT_LINK)
         && end->partition == target->partition && end->row == target->row;
}

/* The partition whose links are drawn when there are too many. */
static HrHit
choose_partition (const Gutter *self)
{
  if (self->viewport->selected.kind != HR_HIT_NONE)
    return self->viewport->selected;
  if (self->viewport->hovered.kind != HR_HIT_NONE)
    return self->viewport->hovered;
  return g_array_index (self->links, HrPairLink, 0).ends[HR_SIDE_TABLE];
}

static HrLink
get_curve (const Gutter *self, const HrPairLink *link)
{
  double unit = self->pair->sides[HR_SIDE_TABLE]->metrics.unit;

  return (HrLink) { .x1 = self->x1, .y1 = link->middles[HR_SIDE_TABLE], .x2 = self->x2,
                    .y2 = link->middles[HR_SIDE_INDEX], .color = hr_color_of_entity (link->entity, HR_PART_MARK),
                    .width = LINK_WIDTH * unit, .arrow = ARROW * unit };
}

static const char *
describe_end (const Gutter *self, const HrHit *end)
{
  HrPartition partition;

  if (!hr_outline_get_partition (hr_pair_get_outline (self->pair, end->side), end->partition, &partition))
    return "";
  return hr_table_describe_partition (&partition, self->pair->arena);
}

static void
label_link (const Gutter *self, const HrPairLink *link, const HrLink *curve)
{
  HrHit target = link->ends[HR_SIDE_TABLE];
  const char *from = describe_end (self, &link->ends[HR_SIDE_TABLE]);
  const char *to = describe_end (self, &link->ends[HR_SIDE_INDEX]);
  const char *label = hr_arena_printf (self->pair->arena,
                                       _ ("From partition %s of the table to partition %s of the index"), from, to);

  target.kind = HR_HIT_LINK;
  hr_pen_link_target (&self->pen, curve, &target, label, label);
}

static void
draw_link (const Gutter *self, const HrPairLink *link)
{
  HrLink curve = get_curve (self, link);

  hr_pen_link (&self->pen, &curve);
  label_link (self, link, &curve);
}

/* Where a link that is not drawn begins and ends. */
static void
draw_ticks (const Gutter *self, const HrPairLink *link)
{
  HrColor color = hr_color_of_entity (link->entity, HR_PART_MARK);
  double unit = self->pair->sides[HR_SIDE_TABLE]->metrics.unit;
  double tick = TICK * unit;

  for (guint i = 0; i < HR_N_SIDES; i++)
    {
      double x = i == HR_SIDE_TABLE ? self->x1 : self->x2 - tick;
      const double points[] = { x, link->middles[i], x + tick, link->middles[i] };

      hr_pen_line (&self->pen, points, 2, color, 2 * unit, 0);
    }
}

/* The run went from the entry to the item for what the index does not hold. */
static void
draw_fetch (const Gutter *self, const HrPairLink *link)
{
  double unit = self->pair->sides[HR_SIDE_TABLE]->metrics.unit;
  HrLink curve = { .x1 = self->x2, .y1 = link->middles[HR_SIDE_INDEX], .x2 = self->x1,
                   .y2 = link->middles[HR_SIDE_TABLE], .color = HR_COLOR_ACCENT, .width = 2 * unit,
                   .dash = DASH * unit, .arrow = ARROW * unit };

  hr_pen_link (&self->pen, &curve);
  label_link (self, link, &curve);
}

static void
draw_strong (const Gutter *self, const HrPairLink *link)
{
  double unit = self->pair->sides[HR_SIDE_TABLE]->metrics.unit;
  HrLink curve = get_curve (self, link);

  curve.color = HR_COLOR_SELECTION;
  curve.width = STRONG_WIDTH * unit;
  curve.arrow = STRONG_ARROW * unit;
  hr_pen_link (&self->pen, &curve);
  label_link (self, link, &curve);
}

static void
draw_hovered (const Gutter *self, const HrPairLink *link)
{
  HrLink curve = get_curve (self, link);

  curve.width = HOVER_WIDTH * self->pair->sides[HR_SIDE_TABLE]->metrics.unit;
  hr_pen_link (&self->pen, &curve);
}

typedef enum
{
  PASS_PLAIN,   /* all, thin; with a run those that it did not touch, faint */
  PASS_TOUCHED,
  PASS_FETCHED,
  PASS_HOVERED,
  PASS_SELECTED,
  N_PASSES,
} Pass;

static gboolean
is_of_pass (const Gutter *self, const HrPairLink *link, Pass pass)
{
  const HrPairLook *look = &self->pair->look;

  switch (pass)
    {
    case PASS_PLAIN:
      return look->index_marks == NULL || !link->is_touched;
    case PASS_TOUCHED:
      return look->index_marks != NULL && link->is_touched && !link->is_fetched;
    case PASS_FETCHED:
      return link->is_fetched;
    case PASS_HOVERED:
      return is_end (link, &self->viewport->hovered) && !is_end (link, &self->viewport->selected);
    case PASS_SELECTED:
      return is_end (link, &self->viewport->selected);
    case N_PASSES:
      break;
    }
  return FALSE;
}

static void
draw_pass (const Gutter *self, Pass pass, const HrHit *only)
{
  gboolean hides_selected = self->viewport->stage > 0 && self->viewport->stage < 2;

  for (guint i = 0; i < self->links->len; i++)
    {
      const HrPairLink *link = &g_array_index (self->links, HrPairLink, i);

      if (!is_of_pass (self, link, pass) || (hides_selected && is_end (link, &self->viewport->selected)))
        continue;
      if (pass == PASS_SELECTED)
        draw_strong (self, link);
      else if (pass == PASS_HOVERED)
        draw_hovered (self, link);
      else if (pass == PASS_FETCHED)
        draw_fetch (self, link);
      else if (only != NULL && link->ends[only->side].partition != only->partition)
        draw_ticks (self, link);
      else if (!is_end (link, &self->viewport->selected))
        draw_link (self, link);
    }
}

static gboolean
has_any (const Gutter *self, Pass pass)
{
  for (guint i = 0; i < self->links->len; i++)
    if (is_of_pass (self, &g_array_index (self->links, HrPairLink, i), pass))
      return TRUE;
  return FALSE;
}

static void
draw_all (const Gutter *self)
{
  const HrPairLook *look = &self->pair->look;
  gboolean has_marks = look->index_marks != NULL && look->dim_others;
  gboolean is_plain = hr_table_is_plain (self->pair->sides[HR_SIDE_TABLE]);
  HrHit chosen = self->links->len > HR_PAIR_LINKS_MAX ? choose_partition (self) : (HrHit) { .kind = HR_HIT_NONE };
  /* a group that is see-through costs its area */
  HrRect gutter = { self->x1 - 1, 0, MAX (0, self->x2 - self->x1 + 2), self->viewport->height };

  for (guint i = 0; i < N_PASSES; i++)
    {
      gboolean is_thin = i == PASS_PLAIN || i == PASS_TOUCHED;
      double opacity = i == PASS_PLAIN && has_marks ? PASSED_OVER : OPACITY;

      if (!has_any (self, i))
        continue;
      if (is_thin)
        hr_pen_push (&self->pen, &gutter, is_plain ? 1 : opacity, NULL);
      draw_pass (self, i, chosen.kind != HR_HIT_NONE ? &chosen : NULL);
      if (is_thin)
        hr_pen_pop (&self->pen);
    }
}

/* Where rows of the table end in sight. */
static double
get_rows_end (const HrPairLayout *self, const HrPairViewport *viewport, double width)
{
  const HrTableLayout *table = self->sides[HR_SIDE_TABLE];
  double margin = table->metrics.margin;
  double rows = MAX (width - 2 * margin, table->content_width) - viewport->x[HR_SIDE_TABLE];

  return MIN (margin + rows, width);
}

void
hr_pair_draw_links (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene)
{
  HrPairPlaces places = hr_pair_get_places (self, viewport->width);
  const HrTableMetrics *metrics = &self->sides[HR_SIDE_TABLE]->metrics;
  HrRect clip = { 0, 0, viewport->width, viewport->height };
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (HrPairLink));
  Gutter gutter = { .pair = self, .viewport = viewport, .links = links,
                    .pen = { scene, 0, viewport->width, self->look.right_to_left, HR_SIDE_TABLE } };

  gutter.x1 = get_rows_end (self, viewport, places.width[HR_SIDE_TABLE]) + START_GAP * metrics->unit;
  gutter.x2 = places.start[HR_SIDE_INDEX] + metrics->margin - END_GAP * metrics->unit;
  list_links (&gutter);
  hr_pen_push (&gutter.pen, &clip, 1, "links");
  draw_all (&gutter);
  hr_pen_pop (&gutter.pen);
}
