/*
 * Outlines: what a frame and an edit cost with 100, 10 000 and 1 000 000 items, in one partition and in as
 * many.
 *
 * A frame is what a picture asks for: the partition and row at a height, then forty rows from there with
 * their partitions. An edit is an insert that the outline follows, and the new row's place.
 */

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "model/document/outline.h"
#include "model/engine/rows.h"
#include "model/value/record.h"
#include "tests/bench/bench.h"

#define TABLE    "bench"
#define N_ROWS   40
#define N_FRAMES 400
#define N_EDITS  200

static const guint counts[] = { 100, 10000, 1000000 };
static const HrOutlineMetrics metrics = { 30, 26, 12 };

typedef struct
{
  double build_seconds;
  double bytes_per_item;
  double frame_us[3]; /* at the top, in the middle, at the end */
  double edit_us;
} Figures;

typedef struct
{
  HrEngine *engine;
  HrTable *table;
  HrOutline *outline;
  HrArena *arena;
  HrBuffer record;
  guint count;
  gboolean one_partition;
} State;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double
allocated_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static void
add_entity (HrTable *table, const char *name, const char *sort_template)
{
  HrEntity *entity = hr_entity_new (name);
  HrRange range;

  g_ptr_array_add (entity->keys,
                   hr_entity_key_new ("pk", hr_key_template_parse ("USER#{user}", NULL, &range)));
  g_ptr_array_add (entity->keys,
                   hr_entity_key_new ("sk", hr_key_template_parse (sort_template, NULL, &range)));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("amount", HR_TYPE_N));
  g_ptr_array_add (entity->attributes, hr_attribute_new ("owner", HR_TYPE_S));
  g_ptr_array_add (table->entities, entity);
}

static HrTable *
make_table (void)
{
  HrTable *table = hr_table_new (TABLE);

  g_ptr_array_add (table->partition_key, hr_attribute_new ("pk", HR_TYPE_S));
  g_ptr_array_add (table->sort_key, hr_attribute_new ("sk", HR_TYPE_S));
  add_entity (table, "Order", "ORDER#{order}");
  add_entity (table, "Note", "NOTE#{note}");
  return table;
}

static HrValue
make_text (HrArena *arena, const char *before, guint number)
{
  const char *text = hr_arena_printf (arena, "%s%09u", before, number);

  return hr_value_string (text, strlen (text));
}

/* Numbers are even, so that there is room between any two. */
static HrValue
make_item (State *state, guint number)
{
  HrArena *arena = state->arena;
  HrMember *members = hr_arena_array (arena, HrMember, 5);
  HrDecimal amount = { number % 9000, 2, FALSE };

  members[0] = (HrMember) { "amount", 6, hr_value_number (arena, &amount) };
  members[1] = (HrMember) { "open", 4, hr_value_boolean (number % 3 == 0) };
  members[2] = (HrMember) { "owner", 5, make_text (arena, "owner-", number % 1000) };
  members[3] = (HrMember) { "pk", 2, make_text (arena, "USER#", state->one_partition ? 0 : number) };
  members[4] = (HrMember) { "sk", 2, make_text (arena, number % 100 < 50 ? "ORDER#" : "NOTE#", number) };
  return hr_value_map (members, 5);
}

static void
store (State *state, const HrValue *item, gint64 ordinal)
{
  g_autoptr (GError) error = NULL;
  HrRow row = { .ordinal = ordinal };

  hr_buffer_truncate (&state->record, 0);
  hr_record_encode (item, &state->record);
  row.record = (const guint8 *) state->record.data;
  row.record_length = state->record.length;
  hr_engine_restore_row (state->engine, TABLE, &row, &error);
  g_assert_no_error (error);
}

static void
fill (State *state)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = state->arena };

  g_assert_true (hr_engine_create_table (state->engine, state->table, &call, &service_error));
  g_assert_true (hr_engine_begin (state->engine, NULL));
  for (guint i = 0; i < state->count; i++)
    {
      HrValue item;

      hr_arena_reset (state->arena);
      item = make_item (state, 2 * i);
      store (state, &item, i);
    }
  g_assert_true (hr_engine_commit (state->engine, NULL));
}

