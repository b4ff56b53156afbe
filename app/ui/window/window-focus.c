/*
 * Where the keyboard is in a window.
 *
 * The focus goes to the heart of a view, or to a field of the inspector, as soon as that is there and before the next
 * key. When what has the focus goes away the toolkit finds it another place only after the next event, and a key that
 * is this event reaches nobody: so it is given to what was around it at once.
 */
#include "app/ui/window/window-private.h"

#include "app/ui/inspector/inspector.h"

gboolean
hr_window_has_focus_within (HrWindow *self, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, widget);
}

/* A view knows where its heart is. */
gboolean
hr_window_focus_view (HrWindow *self)
{
  gtk_widget_grab_focus (self->pages[hr_window_get_view (self)]);
  return hr_window_has_focus_within (self, GTK_WIDGET (self->views))
         || gtk_widget_child_focus (GTK_WIDGET (self->views), GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_view_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->focus_idle = 0;
  /* a tour that is on its way takes the focus itself */
  if (self->tour == NULL && !hr_window_has_focus_within (self, GTK_WIDGET (self->views)))
    hr_window_focus_view (self);
  return G_SOURCE_REMOVE;
}

void
hr_window_focus_view_soon (HrWindow *self)
{
  if (self->focus_idle == 0)
    self->focus_idle = g_idle_add_full (G_PRIORITY_HIGH, focus_view_cb, self, NULL);
}

static gboolean
focus_inspector_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->inspector_idle = 0;
  hr_inspector_edit_name (self->inspector, self->edited);
  return G_SOURCE_REMOVE;
}

void
hr_window_focus_inspector (HrWindow *self, const HrTarget *target)
{
  g_free (self->edited);
  self->edited = target != NULL ? hr_target_copy (target) : NULL;
  g_clear_handle_id (&self->focus_idle, g_source_remove); /* the view does not get it back */
  if (self->inspector_idle == 0)
    self->inspector_idle = g_idle_add_full (G_PRIORITY_HIGH, focus_inspector_cb, self, NULL);
}

/* Without a place the window itself has the keys, and all that it can do. */
static gboolean
mend_cb (gpointer user_data)
{
  HrWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autoptr (GPtrArray) around = g_steal_pointer (&self->around_focus);

  self->mend_idle = 0;
  if (focus == NULL || gtk_widget_get_mapped (focus) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < around->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (around, i)) && gtk_widget_grab_focus (g_ptr_array_index (around, i)))
      return G_SOURCE_REMOVE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  return G_SOURCE_REMOVE;
}

static void
focus_gone_cb (GtkWidget *focus, HrWindow *self)
{
  g_clear_pointer (&self->around_focus, g_ptr_array_unref);
  self->around_focus = g_ptr_array_new_with_free_func (g_object_unref);
  for (GtkWidget *each = gtk_widget_get_parent (focus); each != NULL && each != GTK_WIDGET (self);
       each = gtk_widget_get_parent (each))
    g_ptr_array_add (self->around_focus, g_object_ref (each));
  if (self->mend_idle == 0)
    self->mend_idle = g_idle_add_full (G_PRIORITY_HIGH, mend_cb, self, NULL);
}

static void
leave_focus (HrWindow *self)
{
  if (self->focus != NULL)
    g_signal_handlers_disconnect_by_func (self->focus, focus_gone_cb, self);
  g_clear_weak_pointer (&self->focus);
}

static void
focus_cb (HrWindow *self)
{
  leave_focus (self);
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self)));
  if (self->focus != NULL)
    g_signal_connect (self->focus, "unmap", G_CALLBACK (focus_gone_cb), self);
}

void
hr_window_follow_focus (HrWindow *self)
{
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
}

void
hr_window_drop_focus (HrWindow *self)
{
  g_signal_handlers_disconnect_by_func (self, focus_cb, NULL);
  leave_focus (self);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_handle_id (&self->inspector_idle, g_source_remove);
  g_clear_handle_id (&self->mend_idle, g_source_remove);
  g_clear_pointer (&self->around_focus, g_ptr_array_unref);
  g_clear_pointer (&self->edited, g_free);
}
