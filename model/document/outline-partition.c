/*
 * One partition of an outline: a head with its key, and its rows as bytes, in one piece or in chunks.
 *
 * A chunk's runs depend on the last shown row before it, which may be some chunks back when rows between are
 * left out; so each chunk remembers that row's entity, and a change hands it on until the next shown row.
 */
#include "model/document/outline-private.h"

#define JOIN_ROWS (HR_OUTLINE_CHUNK_ROWS / 4)

void
hr_outline_head_set (HrOutlineHead *head, const guint8 *key, gsize key_length, const HrValue *values,
                     guint n_values)
{
  gsize plain_length = HR_KEY_HASH_BYTES;

  g_assert (n_values <= G_N_ELEMENTS (head->lengths) && key_length <= G_MAXUINT16);
  hr_buffer_truncate (&head->bytes, 0);
  hr_buffer_append (&head->bytes, key, key_length);
  head->key_length = (guint16) key_length;
  head->n_values = n_values;
  for (guint i = 0; i < n_values; i++)
    {
      head->lengths[i] = (guint16) values[i].length;
      plain_length += values[i].length + 2;
    }
  for (guint i = 0; plain_length != key_length && i < n_values; i++)
    hr_buffer_append (&head->bytes, values[i].bytes, values[i].length);
}

void
hr_outline_head_clear (HrOutlineHead *head)
{
  hr_buffer_clear (&head->bytes);
}

static gsize
head_size (guint n_values, gsize head_length)
{
  return sizeof (guint16) * n_values + head_length;
}

static guint8 *
partition_get_rows (const HrOutlinePartition *self)
{
  return hr_outline_partition_get_key (self) + self->head_length;
}

/* A partition with room for this many rows. */
static HrOutlinePartition *
partition_alloc (guint n_values, gsize head_length, guint n_stored)
{
  gsize size = G_STRUCT_OFFSET (HrOutlinePartition, lengths) + head_size (n_values, head_length) + n_stored;
  HrOutlinePartition *self = g_malloc (MAX (size, sizeof *self));

  *self = (HrOutlinePartition) {
    .ordinal = G_MAXINT64,
    .n_stored = (guint16) n_stored,
    .head_length = (guint16) head_length,
    .n_values = (guint8) n_values,
  };
  return self;
}

/* The same key with nothing behind it yet. */
static HrOutlinePartition *
partition_alloc_like (const HrOutlinePartition *other, guint n_stored)
{
  HrOutlinePartition *self = partition_alloc (other->n_values, other->head_length, n_stored);

  self->key_length = other->key_length;
  self->is_closed = other->is_closed;
  memcpy (self->lengths, other->lengths, head_size (other->n_values, other->head_length));
  return self;
}

void
hr_outline_partition_free (HrOutlinePartition *self)
{
  if (self == NULL)
    return;
  if (self->large != NULL)
    hr_outline_list_clear (&self->large->chunks, g_free);
  g_free (self->large);
  g_free (self);
}

/* Counts shown rows and the runs that begin there; @previous becomes the entity of the last one. */
static HrOutlineWeight
weigh_rows (const guint8 *rows, guint n_stored, guint8 *previous)
{
  HrOutlineWeight weight = { 0, 0 };

  for (guint i = 0; i < n_stored; i++)
    if ((rows[i] & HR_OUTLINE_HIDDEN) == 0)
      {
        guint8 entity = hr_outline_byte_get_entity (rows[i]);

        weight.rows++;
        weight.runs += entity != *previous;
        *previous = entity;
      }
  return weight;
}

/* Large ones */

static void
large_count (HrOutlineLarge *self, const HrOutlineChunk *chunk, int sign)
{
  const guint8 *rows = hr_outline_chunk_get_rows (chunk);

  self->n_stored += (guint64) (sign * (gint64) chunk->n_stored);
  for (guint i = 0; i < chunk->n_stored; i++)
    if ((rows[i] & HR_OUTLINE_HIDDEN) == 0)
      {
        self->rows_of_entity[hr_outline_byte_get_entity (rows[i])] += (guint32) sign;
        self->n_unpaired += (rows[i] & HR_OUTLINE_UNPAIRED) != 0 ? (guint64) (gint64) sign : 0;
      }
}

