#pragma once

#include "model/api/call.h"
#include "model/engine/backups.h"

G_BEGIN_DECLS

/*
 * What the operations on backups and restores share. Private to model/api.
 */
#define HR_ROW_BACKUP_ARN                                                                                    \
  {                                                                                                          \
    .name = "BackupArn", .kind = HR_FIELD_STRING,                                                            \
    .flags = HR_FIELD_REQUIRED | HR_FIELD_MIN | HR_FIELD_MAX, .min = 37, .max = 1024                         \
  }
/* A time comes as a number of seconds, with or without a fraction. */
#define HR_ROW_TIME(member)                                                                                  \
  {                                                                                                          \
    .name = member, .kind = HR_FIELD_LONG                                                                    \
  }

/** Microseconds since the epoch. */
gint64              hr_field_get_time_us (const HrJson *json, gint64 fallback);
/** NULL with an error when @arn names no backup. */
const HrBackupInfo *hr_backup_find (HrApiCall *call, const char *arn);
/** Where in the order of backups this one stands, whether it is there or not. FALSE when it names none. */
gboolean            hr_backup_parse_arn (const char *arn, HrArena *arena, const char **table, gint64 *created_us,
                                         gint64 *number);
/** Into the description of a table that ends here: what it was restored from, if it was. */
void                hr_restore_write_summary (HrApiCall *call, const HrTableInfo *info);
char               *hr_backup_format_arn (const HrApi *api, const HrBackupInfo *backup, HrArena *arena);

G_END_DECLS
