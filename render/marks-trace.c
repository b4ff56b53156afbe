/*
 * The pass through a run's trace.
 *
 * Requests come one behind the other; each tells what it reads (marks-request.c), then what it touched, where its page
 * ended and what it consumed. Where a request reads one partition, that is the partition's; else it is
 * shared out by the sizes of the items.
 */

#include "render/marks-private.h"

/* Where the pass through the trace is. */
typedef struct
{
  HrMarks *marks;
  guint step;
  guint step_start;     /* number of the step's first request */
  gboolean has_request;
  guint number;         /* of the request */
  gboolean is_counted;  /* it has a stage */
  guint staged_step;    /* the step that the newest stage is of, plus 1 */
  HrReadRequest read;
  HrMarksPartition *partition; /* of a Query */
  HrMarksPartition *latest;    /* that an item was read from */
  HrMarksItem *last;           /* read most recently */
  HrMarksPartition *last_partition; /* that it is in, or NULL */
  HrReadFate fate;      /* of the event read most recently, also elsewhere */
  HrMarksLine *line;           /* of the page that ended with this request */
  gboolean page_ended;
  GPtrArray *touched;   /* HrMarksPartition, once for each item of this request */
  GArray *weights;      /* guint64 */
} Reader;

/* A zeroed struct in the arena with a key of its own behind it. */
static gpointer
new_entry (HrMarks *self, gsize size, const HrMarksKey *key)
{
  char *entry = hr_arena_alloc (self->arena, size + key->length);

  memset (entry, 0, size);
  memcpy (entry + size, key->bytes, key->length);
  *(HrMarksKey *) entry = (HrMarksKey) { (const guint8 *) entry + size, key->length };
  return entry;
}

static HrMarksItem *
need_item (HrMarks *self, GHashTable *items, const HrKeyLayout *layout, const HrValue *item)
{
  HrValue values[HR_KEY_PARTS_MAX];
  HrMarksItem *found;
  HrMarksKey key;

  if (!hr_key_layout_gather (layout, item, values))
    return NULL;
  key = hr_marks_encode (self, layout, values, layout->n_parts);
  found = g_hash_table_lookup (items, &key);
  if (found != NULL)
    return found;
  found = new_entry (self, sizeof (HrMarksItem), &key);
  g_hash_table_add (items, found);
  return found;
}

static HrMarksPartition *
need_partition (HrMarks *self, const HrValue *keys)
{
  guint n_keys = self->layout.n_hash;
  HrMarksKey key = hr_marks_encode (self, &self->layout, keys, n_keys);
  HrMarksPartition *found = g_hash_table_lookup (self->by_key, &key);

  if (found != NULL)
    return found;
  found = new_entry (self, sizeof (HrMarksPartition), &key);
  found->all.n_keys = n_keys;
  for (guint i = 0; i < n_keys; i++)
    found->all.keys[i] = hr_value_copy (self->arena, &keys[i]);
  g_hash_table_add (self->by_key, found);
  g_ptr_array_add (self->partitions, found);
  return found;
}

/* The partition of an item of what is shown, or NULL when the item does not tell. */
static HrMarksPartition *
need_partition_of (HrMarks *self, const HrValue *item)
{
  HrValue values[HR_KEY_PARTS_MAX];

  return hr_key_layout_gather (&self->layout, item, values) ? need_partition (self, values) : NULL;
}

static const HrStepRun *
get_step (const Reader *self)
{
  const GPtrArray *steps = self->marks->run->steps;

  return self->step < steps->len ? g_ptr_array_index (steps, self->step) : NULL;
}

/* Texts of only so many requests are kept; the last one kept speaks for those behind it. */
static const char *
get_kept (const Reader *self, const GPtrArray *texts)
{
  guint index = self->number - self->step_start;

  if (texts->len == 0)
    return NULL;
  return g_ptr_array_index (texts, MIN (index, texts->len - 1));
}

