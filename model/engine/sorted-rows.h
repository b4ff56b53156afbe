#pragma once

#include "model/base/progress.h"
#include "model/engine/tree.h"

G_BEGIN_DECLS

/* A row with its row key. */
typedef struct
{
  HrRow row;
  const guint8 *key;
  gsize key_length;
} HrSortedRow;

/**
 * HrSortedRows: rows that wait in memory to be written to a tree in the order of their keys.
 *
 * In that order each page of the tree is looked for and filled once, and left full.
 */
typedef struct
{
  HrArena *arena;
  GArray *slots; /* Slot, see sorted-rows.c */
  HrProgress *progress; /* borrowed: while they are stored */
} HrSortedRows;

void hr_sorted_rows_init  (HrSortedRows *self);
void hr_sorted_rows_clear (HrSortedRows *self);
/** Forgets all rows. */
void hr_sorted_rows_reset (HrSortedRows *self);
/** Copies the key, and the record unless it is borrowed. */
const HrSortedRow *hr_sorted_rows_add (HrSortedRows *self, const HrBuffer *key, const HrRow *row,
                                       gboolean borrow_record);
guint              hr_sorted_rows_get_count (const HrSortedRows *self);
/** In the order of adding, or of keys when stored. */
const HrSortedRow *hr_sorted_rows_get (const HrSortedRows *self, guint index);
/** Puts all rows into @tree, which has none of their keys. Each is a step of @progress (or NULL); SQLITE_INTERRUPT when
 *  that is called off. SQLITE_OK, or what SQLite says. */
int                hr_sorted_rows_store (HrSortedRows *self, HrTree *tree, HrProgress *progress);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrSortedRows, hr_sorted_rows_clear)

G_END_DECLS
