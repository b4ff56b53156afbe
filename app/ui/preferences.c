/* HrPreferences: a key file, and the list of recent files as a model for menus and the start page. */
#include "app/ui/preferences.h"

#include <glib/gstdio.h>

#define GROUP      "Workbench"
#define RECENT     "Recent"
#define RECENT_MAX 8

struct _HrPreferences
{
  GKeyFile *file;
  char *path;
  GtkStringList *recent;
};

HrPreferences *
hr_preferences_new (void)
{
  HrPreferences *self = g_new0 (HrPreferences, 1);
  g_auto (GStrv) recent = NULL;

  self->file = g_key_file_new ();
  self->path = g_build_filename (g_get_user_config_dir (), "hashrange", "workbench.ini", NULL);
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, NULL);
  recent = g_key_file_get_string_list (self->file, GROUP, RECENT, NULL, NULL);
  self->recent = gtk_string_list_new ((const char *const *) recent);
  return self;
}

void
hr_preferences_free (HrPreferences *self)
{
  g_key_file_unref (self->file);
  g_object_unref (self->recent);
  g_free (self->path);
  g_free (self);
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

void
hr_preferences_add_recent (HrPreferences *self, const char *path)
{
  const char *first[] = { path, NULL };
  guint n_paths;

  take_out (self, path);
  gtk_string_list_splice (self->recent, 0, 0, first);
  n_paths = g_list_model_get_n_items (G_LIST_MODEL (self->recent));
  if (n_paths > RECENT_MAX)
    gtk_string_list_splice (self->recent, RECENT_MAX, n_paths - RECENT_MAX, NULL);
  save_recent (self);
}

void
hr_preferences_remove_recent (HrPreferences *self, const char *path)
{
  if (take_out (self, path))
    save_recent (self);
}
