/*
 * A list of many nodes that can be measured: blocks of at most 512 nodes with the sums of everything before
 * them.
 *
 * Reading is far more frequent than changing (each frame asks for dozens of places, an edit changes one), so
 * sums are kept as running totals: a place is bisected, and a change adds its difference to the blocks behind
 * it, of which a million nodes have some two thousand. Heights are no part of it: they follow from three
 * counts, whatever the metrics.
 */
#include "model/document/outline-list.h"

#define BLOCK_NODES     512
#define BLOCK_NODES_MIN 4   /* small lists are many */
#define BLOCK_JOIN      (BLOCK_NODES / 4)

void
hr_outline_list_init (HrOutlineList *list, gboolean has_weights)
{
  *list = (HrOutlineList) { .has_weights = has_weights };
}

void
hr_outline_list_clear (HrOutlineList *list, GDestroyNotify free_node)
{
  for (guint b = 0; b < list->n_blocks; b++)
    {
      for (guint i = 0; free_node != NULL && i < list->blocks[b].count; i++)
        free_node (list->blocks[b].nodes[i]);
      g_free (list->blocks[b].nodes);
    }
  g_free (list->blocks);
  hr_outline_list_init (list, list->has_weights);
}

static void
block_set_capacity (HrOutlineBlock *block, guint capacity, gboolean has_weights)
{
  gsize node_size = sizeof (gpointer) + (has_weights ? sizeof (HrOutlineWeight) : 0);
  gpointer *nodes = g_malloc_n (capacity, node_size);
  HrOutlineWeight *weights = has_weights ? (HrOutlineWeight *) (nodes + capacity) : NULL;

  if (block->count > 0)
    memcpy (nodes, block->nodes, sizeof (gpointer) * block->count);
  if (block->count > 0 && has_weights)
    memcpy (weights, block->weights, sizeof (HrOutlineWeight) * block->count);
  g_free (block->nodes);
  block->nodes = nodes;
  block->weights = weights;
  block->capacity = capacity;
}

/* Moves @count nodes, also within one block. */
static void
block_move (const HrOutlineBlock *from, guint from_index, HrOutlineBlock *to, guint to_index, guint count)
{
  memmove (to->nodes + to_index, from->nodes + from_index, sizeof (gpointer) * count);
  if (from->weights != NULL)
    memmove (to->weights + to_index, from->weights + from_index, sizeof (HrOutlineWeight) * count);
}

/* The sums before node @index of the block. */
static HrOutlineSum
block_sum (const HrOutlineBlock *block, guint index)
{
  HrOutlineSum sum = block->before;

  sum.nodes += index;
  for (guint i = 0; block->weights != NULL && i < index; i++)
    {
      sum.rows += block->weights[i].rows;
      sum.runs += block->weights[i].runs;
    }
  return sum;
}

static void
list_add_block (HrOutlineList *list, guint index, HrOutlineSum before)
{
  if (list->n_blocks == list->capacity)
    {
      list->capacity = MAX (1, 2 * list->capacity);
      list->blocks = g_renew (HrOutlineBlock, list->blocks, list->capacity);
    }
  memmove (list->blocks + index + 1, list->blocks + index,
           sizeof (HrOutlineBlock) * (list->n_blocks - index));
  list->blocks[index] = (HrOutlineBlock) { .before = before };
  list->n_blocks++;
}

static void
list_remove_block (HrOutlineList *list, guint index)
{
  g_free (list->blocks[index].nodes);
  list->n_blocks--;
  memmove (list->blocks + index, list->blocks + index + 1,
           sizeof (HrOutlineBlock) * (list->n_blocks - index));
}

/* Differences wrap around, so that the same addition takes off. */
static void
list_add_behind (HrOutlineList *list, guint block, HrOutlineSum difference)
{
  for (guint b = block + 1; b < list->n_blocks; b++)
    {
      list->blocks[b].before.nodes += difference.nodes;
      list->blocks[b].before.rows += difference.rows;
      list->blocks[b].before.runs += difference.runs;
    }
  list->total.nodes += difference.nodes;
  list->total.rows += difference.rows;
  list->total.runs += difference.runs;
}

