/*
 * The database file: whose it is, who uses it, how SQLite treats it.
 *
 * The first bytes of the file are looked at before SQLite is: it would take part in another program's
 * database (recover its journal, checkpoint it) by merely reading. A new file gets its marks before it is
 * switched to WAL, so they always stand in the file itself.
 */
#include "model/engine/store-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/engine/store-schema.h"

/* Places in the header of an SQLite file. Source: sqlite.org/fileformat.html. */
#define HEADER_BYTES          100
#define HEADER_USER_VERSION   60
#define HEADER_APPLICATION_ID 68
#define HEADER_MAGIC          "SQLite format 3"

/* A byte far behind any content and SQLite's own locks. */
#define LOCK_OFFSET (G_GINT64_CONSTANT (1) << 62)

static gboolean
fail_errno (const char *path, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, HR_ERROR, code == ENOENT ? HR_ERROR_NOT_FOUND : HR_ERROR_IO,
               _("The database “%s” cannot be opened: %s."), name, g_strerror (code));
  return FALSE;
}

static gboolean
fail (const char *path, HrErrorCode code, const char *format, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HR_ERROR, code, format, name);
#pragma GCC diagnostic pop
  return FALSE;
}

static guint32
header_get (const guint8 *header, gsize offset)
{
  guint32 value;

  memcpy (&value, header + offset, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
check_marks (const char *path, guint32 application_id, guint32 version, GError **error)
{
  if (application_id != HR_STORE_APPLICATION_ID)
    return fail (path, HR_ERROR_STORE, _("“%s” is a database of another program. Choose another file."),
                 error);
  if (version > hr_store_schema_get_version ())
    return fail (path, HR_ERROR_UNSUPPORTED,
                 _("“%s” was written by a newer version of Hashrange. Update to open it."), error);
  if (version < 1)
    return fail (path, HR_ERROR_STORE, _("The database “%s” is damaged."), error);
  return TRUE;
}

static gboolean
execute (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* SQLite takes some names for more than a name; an absolute path or one with a folder is never special. */
static char *
make_plain_path (const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (".", path, NULL);
}

/* Where the power went out while a new file was being written, its first page may be missing: nothing but zeros. The
 * journal beside it then tells SQLite that there was nothing before. */
static void
take_back_creation (const char *path)
{
  g_autofree char *plain = make_plain_path (path);
  g_autofree char *journal = g_strconcat (plain, "-journal", NULL);
  sqlite3 *db = NULL;

  if (!g_file_test (journal, G_FILE_TEST_EXISTS))
    return;
  if (sqlite3_open_v2 (plain, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    execute (db, "SELECT count(*) FROM sqlite_schema");
  sqlite3_close (db);
}

static gboolean
has_header (const guint8 *header, gssize length)
{
  return length == HEADER_BYTES && memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0;
}

static gboolean
check_header (const char *path, int file, gboolean *is_new, GError **error)
{
  guint8 header[HEADER_BYTES];
  gssize length = pread (file, header, sizeof header, 0);

  if (length > 0 && header[0] == '\0')
    {
      take_back_creation (path);
      length = pread (file, header, sizeof header, 0);
    }
  if (length < 0)
    return fail_errno (path, error);
  *is_new = length == 0;
  if (*is_new)
    return TRUE;
  if (!has_header (header, length))
    return fail (path, HR_ERROR_STORE, _("“%s” is no database. Choose another file."), error);
  return check_marks (path, header_get (header, HEADER_APPLICATION_ID),
                      header_get (header, HEADER_USER_VERSION), error);
}

static gboolean
take_lock (const char *path, int file, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET, .l_len = 1 };

  if (fcntl (file, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES))
    return TRUE; /* file systems without locks serve one user anyway */
  return fail (path, HR_ERROR_BUSY,
               _("The database “%s” is in use by another program. Close it there first."), error);
}

static gboolean
fail_database (const char *path, sqlite3 *db, GError **error)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : g_strdup (":memory:");
  int code = sqlite3_errcode (db);

  /* not found sound, although SQLite could read it */
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_OK)
    g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The database “%s” is damaged."), name);
  else
    g_set_error (error, HR_ERROR, HR_ERROR_STORE, _("The database “%s” cannot be opened: %s."), name,
                 sqlite3_errmsg (db));
  return FALSE;
}

/* 8 KB pages keep a record of 1 KB with its neighbours off overflow pages. */
static gboolean
configure (sqlite3 *db, HrSync synchronous, gboolean is_new)
{
  static const char *const sync_sql[] = {
    [HR_SYNC_OFF] = "PRAGMA synchronous = OFF",
    [HR_SYNC_FULL] = "PRAGMA synchronous = FULL",
    [HR_SYNC_NORMAL] = "PRAGMA synchronous = NORMAL",
  };

  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_extended_result_codes (db, 0);
  return execute (db, "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;")
         && execute (db, sync_sql[synchronous])
         && (!is_new || execute (db, "PRAGMA page_size = 8192;"));
}

static sqlite3 *
open_file (const char *path, HrSync synchronous, gboolean is_new, GError **error)
{
  g_autofree char *plain = make_plain_path (path);
  gboolean is_changed = FALSE;
  sqlite3 *db = NULL;
  gboolean ok;

  /* Looking at the schema lets SQLite judge the file. A crash while a new one is made leaves it empty. */
  ok = sqlite3_open_v2 (plain, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
       && sqlite3_busy_timeout (db, 2000) == SQLITE_OK
       && configure (db, synchronous, is_new)
       && execute (db, "SELECT count(*) FROM sqlite_schema")
       && hr_store_schema_bring_up (db, &is_changed)
       && execute (db, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384;")
       && (!is_changed || execute (db, "PRAGMA wal_checkpoint(TRUNCATE)")); /* the version is read off the file */
  if (!ok)
    {
      fail_database (path, db, error);
      hr_store_leave_alone (db);
      g_clear_pointer (&db, sqlite3_close);
    }
  return db;
}

static sqlite3 *
open_memory (GError **error)
{
  gboolean is_changed;
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
                       NULL)
          != SQLITE_OK
      || !configure (db, HR_SYNC_OFF, TRUE)
      || !hr_store_schema_bring_up (db, &is_changed))
    {
      fail_database (NULL, db, error);
      g_clear_pointer (&db, sqlite3_close);
    }
  return db;
}

const char *
hr_store_get_path (sqlite3 *db)
{
  const char *path = sqlite3_db_filename (db, NULL);

  return path != NULL && *path != '\0' ? path : NULL;
}

void
hr_store_leave_alone (sqlite3 *db)
{
  const char *path = hr_store_get_path (db);
  GStatBuf status;

  if (path != NULL && g_stat (sqlite3_filename_wal (path), &status) == 0 && status.st_size > 0)
    sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

sqlite3 *
hr_store_open (const char *path, HrSync synchronous, int *lock, GError **error)
{
  gboolean is_new = FALSE;
  sqlite3 *db = NULL;
  int file;

  *lock = -1;
  if (path == NULL)
    return open_memory (error);

  file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0)
    {
      fail_errno (path, error);
      return NULL;
    }
  if (take_lock (path, file, error) && check_header (path, file, &is_new, error))
    db = open_file (path, synchronous, is_new, error);
  if (db != NULL)
    *lock = file;
  else
    close (file);
  return db;
}

static gboolean
copy_pages (sqlite3 *from, sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int code;

  if (backup == NULL)
    return FALSE;
  code = sqlite3_backup_step (backup, -1);
  return sqlite3_backup_finish (backup) == SQLITE_OK && code == SQLITE_DONE;
}

/* Nobody looks at the file before it is whole, so nothing has to be taken back when this breaks off. */
static gboolean
write_copy (sqlite3 *from, const char *path, GError **error)
{
  g_autofree char *plain = make_plain_path (path);
  sqlite3 *db = NULL;
  gboolean ok;

  ok = sqlite3_open_v2 (plain, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
       && execute (db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
       && copy_pages (from, db);
  if (!ok)
    fail_database (path, db, error);
  sqlite3_close (db);
  return ok;
}

static sqlite3 *
copy_to_file (sqlite3 *from, const char *path, HrSync synchronous, int file, GError **error)
{
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);

  sqlite3 *db;

  if (!take_lock (path, file, error) || !write_copy (from, unfinished, error))
    return NULL;
  if (g_rename (unfinished, path) != 0)
    {
      fail_errno (path, error);
      return NULL;
    }
  db = open_file (path, synchronous, FALSE, error);
  if (db == NULL)
    g_unlink (path);
  return db;
}

static sqlite3 *
copy_to_memory (sqlite3 *from, GError **error)
{
  sqlite3 *db = open_memory (error);

  if (db == NULL || copy_pages (from, db))
    return db;
  fail_database (NULL, db, error);
  sqlite3_close (db);
  return NULL;
}

sqlite3 *
hr_store_copy (sqlite3 *from, const char *path, HrSync synchronous, int *lock, GError **error)
{
  g_autofree char *unfinished = NULL;
  sqlite3 *db;

  *lock = -1;
  if (path == NULL)
    return copy_to_memory (from, error);

  unfinished = g_strconcat (path, ".new", NULL);
  *lock = open (unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (*lock < 0)
    {
      fail_errno (path, error);
      return NULL;
    }
  db = copy_to_file (from, path, synchronous, *lock, error);
  if (db == NULL)
    {
      g_unlink (unfinished);
      close (*lock);
      *lock = -1;
    }
  return db;
}

sqlite3 *
hr_store_open_snapshot (sqlite3 *from, GError **error)
{
  const char *path = hr_store_get_path (from);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_busy_timeout (db, 2000) == SQLITE_OK
      && configure (db, HR_SYNC_OFF, FALSE)
      && execute (db, "BEGIN; SELECT count(*) FROM sqlite_schema;"))
    return db;
  fail_database (path, db, error);
  sqlite3_close (db);
  return NULL;
}