/* Weighs the chunks from @first up to @end anew, and hands the last entity on to the next shown row. */
static void
large_weigh (HrOutlineLarge *self, guint64 first, guint64 end)
{
  guint8 previous = HR_OUTLINE_NO_ENTITY;
  gboolean is_settled = FALSE;

  if (first > 0)
    {
      const HrOutlineChunk *before = hr_outline_list_get (&self->chunks, first - 1, NULL, NULL);

      previous = before->previous;
      weigh_rows (hr_outline_chunk_get_rows (before), before->n_stored, &previous);
    }
  for (guint64 i = first; i < self->chunks.total.nodes && !is_settled; i++)
    {
      HrOutlineChunk *chunk = hr_outline_list_get (&self->chunks, i, NULL, NULL);
      HrOutlineWeight weight;

      is_settled = i >= end && chunk->previous == previous;
      chunk->previous = previous;
      weight = weigh_rows (hr_outline_chunk_get_rows (chunk), chunk->n_stored, &previous);
      hr_outline_list_replace (&self->chunks, i, chunk, weight);
      is_settled |= i >= end && weight.rows > 0;
    }
}

static void
large_insert (HrOutlineLarge *self, guint64 number, HrOutlineChunk *chunk)
{
  large_count (self, chunk, 1);
  hr_outline_list_insert (&self->chunks, number, chunk, (HrOutlineWeight) { 0, 0 });
}

static HrOutlineChunk *
chunk_join (const HrOutlineChunk *first, const HrOutlineChunk *second)
{
  gsize length = first->key_length + first->n_stored;
  HrOutlineChunk *chunk = g_malloc (sizeof *chunk + length + second->n_stored);

  *chunk = *first;
  memcpy (chunk->data, first->data, length);
  memcpy (chunk->data + length, hr_outline_chunk_get_rows (second), second->n_stored);
  chunk->n_stored += second->n_stored;
  chunk->size_bytes += second->size_bytes;
  chunk->ordinal = MIN (first->ordinal, second->ordinal);
  chunk->is_stale = first->is_stale || second->is_stale;
  chunk->lack = first->lack | second->lack;
  return chunk;
}

/* Makes a chunk and the next one a single one, when one of them is small and half a chunk is left free. */
static void
large_join (HrOutlineLarge *self, guint64 number)
{
  HrOutlineChunk *first = hr_outline_list_get (&self->chunks, number, NULL, NULL);
  HrOutlineChunk *second = hr_outline_list_get (&self->chunks, number + 1, NULL, NULL);

  if (first == NULL || second == NULL || MIN (first->n_stored, second->n_stored) > JOIN_ROWS
      || first->n_stored + second->n_stored > HR_OUTLINE_CHUNK_ROWS - JOIN_ROWS)
    return;
  hr_outline_list_remove (&self->chunks, number + 1);
  hr_outline_list_replace (&self->chunks, number, chunk_join (first, second), (HrOutlineWeight) { 0, 0 });
  g_free (first);
  g_free (second);
}

static HrIndexLack
large_find_lack (const HrOutlineLarge *self)
{
  HrIndexLack lack = 0;

  for (guint b = 0; b < self->chunks.n_blocks; b++)
    for (guint i = 0; i < self->chunks.blocks[b].count; i++)
      lack |= ((const HrOutlineChunk *) self->chunks.blocks[b].nodes[i])->lack;
  return lack;
}

static gint64
large_find_ordinal (const HrOutlineLarge *self)
{
  gint64 ordinal = G_MAXINT64;

  for (guint b = 0; b < self->chunks.n_blocks; b++)
    for (guint i = 0; i < self->chunks.blocks[b].count; i++)
      {
        const HrOutlineChunk *chunk = self->chunks.blocks[b].nodes[i];

        ordinal = MIN (ordinal, chunk->ordinal);
      }
  return ordinal;
}

