/*
 * The engine beside bare SQLite: the same rows, the same pages, prepared statements, a transaction a write.
 *
 * The bare side does the row work alone: a read fetches and copies a record by its key; a write reads
 * the old record and stores the new one, in the table and, where there is one, in the index. What
 * the engine adds is everything else: requests, checks, keys, sizes, capacity, index upkeep.
 */

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "model/api/api.h"
#include "model/base/service-limits.h"
#include "model/engine/engine.h"
#include "model/value/codec.h"
#include "tests/bench/bench.h"

#define N_ITEMS 20000
#define ITEM_BYTES 1024
#define KEY_BYTES 48

typedef struct
{
  gboolean with_index;

  /* items to put, and their keys */
  HrArena *arena;
  HrValue *items;
  HrValue *keys;
  HrBuffer *records;
  char **put_bodies[2]; /* two versions of each item, so that every put changes something */
  char **get_bodies;
  guint8 *version;
  guint next;

  HrEngine *engine;
  HrArena *scratch;
  HrBuffer out;
  HrApi api;

  sqlite3 *db;
  sqlite3_stmt *begin, *commit, *select, *replace, *replace_entry;
  char (*bare_keys)[KEY_BYTES + 1];
  char (*bare_entries)[KEY_BYTES + 1];
  char *copy;
} State;

static guint
pick (State *state)
{
  state->next = (state->next * 1664525u + 1013904223u);
  return (state->next >> 8) % N_ITEMS;
}

static HrValue
read_item (State *state, guint number)
{
  char *json = hr_bench_item_json (number, ITEM_BYTES);
  char *kept = hr_arena_strdup (state->arena, json);
  HrJsonError json_error = { 0 };
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const HrJson *tree = hr_json_parse (state->arena, kept, strlen (kept), HR_LIMIT_JSON_DEPTH, &json_error);
  HrValue item;

  g_free (json);
  g_assert_true (hr_item_from_json (state->arena, tree, &item, &error));
  return item;
}

static HrValue
make_key (State *state, const HrValue *item)
{
  HrMember *members = hr_arena_array (state->arena, HrMember, 2);

  members[0] = (HrMember) { "pk", 2, *hr_map_get (item, "pk", 2) };
  members[1] = (HrMember) { "sk", 2, *hr_map_get (item, "sk", 2) };
  return hr_value_map (members, 2);
}

static char *
make_body (const char *member, const HrValue *value)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  hr_buffer_printf (&out, "{\"TableName\":\"bench\",\"%s\":", member);
  hr_item_to_json (value, FALSE, &out);
  hr_buffer_append_string (&out, "}");
  return hr_buffer_steal (&out, NULL);
}

static HrValue
change_item (State *state, guint number)
{
  HrDecimal stamp = { state->next, 0, FALSE };
  HrValue changed = hr_value_number (state->scratch, &stamp);

  return hr_map_with (state->scratch, &state->items[number], "stamp", 5, &changed);
}

static void
make_data (State *state)
{
  state->items = g_new (HrValue, N_ITEMS);
  state->keys = g_new (HrValue, N_ITEMS);
  state->records = g_new0 (HrBuffer, N_ITEMS);
  state->version = g_new0 (guint8, N_ITEMS);
  state->put_bodies[0] = g_new0 (char *, N_ITEMS + 1);
  state->put_bodies[1] = g_new0 (char *, N_ITEMS + 1);
  state->get_bodies = g_new0 (char *, N_ITEMS + 1);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      HrValue changed;

      state->items[i] = read_item (state, i);
      state->keys[i] = make_key (state, &state->items[i]);
      hr_record_encode (&state->items[i], &state->records[i]);
      state->put_bodies[0][i] = make_body ("Item", &state->items[i]);
      changed = change_item (state, i);
      state->put_bodies[1][i] = make_body ("Item", &changed);
      state->get_bodies[i] = make_body ("Key", &state->keys[i]);
    }
}

static HrTable *
make_table (gboolean with_index)
{
  HrTable *table = hr_table_new ("bench");

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  if (with_index)
    {
      HrIndex *index = hr_index_new ("by-owner", HR_INDEX_GLOBAL);

      g_ptr_array_add (index->partition_key, hr_attribute_new ("owner", HR_TYPE_S));
      g_ptr_array_add (index->sort_key, hr_attribute_new ("amount", HR_TYPE_N));
      g_ptr_array_add (table->indexes, index);
    }
  return table;
}

