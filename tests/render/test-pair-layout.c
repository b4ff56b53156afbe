/*
 * A table beside its index: pictures as text, links that lead where copies are, scrolling that follows, and frames that
 * cost what they show.
 */
#include "tests/render/pair.h"

#include "render/scene-private.h"

#include <math.h>
#include <string.h>

/* Pictures */

static const HrHit third = { HR_HIT_CELL, 1, 2, 1, HR_SIDE_TABLE };
static const HrHit first = { HR_HIT_CELL, 1, 0, 1, HR_SIDE_TABLE };

typedef struct
{
  const char *name; /* of the golden file */
  const char *index;
  const char *pattern;
  gboolean right_to_left;
  gboolean starts_aligned;
  HrPairViewport viewport;
} Case;

static const Case cases[] = {
  { .name = "pair", .index = "by-assignee", .starts_aligned = TRUE, .viewport = { .width = 1750, .height = 700 } },
  { .name = "pair-local", .index = "by-priority", .viewport = { .width = 1100, .height = 400, .y = { 60, 0 } } },
  { .name = "pair-keys", .index = "by-status", .viewport = { .width = 1192, .height = 300 } },
  { .name = "pair-narrow", .index = "by-assignee", .viewport = { .width = 720, .height = 300 } },
  { .name = "pair-run", .index = "by-priority", .pattern = "L", .viewport = { .width = 1400, .height = 400 } },
  { .name = "pair-write", .index = "by-assignee", .pattern = "W", .viewport = { .width = 1400, .height = 400 } },
  { .name = "pair-right-to-left", .index = "by-assignee", .right_to_left = TRUE,
    .viewport = { .width = 1192, .height = 300 } },
  { .name = "pair-stage-1", .index = "by-assignee", .viewport = { .width = 1192, .height = 300, .stage = 1 } },
  { .name = "pair-stage-2", .index = "by-assignee",
    .viewport = { .width = 1192, .height = 300, .stage = 2, .progress = 0.5 } },
  { .name = "pair-stage-3", .index = "by-assignee",
    .viewport = { .width = 1192, .height = 300, .stage = 3, .progress = 1 } },
};

static void
set_up (Pair *pair, const Case *test, HrText *text, HrPairViewport *viewport)
{
  pair_init (pair, text, "desk", "desk", test->index);
  pair->look.right_to_left = test->right_to_left;
  hr_pair_layout_set_look (pair->layout, &pair->look);
  if (test->pattern != NULL)
    pair_run (pair, test->pattern);
  *viewport = test->viewport;
  if (test->starts_aligned)
    viewport->y[HR_SIDE_INDEX] = hr_pair_layout_align (pair->layout, 0);
  if (viewport->stage > 0)
    {
      viewport->selected = first;
      viewport->has_focus = TRUE;
      viewport->progress = viewport->stage == 1 ? 1 : viewport->progress;
    }
}

static void
test_golden (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Pair) pair = PAIR_INIT;
      g_autofree char *dump = NULL;
      HrPairViewport viewport;
      HrRect header = { 0, -30, cases[i].viewport.width, 30 };

      set_up (&pair, &cases[i], (HrText *) data, &viewport);
      pair_draw (&pair, &viewport);
      hr_pair_layout_draw_header (pair.layout, &viewport, &header, pair.base.scene);
      dump = hr_scene_dump (pair.base.scene);
      picture_assert_golden (dump, cases[i].name);
    }
}

static guint
count_links (const HrScene *scene)
{
  guint count = 0;

  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    count += hr_scene_get_node (scene, i)->type == HR_NODE_LINK;
  return count;
}

/* Every entry has its link, selected or not, and those that are left out have none. */
static void
test_links (gconstpointer data)
{
  static const struct
  {
    const char *index;
    guint n_links;
  } indexes[] = { { "by-assignee", 6 }, { "by-priority", 6 }, { "by-status", 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      g_auto (Pair) pair = PAIR_INIT;
      HrPairViewport viewport = { .width = 1200, .height = 900 };

      pair_init (&pair, (HrText *) data, "desk", "desk", indexes[i].index);
      g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), ==, indexes[i].n_links);
      viewport.selected = first;
      g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), ==, indexes[i].n_links);
    }
}

