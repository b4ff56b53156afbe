/*
 * Rows of a partition on their way from the store into chunks.
 *
 * They arrive in key order, however many. When a chunk is full its first half leaves: what was read once
 * leaves room for rows to come between, and a chunk that outgrew its size becomes two that are alike.
 */
#include "model/document/outline-partition.h"

#define HALF (HR_OUTLINE_CHUNK_ROWS / 2)

void
hr_outline_rows_init (HrOutlineRows *rows)
{
  rows->count = 0;
  rows->key_starts[0] = 0;
  rows->keys = (HrBuffer) HR_BUFFER_INIT;
  rows->chunks = g_ptr_array_new_with_free_func (g_free);
}

void
hr_outline_rows_clear (HrOutlineRows *rows)
{
  hr_buffer_clear (&rows->keys);
  g_clear_pointer (&rows->chunks, g_ptr_array_unref);
}

static HrOutlineChunk *
make_chunk (const HrOutlineRows *rows, guint count)
{
  gsize key_length = rows->key_starts[1];
  HrOutlineChunk *chunk = g_malloc (sizeof *chunk + key_length + count);

  *chunk = (HrOutlineChunk) {
    .ordinal = G_MAXINT64,
    .n_stored = (guint16) count,
    .key_length = (guint16) key_length,
    .previous = HR_OUTLINE_NO_ENTITY,
  };
  if (key_length > 0)
    memcpy (chunk->data, rows->keys.data, key_length);
  memcpy (chunk->data + key_length, rows->rows, count);
  for (guint i = 0; i < count; i++)
    {
      chunk->size_bytes += rows->sizes[i];
      chunk->ordinal = MIN (chunk->ordinal, rows->ordinals[i]);
      chunk->lack |= rows->lacks[i];
    }
  return chunk;
}

static void
drop_first (HrOutlineRows *rows, guint count)
{
  gsize gone = rows->key_starts[count];

  rows->count -= count;
  memmove (rows->rows, rows->rows + count, rows->count);
  memmove (rows->sizes, rows->sizes + count, sizeof rows->sizes[0] * rows->count);
  memmove (rows->ordinals, rows->ordinals + count, sizeof rows->ordinals[0] * rows->count);
  memmove (rows->lacks, rows->lacks + count, sizeof rows->lacks[0] * rows->count);
  for (guint i = 0; i <= rows->count; i++)
    rows->key_starts[i] = rows->key_starts[i + count] - gone;
  if (rows->keys.length > gone)
    memmove (rows->keys.data, rows->keys.data + gone, rows->keys.length - gone);
  hr_buffer_truncate (&rows->keys, rows->keys.length - gone);
}

static void
emit_chunk (HrOutlineRows *rows, guint count)
{
  g_ptr_array_add (rows->chunks, make_chunk (rows, count));
  drop_first (rows, count);
}

void
hr_outline_rows_add (HrOutlineRows *rows, HrOutlineVerdict verdict, const HrRow *row, const guint8 *key,
                     gsize key_length)
{
  gboolean is_hidden = (verdict.byte & HR_OUTLINE_HIDDEN) != 0;

  if (rows->count == HR_OUTLINE_CHUNK_ROWS)
    emit_chunk (rows, HALF);
  rows->rows[rows->count] = verdict.byte;
  rows->lacks[rows->count] = verdict.lack;
  rows->sizes[rows->count] = is_hidden ? 0 : (guint32) hr_record_size_bytes (row->record, row->record_length);
  rows->ordinals[rows->count] = row->ordinal;
  hr_buffer_append (&rows->keys, key, key_length);
  rows->key_starts[++rows->count] = rows->keys.length;
}

void
hr_outline_rows_finish (HrOutlineRows *rows)
{
  if (rows->count > 0)
    emit_chunk (rows, rows->count);
}

void
hr_outline_rows_drop (HrOutlineRows *rows)
{
  rows->count = 0;
  hr_buffer_truncate (&rows->keys, 0);
  g_ptr_array_set_size (rows->chunks, 0);
}
