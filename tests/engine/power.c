/*
 * A VFS over the real one that keeps what is written apart from what is synced. power.h says what it does.
 *
 * A node is the content of a file, a name leads to the node that programs see and to the one that the disk has: they
 * differ until the folder is synced, which SQLite's own VFS does with the first sync of a new log or journal.
 */
#include "tests/engine/power.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR_BYTES 512

typedef struct
{
  guint8 *bytes; /* NULL: the file is cut off at the offset */
  gsize length;
  gsize offset;
} Change;

typedef struct
{
  GByteArray *synced;
  GArray *changes;      /* Change, since then */
  gboolean syncs_folder; /* with its next sync */
} Node;

typedef struct
{
  Node *seen; /* NULL: there is no such file */
  Node *kept; /* likewise on the disk */
} Name;

typedef struct
{
  sqlite3_file base;
  Node *node; /* NULL: of a file that nobody needs to keep */
  PowerFiles kind;
} File;

static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  GMutex mutex;
  GHashTable *names; /* path → Name */
  GPtrArray *nodes;
  PowerMoment moment;
  gboolean is_armed;
  gboolean is_out;
  PowerLoss loss;
} disk;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return (sqlite3_file *) ((File *) file + 1);
}

static void
change_clear (gpointer data)
{
  g_free (((Change *) data)->bytes);
}

static void
node_free (gpointer data)
{
  Node *self = data;

  g_byte_array_unref (self->synced);
  g_array_unref (self->changes);
  g_free (self);
}

static Node *
node_new (const char *path)
{
  Node *self = g_new0 (Node, 1);
  char *content = NULL;
  gsize length = 0;

  if (path != NULL)
    g_file_get_contents (path, &content, &length, NULL);
  self->synced = g_byte_array_new ();
  g_byte_array_append (self->synced, (guint8 *) content, (guint) length);
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, change_clear);
  g_ptr_array_add (disk.nodes, self);
  g_free (content);
  return self;
}

static void
set_size (GByteArray *content, gsize size)
{
  guint before = content->len;

  g_byte_array_set_size (content, (guint) size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

static void
put_bytes (GByteArray *content, const guint8 *bytes, gsize length, gsize offset)
{
  if (content->len < offset + length)
    set_size (content, offset + length);
  memcpy (content->data + offset, bytes, length);
}

static void
change_apply (const Change *self, GByteArray *content)
{
  if (self->bytes != NULL)
    put_bytes (content, self->bytes, self->length, self->offset);
  else
    set_size (content, self->offset);
}

/* Some sectors of a write; whether it was all of them. */
static gboolean
change_apply_torn (const Change *self, GByteArray *content, GRand *chance)
{
  gboolean is_whole = TRUE;
  gsize end = self->offset + self->length;

  for (gsize from = self->offset; from < end;)
    {
      gsize to = MIN (end, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);

      if (g_rand_boolean (chance))
        put_bytes (content, self->bytes + (from - self->offset), to - from, from);
      else
        is_whole = FALSE;
      from = to;
    }
  return is_whole;
}

/* Counts a deed; FALSE when the power is out, or goes out with this very deed. */
static gboolean
has_power (PowerFiles file, PowerDeeds deed)
{
  const PowerMoment *moment = &disk.moment;

  if (disk.is_out || !disk.is_armed || (moment->files & file) == 0 || (moment->deeds & deed) == 0)
    return !disk.is_out;
  if (--disk.moment.number > 0)
    return TRUE;
  disk.is_out = TRUE;
  disk.loss = (PowerLoss) { .file = file, .deed = deed };
  return FALSE;
}

/* A change that the power does not outlast may still be done in part. */
static gboolean
note_change (File *self, const void *bytes, gsize length, gsize offset)
{
  gboolean was_out, ok;

  g_mutex_lock (&disk.mutex);
  was_out = disk.is_out;
  ok = has_power (self->kind, POWER_WRITE);
  if (!was_out && self->node != NULL)
    {
      Change change = { bytes != NULL ? g_memdup2 (bytes, length) : NULL, length, offset };

      g_array_append_val (self->node->changes, change);
    }
  g_mutex_unlock (&disk.mutex);
  return ok;
}

static void
sync_folder (void)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, disk.names);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    ((Name *) name)->kept = ((Name *) name)->seen;
}

