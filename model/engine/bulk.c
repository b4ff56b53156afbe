/*
 * Many new rows of one table.
 *
 * What is expensive is to find the place of each row and each entry in trees that fit into no cache, and to split
 * pages there, so that happens when all rows are known, in the order of the trees. (In portions it would not do:
 * the second one would split the pages that the first has filled.) Only keys are looked at before, for a row that
 * comes twice is refused when it comes.
 */
#include "model/engine/bulk.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/catalogue.h"
#include "model/engine/expiry.h"
#include "model/engine/index-build.h"
#include "model/engine/recovery.h"
#include "model/engine/row-copy.h"
#include "model/value/record.h"

struct _HrBulk
{
  /* owned */
  HrSortedRows rows;
  GHashTable *keys; /* of these rows */
  HrArena *arena;   /* reset for each row */
  HrBuffer key;     /* of the row that is added */
  gboolean has_rows; /* the table has */

  /* borrowed */
  HrEngine *engine;
  HrStoredTable *table;
};

/* Keys begin with a hash, but of their partition only. */
static guint
hash_row (gconstpointer data)
{
  const HrSortedRow *row = data;
  guint64 hash = row->key_length;

  for (gsize i = 0; i < row->key_length; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, row->key + i, MIN (sizeof word, row->key_length - i));
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

static gboolean
rows_have_same_key (gconstpointer a, gconstpointer b)
{
  const HrSortedRow *x = a;
  const HrSortedRow *y = b;

  return x->key_length == y->key_length && memcmp (x->key, y->key, x->key_length) == 0;
}

HrBulk *
hr_bulk_new (HrEngine *engine, const char *table_name, GError **error)
{
  HrStoredTable *table = hr_engine_find_table (engine, table_name);
  HrBulk *self;

  if (table == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no table “%s”."), table_name);
      return NULL;
    }
  self = g_new0 (HrBulk, 1);
  hr_sorted_rows_init (&self->rows);
  self->keys = g_hash_table_new (hash_row, rows_have_same_key);
  self->arena = hr_arena_new ();
  self->engine = engine;
  self->table = table;
  self->has_rows = hr_tree_probe (&table->tree) != SQLITE_DONE;
  return self;
}

void
hr_bulk_free (HrBulk *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->keys);
  hr_sorted_rows_clear (&self->rows);
  hr_arena_free (self->arena);
  hr_buffer_clear (&self->key);
  g_free (self);
}

static gboolean
fail (const HrServiceError *service, GError **error)
{
  g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, service->message);
  return FALSE;
}

static void
count_rows (HrBulk *self)
{
  HrCounters *counters;

  hr_savepoint_keep_counters (self->engine, self->table);
  counters = self->table->counters;
  for (guint i = 0; i < hr_sorted_rows_get_count (&self->rows); i++)
    {
      const HrRow *row = &hr_sorted_rows_get (&self->rows, i)->row;

      counters->items.item_count++;
      counters->items.size_bytes += (gint64) hr_record_size_bytes (row->record, row->record_length);
      counters->next_ordinal = MAX (counters->next_ordinal, row->ordinal + 1);
    }
}

static gboolean
add_expiries (HrBulk *self)
{
  if (self->table->expiry.attribute == NULL)
    return TRUE;
  for (guint i = 0; i < hr_sorted_rows_get_count (&self->rows); i++)
    {
      const HrSortedRow *row = hr_sorted_rows_get (&self->rows, i);

      if (!hr_expiry_add (self->engine, self->table, row->key, row->key_length, &row->row, self->arena))
        return FALSE;
    }
  return TRUE;
}

