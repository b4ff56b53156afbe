/*
 * The workbench from inside: from a key to the picture on the screen, on the sample and on 200 000 items.
 *
 * A window stands on a display that nobody sees. Each figure is the median of several times that something
 * was done, from the moment when the toolkit would hand the key over until the frame that shows what came of
 * it has been painted and the display has it; in between the window is left alone, so that no frame is waited
 * for. Beside it stands what painting a window of that size costs that holds nothing.
 *
 * Each figure is also told apart: what happens outside of frames (handling the key, and waiting where
 * something waits), styles and layout, asking the widgets for what they show (snapshot), and turning that into
 * pixels, which is the software renderer's and the display's. Arguments: how many items more than the sample has, one
 * round for each number.
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/session/item-actions.h"
#include "app/ui/window/window-private.h"
#include "render/cell-text.h"
#include "tests/app/large-model.h"

#define N_TIMES 11
#define PAUSE_MS 60

/* Where the time goes. */
typedef enum
{
  PART_WHOLE,
  PART_HANDLING, /* outside of frames */
  PART_LAYOUT,
  PART_SNAPSHOT,
  PART_RENDERING,
  PART_WORK,     /* of the main thread, in all of it: less than the whole where it waits, or the machine is busy */
  N_PARTS,
} Part;

typedef struct
{
  double ms[N_PARTS];
} Cost;

typedef struct
{
  HrWindow *window;
  HrSession *session;
  GdkFrameClock *clock;
  double began_ms;   /* when the present frame did */
  double painted_ms; /* when the last frame was */
  double laid_out_ms;
  Cost cost;         /* of the frames since it was set to nothing */
  guint number;      /* of the repetition */
} Subject;

/* Whose window is asked for its picture; the class of a widget has no place for it. */
static Subject *present;
static void (*take_snapshot) (GtkWidget *widget, GtkSnapshot *snapshot);

static double
read_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double
now_ms (void)
{
  return read_ms (CLOCK_MONOTONIC);
}

static void
begin_cb (GdkFrameClock *clock, Subject *subject)
{
  subject->began_ms = now_ms ();
  subject->laid_out_ms = subject->began_ms; /* unless there is something to lay out */
}

static void
laid_out_cb (GdkFrameClock *clock, Subject *subject)
{
  subject->laid_out_ms = now_ms ();
  subject->cost.ms[PART_LAYOUT] += subject->laid_out_ms - subject->began_ms;
}

static void
snapshot_cb (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double start_ms = now_ms (), took_ms;

  take_snapshot (widget, snapshot);
  took_ms = now_ms () - start_ms;
  present->cost.ms[PART_SNAPSHOT] += took_ms;
  present->cost.ms[PART_RENDERING] -= took_ms;
}

/* The display works by itself; the picture is there when it is done with it. */
static void
painted_cb (GdkFrameClock *clock, Subject *subject)
{
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (subject->window)));
  subject->painted_ms = now_ms ();
  subject->cost.ms[PART_RENDERING] += subject->painted_ms - subject->laid_out_ms;
}

static void
watch_frames (Subject *subject)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_GET_CLASS (subject->window);

  subject->clock = gtk_widget_get_frame_clock (GTK_WIDGET (subject->window));
  g_signal_connect (subject->clock, "before-paint", G_CALLBACK (begin_cb), subject);
  g_signal_connect_after (subject->clock, "layout", G_CALLBACK (laid_out_cb), subject);
  g_signal_connect (subject->clock, "after-paint", G_CALLBACK (painted_cb), subject);
  present = subject;
  take_snapshot = widget_class->snapshot;
  widget_class->snapshot = snapshot_cb;
}

static void
unwatch_frames (Subject *subject)
{
  GTK_WIDGET_GET_CLASS (subject->window)->snapshot = take_snapshot;
  g_signal_handlers_disconnect_by_data (subject->clock, subject);
}

