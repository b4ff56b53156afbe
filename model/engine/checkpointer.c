/*
 * Checkpoints beside the writer.
 *
 * A checkpoint on another connection does not hold the writer up. But the log begins anew only when all of it
 * has been moved, and while writes go on there is always a little that came later. So when the log has become
 * long, the writer moves the rest itself, right after the thread has moved most of it.
 */
#include "model/engine/checkpointer.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

#define PAGES_TO_START 1000 /* each time; as SQLite's own */
#define PAGES_TO_FINISH 4000

struct _HrCheckpointer
{
  /* owned */
  sqlite3 *db;
  GThread *thread;
  GMutex mutex;
  GCond cond;

  /* borrowed */
  sqlite3 *writer;

  int n_started; /* pages of the log when the thread was last set to work */

  /* under the mutex */
  gboolean is_wanted;
  gboolean is_ending;
  gboolean is_done; /* one has ended that the writer has not looked at */
};

static gboolean
wait_for_work (HrCheckpointer *self)
{
  gboolean is_wanted;

  g_mutex_lock (&self->mutex);
  while (!self->is_wanted && !self->is_ending)
    g_cond_wait (&self->cond, &self->mutex);
  is_wanted = !self->is_ending;
  g_mutex_unlock (&self->mutex);
  return is_wanted;
}

static gpointer
run_cb (gpointer data)
{
  HrCheckpointer *self = data;

  while (wait_for_work (self))
    {
      sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
      g_mutex_lock (&self->mutex);
      self->is_wanted = FALSE;
      self->is_done = TRUE;
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/* Whether the thread has just moved most of a long log. Else sets it to work when there is enough to do. */
static gboolean
is_to_finish (HrCheckpointer *self, int n_pages)
{
  gboolean is_to_finish = FALSE;

  if (n_pages < self->n_started)
    self->n_started = 0; /* the log has begun anew */

  g_mutex_lock (&self->mutex);
  if (self->is_done && n_pages >= PAGES_TO_FINISH)
    is_to_finish = TRUE;
  else if (!self->is_wanted && n_pages >= self->n_started + PAGES_TO_START)
    {
      self->is_wanted = TRUE;
      self->n_started = n_pages;
      g_cond_signal (&self->cond);
    }
  self->is_done = FALSE;
  g_mutex_unlock (&self->mutex);
  return is_to_finish;
}

/* After each commit, with the length of the log. A checkpoint that fails is tried again later. */
static int
committed_cb (void *user_data, sqlite3 *db, const char *name, int n_pages)
{
  HrCheckpointer *self = user_data;

  if (n_pages >= PAGES_TO_START && is_to_finish (self, n_pages))
    sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  return SQLITE_OK;
}

static gboolean
fail (const char *path, sqlite3 *db, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The database “%s” cannot be opened: %s."), name,
               sqlite3_errmsg (db));
  return FALSE;
}

static gboolean
open_connection (HrCheckpointer *self, const char *path, HrSync synchronous, GError **error)
{
  /* an absolute path or one with a folder is never special to SQLite */
  g_autofree char *plain = g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (".", path, NULL);
  const char *sql = synchronous == HR_SYNC_OFF ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = NORMAL";

  if (sqlite3_open_v2 (plain, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (path, self->db, error);
  return TRUE;
}

HrCheckpointer *
hr_checkpointer_new (sqlite3 *db, const char *path, HrSync synchronous, GError **error)
{
  HrCheckpointer *self = g_new0 (HrCheckpointer, 1);

  self->writer = db;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  if (!open_connection (self, path, synchronous, error))
    {
      hr_checkpointer_free (self);
      return NULL;
    }
  self->thread = g_thread_new ("checkpointer", run_cb, self);
  sqlite3_wal_hook (db, committed_cb, self);
  return self;
}

void
hr_checkpointer_free (HrCheckpointer *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL)
    {
      sqlite3_wal_hook (self->writer, NULL, NULL);
      g_mutex_lock (&self->mutex);
      self->is_ending = TRUE;
      g_cond_signal (&self->cond);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->thread);
    }
  sqlite3_close (self->db);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
