/*
 * What marks make of the traces of real runs.
 */
#include "model/base/service-limits.h"
#include "model/value/codec.h"
#include "tests/render/picture.h"

#include <string.h>

#define LONG_TALK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"

static HrValue
read_item (HrArena *arena, const char *pk, const char *sk)
{
  const char *json = hr_arena_printf (arena, "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"}}", pk, sk);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrJsonError error;
  HrValue item;

  g_assert_true (hr_item_from_json (arena,
                                    hr_json_parse (arena, json, strlen (json), HR_LIMIT_JSON_DEPTH, &error),
                                    &item, &service_error));
  return item;
}

/* One letter a row of the long conversation: returned (1 to 9), filtered, unread, inserted, … */
static char *
spell_rows (Picture *picture)
{
  static const char letters[] = {
    [HR_MARK_NOT_READ] = '.', [HR_MARK_RETURNED] = '?', [HR_MARK_FILTERED] = 'f', [HR_MARK_INSERTED] = '+',
    [HR_MARK_REPLACED] = '~', [HR_MARK_DELETED] = '-',  [HR_MARK_READ] = 'r',
    [HR_MARK_CHECKED] = 'c',
  };
  g_autoptr (HrArena) arena = hr_arena_new ();
  GString *spelled = g_string_new (NULL);
  HrOutlineRow row;

  for (guint64 i = 0; hr_outline_fetch (picture->outline, 0, i, 1, arena, &row, NULL) == 1; i++)
    {
      HrMark mark;

      hr_marks_get_item (picture->marks, &row.item, &mark);
      if (mark.state == HR_MARK_RETURNED)
        g_string_append_printf (spelled, "%" G_GUINT64_FORMAT, mark.number);
      else
        g_string_append_c (spelled, letters[mark.state]);
      if (hr_marks_get_page_line (picture->marks, &row.item) != NULL)
        g_string_append_c (spelled, '|');
    }
  return g_string_free (spelled, FALSE);
}

static void
assert_rows (Picture *picture, const char *expected)
{
  g_autofree char *spelled = spell_rows (picture);

  g_assert_cmpstr (spelled, ==, expected);
}

static const HrPartitionMark *
get_long_talk (Picture *picture)
{
  HrValue key = hr_value_string (LONG_TALK, strlen (LONG_TALK));

  return hr_marks_get_partition (picture->marks, &key);
}

static void
test_rows (gconstpointer data)
{
  static const struct
  {
    const char *pattern;
    const char *rows;
  } cases[] = {
    { "A", "..12f3|4f5" }, { "E", "..1......" }, { "W", ".1234...." }, { "L", "4|32|1....." },
    { "P", "123456789" },  { "N", "........." }, { "F", "fffffffff" }, { "S", "567|8910111213" },
    { "S1", "........." }, { "G", "..1......" }, { "T", ".....-.~." }, { "Z", "........." },
    { "PQ", "..54f32f1" }, { "PI", "1f2f3f45f" }, { "PS", "2f3f4f56f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Picture) picture = PICTURE_INIT;

      picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
      picture_run (&picture, cases[i].pattern, FALSE);
      g_test_message ("pattern %s", cases[i].pattern);
      assert_rows (&picture, cases[i].rows);
    }
}

static void
test_ranges (gconstpointer data)
{
  static const struct
  {
    const char *pattern;
    const char *text;
    gboolean backward;
    guint n_pages;
    double read_units;
  } cases[] = {
    { "A", "sk begins with 2026-03", FALSE, 2, 1.0 },
    { "E", "sk = 2026-03-02T10:04:05Z", FALSE, 1, 0.5 },
    { "W", "sk between 2026-02-27 and 2026-03-02T10:06:02Z", FALSE, 1, 0.5 },
    { "L", "sk < 2026-03-02T10:06:02Z", TRUE, 3, 1.5 },
    { "P", NULL, FALSE, 1, 0.5 },
    { "PQ", "sk begins with 2026-03", TRUE, 1, 0.5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Picture) picture = PICTURE_INIT;
      const HrPartitionMark *mark;

      picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
      picture_run (&picture, cases[i].pattern, FALSE);
      mark = get_long_talk (&picture);
      g_assert_nonnull (mark);
      g_assert_true (mark->has_range);
      g_assert_cmpstr (mark->range_text, ==, cases[i].text);
      g_assert_cmpint (mark->backward, ==, cases[i].backward);
      g_assert_cmpuint (mark->n_pages, ==, cases[i].n_pages);
      g_assert_cmpfloat (mark->read_units, ==, cases[i].read_units);
      g_assert_cmpfloat (mark->page_units, ==, 0.5);
      g_assert_false (hr_marks_is_scan (picture.marks));
    }
}

static void
test_figures (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrPartitionMark *mark;
  const HrPageLine *const *lines;
  HrPlanFigures figures;
  HrValue item;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "A", FALSE);
  mark = get_long_talk (&picture);
  g_assert_cmpuint (mark->n_read, ==, 7);
  g_assert_cmpuint (mark->n_returned, ==, 5);
  g_assert_cmpuint (mark->range_rows, ==, 7);
  g_assert_cmpuint (mark->size_bytes, >, 1024);
  g_assert_cmpuint (hr_marks_get_n_returned (picture.marks), ==, 5);

  g_assert_cmpuint (hr_marks_get_page_lines (picture.marks, &lines), ==, 1);
  g_assert_cmpuint (lines[0]->page, ==, 1);
  g_assert_cmpfloat (lines[0]->read_units, ==, 0.5);
  g_assert_cmpint (hr_map_get (lines[0]->key, "sk", 2)->length, ==, 20);

  g_assert_true (hr_table_layout_get_plan (picture.layout, &figures));
  g_assert_cmpuint (figures.table_rows, ==, 17);
  g_assert_cmpuint (figures.table_partitions, ==, 5);
  g_assert_cmpuint (figures.read_partitions, ==, 1);
  g_assert_cmpuint (figures.partition_rows, ==, 9);
  g_assert_cmpuint (figures.range_rows, ==, 7);
  g_assert_cmpuint (figures.returned_rows, ==, 5);

  g_assert_true (hr_marks_get_first (picture.marks, &item));
  g_assert_cmpmem (hr_map_get (&item, "sk", 2)->bytes, 20, "2026-03-02T10:04:05Z", 20);
}

