/*
 * What people do with a model, and how long that holds the main loop up.
 *
 * What counts is how long the main thread worked at one go: what else the machine does is no stall. A machine may be
 * slow, or so busy that the same work takes three times as long, or the build may be one that looks for mistakes; so
 * the measure is the longest that anything takes on the sample, which is a window that is built and drawn.
 */
#include "tests/app/stalls.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/session/edit-target.h"
#include "app/session/item-actions.h"
#include "app/session/rename.h"
#include "tests/app/large-model.h"

/* What ui/design.md allows; and how much longer than the worst on the sample something may take. */
#define LIMIT_MS 50.0
#define LIMIT_RATIO 3.0

typedef struct
{
  HrWindow *window;
  HrSession *session;
} Subject;

static void
activate (Subject *subject, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (subject->window), name, target));
}

static void
show_table (Subject *subject)
{
  hr_session_show_table (subject->session, LARGE_MODEL_TABLE, NULL);
  activate (subject, "win.view::table");
}

static void
show_inspector (Subject *subject)
{
  activate (subject, "win.toggle-inspector");
}

static void
show_index (Subject *subject)
{
  hr_session_show_table (subject->session, LARGE_MODEL_TABLE, "message-group-sk-index");
}

static void
show_design (Subject *subject)
{
  activate (subject, "win.view::design");
}

static void
show_patterns (Subject *subject)
{
  activate (subject, "win.view::patterns");
}

static void
filter (Subject *subject)
{
  g_object_set (subject->session, "filter", "number 4", NULL);
}

static void
end_filter (Subject *subject)
{
  g_object_set (subject->session, "filter", NULL, NULL);
}

static void
order_by_size (Subject *subject)
{
  g_object_set (subject->session, "order", (guint)HR_ORDER_SIZE, NULL);
}

static void
order_by_hash (Subject *subject)
{
  g_object_set (subject->session, "order", (guint)HR_ORDER_HASH, NULL);
}

static void
order_as_entered (Subject *subject)
{
  g_object_set (subject->session, "order", (guint)HR_ORDER_ENTERED, NULL);
}

static void
select_item (Subject *subject)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutline *outline = hr_session_get_outline (subject->session);
  const HrTable *table = hr_session_get_table (subject->session);
  HrOutlineTotals totals;
  HrOutlineRow row;
  HrValue key;

  hr_outline_get_totals (outline, &totals);
  g_assert_cmpuint (hr_outline_fetch (outline, totals.n_partitions / 2, 0, 1, arena, &row, NULL), ==, 1);
  g_assert_true (hr_item_dup_key (table, &row.item, arena, &key));
  hr_session_select_item (subject->session, &key, 1);
}

