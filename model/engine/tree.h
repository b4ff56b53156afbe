#pragma once

#include <sqlite3.h>
#include "model/engine/key-codec.h"
#include "model/engine/rows.h"

G_BEGIN_DECLS

/**
 * HrTree: the rows of one table or one index: row keys to records.
 *
 * A plain value inside its owner; statements are prepared when first needed. Functions answer with SQLite's
 * result codes: SQLITE_ROW found, SQLITE_DONE not found or done, anything else failed.
 */
typedef enum
{
  HR_TREE_GET,
  HR_TREE_PUT,
  HR_TREE_DELETE,
  HR_TREE_FORWARD,
  HR_TREE_BACKWARD,
  HR_TREE_N_STATEMENTS,
} HrTreeStatement;

typedef struct
{
  sqlite3 *db;  /* borrowed */
  char *name;   /* of the SQLite table */
  gboolean has_ordinals; /* items; entries of an index have none */
  sqlite3_stmt *statements[HR_TREE_N_STATEMENTS];
} HrTree;

void hr_tree_init  (HrTree *tree, sqlite3 *db, gboolean has_ordinals, gint64 number);
void hr_tree_clear (HrTree *tree);
/** Makes the SQLite table itself; see garbage.h to remove it. */
int  hr_tree_create (HrTree *tree);
/** Forgets its statements, so that the SQLite table can be given another name. */
void hr_tree_reset (HrTree *tree);
/** Gives a tree of items an index of their ordinals, unless it has one. */
int  hr_tree_index_ordinals (HrTree *tree);
/** Reads the first row; fails when the SQLite table is missing or damaged there. */
int  hr_tree_probe  (HrTree *tree);

/** The record is copied into @arena. */
int  hr_tree_get    (HrTree *tree, const guint8 *key, gsize key_length, HrArena *arena, HrRow *row);
/** Inserts or replaces. */
int  hr_tree_put    (HrTree *tree, const guint8 *key, gsize key_length, const HrRow *row);
int  hr_tree_delete (HrTree *tree, const guint8 *key, gsize key_length);
/** Inserts all rows of another SQLite table: key, record, and ordinal of items. SQLITE_OK, or what failed. */
int  hr_tree_take_all (HrTree *tree, const char *from);

/**
 * HrTreeCursor: rows of a range in order. Records are lent until the next step. One cursor a
 * direction and tree at a time; nothing may be written to the tree meanwhile.
 */
typedef struct
{
  sqlite3_stmt *statement;
} HrTreeCursor;

int  hr_tree_cursor_open  (HrTreeCursor *cursor, HrTree *tree, const HrKeyRange *range, gboolean backward);
int  hr_tree_cursor_next  (HrTreeCursor *cursor, const guint8 **record, gsize *length);
/** The key of the row that the cursor stands on. */
void hr_tree_cursor_get_key (HrTreeCursor *cursor, const guint8 **key, gsize *length);
gint64 hr_tree_cursor_get_ordinal (HrTreeCursor *cursor);
void hr_tree_cursor_close (HrTreeCursor *cursor);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrTreeCursor, hr_tree_cursor_close)

/** The range of all row keys. */
extern const HrKeyRange HR_KEY_RANGE_ALL;

G_END_DECLS
