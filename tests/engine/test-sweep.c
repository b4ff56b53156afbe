/*
 * Sweeping: items go when their time has come, neither others nor earlier, with their index entries.
 */
#include "model/engine/streams.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define NOW ((gint64) 1700000000)
#define YEAR ((gint64) 365 * 86400)

static HrTable *
make_table (const char *attribute)
{
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  table->settings.ttl_attribute = g_strdup (attribute);
  table->settings.stream = HR_STREAM_OLD_IMAGE;
  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_KEYS_ONLY);
  return table;
}

static Fixture *
make_fixture (const char *attribute)
{
  Fixture *f = fixture_new_at (NULL, NOW * G_USEC_PER_SEC);

  fixture_create (f, make_table (attribute));
  return f;
}

static void
put (Fixture *f, guint i, const char *ttl)
{
  g_autofree char *json = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'},'x':{'S':'%u'},'y':{'S':'y'}%s%s}", i,
                                           i % 3, *ttl != '\0' ? ",'due':" : "", ttl);

  g_assert_true (fixture_put (f, "t", json));
}

static gboolean
has_item (Fixture *f, guint i)
{
  g_autofree char *key = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", i);
  HrGetResult result;

  g_assert_true (fixture_get (f, "t", key, &result));
  return result.found;
}

static guint
sweep (Fixture *f, guint limit)
{
  HrSweep result;

  g_assert_true (hr_engine_sweep (f->engine, limit, &result, NULL));
  return result.expired;
}

static void
test_forms (void)
{
  static const struct
  {
    const char *ttl;
    gboolean goes;
  } cases[] = {
    { "{'N':'1699999999'}", TRUE },
    { "{'N':'1700000000'}", TRUE },
    { "{'N':'1700000001'}", FALSE },
    { "{'N':'1.699999999e9'}", TRUE },
    { "{'N':'1699999999.5'}", TRUE },
    { "{'N':'1700000000.5'}", FALSE },
    { "{'N':'16E8'}", TRUE },
    { "{'N':'1E125'}", FALSE },
    { "{'N':'9223372036854775807'}", FALSE },
    { "{'N':'4611686018427387903'}", FALSE },
    { "{'N':'4611686018427387904'}", FALSE },
    { "{'N':'-1699999999'}", FALSE },
    { "{'N':'0'}", FALSE }, /* more than five years ago */
    { "{'N':'1542319999'}", FALSE },
    { "{'N':'1542320001'}", TRUE },
    { "{'S':'1699999999'}", FALSE },
    { "{'NS':['1699999999']}", FALSE },
    { "{'L':[{'N':'1699999999'}]}", FALSE },
    { "{'NULL':true}", FALSE },
    { "", FALSE },
  };
  g_autoptr (Fixture) f = make_fixture ("due");

  g_assert_cmpint (NOW - 5 * YEAR, ==, 1542320000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    put (f, i, cases[i].ttl);
  f->now_us += G_USEC_PER_SEC / 2;
  sweep (f, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (has_item (f, i) == cases[i].goes)
      g_error ("%s should %s", cases[i].ttl, cases[i].goes ? "go" : "stay");
  fixture_verify (f, "t");
}

/* The record says that the service did it. */
static void
test_record (void)
{
  g_autoptr (Fixture) f = make_fixture ("due");
  const HrStreamInfo *stream;
  gboolean more;
  guint count;
  guint expiries = 0;

  put (f, 0, "{'N':'1699999999'}");
  put (f, 1, "{'N':'1800000000'}");
  g_assert_cmpuint (sweep (f, 100), ==, 1);
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'}}"));
  stream = hr_engine_list_streams (f->engine, "t", NULL, NULL, 1, &f->call, &count, &more);
  for (guint i = 0; i < stream->n_shards; i++)
    {
      HrStreamPage page;

      g_assert_true (hr_engine_read_stream (f->engine, stream, i, 0, 10, &f->call, &page, &f->error));
      for (guint j = 0; j < page.count; j++)
        {
          const HrStreamRecord *record = &page.records[j];

          g_assert_true (record->is_expiry == (record->sequence == 3));
          g_assert_true ((record->event == HR_STREAM_REMOVE) == (record->sequence >= 3));
          expiries += record->is_expiry;
        }
    }
  g_assert_cmpuint (expiries, ==, 1);
}

/* The pause before the next sweep is as long as there is nothing to do. */
static void
test_pause (void)
{
  g_autoptr (Fixture) f = fixture_new_at (NULL, NOW * G_USEC_PER_SEC);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");

  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0); /* who knows */
  sweep (f, 10);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
  table->settings.ttl_attribute = g_strdup ("due");
  fixture_create (f, table);
  sweep (f, 10);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
  put (f, 0, "{'N':'1700000100'}");
  put (f, 1, "{'N':'1700000200'}");
  put (f, 2, "{'N':'1E100'}");
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 100 * G_USEC_PER_SEC);
  f->now_us += 99 * G_USEC_PER_SEC;
  g_assert_cmpuint (sweep (f, 10), ==, 0);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_USEC_PER_SEC);
  f->now_us += G_USEC_PER_SEC;
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0);
  g_assert_cmpuint (sweep (f, 10), ==, 1);
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 100 * G_USEC_PER_SEC);
}

