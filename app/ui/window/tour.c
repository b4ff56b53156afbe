/*
 * HrTour: see the header.
 *
 * A stop is a row of a table: what it says, what it does to the window before it says so, and what it points at. Views
 * make their content when they are shown, so that a stop waits some frames until what it points at has its place.
 * Whoever presses F5 instead of the button of the third stop goes on as well.
 */
#include "app/ui/window/tour.h"

#include "app/session/item-actions.h"
#include "app/ui/canvas/pair-view.h"
#include "app/ui/canvas/table-view.h"
#include "app/ui/pages/sample-card.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/sidebar.h"
#include "app/ui/window/window-private.h"
#include "app/ui/window/window-shot.h"
#include "model/base/i18n.h"

#define OFFERED       "TourOffered"
#define OFFER_S       20
#define PATTERN       "A"
#define TEXT_CHARS    42
#define SETTLE_FRAMES 4
#define WAIT_FRAMES   60
/* So much of a large thing is pointed at. */
#define POINT_PX      160

typedef struct
{
  const char *title;
  const char *text;
  const char *next; /* what the button says that goes on */
  GtkPositionType position;
  void (*arrange) (HrWindow *window);
  /** FALSE while it is not there yet; @place in coordinates of *anchor. */
  gboolean (*find) (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place);
  void (*leave) (HrWindow *window); /* (nullable): what the button does before it goes on */
} Stop;

struct _HrTour
{
  GtkPopover parent_instance;

  HrWindow *window; /* borrowed: the popover lies in it */
  guint stop;
  guint n_frames;   /* waited for this stop */
  guint tick;
  GtkEventController *keys; /* borrowed: the window's */

  /* children */
  GtkWidget *count;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (HrTour, hr_tour, GTK_TYPE_POPOVER)

static GtkWidget *
find_mapped (GtkWidget *widget, GType type)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_mapped (child, type);
  return found;
}

static gboolean
take_whole (GtkWidget *widget, GtkWidget **anchor, graphene_rect_t *place)
{
  *anchor = widget;
  *place = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  return gtk_widget_get_mapped (widget) && place->size.width > 0;
}

static void
arrange_map (HrWindow *window)
{
  const HrTable *table = hr_session_get_table (window->session);

  g_object_set (window->session, "view", "design", NULL);
  hr_window_show_sidebar (window, TRUE);
  hr_session_show_table (window->session, table->name, NULL);
  hr_session_select_entity (window->session, NULL);
}

static gboolean
find_map (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  if (!take_whole (window->sidebar, anchor, place))
    return FALSE;
  place->size.height = MIN (place->size.height, 2 * POINT_PX);
  return TRUE;
}

/* The first item of the table: its partition is the one that pattern A asks for. */
static void
arrange_partition (HrWindow *window)
{
  HrOutline *outline;
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrTable *table = hr_session_get_table (window->session);
  HrOutlineRow row;
  HrValue key;

  g_object_set (window->session, "view", "table", "filter", NULL, "hidden-entities", (guint64) 0, NULL);
  hr_session_show_table (window->session, table->name, NULL);
  outline = hr_session_get_outline (window->session);
  if (outline != NULL && hr_outline_fetch (outline, 0, 0, 1, arena, &row, NULL) == 1
      && hr_item_dup_key (table, &row.item, arena, &key))
    hr_session_select_item (window->session, &key, 0);
}

/* A target of the canvas, as much of it as can be seen. */
static gboolean
find_on_canvas (HrWindow *window, const HrHit *target, double width, GtkWidget **anchor, graphene_rect_t *place)
{
  GtkWidget *canvas = find_mapped (window->pages[hr_window_get_view (window)], HR_TYPE_TABLE_VIEW);
  HrTableLayout *layout = canvas != NULL ? hr_table_view_get_layout (HR_TABLE_VIEW (canvas)) : NULL;
  graphene_rect_t whole;
  HrViewport viewport;
  HrRect rect;
  double x;

  if (layout == NULL || !take_whole (canvas, anchor, &whole)
      || !hr_table_layout_get_rect (layout, target, &rect))
    return FALSE;
  hr_table_view_get_viewport (HR_TABLE_VIEW (canvas), &viewport);
  x = target->kind == HR_HIT_PARTITION ? rect.x : rect.x - viewport.x;
  if (gtk_widget_get_direction (canvas) == GTK_TEXT_DIR_RTL)
    x = whole.size.width - x - MIN (rect.width, width);
  *place = GRAPHENE_RECT_INIT (x, rect.y - viewport.y, MIN (rect.width, width), MIN (rect.height, POINT_PX));
  return graphene_rect_intersection (place, &whole, place);
}

