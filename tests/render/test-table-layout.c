/*
 * The flat table: pictures as text, and what holds for every one of them: targets are where they are said to be, keys
 * lead everywhere, and only what is in sight is laid out.
 */
#include "tests/render/picture.h"

#include "render/scene-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *model;
  const char *table;
  const char *index;
  const char *pattern; /* or NULL */
  gboolean keep;
  gboolean right_to_left;
  HrDensity density;
} Case;

/* Everything that stands anywhere in a table at least once. */
static const Case cases[] = {
  { .model = "conversations", .table = "talk" },
  { .model = "conversations", .table = "talk", .right_to_left = TRUE, .density = HR_DENSITY_COMFORTABLE },
  { .model = "conversations", .table = "talk", .index = "by-group" },
  { .model = "conversations", .table = "talk", .pattern = "A" },
  { .model = "conversations", .table = "talk", .pattern = "L", .right_to_left = TRUE },
  { .model = "conversations", .table = "talk", .pattern = "L", .density = HR_DENSITY_PRESENTATION },
  { .model = "conversations", .table = "talk", .pattern = "N" },
  { .model = "conversations", .table = "talk", .pattern = "F" },
  { .model = "conversations", .table = "talk", .pattern = "S" },
  { .model = "conversations", .table = "talk", .pattern = "S1" },
  { .model = "conversations", .table = "talk", .pattern = "G" },
  { .model = "conversations", .table = "talk", .pattern = "T" },
  { .model = "conversations", .table = "talk", .pattern = "T", .keep = TRUE },
  { .model = "conversations", .table = "talk", .pattern = "X" },
  { .model = "conversations", .table = "talk", .index = "by-group", .pattern = "QI" },
  { .model = "conversations", .table = "talk", .index = "by-group", .pattern = "SI" },
  { .model = "conversations", .table = "talk", .index = "by-group", .pattern = "X" },
  { .model = "shop", .table = "shop" },
  { .model = "shop", .table = "shop", .index = "by-since" },
  { .model = "shop", .table = "shop", .pattern = "W" },
  { .model = "shop", .table = "shop", .pattern = "W", .keep = TRUE },
  { .model = "shop", .table = "counters" },
};

static void
set_up (Picture *picture, const Case *test, HrText *text)
{
  picture_init (picture, text, test->model, test->table, test->index);
  picture->look.right_to_left = test->right_to_left;
  picture->look.density = test->density;
  picture_update (picture);
  if (test->pattern != NULL)
    picture_run (picture, test->pattern, test->keep);
}

static HrViewport
get_whole (const Picture *picture)
{
  return (HrViewport) { .width = hr_table_layout_get_width (picture->layout),
                        .height = hr_table_layout_get_height (picture->layout) };
}

typedef void (*PictureFunc) (Picture *picture);

static void
for_all (gconstpointer data, PictureFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Picture) picture = PICTURE_INIT;

      g_test_message ("%s, %s, index %s, pattern %s", cases[i].model, cases[i].table, cases[i].index, cases[i].pattern);
      set_up (&picture, &cases[i], (HrText *) data);
      func (&picture);
    }
}

/* Golden texts */

