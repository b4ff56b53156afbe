/* Several selected items: how rows are chosen, what is done to all of them, and what is selected afterwards. */
#include <string.h>

#include "app/session/item-actions.h"
#include "app/session/item-selection.h"
#include "tests/app/session-fixture.h"

#define TABLE "cruddur-messages"
#define N_MANY 6000

static HrSession *
open_sample (void)
{
  HrSession *session = fixture_open_sample ();

  fixture_wait_for_outline (session);
  return session;
}

static guint64
count_rows (HrSession *session)
{
  HrOutlineTotals totals;

  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  return totals.n_rows;
}

static void
select_number (HrSession *session, guint64 number, HrSelectMode mode)
{
  guint64 partition, row;

  g_assert_true (hr_outline_locate_row_number (hr_session_get_outline (session), number, &partition, &row));
  hr_session_select_row (session, partition, row, 0, mode);
}

/* "2-4 7": numbers of the selected rows; "-" when the cursor's item is alone, "" when nothing is selected. */
static char *
dup_rows (HrSession *session)
{
  const HrRowSet *rows = hr_session_get_selected_rows (session);
  g_autoptr (GString) text = g_string_new (NULL);
  const HrRowRange *ranges;
  guint n = rows != NULL ? hr_row_set_get_ranges (rows, &ranges) : 0;

  if (rows == NULL)
    return g_strdup (hr_session_count_selected (session) > 0 ? "-" : "");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, i > 0 ? " " : "", ranges[i].first,
                            ranges[i].end - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (HrSession *session, const char *expected)
{
  g_autofree char *rows = dup_rows (session);

  g_assert_cmpstr (rows, ==, expected);
}

static void
test_modes (void)
{
  g_autoptr (HrSession) session = open_sample ();

  assert_rows (session, "");
  select_number (session, 4, HR_SELECT_ONLY);
  assert_rows (session, "-");
  select_number (session, 6, HR_SELECT_EXTEND);
  assert_rows (session, "4-6");
  select_number (session, 2, HR_SELECT_EXTEND);
  assert_rows (session, "2-4");
  g_assert_cmpuint (hr_session_count_selected (session), ==, 3);
  select_number (session, 9, HR_SELECT_TOGGLE);
  assert_rows (session, "2-4 9-9");
  select_number (session, 3, HR_SELECT_TOGGLE);
  assert_rows (session, "2-2 4-4 9-9");
  select_number (session, 4, HR_SELECT_EXTEND); /* from what was chosen last */
  assert_rows (session, "3-4");
  select_number (session, 4, HR_SELECT_EXTEND);
  select_number (session, 3, HR_SELECT_EXTEND);
  assert_rows (session, "-");
  select_number (session, 3, HR_SELECT_TOGGLE);
  assert_rows (session, "");
  g_assert_null (hr_session_get_selected_key (session, NULL));
  select_number (session, 5, HR_SELECT_TOGGLE);
  assert_rows (session, "-");
}

/* Picking begins with what is selected; the cursor then goes without it. */
static void
test_marking (void)
{
  g_autoptr (HrSession) session = open_sample ();

  select_number (session, 1, HR_SELECT_ONLY);
  select_number (session, 1, HR_SELECT_MARK);
  g_assert_true (hr_session_is_marking (session));
  select_number (session, 4, HR_SELECT_CURSOR);
  assert_rows (session, "1-1");
  g_assert_cmpuint (hr_session_count_selected (session), ==, 1);
  select_number (session, 4, HR_SELECT_MARK);
  assert_rows (session, "1-1 4-4");
  select_number (session, 4, HR_SELECT_MARK);
  select_number (session, 1, HR_SELECT_MARK);
  assert_rows (session, "");
  g_assert_false (hr_session_is_marking (session));
  select_number (session, 2, HR_SELECT_CURSOR);
  assert_rows (session, "-");
}

/* All of what is shown; what is shown later is not meant. */
static void
test_all (void)
{
  g_autoptr (HrSession) session = open_sample ();
  guint64 size_bytes;
  HrOutlineTotals totals;

  hr_session_select_all (session);
  g_assert_cmpuint (hr_session_count_selected (session), ==, count_rows (session));
  hr_outline_get_totals (hr_session_get_outline (session), &totals);
  g_assert_true (hr_session_measure_selected (session, &size_bytes));
  g_assert_cmpuint (size_bytes, ==, totals.size_bytes);

  g_object_set (session, "filter", "lunch", NULL);
  fixture_wait_for_outline (session);
  assert_rows (session, "-");
  hr_session_select_all (session);
  g_assert_cmpuint (hr_session_count_selected (session), ==, count_rows (session));
  g_assert_cmpuint (count_rows (session), <, totals.n_rows);
  hr_session_fold_partition (session, 0, TRUE);
  assert_rows (session, "-");
}

/* Sizes add up, of rows and of whole partitions. */
static void
test_measure (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (HrValue));
  guint64 size_bytes, sum = 0;

  select_number (session, 1, HR_SELECT_ONLY);
  select_number (session, count_rows (session) - 1, HR_SELECT_EXTEND);
  select_number (session, 3, HR_SELECT_TOGGLE);
  hr_session_read_selected (session, 10000, arena, items);
  g_assert_cmpuint (items->len, ==, hr_session_count_selected (session));
  for (guint i = 0; i < items->len; i++)
    sum += hr_item_size_bytes (&g_array_index (items, HrValue, i));
  g_assert_true (hr_session_measure_selected (session, &size_bytes));
  g_assert_cmpuint (size_bytes, ==, sum);
}