static gboolean
find_partition (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  return find_on_canvas (window, &(HrHit) { .kind = HR_HIT_PARTITION }, 2 * POINT_PX, anchor, place);
}

static void
arrange_question (HrWindow *window)
{
  hr_window_show_sidebar (window, TRUE);
  hr_session_select_pattern (window->session, PATTERN);
  g_object_set (window->session, "view", "patterns", NULL);
  hr_session_clear_selection (window->session);
  hr_session_clear_run (window->session);
}

static gboolean
find_question (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  GtkWidget *line = hr_sidebar_get_selected_line (HR_SIDEBAR (window->sidebar));

  return line != NULL && take_whole (line, anchor, place);
}

static void
run_question (HrWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.run-pattern", NULL);
}

static void
arrange_answer (HrWindow *window)
{
  g_object_set (window->session, "view", "patterns", NULL);
  if (hr_session_get_run (window->session) == NULL)
    run_question (window);
}

static gboolean
find_answer (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  GtkWidget *canvas = find_mapped (window->pages[hr_window_get_view (window)], HR_TYPE_TABLE_VIEW);
  HrTableLayout *layout = canvas != NULL ? hr_table_view_get_layout (HR_TABLE_VIEW (canvas)) : NULL;
  HrHit target;

  return layout != NULL && hr_table_layout_find_answer (layout, &target)
         && find_on_canvas (window, &target, POINT_PX, anchor, place);
}

