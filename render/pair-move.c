/*
 * The move: how an item gets into the index, in three stages, and what is said of each.
 *
 * First the keys of the row are framed, then the row travels along its link to the place of its copy, then both places
 * tell what writing them costs. Figures are those of the row and of the entry as they are stored.
 */

#include "render/pair-private.h"

#include "model/base/i18n.h"
#include "model/engine/capacity.h"

#define FRAME_WIDTH 2
#define RADIUS      4
#define PILL_HEIGHT 20
#define PILL_GAP    8

void
hr_pair_sentence_clear (HrPairSentence *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->text, g_free);
}

/* The item of a row: its places on both sides. */
typedef struct
{
  HrPairLayout *pair;
  HrArena *arena;
  HrHit places[HR_N_SIDES]; /* of the index: kind NONE when it is not there */
  HrOutlineRow rows[HR_N_SIDES];
} Item;

static gboolean
item_find (Item *self, HrPairLayout *pair, const HrHit *row, HrArena *arena)
{
  HrHit known = { HR_HIT_ROW, row->partition, row->row, 0, row->side };
  HrSide other = hr_pair_other_side (row->side);

  *self = (Item) { .pair = pair, .arena = arena };
  if (pair->index == NULL || row->kind == HR_HIT_NONE || row->kind == HR_HIT_HEADER
      || !hr_pair_fetch_row (pair, &known, arena, &self->rows[row->side]))
    return FALSE;
  self->places[row->side] = known;
  if (self->rows[row->side].lack == 0
      && hr_pair_find_end (pair, &known, &self->rows[row->side].item, &self->places[other])
      && !hr_pair_fetch_row (pair, &self->places[other], arena, &self->rows[other]))
    self->places[other].kind = HR_HIT_NONE;
  return self->places[HR_SIDE_TABLE].kind != HR_HIT_NONE;
}

static gboolean
is_indexed (const Item *self)
{
  return self->places[HR_SIDE_INDEX].kind != HR_HIT_NONE;
}

/* Sentences */

/* "`owner` and `sk`" */
static const char *
join_keys (const Item *self)
{
  const HrKeyLayout *keys = &self->pair->keys;
  const char *joined = hr_arena_printf (self->arena, "`%s`", keys->parts[0].name);

  for (guint i = 1; i + 1 < keys->n_key; i++)
    joined = hr_arena_printf (self->arena, _ ("%s, `%s`"), joined, keys->parts[i].name);
  if (keys->n_key > 1)
    joined = hr_arena_printf (self->arena, _ ("%s and `%s`"), joined, keys->parts[keys->n_key - 1].name);
  return joined;
}

/* Of the first entity that never enters: what keeps the index small. NULL when all may. */
static const char *
describe_sparse (const Item *self)
{
  const HrTable *table = self->pair->look.table;

  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);
      g_autofree char *words = NULL;
      HrIndexLack lack;

      if (hr_index_judge_entity (table, self->pair->index, entity, &lack) != HR_ENTRY_NEVER || lack == 0)
        continue;
      words = hr_index_lack_describe (lack, &self->pair->keys);
      return hr_arena_printf (self->arena, _ ("“%s” never enters (%s): the index stays small."), entity->name, words);
    }
  return NULL;
}

static void
describe_keys (const Item *self, HrPairSentence *sentence)
{
  guint n_keys = self->pair->keys.n_key;
  const char *names = join_keys (self);
  const char *sparse = describe_sparse (self);
  const char *copied = hr_arena_printf (self->arena, ngettext_ ("%s is present, so the item is copied.",
                                                                "%s are present, so the item is copied.", n_keys),
                                        names);

  sentence->title = g_strdup (n_keys == 1   ? _ ("It has the index key")
                              : n_keys == 2 ? _ ("It has both index keys")
                                            : _ ("It has all index keys"));
  sentence->text = sparse != NULL ? g_strconcat (copied, " ", sparse, NULL) : g_strdup (copied);
}

