/*
 * Pages: order, ends, what is in them and what they cost; and that pages put together are the whole, whatever
 * their size.
 */
#include "model/base/service-limits.h"
#include "tests/engine/fixture.h"

/* Keys of all items of the latest page, and of the pages before when they were appended too. */
static void
append_keys (Fixture *f, GString *keys)
{
  for (guint i = 0; i < f->page.count; i++)
    {
      const HrValue *pk = hr_map_get (&f->page.items[i], "pk", 2);
      const HrValue *sk = hr_map_get (&f->page.items[i], "sk", 2);

      g_string_append_len (keys, pk->bytes, pk->length);
      if (sk != NULL)
        {
          HrDecimal number = hr_value_get_decimal (sk);
          char digits[HR_DECIMAL_TEXT_MAX];

          hr_decimal_format (&number, digits);
          g_string_append_printf (keys, "/%s", digits);
        }
      g_string_append_c (keys, ' ');
    }
}

#define assert_keys(fixture, expected) \
  G_STMT_START { \
    g_autoptr (GString) _keys = g_string_new (NULL); \
    append_keys (fixture, _keys); \
    g_assert_cmpstr (_keys->str, ==, (expected)); \
  } G_STMT_END

static Fixture *
make_numbers (void)
{
  static const char *const numbers[] = { "-12.5", "-1", "0", "1e-3", "1", "9", "10", "99", "100", "1e20" };
  Fixture *f = fixture_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:S", "sk:N"));
  for (guint i = G_N_ELEMENTS (numbers); i > 0; i--)
    {
      g_autofree char *json =
          g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%s'},'v':{'N':'%u'}}", numbers[i - 1], i % 2);

      g_assert_true (fixture_put (f, "t", json));
    }
  fixture_put (f, "t", "{'pk':{'S':'q'},'sk':{'N':'5'}}");
  return f;
}

static void
test_ranges (void)
{
  static const struct
  {
    const char *condition;
    const char *keys;
  } cases[] = {
    { "pk = :p", "p/-12.5 p/-1 p/0 p/0.001 p/1 p/9 p/10 p/99 p/100 p/100000000000000000000 " },
    { "pk = :p AND sk = :a", "p/1 " },
    { "pk = :p AND sk < :a", "p/-12.5 p/-1 p/0 p/0.001 " },
    { "pk = :p AND sk <= :a", "p/-12.5 p/-1 p/0 p/0.001 p/1 " },
    { "pk = :p AND sk > :b", "p/100 p/100000000000000000000 " },
    { "pk = :p AND sk >= :b", "p/99 p/100 p/100000000000000000000 " },
    { "pk = :p AND sk BETWEEN :a AND :b", "p/1 p/9 p/10 p/99 " },
    { "pk = :n", "" },
  };
  g_autoptr (Fixture) f = make_numbers ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HrPageRequest request = {
        .table = "t",
        .key_condition = fixture_key_condition (
            f, cases[i].condition, "{':p':{'S':'p'},':a':{'N':'1'},':b':{'N':'99.0'},':n':{'S':'none'}}"),
      };
      g_autoptr (GString) reversed = g_string_new (NULL);
      g_auto (GStrv) keys = g_strsplit (cases[i].keys, " ", -1);

      fixture_read (f, &request);
      assert_keys (f, cases[i].keys);
      g_assert_false (f->page.has_last_key);
      for (guint j = g_strv_length (keys); j > 1; j--)
        g_string_append_printf (reversed, "%s ", keys[j - 2]);
      request.backward = TRUE;
      fixture_read (f, &request);
      assert_keys (f, reversed->str);
    }
}

/* Prefixes over bytes that are special to row keys. */
static void
test_begins_with (void)
{
  static const char *const sort_keys[] = { "a",  "a\\u0000", "a\\u0000b", "a\\u0001",
                                           "ab", "b",        "\\u00ff",   "\\u00ffz" };
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrPageRequest request = { .table = "t" };

  fixture_create (f, fixture_table ("t", "pk:S", "s:S"));
  for (guint i = 0; i < G_N_ELEMENTS (sort_keys); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'p'},'s':{'S':'%s'}}", sort_keys[i]);

      fixture_put (f, "t", json);
    }
  request.key_condition =
      fixture_key_condition (f, "pk = :p AND begins_with(s, :a)", "{':p':{'S':'p'},':a':{'S':'a'}}");
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 5);
  request.key_condition = fixture_key_condition (f, "pk = :p AND begins_with(s, :a)",
                                                 "{':p':{'S':'p'},':a':{'S':'a\\u0000'}}");
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 2);
  request.key_condition = fixture_key_condition (f, "pk = :p AND begins_with(s, :a)",
                                                 "{':p':{'S':'p'},':a':{'S':'\\u00ff'}}");
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 2);
}

