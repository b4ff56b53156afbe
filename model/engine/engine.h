#pragma once

#include "model/base/clock.h"
#include "model/base/progress.h"
#include "model/engine/request.h"
#include "model/engine/trace.h"
#include "model/schema/table.h"

G_BEGIN_DECLS

/**
 * HrEngine: tables, items and indexes in one SQLite database, answering as the service does.
 *
 * Every operation is all or nothing, keeps indexes in step, and either succeeds or fills an
 * HrServiceError; a failing database is HR_SERVICE_INTERNAL with SQLite's message. Results live in the
 * call's arena. One thread uses an engine at a time.
 */
typedef struct _HrEngine HrEngine;

/** HrSync: what of a file is on the disk when a commit returns, and so survives a power cut. A crash of the
 *  program alone loses nothing in either case. */
typedef enum
{
  HR_SYNC_OFF,    /* nothing is waited for; a power cut may damage the file */
  HR_SYNC_FULL,   /* this commit, also as TRUE */
  HR_SYNC_NORMAL, /* commits up to the last checkpoint; the file stays whole */
} HrSync;

typedef struct
{
  const HrClock *clock;   /* NULL: the system's */
  HrSync synchronous;
  gboolean has_checkpointer; /* of a file: checkpoints in a thread of their own, see checkpointer.h */
  gint64 ttl_delay_s; /* how long items stay after they expired, see sweep.h */
  gint64 collection_bytes_max; /* 0: as at the service */
  gboolean is_swept;  /* hr_engine_sweep() is called when it is time: what takes long is left to it */
  gint64 status_delay_ms; /* of an engine that is swept: how long tables are seen to be CREATING, UPDATING, DELETING */
} HrEngineOptions;

/** @path NULL keeps everything in memory. NULL with an HR_ERROR that names the file. */
HrEngine *hr_engine_open  (const char *path, const HrEngineOptions *options, GError **error);
void      hr_engine_close (HrEngine *self);
/** Another engine that begins with what this one holds: in a new file at @path, which comes into being as a whole, or
 *  in memory when it is NULL (so may a snapshot). HR_ERROR_BUSY within a savepoint. Linear in what is stored, at the
 *  speed of copying. */
HrEngine *hr_engine_copy  (HrEngine *self, const char *path, const HrEngineOptions *options, GError **error);
/**
 * An engine for reading, in another thread if you like, that holds what this one holds now, whatever is written to this
 * one later. Writing to it fails. HR_ERROR_BUSY within a savepoint. Of a file it costs as much as opening it, in memory
 * as much as a copy.
 */
HrEngine *hr_engine_open_snapshot (HrEngine *self, GError **error);

/** Microseconds since the epoch on the engine's clock. */
gint64    hr_engine_get_time_us (HrEngine *self);

/** HrCall: what every operation of one request shares. */
typedef struct
{
  HrArena *arena;
  HrTrace *trace;          /* NULL: nothing is recorded */
  const HrCancel *cancel;  /* NULL: never */
  HrCapacity *capacity;    /* NULL: not wanted */
} HrCall;

/* Tables. Descriptions are borrowed from the engine until the table changes. */
typedef enum
{
  HR_TABLE_CREATING,
  HR_TABLE_ACTIVE,
  HR_TABLE_UPDATING,
  HR_TABLE_DELETING,
} HrTableStatus;

typedef struct
{
  gint64 item_count;
  gint64 size_bytes;
} HrIndexInfo;

typedef struct
{
  HrTableStatus status;
  gboolean is_backfilling; /* was added to a table with items, and does not have all of them yet */
} HrIndexState;

/** HrTableHistory: when units and billing of a table, or units of an index, changed; 0 never. */
typedef struct
{
  gint64 on_demand_us; /* when it last became PAY_PER_REQUEST */
  gint64 increased_us; /* units, likewise below */
  gint64 decreased_us;
  guint decreases_today;
} HrTableHistory;

typedef struct
{
  const HrTable *definition; /* keys, indexes and settings; no entities */
  const char *id;            /* TableId, a UUID */
  HrTableStatus status;
  gint64 created_us;
  HrTableHistory history;
  gint64 item_count;
  gint64 size_bytes;
  /** For each index in order of definition->indexes. */
  const HrIndexInfo *indexes;
  const HrIndexState *index_states;
  const HrTableHistory *index_histories; /* of units, of global indexes */
  const char *stream_label; /* of the latest stream, which may have ended; NULL: there was none */
} HrTableInfo;

/** The definition's keys, indexes and settings must be valid (the api layer checks requests). Copies it. */
gboolean hr_engine_create_table (HrEngine *self, const HrTable *definition, HrCall *call,
                                 HrServiceError *error);
/**
 * Gives the table of this name the settings and indexes of @definition, whose primary key must be the same. An index of
 * the same name and entries stays as it is; others are taken away, or built from the rows: linear in the rows
 * for each. The rest as for hr_engine_create_table().
 */
