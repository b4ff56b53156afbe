/*
 * Rows in the order in which they lie in the store, and the place of an item among them.
 *
 * For readers that know the store's order and remember places in it as row keys, such as the picture of a
 * table: a walk begins anywhere with one seek, whatever lies before it.
 */
#include "model/engine/rows.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/engine-private.h"

typedef struct
{
  HrEngine *engine;
  HrStoredTable *table;
  const HrKeyLayout *layout;
  HrTree *tree;
} Place;

static gboolean
find_place (HrEngine *self, const char *table_name, const char *index_name, Place *place)
{
  HrStoredTable *table = hr_engine_find_table (self, table_name);
  HrStoredIndex *index = NULL;

  if (table != NULL && index_name != NULL)
    index = hr_stored_table_find_index (table, index_name);
  if (table == NULL || (index_name != NULL && index == NULL))
    return FALSE;

  place->engine = self;
  place->table = table;
  place->layout = index != NULL ? &index->layout : &table->layout;
  place->tree = index != NULL ? &index->tree : &table->tree;
  return TRUE;
}

static gboolean
need_place (HrEngine *self, const HrRowWalk *walk, Place *place, GError **error)
{
  if (find_place (self, walk->table, walk->index, place))
    return TRUE;
  if (hr_engine_find_table (self, walk->table) == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no table “%s”."), walk->table);
  else
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _ ("Table “%s” has no index “%s”."), walk->table,
                 walk->index);
  return FALSE;
}

/* The bytes of hash and partition key: components end with 00 00, and a 00 inside is followed by FF. */
static gsize
measure_partition (const HrKeyLayout *layout, const guint8 *key, gsize length)
{
  const guint8 *at = key + MIN (length, HR_KEY_HASH_BYTES);
  const guint8 *end = key + length;
  guint missing = layout->n_hash;

  while (missing > 0 && (at = memchr (at, 0, (gsize) (end - at))) != NULL && end - at >= 2)
    {
      missing -= at[1] == 0;
      at += 2;
    }
  return missing == 0 ? (gsize) (at - key) : length;
}

/* The ordinal of the item behind an index entry. FALSE when there is none: the store is damaged. */
static gboolean
look_up_ordinal (const Place *place, sqlite3_stmt *statement, HrBuffer *key, HrRow *row)
{
  const HrKeyLayout *layout = &place->table->layout;
  HrValue values[HR_KEY_PARTS_MAX];
  gboolean found;

  if (!hr_key_layout_gather_record (layout, row->record, row->record_length, place->engine->scratch, values))
    return FALSE;
  hr_buffer_truncate (key, 0);
  hr_key_encode (layout, values, layout->n_key, key);
  sqlite3_bind_blob (statement, 1, key->data, (int) key->length, SQLITE_STATIC);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    row->ordinal = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return found;
}

static gboolean
prepare_look_up (const Place *place, sqlite3_stmt **statement)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ordinal FROM %s WHERE key = ?1", place->table->tree.name);

  return sqlite3_prepare_v2 (place->engine->db, sql, -1, statement, NULL) == SQLITE_OK;
}

typedef struct
{
  const Place *place;
  const HrRowWalk *walk;
  HrTreeCursor cursor;
  sqlite3_stmt *look_up; /* or NULL: not wanted */
  HrBuffer key;          /* for looking up */
  HrBuffer partition;    /* what the latest key began with */
  gboolean is_damaged;
} Walk;

static gsize
get_partition_length (Walk *self, const guint8 *key, gsize key_length)
{
  gsize length = self->partition.length;

  if (length > 0 && length <= key_length && memcmp (self->partition.data, key, length) == 0)
    return length;

  length = measure_partition (self->place->layout, key, key_length);
  hr_buffer_truncate (&self->partition, 0);
  hr_buffer_append (&self->partition, key, length);
  return length;
}