static void
test_limit (void)
{
  g_autoptr (Fixture) f = make_numbers ();
  HrPageRequest request = { .table = "t", .limit = 3 };
  HrValue last;

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  fixture_read (f, &request);
  assert_keys (f, "p/-12.5 p/-1 p/0 ");
  g_assert_true (f->page.has_last_key);
  assert_item (&f->page.last_key, "{'pk':{'S':'p'},'sk':{'N':'0'}}");
  assert_capacity (f, "t 0.5r");

  /* The key need not exist. */
  last = fixture_item_quoted (f, "{'pk':{'S':'p'},'sk':{'N':'50'}}");
  request.start_key = &last;
  fixture_read (f, &request);
  assert_keys (f, "p/99 p/100 p/100000000000000000000 ");
  /* Full exactly at the end: the service does not look ahead. */
  g_assert_true (f->page.has_last_key);
  last = f->page.last_key;
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.scanned, ==, 0);
  g_assert_false (f->page.has_last_key);

  last = fixture_item_quoted (f, "{'pk':{'S':'p'},'sk':{'N':'9'}}");
  request.backward = TRUE;
  request.limit = 2;
  fixture_read (f, &request);
  assert_keys (f, "p/1 p/0.001 ");
}

static void
test_filter (void)
{
  g_autoptr (Fixture) f = make_numbers ();
  HrPageRequest request = { .table = "t", .limit = 4 };

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "v = :v", "{':v':{'N':'0'}}");
  fixture_read (f, &request);
  assert_keys (f, "p/-1 p/0.001 ");
  g_assert_cmpuint (f->page.count, ==, 2);
  g_assert_cmpuint (f->page.scanned, ==, 4);

  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "v = :v", "{':v':{'N':'7'}}");
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 0);
  g_assert_cmpuint (f->page.scanned, ==, 4);
  g_assert_true (f->page.has_last_key);

  request.filter = NULL;
  request.has_select = TRUE;
  request.select = HR_SELECT_COUNT;
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 4);
  g_assert_null (f->page.items);
}

static void
test_projection (void)
{
  g_autoptr (Fixture) f = make_numbers ();
  HrPageRequest request = { .table = "t", .limit = 1, .projection = fixture_projection (f, "v, zzz") };

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  fixture_read (f, &request);
  assert_item (&f->page.items[0], "{'v':{'N':'1'}}");
  assert_item (&f->page.last_key, "{'pk':{'S':'p'},'sk':{'N':'-12.5'}}");
}

static void
put_sized (Fixture *f, guint number, gsize length)
{
  g_autofree char *json = g_strdup_printf ("{'pk':{'S':'p'},'sk':{'N':'%u'}}", number);
  HrValue item = fixture_item_quoted (f, json);
  HrValue text = fixture_text (f, 'v', length - hr_item_size_bytes (&item) - 1);
  HrWrite write = { .kind = HR_WRITE_PUT,
                    .table = "t",
                    .item = hr_map_with (f->arena, &item, "v", 1, &text) };

  g_assert_true (fixture_write (f, &write));
}

/* 1 MB a page: 100 items of 10 KB are 1,024,000 bytes, the 103rd reaches 1,048,576. */
static void
test_page_size (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrPageRequest request = { .table = "t" };
  HrValue last;

  fixture_create (f, fixture_table ("t", "pk:S", "sk:N"));
  for (guint i = 1; i <= 110; i++)
    put_sized (f, i, 10240);
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 103);
  assert_item (&f->page.last_key, "{'pk':{'S':'p'},'sk':{'N':'103'}}");
  assert_capacity (f, "t 129r");
  last = f->page.last_key;
  request.start_key = &last;
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 7);
  g_assert_false (f->page.has_last_key);
  assert_capacity (f, "t 9r");
}

