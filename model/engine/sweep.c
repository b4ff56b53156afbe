/*
 * Sweeping, a bounded step at a time.
 *
 * A step does a piece of what takes long. Then it goes through the tables whose items expire and through the streams,
 * and takes rows off one budget. Whatever is found tells when to look again: the next time of expiry, or when the
 * oldest record will have been there for a day. Writers bring that time forward, so between times nothing is asked of
 * the database.
 */
#include "model/engine/sweep.h"

#include "model/base/error.h"
#include "model/engine/backup-log.h"
#include "model/engine/expiry.h"
#include "model/engine/garbage.h"
#include "model/engine/recovery.h"
#include "model/engine/row-copy.h"
#include "model/engine/status.h"
#include "model/engine/stream-log.h"

#define PAUSE_AFTER_FAILURE_US (10 * G_USEC_PER_SEC)

/* How long others may be kept waiting by a piece with its commit. */
#define PIECE_US 8000
#define PIECE_ROWS_MIN 16

typedef struct
{
  HrEngine *engine;
  HrArena *arena;
  HrServiceError *error;
  gint64 now_us;
  gint64 next_us; /* when to look again */
  guint limit;    /* rows left */
  gboolean has_piece;
  HrSweep result;
} Step;

static gboolean
fail (Step *self)
{
  return hr_engine_fail_service (self->engine, self->arena, self->error);
}

static void
look_again_at (Step *self, gint64 time_us)
{
  self->next_us = MIN (self->next_us, time_us);
}

static gboolean
remove_item (Step *self, HrStoredTable *table, GBytes *key)
{
  HrCall call = { .arena = self->arena };
  HrCharge charge = HR_CHARGE (&call);
  HrChange change = { .table = table, .is_expiry = TRUE };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (key, &length);
  int code = hr_tree_get (&table->tree, bytes, length, self->arena, &change.before);

  if (code != SQLITE_ROW)
    return code == SQLITE_DONE ? hr_engine_fail_damaged (table, self->arena, self->error) : fail (self);
  change.key = bytes;
  change.key_length = length;
  change.has_before = TRUE;
  self->result.expired++;
  return hr_change_apply (&change, self->engine, &charge, 1, self->error);
}

/* An item expires when its second has begun, and goes after the delay. */
static gboolean
remove_expired (Step *self, HrStoredTable *table)
{
  gint64 now = self->now_us / G_USEC_PER_SEC;
  gint64 delay = self->engine->ttl_delay_us / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) keys = NULL;
  gint64 next;

  keys = hr_expiry_list (self->engine, table, now - HR_LIMIT_EXPIRED_S, now - delay + 1, self->limit, &next);
  for (guint i = 0; i < keys->len; i++)
    {
      if (!remove_item (self, table, g_ptr_array_index (keys, i)))
        return FALSE;
    }
  self->limit -= keys->len;
  if (next < (G_MAXINT64 - self->engine->ttl_delay_us) / G_USEC_PER_SEC)
    look_again_at (self, next * G_USEC_PER_SEC + self->engine->ttl_delay_us);
  return TRUE;
}

static gboolean
sweep_table (Step *self, HrStoredTable *table)
{
  gboolean is_built;

  if (!hr_recovery_trim (self->engine, table, self->now_us, &self->limit, &self->next_us))
    return fail (self);
  if (table->expiry.attribute == NULL)
    return TRUE;
  if (!hr_expiry_build (self->engine, table, &self->limit, &is_built))
    return fail (self);
  return remove_expired (self, table);
}

/* No row is put into or taken out of the hash table meanwhile: no table is made or changed. */
static gboolean
sweep_tables (Step *self)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, self->engine->tables);
  while (self->limit > 0 && g_hash_table_iter_next (&iter, NULL, &table))
    if (!sweep_table (self, table))
      return FALSE;
  return TRUE;
}

