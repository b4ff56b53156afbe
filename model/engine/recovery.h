#pragma once

#include "model/engine/change.h"

G_BEGIN_DECLS

/*
 * What continuous backups need: for a table whose settings want point-in-time recovery, each changed row as it was
 * before, for some days. Going back is restore.c.
 *
 * Everything belongs into the transaction of what it goes with. FALSE when the database failed.
 */
#define HR_RECOVERY_DAYS_MAX HR_LIMIT_RECOVERY_DAYS

gboolean hr_recovery_load   (HrEngine *engine, HrStoredTable *table);
/** Recovery is wanted and nothing is kept. */
static inline gboolean
hr_recovery_is_missing (const HrStoredTable *table)
{
  return table->definition->settings.point_in_time_recovery && !table->recovery.is_on;
}
/** Begins to keep rows when the table's settings want it. */
gboolean hr_recovery_begin  (HrEngine *engine, HrStoredTable *table);
/** Forgets what was kept until now: nobody wants to go back behind it. */
gboolean hr_recovery_forget (HrEngine *engine, HrStoredTable *table);
gboolean hr_recovery_end    (HrEngine *engine, HrStoredTable *table);
/** @next takes the place of @table. */
gboolean hr_recovery_follow (HrEngine *engine, HrStoredTable *table, HrStoredTable *next);
/** @before NULL: the row was not there. */
gboolean hr_recovery_append (HrEngine *engine, HrStoredTable *table, const guint8 *key, gsize key_length,
                             const HrRow *before);
/** The number of the first change after @time_us; one more than the last when there is none. */
gboolean hr_recovery_find   (HrEngine *engine, HrStoredTable *table, gint64 time_us, gint64 *change);
/** As hr_stream_log_trim(), of one table. */
gboolean hr_recovery_trim   (HrEngine *engine, HrStoredTable *table, gint64 now_us, guint *limit, gint64 *next_us);

/** Since when and for how many days rows are kept. */
gboolean hr_recovery_read_terms  (HrEngine *engine, const HrStoredTable *table, gint64 *enabled_us, guint *days);
gboolean hr_recovery_write_days  (HrEngine *engine, const HrStoredTable *table, guint days);

G_END_DECLS
