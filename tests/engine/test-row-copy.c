/*
 * Backups and restores of large tables, which sweeps make a slice at a time while others write: what comes out is what
 * there was at one moment.
 */
#include "model/base/error.h"
#include "model/engine/backups.h"
#include "model/engine/row-copy.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define KEYS 1000
#define DELAY_MS 500

static gint64 now_us = G_GINT64_CONSTANT (1700000000000000);

static gint64
get_now_us (gpointer user_data)
{
  return now_us;
}

static const HrClock test_clock = { get_now_us, NULL };

static Fixture *
open_swept (const char *path, gint64 delay_ms)
{
  const HrEngineOptions options = { .clock = &test_clock, .is_swept = TRUE, .status_delay_ms = delay_ms };

  return fixture_new_with (path, &options);
}

static HrTable *
make_table (const char *name, gboolean has_recovery)
{
  HrTable *table = fixture_table (name, "pk:S", "sk:N");

  table->settings.point_in_time_recovery = has_recovery;
  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "x:S", HR_PROJECT_ALL);
  return table;
}

static void
write_some (Fixture *f, guint count)
{
  g_autofree char *filler = g_strnfill (4000, 'v');

  for (guint i = 0; i < count; i++)
    {
      guint number = (guint) g_test_rand_int_range (0, KEYS);
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%u'},'sk':{'N':'%u'}}", number % 40, number);
      g_autofree char *item
          = g_strdup_printf ("{'pk':{'S':'%u'},'sk':{'N':'%u'},'v':{'S':'%s'},'x':{'S':'%d'}%s}", number % 40, number,
                             filler, g_test_rand_int_range (0, 9),
                             g_test_rand_int_range (0, 4) > 0 ? ",'y':{'S':'a'}" : "");

      if (g_test_rand_int_range (0, 3) == 0)
        g_assert_true (fixture_delete (f, "t", key));
      else
        g_assert_true (fixture_put (f, "t", item));
    }
}

static void
delete_all (Fixture *f)
{
  for (guint number = 0; number < KEYS; number++)
    {
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%u'},'sk':{'N':'%u'}}", number % 40, number);

      g_assert_true (fixture_delete (f, "t", key));
    }
}

static Fixture *
make_large (const char *path, gboolean has_recovery)
{
  Fixture *f = open_swept (path, 0);

  fixture_create (f, make_table ("t", has_recovery));
  write_some (f, KEYS);
  return f;
}

/* Without the first line, which has the table's name. */
static char *
dump_rows (Fixture *f, const char *table)
{
  g_autofree char *dump = fixture_dump (f, table);

  return g_strdup (strchr (dump, '\n'));
}

static void
sweep (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  hr_engine_sweep (f->engine, 100, NULL, &error);
  g_assert_no_error (error);
  hr_arena_reset (f->arena);
}

static void
sweep_all (Fixture *f)
{
  while (hr_engine_get_sweep_pause_us (f->engine) == 0)
    sweep (f);
}

typedef struct
{
  gint64 number;
  gint64 created_us;
  char *rows; /* of the table when it was made */
} Backup;

static const HrBackupInfo *
find_backup (Fixture *f, const Backup *backup)
{
  const HrBackupInfo *info = hr_engine_find_backup (f->engine, "t", backup->created_us, backup->number, &f->call);

  g_assert_nonnull (info);
  return info;
}

static Backup
create_backup (Fixture *f)
{
  const HrBackupInfo *info = hr_engine_create_backup (f->engine, "t", "bbb", &f->call, &f->error);

  g_assert_nonnull (info);
  return (Backup) { info->number, info->created_us, dump_rows (f, "t") };
}

static gboolean
restore_backup (Fixture *f, const Backup *backup, const char *name)
{
  g_autoptr (HrTable) target = make_table (name, FALSE);

  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  return hr_engine_restore_backup (f->engine, find_backup (f, backup), target, &f->call, &f->error);
}

static gboolean
restore_time (Fixture *f, gint64 time_us, const char *name)
{
  g_autoptr (HrTable) target = make_table (name, FALSE);

  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  return hr_engine_restore_to_time (f->engine, "t", time_us, target, &f->call, &f->error);
}

static HrTableStatus
get_status (Fixture *f, const char *name)
{
  return hr_engine_describe_table (f->engine, name, &f->call)->status;
}

