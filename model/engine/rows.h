#pragma once

#include "model/engine/engine.h"

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
/** The ordinal that the next new item gets; settable so that undo restores it exactly. */
gint64   hr_engine_get_next_ordinal (HrEngine *self, const char *table);
void     hr_engine_set_next_ordinal (HrEngine *self, const char *table, gint64 ordinal);

/** Whether the service would take this item as a put; else @error says why not (key missing, too large, …). */
gboolean hr_engine_check_item  (HrEngine *self, const char *table, const HrValue *item, HrArena *arena,
                                HrServiceError *error);

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
