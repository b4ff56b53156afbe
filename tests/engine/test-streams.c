/*
 * Streams: a record for each change and for nothing else, with the change or not at all; for a day.
 */
#include "model/engine/streams.h"
#include "model/engine/sweep.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)
#define START_US ((gint64) 1700000000 * G_USEC_PER_SEC)

static HrTable *
make_table (HrStreamView view)
{
  HrTable *table = fixture_table ("t", "pk:S", NULL);

  table->settings.stream = view;
  fixture_add_index (table, "x", HR_INDEX_GLOBAL, "x:S", NULL, HR_PROJECT_ALL);
  return table;
}

static Fixture *
make_fixture (HrStreamView view)
{
  Fixture *f = fixture_new_at (NULL, START_US);

  fixture_create (f, make_table (view));
  return f;
}

static const HrStreamInfo *
find_stream (Fixture *f)
{
  const HrTableInfo *info = hr_engine_describe_table (f->engine, "t", &f->call);
  const HrStreamInfo *stream = hr_engine_find_stream (f->engine, "t", info->stream_label, &f->call);

  g_assert_nonnull (stream);
  return stream;
}

static int
compare_records_cb (gconstpointer a, gconstpointer b)
{
  const HrStreamRecord *x = a;
  const HrStreamRecord *y = b;

  return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

/* All records of the stream in the order of their numbers. */
static GArray *
read_all (Fixture *f, const HrStreamInfo *stream, guint limit)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (HrStreamRecord));

  for (guint i = 0; i < stream->n_shards; i++)
    {
      gint64 from = HR_STREAM_TRIM_HORIZON;
      HrStreamPage page;

      do
        {
          g_assert_true (hr_engine_read_stream (f->engine, stream, i, from, limit, &f->call, &page, &f->error));
          g_array_append_vals (records, page.records, page.count);
          g_assert_cmpint (page.next, >=, from);
          from = page.next;
        }
      while (page.count > 0);
    }
  g_array_sort (records, compare_records_cb);
  return records;
}

static void
append_image (GString *text, const char *name, const HrValue *image)
{
  g_autofree char *json = image != NULL ? fixture_print (image) : NULL;

  if (json != NULL)
    g_string_append_printf (text, " %s %s", name, json);
}

static char *
print_stream (Fixture *f, const HrStreamInfo *stream)
{
  static const char *const events[] = { "INSERT", "MODIFY", "REMOVE" };
  g_autoptr (GArray) records = read_all (f, stream, 2);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const HrStreamRecord *record = &g_array_index (records, HrStreamRecord, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s%s", record->sequence, events[record->event],
                              record->is_expiry ? " expired" : "");
      append_image (text, "keys", &record->keys);
      append_image (text, "old", record->old_image);
      append_image (text, "new", record->new_image);
      g_string_append_printf (text, " %" G_GSIZE_FORMAT "\n", record->size_bytes);
    }
  return g_string_free (text, FALSE);
}

#define assert_stream(f, stream, expected) \
  G_STMT_START { \
    g_autofree char *_text = print_stream (f, stream); \
    g_assert_cmpstr (_text, ==, expected); \
  } G_STMT_END

static void
write_some (Fixture *f)
{
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'},'v':{'N':'1'}}"));
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'},'v':{'N':'1.0'}}")); /* the same */
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "SET v = :v", "{':v':{'N':'2'}}"));
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'a'}}", "REMOVE w", NULL));
  g_assert_true (fixture_update_item (f, "t", "{'pk':{'S':'b'}}", "REMOVE w", NULL)); /* makes no item */
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'c'}}"));
  g_assert_true (fixture_delete (f, "t", "{'pk':{'S':'a'}}"));
}

