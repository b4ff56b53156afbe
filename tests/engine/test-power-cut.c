/*
 * Power cuts in the middle of writing: what was acknowledged is there afterwards, and nothing by halves.
 *
 * The step that the cut interrupts may have happened wholly or not at all.
 */
#include <string.h>

#include "model/engine/backups.h"
#include "model/engine/row-copy.h"
#include "model/engine/streams.h"
#include "model/engine/sweep.h"
#include "model/value/record.h"
#include "tests/engine/place.h"
#include "tests/engine/power-load.h"
#include "tests/engine/power.h"

#define N_CUTS 200
#define CUTS_A_FILE 20
#define STEPS_MAX 90

typedef struct
{
  Fixture *f;
  LoadState *state;
  guint table;
  gint64 next_ordinal;
  gint64 item_count;
  gint64 size_bytes;
} Reading;

/* Any row is wholly of one version. */
static gboolean
read_row_cb (const HrRow *row, gpointer user_data)
{
  Reading *self = user_data;
  HrValue item, expected;
  guint key;
  guint32 version;

  g_assert_true (hr_record_decode (row->record, row->record_length, self->f->arena, &item));
  key = load_read_key (self->table, &item);
  version = load_read_version (&item);
  g_assert_cmpuint (key, <, LOAD_KEYS);
  expected = load_make_item (self->f, self->table, key, version);
  g_assert_true (hr_value_equal (&item, &expected));
  g_assert_cmpint (row->ordinal, <, self->next_ordinal);
  self->state->versions[self->table][key] = version;
  self->item_count++;
  self->size_bytes += (gint64) hr_item_size_bytes (&item);
  return TRUE;
}

static void
replay_record (const HrStreamRecord *record, guint32 *versions)
{
  guint key = load_read_key (LOAD_STREAM_TABLE, &record->keys);
  guint32 before = record->old_image != NULL ? load_read_version (record->old_image) : 0;

  g_assert_cmpuint (key, <, LOAD_KEYS);
  g_assert_cmpuint (before, ==, versions[key]);
  versions[key] = record->new_image != NULL ? load_read_version (record->new_image) : 0;
}

/* All that has happened, one after the other, leads to what is there. */
static void
check_stream (Fixture *f, const LoadState *state)
{
  const char *name = LOAD_NAMES[LOAD_STREAM_TABLE];
  const HrTableInfo *info = hr_engine_describe_table (f->engine, name, &f->call);
  const HrStreamInfo *stream = hr_engine_find_stream (f->engine, name, info->stream_label, &f->call);
  guint32 versions[LOAD_KEYS] = { 0 };

  g_assert_nonnull (stream);
  for (guint shard = 0; shard < stream->n_shards; shard++)
    {
      HrStreamPage page = { .next = HR_STREAM_TRIM_HORIZON };

      do
        {
          g_assert_true (hr_engine_read_stream (f->engine, stream, shard, page.next, 1000, &f->call, &page, &f->error));
          for (guint i = 0; i < page.count; i++)
            replay_record (&page.records[i], versions);
        }
      while (page.count > 0);
    }
  g_assert_cmpmem (versions, sizeof versions, state->versions[LOAD_STREAM_TABLE], sizeof versions);
}

static void
read_table (Fixture *f, guint table, LoadState *state)
{
  Reading reading = { f, state, table, hr_engine_get_next_ordinal (f->engine, LOAD_NAMES[table]), 0, 0 };
  const HrTableInfo *info = hr_engine_describe_table (f->engine, LOAD_NAMES[table], &f->call);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (info->status, ==, HR_TABLE_ACTIVE);
  state->forms[table] = (guint8) info->definition->indexes->len;
  g_assert_true (hr_engine_foreach_row (f->engine, LOAD_NAMES[table], read_row_cb, &reading, &error));
  g_assert_cmpint (info->item_count, ==, reading.item_count);
  g_assert_cmpint (info->size_bytes, ==, reading.size_bytes);
  fixture_verify (f, LOAD_NAMES[table]); /* counters of indexes, too */
  if (table == LOAD_STREAM_TABLE)
    check_stream (f, state);
}