static void
check_restored (Fixture *f, const char *name, const char *rows)
{
  g_autofree char *restored = dump_rows (f, name);

  g_assert_cmpint (get_status (f, name), ==, HR_TABLE_ACTIVE);
  g_assert_cmpstr (restored, ==, rows);
  fixture_verify (f, name);
}

/* Restores it and takes everything away. */
static void
check_backup (Fixture *f, Backup *backup)
{
  const HrBackupInfo *info = find_backup (f, backup);
  const HrTableInfo *table;

  g_assert_false (info->is_being_made);
  g_assert_true (restore_backup (f, backup, "r"));
  sweep_all (f);
  check_restored (f, "r", backup->rows);
  info = find_backup (f, backup);
  table = hr_engine_describe_table (f->engine, "r", &f->call);
  g_assert_cmpint (info->item_count, ==, table->item_count);
  g_assert_cmpint (info->size_bytes, ==, table->size_bytes);
  g_assert_true (hr_engine_delete_table (f->engine, "r", &f->call, &f->error));
  g_assert_true (hr_engine_delete_backup (f->engine, info, &f->call, &f->error));
  sweep_all (f);
  g_clear_pointer (&backup->rows, g_free);
}

/* A second one begins while the first is made; the table may become empty meanwhile. */
static void
check_slices (const char *path, gboolean is_emptied)
{
  g_autoptr (Fixture) f = make_large (path, FALSE);
  Backup first = create_backup (f);
  Backup second = { 0 };
  guint count = 0;

  for (; find_backup (f, &first)->is_being_made; count++)
    {
      g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0);
      if (count == 3)
        second = create_backup (f);
      if (is_emptied && count == 2)
        delete_all (f);
      write_some (f, 40);
      sweep (f);
    }
  g_assert_cmpuint (count, >, 4);
  while (find_backup (f, &second)->is_being_made)
    {
      write_some (f, 20);
      sweep (f);
    }
  fixture_verify (f, "t");
  check_backup (f, &first);
  check_backup (f, &second);
  g_assert_false (hr_engine_list_tables (f->engine, NULL, 9, &f->call, &count, &(gboolean) { 0 }) == NULL);
  g_assert_cmpuint (count, ==, 1);
}

static void
test_slices (void)
{
  g_auto (Place) place = { 0 };

  place_init (&place);
  check_slices (NULL, FALSE);
  check_slices (NULL, TRUE);
  check_slices (place.path, FALSE);
}