static gboolean
sweep_streams (Step *self)
{
  gint64 next_us;

  if (self->limit == 0)
    return TRUE;
  if (!hr_stream_log_trim (self->engine, self->now_us, &self->limit, &self->result.trimmed, &next_us))
    return fail (self);
  look_again_at (self, next_us);
  return TRUE;
}

static gboolean
sweep_backups (Step *self)
{
  return self->limit == 0 || hr_backup_expire (self->engine, self->now_us, &self->limit, &self->next_us) || fail (self);
}

/* A piece of one thing that takes long. */
static gboolean
do_piece (Step *self)
{
  gboolean has_more;

  if (!hr_status_sweep (self->engine, FALSE, &self->next_us, &has_more, self->arena, self->error))
    return FALSE;
  if (!has_more && !hr_row_copy_sweep (self->engine, FALSE, &self->next_us, &has_more))
    return fail (self);
  if (!has_more && !hr_garbage_sweep (self->engine, &has_more))
    return fail (self);
  self->has_piece = has_more;
  if (has_more)
    look_again_at (self, 0);
  return TRUE;
}

/* A row costs more or less by where it goes and what the disk is like. */
static void
measure_piece (HrEngine *engine, gint64 duration_us)
{
  if (duration_us > PIECE_US)
    engine->piece_rows = MAX (engine->piece_rows / 2, PIECE_ROWS_MIN);
  else if (duration_us < PIECE_US / 2)
    engine->piece_rows = MIN (engine->piece_rows + engine->piece_rows / 4, HR_PIECE_ROWS_MAX);
}

static gboolean
look_after_rows (Step *self)
{
  return sweep_tables (self) && sweep_streams (self) && sweep_backups (self);
}

static gboolean
in_transaction (Step *self, gboolean (*func) (Step *self))
{
  if (!hr_savepoint_begin (self->engine, self->arena, self->error))
    return FALSE;
  if (!func (self))
    {
      hr_savepoint_rollback (self->engine);
      return FALSE;
    }
  return hr_savepoint_commit (self->engine, self->arena, self->error);
}

/* Nobody is told of a piece, so it need not come to the disk before the next write that somebody is told of. */
static gboolean
take_piece (Step *self)
{
  HrEngine *engine = self->engine;
  gboolean is_lax = engine->synchronous == HR_SYNC_FULL && engine->level == 0;
  gint64 start_us = g_get_monotonic_time ();
  gboolean ok;

  if (is_lax)
    sqlite3_exec (engine->db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
  ok = in_transaction (self, do_piece);
  if (is_lax && sqlite3_exec (engine->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL) != SQLITE_OK)
    ok = fail (self);
  if (ok && self->has_piece)
    measure_piece (engine, g_get_monotonic_time () - start_us);
  return ok;
}

static gboolean
take_step (Step *self)
{
  return take_piece (self) && in_transaction (self, look_after_rows);
}

gboolean
hr_engine_sweep (HrEngine *self, guint limit, HrSweep *result, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrServiceError service = HR_SERVICE_ERROR_INIT;
  Step step = { self, arena, &service, hr_clock_now_us (self->clock), G_MAXINT64, limit, FALSE, { 0 } };

  if (!take_step (&step))
    {
      hr_status_reload (self);
      self->has_garbage = TRUE; /* for all that is known */
      self->sweep_us = step.now_us + PAUSE_AFTER_FAILURE_US;
      g_set_error_literal (error, HR_ERROR, HR_ERROR_STORE, service.message);
      return FALSE;
    }
  self->sweep_us = step.limit > 0 ? step.next_us : 0;
  if (result != NULL)
    *result = step.result;
  return TRUE;
}

gboolean
hr_engine_finish_changes (HrEngine *self, GError **error)
{
  return hr_status_finish (self, error);
}

gint64
hr_engine_get_sweep_pause_us (HrEngine *self)
{
  if (self->sweep_us == G_MAXINT64)
    return G_MAXINT64;
  return self->sweep_us == 0 ? 0 : MAX (self->sweep_us - hr_clock_now_us (self->clock), 0);
}
