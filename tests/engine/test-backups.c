/*
 * Backups, and tables as they were at a time: against a list of what there was.
 */
#include "model/engine/backups.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define START_US ((gint64) 1700000000 * G_USEC_PER_SEC)
#define DAY_US ((gint64) 86400 * G_USEC_PER_SEC)

static HrTable *
make_table (const char *name, gboolean with_recovery)
{
  HrTable *table = fixture_table (name, "pk:S", "sk:N");

  table->settings.point_in_time_recovery = with_recovery;
  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_KEYS_ONLY);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "x:S", HR_PROJECT_ALL);
  return table;
}

static Fixture *
make_fixture (const char *path)
{
  Fixture *f = fixture_new_at (path, START_US);

  fixture_create (f, make_table ("t", TRUE));
  return f;
}

static void
write_at_random (Fixture *f)
{
  g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%c'},'sk':{'N':'%d'}}", "abc"[g_test_rand_int_range (0, 3)],
                                          g_test_rand_int_range (0, 12));
  g_autofree char *values = g_strdup_printf ("{':v':{'S':'%d'}}", g_test_rand_int_range (0, 4));

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
    case 1:
      g_assert_true (fixture_delete (f, "t", key));
      break;
    case 2:
      g_assert_true (fixture_update_item (f, "t", key, "REMOVE x", NULL));
      break;
    case 3:
      g_assert_true (fixture_update_item (f, "t", key, "SET y = :v", values));
      break;
    default:
      g_assert_true (fixture_update_item (f, "t", key, "SET x = :v, y = :v", values));
    }
}

/* Rows and index entries without the first line, which has the table's name. */
static char *
dump_rows (Fixture *f, const char *table)
{
  g_autofree char *dump = fixture_dump (f, table);

  return g_strdup (strchr (dump, '\n'));
}

static void
check_restored (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *rows = dump_rows (f, name);
  const HrPageRequest scan = { .table = name };

  g_assert_cmpstr (rows, ==, expected);
  fixture_verify (f, name);
  g_assert_true (fixture_read (f, &scan));
  g_assert_cmpint (hr_engine_describe_table (f->engine, name, &f->call)->item_count, ==, f->page.count);
}

static gboolean
restore (Fixture *f, gint64 time_us, const char *name)
{
  HrTable *target = make_table (name, FALSE);
  gboolean ok;

  f->error = (HrServiceError) HR_SERVICE_ERROR_INIT;
  ok = hr_engine_restore_to_time (f->engine, "t", time_us, target, &f->call, &f->error);
  hr_table_free (target);
  return ok;
}

static void
check_time (Fixture *f, gint64 time_us, const char *expected)
{
  g_assert_true (restore (f, time_us, "r"));
  check_restored (f, "r", expected);
  g_assert_true (hr_engine_delete_table (f->engine, "r", &f->call, &f->error));
}

/* What the table held after each of the times at which it was changed, several changes at one time included. */
static void
test_times (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  place_init (&place);
  f = make_fixture (place.path);
  for (guint round = 0; round < 60; round++)
    {
      g_array_append_val (times, f->now_us);
      for (guint i = g_test_rand_int_range (0, 5); i > 0; i--)
        write_at_random (f);
      g_ptr_array_add (states, dump_rows (f, "t"));
      f->now_us += g_test_rand_int_range (1, 4) * G_USEC_PER_SEC / 2;
      if (round == 30)
        fixture_reopen (f, place.path);
    }
  for (guint i = 0; i < times->len; i++)
    {
      gint64 time_us = g_array_index (times, gint64, i);

      check_time (f, time_us, states->pdata[i]);
      check_time (f, time_us + G_USEC_PER_SEC / 4, states->pdata[i]);
    }
  check_time (f, HR_RECOVERY_LATEST, states->pdata[states->len - 1]);
}

