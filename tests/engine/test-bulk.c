/*
 * Rows in bulk: the same table as from single writes, wholly or not at all.
 */
#include "model/engine/bulk.h"
#include "model/engine/engine-private.h"
#include "tests/engine/fixture.h"
#include "tests/engine/place.h"

#include "model/base/error.h"
#include "model/value/record.h"

static void
create_table (Fixture *f, const char *name)
{
  HrTable *table = fixture_table (name, "pk:S", "sk:N");
  HrIndex *included;

  fixture_add_index (table, "all", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  included = fixture_add_index (table, "included", HR_INDEX_GLOBAL, "y:S", NULL, HR_PROJECT_INCLUDE);
  g_ptr_array_add (included->included, g_strdup ("v"));
  fixture_add_index (table, "local", HR_INDEX_LOCAL, "pk:S", "x:S", HR_PROJECT_KEYS_ONLY);
  fixture_create (f, table);
}

static HrBulk *
open_bulk (Fixture *f, const char *table)
{
  g_autoptr (GError) error = NULL;
  HrBulk *bulk = hr_bulk_new (f->engine, table, &error);

  g_assert_no_error (error);
  return bulk;
}

static gboolean
add_item (HrBulk *bulk, const HrValue *item, gint64 ordinal)
{
  g_auto (HrBuffer) record = HR_BUFFER_INIT;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  HrRow row;

  hr_record_encode (item, &record);
  row = (HrRow) { ordinal, (const guint8 *) record.data, record.length };
  hr_bulk_add (bulk, &row, &is_new, &error);
  g_assert_no_error (error);
  return is_new;
}

static gboolean
add (Fixture *f, HrBulk *bulk, const char *json, gint64 ordinal)
{
  HrValue item = fixture_item_quoted (f, json);

  return add_item (bulk, &item, ordinal);
}

static void
finish (HrBulk *bulk)
{
  g_autoptr (GError) error = NULL;

  hr_bulk_finish (bulk, &error);
  g_assert_no_error (error);
}

static char *
random_item (void)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{'pk':{'S':'%d'},'sk':{'N':'%d'}", g_test_rand_int_range (0, 12),
                          g_test_rand_int_range (0, 30));
  for (const char *name = "xyvw"; *name != '\0'; name++)
    if (g_test_rand_int_range (0, 3) > 0)
      g_string_append_printf (json, ",'%c':{'S':'%d'}", *name, g_test_rand_int_range (0, 20));
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static void
add_random (Fixture *f, HrBulk *bulk, guint count, gint64 step)
{
  for (gint64 i = 1; i <= count; i++)
    {
      g_autofree char *json = random_item ();

      add (f, bulk, json, i * step);
    }
}

static char *
describe (Fixture *f, const char *table)
{
  const HrTableInfo *info = hr_engine_describe_table (f->engine, table, &f->call);
  g_autofree char *dump = fixture_dump (f, table);
  GString *text = g_string_new (strchr (dump, '\n')); /* without the name */

  g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " next %" G_GINT64_FORMAT "\n",
                          info->item_count, info->size_bytes, hr_engine_get_next_ordinal (f->engine, table));
  for (guint i = 0; i < info->definition->indexes->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", info->indexes[i].item_count,
                            info->indexes[i].size_bytes);
  return g_string_free (text, FALSE);
}

/* Random items go into two tables, in bulk and one by one, and those of a taken key into none. */
static void
test_same_as_single (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (Fixture) f = fixture_new (NULL);
      g_autoptr (HrBulk) bulk = NULL;
      g_autofree char *single = NULL;
      g_autofree char *bulky = NULL;
      const HrCondition *is_free
        = fixture_condition (f, HR_EXPRESSION_CONDITION, "attribute_not_exists(pk)", NULL);

      create_table (f, "single");
      create_table (f, "bulk");
      bulk = open_bulk (f, "bulk");
      for (gint64 i = 0; i < 300; i++)
        {
          g_autofree char *json = random_item ();
          HrWrite write = { .kind = HR_WRITE_PUT, .table = "single", .item = fixture_item_quoted (f, json),
                            .condition = is_free };
          gint64 ordinal = hr_engine_get_next_ordinal (f->engine, "single");

          g_assert_cmpint (add (f, bulk, json, ordinal), ==, fixture_write (f, &write));
          if (g_test_rand_int_range (0, 60) == 0)
            finish (bulk);
        }
      finish (bulk);
      finish (bulk);
      fixture_verify (f, "bulk");
      single = describe (f, "single");
      bulky = describe (f, "bulk");
      g_assert_cmpstr (bulky, ==, single);
    }
}