static const char *
get_undo_name (HrSession *session)
{
  return hr_document_get_undo_name (hr_session_get_document (session));
}

static void
test_remove (void)
{
  g_autoptr (HrSession) session = open_sample ();
  HrDocument *document = hr_session_get_document (session);
  g_autofree char *before = fixture_write_natively (document);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_rows = count_rows (session);

  select_number (session, 2, HR_SELECT_ONLY);
  select_number (session, 4, HR_SELECT_EXTEND);
  select_number (session, 7, HR_SELECT_TOGGLE);
  hr_item_remove (session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_rows (session), ==, n_rows - 4);
  g_assert_cmpstr (get_undo_name (session), ==, "Delete 4 items");
  assert_rows (session, "");

  /* what came back is selected */
  g_assert_true (hr_session_undo (session, &error));
  assert_rows (session, "2-4 7-7");
  after = fixture_write_natively (document);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (hr_session_redo (session, &error));
  g_assert_cmpuint (count_rows (session), ==, n_rows - 4);
}

/* The copies are selected, and the copies of those. */
static void
test_duplicate (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GError) error = NULL;
  guint64 n_rows = count_rows (session);

  select_number (session, 0, HR_SELECT_ONLY);
  select_number (session, 2, HR_SELECT_EXTEND);
  hr_item_duplicate (session, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_undo_name (session), ==, "Duplicate 3 items");
  g_assert_cmpuint (count_rows (session), ==, n_rows + 3);
  g_assert_cmpuint (hr_session_count_selected (session), ==, 3);
  hr_item_duplicate (session, &error);
  g_assert_cmpuint (count_rows (session), ==, n_rows + 6);
  g_assert_true (hr_session_undo (session, &error));
  g_assert_true (hr_session_undo (session, &error));
  g_assert_cmpuint (count_rows (session), ==, n_rows);
}

static void
test_move (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  HrPartition partition;
  HrValue key = hr_value_string ("MSG#elsewhere", 13);
  guint64 position;

  select_number (session, 1, HR_SELECT_ONLY);
  select_number (session, 3, HR_SELECT_EXTEND);
  words = hr_item_describe_move (session, "MSG#elsewhere");
  g_assert_cmpstr (words, ==, "Nothing else changes."); /* the uuid is only in the key */
  assert_rows (session, "1-3"); /* it was only tried */
  hr_item_move (session, "MSG#elsewhere", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_undo_name (session), ==, "Move 3 items to another partition");
  g_assert_true (hr_outline_find_partition (hr_session_get_outline (session), &key, 1, &position));
  g_assert_true (hr_outline_get_partition (hr_session_get_outline (session), position, &partition));
  g_assert_cmpuint (partition.n_rows, ==, 3);
  g_assert_cmpuint (hr_session_count_selected (session), ==, 3);
  g_assert_true (hr_session_is_among_selected (session, position, 0));
  g_assert_true (hr_session_undo (session, &error));
  assert_rows (session, "1-3");
}

