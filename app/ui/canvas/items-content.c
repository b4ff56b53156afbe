/*
 * Items as content of a drag: nothing is written or drawn before somebody wants it.
 *
 * What is known to GDK by its type (text, texture) is converted by it to what others ask for; the rest is written here
 * by its MIME type.
 */
#include "app/ui/canvas/items-content.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-actions.h"
#include "app/ui/canvas/copy-picture.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/i18n.h"

struct _HrItemsContent
{
  GdkContentProvider parent_instance;

  HrSession *session; /* owned */
  GtkWidget *widget;  /* weak */
};

G_DEFINE_FINAL_TYPE (HrItemsContent, hr_items_content, GDK_TYPE_CONTENT_PROVIDER)

static const struct
{
  const char *mime_type;
  HrItemFormat format;
} texts[] = {
  { "application/json", HR_ITEMS_TYPED },
  { "text/tab-separated-values", HR_ITEMS_TSV },
};

static GdkContentFormats *
hr_items_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    gdk_content_formats_builder_add_mime_type (builder, texts[i].mime_type);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_TEXTURE);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
hr_items_content_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  HrItemsContent *self = HR_ITEMS_CONTENT (provider);
  g_autofree char *note = NULL;
  char *text;
  GdkTexture *texture;

  if (G_VALUE_HOLDS (value, G_TYPE_STRING))
    {
      text = hr_item_dup_text (self->session, HR_ITEMS_TYPED, &note, error);
      g_value_take_string (value, text);
      return text != NULL;
    }
  if (!G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) || self->widget == NULL)
    return GDK_CONTENT_PROVIDER_CLASS (hr_items_content_parent_class)->get_value (provider, value, error);
  texture = hr_session_draw_selected (self->session, self->widget, &note, error);
  g_value_take_object (value, texture);
  return texture != NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char *
dup_text (HrItemsContent *self, const char *mime_type, GError **error)
{
  g_autofree char *note = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].mime_type, mime_type))
      return hr_item_dup_text (self->session, texts[i].format, &note, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Items cannot be given away as %s."), mime_type);
  return NULL;
}

static void
hr_items_content_write_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream,
                              int io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  char *text = dup_text (HR_ITEMS_CONTENT (provider), mime_type, &error);

  if (text == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, text, g_free);
  g_output_stream_write_all_async (stream, text, strlen (text), io_priority, cancellable, written_cb,
                                   g_steal_pointer (&task));
}

static gboolean
hr_items_content_write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hr_items_content_dispose (GObject *object)
{
  HrItemsContent *self = HR_ITEMS_CONTENT (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_items_content_parent_class)->dispose (object);
}

static void
hr_items_content_class_init (HrItemsContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_items_content_dispose;
  provider_class->ref_formats = hr_items_content_ref_formats;
  provider_class->get_value = hr_items_content_get_value;
  provider_class->write_mime_type_async = hr_items_content_write_async;
  provider_class->write_mime_type_finish = hr_items_content_write_finish;
}

static void
hr_items_content_init (HrItemsContent *self)
{
}

GdkContentProvider *
hr_items_content_new (HrSession *session, GtkWidget *widget)
{
  HrItemsContent *self = g_object_new (HR_TYPE_ITEMS_CONTENT, NULL);

  self->session = g_object_ref (session);
  g_set_weak_pointer (&self->widget, widget);
  return GDK_CONTENT_PROVIDER (self);
}

HrItemsContent *
hr_items_content_get_dragged (GdkDrop *drop)
{
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;
  GdkContentProvider *content = drag != NULL ? gdk_drag_get_content (drag) : NULL;

  return content != NULL && HR_IS_ITEMS_CONTENT (content) ? HR_ITEMS_CONTENT (content) : NULL;
}

gboolean
hr_items_content_is_of (HrItemsContent *self, HrSession *session)
{
  return self != NULL && self->session == session;
}

char *
hr_items_content_describe (HrItemsContent *self)
{
  guint64 count = hr_session_count_selected (self->session);
  g_autofree char *number = hr_figure_number (count);

  return g_strdup_printf (ngettext_ ("%s item", "%s items", count), number);
}

gboolean
hr_items_content_can_paste (GdkDrop *drop, HrSession *session)
{
  HrItemsContent *items = hr_items_content_get_dragged (drop);
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  if (gdk_drop_get_drag (drop) != NULL)
    return items != NULL && !hr_items_content_is_of (items, session);
  return gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8")
         && !gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, HrSession *session)
{
  return hr_items_content_can_paste (drop, session);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, HrSession *session)
{
  g_autoptr (GError) error = NULL;
  gboolean done = hr_item_paste (session, g_value_get_string (value), &error);

  if (!done)
    hr_toast (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), error->message);
  return done;
}

void
hr_items_content_add_drop (GtkWidget *widget, HrSession *session)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), session, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), session, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
