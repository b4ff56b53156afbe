/*
 * Outlines against the slow way: random tables, orders, filters and edits, in one partition and in many.
 */
#include "tests/document/fixture.h"
#include "tests/document/naive-outline.h"
#include "tests/document/outline-scene.h"

#include "model/base/error.h"
#include "model/engine/rows.h"

#include <string.h>

/* All indexes, orders, filters and hidden entities, though not each with each. */
static void
open_various (Scene *scene, guint first)
{
  static const char *const indexes[] = { NULL, "by-owner", "by-place", "by-rank" };
  static const char *const filters[] = {
    NULL, "needle", "STRASSE", "îMES", "1", "true", "o3", "ß", "nowhere"
  };
  static const guint64 hidden[] = { 0, 1, 2 | 4, 1 | G_GUINT64_CONSTANT (1) << HR_ENTITY_NONE, G_MAXUINT64 };

  for (guint i = first; i < first + 4; i++)
    for (guint order = 0; order <= HR_ORDER_HASH; order++)
      scene_open_outline (
          scene, (HrOutlineOptions){
                     .index = indexes[i % G_N_ELEMENTS (indexes)],
                     .order = (HrPartitionOrder)order,
                     .filter = filters[(i / 2 + order) % 2 ? (i + order * 3) % G_N_ELEMENTS (filters) : 0],
                     .hidden_entities = hidden[(i * 2 + order) % 3 ? 0 : (i + order) % G_N_ELEMENTS (hidden)],
                 });
}

static void
test_build (void)
{
  for (guint seed = 0; seed < 6; seed++)
    {
      g_autoptr (Scene) scene = scene_new (scene_make_table (), seed);

      scene_fill (scene, seed * 80);
      open_various (scene, seed);
      scene_check (scene, FALSE);
      for (guint i = 0; i < scene->outlines->len; i += 3)
        if (g_array_index (scene->naive, NaiveOutline, i).options.index == NULL)
          naive_outline_check_widths (&g_array_index (scene->naive, NaiveOutline, i),
                                      g_ptr_array_index (scene->outlines, i));
    }
}

static void
test_edits (void)
{
  for (guint seed = 10; seed < 13; seed++)
    {
      g_autoptr (Scene) scene = scene_new (scene_make_table (), seed);

      scene_fill (scene, seed % 2 * 200);
      open_various (scene, seed);
      for (guint i = 0; i < 300; i++)
        {
          scene_edit (scene);
          if (i < 10 || i % 60 == 0)
            scene_check (scene, TRUE);
        }
      scene_check (scene, FALSE);
    }
}

static void
open_paired (Scene *scene)
{
  static const char *const indexes[] = { "by-owner", "by-place", "by-rank" };

  for (guint i = 0; i < 4 * G_N_ELEMENTS (indexes); i++)
    scene_open_outline (scene, (HrOutlineOptions) {
                                   .paired_index = indexes[i % G_N_ELEMENTS (indexes)],
                                   .order = (HrPartitionOrder) (i / G_N_ELEMENTS (indexes)),
                                   .filter = i % 4 == 1 ? "needle" : NULL,
                                   .hidden_entities = i % 5 == 2 ? 1 : 0,
                                   .hides_left_out = i % 6 == 5,
                               });
}

/* Rows that are not in an index, and partitions that have none but those. */
static void
test_paired (void)
{
  for (guint seed = 30; seed < 32; seed++)
    {
      g_autoptr (Scene) scene = scene_new (scene_make_table (), seed);

      scene->n_partitions = seed % 2 == 0 ? 150 : 4;
      scene_fill (scene, 150);
      open_paired (scene);
      scene_check (scene, FALSE);
      for (guint i = 0; i < 80; i++)
        scene_edit (scene);
      scene_check (scene, FALSE);
    }
}

static HrValue
make_plain_item (Scene *scene, guint number, gboolean has_owner)
{
  HrMember *members = hr_arena_array (scene->arena, HrMember, 3);
  guint count = 0;

  if (has_owner)
    members[count++] = (HrMember) { "owner", 5, scene_make_text (scene, "o", number, "") };
  members[count++] = (HrMember) { "pk", 2, scene_make_text (scene, "p", 0, "") };
  members[count++] = (HrMember) { "sk", 2, scene_make_text (scene, "A#", 1000 + number, "") };
  return hr_value_map (members, count);
}