/* A page of exactly 1 MB costs 128 units and is full. */
static void
test_full_page (void)
{
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrPageRequest request = { .table = "t" };

  fixture_create (f, fixture_table ("t", "pk:S", "sk:N"));
  for (guint i = 1; i <= 16; i++)
    put_sized (f, i, 65536);
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 16);
  g_assert_true (f->page.has_last_key);
  assert_capacity (f, "t 128r");
  request.consistent = TRUE;
  fixture_read (f, &request);
  assert_capacity (f, "t 256r");
}

static void
test_capacity (void)
{
  static const struct
  {
    guint count;
    gsize size;
    const char *eventual;
    const char *strong;
  } cases[] = {
    { 0, 0, "t 0.5r", "t 1r" },
    { 1, 100, "t 0.5r", "t 1r" },
    { 1, 4096, "t 0.5r", "t 1r" },
    { 1, 4097, "t 1r", "t 2r" },
    { 8, 2000, "t 2r", "t 4r" },
    { 4, 3000, "t 1.5r", "t 3r" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = fixture_new (NULL);
      HrPageRequest request = { .table = "t" };

      fixture_create (f, fixture_table ("t", "pk:S", "sk:N"));
      for (guint j = 1; j <= cases[i].count; j++)
        put_sized (f, j, cases[i].size);
      request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
      fixture_read (f, &request);
      assert_capacity (f, cases[i].eventual);
      request.consistent = TRUE;
      request.has_select = TRUE;
      request.select = HR_SELECT_COUNT;
      request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "attribute_exists(zzz)", NULL);
      fixture_read (f, &request);
      g_assert_cmpuint (f->page.count, ==, 0);
      assert_capacity (f, cases[i].strong);
    }
}

/* Sizes as the service was seen to bill them: three small items and a large one, 11,793 bytes. */
static void
test_mixed_sizes (void)
{
  static const gsize sizes[] = { 51, 51, 51, 11640 };
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrPageRequest request = { .table = "t" };

  fixture_create (f, fixture_table ("t", "pk:S", "sk:N"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    put_sized (f, i + 1, sizes[i]);
  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "sk_copy = :p OR size(v) < :n",
                                      "{':p':{'S':'p'},':n':{'N':'100'}}");
  fixture_read (f, &request);
  g_assert_cmpuint (f->page.count, ==, 3);
  g_assert_cmpuint (f->page.scanned, ==, 4);
  assert_capacity (f, "t 1.5r");
  request.limit = 3;
  fixture_read (f, &request);
  assert_capacity (f, "t 0.5r");
}

static Fixture *
make_local (void)
{
  Fixture *f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");
  HrIndex *index = fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_INCLUDE);

  g_ptr_array_add (index->included, g_strdup ("i"));
  fixture_create (f, table);
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'1'},'y':{'S':'c'},'i':{'S':'1'},'o':{'S':'x'}}");
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'2'},'y':{'S':'b'},'i':{'S':'2'},'o':{'S':'y'}}");
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'3'},'y':{'S':'a'},'i':{'S':'3'},'o':{'S':'x'}}");
  fixture_put (f, "t", "{'pk':{'S':'p'},'sk':{'N':'4'},'i':{'S':'3'}}");
  return f;
}

/* A local index answers from its entries; what they lack is fetched, each item at its own price. */
static void
test_local_index (void)
{
  g_autoptr (Fixture) f = make_local ();
  HrPageRequest request = { .table = "t", .index = "l" };
  const HrKeyCondition *condition;

  request.key_condition = fixture_key_condition (f, "pk = :p", "{':p':{'S':'p'}}");
  fixture_read (f, &request);
  assert_keys (f, "p/3 p/2 p/1 ");
  assert_item (&f->page.items[0], "{'i':{'S':'3'},'pk':{'S':'p'},'sk':{'N':'3'},'y':{'S':'a'}}");
  assert_capacity (f, "l 0.5r");

  request.has_select = TRUE;
  request.select = HR_SELECT_ALL_ATTRIBUTES;
  fixture_read (f, &request);
  assert_item (&f->page.items[0],
               "{'i':{'S':'3'},'o':{'S':'x'},'pk':{'S':'p'},'sk':{'N':'3'},'y':{'S':'a'}}");
  assert_capacity (f, "t 1.5r, l 0.5r");
  request.consistent = TRUE;
  fixture_read (f, &request);
  assert_capacity (f, "t 3r, l 1r");
  request.consistent = FALSE;

  /* Fetched only where the filter, which the index answers, lets it through. */
  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "i = :i", "{':i':{'S':'2'}}");
  fixture_read (f, &request);
  assert_keys (f, "p/2 ");
  assert_capacity (f, "t 0.5r, l 0.5r");

  /* A filter sees only what the index has, whatever is returned. */
  request.filter = fixture_condition (f, HR_EXPRESSION_FILTER, "o = :o", "{':o':{'S':'x'}}");
  g_assert_false (fixture_read (f, &request));
  assert_error (f, HR_SERVICE_VALIDATION, "One or more parameter values were invalid: Secondary index l does not"
                                          " project one or more filter attributes: [o]");
  request.has_select = FALSE;
  g_assert_false (fixture_read (f, &request));
  condition = request.key_condition;
  request.key_condition = NULL;
  fixture_read (f, &request);
  assert_keys (f, "");
  g_assert_cmpuint (f->page.scanned, ==, 3);
  assert_capacity (f, "l 0.5r");

  request.key_condition = condition;
  request.filter = NULL;
  request.projection = fixture_projection (f, "o");
  fixture_read (f, &request);
  assert_item (&f->page.items[1], "{'o':{'S':'y'}}");
  assert_capacity (f, "t 1.5r, l 0.5r");
  request.projection = fixture_projection (f, "i");
  fixture_read (f, &request);
  assert_capacity (f, "l 0.5r");
}

