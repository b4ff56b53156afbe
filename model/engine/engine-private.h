#pragma once

#include "model/engine/checkpointer.h"
#include "model/engine/engine.h"
#include "model/engine/recount.h"
#include "model/engine/rows.h"
#include "model/engine/tree.h"

G_BEGIN_DECLS

typedef struct
{
  const HrIndex *definition; /* borrowed from the table's definition */
  gint64 number;             /* of the tree, unique in the database */
  HrKeyLayout layout;
  HrKeyPart *projected;      /* names, sorted; NULL when everything is projected */
  guint n_projected;
  HrTree tree;
  HrTableStatus status;
  gboolean is_partial;       /* has entries of rows up to @built_to only; sweeps build the rest */
  HrBuffer built_to;         /* row key */
} HrStoredIndex;

/**
 * HrCounters: what a table holds, kept in memory, rolled back with savepoints and stored with the outermost one: see
 * counts.h.
 */
typedef struct
{
  gint64 next_ordinal;
  gboolean is_changed;     /* since they were stored */
  gint64 next_sequence;    /* of a record in the table's stream; known from the stream, never saved */
  gint64 next_change;      /* to be kept for recovery, see recovery.c; likewise below */
  gint64 change_us;        /* when the last one was */
  guint level;             /* savepoint level up to which a copy for rolling back exists */
  HrIndexInfo items;
  HrIndexInfo indexes[];
} HrCounters;

/** HrTableStream: the latest stream of a table, as far as writers need it. See stream-log.h. */
typedef struct
{
  gint64 number;  /* 0: the table never had one */
  char *label;
  guint n_shards;
  gboolean is_open;
  sqlite3_stmt *append;
} HrTableStream;

typedef enum
{
  HR_EXPIRY_PUT,
  HR_EXPIRY_DELETE,
  HR_EXPIRY_N_STATEMENTS,
} HrExpiryStatement;

/** HrTableExpiry: the times at which items of a table expire. See expiry.h. */
typedef struct
{
  const char *attribute; /* of the definition; NULL: items do not expire */
  gsize attribute_length;
  sqlite3_stmt *statements[HR_EXPIRY_N_STATEMENTS];
} HrTableExpiry;

/** HrCollectionSizes: sizes of item collections that were measured. See collection.h. */
typedef struct
{
  GHashTable *by_partition; /* GBytes, partition key as in row keys → gint64*, bytes; NULL: none */
  guint epoch;              /* of the engine while they were right */
} HrCollectionSizes;

/** HrTableRecovery: the rows of a table before their changes. See recovery.h. */
typedef struct
{
  gboolean is_on;
  sqlite3_stmt *append;
} HrTableRecovery;

typedef struct
{
  HrTable *definition;
  char *id;
  gint64 number; /* of the tree */
  gint64 created_us;
  HrTableStatus status;
  gint64 until_us; /* what is under way ends then, or when its indexes are whole; 0: nothing is; see status.h */
  HrKeyLayout layout;
  HrTree tree;
  HrStoredIndex *indexes; /* in order of definition->indexes */
  const HrStoredIndex **indexes_by_name;
  guint n_indexes;
  gboolean has_local_indexes;
  HrCounters *counters;
  HrIndexInfo *base;      /* owned; what counters are relative to: items, then indexes; NULL: nothing */
  gboolean is_uncounted;  /* the base is not known; see counts.h */
  HrCollectionSizes collections;
  HrTableStream stream;
  HrTableExpiry expiry;
  HrTableRecovery recovery;
} HrStoredTable;

HrStoredTable *hr_stored_table_new (sqlite3 *db, HrTable *definition, gint64 number,
                                    const gint64 *index_numbers);
void           hr_stored_table_free (HrStoredTable *self);
HrStoredIndex *hr_stored_table_find_index (const HrStoredTable *self, const char *name);
/** Whether the index has the entry of the row with this key, if it gives one. */
gboolean       hr_stored_index_covers   (const HrStoredIndex *self, const guint8 *key, gsize key_length);
gboolean       hr_stored_index_projects (const HrStoredIndex *self, const char *name, gsize name_length);
/** What of @item the index holds. Shares content; @item itself when everything is projected. */
HrValue        hr_stored_index_project (const HrStoredIndex *self, const HrValue *item, HrArena *arena);

