/* The canvas under hands: what is typed and pressed on it, on a display that nobody sees. */

#include <string.h>

#include "app/session/session-private.h"
#include "app/ui/canvas/cell-editor.h"
#include "app/ui/canvas/pair-canvas.h"
#include "app/ui/canvas/table-view-private.h"
#include "app/ui/pages/table-page.h"
#include "app/ui/pieces/pieces.h"
#include "tests/app/page-fixture.h"

#define PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"
#define SK "2026-03-02T10:04:00.000000+00:00"

static HrTableView *
show_canvas (PageFixture *fixture)
{
  page_show (fixture, hr_table_page_new (fixture->session));
  return HR_TABLE_VIEW (page_find_type (fixture->page, HR_TYPE_TABLE_VIEW));
}

static void
select_cell (PageFixture *fixture, HrTableView *canvas, const char *name)
{
  guint column;

  page_select_item (fixture, PK, SK);
  g_assert_nonnull (hr_table_view_get_layout (canvas));
  g_assert_true (hr_table_view_find_column (canvas, name, &column));
  hr_session_select_item (fixture->session, hr_session_get_selected_key (fixture->session, NULL), column);
  page_settle ();
}

/* Edits the selected cell. */
static GtkWidget *
write_value (HrTableView *canvas, HrType type, const char *text)
{
  GtkWidget *editor;

  g_assert_true (hr_table_view_edit (canvas, NULL));
  editor = page_find_type (GTK_WIDGET (canvas), HR_TYPE_CELL_EDITOR);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page_find_type (editor, GTK_TYPE_DROP_DOWN)), type);
  gtk_editable_set_text (GTK_EDITABLE (page_find_type (editor, GTK_TYPE_TEXT)), text);
  return editor;
}

static char *
dup_text_of (PageFixture *fixture, const HrValue *key, const char *name)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrValue *value;
  HrValue item;

  g_assert_true (hr_item_fetch (fixture->session, key, arena, &item));
  value = hr_map_get (&item, name, strlen (name));
  return g_strndup ((const char *) value->bytes, value->length);
}

/* A point of a row, px of the widget. */
static void
locate_row (HrTableView *canvas, guint64 row, double *x, double *y)
{
  HrHit hit = { HR_HIT_ROW, 0, row, 0, HR_SIDE_TABLE };
  HrViewport viewport;
  HrRect rect;

  g_assert_true (hr_table_layout_get_rect (hr_table_view_get_layout (canvas), &hit, &rect));
  hr_table_view_get_viewport (canvas, &viewport);
  *x = gtk_widget_get_width (GTK_WIDGET (canvas)) / 2.0;
  *y = rect.y - viewport.y + rect.height / 2 + hr_table_view_get_header_height (canvas);
}

/* What is typed is for the item that it was begun on, and a press is on what was under the pointer. */
static void
test_leave_editor (PageFixture *fixture, gconstpointer unused)
{
  HrTableView *canvas = show_canvas (fixture);
  g_autofree char *neighbour = NULL;
  g_autofree char *neighbours = NULL;
  g_autofree char *own = NULL;
  g_autoptr (HrArena) arena = hr_arena_new ();
  GtkWidget *editor;
  HrValue first, second, third;
  double x, y;
  HrHit hit;

  select_cell (fixture, canvas, "user_handle");
  g_assert_true (hr_session_fetch_key (fixture->session, 0, 0, arena, &first));
  g_assert_true (hr_session_fetch_key (fixture->session, 0, 1, arena, &second));
  g_assert_true (hr_session_fetch_key (fixture->session, 0, 2, arena, &third));
  first = hr_value_copy (arena, &first);
  second = hr_value_copy (arena, &second);
  third = hr_value_copy (arena, &third);
  neighbour = dup_text_of (fixture, &second, "user_handle");

  /* others were selected while it was open */
  editor = write_value (canvas, HR_TYPE_S, "first");
  hr_session_select_item (fixture->session, &second, 1);
  g_signal_emit_by_name (editor, "finished", (guint) HR_CELL_STAY);
  own = dup_text_of (fixture, &first, "user_handle");
  neighbours = dup_text_of (fixture, &second, "user_handle");
  g_assert_cmpstr (own, ==, "first");
  g_assert_cmpstr (neighbours, ==, neighbour);
  g_assert_true (hr_value_equal (hr_session_get_selected_key (fixture->session, NULL), &second));

  /* what is wrong is mended first; a second press gives up */
  select_cell (fixture, canvas, "user_handle");
  write_value (canvas, HR_TYPE_N, "x");
  locate_row (canvas, 1, &x, &y);
  g_assert_false (hr_table_view_press (canvas, x, y, &hit));
  g_assert_true (gtk_widget_get_visible (editor));
  g_assert_true (hr_value_equal (hr_session_get_selected_key (fixture->session, NULL), &first));
  g_assert_true (hr_table_view_press (canvas, x, y, &hit));
  g_assert_false (gtk_widget_get_visible (editor));
  g_assert_cmpuint (hit.row, ==, 1);

  /* the row goes to the end of its partition: the third one is the second then */
  select_cell (fixture, canvas, "sk");
  write_value (canvas, HR_TYPE_S, "2031-01-01T00:00:00.000000+00:00");
  locate_row (canvas, 2, &x, &y);
  g_assert_true (hr_table_view_press (canvas, x, y, &hit));
  g_assert_cmpuint (hit.row, ==, 1);
  hr_table_view_select (canvas, &hit, HR_SELECT_ONLY);
  g_assert_true (hr_value_equal (hr_session_get_selected_key (fixture->session, NULL), &third));
}

