/*
 * Rows and keys: from a place in the outline to items in the store, and back.
 *
 * Reading begins at the key of a chunk and passes over the rows before the wanted one, a hundred at most.
 * Rows that are left out are passed over as well; chunks with none but those are not read at all.
 */
#include "model/document/outline-private.h"

#include "model/value/record.h"

typedef struct
{
  const HrOutline *outline;
  HrArena *arena;
  const HrOutlinePiece *piece;
  guint next;      /* stored row of the piece that comes next */
  guint8 previous; /* entity of the shown row before it */
  HrOutlineRow *rows;
  guint count;
  guint wanted;
  GError *error;
} Fetch;

/* Passes over the first @n_shown shown rows of the piece, and the hidden ones behind them. */
static void
fetch_skip (Fetch *self, guint64 n_shown)
{
  const HrOutlinePiece *piece = self->piece;

  self->previous = piece->previous;
  for (self->next = 0; self->next < piece->n_stored; self->next++)
    {
      if ((piece->rows[self->next] & HR_OUTLINE_HIDDEN) != 0)
        continue;
      if (n_shown-- == 0)
        return;
      self->previous = hr_outline_byte_get_entity (piece->rows[self->next]);
    }
}

static gboolean
fetch_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length,
              gpointer user_data)
{
  Fetch *self = user_data;
  const HrOutlinePiece *piece = self->piece;
  HrRow kept = *row;
  HrOutlineRow *result = &self->rows[self->count];
  guint8 byte = piece->rows[self->next++];
  guint8 entity = hr_outline_byte_get_entity (byte);

  if ((byte & HR_OUTLINE_HIDDEN) != 0)
    return self->next < piece->n_stored;

  kept.record = hr_arena_memdup (self->arena, row->record, row->record_length);
  if (!hr_outline_decode (self->outline, &kept, self->arena, &result->item, &self->error))
    return FALSE;
  result->entity = entity;
  result->run_start = entity != self->previous;
  result->ordinal = row->ordinal;
  result->size_bytes = hr_record_size_bytes (row->record, row->record_length);
  result->lack = 0;
  if ((byte & HR_OUTLINE_UNPAIRED) != 0)
    result->lack = hr_index_judge_item (&self->outline->paired_layout, &result->item);
  self->previous = entity;
  self->count++;
  return self->count < self->wanted && self->next < piece->n_stored;
}

/* FALSE with @error, and also without when the store has fewer rows there than the outline knows of. */
static gboolean
fetch_piece (Fetch *self, const HrOutlinePartition *partition, guint64 first, GError **error)
{
  const HrOutline *outline = self->outline;
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  guint count = self->count;
  HrRowWalk walk = { .table = outline->table_name, .index = outline->index_name };

  fetch_skip (self, first - self->piece->before.rows);
  walk.range = hr_outline_piece_get_range (partition, self->piece, &buffer);
  walk.skip = self->next;
  if (!hr_engine_walk_rows (outline->engine, &walk, fetch_row_cb, self, error))
    return FALSE;
  if (self->error != NULL)
    {
      g_propagate_error (error, self->error);
      return FALSE;
    }
  return self->count > count;
}

guint
hr_outline_fetch (const HrOutline *self, guint64 position, guint64 first, guint count, HrArena *arena,
                  HrOutlineRow *rows, GError **error)
{
  const HrOutlinePartition *partition = hr_outline_list_get (&self->shown, position, NULL, NULL);
  guint64 n_rows = partition != NULL ? hr_outline_partition_get_weight (partition).rows : 0;
  Fetch fetch = { .outline = self, .arena = arena, .rows = rows };
  HrOutlinePiece piece;

  if (first >= n_rows)
    return 0;
  fetch.wanted = (guint) MIN (count, n_rows - first);
  fetch.piece = &piece;
  while (fetch.count < fetch.wanted)
    {
      hr_outline_piece_find_row (partition, first + fetch.count, &piece);
      if (!fetch_piece (&fetch, partition, first + fetch.count, error))
        break;
    }
  return fetch.count;
}

/* Finding */

typedef struct
{
  const HrRowPlace *place;
  guint before; /* rows before the wanted one */
  guint limit;
  gboolean found;
} Search;

static gboolean
search_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length,
               gpointer user_data)
{
  Search *self = user_data;
  int order = hr_outline_compare_bytes (key, key_length, self->place->key, self->place->key_length);

  self->found = order == 0;
  if (order >= 0)
    return FALSE;
  return ++self->before < self->limit;
}

gboolean
hr_outline_find_row (const HrOutline *self, const HrValue *item, guint64 *position, guint64 *row)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  HrRowWalk walk = { .table = self->table_name, .index = self->index_name, .keys_only = TRUE };
  Search search = { 0 };
  HrRowPlace place;
  const HrOutlinePartition *partition;
  HrOutlinePiece piece;
  guint64 stored;

  if (!hr_engine_place_item (self->engine, self->table_name, self->index_name, item, arena, &place))
    return FALSE;
  partition = hr_outline_find_stored (self, place.key, place.partition_length, &stored);
  if (partition == NULL)
    return FALSE;

  hr_outline_piece_find_key (partition, place.key + place.partition_length,
                             place.key_length - place.partition_length, &piece);
  if (piece.n_stored == 0)
    return FALSE;

  search.place = &place;
  search.limit = piece.n_stored;
  walk.range = hr_outline_piece_get_range (partition, &piece, &buffer);
  if (!hr_engine_walk_rows (self->engine, &walk, search_row_cb, &search, NULL) || !search.found
      || (piece.rows[search.before] & HR_OUTLINE_HIDDEN) != 0)
    return FALSE;

  *position = hr_outline_get_position (self, partition);
  *row = piece.before.rows;
  for (guint i = 0; i < search.before; i++)
    *row += (piece.rows[i] & HR_OUTLINE_HIDDEN) == 0;
  return TRUE;
}
