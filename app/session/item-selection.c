/*
 * The selected items: from the rows that are selected to the items that they are.
 *
 * Few are looked up in the outline that is shown. For many an outline is made anew from what the document holds, by the
 * thread that changes them: it has the same rows, as long as nothing has changed in between and the same partitions are
 * folded. An item of the table is known by its ordinal, one of an index by its key.
 */
#include "app/session/item-selection.h"

#include "app/session/session-private.h"
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/rows.h"
#include "model/value/record.h"

#define READ_AT_ONCE 1000    /* rows: few */
#define ROWS_A_FETCH 256
#define MEASURED_MAX 2000    /* rows, and whole partitions, that are looked at for a size */

struct _HrSelectedItems
{
  HrArena *arena;
  GArray *refs;      /* HrItemRef; empty: not looked up yet */
  char *table;
  guint64 count;
  /* of many */
  HrRowSet *rows;    /* or NULL */
  char *index;
  char *filter;
  GArray *folded;    /* guint64: positions of partitions */
  HrOutlineOptions options;
};

void
hr_selected_items_free (HrSelectedItems *self)
{
  if (self == NULL)
    return;
  hr_arena_free (self->arena);
  g_array_unref (self->refs);
  g_clear_pointer (&self->folded, g_array_unref);
  hr_row_set_free (self->rows);
  g_free (self->table);
  g_free (self->index);
  g_free (self->filter);
  g_free (self);
}

guint64
hr_selected_items_count (const HrSelectedItems *self)
{
  return self->count;
}

const char *
hr_selected_items_get_table (const HrSelectedItems *self)
{
  return self->table;
}

/* Rows */

/* FALSE ends it. */
typedef gboolean (*RowFunc) (const HrOutlineRow *row, gpointer user_data);

/* Rows of one partition from @row on, at most @count. Returns how many; 0: the store failed, or it is called off. */
static guint64
visit_partition (const HrOutline *outline, guint64 position, guint64 row, guint64 count, RowFunc func,
                 gpointer user_data)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutlineRow rows[ROWS_A_FETCH];
  HrPartition partition;
  guint64 done = 0;

  if (!hr_outline_get_partition (outline, position, &partition))
    return 0;
  count = MIN (count, partition.n_rows - row);
  while (done < count)
    {
      guint n;

      hr_arena_reset (arena);
      n = hr_outline_fetch (outline, position, row + done, (guint) MIN (count - done, ROWS_A_FETCH), arena, rows, NULL);
      if (n == 0)
        return 0;
      for (guint i = 0; i < n; i++)
        if (!func (&rows[i], user_data))
          return 0;
      done += n;
    }
  return done;
}

/* FALSE: it was called off, or the store failed. */
static gboolean
visit_rows (const HrOutline *outline, const HrRowSet *rows, RowFunc func, gpointer user_data)
{
  const HrRowRange *ranges;
  guint n = hr_row_set_get_ranges (rows, &ranges);

  for (guint i = 0; i < n; i++)
    for (guint64 number = ranges[i].first; number < ranges[i].end;)
      {
        guint64 position, row, n_done;

        if (!hr_outline_locate_row_number (outline, number, &position, &row))
          return FALSE;
        n_done = visit_partition (outline, position, row, ranges[i].end - number, func, user_data);
        if (n_done == 0)
          return FALSE;
        number += n_done;
      }
  return TRUE;
}

/* Entries */

typedef struct
{
  HrSelectedItems *self;
  HrDocument *document;
} Gathering;

static gboolean
gather_cb (const HrOutlineRow *row, gpointer user_data)
{
  Gathering *gathering = user_data;
  HrSelectedItems *self = gathering->self;
  HrItemRef ref = { self->table, NULL, row->ordinal };
  HrValue key;

  if (row->ordinal < 0)
    {
      HrValue copy;

      if (!hr_document_get_key (gathering->document, self->table, &row->item, self->arena, &key))
        return FALSE;
      copy = hr_value_copy (self->arena, &key);
      ref.key = hr_arena_memdup (self->arena, &copy, sizeof copy);
    }
  g_array_append_val (self->refs, ref);
  return TRUE;
}