/* What both outlines hold of an item is the same item. */
static void
check_copies (Pair *pair, HrSide side)
{
  HrOutline *outline = side == HR_SIDE_TABLE ? pair->paired : pair->index;
  HrPartition partition;

  for (guint64 i = 0; hr_outline_get_partition (outline, i, &partition); i++)
    for (guint64 j = 0; j < partition.n_rows; j++)
      {
        g_autoptr (HrArena) arena = hr_arena_new ();
        HrHit from = { HR_HIT_ROW, i, j, 0, side };
        HrOutlineRow row;
        HrHit to, back;

        g_assert_cmpuint (hr_outline_fetch (outline, i, j, 1, arena, &row, NULL), ==, 1);
        g_assert_cmpint (hr_pair_layout_find_copy (pair->layout, &from, &to), ==, row.lack == 0);
        if (row.lack != 0)
          continue;
        g_assert_cmpint (to.side, !=, side);
        g_assert_true (hr_pair_layout_find_copy (pair->layout, &to, &back));
        g_assert_cmpuint (back.partition, ==, from.partition);
        g_assert_cmpuint (back.row, ==, from.row);
        g_assert_cmpint (back.side, ==, side);
      }
}

static void
test_copies (gconstpointer data)
{
  g_auto (Pair) pair = PAIR_INIT;
  HrHit to;

  pair_init (&pair, (HrText *) data, "desk", "desk", "by-assignee");
  check_copies (&pair, HR_SIDE_TABLE);
  check_copies (&pair, HR_SIDE_INDEX);
  /* cells lead to the column of the same name, else to the sort key */
  g_assert_true (hr_pair_layout_find_copy (pair.layout, &first, &to));
  g_assert_cmpint (to.kind, ==, HR_HIT_CELL);
  g_assert_cmpuint (to.column, ==, 0);
  g_assert_false (hr_pair_layout_find_copy (pair.layout, &third, &to));
  g_assert_true (hr_pair_layout_find_copy (pair.layout, &(HrHit) { .kind = HR_HIT_PARTITION, .partition = 1 }, &to));
  g_assert_cmpint (to.kind, ==, HR_HIT_PARTITION);
  g_assert_false (hr_pair_layout_find_copy (pair.layout, &(HrHit) { .kind = HR_HIT_PARTITION, .partition = 0 }, &to));
}

static void
test_steps (gconstpointer data)
{
  g_auto (Pair) pair = PAIR_INIT;
  HrHit at = { .kind = HR_HIT_NONE };
  guint64 number, total;
  HrPairFacts facts;

  pair_init (&pair, (HrText *) data, "desk", "desk", "by-assignee");
  hr_pair_layout_get_facts (pair.layout, &facts);
  g_assert_cmpuint (facts.n_items, ==, 11);
  g_assert_cmpuint (facts.n_entries, ==, 6);
  for (guint i = 1; i <= 6; i++)
    {
      g_assert_true (hr_pair_layout_step (pair.layout, &at, 1, &at, &number, &total));
      g_assert_cmpint (at.side, ==, HR_SIDE_TABLE);
      g_assert_cmpuint (number, ==, i);
      g_assert_cmpuint (total, ==, 6);
    }
  g_assert_false (hr_pair_layout_step (pair.layout, &at, 1, &at, NULL, NULL));
  g_assert_true (hr_pair_layout_step (pair.layout, &at, 0, &at, &number, NULL));
  g_assert_cmpuint (number, ==, 6);
  g_assert_true (hr_pair_layout_step (pair.layout, &at, -5, &at, &number, NULL));
  g_assert_cmpuint (number, ==, 1);
  g_assert_false (hr_pair_layout_step (pair.layout, &at, -1, &at, NULL, NULL));
}