/* The clock may be set back: the order of changes counts. */
static void
test_clock (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  f->now_us += 100 * G_USEC_PER_SEC;
  write_at_random (f);
  first = dump_rows (f, "t");
  f->now_us -= 50 * G_USEC_PER_SEC;
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'z'},'sk':{'N':'1'}}"));
  f->now_us += 100 * G_USEC_PER_SEC;
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'z'},'sk':{'N':'2'}}"));
  second = dump_rows (f, "t");
  check_time (f, f->now_us, second);
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'z'},'sk':{'N':'2'}}"));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'z'},'sk':{'N':'1'}}"));
  f->now_us += 1;
  g_assert_true (restore (f, f->now_us, "now"));
  check_restored (f, "now", first);
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autofree char *before = NULL;

  for (guint i = 0; i < 10; i++)
    write_at_random (f);
  before = dump_rows (f, "t");
  f->now_us += G_USEC_PER_SEC;
  g_assert_true (hr_engine_begin (f->engine, NULL));
  for (guint i = 0; i < 10; i++)
    write_at_random (f);
  g_assert_true (restore (f, START_US, "r"));
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_null (hr_engine_get_table (f->engine, "r"));
  f->now_us += G_USEC_PER_SEC;
  for (guint i = 0; i < 10; i++)
    write_at_random (f);
  check_time (f, START_US + G_USEC_PER_SEC, before);
}

static void
test_errors (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrTable *target = make_table ("r", FALSE);

  f->now_us += 100 * G_USEC_PER_SEC;
  g_assert_false (restore (f, START_US - 1, "r"));
  assert_error (f, HR_SERVICE_INVALID_RESTORE_TIME,
                "RestoreDateTime '2023-11-14T22:13:19Z' must be within EarliestRestorableDateTime"
                " '2023-11-14T22:13:20Z' and LatestRestorableDateTime '2023-11-14T22:15:00Z'");
  g_assert_false (restore (f, f->now_us + 1, "r"));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_INVALID_RESTORE_TIME);
  g_assert_false (restore (f, START_US, "t"));
  assert_error (f, HR_SERVICE_TABLE_ALREADY_EXISTS, "Table already exists: t");
  g_assert_true (hr_engine_set_recovery (f->engine, "t", FALSE, 0, &f->call, &f->error));
  g_assert_false (restore (f, START_US, "t"));
  assert_error (f, HR_SERVICE_RECOVERY_UNAVAILABLE, "Point in time recovery is not enabled for table 't'");
  g_assert_false (hr_engine_restore_to_time (f->engine, "none", START_US, target, &f->call, &f->error));
  assert_error (f, HR_SERVICE_TABLE_NOT_FOUND, "Table not found: none");
  g_assert_null (hr_engine_create_backup (f->engine, "none", "b", &f->call, &f->error));
  assert_error (f, HR_SERVICE_TABLE_NOT_FOUND, "Table not found: none");
  g_ptr_array_set_size (target->sort_key, 0);
  g_assert_true (hr_engine_set_recovery (f->engine, "t", TRUE, 0, &f->call, &f->error));
  g_assert_false (hr_engine_restore_to_time (f->engine, "t", HR_RECOVERY_LATEST, target, &f->call, &f->error));
  g_assert_cmpint (f->error.kind, ==, HR_SERVICE_VALIDATION);
  hr_table_free (target);
}

static void
put (Fixture *f, guint i)
{
  g_autofree char *item = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", i);

  g_assert_true (fixture_put (f, "t", item));
}

