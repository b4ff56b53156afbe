/*
 * The only SQL that touches items and index entries.
 *
 * WITHOUT ROWID makes the SQLite table the b-tree itself: one seek a row. REPLACE of such a table without
 * further indexes overwrites in place, so insert and update are the same statement. The record stands last,
 * where its overflow pages, if any, are not in the way of the key. Nobody but the document asks for items by their
 * ordinals, so only a tree that was asked has an index of them.
 */
#include "model/engine/tree.h"

static const char *const item_sql[HR_TREE_N_STATEMENTS] = {
  [HR_TREE_GET] = "SELECT record, ordinal FROM %s WHERE key = ?1",
  [HR_TREE_PUT] = "REPLACE INTO %s (key, record, ordinal) VALUES (?1, ?2, ?3)",
  [HR_TREE_DELETE] = "DELETE FROM %s WHERE key = ?1",
  [HR_TREE_FORWARD] = "SELECT record, key, ordinal FROM %s WHERE key >= ?1 AND key < ?2 ORDER BY key",
  [HR_TREE_BACKWARD] = "SELECT record, key, ordinal FROM %s WHERE key >= ?1 AND key < ?2 ORDER BY key DESC",
};

static const char *const entry_sql[HR_TREE_N_STATEMENTS] = {
  [HR_TREE_GET] = "SELECT record FROM %s WHERE key = ?1",
  [HR_TREE_PUT] = "REPLACE INTO %s (key, record) VALUES (?1, ?2)",
  [HR_TREE_DELETE] = "DELETE FROM %s WHERE key = ?1",
  [HR_TREE_FORWARD] = "SELECT record, key FROM %s WHERE key >= ?1 AND key < ?2 ORDER BY key",
  [HR_TREE_BACKWARD] = "SELECT record, key FROM %s WHERE key >= ?1 AND key < ?2 ORDER BY key DESC",
};

const HrKeyRange HR_KEY_RANGE_ALL = { (const guint8 *) "", (const guint8 *) "\xff\xff\xff\xff", 0,
                                      HR_KEY_HASH_BYTES };

void
hr_tree_init (HrTree *tree, sqlite3 *db, gboolean has_ordinals, gint64 number)
{
  memset (tree, 0, sizeof *tree);
  tree->db = db;
  tree->has_ordinals = has_ordinals;
  tree->name = g_strdup_printf ("%s_%" G_GINT64_FORMAT, has_ordinals ? "items" : "index", number);
}

void
hr_tree_clear (HrTree *tree)
{
  hr_tree_reset (tree);
  g_clear_pointer (&tree->name, g_free);
}

void
hr_tree_reset (HrTree *tree)
{
  for (guint i = 0; i < HR_TREE_N_STATEMENTS; i++)
    g_clear_pointer (&tree->statements[i], sqlite3_finalize);
}

