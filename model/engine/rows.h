#pragma once

#include "model/engine/engine.h"
#include "model/engine/key-codec.h"

G_BEGIN_DECLS

/*
 * The rows behind a table, for the document: items with their ordinals, exact restore for undo, and dumps.
 * Every write keeps the indexes in step. An engine assigns ordinals increasing by 1 per table to new
 * items; an item that is replaced keeps its ordinal.
 */
typedef struct
{
  gint64 ordinal;
  const guint8 *record; /* see model/value/record.h */
  gsize record_length;
} HrRow;

/** The row with this primary key (M). FALSE without @error when there is none. The record lives in @arena. */
gboolean hr_engine_get_row     (HrEngine *self, const char *table, const HrValue *key, HrArena *arena,
                                HrRow *row, GError **error);
/**
 * Stores exactly this row, replacing the one with its key. No conditions, no stream record. The next ordinal
 * becomes larger than the row's.
 */
gboolean hr_engine_restore_row (HrEngine *self, const char *table, const HrRow *row, GError **error);
gboolean hr_engine_erase_row   (HrEngine *self, const char *table, const HrValue *key, GError **error);
/** Rows in order of their ordinals; stops when @func returns FALSE. Records die with the call. */
typedef gboolean (*HrRowFunc)  (const HrRow *row, gpointer user_data);
gboolean hr_engine_foreach_row (HrEngine *self, const char *table, HrRowFunc func, gpointer user_data,
                                GError **error);
/**
 * The same from an ordinal on, at the cost of the rows that @func is given. The first call for a table makes an
 * index of its ordinals, which later writes to that table keep up.
 */
gboolean hr_engine_foreach_row_from (HrEngine *self, const char *table, gint64 ordinal, HrRowFunc func,
                                     gpointer user_data, GError **error);
/** The ordinal that the next new item gets; settable so that undo restores it exactly. */
gint64   hr_engine_get_next_ordinal (HrEngine *self, const char *table);
void     hr_engine_set_next_ordinal (HrEngine *self, const char *table, gint64 ordinal);

/** Whether the service would take this item as a put; else @error says why not (key missing, too large, …). */
gboolean hr_engine_check_item  (HrEngine *self, const char *table, const HrValue *item, HrArena *arena,
                                HrServiceError *error);

/*
 * Rows as they lie in the store: in the order of their row keys (key-codec.h), of a table or of one of its indexes.
 */
typedef struct
{
  const char *table;
  const char *index;      /* NULL: the table itself */
  HrKeyRange range;       /* all zero: everything */
  guint64 skip;           /* rows passed over first; they cost a step each, their records are not read */
  gboolean keys_only;     /* records are NULL */
  gboolean with_ordinals; /* of an index: looked up in the table, one seek a row; else they are -1 there */
} HrRowWalk;

/** Key and record are lent for the call. @partition_length: bytes that all keys of the row's partition begin with. */
typedef gboolean (*HrRowWalkFunc) (const HrRow *row, const guint8 *key, gsize key_length, gsize partition_length,
                                   gpointer user_data);
/** Stops when @func returns FALSE, which must not use the engine. */
gboolean hr_engine_walk_rows   (HrEngine *self, const HrRowWalk *walk, HrRowWalkFunc func, gpointer user_data,
                                GError **error);

/** HrRowPlace: where an item lies in a table or an index, and what of it. In an arena. */
typedef struct
{
  const guint8 *key;
  gsize key_length;
  gsize partition_length;
  HrValue partition[HR_LIMIT_INDEX_KEY_ATTRIBUTES]; /* values of the partition key, borrowed from the item */
  guint n_partition;
  HrValue item;           /* M: shares content with the item */
} HrRowPlace;

/** FALSE when there is no such table or index, or it does not hold the item: a key is missing or mistyped. */
gboolean hr_engine_place_item  (HrEngine *self, const char *table, const char *index, const HrValue *item,
                                HrArena *arena, HrRowPlace *place);
/** Appends what the keys of a partition's rows begin with. FALSE when these are no values of the partition key. */
gboolean hr_engine_append_partition_key (HrEngine *self, const char *table, const char *index, const HrValue *values,
                                         guint n_values, HrBuffer *out);

/**
 * Called for each change of a stored item while set (also by patterns and clients, and by the functions above),
 * with the row before and after (NULL when absent): how the document keeps before-images of kept runs. A
 * rollback is not told. NULL stops it.
 */
typedef void (*HrRowChangeFunc) (const char *table, const HrRow *before, const HrRow *after,
                                 gpointer user_data);
void     hr_engine_set_row_watch (HrEngine *self, HrRowChangeFunc func, gpointer user_data);

/** A deterministic text of all rows and index entries of a table. */
gboolean hr_engine_dump_table  (HrEngine *self, const char *table, HrBuffer *out, GError **error);
/** TRUE when every index holds exactly the entries that its table's rows give; else what differs, in words. */
gboolean hr_engine_verify_indexes (HrEngine *self, const char *table, char **difference, GError **error);

G_END_DECLS
