/*
 * How large item collections are.
 *
 * Nothing is kept for them as long as a whole table is smaller than one collection may be, which its counters
 * tell. Beyond that the collection that is written to is measured once, by walking over its rows, and its
 * size kept up to date in memory from then on. A rollback or a bulk makes the sizes wrong, so they are
 * forgotten then.
 */
#include "model/engine/collection.h"

#include "model/base/service-limits.h"
#include "model/engine/catalogue.h"
#include "model/engine/counts.h"
#include "model/value/record.h"

#include <string.h>

/* Sizes that are remembered of one table. */
#define SIZES_MAX 65536
#define GIGABYTE ((gint64) 1 << 30)

gint64
hr_collections_get_size (const HrStoredTable *table)
{
  gint64 size_bytes = hr_counts_peek_items (table);

  for (guint i = 0; i < table->n_indexes; i++)
    if (table->indexes[i].definition->kind == HR_INDEX_LOCAL)
      size_bytes += hr_counts_peek_index (table, i);
  return size_bytes;
}

static gint64 *
find_size (HrEngine *engine, HrStoredTable *table, GBytes *partition)
{
  HrCollectionSizes *sizes = &table->collections;

  if (sizes->by_partition != NULL
      && (sizes->epoch != engine->epoch || g_hash_table_size (sizes->by_partition) > SIZES_MAX))
    g_clear_pointer (&sizes->by_partition, g_hash_table_unref);
  sizes->epoch = engine->epoch;
  return sizes->by_partition != NULL ? g_hash_table_lookup (sizes->by_partition, partition) : NULL;
}

static gint64 *
keep_size (HrStoredTable *table, GBytes *partition, gint64 size_bytes)
{
  HrCollectionSizes *sizes = &table->collections;
  gint64 *kept = g_new (gint64, 1);

  if (sizes->by_partition == NULL)
    sizes->by_partition
        = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
  *kept = size_bytes;
  g_hash_table_insert (sizes->by_partition, g_bytes_ref (partition), kept);
  return kept;
}

/* Adds up what lies below the partition key in one tree. */
static gboolean
add_tree (HrTree *tree, const HrKeyLayout *layout, const HrValue *partition_key, gint64 *size_bytes)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  g_auto (HrBuffer) lower = HR_BUFFER_INIT;
  g_auto (HrBuffer) upper = HR_BUFFER_INIT;
  HrKeyRange range;
  const guint8 *record;
  gsize length;
  int code;

  hr_key_encode (layout, partition_key, 1, &lower);
  hr_buffer_append (&upper, lower.data, lower.length);
  hr_key_to_successor (&upper);
  range = (HrKeyRange) { .lower = (const guint8 *) lower.data,
                        .lower_length = lower.length,
                        .upper = (const guint8 *) upper.data,
                        .upper_length = upper.length };
  if (hr_tree_cursor_open (&cursor, tree, &range, FALSE) != SQLITE_OK)
    return FALSE;
  while ((code = hr_tree_cursor_next (&cursor, &record, &length)) == SQLITE_ROW)
    *size_bytes += (gint64) hr_record_size_bytes (record, length);
  return code == SQLITE_DONE;
}

static gboolean
measure (HrStoredTable *table, const HrValue *partition_key, gint64 *size_bytes)
{
  *size_bytes = 0;
  if (!add_tree (&table->tree, &table->layout, partition_key, size_bytes))
    return FALSE;
  for (guint i = 0; i < table->n_indexes; i++)
    if (table->indexes[i].definition->kind == HR_INDEX_LOCAL
        && !add_tree (&table->indexes[i].tree, &table->indexes[i].layout, partition_key, size_bytes))
      return FALSE;
  return TRUE;
}

static GBytes *
encode_partition (const HrStoredTable *table, const HrValue *partition_key)
{
  HrBuffer bytes = HR_BUFFER_INIT;

  hr_key_encode (&table->layout, partition_key, 1, &bytes);
  return hr_buffer_steal_bytes (&bytes);
}

static gboolean
get_partition_key (const HrStoredTable *table, const HrValue *item, HrValue *value)
{
  const HrKeyPart *part = &table->layout.parts[0];
  const HrValue *found = hr_map_get (item, part->name, part->name_length);

  if (found != NULL)
    *value = *found;
  return found != NULL && found->type == part->type;
}

gboolean
hr_collection_admit (HrEngine *engine, const HrChange *change, gint64 size_before, HrArena *arena,
                     HrServiceError *error)
{
  HrStoredTable *table = change->table;
  gint64 size = hr_collections_get_size (table);
  gint64 grown = size - size_before;
  g_autoptr (GBytes) partition = NULL;
  HrValue partition_key;
  gint64 measured;
  gint64 *kept;

  if ((!table->is_uncounted && size <= engine->collection_bytes_max)
      || !get_partition_key (table, change->has_after ? change->new_item : change->old_item, &partition_key))
    return TRUE;

  partition = encode_partition (table, &partition_key);
  kept = find_size (engine, table, partition);
  if (kept != NULL)
    *kept += grown;
  else if (measure (table, &partition_key, &measured))
    kept = keep_size (table, partition, measured);
  else
    return hr_engine_fail_service (engine, arena, error);
  return grown <= 0 || *kept <= engine->collection_bytes_max
         || hr_service_error_set (error, arena, HR_SERVICE_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
                               "Collection size exceeded.");
}

guint
hr_engine_estimate_collection_gb (HrEngine *self, const char *name, const HrValue *item)
{
  HrStoredTable *table = hr_engine_find_table (self, name);
  g_autoptr (GBytes) partition = NULL;
  HrValue partition_key;
  gint64 measured;
  gint64 *kept;

  if (table == NULL || (!table->is_uncounted && hr_collections_get_size (table) < GIGABYTE)
      || !get_partition_key (table, item, &partition_key))
    return 0;
  partition = encode_partition (table, &partition_key);
  kept = find_size (self, table, partition);
  if (kept == NULL && measure (table, &partition_key, &measured))
    kept = keep_size (table, partition, measured);
  return kept != NULL ? (guint) (*kept / GIGABYTE) : 0;
}