/* For as many days as it is asked to, swept or not. */
static void
test_window (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autofree char *last = NULL;
  HrRecoveryInfo info;

  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &info, &f->error));
  g_assert_true (info.is_on);
  g_assert_cmpuint (info.days, ==, 35);
  g_assert_cmpint (info.earliest_us, ==, START_US);
  g_assert_cmpint (info.latest_us, ==, START_US);
  for (guint i = 0; i < 40; i++)
    {
      put (f, i);
      g_free (last);
      last = dump_rows (f, "t");
      f->now_us += DAY_US;
    }
  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &info, &f->error));
  g_assert_cmpint (info.earliest_us, ==, START_US + 5 * DAY_US);
  g_assert_cmpint (info.latest_us, ==, f->now_us);
  for (guint steps = 0; hr_engine_get_sweep_pause_us (f->engine) == 0; steps++)
    {
      g_assert_cmpuint (steps, <, 10);
      g_assert_true (hr_engine_sweep (f->engine, 2, NULL, NULL));
    }
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, DAY_US);
  g_assert_false (restore (f, START_US + 5 * DAY_US - 1, "r"));
  g_assert_true (restore (f, START_US + 5 * DAY_US, "q"));
  g_assert_cmpint (hr_engine_describe_table (f->engine, "q", &f->call)->item_count, ==, 6);

  g_assert_true (hr_engine_set_recovery (f->engine, "t", TRUE, 2, &f->call, &f->error));
  g_assert_true (hr_engine_sweep (f->engine, 100, NULL, NULL));
  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &info, &f->error));
  g_assert_cmpint (info.earliest_us, ==, f->now_us - 2 * DAY_US);
  check_time (f, f->now_us - DAY_US, last);
  g_assert_true (restore (f, f->now_us - 2 * DAY_US, "s"));
  g_assert_cmpint (hr_engine_describe_table (f->engine, "s", &f->call)->item_count, ==, 39);

  /* off and on again begins anew */
  g_assert_true (hr_engine_set_recovery (f->engine, "t", FALSE, 0, &f->call, &f->error));
  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &info, &f->error));
  g_assert_false (info.is_on);
  g_assert_true (hr_engine_set_recovery (f->engine, "t", TRUE, 0, &f->call, &f->error));
  g_assert_true (hr_engine_describe_recovery (f->engine, "t", &f->call, &info, &f->error));
  g_assert_cmpuint (info.days, ==, 35);
  g_assert_cmpint (info.earliest_us, ==, f->now_us);
}

static void
test_backup (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *before = NULL;
  g_autoptr (HrTable) definition = NULL;
  const HrBackupInfo *backup;
  HrTable *target = make_table ("r", FALSE);
  gint64 created_us;
  gint64 number;

  place_init (&place);
  f = make_fixture (place.path);
  for (guint i = 0; i < 40; i++)
    write_at_random (f);
  before = dump_rows (f, "t");
  f->now_us += 1234;
  backup = hr_engine_create_backup (f->engine, "t", "first", &f->call, &f->error);
  g_assert_nonnull (backup);
  g_assert_cmpint (backup->created_us, ==, START_US + 1000);
  g_assert_cmpint (backup->item_count, ==, hr_engine_describe_table (f->engine, "t", &f->call)->item_count);
  created_us = backup->created_us;
  number = backup->number;
  for (guint i = 0; i < 40; i++)
    write_at_random (f);
  g_assert_true (hr_engine_drop_table (f->engine, "t", &f->call, &f->error));
  fixture_reopen (f, place.path);

  backup = hr_engine_find_backup (f->engine, "t", created_us, number, &f->call);
  g_assert_nonnull (backup);
  g_assert_cmpstr (backup->name, ==, "first");
  definition = hr_backup_info_dup_definition (backup);
  g_assert_cmpuint (definition->indexes->len, ==, 2);
  g_assert_null (hr_engine_find_backup (f->engine, "t", created_us + 1000, number, &f->call));
  g_assert_null (hr_engine_find_backup (f->engine, "u", created_us, number, &f->call));
  g_assert_true (hr_engine_restore_backup (f->engine, backup, target, &f->call, &f->error));
  check_restored (f, "r", before);
  g_assert_false (hr_engine_restore_backup (f->engine, backup, target, &f->call, &f->error));
  assert_error (f, HR_SERVICE_TABLE_ALREADY_EXISTS, "Table already exists: r");
  hr_table_free (target);

  fixture_reopen (f, place.path);
  check_restored (f, "r", before);
  g_assert_true (fixture_put (f, "r", "{'pk':{'S':'new'},'sk':{'N':'1'}}"));
  fixture_verify (f, "r");
  g_assert_true (hr_engine_delete_backup (f->engine, backup, &f->call, &f->error));
  g_assert_null (hr_engine_find_backup (f->engine, "t", created_us, number, &f->call));
}

