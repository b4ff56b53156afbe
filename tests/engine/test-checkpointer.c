/*
 * Checkpoints beside the writer: the log stays bounded while writes go on, and nothing is lost.
 */
#include <glib/gstdio.h>

#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define N_ITEMS 3000
#define LOG_BYTES_MAX (80 * 1024 * 1024)

static void
put (HrEngine *engine, HrArena *arena, guint number, const HrValue *text)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  HrCall call = { .arena = arena };
  HrMember members[2] = { { .name = "pk", .name_length = 2 },
                          { .name = "t", .name_length = 1, .value = *text } };
  g_autofree char *key = g_strdup_printf ("%u", number % N_ITEMS);
  HrWrite write = { .kind = HR_WRITE_PUT, .table = "things" };
  HrWriteResult result;

  members[0].value = hr_value_string (key, strlen (key));
  write.item = hr_value_map (members, 2);
  g_assert_true (hr_engine_write (engine, &write, &call, &result, &error));
  hr_arena_reset (arena);
}

static void
test_bounded (void)
{
  g_auto (Place) place = { 0 };
  const HrEngineOptions options = { .synchronous = HR_SYNC_OFF, .has_checkpointer = TRUE };
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrEngine) engine = NULL;
  g_autofree char *log = NULL;
  g_autofree char *letters = g_strnfill (8000, 'x');
  HrValue text = hr_value_string (letters, strlen (letters));
  Fixture *fixture;
  GStatBuf status;

  place_init (&place);
  log = g_strconcat (place.path, "-wal", NULL);
  fixture = fixture_new (place.path);
  fixture_create (fixture, fixture_table ("things", "pk:S", NULL));
  fixture_free (fixture);

  engine = hr_engine_open (place.path, &options, NULL);
  g_assert_nonnull (engine);
  for (guint i = 0; i < 6 * N_ITEMS; i++)
    put (engine, arena, i, &text);
  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, LOG_BYTES_MAX);
  g_clear_pointer (&engine, hr_engine_close);
  g_assert_cmpint (g_stat (log, &status), !=, 0);

  fixture = fixture_new (place.path);
  fixture_verify (fixture, "things");
  g_assert_cmpint (hr_engine_describe_table (fixture->engine, "things", &fixture->call)->item_count, ==,
                   N_ITEMS);
  fixture_free (fixture);
}

/* Memory has no log, and a file may go without. */
static void
test_without (void)
{
  const HrEngineOptions options = { .has_checkpointer = TRUE };
  HrEngine *engine = hr_engine_open (NULL, &options, NULL);

  g_assert_nonnull (engine);
  hr_engine_close (engine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/checkpointer/bounded", test_bounded);
  g_test_add_func ("/engine/checkpointer/without", test_without);
  return g_test_run ();
}