static void
test_views (void)
{
#define KEYS " keys {'pk':{'S':'a'}}"
#define ONE "{'pk':{'S':'a'},'v':{'N':'1'}}"
#define TWO "{'pk':{'S':'a'},'v':{'N':'2'}}"
  static const struct
  {
    HrStreamView view;
    const char *text;
  } cases[] = {
    { HR_STREAM_KEYS_ONLY, "1 INSERT" KEYS " 3\n2 MODIFY" KEYS " 3\n3 REMOVE" KEYS " 3\n" },
    { HR_STREAM_NEW_IMAGE,
      "1 INSERT" KEYS " new " ONE " 9\n2 MODIFY" KEYS " new " TWO " 9\n3 REMOVE" KEYS " 3\n" },
    { HR_STREAM_OLD_IMAGE,
      "1 INSERT" KEYS " 3\n2 MODIFY" KEYS " old " ONE " 9\n3 REMOVE" KEYS " old " TWO " 9\n" },
    { HR_STREAM_NEW_AND_OLD_IMAGES, "1 INSERT" KEYS " new " ONE " 9\n2 MODIFY" KEYS " old " ONE " new " TWO
                                    " 15\n3 REMOVE" KEYS " old " TWO " 9\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = make_fixture (cases[i].view);

      write_some (f);
      g_assert_cmpint (find_stream (f)->last_sequence, ==, 3);
      assert_stream (f, find_stream (f), cases[i].text);
    }
}

/* Whatever is taken back leaves no record, and its numbers are given out again. */
static void
test_rollback (void)
{
  g_autoptr (Fixture) f = make_fixture (HR_STREAM_KEYS_ONLY);
  HrWrite writes[2] = {
    { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, "{'pk':{'S':'a'}}") },
    { .kind = HR_WRITE_PUT, .table = "t", .item = fixture_item_quoted (f, "{'pk':{'S':'b'}}"),
      .condition = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_exists(pk)", NULL) },
  };

  g_assert_false (hr_engine_transact_write (f->engine, writes, 2, &f->call, &f->error));
  g_assert_true (hr_engine_begin (f->engine, NULL));
  write_some (f);
  g_assert_true (hr_engine_begin (f->engine, NULL));
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'q'}}"));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  assert_stream (f, find_stream (f), "");

  writes[1].condition = NULL;
  g_assert_true (hr_engine_transact_write (f->engine, writes, 2, &f->call, &f->error));
  assert_stream (f, find_stream (f),
                 "1 INSERT keys {'pk':{'S':'a'}} 3\n2 INSERT keys {'pk':{'S':'b'}} 3\n");
}

static void
set_view (Fixture *f, HrStreamView view)
{
  HrTable *table = make_table (view);

  g_assert_true (hr_engine_update_table (f->engine, table, &f->call, &f->error));
  hr_table_free (table);
}

static guint
count_streams (Fixture *f)
{
  gboolean more;
  guint count;

  hr_engine_list_streams (f->engine, "t", NULL, NULL, 100, &f->call, &count, &more);
  g_assert_false (more);
  return count;
}

/* A stream outlives its end by a day; the next one has another label and numbers of its own. */
static void
test_ending (void)
{
  g_autoptr (Fixture) f = make_fixture (HR_STREAM_KEYS_ONLY);
  const HrStreamInfo *first = find_stream (f);
  const HrStreamInfo *second;
  HrStreamPage page;

  g_assert_cmpstr (first->label, ==, "2023-11-14T22:13:20.000");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  set_view (f, HR_STREAM_NONE);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'b'}}"));
  g_assert_cmpstr (find_stream (f)->label, ==, first->label);
  g_assert_false (find_stream (f)->is_open);
  g_assert_cmpint (find_stream (f)->last_sequence, ==, 1);

  set_view (f, HR_STREAM_NEW_IMAGE);
  second = find_stream (f);
  g_assert_cmpstr (second->label, ==, "2023-11-14T22:13:20.001");
  g_assert_true (second->is_open);
  g_assert_cmpint (second->last_sequence, ==, 0);
  g_assert_cmpuint (count_streams (f), ==, 2);
  first = hr_engine_find_stream (f->engine, "t", first->label, &f->call);
  assert_stream (f, first, "1 INSERT keys {'pk':{'S':'a'}} 3\n");
  g_assert_true (hr_engine_read_stream (f->engine, first, 0, 2, 10, &f->call, &page, &f->error));
  g_assert_true (page.is_finished);

  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_false (hr_engine_find_stream (f->engine, "t", second->label, &f->call)->is_open);
  fixture_create (f, make_table (HR_STREAM_KEYS_ONLY));
  g_assert_cmpuint (count_streams (f), ==, 3);
  f->now_us += 25 * HOUR_US;
  g_assert_cmpuint (count_streams (f), ==, 1);
  g_assert_null (hr_engine_find_stream (f->engine, "t", second->label, &f->call));
  g_assert_true (hr_engine_sweep (f->engine, 100, NULL, NULL));
  f->now_us -= 25 * HOUR_US;
  g_assert_cmpuint (count_streams (f), ==, 1);
}