static void
test_multi_attribute_key (void)
{
  static const char *const rows[][5] = {
    { "p1", "T", "live", "b", "r1" },  { "p2", "T", "live", "a", "r2" }, { "p3", "T", "live", "a", "r1" },
    { "p4", "T", "draft", "c", "r1" }, { "p5", "F", "live", "a", "r0" },
  };
  static const struct
  {
    const char *condition;
    const char *keys;
  } cases[] = {
    { "h = :h", "p5 p4 p3 p2 p1 " },
    { "h = :h AND a = :a", "p4 p3 p2 p1 " },
    { "b = :b AND h = :h AND a = :a", "p3 p2 p1 " },
    { "h = :h AND a = :a AND b = :b AND c > :c", "p1 " },
    { "h = :h AND a = :a AND b < :b", "p4 " },
    { "h = :h AND a = :a AND b = :b AND c = :c AND begins_with(d, :d)", "p3 p2 " },
  };
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", NULL);
  HrPageRequest request = { .table = "t", .index = "g" };

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "h:S", "a:S,b:S,c:S,d:S", HR_PROJECT_ALL);
  fixture_create (f, table);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'h':{'S':'o1'},'pk':{'S':'%s'},'a':{'S':'%s'},'b':{'S':'%s'},"
                           "'c':{'S':'%s'},'d':{'S':'%s'}}",
                           rows[i][0], rows[i][1], rows[i][2], rows[i][3], rows[i][4]);

      fixture_put (f, "t", json);
    }
  fixture_put (f, "t", "{'pk':{'S':'p6'},'h':{'S':'o1'},'a':{'S':'T'},'b':{'S':'live'},'d':{'S':'r1'}}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      request.key_condition =
          fixture_key_condition (f, cases[i].condition,
                                 "{':h':{'S':'o1'},':a':{'S':'T'},':b':{'S':'live'},':c':{'S':'a'},"
                                 "':d':{'S':'r'}}");
      fixture_read (f, &request);
      assert_keys (f, cases[i].keys);
    }
  request.limit = 2;
  fixture_read (f, &request);
  assert_item (&f->page.last_key,
               "{'a':{'S':'T'},'b':{'S':'live'},'c':{'S':'a'},'d':{'S':'r2'},'h':{'S':'o1'},"
               "'pk':{'S':'p2'}}");
}

/* Whatever the size of pages, together they are the one big page: nothing lost or twice, also among ties. */
static void
assert_pages_join (Fixture *f, HrPageRequest request)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  guint scanned;

  request.limit = 0;
  fixture_read (f, &request);
  g_assert_false (f->page.has_last_key);
  append_keys (f, whole);
  scanned = f->page.scanned;

  for (guint limit = 1; limit < 40; limit += g_test_rand_int_range (1, 7))
    {
      g_autoptr (GString) joined = g_string_new (NULL);
      HrValue last;
      guint total = 0;

      request.limit = limit;
      request.start_key = NULL;
      do
        {
          g_assert_true (fixture_read (f, &request));
          g_assert_cmpuint (f->page.scanned, <=, limit);
          append_keys (f, joined);
          total += f->page.scanned;
          last = f->page.last_key;
          request.start_key = &last;
        }
      while (f->page.has_last_key);
      g_assert_cmpstr (joined->str, ==, whole->str);
      g_assert_cmpuint (total, ==, scanned);
    }
}