/* Keys of any bytes and lengths, many of them with a common beginning. */
static void
test_order (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrBulk) bulk = NULL;
  guint n_rows = 0;

  fixture_create (f, fixture_table ("t", "pk:B", "sk:B"));
  bulk = open_bulk (f, "t");
  for (guint i = 0; i < 2000; i++)
    {
      HrMember members[2] = { { "pk", 2, hr_value_string ("p", 1) }, { "sk", 2, hr_value_null () } };
      gsize length = (gsize) g_test_rand_int_range (1, 6);
      char *bytes = hr_arena_alloc (f->arena, length);
      HrValue item = hr_value_map (members, 2);

      for (gsize j = 0; j < length; j++)
        bytes[j] = "\x00\x01\x7f\xff"[g_test_rand_int_range (0, 4)];
      members[1].value = hr_value_string (bytes, length);
      members[0].value.type = members[1].value.type = HR_TYPE_B;
      n_rows += add_item (bulk, &item, i);
    }
  finish (bulk);
  fixture_verify (f, "t");
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, n_rows);
}

static void
test_dropped (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrBulk *bulk;

  create_table (f, "t");
  fixture_put (f, "t", "{'pk':{'S':'a'},'sk':{'N':'1'}}");
  before = describe (f, "t");
  bulk = open_bulk (f, "t");
  g_assert_true (add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'2'}}", 5));
  g_assert_false (add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'2'}}", 6));
  g_assert_false (add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'1'}}", 7));
  hr_bulk_free (bulk);
  after = describe (f, "t");
  g_assert_cmpstr (after, ==, before);
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrBulk) bulk = NULL;
  g_autoptr (GError) error = NULL;
  HrRow row = { 0, (const guint8 *) "no record", 9 };
  gboolean is_new;

  create_table (f, "t");
  g_assert_null (hr_bulk_new (f->engine, "none", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  bulk = open_bulk (f, "t");
  g_assert_false (hr_bulk_add (bulk, &row, &is_new, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_INVALID);
  finish (bulk);
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrBulk *bulk;

  create_table (f, "t");
  fixture_put (f, "t", "{'pk':{'S':'a'},'sk':{'N':'1'},'x':{'S':'1'},'y':{'S':'2'}}");
  before = describe (f, "t");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  bulk = open_bulk (f, "t");
  add_random (f, bulk, 200, 1);
  finish (bulk);
  hr_bulk_free (bulk);
  fixture_verify (f, "t");
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  after = describe (f, "t");
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
  g_assert_true (fixture_put (f, "t", "{'pk':{'S':'b'},'sk':{'N':'1'},'x':{'S':'1'},'y':{'S':'2'}}"));
  fixture_verify (f, "t");
}

static void
limit_pages (Fixture *f, guint count)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %u", count);

  g_assert_cmpint (sqlite3_exec (f->engine->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* The disk is full sooner or later: within the rows, or within one of the indexes. */
static void
test_failure (void)
{
  guint n_failed = 0;

  for (guint n_pages = 8;; n_pages += 5)
    {
      g_autoptr (Fixture) f = fixture_new (NULL);
      g_autoptr (HrBulk) bulk = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      create_table (f, "t");
      fixture_put (f, "t", "{'pk':{'S':'a'},'sk':{'N':'-1'},'x':{'S':'1'},'y':{'S':'2'}}");
      before = describe (f, "t");
      g_assert_true (hr_engine_begin (f->engine, NULL));
      bulk = open_bulk (f, "t");
      for (gint64 i = 0; i < 100; i++)
        {
          HrValue text = fixture_text (f, 'v', 700);
          g_autofree char *json
            = g_strdup_printf ("{'pk':{'S':'a'},'sk':{'N':'%d'},'x':{'S':'1'},'y':{'S':'2'}}", (int) i);
          HrValue item = fixture_item_quoted (f, json);

          item = hr_map_with (f->arena, &item, "v", 1, &text);
          g_assert_true (add_item (bulk, &item, i));
        }
      limit_pages (f, n_pages);
      if (hr_bulk_finish (bulk, &error))
        break;
      n_failed++;
      g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
      limit_pages (f, 1000000);
      g_assert_true (hr_engine_rollback (f->engine, NULL));
      after = describe (f, "t");
      g_assert_cmpstr (after, ==, before);
      fixture_verify (f, "t");
    }
  g_assert_cmpuint (n_failed, >, 5);
}

/* Called off when all rows have been added: none of them stays. */
static void
test_called_off (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrBulk) bulk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrProgress progress = { 0 };

  create_table (f, "t");
  fixture_put (f, "t", "{'pk':{'S':'a'},'sk':{'N':'-1'},'x':{'S':'1'},'y':{'S':'2'}}");
  before = describe (f, "t");
  hr_engine_set_progress (f->engine, &progress);
  bulk = open_bulk (f, "t");
  add_random (f, bulk, 100, 1);
  hr_cancel_raise (&progress.cancel);
  g_assert_false (hr_bulk_finish (bulk, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_STORE);
  hr_engine_set_progress (f->engine, NULL);
  after = describe (f, "t");
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
}

/* A bulk that goes on in a transaction that SQLite has given up writes nothing outside of one. */
static void
test_given_up (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrBulk) bulk = NULL;

  create_table (f, "t");
  g_assert_true (hr_engine_begin (f->engine, NULL));
  bulk = open_bulk (f, "t");
  g_assert_true (add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'1'}}", 0));
  g_assert_cmpint (sqlite3_exec (f->engine->db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (hr_bulk_finish (bulk, NULL));
  g_assert_true (hr_engine_rollback (f->engine, NULL));
  g_assert_cmpint (hr_engine_describe_table (f->engine, "t", &f->call)->item_count, ==, 0);
}

static void
watch_cb (const char *table, const HrRow *before, const HrRow *after, gpointer user_data)
{
  g_assert_null (before);
  g_string_append_printf (user_data, "%s %" G_GINT64_FORMAT ", ", table, after->ordinal);
}

static void
test_watch (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  g_autoptr (HrBulk) bulk = NULL;
  g_autoptr (GString) log = g_string_new (NULL);

  create_table (f, "t");
  bulk = open_bulk (f, "t");
  hr_engine_set_row_watch (f->engine, watch_cb, log);
  add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'2'}}", 3);
  add (f, bulk, "{'pk':{'S':'a'},'sk':{'N':'1'}}", 4);
  g_assert_cmpstr (log->str, ==, "");
  finish (bulk);
  g_assert_cmpstr (log->str, ==, "t 4, t 3, ");
}

/* In a file, where ordinals and counts must be right after a crash as well. */
static void
test_file (void)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) copy = { 0 };
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Fixture) crashed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HrBulk *bulk;

  place_init (&place);
  place_init (&copy);
  f = fixture_new (place.path);
  create_table (f, "t");
  bulk = open_bulk (f, "t");
  add_random (f, bulk, 500, 1024);
  finish (bulk);
  hr_bulk_free (bulk);
  before = describe (f, "t");

  place_crash (&place, &copy);
  crashed = fixture_new (copy.path);
  fixture_verify (crashed, "t");
  g_assert_cmpint (hr_engine_get_next_ordinal (crashed->engine, "t"), >=, hr_engine_get_next_ordinal (f->engine, "t"));

  fixture_reopen (f, place.path);
  after = describe (f, "t");
  g_assert_cmpstr (after, ==, before);
  fixture_verify (f, "t");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/bulk/same-as-single", test_same_as_single);
  g_test_add_func ("/engine/bulk/order", test_order);
  g_test_add_func ("/engine/bulk/dropped", test_dropped);
  g_test_add_func ("/engine/bulk/refused", test_refused);
  g_test_add_func ("/engine/bulk/rollback", test_rollback);
  g_test_add_func ("/engine/bulk/failure", test_failure);
  g_test_add_func ("/engine/bulk/called-off", test_called_off);
  g_test_add_func ("/engine/bulk/given-up", test_given_up);
  g_test_add_func ("/engine/bulk/watch", test_watch);
  g_test_add_func ("/engine/bulk/file", test_file);
  return g_test_run ();
}
