/*
 * Looking at everything: the dump of a table, and whether its indexes are what its rows make them.
 *
 * Verifying takes each row, builds the entries that it must have and looks them up; when all are there and
 * equal, equal numbers of entries mean that there are no others.
 */
#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/change.h"
#include "model/engine/counts.h"
#include "model/value/codec.h"
#include "model/value/record.h"

typedef struct
{
  HrEngine *engine;
  HrStoredTable *table;
  HrArena *arena; /* reset for each row */
  char *difference;
  gint64 item_count;
  gint64 size_bytes;
  HrIndexInfo *expected; /* of each index */
} Verifier;

static void
append_hex (HrBuffer *out, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    hr_buffer_printf (out, "%02x", bytes[i]);
}

static gboolean
dump_tree (HrEngine *self, HrTree *tree, HrArena *arena, HrBuffer *out)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  const guint8 *record, *key;
  gsize length, key_length;
  int code = hr_tree_cursor_open (&cursor, tree, &HR_KEY_RANGE_ALL, FALSE);

  if (code != SQLITE_OK)
    return FALSE;
  while ((code = hr_tree_cursor_next (&cursor, &record, &length)) == SQLITE_ROW)
    {
      HrValue item;

      hr_tree_cursor_get_key (&cursor, &key, &key_length);
      append_hex (out, key, key_length);
      if (tree->has_ordinals)
        hr_buffer_printf (out, " #%" G_GINT64_FORMAT, hr_tree_cursor_get_ordinal (&cursor));
      hr_buffer_append_char (out, ' ');
      if (hr_record_decode (record, length, arena, &item))
        hr_item_to_json (&item, TRUE, out);
      else
        hr_buffer_append_string (out, "(no item)");
      hr_buffer_append_char (out, '\n');
      hr_arena_reset (arena);
    }
  return code == SQLITE_DONE;
}

static HrStoredTable *
need_table (HrEngine *self, const char *name, GError **error)
{
  HrStoredTable *table = hr_engine_find_table (self, name);

  if (table == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("There is no table “%s”."), name);
  return table;
}

gboolean
hr_engine_dump_table (HrEngine *self, const char *table_name, HrBuffer *out, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrStoredTable *table = need_table (self, table_name, error);

  if (table == NULL)
    return FALSE;
  hr_buffer_printf (out, "table %s\n", table->definition->name);
  if (!dump_tree (self, &table->tree, arena, out))
    return hr_engine_fail (self, error);
  for (guint i = 0; i < table->n_indexes; i++)
    {
      hr_buffer_printf (out, "index %s\n", table->indexes[i].definition->name);
      if (!dump_tree (self, &table->indexes[i].tree, arena, out))
        return hr_engine_fail (self, error);
    }
  return TRUE;
}

