/*
 * The folder of stores.
 *
 * Whose a store is, is decided by its lock, which the engine holds from before the file has its name until the process
 * ends, however it ends. Nothing else has to be kept in step.
 */
#include "app/session/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/exchange/native.h"

#define STORE_SUFFIX      ".store"
#define UNFINISHED_SUFFIX ".store.new"
#define DAMAGED_SUFFIX    ".damaged"
#define DISMISSED_SUFFIX  ".set-aside"
#define GROUP             "Recovery"

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "hashrange", "recovery", NULL);
}

gboolean
hr_recovery_keep (HrDocument *document, GError **error)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (random, STORE_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return hr_document_move_to_store (document, path, &hr_native_model_text, error);
  g_set_error (error, HR_ERROR, HR_ERROR_IO, _("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
  return FALSE;
}

/* Notes */

char *
hr_recovery_print_note (const char *original, const char *mark)
{
  g_autofree char *escaped = original != NULL ? g_strescape (original, NULL) : NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (escaped != NULL)
    g_key_file_set_string (file, GROUP, "Path", escaped);
  if (mark != NULL)
    g_key_file_set_string (file, GROUP, "Mark", mark);
  return g_key_file_to_data (file, NULL, NULL);
}

void
hr_recovery_parse_note (const char *note, char **original, char **mark)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *escaped = NULL;

  *original = *mark = NULL;
  if (note == NULL || !g_key_file_load_from_data (file, note, strlen (note), G_KEY_FILE_NONE, NULL))
    return;
  escaped = g_key_file_get_string (file, GROUP, "Path", NULL);
  *original = escaped != NULL ? g_strcompress (escaped) : NULL;
  *mark = g_key_file_get_string (file, GROUP, "Mark", NULL);
}

/* What was left behind */

static void
leftover_free (gpointer data)
{
  HrLeftover *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->original);
  g_free (self->problem);
  g_free (self);
}

/* The log is written with each change, the file itself later. To be asked before the store is opened. */
static gint64
get_time (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf of_file = { 0 };
  GStatBuf of_log = { 0 };

  g_stat (path, &of_file);
  g_stat (log, &of_log);
  return MAX (of_file.st_mtime, of_log.st_mtime);
}

/* Closing a store has moved its log into it, which is no change. */
static void
keep_time (const char *path, gint64 time_s)
{
  struct utimbuf times = { .actime = time_s, .modtime = time_s };

  g_utime (path, &times);
}

static HrLeftover *
leftover_new (const char *path, gint64 time_s)
{
  HrLeftover *self = g_new0 (HrLeftover, 1);

  self->path = g_strdup (path);
  self->time_s = time_s;
  return self;
}

/* Takes the log along, in which there may be the best part. */
static void
rename_store (const char *path, const char *to)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *old_name = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *new_name = g_strconcat (to, suffixes[i], NULL);

      g_rename (old_name, new_name);
    }
}

static HrLeftover *
tell_damaged (const char *path)
{
  HrLeftover *self = leftover_new (path, get_time (path));
  g_autofree char *name = g_filename_display_name (path);

  self->problem = g_strdup_printf (_("It is damaged and cannot be restored. The file is kept: %s"), name);
  return self;
}

static HrLeftover *
set_aside (const char *path)
{
  g_autofree char *damaged = g_strconcat (path, DAMAGED_SUFFIX, NULL);

  rename_store (path, damaged);
  return tell_damaged (damaged);
}

/* NULL when there is nothing to tell: somebody has it open, or all of it is in its file. */
static HrLeftover *
look_at_store (const char *path)
{
  g_auto (HrStoreSummary) summary = { 0 };
  g_autofree char *mark = NULL;
  g_autoptr (GError) error = NULL;
  gint64 time_s = get_time (path);
  HrLeftover *self;

  if (!hr_store_summary_read (&summary, path, &error))
    {
      if (g_error_matches (error, HR_ERROR, HR_ERROR_BUSY) || g_error_matches (error, HR_ERROR, HR_ERROR_NOT_FOUND))
        return NULL;
      if (g_error_matches (error, HR_ERROR, HR_ERROR_STORE))
        return set_aside (path);
      self = leftover_new (path, time_s);
      self->problem = g_strdup (error->message);
      return self;
    }
  if (!summary.is_modified)
    {
      hr_store_remove (path);
      return NULL;
    }
  keep_time (path, time_s);
  self = leftover_new (path, time_s);
  self->name = g_steal_pointer (&summary.name);
  hr_recovery_parse_note (summary.note, &self->original, &mark);
  return self;
}

/* A copy that was never finished; unless it is in the making. */
static void
remove_unfinished (const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int file = open (path, O_RDWR | O_CLOEXEC);

  if (file >= 0 && fcntl (file, F_OFD_SETLK, &lock) == 0)
    g_unlink (path);
  if (file >= 0)
    close (file);
}

static HrLeftover *
look_at (const char *path)
{
  if (g_str_has_suffix (path, STORE_SUFFIX))
    return look_at_store (path);
  if (g_str_has_suffix (path, STORE_SUFFIX DAMAGED_SUFFIX))
    return tell_damaged (path);
  if (g_str_has_suffix (path, UNFINISHED_SUFFIX))
    remove_unfinished (path);
  return NULL;
}

static int
compare_time (gconstpointer a, gconstpointer b)
{
  const HrLeftover *left = *(const HrLeftover *const *) a;
  const HrLeftover *right = *(const HrLeftover *const *) b;

  return (left->time_s < right->time_s) - (left->time_s > right->time_s);
}

/* Names first: looking at a store makes and removes files. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  return paths;
}

GPtrArray *
hr_recovery_list (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GPtrArray) paths = list_files (folder);
  GPtrArray *list = g_ptr_array_new_with_free_func (leftover_free);

  for (guint i = 0; i < paths->len; i++)
    {
      HrLeftover *leftover = look_at (g_ptr_array_index (paths, i));

      if (leftover != NULL)
        g_ptr_array_add (list, leftover);
    }
  g_ptr_array_sort (list, compare_time);
  return list;
}

void
hr_recovery_discard (const char *path)
{
  g_autofree char *dismissed = NULL;
  g_auto (HrStoreSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  g_return_if_fail (path != NULL);

  if (!g_str_has_suffix (path, DAMAGED_SUFFIX))
    {
      /* somebody may have restored it since */
      if (hr_store_summary_read (&summary, path, &error) || !g_error_matches (error, HR_ERROR, HR_ERROR_BUSY))
        hr_store_remove (path);
      return;
    }
  dismissed = g_strconcat (path, DISMISSED_SUFFIX, NULL);
  rename_store (path, dismissed);
}