/* What is being typed is saved, too: that is asked for with the focus in the editor, which the canvas has then. */
static void
test_finish_focused (PageFixture *fixture, gconstpointer unused)
{
  HrTableView *canvas = show_canvas (fixture);
  g_autofree char *text = NULL;

  select_cell (fixture, canvas, "user_handle");
  write_value (canvas, HR_TYPE_S, "still typing");
  hr_cell_editor_finish_focused (GTK_ROOT (fixture->window));
  text = dup_text_of (fixture, hr_session_get_selected_key (fixture->session, NULL), "user_handle");
  g_assert_cmpstr (text, ==, "still typing");
  g_assert_true (hr_widget_has_focus_inside (GTK_WIDGET (canvas)));
  hr_cell_editor_finish_focused (GTK_ROOT (fixture->window));
}

/* A text that is wrong is told in full, whatever a popover thinks of how wide it is. */
static void
test_message (PageFixture *fixture, gconstpointer unused)
{
  HrTableView *canvas = show_canvas (fixture);
  GtkWidget *editor, *label;

  select_cell (fixture, canvas, "user_handle");
  editor = write_value (canvas, HR_TYPE_N, "3x");
  hr_cell_editor_finish (HR_CELL_EDITOR (editor));
  page_settle ();
  label = page_find_label (editor, "“3x” is no number. Write digits such as 12, -3.5 or 6E23.");
  g_assert_nonnull (label);
  g_assert_cmpint (gtk_widget_get_width (label), >, 0);
  g_assert_cmpint (gtk_widget_get_width (label), <=, gtk_widget_get_width (gtk_widget_get_parent (label)));
}

/* The context that runs what is due until this is so; a test that waits in vain is ended by its time. */
#define WAIT_UNTIL(condition)                                                                                          \
  while (!(condition))                                                                                                 \
    g_main_context_iteration (NULL, TRUE)

static HrPairCanvas *
show_pair (PageFixture *fixture)
{
  HrTableView *canvas = show_canvas (fixture);
  HrPairCanvas *pair = HR_PAIR_CANVAS (page_find_type (fixture->page, HR_TYPE_PAIR_CANVAS));

  g_assert_true (gtk_widget_grab_focus (fixture->page));
  WAIT_UNTIL (hr_widget_has_focus_inside (GTK_WIDGET (canvas)));
  g_assert_true (gtk_widget_activate_action (fixture->page, "table.side-by-side", NULL));
  WAIT_UNTIL (hr_pair_canvas_get_layout (pair) != NULL);
  return pair;
}

/* Keys go on to what is shown, which begins with the item that was selected. */
static void
test_pair_focus (PageFixture *fixture, gconstpointer unused)
{
  HrPairCanvas *pair;

  page_select_item (fixture, PK, SK);
  pair = show_pair (fixture);
  WAIT_UNTIL (hr_widget_has_focus_inside (GTK_WIDGET (pair))
              && gtk_root_get_focus (GTK_ROOT (fixture->window)) != GTK_WIDGET (pair));
  /* none of its items is in the index: it is a line */
  g_assert_cmpuint (hr_pair_canvas_get_viewport (pair)->selected.kind, ==, HR_HIT_PARTITION);
  g_assert_cmpuint (hr_pair_canvas_get_viewport (pair)->selected.side, ==, HR_SIDE_TABLE);
  g_assert_cmpuint (hr_pair_canvas_get_viewport (pair)->selected.partition, ==, 0);
}

/* A stage takes its time, or none; what is selected elsewhere is selected here, and ends it. */
static void
test_pair_play (PageFixture *fixture, gconstpointer unused)
{
  HrPairCanvas *pair = show_pair (fixture);
  const HrPairViewport *viewport = hr_pair_canvas_get_viewport (pair);
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (pair));
  gboolean moves;

  g_object_get (settings, "gtk-enable-animations", &moves, NULL);
  hr_pair_canvas_step (pair, 1);
  g_assert_cmpuint (viewport->selected.kind, ==, HR_HIT_CELL);
  g_assert_nonnull (hr_session_get_selected_key (fixture->session, NULL));
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  hr_pair_canvas_play (pair);
  g_assert_cmpuint (viewport->stage, ==, 1);
  g_assert_cmpfloat (viewport->progress, ==, 0);
  WAIT_UNTIL (viewport->progress == 1);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  hr_pair_canvas_play (pair);
  g_assert_cmpuint (viewport->stage, ==, 2);
  g_assert_cmpfloat (viewport->progress, ==, 1);
  g_object_set (settings, "gtk-enable-animations", moves, NULL);
  page_select_item (fixture, PK, SK);
  g_assert_cmpuint (viewport->stage, ==, 0);
  g_assert_cmpuint (viewport->selected.partition, ==, 0);
}