static void
arrange_pair (HrWindow *window)
{
  g_object_set (window->session, "view", "table", NULL);
  if (find_mapped (window->pages[hr_window_get_view (window)], HR_TYPE_PAIR_VIEW) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.side-by-side", NULL);
}

static gboolean
find_pair (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  GtkWidget *pair = find_mapped (window->pages[hr_window_get_view (window)], HR_TYPE_PAIR_VIEW);

  if (pair == NULL || !take_whole (pair, anchor, place))
    return FALSE;
  *place = GRAPHENE_RECT_INIT ((place->size.width - POINT_PX) / 2, place->size.height / 3, POINT_PX, POINT_PX / 2);
  return TRUE;
}

static void
arrange_export (HrWindow *window)
{
}

static gboolean
find_export (HrWindow *window, GtkWidget **anchor, graphene_rect_t *place)
{
  return take_whole (GTK_WIDGET (window->export_button), anchor, place);
}

static void
open_export (HrWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", NULL);
}

static const Stop stops[] = {
  { N_("The map"),
    N_("On the side is everything that the model has: its table with the kinds of items in it, its indexes, and the "
       "questions that the app asks. A click shows what a thing is."),
    N_("Next"), GTK_POS_RIGHT, arrange_map, find_map, NULL },
  { N_("A partition"),
    N_("Items with the same partition key lie together, sorted by their sort key. Here that is one conversation with "
       "its messages. Reading next to each other is what such a table is good at."),
    N_("Next"), GTK_POS_RIGHT, arrange_partition, find_partition, NULL },
  { N_("A question"),
    N_("Question A wants the latest messages of a conversation. Press F5 to ask it."),
    N_("Run (F5)"), GTK_POS_RIGHT, arrange_question, find_question, run_question },
  { N_("What it read, and what it cost"),
    N_("The bracket is the key condition, and the ticks are what came back, in their order. Pale rows were not even "
       "looked at. Rows that a filter drops after they were read are hatched: they are paid for all the same."),
    N_("Next"), GTK_POS_RIGHT, arrange_answer, find_answer, NULL },
  { N_("Side by side"),
    N_("An index is a second table that the service keeps: copies of the items that have its keys, sorted in another "
       "way. A line joins each item to its copy, and what is left out says why."),
    N_("Next"), GTK_POS_BOTTOM, arrange_pair, find_pair, NULL },
  { N_("Take it with you"),
    N_("The table leaves as JSON for the AWS command line, checked before it does. With that the tour ends; it can be "
       "taken again from the menu."),
    N_("Open the Export"), GTK_POS_BOTTOM, arrange_export, find_export, open_export },
};

guint
hr_tour_get_stop (HrTour *self)
{
  g_return_val_if_fail (HR_IS_TOUR (self), 0);

  return self->stop;
}

static gboolean
has_focus (HrTour *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
hr_tour_end (HrTour *self)
{
  HrWindow *window;

  g_return_if_fail (HR_IS_TOUR (self));

  window = self->window;
  if (window == NULL)
    return;
  if (has_focus (self) && gtk_widget_get_mapped (GTK_WIDGET (window)))
    hr_window_focus_view (window);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (window), self->tick);
  self->tick = 0;
  window->tour = NULL;
  self->window = NULL;
  gtk_widget_remove_controller (GTK_WIDGET (window), self->keys);
  g_signal_handlers_disconnect_by_data (window->session, self);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_unparent (GTK_WIDGET (self));
}

static void
say (HrTour *self)
{
  const Stop *stop = &stops[self->stop];
  g_autofree char *count = g_strdup_printf (_("Stop %u of %u"), self->stop + 1, (guint) G_N_ELEMENTS (stops));
  g_autofree char *words = g_strdup_printf ("%s. %s. %s", count, _(stop->title), _(stop->text));

  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_label_set_text (GTK_LABEL (self->title), _(stop->title));
  gtk_label_set_text (GTK_LABEL (self->text), _(stop->text));
  gtk_button_set_label (GTK_BUTTON (self->next), _(stop->next));
  hr_a11y_set_label (GTK_WIDGET (self), _(stop->title));
  hr_a11y_set_label (self->next, _(stop->next));
  hr_a11y_set_description (self->next, words);
}

/* Points at @place, or, when that does not come, at the window as a whole. */
static void
appear (HrTour *self, GtkWidget *anchor, const graphene_rect_t *place)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GdkRectangle rect = { gtk_widget_get_width (parent) / 2, gtk_widget_get_height (parent) / 3, 1, 1 };
  double x, y;

  if (anchor != NULL
      && gtk_widget_translate_coordinates (anchor, parent, place->origin.x, place->origin.y, &x, &y))
    rect = (GdkRectangle) { x, y, MAX (1, place->size.width), MAX (1, place->size.height) };
  gtk_popover_set_position (GTK_POPOVER (self), stops[self->stop].position);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &rect);
  say (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->next);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  HrTour *self = user_data;
  GtkWidget *anchor = NULL;
  graphene_rect_t place;
  gboolean found;

  self->n_frames++;
  if (self->n_frames < SETTLE_FRAMES)
    return G_SOURCE_CONTINUE;
  found = stops[self->stop].find (self->window, &anchor, &place);
  if (!found && self->n_frames < WAIT_FRAMES)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  appear (self, found ? anchor : NULL, &place);
  return G_SOURCE_REMOVE;
}

static void
wait_for_place (HrTour *self)
{
  self->n_frames = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, self, NULL);
}

static void
go_to (HrTour *self, guint stop)
{
  self->stop = stop;
  gtk_popover_popdown (GTK_POPOVER (self));
  stops[stop].arrange (self->window);
  wait_for_place (self);
}

/* The button of the last stop ends the tour before it does what it says. */
static void
next_cb (HrTour *self)
{
  HrWindow *window = self->window;
  guint stop = self->stop;

  if (stop + 1 == G_N_ELEMENTS (stops))
    hr_tour_end (self);
  if (stops[stop].leave != NULL)
    stops[stop].leave (window);
  /* asking the question has gone on by itself */
  if (window->tour == self && self->stop == stop)
    go_to (self, stop + 1);
}

/* Somebody ran it, by the key or by the button: the answer is there. */
static void
run_changed_cb (HrTour *self)
{
  if (stops[self->stop].leave == run_question && hr_session_get_run (self->window->session) != NULL)
    go_to (self, self->stop + 1);
}

