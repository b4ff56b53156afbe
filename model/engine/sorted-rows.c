/*
 * Rows sorted in memory, and how SQLite is made to take them.
 *
 * What is sorted is small: a pointer with the first bytes of the key beside it, which tell most keys apart (they
 * begin with a hash), so that sorting seldom looks at the rows themselves. SQLite then reads the rows as a
 * virtual table: one statement takes them all, and stays at the end of the tree between them, in half the time of a
 * statement for each.
 */
#include "model/engine/sorted-rows.h"

#define MODULE_NAME "sorted_rows"

typedef struct
{
  guint64 prefix; /* the first bytes of the key, as a number */
  const HrSortedRow *row;
} Slot;

void
hr_sorted_rows_init (HrSortedRows *self)
{
  self->arena = hr_arena_new ();
  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
}

void
hr_sorted_rows_clear (HrSortedRows *self)
{
  g_clear_pointer (&self->arena, hr_arena_free);
  g_clear_pointer (&self->slots, g_array_unref);
}

void
hr_sorted_rows_reset (HrSortedRows *self)
{
  hr_arena_reset (self->arena);
  g_array_set_size (self->slots, 0);
}

static guint64
read_prefix (const HrBuffer *key)
{
  guint64 prefix = 0;

  memcpy (&prefix, key->data, MIN (key->length, sizeof prefix));
  return GUINT64_FROM_BE (prefix);
}

const HrSortedRow *
hr_sorted_rows_add (HrSortedRows *self, const HrBuffer *key, const HrRow *row, gboolean borrow_record)
{
  gsize copied = borrow_record ? 0 : row->record_length;
  HrSortedRow *sorted = hr_arena_alloc (self->arena, sizeof *sorted + key->length + copied);
  guint8 *content = (guint8 *) (sorted + 1);
  Slot slot = { read_prefix (key), sorted };

  *sorted = (HrSortedRow) { *row, memcpy (content, key->data, key->length), key->length };
  if (!borrow_record)
    sorted->row.record = memcpy (content + key->length, row->record, row->record_length);
  g_array_append_val (self->slots, slot);
  return sorted;
}

guint
hr_sorted_rows_get_count (const HrSortedRows *self)
{
  return self->slots->len;
}

const HrSortedRow *
hr_sorted_rows_get (const HrSortedRows *self, guint index)
{
  return g_array_index (self->slots, Slot, index).row;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const Slot *x = a;
  const Slot *y = b;
  int order;

  if (x->prefix != y->prefix)
    return x->prefix < y->prefix ? -1 : 1;
  order = memcmp (x->row->key, y->row->key, MIN (x->row->key_length, y->row->key_length));
  return order != 0 ? order : (x->row->key_length > y->row->key_length) - (x->row->key_length < y->row->key_length);
}

/* The virtual table: key, record, ordinal of one row after the other. It has no state but where it stands. */

typedef struct
{
  sqlite3_vtab base;
  HrSortedRows *rows;
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  HrSortedRows *rows;
  guint index;
} Cursor;

static int
table_connect_cb (sqlite3 *db, void *rows, int n_arguments, const char *const *arguments, sqlite3_vtab **result,
                  char **message)
{
  Table *table = sqlite3_malloc (sizeof *table);
  int code = sqlite3_declare_vtab (db, "CREATE TABLE rows (key, record, ordinal)");

  if (table == NULL || code != SQLITE_OK)
    {
      sqlite3_free (table);
      return table == NULL ? SQLITE_NOMEM : code;
    }
  *table = (Table) { .rows = rows };
  *result = &table->base;
  return SQLITE_OK;
}

static int
table_disconnect_cb (sqlite3_vtab *table)
{
  sqlite3_free (table);
  return SQLITE_OK;
}

static int
table_plan_cb (sqlite3_vtab *table, sqlite3_index_info *plan)
{
  return SQLITE_OK;
}

static int
cursor_open_cb (sqlite3_vtab *table, sqlite3_vtab_cursor **result)
{
  Cursor *cursor = sqlite3_malloc (sizeof *cursor);

  if (cursor == NULL)
    return SQLITE_NOMEM;
  *cursor = (Cursor) { .rows = ((Table *) table)->rows };
  *result = &cursor->base;
  return SQLITE_OK;
}

static int
cursor_close_cb (sqlite3_vtab_cursor *cursor)
{
  sqlite3_free (cursor);
  return SQLITE_OK;
}

static int
cursor_rewind_cb (sqlite3_vtab_cursor *cursor, int plan, const char *plan_text, int n_arguments,
                  sqlite3_value **arguments)
{
  ((Cursor *) cursor)->index = 0;
  return SQLITE_OK;
}

static int
cursor_next_cb (sqlite3_vtab_cursor *base)
{
  Cursor *cursor = (Cursor *) base;

  cursor->index++;
  return hr_progress_step (cursor->rows->progress) ? SQLITE_OK : SQLITE_INTERRUPT;
}

static int
cursor_is_at_end_cb (sqlite3_vtab_cursor *base)
{
  const Cursor *cursor = (const Cursor *) base;

  return cursor->index >= cursor->rows->slots->len;
}

static int
cursor_get_column_cb (sqlite3_vtab_cursor *base, sqlite3_context *result, int column)
{
  const Cursor *cursor = (const Cursor *) base;
  const HrSortedRow *sorted = hr_sorted_rows_get (cursor->rows, cursor->index);

  if (column == 0)
    sqlite3_result_blob64 (result, sorted->key, sorted->key_length, SQLITE_STATIC);
  else if (column == 1)
    sqlite3_result_blob64 (result, sorted->row.record, sorted->row.record_length, SQLITE_STATIC);
  else
    sqlite3_result_int64 (result, sorted->row.ordinal);
  return SQLITE_OK;
}

static int
cursor_get_number_cb (sqlite3_vtab_cursor *cursor, sqlite3_int64 *number)
{
  *number = ((Cursor *) cursor)->index;
  return SQLITE_OK;
}

static const sqlite3_module module = {
  .xConnect = table_connect_cb,
  .xBestIndex = table_plan_cb,
  .xDisconnect = table_disconnect_cb,
  .xOpen = cursor_open_cb,
  .xClose = cursor_close_cb,
  .xFilter = cursor_rewind_cb,
  .xNext = cursor_next_cb,
  .xEof = cursor_is_at_end_cb,
  .xColumn = cursor_get_column_cb,
  .xRowid = cursor_get_number_cb,
};

int
hr_sorted_rows_store (HrSortedRows *self, HrTree *tree, HrProgress *progress)
{
  int code;

  if (self->slots->len == 0)
    return SQLITE_OK;

  self->progress = progress;
  qsort (self->slots->data, self->slots->len, sizeof (Slot), compare_slots);
  code = sqlite3_create_module (tree->db, MODULE_NAME, &module, self);
  if (code == SQLITE_OK)
    code = hr_tree_take_all (tree, MODULE_NAME);
  sqlite3_create_module (tree->db, MODULE_NAME, NULL, NULL);
  return code;
}