/* Nobody sees the new table before it is whole. */
static void
test_restore (void)
{
  g_autoptr (Fixture) f = make_large (NULL, FALSE);
  Backup backup = create_backup (f);
  HrServiceError error = HR_SERVICE_ERROR_INIT;

  sweep_all (f);
  g_assert_true (restore_backup (f, &backup, "r"));
  g_assert_true (restore_backup (f, &backup, "s"));
  sweep (f);
  g_assert_cmpint (get_status (f, "r"), ==, HR_TABLE_CREATING);
  g_assert_false (fixture_put (f, "r", "{'pk':{'S':'1'},'sk':{'N':'1'}}"));
  assert_error (f, HR_SERVICE_RESOURCE_NOT_FOUND, "Requested resource not found");
  g_assert_false (hr_engine_delete_table (f->engine, "r", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
  g_assert_null (hr_engine_create_backup (f->engine, "r", "bbb", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_TABLE_IN_USE);
  write_some (f, 40);
  sweep_all (f);
  check_restored (f, "r", backup.rows);
  check_restored (f, "s", backup.rows);
  g_free (backup.rows);
}

/* Old changes and new ones come together. */
static void
test_time (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 times[2];

  place_init (&place);
  f = make_large (place.path, TRUE);
  times[0] = now_us;
  first = dump_rows (f, "t");
  now_us += 10 * G_USEC_PER_SEC;
  write_some (f, 400);
  times[1] = now_us;
  second = dump_rows (f, "t");
  now_us += 10 * G_USEC_PER_SEC;
  write_some (f, 400);
  g_assert_true (restore_time (f, times[0], "a"));
  g_assert_true (restore_time (f, times[1], "b"));
  while (get_status (f, "a") != HR_TABLE_ACTIVE || get_status (f, "b") != HR_TABLE_ACTIVE)
    {
      write_some (f, 50);
      sweep (f);
    }
  check_restored (f, "a", first);
  check_restored (f, "b", second);
}

/* The log that is needed stays, however old it is, or is made use of before it goes. */
static void
test_log (void)
{
  g_autoptr (Fixture) f = make_large (NULL, TRUE);
  g_autofree char *rows = dump_rows (f, "t");
  gint64 time_us = now_us;

  now_us += 10 * G_USEC_PER_SEC;
  write_some (f, 700);
  g_assert_true (restore_time (f, time_us, "a"));
  g_assert_true (restore_time (f, time_us, "b"));
  sweep (f);
  now_us += 36 * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  sweep (f);
  write_some (f, 40);
  sweep (f);
  g_assert_true (hr_engine_set_recovery (f->engine, "t", FALSE, 0, &f->call, &f->error));
  write_some (f, 40);
  sweep_all (f);
  check_restored (f, "a", rows);
  check_restored (f, "b", rows);
}

static void
test_errors (void)
{
  g_autoptr (Fixture) f = make_large (NULL, FALSE);
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  Backup backup = create_backup (f);

  g_assert_false (restore_backup (f, &backup, "r"));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_BACKUP_IN_USE);
  g_assert_false (hr_engine_delete_backup (f->engine, find_backup (f, &backup), &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_BACKUP_IN_USE);
  g_assert_false (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_RESOURCE_IN_USE);
  sweep_all (f);
  g_assert_true (restore_backup (f, &backup, "r"));
  g_assert_false (hr_engine_delete_backup (f->engine, find_backup (f, &backup), &f->call, &error));
  g_assert_cmpint (error.kind, ==, HR_SERVICE_BACKUP_IN_USE);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &error));
  sweep_all (f);
  check_restored (f, "r", backup.rows);
  g_assert_true (hr_engine_delete_backup (f->engine, find_backup (f, &backup), &f->call, &error));
  g_free (backup.rows);
}

/* What a deleted table left goes after 35 days, but not under the hands of who restores it. */
static void
test_expiry (void)
{
  g_autoptr (Fixture) f = make_large (NULL, TRUE);
  const HrBackupFilter filter = { .until_us = G_MAXINT64, .limit = 1 };
  const HrBackupInfo *info;
  Backup backup = { 0 };
  gboolean more;
  guint count;

  backup.rows = dump_rows (f, "t");
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  sweep_all (f);
  info = hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 1);
  backup.number = info->number;
  backup.created_us = info->created_us;
  g_assert_true (restore_backup (f, &backup, "r"));
  sweep (f);
  now_us += 36 * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  sweep_all (f);
  check_restored (f, "r", backup.rows);
  hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 0);
  g_free (backup.rows);
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_large (NULL, FALSE);
  Backup backup = create_backup (f);
  g_autofree char *rows = NULL;

  /* one that is taken back, and writes that are */
  sweep (f);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  rows = create_backup (f).rows;
  write_some (f, 150);
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_true (hr_row_copy_are_any (f->engine));
  write_some (f, 150);
  sweep_all (f);
  g_assert_false (hr_row_copy_are_any (f->engine));
  check_backup (f, &backup);
}

