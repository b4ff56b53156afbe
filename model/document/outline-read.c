/*
 * From the store to an outline: each row is judged, and its byte goes to the rows of its partition.
 */
#include "model/document/outline-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/value/record.h"

static guint8
find_entity (const HrTable *table, const HrValue *item)
{
  guint count = MIN (table->entities->len, HR_ENTITY_NONE);

  for (guint i = 0; i < count; i++)
    if (hr_entity_match_item (g_ptr_array_index (table->entities, i), table, item, NULL))
      return (guint8) i;
  return HR_ENTITY_NONE;
}

HrOutlineVerdict
hr_outline_judge (const HrOutline *self, const HrValue *item)
{
  guint8 entity = find_entity (self->table, item);
  HrIndexLack lack = self->paired != NULL ? hr_index_judge_item (&self->paired_layout, item) : 0;
  gboolean is_hidden = (self->hidden_entities >> entity & 1) != 0 || (lack != 0 && self->hides_left_out);

  if (!is_hidden && self->filter != NULL)
    is_hidden = !hr_outline_filter_matches (self->filter, item);
  return (HrOutlineVerdict) { entity | (is_hidden ? HR_OUTLINE_HIDDEN : 0) | (lack != 0 ? HR_OUTLINE_UNPAIRED : 0),
                              is_hidden ? 0 : lack };
}

static gboolean
fail_damaged (const HrOutline *self, GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The items of table “%s” are damaged."), self->table_name);
  return FALSE;
}

gboolean
hr_outline_decode (const HrOutline *self, const HrRow *row, HrArena *arena, HrValue *item, GError **error)
{
  return hr_record_decode (row->record, row->record_length, arena, item) || fail_damaged (self, error);
}

/* A row that the engine never wrote must not get in: lengths of keys are kept in two bytes. */
static gboolean
read_row (const HrOutline *self, const HrRow *row, gsize key_length, gsize partition_length, HrValue *item,
          GError **error)
{
  hr_arena_reset (self->scratch);
  if (partition_length <= HR_KEY_HASH_BYTES || key_length > HR_OUTLINE_KEY_MAX)
    return fail_damaged (self, error);
  return hr_outline_decode (self, row, self->scratch, item, error);
}

static HrRowWalk
make_walk (const HrOutline *self, const HrKeyRange *range)
{
  return (HrRowWalk) {
    .table = self->table_name,
    .index = self->index_name,
    .range = range != NULL ? *range : (HrKeyRange) { 0 },
    .with_ordinals = self->order == HR_ORDER_ENTERED,
  };
}

typedef struct
{
  HrOutline *outline;
  HrProgress *progress;
  HrOutlineRows rows;
  HrOutlineHead head; /* of the partition that the rows are of */
  GError *error;
} Build;

static void
build_finish_partition (Build *self)
{
  HrOutlinePartition *partition;

  if (self->rows.count == 0 && self->rows.chunks->len == 0)
    return;
  partition = hr_outline_partition_new (&self->head, &self->rows);
  hr_outline_partition_count (partition, &self->outline->totals, 1);
  hr_outline_list_append (&self->outline->stored, partition, (HrOutlineWeight) { 0, 0 });
}

/* A row of another partition than the one before: its key as values, out of the item. */
static gboolean
build_begin_partition (Build *self, const HrValue *item, const guint8 *key, gsize key_length)
{
  HrOutline *outline = self->outline;
  HrValue values[HR_LIMIT_INDEX_KEY_ATTRIBUTES];
  guint count = MIN (outline->partition_key->len, G_N_ELEMENTS (values));

  build_finish_partition (self);
  for (guint i = 0; i < count; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (outline->partition_key, i);
      const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

      if (value == NULL || value->type != outline->key_types[i]
          || value->length > HR_LIMIT_PARTITION_KEY_BYTES)
        return fail_damaged (outline, &self->error);
      values[i] = *value;
    }
  hr_outline_head_set (&self->head, key, key_length, values, count);
  return TRUE;
}

static gboolean
build_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length,
              gpointer user_data)
{
  Build *self = user_data;
  HrOutline *outline = self->outline;
  const HrOutlineHead *head = &self->head;
  HrValue item;
  HrOutlineVerdict verdict;

  if (!hr_progress_step (self->progress))
    return FALSE;
  if (!read_row (outline, row, key_length, partition_length, &item, &self->error))
    return FALSE;
  if ((partition_length != head->key_length || memcmp (key, head->bytes.data, partition_length) != 0)
      && !build_begin_partition (self, &item, key, partition_length))
    return FALSE;

  verdict = hr_outline_judge (outline, &item);
  hr_outline_rows_add (&self->rows, verdict, row, key + partition_length, key_length - partition_length);
  if ((verdict.byte & HR_OUTLINE_HIDDEN) == 0)
    hr_outline_attributes_count (outline->attributes, &item, 1);
  return TRUE;
}

static void
show_partitions (HrOutline *self)
{
  g_autofree HrOutlinePartition **partitions = g_new (HrOutlinePartition *, self->stored.total.nodes);
  gsize count = 0;

  for (guint b = 0; b < self->stored.n_blocks; b++)
    for (guint i = 0; i < self->stored.blocks[b].count; i++)
      {
        HrOutlinePartition *partition = self->stored.blocks[b].nodes[i];

        if (hr_outline_partition_get_weight (partition).rows > 0)
          partitions[count++] = partition;
      }
  if (self->order != HR_ORDER_HASH)
    hr_outline_sort (self->order, partitions, count);
  for (gsize i = 0; i < count; i++)
    hr_outline_list_append (&self->shown, partitions[i], hr_outline_partition_get_extent (partitions[i]));
}

gboolean
hr_outline_build (HrOutline *self, HrProgress *progress, GError **error)
{
  HrRowWalk walk = make_walk (self, NULL);
  Build build = { .outline = self, .progress = progress };
  gboolean done;

  hr_outline_rows_init (&build.rows);
  done = hr_engine_walk_rows (self->engine, &walk, build_row_cb, &build, error);
  build_finish_partition (&build);
  hr_outline_rows_clear (&build.rows);
  hr_outline_head_clear (&build.head);
  if (build.error != NULL)
    {
      g_propagate_error (error, build.error);
      return FALSE;
    }
  if (done && !hr_progress_goes_on (progress))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _ ("Reading table “%s” was cancelled."),
                   self->table_name);
      return FALSE;
    }
  if (!done)
    return FALSE;

  show_partitions (self);
  hr_outline_attributes_settle (self->attributes);
  return TRUE;
}

typedef struct
{
  HrOutline *outline;
  HrOutlineRows *rows;
  GError *error;
} Reading;

static gboolean
read_row_cb (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length,
             gpointer user_data)
{
  Reading *self = user_data;
  HrOutline *outline = self->outline;
  HrValue item;

  if (!read_row (outline, row, key_length, partition_length, &item, &self->error))
    return FALSE;
  hr_outline_rows_add (self->rows, hr_outline_judge (outline, &item), row, key + partition_length,
                       key_length - partition_length);
  return TRUE;
}

gboolean
hr_outline_read_range (HrOutline *self, const HrKeyRange *range, HrOutlineRows *rows, GError **error)
{
  HrRowWalk walk = make_walk (self, range);
  Reading reading = { self, rows, NULL };

  if (!hr_engine_walk_rows (self->engine, &walk, read_row_cb, &reading, error))
    return FALSE;
  if (reading.error == NULL)
    return TRUE;
  g_propagate_error (error, reading.error);
  return FALSE;
}
