/*
 * What is under way in a window, and the page that there is something for.
 *
 * Threads count what they do; as long as one of them works the window looks now and then how far it is. What is quick
 * is not mentioned. The card lies over the page instead of above it, so that nothing moves, and nothing but the card is
 * drawn anew.
 */
#include "app/ui/window/window-private.h"

#include "app/ui/pieces/a11y.h"

#define LOOK_MS 50

/* What takes longer says so; what takes still longer can be called off. */
#define SHOWN_AFTER_MS 150
#define CANCEL_AFTER_MS 1000

static char *
dup_work (HrWindow *self)
{
  g_autofree char *busy = NULL;
  g_autofree char *working = NULL;

  g_object_get (self->session, "busy", &busy, "working", &working, NULL);
  return busy != NULL ? g_steal_pointer (&busy) : g_steal_pointer (&working);
}

static gboolean
can_be_called_off (HrWindow *self)
{
  return hr_session_is_busy (self->session) || hr_session_is_changing (self->session);
}

/* A bar that goes to and fro would draw without end where somebody wants no movement. */
static void
show_share (HrWindow *self)
{
  double share = hr_session_get_progress (self->session);
  gboolean moves;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  self->work_share = MAX (self->work_share, share);
  if (self->work_share > 0)
    gtk_progress_bar_set_fraction (self->work_bar, self->work_share);
  else if (moves)
    gtk_progress_bar_pulse (self->work_bar);
}

static void
show_work (HrWindow *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->work_since_us) / G_TIME_SPAN_MILLISECOND;
  g_autofree char *text = dup_work (self);

  gtk_label_set_text (self->work_label, text);
  hr_a11y_set_label (GTK_WIDGET (self->work_bar), text);
  show_share (self);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), since_ms >= CANCEL_AFTER_MS && can_be_called_off (self));
  gtk_widget_set_visible (self->work_card, since_ms >= SHOWN_AFTER_MS);
}

static void
show_page (HrWindow *self)
{
  const char *page = "start";

  if (hr_session_get_document (self->session) != NULL)
    page = "model";
  else if (hr_session_is_busy (self->session) && gtk_widget_get_visible (self->work_card))
    page = "opening";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static gboolean
look_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  show_work (self);
  show_page (self);
  return G_SOURCE_CONTINUE;
}

void
hr_window_follow_work (HrWindow *self)
{
  g_autofree char *work = dup_work (self);

  if (work == NULL)
    {
      g_clear_handle_id (&self->work_timeout, g_source_remove);
      gtk_widget_set_visible (self->work_card, FALSE);
    }
  else if (self->work_timeout == 0)
    {
      self->work_since_us = g_get_monotonic_time ();
      self->work_share = 0;
      gtk_progress_bar_set_fraction (self->work_bar, 0);
      self->work_timeout = g_timeout_add (LOOK_MS, look_cb, self);
    }
  show_page (self);
  hr_window_update_actions (self);
}