/* A slice that fails is taken back, and tried again later. */
static void
test_failing_slice (void)
{
  g_autoptr (Fixture) f = make_large (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Backup backup = create_backup (f);

  sweep (f);
  g_assert_cmpint (sqlite3_exec (f->engine->db, "PRAGMA max_page_count = 1", NULL, NULL, NULL), ==, SQLITE_OK);
  while (hr_engine_sweep (f->engine, 100, NULL, &error))
    ;
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  g_assert_true (find_backup (f, &backup)->is_being_made);
  g_assert_cmpint (sqlite3_exec (f->engine->db, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL), ==, SQLITE_OK);
  now_us += 60 * G_USEC_PER_SEC;
  write_some (f, 150);
  sweep_all (f);
  check_backup (f, &backup);
}

/* After a crash it goes on; without sweeps it is done when opening. */
static void
test_crash (void)
{
  for (guint steps = 0; steps < 7; steps += 3)
    {
      g_auto (Place) place = { 0 };
      g_auto (Place) copy = { 0 };
      g_autoptr (Fixture) f = NULL;
      g_autofree char *rows = NULL;
      gint64 time_us = now_us;
      Backup backup;

      place_init (&place);
      place_init (&copy);
      f = make_large (place.path, TRUE);
      rows = dump_rows (f, "t");
      now_us += 10 * G_USEC_PER_SEC;
      write_some (f, 400);
      backup = create_backup (f);
      g_assert_true (restore_time (f, time_us, "a"));
      for (guint i = 0; i < steps; i++)
        {
          write_some (f, 50);
          sweep (f);
        }
      place_crash (&place, &copy);
      g_clear_pointer (&f, fixture_free);

      f = open_swept (place.path, 0);
      g_assert_true (find_backup (f, &backup)->is_being_made);
      write_some (f, 50);
      sweep_all (f);
      check_restored (f, "a", rows);
      g_clear_pointer (&f, fixture_free);
      f = fixture_new (place.path);
      g_assert_false (find_backup (f, &backup)->is_being_made);
      g_assert_true (restore_backup (f, &backup, "b"));
      check_restored (f, "b", backup.rows);
      g_clear_pointer (&f, fixture_free);

      if (steps == 3)
        {
          f = open_swept (copy.path, 0);
          g_assert_cmpint (get_status (f, "a"), ==, HR_TABLE_CREATING);
          write_some (f, 50);
          sweep (f);
          g_clear_pointer (&f, fixture_free);
        }
      f = fixture_new (copy.path);
      g_assert_false (hr_row_copy_are_any (f->engine));
      check_restored (f, "a", rows);
      g_assert_true (restore_backup (f, &backup, "b"));
      check_restored (f, "b", backup.rows);
      g_free (backup.rows);
    }
}

/* What is small is there at once, unless it is to be seen. */
static void
test_delay (void)
{
  g_autoptr (Fixture) f = open_swept (NULL, DELAY_MS);
  Backup backup;

  fixture_create (f, make_table ("t", FALSE));
  now_us += DELAY_MS * 1000;
  sweep_all (f);
  write_some (f, 20);
  backup = create_backup (f);
  write_some (f, 20);
  sweep_all (f);
  g_assert_true (find_backup (f, &backup)->is_being_made);
  now_us += DELAY_MS * 1000 - 1;
  sweep_all (f);
  g_assert_true (find_backup (f, &backup)->is_being_made);
  now_us += 1;
  sweep_all (f);
  g_assert_false (find_backup (f, &backup)->is_being_made);
  g_assert_true (restore_backup (f, &backup, "r"));
  g_assert_cmpint (get_status (f, "r"), ==, HR_TABLE_CREATING);
  now_us += DELAY_MS * 1000;
  sweep_all (f);
  check_restored (f, "r", backup.rows);
  g_free (backup.rows);
}

/* In an engine that is not swept, and for what is small, at once. */
static void
test_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  Backup backup;

  fixture_create (f, make_table ("t", TRUE));
  write_some (f, KEYS);
  backup = create_backup (f);
  g_assert_false (find_backup (f, &backup)->is_being_made);
  write_some (f, 40);
  g_assert_true (restore_backup (f, &backup, "r"));
  check_restored (f, "r", backup.rows);
  g_free (backup.rows);
  g_clear_pointer (&f, fixture_free);

  f = open_swept (NULL, 0);
  fixture_create (f, make_table ("t", TRUE));
  write_some (f, 40);
  backup = create_backup (f);
  g_assert_false (find_backup (f, &backup)->is_being_made);
  g_assert_true (restore_backup (f, &backup, "r"));
  check_restored (f, "r", backup.rows);
  g_assert_true (restore_time (f, HR_RECOVERY_LATEST, "s"));
  check_restored (f, "s", backup.rows);
  g_free (backup.rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/row-copy/slices", test_slices);
  g_test_add_func ("/engine/row-copy/restore", test_restore);
  g_test_add_func ("/engine/row-copy/time", test_time);
  g_test_add_func ("/engine/row-copy/log", test_log);
  g_test_add_func ("/engine/row-copy/errors", test_errors);
  g_test_add_func ("/engine/row-copy/expiry", test_expiry);
  g_test_add_func ("/engine/row-copy/rollback", test_rollback);
  g_test_add_func ("/engine/row-copy/failing-slice", test_failing_slice);
  g_test_add_func ("/engine/row-copy/crash", test_crash);
  g_test_add_func ("/engine/row-copy/delay", test_delay);
  g_test_add_func ("/engine/row-copy/at-once", test_at_once);
  return g_test_run ();
}
