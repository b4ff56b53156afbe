#pragma once

#include "model/engine/engine.h"

G_BEGIN_DECLS

/*
 * Backups of tables, going back to a time, and making tables of either.
 *
 * A backup is a copy of a table's items with its definition; it outlives the table. A table whose settings want
 * point-in-time recovery keeps its items as they were before each change, for up to 35 days on the engine's clock.
 * Making and restoring are linear in the items, at the speed of copying rows. In an engine that is swept, sweeps do it
 * when the table is large, or there is a delay to be seen: until then the backup, or the new table, is being created.
 * It has what there was at the moment of the call. A table from which rows are copied cannot be deleted.
 */
typedef enum
{
  HR_BACKUP_USER,
  HR_BACKUP_SYSTEM, /* of a table that was deleted while it had recovery; goes after 35 days */
} HrBackupKind;

typedef struct
{
  gint64 number;       /* of the backup in this database */
  HrBackupKind kind;
  gboolean is_being_made;
  gboolean is_in_use;  /* so, or a table is being made of it */
  const char *name;    /* of the caller's choice; not unique */
  const char *table;   /* name */
  const char *table_id;
  gint64 table_created_us;
  gint64 created_us;   /* whole milliseconds */
  gint64 expires_us;   /* 0: never */
  gint64 item_count;
  gint64 size_bytes;
  const char *definition; /* see hr_backup_info_dup_definition() */
} HrBackupInfo;

/** The table as it was. */
HrTable            *hr_backup_info_dup_definition (const HrBackupInfo *self);

/** TableNotFound- and TableInUseException. NULL with @error; in the call's arena, as everything below. */
const HrBackupInfo *hr_engine_create_backup (HrEngine *self, const char *table, const char *name, HrCall *call,
                                             HrServiceError *error);
/** NULL when there is none of this table name, time (rounded to milliseconds) and number. */
const HrBackupInfo *hr_engine_find_backup   (HrEngine *self, const char *table, gint64 created_us, gint64 number,
                                             HrCall *call);
/** BackupInUseException. */
gboolean            hr_engine_delete_backup (HrEngine *self, const HrBackupInfo *backup, HrCall *call,
                                             HrServiceError *error);

typedef struct
{
  const char *table;   /* NULL: of any */
  gboolean has_kind;
  HrBackupKind kind;
  gint64 from_us;      /* created then or later */
  gint64 until_us;     /* and before; G_MAXINT64: whenever */
  gint64 after_us;     /* behind the backup of this time and number; 0: from the first */
  gint64 after_number;
  guint limit;
} HrBackupFilter;

/** In the order in which they were made. */
const HrBackupInfo *hr_engine_list_backups (HrEngine *self, const HrBackupFilter *filter, HrCall *call, guint *count,
                                            gboolean *more);

/* Point-in-time recovery */
typedef struct
{
  gboolean is_on;
  guint days;          /* for which rows are kept */
  gint64 earliest_us;  /* a table can be had as it was between these */
  gint64 latest_us;
} HrRecoveryInfo;

/** TableNotFoundException. */
gboolean hr_engine_describe_recovery (HrEngine *self, const char *table, HrCall *call, HrRecoveryInfo *info,
                                      HrServiceError *error);
/** @days 0: as they are, or the most there can be. */
gboolean hr_engine_set_recovery      (HrEngine *self, const char *table, gboolean is_on, guint days, HrCall *call,
                                      HrServiceError *error);

/*
 * Making a table. @target has the name, settings and indexes of the new table, and the primary key of the old one.
 * TableAlreadyExists- and BackupInUseException.
 */
gboolean hr_engine_restore_backup  (HrEngine *self, const HrBackupInfo *backup, const HrTable *target, HrCall *call,
                                    HrServiceError *error);
#define HR_RECOVERY_LATEST G_MAXINT64
/** TableNotFound-, PointInTimeRecoveryUnavailable- and InvalidRestoreTimeException. */
gboolean hr_engine_check_recovery_time (HrEngine *self, const char *source, gint64 time_us, HrCall *call,
                                        HrServiceError *error);
/** With all changes up to @time_us, that is. Errors as above, too. */
gboolean hr_engine_restore_to_time (HrEngine *self, const char *source, gint64 time_us, const HrTable *target,
                                    HrCall *call, HrServiceError *error);

G_END_DECLS