/* A large partition unfolds with the first row that is in the index, and folds again. */
static void
test_folding (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 40);
  HrOutline *outline = scene_open_outline (scene, (HrOutlineOptions) { .paired_index = "by-owner" });
  HrPartition partition;
  HrValue item;

  for (guint i = 0; i < 400; i++)
    {
      item = make_plain_item (scene, i, FALSE);
      scene_put (scene, &item);
    }
  scene_check (scene, FALSE);
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_true (partition.is_folded);
  g_assert_cmphex (partition.lack, ==, HR_LACK_MISSING (0));
  item = make_plain_item (scene, 222, TRUE);
  scene_put (scene, &item);
  scene_check (scene, FALSE);
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_false (partition.is_folded);
  scene_erase (scene, &item);
  scene_check (scene, FALSE);
  for (guint i = 0; i < 390; i++)
    scene_erase_from (scene, "p0", scene_make_text (scene, "A#", 1000 + i, ""));
  scene_check (scene, FALSE);
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_true (partition.is_folded);
}

/* By hand: rows lose their places and get them back, and a change of the partition leaves it as it is. */
static void
test_folding_by_hand (void)
{
  const HrOutlineMetrics metrics = { 30, 26, 12 };
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 41);
  HrOutline *outline = scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY });
  HrPartition partition;
  HrValue item;
  double height;

  for (guint i = 0; i < 300; i++)
    {
      item = make_plain_item (scene, i, FALSE);
      scene_put (scene, &item);
    }
  height = hr_outline_get_height (outline, &metrics);
  g_assert_true (hr_outline_set_folded (outline, 0, TRUE));
  g_assert_false (hr_outline_set_folded (outline, 0, TRUE));
  g_assert_false (hr_outline_set_folded (outline, 1000, TRUE));
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_true (partition.is_folded);
  g_assert_cmpuint (partition.n_rows, ==, 300);
  g_assert_cmpfloat (hr_outline_get_height (outline, &metrics), <, height - 200 * metrics.row);
  item = make_plain_item (scene, 7, TRUE);
  scene_put (scene, &item);
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_true (partition.is_folded);
  for (guint i = 0; i < 295; i++)
    scene_erase_from (scene, "p0", scene_make_text (scene, "A#", 1000 + i, ""));
  g_assert_true (hr_outline_get_partition (outline, 0, &partition));
  g_assert_true (partition.is_folded);
  g_assert_true (hr_outline_set_folded (outline, 0, FALSE));
  scene_check (scene, FALSE);
}

/* A partition of several chunks that grows, shrinks to nothing, and grows again. */
static void
test_chunks (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 20);

  scene->n_partitions = 1;
  scene->n_sort_keys = 250;
  scene_fill (scene, 500);
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_ENTERED });
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_SIZE, .hidden_entities = 3 });
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY, .filter = "words 1" });
  scene_open_outline (scene, (HrOutlineOptions) { .index = "by-owner", .filter = "c2" });
  scene_check (scene, FALSE);
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 100; i++)
        scene_edit (scene);
      scene_fill (scene, 100);
      scene_check (scene, TRUE);
    }

  for (guint kind = 0; kind < SCENE_SORT_KEYS; kind++)
    {
      for (guint i = 0; i < scene->n_sort_keys; i++)
        scene_erase_from (
            scene, "p0",
            scene_make_text (scene, scene_sort_keys[kind][0], 1000 + i, scene_sort_keys[kind][1]));
      scene_check (scene, TRUE);
    }
  scene_fill (scene, 300);
  scene_check (scene, FALSE);
}

static void
begin_all (Scene *scene)
{
  for (guint i = 0; i < scene->outlines->len; i++)
    hr_outline_begin_changes (g_ptr_array_index (scene->outlines, i));
}

static void
end_all (Scene *scene)
{
  for (guint i = 0; i < scene->outlines->len; i++)
    hr_outline_end_changes (g_ptr_array_index (scene->outlines, i));
}

