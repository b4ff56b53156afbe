/*
 * Power cuts in the middle of writing: what was acknowledged is there afterwards, and nothing by halves.
 *
 * An item is a function of its key and of a version that no two writes share, so what a database holds is told by the
 * version at each key. Every step that the engine acknowledges adds such a state to the history; the one that the cut
 * interrupts may have happened wholly or not at all.
 */
#include <string.h>

#include "model/engine/engine-private.h"
#include "model/value/record.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"
#include "tests/engine/power.h"

#define N_TABLES 4
#define N_STANDING 2 /* the others come and go */
#define N_KEYS 72
#define N_CUTS 200
#define CUTS_A_FILE 20
#define STEPS_MAX 90
#define CHANGES_MAX 8

typedef enum
{
  TABLE_ABSENT,
  TABLE_PLAIN,   /* with one index */
  TABLE_INDEXED, /* with two */
} TableForm;

typedef struct
{
  guint8 forms[N_TABLES];
  guint32 versions[N_TABLES][N_KEYS]; /* 0: no item */
} State;

typedef struct
{
  guint table;
  guint key;
  guint32 version;
  gboolean is_update;
} Change;

typedef struct
{
  Fixture *f;
  GRand *chance;
  GArray *history; /* State: the first is what was there, the last is perhaps not there yet */
  guint32 version;
  guint n_steps;
  gboolean has_failed; /* the latest step */
} Load;

static const char *const names[N_TABLES] = { "single", "paired", "guest-a", "guest-b" };

