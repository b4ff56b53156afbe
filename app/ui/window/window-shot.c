/* Pictures of whole windows, drawn by the window's own renderer: no screen has to be read. */
#include "app/ui/window/window-shot.h"

#include <stdio.h>

#include "app/ui/window/window-private.h"

/* The layout of flaps and lists takes a few frames; reading a file has an end of its own. */
#define SETTLE_MS 700
#define POLL_MS   50

typedef struct
{
  HrWindow *window;
  guint waited_ms;
  gboolean is_arranged;
} Shot;

static gboolean
save (GtkWidget *widget, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  return gdk_texture_save_to_png (texture, path);
}

/* What shall be seen may be a dialog: a window's action opens it. */
static void
activate_shown (HrWindow *window)
{
  const char *detailed = g_getenv ("HASHRANGE_SHOT_ACTION");
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (detailed != NULL && g_action_parse_detailed_name (detailed, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target);
}

/* The newest window: a dialog, when one was opened. */
static GtkWidget *
get_shown (HrWindow *window)
{
  GList *windows = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (window)));
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (other) == GTK_WINDOW (window) && gtk_widget_get_mapped (GTK_WIDGET (other)))
        return GTK_WIDGET (other);
    }
  return windows != NULL ? windows->data : NULL;
}

static void
arrange (HrWindow *window)
{
  HrSession *session = hr_window_get_session (window);
  const char *view = g_getenv ("HASHRANGE_SHOT_VIEW");
  const char *pattern = g_getenv ("HASHRANGE_SHOT_RUN");
  g_autoptr (GError) error = NULL;

  if (view != NULL)
    g_object_set (session, "view", view, NULL);
  activate_shown (window);
  if (pattern == NULL)
    return;
  hr_session_run_all (session, NULL);
  if (*pattern == '\0')
    return;
  hr_session_select_pattern (session, pattern);
  if (!hr_session_run_pattern (session, &error))
    g_printerr ("%s\n", error->message);
}

static gboolean
poll_cb (gpointer user_data)
{
  Shot *self = user_data;
  const char *path = g_getenv ("HASHRANGE_SHOT");

  if (hr_session_is_busy (hr_window_get_session (self->window)))
    return G_SOURCE_CONTINUE;
  if (!self->is_arranged)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->window), "solid-csd");
      arrange (self->window);
    }
  self->is_arranged = TRUE;
  self->waited_ms += POLL_MS;
  if (self->waited_ms < SETTLE_MS)
    return G_SOURCE_CONTINUE;

  if (!save (get_shown (self->window), path))
    g_printerr ("%s could not be written.\n", path);
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

gboolean
hr_window_shot_is_wanted (void)
{
  return g_getenv ("HASHRANGE_SHOT") != NULL;
}

void
hr_window_shot_prepare (HrWindow *window)
{
  const char *theme = g_getenv ("HASHRANGE_SHOT_THEME");
  const char *size = g_getenv ("HASHRANGE_SHOT_SIZE");
  const char *scale = g_getenv ("HASHRANGE_SHOT_TEXT");
  int width, height;
  Shot *shot;

  if (!hr_window_shot_is_wanted ())
    return;
  if (theme != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        g_str_equal (theme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (g_strcmp0 (g_getenv ("HASHRANGE_SHOT_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (size != NULL && sscanf (size, "%dx%d", &width, &height) == 2)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (scale != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * g_ascii_strtod (scale, NULL)), NULL);
  /* as on a desktop with its usual settings, but without a frame, for which there is no window manager */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", "appmenu:close", NULL);
  shot = g_new0 (Shot, 1);
  shot->window = window;
  g_timeout_add_full (G_PRIORITY_LOW, POLL_MS, poll_cb, shot, g_free);
}
