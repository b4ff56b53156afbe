/*
 * Rows as the document sees them: ordinals, exact restore, the watch, the check of items.
 */
#include "model/engine/engine-private.h"
#include "tests/engine/fixture.h"

#include "model/base/error.h"
#include "model/value/record.h"

static Fixture *
make_fixture (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
  return f;
}

static gboolean
append_row (const HrRow *row, gpointer user_data)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item;

  g_assert_true (hr_record_decode (row->record, row->record_length, arena, &item));
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT ":%.*s ", row->ordinal,
                          (int) hr_map_get (&item, "pk", 2)->length, hr_map_get (&item, "pk", 2)->bytes);
  return TRUE;
}

static void
assert_rows (Fixture *f, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (hr_engine_foreach_row (f->engine, "t", append_row, text, NULL));
  g_assert_cmpstr (text->str, ==, expected);
}

static HrRow
get_row (Fixture *f, const char *key)
{
  HrValue value = fixture_item_quoted (f, key);
  g_autoptr (GError) error = NULL;
  HrRow row;

  g_assert_true (hr_engine_get_row (f->engine, "t", &value, f->arena, &row, &error));
  g_assert_no_error (error);
  return row;
}

static void
test_ordinals (void)
{
  g_autoptr (Fixture) f = make_fixture ();

  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 0);
  fixture_put (f, "t", "{'pk':{'S':'b'}}");
  fixture_put (f, "t", "{'pk':{'S':'a'}}");
  fixture_update_item (f, "t", "{'pk':{'S':'c'}}", NULL, NULL);
  assert_rows (f, "0:b 1:a 2:c ");
  fixture_put (f, "t", "{'pk':{'S':'b'},'v':{'N':'1'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'},'v':{'N':'1'}}");
  assert_rows (f, "0:b 1:a 2:c ");
  fixture_delete (f, "t", "{'pk':{'S':'b'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'}}");
  assert_rows (f, "1:a 2:c 3:b ");
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 4);
  hr_engine_set_next_ordinal (f->engine, "t", 10);
  fixture_put (f, "t", "{'pk':{'S':'d'}}");
  assert_rows (f, "1:a 2:c 3:b 10:d ");
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "none"), ==, 0);
}

static void
test_restore (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrValue key = fixture_item_quoted (f, "{'pk':{'S':'a'}}");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrRow row;

  fixture_put (f, "t", "{'pk':{'S':'a'},'x':{'S':'1'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'},'x':{'S':'1'}}");
  before = fixture_dump (f, "t");
  row = get_row (f, "{'pk':{'S':'a'}}");
  g_assert_cmpint (row.ordinal, ==, 0);

  g_assert_true (hr_engine_erase_row (f->engine, "t", &key, NULL));
  fixture_verify (f, "t");
  g_assert_false (hr_engine_get_row (f->engine, "t", &key, f->arena, &row, NULL));
  row.ordinal = 0;
  g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
  fixture_put (f, "t", "{'pk':{'S':'a'},'x':{'S':'2'}}");
  fixture_verify (f, "t");
  g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
  after = fixture_dump (f, "t");
  g_assert_cmpstr (after, ==, before);

  /* The same item at another place is a change too. */
  row.ordinal = 7;
  g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
  assert_rows (f, "1:b 7:a ");
  g_assert_cmpint (hr_engine_get_next_ordinal (f->engine, "t"), ==, 8);
  g_assert_true (hr_engine_erase_row (f->engine, "t", &key, NULL));
  g_assert_true (hr_engine_erase_row (f->engine, "t", &key, NULL));
}