/* Hands out the row that the cursor stands on. FALSE ends the walk. */
static gboolean
hand_out (Walk *self, HrRowWalkFunc func, gpointer user_data)
{
  sqlite3_stmt *statement = self->cursor.statement;
  HrRow row = { .ordinal = -1 };
  const guint8 *key;
  gsize key_length;

  if (!self->walk->keys_only || self->look_up != NULL)
    {
      row.record = sqlite3_column_blob (statement, 0);
      row.record_length = (gsize) sqlite3_column_bytes (statement, 0);
    }
  if (self->place->tree->has_ordinals)
    row.ordinal = hr_tree_cursor_get_ordinal (&self->cursor);
  else if (self->look_up != NULL && !look_up_ordinal (self->place, self->look_up, &self->key, &row))
    {
      self->is_damaged = TRUE;
      return FALSE;
    }
  hr_tree_cursor_get_key (&self->cursor, &key, &key_length);
  return func (&row, key, key_length, get_partition_length (self, key, key_length), user_data);
}

/* Returns SQLite's result code; SQLITE_DONE also when @func had enough. */
static int
run_walk (Walk *self, HrRowWalkFunc func, gpointer user_data)
{
  const HrKeyRange *range = self->walk->range.lower != NULL ? &self->walk->range : &HR_KEY_RANGE_ALL;
  int code = hr_tree_cursor_open (&self->cursor, self->place->tree, range, FALSE);

  if (code != SQLITE_OK)
    return code;
  code = SQLITE_ROW;
  for (guint64 i = 0; i < self->walk->skip && code == SQLITE_ROW; i++)
    code = sqlite3_step (self->cursor.statement);
  while (code == SQLITE_ROW && (code = sqlite3_step (self->cursor.statement)) == SQLITE_ROW)
    if (!hand_out (self, func, user_data))
      return SQLITE_DONE;
  return code;
}

gboolean
hr_engine_walk_rows (HrEngine *self, const HrRowWalk *walk, HrRowWalkFunc func, gpointer user_data,
                     GError **error)
{
  Place place;
  Walk state = { .place = &place, .walk = walk, .key = HR_BUFFER_INIT, .partition = HR_BUFFER_INIT };
  gboolean done;

  if (!need_place (self, walk, &place, error))
    return FALSE;
  if (walk->index != NULL && walk->with_ordinals && !prepare_look_up (&place, &state.look_up))
    return hr_engine_fail (self, error);

  done = run_walk (&state, func, user_data) == SQLITE_DONE;
  if (!done)
    hr_engine_fail (self, error);
  else if (state.is_damaged)
    g_set_error (error, HR_ERROR, HR_ERROR_STORE, _ ("Index “%s” of table “%s” is damaged."), walk->index,
                 walk->table);
  hr_tree_cursor_close (&state.cursor);
  sqlite3_finalize (state.look_up);
  hr_buffer_clear (&state.key);
  hr_buffer_clear (&state.partition);
  return done && !state.is_damaged;
}

gboolean
hr_engine_place_item (HrEngine *self, const char *table, const char *index, const HrValue *item,
                      HrArena *arena, HrRowPlace *result)
{
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  const HrKeyLayout *layout;
  Place place;

  if (!find_place (self, table, index, &place) || !hr_key_layout_gather (place.layout, item, values))
    return FALSE;

  layout = place.layout;
  hr_key_encode (layout, values, layout->n_hash, &key);
  result->partition_length = key.length;
  for (guint i = layout->n_hash; i < layout->n_parts; i++)
    hr_key_append_component (&key, &values[i], TRUE);
  result->key = hr_arena_memdup (arena, key.data, key.length);
  result->key_length = key.length;
  result->n_partition = layout->n_hash;
  memcpy (result->partition, values, sizeof (HrValue) * layout->n_hash);
  result->item = index != NULL
                     ? hr_stored_index_project (hr_stored_table_find_index (place.table, index), item, arena)
                     : *item;
  return TRUE;
}

gboolean
hr_engine_append_partition_key (HrEngine *self, const char *table, const char *index, const HrValue *values,
                                guint n_values, HrBuffer *out)
{
  Place place;

  if (!find_place (self, table, index, &place) || n_values != place.layout->n_hash)
    return FALSE;
  for (guint i = 0; i < n_values; i++)
    if (values[i].type != place.layout->parts[i].type || values[i].length == 0
        || values[i].length > hr_key_layout_get_limit (place.layout, i))
      return FALSE;
  hr_key_encode (place.layout, values, n_values, out);
  return TRUE;
}
