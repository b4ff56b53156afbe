/*
 * HrApplication: what all windows share: preferences, appearance, keys, and which window a file goes to.
 */
#include "app/ui/window/application.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/ui/config.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/identity.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/preferences.h"
#include "app/ui/window/tour.h"
#include "app/ui/window/window.h"
#include "model/base/i18n.h"

struct _HrApplication
{
  AdwApplication parent_instance;

  /* owned */
  HrPreferences *preferences;
};

G_DEFINE_FINAL_TYPE (HrApplication, hr_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *name;
  AdwColorScheme scheme;
} Appearance;

static const Appearance appearances[] = {
  { "system", ADW_COLOR_SCHEME_DEFAULT },
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};

HrApplication *
hr_application_new (void)
{
  return g_object_new (HR_TYPE_APPLICATION, "application-id", HR_APPLICATION_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", HR_RESOURCE_PATH, NULL);
}

/* Names may differ: a link, or another way there. */
static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf left, right;

  if (a == NULL || b == NULL)
    return FALSE;
  return strcmp (a, b) == 0
         || (g_stat (a, &left) == 0 && g_stat (b, &right) == 0 && left.st_ino == right.st_ino
             && left.st_dev == right.st_dev);
}

static gboolean
shows_file (HrSession *session, const char *path)
{
  return is_same_file (hr_session_get_path (session), path)
         || is_same_file (hr_session_get_opening_path (session), path);
}

/* The window that shows the file, or is about to; else one that shows nothing, else NULL. */
static HrWindow *
find_window (HrApplication *self, const char *path)
{
  HrWindow *empty = NULL;

  for (GList *each = gtk_application_get_windows (GTK_APPLICATION (self)); each != NULL; each = each->next)
    {
      HrSession *session;

      if (!HR_IS_WINDOW (each->data))
        continue;
      session = hr_window_get_session (each->data);
      if (path != NULL && shows_file (session, path))
        return each->data;
      if (hr_session_get_document (session) == NULL && !hr_session_is_busy (session))
        empty = each->data;
    }
  return empty;
}

void
hr_application_open_path (HrApplication *self, const char *path)
{
  HrWindow *window;

  g_return_if_fail (HR_IS_APPLICATION (self) && path != NULL);

  window = find_window (self, path);
  if (window == NULL)
    window = hr_window_new (self);
  gtk_window_present (GTK_WINDOW (window));
  if (!shows_file (hr_window_get_session (window), path))
    hr_window_open_path (window, path);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  /* each window asks for itself; what is left when all have gone is nothing */
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *each = windows; each != NULL; each = each->next)
    gtk_window_close (each->data);
}

static void
appearance_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HrApplication *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (appearances); i++)
    if (g_str_equal (appearances[i].name, name))
      {
        adw_style_manager_set_color_scheme (adw_style_manager_get_default (), appearances[i].scheme);
        hr_preferences_set_string (self->preferences, "Appearance", name);
        g_simple_action_set_state (action, parameter);
      }
}

static void
open_path_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hr_application_open_path (user_data, g_variant_get_bytestring (parameter));
}

static void
add_actions (HrApplication *self)
{
  const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "open-path", .activate = open_path_cb, .parameter_type = "ay" },
    { .name = "appearance", .activate = appearance_cb, .parameter_type = "s", .state = "'system'" },
  };
  g_autofree char *appearance = hr_preferences_dup_string (self->preferences, "Appearance", "system");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_group_activate_action (G_ACTION_GROUP (self), "appearance", g_variant_new_string (appearance));
}

/* Sheets beside style.css, which the library loads by its name. */
static void
load_css (const char *name)
{
  g_autofree char *path = g_strconcat (HR_RESOURCE_PATH, "/", name, NULL);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* The toolkit knows languages that it was translated into itself. */
static void
follow_language (void)
{
  /* TRANSLATORS: not to be shown; in a language that is written from right to left it is "default:RTL". */
  if (g_str_equal (_("default:LTR"), "default:RTL"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

static void
hr_application_startup (GApplication *application)
{
  HrApplication *self = HR_APPLICATION (application);

  G_APPLICATION_CLASS (hr_application_parent_class)->startup (application);
  follow_language ();
  gtk_window_set_default_icon_name (HR_APPLICATION_ID);
  self->preferences = hr_preferences_new ();
  hr_preferences_set_default (self->preferences);
  load_css ("views.css");
  hr_look_scale_icons ();
  add_actions (self);
  hr_actions_install (GTK_APPLICATION (self));
}

static void
hr_application_activate (GApplication *application)
{
  HrWindow *window = find_window (HR_APPLICATION (application), NULL);

  if (window == NULL)
    window = hr_window_new (HR_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (window));
  hr_tour_offer (window);
}

static void
hr_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  HrApplication *self = HR_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        hr_application_open_path (self, path);
      else
        g_application_activate (application);
    }
}

static void
hr_application_shutdown (GApplication *application)
{
  HrApplication *self = HR_APPLICATION (application);

  G_APPLICATION_CLASS (hr_application_parent_class)->shutdown (application);
  g_clear_object (&self->preferences);
}

static int
hr_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("hashrange-workbench %s\n", HR_VERSION);
  return 0;
}

static void
hr_application_class_init (HrApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = hr_application_startup;
  application_class->activate = hr_application_activate;
  application_class->open = hr_application_open;
  application_class->shutdown = hr_application_shutdown;
  application_class->handle_local_options = hr_application_handle_local_options;
}

static void
hr_application_init (HrApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[MODEL…]"));
}