static void
test_stages (gconstpointer data)
{
  static const char *const stages[] = {
    ".........", ".........", ".........", ".........", "..rrrr|...", "..rrrr|rrr", "..12f3|4f5", "..12f3|4f5",
  };
  g_auto (Picture) picture = PICTURE_INIT;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "A", FALSE);
  g_assert_cmpuint (hr_marks_get_n_stages (picture.marks), ==, G_N_ELEMENTS (stages) - 1);
  for (guint stage = 0; stage < G_N_ELEMENTS (stages); stage++)
    {
      const HrPartitionMark *mark;

      hr_marks_set_stage (picture.marks, stage);
      assert_rows (&picture, stages[stage]);
      g_assert_cmpint (hr_marks_has_told_outcome (picture.marks), ==, stage >= 6);
      mark = get_long_talk (&picture);
      g_assert_cmpint (mark != NULL, ==, stage >= 2);
      g_assert_cmpint (mark != NULL && mark->has_range, ==, stage >= 3);
      g_assert_cmpint (mark != NULL && mark->read_units > 0, ==, stage == 7);
    }
}

static void
test_writes (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrMark *marks;
  const HrPartitionMark *mark;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "T", FALSE);
  g_assert_cmpuint (hr_marks_get_insertions (picture.marks, &marks), ==, 4);
  g_assert_null (marks[0].before);
  g_assert_nonnull (marks[0].after);
  g_assert_cmpuint (hr_marks_get_removals (picture.marks, &marks), ==, 1);
  g_assert_null (marks[0].after);
  mark = get_long_talk (&picture);
  g_assert_cmpuint (mark->n_written, ==, 5);
  g_assert_cmpfloat (mark->write_units, ==, 5);
  g_assert_false (mark->has_range);
}

/* What comes and goes within a run is not there in the end. */
static void
test_no_net_change (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrMark *marks;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "Z", FALSE);
  g_assert_cmpuint (hr_marks_get_insertions (picture.marks, &marks), ==, 0);
  g_assert_cmpuint (hr_marks_get_removals (picture.marks, &marks), ==, 0);
}

/* A transaction costs each partition what its items cost. */
static void
test_shares (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  double total = 0;
  const HrPartitionMark *mark;
  guint count = 0;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "X", FALSE);
  for (; (mark = hr_marks_get_nth_partition (picture.marks, count)) != NULL; count++)
    {
      g_assert_cmpfloat (mark->write_units, ==, 2);
      total += mark->write_units;
    }
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpfloat (total, <=, picture.run->write_units);
}

static void
test_index (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrPartitionMark *mark;
  const HrPageLine *const *lines;
  HrMark item_mark;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item = read_item (arena, "GRP#f73f4b05-0000-4000-8000-000000002222", "2026-03-03T08:33:27Z");
  HrValue other = read_item (arena, LONG_TALK, "2026-03-02T10:04:05Z");

  picture_init (&picture, (HrText *) data, "conversations", "talk", "by-group");
  picture_run (&picture, "QI", FALSE);
  mark = hr_marks_get_nth_partition (picture.marks, 0);
  g_assert_nonnull (mark);
  g_assert_cmpuint (mark->n_read, ==, 2);
  g_assert_cmpuint (hr_marks_get_page_lines (picture.marks, &lines), ==, 2);
  g_assert_nonnull (hr_map_get (lines[0]->key, "message_group_uuid", strlen ("message_group_uuid")));
  hr_marks_get_item (picture.marks, &item, &item_mark);
  g_assert_cmpint (item_mark.state, ==, HR_MARK_RETURNED);
  hr_marks_get_item (picture.marks, &other, &item_mark);
  g_assert_cmpint (item_mark.state, ==, HR_MARK_NOT_READ);
}