static void
test_wrong (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrValue key = fixture_item_quoted (f, "{'pk':{'N':'1'}}");
  g_autoptr (GError) error = NULL;
  HrRow row = { 0, (const guint8 *) "no record", 9 };

  g_assert_false (hr_engine_get_row (f->engine, "t", &key, f->arena, &row, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (hr_engine_get_row (f->engine, "none", &key, f->arena, &row, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hr_engine_erase_row (f->engine, "t", &key, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (hr_engine_restore_row (f->engine, "t", &row, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
}

/* A row whose index key no index can take is stored; the index goes without. */
static void
test_mistyped_index_key (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  HrValue item = fixture_item_quoted (f, "{'pk':{'S':'a'},'x':{'N':'1'}}");
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  HrRow row;

  hr_record_encode (&item, &record);
  row = (HrRow) { 0, (const guint8 *) record.data, record.length };
  g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
  fixture_verify (f, "t");
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->indexes[0].item_count, ==, 0);
  /* An update that leaves the key alone goes through. */
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET v = :v", "{':v':{'S':'1'}}"));
  fixture_verify (f, "t");
}

static void
watch_cb (const char *table, const HrRow *before, const HrRow *after, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %" G_GINT64_FORMAT ">%" G_GINT64_FORMAT ", ", table,
                          before != NULL ? before->ordinal : -1, after != NULL ? after->ordinal : -1);
}

static void
test_watch (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autoptr (GString) log = g_string_new (NULL);
  HrWrite writes[] = {
    { .kind = HR_WRITE_DELETE, .table = "t", .item = fixture_item_quoted (f, "{'pk':{'S':'b'}}") },
    { .kind = HR_WRITE_DELETE, .table = "t", .item = fixture_item_quoted (f, "{'pk':{'S':'none'}}") },
  };

  fixture_put (f, "t", "{'pk':{'S':'a'}}");
  hr_engine_set_row_watch (f->engine, watch_cb, log);
  fixture_put (f, "t", "{'pk':{'S':'a'}}");
  fixture_put (f, "t", "{'pk':{'S':'a'},'v':{'S':'v'}}");
  fixture_put (f, "t", "{'pk':{'S':'b'}}");
  fixture_put (f, "t", "{'pk':{'S':''}}");
  g_assert_true (hr_engine_batch_write (f->engine, writes, 2, &f->call, NULL, &f->error));
  hr_engine_set_row_watch (f->engine, NULL, NULL);
  fixture_delete (f, "t", "{'pk':{'S':'a'}}");
  g_assert_cmpstr (log->str, ==, "t 0>0, t -1>1, t 1>-1, ");
}

static gboolean
stop_cb (const HrRow *row, gpointer user_data)
{
  return ++*(guint *) user_data < 2;
}

static void
test_foreach (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autoptr (GError) error = NULL;
  guint count = 0;

  for (const char *name = "abc"; *name != '\0'; name++)
    {
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%c'}}", *name);

      fixture_put (f, "t", json);
    }
  g_assert_true (hr_engine_foreach_row (f->engine, "t", stop_cb, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
  g_assert_false (hr_engine_foreach_row (f->engine, "none", stop_cb, &count, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
}

static gboolean
gather_cb (const HrRow *row, gpointer user_data)
{
  g_array_append_val (user_data, row->ordinal);
  return TRUE;
}

static gint64
count_indexes (Fixture *f)
{
  sqlite3_stmt *statement = NULL;
  gint64 count;

  g_assert_cmpint (sqlite3_prepare_v2 (f->engine->db,
                                       "SELECT count(*) FROM sqlite_schema WHERE sql LIKE 'CREATE INDEX%'", -1,
                                       &statement, NULL), ==, SQLITE_OK);
  sqlite3_step (statement);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static void
assert_from (Fixture *f, gint64 from)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint skipped = 0;

  g_assert_true (hr_engine_foreach_row (f->engine, "t", gather_cb, all, NULL));
  g_assert_true (hr_engine_foreach_row_from (f->engine, "t", from, gather_cb, rest, NULL));
  while (skipped < all->len && g_array_index (all, gint64, skipped) < from)
    skipped++;
  g_assert_cmpuint (rest->len, ==, all->len - skipped);
  for (guint i = 0; i < rest->len; i++)
    g_assert_cmpint (g_array_index (rest, gint64, i), ==, g_array_index (all, gint64, skipped + i));
}

/* The index of ordinals keeps up with all writes, comes when it is asked for, and goes with a rollback. */
static void
test_foreach_from (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_assert_false (hr_engine_foreach_row_from (f->engine, "none", 0, stop_cb, &count, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  for (guint i = 0; i < 200; i++)
    {
      int number = g_test_rand_int_range (0, 40);
      g_autofree char *item = g_strdup_printf ("{'pk':{'S':'%d'},'x':{'S':'%u'}}", number, i);
      g_autofree char *key = g_strdup_printf ("{'pk':{'S':'%d'}}", number);
      HrRow row;

      if (i == 50)
        {
          g_assert_cmpint (count_indexes (f), ==, 0);
          g_assert_true (hr_engine_begin (f->engine, NULL));
          assert_from (f, 3);
          g_assert_cmpint (count_indexes (f), ==, 1);
          g_assert_true (hr_engine_rollback (f->engine, NULL));
          g_assert_cmpint (count_indexes (f), ==, 0);
        }
      fixture_put (f, "t", item);
      row = get_row (f, key);
      row.ordinal = g_test_rand_int_range (0, 1000);
      g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
      if (i > 50 && i % 10 == 0)
        assert_from (f, g_test_rand_int_range (0, 1000));
    }
  g_assert_cmpint (count_indexes (f), ==, 1);
  fixture_verify (f, "t");
  g_assert_true (hr_engine_foreach_row_from (f->engine, "t", 0, stop_cb, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
}

static void
test_dump (void)
{
  g_autoptr (Fixture) f = make_fixture ();
  g_autofree char *dump = NULL;

  fixture_put (f, "t", "{'pk':{'S':'a'},'x':{'S':'1'},'v':{'N':'2'}}");
  dump = fixture_dump (f, "t");
  g_assert_cmpstr (
      dump, ==,
      "table t\n"
      "b34a5d47610000 #0 {\"pk\": {\"S\": \"a\"}, \"v\": {\"N\": \"2\"}, \"x\": {\"S\": \"1\"}}\n"
      "index g\n"
      "ae09abad310000610000 {\"pk\": {\"S\": \"a\"}, \"x\": {\"S\": \"1\"}}\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/rows/ordinals", test_ordinals);
  g_test_add_func ("/engine/rows/restore", test_restore);
  g_test_add_func ("/engine/rows/wrong", test_wrong);
  g_test_add_func ("/engine/rows/mistyped-index-key", test_mistyped_index_key);
  g_test_add_func ("/engine/rows/watch", test_watch);
  g_test_add_func ("/engine/rows/foreach", test_foreach);
  g_test_add_func ("/engine/rows/foreach-from", test_foreach_from);
  g_test_add_func ("/engine/rows/dump", test_dump);
  return g_test_run ();
}