static void
put_items (State *state, const HrValue *items)
{
  for (guint i = 0; i < N_ITEMS; i++)
    {
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrWrite write = { .kind = HR_WRITE_PUT, .table = "bench", .item = items[i] };
      HrCall call = { .arena = state->scratch };
      HrWriteResult result;

      hr_arena_reset (state->scratch);
      g_assert_true (hr_engine_write (state->engine, &write, &call, &result, &error));
    }
}

static void
open_engine (State *state)
{
  g_autoptr (HrTable) table = make_table (state->with_index);
  g_autoptr (GError) error = NULL;
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = state->scratch };

  state->engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (hr_engine_create_table (state->engine, table, &call, &service_error));
  put_items (state, state->items);
  state->api.engine = state->engine;
}

static sqlite3_stmt *
prepare (State *state, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v3 (state->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), ==, SQLITE_OK);
  return statement;
}

static void
step (sqlite3_stmt *statement)
{
  sqlite3_step (statement);
  sqlite3_reset (statement);
}

/* Keys as long as the engine's, in an order of their own. */
static void
make_bare_key (guint number, const char *kind, char key[KEY_BYTES + 1])
{
  g_snprintf (key, KEY_BYTES + 1, "%08x%s%0*u", number * 2654435761u, kind,
              (int) (KEY_BYTES - 8 - strlen (kind)), number);
}

static void
bind_row (sqlite3_stmt *statement, const char *key, gint64 ordinal, const HrBuffer *record)
{
  sqlite3_bind_blob (statement, 1, key, KEY_BYTES, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, ordinal);
  sqlite3_bind_blob (statement, 3, record->data, record->length, SQLITE_STATIC);
}

static void
select_bare (State *state, const char *key)
{
  sqlite3_bind_blob (state->select, 1, key, KEY_BYTES, SQLITE_STATIC);
  if (sqlite3_step (state->select) == SQLITE_ROW)
    memcpy (state->copy, sqlite3_column_blob (state->select, 0), sqlite3_column_bytes (state->select, 0));
  sqlite3_reset (state->select);
}

static void
write_bare (State *state, guint number)
{
  step (state->begin);
  select_bare (state, state->bare_keys[number]);
  bind_row (state->replace, state->bare_keys[number], number, &state->records[number]);
  step (state->replace);
  if (state->with_index)
    {
      bind_row (state->replace_entry, state->bare_entries[number], number, &state->records[number]);
      step (state->replace_entry);
    }
  step (state->commit);
}

static void
open_bare (State *state)
{
  g_assert_cmpint (sqlite3_open (":memory:", &state->db), ==, SQLITE_OK);
  sqlite3_exec (state->db,
                "PRAGMA page_size=8192; PRAGMA journal_mode=MEMORY; PRAGMA locking_mode=EXCLUSIVE;"
                "CREATE TABLE items (key BLOB PRIMARY KEY, ordinal INTEGER, record BLOB) WITHOUT ROWID;"
                "CREATE TABLE entries (key BLOB PRIMARY KEY, ordinal INTEGER, record BLOB) WITHOUT ROWID;",
                NULL, NULL, NULL);
  state->begin = prepare (state, "BEGIN");
  state->commit = prepare (state, "COMMIT");
  state->select = prepare (state, "SELECT record FROM items WHERE key = ?");
  state->replace = prepare (state, "REPLACE INTO items VALUES (?, ?, ?)");
  state->replace_entry = prepare (state, "REPLACE INTO entries VALUES (?, ?, ?)");
  state->copy = g_malloc (4 * ITEM_BYTES);
  state->bare_keys = g_malloc (N_ITEMS * sizeof *state->bare_keys);
  state->bare_entries = g_malloc (N_ITEMS * sizeof *state->bare_entries);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      make_bare_key (i, "item", state->bare_keys[i]);
      make_bare_key (i, "entry", state->bare_entries[i]);
      write_bare (state, i);
    }
}

static void
read_bare_cb (gpointer user_data)
{
  State *state = user_data;

  select_bare (state, state->bare_keys[pick (state)]);
}