static void
test_sentences (gconstpointer data)
{
  static const struct
  {
    const char *index;
    const HrHit *row;
    guint stage;
    const char *title; /* NULL: there is no such stage */
    const char *text;
  } sentences[] = {
    { "by-assignee", &first, 1, "It has both index keys",
      "`assignee` and `sk` are present, so the item is copied. “Person” never enters (no `assignee`): the index stays "
      "small." },
    { "by-assignee", &first, 2, "It moves to a new partition",
      "In the table it lives under `TEAM#blue`. In the index it lives under `ada`, next to 2 other items." },
    { "by-assignee", &first, 3, "Each write is paid twice",
      "Putting the item costs 1 WCU in the table and 1 WCU in the index. A write that changes an index key deletes the "
      "old copy and puts a new one: 2 WCU in the index." },
    { "by-assignee", &first, 4, NULL, NULL },
    { "by-assignee", &third, 1, "It is not in the index",
      "What keeps it out: no `assignee`. Writing it costs nothing in the index." },
    { "by-assignee", &third, 2, NULL, NULL },
    { "by-priority", &first, 2, "It stays in its partition",
      "A local index keeps the partition, `TEAM#blue`. There items stand in the order of `priority`." },
    { "by-status", &first, 1, "It has the index key",
      "`status` is present, so the item is copied. “Person” never enters (no `status`): the index stays small." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_auto (Pair) pair = PAIR_INIT;
      g_auto (HrPairSentence) sentence = { NULL, NULL };

      pair_init (&pair, (HrText *) data, "desk", "desk", sentences[i].index);
      g_assert_cmpint (
          hr_pair_layout_describe_stage (pair.layout, sentences[i].row, sentences[i].stage, &sentence), ==,
          sentences[i].title != NULL);
      g_assert_cmpstr (sentence.title, ==, sentences[i].title);
      g_assert_cmpstr (sentence.text, ==, sentences[i].text);
    }
}

static void
find_link_cb (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  HrRect *found = user_data;

  g_assert_nonnull (label);
  if (target->kind == HR_HIT_LINK && target->partition == 1 && target->row == 1)
    *found = *rect;
}

/* A curve is hit where it runs, not in the corners of its extents. */
static void
test_hits (gconstpointer data)
{
  for (guint right_to_left = 0; right_to_left < 2; right_to_left++)
    {
      g_auto (Pair) pair = PAIR_INIT;
      HrPairViewport viewport = { .width = 1200, .height = 900 };
      HrRect rect = { 0 };
      HrScene *scene;
      HrHit hit;

      pair_init (&pair, (HrText *) data, "desk", "desk", "by-assignee");
      pair.look.right_to_left = right_to_left == 1;
      hr_pair_layout_set_look (pair.layout, &pair.look);
      scene = pair_draw (&pair, &viewport);
      hr_scene_foreach_target (scene, find_link_cb, &rect);
      g_assert_cmpfloat (rect.width, >, 60);
      g_assert_true (hr_scene_hit_test (scene, rect.x + rect.width / 2, rect.y + rect.height / 2, &hit, NULL));
      g_assert_cmpint (hit.kind, ==, HR_HIT_LINK);
      g_assert_false (hr_scene_hit_test (scene, rect.x + rect.width / 2, rect.y + rect.height - 1, &hit, NULL)
                      && hit.kind == HR_HIT_LINK && hit.partition == 1 && hit.row == 1);

      hr_pair_layout_get_side_rect (pair.layout, HR_SIDE_INDEX, viewport.width, &rect);
      g_assert_cmpint (rect.x < viewport.width / 2, ==, pair.look.right_to_left);
      g_assert_true (hr_scene_hit_test (scene, rect.x + rect.width / 2, 60, &hit, NULL));
      g_assert_cmpint (hit.side, ==, HR_SIDE_INDEX);
    }
}

/* Many */

static void
fill (Pair *pair, guint n_teams, guint n_tickets, guint n_people)
{
  g_autoptr (GError) error = NULL;
  HrDocument *document = pair->base.document;

  hr_document_begin_load (document, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_teams; i++)
    for (guint j = 0; j < n_tickets; j++)
      {
        g_autofree char *assignee = g_strdup_printf (",\"assignee\":{\"S\":\"p%u\"}", (i * 7 + j * 3) % n_people);
        g_autofree char *json = g_strdup_printf (
            "{\"pk\":{\"S\":\"TEAM#%05u\"},\"sk\":{\"S\":\"T#%06u\"},\"status\":{\"S\":\"new\"}%s}", i, j,
            i % 3 == 2 ? "" : assignee);

        hr_document_add_item (document, "desk", json, strlen (json), -1, HR_RANGE_NONE, &error);
        g_assert_no_error (error);
      }
  hr_document_end_load (document, &error);
  g_assert_no_error (error);
  pair_update (pair);
}

/* What is linked to the topmost rows comes into sight, and stays where it is when it is there already. */
static void
check_follows (Pair *pair, HrPairViewport *viewport, HrSide moved)
{
  HrSide side = moved == HR_SIDE_TABLE ? HR_SIDE_INDEX : HR_SIDE_TABLE;
  double y = hr_pair_layout_follow (pair->layout, viewport, moved);

  g_assert_cmpfloat (y, >=, -viewport->height);
  g_assert_cmpfloat (y, <=, MAX (viewport->y[side], hr_pair_layout_get_side_height (pair->layout, side)));
  viewport->y[side] = y;
  g_assert_cmpfloat (hr_pair_layout_follow (pair->layout, viewport, moved), ==, y);
}

/* A side that begins lower goes up with what is linked, no further than to its top; one row brings its own copy. */
static void
check_goes_up (Pair *pair)
{
  HrPairViewport viewport = { .y = { 0, -500 }, .width = 1200, .height = 700 };
  HrHit none = { .kind = HR_HIT_NONE }, row = { .kind = HR_HIT_ROW }, copy;
  HrRect rect, copy_rect;
  double y;

  for (guint i = 0; i < 10; i++)
    {
      viewport.y[HR_SIDE_TABLE] = 60.0 * i;
      y = hr_pair_layout_follow (pair->layout, &viewport, HR_SIDE_TABLE);
      g_assert_cmpfloat (y, >=, viewport.y[HR_SIDE_INDEX]);
      viewport.y[HR_SIDE_INDEX] = y;
    }
  g_assert_cmpfloat (viewport.y[HR_SIDE_INDEX], >, -500);

  g_assert_true (hr_pair_layout_step (pair->layout, &none, 400, &row, NULL, NULL));
  g_assert_true (hr_pair_layout_find_copy (pair->layout, &row, &copy));
  g_assert_true (hr_pair_layout_get_rect (pair->layout, &row, &rect));
  viewport.y[HR_SIDE_TABLE] = rect.y - 300;
  viewport.y[HR_SIDE_INDEX] = 0;
  viewport.y[HR_SIDE_INDEX] = hr_pair_layout_follow_row (pair->layout, &viewport, &row);
  g_assert_true (hr_pair_layout_get_rect (pair->layout, &copy, &copy_rect));
  g_assert_cmpfloat (copy_rect.y, >=, viewport.y[HR_SIDE_INDEX]);
  g_assert_cmpfloat (copy_rect.y + copy_rect.height, <=, viewport.y[HR_SIDE_INDEX] + viewport.height);
}

static void
check_extents (const HrScene *scene, const HrPairViewport *viewport)
{
  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (scene, i);

      g_assert_cmpfloat (node->rect.y, >, -2300);
      g_assert_cmpfloat (node->rect.y + node->rect.height, <, viewport->height + 2300);
    }
}

