/*
 * What a run adds to the table: page lines, rows that are not in the outline, whole partitions.
 *
 * They are inserts between rows of the outline, sorted by place, each with the height of those before it; so the
 * outline's sums stay as they are, and places below an insert are found by bisection.
 */

#include "render/table-private.h"

/* An insert with the row key it is sorted by. */
typedef struct
{
  HrTableInsert insert;
  const guint8 *key; /* of ROW, in the look's arena */
  gsize key_length;
} Draft;

enum
{
  ORDER_AFTER,  /* right behind the row above */
  ORDER_ROW,
  ORDER_BEFORE, /* right before the row below */
};

static int
compare_numbers (guint64 a, guint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_keys (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : compare_numbers (a_length, b_length);
}

static int
compare_drafts_cb (gconstpointer a, gconstpointer b)
{
  const Draft *x = a;
  const Draft *y = b;
  int order = compare_numbers (x->insert.partition, y->insert.partition);

  if (order == 0)
    order = compare_numbers (x->insert.row, y->insert.row);
  if (order == 0)
    order = (int) x->insert.below_header - (int) y->insert.below_header;
  if (order == 0)
    order = (int) x->insert.order - (int) y->insert.order;
  if (order == 0 && x->key != NULL && y->key != NULL)
    order = compare_keys (x->key, x->key_length, y->key, y->key_length);
  return order;
}

/* Rows have no places there, and nothing stands between them. */
static gboolean
is_folded (const HrTableLayout *self, guint64 position)
{
  HrPartition partition;

  return hr_outline_get_partition (self->look.outline, position, &partition) && partition.is_folded;
}

static void
add_page_line (HrTableLayout *self, const HrPageLine *line, GArray *drafts)
{
  guint64 partition;
  guint64 row;
  Draft draft = { 0 };

  if (!hr_outline_find_row (self->look.outline, line->key, &partition, &row) || is_folded (self, partition))
    return;
  draft.insert = (HrTableInsert) { .partition = partition, .row = line->backward ? row : row + 1,
                                   .kind = HR_INSERT_PAGE_LINE, .line = line,
                                   .order = line->backward ? ORDER_BEFORE : ORDER_AFTER };
  draft.insert.below_header = line->backward && row == 0;
  g_array_append_val (drafts, draft);
}

static guint
match_entity (const HrTableLayout *self, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (self->look.table, item, NULL);
  guint number;

  if (entity == NULL || !g_ptr_array_find (self->look.table->entities, entity, &number))
    return HR_ENTITY_NONE;
  return MIN (number, HR_ENTITY_NONE);
}

/* The extra partition with these keys, made when there is none; its number behind those of the outline. */
static guint
need_extra (HrTableLayout *self, const HrValue *keys)
{
  HrTableExtra extra = { 0 };

  for (guint i = 0; i < self->extras->len; i++)
    {
      const HrTableExtra *known = &g_array_index (self->extras, HrTableExtra, i);
      gboolean is_same = TRUE;

      for (guint j = 0; j < self->layout.n_hash; j++)
        is_same = is_same && hr_value_equal (&known->partition.keys[j], &keys[j]);
      if (is_same)
        return i;
    }
  extra.partition.position = self->totals.n_partitions + self->extras->len;
  extra.partition.n_keys = self->layout.n_hash;
  for (guint j = 0; j < self->layout.n_hash; j++)
    extra.partition.keys[j] = hr_value_copy (self->look_arena, &keys[j]);
  g_array_append_val (self->extras, extra);
  return self->extras->len - 1;
}

/* The row key of a row of the outline, compared with a draft's. */
static int
compare_row (const HrTableLayout *self, guint64 partition, guint64 row, const Draft *draft, HrArena *arena)
{
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  HrOutlineRow found;

  hr_arena_reset (arena);
  if (hr_outline_fetch (self->look.outline, partition, row, 1, arena, &found, NULL) == 0
      || !hr_key_layout_gather (&self->layout, &found.item, values))
    return 1;
  hr_key_encode (&self->layout, values, self->layout.n_parts, &key);
  return compare_keys ((const guint8 *) key.data, key.length, draft->key, draft->key_length);
}

/* The first row of the partition that is not before the draft. */
static guint64
find_gap (const HrTableLayout *self, const HrPartition *partition, const Draft *draft, HrArena *arena)
{
  guint64 low = 0;
  guint64 high = partition->n_rows;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (compare_row (self, partition->position, middle, draft, arena) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where a run of rows of another entity begins, the row joins the one that is of its own. */
static gboolean
belongs_below_header (const HrTableLayout *self, const HrTableInsert *insert, guint64 n_rows, HrArena *arena)
{
  HrOutlineRow rows[2];

  if (insert->row == 0)
    return TRUE;
  if (insert->row >= n_rows)
    return FALSE;
  hr_arena_reset (arena);
  return hr_outline_fetch (self->look.outline, insert->partition, insert->row - 1, 2, arena, rows, NULL) == 2
         && rows[1].run_start && insert->entity == rows[1].entity && insert->entity != rows[0].entity;
}

static void
add_row (HrTableLayout *self, const HrValue *item, GArray *drafts, HrArena *arena)
{
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  Draft draft = { .insert = { .kind = HR_INSERT_ROW, .order = ORDER_ROW } };
  HrPartition partition;
  guint64 position;
  guint64 row;

  if (hr_outline_find_row (self->look.outline, item, &position, &row)
      || !hr_key_layout_gather (&self->layout, item, values))
    return;
  hr_key_encode (&self->layout, values, self->layout.n_parts, &key);
  draft.key = hr_arena_memdup (self->look_arena, key.data, key.length);
  draft.key_length = key.length;
  draft.insert.entity = match_entity (self, item);
  hr_marks_get_item (self->look.marks, item, &draft.insert.mark);
  if (hr_outline_find_partition (self->look.outline, values, self->layout.n_hash, &position)
      && hr_outline_get_partition (self->look.outline, position, &partition))
    {
      if (partition.is_folded)
        return;
      draft.insert.partition = position;
      draft.insert.row = find_gap (self, &partition, &draft, arena);
      draft.insert.below_header = belongs_below_header (self, &draft.insert, partition.n_rows, arena);
    }
  else
    {
      guint number = need_extra (self, values);
      HrPartition *extra = &g_array_index (self->extras, HrTableExtra, number).partition;

      extra->entities |= (guint64) 1 << draft.insert.entity;
      extra->size_bytes += hr_item_size_bytes (item);
      draft.insert.partition = extra->position;
      draft.insert.below_header = TRUE;
    }
  g_array_append_val (drafts, draft);
}

/* Partitions that were asked for and hold nothing. With a filter on what is shown nobody can tell. */
static void
add_empty_partitions (HrTableLayout *self)
{
  const HrPartitionMark *mark;
  guint64 position;

  for (guint i = 0; (mark = hr_marks_get_nth_partition (self->look.marks, i)) != NULL; i++)
    {
      guint n_extras = self->extras->len;
      guint number;

      if (mark->is_hit || self->totals.hidden_rows > 0
          || hr_outline_find_partition (self->look.outline, mark->keys, mark->n_keys, &position))
        continue;
      number = need_extra (self, mark->keys);
      if (number == n_extras)
        g_array_index (self->extras, HrTableExtra, number).is_empty = TRUE;
    }
}

static void
take_drafts (HrTableLayout *self, GArray *drafts)
{
  double above = 0;
  guint64 rows = 0;

  g_array_sort (drafts, compare_drafts_cb);
  for (guint i = 0; i < drafts->len; i++)
    {
      HrTableInsert insert = g_array_index (drafts, Draft, i).insert;

      insert.above = above;
      insert.rows_before = rows;
      above += insert.kind == HR_INSERT_ROW ? self->metrics.row : self->metrics.header;
      rows += insert.kind == HR_INSERT_ROW;
      g_array_append_val (self->inserts, insert);
    }
}

void
hr_table_place_marks (HrTableLayout *self)
{
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrPageLine *const *lines;
  const HrMark *marks;
  guint count;

  g_array_set_size (self->inserts, 0);
  g_array_set_size (self->extras, 0);
  hr_arena_reset (self->look_arena);
  if (self->look.marks == NULL || !self->has_key)
    return;

  count = hr_marks_get_page_lines (self->look.marks, &lines);
  for (guint i = 0; i < count; i++)
    add_page_line (self, lines[i], drafts);
  count = hr_marks_get_removals (self->look.marks, &marks);
  for (guint i = 0; i < count; i++)
    add_row (self, marks[i].before, drafts, arena);
  count = hr_marks_get_insertions (self->look.marks, &marks);
  for (guint i = 0; i < count; i++)
    add_row (self, marks[i].after, drafts, arena);
  add_empty_partitions (self);
  take_drafts (self, drafts);
}

const HrTableInsert *
hr_table_get_insert (const HrTableLayout *self, const HrBlock *block, guint index)
{
  return &g_array_index (self->inserts, HrTableInsert, block->first_insert + index);
}

/* The first insert of the block that stands below row @row of the outline. */
static guint
find_insert_behind (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  guint low = 0;
  guint high = block->n_inserts;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (hr_table_get_insert (self, block, middle)->row <= row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
hr_table_find_inserts (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  return row > 0 ? find_insert_behind (self, block, row - 1) : 0;
}

double
hr_table_get_added_height (const HrTableLayout *self, const HrBlock *block, guint64 row)
{
  guint end = find_insert_behind (self, block, row);
  const HrTableInsert *last;

  if (end == 0)
    return 0;
  last = hr_table_get_insert (self, block, end - 1);
  return last->above + (last->kind == HR_INSERT_ROW ? self->metrics.row : self->metrics.header)
         - hr_table_get_insert (self, block, 0)->above;
}

/* Added rows among the first @count inserts of the block. */
static guint64
count_added (const HrTableLayout *self, const HrBlock *block, guint count)
{
  const HrTableInsert *last;

  if (count == 0)
    return 0;
  last = hr_table_get_insert (self, block, count - 1);
  return last->rows_before + (last->kind == HR_INSERT_ROW) - hr_table_get_insert (self, block, 0)->rows_before;
}

/* Added row number @index of the block, which has it: the last of the inserts that have as many before them. */
static const HrTableInsert *
get_added (const HrTableLayout *self, const HrBlock *block, guint64 index)
{
  guint low = 0;
  guint high = block->n_inserts;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (count_added (self, block, middle) <= index)
        low = middle;
      else
        high = middle;
    }
  return hr_table_get_insert (self, block, low);
}

const HrTableInsert *
hr_table_find_added (const HrTableLayout *self, const HrBlock *block, guint64 number)
{
  guint64 n_added = count_added (self, block, block->n_inserts);

  if (number < block->partition.n_rows || number - block->partition.n_rows >= n_added)
    return NULL;
  return get_added (self, block, number - block->partition.n_rows);
}

static gboolean
has_same_key (const HrKeyLayout *layout, const HrValue *a, const HrValue *b)
{
  for (guint i = 0; i < layout->n_parts; i++)
    {
      const HrKeyPart *part = &layout->parts[i];
      const HrValue *x = hr_map_get (a, part->name, part->name_length);
      const HrValue *y = hr_map_get (b, part->name, part->name_length);

      if (x == NULL || y == NULL || !hr_value_equal (x, y))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_table_find_added_item (const HrTableLayout *self, const HrValue *item, HrHit *target)
{
  for (guint i = 0; i < self->inserts->len; i++)
    {
      const HrTableInsert *insert = &g_array_index (self->inserts, HrTableInsert, i);
      const HrMark *mark = &insert->mark;
      HrBlock block;

      if (insert->kind != HR_INSERT_ROW
          || !has_same_key (&self->layout, mark->after != NULL ? mark->after : mark->before, item)
          || !hr_table_get_block (self, insert->partition, &block))
        continue;
      *target = (HrHit) { .kind = HR_HIT_ROW, .partition = insert->partition };
      target->row = block.partition.n_rows + insert->rows_before - hr_table_get_insert (self, &block, 0)->rows_before;
      return TRUE;
    }
  return FALSE;
}

guint64
hr_table_slot_to_number (const HrTableLayout *self, const HrBlock *block, guint64 slot)
{
  guint64 low = 0;
  guint64 high = count_added (self, block, block->n_inserts);

  /* the first added row that does not stand above the slot */
  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (get_added (self, block, middle)->row + middle < slot)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < count_added (self, block, block->n_inserts) && get_added (self, block, low)->row + low == slot)
    return block->partition.n_rows + low;
  return slot - low;
}

guint64
hr_table_number_to_slot (const HrTableLayout *self, const HrBlock *block, guint64 number)
{
  const HrTableInsert *insert = hr_table_find_added (self, block, number);

  if (insert != NULL)
    return insert->row + (number - block->partition.n_rows);
  return number + count_added (self, block, find_insert_behind (self, block, number));
}

guint64
hr_table_count_slots (const HrTableLayout *self, const HrBlock *block)
{
  return block->partition.n_rows + count_added (self, block, block->n_inserts);
}
