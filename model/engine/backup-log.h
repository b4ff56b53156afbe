#pragma once

#include "model/engine/backups.h"
#include "model/engine/engine-private.h"

G_BEGIN_DECLS

/* Backups that the engine makes and drops by itself. FALSE when the database failed. */

/** Makes a backup of a table that is about to be deleted, out of its rows: the table has none afterwards. */
gboolean hr_backup_keep_deleted (HrEngine *engine, HrStoredTable *table);
/** BackupInUseException. Returns FALSE. */
gboolean hr_backup_fail_in_use  (const HrBackupInfo *backup, HrArena *arena, HrServiceError *error);
/** Drops backups whose time is over; takes those dropped off @limit. */
gboolean hr_backup_expire       (HrEngine *engine, gint64 now_us, guint *limit, gint64 *next_us);

G_END_DECLS
