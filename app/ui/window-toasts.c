/*
 * Toasts, one at a time: what is new takes the place of what is old, instead of waiting behind it.
 *
 * The overlay is given the next one when the last has gone, and a toast is only taken away once it has appeared:
 * libadwaita 1.2 ends the program when one goes within the animation in which it comes, and also when its priorities
 * put one off.
 */
#include "app/ui/window-private.h"

#define APPEARING_US (400 * G_TIME_SPAN_MILLISECOND) /* longer than the animation, which takes 300 ms */

static void
stop_looking (HrWindow *self)
{
  if (self->toast_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->toasts), self->toast_tick);
  self->toast_tick = 0;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  HrWindow *self = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (self->toast_since_us == 0)
    self->toast_since_us = now_us;
  if (now_us - self->toast_since_us < APPEARING_US)
    return G_SOURCE_CONTINUE;
  self->toast_tick = 0;
  if (self->toast_is_unwanted)
    adw_toast_dismiss (self->toast);
  return G_SOURCE_REMOVE;
}

static void show_next (HrWindow *self);

static void
dismissed_cb (HrWindow *self, AdwToast *toast)
{
  if (toast == self->undo_toast)
    g_clear_object (&self->undo_toast);
  if (toast != self->toast)
    return;
  stop_looking (self);
  g_clear_object (&self->toast);
  show_next (self);
}

static void
show_next (HrWindow *self)
{
  if (self->toast != NULL || self->next_toast == NULL)
    return;
  self->toast = g_steal_pointer (&self->next_toast);
  self->toast_is_unwanted = FALSE;
  self->toast_since_us = 0;
  self->toast_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->toasts), tick_cb, self, NULL);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->toast));
}

static void
take_away (HrWindow *self)
{
  if (self->toast_tick != 0)
    self->toast_is_unwanted = TRUE;
  else
    adw_toast_dismiss (self->toast);
}

void
hr_window_withdraw_toast (HrWindow *self, AdwToast *toast)
{
  if (toast == NULL)
    return;
  if (toast == self->next_toast)
    g_clear_object (&self->next_toast);
  if (toast == self->toast)
    take_away (self);
}

/* One that offers to undo stays as long as that can be done, unless there is something else to undo. */
void
hr_window_show_toast (HrWindow *self, AdwToast *toast)
{
  gboolean waits = self->toast != NULL && self->toast == self->undo_toast
                   && adw_toast_get_button_label (toast) == NULL;

  g_clear_object (&self->next_toast);
  self->next_toast = toast;
  if (self->toast == NULL)
    show_next (self);
  else if (!waits)
    take_away (self);
}

void
hr_window_drop_toasts (HrWindow *self)
{
  stop_looking (self);
  g_clear_object (&self->toast);
  g_clear_object (&self->next_toast);
  g_clear_object (&self->undo_toast);
}
