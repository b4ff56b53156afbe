/*
 * Outlines: what a picture of a table has to know of a million rows in order to draw forty of them.
 *
 * Two lists of partitions: as they lie in the store, which finds a partition by its key, and in display
 * order, which finds it by position and height. A partition knows of each row only a byte, its entity; where
 * a row lies in the store follows from its place among the bytes and the key that its chunk begins with.
 *
 * The store is the truth: a change only says which key to look at, and the chunk there is read anew. So an
 * outline cannot drift away from the items, whatever changes are told in whatever order.
 */
#include "model/document/outline-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

/* @index NULL for no name. */
static gboolean
find_index (const HrTable *table, const char *name, const HrIndex **index, GError **error)
{
  *index = name != NULL ? hr_table_find_index (table, name) : NULL;
  if (name == NULL || *index != NULL)
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("Table “%s” has no index “%s”."), table->name, name);
  return FALSE;
}

HrOutline *
hr_outline_new (HrEngine *engine, const HrTable *table_definition, const HrOutlineOptions *options,
                HrProgress *progress, GError **error)
{
  g_autoptr (HrOutline) self = NULL;
  const HrIndex *index = NULL;

  g_return_val_if_fail (engine != NULL && table_definition != NULL && options != NULL, NULL);

  self = g_new0 (HrOutline, 1);
  self->engine = engine;
  self->table = hr_table_copy (table_definition);
  if (!find_index (self->table, options->index, &index, error)
      || !find_index (self->table, options->paired_index, &self->paired, error))
    return NULL;
  if (index != NULL || (self->paired != NULL && !hr_key_layout_init (&self->paired_layout, self->table, self->paired)))
    self->paired = NULL;

  self->table_name = g_strdup (options->table);
  self->index_name = g_strdup (options->index);
  self->partition_key = index != NULL ? index->partition_key : self->table->partition_key;
  for (guint i = 0; i < self->partition_key->len && i < G_N_ELEMENTS (self->key_types); i++)
    self->key_types[i] = ((const HrAttribute *) g_ptr_array_index (self->partition_key, i))->type;
  self->filter = hr_outline_filter_new (options->filter);
  self->attributes = hr_outline_attributes_new (self->table, index);
  hr_outline_list_init (&self->stored, FALSE);
  hr_outline_list_init (&self->shown, TRUE);
  self->scratch = hr_arena_new ();
  self->stale_keys = hr_arena_new ();
  self->stale = g_array_new (FALSE, FALSE, sizeof (HrOutlineStale));
  self->order = options->order;
  self->compare = hr_outline_get_compare (options->order);
  self->hidden_entities = options->hidden_entities;
  self->hides_left_out = options->hides_left_out;
  return hr_outline_build (self, progress, error) ? g_steal_pointer (&self) : NULL;
}

void
hr_outline_free (HrOutline *self)
{
  if (self == NULL)
    return;

  hr_outline_list_clear (&self->shown, NULL);
  hr_outline_list_clear (&self->stored, (GDestroyNotify) hr_outline_partition_free);
  hr_outline_attributes_free (self->attributes);
  hr_outline_filter_free (self->filter);
  g_clear_pointer (&self->stale, g_array_unref);
  g_clear_pointer (&self->stale_keys, hr_arena_free);
  g_clear_pointer (&self->scratch, hr_arena_free);
  g_free (self->index_name);
  g_free (self->table_name);
  hr_table_free (self->table);
  g_free (self);
}

void
hr_outline_set_engine (HrOutline *self, HrEngine *engine)
{
  g_return_if_fail (engine != NULL);

  self->engine = engine;
}

void
hr_outline_get_totals (const HrOutline *self, HrOutlineTotals *totals)
{
  *totals = self->totals;
  totals->widest_key_chars = hr_outline_attributes_get_widest_key (self->attributes);
}

guint
hr_outline_get_attributes (const HrOutline *self, const HrOutlineAttribute **attributes)
{
  return hr_outline_attributes_get (self->attributes, attributes);
}

HrOutlinePartition *
hr_outline_find_stored (const HrOutline *self, const guint8 *key, gsize key_length, guint64 *position)
{
  HrOutlineKey wanted = { key, key_length };
  HrOutlinePartition *partition;

  *position = hr_outline_list_search (&self->stored, hr_outline_compare_key, &wanted);
  partition = hr_outline_list_get (&self->stored, *position, NULL, NULL);
  return partition != NULL && hr_outline_compare_key (partition, &wanted) == 0 ? partition : NULL;
}

guint64
hr_outline_get_position (const HrOutline *self, const HrOutlinePartition *partition)
{
  return hr_outline_list_search (&self->shown, self->compare, partition);
}

gboolean
hr_outline_get_partition (const HrOutline *self, guint64 position, HrPartition *partition)
{
  const HrOutlinePartition *entry = hr_outline_list_get (&self->shown, position, NULL, NULL);
  HrOutlineWeight weight;

  if (entry == NULL)
    return FALSE;
  weight = hr_outline_partition_get_weight (entry);
  *partition = (HrPartition) {
    .position = position,
    .n_keys = entry->n_values,
    .n_rows = weight.rows,
    .n_runs = weight.runs,
    .size_bytes = entry->size_bytes,
    .entities = hr_outline_partition_get_entities (entry),
    .is_folded = hr_outline_partition_is_folded (entry),
  };
  if (partition->is_folded)
    partition->lack = entry->large != NULL ? entry->large->lack : entry->lack;
  hr_outline_partition_get_values (entry, self->key_types, partition->keys);
  return TRUE;
}

gboolean
hr_outline_set_folded (HrOutline *self, guint64 position, gboolean folded)
{
  HrOutlinePartition *entry = hr_outline_list_get (&self->shown, position, NULL, NULL);

  if (entry == NULL || (entry->is_closed != 0) == (folded != FALSE))
    return FALSE;
  entry->is_closed = folded ? 1 : 0;
  hr_outline_list_replace (&self->shown, position, entry, hr_outline_partition_get_extent (entry));
  return TRUE;
}

gboolean
hr_outline_find_partition (const HrOutline *self, const HrValue *keys, guint n_keys, guint64 *position)
{
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  const HrOutlinePartition *partition;
  guint64 stored;

  if (!hr_engine_append_partition_key (self->engine, self->table_name, self->index_name, keys, n_keys, &key))
    return FALSE;
  partition = hr_outline_find_stored (self, (const guint8 *) key.data, key.length, &stored);
  if (partition == NULL || hr_outline_partition_get_weight (partition).rows == 0)
    return FALSE;
  *position = hr_outline_get_position (self, partition);
  return TRUE;
}
