/*
 * The expression language: compiling a request's expression, and evaluating it on packed items.
 */

#include <stdio.h>
#include <string.h>

#include "model/base/service-limits.h"
#include "model/expression/update.h"
#include "model/value/codec.h"
#include "tests/bench/bench.h"

#define N_ITEMS 1000

typedef struct
{
  HrArena *arena;
  HrArena *scratch;
  HrItemView items[N_ITEMS];
  HrValue first;
  const char *text;
  const HrJson *names;
  const HrJson *values;
  const HrCondition *condition;
  const HrUpdate *update;
  guint64 n_true;
} State;

static const char filter_text[] =
    "#owner = :owner AND amount > :low AND (attribute_exists(place.city) OR begins_with(#t, :p))";
static const char names_json[] = "{\"#owner\": \"owner\", \"#t\": \"text\"}";
static const char values_json[] =
    "{\":owner\": {\"S\": \"owner-00007\"}, \":low\": {\"N\": \"5\"}, \":p\": {\"S\": \"a\"}}";
static const char update_text[] = "SET amount = amount + :one, place.city = :city REMOVE #open ADD tags :tag";
static const char update_names_json[] = "{\"#open\": \"open\"}";
static const char update_values_json[] =
    "{\":one\": {\"N\": \"1\"}, \":city\": {\"S\": \"Brno\"}, \":tag\": {\"SS\": [\"new\"]}}";

static const HrJson *
parse (HrArena *arena, const char *json)
{
  HrJsonError error = { 0 };
  const HrJson *tree = hr_json_parse (arena, json, strlen (json), HR_LIMIT_JSON_DEPTH, &error);

  g_assert_nonnull (tree);
  return tree;
}

static void
read_placeholders (HrPlaceholders *placeholders, HrArena *arena, const HrJson *names, const HrJson *values)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  memset (placeholders, 0, sizeof *placeholders);
  g_assert_true (hr_placeholders_from_json (placeholders, arena, names, values, &error));
}

static void
make_items (State *state)
{
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *json = hr_bench_item_json (i, 1024);
      char *kept = hr_arena_strdup (state->arena, json);
      HrServiceError error = HR_SERVICE_ERROR_INIT;
      HrBuffer record = HR_BUFFER_INIT;
      HrValue item;

      g_assert_true (hr_item_from_json (state->arena, parse (state->arena, kept), &item, &error));
      hr_record_encode (&item, &record);
      state->items[i].record = hr_arena_memdup (state->arena, record.data, record.length);
      state->items[i].record_length = record.length;
      hr_buffer_clear (&record);
      if (i == 0)
        state->first = item;
    }
}

static void
compile_filter (gpointer user_data)
{
  State *state = user_data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;

  hr_arena_reset (state->scratch);
  read_placeholders (&placeholders, state->scratch, state->names, state->values);
  g_assert_nonnull (hr_condition_compile (state->scratch, HR_EXPRESSION_FILTER, filter_text, strlen (filter_text),
                                          &placeholders, &error));
}

static void
evaluate_filter (gpointer user_data)
{
  State *state = user_data;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      hr_arena_reset (state->scratch);
      state->n_true += hr_condition_evaluate (state->condition, &state->items[i], state->scratch);
    }
}

static void
apply_update (gpointer user_data)
{
  State *state = user_data;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrValue after;

  hr_arena_reset (state->scratch);
  g_assert_true (hr_update_apply (state->update, &state->first, state->scratch, &after, &error));
}

int
main (void)
{
  static State state;
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrPlaceholders placeholders;
  HrBenchContender contenders[] = {
    { .name = "compile a filter of five clauses", .func = compile_filter, .user_data = &state, .per_call = 1e-3 },
    { .name = "evaluate it on packed items", .func = evaluate_filter, .user_data = &state, .per_call = N_ITEMS / 1e3 },
    { .name = "apply an update of four actions", .func = apply_update, .user_data = &state, .per_call = 1e-3 },
  };

  state.arena = hr_arena_new ();
  state.scratch = hr_arena_new ();
  make_items (&state);
  state.names = parse (state.arena, names_json);
  state.values = parse (state.arena, values_json);
  read_placeholders (&placeholders, state.arena, state.names, state.values);
  state.condition = hr_condition_compile (state.arena, HR_EXPRESSION_FILTER, filter_text, strlen (filter_text),
                                          &placeholders, &error);
  read_placeholders (&placeholders, state.arena, parse (state.arena, update_names_json),
                     parse (state.arena, update_values_json));
  state.update = hr_update_compile (state.arena, update_text, strlen (update_text), &placeholders, &error);
  g_assert_nonnull (state.condition);
  g_assert_nonnull (state.update);

  printf ("Expressions on items of 1 KB\n");
  hr_bench_run (contenders, G_N_ELEMENTS (contenders), 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
    hr_bench_print (&contenders[i], "k/s", NULL);
  g_assert_cmpuint (state.n_true, >, 0);

  hr_arena_free (state.arena);
  hr_arena_free (state.scratch);
  return 0;
}