static gboolean
gather (HrSelectedItems *self, HrDocument *document, const HrOutline *outline, const HrRowSet *rows, GError **error)
{
  Gathering gathering = { self, document };

  if (visit_rows (outline, rows, gather_cb, &gathering))
    return TRUE;
  g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, _("The selected items cannot be read."));
  return FALSE;
}

static GArray *
list_folded (HrSession *session)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (guint64));
  HrPartition partition;

  for (guint64 i = 0; session->has_folded && hr_outline_get_partition (session->shown->outline, i, &partition); i++)
    if (partition.is_folded)
      g_array_append_val (folded, i);
  return folded;
}

static void
note_rows (HrSelectedItems *self, HrSession *session, const HrRowSet *rows)
{
  const HrOutlineOptions *options = &session->shown->options;

  self->rows = hr_row_set_copy (rows);
  self->index = g_strdup (options->index);
  self->filter = g_strdup (options->filter);
  self->options = (HrOutlineOptions) { .table = self->table, .index = self->index, .filter = self->filter,
                                       .order = options->order, .hidden_entities = options->hidden_entities };
  self->folded = list_folded (session);
}

static gboolean
take_rows (HrSelectedItems *self, HrSession *session, const HrRowSet *rows, GError **error)
{
  self->count = hr_row_set_count (rows);
  if (self->count <= READ_AT_ONCE)
    return gather (self, hr_session_get_document (session), hr_session_get_outline (session), rows, error);
  note_rows (self, session, rows);
  return TRUE;
}

static void
take_one (HrSelectedItems *self, const HrValue *key, gint64 draft)
{
  HrItemRef ref = { self->table, NULL, draft };
  HrValue copy;

  if (key != NULL)
    {
      copy = hr_value_copy (self->arena, key);
      ref.key = hr_arena_memdup (self->arena, &copy, sizeof copy);
    }
  g_array_append_val (self->refs, ref);
  self->count = 1;
}

HrSelectedItems *
hr_selected_items_new (HrSession *session, GError **error)
{
  const HrTable *table = hr_session_get_table (session);
  const HrValue *key = hr_session_get_selected_key (session, NULL);
  const HrRowSet *rows = hr_session_get_selected_rows (session);
  g_autoptr (HrSelectedItems) self = NULL;
  gint64 draft = -1;

  if (table == NULL || hr_session_is_busy (session) || (rows != NULL && hr_session_get_outline (session) == NULL)
      || (rows == NULL && key == NULL && !hr_session_get_selected_draft (session, &draft)))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("Select an item first."));
      return NULL;
    }
  self = g_new0 (HrSelectedItems, 1);
  self->arena = hr_arena_new ();
  self->refs = g_array_new (FALSE, FALSE, sizeof (HrItemRef));
  self->table = g_strdup (table->name);
  if (rows == NULL)
    take_one (self, key, draft);
  else if (!take_rows (self, session, rows, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
look_up (HrSelectedItems *self, HrDocument *document, GError **error)
{
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), self->table);
  g_autoptr (HrOutline) outline = NULL;

  if (table != NULL)
    outline = hr_outline_new (hr_document_get_engine (document), table, &self->options, NULL, error);
  if (outline == NULL)
    return FALSE;
  for (guint i = 0; i < self->folded->len; i++)
    hr_outline_set_folded (outline, g_array_index (self->folded, guint64, i), TRUE);
  return gather (self, document, outline, self->rows, error);
}

const HrItemRef *
hr_selected_items_resolve (HrSelectedItems *self, HrDocument *document, guint *n_refs, GError **error)
{
  if (self->refs->len == 0 && !look_up (self, document, error))
    return NULL;
  *n_refs = self->refs->len;
  return &g_array_index (self->refs, HrItemRef, 0);
}