static void
check_integrity (Fixture *f)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (f->engine->db, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
}

/* What the database holds; on the way everything that must be true whatever it holds. */
static void
read_state (Fixture *f, LoadState *state)
{
  guint count = 0;
  guint found = 0;
  gboolean more;

  memset (state, 0, sizeof *state);
  check_integrity (f);
  hr_engine_list_tables (f->engine, NULL, 100, &f->call, &count, &more);
  for (guint i = 0; i < LOAD_TABLES; i++)
    if (hr_engine_get_table (f->engine, LOAD_NAMES[i]) != NULL)
      {
        read_table (f, i, state);
        found++;
      }
  g_assert_cmpuint (found, ==, count);
  hr_arena_reset (f->arena);
}

/* How many states of the history are gone; -1 when this is none of them. */
static int
count_lost (const Load *self, const LoadState *state)
{
  for (guint i = self->history->len; i > 0; i--)
    if (memcmp (&g_array_index (self->history, LoadState, i - 1), state, sizeof *state) == 0)
      return (int) (self->history->len - i);
  return -1;
}

/* In turns: anywhere, at the sync of a commit, in a checkpoint, wherever it comes in a long run. */
static PowerMoment
choose_moment (guint cut, guint32 seed)
{
  static const struct
  {
    PowerFiles files;
    PowerDeeds deeds;
    gint32 number_max;
  } rows[] = {
    { POWER_ANY_FILE, POWER_ANY_DEED, 300 },
    { POWER_LOG, POWER_SYNC, 40 },
    { POWER_MAIN, POWER_ANY_DEED, 200 },
    { POWER_ANY_FILE, POWER_ANY_DEED, 4000 },
  };
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);

  if (cut % CUTS_A_FILE == 0) /* while the file is made */
    return (PowerMoment) { POWER_ANY_FILE, POWER_ANY_DEED, 1 + cut / CUTS_A_FILE * 2, seed };
  return (PowerMoment) { rows[cut % G_N_ELEMENTS (rows)].files, rows[cut % G_N_ELEMENTS (rows)].deeds,
                         (guint) g_rand_int_range (chance, 1, rows[cut % G_N_ELEMENTS (rows)].number_max), seed };
}

/* Half of them leave checkpoints to the thread; in the others they come often. */
static Fixture *
open_database (const char *path, HrSync sync, guint cut)
{
  const HrEngineOptions options = { .synchronous = sync, .has_checkpointer = cut % 8 >= 4 };
  Fixture *f = fixture_new_with (path, &options);

  if (f->engine != NULL && !options.has_checkpointer)
    sqlite3_wal_autocheckpoint (f->engine->db, 60);
  return f;
}

/* The power may go out again while the database is opened. */
static void
open_in_vain (const char *path, HrSync sync, guint cut)
{
  const PowerMoment moment = { POWER_ANY_FILE, POWER_ANY_DEED, 1 + cut % 23, cut };
  Fixture *f;

  power_arm (&moment);
  f = open_database (path, sync, cut);
  power_cut ();
  fixture_free (f);
  power_restore (NULL);
}

typedef struct
{
  guint cuts_in[POWER_ANY_FILE + 1];
  guint writes_lost;
  guint writes_kept;
  guint steps;
  guint steps_in_doubt; /* that have happened although nobody was told */
  guint steps_lost;     /* that had been acknowledged */
} Tally;