/* The end of a stream, and the begin of another, go back with the update. */
static void
test_ending_rolled_back (void)
{
  g_autoptr (Fixture) f = make_fixture (HR_STREAM_KEYS_ONLY);

  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  g_assert_true (hr_engine_begin (f->engine, NULL));
  set_view (f, HR_STREAM_NEW_IMAGE);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'b'}}"));
  set_view (f, HR_STREAM_NONE);
  g_assert_true (hr_engine_delete_table (f->engine, "t", &f->call, &f->error));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_cmpuint (count_streams (f), ==, 1);
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'b'}}"));
  assert_stream (f, find_stream (f),
                 "1 INSERT keys {'pk':{'S':'a'}} 3\n2 INSERT keys {'pk':{'S':'b'}} 3\n");
}

static void
test_shards (void)
{
  g_autoptr (Fixture) f = make_fixture (HR_STREAM_KEYS_ONLY);
  const HrStreamInfo *stream = find_stream (f);
  g_autoptr (GHashTable) shards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint used = 0;

  g_assert_cmpuint (stream->n_shards, ==, 4);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *update = g_strdup_printf ("{'pk':{'S':'%u'},'v':{'N':'%u'}}", i % 20, i);

      g_assert_true (fixture_put (f, "t", update));
    }
  for (guint i = 0; i < stream->n_shards; i++)
    {
      gint64 latest = 0;
      HrStreamPage page;

      g_assert_true (hr_engine_read_stream (f->engine, stream, i, 0, 1000, &f->call, &page, &f->error));
      used |= (guint) (page.count > 0) << i;
      for (guint j = 0; j < page.count; j++)
        {
          char *key = fixture_print (&page.records[j].keys);
          gpointer shard = g_hash_table_lookup (shards, key);

          g_assert_cmpint (page.records[j].sequence, >, latest);
          latest = page.records[j].sequence;
          g_assert_true (shard == NULL || shard == GUINT_TO_POINTER (i + 1));
          g_hash_table_insert (shards, key, GUINT_TO_POINTER (i + 1));
        }
    }
  g_assert_cmpuint (g_hash_table_size (shards), ==, 20);
  g_assert_cmpuint (used, ==, 15);
}

static HrTable *
make_single (void)
{
  HrTable *table = make_table (HR_STREAM_KEYS_ONLY);

  table->settings.billing = HR_BILLING_PROVISIONED;
  table->settings.read_units = table->settings.write_units = 1;
  return table;
}

static void
put_numbered (Fixture *f, guint i)
{
  g_autofree char *item = g_strdup_printf ("{'pk':{'S':'%u'}}", i);

  g_assert_true (fixture_put (f, "t", item));
}

/* What is older than a day cannot be read, swept or not; who stands before it is told so. */
static void
test_trimming (void)
{
  g_autoptr (Fixture) f = fixture_new_at (NULL, START_US);
  const HrStreamInfo *stream;
  HrStreamPage page;

  fixture_create (f, make_single ());
  for (guint i = 0; i < 10; i++)
    {
      put_numbered (f, i);
      f->now_us += HOUR_US;
    }
  stream = find_stream (f);
  g_assert_cmpuint (stream->n_shards, ==, 1);
  f->now_us = START_US + 29 * HOUR_US; /* five are too old */
  for (guint swept = 0; swept < 3; swept++)
    {
      g_assert_true (hr_engine_read_stream (f->engine, stream, 0, 0, 100, &f->call, &page, &f->error));
      g_assert_cmpuint (page.count, ==, 5);
      g_assert_cmpint (page.records[0].sequence, ==, 6);
      g_assert_true (hr_engine_read_stream (f->engine, stream, 0, 6, 100, &f->call, &page, &f->error));
      g_assert_cmpuint (page.count, ==, 5);
      for (gint64 from = 1; from <= 5; from++)
        {
          g_assert_false (hr_engine_read_stream (f->engine, stream, 0, from, 1, &f->call, &page, &f->error));
          assert_error (f, HR_SERVICE_TRIMMED_DATA_ACCESS, "The data you are trying to access has been trimmed");
        }
      g_assert_true (hr_engine_sweep (f->engine, swept == 0 ? 2 : 100, NULL, NULL));
    }
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 1);

  /* all of them, and the numbers go on nevertheless */
  f->now_us += 48 * HOUR_US;
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, 0);
  g_assert_true (hr_engine_sweep (f->engine, 100, NULL, NULL));
  g_assert_cmpint (hr_engine_get_sweep_pause_us (f->engine), ==, G_MAXINT64);
  g_assert_true (hr_engine_read_stream (f->engine, stream, 0, 0, 100, &f->call, &page, &f->error));
  g_assert_cmpuint (page.count, ==, 0);
  put_numbered (f, 10);
  g_assert_true (hr_engine_read_stream (f->engine, stream, 0, 11, 100, &f->call, &page, &f->error));
  g_assert_cmpuint (page.count, ==, 1);
  g_assert_cmpint (page.records[0].sequence, ==, 11);
}