/* The first rows of a table are not worth a log: one can go back to them, not behind them. */
static gboolean
append_recovery (HrBulk *self)
{
  if (!self->table->recovery.is_on)
    return TRUE;
  if (!self->has_rows)
    return hr_recovery_forget (self->engine, self->table);
  for (guint i = 0; i < hr_sorted_rows_get_count (&self->rows); i++)
    {
      const HrSortedRow *row = hr_sorted_rows_get (&self->rows, i);

      if (!hr_recovery_append (self->engine, self->table, row->key, row->key_length, NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_for_copies (HrBulk *self)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < hr_sorted_rows_get_count (&self->rows); i++)
    {
      const HrSortedRow *row = hr_sorted_rows_get (&self->rows, i);

      ok = hr_row_copy_keep (self->engine, self->table, row->key, row->key_length, NULL);
    }
  return ok;
}

static gboolean
write_rows (HrBulk *self, HrServiceError *error)
{
  HrEngine *engine = self->engine;

  if (hr_savepoint_is_given_up (engine))
    return hr_engine_fail_service (engine, self->arena, error);
  count_rows (self);
  engine->epoch++;
  if (hr_sorted_rows_store (&self->rows, &self->table->tree, engine->progress) != SQLITE_OK)
    return hr_engine_fail_service (engine, self->arena, error);
  if (!add_expiries (self) || !append_recovery (self) || !keep_for_copies (self))
    return hr_engine_fail_service (engine, self->arena, error);
  for (guint i = 0; i < self->table->n_indexes; i++)
    if (!hr_index_build_from_rows (engine, self->table, i, &self->rows, self->arena, error))
      return FALSE;
  return TRUE;
}

static void
tell_watch (const HrBulk *self)
{
  const HrEngine *engine = self->engine;

  for (guint i = 0; engine->watch != NULL && i < hr_sorted_rows_get_count (&self->rows); i++)
    engine->watch (self->table->definition->name, NULL, &hr_sorted_rows_get (&self->rows, i)->row,
                   engine->watch_data);
}

/* Wholly or not at all, so that the counters never tell of a part. */
static gboolean
flush (HrBulk *self, HrServiceError *error)
{
  if (hr_sorted_rows_get_count (&self->rows) == 0)
    return TRUE;
  if (!hr_savepoint_begin (self->engine, self->arena, error))
    return FALSE;
  if (!write_rows (self, error))
    {
      hr_savepoint_rollback (self->engine);
      return FALSE;
    }
  if (!hr_savepoint_commit (self->engine, self->arena, error))
    return FALSE;
  tell_watch (self);
  g_hash_table_remove_all (self->keys);
  hr_sorted_rows_reset (&self->rows);
  self->has_rows = TRUE;
  return TRUE;
}

/* Whether the table or the bulk has no row with the key yet. */
static gboolean
is_new_key (HrBulk *self, gboolean *is_new, HrServiceError *error)
{
  HrSortedRow wanted = { .key = (const guint8 *) self->key.data, .key_length = self->key.length };
  HrRow found;
  int code = SQLITE_DONE;

  *is_new = !g_hash_table_contains (self->keys, &wanted);
  if (!*is_new || !self->has_rows)
    return TRUE;
  code = hr_tree_get (&self->table->tree, wanted.key, wanted.key_length, self->arena, &found);
  *is_new = code == SQLITE_DONE;
  return *is_new || code == SQLITE_ROW || hr_engine_fail_service (self->engine, self->arena, error);
}

static gboolean
add (HrBulk *self, const HrRow *row, gboolean *is_new, HrServiceError *error)
{
  if (!is_new_key (self, is_new, error))
    return FALSE;
  if (*is_new)
    g_hash_table_add (self->keys, (gpointer) hr_sorted_rows_add (&self->rows, &self->key, row, FALSE));
  return TRUE;
}

gboolean
hr_bulk_add (HrBulk *self, const HrRow *row, gboolean *is_new, GError **error)
{
  const HrKeyLayout *layout = &self->table->layout;
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  HrValue values[HR_KEY_PARTS_MAX];

  if (!hr_progress_step (self->engine->progress))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_CANCELLED, _ ("The change was called off."));
      return FALSE;
    }
  hr_arena_reset (self->arena);
  if (!hr_key_layout_gather_record (layout, row->record, row->record_length, self->arena, values))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The item lacks a key of table “%s”."),
                   self->table->definition->name);
      return FALSE;
    }
  hr_buffer_truncate (&self->key, 0);
  hr_key_encode (layout, values, layout->n_key, &self->key);
  return add (self, row, is_new, &service) || fail (&service, error);
}

gboolean
hr_bulk_finish (HrBulk *self, GError **error)
{
  HrServiceError service = HR_SERVICE_ERROR_INIT;

  return flush (self, &service) || fail (&service, error);
}