static void
scroll (Subject *subject)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (subject->window));
  GtkWidget *window = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  GtkAdjustment *adjustment;

  if (window == NULL)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  for (guint i = 1; i <= 20; i++)
    {
      gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_MILLISECOND;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 20);
      while (g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
take (gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
edit_cell (Subject *subject)
{
  GError *error = NULL;

  take (hr_item_set_text (subject->session, "message", HR_TYPE_S, "Something else", &error), error);
}

static void
edit_key (Subject *subject)
{
  GError *error = NULL;

  take (hr_item_set_text (subject->session, "sk", HR_TYPE_S, "2027-01-01T00:00:00", &error), error);
}

static void
undo (Subject *subject)
{
  GError *error = NULL;

  take (hr_session_undo (subject->session, &error), error);
}

static void
redo (Subject *subject)
{
  GError *error = NULL;

  take (hr_session_redo (subject->session, &error), error);
}

static void
add_item (Subject *subject)
{
  activate (subject, "win.add-item");
}

static void
duplicate_item (Subject *subject)
{
  activate (subject, "win.duplicate");
}

static void
remove_item (Subject *subject)
{
  activate (subject, "win.remove");
}

static void
select_all (Subject *subject)
{
  activate (subject, "win.select-all");
}

static void
paste (Subject *subject)
{
  g_autoptr (GString) text = g_string_new ("pk\tsk\tmessage\n");
  GError *error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "MSG#pasted-%u\t2026-05-05T%05u\tPasted number %u\n", i / 50, i, i);
  take (hr_item_paste (subject->session, text->str, &error), error);
}

static void
side_by_side (Subject *subject)
{
  activate (subject, "win.side-by-side");
}

static void
select_pattern (Subject *subject)
{
  hr_session_select_pattern (subject->session, "A");
}

static void
run (Subject *subject)
{
  activate (subject, "win.run-pattern");
}

static void
step (Subject *subject)
{
  activate (subject, "win.step-pattern");
}

static void
run_all (Subject *subject)
{
  activate (subject, "win.run-all");
}

static void
clear_run (Subject *subject)
{
  activate (subject, "win.clear-run");
}

static void
save (Subject *subject)
{
  activate (subject, "win.save");
}

static void
add_index (Subject *subject)
{
  activate (subject, "win.add-index");
}

static void
remove_index (Subject *subject)
{
  activate (subject, "win.remove");
}

static void
rename_attribute (Subject *subject)
{
  const HrTarget target = HR_TARGET (ATTRIBUTE, LARGE_MODEL_TABLE, "Message", "message");
  GError *error = NULL;

  take (hr_session_rename (subject->session, &target, "body", &error), error);
}

static void
rename_key (Subject *subject)
{
  const HrTarget target = HR_TARGET (KEY, LARGE_MODEL_TABLE, NULL, "pk");
  GError *error = NULL;

  take (hr_session_rename (subject->session, &target, "PK", &error), error);
}

static void
rename_entity (Subject *subject)
{
  const HrTarget target = HR_TARGET (ENTITY, LARGE_MODEL_TABLE, NULL, "Message");
  GError *error = NULL;

  take (hr_session_rename (subject->session, &target, "Letter", &error), error);
}

static void
retype (Subject *subject)
{
  const HrTarget target = HR_TARGET (ATTRIBUTE, LARGE_MODEL_TABLE, "Message", "message_uuid");
  GError *error = NULL;

  take (hr_session_retype (subject->session, &target, HR_TYPE_B, &error), error);
}

static void
retemplate (Subject *subject)
{
  const HrTarget target = HR_TARGET (TEMPLATE, LARGE_MODEL_TABLE, "Message", "pk");
  GError *error = NULL;

  take (hr_session_retemplate (subject->session, &target, "CONVERSATION#{message_group_uuid}", &error),
        error);
}

/* One after the other; whatever changes the model is taken back. */
static const struct
{
  const char *name;
  void (*func) (Subject *subject);
  gboolean is_short; /* belongs to the short tour */
} actions[] = {
  { "showing the table", show_table, TRUE },
  { "scrolling", scroll, FALSE },
  { "selecting an item", select_item, TRUE },
  { "showing the inspector", show_inspector, FALSE },
  { "editing a cell", edit_cell, TRUE },
  { "undoing that", undo, TRUE },
  { "redoing that", redo, FALSE },
  { "undoing that again", undo, FALSE },
  { "editing a key", edit_key, FALSE },
  { "undoing that", undo, FALSE },
  { "adding an item", add_item, FALSE },
  { "undoing that", undo, FALSE },
  { "selecting an item", select_item, FALSE },
  { "duplicating an item", duplicate_item, FALSE },
  { "undoing that", undo, FALSE },
  { "selecting an item", select_item, FALSE },
  { "removing an item", remove_item, FALSE },
  { "undoing that", undo, FALSE },
  { "selecting all items", select_all, FALSE },
  { "removing them", remove_item, FALSE },
  { "undoing that", undo, FALSE },
  { "redoing that", redo, FALSE },
  { "undoing that again", undo, FALSE },
  { "selecting all items", select_all, FALSE },
  { "duplicating them", duplicate_item, FALSE },
  { "undoing that", undo, FALSE },
  { "filtering", filter, TRUE },
  { "ending the filter", end_filter, TRUE },
  { "ordering by size", order_by_size, FALSE },
  { "ordering by hash", order_by_hash, FALSE },
  { "ordering as entered", order_as_entered, FALSE },
  { "pasting 10 000 items", paste, TRUE },
  { "undoing that", undo, TRUE },
  { "redoing that", redo, FALSE },
  { "undoing that again", undo, FALSE },
  { "showing an index", show_index, FALSE },
  { "table and index side by side", side_by_side, FALSE },
  { "the table alone", side_by_side, FALSE },
  { "choosing a pattern", select_pattern, TRUE },
  { "running it", run, TRUE },
  { "stepping through it", step, FALSE },
  { "running all patterns", run_all, FALSE },
  { "showing patterns", show_patterns, FALSE },
  { "clearing the run", clear_run, FALSE },
  { "showing the design", show_design, FALSE },
  { "saving", save, FALSE },
  { "adding an index", add_index, FALSE },
  { "undoing that", undo, FALSE },
  { "redoing that", redo, FALSE },
  { "removing it", remove_index, FALSE },
  { "undoing that", undo, FALSE },
  { "undoing the index", undo, FALSE },
  { "renaming an attribute", rename_attribute, TRUE },
  { "undoing that", undo, TRUE },
  { "redoing that", redo, FALSE },
  { "undoing that again", undo, FALSE },
  { "renaming a key", rename_key, FALSE },
  { "undoing that", undo, FALSE },
  { "renaming an entity", rename_entity, FALSE },
  { "undoing that", undo, FALSE },
  { "changing a type", retype, FALSE },
  { "undoing that", undo, FALSE },
  { "changing a template", retemplate, FALSE },
  { "undoing that", undo, FALSE },
};

/* What the main loop did longest at one go since the last call. */
static void
note (GArray *all, const char *action)
{
  g_autoptr (GArray) stalls = hr_watchdog_take_stalls ();
  Stalls entry = { .action = action };

  for (guint i = 0; i < stalls->len; i++)
    {
      const HrStall *stall = &g_array_index (stalls, HrStall, i);

      if (stall->cpu_ms > entry.worst.cpu_ms)
        entry.worst = *stall;
    }
  if (all != NULL)
    g_array_append_val (all, entry);
}

static void
settle_without_window (void)
{
  gint64 end = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

GArray *
stalls_measure (HrApplication *application, guint n_items, StallsLength length)
{
  g_autofree char *path = large_model_write (n_items);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Stalls));
  Subject subject;

  settle_without_window ();
  hr_watchdog_set_action ("opening");
  note (NULL, NULL);
  subject.window = large_model_open (application, path);
  subject.session = hr_window_get_session (subject.window);
  note (all, "opening");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (length == STALLS_SHORT && !actions[i].is_short)
        continue;
      hr_watchdog_set_action (actions[i].name);
      g_debug ("%s", actions[i].name);
      actions[i].func (&subject);
      large_model_settle (subject.window);
      note (all, actions[i].name);
    }
  hr_watchdog_set_action ("closing");
  hr_session_discard_unsaved (subject.session);
  gtk_window_destroy (GTK_WINDOW (subject.window));
  settle_without_window ();
  note (all, "closing");
  g_unlink (path);
  return all;
}

static double
find_worst_ms (const GArray *all)
{
  double worst_ms = 0;

  for (guint i = 0; i < all->len; i++)
    worst_ms = MAX (worst_ms, g_array_index (all, Stalls, i).worst.cpu_ms);
  return worst_ms;
}

guint
stalls_compare (const GArray *few, const GArray *many)
{
  double most_ms = MAX (LIMIT_MS, find_worst_ms (few) * LIMIT_RATIO);
  guint n_stalls = 0;

  for (guint i = 0; i < many->len; i++)
    {
      const Stalls *here = &g_array_index (many, Stalls, i);
      gboolean is_stall = here->worst.cpu_ms > most_ms;

      g_test_message ("%-32s %8.1f ms, on the sample %6.1f ms%s", here->action, here->worst.cpu_ms,
                      g_array_index (few, Stalls, i).worst.cpu_ms, is_stall ? "  <- holds the main loop up" : "");
      if (here->worst.cpu_ms > LIMIT_MS)
        {
          g_autofree char *place = hr_stall_describe_place (&here->worst);

          g_test_message ("  in %s", place);
        }
      n_stalls += is_stall;
    }
  return n_stalls;
}