static void
test_golden (gconstpointer data)
{
  static const struct
  {
    const char *name;
    Case test;
    HrViewport viewport;
    double zoom;
  } pictures[] = {
    { "table", { .model = "conversations", .table = "talk" },
      { .width = 1128, .height = 420, .selected = { .kind = HR_HIT_CELL, .row = 3, .column = 1 },
        .hovered = { .kind = HR_HIT_ROW, .row = 1 }, .has_focus = TRUE }, 1 },
    { "table-scrolled", { .model = "conversations", .table = "talk" },
      { .x = 150, .y = 200, .width = 700, .height = 300,
        .selected = { .kind = HR_HIT_PARTITION, .partition = 1 } }, 1 },
    { "table-comfortable", { .model = "conversations", .table = "talk", .density = HR_DENSITY_COMFORTABLE },
      { .width = 1128, .height = 100 }, 1 },
    { "bars", { .model = "conversations", .table = "talk" }, { .y = 300, .width = 1128, .height = 200 }, 0.5 },
    { "index", { .model = "conversations", .table = "talk", .index = "by-group" },
      { .width = 1128, .height = 200 }, 1 },
    { "run-pages", { .model = "conversations", .table = "talk", .pattern = "A" }, { .width = 850, .height = 420 }, 1 },
    { "run-right-to-left", { .model = "conversations", .table = "talk", .pattern = "L", .right_to_left = TRUE },
      { .width = 850, .height = 420 }, 1 },
    { "run-empty", { .model = "conversations", .table = "talk", .pattern = "N" },
      { .y = 650, .width = 850, .height = 200 }, 1 },
    { "run-scan", { .model = "conversations", .table = "talk", .pattern = "S" },
      { .y = 550, .width = 850, .height = 200 }, 1 },
    { "run-writes", { .model = "conversations", .table = "talk", .pattern = "T" }, { .width = 850, .height = 420 }, 1 },
    { "run-index", { .model = "conversations", .table = "talk", .index = "by-group", .pattern = "QI" },
      { .width = 850, .height = 250 }, 1 },
    { "run-between", { .model = "shop", .table = "shop", .pattern = "W" }, { .width = 1100, .height = 530 }, 1 },
    { "values", { .model = "shop", .table = "shop" }, { .width = 1100, .height = 750 }, 1 },
    { "no-sort-key", { .model = "shop", .table = "counters" }, { .width = 700, .height = 250 }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_auto (Picture) picture = PICTURE_INIT;
      g_autofree char *dump = NULL;

      set_up (&picture, &pictures[i].test, (HrText *) data);
      picture.look.zoom = pictures[i].zoom;
      picture_update (&picture);
      picture_draw (&picture, &pictures[i].viewport);
      dump = hr_scene_dump (picture.scene);
      picture_assert_golden (dump, pictures[i].name);
    }
}

static void
test_header (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  HrViewport viewport = { .x = 20, .width = 700, .height = 300 };
  g_autofree char *dump = NULL;

  set_up (&picture, &cases[0], (HrText *) data);
  hr_table_layout_draw_header (picture.layout, &viewport, &(HrRect) { 0, 0, 700, 30 }, picture.scene);
  dump = hr_scene_dump (picture.scene);
  picture_assert_golden (dump, "header");
}

static void
test_minimap (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  HrViewport viewport = { .y = 100, .width = 700, .height = 300 };
  g_autofree char *dump = NULL;

  set_up (&picture, &cases[3], (HrText *) data);
  hr_table_layout_draw_minimap (picture.layout, &viewport, &(HrRect) { 700, 0, 64, 200 }, picture.scene);
  dump = hr_scene_dump (picture.scene);
  picture_assert_golden (dump, "minimap");
}

/* Targets */

typedef struct
{
  Picture *picture;
  const HrViewport *viewport;
  guint n_rows;
} Check;

static gboolean
is_near (double a, double b)
{
  return fabs (a - b) < 0.01;
}

static double
get_start (const Check *self, const HrRect *rect)
{
  double mirrored = self->viewport->width - rect->x - rect->width;

  return (self->picture->look.right_to_left ? mirrored : rect->x) + self->viewport->x;
}

/* Where a target is said to be is where it was drawn, unless it is cut off at an edge. */
static void
check_rect (const Check *self, const HrRect *drawn, const HrHit *target)
{
  double bottom = drawn->y + drawn->height;
  HrRect rect;

  g_assert_true (hr_table_layout_get_rect (self->picture->layout, target, &rect));
  if (drawn->y > 0)
    g_assert_true (is_near (drawn->y + self->viewport->y, rect.y));
  if (drawn->y > 0 && bottom < self->viewport->height)
    g_assert_true (is_near (drawn->height, rect.height));
  if (self->viewport->x == 0 && target->kind != HR_HIT_PAGE_LINE)
    g_assert_true (is_near (get_start (self, drawn), rect.x));
  g_assert_true (drawn->x >= 0 && drawn->x + drawn->width <= self->viewport->width + 0.01);
  g_assert_true (drawn->y >= 0 && bottom <= self->viewport->height + 0.01);
}

static void
check_target_cb (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  Check *self = user_data;
  HrHit found;

  g_assert_nonnull (label);
  g_assert_true (g_utf8_validate (label, -1, NULL));
  check_rect (self, rect, target);
  if (target->kind != HR_HIT_ROW && target->kind != HR_HIT_CELL)
    return;
  g_assert_true (hr_scene_hit_test (self->picture->scene, rect->x + rect->width / 2, rect->y + rect->height / 2, &found,
                                    NULL));
  g_assert_true (found.kind == HR_HIT_ROW || found.kind == HR_HIT_CELL);
  g_assert_cmpuint (found.partition, ==, target->partition);
  g_assert_cmpuint (found.row, ==, target->row);
  if (target->kind == HR_HIT_CELL)
    g_assert_cmpuint (found.column, ==, target->column);
  self->n_rows += target->kind == HR_HIT_ROW;
}

static void
check_targets (Picture *picture)
{
  HrViewport viewport = { .width = 700, .height = 260 };
  double height = hr_table_layout_get_height (picture->layout);

  for (viewport.y = 0; viewport.y < height; viewport.y += 71)
    for (viewport.x = 0; viewport.x <= 300; viewport.x += 150)
      {
        Check check = { picture, &viewport, 0 };

        picture_draw (picture, &viewport);
        hr_scene_foreach_target (picture->scene, check_target_cb, &check);
        if (viewport.y + viewport.height < height)
          g_assert_cmpuint (check.n_rows, >, 0);
      }
}

static void
test_targets (gconstpointer data)
{
  for_all (data, check_targets);
}

/* Rows follow each other without a gap or an overlap, and the table ends where it says. */
typedef struct
{
  GArray *rects;
  double blocks_end;
} Rows;

static void
take_row_cb (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  Rows *rows = user_data;

  if (target->kind == HR_HIT_ROW)
    g_array_append_val (rows->rects, *rect);
  if (target->kind == HR_HIT_PARTITION)
    rows->blocks_end = MAX (rows->blocks_end, rect->y + rect->height);
}

static int
compare_tops_cb (gconstpointer a, gconstpointer b)
{
  double x = ((const HrRect *) a)->y;
  double y = ((const HrRect *) b)->y;

  return x < y ? -1 : x > y;
}

static void
check_heights (Picture *picture)
{
  HrViewport whole = get_whole (picture);
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (HrRect));
  Rows rows = { rects, 0 };
  double end = 0;

  picture_draw (picture, &whole);
  hr_scene_foreach_target (picture->scene, take_row_cb, &rows);
  g_array_sort (rects, compare_tops_cb);
  for (guint i = 0; i < rects->len; i++)
    {
      const HrRect *rect = &g_array_index (rects, HrRect, i);

      g_assert_cmpfloat (rect->y, >=, end - 0.01);
      g_assert_cmpfloat (rect->y, <, end + 100);
      end = rect->y + rect->height;
    }
  g_assert_true (end <= rows.blocks_end + 0.01);
  g_assert_true (is_near (rows.blocks_end + 12, whole.height));
}