/* What is copied can be pasted, and is selected then. */
static void
test_copy (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_autofree char *text = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 n_rows = count_rows (session);

  select_number (session, 0, HR_SELECT_ONLY);
  select_number (session, 2, HR_SELECT_TOGGLE);
  text = hr_item_dup_text (session, HR_ITEMS_TYPED, &note, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (note, ==, "2 items are copied.");
  g_free (note);
  rows = hr_item_dup_text (session, HR_ITEMS_TSV, &note, &error);
  lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4); /* heading, two rows, nothing */
  hr_item_remove (session, &error);
  g_assert_cmpuint (count_rows (session), ==, n_rows - 2);
  hr_item_paste (session, text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_rows (session), ==, n_rows);
  g_assert_cmpuint (hr_session_count_selected (session), ==, 2);
}

/* An index is another list of the same items. */
static void
test_index (void)
{
  g_autoptr (HrSession) session = open_sample ();
  g_autoptr (GError) error = NULL;
  guint64 n_rows;

  hr_session_show_table (session, TABLE, "message-group-sk-index");
  fixture_wait_for_outline (session);
  n_rows = count_rows (session);
  hr_session_select_all (session);
  g_assert_cmpuint (hr_session_count_selected (session), ==, n_rows);
  hr_item_remove (session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_rows (session), ==, 0);
  g_assert_true (hr_session_undo (session, &error));
  g_assert_cmpuint (count_rows (session), ==, n_rows);
  g_assert_cmpuint (hr_session_count_selected (session), ==, n_rows);
}

static void
wait_for_change (HrSession *session)
{
  while (hr_session_is_changing (session))
    g_main_context_iteration (NULL, TRUE);
  fixture_wait_for_outline (session);
}

static void
remove_many (HrSession *session)
{
  g_autoptr (GError) error = NULL;

  hr_item_remove (session, &error);
  g_assert_no_error (error);
  g_assert_true (hr_session_is_changing (session));
  wait_for_change (session);
}

/* Very many go in a thread; it finds the same ones, whatever is filtered, folded and in which order. */
static void
test_many (void)
{
  g_autoptr (HrSession) session = open_sample ();
  guint64 n_rows, n_removed;
  HrPartition folded;

  fixture_fill (hr_session_get_document (session), N_MANY);
  g_object_set (session, "order", HR_ORDER_SIZE, NULL);
  fixture_wait_for_outline (session);
  n_rows = count_rows (session);
  g_assert_true (hr_outline_get_partition (hr_session_get_outline (session), 3, &folded));
  hr_session_fold_partition (session, 3, TRUE);
  select_number (session, 7, HR_SELECT_ONLY);
  select_number (session, N_MANY / 2, HR_SELECT_EXTEND);
  n_removed = hr_session_count_selected (session);
  g_assert_cmpuint (n_removed, ==, N_MANY / 2 - 6);
  remove_many (session);
  hr_session_unfold_all (session);
  g_assert_cmpuint (count_rows (session), ==, n_rows - n_removed);
  assert_rows (session, "");
  g_assert_true (hr_session_undo (session, NULL));
  wait_for_change (session);
  g_assert_cmpuint (count_rows (session), ==, n_rows);

  g_object_set (session, "filter", "P#", NULL);
  fixture_wait_for_outline (session);
  hr_session_select_all (session);
  n_removed = hr_session_count_selected (session);
  g_assert_cmpuint (n_removed, >=, N_MANY);
  g_assert_cmpuint (n_removed, <, n_rows);
  remove_many (session);
  g_object_set (session, "filter", NULL, NULL);
  fixture_wait_for_outline (session);
  g_assert_cmpuint (count_rows (session), ==, n_rows - n_removed);
  g_assert_true (hr_session_undo (session, NULL));
  wait_for_change (session);

  hr_session_select_all (session);
  remove_many (session);
  g_assert_cmpuint (count_rows (session), ==, 0);
  g_assert_true (hr_session_undo (session, NULL));
  wait_for_change (session);
  g_assert_cmpuint (hr_session_count_selected (session), ==, n_rows);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/selection/modes", test_modes);
  g_test_add_func ("/app/selection/marking", test_marking);
  g_test_add_func ("/app/selection/all", test_all);
  g_test_add_func ("/app/selection/measure", test_measure);
  g_test_add_func ("/app/selection/remove", test_remove);
  g_test_add_func ("/app/selection/duplicate", test_duplicate);
  g_test_add_func ("/app/selection/move", test_move);
  g_test_add_func ("/app/selection/copy", test_copy);
  g_test_add_func ("/app/selection/index", test_index);
  g_test_add_func ("/app/selection/many", test_many);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