/* Takes the chunks into the partition, which has none. */
static void
partition_take_chunks (HrOutlinePartition *self, HrOutlineRows *rows)
{
  guint count = rows->chunks->len;
  g_autofree gpointer *chunks = g_ptr_array_steal (rows->chunks, NULL);

  self->large = g_new0 (HrOutlineLarge, 1);
  hr_outline_list_init (&self->large->chunks, TRUE);
  for (guint i = 0; i < count; i++)
    {
      HrOutlineChunk *chunk = chunks[i];

      large_insert (self->large, i, chunk);
      self->size_bytes += chunk->size_bytes;
      self->ordinal = MIN (self->ordinal, chunk->ordinal);
      self->large->lack |= chunk->lack;
    }
  large_weigh (self->large, 0, count);
}

/* All */

static void
partition_take_rows (HrOutlinePartition *self, HrOutlineRows *rows)
{
  memcpy (partition_get_rows (self), rows->rows, rows->count);
  for (guint i = 0; i < rows->count; i++)
    {
      self->size_bytes += rows->sizes[i];
      self->ordinal = MIN (self->ordinal, rows->ordinals[i]);
      self->lack |= rows->lacks[i];
    }
  hr_outline_rows_drop (rows);
}

static gboolean
is_small (const HrOutlineRows *rows)
{
  return rows->chunks->len == 0;
}

static void
partition_take (HrOutlinePartition *self, HrOutlineRows *rows)
{
  if (is_small (rows))
    {
      partition_take_rows (self, rows);
      return;
    }
  hr_outline_rows_finish (rows);
  partition_take_chunks (self, rows);
}

HrOutlinePartition *
hr_outline_partition_new (const HrOutlineHead *head, HrOutlineRows *rows)
{
  HrOutlinePartition *self =
      partition_alloc (head->n_values, head->bytes.length, is_small (rows) ? rows->count : 0);

  self->key_length = head->key_length;
  memcpy (self->lengths, head->lengths, sizeof (guint16) * head->n_values);
  memcpy (hr_outline_partition_get_key (self), head->bytes.data, head->bytes.length);
  partition_take (self, rows);
  return self;
}

HrOutlinePartition *
hr_outline_partition_renew (HrOutlinePartition *self, HrOutlineRows *rows)
{
  HrOutlinePartition *renewed = partition_alloc_like (self, is_small (rows) ? rows->count : 0);

  partition_take (renewed, rows);
  hr_outline_partition_free (self);
  return renewed;
}

/* A partition of one chunk has no use for a list of them. */
static HrOutlinePartition *
partition_make_small (HrOutlinePartition *self)
{
  const HrOutlineChunk *chunk = hr_outline_list_get (&self->large->chunks, 0, NULL, NULL);
  HrOutlinePartition *small;

  if (self->large->chunks.total.nodes > 1)
    return self;
  small = partition_alloc_like (self, chunk != NULL ? chunk->n_stored : 0);
  if (chunk != NULL)
    {
      small->ordinal = chunk->ordinal;
      small->size_bytes = chunk->size_bytes;
      small->is_stale = chunk->is_stale;
      small->lack = chunk->lack;
      memcpy (partition_get_rows (small), hr_outline_chunk_get_rows (chunk), chunk->n_stored);
    }
  hr_outline_partition_free (self);
  return small;
}

HrOutlinePartition *
hr_outline_partition_renew_chunk (HrOutlinePartition *self, guint64 number, HrOutlineRows *rows)
{
  HrOutlineLarge *large = self->large;
  g_autofree HrOutlineChunk *old = hr_outline_list_get (&large->chunks, number, NULL, NULL);
  g_autofree gpointer *chunks = NULL;
  guint64 first = number > 0 ? number - 1 : 0;
  gint64 ordinal = G_MAXINT64;
  gsize count;

  hr_outline_rows_finish (rows);
  chunks = g_ptr_array_steal (rows->chunks, &count);
  large_count (large, old, -1);
  hr_outline_list_remove (&large->chunks, number);
  self->size_bytes -= old->size_bytes;
  for (gsize i = 0; i < count; i++)
    {
      HrOutlineChunk *chunk = chunks[i];

      large_insert (large, number + i, chunk);
      self->size_bytes += chunk->size_bytes;
      ordinal = MIN (ordinal, chunk->ordinal);
    }
  large_join (large, number + MAX (count, 1) - 1);
  large_join (large, first);
  large_weigh (large, first, number + count);
  if (large->n_unpaired > 0 || large->lack != 0)
    large->lack = large_find_lack (large);
  if (ordinal > old->ordinal && old->ordinal == self->ordinal)
    self->ordinal = large_find_ordinal (large);
  else
    self->ordinal = MIN (self->ordinal, ordinal);
  return partition_make_small (self);
}

