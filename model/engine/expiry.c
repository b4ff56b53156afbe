/*
 * Times of expiry: one SQLite table beside the items, (seconds, row key) in order.
 *
 * It is changed with each item, as an index is, so that a sweep costs what it finds and not what the table has. How far
 * the rows from before have been looked at stands in the database as the key of the last one (`built_to`, NULL when all
 * have been); a row that is written meanwhile has its time already when it is come to, which does no harm.
 */
#include "model/engine/expiry.h"

#include "model/engine/garbage.h"
#include "model/engine/sql.h"
#include "model/value/record.h"

static void
take_attribute (HrStoredTable *table)
{
  const char *attribute = table->definition->settings.ttl_attribute;

  table->expiry.attribute = attribute;
  table->expiry.attribute_length = attribute != NULL ? strlen (attribute) : 0;
}

gboolean
hr_expiry_load (HrEngine *engine, HrStoredTable *table)
{
  sqlite3_stmt *statement;
  gboolean is_kept;

  if (table->definition->settings.ttl_attribute == NULL)
    return TRUE;

  statement = hr_sql_prepare (engine, "SELECT 1 FROM expiries WHERE table_number = %" G_GINT64_FORMAT, table->number);
  is_kept = sqlite3_step (statement) == SQLITE_ROW;
  if (sqlite3_finalize (statement) != SQLITE_OK)
    return FALSE;
  if (is_kept)
    take_attribute (table);
  return TRUE;
}

gboolean
hr_expiry_begin (HrEngine *engine, HrStoredTable *table, gboolean is_empty)
{
  sqlite3_stmt *statement;

  take_attribute (table);
  if (table->expiry.attribute == NULL)
    return TRUE;
  if (!hr_sql_execute (engine, "CREATE TABLE expiry_%" G_GINT64_FORMAT
                       " (seconds INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY (seconds, key)) WITHOUT ROWID",
                       table->number))
    return FALSE;
  statement = hr_sql_prepare (engine,
                              "INSERT INTO expiries (table_number, attribute, built_to) VALUES (%" G_GINT64_FORMAT
                              ", ?1, ?2)", table->number);
  sqlite3_bind_text (statement, 1, table->expiry.attribute, -1, SQLITE_STATIC);
  if (!is_empty)
    sqlite3_bind_zeroblob (statement, 2, 0);
  engine->sweep_us = 0;
  return hr_sql_run_once (statement);
}

gboolean
hr_expiry_end (HrEngine *engine, HrStoredTable *table)
{
  g_autofree char *name = g_strdup_printf ("expiry_%" G_GINT64_FORMAT, table->number);

  return table->expiry.attribute == NULL
         || (hr_garbage_drop (engine, name, -1)
             && hr_sql_execute (engine, "DELETE FROM expiries WHERE table_number = %" G_GINT64_FORMAT, table->number));
}

gboolean
hr_expiry_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next)
{
  if (g_strcmp0 (table->definition->settings.ttl_attribute, next->definition->settings.ttl_attribute) != 0)
    return hr_expiry_end (engine, table) && hr_expiry_begin (engine, next, FALSE);
  take_attribute (next);
  return TRUE;
}

/* The first second at which a time has passed. FALSE for times so far off that nobody will see them. */
static gboolean
decimal_to_seconds (const HrDecimal *decimal, gint64 *seconds)
{
  const unsigned __int128 most = G_MAXINT64 / 2;
  unsigned __int128 value = decimal->coefficient;
  gboolean has_rest = FALSE;

  if (decimal->negative)
    return FALSE;
  for (int i = decimal->exponent; i > 0 && value <= most; i--)
    value *= 10;
  for (int i = decimal->exponent; i < 0; i++)
    {
      has_rest |= value % 10 != 0;
      value /= 10;
    }
  *seconds = value <= most ? (gint64) value + has_rest : 0;
  return value <= most;
}

static gboolean
find_seconds (const HrStoredTable *table, const HrRow *row, HrArena *arena, gint64 *seconds)
{
  const HrTableExpiry *expiry = &table->expiry;
  HrDecimal decimal;
  HrValue value;

  if (!hr_record_get (row->record, row->record_length, expiry->attribute, expiry->attribute_length, arena, &value)
      || value.type != HR_TYPE_N)
    return FALSE;
  decimal = hr_value_get_decimal (&value);
  return decimal_to_seconds (&decimal, seconds);
}

static sqlite3_stmt *
prepare (HrEngine *engine, const HrStoredTable *table, HrExpiryStatement which)
{
  return which == HR_EXPIRY_PUT
             ? hr_sql_prepare (engine, "REPLACE INTO expiry_%" G_GINT64_FORMAT " (seconds, key) VALUES (?1, ?2)",
                               table->number)
             : hr_sql_prepare (engine, "DELETE FROM expiry_%" G_GINT64_FORMAT " WHERE seconds = ?1 AND key = ?2",
                               table->number);
}

static gboolean
run (HrEngine *engine, HrStoredTable *table, HrExpiryStatement which, gint64 seconds, const guint8 *key,
     gsize key_length)
{
  sqlite3_stmt **statement = &table->expiry.statements[which];
  gboolean ok;

  if (G_UNLIKELY (*statement == NULL))
    *statement = prepare (engine, table, which);
  sqlite3_bind_int64 (*statement, 1, seconds);
  sqlite3_bind_blob64 (*statement, 2, key, key_length, SQLITE_STATIC);
  ok = sqlite3_step (*statement) == SQLITE_DONE;
  sqlite3_reset (*statement);
  return ok;
}