static void
begin_request (Reader *self, guint number)
{
  HrMarks *marks = self->marks;
  const HrReadSource source = { marks->table, marks->index, &marks->layout };
  const HrStepRun *step = get_step (self);
  const char *body;

  self->has_request = TRUE;
  self->number = number;
  self->is_counted = FALSE;
  self->partition = NULL;
  self->last = NULL;
  self->last_partition = NULL;
  self->line = NULL;
  self->page_ended = FALSE;
  g_ptr_array_set_size (self->touched, 0);
  g_array_set_size (self->weights, 0);
  while (step != NULL && number >= self->step_start + step->n_requests)
    {
      self->step_start += step->n_requests;
      self->step++;
      step = get_step (self);
    }
  memset (&self->read, 0, sizeof self->read);
  body = step != NULL ? get_kept (self, step->requests) : NULL;
  if (body != NULL)
    hr_read_request_parse (&self->read, step->operation, body, &source, marks->arena);
}

/* Every page is a stage, and so is a step of single reads or of writes, however many they are. */
static void
count_request (Reader *self)
{
  HrMarks *marks = self->marks;
  gboolean has_pages = self->read.is_query || self->read.is_scan;

  if (self->is_counted)
    return;
  self->is_counted = TRUE;
  if (has_pages || self->staged_step != self->step + 1)
    marks->n_request_stages++;
  self->staged_step = has_pages ? 0 : self->step + 1;
  marks->is_scan = marks->is_scan || self->read.is_scan;
  marks->has_range = marks->has_range || has_pages;
  if (self->read.is_query && self->read.has_partition)
    {
      HrPartitionMark *mark;

      self->partition = need_partition (marks, self->read.keys);
      mark = &self->partition->all;
      if (!mark->has_range)
        {
          mark->has_range = TRUE;
          mark->range_text = self->read.range_text;
          mark->backward = self->read.backward;
        }
    }
}

static void
touch (Reader *self, HrMarksPartition *partition, gsize size_bytes, gsize unit_bytes)
{
  guint64 weight = MAX (1, (size_bytes + unit_bytes - 1) / unit_bytes);

  if (partition == NULL)
    return;
  g_ptr_array_add (self->touched, partition);
  g_array_append_val (self->weights, weight);
}

/* Rows of one partition come one after the other, and in the table the keys they are found by begin with its own. */
static gboolean
is_in_latest (const Reader *self, const HrMarksItem *item)
{
  const HrMarksPartition *latest = self->latest;

  return latest != NULL && self->marks->index == NULL && item != NULL && item->key.length > latest->key.length
         && memcmp (item->key.bytes, latest->key.bytes, latest->key.length) == 0;
}

static HrMarksPartition *
get_read_partition (Reader *self, const HrMarksItem *item, const HrValue *key)
{
  HrMarks *marks = self->marks;
  HrMarksPartition *partition = self->partition;

  if (partition == NULL)
    {
      partition = is_in_latest (self, item) ? self->latest : need_partition_of (marks, key);
      self->latest = partition;
    }
  if (partition != NULL && self->read.is_scan)
    partition->all.has_range = TRUE;
  return partition;
}

static gboolean
is_in_transaction (const Reader *self)
{
  const HrStepRun *step = get_step (self);

  return step != NULL
         && (strcmp (step->operation, "TransactWriteItems") == 0
             || strcmp (step->operation, "ExecuteTransaction") == 0);
}

/* A condition looked at an item that its request did not write. */
static void
note_check (Reader *self, HrMarksItem *item, HrMarksPartition *partition)
{
  if (!item->is_read)
    {
      item->is_read = TRUE;
      item->stage = self->marks->n_request_stages;
      item->mark.state = HR_MARK_CHECKED;
    }
  item->mark.in_transaction = item->mark.in_transaction || is_in_transaction (self);
  if (partition == NULL)
    return;
  partition->all.is_hit = TRUE;
  partition->all.has_transaction = partition->all.has_transaction || is_in_transaction (self);
}