/* The outlines do not show it before the changes have ended. */
static void
put_into_new_partition (Scene *scene, guint number)
{
  HrValue pk = scene_make_text (scene, "new", number, "");
  HrValue sk = scene_make_sort_key (scene);
  HrValue item = scene_make_item (scene, &pk, &sk);
  guint64 position, row;

  scene_put (scene, &item);
  for (guint i = 0; i < scene->outlines->len; i++)
    if (g_array_index (scene->naive, NaiveOutline, i).options.index == NULL)
      {
        g_assert_false (hr_outline_find_row (g_ptr_array_index (scene->outlines, i), &item, &position, &row));
        g_assert_false (
            hr_outline_find_partition (g_ptr_array_index (scene->outlines, i), &pk, 1, &position));
      }
}

/* Many changes at once; the outline stands still meanwhile. */
static void
test_batches (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 30);
  HrOutlineTotals before, during;

  scene->n_sort_keys = 200;
  scene_fill (scene, 500);
  open_various (scene, 0);
  for (guint round = 0; round < 3; round++)
    {
      hr_outline_get_totals (g_ptr_array_index (scene->outlines, 0), &before);
      begin_all (scene);
      begin_all (scene);
      scene_fill (scene, round * 100);
      for (guint i = 0; i < 100; i++)
        scene_edit (scene);
      put_into_new_partition (scene, round);
      end_all (scene);
      hr_outline_get_totals (g_ptr_array_index (scene->outlines, 0), &during);
      g_assert_cmpmem (&before, sizeof before, &during, sizeof during);
      end_all (scene);
      scene_check (scene, round < 2);
    }
}

/* Rows of one kind in a range of one partition's keys, one by one. */
static void
change_rows (Scene *scene, void (*change) (Scene *, const HrValue *), guint kind, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    {
      HrValue pk = hr_value_string ("p0", 2);
      HrValue sk = scene_make_text (scene, scene_sort_keys[kind][0], 1000 + i, scene_sort_keys[kind][1]);
      HrValue item = scene_make_item (scene, &pk, &sk);

      change (scene, &item);
    }
}

static void
change_range (Scene *scene)
{
  static const guint widths[] = { 1, 1, 20, 80, 300 };
  guint first = scene_pick (scene, scene->n_sort_keys);
  guint end = MIN (first + widths[scene_pick (scene, G_N_ELEMENTS (widths))], scene->n_sort_keys);

  change_rows (scene, scene_pick (scene, 2) == 0 ? scene_erase : scene_put, 2 + scene_pick (scene, 2), first,
               end);
}

/* A partition of one row; moved: somewhere among the others as entered. */
static void
put_beside (Scene *scene, gboolean is_moved)
{
  HrValue pk = scene_make_text (scene, "p", 1 + scene_pick (scene, 30), "");
  HrValue sk = hr_value_string ("A#1", 3);
  HrValue item = scene_make_item (scene, &pk, &sk);

  scene_put (scene, &item);
  if (is_moved)
    scene_move (scene, &item);
}

/* Runs from chunk to chunk, over rows and whole chunks that are left out, one change at a time and many at once. */
static void
test_runs (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 35);
  const guint64 none = G_GUINT64_CONSTANT (1) << HR_ENTITY_NONE;

  scene->n_sort_keys = 400;
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_ENTERED });
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY, .hidden_entities = none });
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY, .filter = "words 11" });

  /* two Gammas with nothing but hidden rows between them, and then one */
  change_rows (scene, scene_put, 2, 0, 1);
  change_rows (scene, scene_put, 3, 1, 300);
  change_rows (scene, scene_put, 2, 300, 301);
  scene_check (scene, TRUE);
  change_rows (scene, scene_erase, 2, 0, 1);
  scene_check (scene, TRUE);
  /* the last chunk, with the earliest rows, becomes small and part of the one before */
  change_rows (scene, scene_erase, 2, 300, 301);
  change_rows (scene, scene_erase, 3, 0, 300);
  change_rows (scene, scene_put, 3, 260, 299);
  put_beside (scene, FALSE);
  change_rows (scene, scene_put, 3, 0, 260);
  change_rows (scene, scene_put, 3, 299, 300);
  scene_check (scene, TRUE);
  change_rows (scene, scene_erase, 3, 200, 299);
  scene_check (scene, TRUE);
  change_rows (scene, scene_put, 3, 200, 300);
  /* a chunk that became small goes together with one that was changed and not read yet */
  begin_all (scene);
  change_rows (scene, scene_erase, 3, 0, 60);
  change_rows (scene, scene_erase, 3, 70, 72);
  end_all (scene);
  scene_check (scene, TRUE);
  /* what is left of many chunks is one that was changed, too */
  begin_all (scene);
  change_rows (scene, scene_erase, 3, 0, 299);
  end_all (scene);
  scene_check (scene, TRUE);

  for (guint i = 0; i < 40; i++)
    {
      gboolean is_batch = scene_pick (scene, 2) == 0;

      if (is_batch)
        begin_all (scene);
      put_beside (scene, TRUE);
      change_range (scene);
      if (is_batch)
        change_range (scene);
      if (is_batch)
        end_all (scene);
      scene_check (scene, TRUE);
    }
}

