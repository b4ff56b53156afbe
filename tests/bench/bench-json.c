/*
 * Reader and writer beside cJSON on the same input: a 1 KB item as typed JSON, to a value and back.
 */

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "model/base/json-writer.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "model/value/record.h"
#include "tests/bench/bench.h"

typedef struct
{
  char *json;
  gsize length;
  HrArena *arena;
  HrBuffer out;
  const HrJson *tree;
  HrValue item;
  HrBuffer record;
  cJSON *cjson;
} State;

static const HrJson *
parse (State *state)
{
  HrJsonError error = { 0 };

  hr_arena_reset (state->arena);
  return hr_json_parse (state->arena, state->json, state->length, HR_LIMIT_JSON_DEPTH, &error);
}

static void
read_tree (gpointer user_data)
{
  g_assert_nonnull (parse (user_data));
}

static void
read_cjson (gpointer user_data)
{
  State *state = user_data;
  cJSON *json = cJSON_ParseWithLength (state->json, state->length);

  g_assert_nonnull (json);
  cJSON_Delete (json);
}

static void
read_item (gpointer user_data)
{
  State *state = user_data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  g_assert_true (hr_item_from_json (state->arena, parse (state), &item, &error));
}

static void
write_item (gpointer user_data)
{
  State *state = user_data;

  hr_buffer_truncate (&state->out, 0);
  hr_item_to_json (&state->item, FALSE, &state->out);
}

static void
write_cjson (gpointer user_data)
{
  State *state = user_data;
  char *text = cJSON_PrintUnformatted (state->cjson);

  cJSON_free (text);
}

static void
read_and_write_item (gpointer user_data)
{
  State *state = user_data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  g_assert_true (hr_item_from_json (state->arena, parse (state), &item, &error));
  hr_buffer_truncate (&state->out, 0);
  hr_item_to_json (&item, FALSE, &state->out);
}

static void
read_and_write_cjson (gpointer user_data)
{
  State *state = user_data;
  cJSON *json = cJSON_ParseWithLength (state->json, state->length);
  char *text = cJSON_PrintUnformatted (json);

  cJSON_free (text);
  cJSON_Delete (json);
}

static void
encode_record (gpointer user_data)
{
  State *state = user_data;

  hr_buffer_truncate (&state->record, 0);
  hr_record_encode (&state->item, &state->record);
}

static void
decode_record (gpointer user_data)
{
  State *state = user_data;
  HrValue item;

  hr_arena_reset (state->arena);
  g_assert_true (hr_record_decode ((const guint8 *) state->record.data, state->record.length, state->arena, &item));
}

static void
compare (const char *title, State *state, HrBenchFunc ours, HrBenchFunc theirs)
{
  HrBenchContender contenders[] = {
    { .name = title, .func = ours, .user_data = state, .per_call = state->length / 1e6 },
    { .name = "cJSON", .func = theirs, .user_data = state, .per_call = state->length / 1e6 },
  };

  hr_bench_run (contenders, G_N_ELEMENTS (contenders), 0.5);
  hr_bench_print (&contenders[0], "MB/s", &contenders[1]);
  hr_bench_print (&contenders[1], "MB/s", NULL);
}

static void
measure_records (State *state)
{
  HrBenchContender contenders[] = {
    { .name = "encode a record", .func = encode_record, .user_data = state, .per_call = 1e-3 },
    { .name = "decode a record", .func = decode_record, .user_data = state, .per_call = 1e-3 },
  };

  hr_bench_run (contenders, G_N_ELEMENTS (contenders), 0.3);
  hr_bench_print (&contenders[0], "k/s", NULL);
  hr_bench_print (&contenders[1], "k/s", NULL);
}

int
main (void)
{
  State state = { .json = hr_bench_item_json (1234, 1024), .arena = hr_arena_new () };
  g_autoptr (HrArena) keep = hr_arena_new ();
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrJsonError json_error = { 0 };

  state.length = strlen (state.json);
  state.cjson = cJSON_Parse (state.json);
  state.tree = hr_json_parse (keep, state.json, state.length, HR_LIMIT_JSON_DEPTH, &json_error);
  g_assert_true (hr_item_from_json (keep, state.tree, &state.item, &error));
  hr_record_encode (&state.item, &state.record);

  printf ("JSON: one item of %" G_GSIZE_FORMAT " bytes\n", state.length);
  compare ("read to a tree", &state, read_tree, read_cjson);
  compare ("read to a checked item", &state, read_item, read_cjson);
  compare ("write", &state, write_item, write_cjson);
  compare ("read and write", &state, read_and_write_item, read_and_write_cjson);
  measure_records (&state);

  cJSON_Delete (state.cjson);
  hr_arena_free (state.arena);
  hr_buffer_clear (&state.out);
  hr_buffer_clear (&state.record);
  g_free (state.json);
  return 0;
}