static HrTable *
make_table (guint table, TableForm form)
{
  HrTable *definition = fixture_table (names[table], "pk:S", table == 1 ? "sk:N" : NULL);

  fixture_add_index (definition, "by-x", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  if (form == TABLE_INDEXED)
    fixture_add_index (definition, "by-n", HR_INDEX_GLOBAL, "n:N", NULL, HR_PROJECT_KEYS_ONLY);
  return definition;
}

static char *
make_key (guint table, guint key)
{
  if (table == 1)
    return g_strdup_printf ("'pk':{'S':'p%u'},'sk':{'N':'%u'}", key / 12, key % 12);
  return g_strdup_printf ("'pk':{'S':'key-%u'}", key);
}

/* Every fifth is in one index less, every fortieth fills pages of its own. */
static gboolean
has_x (guint32 version)
{
  return version % 5 != 0;
}

static char *
make_text (guint32 version)
{
  return g_strnfill (version % 40 == 0 ? 20000 : version * 7919 % 1200, 'a' + version % 26);
}

static HrValue
make_item (Fixture *f, guint table, guint key, guint32 version)
{
  g_autofree char *keys = make_key (table, key);
  g_autofree char *x = has_x (version) ? g_strdup_printf ("'x':{'S':'x%u'},", version % 7) : g_strdup ("");
  g_autofree char *text = make_text (version);
  g_autofree char *json = g_strdup_printf ("{%s,%s'n':{'N':'%u'},'v':{'S':'%s'}}", keys, x, version, text);

  return fixture_item_quoted (f, json);
}

static HrWrite
make_update (Fixture *f, const Change *change)
{
  g_autofree char *keys = make_key (change->table, change->key);
  g_autofree char *key = g_strdup_printf ("{%s}", keys);
  g_autofree char *text = make_text (change->version);
  g_autofree char *x = g_strdup_printf (",':x':{'S':'x%u'}", change->version % 7);
  gboolean with_x = has_x (change->version);
  g_autofree char *values =
      g_strdup_printf ("{':n':{'N':'%u'},':v':{'S':'%s'}%s}", change->version, text, with_x ? x : "");

  return (HrWrite) {
    .kind = HR_WRITE_UPDATE,
    .table = names[change->table],
    .item = fixture_item_quoted (f, key),
    .update = fixture_update (f, with_x ? "SET n = :n, v = :v, x = :x" : "SET n = :n, v = :v REMOVE x", values),
  };
}

static HrWrite
make_write (Fixture *f, const Change *change)
{
  g_autofree char *keys = NULL;
  g_autofree char *key = NULL;

  if (change->version != 0 && change->is_update)
    return make_update (f, change);
  if (change->version != 0)
    return (HrWrite) { .kind = HR_WRITE_PUT,
                       .table = names[change->table],
                       .item = make_item (f, change->table, change->key, change->version) };
  keys = make_key (change->table, change->key);
  key = g_strdup_printf ("{%s}", keys);
  return (HrWrite) { .kind = HR_WRITE_DELETE, .table = names[change->table], .item = fixture_item_quoted (f, key) };
}

static State *
get_latest (Load *self)
{
  return &g_array_index (self->history, State, self->history->len - 1);
}

/* A table that is there. */
static guint
choose_table (Load *self)
{
  guint table;

  do
    table = (guint) g_rand_int_range (self->chance, 0, N_TABLES);
  while (get_latest (self)->forms[table] == TABLE_ABSENT);
  return table;
}

/* Changes of different items. */
static guint
choose_changes (Load *self, Change *changes, guint count, gboolean with_updates)
{
  for (guint i = 0; i < count;)
    {
      Change change = { choose_table (self), (guint) g_rand_int_range (self->chance, 0, N_KEYS), 0, FALSE };
      gboolean is_new = TRUE;

      for (guint j = 0; j < i; j++)
        is_new = is_new && (changes[j].table != change.table || changes[j].key != change.key);
      if (!is_new)
        continue;
      if (g_rand_int_range (self->chance, 0, 5) > 0)
        change.version = ++self->version;
      change.is_update = with_updates && g_rand_boolean (self->chance);
      changes[i++] = change;
    }
  return count;
}

static void
apply (Load *self, const Change *changes, guint count)
{
  State state = *get_latest (self);

  for (guint i = 0; i < count; i++)
    state.versions[changes[i].table][changes[i].key] = changes[i].version;
  g_array_append_val (self->history, state);
}

static gboolean
write_one (Load *self, const Change *change)
{
  HrWrite write = make_write (self->f, change);

  return fixture_write (self->f, &write);
}

static gboolean
step_write (Load *self)
{
  Change change[1];

  apply (self, change, choose_changes (self, change, 1, TRUE));
  return write_one (self, change);
}

static gboolean
step_batch (Load *self)
{
  Change changes[CHANGES_MAX];
  HrWrite writes[CHANGES_MAX];
  guint count = choose_changes (self, changes, (guint) g_rand_int_range (self->chance, 2, CHANGES_MAX + 1), FALSE);

  for (guint i = 0; i < count; i++)
    writes[i] = make_write (self->f, &changes[i]);
  apply (self, changes, count);
  return hr_engine_batch_write (self->f->engine, writes, count, &self->f->call, NULL, &self->f->error);
}

static gboolean
step_transaction (Load *self)
{
  Change changes[CHANGES_MAX];
  HrWrite writes[CHANGES_MAX];
  guint count = choose_changes (self, changes, (guint) g_rand_int_range (self->chance, 2, CHANGES_MAX + 1), TRUE);

  for (guint i = 0; i < count; i++)
    writes[i] = make_write (self->f, &changes[i]);
  apply (self, changes, count);
  return hr_engine_transact_write (self->f->engine, writes, count, &self->f->call, &self->f->error);
}

/* The condition of the last one does not hold, so none of them happens. */
static gboolean
step_cancelled (Load *self)
{
  Change changes[3];
  HrWrite writes[3];
  guint count = choose_changes (self, changes, 3, TRUE);

  for (guint i = 0; i < count; i++)
    writes[i] = make_write (self->f, &changes[i]);
  writes[2].condition =
      fixture_condition (self->f, HR_EXPRESSION_CONDITION, "attribute_exists(nothing)", NULL);
  apply (self, changes, 0);
  g_assert_false (hr_engine_transact_write (self->f->engine, writes, count, &self->f->call, &self->f->error));
  return self->f->error.kind == HR_SERVICE_TRANSACTION_CANCELED;
}

/* Several writes that are acknowledged together, as the endpoint does it. */
static gboolean
step_shared (Load *self)
{
  Change changes[CHANGES_MAX];
  guint count = choose_changes (self, changes, (guint) g_rand_int_range (self->chance, 2, CHANGES_MAX + 1), TRUE);

  apply (self, changes, count);
  if (!hr_engine_begin (self->f->engine, NULL))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!write_one (self, &changes[i]))
      {
        hr_engine_rollback (self->f->engine, NULL);
        return FALSE;
      }
  return hr_engine_commit (self->f->engine, NULL);
}