gboolean hr_engine_update_table (HrEngine *self, const HrTable *definition, HrCall *call,
                                 HrServiceError *error);
/** FALSE with ResourceInUseException unless the table is ACTIVE, or with the same when there is none. */
gboolean hr_engine_check_active (HrEngine *self, const char *name, HrCall *call, HrServiceError *error);
gboolean hr_engine_delete_table (HrEngine *self, const char *name, HrCall *call, HrServiceError *error);
/** For the owner of the engine: also when the table is protected against deletion, and no backup is left of it. */
gboolean hr_engine_drop_table   (HrEngine *self, const char *name, HrCall *call, HrServiceError *error);
/** NULL when there is none. In the call's arena. */
const HrTableInfo *hr_engine_describe_table (HrEngine *self, const char *name, HrCall *call);
const HrTable     *hr_engine_get_table      (HrEngine *self, const char *name); /* NULL: none */
/** Up to @limit names after @after (or NULL), in byte order, in the call's arena. */
const char       **hr_engine_list_tables    (HrEngine *self, const char *after, guint limit, HrCall *call,
                                             guint *count, gboolean *more);

/*
 * Properties: named texts that belong to a table, or to the database (@table NULL), beside its definition: whatever is
 * stored and described but decides nothing about items. They go with their table, and are committed and rolled back
 * like items. Names are of the caller's choice: `policy`, `insights/INDEX`.
 */

/** The text in the call's arena; NULL when there is none, or no such table. Read from the database each time. */
const char *hr_engine_get_property (HrEngine *self, const char *table, const char *name, HrCall *call);
/** @text NULL takes it away. ResourceNotFoundException when there is no such table. */
gboolean    hr_engine_set_property (HrEngine *self, const char *table, const char *name, const char *text,
                                    HrCall *call, HrServiceError *error);
/** Those whose names begin with @prefix, in order of bytes; @func must not use the engine. FALSE with @error when the
 *  database failed. */
typedef void (*HrPropertyFunc) (const char *name, const char *text, gpointer user_data);
gboolean    hr_engine_foreach_property (HrEngine *self, const char *table, const char *prefix, HrPropertyFunc func,
                                        gpointer user_data, GError **error);

/* Items */
gboolean hr_engine_get    (HrEngine *self, const HrGet *gets, guint n_gets, gboolean transactional, HrCall *call,
                           HrGetResult *results, HrServiceError *error);
gboolean hr_engine_write  (HrEngine *self, const HrWrite *write, HrCall *call, HrWriteResult *result,
                           HrServiceError *error);
/** Unconditional puts and deletes, all checked before the first is done. @results may be NULL. */
gboolean hr_engine_batch_write (HrEngine *self, const HrWrite *writes, guint n_writes, HrCall *call,
                                HrWriteResult *results, HrServiceError *error);
/** All or nothing; TransactionCanceled with reasons. */
gboolean hr_engine_transact_write (HrEngine *self, const HrWrite *writes, guint n_writes, HrCall *call,
                                   HrServiceError *error);
/** Query when key_condition is set, else Scan: one page. */
gboolean hr_engine_read_page (HrEngine *self, const HrPageRequest *request, HrCall *call, HrPage *page,
                              HrServiceError *error);

/**
 * Whole gigabytes that items with the partition key of @item and their entries in local indexes take. Costs nothing for
 * a table of less than one; else linear in the collection, the first time.
 */
guint    hr_engine_estimate_collection_gb (HrEngine *self, const char *table, const HrValue *item);

/**
 * hr_engine_set_give_way:
 * @pause_us: from now on, and from one call to the next
 * @func: (nullable): NULL lets nobody through
 *
 * @func is called again and again during long reads, while no transaction is open and no row is stood on, and may use
 * the engine for other requests meanwhile, but not change or delete a table. So a page may hold what was written while
 * it was read, as with the service.
 */
typedef void (*HrGiveWayFunc) (gpointer user_data);
void hr_engine_set_give_way (HrEngine *self, gint64 pause_us, HrGiveWayFunc func, gpointer user_data);
/** Lets others through when it is time; for callers who do much with what they have read. */
void hr_engine_offer_way    (HrEngine *self);

/**
 * From now on rows are counted in @progress (nullable, borrowed) while a table is changed, its index entries
 * are made or its rows come in bulk; what is called off there fails, and leaves no trace.
 */
void hr_engine_set_progress (HrEngine *self, HrProgress *progress);

/* Savepoints nest by number; rolled back changes leave no trace, ordinals and stream included. */
gboolean hr_engine_begin    (HrEngine *self, GError **error);
gboolean hr_engine_commit   (HrEngine *self, GError **error);
gboolean hr_engine_rollback (HrEngine *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEngine, hr_engine_close)

G_END_DECLS
