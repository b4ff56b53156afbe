/*
 * Reading and saving files.
 *
 * A file is read, not mapped: a mapped file that another program truncates kills its readers. Saving never touches the
 * old file: the new content goes to a file beside it, reaches the disk, and takes the old one's place in one step.
 */
#include "model/document/file.h"

#include "model/base/error.h"
#include "model/base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_CHUNK ((gsize) 1 << 16)
#define MAX_BYTES  ((gsize) G_MAXUINT32) /* places in a text are 32 bits */
#define MAX_LINKS  40

static void
fail_read (const char *name, int code, GError **error)
{
  g_autofree char *display = g_filename_display_name (name);

  g_set_error (error, HR_ERROR, code == ENOENT ? HR_ERROR_NOT_FOUND : HR_ERROR_IO, _("%s could not be read: %s"),
               display, g_strerror (code));
}

static gboolean
fail_save (const char *name, int code, GError **error)
{
  g_autofree char *display = g_filename_display_name (name);

  g_set_error (error, HR_ERROR, HR_ERROR_IO, _("%s could not be saved: %s"), display, g_strerror (code));
  return FALSE;
}

static gboolean
is_dash (const char *name)
{
  return g_str_equal (name, "-");
}

/* 0, or why not. */
static int
read_all (int fd, GByteArray *content)
{
  struct stat status;

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && (guint64) status.st_size > MAX_BYTES)
    return EFBIG;

  for (;;)
    {
      guint length = content->len;
      gssize count;

      if (length > MAX_BYTES - READ_CHUNK)
        return EFBIG;
      g_byte_array_set_size (content, length + (guint) READ_CHUNK);
      count = read (fd, content->data + length, READ_CHUNK);
      g_byte_array_set_size (content, length + (guint) MAX (count, 0));
      if (count == 0)
        return 0;
      if (count < 0 && errno != EINTR)
        return errno;
    }
}

GBytes *
hr_file_read (const char *name, GError **error)
{
  g_autoptr (GByteArray) content = NULL;
  gboolean is_input;
  int code, fd;

  g_return_val_if_fail (name != NULL, NULL);

  is_input = is_dash (name);
  fd = is_input ? STDIN_FILENO : open (name, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      fail_read (name, errno, error);
      return NULL;
    }

  content = g_byte_array_new ();
  code = read_all (fd, content);
  if (!is_input)
    close (fd);
  if (code != 0)
    {
      fail_read (is_input ? _("Standard input") : name, code, error);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

void
hr_text_skip_mark (const char **text, gsize *length)
{
  static const char mark[] = { '\xef', '\xbb', '\xbf' };

  if (*length < sizeof mark || memcmp (*text, mark, sizeof mark) != 0)
    return;
  *text += sizeof mark;
  *length -= sizeof mark;
}

/* 0, or why not. */
static int
write_all (int fd, const char *content, gsize length)
{
  while (length > 0)
    {
      gssize count = write (fd, content, MIN (length, (gsize) G_MAXINT));

      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return errno;
      content += count;
      length -= (gsize) count;
    }
  return 0;
}

/* The name behind symbolic links, whether or not the file is there yet; NULL when they go round in circles. */
static char *
follow_links (const char *name)
{
  g_autofree char *target = g_strdup (name);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *folder = NULL;
      char link[4096];
      gssize length = readlink (target, link, sizeof link - 1);
      char *next;

      if (length < 0)
        return g_steal_pointer (&target);
      link[length] = '\0';
      folder = g_path_get_dirname (target);
      next = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
      g_free (target);
      target = next;
    }
  errno = ELOOP;
  return NULL;
}

/* Mode and owner of the file that is replaced; the owner only as far as we may. */
static void
copy_mode (int fd, const struct stat *old)
{
  mode_t mode = old->st_mode & 07777;

  if (fchown (fd, old->st_uid, old->st_gid) != 0)
    mode &= 0777;
  if (fchmod (fd, mode) != 0)
    return;
}

/* A new file in @folder with an unused name, which is short however long the file's own is. */
static int
create_beside (const char *folder, char **path)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf (".hashrange-%08x", g_random_int ());
      g_autofree char *candidate = g_build_filename (folder, name, NULL);
      int fd = open (candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);

      if (fd >= 0)
        *path = g_steal_pointer (&candidate);
      if (fd >= 0 || errno != EEXIST)
        return fd;
    }
  return -1;
}