static gboolean
change_table (Load *self, guint table, TableForm form)
{
  Fixture *f = self->f;
  State state = *get_latest (self);
  TableForm before = (TableForm) state.forms[table];
  g_autoptr (HrTable) definition = make_table (table, form);

  state.forms[table] = (guint8) form;
  if (form == TABLE_ABSENT)
    memset (state.versions[table], 0, sizeof state.versions[table]);
  g_array_append_val (self->history, state);
  if (form == TABLE_ABSENT)
    return hr_engine_delete_table (f->engine, names[table], &f->call, &f->error);
  if (before == TABLE_ABSENT)
    return hr_engine_create_table (f->engine, definition, &f->call, &f->error);
  return hr_engine_update_table (f->engine, definition, &f->call, &f->error);
}

/* Indexes of all tables come and go, and those tables that are guests. */
static gboolean
step_table (Load *self)
{
  guint table = (guint) g_rand_int_range (self->chance, 0, N_TABLES);
  TableForm form = (TableForm) get_latest (self)->forms[table];

  if (table >= N_STANDING && form == TABLE_INDEXED)
    return change_table (self, table, TABLE_ABSENT);
  return change_table (self, table, form == TABLE_PLAIN ? TABLE_INDEXED : TABLE_PLAIN);
}

static gboolean
step (Load *self)
{
  static gboolean (*const steps[]) (Load *) = { step_write,  step_write,       step_write,     step_batch,
                                                step_shared, step_transaction, step_cancelled, step_table };
  guint n_missing = 0;

  while (n_missing < N_STANDING && get_latest (self)->forms[n_missing] != TABLE_ABSENT)
    n_missing++;
  if (n_missing < N_STANDING)
    return change_table (self, n_missing, TABLE_PLAIN);
  return steps[g_rand_int_range (self->chance, 0, G_N_ELEMENTS (steps))](self);
}

/* Writes until the power goes out; the latest state is the one in doubt. */
static void
run (Load *self)
{
  while (!self->has_failed && self->n_steps < STEPS_MAX)
    {
      self->f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      self->f->call.capacity = NULL; /* the one of the step before is gone with its arena */
      self->has_failed = !step (self);
      self->n_steps++;
      hr_arena_reset (self->f->arena);
    }
  if (self->has_failed)
    g_assert_true (power_is_out ());
}

typedef struct
{
  Fixture *f;
  State *state;
  guint table;
  gint64 next_ordinal;
  gint64 item_count;
  gint64 size_bytes;
} Reading;

static guint
read_number (const HrValue *item, const char *name)
{
  const HrValue *value = hr_map_get (item, name, strlen (name));
  char text[HR_DECIMAL_TEXT_MAX] = "";

  g_assert_nonnull (value);
  if (value->type == HR_TYPE_N)
    {
      HrDecimal decimal = hr_value_get_decimal (value);

      hr_decimal_format (&decimal, text);
    }
  else
    memcpy (text, value->bytes, value->length);
  return (guint) strtoul (text + strcspn (text, "0123456789"), NULL, 10);
}