static void
check_many (Pair *pair)
{
  double height = hr_pair_layout_get_side_height (pair->layout, HR_SIDE_TABLE);
  HrPairViewport viewport = { .width = 1200, .height = 700 };

  for (guint i = 0; i <= 10; i++)
    {
      viewport.y[HR_SIDE_TABLE] = (height - viewport.height) * i / 10;
      check_follows (pair, &viewport, HR_SIDE_TABLE);
      pair_draw (pair, &viewport);
      g_assert_cmpuint (hr_scene_get_n_nodes (pair->base.scene), <, 1500);
      check_extents (pair->base.scene, &viewport);
      viewport.y[HR_SIDE_INDEX] += 900;
      check_follows (pair, &viewport, HR_SIDE_INDEX);
    }
}

static void
test_many (gconstpointer data)
{
  g_auto (Pair) wide = PAIR_INIT;
  g_auto (Pair) tall = PAIR_INIT;

  pair_init (&wide, (HrText *) data, "desk", "desk", "by-assignee");
  fill (&wide, 1500, 2, 700);
  check_many (&wide);
  check_goes_up (&wide);
  pair_init (&tall, (HrText *) data, "desk", "desk", "by-assignee");
  fill (&tall, 2, 1500, 3);
  check_many (&tall);
}