/* 0, or why not; the new file is complete and on the disk, or gone. */
static int
write_beside (const char *folder, const struct stat *old, const char *content, gsize length, char **path)
{
  int fd = create_beside (folder, path);
  int code;

  if (fd < 0)
    return errno;
  code = write_all (fd, content, length);
  if (code == 0 && old != NULL)
    copy_mode (fd, old);
  if (code == 0 && fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code != 0)
    unlink (*path);
  return code;
}

static int
copy_beside (const char *target, const char *folder, const struct stat *old, char **path)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  int fd = open (target, O_RDONLY | O_CLOEXEC);
  int code;

  if (fd < 0)
    return errno;
  code = read_all (fd, content);
  close (fd);
  return code != 0 ? code : write_beside (folder, old, (const char *) content->data, content->len, path);
}

/* The present version becomes NAME~: a second name of the same file where the file system has that, else a copy. */
static int
keep_backup (const char *target, const char *folder, const struct stat *old)
{
  g_autofree char *backup = g_strconcat (target, "~", NULL);
  g_autofree char *name = g_strdup_printf (".hashrange-%08x~", g_random_int ());
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (link (target, path) != 0)
    {
      int code;

      g_clear_pointer (&path, g_free);
      code = copy_beside (target, folder, old, &path);
      if (code != 0)
        return code;
    }
  if (rename (path, backup) != 0)
    {
      int code = errno;

      unlink (path);
      return code;
    }
  unlink (path); /* rename does nothing between two names of one file */
  return 0;
}

/* Makes the new name last; where a folder cannot be opened or synced there is nothing more to do. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("Folder %s was not synced", folder);
  close (fd);
}

static int
replace_file (const char *target, const struct stat *old, const char *content, gsize length, gboolean backup)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *path = NULL;
  int code;

  if (old != NULL && access (target, W_OK) != 0)
    return errno;
  code = write_beside (folder, old, content, length, &path);
  if (code != 0)
    return code;
  if (backup && old != NULL)
    code = keep_backup (target, folder, old);
  if (code == 0 && rename (path, target) != 0)
    code = errno;
  if (code != 0)
    unlink (path);
  else
    sync_folder (folder);
  return code;
}

/* Devices and pipes have no version to keep. */
static int
write_through (int fd, const char *content, gsize length)
{
  int code;

  if (fd < 0)
    return errno;
  code = write_all (fd, content, length);
  if (close (fd) != 0 && code == 0)
    code = errno;
  return code;
}

gboolean
hr_file_save (const char *name, const char *content, gsize length, gboolean backup, GError **error)
{
  g_autofree char *target = NULL;
  struct stat old;
  int code;

  g_return_val_if_fail (name != NULL && (content != NULL || length == 0), FALSE);

  if (is_dash (name))
    {
      fflush (stdout);
      code = write_all (STDOUT_FILENO, content, length);
      return code == 0 || fail_save (_("Standard output"), code, error);
    }

  target = follow_links (name);
  if (target == NULL)
    return fail_save (name, errno, error);
  if (stat (target, &old) != 0)
    code = errno == ENOENT ? replace_file (target, NULL, content, length, FALSE) : errno;
  else if (S_ISREG (old.st_mode))
    code = replace_file (target, &old, content, length, backup);
  else if (S_ISDIR (old.st_mode))
    code = EISDIR;
  else
    code = write_through (open (target, O_WRONLY | O_CLOEXEC), content, length);
  return code == 0 || fail_save (name, code, error);
}
