/* What an export would overwrite. No display is needed. */
#include <string.h>

#include <glib/gstdio.h>

#include "app/session/export-changes.h"

typedef struct
{
  const char *before; /* NULL: there is no file */
  const char *after;
  guint n_files;
  guint64 n_lines;
} ChangeCase;

static const ChangeCase cases[] = {
  { NULL, "a\nb\n", 0, 0 },
  { "a\nb\n", "a\nb\n", 0, 0 },
  { "a\nb\nc\n", "a\nx\nc\n", 1, 1 },
  { "a\nb\n", "a\nb\nc\nd\n", 1, 2 },
  { "a\nb\nc\n", "b\n", 1, 2 },
  { "a\na\nb\n", "a\nb\nb\n", 1, 1 },
  { "b\na\n", "a\nb\n", 1, 0 },
  { "", "a", 1, 1 },
};

static void
free_file (gpointer data)
{
  HrExportFile *self = data;

  g_free (self->name);
  g_bytes_unref (self->content);
  g_free (self);
}

static void
add_file (GPtrArray *files, const char *name, const char *content)
{
  HrExportFile *file = g_new0 (HrExportFile, 1);

  file->name = g_strdup (name);
  file->content = g_bytes_new_static (content, strlen (content));
  g_ptr_array_add (files, file);
}

static void
test_lines (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *path = g_build_filename (folder, "one.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
      HrExportChanges changes;

      g_remove (path);
      if (cases[i].before != NULL)
        g_assert_true (g_file_set_contents (path, cases[i].before, -1, NULL));
      add_file (files, "other.json", cases[i].after);
      hr_export_find_changes (files, path, &changes);
      g_test_message ("%u", i);
      g_assert_cmpuint (changes.n_files, ==, cases[i].n_files);
      g_assert_cmpuint (changes.n_lines, ==, cases[i].n_lines);
    }
  g_remove (path);
}

/* Several files keep their names, and only those that are there and differ count. */
static void
test_folder (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
  HrExportChanges changes;

  add_file (files, "same.json", "a\n");
  add_file (files, "changed.json", "a\nb\n");
  add_file (files, "new.json", "a\n");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = hr_export_dup_path (files, i, folder);

      g_assert_true (g_file_set_contents (path, "a\n", -1, NULL));
    }
  hr_export_find_changes (files, folder, &changes);
  g_assert_cmpuint (changes.n_files, ==, 1);
  g_assert_cmpuint (changes.n_lines, ==, 1);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = hr_export_dup_path (files, i, folder);

      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("export-changes-XXXXXX", NULL);
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/export-changes/lines", folder, test_lines);
  g_test_add_data_func ("/export-changes/folder", folder, test_folder);
  result = g_test_run ();
  g_rmdir (folder);
  return result;
}
