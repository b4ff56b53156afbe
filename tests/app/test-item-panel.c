/* The inspector's panel for items, which shows one after the other, on a display that nobody sees. */

#include <string.h>

#include "app/ui/canvas/table-view-private.h"
#include "app/ui/inspector/inspector.h"
#include "app/ui/pages/table-page.h"
#include "model/value/codec.h"
#include "tests/app/page-fixture.h"

#define PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"
#define SK "2026-03-02T10:04:00.000000+00:00"

static gboolean
is_field (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ENTRY_ROW (widget)
         && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static const char *
get_text (PageFixture *fixture, const char *title)
{
  GtkWidget *entry = page_find (fixture->page, is_field, title);

  return entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (entry)) : NULL;
}

/* One panel shows one item after the other, of whatever kind, and what is typed is for the one that is shown. */
static void
test_items (PageFixture *fixture, gconstpointer unused)
{
  const char *group_pk = "GRP#69168fc1-fff7-413d-96fc-df860b1ab892", *group_sk = "2026-03-02T14:40:03.278851+00:00";
  g_autofree char *message = NULL;
  GtkWidget *first;

  page_show (fixture, hr_inspector_new (fixture->session));
  page_select_item (fixture, PK, SK);
  first = page_find (fixture->page, is_field, "pk");
  message = g_strdup (get_text (fixture, "message"));
  g_assert_cmpstr (get_text (fixture, "pk"), ==, PK);
  g_assert_cmpstr (get_text (fixture, "sk"), ==, SK);
  g_assert_nonnull (page_find (fixture->page, is_field, "message_uuid"));
  g_assert_null (page_find (fixture->page, is_field, "message_group_uuid"));

  gtk_editable_set_text (GTK_EDITABLE (page_find (fixture->page, is_field, "message")), "not done");
  page_select_item (fixture, group_pk, group_sk);
  g_assert_true (page_find (fixture->page, is_field, "pk") == first);
  g_assert_cmpstr (get_text (fixture, "pk"), ==, group_pk);
  g_assert_cmpstr (get_text (fixture, "message"), !=, "not done");
  g_assert_nonnull (page_find (fixture->page, is_field, "message_group_uuid"));
  g_assert_null (page_find (fixture->page, is_field, "message_uuid"));
  g_assert_false (hr_session_is_modified (fixture->session));

  page_select_item (fixture, PK, SK);
  g_assert_cmpstr (get_text (fixture, "message"), ==, message);
  gtk_editable_set_text (GTK_EDITABLE (page_find (fixture->page, is_field, "message")), "done");
  g_signal_emit_by_name (page_find (fixture->page, is_field, "message"), "entry-activated");
  page_settle ();
  g_assert_cmpstr (get_text (fixture, "message"), ==, "done");
  g_assert_true (hr_session_undo (fixture->session, NULL));
  page_settle ();
  g_assert_cmpstr (get_text (fixture, "message"), ==, message);
}

/* A field is done with before another item is selected on the canvas. */
static void
test_field_left (PageFixture *fixture, gconstpointer unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  HrHit target = { .kind = HR_HIT_CELL, .row = 1 };
  HrTableView *view;
  GtkWidget *entry;

  gtk_box_append (GTK_BOX (box), hr_table_page_new (fixture->session));
  gtk_box_append (GTK_BOX (box), hr_inspector_new (fixture->session));
  page_show (fixture, box);
  page_select_item (fixture, PK, SK);
  view = HR_TABLE_VIEW (page_find_type (box, HR_TYPE_TABLE_VIEW));
  entry = page_find (box, is_field, "message");
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "for the first");
  g_assert_true (hr_table_view_end_typing (view)); /* as a press does */
  hr_table_view_select (view, &target, HR_SELECT_ONLY);
  page_settle ();
  g_assert_true (hr_session_is_modified (fixture->session));
  g_assert_cmpstr (get_text (fixture, "message"), !=, "for the first");
  page_select_item (fixture, PK, SK);
  g_assert_cmpstr (get_text (fixture, "message"), ==, "for the first");
}

#define ADD(path, func) g_test_add ("/item-panel/" path, PageFixture, NULL, page_set_up, func, page_tear_down)

static void
add_tests (void)
{
  adw_init ();
  ADD ("items", test_items);
  ADD ("field-left", test_field_left);
}

int
main (int argc, char **argv)
{
  return fixture_run (argc, argv, add_tests);
}