/* Changes that are told when others have been made already: the outline is right once all are told. */
static void
test_late (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 40);
  const HrValue *items[60];

  scene->n_partitions = 2;
  scene_fill (scene, 150);
  open_various (scene, 2);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      HrValue pk = scene_make_partition_key (scene);
      HrValue sk = scene_make_text (scene, "A#", 1000 + i, "-new");
      HrValue item = scene_make_item (scene, &pk, &sk);

      items[i] = hr_arena_memdup (scene->arena, &item, sizeof item);
      scene_store (scene, &item, scene->next_ordinal++);
    }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    scene_tell (scene, NULL, items[(i * 7) % G_N_ELEMENTS (items)], 0);
  scene_check (scene, FALSE);
}

static void
test_number_keys (void)
{
  HrTable *table = fixture_table_new (SCENE_TABLE, "id", HR_TYPE_N, NULL, HR_TYPE_S);
  g_autoptr (Scene) scene = scene_new (table, 50);

  for (guint order = 0; order <= HR_ORDER_HASH; order++)
    scene_open_outline (scene, (HrOutlineOptions) { .order = (HrPartitionOrder) order });
  for (guint i = 0; i < 1500; i++)
    {
      HrMember member = { "id", 2, scene_make_number (scene, scene_pick (scene, 2000)) };
      HrValue item = hr_value_map (&member, 1);

      scene_put (scene, &item);
    }
  scene_check (scene, TRUE);
  for (guint i = 0; i < 1700; i++)
    {
      HrMember member = { "id", 2, scene_make_number (scene, i) };
      HrValue item = hr_value_map (&member, 1);

      scene_erase (scene, &item);
      if (i % 250 == 0)
        scene_check (scene, TRUE);
    }
  scene_check (scene, FALSE);
}

/* More entities than an outline tells apart. */
static void
test_many_entities (void)
{
  HrTable *table = fixture_table_new (SCENE_TABLE, "pk", HR_TYPE_S, "sk", HR_TYPE_S);
  g_autoptr (Scene) scene = scene_new (table, 60);

  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *template = g_strdup_printf ("%u-{n}", 10 + i);

      scene_add_entity (table, template, template);
    }
  for (guint i = 0; i < 80; i++)
    {
      HrMember members[] = { { "pk", 2, hr_value_string ("p1", 2) },
                             { "sk", 2, scene_make_text (scene, "", 10 + i, "-x") } };
      HrValue item = hr_value_map (members, 2);

      scene_put (scene, &item);
    }
  scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY });
  scene_open_outline (scene, (HrOutlineOptions) { .hidden_entities = G_GUINT64_CONSTANT (1) << 62 | 1 });
  scene_check (scene, FALSE);
}