/* What a transaction only looks at is checked, not filtered out. */
static void
test_checks (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue person = read_item (arena, "P#bob", "PROFILE");
  HrValue ticket = read_item (arena, "TEAM#blue", "T#001");
  const HrPartitionMark *partition;
  HrMark mark;

  picture_init (&picture, (HrText *) data, "desk", "desk", NULL);
  picture_run (&picture, "X", FALSE);
  hr_marks_get_item (picture.marks, &person, &mark);
  g_assert_cmpint (mark.state, ==, HR_MARK_CHECKED);
  g_assert_true (mark.in_transaction);
  hr_marks_get_item (picture.marks, &ticket, &mark);
  g_assert_cmpint (mark.state, ==, HR_MARK_REPLACED);
  g_assert_true (mark.in_transaction);
  partition = hr_marks_get_partition (picture.marks, hr_map_get (&person, "pk", 2));
  g_assert_true (partition->is_hit && partition->has_transaction);
  g_assert_cmpuint (partition->n_read, ==, 0);
  g_assert_cmpfloat (partition->write_units, ==, 2);
}

/* A Scan of an index tells of the partitions that it walked through. */
static void
test_index_scan (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrPartitionMark *mark;
  HrPartition partition;
  guint64 n_read = 0;
  guint count = 0;

  picture_init (&picture, (HrText *) data, "conversations", "talk", "by-group");
  picture_run (&picture, "SI", FALSE);
  for (; (mark = hr_marks_get_nth_partition (picture.marks, count)) != NULL; count++)
    {
      guint64 position;

      g_assert_true (mark->has_range);
      g_assert_cmpuint (mark->size_bytes, >, 0);
      g_assert_true (hr_outline_find_partition (picture.outline, mark->keys, mark->n_keys, &position));
      g_assert_true (hr_outline_get_partition (picture.outline, position, &partition));
      g_assert_cmpuint (mark->n_read, ==, partition.n_rows);
      n_read += mark->n_read;
    }
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (n_read, ==, picture.run->scanned);
}

/* A run of an index says nothing of the table, and the other way round; what is not there is no reason to fall. */
static void
test_elsewhere (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  g_autoptr (HrMarks) none = NULL;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "QI", FALSE);
  assert_rows (&picture, ".........");
  g_assert_null (hr_marks_get_nth_partition (picture.marks, 0));
  none = hr_marks_new (picture.run, picture.table, "no-such-index");
  g_assert_null (hr_marks_get_nth_partition (none, 0));
  hr_marks_set_stage (none, 1);
}

static void
test_scan (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;
  const HrPartitionMark *mark;
  guint count = 0;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "S", FALSE);
  g_assert_true (hr_marks_is_scan (picture.marks));
  for (; (mark = hr_marks_get_nth_partition (picture.marks, count)) != NULL; count++)
    {
      g_assert_true (mark->has_range);
      g_assert_cmpfloat (mark->read_units, ==, 0);
    }
  g_assert_cmpuint (count, ==, 5);
}

/* A statement is a Scan where it does what a Scan does. */
static void
test_statement_scan (gconstpointer data)
{
  g_auto (Picture) picture = PICTURE_INIT;

  picture_init (&picture, (HrText *) data, "conversations", "talk", NULL);
  picture_run (&picture, "PS", FALSE);
  g_assert_true (hr_marks_is_scan (picture.marks));
  picture_run (&picture, "PI", FALSE);
  g_assert_false (hr_marks_is_scan (picture.marks));
  g_assert_cmpfloat_with_epsilon (get_long_talk (&picture)->read_units, 0.5, 1e-9);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestDataFunc func;
  } tests[] = {
    { "/render/marks/rows", test_rows },         { "/render/marks/ranges", test_ranges },
    { "/render/marks/figures", test_figures },   { "/render/marks/stages", test_stages },
    { "/render/marks/writes", test_writes },     { "/render/marks/no-net-change", test_no_net_change },
    { "/render/marks/shares", test_shares },     { "/render/marks/index", test_index },
    { "/render/marks/index-scan", test_index_scan }, { "/render/marks/checks", test_checks },
    { "/render/marks/elsewhere", test_elsewhere }, { "/render/marks/scan", test_scan },
    { "/render/marks/statement-scan", test_statement_scan },
  };
  g_autoptr (HrText) text = NULL;

  g_test_init (&argc, &argv, NULL);
  text = picture_text_new ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, text, tests[i].func);
  return g_test_run ();
}