static gboolean
note_sync (File *self)
{
  Node *node = self->node;
  gboolean ok;

  g_mutex_lock (&disk.mutex);
  ok = has_power (self->kind, POWER_SYNC);
  if (ok && node != NULL)
    {
      for (guint i = 0; i < node->changes->len; i++)
        change_apply (&g_array_index (node->changes, Change, i), node->synced);
      g_array_set_size (node->changes, 0);
      if (node->syncs_folder)
        sync_folder ();
      node->syncs_folder = FALSE;
    }
  g_mutex_unlock (&disk.mutex);
  return ok;
}

static int
close_file (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
read_file (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), bytes, length, offset);
}

static int
write_file (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (!note_change ((File *) file, bytes, (gsize) length, (gsize) offset))
    return SQLITE_IOERR_WRITE;
  return get_real (file)->pMethods->xWrite (get_real (file), bytes, length, offset);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  if (!note_change ((File *) file, NULL, 0, (gsize) size))
    return SQLITE_IOERR_TRUNCATE;
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

/* The real file is not synced: nothing is kept there. */
static int
sync_file (sqlite3_file *file, int flags)
{
  return note_sync ((File *) file) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int
get_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
lock_file (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
unlock_file (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
check_lock (sqlite3_file *file, int *result)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), result);
}

static int
control_file (sqlite3_file *file, int what, void *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), what, argument);
}

static int
get_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
get_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
map_memory (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, memory);
}

static int
lock_memory (sqlite3_file *file, int offset, int count, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, count, flags);
}

static void
bar_memory (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
unmap_memory (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

/* Of the second version: without mapping the file, which would pass by here. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
  .xShmMap = map_memory,
  .xShmLock = lock_memory,
  .xShmBarrier = bar_memory,
  .xShmUnmap = unmap_memory,
};

static PowerFiles
get_kind (int flags)
{
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
    return POWER_MAIN;
  if ((flags & SQLITE_OPEN_WAL) != 0)
    return POWER_LOG;
  return (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0 ? POWER_JOURNAL : 0;
}

/* The node of a file that is about to be opened. One that is empty was made just now, by whoever opens it. */
static Node *
find_node (const char *path, PowerFiles kind)
{
  Name *name = g_hash_table_lookup (disk.names, path);
  gboolean is_new = name == NULL;

  if (is_new)
    {
      name = g_new0 (Name, 1);
      g_hash_table_insert (disk.names, g_strdup (path), name);
    }
  if (name->seen == NULL)
    {
      name->seen = node_new (path);
      if (is_new && name->seen->synced->len > 0)
        name->kept = name->seen;
      else
        name->seen->syncs_folder = kind != POWER_MAIN;
    }
  return name->seen;
}

static int
open_file (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out)
{
  File *self = (File *) file;
  int code;

  memset (self, 0, sizeof *self);
  g_mutex_lock (&disk.mutex);
  self->kind = get_kind (flags);
  if (disk.is_out)
    code = SQLITE_CANTOPEN;
  else
    {
      if (path != NULL && self->kind != 0)
        self->node = find_node (path, self->kind);
      code = disk.real->xOpen (disk.real, path, get_real (file), flags, flags_out);
    }
  g_mutex_unlock (&disk.mutex);
  if (get_real (file)->pMethods != NULL && code == SQLITE_OK)
    self->base.pMethods = &methods;
  return code;
}

static int
delete_file (sqlite3_vfs *vfs, const char *path, int is_synced)
{
  Name *name;
  gboolean ok;

  g_mutex_lock (&disk.mutex);
  ok = has_power (g_str_has_suffix (path, "-wal") ? POWER_LOG : POWER_JOURNAL, POWER_DELETE);
  name = g_hash_table_lookup (disk.names, path);
  if (ok && name != NULL)
    name->seen = NULL;
  if (ok && is_synced)
    sync_folder ();
  g_mutex_unlock (&disk.mutex);
  return ok ? disk.real->xDelete (disk.real, path, is_synced) : SQLITE_IOERR_DELETE;
}

void
power_set_up (void)
{
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.zName = "power";
  disk.vfs.szOsFile = (int) sizeof (File) + disk.real->szOsFile;
  disk.vfs.xOpen = open_file;
  disk.vfs.xDelete = delete_file;
  disk.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disk.nodes = g_ptr_array_new_with_free_func (node_free);
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, 1), ==, SQLITE_OK);
}