static void
test_heights (gconstpointer data)
{
  for_all (data, check_heights);
}

/* Moves */

static char *
name_target (const HrHit *target)
{
  return g_strdup_printf ("%d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u", target->kind, target->partition,
                          target->row, target->column);
}

static void
take_cell_cb (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  if (target->kind == HR_HIT_CELL || target->kind == HR_HIT_PARTITION)
    g_hash_table_add (user_data, name_target (target));
}

static GHashTable *
list_cells (Picture *picture)
{
  GHashTable *cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HrViewport whole = get_whole (picture);

  picture_draw (picture, &whole);
  hr_scene_foreach_target (picture->scene, take_cell_cb, cells);
  return cells;
}

static void
visit (GHashTable *reached, GArray *open, const HrHit *target)
{
  if (g_hash_table_add (reached, name_target (target)))
    g_array_append_val (open, *target);
}

static void
check_moves (Picture *picture)
{
  static const HrMove moves[] = { HR_MOVE_LEFT, HR_MOVE_RIGHT, HR_MOVE_UP, HR_MOVE_DOWN, HR_MOVE_PARTITION_UP,
                                  HR_MOVE_PARTITION_DOWN, HR_MOVE_PAGE_UP, HR_MOVE_PAGE_DOWN, HR_MOVE_ROW_START,
                                  HR_MOVE_ROW_END, HR_MOVE_TABLE_START, HR_MOVE_TABLE_END };
  g_autoptr (GHashTable) cells = list_cells (picture);
  g_autoptr (GHashTable) reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (HrHit));
  HrHit none = { .kind = HR_HIT_NONE };
  HrHit to;
  GHashTableIter iter;
  gpointer name;

  g_assert_true (hr_table_layout_move (picture->layout, &none, HR_MOVE_DOWN, 100, &to));
  visit (reached, open, &to);
  for (guint i = 0; i < open->len; i++)
    for (guint move = 0; move < G_N_ELEMENTS (moves); move++)
      {
        HrHit from = g_array_index (open, HrHit, i);

        if (hr_table_layout_move (picture->layout, &from, moves[move], 100, &to))
          visit (reached, open, &to);
      }

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (cells, name))
      g_error ("a move leads to %s, which is not drawn", (const char *) name);
  g_assert_cmpuint (g_hash_table_size (reached), ==, g_hash_table_size (cells));
}