/* The table's side with and without what the index leaves out. */
static void
test_pair_left_out (PageFixture *fixture, gconstpointer unused)
{
  HrPairCanvas *pair = show_pair (fixture);
  GtkSwitch *left_out = GTK_SWITCH (page_find_type (fixture->page, GTK_TYPE_SWITCH));
  double height = hr_pair_layout_get_side_height (hr_pair_canvas_get_layout (pair), HR_SIDE_TABLE);
  HrPairFacts facts;

  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (left_out)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (left_out)));
  gtk_switch_set_active (left_out, FALSE);
  WAIT_UNTIL (hr_pair_canvas_get_layout (pair) != NULL);
  g_assert_cmpfloat (hr_pair_layout_get_side_height (hr_pair_canvas_get_layout (pair), HR_SIDE_TABLE), <, height);
  hr_pair_layout_get_facts (hr_pair_canvas_get_layout (pair), &facts);
  g_assert_cmpuint (facts.n_items, ==, 149);
  g_assert_cmpuint (facts.n_entries, ==, 12);
  gtk_switch_set_active (left_out, TRUE);
  WAIT_UNTIL (hr_pair_canvas_get_layout (pair) != NULL);
  g_assert_cmpfloat (hr_pair_layout_get_side_height (hr_pair_canvas_get_layout (pair), HR_SIDE_TABLE), ==, height);
}

/* How many entries the menu of an item has at most, those that are hidden included. */
static guint
count_entries (GMenuModel *menu)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      n += section != NULL ? count_entries (section) : 1;
    }
  return n;
}

static gboolean
is_open_menu (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_POPOVER_MENU (widget);
}

/* Source: ui/design.md, 9. */
static void
test_menu (PageFixture *fixture, gconstpointer unused)
{
  HrTableView *canvas = show_canvas (fixture);
  GtkWidget *menu;

  select_cell (fixture, canvas, "user_handle");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (canvas), "table-view.show-menu", NULL));
  menu = page_find (GTK_WIDGET (canvas), is_open_menu, NULL);
  g_assert_nonnull (menu);
  g_assert_cmpuint (count_entries (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu))), ==, 9);
  gtk_popover_popdown (GTK_POPOVER (menu));
}

/* An item that no index holds stays; one that is in an index is found there, and back in the table. */
static void
test_find_in_index (PageFixture *fixture, gconstpointer unused)
{
  HrTableView *canvas = show_canvas (fixture);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue key;

  select_cell (fixture, canvas, "user_handle");
  gtk_widget_activate_action (GTK_WIDGET (canvas), "table-view.find-in", "s", "message-group-sk-index");
  g_assert_null (hr_session_get_index (fixture->session));
  for (guint64 i = 0; hr_session_fetch_key (fixture->session, i, 0, arena, &key); i++)
    if (memcmp (hr_map_get (&key, "pk", 2)->bytes, "GRP#", 4) == 0)
      break;
  key = hr_value_copy (arena, &key);
  hr_session_select_item (fixture->session, &key, 0);
  gtk_widget_activate_action (GTK_WIDGET (canvas), "table-view.find-in", "s", "message-group-sk-index");
  g_assert_cmpstr (hr_session_get_index (fixture->session), ==, "message-group-sk-index");
  g_assert_true (hr_value_equal (hr_session_get_selected_key (fixture->session, NULL), &key));
  gtk_widget_activate_action (GTK_WIDGET (canvas), "table-view.find-in", "s", "");
  g_assert_null (hr_session_get_index (fixture->session));
  g_assert_true (hr_value_equal (hr_session_get_selected_key (fixture->session, NULL), &key));
}

static void
add_tests (void)
{
  adw_init ();
#define ADD(path, func) g_test_add ("/canvas/" path, PageFixture, NULL, page_set_up, func, page_tear_down)
  ADD ("leave-editor", test_leave_editor);
  ADD ("finish-focused", test_finish_focused);
  ADD ("message", test_message);
  ADD ("menu", test_menu);
  ADD ("find-in-index", test_find_in_index);
  ADD ("pair/focus", test_pair_focus);
  ADD ("pair/play", test_pair_play);
  ADD ("pair/left-out", test_pair_left_out);
#undef ADD
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
