/*
 * Reading and saving files: links, backups, modes, and faults that must leave the old file as it was.
 */
#include "model/base/error.h"
#include "model/document/file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
place_set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("hashrange-test-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "model.json", NULL);
}

static void
place_tear_down (Place *place, gconstpointer data)
{
  GDir *dir;
  const char *name;

  g_chmod (place->folder, 0700);
  dir = g_dir_open (place->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_remove (path);
    }
  g_dir_close (dir);
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static void
save (const char *path, const char *text, gboolean backup)
{
  g_autoptr (GError) error = NULL;

  hr_file_save (path, text, strlen (text), backup, &error);
  g_assert_no_error (error);
}

static void
assert_content (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_file_read (path, &error);
  gsize length;
  const char *content;

  g_assert_no_error (error);
  content = g_bytes_get_data (bytes, &length);
  g_assert_cmpmem (content, length, text, strlen (text));
}

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  g_dir_close (dir);
  return count;
}

static guint
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
test_new_file (Place *place, gconstpointer data)
{
  mode_t mask = umask (0027);

  save (place->path, "one", TRUE);
  umask (mask);
  assert_content (place->path, "one");
  g_assert_cmpuint (get_mode (place->path), ==, 0640);
  g_assert_cmpuint (count_files (place->folder), ==, 1); /* there was nothing to back up */
}

static void
test_replace (Place *place, gconstpointer data)
{
  save (place->path, "one", FALSE);
  g_assert_cmpint (g_chmod (place->path, 0604), ==, 0);
  save (place->path, "", FALSE);
  assert_content (place->path, "");
  g_assert_cmpuint (get_mode (place->path), ==, 0604);
  g_assert_cmpuint (count_files (place->folder), ==, 1);
}

static void
test_backup (Place *place, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (place->path, "~", NULL);

  save (place->path, "one", FALSE);
  save (place->path, "two", TRUE);
  assert_content (backup, "one");
  save (place->path, "three", TRUE);
  save (place->path, "four", FALSE);
  assert_content (backup, "two");
  assert_content (place->path, "four");
  g_assert_cmpuint (count_files (place->folder), ==, 2);
}

/* A backup that is the file itself under another name must not swallow the content. */
static void
test_backup_is_same_file (Place *place, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (place->path, "~", NULL);

  save (place->path, "one", FALSE);
  g_assert_cmpint (link (place->path, backup), ==, 0);
  save (place->path, "two", TRUE);
  assert_content (backup, "one");
  assert_content (place->path, "two");
  g_assert_cmpuint (count_files (place->folder), ==, 2);
}

static void
test_symbolic_link (Place *place, gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (place->folder, "link", NULL);
  g_autofree char *second = g_build_filename (place->folder, "second", NULL);

  g_assert_cmpint (symlink ("model.json", link_path), ==, 0);
  g_assert_cmpint (symlink (link_path, second), ==, 0);
  save (second, "one", FALSE); /* the target is not there yet */
  assert_content (place->path, "one");
  save (second, "two", FALSE);
  assert_content (place->path, "two");
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
}

static void
test_link_to_itself (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("model.json", place->path), ==, 0);
  g_assert_false (hr_file_save (place->path, "x", 1, FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_IO);
  g_assert_nonnull (strstr (error->message, place->path));
}

static void
test_read_faults (Place *place, gconstpointer data)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_null (hr_file_read (place->path, &missing));
  g_assert_error (missing, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (missing->message, place->path));
  g_assert_null (hr_file_read (place->folder, &folder));
  g_assert_error (folder, HR_ERROR, HR_ERROR_IO);
  g_assert_nonnull (strstr (folder->message, place->folder));
}

static void
test_skip_mark (void)
{
  const char *const texts[] = { "\xef\xbb\xbf{}", "\xef\xbb\xbf", "\xef\xbb", "{}", "" };
  const char *const rests[] = { "{}", "", "\xef\xbb", "{}", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i];
      gsize length = strlen (text);

      hr_text_skip_mark (&text, &length);
      g_assert_cmpmem (text, length, rests[i], strlen (rests[i]));
    }
}

static void
test_read_large (Place *place, gconstpointer data)
{
  gsize length = 3 * 1000 * 1000 + 7;
  g_autofree char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('a' + i % 23);
  text[length] = '\0';
  save (place->path, text, FALSE);
  assert_content (place->path, text);
}

