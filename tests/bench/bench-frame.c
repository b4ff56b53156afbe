/*
 * One screen of the flat table, laid out and painted: for few and for many items, in one partition
 * and in as many, at the top, in the middle, at the end, and right after an insert; and of a table beside its index.
 *
 * Every figure is the median of several frames; ratios are against the same place in the smallest table, the worst of
 * the four is printed.
 */

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/document/outline.h"
#include "model/document/runner.h"
#include "model/engine/rows.h"
#include "model/value/record.h"
#include "render/painter.h"
#include "render/pair-layout.h"
#include "render/table-layout.h"
#include "tests/bench/bench.h"

#define WIDTH 1128
#define HEIGHT 760
#define N_FRAMES 31

typedef struct
{
  guint n_items;
  gboolean one_partition;
  HrTable *table;
  HrEngine *engine;
  HrOutline *outline;
  HrTableLayout *layout;
  HrText *text;
  HrScene *scene;
  cairo_surface_t *surface;
  HrArena *arena;
} State;

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static HrTable *
make_table (void)
{
  HrTable *table = hr_table_new ("bench");
  HrEntity *entity = hr_entity_new ("Event");

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (entity->keys, hr_entity_key_new ("pk", hr_key_template_parse ("DEVICE#{device}", NULL, NULL)));
  g_ptr_array_add (entity->keys, hr_entity_key_new ("sk", hr_key_template_parse ("{at}", NULL, NULL)));
  g_ptr_array_add (entity->key_parts, hr_attribute_new ("device", HR_TYPE_S));
  g_ptr_array_add (entity->key_parts, hr_attribute_new ("at", HR_TYPE_S));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("reading", HR_TYPE_N));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("note", HR_TYPE_S));
  g_ptr_array_add (table->entities, entity);
  return table;
}

static HrValue
make_item (State *state, guint number)
{
  HrMember *members = hr_arena_array (state->arena, HrMember, 4);
  char *pk = hr_arena_printf (state->arena, "DEVICE#%07u", state->one_partition ? 0 : number);
  char *sk = hr_arena_printf (state->arena, "2026-03-02T%08u", number);
  char *note = hr_arena_printf (state->arena, "everything is as it was, number %u", number);
  HrDecimal reading = { number % 1000 * 10 + 1, -1, FALSE };

  members[0] = (HrMember) { "note", 4, hr_value_string (note, strlen (note)) };
  members[1] = (HrMember) { "pk", 2, hr_value_string (pk, strlen (pk)) };
  members[2] = (HrMember) { "reading", 7, hr_value_number (state->arena, &reading) };
  members[3] = (HrMember) { "sk", 2, hr_value_string (sk, strlen (sk)) };
  return hr_value_map (members, 4);
}

static void
put_item (State *state, guint number, gint64 ordinal)
{
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrValue item = make_item (state, number);
  HrRow row = { .ordinal = ordinal };

  hr_record_encode (&item, &record);
  row.record = (const guint8 *) record.data;
  row.record_length = record.length;
  g_assert_true (hr_engine_restore_row (state->engine, "bench", &row, NULL));
}

static void
fill (State *state)
{
  HrCall call = { .arena = state->arena };
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  state->engine = hr_engine_open (NULL, NULL, NULL);
  g_assert_true (hr_engine_create_table (state->engine, state->table, &call, &error));
  g_assert_true (hr_engine_begin (state->engine, NULL));
  for (guint i = 0; i < state->n_items; i++)
    {
      put_item (state, 2 * i, i);
      if (i % 1024 == 0)
        hr_arena_reset (state->arena);
    }
  g_assert_true (hr_engine_commit (state->engine, NULL));
}

static void
look (State *state, const HrMarks *marks)
{
  const HrTableLook table_look = { .outline = state->outline, .table = state->table, .text = state->text, .zoom = 1.0,
                                   .marks = marks, .dim_others = TRUE, .dim = 0.42 };

  hr_table_layout_set_look (state->layout, &table_look);
}

static double
draw_frame (State *state, double y)
{
  const HrViewport viewport = { .y = y, .width = WIDTH, .height = HEIGHT };
  double start = now_ms ();
  cairo_t *cr;

  hr_scene_clear (state->scene);
  g_assert_true (hr_table_layout_draw (state->layout, &viewport, state->scene, NULL));
  cr = cairo_create (state->surface);
  hr_paint_scene (cr, state->scene, HR_THEME_LIGHT, state->text);
  cairo_destroy (cr);
  return now_ms () - start;
}