static void
note_read (Reader *self, const HrTraceEvent *event, HrReadFate fate)
{
  HrMarks *marks = self->marks;
  HrMarksItem *item = need_item (marks, marks->reads, &marks->table_layout, &event->key);
  HrMarksPartition *partition = get_read_partition (self, item, &event->key);
  gboolean is_returned = fate == HR_FATE_RETURNED;

  if (!self->read.is_query && !self->read.is_scan)
    touch (self, partition, event->size_bytes, HR_UNIT_READ_BYTES);
  if (item == NULL)
    return;
  if (!is_returned && event->kind == HR_TRACE_READ && !self->read.is_query && !self->read.is_scan
      && !self->read.is_select)
    {
      note_check (self, item, partition);
      return;
    }
  self->last = item;
  self->last_partition = partition;
  item->in_range = item->in_range || self->read.is_query || self->read.is_scan;
  if (partition != NULL)
    partition->all.size_bytes += event->size_bytes;
  if (item->is_read && (item->mark.state == HR_MARK_RETURNED || !is_returned))
    return;
  if (!item->is_read)
    {
      item->is_read = TRUE;
      item->item = event->key;
      item->stage = marks->n_request_stages;
      marks->n_read++;
      if (partition != NULL)
        partition->all.n_read++;
    }
  item->mark.state = is_returned ? HR_MARK_RETURNED : HR_MARK_FILTERED;
  if (is_returned)
    item->mark.number = ++marks->n_returned;
  marks->has_filtered = marks->has_filtered || !is_returned;
  if (marks->first == NULL || (is_returned && item->mark.number == 1))
    marks->first = item;
  if (partition != NULL)
    partition->all.n_returned += is_returned;
}

static HrMarkState
get_write_state (const HrMark *mark)
{
  if (mark->before == NULL)
    return mark->after == NULL ? HR_MARK_NOT_READ : HR_MARK_INSERTED;
  return mark->after == NULL ? HR_MARK_DELETED : HR_MARK_REPLACED;
}

/* Of several writes to one item, what was there before the first and what is there after the last. */
static void
note_write (Reader *self, const HrTraceEvent *event)
{
  HrMarks *marks = self->marks;
  const HrValue *content = event->after != NULL ? event->after : event->before;
  HrMarksPartition *partition;
  HrMarksItem *item;

  if (content == NULL)
    return;
  item = need_item (marks, marks->writes, &marks->layout, content);
  partition = need_partition_of (marks, content);
  touch (self, partition, event->size_bytes, HR_UNIT_WRITE_BYTES);
  if (item == NULL)
    return;
  if (item->stage == 0)
    {
      item->stage = marks->n_request_stages;
      item->mark.before = event->before;
      g_ptr_array_add (marks->written, item);
      partition->all.n_written++;
    }
  item->mark.after = event->after;
  item->mark.state = get_write_state (&item->mark);
  item->mark.in_transaction = item->mark.in_transaction || is_in_transaction (self);
  partition->all.has_transaction = partition->all.has_transaction || is_in_transaction (self);
}

/* A line stands where the service gave a key to go on from; it looks for nothing behind the last item. */
static void
note_page_end (Reader *self)
{
  HrMarks *marks = self->marks;
  const HrStepRun *step = get_step (self);
  HrMarksPartition *partition = self->partition;
  guint page = partition != NULL ? ++partition->all.n_pages : ++marks->n_scan_pages;
  HrValue *key = hr_arena_new0 (marks->arena, HrValue);
  const char *body;

  self->page_ended = TRUE;
  if (self->last == NULL || step == NULL || self->number - self->step_start >= step->responses->len)
    return;
  body = get_kept (self, step->responses);
  if (!hr_response_get_last_key (body, marks->arena, key))
    return;
  self->line = hr_arena_new0 (marks->arena, HrMarksLine);
  self->line->line = (HrPageLine) { .page = page, .key = key, .backward = self->read.backward };
  self->line->stage = marks->n_request_stages;
  self->last->line = self->line;
  g_ptr_array_add (marks->lines, self->line);
}

