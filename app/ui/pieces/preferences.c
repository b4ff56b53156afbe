/* HrPreferences: a key file, what can be set in it, and the list of recent files as a model for menus and pages. */
#include "app/ui/pieces/preferences.h"

#include <glib/gstdio.h>

#include "app/session/local-endpoint.h"
#include "render/table-layout.h"

#define GROUP  "Workbench"
#define RECENT "Recent"

struct _HrPreferences
{
  GObject parent_instance;

  /* owned */
  GKeyFile *file;
  char *path;
  GtkStringList *recent;
};

G_DEFINE_FINAL_TYPE (HrPreferences, hr_preferences, G_TYPE_OBJECT)

static guint changed_signal;
static HrPreferences *default_preferences; /* weak */

static const HrSettingRange ranges[HR_N_SETTINGS] = {
  [HR_SETTING_DENSITY] = { "Density", HR_DENSITY_COMPACT, HR_DENSITY_PRESENTATION, HR_DENSITY_COMPACT },
  [HR_SETTING_ZOOM_PERCENT] = { "Zoom", 50, 300, 100 },
  [HR_SETTING_DIM_PERCENT] = { "Dim", 20, 70, 42 },
  [HR_SETTING_PORT] = { "Port", 1024, 65535, HR_ENDPOINT_PORT },
  [HR_SETTING_RUNS] = { "Runs", 10, 200, 50 },
  [HR_SETTING_RECENT] = { "RecentFiles", 0, 20, 8 },
};

HrPreferences *
hr_preferences_new (void)
{
  return g_object_new (HR_TYPE_PREFERENCES, NULL);
}

HrPreferences *
hr_preferences_get_default (void)
{
  return default_preferences;
}

void
hr_preferences_set_default (HrPreferences *self)
{
  g_set_weak_pointer (&default_preferences, self);
}

static void
hr_preferences_init (HrPreferences *self)
{
  g_auto (GStrv) recent = NULL;

  self->file = g_key_file_new ();
  self->path = g_build_filename (g_get_user_config_dir (), "hashrange", "workbench.ini", NULL);
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, NULL);
  recent = g_key_file_get_string_list (self->file, GROUP, RECENT, NULL, NULL);
  self->recent = gtk_string_list_new ((const char *const *) recent);
}

static void
hr_preferences_finalize (GObject *object)
{
  HrPreferences *self = HR_PREFERENCES (object);

  g_key_file_unref (self->file);
  g_object_unref (self->recent);
  g_free (self->path);
  G_OBJECT_CLASS (hr_preferences_parent_class)->finalize (object);
}

static void
hr_preferences_class_init (HrPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_preferences_finalize;
  changed_signal = g_signal_new ("changed", HR_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_UINT);
}

static void
save (HrPreferences *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_debug ("%s", error->message);
}

char *
hr_preferences_dup_string (HrPreferences *self, const char *key, const char *fallback)
{
  char *value = g_key_file_get_string (self->file, GROUP, key, NULL);

  return value != NULL ? value : g_strdup (fallback);
}

void
hr_preferences_set_string (HrPreferences *self, const char *key, const char *value)
{
  g_autofree char *present = g_key_file_get_string (self->file, GROUP, key, NULL);

  if (g_strcmp0 (present, value) == 0)
    return;
  g_key_file_set_string (self->file, GROUP, key, value);
  save (self);
}

int
hr_preferences_get_int (HrPreferences *self, const char *key, int fallback)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (self->file, GROUP, key, &error);

  return error == NULL ? value : fallback;
}

void
hr_preferences_set_int (HrPreferences *self, const char *key, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  hr_preferences_set_string (self, key, text);
}

const HrSettingRange *
hr_setting_get_range (HrSetting setting)
{
  g_return_val_if_fail (setting < HR_N_SETTINGS, NULL);

  return &ranges[setting];
}

int
hr_preferences_get (HrPreferences *self, HrSetting setting)
{
  const HrSettingRange *range = hr_setting_get_range (setting);

  g_return_val_if_fail (HR_IS_PREFERENCES (self) && range != NULL, 0);

  return CLAMP (hr_preferences_get_int (self, range->key, range->usual), range->least, range->most);
}

GListModel *
hr_preferences_get_recent (HrPreferences *self)
{
  return G_LIST_MODEL (self->recent);
}

static void
save_recent (HrPreferences *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; gtk_string_list_get_string (self->recent, i) != NULL; i++)
    g_ptr_array_add (paths, (gpointer) gtk_string_list_get_string (self->recent, i));
  g_ptr_array_add (paths, NULL);
  g_key_file_set_string_list (self->file, GROUP, RECENT, (const char *const *) paths->pdata, paths->len - 1);
  save (self);
}

static gboolean
take_out (HrPreferences *self, const char *path)
{
  const char *present;

  for (guint i = 0; (present = gtk_string_list_get_string (self->recent, i)) != NULL; i++)
    if (g_str_equal (present, path))
      {
        gtk_string_list_remove (self->recent, i);
        return TRUE;
      }
  return FALSE;
}

static void
keep_recent (HrPreferences *self, guint n_kept)
{
  guint n_paths = g_list_model_get_n_items (G_LIST_MODEL (self->recent));

  if (n_paths > n_kept)
    gtk_string_list_splice (self->recent, n_kept, n_paths - n_kept, NULL);
  save_recent (self);
}

void
hr_preferences_add_recent (HrPreferences *self, const char *path)
{
  const char *first[] = { path, NULL };

  take_out (self, path);
  gtk_string_list_splice (self->recent, 0, 0, first);
  keep_recent (self, hr_preferences_get (self, HR_SETTING_RECENT));
}

void
hr_preferences_clear_recent (HrPreferences *self)
{
  g_return_if_fail (HR_IS_PREFERENCES (self));

  keep_recent (self, 0);
}

void
hr_preferences_set (HrPreferences *self, HrSetting setting, int value)
{
  const HrSettingRange *range = hr_setting_get_range (setting);

  g_return_if_fail (HR_IS_PREFERENCES (self) && range != NULL);

  value = CLAMP (value, range->least, range->most);
  if (hr_preferences_get (self, setting) == value)
    return;
  hr_preferences_set_int (self, range->key, value);
  if (setting == HR_SETTING_RECENT)
    keep_recent (self, value);
  g_signal_emit (self, changed_signal, 0, setting);
}

void
hr_preferences_remove_recent (HrPreferences *self, const char *path)
{
  if (take_out (self, path))
    save_recent (self);
}