static void
describe_left_out (const Item *self, HrPairSentence *sentence)
{
  HrIndexLack lack = self->rows[HR_SIDE_TABLE].lack;
  g_autofree char *words = lack != 0 ? hr_index_lack_describe (lack, &self->pair->keys) : NULL;

  sentence->title = g_strdup (_ ("It is not in the index"));
  sentence->text = words != NULL
                       ? g_strdup_printf (_ ("What keeps it out: %s. Writing it costs nothing in the index."), words)
                       : g_strdup (_ ("The index does not show it."));
}

static const char *
get_key_text (const Item *self, const HrKeyLayout *layout, guint first, guint end, HrSide side)
{
  const char *joined = "";

  for (guint i = first; i < end; i++)
    {
      const HrValue *value
          = hr_map_get (&self->rows[side].item, layout->parts[i].name, layout->parts[i].name_length);
      const char *text = value != NULL ? hr_cell_describe (value, self->arena) : "";

      joined = i == first ? text : hr_arena_printf (self->arena, _ ("%s · %s"), joined, text);
    }
  return joined;
}

static const char *
describe_company (const Item *self)
{
  HrPartition partition = { .n_rows = 1 };
  const char *number;

  hr_outline_get_partition (self->pair->look.index_outline, self->places[HR_SIDE_INDEX].partition, &partition);
  if (partition.n_rows <= 1)
    return _ ("alone");
  number = hr_arena_printf (self->arena, "%" G_GUINT64_FORMAT, partition.n_rows - 1);
  return hr_arena_printf (self->arena,
                          ngettext_ ("next to %s other item", "next to %s other items", partition.n_rows - 1), number);
}

static void
describe_place (const Item *self, HrPairSentence *sentence)
{
  const HrKeyLayout *keys = &self->pair->keys;
  const HrKeyLayout *table = &self->pair->sides[HR_SIDE_TABLE]->layout;
  const char *home = get_key_text (self, table, 0, table->n_hash, HR_SIDE_TABLE);

  if (self->pair->index->kind == HR_INDEX_LOCAL && keys->n_key > keys->n_hash)
    {
      sentence->title = g_strdup (_ ("It stays in its partition"));
      sentence->text = g_strdup_printf (_ ("A local index keeps the partition, `%s`. There items stand in the order of "
                                           "`%s`."),
                                        home, keys->parts[keys->n_hash].name);
      return;
    }
  sentence->title = g_strdup (_ ("It moves to a new partition"));
  sentence->text = g_strdup_printf (_ ("In the table it lives under `%s`. In the index it lives under `%s`, %s."), home,
                                    get_key_text (self, keys, 0, keys->n_hash, HR_SIDE_INDEX), describe_company (self));
}

/* Writing the row of one side, as it is stored. */
static guint64
get_units (const Item *self, HrSide side)
{
  return hr_units_of (self->rows[side].size_bytes, HR_UNIT_WRITE_BYTES);
}

static const char *
format_units (const Item *self, guint64 units)
{
  const char *text = hr_arena_printf (self->arena, "%" G_GUINT64_FORMAT " WCU", units);

  return self->pair->look.right_to_left ? hr_arena_printf (self->arena, "\u2066%s\u2069", text) : text;
}

static void
describe_cost (const Item *self, HrPairSentence *sentence)
{
  const char *table = format_units (self, get_units (self, HR_SIDE_TABLE));
  const char *index = format_units (self, get_units (self, HR_SIDE_INDEX));
  const char *both = format_units (self, 2 * get_units (self, HR_SIDE_INDEX));

  sentence->title = g_strdup (_ ("Each write is paid twice"));
  sentence->text = g_strdup_printf (_ ("Putting the item costs %s in the table and %s in the index. A write that "
                                       "changes an index key deletes the old copy and puts a new one: %s in the "
                                       "index."),
                                    table, index, both);
}

gboolean
hr_pair_layout_describe_stage (HrPairLayout *self, const HrHit *row, guint stage, HrPairSentence *sentence)
{
  static void (*const describe[HR_PAIR_STAGES]) (const Item *, HrPairSentence *)
      = { describe_keys, describe_place, describe_cost };
  g_autoptr (HrArena) arena = hr_arena_new ();
  Item item;

  *sentence = (HrPairSentence) { NULL, NULL };
  if (stage < 1 || stage > HR_PAIR_STAGES || !item_find (&item, self, row, arena))
    return FALSE;
  if (is_indexed (&item))
    describe[stage - 1] (&item, sentence);
  else if (stage == 1)
    describe_left_out (&item, sentence);
  return sentence->title != NULL;
}