guint64
hr_outline_partition_get_n_stored (const HrOutlinePartition *self)
{
  return self->large != NULL ? self->large->n_stored : self->n_stored;
}

HrOutlineWeight
hr_outline_partition_get_weight (const HrOutlinePartition *self)
{
  guint8 previous = HR_OUTLINE_NO_ENTITY;

  if (self->large == NULL)
    return weigh_rows (partition_get_rows (self), self->n_stored, &previous);
  return (HrOutlineWeight){ (guint32)self->large->chunks.total.rows,
                            (guint32)self->large->chunks.total.runs };
}

static guint64
count_unpaired (const HrOutlinePartition *self)
{
  const guint8 *rows = partition_get_rows (self);
  guint64 count = 0;

  if (self->large != NULL)
    return self->large->n_unpaired;
  for (guint i = 0; i < self->n_stored; i++)
    count += (rows[i] & (HR_OUTLINE_UNPAIRED | HR_OUTLINE_HIDDEN)) == HR_OUTLINE_UNPAIRED;
  return count;
}

gboolean
hr_outline_partition_is_folded (const HrOutlinePartition *self)
{
  guint64 n_unpaired = count_unpaired (self);

  if (self->is_closed)
    return TRUE;
  return n_unpaired > 0 && n_unpaired == hr_outline_partition_get_weight (self).rows;
}

HrOutlineWeight
hr_outline_partition_get_extent (const HrOutlinePartition *self)
{
  if (hr_outline_partition_is_folded (self))
    return (HrOutlineWeight) { 0, HR_OUTLINE_FOLDED_RUNS };
  return hr_outline_partition_get_weight (self);
}

void
hr_outline_partition_get_values (const HrOutlinePartition *self, const HrType *types, HrValue *values)
{
  gboolean is_escaped = self->head_length > self->key_length;
  const guint8 *at =
      hr_outline_partition_get_key (self) + (is_escaped ? self->key_length : HR_KEY_HASH_BYTES);

  for (guint i = 0; i < self->n_values; i++)
    {
      values[i] =
          (HrValue){ .type = (guint8)types[i], .length = self->lengths[i], .bytes = (const char *)at };
      at += self->lengths[i] + (is_escaped ? 0 : 2);
    }
}

void
hr_outline_partition_count (const HrOutlinePartition *self, HrOutlineTotals *totals, int sign)
{
  HrOutlineWeight weight = hr_outline_partition_get_weight (self);
  guint64 factor = (guint64) (gint64) sign;
  const guint8 *rows = partition_get_rows (self);

  totals->n_partitions += weight.rows > 0 ? factor : 0;
  totals->n_rows += factor * weight.rows;
  totals->n_runs += factor * weight.runs;
  totals->size_bytes += factor * self->size_bytes;
  totals->unpaired_rows += factor * count_unpaired (self);
  totals->hidden_rows += factor * (hr_outline_partition_get_n_stored (self) - weight.rows);
  for (guint i = 0; self->large != NULL && i <= HR_ENTITY_NONE; i++)
    totals->rows_of_entity[i] += factor * self->large->rows_of_entity[i];
  for (guint i = 0; self->large == NULL && i < self->n_stored; i++)
    if ((rows[i] & HR_OUTLINE_HIDDEN) == 0)
      totals->rows_of_entity[hr_outline_byte_get_entity (rows[i])] += factor;
}

guint64
hr_outline_partition_get_entities (const HrOutlinePartition *self)
{
  const guint8 *rows = partition_get_rows (self);
  guint64 entities = 0;

  for (guint i = 0; self->large != NULL && i <= HR_ENTITY_NONE; i++)
    entities |= (guint64) (self->large->rows_of_entity[i] > 0) << i;
  for (guint i = 0; self->large == NULL && i < self->n_stored; i++)
    if ((rows[i] & HR_OUTLINE_HIDDEN) == 0)
      entities |= G_GUINT64_CONSTANT (1) << hr_outline_byte_get_entity (rows[i]);
  return entities;
}