/* Frames of neighbouring places, so that each of them has rows that were not drawn before. */
static double
measure_place (State *state, double y)
{
  double times[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    times[i] = draw_frame (state, MAX (0, y - 97.0 * i));
  return hr_bench_find_median (times, N_FRAMES);
}

static double
measure_inserts (State *state, double y)
{
  double times[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      guint number = 2 * (state->n_items / 2) + 1 + 2 * i;
      HrValue item;
      double start;

      hr_arena_reset (state->arena);
      put_item (state, number, state->n_items + i);
      item = make_item (state, number);
      start = now_ms ();
      hr_outline_apply_change (state->outline, NULL, &item, state->n_items + i);
      look (state, NULL);
      times[i] = now_ms () - start + draw_frame (state, y);
    }
  return hr_bench_find_median (times, N_FRAMES);
}

/* Top, middle, end, after an insert. */
#define N_PLACES 4

static void
print_row (const State *state, const double *times, const double *smallest)
{
  double worst = 0;

  printf ("  %9u items in %-18s", state->n_items, state->one_partition ? "one partition" : "as many partitions");
  for (guint i = 0; i < N_PLACES; i++)
    {
      printf (" %7.2f", times[i]);
      worst = MAX (worst, times[i] / smallest[i]);
    }
  printf (" ms %7.2f x the smallest\n", worst);
  fflush (stdout);
}

/* The first table is the one that the others are compared with: its times are still to be written. */
static void
measure (State *state, double *smallest)
{
  const HrOutlineOptions options = { .table = "bench", .order = HR_ORDER_KEY };
  gsize before = hr_bench_resident_bytes ();
  double times[N_PLACES];
  gsize stored;
  double start;
  double height;

  fill (state);
  stored = hr_bench_resident_bytes ();
  start = now_ms ();
  state->outline = hr_outline_new (state->engine, state->table, &options, NULL, NULL);
  g_assert_nonnull (state->outline);
  start = now_ms () - start;
  look (state, NULL);
  height = hr_table_layout_get_height (state->layout);
  draw_frame (state, 0);

  times[0] = measure_place (state, 0);
  times[1] = measure_place (state, height / 2);
  times[2] = measure_place (state, height - HEIGHT);
  times[3] = measure_inserts (state, height / 2);
  if (smallest[0] == 0)
    memcpy (smallest, times, sizeof times);
  print_row (state, times, smallest);
  if (state->n_items >= 1000000)
    {
      printf ("            outlined in %.0f ms; memory: %.1f bytes an item in the outline", start,
              (double) (hr_bench_resident_bytes () - stored) / state->n_items);
      /* later tables live where earlier ones were */
      if (stored > before)
        printf (", %.0f in the engine", (double) (stored - before) / state->n_items);
      printf ("\n");
    }
}

static void
close_state (State *state)
{
  g_clear_pointer (&state->outline, hr_outline_free);
  g_clear_pointer (&state->engine, hr_engine_close);
}

static void
open_tools (State *state)
{
  g_autoptr (GError) error = NULL;

  state->text = hr_text_new_fixed (&error);
  g_assert_no_error (error);
  state->table = make_table ();
  state->layout = hr_table_layout_new ();
  state->scene = hr_scene_new ();
  state->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  state->arena = hr_arena_new ();
}

static void
close_tools (State *state)
{
  hr_table_layout_free (state->layout);
  hr_scene_free (state->scene);
  hr_text_free (state->text);
  cairo_surface_destroy (state->surface);
  hr_arena_free (state->arena);
  hr_table_free (state->table);
}

static const char request[] =
    "{\"TableName\":\"bench\",\"KeyConditionExpression\":\"pk = :pk AND begins_with(sk, :day)\","
    "\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"DEVICE#0000000\"},\":day\":{\"S\":\"2026\"}},"
    "\"ScanIndexForward\":false,\"Limit\":20}";

/* From the request to the first frame with its marks. */
static void
measure_first_mark (State *state)
{
  const HrOutlineOptions options = { .table = "bench", .order = HR_ORDER_KEY };
  g_autoptr (HrModel) model = hr_model_new ("bench");
  g_autoptr (HrPattern) pattern = hr_pattern_new ("A", "latest");
  HrStep *step = hr_step_new ("latest", "Query");
  HrRunOptions run_options = { .want_trace = TRUE };
  double times[N_FRAMES];

  state->n_items = 100000;
  state->one_partition = TRUE;
  fill (state);
  state->outline = hr_outline_new (state->engine, state->table, &options, NULL, NULL);
  g_free (step->request);
  step->request = g_strdup (request);
  g_ptr_array_add (pattern->steps, step);
  g_ptr_array_add (model->tables, hr_table_copy (state->table));
  for (guint i = 0; i < N_FRAMES; i++)
    {
      g_autoptr (HrBackend) backend = hr_backend_new_local (state->engine);
      double start = now_ms ();
      g_autoptr (HrPatternRun) run = hr_pattern_run (pattern, model, backend, &run_options, NULL);
      g_autoptr (HrMarks) marks = NULL;

      g_assert_nonnull (run);
      g_assert_cmpuint (run->count, ==, 20);
      marks = hr_marks_new (run, state->table, NULL);
      look (state, marks);
      draw_frame (state, hr_table_layout_get_height (state->layout) - HEIGHT);
      times[i] = now_ms () - start;
      look (state, NULL);
    }
  printf ("  first mark of a run on %u items: %.2f ms from the request to the frame\n", state->n_items,
          hr_bench_find_median (times, N_FRAMES));
  close_state (state);
}

/* Both sides scrolled to new places, the index following the table. */
static double
measure_pair_frames (State *state, HrPairLayout *pair)
{
  HrPairViewport viewport = { .width = WIDTH, .height = HEIGHT };
  double height = hr_pair_layout_get_side_height (pair, HR_SIDE_TABLE);
  double times[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      double start = now_ms ();
      cairo_t *cr;

      viewport.y[HR_SIDE_TABLE] = MAX (0, height / 2 - 97.0 * i);
      viewport.y[HR_SIDE_INDEX] = hr_pair_layout_follow (pair, &viewport, HR_SIDE_TABLE);
      hr_scene_clear (state->scene);
      g_assert_true (hr_pair_layout_draw (pair, &viewport, state->scene, NULL));
      cr = cairo_create (state->surface);
      hr_paint_scene (cr, state->scene, HR_THEME_LIGHT, state->text);
      cairo_destroy (cr);
      times[i] = now_ms () - start;
    }
  return hr_bench_find_median (times, N_FRAMES);
}

static void
measure_pairs (State *state)
{
  static const guint sizes[] = { 100, 10000, 1000000 };
  HrIndex *index = hr_index_new ("by-reading", HR_INDEX_GLOBAL);
  double smallest = 0;

  g_ptr_array_add (index->partition_key, hr_attribute_new ("reading", HR_TYPE_N));
  g_ptr_array_add (index->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  g_ptr_array_add (state->table->indexes, index);
  state->one_partition = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HrOutlineOptions options = { .table = "bench", .order = HR_ORDER_KEY, .paired_index = "by-reading" };
      g_autoptr (HrPairLayout) pair = hr_pair_layout_new ();
      g_autoptr (HrOutline) entries = NULL;
      HrPairLook look = { .table = state->table, .index = "by-reading", .text = state->text, .zoom = 1.0 };
      double time;

      state->n_items = sizes[i];
      fill (state);
      state->outline = hr_outline_new (state->engine, state->table, &options, NULL, NULL);
      options = (HrOutlineOptions) { .table = "bench", .index = "by-reading", .order = HR_ORDER_KEY };
      entries = hr_outline_new (state->engine, state->table, &options, NULL, NULL);
      look.table_outline = state->outline;
      look.index_outline = entries;
      hr_pair_layout_set_look (pair, &look);
      time = measure_pair_frames (state, pair);
      smallest = i == 0 ? time : smallest;
      printf ("  %9u items beside an index of them %7.2f ms %7.2f x the smallest\n", sizes[i], time, time / smallest);
      fflush (stdout);
      close_state (state);
    }
}

int
main (void)
{
  static const guint sizes[] = { 100, 10000, 1000000 };
  State state = { 0 };
  double smallest[N_PLACES] = { 0 };

  open_tools (&state);
  printf ("Frames of %d × %d: top, middle, end, after an insert\n", WIDTH, HEIGHT);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      state.n_items = sizes[i / 2];
      state.one_partition = i % 2 == 0;
      measure (&state, smallest);
      close_state (&state);
    }
  measure_first_mark (&state);
  measure_pairs (&state);
  close_tools (&state);
  return 0;
}
