/*
 * Toasts, one at a time.
 *
 * The overlay is given the next one when the last has gone, and a toast is only taken away once it has appeared:
 * libadwaita 1.2 ends the program when one goes within the animation in which it comes, and also when its priorities
 * put one off. Whoever tells something finds the queue at the root of its widgets.
 */
#include "app/ui/pieces/toasts.h"

#define QUEUE "hr-toasts"
#define APPEARING_US (400 * G_TIME_SPAN_MILLISECOND) /* longer than the animation, which takes 300 ms */
#define TELLING_S 4

typedef struct
{
  AdwToastOverlay *overlay; /* weak */
  AdwToast *shown;
  AdwToast *next;           /* that takes its place */
  gboolean shown_lasts;
  gboolean next_lasts;
  gboolean is_unwanted;     /* the one that is shown, as soon as it has appeared */
  guint tick;               /* until then */
  gint64 since_us;          /* of frames; 0: none yet */
} HrToasts;

static void
stop_looking (HrToasts *self)
{
  if (self->tick != 0 && self->overlay != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->overlay), self->tick);
  self->tick = 0;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  HrToasts *self = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (self->since_us == 0)
    self->since_us = now_us;
  if (now_us - self->since_us < APPEARING_US)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  if (self->is_unwanted)
    adw_toast_dismiss (self->shown);
  return G_SOURCE_REMOVE;
}

static void show_next (HrToasts *self);

static void
dismissed_cb (AdwToast *toast, HrToasts *self)
{
  if (toast != self->shown)
    return;
  stop_looking (self);
  g_clear_object (&self->shown);
  show_next (self);
}

static void
show_next (HrToasts *self)
{
  if (self->shown != NULL || self->next == NULL)
    return;
  self->shown = g_steal_pointer (&self->next);
  self->shown_lasts = self->next_lasts;
  self->is_unwanted = FALSE;
  self->since_us = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->overlay), tick_cb, self, NULL);
  g_signal_connect (self->shown, "dismissed", G_CALLBACK (dismissed_cb), self);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->shown));
}

static void
take_away (HrToasts *self)
{
  if (self->tick != 0)
    self->is_unwanted = TRUE;
  else
    adw_toast_dismiss (self->shown);
}

/* What is shown is left to the overlay. */
static void
toasts_free (gpointer data)
{
  HrToasts *self = data;

  stop_looking (self);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  g_clear_object (&self->next);
  g_clear_weak_pointer (&self->overlay);
  g_free (self);
}

static HrToasts *
find (GtkWidget *inside)
{
  GtkRoot *root = GTK_IS_ROOT (inside) ? GTK_ROOT (inside) : gtk_widget_get_root (inside);

  return root != NULL ? g_object_get_data (G_OBJECT (root), QUEUE) : NULL;
}

void
hr_toasts_install (AdwToastOverlay *overlay)
{
  HrToasts *self = g_new0 (HrToasts, 1);

  g_set_weak_pointer (&self->overlay, overlay);
  g_object_set_data_full (G_OBJECT (gtk_widget_get_root (GTK_WIDGET (overlay))), QUEUE, self, toasts_free);
}

void
hr_toasts_remove (GtkWidget *window)
{
  g_object_set_data (G_OBJECT (window), QUEUE, NULL);
}

/* Where all of them stay, none waits for another to go. */
void
hr_toasts_show (GtkWidget *inside, AdwToast *toast, gboolean lasts)
{
  HrToasts *self = find (inside);
  gboolean all_stay = g_strcmp0 (g_getenv ("HASHRANGE_TOASTS"), "stay") == 0;

  if (self == NULL)
    {
      g_object_unref (toast);
      return;
    }
  if (all_stay)
    adw_toast_set_timeout (toast, 0);
  g_clear_object (&self->next);
  self->next = toast;
  self->next_lasts = lasts && !all_stay;
  if (self->shown == NULL)
    show_next (self);
  else if (lasts || !self->shown_lasts)
    take_away (self);
}

void
hr_toast (GtkWidget *inside, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, TELLING_S);
  hr_toasts_show (inside, toast, FALSE);
}

void
hr_toasts_withdraw (GtkWidget *inside, AdwToast *toast)
{
  HrToasts *self = find (inside);

  if (self == NULL || toast == NULL)
    return;
  if (toast == self->next)
    g_clear_object (&self->next);
  if (toast == self->shown)
    take_away (self);
}