/* Pieces */

/* Chunk @number of a large partition. The first one begins where the partition does, whatever row was first. */
static void
piece_set_chunk (const HrOutlineLarge *large, guint64 number, HrOutlinePiece *piece)
{
  const HrOutlineChunk *chunk = hr_outline_list_get (&large->chunks, number, &piece->before, NULL);
  const HrOutlineChunk *next = hr_outline_list_get (&large->chunks, number + 1, NULL, NULL);

  piece->number = number;
  piece->previous = chunk->previous;
  piece->rows = hr_outline_chunk_get_rows (chunk);
  piece->n_stored = chunk->n_stored;
  piece->key = chunk->data;
  piece->key_length = number > 0 ? chunk->key_length : 0;
  piece->end = next != NULL ? next->data : NULL;
  piece->end_length = next != NULL ? next->key_length : 0;
}

static void
piece_set_small (const HrOutlinePartition *partition, HrOutlinePiece *piece)
{
  *piece = (HrOutlinePiece) {
    .previous = HR_OUTLINE_NO_ENTITY,
    .rows = partition_get_rows (partition),
    .n_stored = partition->n_stored,
    .key = partition_get_rows (partition),
  };
}

void
hr_outline_piece_find_row (const HrOutlinePartition *partition, guint64 row, HrOutlinePiece *piece)
{
  if (partition->large == NULL)
    piece_set_small (partition, piece);
  else
    piece_set_chunk (partition->large, hr_outline_list_find_row (&partition->large->chunks, row), piece);
}

void
hr_outline_piece_find_height (const HrOutlinePartition *partition, const HrOutlineMetrics *metrics, double y,
                              HrOutlinePiece *piece)
{
  HrOutlineMetrics within = { metrics->row, metrics->header, 0 };

  if (partition->large == NULL)
    piece_set_small (partition, piece);
  else
    piece_set_chunk (partition->large, hr_outline_list_find_height (&partition->large->chunks, &within, y),
                     piece);
}

static int
compare_chunk_cb (gconstpointer node, gconstpointer wanted)
{
  const HrOutlineChunk *chunk = node;
  const HrOutlineKey *key = wanted;

  return hr_outline_compare_bytes (chunk->data, chunk->key_length, key->bytes, key->length);
}

void
hr_outline_piece_find_key (const HrOutlinePartition *partition, const guint8 *key, gsize key_length,
                           HrOutlinePiece *piece)
{
  HrOutlineKey wanted = { key, key_length };
  const HrOutlineChunk *chunk;
  guint64 number;

  if (partition->large == NULL)
    {
      piece_set_small (partition, piece);
      return;
    }
  number = hr_outline_list_search (&partition->large->chunks, compare_chunk_cb, &wanted);
  chunk = hr_outline_list_get (&partition->large->chunks, number, NULL, NULL);
  if (number > 0 && (chunk == NULL || compare_chunk_cb (chunk, &wanted) != 0))
    number--;
  piece_set_chunk (partition->large, number, piece);
}

HrKeyRange
hr_outline_piece_get_range (const HrOutlinePartition *partition, const HrOutlinePiece *piece,
                            HrBuffer *buffer)
{
  const guint8 *key = hr_outline_partition_get_key (partition);
  gsize lower_length = partition->key_length + piece->key_length;
  const guint8 *lower;

  hr_buffer_truncate (buffer, 0);
  hr_buffer_append (buffer, key, partition->key_length);
  if (piece->end != NULL)
    hr_buffer_append (buffer, piece->end, piece->end_length);
  else
    hr_key_to_successor (buffer);
  hr_buffer_reserve (buffer, lower_length);
  lower = (const guint8 *) buffer->data + buffer->length;
  memcpy ((guint8 *) lower, key, partition->key_length);
  if (piece->key_length > 0)
    memcpy ((guint8 *) lower + partition->key_length, piece->key, piece->key_length);
  return (HrKeyRange) { lower, (const guint8 *) buffer->data, lower_length, buffer->length };
}