static void
test_none (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 70);
  HrOutline *outline = scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_ENTERED });
  HrOutlineMetrics metrics = { 30, 26, 12 };
  g_autoptr (GError) error = NULL;
  HrValue wrong[2] = { hr_value_null (), scene_make_number (scene, 1) };
  HrValue empty = hr_value_map (NULL, 0);
  HrOutlineRow rows[1];
  guint64 position, row;

  scene_check (scene, FALSE);
  g_assert_false (hr_outline_locate_partition (outline, &metrics, 5, &position));
  g_assert_cmpuint (hr_outline_fetch (outline, 0, 0, 1, scene->arena, rows, &error), ==, 0);
  g_assert_cmpfloat (hr_outline_get_row_top (outline, &metrics, 0, 0), ==, 0);
  g_assert_cmpuint (hr_outline_locate_row (outline, &metrics, 0, 10), ==, 0);
  g_assert_false (hr_outline_find_partition (outline, wrong, 1, &position));
  g_assert_false (hr_outline_find_partition (outline, &wrong[1], 1, &position));
  g_assert_false (hr_outline_find_partition (outline, wrong, 2, &position));
  g_assert_false (hr_outline_find_row (outline, &empty, &position, &row));
  hr_outline_apply_change (outline, NULL, NULL, 0);
  hr_outline_apply_change (outline, &empty, &empty, 0);
  scene_check (scene, FALSE);
}

static void
test_errors (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 80);
  HrOutlineOptions options = { .table = "other" };
  HrProgress progress = { 0 };
  g_autoptr (GError) no_table = NULL;
  g_autoptr (GError) no_index = NULL;
  g_autoptr (GError) cancelled = NULL;

  scene_fill (scene, 10);
  g_assert_null (hr_outline_new (scene->engine, scene->table, &options, NULL, &no_table));
  g_assert_error (no_table, HR_ERROR, HR_ERROR_NOT_FOUND);
  options = (HrOutlineOptions) { .table = SCENE_TABLE, .index = "other" };
  g_assert_null (hr_outline_new (scene->engine, scene->table, &options, NULL, &no_index));
  g_assert_error (no_index, HR_ERROR, HR_ERROR_NOT_FOUND);
  options = (HrOutlineOptions) { .table = SCENE_TABLE };
  hr_cancel_raise (&progress.cancel);
  g_assert_null (hr_outline_new (scene->engine, scene->table, &options, &progress, &cancelled));
  g_assert_error (cancelled, HR_ERROR, HR_ERROR_CANCELLED);
}

/* A row that the outline does not know of yet is not fetched as another one; one that went is missing. */
static void
test_untold (void)
{
  g_autoptr (Scene) scene = scene_new (scene_make_table (), 90);
  HrOutline *outline;
  HrOutlineRow rows[8];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      HrMember members[] = { { "pk", 2, hr_value_string ("p1", 2) },
                             { "sk", 2, scene_make_text (scene, "A#", i, "") } };
      HrValue item = hr_value_map (members, 2);

      scene_store (scene, &item, i);
    }
  outline = scene_open_outline (scene, (HrOutlineOptions) { .order = HR_ORDER_KEY });
  for (guint i = 0; i < 4; i++)
    {
      HrMember members[] = { { "pk", 2, hr_value_string ("p1", 2) },
                             { "sk", 2, scene_make_text (scene, "A#", i, "") } };
      HrValue item = hr_value_map (members, 2);
      guint64 position, row;

      hr_engine_erase_row (scene->engine, SCENE_TABLE, &item, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (hr_outline_fetch (outline, 0, 0, 8, scene->arena, rows, &error), ==, 3 - i);
      g_assert_no_error (error);
      g_assert_false (hr_outline_find_row (outline, &item, &position, &row));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/outline/build", test_build);
  g_test_add_func ("/document/outline/edits", test_edits);
  g_test_add_func ("/document/outline/paired", test_paired);
  g_test_add_func ("/document/outline/folding", test_folding);
  g_test_add_func ("/document/outline/folding-by-hand", test_folding_by_hand);
  g_test_add_func ("/document/outline/chunks", test_chunks);
  g_test_add_func ("/document/outline/batches", test_batches);
  g_test_add_func ("/document/outline/runs", test_runs);
  g_test_add_func ("/document/outline/late", test_late);
  g_test_add_func ("/document/outline/number-keys", test_number_keys);
  g_test_add_func ("/document/outline/many-entities", test_many_entities);
  g_test_add_func ("/document/outline/none", test_none);
  g_test_add_func ("/document/outline/errors", test_errors);
  g_test_add_func ("/document/outline/untold", test_untold);
  return g_test_run ();
}