static int
tree_execute (HrTree *tree, const char *format)
{
  char *sql = sqlite3_mprintf (format, tree->name, tree->name);
  int code = sql != NULL ? sqlite3_exec (tree->db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;

  sqlite3_free (sql);
  return code;
}

int
hr_tree_create (HrTree *tree)
{
  return tree_execute (
      tree, tree->has_ordinals
                ? "CREATE TABLE %s (key BLOB NOT NULL PRIMARY KEY, ordinal INTEGER NOT NULL,"
                  " record BLOB NOT NULL) WITHOUT ROWID"
                : "CREATE TABLE %s (key BLOB NOT NULL PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID");
}

int
hr_tree_index_ordinals (HrTree *tree)
{
  return tree_execute (tree, "CREATE INDEX IF NOT EXISTS %s_ordinals ON %s (ordinal)");
}

int
hr_tree_probe (HrTree *tree)
{
  g_auto (HrTreeCursor) cursor = { NULL };
  const guint8 *record;
  gsize length;
  int code = hr_tree_cursor_open (&cursor, tree, &HR_KEY_RANGE_ALL, FALSE);

  return code == SQLITE_OK ? hr_tree_cursor_next (&cursor, &record, &length) : code;
}

static sqlite3_stmt *
tree_prepare (HrTree *tree, HrTreeStatement which)
{
  const char *format = tree->has_ordinals ? item_sql[which] : entry_sql[which];
  char *sql = sqlite3_mprintf (format, tree->name);

  if (sql != NULL)
    sqlite3_prepare_v3 (tree->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &tree->statements[which], NULL);
  sqlite3_free (sql);
  return tree->statements[which];
}

static inline sqlite3_stmt *
tree_get_statement (HrTree *tree, HrTreeStatement which)
{
  return G_LIKELY (tree->statements[which] != NULL) ? tree->statements[which] : tree_prepare (tree, which);
}

static int
prepare_error (HrTree *tree)
{
  int code = sqlite3_errcode (tree->db);

  return code != SQLITE_OK ? code : SQLITE_NOMEM;
}

int
hr_tree_get (HrTree *tree, const guint8 *key, gsize key_length, HrArena *arena, HrRow *row)
{
  sqlite3_stmt *statement = tree_get_statement (tree, HR_TREE_GET);
  int code;

  if (statement == NULL)
    return prepare_error (tree);
  sqlite3_bind_blob (statement, 1, key, (int) key_length, SQLITE_STATIC);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    {
      const void *record = sqlite3_column_blob (statement, 0);

      row->record_length = sqlite3_column_bytes (statement, 0);
      row->record = hr_arena_memdup (arena, record, row->record_length);
      row->ordinal = tree->has_ordinals ? sqlite3_column_int64 (statement, 1) : 0;
    }
  sqlite3_reset (statement);
  return code;
}

static int
run_once (sqlite3_stmt *statement)
{
  int code = sqlite3_step (statement);
  int reset = sqlite3_reset (statement);

  return code == SQLITE_DONE ? code : reset;
}

int
hr_tree_put (HrTree *tree, const guint8 *key, gsize key_length, const HrRow *row)
{
  sqlite3_stmt *statement = tree_get_statement (tree, HR_TREE_PUT);

  if (statement == NULL)
    return prepare_error (tree);
  sqlite3_bind_blob (statement, 1, key, (int) key_length, SQLITE_STATIC);
  sqlite3_bind_blob64 (statement, 2, row->record, row->record_length, SQLITE_STATIC);
  if (tree->has_ordinals)
    sqlite3_bind_int64 (statement, 3, row->ordinal);
  return run_once (statement);
}

int
hr_tree_delete (HrTree *tree, const guint8 *key, gsize key_length)
{
  sqlite3_stmt *statement = tree_get_statement (tree, HR_TREE_DELETE);

  if (statement == NULL)
    return prepare_error (tree);
  sqlite3_bind_blob (statement, 1, key, (int) key_length, SQLITE_STATIC);
  return run_once (statement);
}

int
hr_tree_take_all (HrTree *tree, const char *from)
{
  const char *columns = tree->has_ordinals ? "key, record, ordinal" : "key, record";
  char *sql = sqlite3_mprintf ("INSERT INTO %s (%s) SELECT %s FROM %s", tree->name, columns, columns, from);
  int code = sql != NULL ? sqlite3_exec (tree->db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;

  sqlite3_free (sql);
  return code;
}

int
hr_tree_cursor_open (HrTreeCursor *cursor, HrTree *tree, const HrKeyRange *range, gboolean backward)
{
  cursor->statement = tree_get_statement (tree, backward ? HR_TREE_BACKWARD : HR_TREE_FORWARD);
  if (cursor->statement == NULL)
    return prepare_error (tree);
  sqlite3_bind_blob (cursor->statement, 1, range->lower, (int) range->lower_length, SQLITE_STATIC);
  sqlite3_bind_blob (cursor->statement, 2, range->upper, (int) range->upper_length, SQLITE_STATIC);
  return SQLITE_OK;
}

int
hr_tree_cursor_next (HrTreeCursor *cursor, const guint8 **record, gsize *length)
{
  int code = sqlite3_step (cursor->statement);

  if (code == SQLITE_ROW)
    {
      *record = sqlite3_column_blob (cursor->statement, 0);
      *length = sqlite3_column_bytes (cursor->statement, 0);
    }
  return code;
}

void
hr_tree_cursor_get_key (HrTreeCursor *cursor, const guint8 **key, gsize *length)
{
  *key = sqlite3_column_blob (cursor->statement, 1);
  *length = sqlite3_column_bytes (cursor->statement, 1);
}

gint64
hr_tree_cursor_get_ordinal (HrTreeCursor *cursor)
{
  return sqlite3_column_int64 (cursor->statement, 2);
}

void
hr_tree_cursor_close (HrTreeCursor *cursor)
{
  if (cursor->statement != NULL)
    sqlite3_reset (cursor->statement);
  cursor->statement = NULL;
}