static void
cut_once (Load *self, const char *path, HrSync sync, guint cut, Tally *tally)
{
  const PowerMoment moment = choose_moment (cut, 1000 * (guint32) sync + cut);
  PowerLoss loss;
  LoadState state;
  int n_lost;

  self->n_steps = 0;
  self->has_failed = FALSE;
  power_arm (&moment);
  self->f = open_database (path, sync, cut);
  if (self->f->engine != NULL)
    load_run (self, STEPS_MAX);
  else
    g_assert_true (power_is_out ());
  power_cut ();
  fixture_free (self->f);
  power_restore (&loss);
  if (cut % 3 == 0)
    open_in_vain (path, sync, cut);

  tally->cuts_in[loss.file]++;
  tally->writes_lost += loss.lost;
  tally->writes_kept += loss.kept;
  tally->steps += self->n_steps;
  self->f = open_database (path, sync, cut);
  g_assert_nonnull (self->f->engine);
  read_state (self->f, &state);
  fixture_free (self->f);
  n_lost = count_lost (self, &state);
  g_assert_cmpint (n_lost, >=, 0);
  if (self->has_failed)
    {
      tally->steps_in_doubt += n_lost == 0;
      n_lost = MAX (n_lost - 1, 0);
    }
  tally->steps_lost += (guint) n_lost;
  g_array_set_size (self->history, 0);
  g_array_append_val (self->history, state);
}

static void
run_cuts (HrSync sync, guint n_cuts, Tally *tally)
{
  for (guint first = 0; first < n_cuts; first += CUTS_A_FILE)
    {
      g_auto (Place) place = { 0 };
      LoadState nothing = { 0 };
      Load load = { .chance = g_rand_new_with_seed (first + 1),
                    .history = g_array_new (FALSE, FALSE, sizeof (LoadState)) };

      place_init (&place);
      g_array_append_val (load.history, nothing);
      for (guint cut = first; cut < MIN (first + CUTS_A_FILE, n_cuts); cut++)
        cut_once (&load, place.path, sync, cut, tally);
      power_restore (NULL); /* the next file is on a disk of its own */
      g_array_unref (load.history);
      g_rand_free (load.chance);
    }
  g_test_message ("%u steps; cuts in the file %u, the log %u, journals %u, between %u; writes lost %u, kept %u; "
                  "steps in doubt %u, acknowledged but lost %u",
                  tally->steps, tally->cuts_in[POWER_MAIN], tally->cuts_in[POWER_LOG], tally->cuts_in[POWER_JOURNAL],
                  tally->cuts_in[0], tally->writes_lost, tally->writes_kept, tally->steps_in_doubt, tally->steps_lost);
}

/* The load must have met what it is about: cuts everywhere, and writes that were lost. */
static void
check_tally (const Tally *tally)
{
  g_assert_cmpuint (tally->cuts_in[POWER_MAIN], >, 0);
  g_assert_cmpuint (tally->cuts_in[POWER_LOG], >, 0);
  g_assert_cmpuint (tally->cuts_in[POWER_JOURNAL], >, 0);
  g_assert_cmpuint (tally->writes_lost, >, 0);
  g_assert_cmpuint (tally->writes_kept, >, 0);
}

static void
test_full (void)
{
  Tally tally = { .steps = 0 };

  run_cuts (HR_SYNC_FULL, N_CUTS, &tally);
  g_assert_cmpuint (tally.steps_lost, ==, 0);
  g_assert_cmpuint (tally.steps_in_doubt, >, 0);
  check_tally (&tally);
}

/* What is left is what was there at some time. */
static void
test_normal (void)
{
  Tally tally = { .steps = 0 };

  run_cuts (HR_SYNC_NORMAL, N_CUTS / 4, &tally);
  g_assert_cmpuint (tally.steps_lost, >, 0);
  check_tally (&tally);
}

static Fixture *
open_swept (const char *path)
{
  const HrEngineOptions options = { .synchronous = HR_SYNC_FULL, .is_swept = TRUE };

  return fixture_new_with (path, &options);
}

/* Whether the second index is there, but not whole. */
static gboolean
is_building (Fixture *f)
{
  const HrTableInfo *info = hr_engine_describe_table (f->engine, LOAD_NAMES[0], &f->call);

  return info->definition->indexes->len > 1 && info->index_states[1].status == HR_TABLE_CREATING;
}