/* The last block that begins at or before @position. */
static guint
list_find_block (const HrOutlineList *list, guint64 position)
{
  guint low = 0;
  guint high = list->n_blocks;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (list->blocks[middle].before.nodes <= position)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Makes room in a full block, or behind it. Returns the block that @index is in then, and corrects it. */
static guint
list_split_block (HrOutlineList *list, guint block, guint *index)
{
  HrOutlineBlock *full = &list->blocks[block];
  guint kept = *index == BLOCK_NODES && block == list->n_blocks - 1 ? BLOCK_NODES : BLOCK_NODES / 2;

  list_add_block (list, block + 1, block_sum (full, kept));
  full = &list->blocks[block];
  block_set_capacity (full + 1, BLOCK_NODES, list->has_weights);
  block_move (full, kept, full + 1, 0, full->count - kept);
  full[1].count = full->count - kept;
  full->count = kept;
  if (*index < kept || (*index == kept && kept < BLOCK_NODES))
    return block;
  *index -= kept;
  return block + 1;
}

void
hr_outline_list_insert (HrOutlineList *list, guint64 position, gpointer node, HrOutlineWeight weight)
{
  HrOutlineBlock *block;
  guint number, index;

  g_assert (position <= list->total.nodes);
  if (list->n_blocks == 0)
    list_add_block (list, 0, list->total);
  number = list_find_block (list, position);
  index = (guint) (position - list->blocks[number].before.nodes);
  if (list->blocks[number].count == BLOCK_NODES)
    number = list_split_block (list, number, &index);

  block = &list->blocks[number];
  if (block->count == block->capacity)
    block_set_capacity (block, MAX (BLOCK_NODES_MIN, 2 * block->capacity), list->has_weights);
  block_move (block, index, block, index + 1, block->count - index);
  block->nodes[index] = node;
  if (list->has_weights)
    block->weights[index] = weight;
  block->count++;
  list_add_behind (list, number, (HrOutlineSum) { 1, weight.rows, weight.runs });
}

void
hr_outline_list_append (HrOutlineList *list, gpointer node, HrOutlineWeight weight)
{
  hr_outline_list_insert (list, list->total.nodes, node, weight);
}

void
hr_outline_list_replace (HrOutlineList *list, guint64 position, gpointer node, HrOutlineWeight weight)
{
  guint number = list_find_block (list, position);
  HrOutlineBlock *block = &list->blocks[number];
  guint index = (guint) (position - block->before.nodes);
  HrOutlineWeight old;

  block->nodes[index] = node;
  if (!list->has_weights)
    return;
  old = block->weights[index];
  block->weights[index] = weight;
  if (old.rows != weight.rows || old.runs != weight.runs)
    list_add_behind (list, number,
                     (HrOutlineSum){ 0, (guint64)weight.rows - old.rows, (guint64)weight.runs - old.runs });
}

/* Blocks that became small on both sides are one again. */
static void
list_join_blocks (HrOutlineList *list, guint number)
{
  HrOutlineBlock *block = &list->blocks[number];

  if (number + 1 >= list->n_blocks || block->count + block[1].count > 2 * BLOCK_JOIN)
    return;
  if (block->capacity < block->count + block[1].count)
    block_set_capacity (block, 2 * BLOCK_JOIN, list->has_weights);
  block_move (block + 1, 0, block, block->count, block[1].count);
  block->count += block[1].count;
  list_remove_block (list, number + 1);
}

void
hr_outline_list_remove (HrOutlineList *list, guint64 position)
{
  guint number = list_find_block (list, position);
  HrOutlineBlock *block = &list->blocks[number];
  guint index = (guint) (position - block->before.nodes);
  HrOutlineWeight weight = list->has_weights ? block->weights[index] : (HrOutlineWeight) { 0, 0 };

  block_move (block, index + 1, block, index, block->count - index - 1);
  block->count--;
  list_add_behind (list, number, (HrOutlineSum) { -G_GUINT64_CONSTANT (1), -(guint64) weight.rows,
                                                  -(guint64) weight.runs });
  if (block->count == 0)
    list_remove_block (list, number);
  else if (block->count <= BLOCK_JOIN)
    {
      list_join_blocks (list, number);
      if (number > 0)
        list_join_blocks (list, number - 1);
    }
}

gpointer
hr_outline_list_get (const HrOutlineList *list, guint64 position, HrOutlineSum *before,
                     HrOutlineWeight *weight)
{
  const HrOutlineBlock *block;
  guint index;

  if (position >= list->total.nodes)
    return NULL;
  block = &list->blocks[list_find_block (list, position)];
  index = (guint) (position - block->before.nodes);
  if (before != NULL)
    *before = block_sum (block, index);
  if (weight != NULL)
    *weight = block->weights[index];
  return block->nodes[index];
}

guint64
hr_outline_list_search (const HrOutlineList *list, HrOutlineCompare compare, gconstpointer wanted)
{
  const HrOutlineBlock *block;
  guint low = 0;
  guint high = list->n_blocks;

  if (list->n_blocks == 0)
    return 0;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (compare (list->blocks[middle].nodes[0], wanted) < 0)
        low = middle;
      else
        high = middle;
    }

  /* The first one not before @wanted is in this block or the first of the next. */
  block = &list->blocks[low];
  low = 0;
  for (high = block->count; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (compare (block->nodes[middle], wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return block->before.nodes + low;
}

guint64
hr_outline_list_find_row (const HrOutlineList *list, guint64 row)
{
  const HrOutlineBlock *block;
  guint low = 0;
  guint high = list->n_blocks;
  guint64 end;
  guint index;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (list->blocks[middle].before.rows <= row)
        low = middle;
      else
        high = middle;
    }

  block = &list->blocks[low];
  end = block->before.rows;
  for (index = 0; index < block->count; index++)
    if ((end += block->weights[index].rows) > row)
      break;
  return block->before.nodes + MIN (index, block->count - 1);
}

guint64
hr_outline_list_find_height (const HrOutlineList *list, const HrOutlineMetrics *metrics, double y)
{
  const HrOutlineBlock *block;
  guint low = 0;
  guint high = list->n_blocks;
  HrOutlineSum end;
  guint index;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (hr_outline_sum_height (&list->blocks[middle].before, metrics) <= y)
        low = middle;
      else
        high = middle;
    }

  block = &list->blocks[low];
  end = block->before;
  for (index = 0; index < block->count; index++)
    {
      end.nodes++;
      end.rows += block->weights[index].rows;
      end.runs += block->weights[index].runs;
      if (hr_outline_sum_height (&end, metrics) > y)
        break;
    }
  return block->before.nodes + MIN (index, block->count - 1);
}