static void
test_reopening (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autofree char *before = NULL;
  g_autofree char *label = NULL;

  place_init (&place);
  f = fixture_new_at (place.path, START_US);
  fixture_create (f, make_table (HR_STREAM_NEW_AND_OLD_IMAGES));
  write_some (f);
  before = print_stream (f, find_stream (f));
  label = g_strdup (find_stream (f)->label);
  fixture_reopen (f, place.path);
  assert_stream (f, find_stream (f), before);
  g_assert_cmpstr (find_stream (f)->label, ==, label);
  g_assert_cmpint (find_stream (f)->last_sequence, ==, 3);

  f->now_us += 48 * HOUR_US;
  g_assert_true (hr_engine_sweep (f->engine, 100, NULL, NULL));
  fixture_reopen (f, place.path);
  put_numbered (f, 1);
  assert_stream (f, find_stream (f), "4 INSERT keys {'pk':{'S':'1'}} new {'pk':{'S':'1'}} 6\n");
}

/* Others read from a snapshot while records are added. */
static void
test_snapshot (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (HrEngine) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  HrEngine *engine;

  place_init (&place);
  f = fixture_new_at (place.path, START_US);
  fixture_create (f, make_table (HR_STREAM_NEW_AND_OLD_IMAGES));
  write_some (f);
  before = print_stream (f, find_stream (f));
  snapshot = hr_engine_open_snapshot (f->engine, &error);
  g_assert_no_error (error);
  put_numbered (f, 1);
  engine = f->engine;
  f->engine = snapshot;
  assert_stream (f, find_stream (f), before);
  f->engine = engine;
}

/* Undoing, and filling in a table's first items, is nothing that happened to them. */
static void
test_unrecorded (void)
{
  g_autoptr (Fixture) f = make_fixture (HR_STREAM_KEYS_ONLY);
  HrValue key = fixture_item_quoted (f, "{'pk':{'S':'a'}}");
  HrRow row;

  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'a'}}"));
  g_assert_true (hr_engine_get_row (f->engine, "t", &key, f->arena, &row, NULL));
  g_assert_true (hr_engine_erase_row (f->engine, "t", &key, NULL));
  g_assert_true (hr_engine_restore_row (f->engine, "t", &row, NULL));
  assert_stream (f, find_stream (f), "1 INSERT keys {'pk':{'S':'a'}} 3\n");
}

static void
test_listing (void)
{
  static const char *const names[] = { "c", "a", "b" };
  g_autoptr (Fixture) f = fixture_new_at (NULL, START_US);
  const HrStreamInfo *streams;
  gboolean more;
  guint count;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HrTable *table = fixture_table (names[i], "pk:S", "sk:N");

      table->settings.stream = HR_STREAM_OLD_IMAGE;
      fixture_create (f, table);
    }
  streams = hr_engine_list_streams (f->engine, NULL, NULL, NULL, 2, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (more);
  g_assert_cmpstr (streams[0].table, ==, "a");
  g_assert_cmpstr (streams[1].table, ==, "b");
  g_assert_cmpstr (streams[1].sort_key, ==, "sk");
  g_assert_cmpint (streams[1].view, ==, HR_STREAM_OLD_IMAGE);
  streams = hr_engine_list_streams (f->engine, NULL, "b", streams[1].label, 2, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 1);
  g_assert_false (more);
  g_assert_cmpstr (streams[0].table, ==, "c");
  hr_engine_list_streams (f->engine, "d", NULL, NULL, 2, &f->call, &count, &more);
  g_assert_cmpuint (count, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/streams/views", test_views);
  g_test_add_func ("/engine/streams/rollback", test_rollback);
  g_test_add_func ("/engine/streams/ending", test_ending);
  g_test_add_func ("/engine/streams/ending-rolled-back", test_ending_rolled_back);
  g_test_add_func ("/engine/streams/shards", test_shards);
  g_test_add_func ("/engine/streams/trimming", test_trimming);
  g_test_add_func ("/engine/streams/reopening", test_reopening);
  g_test_add_func ("/engine/streams/snapshot", test_snapshot);
  g_test_add_func ("/engine/streams/unrecorded", test_unrecorded);
  g_test_add_func ("/engine/streams/listing", test_listing);
  return g_test_run ();
}