/* What was there before the attribute was named is found a step at a time, and so is what changes meanwhile. */
static void
test_steps (void)
{
  g_autoptr (Fixture) f = make_fixture (NULL);
  HrTable *table = make_table ("due");
  guint expired = 0;
  guint steps = 0;

  for (guint i = 0; i < 100; i++)
    put (f, i, i % 2 == 0 ? "{'N':'1699999999'}" : "{'N':'1800000000'}");
  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  hr_table_free (table);
  while (hr_engine_get_sweep_pause_us (f->engine) == 0)
    {
      guint found = sweep (f, 7);

      g_assert_cmpuint (found, <=, 7);
      expired += found;
      steps++;
      if (steps == 3)
        for (guint i = 0; i < 100; i += 10)
          put (f, i + 1, "{'N':'1699999998'}"); /* will expire as well */
    }
  g_assert_cmpuint (expired, ==, 60);
  g_assert_cmpuint (steps, >, 150 / 7);
  fixture_verify (f, "t");
  for (guint i = 0; i < 100; i++)
    g_assert_true (has_item (f, i) == (i % 2 == 1 && i % 10 != 1));
}

/* A delete that is taken back, a table that is, and an attribute that changes its name. */
static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_fixture ("due");
  HrTable *table = make_table ("other");

  put (f, 0, "{'N':'1699999999'}");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_cmpuint (sweep (f, 10), ==, 1);
  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_true (has_item (f, 0));
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0);

  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  g_assert_cmpuint (sweep (f, 10), ==, 0);
  g_clear_pointer (&table->settings.ttl_attribute, g_free);
  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  g_assert_cmpuint (sweep (f, 10), ==, 0);
  table->settings.ttl_attribute = g_strdup ("due");
  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  hr_table_free (table);
  g_assert_cmpuint (sweep (f, 10), ==, 1);
}

static void
write_at_random (Fixture *f, gint64 *ttls, guint count)
{
  guint i = g_test_rand_int_range (0, count);
  g_autofree char *key = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", i);
  gint64 ttl = f->now_us / G_USEC_PER_SEC + g_test_rand_int_range (-5, 50);
  g_autofree char *text = g_strdup_printf ("{'N':'%" G_GINT64_FORMAT "'}", ttl);
  g_autofree char *values = g_strdup_printf ("{':v':%s}", text);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      g_assert_true (fixture_delete (f, "t", key));
      ttls[i] = 0;
      break;
    case 1:
      put (f, i, "{'S':'1'}");
      ttls[i] = G_MAXINT64;
      break;
    case 2:
      g_assert_true (fixture_update_item (f, "t", key, "SET due = :v", values));
      ttls[i] = ttl;
      break;
    default:
      put (f, i, text);
      ttls[i] = ttl;
    }
}

/* Against a list of what there is; through restarts. */
static void
test_model (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  gint64 ttls[40] = { 0 };

  place_init (&place);
  f = fixture_new_at (place.path, NOW * G_USEC_PER_SEC);
  fixture_create (f, make_table ("due"));
  for (guint round = 0; round < 400; round++)
    {
      for (guint i = g_test_rand_int_range (0, 6); i > 0; i--)
        write_at_random (f, ttls, G_N_ELEMENTS (ttls));
      f->now_us += g_test_rand_int_range (0, 4) * G_USEC_PER_SEC;
      if (round % 50 == 49)
        fixture_reopen (f, place.path);
      while (hr_engine_get_sweep_pause_us (f->engine) == 0)
        sweep (f, 3);
      for (guint i = 0; i < G_N_ELEMENTS (ttls); i++)
        {
          if (ttls[i] <= f->now_us / G_USEC_PER_SEC)
            ttls[i] = 0;
          g_assert_true (has_item (f, i) == (ttls[i] != 0));
        }
    }
  fixture_verify (f, "t");
}

/* A crash between steps: what was not committed is swept again, and what was is gone. */
static void
test_crash (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Fixture) crashed = NULL;

  place_init (&place);
  place_init (&copy);
  f = fixture_new_at (place.path, NOW * G_USEC_PER_SEC);
  fixture_create (f, make_table ("due"));
  for (guint i = 0; i < 20; i++)
    put (f, i, "{'N':'1699999999'}");
  g_assert_cmpuint (sweep (f, 5), ==, 5);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_cmpuint (sweep (f, 5), ==, 5);
  place_crash (&place, &copy);
  g_assert_true (hr_engine_commit (f->engine, NULL));
  crashed = fixture_new_at (copy.path, NOW * G_USEC_PER_SEC);
  fixture_verify (crashed, "t");
  g_assert_cmpuint (sweep (crashed, 100), ==, 15);
  fixture_verify (crashed, "t");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/sweep/forms", test_forms);
  g_test_add_func ("/engine/sweep/record", test_record);
  g_test_add_func ("/engine/sweep/pause", test_pause);
  g_test_add_func ("/engine/sweep/steps", test_steps);
  g_test_add_func ("/engine/sweep/rollback", test_rollback);
  g_test_add_func ("/engine/sweep/model", test_model);
  g_test_add_func ("/engine/sweep/crash", test_crash);
  return g_test_run ();
}