/* Drawing */

typedef struct
{
  Item item;
  const HrPairViewport *viewport;
  HrPairPlaces places;
  HrPen pen;
  HrRect rows[HR_N_SIDES]; /* in the viewport, along the reading direction */
} Stage;

static double
get_unit (const Stage *self)
{
  return self->item.pair->sides[HR_SIDE_TABLE]->metrics.unit;
}

/* The row from where its texts begin to where its side ends. */
static gboolean
place_row (Stage *self, HrSide side)
{
  const HrTableLayout *table = self->item.pair->sides[side];
  HrRect *rect = &self->rows[side];
  HrBlock block;

  if (!hr_table_get_block (table, self->item.places[side].partition, &block)
      || !hr_pair_get_row_rect (self->item.pair, self->viewport, &self->item.places[side], rect))
    return FALSE;
  rect->x = hr_table_get_rows_x (table, &block) + self->places.start[side];
  rect->width = MAX (0, self->places.start[side] + self->places.width[side] - table->metrics.margin - rect->x);
  return TRUE;
}

static double
ease (double progress)
{
  double t = CLAMP (progress, 0, 1);

  return t * t * (3 - 2 * t);
}

/* How far a stage has come. */
static double
get_progress (const Stage *self, guint stage)
{
  if (self->viewport->stage != stage)
    return self->viewport->stage > stage ? 1 : 0;
  return ease (self->viewport->progress);
}

static gboolean
is_index_key (const Stage *self, const HrTableColumn *column, HrIndexLack *lack)
{
  const HrKeyLayout *keys = &self->item.pair->keys;

  for (guint i = 0; i < keys->n_key; i++)
    if (strcmp (keys->parts[i].name, column->name) == 0)
      {
        *lack = self->item.rows[HR_SIDE_TABLE].lack & (HR_LACK_MISSING (i) | HR_LACK_TYPE (i) | HR_LACK_VALUE (i));
        return TRUE;
      }
  return FALSE;
}

/* What of the row makes the key of the index; what keeps it out is framed with dashes. */
static void
frame_keys (const Stage *self)
{
  const HrTableLayout *table = self->item.pair->sides[HR_SIDE_TABLE];
  const HrRect *row = &self->rows[HR_SIDE_TABLE];
  double unit = get_unit (self);
  double texts = self->places.start[HR_SIDE_TABLE] + hr_table_get_texts_x (table) - self->viewport->x[HR_SIDE_TABLE];

  hr_pen_push (&self->pen, row, get_progress (self, 1), NULL);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const HrTableColumn *column = hr_table_get_column (table, i);
      HrIndexLack lack;
      HrBox box = { .stroke = HR_COLOR_ACCENT, .stroke_width = FRAME_WIDTH * unit, .radius = RADIUS * unit };
      HrRect cell = { texts + column->x - 6 * unit, row->y + 5 * unit, column->width - 8 * unit,
                      row->height - 10 * unit };

      if (!is_index_key (self, column, &lack))
        continue;
      if (lack != 0)
        {
          box.stroke = HR_COLOR_ERROR;
          box.dash = 4 * unit;
        }
      hr_pen_box (&self->pen, &cell, &box);
    }
  hr_pen_pop (&self->pen);
}

/* The place of the copy, before it is there. */
static void
draw_slot (const Stage *self)
{
  double unit = get_unit (self);
  HrRect slot = self->rows[HR_SIDE_INDEX];

  slot.y += 1;
  slot.height -= 2;
  slot.width -= 2;
  hr_pen_fill (&self->pen, &slot, HR_COLOR_BLOCK);
  slot.x += 3 * unit;
  slot.y += 2 * unit;
  slot.width -= 6 * unit;
  slot.height -= 5 * unit;
  hr_pen_box (&self->pen, &slot,
              &(HrBox) { .stroke = HR_COLOR_TEXT_FAINT, .stroke_width = 1.5 * unit, .dash = 4 * unit,
                         .radius = RADIUS * unit });
}