/* Too many links: those of one partition, and marks for the others. */
static void
test_density (gconstpointer data)
{
  g_auto (Pair) pair = PAIR_INIT;
  HrPairViewport viewport = { .width = 1200, .height = 20000 };

  pair_init (&pair, (HrText *) data, "desk", "desk", "by-assignee");
  fill (&pair, 60, 5, 20);
  g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), ==, 3);
  viewport.selected = (HrHit) { .kind = HR_HIT_PARTITION, .partition = 6, .side = HR_SIDE_TABLE };
  g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), ==, 5);
  viewport.selected = (HrHit) { .kind = HR_HIT_PARTITION, .partition = 0, .side = HR_SIDE_INDEX };
  g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), ==, 3);
  viewport.height = 3000;
  viewport.selected.kind = HR_HIT_NONE;
  g_assert_cmpuint (count_links (pair_draw (&pair, &viewport)), >, 60);
}

static void
test_odd (gconstpointer data)
{
  static const HrPairViewport viewports[] = {
    { .width = 0, .height = 0 },
    { .x = { -50, 1e6 }, .y = { -100, 1e9 }, .width = 300, .height = 200 },
    { .width = 50, .height = 10 },
    { .x = { 33.3, 7 }, .y = { 3.7, -1e5 }, .width = 333.3, .height = 77.7 },
    { .width = 800, .height = 300, .selected = { HR_HIT_ROW, 99, 99, 0, HR_SIDE_INDEX }, .stage = 2 },
    { .width = 800, .height = 300, .selected = { HR_HIT_LINK, 1, 99, 0, HR_SIDE_TABLE }, .stage = 9 },
    { .width = 800, .height = 300, .selected = { HR_HIT_CELL, 1, 2, 99, HR_SIDE_TABLE }, .stage = 3, .progress = 7 },
  };
  g_auto (Pair) pair = PAIR_INIT;
  g_autoptr (HrPairLayout) none = hr_pair_layout_new ();
  HrHit to;

  pair_init (&pair, (HrText *) data, "desk", "desk", "by-assignee");
  for (guint i = 0; i < G_N_ELEMENTS (viewports); i++)
    {
      pair_draw (&pair, &viewports[i]);
      hr_pair_layout_follow (pair.layout, &viewports[i], HR_SIDE_TABLE);
      hr_pair_layout_follow (pair.layout, &viewports[i], HR_SIDE_INDEX);
    }
  /* without a look, or without such an index, there is nothing */
  hr_scene_clear (pair.base.scene);
  g_assert_true (hr_pair_layout_draw (none, &viewports[1], pair.base.scene, NULL));
  pair.look.index = "no-such-index";
  hr_pair_layout_set_look (none, &pair.look);
  g_assert_true (hr_pair_layout_draw (none, &viewports[1], pair.base.scene, NULL));
  g_assert_cmpuint (hr_scene_get_n_nodes (pair.base.scene), ==, 0);
  g_assert_false (hr_pair_layout_find_copy (none, &first, &to));
  g_assert_false (hr_pair_layout_step (none, &first, 1, &to, NULL, NULL));
  g_assert_cmpfloat (hr_pair_layout_align (none, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestDataFunc func;
  } tests[] = {
    { "/render/pair/golden", test_golden },   { "/render/pair/links", test_links },
    { "/render/pair/copies", test_copies },   { "/render/pair/steps", test_steps },
    { "/render/pair/sentences", test_sentences }, { "/render/pair/hits", test_hits },
    { "/render/pair/many", test_many },       { "/render/pair/density", test_density },
    { "/render/pair/odd", test_odd },
  };
  g_autoptr (HrText) text = NULL;

  g_test_init (&argc, &argv, NULL);
  text = picture_text_new ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, text, tests[i].func);
  return g_test_run ();
}