typedef enum
{
  HR_STATEMENT_BEGIN,
  HR_STATEMENT_COMMIT,
  HR_STATEMENT_ROLLBACK,
  HR_STATEMENT_SAVEPOINT,
  HR_STATEMENT_RELEASE,
  HR_STATEMENT_ROLLBACK_TO,
  HR_N_STATEMENTS,
} HrStatement;

struct _HrEngine
{
  /* owned */
  sqlite3 *db;
  sqlite3_stmt *statements[HR_N_STATEMENTS];
  GHashTable *tables; /* name → HrStoredTable */
  GArray *undo;       /* HrUndo, see savepoint.c */
  GPtrArray *row_copies; /* see row-copy.c; NULL: not read yet */
  HrArena *scratch;   /* reset by whoever uses it */
  HrBuffer buffer;    /* for a key or a record in the making */
  sqlite3_stmt *store_counts; /* or NULL */
  int lock;           /* file descriptor, or -1 */
  HrCheckpointer *checkpointer; /* or NULL */
  HrRecount *recount; /* or NULL */

  /* borrowed */
  const HrClock *clock;
  HrStoredTable *latest_table;
  HrGiveWayFunc give_way;
  gpointer give_way_data;
  HrRowChangeFunc watch;
  gpointer watch_data;
  HrProgress *progress; /* or NULL */

  gint64 sweep_us;    /* when there is something to sweep next; 0: find out */
  gint64 ttl_delay_us;
  gint64 status_delay_us; /* likewise of the options */
  gint64 collection_bytes_max;
  guint epoch;        /* another one when rows have changed otherwise than by changes */
  gint64 give_way_us;  /* when others are let through next, monotonic */
  gint64 give_way_pause_us;
  HrSync synchronous;
  guint piece_rows;   /* how much of what takes long is done at one go, see sweep.c */
  gboolean is_swept;
  gboolean has_garbage; /* maybe; see garbage.h */
  guint level;        /* of nested savepoints */
  gboolean is_file;
  gboolean is_lost;   /* SQLite gave the transaction up on its own */
};

/** Data operations on a table that is not there, not yet or going, answer ResourceNotFoundException. */
HrStoredTable *hr_engine_find_table (HrEngine *self, const char *name);
HrStoredTable *hr_engine_need_table (HrEngine *self, const char *name, HrArena *arena, HrServiceError *error);
int            hr_engine_run        (HrEngine *self, HrStatement which);
/** Whether it is time to let others through: see hr_engine_set_give_way(). */
gboolean       hr_engine_is_to_give_way (const HrEngine *self);
void           hr_engine_give_way   (HrEngine *self);
/** Fills @error with SQLite's message. Returns FALSE. */
gboolean       hr_engine_fail_service (HrEngine *self, HrArena *arena, HrServiceError *error);
gboolean       hr_engine_fail       (HrEngine *self, GError **error);
/** The store holds what this engine never wrote. Returns FALSE. */
gboolean       hr_engine_fail_damaged (const HrStoredTable *table, HrArena *arena, HrServiceError *error);

/* A piece of what takes long: an entry costs more to write than a row to read, so it is less than a page. */
#define HR_PIECE_ROWS_MAX 500
#define HR_PIECE_ROW_BYTES (HR_LIMIT_PAGE_BYTES / 4 / HR_PIECE_ROWS_MAX)
static inline gboolean
hr_engine_is_piece (const HrEngine *self, guint rows, gint64 size_bytes)
{
  return rows >= self->piece_rows || size_bytes >= (gint64) self->piece_rows * HR_PIECE_ROW_BYTES;
}

/* savepoint.c */
/** To be called before counters change; of a file only in a savepoint. */
void     hr_savepoint_keep_counters (HrEngine *self, HrStoredTable *table);
/** Puts a new table among the engine's, or takes one out, until a rollback. */
void     hr_savepoint_add_table    (HrEngine *self, HrStoredTable *table);
void     hr_savepoint_remove_table (HrEngine *self, HrStoredTable *table);
/** SQLite rolled the transaction back on its own: nothing may be written before all levels are left. */
gboolean hr_savepoint_is_given_up  (HrEngine *self);
gboolean hr_savepoint_begin    (HrEngine *self, HrArena *arena, HrServiceError *error);
gboolean hr_savepoint_commit   (HrEngine *self, HrArena *arena, HrServiceError *error);
void     hr_savepoint_rollback (HrEngine *self);

G_END_DECLS