/* The row on its way: its stripe and its key. */
static void
draw_traveller (const Stage *self, double progress)
{
  const HrRect *from = &self->rows[HR_SIDE_TABLE];
  const HrRect *to = &self->rows[HR_SIDE_INDEX];
  const HrTableLayout *table = self->item.pair->sides[HR_SIDE_TABLE];
  const HrTableMetrics *metrics = &table->metrics;
  guint entity = self->item.rows[HR_SIDE_TABLE].entity;
  HrRect row = { from->x + (to->x - from->x) * progress, from->y + (to->y - from->y) * progress,
                 from->width + (to->width - from->width) * progress, from->height };
  HrTextLook look = { .style = HR_STYLE_MONO, .color = hr_color_of_entity (entity, HR_PART_INK),
                      .ellipsis = HR_ELLIPSIS_END };
  const HrKeyLayout *keys = &table->layout;
  const char *text = get_key_text (&self->item, keys, table->has_sort_key ? keys->n_hash : 0,
                                   table->has_sort_key ? keys->n_key : keys->n_hash, HR_SIDE_TABLE);
  HrRect words = { row.x + metrics->inset, row.y, MAX (0, row.width - 2 * metrics->inset), row.height };

  hr_pen_box (&self->pen, &row, &(HrBox) { .fill = hr_color_of_entity (entity, HR_PART_TINT) });
  hr_pen_fill (&self->pen, &(HrRect) { row.x, row.y, metrics->stripe, row.height },
               hr_color_of_entity (entity, HR_PART_MARK));
  hr_pen_text (&self->pen, &words, &look, text, -1);
  hr_pen_box (&self->pen, &row, &(HrBox) { .stroke = HR_COLOR_SELECTION, .stroke_width = FRAME_WIDTH * metrics->unit });
}

/* What a write costs at each of the places. */
static void
draw_costs (const Stage *self)
{
  double unit = get_unit (self);

  hr_pen_push (&self->pen, NULL, get_progress (self, 3), NULL);
  for (guint i = 0; i < HR_N_SIDES; i++)
    {
      const HrRect *row = &self->rows[i];
      HrTableFrame frame = { .table = self->item.pair->sides[i], .arena = self->item.arena, .pen = self->pen };
      double y = row->y + (row->height - PILL_HEIGHT * unit) / 2;

      hr_frame_add_pill (&frame, row->x + row->width - PILL_GAP * unit, y,
                         format_units (&self->item, get_units (&self->item, i)), HR_COLOR_WARNING_TINT,
                         HR_COLOR_WARNING, TRUE);
    }
  hr_pen_pop (&self->pen);
}

static void
draw_moving (const Stage *self)
{
  double progress = get_progress (self, 2);

  if (progress < 1)
    draw_slot (self);
  if (progress > 0 && progress < 1)
    draw_traveller (self, progress);
  if (self->viewport->stage >= 3)
    draw_costs (self);
}

void
hr_pair_draw_stage (HrPairLayout *self, const HrPairViewport *viewport, HrScene *scene)
{
  Stage stage = { .viewport = viewport, .places = hr_pair_get_places (self, viewport->width),
                  .pen = { scene, 0, viewport->width, self->look.right_to_left, HR_SIDE_TABLE } };
  HrRect clip = { 0, 0, viewport->width, viewport->height };

  /* the line of a folded partition tells itself what keeps its items out */
  if (viewport->selected.kind == HR_HIT_PARTITION
      || !item_find (&stage.item, self, &viewport->selected, self->arena) || !place_row (&stage, HR_SIDE_TABLE))
    return;
  hr_pen_push (&stage.pen, &clip, 1, "move");
  frame_keys (&stage);
  if (is_indexed (&stage.item) && place_row (&stage, HR_SIDE_INDEX))
    draw_moving (&stage);
  hr_pen_pop (&stage.pen);
}