/* More than is built at one go. */
static void
fill_large (Fixture *f)
{
  fixture_create (f, load_make_table (0, LOAD_TABLE_PLAIN));
  for (guint i = 0; i < LOAD_KEYS; i++)
    {
      HrWrite write = { .kind = HR_WRITE_PUT, .table = LOAD_NAMES[0], .item = load_make_item (f, 0, i, 40 * (i + 1)) };

      g_assert_true (fixture_write (f, &write));
    }
}

/* Little by little, with writes in between, until it is built or the power is out; whether it was begun. */
static gboolean
build_index (Fixture *f)
{
  g_autoptr (HrTable) definition = load_make_table (0, LOAD_TABLE_INDEXED);
  gboolean ok = hr_engine_update_table (f->engine, definition, &f->call, &f->error);
  gboolean is_begun = ok;

  g_assert_true (!ok || is_building (f));
  for (guint i = 0; ok && is_building (f); i++)
    {
      HrWrite write = {
        .kind = HR_WRITE_PUT, .table = LOAD_NAMES[0], .item = load_make_item (f, 0, i * 7 % LOAD_KEYS, 40 * (i + 100))
      };

      ok = fixture_write (f, &write) && hr_engine_sweep (f->engine, 3, NULL, NULL);
    }
  return is_begun;
}

/* The power goes during @work on a large table, whose beginning may have been acknowledged; then it is back. */
static Fixture *
open_after_cut (const char *path, const PowerMoment *moment, gboolean (*work) (Fixture *f), gboolean *is_begun)
{
  Fixture *f = open_swept (path);

  fill_large (f);
  power_arm (moment);
  *is_begun = work (f);
  power_cut ();
  fixture_free (f);
  power_restore (NULL);
  return open_swept (path);
}

/* Goes on where it was, and finds all rows. */
static void
test_index_build (void)
{
  guint n_unfinished = 0;

  for (guint cut = 0; cut < 24; cut++)
    {
      const PowerMoment moment = { POWER_ANY_FILE, POWER_ANY_DEED, 1 + cut * 6, cut };
      g_auto (Place) place = { 0 };
      gboolean is_begun;
      LoadState state;
      Fixture *f;

      place_init (&place);
      f = open_after_cut (place.path, &moment, build_index, &is_begun);
      n_unfinished += is_building (f);
      while (is_building (f))
        g_assert_true (hr_engine_sweep (f->engine, 3, NULL, NULL));
      read_state (f, &state);
      g_assert_true (!is_begun || state.forms[0] == LOAD_TABLE_INDEXED);
      fixture_free (f);
      power_restore (NULL);
    }
  g_test_message ("%u of 24 cuts found an index half built", n_unfinished);
  g_assert_cmpuint (n_unfinished, >, 5);
}