static void
test_moves (gconstpointer data)
{
  for_all (data, check_moves);
}

/* Down goes through all rows in the order in which they stand, added ones too, and up goes back. */
static void
check_order (Picture *picture)
{
  HrHit at;
  HrHit next;
  HrRect rect;
  HrRect below;

  g_assert_true (hr_table_layout_move (picture->layout, &(HrHit) { 0 }, HR_MOVE_TABLE_START, 0, &at));
  while (hr_table_layout_move (picture->layout, &at, HR_MOVE_DOWN, 0, &next))
    {
      HrHit back;

      g_assert_true (hr_table_layout_get_rect (picture->layout, &at, &rect));
      g_assert_true (hr_table_layout_get_rect (picture->layout, &next, &below));
      g_assert_cmpfloat (below.y, >, rect.y);
      g_assert_true (hr_table_layout_move (picture->layout, &next, HR_MOVE_UP, 0, &back));
      g_assert_cmpuint (back.partition, ==, at.partition);
      g_assert_cmpuint (back.row, ==, at.row);
      at = next;
    }
}

static void
test_order (gconstpointer data)
{
  for_all (data, check_order);
}

/* Pages */

static void
check_pages (Picture *picture)
{
  HrViewport whole = get_whole (picture);
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (HrRect));
  Rows rows = { rects, 0 };
  double y = 0;

  picture_draw (picture, &whole);
  hr_scene_foreach_target (picture->scene, take_row_cb, &rows);
  while (y < whole.height)
    {
      double height = hr_table_layout_get_page_height (picture->layout, y, 250);

      g_assert_cmpfloat (height, >, 0);
      g_assert_cmpfloat (height, <=, 250);
      y += height;
      for (guint i = 0; i < rects->len; i++)
        {
          const HrRect *rect = &g_array_index (rects, HrRect, i);

          if (y > rect->y + 0.01 && y < rect->y + rect->height - 0.01)
            g_error ("a page ends at %g, in a row from %g", y, rect->y);
        }
    }
}

static void
test_pages (gconstpointer data)
{
  for_all (data, check_pages);
}

/* Cells */