static void
test_paging (void)
{
  static const char *const indexes[] = { NULL, "g", "l", "i" };
  g_autoptr (Fixture) f = fixture_new (NULL);
  HrTable *table = fixture_table ("t", "pk:S", "sk:N");
  const HrCondition *filter = fixture_condition (f, HR_EXPRESSION_FILTER, "v = :v", "{':v':{'N':'1'}}");

  fixture_add_index (table, "g", HR_INDEX_GLOBAL, "x:S", "y:S", HR_PROJECT_ALL);
  fixture_add_index (table, "l", HR_INDEX_LOCAL, "pk:S", "y:S", HR_PROJECT_ALL);
  fixture_add_index (table, "i", HR_INDEX_GLOBAL, "sk:N", "pk:S", HR_PROJECT_ALL);
  fixture_create (f, table);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'pk':{'S':'%u'},'sk':{'N':'%d'},'x':{'S':'%u'},'y':{'S':'%u'},'v':{'N':'%u'}}",
                           g_test_rand_int () % 5, g_test_rand_int_range (-20, 20), g_test_rand_int () % 2,
                           g_test_rand_int () % 3, g_test_rand_int () % 2);

      g_assert_true (fixture_put (f, "t", json));
    }
  fixture_verify (f, "t");
  for (guint i = 0; i < 4 * G_N_ELEMENTS (indexes); i++)
    {
      const char *index = indexes[i / 4];
      HrPageRequest request = { .table = "t", .index = index, .backward = i % 2,
                                .filter = i % 4 < 2 ? NULL : filter };

      assert_pages_join (f, request);
      request.key_condition = fixture_key_condition (
        f, g_strcmp0 (index, "g") == 0 ? "x = :a" : g_strcmp0 (index, "i") == 0 ? "sk = :n" : "pk = :a",
        "{':a':{'S':'1'},':n':{'N':'3'}}");
      assert_pages_join (f, request);
    }
}

/* Segments share the table out: together they have every item once. */
static void
test_segments (void)
{
  static const guint totals[] = { 1, 2, 3, 7, 64, 1000000 };
  g_autoptr (Fixture) f = fixture_new (NULL);

  fixture_create (f, fixture_table ("t", "pk:S", NULL));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'pk':{'S':'%u'}}", i);

      fixture_put (f, "t", json);
    }
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      guint total = 0;

      for (guint segment = 0; segment < totals[i]; segment += totals[i] > 1000 ? 4999 : 1)
        {
          HrPageRequest request = { .table = "t", .segment = segment, .total_segments = totals[i] };

          g_assert_true (fixture_read (f, &request));
          total += f->page.count;
        }
      if (totals[i] < 1000)
        g_assert_cmpuint (total, ==, 200);
    }
}

static void
test_cancel (void)
{
  g_autoptr (Fixture) f = make_numbers ();
  HrPageRequest request = { .table = "t" };
  HrCancel cancel = { 0 };

  f->call.cancel = &cancel;
  g_assert_true (fixture_read (f, &request));
  hr_cancel_raise (&cancel);
  g_assert_false (fixture_read (f, &request));
  f->call.cancel = NULL;
  g_assert_true (fixture_read (f, &request));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/page/ranges", test_ranges);
  g_test_add_func ("/engine/page/begins-with", test_begins_with);
  g_test_add_func ("/engine/page/limit", test_limit);
  g_test_add_func ("/engine/page/filter", test_filter);
  g_test_add_func ("/engine/page/projection", test_projection);
  g_test_add_func ("/engine/page/page-size", test_page_size);
  g_test_add_func ("/engine/page/full-page", test_full_page);
  g_test_add_func ("/engine/page/capacity", test_capacity);
  g_test_add_func ("/engine/page/mixed-sizes", test_mixed_sizes);
  g_test_add_func ("/engine/page/local-index", test_local_index);
  g_test_add_func ("/engine/page/multi-attribute-key", test_multi_attribute_key);
  g_test_add_func ("/engine/page/paging", test_paging);
  g_test_add_func ("/engine/page/segments", test_segments);
  g_test_add_func ("/engine/page/cancel", test_cancel);
  return g_test_run ();
}
