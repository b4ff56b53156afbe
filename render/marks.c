/*
 * What a run touched, by item and by partition.
 *
 * Made from the run's trace in one pass (marks-trace.c). Items are found by their row keys: reads by the table's
 * key, which tells entries of an index apart as well, and writes, which may move an entry, by the key of what
 * is shown. A stage hides what comes later; the figures that it shows are copied when it is set.
 */

#include "render/marks-private.h"

/* Eight bytes at a time: a Scan brings a million keys. */
static guint
key_hash (gconstpointer data)
{
  const HrMarksKey *key = data;
  guint64 hash = key->length;
  guint64 word;
  gsize i = 0;

  for (; i + sizeof word <= key->length; i += sizeof word)
    {
      memcpy (&word, key->bytes + i, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  word = 0;
  memcpy (&word, key->bytes + i, key->length - i);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) (hash >> 32);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const HrMarksKey *x = a;
  const HrMarksKey *y = b;

  return x->length == y->length && memcmp (x->bytes, y->bytes, x->length) == 0;
}

HrMarksKey
hr_marks_encode (const HrMarks *self, const HrKeyLayout *layout, const HrValue *values, guint count)
{
  hr_buffer_truncate (self->scratch, 0);
  hr_key_encode (layout, values, count, self->scratch);
  return (HrMarksKey) { (const guint8 *) self->scratch->data, self->scratch->length };
}

static HrMarksItem *
find_item (const HrMarks *self, GHashTable *items, const HrKeyLayout *layout, const HrValue *item)
{
  HrValue values[HR_KEY_PARTS_MAX];
  HrMarksKey key;

  if (g_hash_table_size (items) == 0 || !hr_key_layout_gather (layout, item, values))
    return NULL;
  key = hr_marks_encode (self, layout, values, layout->n_parts);
  return g_hash_table_lookup (items, &key);
}

HrMarks *
hr_marks_new (const HrPatternRun *run, const HrTable *table, const char *index)
{
  HrMarks *self = g_new0 (HrMarks, 1);
  const HrIndex *definition = index != NULL ? hr_table_find_index (table, index) : NULL;

  self->run = run;
  self->table = table;
  self->arena = hr_arena_new ();
  self->scratch = g_new0 (HrBuffer, 1);
  self->index = index != NULL ? hr_arena_strdup (self->arena, index) : NULL;
  self->reads = g_hash_table_new (key_hash, key_equal);
  self->writes = g_hash_table_new (key_hash, key_equal);
  self->by_key = g_hash_table_new (key_hash, key_equal);
  self->partitions = g_ptr_array_new ();
  self->written = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  self->shown_lines = g_ptr_array_new ();
  self->insertions = g_array_new (FALSE, FALSE, sizeof (HrMark));
  self->removals = g_array_new (FALSE, FALSE, sizeof (HrMark));
  if (run->trace != NULL && (index == NULL || definition != NULL)
      && hr_key_layout_init (&self->table_layout, table, NULL)
      && hr_key_layout_init (&self->layout, table, definition))
    hr_marks_read_trace (self);
  hr_marks_set_stage (self, hr_marks_get_n_stages (self));
  return self;
}

void
hr_marks_free (HrMarks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->reads);
  g_hash_table_unref (self->writes);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->partitions);
  g_ptr_array_unref (self->written);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->shown_lines);
  g_array_unref (self->insertions);
  g_array_unref (self->removals);
  hr_buffer_clear (self->scratch);
  g_free (self->scratch);
  hr_arena_free (self->arena);
  g_free (self);
}

/* Stages: question, partition, range, one for each of n_request_stages, filter, capacity. */
#define STAGE_PARTITION 2

static guint
get_range_stage (const HrMarks *self)
{
  return STAGE_PARTITION + (self->has_range ? 1 : 0);
}

static gboolean
is_staged (const HrMarks *self, guint request_stage)
{
  return self->stage >= get_range_stage (self) + request_stage;
}

guint
hr_marks_get_n_stages (const HrMarks *self)
{
  return get_range_stage (self) + self->n_request_stages + (self->has_filtered ? 1 : 0) + 1;
}

/* Without anything that a filter dropped there is no stage for it. */
gboolean
hr_marks_has_told_outcome (const HrMarks *self)
{
  return is_staged (self, self->n_request_stages + (self->has_filtered ? 1 : 0));
}

static HrPartitionMark
get_shown (const HrMarks *self, const HrPartitionMark *all)
{
  HrPartitionMark shown = *all;

  if (self->stage >= hr_marks_get_n_stages (self))
    return shown;
  shown = (HrPartitionMark) { .n_keys = all->n_keys, .is_hit = all->is_hit, .has_transaction = all->has_transaction };
  memcpy (shown.keys, all->keys, sizeof shown.keys);
  if (self->stage >= get_range_stage (self))
    {
      shown.has_range = all->has_range;
      shown.range_text = all->range_text;
      shown.backward = all->backward;
    }
  return shown;
}

