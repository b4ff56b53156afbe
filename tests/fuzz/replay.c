/*
 * Runs a fuzz target over files, and over the files of directories, given as arguments: how corpora
 * take part in the normal tests. Each input lies in a block of exactly its size, so that sanitizers
 * and valgrind see a read past its end. Reports in TAP, one line an input.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
add_directory (GPtrArray *paths, const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (directory, name, NULL));
  return TRUE;
}

static gboolean
run_file (const char *path)
{
  g_autofree char *content = NULL;
  g_autofree guint8 *input = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return FALSE;
  input = g_memdup2 (content, length);
  LLVMFuzzerTestOneInput (input, length);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  gboolean complete = TRUE;

  for (int i = 1; i < argc; i++)
    if (!add_directory (paths, argv[i]))
      g_ptr_array_add (paths, g_strdup (argv[i]));
  g_ptr_array_sort (paths, compare_paths);

  g_print ("1..%u\n", paths->len);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *name = g_path_get_basename (path);
      gboolean ran = run_file (path);

      g_print ("%s %u - %s\n", ran ? "ok" : "not ok", i + 1, name);
      complete = complete && ran;
    }
  return complete && paths->len > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