static gint64
to_time_us (HrEngine *engine, gint64 seconds)
{
  return seconds < G_MAXINT64 / G_USEC_PER_SEC - engine->ttl_delay_us / G_USEC_PER_SEC
             ? seconds * G_USEC_PER_SEC + engine->ttl_delay_us
             : G_MAXINT64;
}

static gboolean
put (HrEngine *engine, HrStoredTable *table, gint64 seconds, const guint8 *key, gsize key_length)
{
  engine->sweep_us = MIN (engine->sweep_us, to_time_us (engine, seconds));
  return run (engine, table, HR_EXPIRY_PUT, seconds, key, key_length);
}

gboolean
hr_expiry_update (HrEngine *engine, const HrChange *change, HrArena *arena)
{
  HrStoredTable *table = change->table;
  gint64 before = 0;
  gint64 after = 0;
  gboolean had = change->has_before && find_seconds (table, &change->before, arena, &before);
  gboolean has = change->has_after && find_seconds (table, &change->after, arena, &after);

  if (had && has && before == after)
    return TRUE;
  return (!had || run (engine, table, HR_EXPIRY_DELETE, before, change->key, change->key_length))
         && (!has || put (engine, table, after, change->key, change->key_length));
}

gboolean
hr_expiry_add (HrEngine *engine, HrStoredTable *table, const guint8 *key, gsize key_length, const HrRow *row,
               HrArena *arena)
{
  gint64 seconds;

  return table->expiry.attribute == NULL || !find_seconds (table, row, arena, &seconds)
         || put (engine, table, seconds, key, key_length);
}

/* Where the building stands; NULL when it is done. */
static GBytes *
read_built_to (HrEngine *engine, const HrStoredTable *table)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT built_to FROM expiries WHERE built_to IS NOT NULL"
                                            " AND table_number = %" G_GINT64_FORMAT, table->number);
  GBytes *bytes = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    bytes = g_bytes_new (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
  sqlite3_finalize (statement);
  return bytes;
}

/* @key NULL: done. */
static gboolean
write_built_to (HrEngine *engine, const HrStoredTable *table, const HrBuffer *key)
{
  sqlite3_stmt *statement = hr_sql_prepare (engine, "UPDATE expiries SET built_to = ?1 WHERE table_number = %"
                                            G_GINT64_FORMAT,
                                            table->number);

  if (key != NULL)
    sqlite3_bind_blob64 (statement, 1, key->data, key->length, SQLITE_STATIC);
  return hr_sql_run_once (statement);
}

/* The rows behind @key, which becomes the last one looked at. */
static gboolean
add_rows (HrEngine *engine, HrStoredTable *table, HrBuffer *key, guint *limit, gboolean *is_built)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  HrKeyRange range = HR_KEY_RANGE_ALL;
  HrRow row = { .ordinal = 0 };
  int code;

  hr_buffer_append_char (key, '\0'); /* the first key behind */
  range.lower = (const guint8 *) key->data;
  range.lower_length = key->length;
  code = hr_tree_cursor_open (&cursor, &table->tree, &range, FALSE);
  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      const guint8 *row_key;
      gsize key_length;

      if (*limit == 0)
        return TRUE;
      code = hr_tree_cursor_next (&cursor, &row.record, &row.record_length);
      if (code != SQLITE_ROW)
        break;
      (*limit)--;
      hr_tree_cursor_get_key (&cursor, &row_key, &key_length);
      if (!hr_expiry_add (engine, table, row_key, key_length, &row, engine->scratch))
        return FALSE;
      hr_arena_reset (engine->scratch);
      hr_buffer_truncate (&engine->buffer, 0);
      hr_buffer_append (&engine->buffer, row_key, key_length);
    }
  *is_built = code == SQLITE_DONE;
  return *is_built;
}

gboolean
hr_expiry_build (HrEngine *engine, HrStoredTable *table, guint *limit, gboolean *is_built)
{
  g_autoptr (GBytes) from = read_built_to (engine, table);
  g_auto (HrBuffer) key = HR_BUFFER_INIT;

  *is_built = from == NULL;
  if (*is_built)
    return TRUE;
  hr_buffer_append (&key, g_bytes_get_data (from, NULL), g_bytes_get_size (from));
  hr_buffer_truncate (&engine->buffer, 0);
  hr_buffer_append (&engine->buffer, key.data, key.length);
  return add_rows (engine, table, &key, limit, is_built)
         && write_built_to (engine, table, *is_built ? NULL : &engine->buffer);
}

GPtrArray *
hr_expiry_list (HrEngine *engine, HrStoredTable *table, gint64 from, gint64 until, guint limit, gint64 *next)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  sqlite3_stmt *statement = hr_sql_prepare (engine, "SELECT seconds, key FROM expiry_%" G_GINT64_FORMAT
                                            " WHERE seconds >= ?1 ORDER BY seconds, key", table->number);

  sqlite3_bind_int64 (statement, 1, from);
  *next = G_MAXINT64;
  while (keys->len < limit && sqlite3_step (statement) == SQLITE_ROW)
    {
      if (sqlite3_column_int64 (statement, 0) >= until)
        {
          *next = sqlite3_column_int64 (statement, 0);
          break;
        }
      g_ptr_array_add (keys, g_bytes_new (sqlite3_column_blob (statement, 1),
                                          (gsize) sqlite3_column_bytes (statement, 1)));
    }
  sqlite3_finalize (statement);
  return keys;
}