/* Any row is wholly of one version. */
static gboolean
read_row_cb (const HrRow *row, gpointer user_data)
{
  Reading *self = user_data;
  HrValue item, expected;
  guint key;
  guint32 version;

  g_assert_true (hr_record_decode (row->record, row->record_length, self->f->arena, &item));
  key = read_number (&item, "pk");
  if (self->table == 1)
    key = key * 12 + read_number (&item, "sk");
  version = read_number (&item, "n");
  g_assert_cmpuint (key, <, N_KEYS);
  expected = make_item (self->f, self->table, key, version);
  g_assert_true (hr_value_equal (&item, &expected));
  g_assert_cmpint (row->ordinal, <, self->next_ordinal);
  self->state->versions[self->table][key] = version;
  self->item_count++;
  self->size_bytes += (gint64) hr_item_size_bytes (&item);
  return TRUE;
}

static void
read_table (Fixture *f, guint table, State *state)
{
  Reading reading = { f, state, table, hr_engine_get_next_ordinal (f->engine, names[table]), 0, 0 };
  const HrTableInfo *info = hr_engine_describe_table (f->engine, names[table], &f->call);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (info->status, ==, HR_TABLE_ACTIVE);
  state->forms[table] = (guint8) info->definition->indexes->len;
  g_assert_true (hr_engine_foreach_row (f->engine, names[table], read_row_cb, &reading, &error));
  g_assert_cmpint (info->item_count, ==, reading.item_count);
  g_assert_cmpint (info->size_bytes, ==, reading.size_bytes);
  fixture_verify (f, names[table]); /* counters of indexes, too */
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
read_state (Fixture *f, State *state)
{
  guint count = 0;
  guint found = 0;
  gboolean more;

  memset (state, 0, sizeof *state);
  check_integrity (f);
  hr_engine_list_tables (f->engine, NULL, 100, &f->call, &count, &more);
  for (guint i = 0; i < N_TABLES; i++)
    if (hr_engine_get_table (f->engine, names[i]) != NULL)
      {
        read_table (f, i, state);
        found++;
      }
  g_assert_cmpuint (found, ==, count);
  hr_arena_reset (f->arena);
}

/* How many states of the history are gone; -1 when this is none of them. */
static int
count_lost (const Load *self, const State *state)
{
  for (guint i = self->history->len; i > 0; i--)
    if (memcmp (&g_array_index (self->history, State, i - 1), state, sizeof *state) == 0)
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
  State state;
  int n_lost;

  self->n_steps = 0;
  self->has_failed = FALSE;
  power_arm (&moment);
  self->f = open_database (path, sync, cut);
  if (self->f->engine != NULL)
    run (self);
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
      State nothing = { 0 };
      Load load = { .chance = g_rand_new_with_seed (first + 1),
                    .history = g_array_new (FALSE, FALSE, sizeof (State)) };

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
  fixture_create (f, make_table (0, TABLE_PLAIN));
  for (guint i = 0; i < N_KEYS; i++)
    {
      HrWrite write = { .kind = HR_WRITE_PUT, .table = names[0], .item = make_item (f, 0, i, i + 1) };

      g_assert_true (fixture_write (f, &write));
    }
  power_cut ();
  fixture_free (f);
  power_restore (NULL);
  f = open_database (place.path, sync, 0);
  if (f->engine != NULL && hr_engine_get_table (f->engine, names[0]) != NULL)
    count = hr_engine_describe_table (f->engine, names[0], &f->call)->item_count;
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
      n_lost += count_survivors (HR_SYNC_OFF, seed) < N_KEYS;
      g_assert_cmpint (count_survivors (HR_SYNC_FULL, seed), ==, N_KEYS);
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
  g_test_add_func ("/engine/power-cut/full", test_full);
  g_test_add_func ("/engine/power-cut/normal", test_normal);
  return g_test_run ();
}
