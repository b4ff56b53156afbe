#pragma once

#include "app/endpoint/signature.h"
#include "model/api/api.h"

G_BEGIN_DECLS

/** HrDatabase: an engine with what serving it needs. Of an HrDatabases. */
typedef struct
{
  HrApi api;
  gboolean shares_commits; /* in a file: a commit costs more than what it holds */
  gboolean has_begun;      /* takes part in the shared commit that is being made */
  gboolean has_failed;     /* the last shared commit kept nothing */
  guint64 token_mark;      /* of the tokens before that */
} HrDatabase;

/**
 * HrDatabases: one database for everybody, or one for each access key and region.
 *
 * Writes to files share commits: hr_database_begin() before each, hr_databases_commit() after the last; an
 * answer may leave only after that. Not thread-safe.
 */
typedef struct _HrDatabases HrDatabases;

/** Puts into a new or opened database what should be there. */
typedef gboolean (*HrSeedFunc) (HrEngine *engine, gpointer user_data, GError **error);

typedef struct
{
  HrEngine *engine;         /* (nullable): serve this one, which must outlive the databases, and open none */
  const char *path;         /* (nullable): NULL keeps everything in memory */
  HrSync sync;
  gboolean per_credentials;
  gint64 ttl_delay_s;       /* how long items stay after they expired */
  gint64 status_delay_ms;   /* how long tables are seen to change */
  HrSeedFunc seed;          /* (nullable) */
  gpointer seed_data;
} HrDatabasesOptions;

/** Opens the one database; those of credentials are opened when they are first asked for. Copies @options. */
HrDatabases *hr_databases_new  (const HrDatabasesOptions *options, GError **error);
void         hr_databases_free (HrDatabases *self);

/** Whether requests need credentials to be told apart. */
gboolean     hr_databases_are_separate (const HrDatabases *self);
/** @credential is not looked at when there is one database for everybody. Borrowed. */
HrDatabase  *hr_databases_find (HrDatabases *self, const HrCredential *credential, GError **error);

/** How long there is nothing to sweep in any of them (model/engine/sweep.h); not in an engine that was given. */
gint64       hr_databases_get_sweep_pause_us (HrDatabases *self);
/** One step of each that has something; nothing may have begun. */
void         hr_databases_sweep (HrDatabases *self);

/** FALSE when the database cannot be written. */
gboolean     hr_database_begin   (HrDatabase *self);
/** Commits what has begun, and sets or clears @has_failed of each database that took part; gives their number. */
guint        hr_databases_commit (HrDatabases *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrDatabases, hr_databases_free)

G_END_DECLS
