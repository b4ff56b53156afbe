/*
 * HrRecovery: unsaved work, kept outside of the process.
 *
 * An entry is a project file with a random name and a note beside it: the path of the model's own file. The note is
 * what is locked, and it is written first: a project file without a note is a stray. A kept model is complete at
 * any time, for it is replaced as a whole; what is lost is at most what was done in the last second.
 */
#include "app/ui/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "app/ui/snapshot.h"
#include "model/document/file.h"
#include "model/exchange/native.h"

#define NOTE_SUFFIX ".note"
#define GROUP       "Recovery"

#define STRAY_AGE_S 3600

/* After the last change of a run of changes, but not longer after the first one than this. */
#define QUIET_MS   250
#define LATEST_US  (800 * 1000)

struct _HrRecovery
{
  GObject parent_instance;

  /* owned */
  HrSession *session;
  GSignalGroup *document_signals;
  char *entry;         /* path of the kept model, or NULL: nothing is kept */
  int lock;            /* descriptor of the note, or -1 */
  guint timeout;
  gint64 first_change; /* that is not kept yet; 0: none */
  gboolean is_writing;
};

G_DEFINE_FINAL_TYPE (HrRecovery, hr_recovery, G_TYPE_OBJECT)

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "hashrange", "recovery", NULL);
}

static char *
note_of (const char *entry)
{
  return g_strconcat (entry, NOTE_SUFFIX, NULL);
}

static gboolean
try_lock (int file)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (file, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

char *
hr_recovery_dup_original (const char *entry)
{
  g_autofree char *note = note_of (entry);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *escaped = NULL;

  if (!g_key_file_load_from_file (file, note, G_KEY_FILE_NONE, NULL))
    return NULL;
  escaped = g_key_file_get_string (file, GROUP, "Path", NULL);
  return escaped != NULL ? g_strcompress (escaped) : NULL;
}

void
hr_recovery_discard (const char *entry)
{
  g_autofree char *note = note_of (entry);
  g_autofree char *backup = g_strconcat (entry, "~", NULL);

  g_unlink (entry);
  g_unlink (backup);
  g_unlink (note);
}

/* What a thread wrote after it was not wanted any more has no note: it goes, when it cannot be in the making. */
static void
discard_stray (const char *entry)
{
  GStatBuf info = { 0 };

  if (g_stat (entry, &info) == 0 && g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > STRAY_AGE_S)
    g_unlink (entry);
}

/* Kept by nobody who still runs. */
static gboolean
is_left (const char *entry)
{
  g_autofree char *note = note_of (entry);
  int file = open (note, O_RDWR | O_CLOEXEC);
  gboolean left = file >= 0 && try_lock (file);

  if (file < 0 && errno == ENOENT)
    discard_stray (entry);

  if (file >= 0)
    close (file);
  return left;
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  GStatBuf left = { 0 }, right = { 0 };

  g_stat (*(const char *const *) a, &left);
  g_stat (*(const char *const *) b, &right);
  return (left.st_mtime < right.st_mtime) - (left.st_mtime > right.st_mtime);
}

char **
hr_recovery_list_left (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  GPtrArray *entries = g_ptr_array_new ();
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *entry = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, HR_NATIVE_SUFFIX) && is_left (entry))
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  g_ptr_array_sort (entries, compare_age);
  g_ptr_array_add (entries, NULL);
  return (char **) g_ptr_array_free (entries, FALSE);
}

static void
release (HrRecovery *self)
{
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  g_clear_pointer (&self->entry, g_free);
}

