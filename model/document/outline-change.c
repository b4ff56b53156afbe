/*
 * Following changes of the table.
 *
 * A change names the places that it touched; the chunk at each is read anew, and its partition takes its
 * place in both lists. Places are kept as row keys, which stay true whatever is split, joined or removed in
 * between, so that many changes can be gathered first: then each chunk is read once, however many of its rows
 * changed.
 */
#include "model/document/outline-private.h"

/* A partition that the outline has not heard of: empty until its rows are read. */
static HrOutlinePartition *
add_partition (HrOutline *self, const HrRowPlace *place, guint64 stored)
{
  g_auto (HrOutlineHead) head = { .bytes = HR_BUFFER_INIT };
  g_auto (HrOutlineRows) rows;
  HrOutlinePartition *partition;

  hr_outline_rows_init (&rows);
  hr_outline_head_set (&head, place->key, place->partition_length, place->partition, place->n_partition);
  partition = hr_outline_partition_new (&head, &rows);
  hr_outline_list_insert (&self->stored, stored, partition, (HrOutlineWeight) { 0, 0 });
  return partition;
}

/* The flag of what will be read anew for this key. */
static guint8 *
get_stale_flag (HrOutlinePartition *partition, const guint8 *key, gsize key_length)
{
  HrOutlinePiece piece;
  HrOutlineChunk *chunk;

  if (partition->large == NULL)
    return &partition->is_stale;
  hr_outline_piece_find_key (partition, key, key_length, &piece);
  chunk = hr_outline_list_get (&partition->large->chunks, piece.number, NULL, NULL);
  return &chunk->is_stale;
}

static void
mark (HrOutline *self, const HrRowPlace *place)
{
  HrOutlineStale stale = { NULL, place->key_length, place->partition_length };
  HrOutlinePartition *partition;
  guint64 position;
  guint8 *flag;

  partition = hr_outline_find_stored (self, place->key, place->partition_length, &position);
  if (partition == NULL)
    partition = add_partition (self, place, position);
  flag = get_stale_flag (partition, place->key + place->partition_length,
                         place->key_length - place->partition_length);
  if (*flag)
    return;
  *flag = TRUE;
  stale.key = hr_arena_memdup (self->stale_keys, place->key, place->key_length);
  g_array_append_val (self->stale, stale);
}

/* Reads the rows of the partition, or of its chunk where the key belongs. As it is when that fails. */
static HrOutlinePartition *
read_again (HrOutline *self, HrOutlinePartition *partition, const HrOutlineStale *stale)
{
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  g_auto (HrOutlineRows) rows;
  HrOutlinePiece piece;
  HrKeyRange range;

  hr_outline_rows_init (&rows);
  hr_outline_piece_find_key (partition, stale->key + stale->partition_length,
                             stale->key_length - stale->partition_length, &piece);
  range = hr_outline_piece_get_range (partition, &piece, &buffer);
  if (!hr_outline_read_range (self, &range, &rows, NULL))
    return partition;
  if (partition->large == NULL)
    return hr_outline_partition_renew (partition, &rows);
  return hr_outline_partition_renew_chunk (partition, piece.number, &rows);
}

/* What a partition's place in display order follows from, besides its key. */
typedef struct
{
  gboolean is_shown;
  guint64 position;
  gint64 ordinal;
  guint64 size_bytes;
} Standing;

static Standing
get_standing (const HrOutline *self, const HrOutlinePartition *partition)
{
  Standing standing = { .ordinal = partition->ordinal, .size_bytes = partition->size_bytes };

  standing.is_shown = hr_outline_partition_get_weight (partition).rows > 0;
  if (standing.is_shown)
    standing.position = hr_outline_get_position (self, partition);
  return standing;
}

static gboolean
keeps_position (const HrOutline *self, const Standing *old, const HrOutlinePartition *partition)
{
  switch (self->order)
    {
    case HR_ORDER_ENTERED:
      return old->ordinal == partition->ordinal;
    case HR_ORDER_SIZE:
      return old->size_bytes == partition->size_bytes;
    case HR_ORDER_KEY:
    case HR_ORDER_HASH:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* Gives the partition its place in display order, if it has rows to show. */
static void
show (HrOutline *self, const Standing *old, HrOutlinePartition *partition)
{
  HrOutlineWeight extent = hr_outline_partition_get_extent (partition);
  gboolean is_shown = hr_outline_partition_get_weight (partition).rows > 0;

  if (old->is_shown && is_shown && keeps_position (self, old, partition))
    {
      hr_outline_list_replace (&self->shown, old->position, partition, extent);
      return;
    }
  if (old->is_shown)
    hr_outline_list_remove (&self->shown, old->position);
  if (is_shown)
    hr_outline_list_insert (&self->shown, hr_outline_get_position (self, partition), partition, extent);
}

static void
renew (HrOutline *self, const HrOutlineStale *stale)
{
  guint64 stored;
  HrOutlinePartition *partition
      = hr_outline_find_stored (self, stale->key, stale->partition_length, &stored);
  Standing old;
  guint8 *flag;

  if (partition == NULL)
    return;
  flag = get_stale_flag (partition, stale->key + stale->partition_length,
                         stale->key_length - stale->partition_length);
  if (!*flag)
    return;
  *flag = FALSE;

  old = get_standing (self, partition);
  hr_outline_partition_count (partition, &self->totals, -1);
  partition = read_again (self, partition, stale);
  hr_outline_partition_count (partition, &self->totals, 1);
  show (self, &old, partition);
  if (hr_outline_partition_get_n_stored (partition) > 0)
    {
      hr_outline_list_replace (&self->stored, stored, partition, (HrOutlineWeight) { 0, 0 });
      return;
    }
  hr_outline_list_remove (&self->stored, stored);
  hr_outline_partition_free (partition);
}

static void
renew_stale (HrOutline *self)
{
  for (guint i = 0; i < self->stale->len; i++)
    renew (self, &g_array_index (self->stale, HrOutlineStale, i));
  g_array_set_size (self->stale, 0);
  hr_arena_reset (self->stale_keys);
}

/* Counts the item's attributes in or out and notes its place. */
static void
take_item (HrOutline *self, const HrValue *item, int sign)
{
  HrRowPlace place;

  hr_arena_reset (self->scratch);
  if (item == NULL ||
      !hr_engine_place_item (self->engine, self->table_name, self->index_name, item, self->scratch, &place))
    return;
  if ((hr_outline_judge (self, &place.item).byte & HR_OUTLINE_HIDDEN) == 0)
    hr_outline_attributes_count (self->attributes, &place.item, sign);
  mark (self, &place);
}

void
hr_outline_apply_change (HrOutline *self, const HrValue *before, const HrValue *after, gint64 ordinal)
{
  take_item (self, before, -1);
  take_item (self, after, 1);
  if (self->hold == 0)
    renew_stale (self);
}

void
hr_outline_begin_changes (HrOutline *self)
{
  self->hold++;
}

void
hr_outline_end_changes (HrOutline *self)
{
  g_return_if_fail (self->hold > 0);

  if (--self->hold == 0)
    renew_stale (self);
}
