/*
 * What an export would overwrite.
 *
 * Lines are compared as sets: each is its hash, both files' hashes are sorted, and what one of them has more of has
 * come or gone. That takes no longer for a file whose lines are in another order, as a comparison line by line would.
 */
#include "app/session/export-changes.h"

#include <string.h>

#include "model/document/file.h"

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  const guint64 *x = a;
  const guint64 *y = b;

  return (*x > *y) - (*x < *y);
}

/* FNV-1a of each line, sorted. */
static GArray *
hash_lines (GBytes *text)
{
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  gsize length;
  const char *start = g_bytes_get_data (text, &length);
  const char *end = start + length;

  while (start < end)
    {
      const char *newline = memchr (start, '\n', end - start);
      const char *line_end = newline != NULL ? newline : end;
      guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

      for (; start < line_end; start++)
        hash = (hash ^ (guint8) *start) * G_GUINT64_CONSTANT (0x100000001b3);
      g_array_append_val (hashes, hash);
      start = line_end + 1;
    }
  g_array_sort (hashes, compare_hashes);
  return hashes;
}

/* A line that is replaced has gone and come, and counts once. */
static guint64
count_changed_lines (GBytes *before, GBytes *after)
{
  g_autoptr (GArray) old = hash_lines (before);
  g_autoptr (GArray) new = hash_lines (after);
  guint64 n_gone = 0;
  guint64 n_come = 0;
  guint i = 0;
  guint j = 0;

  while (i < old->len || j < new->len)
    {
      int order = i == old->len ? 1 : j == new->len ? -1
                  : compare_hashes (&g_array_index (old, guint64, i), &g_array_index (new, guint64, j));

      i += order <= 0;
      j += order >= 0;
      n_gone += order < 0;
      n_come += order > 0;
    }
  return MAX (n_gone, n_come);
}

char *
hr_export_dup_path (const GPtrArray *files, guint index, const char *path)
{
  const HrExportFile *file = g_ptr_array_index (files, index);

  return files->len == 1 ? g_strdup (path) : g_build_filename (path, file->name, NULL);
}

void
hr_export_find_changes (const GPtrArray *files, const char *path, HrExportChanges *changes)
{
  *changes = (HrExportChanges) { 0 };
  for (guint i = 0; i < files->len; i++)
    {
      const HrExportFile *file = g_ptr_array_index (files, i);
      g_autofree char *name = hr_export_dup_path (files, i, path);
      g_autoptr (GBytes) before = g_file_test (name, G_FILE_TEST_IS_REGULAR) ? hr_file_read (name, NULL) : NULL;

      if (before == NULL || g_bytes_equal (before, file->content))
        continue;
      changes->n_files++;
      changes->n_lines += count_changed_lines (before, file->content);
    }
}