static void
turn_for (guint ms)
{
  double end = now_ms () + ms;

  while (now_ms () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
}

static void
wait_for_frame (Subject *subject)
{
  subject->painted_ms = 0;
  while (subject->painted_ms <= 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Until nothing more is painted. */
static void
wait_for_rest (Subject *subject)
{
  double last_ms;

  do
    {
      last_ms = subject->painted_ms;
      turn_for (PAUSE_MS);
    }
  while (subject->painted_ms > last_ms || g_main_context_pending (NULL));
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Does something and waits until it can be seen: FALSE from @is_there: not yet. */
typedef void (*DoFunc) (Subject *subject);
typedef gboolean (*IsThereFunc) (Subject *subject);

static Cost
get_medians (const Cost *costs)
{
  Cost medians;

  for (guint part = 0; part < N_PARTS; part++)
    {
      double times[N_TIMES];

      for (guint i = 0; i < N_TIMES; i++)
        times[i] = costs[i].ms[part];
      qsort (times, N_TIMES, sizeof *times, compare_cb);
      medians.ms[part] = times[N_TIMES / 2];
    }
  return medians;
}

static Cost
measure (Subject *subject, DoFunc prepare, DoFunc func, IsThereFunc is_there)
{
  Cost costs[N_TIMES];

  for (guint i = 0; i < N_TIMES; i++)
    {
      Cost *cost = &subject->cost;
      double start_ms, worked_ms;

      subject->number = i;
      if (prepare != NULL)
        prepare (subject);
      wait_for_rest (subject);
      memset (cost, 0, sizeof *cost);
      start_ms = now_ms ();
      worked_ms = read_ms (CLOCK_THREAD_CPUTIME_ID);
      func (subject);
      do
        wait_for_frame (subject);
      while (is_there != NULL && !is_there (subject));
      cost->ms[PART_WORK] = read_ms (CLOCK_THREAD_CPUTIME_ID) - worked_ms;
      cost->ms[PART_WHOLE] = subject->painted_ms - start_ms;
      cost->ms[PART_HANDLING] = cost->ms[PART_WHOLE] - cost->ms[PART_LAYOUT] - cost->ms[PART_SNAPSHOT]
                                - cost->ms[PART_RENDERING];
      costs[i] = *cost;
    }
  return get_medians (costs);
}

/* What is done */

static gboolean
has_trigger (GtkShortcut *shortcut, guint key)
{
  GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == 0;
}

static gboolean
press_at (GtkWidget *widget, GListModel *shortcuts, guint key)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (has_trigger (shortcut, key)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
press_in (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && press_at (widget, G_LIST_MODEL (controller), key))
        return TRUE;
    }
  return FALSE;
}

/* As the toolkit does: the widget that has the focus is asked first, then those around it. */
static void
press (Subject *subject, guint key)
{
  GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (subject->window));

  while (widget != NULL && !press_in (widget, key))
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL)
    g_error ("Nothing takes the key");
}

static void
press_down (Subject *subject)
{
  press (subject, subject->number % 2 == 0 ? GDK_KEY_Down : GDK_KEY_Up);
}

static void
set_cell (Subject *subject)
{
  g_autofree char *text = g_strdup_printf ("Text number %u", subject->number);
  g_autoptr (GError) error = NULL;

  hr_item_set_text (subject->session, "message", HR_TYPE_S, text, &error);
  g_assert_no_error (error);
}

static void
undo (Subject *subject)
{
  gtk_widget_activate_action (GTK_WIDGET (subject->window), "win.undo-edit", NULL);
}

static void
run (Subject *subject)
{
  gtk_widget_activate_action (GTK_WIDGET (subject->window), "win.run-pattern", NULL);
}

static void
clear_run (Subject *subject)
{
  hr_session_clear_run (subject->session);
}

static gboolean
has_marks (Subject *subject)
{
  return hr_session_get_marks (subject->session) != NULL;
}

typedef gboolean (*IsWantedFunc) (GtkWidget *widget);

static GtkWidget *
find (GtkWidget *widget, IsWantedFunc is_wanted)
{
  GtkWidget *found = is_wanted (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, is_wanted);
  return found;
}

static gboolean
is_filter (GtkWidget *widget)
{
  return GTK_IS_SEARCH_ENTRY (widget) && gtk_widget_get_mapped (widget);
}

static GtkEditable *
find_filter (Subject *subject)
{
  return GTK_EDITABLE (find (GTK_WIDGET (subject->window), is_filter));
}

static gboolean
is_inspector (GtkWidget *widget)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "inspector");
}

static gboolean
is_heading (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading");
}

/* It has the sort key above. */
static gboolean
is_inspected (Subject *subject)
{
  GtkWidget *heading = find (find (GTK_WIDGET (subject->window), is_inspector), is_heading);
  const HrValue *key = hr_session_get_selected_key (subject->session, NULL);
  const HrValue *value = key != NULL ? hr_map_get (key, "sk", 2) : NULL;
  g_autofree char *text = value != NULL ? hr_cell_dup_text (value) : NULL;

  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (heading)), text) == 0;
}

static void
type_text (Subject *subject)
{
  int position = -1;

  gtk_editable_insert_text (find_filter (subject), "number 4", -1, &position); /* some items have it, others not */
}

static void
clear_filter (Subject *subject)
{
  gtk_editable_set_text (find_filter (subject), "");
  g_object_set (subject->session, "filter", NULL, NULL);
  large_model_settle (subject->window);
}

