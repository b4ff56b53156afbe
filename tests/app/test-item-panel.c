/* The inspector's panel for items, which shows one after the other, on a display that nobody sees. */

#include <adwaita.h>
#include <string.h>

#include "app/ui/inspector.h"
#include "app/ui/table-page.h"
#include "app/ui/table-view-private.h"
#include "model/value/codec.h"
#include "tests/app/session-fixture.h"

#define PK "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"
#define SK "2026-03-02T10:04:00.000000+00:00"

typedef struct
{
  HrSession *session;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
settle (void)
{
  fixture_wait_ms (120);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
show_page (Fixture *fixture, GtkWidget *page)
{
  fixture->page = page;
  gtk_window_set_child (GTK_WINDOW (fixture->window), page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->session = fixture_open_sample ();
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_finalize_object (fixture->session);
}

static HrTableView *
find_canvas (GtkWidget *widget)
{
  HrTableView *found = HR_IS_TABLE_VIEW (widget) ? HR_TABLE_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_canvas (child);
  return found;
}

static void
select_item (Fixture *fixture, const char *pk, const char *sk)
{
  const HrMember members[] = { { "pk", 2, hr_value_string (pk, strlen (pk)) },
                               { "sk", 2, hr_value_string (sk, strlen (sk)) } };
  const HrValue key = hr_value_map (members, 2);

  hr_session_select_item (fixture->session, &key, 0);
  settle ();
}

/* The field with this name, or NULL when there is none. */
static GtkWidget *
find_entry (GtkWidget *widget, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static const char *
get_text (Fixture *fixture, const char *title)
{
  GtkWidget *entry = find_entry (fixture->page, title);

  return entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (entry)) : NULL;
}

/* One panel shows one item after the other, of whatever kind, and what is typed is for the one that is shown. */
static void
test_items (Fixture *fixture, gconstpointer unused)
{
  const char *group_pk = "GRP#69168fc1-fff7-413d-96fc-df860b1ab892", *group_sk = "2026-03-02T14:40:03.278851+00:00";
  g_autofree char *message = NULL;
  GtkWidget *first;

  show_page (fixture, hr_inspector_new (fixture->session));
  select_item (fixture, PK, SK);
  first = find_entry (fixture->page, "pk");
  message = g_strdup (get_text (fixture, "message"));
  g_assert_cmpstr (get_text (fixture, "pk"), ==, PK);
  g_assert_cmpstr (get_text (fixture, "sk"), ==, SK);
  g_assert_nonnull (find_entry (fixture->page, "message_uuid"));
  g_assert_null (find_entry (fixture->page, "message_group_uuid"));

  gtk_editable_set_text (GTK_EDITABLE (find_entry (fixture->page, "message")), "not done");
  select_item (fixture, group_pk, group_sk);
  g_assert_true (find_entry (fixture->page, "pk") == first);
  g_assert_cmpstr (get_text (fixture, "pk"), ==, group_pk);
  g_assert_cmpstr (get_text (fixture, "message"), !=, "not done");
  g_assert_nonnull (find_entry (fixture->page, "message_group_uuid"));
  g_assert_null (find_entry (fixture->page, "message_uuid"));
  g_assert_false (hr_session_is_modified (fixture->session));

  select_item (fixture, PK, SK);
  g_assert_cmpstr (get_text (fixture, "message"), ==, message);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (fixture->page, "message")), "done");
  g_signal_emit_by_name (find_entry (fixture->page, "message"), "entry-activated");
  settle ();
  g_assert_cmpstr (get_text (fixture, "message"), ==, "done");
  g_assert_true (hr_session_undo (fixture->session, NULL));
  settle ();
  g_assert_cmpstr (get_text (fixture, "message"), ==, message);
}

/* A field is done with before another item is selected on the canvas. */
static void
test_field_left (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  HrHit target = { .kind = HR_HIT_CELL, .row = 1 };
  GtkWidget *entry;

  gtk_box_append (GTK_BOX (box), hr_table_page_new (fixture->session));
  gtk_box_append (GTK_BOX (box), hr_inspector_new (fixture->session));
  show_page (fixture, box);
  select_item (fixture, PK, SK);
  entry = find_entry (box, "message");
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "for the first");
  hr_table_view_select (find_canvas (box), &target, HR_SELECT_ONLY);
  settle ();
  g_assert_true (hr_session_is_modified (fixture->session));
  g_assert_cmpstr (get_text (fixture, "message"), !=, "for the first");
  select_item (fixture, PK, SK);
  g_assert_cmpstr (get_text (fixture, "message"), ==, "for the first");
}

#define ADD(path, func) g_test_add ("/item-panel/" path, Fixture, NULL, set_up, func, tear_down)

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
