#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A disk whose power can be cut: the default VFS of SQLite from power_set_up() on.
 *
 * What is written goes to the real files, so that everybody sees it, and beside that waits in memory for the sync
 * that would bring it to the disk. When the power is cut, each write that still waits is lost or kept, whole or
 * in sectors, in any order; so are new files and deleted ones whose folder has not been synced. From then on
 * everything that would change the disk fails, until power_restore().
 *
 * One disk a process; threads may share it.
 */

typedef enum
{
  POWER_MAIN = 1 << 0, /* the database file */
  POWER_LOG = 1 << 1,  /* its write-ahead log */
  POWER_JOURNAL = 1 << 2,
  POWER_ANY_FILE = 7,
} PowerFiles;

typedef enum
{
  POWER_WRITE = 1 << 0, /* and truncating */
  POWER_SYNC = 1 << 1,
  POWER_DELETE = 1 << 2,
  POWER_ANY_DEED = 7,
} PowerDeeds;

/** PowerMoment: the deed of these kinds, on files of these kinds, during which the power is cut. */
typedef struct
{
  PowerFiles files;
  PowerDeeds deeds;
  guint number;  /* counted from 1 */
  guint32 seed;  /* decides what is kept */
} PowerMoment;

/** PowerLoss: what a cut has done. */
typedef struct
{
  PowerFiles file; /* on which it came; 0: between two deeds */
  PowerDeeds deed;
  guint lost;      /* writes that had not been synced and are gone or torn */
  guint kept;      /* likewise, but are there by chance */
} PowerLoss;

void     power_set_up  (void);
void     power_arm     (const PowerMoment *moment);
/** Cuts the power now, unless it is out. */
void     power_cut     (void);
gboolean power_is_out  (void);
/** Makes the files what has come to the disk. No database may be open. */
void     power_restore (PowerLoss *loss);

G_END_DECLS