static void
add_page_units (HrMarksPartition *partition, double units)
{
  HrPartitionMark *mark = &partition->all;

  if (mark->n_pages > 1 && mark->page_units != units)
    partition->has_uneven_pages = TRUE;
  mark->page_units = units;
}

/* What a request of single items consumed is shared out by the items' sizes, as the service counts. A statement may
 * be several reads, each with what it consumed behind its items. */
static void
note_capacity (Reader *self, const HrTraceEvent *event)
{
  double read_units = event->read_halves / 2.0;
  guint64 total = 0;

  if (self->line != NULL)
    self->line->line.read_units = read_units;
  if (self->partition != NULL)
    {
      self->partition->all.read_units += read_units;
      if (self->page_ended)
        add_page_units (self->partition, read_units);
      return;
    }
  for (guint i = 0; i < self->weights->len; i++)
    total += g_array_index (self->weights, guint64, i);
  for (guint i = 0; i < self->touched->len; i++)
    {
      HrMarksPartition *partition = g_ptr_array_index (self->touched, i);
      double share = (double) g_array_index (self->weights, guint64, i) / (double) total;

      partition->all.read_units += read_units * share;
      partition->all.write_units += event->write_units * share;
    }
  g_ptr_array_set_size (self->touched, 0);
  g_array_set_size (self->weights, 0);
}

/* An entry of a local index may lack attributes; then the item is read for them, which the table is charged for. */
static void
note_fetch (Reader *self, const HrTraceEvent *event)
{
  HrMarksPartition *partition = self->last_partition;

  if (self->last == NULL)
    return;
  if (event->kind == HR_TRACE_FETCH)
    {
      if (partition != NULL)
        partition->all.n_fetched += !self->last->mark.is_fetched;
      self->last->mark.is_fetched = TRUE;
      self->marks->has_fetched = TRUE;
    }
  else if (event->kind == HR_TRACE_CAPACITY && self->partition != NULL)
    self->partition->all.fetch_units += event->read_halves / 2.0;
}

static gboolean
is_shown (const HrMarks *self, const HrTraceEvent *event)
{
  return event->table != NULL && strcmp (event->table, self->table->name) == 0
         && g_strcmp0 (event->index, self->index) == 0;
}

static void
take_event (Reader *self, const HrTraceEvent *event)
{
  if (!self->has_request || event->request != self->number)
    begin_request (self, event->request);
  if (event->kind == HR_TRACE_READ)
    self->fate = event->fate;
  if (self->marks->index != NULL && event->index == NULL)
    note_fetch (self, event);
  if (!is_shown (self->marks, event))
    return;
  count_request (self);
  switch (event->kind)
    {
    case HR_TRACE_READ:
      note_read (self, event, event->fate);
      break;
    case HR_TRACE_FETCH:
      note_read (self, event, self->fate);
      break;
    case HR_TRACE_MISS:
      touch (self, need_partition_of (self->marks, &event->key), 0, HR_UNIT_READ_BYTES);
      break;
    case HR_TRACE_PAGE_END:
      note_page_end (self);
      break;
    case HR_TRACE_WRITE:
      note_write (self, event);
      break;
    case HR_TRACE_CAPACITY:
      note_capacity (self, event);
      break;
    }
}

void
hr_marks_read_trace (HrMarks *self)
{
  g_autoptr (GPtrArray) touched = g_ptr_array_new ();
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (guint64));
  Reader reader = { .marks = self, .touched = touched, .weights = weights };

  for (guint i = 0; i < hr_trace_get_count (self->run->trace); i++)
    take_event (&reader, hr_trace_get (self->run->trace, i));
  for (guint i = 0; i < self->partitions->len; i++)
    {
      HrMarksPartition *partition = g_ptr_array_index (self->partitions, i);

      partition->all.is_hit = partition->all.is_hit || partition->all.n_read > 0 || partition->all.n_written > 0;
      partition->all.range_rows = partition->all.has_range ? partition->all.n_read : 0;
      if (partition->has_uneven_pages)
        partition->all.page_units = 0;
    }
}