/* Runs @func in a child, as a user without privileges when the test has them. */
static void
run_in_child (void (*func) (const Place *place), const Place *place, guint folder_mode)
{
  int status;
  pid_t child;

  g_chmod (place->folder, (int) folder_mode);
  child = fork ();
  if (child == 0)
    {
      if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
        _exit (77);
      func (place);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
    {
      g_test_skip ("cannot give up privileges");
      return;
    }
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static void
expect_failure (const char *path)
{
  g_autoptr (GError) error = NULL;

  if (hr_file_save (path, "two", 3, TRUE, &error) || !g_error_matches (error, HR_ERROR, HR_ERROR_IO)
      || strstr (error->message, path) == NULL)
    _exit (1);
}

static void
save_in_vain (const Place *place)
{
  expect_failure (place->path);
}

static void
test_unwritable_folder (Place *place, gconstpointer data)
{
  save (place->path, "one", FALSE);
  g_chmod (place->path, 0666);
  run_in_child (save_in_vain, place, 0555);
  assert_content (place->path, "one");
  g_assert_cmpuint (count_files (place->folder), ==, 1);
}

static void
test_read_only_file (Place *place, gconstpointer data)
{
  save (place->path, "one", FALSE);
  g_chmod (place->path, 0444);
  run_in_child (save_in_vain, place, 0777);
  assert_content (place->path, "one");
  g_assert_cmpuint (count_files (place->folder), ==, 1);
}

static void
save_with_full_disk (const Place *place)
{
  struct rlimit limit = { 1000, 1000 };
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    _exit (77);
  if (hr_file_save (place->path, text, 100000, TRUE, &error) || !g_error_matches (error, HR_ERROR, HR_ERROR_IO))
    _exit (1);
}

static void
test_full_disk (Place *place, gconstpointer data)
{
  save (place->path, "one", FALSE);
  g_chmod (place->path, 0666);
  run_in_child (save_with_full_disk, place, 0777);
  assert_content (place->path, "one");
  g_assert_cmpuint (count_files (place->folder), ==, 1);
}

static void
test_full_device (void)
{
  g_autoptr (GError) error = NULL;

  if (access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("no /dev/full");
      return;
    }
  g_assert_false (hr_file_save ("/dev/full", "x", 1, TRUE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "/dev/full"));
  g_assert_true (g_file_test ("/dev/full", G_FILE_TEST_EXISTS));
}

static void
test_folder_is_no_file (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hr_file_save (place->folder, "x", 1, FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_IO);
}

/* Standard input and output of a child, through pipes. */
static void
test_standard_streams (void)
{
  int input[2], output[2], status;
  pid_t child;
  char text[16];

  g_assert_cmpint (pipe (input), ==, 0);
  g_assert_cmpint (pipe (output), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GBytes) bytes = NULL;

      dup2 (input[0], STDIN_FILENO);
      dup2 (output[1], STDOUT_FILENO);
      close (input[1]);
      close (output[0]);
      bytes = hr_file_read ("-", NULL);
      if (bytes == NULL
          || !hr_file_save ("-", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), TRUE, NULL))
        _exit (1);
      _exit (0);
    }
  close (input[0]);
  close (output[1]);
  g_assert_cmpint (write (input[1], "hello", 5), ==, 5);
  close (input[1]);
  g_assert_cmpint (read (output[0], text, sizeof text), ==, 5);
  g_assert_cmpmem (text, 5, "hello", 5);
  close (output[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/document/file/new", test_new_file);
  ADD ("/document/file/replace", test_replace);
  ADD ("/document/file/backup", test_backup);
  ADD ("/document/file/backup-is-same-file", test_backup_is_same_file);
  ADD ("/document/file/symbolic-link", test_symbolic_link);
  ADD ("/document/file/link-to-itself", test_link_to_itself);
  ADD ("/document/file/read-faults", test_read_faults);
  ADD ("/document/file/read-large", test_read_large);
  ADD ("/document/file/unwritable-folder", test_unwritable_folder);
  ADD ("/document/file/read-only-file", test_read_only_file);
  ADD ("/document/file/full-disk", test_full_disk);
  g_test_add_func ("/document/file/skip-mark", test_skip_mark);
  g_test_add_func ("/document/file/full-device", test_full_device);
  ADD ("/document/file/folder", test_folder_is_no_file);
  g_test_add_func ("/document/file/standard-streams", test_standard_streams);
  return g_test_run ();
}