void
hr_marks_set_stage (HrMarks *self, guint stage)
{
  self->stage = stage;
  for (guint i = 0; i < self->partitions->len; i++)
    {
      HrMarksPartition *partition = g_ptr_array_index (self->partitions, i);

      partition->shown = get_shown (self, &partition->all);
    }
  g_ptr_array_set_size (self->shown_lines, 0);
  for (guint i = 0; i < self->lines->len; i++)
    {
      HrMarksLine *line = g_ptr_array_index (self->lines, i);

      if (is_staged (self, line->stage))
        g_ptr_array_add (self->shown_lines, &line->line);
    }
  g_array_set_size (self->insertions, 0);
  g_array_set_size (self->removals, 0);
  for (guint i = 0; i < self->written->len; i++)
    {
      const HrMarksItem *item = g_ptr_array_index (self->written, i);

      if (!is_staged (self, item->stage))
        continue;
      if (item->mark.state == HR_MARK_INSERTED)
        g_array_append_val (self->insertions, item->mark);
      else if (item->mark.state == HR_MARK_DELETED)
        g_array_append_val (self->removals, item->mark);
    }
}

gboolean
hr_marks_is_scan (const HrMarks *self)
{
  return self->is_scan;
}

gboolean
hr_marks_has_fetched (const HrMarks *self)
{
  return self->has_fetched;
}

guint64
hr_marks_get_n_returned (const HrMarks *self)
{
  return self->n_returned;
}

void
hr_marks_get_item (const HrMarks *self, const HrValue *item, HrMark *mark)
{
  const HrMarksItem *read = find_item (self, self->reads, &self->table_layout, item);
  const HrMarksItem *written = find_item (self, self->writes, &self->layout, item);
  gboolean filter_is_shown = is_staged (self, self->n_request_stages + 1);

  *mark = (HrMark) { .state = HR_MARK_NOT_READ };
  if (read != NULL && is_staged (self, read->stage))
    {
      *mark = read->mark;
      if (self->has_filtered && !filter_is_shown && mark->state != HR_MARK_CHECKED)
        *mark = (HrMark) { .state = HR_MARK_READ };
    }
  mark->in_range = read != NULL && read->in_range && self->stage >= get_range_stage (self);
  if (written != NULL && written->mark.state != HR_MARK_NOT_READ && is_staged (self, written->stage))
    {
      mark->state = written->mark.state;
      mark->before = written->mark.before;
      mark->after = written->mark.after;
      mark->in_transaction = mark->in_transaction || written->mark.in_transaction;
    }
}

const HrPartitionMark *
hr_marks_get_partition (const HrMarks *self, const HrValue *partition_key)
{
  const HrMarksPartition *partition;
  HrMarksKey key;

  if (self->stage < STAGE_PARTITION || g_hash_table_size (self->by_key) == 0)
    return NULL;
  key = hr_marks_encode (self, &self->layout, partition_key, self->layout.n_hash);
  partition = g_hash_table_lookup (self->by_key, &key);
  return partition != NULL ? &partition->shown : NULL;
}

const HrPartitionMark *
hr_marks_get_nth_partition (const HrMarks *self, guint index)
{
  const HrMarksPartition *partition;

  if (self->stage < STAGE_PARTITION || index >= self->partitions->len)
    return NULL;
  partition = g_ptr_array_index (self->partitions, index);
  return &partition->shown;
}

const HrPageLine *
hr_marks_get_page_line (const HrMarks *self, const HrValue *item)
{
  const HrMarksItem *read = find_item (self, self->reads, &self->table_layout, item);

  return read != NULL && read->line != NULL && is_staged (self, read->line->stage) ? &read->line->line : NULL;
}

guint
hr_marks_get_page_lines (const HrMarks *self, const HrPageLine *const **lines)
{
  *lines = (const HrPageLine *const *) self->shown_lines->pdata;
  return self->shown_lines->len;
}

static guint
lend (const GArray *marks, const HrMark **first)
{
  *first = (const HrMark *) marks->data;
  return marks->len;
}

guint
hr_marks_get_insertions (const HrMarks *self, const HrMark **insertions)
{
  return lend (self->insertions, insertions);
}

guint
hr_marks_get_removals (const HrMarks *self, const HrMark **removals)
{
  return lend (self->removals, removals);
}

gboolean
hr_marks_get_first (const HrMarks *self, HrValue *item)
{
  const HrMarksItem *written = self->written->len > 0 ? g_ptr_array_index (self->written, 0) : NULL;

  if (self->first != NULL)
    *item = self->first->item;
  else if (written != NULL && (written->mark.after != NULL || written->mark.before != NULL))
    *item = written->mark.after != NULL ? *written->mark.after : *written->mark.before;
  else
    return FALSE;
  return TRUE;
}

void
hr_marks_get_plan (const HrMarks *self, HrPlanFigures *figures)
{
  *figures = (HrPlanFigures) { .range_rows = self->n_read, .returned_rows = self->n_returned,
                               .read_partitions = self->partitions->len };
}
