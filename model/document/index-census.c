/*
 * Items counted by entity, by index and by what keeps them out.
 *
 * One pass through the items for all indexes. What an item lacks is counted bit by bit, so that a change can be taken
 * back.
 */
#include "model/document/index-census.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/record.h"

typedef struct
{
  guint64 n_entries;
  guint64 n_lacking[HR_LACK_BITS];
} Count;

typedef struct
{
  HrKeyLayout layout;
  gboolean has_key; /* the definition has a usable key */
} Index;

struct _HrIndexCensus
{
  HrTable *table;   /* a copy */
  guint n_entities; /* with one more for items that fit none */
  guint64 *n_items; /* of each entity */
  Index *indexes;
  Count *counts;    /* of each index, of each entity */
};

static Count *
get_count (const HrIndexCensus *self, guint index, guint entity)
{
  return &self->counts[index * self->n_entities + entity];
}

static guint
find_entity (const HrIndexCensus *self, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (self->table, item, NULL);
  guint number;

  return entity != NULL && g_ptr_array_find (self->table->entities, entity, &number) ? number : self->n_entities - 1;
}

static void
count_item (HrIndexCensus *self, const HrValue *item, int sign)
{
  guint entity = find_entity (self, item);
  guint64 one = (guint64) (gint64) sign;

  self->n_items[entity] += one;
  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      Count *count = get_count (self, i, entity);
      HrIndexLack lack;

      if (!self->indexes[i].has_key)
        continue;
      lack = hr_index_judge_item (&self->indexes[i].layout, item);
      count->n_entries += lack == 0 ? one : 0;
      for (guint bit = 0; lack >> bit != 0; bit++)
        count->n_lacking[bit] += (lack >> bit & 1) != 0 ? one : 0;
    }
}

typedef struct
{
  HrIndexCensus *census;
  HrArena *scratch;
  const HrCancel *cancel;
  gboolean is_damaged;
} Reading;

static gboolean
count_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length, gpointer user_data)
{
  Reading *self = user_data;
  HrValue item;

  if (hr_cancel_is_raised (self->cancel))
    return FALSE;
  hr_arena_reset (self->scratch);
  self->is_damaged = !hr_record_decode (row->record, row->record_length, self->scratch, &item);
  if (!self->is_damaged)
    count_item (self->census, &item, 1);
  return !self->is_damaged;
}

static gboolean
read_items (HrIndexCensus *self, HrEngine *engine, const HrCancel *cancel, GError **error)
{
  g_autoptr (HrArena) scratch = hr_arena_new ();
  HrRowWalk walk = { .table = self->table->name };
  Reading reading = { self, scratch, cancel, FALSE };

  if (!hr_engine_walk_rows (engine, &walk, count_row_cb, &reading, error))
    return FALSE;
  if (reading.is_damaged)
    g_set_error (error, HR_ERROR, HR_ERROR_STORE, _ ("The items of table “%s” are damaged."), self->table->name);
  else if (hr_cancel_is_raised (cancel))
    g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _ ("Reading table “%s” was cancelled."), self->table->name);
  else
    return TRUE;
  return FALSE;
}

HrIndexCensus *
hr_index_census_new (HrEngine *engine, const HrTable *table, const HrCancel *cancel, GError **error)
{
  g_autoptr (HrIndexCensus) self = g_new0 (HrIndexCensus, 1);
  guint n_indexes = table->indexes->len;

  self->table = hr_table_copy (table);
  self->n_entities = table->entities->len + 1;
  self->n_items = g_new0 (guint64, self->n_entities);
  self->indexes = g_new0 (Index, n_indexes);
  self->counts = g_new0 (Count, n_indexes * self->n_entities);
  for (guint i = 0; i < n_indexes; i++)
    self->indexes[i].has_key
        = hr_key_layout_init (&self->indexes[i].layout, self->table, g_ptr_array_index (self->table->indexes, i));
  return read_items (self, engine, cancel, error) ? g_steal_pointer (&self) : NULL;
}

void
hr_index_census_free (HrIndexCensus *self)
{
  if (self == NULL)
    return;
  hr_table_free (self->table);
  g_free (self->n_items);
  g_free (self->indexes);
  g_free (self->counts);
  g_free (self);
}

void
hr_index_census_apply_change (HrIndexCensus *self, const HrValue *before, const HrValue *after)
{
  if (before != NULL)
    count_item (self, before, -1);
  if (after != NULL)
    count_item (self, after, 1);
}

static gboolean
find_index (const HrIndexCensus *self, const char *name, guint *number)
{
  for (guint i = 0; i < self->table->indexes->len; i++)
    if (strcmp (((const HrIndex *) g_ptr_array_index (self->table->indexes, i))->name, name) == 0)
      {
        *number = i;
        return TRUE;
      }
  return FALSE;
}

static void
add_tally (const HrIndexCensus *self, guint index, guint entity, HrIndexTally *tally)
{
  const Count *count = get_count (self, index, entity);

  tally->n_items += self->n_items[entity];
  tally->n_entries += count->n_entries;
  for (guint bit = 0; bit < HR_LACK_BITS; bit++)
    if (count->n_lacking[bit] > 0)
      tally->lacks |= (HrIndexLack) 1 << bit;
}

gboolean
hr_index_census_get (const HrIndexCensus *self, const char *index, guint entity, HrIndexTally *tally)
{
  guint number;

  *tally = (HrIndexTally) { 0 };
  if (entity >= self->n_entities || !find_index (self, index, &number))
    return FALSE;
  add_tally (self, number, entity, tally);
  return TRUE;
}

gboolean
hr_index_census_get_total (const HrIndexCensus *self, const char *index, HrIndexTally *tally)
{
  guint number;

  *tally = (HrIndexTally) { 0 };
  if (!find_index (self, index, &number))
    return FALSE;
  for (guint i = 0; i < self->n_entities; i++)
    add_tally (self, number, i, tally);
  return TRUE;
}