static void
draw_frame (State *state, double y)
{
  HrOutlineRow rows[N_ROWS];
  HrPartition partition;
  guint64 position, row;
  guint count = 0;

  hr_arena_reset (state->arena);
  g_assert_true (hr_outline_locate_partition (state->outline, &metrics, y, &position));
  y -= hr_outline_get_partition_top (state->outline, &metrics, position);
  row = hr_outline_locate_row (state->outline, &metrics, position, y);
  hr_outline_get_row_top (state->outline, &metrics, position, row);
  for (; count < N_ROWS && hr_outline_get_partition (state->outline, position, &partition);
       position++, row = 0)
    count += hr_outline_fetch (state->outline, position, row, N_ROWS - count, state->arena, rows, NULL);
}

static double
measure_frames (State *state, double y)
{
  double start;

  draw_frame (state, y);
  start = now ();
  for (guint i = 0; i < N_FRAMES; i++)
    draw_frame (state, y + i);
  return (now () - start) / N_FRAMES * 1e6;
}

static double
measure_edits (State *state)
{
  double seconds = 0;

  for (guint i = 0; i < N_EDITS; i++)
    {
      guint number = (guint) ((guint64) i * 2654435761u % state->count) * 2 + 1;
      guint64 position, row;
      double start;
      HrValue item;

      hr_arena_reset (state->arena);
      item = make_item (state, number);
      store (state, &item, state->count + i);
      start = now ();
      hr_outline_apply_change (state->outline, NULL, &item, state->count + i);
      g_assert_true (hr_outline_find_row (state->outline, &item, &position, &row));
      hr_outline_get_partition_top (state->outline, &metrics, position);
      hr_outline_get_row_top (state->outline, &metrics, position, row);
      seconds += now () - start;
    }
  return seconds / N_EDITS * 1e6;
}

static Figures
measure (guint count, gboolean one_partition, HrPartitionOrder order)
{
  State state = {
    .arena = hr_arena_new (), .table = make_table (), .count = count, .one_partition = one_partition
  };
  HrOutlineOptions options = { .table = TABLE, .order = order };
  g_autoptr (GError) error = NULL;
  Figures figures;
  double row_height = metrics.row + (one_partition ? 0 : metrics.header + metrics.gap);
  double before, start, height;

  state.engine = hr_engine_open (NULL, NULL, &error);
  g_assert_no_error (error);
  fill (&state);

  before = allocated_bytes ();
  start = now ();
  state.outline = hr_outline_new (state.engine, state.table, &options, NULL, &error);
  g_assert_no_error (error);
  figures.build_seconds = now () - start;
  figures.bytes_per_item = (allocated_bytes () - before) / count;

  height = hr_outline_get_height (state.outline, &metrics);
  figures.frame_us[0] = measure_frames (&state, 0);
  figures.frame_us[1] = measure_frames (&state, height / 2);
  figures.frame_us[2] = measure_frames (&state, height - N_ROWS * row_height - N_FRAMES);
  figures.edit_us = measure_edits (&state);

  hr_outline_free (state.outline);
  hr_engine_close (state.engine);
  hr_table_free (state.table);
  hr_arena_free (state.arena);
  hr_buffer_clear (&state.record);
  return figures;
}

static void
print (guint count, const Figures *figures, const Figures *least)
{
  printf ("  %9u items: build %8.4f s, %6.1f bytes an item\n", count, figures->build_seconds,
          figures->bytes_per_item);
  printf ("    %-38s %8.1f %8.1f %8.1f %8.1f\n", "frame at top, middle, end; edit (µs)", figures->frame_us[0],
          figures->frame_us[1], figures->frame_us[2], figures->edit_us);
  printf ("    %-38s %8.2f %8.2f %8.2f %8.2f\n", "x the time for 100 items",
          figures->frame_us[0] / least->frame_us[0], figures->frame_us[1] / least->frame_us[1],
          figures->frame_us[2] / least->frame_us[2], figures->edit_us / least->edit_us);
  fflush (stdout);
}

int
main (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Figures least = { 0 };

      printf ("Outline, %s, as entered\n", i == 0 ? "one partition" : "a partition an item");
      for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
        {
          Figures figures = measure (counts[j], i == 0, HR_ORDER_ENTERED);

          if (j == 0)
            least = figures;
          print (counts[j], &figures, &least);
        }
    }
  return 0;
}