void
power_arm (const PowerMoment *moment)
{
  g_mutex_lock (&disk.mutex);
  g_assert_false (disk.is_out);
  disk.moment = *moment;
  disk.is_armed = TRUE;
  g_mutex_unlock (&disk.mutex);
}

void
power_cut (void)
{
  g_mutex_lock (&disk.mutex);
  if (!disk.is_out)
    disk.loss = (PowerLoss) { .file = 0 };
  disk.is_out = TRUE;
  g_mutex_unlock (&disk.mutex);
}

gboolean
power_is_out (void)
{
  gboolean is_out;

  g_mutex_lock (&disk.mutex);
  is_out = disk.is_out;
  g_mutex_unlock (&disk.mutex);
  return is_out;
}

typedef enum
{
  FATE_LOSE_ALL,
  FATE_KEEP_SOME,
  FATE_KEEP_SECTORS,
  FATE_KEEP_ALL,
  N_FATES,
} Fate;

static void
apply_chance (Node *node, Fate fate, GRand *chance)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      const Change *change = &g_array_index (node->changes, Change, i);
      gboolean is_kept = fate == FATE_KEEP_ALL || (fate != FATE_LOSE_ALL && g_rand_boolean (chance));

      if (fate == FATE_KEEP_SECTORS && change->bytes != NULL)
        is_kept = change_apply_torn (change, node->synced, chance);
      else if (is_kept)
        change_apply (change, node->synced);
      if (is_kept)
        disk.loss.kept++;
      else
        disk.loss.lost++;
    }
}

static void
write_content (const char *path, const guint8 *bytes, gsize length)
{
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, bytes, length), ==, (gssize) length);
  close (file);
}

/* The shared memory of the log holds nothing that counts: it may be there, be gone, or be rubbish. */
static void
restore_memory (const char *path, GRand *chance)
{
  g_autofree char *memory = g_strconcat (path, "-shm", NULL);
  guint32 rubbish[8192];

  switch (g_rand_int_range (chance, 0, 3))
    {
    case 0:
      g_unlink (memory);
      break;
    case 1:
      for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
        rubbish[i] = g_rand_int (chance);
      write_content (memory, (guint8 *) rubbish, sizeof rubbish);
      break;
    default:
      break;
    }
}

static void
restore_name (const char *path, const Name *name, Fate fate, GRand *chance)
{
  Node *node = name->kept;

  if (name->kept != name->seen && (fate == FATE_KEEP_ALL || (fate != FATE_LOSE_ALL && g_rand_boolean (chance))))
    node = name->seen;
  if (node == NULL)
    {
      g_unlink (path);
      return;
    }
  apply_chance (node, fate, chance);
  write_content (path, node->synced->data, node->synced->len);
  if (!g_str_has_suffix (path, "-wal") && !g_str_has_suffix (path, "-journal"))
    restore_memory (path, chance);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

void
power_restore (PowerLoss *loss)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (disk.moment.seed);
  Fate fate = (Fate) g_rand_int_range (chance, 0, N_FATES);
  GList *paths = g_list_sort (g_hash_table_get_keys (disk.names), compare_paths);

  power_cut ();
  for (GList *path = paths; path != NULL; path = path->next)
    restore_name (path->data, g_hash_table_lookup (disk.names, path->data), fate, chance);
  g_list_free (paths);
  g_hash_table_remove_all (disk.names);
  g_ptr_array_set_size (disk.nodes, 0);
  disk.is_out = FALSE;
  disk.is_armed = FALSE;
  if (loss != NULL)
    *loss = disk.loss;
}
