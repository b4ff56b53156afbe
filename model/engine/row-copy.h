#pragma once

#include "model/engine/change.h"

G_BEGIN_DECLS

/*
 * Rows that are being copied: from a table into a backup, from a backup into a new table, or from a table into a new
 * one as it was at a time. What arrives is what there was when the copy began, whatever is written meanwhile; sweeps
 * take it a few hundred rows at a time, and it goes on after a crash.
 *
 * Everything belongs into the transaction of what it goes with. FALSE when the database failed.
 */
typedef struct
{
  gint64 table_number;  /* from where; 0: from the backup */
  gint64 backup_number; /* 0: none has part in it */
  gint64 target_number; /* the new table; 0: into the backup */
  gint64 first_change;  /* changes of the table to be taken back, see recovery.h: from this one, */
  gint64 end_change;    /* to the one before this */
  gint64 until_us;      /* a backup is not ready before */
} HrRowCopyTerms;

/** Goes on at once with all rows, or leaves them to sweeps. */
gboolean hr_row_copy_begin     (HrEngine *engine, const HrRowCopyTerms *terms, gboolean at_once);
/** One step, or with @at_once one copy; @has_more: there are others; otherwise @next_us becomes at most when. */
gboolean hr_row_copy_sweep     (HrEngine *engine, gboolean at_once, gint64 *next_us, gboolean *has_more);

gboolean hr_row_copy_are_any   (HrEngine *engine);
gboolean hr_row_copy_is_from   (HrEngine *engine, const HrStoredTable *table);
gboolean hr_row_copy_is_into   (HrEngine *engine, const HrStoredTable *table);
/** To be called for every change of a row of a table that is copied; @before NULL: the row was not there. */
gboolean hr_row_copy_keep      (HrEngine *engine, const HrStoredTable *table, const guint8 *key, gsize key_length,
                                const HrRow *before);
/** Whether changes kept for recovery are still to be taken back. */
gboolean hr_row_copy_needs_log (HrEngine *engine, const HrStoredTable *table);
/** Takes them back at once, because the log ends. */
gboolean hr_row_copy_leave_log (HrEngine *engine, const HrStoredTable *table);

/** Reads what there is anew when it is wanted next, after a rollback. */
void     hr_row_copy_forget    (HrEngine *engine);

G_END_DECLS