static G_GNUC_PRINTF (2, 3) gboolean
differ (Verifier *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  self->difference = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
verify_entry (Verifier *self, HrStoredIndex *index, const HrValue *item, HrIndexInfo *expected)
{
  const char *name = index->definition->name;
  g_auto (HrBuffer) key = HR_BUFFER_INIT;
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  HrValue projected;
  HrRow row;

  if (!hr_key_layout_gather (&index->layout, item, values))
    return TRUE;
  hr_key_encode (&index->layout, values, index->layout.n_parts, &key);
  projected = hr_stored_index_project (index, item, self->arena);
  hr_record_encode (&projected, &record);
  expected->item_count++;
  expected->size_bytes += hr_record_size_bytes ((guint8 *) record.data, record.length);
  if (hr_tree_get (&index->tree, (guint8 *) key.data, key.length, self->arena, &row) != SQLITE_ROW)
    return differ (self, "index %s lacks the entry of row %" G_GINT64_FORMAT, name, self->item_count - 1);
  if (row.record_length != record.length || memcmp (row.record, record.data, record.length) != 0)
    return differ (self, "index %s has another entry for row %" G_GINT64_FORMAT, name, self->item_count - 1);
  return TRUE;
}

static gboolean
verify_key (Verifier *self, HrTreeCursor *cursor, const HrValue *item)
{
  g_auto (HrBuffer) expected = HR_BUFFER_INIT;
  HrValue values[HR_KEY_PARTS_MAX];
  const guint8 *key;
  gsize length;

  if (!hr_key_layout_gather (&self->table->layout, item, values))
    return differ (self, "row %" G_GINT64_FORMAT " lacks its key", self->item_count);
  hr_key_encode (&self->table->layout, values, self->table->layout.n_key, &expected);
  hr_tree_cursor_get_key (cursor, &key, &length);
  if (length != expected.length || memcmp (key, expected.data, length) != 0)
    return differ (self, "row %" G_GINT64_FORMAT " stands under another key", self->item_count);
  return TRUE;
}

static gboolean
verify_row (Verifier *self, HrTreeCursor *cursor, const guint8 *record, gsize length)
{
  const guint8 *key;
  gsize key_length;
  HrValue item;

  if (!hr_record_decode (record, length, self->arena, &item))
    return differ (self, "row %" G_GINT64_FORMAT " is no item", self->item_count);
  if (!verify_key (self, cursor, &item))
    return FALSE;
  self->item_count++;
  self->size_bytes += hr_record_size_bytes (record, length);
  hr_tree_cursor_get_key (cursor, &key, &key_length);
  for (guint i = 0; i < self->table->n_indexes; i++)
    if (hr_stored_index_covers (&self->table->indexes[i], key, key_length)
        && !verify_entry (self, &self->table->indexes[i], &item, &self->expected[i]))
      return FALSE;
  return TRUE;
}

/* Entries that no row accounts for. */
static gboolean
verify_count (Verifier *self, HrStoredIndex *index, const HrIndexInfo *expected)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  const guint8 *record;
  gsize length;
  gint64 count = 0;

  if (hr_tree_cursor_open (&cursor, &index->tree, &HR_KEY_RANGE_ALL, FALSE) == SQLITE_OK)
    while (hr_tree_cursor_next (&cursor, &record, &length) == SQLITE_ROW)
      count++;
  if (count != expected->item_count)
    return differ (self, "index %s has %" G_GINT64_FORMAT " entries instead of %" G_GINT64_FORMAT,
                   index->definition->name, count, expected->item_count);
  return TRUE;
}

static gboolean
verify_counters (Verifier *self)
{
  HrIndexInfo items = hr_counts_get_items (self->engine, self->table);

  if (items.item_count != self->item_count || items.size_bytes != self->size_bytes)
    return differ (self, "the table counts %" G_GINT64_FORMAT " items instead of %" G_GINT64_FORMAT, items.item_count,
                   self->item_count);
  for (guint i = 0; i < self->table->n_indexes; i++)
    {
      HrIndexInfo entries = hr_counts_get_index (self->engine, self->table, i);

      if (memcmp (&entries, &self->expected[i], sizeof entries) != 0)
        return differ (self, "index %s counts %" G_GINT64_FORMAT " entries instead of %" G_GINT64_FORMAT,
                       self->table->indexes[i].definition->name, entries.item_count, self->expected[i].item_count);
    }
  return TRUE;
}

static gboolean
verify (Verifier *self)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  const guint8 *record;
  gsize length;

  if (hr_tree_cursor_open (&cursor, &self->table->tree, &HR_KEY_RANGE_ALL, FALSE) != SQLITE_OK)
    return differ (self, "%s", sqlite3_errmsg (self->engine->db));
  while (hr_tree_cursor_next (&cursor, &record, &length) == SQLITE_ROW)
    {
      if (!verify_row (self, &cursor, record, length))
        return FALSE;
      hr_arena_reset (self->arena);
    }
  for (guint i = 0; i < self->table->n_indexes; i++)
    if (!verify_count (self, &self->table->indexes[i], &self->expected[i]))
      return FALSE;
  return verify_counters (self);
}

gboolean
hr_engine_verify_indexes (HrEngine *self, const char *table_name, char **difference, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree HrIndexInfo *expected = NULL;
  Verifier verifier = { .engine = self, .table = need_table (self, table_name, error), .arena = arena };
  gboolean ok;

  if (difference != NULL)
    *difference = NULL;
  if (verifier.table == NULL)
    return FALSE;
  expected = g_new0 (HrIndexInfo, verifier.table->n_indexes);
  verifier.expected = expected;
  ok = verify (&verifier);
  if (difference != NULL)
    *difference = g_steal_pointer (&verifier.difference);
  g_free (verifier.difference);
  return ok;
}