static void
read_engine_cb (gpointer user_data)
{
  State *state = user_data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrGet get = { .table = "bench", .key = state->keys[pick (state)] };
  HrCapacity capacity = { 0 };
  HrCall call = { .arena = state->scratch, .capacity = &capacity };
  HrGetResult result;

  hr_arena_reset (state->scratch);
  g_assert_true (hr_engine_get (state->engine, &get, 1, FALSE, &call, &result, &error));
  g_assert_true (result.found);
}

static void
call_api (State *state, const char *operation, const char *body)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  hr_arena_reset (state->scratch);
  hr_buffer_truncate (&state->out, 0);
  g_assert_cmpuint (hr_api_call (&state->api, operation, body, strlen (body), state->scratch, NULL, NULL, &state->out,
                                 &error), ==, 200);
}

static void
read_api_cb (gpointer user_data)
{
  State *state = user_data;

  call_api (state, "GetItem", state->get_bodies[pick (state)]);
}

static void
write_bare_cb (gpointer user_data)
{
  State *state = user_data;

  write_bare (state, pick (state));
}

static void
write_engine_cb (gpointer user_data)
{
  State *state = user_data;
  guint number = pick (state);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrWrite write = { .kind = HR_WRITE_PUT, .table = "bench" };
  HrCapacity capacity = { 0 };
  HrCall call = { .arena = state->scratch, .capacity = &capacity };
  HrWriteResult result;

  hr_arena_reset (state->scratch);
  write.item = change_item (state, number);
  g_assert_true (hr_engine_write (state->engine, &write, &call, &result, &error));
}

static void
write_api_cb (gpointer user_data)
{
  State *state = user_data;

  guint number = pick (state);

  state->version[number] ^= 1;
  call_api (state, "PutItem", state->put_bodies[state->version[number]][number]);
}

static void
compare (State *state, const char *title, HrBenchFunc engine, HrBenchFunc api, HrBenchFunc bare)
{
  g_autofree char *engine_name = g_strdup_printf ("%s, engine", title);
  g_autofree char *api_name = g_strdup_printf ("%s, request JSON to response JSON", title);
  HrBenchContender contenders[] = {
    { .name = engine_name, .func = engine, .user_data = state, .per_call = 1e-3 },
    { .name = api_name, .func = api, .user_data = state, .per_call = 1e-3 },
    { .name = "bare SQLite", .func = bare, .user_data = state, .per_call = 1e-3 },
  };

  hr_bench_run (contenders, G_N_ELEMENTS (contenders), 1.0);
  hr_bench_print (&contenders[0], "k/s", &contenders[2]);
  hr_bench_print (&contenders[1], "k/s", &contenders[2]);
  hr_bench_print (&contenders[2], "k/s", NULL);
}

static void
close_state (State *state)
{
  sqlite3_stmt *statements[] = { state->begin, state->commit, state->select, state->replace, state->replace_entry };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (state->db);
  hr_engine_close (state->engine);
  for (guint i = 0; i < N_ITEMS; i++)
    hr_buffer_clear (&state->records[i]);
  g_free (state->records);
  g_free (state->items);
  g_free (state->keys);
  g_strfreev (state->put_bodies[0]);
  g_strfreev (state->put_bodies[1]);
  g_free (state->version);
  g_strfreev (state->get_bodies);
  g_free (state->copy);
  g_free (state->bare_keys);
  g_free (state->bare_entries);
  hr_buffer_clear (&state->out);
  hr_arena_free (state->scratch);
  hr_arena_free (state->arena);
}

static void
measure (gboolean with_index)
{
  State state = { .with_index = with_index, .arena = hr_arena_new (), .scratch = hr_arena_new () };

  printf ("Engine in memory: %u items of 1 KB, %s\n", N_ITEMS, with_index ? "one global index" : "no index");
  make_data (&state);
  open_engine (&state);
  open_bare (&state);
  compare (&state, "point read", read_engine_cb, read_api_cb, read_bare_cb);
  compare (&state, "put", write_engine_cb, write_api_cb, write_bare_cb);
  close_state (&state);
}

int
main (void)
{
  measure (FALSE);
  measure (TRUE);
  return 0;
}