static void
test_cell_text (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  HrHit target = { HR_HIT_CELL, 0, 3, 0, HR_SIDE_TABLE };
  g_autofree char *key = NULL;
  g_autofree char *partition = NULL;

  set_up (&picture, &cases[0], (HrText *) data);
  key = hr_table_layout_dup_cell_text (picture.layout, &target);
  g_assert_cmpstr (key, ==, "2026-03-02T10:05:31Z");
  target.kind = HR_HIT_PARTITION;
  partition = hr_table_layout_dup_cell_text (picture.layout, &target);
  g_assert_cmpstr (partition, ==, "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
  target = (HrHit) { HR_HIT_CELL, 0, 99, 0, HR_SIDE_TABLE };
  g_assert_null (hr_table_layout_dup_cell_text (picture.layout, &target));
  target = (HrHit) { HR_HIT_CELL, 99, 0, 0, HR_SIDE_TABLE };
  g_assert_null (hr_table_layout_dup_cell_text (picture.layout, &target));
  target = (HrHit) { HR_HIT_CELL, 0, 0, 99, HR_SIDE_TABLE };
  g_assert_null (hr_table_layout_dup_cell_text (picture.layout, &target));
}

static void
test_labels (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  HrViewport viewport = { .width = 1200, .height = 400 };
  HrHit target = { HR_HIT_CELL, 0, 3, 1, HR_SIDE_TABLE };
  const char *label;
  HrRect rect;

  set_up (&picture, &cases[3], (HrText *) data);
  picture_draw (&picture, &viewport);
  g_assert_true (hr_scene_find_target (picture.scene, &target, &rect, &label));
  g_assert_cmpstr (label, ==, "Message, partition MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399, sort key "
                              "2026-03-02T10:05:31Z, message: Start from the questions, not tables., returned 2 of 5");
}

static guint
count_parts (const HrScene *scene, const char *part)
{
  g_autofree char *dump = hr_scene_dump (scene);
  g_auto (GStrv) pieces = g_strsplit (dump, part, -1);

  return g_strv_length (pieces) - 1;
}

/* Several selected rows: a tick each, a frame around those that follow one another. */
static void
test_several (gconstpointer data)
{
  const Case test = { .model = "conversations", .table = "talk", .right_to_left = TRUE };
  g_auto (Picture) picture = PICTURE_INIT;
  g_autoptr (HrRowSet) rows = hr_row_set_new ();
  HrViewport viewport = { .width = 900, .height = 2000, .rows = rows };

  set_up (&picture, &test, (HrText *) data);
  hr_row_set_add (rows, 0, 2);
  hr_row_set_add (rows, 3, 4);
  picture_draw (&picture, &viewport);
  g_assert_cmpuint (count_parts (picture.scene, "icon check canvas"), ==, 3);
  g_assert_cmpuint (count_parts (picture.scene, "selection-tint"), ==, 2);
  hr_row_set_add (rows, 0, G_MAXUINT32);
  picture_draw (&picture, &viewport);
  g_assert_cmpuint (count_parts (picture.scene, "icon check canvas"), >, 10);
}

static void
test_columns (gconstpointer data)
{
  static const char *const wanted[] = { "user_handle", "message", "no-such", NULL };
  g_auto (Picture) picture = PICTURE_INIT;
  guint n_columns;

  set_up (&picture, &cases[0], (HrText *) data);
  g_assert_cmpstr (hr_table_layout_get_column_name (picture.layout, 0), ==, "sk");
  n_columns = hr_table_layout_get_n_columns (picture.layout);
  g_assert_cmpuint (n_columns, ==, 7);
  hr_table_layout_set_columns (picture.layout, wanted);
  g_assert_cmpuint (hr_table_layout_get_n_columns (picture.layout), ==, 3);
  g_assert_cmpstr (hr_table_layout_get_column_name (picture.layout, 1), ==, "message");
  g_assert_null (hr_table_layout_get_column_name (picture.layout, 3));
  hr_table_layout_set_columns (picture.layout, NULL);
  g_assert_cmpuint (hr_table_layout_get_n_columns (picture.layout), ==, n_columns);
}

static void
test_answer (gconstpointer data)
{
  static const struct
  {
    const char *pattern;
    const char *index;
    HrHit target;
  } answers[] = {
    { "A", NULL, { HR_HIT_ROW, 0, 2, 0, HR_SIDE_TABLE } },
    { "L", NULL, { HR_HIT_ROW, 0, 3, 0, HR_SIDE_TABLE } },
    { "N", NULL, { HR_HIT_PARTITION, 5, 0, 0, HR_SIDE_TABLE } },
    { "QI", "by-group", { HR_HIT_ROW, 0, 0, 0, HR_SIDE_TABLE } },
    { "SI", "by-group", { HR_HIT_ROW, 0, 0, 0, HR_SIDE_TABLE } },
    /* what was put and taken back is behind the rows of the outline */
    { "T", NULL, { HR_HIT_ROW, 0, 10, 0, HR_SIDE_TABLE } },
    { "X", NULL, { HR_HIT_ROW, 1, 4, 0, HR_SIDE_TABLE } },
    { "X", "by-group", { HR_HIT_ROW, 0, 0, 0, HR_SIDE_TABLE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const Case test = { .model = "conversations", .table = "talk", .index = answers[i].index,
                          .pattern = answers[i].pattern };
      g_auto (Picture) picture = PICTURE_INIT;
      HrHit found;

      set_up (&picture, &test, (HrText *) data);
      g_assert_true (hr_table_layout_find_answer (picture.layout, &found));
      g_assert_cmpmem (&found, sizeof found, &answers[i].target, sizeof found);
    }
}

/* Many rows */

static void
fill (Picture *picture, guint n_partitions, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  HrOutlineOptions options = { .table = picture->table->name };

  hr_document_begin_load (picture->document, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_partitions; i++)
    for (guint j = 0; j < n_rows; j++)
      {
        g_autofree char *json = g_strdup_printf (
            "{\"pk\":{\"S\":\"MSG#many-%u\"},\"sk\":{\"S\":\"%08u\"},\"message\":{\"S\":\"Number %u\"}}", i, j, j);

        hr_document_add_item (picture->document, picture->table->name, json, strlen (json), -1, HR_RANGE_NONE, &error);
        g_assert_no_error (error);
      }
  hr_document_end_load (picture->document, &error);
  g_assert_no_error (error);
  hr_outline_free (picture->outline);
  picture->outline = hr_outline_new (hr_document_get_engine (picture->document), picture->table, &options, NULL,
                                     &error);
  g_assert_no_error (error);
  picture->look.outline = picture->outline;
  picture_update (picture);
}

/* Cairo's numbers end at some eight million pixels. */
static void
check_extents (const HrScene *scene, const HrViewport *viewport)
{
  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (scene, i);

      g_assert_cmpfloat (node->rect.y, >, -300);
      g_assert_cmpfloat (node->rect.y + node->rect.height, <, viewport->height + 300);
    }
}

/* A frame is made of what it shows, not of what there is. */
static void
check_nodes (Picture *picture)
{
  HrViewport viewport = { .width = 1100, .height = 700 };
  double height = hr_table_layout_get_height (picture->layout);
  g_autoptr (HrScene) map = hr_scene_new ();

  for (guint i = 0; i <= 10; i++)
    {
      viewport.y = (height - viewport.height) * i / 10;
      picture_draw (picture, &viewport);
      g_assert_cmpuint (hr_scene_get_n_nodes (picture->scene), >, 100);
      g_assert_cmpuint (hr_scene_get_n_nodes (picture->scene), <, 700);
      check_extents (picture->scene, &viewport);
    }
  hr_table_layout_draw_minimap (picture->layout, &viewport, &(HrRect) { 0, 0, 64, 700 }, map);
  g_assert_cmpuint (hr_scene_get_n_nodes (map), <, 700);
}

static void
test_many (gconstpointer data)
{
  g_auto (Picture) long_one = PICTURE_INIT;
  g_auto (Picture) many = PICTURE_INIT;

  set_up (&long_one, &cases[0], (HrText *) data);
  fill (&long_one, 1, 5000);
  check_nodes (&long_one);
  set_up (&many, &cases[0], (HrText *) data);
  fill (&many, 2500, 2);
  check_nodes (&many);
}

static void
test_empty (gconstpointer data)
{
  g_autoptr (HrTableLayout) layout = hr_table_layout_new ();
  g_autoptr (HrScene) scene = hr_scene_new ();
  HrViewport viewport = { .width = 100, .height = 100 };
  HrHit target = { HR_HIT_CELL, 0, 0, 0, HR_SIDE_TABLE };
  HrRect rect;

  g_assert_true (hr_table_layout_draw (layout, &viewport, scene, NULL));
  hr_table_layout_draw_minimap (layout, &viewport, &(HrRect) { 0, 0, 64, 100 }, scene);
  hr_table_layout_draw_header (layout, &viewport, &(HrRect) { 0, 0, 64, 30 }, scene);
  g_assert_cmpuint (hr_scene_get_n_nodes (scene), ==, 0);
  g_assert_false (hr_table_layout_get_rect (layout, &target, &rect));
  g_assert_false (hr_table_layout_move (layout, &target, HR_MOVE_DOWN, 10, &target));
  g_assert_null (hr_table_layout_dup_cell_text (layout, &target));
  g_assert_cmpfloat (hr_table_layout_get_height (layout), ==, 0);
  g_assert_cmpfloat (hr_table_layout_get_page_height (layout, 0, 100), ==, 100);
}

/* Odd viewports must not disturb it. */
static void
check_odd_viewports (Picture *picture)
{
  static const HrViewport viewports[] = {
    { .x = -50, .y = -100, .width = 300, .height = 200 }, { .y = 1e9, .width = 300, .height = 200 },
    { .x = 1e6, .width = 300, .height = 200 },            { .width = 0, .height = 0 },
    { .width = 50, .height = 10 },                        { .y = 3.7, .x = 0.3, .width = 333.3, .height = 77.7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (viewports); i++)
    picture_draw (picture, &viewports[i]);
}

static void
test_odd_viewports (gconstpointer data)
{
  for_all (data, check_odd_viewports);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestDataFunc func;
  } tests[] = {
    { "/render/table/golden", test_golden },       { "/render/table/header", test_header },
    { "/render/table/minimap", test_minimap },     { "/render/table/targets", test_targets },
    { "/render/table/heights", test_heights },     { "/render/table/moves", test_moves },
    { "/render/table/order", test_order },         { "/render/table/pages", test_pages },
    { "/render/table/cell-text", test_cell_text }, { "/render/table/labels", test_labels },
    { "/render/table/columns", test_columns },     { "/render/table/answer", test_answer },
    { "/render/table/many", test_many },           { "/render/table/empty", test_empty },
    { "/render/table/odd-viewports", test_odd_viewports }, { "/render/table/several", test_several },
  };
  g_autoptr (HrText) text = NULL;

  g_test_init (&argc, &argv, NULL);
  text = picture_text_new ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, text, tests[i].func);
  return g_test_run ();
}