/* Of keys that are pressed in a popover its window hears nothing. */
static gboolean
activate_keys (HrTour *self, guint key, GdkModifierType modifiers)
{
  const HrAction *action = hr_actions_match (key, modifiers);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  return action != NULL && g_action_parse_detailed_name (action->name, &name, &target, NULL)
         && gtk_widget_activate_action_variant (GTK_WIDGET (self->window), name, target);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType modifiers, HrTour *self)
{
  gboolean is_here = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)) == GTK_WIDGET (self);

  if (key != GDK_KEY_Escape)
    return is_here && activate_keys (self, key, modifiers);
  hr_tour_end (self);
  return TRUE;
}

static GtkEventController *
new_keys (HrTour *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  return keys;
}

static void
hr_tour_class_init (HrTourClass *klass)
{
}

static GtkWidget *
new_buttons (HrTour *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *leave = gtk_button_new_with_label (_("End the Tour"));

  self->next = gtk_button_new ();
  gtk_widget_add_css_class (leave, "flat");
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_set_hexpand (leave, TRUE);
  gtk_widget_set_halign (leave, GTK_ALIGN_START);
  gtk_widget_set_margin_top (line, 6);
  g_signal_connect_object (leave, "clicked", G_CALLBACK (hr_tour_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->next, "clicked", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), leave);
  gtk_box_append (GTK_BOX (line), self->next);
  return line;
}

static void
hr_tour_init (HrTour *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->count = hr_label_new (NULL, "dim-label hr-caption");
  self->title = hr_label_new (NULL, "heading");
  self->text = hr_label_new (NULL, NULL);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->text), TEXT_CHARS);
  gtk_widget_add_css_class (box, "hr-tour");
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_widget_add_controller (GTK_WIDGET (self), new_keys (self));
}

/* In the box below the toasts, which knows that a popover takes no room. */
static void
start_here (HrWindow *window)
{
  HrTour *self;

  if (window->tour != NULL)
    hr_tour_end (HR_TOUR (window->tour));
  hr_toasts_withdraw (GTK_WIDGET (window), window->tour_toast);
  self = g_object_new (HR_TYPE_TOUR, NULL);
  window->tour = self;
  self->window = window;
  self->keys = new_keys (self);
  gtk_widget_add_controller (GTK_WIDGET (window), self->keys);
  gtk_widget_set_parent (GTK_WIDGET (self), adw_toast_overlay_get_child (window->toasts));
  g_signal_connect_object (window->session, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->session, "notify::document", G_CALLBACK (hr_tour_end), self, G_CONNECT_SWAPPED);
  go_to (self, 0);
}

/* The first sample with what the tour speaks of, whatever else has been done to it. */
static gboolean
shows_sample (HrWindow *window)
{
  HrDocument *document = hr_session_get_document (window->session);
  const HrTable *table = hr_session_get_table (window->session);

  return window->has_sample && document != NULL && table != NULL && table->indexes->len > 0
         && hr_model_find_pattern (hr_document_get_model (document), PATTERN) != NULL
         && !hr_session_is_busy (window->session);
}

void
hr_tour_start (HrWindow *window)
{
  g_return_if_fail (HR_IS_WINDOW (window));

  if (shows_sample (window))
    {
      start_here (window);
      return;
    }
  if (hr_session_get_document (window->session) != NULL || hr_session_is_busy (window->session))
    {
      window = hr_window_new (HR_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
      gtk_window_present (GTK_WINDOW (window));
    }
  window->wants_tour = TRUE;
  hr_window_open_sample (window, HR_FIRST_SAMPLE);
}

void
hr_tour_opened (HrWindow *window)
{
  gboolean wanted = window->wants_tour;

  window->wants_tour = FALSE;
  if (wanted && shows_sample (window))
    start_here (window);
  else
    hr_tour_offer (window);
}

void
hr_tour_offer (HrWindow *window)
{
  HrPreferences *preferences = hr_preferences_get_default ();
  AdwToast *toast;

  if (hr_preferences_get_int (preferences, OFFERED, 0) != 0 || hr_window_shot_is_wanted ())
    return;
  hr_preferences_set_int (preferences, OFFERED, 1);
  toast = adw_toast_new (_("New here?"));
  g_set_weak_pointer (&window->tour_toast, toast);
  adw_toast_set_button_label (toast, _("60-Second _Tour"));
  adw_toast_set_action_name (toast, "win.tour");
  adw_toast_set_timeout (toast, OFFER_S);
  hr_toasts_show (GTK_WIDGET (window), toast, FALSE);
}
