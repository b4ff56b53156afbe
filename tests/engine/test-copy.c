/*
 * Copies of an engine and snapshots to read from: what they hold, and that nothing else does.
 */
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#include <glib/gstdio.h>

#include "model/base/error.h"

static HrTable *
make_table (void)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  return table;
}

static void
fill (Fixture *f, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    {
      g_autofree char *item =
          g_strdup_printf ("{'pk':{'S':'p%u'},'sk':{'N':'%u'},'x':{'S':'%u'}}", i % 7, i, i % 3);

      g_assert_true (fixture_put (f, "t", item));
    }
}

static char *
dump (HrEngine *engine)
{
  HrBuffer out = HR_BUFFER_INIT;

  g_assert_true (hr_engine_dump_table (engine, "t", &out, NULL));
  return hr_buffer_steal (&out, NULL);
}

static void
assert_same (HrEngine *a, HrEngine *b)
{
  g_autofree char *left = dump (a);
  g_autofree char *right = dump (b);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrCall call = { .arena = arena };
  const HrTableInfo *infos[2];

  g_assert_cmpstr (left, ==, right);
  infos[0] = hr_engine_describe_table (a, "t", &call);
  infos[1] = hr_engine_describe_table (b, "t", &call);
  g_assert_cmpint (infos[0]->item_count, ==, infos[1]->item_count);
  g_assert_cmpint (infos[0]->size_bytes, ==, infos[1]->size_bytes);
  g_assert_cmpint (infos[0]->indexes[0].item_count, ==, infos[1]->indexes[0].item_count);
  g_assert_cmpint (hr_engine_get_next_ordinal (a, "t"), ==, hr_engine_get_next_ordinal (b, "t"));
}

static void
test_to_file (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) crashed = { 0 };
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrEngine) copy = NULL;
  g_autoptr (HrEngine) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *unfinished = NULL;

  place_init (&place);
  place_init (&crashed);
  fixture_create (f, make_table ());
  fill (f, 0, 400);
  copy = hr_engine_copy (f->engine, place.path, NULL, &error);
  g_assert_no_error (error);
  assert_same (copy, f->engine);
  g_assert_null (hr_engine_open (place.path, NULL, &error)); /* locked */
  g_assert_error (error, HR_ERROR, HR_ERROR_BUSY);
  unfinished = g_strconcat (place.path, ".new", NULL);
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));

  /* sound from the first moment */
  place_crash (&place, &crashed);
  again = hr_engine_open (crashed.path, NULL, NULL);
  assert_same (again, f->engine);

  /* each goes its own way */
  fill (f, 400, 450);
  g_assert_cmpint (hr_engine_get_next_ordinal (copy, "t"), ==, 400);
  g_clear_pointer (&copy, hr_engine_close);
  copy = hr_engine_open (place.path, NULL, NULL);
  assert_same (copy, again);
}

static void
test_refused (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autofree char *nowhere = NULL;
  g_autofree char *unfinished = NULL;
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) missing = NULL;

  place_init (&place);
  nowhere = g_build_filename (place.folder, "none", "store", NULL);
  unfinished = g_strconcat (nowhere, ".new", NULL);
  fixture_create (f, make_table ());
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_null (hr_engine_copy (f->engine, place.path, NULL, &busy));
  g_assert_error (busy, HR_ERROR, HR_ERROR_BUSY);
  g_clear_error (&busy);
  g_assert_null (hr_engine_open_snapshot (f->engine, &busy));
  g_assert_error (busy, HR_ERROR, HR_ERROR_BUSY);
  g_assert_true (hr_engine_commit (f->engine, NULL));
  g_assert_null (hr_engine_copy (f->engine, nowhere, NULL, &missing));
  g_assert_error (missing, HR_ERROR, HR_ERROR_NOT_FOUND);
  fill (f, 0, 10);
}

static gpointer
read_cb (gpointer user_data)
{
  return dump (user_data);
}

/* A snapshot stays as it is while the engine goes on, also when another thread reads it. */
static void
check_snapshot (Fixture *f)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *read = NULL;
  g_autoptr (HrEngine) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  GThread *thread;

  fixture_create (f, make_table ());
  fill (f, 0, 300);
  before = dump (f->engine);
  snapshot = hr_engine_open_snapshot (f->engine, &error);
  g_assert_no_error (error);
  assert_same (snapshot, f->engine);
  thread = g_thread_new ("reader", read_cb, snapshot);
  fill (f, 100, 500);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'p1'},'sk':{'N':'1'}}"));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_true (hr_engine_drop_table (f->engine, "t", &f->call, &service_error));
  read = g_thread_join (thread);
  g_assert_cmpstr (read, ==, before);
  after = dump (snapshot);
  g_assert_cmpstr (after, ==, before);
}

/* What is copied from a snapshot in another thread is for writing again. */
static void
test_copy_of_snapshot (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (HrEngine) snapshot = NULL;
  g_autoptr (HrEngine) copy = NULL;
  g_autoptr (GError) error = NULL;
  HrMember members[2];
  HrValue key;

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 0, 50);
  snapshot = hr_engine_open_snapshot (f->engine, NULL);
  fill (f, 50, 60);
  copy = hr_engine_copy (snapshot, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same (copy, snapshot);
  members[0] = (HrMember) { "pk", 2, hr_value_string ("p1", 2) };
  members[1] = (HrMember) { "sk", 2, fixture_item_quoted (f, "{'a':{'N':'1'}}").members[0].value };
  key = hr_value_map (members, 2);
  g_assert_true (hr_engine_erase_row (copy, "t", &key, &error));
  g_assert_true (hr_engine_verify_indexes (copy, "t", NULL, NULL));
}

static void
test_snapshot (void)
{
  g_auto (Place) place = { 0 };
  HrEngineOptions options = { .has_checkpointer = TRUE };
  g_autoptr (Fixture) file = NULL;
  g_autoptr (Fixture) memory = fixture_new (NULL);

  place_init (&place);
  file = fixture_new_with (place.path, &options);
  check_snapshot (file);
  check_snapshot (memory);
}

static void
test_snapshot_is_for_reading (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (HrEngine) snapshot = NULL;
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = NULL };

  place_init (&place);
  f = fixture_new (place.path);
  fixture_create (f, make_table ());
  fill (f, 0, 3);
  snapshot = hr_engine_open_snapshot (f->engine, NULL);
  call.arena = f->arena;
  g_assert_false (hr_engine_set_property (snapshot, NULL, "a", "b", &call, &service_error));
  g_assert_cmpint (service_error.kind, ==, HR_SERVICE_INTERNAL);
  g_assert_false (hr_engine_drop_table (snapshot, "t", &call, &service_error));
  fill (f, 3, 6); /* which the failure does not disturb */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/copy/to-file", test_to_file);
  g_test_add_func ("/engine/copy/refused", test_refused);
  g_test_add_func ("/engine/snapshot/stays", test_snapshot);
  g_test_add_func ("/engine/snapshot/copy", test_copy_of_snapshot);
  g_test_add_func ("/engine/snapshot/is-for-reading", test_snapshot_is_for_reading);
  return g_test_run ();
}
