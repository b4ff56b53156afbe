/*
 * A load of writes: puts, updates, deletes, batches, transactions, shared commits, tables and indexes.
 */
#include "tests/engine/power-load.h"

#include <stdlib.h>
#include <string.h>

#define N_STANDING 2 /* tables; the others come and go */
#define CHANGES_MAX 8

typedef struct
{
  guint table;
  guint key;
  guint32 version;
  gboolean is_update;
} Change;

const char *const LOAD_NAMES[LOAD_TABLES] = { "single", "paired", "guest-a", "guest-b" };

HrTable *
load_make_table (guint table, LoadTableForm form)
{
  HrTable *definition = fixture_table (LOAD_NAMES[table], "pk:S", table == 1 ? "sk:N" : NULL);

  fixture_add_index (definition, "by-x", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  if (form == LOAD_TABLE_INDEXED)
    fixture_add_index (definition, "by-n", HR_INDEX_GLOBAL, "n:N", NULL, HR_PROJECT_KEYS_ONLY);
  if (table == LOAD_STREAM_TABLE)
    definition->settings.stream = HR_STREAM_NEW_AND_OLD_IMAGES;
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

HrValue
load_make_item (Fixture *f, guint table, guint key, guint32 version)
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
    .table = LOAD_NAMES[change->table],
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
                       .table = LOAD_NAMES[change->table],
                       .item = load_make_item (f, change->table, change->key, change->version) };
  keys = make_key (change->table, change->key);
  key = g_strdup_printf ("{%s}", keys);
  return (HrWrite) { .kind = HR_WRITE_DELETE,
                     .table = LOAD_NAMES[change->table],
                     .item = fixture_item_quoted (f, key) };
}

static LoadState *
get_latest (Load *self)
{
  return &g_array_index (self->history, LoadState, self->history->len - 1);
}

/* A table that is there. */
static guint
choose_table (Load *self)
{
  guint table;

  do
    table = (guint) g_rand_int_range (self->chance, 0, LOAD_TABLES);
  while (get_latest (self)->forms[table] == LOAD_TABLE_ABSENT);
  return table;
}

/* Changes of different items. */
static guint
choose_changes (Load *self, Change *changes, guint count, gboolean with_updates)
{
  for (guint i = 0; i < count;)
    {
      Change change = { choose_table (self), (guint) g_rand_int_range (self->chance, 0, LOAD_KEYS), 0, FALSE };
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
  LoadState state = *get_latest (self);

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
change_table (Load *self, guint table, LoadTableForm form)
{
  Fixture *f = self->f;
  LoadState state = *get_latest (self);
  LoadTableForm before = (LoadTableForm) state.forms[table];
  g_autoptr (HrTable) definition = load_make_table (table, form);

  state.forms[table] = (guint8) form;
  if (form == LOAD_TABLE_ABSENT)
    memset (state.versions[table], 0, sizeof state.versions[table]);
  g_array_append_val (self->history, state);
  if (form == LOAD_TABLE_ABSENT)
    return hr_engine_delete_table (f->engine, LOAD_NAMES[table], &f->call, &f->error);
  if (before == LOAD_TABLE_ABSENT)
    return hr_engine_create_table (f->engine, definition, &f->call, &f->error);
  return hr_engine_update_table (f->engine, definition, &f->call, &f->error);
}

/* Indexes of all tables come and go, and those tables that are guests. */
static gboolean
step_table (Load *self)
{
  guint table = (guint) g_rand_int_range (self->chance, 0, LOAD_TABLES);
  LoadTableForm form = (LoadTableForm) get_latest (self)->forms[table];

  if (table >= N_STANDING && form == LOAD_TABLE_INDEXED)
    return change_table (self, table, LOAD_TABLE_ABSENT);
  return change_table (self, table, form == LOAD_TABLE_PLAIN ? LOAD_TABLE_INDEXED : LOAD_TABLE_PLAIN);
}

static gboolean
step (Load *self)
{
  static gboolean (*const steps[]) (Load *) = { step_write,  step_write,       step_write,     step_batch,
                                                step_shared, step_transaction, step_cancelled, step_table };
  guint n_missing = 0;

  while (n_missing < N_STANDING && get_latest (self)->forms[n_missing] != LOAD_TABLE_ABSENT)
    n_missing++;
  if (n_missing < N_STANDING)
    return change_table (self, n_missing, LOAD_TABLE_PLAIN);
  return steps[g_rand_int_range (self->chance, 0, G_N_ELEMENTS (steps))](self);
}

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

guint
load_read_key (guint table, const HrValue *item)
{
  guint key = read_number (item, "pk");

  return table == 1 ? key * 12 + read_number (item, "sk") : key;
}

guint32
load_read_version (const HrValue *item)
{
  return read_number (item, "n");
}

void
load_run (Load *self, guint n_steps)
{
  self->n_steps = 0;
  self->has_failed = FALSE;
  while (!self->has_failed && self->n_steps < n_steps)
    {
      self->f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
      self->f->call.capacity = NULL; /* the one of the step before is gone with its arena */
      self->has_failed = !step (self);
      self->n_steps++;
      hr_arena_reset (self->f->arena);
    }
}