static guint
count_backups (Fixture *f, gboolean has_kind, HrBackupKind kind)
{
  const HrBackupFilter filter = { .has_kind = has_kind, .kind = kind, .until_us = G_MAXINT64, .limit = 100 };
  gboolean more;
  guint count;

  hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  return count;
}

/* A table with recovery leaves a backup for 35 days when it is deleted. */
static void
test_deleted_table (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  g_autofree char *before = NULL;
  HrBackupFilter filter = { .has_kind = TRUE, .kind = HR_BACKUP_SYSTEM, .until_us = G_MAXINT64, .limit = 1 };
  HrTable *target = make_table ("r", FALSE);
  const HrBackupInfo *backup;
  gboolean more;
  guint count;

  for (guint i = 0; i < 40; i++)
    write_at_random (f);
  before = dump_rows (f, "t");
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  fixture_create (f, make_table ("t", TRUE));
  g_assert_cmpuint (count_backups (f, TRUE, HR_BACKUP_USER), ==, 0);
  backup = hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (backup->name, ==, "t$DeletedTableBackup");
  g_assert_cmpint (backup->expires_us, ==, START_US + 35 * DAY_US);
  g_assert_true (hr_engine_restore_backup (f->engine, backup, target, &f->call, &f->error));
  hr_table_free (target);
  check_restored (f, "r", before);

  f->now_us += 36 * DAY_US;
  g_assert_cmpuint (count_backups (f, FALSE, HR_BACKUP_USER), ==, 0);
  while (hr_engine_get_sweep_pause_us (f->engine) == 0)
    g_assert_true (hr_engine_sweep (f->engine, 10, NULL, NULL));
  f->now_us -= 36 * DAY_US;
  g_assert_cmpuint (count_backups (f, FALSE, HR_BACKUP_USER), ==, 0);
}

static void
test_listing (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrBackupFilter filter = { .until_us = G_MAXINT64, .limit = 2 };
  const HrBackupInfo *infos;
  gboolean more;
  guint count;

  fixture_create (f, make_table ("u", FALSE));
  for (guint i = 0; i < 5; i++)
    {
      g_assert_nonnull (hr_engine_create_backup (f->engine, i % 2 == 0 ? "t" : "u", "b", &f->call, &f->error));
      f->now_us += G_USEC_PER_SEC * (i % 2);
    }
  infos = hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (more);
  filter.after_us = infos[1].created_us;
  filter.after_number = infos[1].number;
  filter.limit = 100;
  infos = hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 3);
  g_assert_false (more);
  filter = (HrBackupFilter) { .table = "t", .until_us = G_MAXINT64, .limit = 100 };
  hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 3);
  filter = (HrBackupFilter) { .from_us = START_US + G_USEC_PER_SEC, .until_us = START_US + 2 * G_USEC_PER_SEC,
                              .limit = 100 };
  hr_engine_list_backups (f->engine, &filter, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/backups/times", test_times);
  g_test_add_func ("/engine/backups/clock", test_clock);
  g_test_add_func ("/engine/backups/rollback", test_rollback);
  g_test_add_func ("/engine/backups/errors", test_errors);
  g_test_add_func ("/engine/backups/window", test_window);
  g_test_add_func ("/engine/backups/backup", test_backup);
  g_test_add_func ("/engine/backups/deleted-table", test_deleted_table);
  g_test_add_func ("/engine/backups/listing", test_listing);
  return g_test_run ();
}