void
hr_recovery_clear (HrRecovery *self)
{
  g_return_if_fail (HR_IS_RECOVERY (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->first_change = 0;
  if (self->entry != NULL)
    hr_recovery_discard (self->entry);
  release (self);
}

static gboolean
write_note (HrRecovery *self)
{
  g_autofree char *note = note_of (self->entry);
  const char *path = hr_session_get_path (self->session);
  g_autofree char *escaped = path != NULL ? g_strescape (path, NULL) : NULL;
  g_autofree char *text =
      escaped != NULL ? g_strdup_printf ("[" GROUP "]\nPath=%s\n", escaped) : g_strdup ("[" GROUP "]\n");
  gsize length = strlen (text);

  if (self->lock < 0)
    self->lock = open (note, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return self->lock >= 0 && try_lock (self->lock) && ftruncate (self->lock, 0) == 0
         && pwrite (self->lock, text, length, 0) == (gssize) length;
}

/* A new entry, or the note of the present one brought up to date. */
static gboolean
prepare_entry (HrRecovery *self)
{
  if (self->entry == NULL)
    {
      g_autofree char *folder = get_folder ();
      g_autofree char *random = g_uuid_string_random ();
      g_autofree char *name = g_strconcat (random, HR_NATIVE_SUFFIX, NULL);

      if (g_mkdir_with_parents (folder, 0700) != 0)
        return FALSE;
      self->entry = g_build_filename (folder, name, NULL);
    }
  if (write_note (self))
    return TRUE;
  release (self);
  return FALSE;
}

void
hr_recovery_adopt (HrRecovery *self, const char *entry)
{
  g_return_if_fail (HR_IS_RECOVERY (self) && entry != NULL);

  hr_recovery_clear (self);
  self->entry = g_strdup (entry);
  if (!write_note (self))
    release (self);
}

typedef struct
{
  HrSnapshot *snapshot;
  char *entry;
} Keeping;

static void
keeping_free (Keeping *self)
{
  hr_snapshot_free (self->snapshot);
  g_free (self->entry);
  g_free (self);
}

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keeping *self = data;
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  GError *error = NULL;

  if (hr_snapshot_write (self->snapshot, &out, NULL, &error)
      && hr_file_save (self->entry, out.data, out.length, FALSE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void schedule (HrRecovery *self);

static void
finish_writing (HrRecovery *self)
{
  self->is_writing = FALSE;
  if (self->first_change != 0)
    schedule (self);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrRecovery *self = HR_RECOVERY (source);
  Keeping *keeping = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("Unsaved work cannot be kept: %s", error->message);
  /* saved or closed while the thread wrote */
  if (g_strcmp0 (self->entry, keeping->entry) != 0)
    hr_recovery_discard (keeping->entry);
  finish_writing (self);
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrRecovery) self = user_data;
  g_autoptr (HrSnapshot) snapshot = hr_snapshot_take_finish (result, NULL);
  g_autoptr (GTask) task = NULL;
  Keeping *keeping;

  if (snapshot == NULL || hr_snapshot_get_document (snapshot) != hr_session_get_document (self->session)
      || !hr_session_is_modified (self->session) || !prepare_entry (self))
    {
      finish_writing (self);
      return;
    }
  keeping = g_new0 (Keeping, 1);
  keeping->snapshot = g_steal_pointer (&snapshot);
  keeping->entry = g_strdup (self->entry);
  task = g_task_new (self, NULL, kept_cb, NULL);
  g_task_set_task_data (task, keeping, (GDestroyNotify) keeping_free);
  g_task_run_in_thread (task, keep_thread);
}

static gboolean
keep_cb (gpointer user_data)
{
  HrRecovery *self = user_data;

  self->timeout = 0;
  self->first_change = 0;
  if (!hr_session_is_modified (self->session))
    {
      hr_recovery_clear (self);
      return G_SOURCE_REMOVE;
    }
  self->is_writing = TRUE;
  hr_snapshot_take_async (self->session, snapshot_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Puts the writing off while changes follow each other, but not for ever. */
static void
schedule (HrRecovery *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->first_change == 0)
    self->first_change = now;
  if (self->is_writing || (self->timeout != 0 && now - self->first_change > LATEST_US - QUIET_MS * 1000))
    return;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (QUIET_MS, keep_cb, self);
}

static void
document_cb (HrRecovery *self)
{
  hr_recovery_clear (self);
  g_signal_group_set_target (self->document_signals, hr_session_get_document (self->session));
}

static void
modified_cb (HrRecovery *self)
{
  if (!hr_session_is_modified (self->session))
    hr_recovery_clear (self);
}

HrRecovery *
hr_recovery_new (HrSession *session)
{
  HrRecovery *self = g_object_new (HR_TYPE_RECOVERY, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (document_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::modified", G_CALLBACK (modified_cb), self, G_CONNECT_SWAPPED);
  document_cb (self);
  return self;
}

/* What is kept stays: only who closes a model knows that it is not needed. */
static void
hr_recovery_dispose (GObject *object)
{
  HrRecovery *self = HR_RECOVERY (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_group_set_target (self->document_signals, NULL);
  G_OBJECT_CLASS (hr_recovery_parent_class)->dispose (object);
}

static void
hr_recovery_finalize (GObject *object)
{
  HrRecovery *self = HR_RECOVERY (object);

  release (self);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_recovery_parent_class)->finalize (object);
}

static void
hr_recovery_class_init (HrRecoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_recovery_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_recovery_finalize;
}

static void
hr_recovery_init (HrRecovery *self)
{
  self->lock = -1;
  self->document_signals = g_signal_group_new (HR_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (schedule), self);
}