/* Reading */

typedef struct
{
  HrSession *session;
  HrArena *arena;
  GArray *items;
  guint limit;
} Reading;

/* What an index holds of an item may be less than there is. */
static gboolean
read_whole (const Reading *reading, const HrValue *entry, HrValue *item)
{
  HrDocument *document = hr_session_get_document (reading->session);
  const char *table = hr_session_get_table (reading->session)->name;
  HrValue key;
  HrRow row;

  return hr_document_get_key (document, table, entry, reading->arena, &key)
         && hr_engine_get_row (hr_document_get_engine (document), table, &key, reading->arena, &row, NULL)
         && hr_record_decode (row.record, row.record_length, reading->arena, item);
}

static gboolean
read_cb (const HrOutlineRow *row, gpointer user_data)
{
  Reading *reading = user_data;
  HrValue item;

  if (reading->items->len == reading->limit)
    return FALSE;
  if (row->ordinal >= 0)
    item = hr_value_copy (reading->arena, &row->item);
  else if (!read_whole (reading, &row->item, &item))
    return TRUE;
  g_array_append_val (reading->items, item);
  return TRUE;
}

void
hr_session_read_selected (HrSession *session, guint limit, HrArena *arena, GArray *items)
{
  const HrValue *key = hr_session_get_selected_key (session, NULL);
  const HrRowSet *rows = hr_session_get_selected_rows (session);
  HrOutline *outline = hr_session_get_outline (session);
  Reading reading = { session, arena, items, limit };
  HrValue item;

  if (hr_session_get_table (session) == NULL || hr_session_is_busy (session))
    return;
  if (rows != NULL && outline != NULL)
    visit_rows (outline, rows, read_cb, &reading);
  else if (key != NULL && read_whole (&reading, key, &item))
    g_array_append_val (items, item);
}

/* Size */

static gboolean
measure_cb (const HrOutlineRow *row, gpointer user_data)
{
  *(guint64 *) user_data += row->size_bytes;
  return TRUE;
}

/* From row @number on up to @end: a partition, or what is selected of it. Returns where the next one begins; 0: there
 * is too much to look at. */
static guint64
measure_partition (const HrOutline *outline, guint64 number, guint64 end, guint64 *budget, guint64 *size_bytes)
{
  guint64 position, row, count, cost;
  HrPartition partition;

  if (!hr_outline_locate_row_number (outline, number, &position, &row)
      || !hr_outline_get_partition (outline, position, &partition))
    return 0;
  count = MIN (end - number, partition.n_rows - row);
  cost = count == partition.n_rows ? 1 : count;
  if (cost > *budget)
    return 0;
  *budget -= cost;
  if (count == partition.n_rows)
    *size_bytes += partition.size_bytes;
  else if (visit_partition (outline, position, row, count, measure_cb, size_bytes) == 0)
    return 0;
  return number + count;
}

gboolean
hr_session_measure_selected (HrSession *session, guint64 *size_bytes)
{
  const HrRowSet *rows = hr_session_get_selected_rows (session);
  HrOutline *outline = hr_session_get_outline (session);
  guint64 budget = MEASURED_MAX;
  const HrRowRange *ranges;
  HrOutlineTotals totals;
  guint n;

  *size_bytes = 0;
  if (rows == NULL || outline == NULL || hr_session_is_busy (session))
    return FALSE;
  hr_outline_get_totals (outline, &totals);
  *size_bytes = totals.size_bytes;
  if (hr_row_set_count (rows) == totals.n_rows)
    return TRUE;
  *size_bytes = 0;
  n = hr_row_set_get_ranges (rows, &ranges);
  for (guint i = 0; i < n; i++)
    for (guint64 number = ranges[i].first; number < ranges[i].end;)
      {
        number = measure_partition (outline, number, ranges[i].end, &budget, size_bytes);
        if (number == 0)
          return FALSE;
      }
  return TRUE;
}