static void
begin_filter (Subject *subject)
{
  clear_filter (subject);
  turn_for (PAUSE_MS);
}

/* Fewer rows than there are. */
static gboolean
is_filtered (Subject *subject)
{
  HrOutlineTotals totals = { 0 };

  if (hr_session_get_outline (subject->session) != NULL)
    hr_outline_get_totals (hr_session_get_outline (subject->session), &totals);
  return totals.hidden_rows > 0;
}

static void
select_other (Subject *subject)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrOutline *outline = hr_session_get_outline (subject->session);
  HrOutlineRow row;
  HrValue key;

  g_assert_cmpuint (
      hr_outline_fetch (outline, subject->number % 3, subject->number % 4, 1, arena, &row, NULL), ==, 1);
  g_assert_true (hr_item_dup_key (hr_session_get_table (subject->session), &row.item, arena, &key));
  hr_session_select_item (subject->session, &key, 1);
}

/* Figures */

static void
print_figure (const char *name, Cost cost, const Cost *empty)
{
  printf ("  %-40s", name);
  for (guint part = 0; part < N_PARTS; part++)
    printf (" %9.1f", cost.ms[part]);
  printf (" %6.1f x\n", cost.ms[PART_WHOLE] / empty->ms[PART_WHOLE]);
  fflush (stdout);
}

/* One colour and another: without a change nothing would be painted. */
static void
paint_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const Subject *subject = user_data;

  cairo_set_source_rgb (cr, 1, 1, subject->number % 2);
  cairo_paint (cr);
}

static void
redraw (Subject *subject)
{
  gtk_widget_queue_draw (gtk_window_get_child (GTK_WINDOW (subject->window)));
}

static Cost
measure_empty (void)
{
  Subject subject = { .session = NULL };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *area = gtk_drawing_area_new ();
  Cost cost;

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), paint_cb, &subject, NULL);
  gtk_window_set_child (GTK_WINDOW (window), area);
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_present (GTK_WINDOW (window));
  turn_for (300);
  subject.window = (HrWindow *)window;
  watch_frames (&subject);
  cost = measure (&subject, NULL, redraw, NULL);
  unwatch_frames (&subject);
  gtk_window_destroy (GTK_WINDOW (window));
  return cost;
}

static void
measure_model (HrApplication *application, guint n_items, const Cost *empty)
{
  g_autofree char *path = large_model_write (n_items);
  HrWindow *window = large_model_open (application, path);
  Subject subject = { .window = window, .session = hr_window_get_session (window) };

  printf (n_items == 0 ? "The sample\n" : "The sample and %u items more\n", n_items);
  watch_frames (&subject);
  hr_session_show_table (subject.session, LARGE_MODEL_TABLE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "table");
  large_model_settle (window);
  select_other (&subject);
  large_model_settle (window);
  print_figure ("arrow key → paint", measure (&subject, NULL, press_down, NULL), empty);
  select_other (&subject);
  print_figure ("a cell is set → paint", measure (&subject, NULL, set_cell, NULL), empty);
  print_figure ("undo → paint", measure (&subject, set_cell, undo, NULL), empty);
  print_figure ("text in the filter → paint", measure (&subject, begin_filter, type_text, NULL),
                empty);
  print_figure ("text in the filter → only what matches",
                measure (&subject, begin_filter, type_text, is_filtered), empty);
  clear_filter (&subject);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
  large_model_settle (window);
  hr_window_focus_view (window);
  large_model_settle (window);
  print_figure ("arrow key → paint, inspector open", measure (&subject, NULL, press_down, NULL), empty);
  print_figure ("arrow key → item in the inspector", measure (&subject, NULL, press_down, is_inspected), empty);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "patterns");
  hr_session_select_pattern (subject.session, "A");
  large_model_settle (window);
  print_figure ("F5 → first mark", measure (&subject, clear_run, run, has_marks), empty);
  unwatch_frames (&subject);
  hr_session_discard_unsaved (subject.session);
  gtk_window_destroy (GTK_WINDOW (window));
  turn_for (500);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  static const guint usual[] = { 0, 100000, 200000 };
  g_autoptr (HrApplication) application = NULL;
  Cost empty;

  application = large_model_start (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  printf ("  %-40s %9s %9s %9s %9s %9s %9s\n", "Medians in ms", "whole", "handling", "layout", "snapshot", "rendering",
          "work");
  empty = measure_empty ();
  print_figure ("a window that holds nothing, painted", empty, &empty);
  if (argc == 1)
    for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
      measure_model (application, usual[i], &empty);
  for (int i = 1; i < argc; i++)
    measure_model (application, (guint) strtoul (argv[i], NULL, 10), &empty);
  return 0;
}