static guint
count_garbage (Fixture *f)
{
  sqlite3_stmt *statement = NULL;
  guint count;

  g_assert_cmpint (sqlite3_prepare_v2 (f->engine->db, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'garbage*'",
                                       -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

/* Little by little, with a table of the same name beside it; whether it was deleted at all. */
static gboolean
delete_and_write (Fixture *f)
{
  gboolean is_deleted = hr_engine_delete_table (f->engine, LOAD_NAMES[0], &f->call, &f->error);
  g_autoptr (HrTable) definition = load_make_table (0, LOAD_TABLE_PLAIN);
  gboolean ok = is_deleted && hr_engine_create_table (f->engine, definition, &f->call, &f->error);

  for (guint i = 0; ok && count_garbage (f) > 0; i++)
    {
      HrWrite write = { .kind = HR_WRITE_PUT, .table = LOAD_NAMES[0], .item = load_make_item (f, 0, i % 5, 40 + i) };

      ok = fixture_write (f, &write) && hr_engine_sweep (f->engine, 3, NULL, NULL);
    }
  return is_deleted;
}

/* What is left of a large table goes after the cut. */
static void
test_garbage (void)
{
  guint n_unfinished = 0;

  for (guint cut = 0; cut < 24; cut++)
    {
      const PowerMoment moment = { POWER_ANY_FILE, POWER_ANY_DEED, 1 + cut * 4, cut };
      g_auto (Place) place = { 0 };
      gboolean is_deleted;
      LoadState state;
      Fixture *f;

      place_init (&place);
      f = open_after_cut (place.path, &moment, delete_and_write, &is_deleted);
      n_unfinished += count_garbage (f);
      while (hr_engine_get_sweep_pause_us (f->engine) == 0)
        g_assert_true (hr_engine_sweep (f->engine, 3, NULL, NULL));
      g_assert_cmpuint (count_garbage (f), ==, 0);
      read_state (f, &state);
      g_assert_true (!is_deleted || state.versions[0][LOAD_KEYS - 1] == 0);
      fixture_free (f);
      power_restore (NULL);
    }
  g_test_message ("%u of 24 cuts found something to be taken away", n_unfinished);
  g_assert_cmpuint (n_unfinished, >, 5);
}

/* What was acknowledged of a backup and of a table made of it. */
typedef struct
{
  const HrBackupInfo *backup;
  gboolean is_restored;
} Promise;

static gboolean
write_one (Fixture *f, guint number)
{
  HrWrite write = {
    .kind = HR_WRITE_PUT,
    .table = LOAD_NAMES[0],
    .item = load_make_item (f, 0, number * 7 % LOAD_KEYS, 40 * (number + 100)),
  };

  return fixture_write (f, &write);
}

static gboolean
restore (Fixture *f, const HrBackupInfo *backup)
{
  g_autoptr (HrTable) target = load_make_table (0, LOAD_TABLE_INDEXED);

  g_free (target->name);
  target->name = g_strdup ("copy");
  return hr_engine_restore_backup (f->engine, backup, target, &f->call, &f->error);
}

/* Both little by little, with writes in between. */
static void
back_up_and_restore (Fixture *f, Promise *promise)
{
  gboolean ok = TRUE;

  promise->backup = hr_engine_create_backup (f->engine, LOAD_NAMES[0], "backup", &f->call, &f->error);
  if (promise->backup == NULL)
    return;
  for (guint i = 0; ok && hr_engine_get_sweep_pause_us (f->engine) == 0; i++)
    ok = write_one (f, i) && hr_engine_sweep (f->engine, 3, NULL, NULL);
  promise->is_restored
      = ok
        && restore (f, hr_engine_find_backup (f->engine, LOAD_NAMES[0], promise->backup->created_us,
                                              promise->backup->number, &f->call));
  for (guint i = 0; ok && hr_engine_get_sweep_pause_us (f->engine) == 0; i++)
    ok = write_one (f, i) && hr_engine_sweep (f->engine, 3, NULL, NULL);
}

static void
check_promise (Fixture *f, const Promise *promise, const char *expected)
{
  g_autofree char *dump = NULL;
  g_autofree char *rows = NULL;
  const HrBackupInfo *backup;

  while (hr_engine_get_sweep_pause_us (f->engine) == 0)
    g_assert_true (hr_engine_sweep (f->engine, 3, NULL, NULL));
  check_integrity (f);
  fixture_verify (f, LOAD_NAMES[0]);
  if (promise->backup == NULL)
    return;
  backup = hr_engine_find_backup (f->engine, LOAD_NAMES[0], promise->backup->created_us, promise->backup->number,
                                  &f->call);
  g_assert_nonnull (backup);
  g_assert_false (backup->is_being_made);
  g_assert_true (!promise->is_restored || hr_engine_get_table (f->engine, "copy") != NULL);
  if (hr_engine_get_table (f->engine, "copy") == NULL)
    g_assert_true (restore (f, backup));
  g_assert_true (hr_engine_finish_changes (f->engine, NULL));
  fixture_verify (f, "copy");
  dump = fixture_dump (f, "copy");
  rows = g_strndup (dump, (gsize) (strstr (dump, "\nindex") - dump));
  g_assert_cmpstr (strchr (rows, '\n'), ==, expected);
}

/* The rows alone. */
static char *
dump_rows (Fixture *f)
{
  g_autofree char *dump = fixture_dump (f, LOAD_NAMES[0]);
  const char *rows = strchr (dump, '\n');

  return g_strndup (rows, (gsize) (strstr (dump, "\nindex") - rows));
}

/* What was made a backup of is what comes back. */
static void
test_row_copy (void)
{
  guint n_unfinished = 0;

  for (guint cut = 0; cut < 24; cut++)
    {
      const PowerMoment moment = { POWER_ANY_FILE, POWER_ANY_DEED, 1 + cut * 8, cut };
      g_autofree char *expected = NULL;
      g_auto (Place) place = { 0 };
      Promise promise = { NULL, FALSE };
      Fixture *before;
      Fixture *f;

      place_init (&place);
      before = open_swept (place.path);
      fill_large (before);
      expected = dump_rows (before);
      power_arm (&moment);
      back_up_and_restore (before, &promise);
      power_cut ();
      hr_engine_close (g_steal_pointer (&before->engine));
      power_restore (NULL);

      f = open_swept (place.path);
      n_unfinished += hr_row_copy_are_any (f->engine);
      check_promise (f, &promise, expected);
      fixture_free (f);
      fixture_free (before);
      power_restore (NULL);
    }
  g_test_message ("%u of 24 cuts found copies half made", n_unfinished);
  g_assert_cmpuint (n_unfinished, >, 5);
}

/* Puts that are acknowledged, and then the power is cut; how many are there afterwards. */
static gint64
count_survivors (HrSync sync, guint32 seed)
{
  const PowerMoment moment = { POWER_ANY_FILE, POWER_ANY_DEED, G_MAXUINT, seed };
  g_auto (Place) place = { 0 };
  gint64 count = -1;
  Fixture *f;

  place_init (&place);
  power_arm (&moment);
  f = open_database (place.path, sync, 0);
  fixture_create (f, load_make_table (0, LOAD_TABLE_PLAIN));
  for (guint i = 0; i < LOAD_KEYS; i++)
    {
      HrWrite write = { .kind = HR_WRITE_PUT, .table = LOAD_NAMES[0], .item = load_make_item (f, 0, i, i + 1) };

      g_assert_true (fixture_write (f, &write));
    }
  power_cut ();
  fixture_free (f);
  power_restore (NULL);
  f = open_database (place.path, sync, 0);
  if (f->engine != NULL && hr_engine_get_table (f->engine, LOAD_NAMES[0]) != NULL)
    count = hr_engine_describe_table (f->engine, LOAD_NAMES[0], &f->call)->item_count;
  fixture_free (f);
  power_restore (NULL);
  return count;
}

/* The disk does lose what is not synced, or the tests below say nothing. */
static void
test_disk (void)
{
  guint n_lost = 0;

  for (guint32 seed = 0; seed < 12; seed++)
    {
      n_lost += count_survivors (HR_SYNC_OFF, seed) < LOAD_KEYS;
      g_assert_cmpint (count_survivors (HR_SYNC_FULL, seed), ==, LOAD_KEYS);
    }
  g_test_message ("without syncs %u of 12 cuts lost something", n_lost);
  g_assert_cmpuint (n_lost, >=, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  power_set_up ();
  g_test_add_func ("/engine/power-cut/disk", test_disk);
  g_test_add_func ("/engine/power-cut/index-build", test_index_build);
  g_test_add_func ("/engine/power-cut/garbage", test_garbage);
  g_test_add_func ("/engine/power-cut/row-copy", test_row_copy);
  g_test_add_func ("/engine/power-cut/full", test_full);
  g_test_add_func ("/engine/power-cut/normal", test_normal);
  return g_test_run ();
}
